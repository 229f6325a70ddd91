/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Names and categories of a team, a page of them at a time: nothing scrolls, and every name is as
 * large to touch as any other button. Who needs staff is named without the reason. */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-delegation-page.h"

#define TICK "\u2713 "
#define NAME_CHARS 18
#define MAX_TILES 8
#define TILES_HIGH 6
#define TILES_WIDE 4
#define TILES_LOW 2

struct _LanyardDelegationPage
{
  LanyardScreen parent_instance;

  /* template children */
  GtkLabel *title_label;
  GtkLabel *summary_label;
  GtkBox *head;
  GtkBox *middle;
  GtkGrid *people;
  GtkWidget *turner;
  GtkWidget *before_button;
  GtkWidget *after_button;
  GtkWidget *back_button;
  GtkLabel *back_label;
  GtkWidget *all_button;
  GtkLabel *all_label;
  GtkWidget *print_button;
  GtkLabel *print_label;

  /* state */
  GtkWidget *tiles[MAX_TILES]; /* owned by people */
  guint first;                 /* of the members that are shown */
  guint n_tiles;               /* that fit beside the buttons with which one turns */
  guint n_without;             /* that fit without those */
  gboolean filling;            /* the ticks are the desk's, not a finger's */
};

G_DEFINE_FINAL_TYPE (LanyardDelegationPage, lanyard_delegation_page, LANYARD_TYPE_SCREEN)

/* @number: (nullable) */
static void
tick (LanyardDelegationPage *self, const char *number, gboolean ticked)
{
  g_autoptr (LanyardStaffAction) action = lanyard_staff_action_new (LANYARD_ACT_TICK_TEAM);

  action->number = g_strdup (number);
  action->count = ticked ? 1 : 0;
  lanyard_controls_act (lanyard_screen_get_controls (LANYARD_SCREEN (self)), action);
}

static void
on_tile_toggled (GtkToggleButton *tile, LanyardDelegationPage *self)
{
  const char *number = g_object_get_data (G_OBJECT (tile), "number");

  if (!self->filling && number != NULL)
    tick (self, number, gtk_toggle_button_get_active (tile));
}

static GtkWidget *
new_line (const char *look)
{
  GtkWidget *label = gtk_label_new ("");

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_width_chars (GTK_LABEL (label), NAME_CHARS);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "verbatim");
  gtk_widget_add_css_class (label, look);
  return label;
}

static GtkWidget *
new_tile (LanyardDelegationPage *self)
{
  GtkWidget *tile = gtk_toggle_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), new_line ("team-name"));
  gtk_box_append (GTK_BOX (box), new_line ("tile-caption"));
  gtk_button_set_child (GTK_BUTTON (tile), box);
  gtk_widget_set_hexpand (tile, TRUE);
  gtk_widget_add_css_class (tile, "secondary");
  gtk_widget_add_css_class (tile, "chip");
  gtk_widget_add_css_class (tile, "tile");
  g_signal_connect (tile, "toggled", G_CALLBACK (on_tile_toggled), self);
  return tile;
}

/* What stands below a name. Returns: (transfer none) (nullable) */
static const char *
get_caption (LanyardDelegationPage *self, const LanyardTeamMember *member)
{
  LanyardScreen *screen = LANYARD_SCREEN (self);
  LanyardPack *pack = lanyard_screen_get_pack (screen);

  switch (member->state)
    {
    case LANYARD_TEAM_UNDER_WAY:
      return lanyard_screen_say (screen, N_ ("Printing"));
    case LANYARD_TEAM_DONE:
    case LANYARD_TEAM_HAS_BADGE:
      return lanyard_screen_say (screen, N_ ("Handed out"));
    case LANYARD_TEAM_NOT_POSSIBLE:
    case LANYARD_TEAM_QUESTION:
      return lanyard_screen_say (screen, N_ ("Please come to the staff desk"));
    case LANYARD_TEAM_READY:
    case LANYARD_TEAM_TICKED:
    default:
      return pack != NULL && member->category != NULL ? lanyard_pack_get_label (
                 pack, LANYARD_CODES_CATEGORY, member->category,
                 lanyard_words_get_language (lanyard_screen_get_words (screen)))
                                                      : member->category;
    }
}

