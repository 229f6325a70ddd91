/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-team-page.h"

#define TICK "\u2713 "
#define ROW_SPACING 20
#define STATE_CHARS 18

struct _LanyardTeamPage
{
  LanyardScreen parent_instance;

  /* template children */
  GtkLabel *title_label;
  GtkLabel *summary_label;
  GtkWidget *more_label;
  GtkBox *list;
  GtkWidget *print_button;
  GtkWidget *all_button;
  GtkWidget *none_button;

  /* state */
  char *leader;     /* owned (nullable): number of whose team is listed */
  gboolean filling; /* the ticks are the desk's, not a finger's */
};

G_DEFINE_FINAL_TYPE (LanyardTeamPage, lanyard_team_page, LANYARD_TYPE_SCREEN)

/* @number: (nullable) */
static void
act (LanyardTeamPage *self, LanyardStaffActionKind kind, const char *number, guint count)
{
  g_autoptr (LanyardStaffAction) action = lanyard_staff_action_new (kind);

  action->number = g_strdup (number);
  action->count = count;
  lanyard_controls_act (lanyard_screen_get_controls (LANYARD_SCREEN (self)), action);
}

static const char *
phrase_for_state (LanyardTeamState state, const char **look)
{
  *look = "quiet";
  switch (state)
    {
    case LANYARD_TEAM_UNDER_WAY:
      *look = "warn";
      return N_ ("Printing");
    case LANYARD_TEAM_DONE:
      *look = "good";
      return N_ ("Handed out");
    case LANYARD_TEAM_HAS_BADGE:
      return N_ ("Has a badge");
    case LANYARD_TEAM_NOT_POSSIBLE:
      *look = "warn";
      return N_ ("To be looked at alone");
    case LANYARD_TEAM_QUESTION:
      *look = "bad";
      return N_ ("Did it come out?");
    case LANYARD_TEAM_READY:
    case LANYARD_TEAM_TICKED:
    default:
      return N_ ("Not printed yet");
    }
}

static void
on_tick_toggled (GtkToggleButton *button, LanyardTeamPage *self)
{
  if (!self->filling)
    act (self, LANYARD_ACT_TICK_TEAM, g_object_get_data (G_OBJECT (button), "number"),
         gtk_toggle_button_get_active (button) ? 1 : 0);
}

static GtkWidget *
new_label (const char *text, const char *look, gboolean at_end)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), at_end ? 1 : 0);
  gtk_widget_set_hexpand (label, !at_end);
  gtk_widget_add_css_class (label, "verbatim");
  gtk_widget_add_css_class (label, look);
  return label;
}

/* The name is the button: its tick says in every language that it is chosen. */
static GtkWidget *
new_tick (LanyardTeamPage *self, const LanyardTeamMember *member)
{
  GtkWidget *tick = gtk_toggle_button_new ();

  gtk_button_set_child (GTK_BUTTON (tick), new_label ("", "team-name", FALSE));
  gtk_widget_set_hexpand (tick, TRUE);
  gtk_widget_add_css_class (tick, "secondary");
  gtk_widget_add_css_class (tick, "chip");
  gtk_accessible_update_property (GTK_ACCESSIBLE (tick), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  member->name, -1);
  g_object_set_data_full (G_OBJECT (tick), "number", g_strdup (member->number), g_free);
  g_signal_connect (tick, "toggled", G_CALLBACK (on_tick_toggled), self);
  return tick;
}

/* With letters of twice the size what is known of somebody stands below the name. */
static void
arrange_row (LanyardTeamPage *self, GtkWidget *row)
{
  gboolean whole = lanyard_screen_get_whole (LANYARD_SCREEN (self));
  GtkWidget *state = gtk_widget_get_last_child (row);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (row),
                                  whole ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_label_set_width_chars (GTK_LABEL (state), whole ? -1 : STATE_CHARS);
  gtk_label_set_max_width_chars (GTK_LABEL (state), whole ? -1 : STATE_CHARS);
  gtk_label_set_justify (GTK_LABEL (state), whole ? GTK_JUSTIFY_LEFT : GTK_JUSTIFY_RIGHT);
  for (GtkWidget *label = gtk_widget_get_next_sibling (gtk_widget_get_first_child (row));
       label != NULL; label = gtk_widget_get_next_sibling (label))
    gtk_label_set_xalign (GTK_LABEL (label), whole ? 0 : 1);
}

static void
add_member (LanyardTeamPage *self, const LanyardTeamMember *member)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, ROW_SPACING);
  GtkWidget *state = new_label ("", "transaction-state", TRUE);

  gtk_box_append (GTK_BOX (row), new_tick (self, member));
  gtk_box_append (GTK_BOX (row), new_label (member->number, "mono", TRUE));
  gtk_box_append (GTK_BOX (row), state);
  arrange_row (self, row);
  gtk_box_append (self->list, row);
}

static void
show_member (LanyardTeamPage *self, GtkWidget *row, const LanyardTeamMember *member)
{
  static const char *const looks[] = { "good", "warn", "bad", "quiet" };
  GtkWidget *tick = gtk_widget_get_first_child (row);
  GtkWidget *label = gtk_widget_get_last_child (row);
  gboolean ticked = member->state == LANYARD_TEAM_TICKED;
  g_autofree char *text = g_strdup_printf ("%s%s", ticked ? TICK : "", member->name);
  const char *look;

  gtk_label_set_label (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (tick))), text);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (tick), ticked);
  gtk_widget_set_sensitive (tick, ticked || member->state == LANYARD_TEAM_READY);
  gtk_label_set_label (GTK_LABEL (label),
                       lanyard_screen_say (LANYARD_SCREEN (self),
                                           phrase_for_state (member->state, &look)));
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    gtk_widget_remove_css_class (label, looks[i]);
  gtk_widget_add_css_class (label, look);
}