/* @member: (nullable): nobody */
static void
show_member (LanyardDelegationPage *self, GtkWidget *tile, const LanyardTeamMember *member)
{
  GtkWidget *box = gtk_button_get_child (GTK_BUTTON (tile));
  gboolean ticked = member != NULL && member->state == LANYARD_TEAM_TICKED;
  const char *caption = member != NULL ? get_caption (self, member) : NULL;
  g_autofree char *name = NULL, *all = NULL;

  gtk_widget_set_visible (tile, member != NULL);
  g_object_set_data_full (G_OBJECT (tile), "number",
                          member != NULL ? g_strdup (member->number) : NULL, g_free);
  name = g_strdup_printf ("%s\u2068%s\u2069", ticked ? TICK : "",
                          member != NULL ? member->name : "");
  all = g_strdup_printf ("%s, %s", member != NULL ? member->name : "",
                         caption != NULL ? caption : "");
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_first_child (box)), member != NULL ? name : "");
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_last_child (box)), caption != NULL ? caption : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (tile), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  member != NULL ? all : "", -1);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (tile), ticked);
  gtk_widget_set_sensitive (tile,
                            ticked || (member != NULL && member->state == LANYARD_TEAM_READY));
}

static gboolean
is_over (const LanyardTeam *team)
{
  return team->begun && !team->running && lanyard_team_count (team, LANYARD_TEAM_TICKED) == 0;
}

/* At the end only those are named for whom something is left to do. */
static gboolean
is_listed (const LanyardTeam *team, const LanyardTeamMember *member)
{
  return !is_over (team) || member->state == LANYARD_TEAM_NOT_POSSIBLE
         || member->state == LANYARD_TEAM_QUESTION;
}

static GPtrArray *
list_members (const LanyardTeam *team)
{
  GPtrArray *list = g_ptr_array_new ();

  for (guint i = 0; i < team->members->len; i++)
    if (is_listed (team, g_ptr_array_index (team->members, i)))
      g_ptr_array_add (list, g_ptr_array_index (team->members, i));
  return list;
}

static void
show_people (LanyardDelegationPage *self, const LanyardTeam *team)
{
  g_autoptr (GPtrArray) list = list_members (team);

  guint n_tiles = list->len <= self->n_without ? self->n_without : self->n_tiles;

  if (self->first >= list->len)
    self->first = 0;
  for (guint i = 0; i < MAX_TILES; i++)
    {
      guint at = self->first + i;

      show_member (self, self->tiles[i],
                   i < n_tiles && at < list->len ? g_ptr_array_index (list, at) : NULL);
    }
  gtk_widget_set_visible (self->turner, list->len > n_tiles);
  gtk_widget_set_sensitive (self->before_button, self->first > 0);
  gtk_widget_set_sensitive (self->after_button, self->first + n_tiles < list->len);
}

static char *
dup_summary (LanyardDelegationPage *self, const LanyardTeam *team)
{
  LanyardScreen *screen = LANYARD_SCREEN (self);
  LanyardWords *words = lanyard_screen_get_words (screen);
  guint left_over = lanyard_team_count (team, LANYARD_TEAM_NOT_POSSIBLE)
                    + lanyard_team_count (team, LANYARD_TEAM_QUESTION);
  g_autofree char *chosen = NULL, *most = NULL, *limit = NULL;

  if (is_over (team))
    return g_strdup (lanyard_screen_say (
        screen, left_over > 0 ? N_ ("For the people named here, please come to the staff desk.")
                              : N_ ("Take all the badges with you.")));
  chosen = lanyard_words_fill_n (words, "%s chosen", "%s chosen",
                                 lanyard_team_count (team, LANYARD_TEAM_TICKED));
  if (lanyard_team_count_left (team) > 0)
    return g_steal_pointer (&chosen);
  most = g_strdup_printf ("%u", team->most);
  limit = lanyard_words_fill (words, N_ ("At most: %s"), most);
  return g_strdup_printf ("%s · %s", chosen, limit);
}

/* The name of a button whose label the page fills is not in its template. */
static void
show_label (GtkWidget *button, GtkLabel *label, const char *text)
{
  gtk_label_set_label (label, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
show_buttons (LanyardDelegationPage *self, const LanyardTeam *team)
{
  LanyardScreen *screen = LANYARD_SCREEN (self);
  gboolean over = is_over (team);
  guint ticked = lanyard_team_count (team, LANYARD_TEAM_TICKED);
  gboolean more
      = lanyard_team_count (team, LANYARD_TEAM_READY) > 0 && lanyard_team_count_left (team) > 0;

  show_label (self->back_button, self->back_label,
              lanyard_screen_say (screen, team->begun ? N_ ("Finish") : N_ ("Back")));
  show_label (self->all_button, self->all_label,
              lanyard_screen_say (screen, more ? N_ ("Choose all") : N_ ("Choose none")));
  show_label (self->print_button, self->print_label,
              lanyard_screen_say (screen, N_ ("Print the chosen badges")));
  g_object_set_data (G_OBJECT (self->all_button), "more", GINT_TO_POINTER (more));
  gtk_widget_remove_css_class (self->back_button, over ? "secondary" : "primary");
  gtk_widget_add_css_class (self->back_button, over ? "primary" : "secondary");
  gtk_widget_set_visible (self->all_button, !over);
  gtk_widget_set_visible (self->print_button, !over);
  gtk_widget_set_sensitive (self->print_button, ticked > 0);
  gtk_widget_set_sensitive (self->all_button, more || ticked > 0);
}

static void
lanyard_delegation_page_update (LanyardScreen *screen, LanyardView *view)
{
  LanyardDelegationPage *self = LANYARD_DELEGATION_PAGE (screen);
  LanyardWords *words = lanyard_screen_get_words (screen);
  g_autofree char *title = NULL, *summary = NULL;

  if (view->team == NULL)
    return;
  self->filling = TRUE;
  title = is_over (view->team)
              ? lanyard_words_fill_n (words, "%s badge collected", "%s badges collected",
                                      lanyard_team_count (view->team, LANYARD_TEAM_DONE))
              : g_strdup (lanyard_screen_say (screen, N_ ("Collect for your team")));
  summary = dup_summary (self, view->team);
  gtk_label_set_label (self->title_label, title);
  gtk_label_set_label (self->summary_label, summary);
  show_people (self, view->team);
  show_buttons (self, view->team);
  self->filling = FALSE;
}

static void
lanyard_delegation_page_clear (LanyardScreen *screen)
{
  LanyardDelegationPage *self = LANYARD_DELEGATION_PAGE (screen);

  self->filling = TRUE;
  for (guint i = 0; i < MAX_TILES; i++)
    show_member (self, self->tiles[i], NULL);
  self->filling = FALSE;
  self->first = 0;
  gtk_label_set_label (self->title_label, "");
  gtk_label_set_label (self->summary_label, "");
}

static void
turn (LanyardDelegationPage *self, gboolean after)
{
  LanyardView *view = lanyard_screen_get_view (LANYARD_SCREEN (self));

  if (after)
    self->first += self->n_tiles;
  else
    self->first -= MIN (self->first, self->n_tiles);
  if (view != NULL)
    lanyard_delegation_page_update (LANYARD_SCREEN (self), view);
}

static void
on_before_clicked (GtkButton *button, LanyardDelegationPage *self)
{
  turn (self, FALSE);
}

static void
on_after_clicked (GtkButton *button, LanyardDelegationPage *self)
{
  turn (self, TRUE);
}

static void
on_all_clicked (GtkButton *button, LanyardDelegationPage *self)
{
  tick (self, NULL, g_object_get_data (G_OBJECT (button), "more") != NULL);
}

static void
on_print_clicked (GtkButton *button, LanyardDelegationPage *self)
{
  /* one touch begins it once: the next view brings another page */
  gtk_widget_set_sensitive (self->print_button, FALSE);
  lanyard_screen_answer (LANYARD_SCREEN (self), LANYARD_INPUT_CONFIRM, NULL);
}

static void
on_back_clicked (GtkButton *button, LanyardDelegationPage *self)
{
  lanyard_screen_answer (LANYARD_SCREEN (self), LANYARD_INPUT_CANCEL, NULL);
}

/* With low controls the buttons with which one turns stand beside the names, and not above. */
static void
place_turner (LanyardDelegationPage *self, gboolean low, gboolean portrait)
{
  GtkBox *place = low ? self->middle : self->head;

  g_object_ref (self->turner);
  gtk_box_remove (GTK_BOX (gtk_widget_get_parent (self->turner)), self->turner);
  gtk_box_append (place, self->turner);
  g_object_unref (self->turner);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->turner), low && portrait
                                                                     ? GTK_ORIENTATION_VERTICAL
                                                                     : GTK_ORIENTATION_HORIZONTAL);
  gtk_widget_set_valign (self->turner, low ? GTK_ALIGN_END : GTK_ALIGN_CENTER);
  gtk_widget_set_valign (GTK_WIDGET (self->people), low ? GTK_ALIGN_END : GTK_ALIGN_CENTER);
}