static void
clear_list (LanyardTeamPage *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_box_remove (self->list, child);
  g_clear_pointer (&self->leader, g_free);
}

/* Rows stay while the team does, and with them what has the focus. */
static void
fill_list (LanyardTeamPage *self, const LanyardTeam *team)
{
  GtkWidget *row;

  if (g_strcmp0 (self->leader, team->number) != 0)
    {
      clear_list (self);
      self->leader = g_strdup (team->number);
      for (guint i = 0; i < team->members->len; i++)
        add_member (self, g_ptr_array_index (team->members, i));
    }
  row = gtk_widget_get_first_child (GTK_WIDGET (self->list));
  for (guint i = 0; i < team->members->len && row != NULL; i++)
    {
      show_member (self, row, g_ptr_array_index (team->members, i));
      row = gtk_widget_get_next_sibling (row);
    }
}

static char *
dup_summary (LanyardTeamPage *self, const LanyardTeam *team)
{
  LanyardWords *words = lanyard_screen_get_words (LANYARD_SCREEN (self));
  LanyardPack *pack = lanyard_screen_get_pack (LANYARD_SCREEN (self));
  guint ticked = lanyard_team_count (team, LANYARD_TEAM_TICKED);
  guint done = lanyard_team_count (team, LANYARD_TEAM_DONE);
  g_autofree char *chosen = lanyard_words_fill_n (words, "%s chosen", "%s chosen", ticked);
  g_autofree char *handed
      = lanyard_words_fill_n (words, "%s handed over now", "%s handed over now", done);

  const char *organisation
      = pack != NULL ? lanyard_pack_get_label (pack, LANYARD_CODES_ORGANISATION, team->organisation,
                                               lanyard_words_get_language (words))
                     : team->organisation;

  return g_strdup_printf ("\u2068%s\u2069 · %s · %s", organisation, chosen, handed);
}

static void
lanyard_team_page_update (LanyardScreen *screen, LanyardView *view)
{
  LanyardTeamPage *self = LANYARD_TEAM_PAGE (screen);
  g_autofree char *title = NULL, *summary = NULL;

  if (view->team == NULL)
    return;
  self->filling = TRUE;
  title = lanyard_words_fill (lanyard_screen_get_words (screen), N_ ("%s collects for a team"),
                              view->team->name);
  summary = dup_summary (self, view->team);
  gtk_label_set_label (self->title_label, title);
  gtk_label_set_label (self->summary_label, summary);
  gtk_widget_set_visible (self->more_label, view->team->more);
  fill_list (self, view->team);
  gtk_widget_set_sensitive (self->print_button,
                            lanyard_team_count (view->team, LANYARD_TEAM_TICKED) > 0);
  self->filling = FALSE;
}

static void
lanyard_team_page_clear (LanyardScreen *screen)
{
  LanyardTeamPage *self = LANYARD_TEAM_PAGE (screen);

  clear_list (self);
  gtk_label_set_label (self->title_label, "");
  gtk_label_set_label (self->summary_label, "");
}

static void
on_all_clicked (GtkButton *button, LanyardTeamPage *self)
{
  act (self, LANYARD_ACT_TICK_TEAM, NULL, 1);
}

static void
on_none_clicked (GtkButton *button, LanyardTeamPage *self)
{
  act (self, LANYARD_ACT_TICK_TEAM, NULL, 0);
}

static void
on_print_clicked (GtkButton *button, LanyardTeamPage *self)
{
  act (self, LANYARD_ACT_PRINT_TEAM, NULL, 0);
}

static void
on_back_clicked (GtkButton *button, LanyardTeamPage *self)
{
  lanyard_screen_answer (LANYARD_SCREEN (self), LANYARD_INPUT_CANCEL, NULL);
}

static void
lanyard_team_page_arrange (LanyardScreen *screen, gboolean portrait)
{
  LanyardTeamPage *self = LANYARD_TEAM_PAGE (screen);

  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    arrange_row (self, row);
}

static void
lanyard_team_page_dispose (GObject *object)
{
  g_clear_pointer (&LANYARD_TEAM_PAGE (object)->leader, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (object), LANYARD_TYPE_TEAM_PAGE);
  G_OBJECT_CLASS (lanyard_team_page_parent_class)->dispose (object);
}

static void
lanyard_team_page_class_init (LanyardTeamPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  LanyardScreenClass *screen_class = LANYARD_SCREEN_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lanyard_team_page_dispose;
  screen_class->update = lanyard_team_page_update;
  screen_class->arrange = lanyard_team_page_arrange;
  screen_class->clear = lanyard_team_page_clear;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/lanyard/Kiosk/page/lanyard-team-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LanyardTeamPage, title_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardTeamPage, summary_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardTeamPage, more_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardTeamPage, list);
  gtk_widget_class_bind_template_child (widget_class, LanyardTeamPage, print_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardTeamPage, all_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardTeamPage, none_button);
  gtk_widget_class_bind_template_callback (widget_class, on_all_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_none_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_print_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_back_clicked);
}

static void
lanyard_team_page_init (LanyardTeamPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