/* Two beside each other where there is room for it. */
static void
lanyard_delegation_page_arrange (LanyardScreen *screen, gboolean portrait)
{
  LanyardDelegationPage *self = LANYARD_DELEGATION_PAGE (screen);
  gboolean large = lanyard_screen_get_whole (screen);
  gboolean low = lanyard_screen_get_low (screen);
  guint n_columns = large || (portrait && !low) ? 1 : 2;
  LanyardView *view = lanyard_screen_get_view (screen);
  gboolean high = portrait && !low;

  for (guint i = 0; i < MAX_TILES; i++)
    {
      g_object_ref (self->tiles[i]);
      gtk_grid_remove (self->people, self->tiles[i]);
      gtk_grid_attach (self->people, self->tiles[i], (int)(i % n_columns), (int)(i / n_columns), 1,
                       1);
      g_object_unref (self->tiles[i]);
    }
  place_turner (self, low, portrait);
  self->n_tiles = low && !portrait ? TILES_LOW : portrait && !large ? TILES_HIGH : TILES_WIDE;
  self->n_without = high && !large ? MAX_TILES : self->n_tiles;
  self->first -= self->first % self->n_tiles;
  if (view != NULL)
    lanyard_delegation_page_update (screen, view);
}

static void
lanyard_delegation_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LANYARD_TYPE_DELEGATION_PAGE);
  G_OBJECT_CLASS (lanyard_delegation_page_parent_class)->dispose (object);
}

static void
lanyard_delegation_page_class_init (LanyardDelegationPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  LanyardScreenClass *screen_class = LANYARD_SCREEN_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lanyard_delegation_page_dispose;
  screen_class->update = lanyard_delegation_page_update;
  screen_class->arrange = lanyard_delegation_page_arrange;
  screen_class->clear = lanyard_delegation_page_clear;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/lanyard/Kiosk/page/lanyard-delegation-page.ui");
#define BIND(child)                                                                                \
  gtk_widget_class_bind_template_child (widget_class, LanyardDelegationPage, child)
  BIND (title_label);
  BIND (summary_label);
  BIND (head);
  BIND (middle);
  BIND (people);
  BIND (turner);
  BIND (before_button);
  BIND (after_button);
  BIND (back_button);
  BIND (back_label);
  BIND (all_button);
  BIND (all_label);
  BIND (print_button);
  BIND (print_label);
#undef BIND
  gtk_widget_class_bind_template_callback (widget_class, on_before_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_after_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_all_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_print_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_back_clicked);
}

static void
lanyard_delegation_page_init (LanyardDelegationPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->n_tiles = TILES_WIDE;
  self->n_without = TILES_WIDE;
  for (guint i = 0; i < MAX_TILES; i++)
    {
      self->tiles[i] = new_tile (self);
      gtk_widget_set_visible (self->tiles[i], FALSE);
      gtk_grid_attach (self->people, self->tiles[i], (int)(i % 2), (int)(i / 2), 1, 1);
    }
}
