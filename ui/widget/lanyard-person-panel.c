/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-person-panel.h"

#include "lanyard-badge-preview.h"
#include "lanyard-document-fields.h"
#include "lanyard-holder-card.h"
#include "lanyard-past-list.h"
#include "lanyard-phrases.h"

struct _LanyardPersonPanel
{
  GtkWidget parent_instance;

  /* template children */
  GtkWidget *column;
  LanyardHolderCard *holder;
  GtkLabel *number_label;
  GtkLabel *badge_label;
  GtkWidget *verdict_box;
  GtkLabel *verdict_label;
  GtkBox *reasons_box;
  LanyardDocumentFields *document;
  GtkFlowBox *clearances_box;
  GtkOrientable *columns;
  GtkBox *person_box;
  GtkBox *beside_box;
  LanyardPastList *past;
  LanyardBadgePreview *preview;
  GtkWidget *issue_button;
  GtkWidget *replace_button;
  GtkWidget *decide_button;
  GtkWidget *team_button;
  GtkWidget *ask_button;
  GtkWidget *agreements_button;
  GtkWidget *photo_button;
};

G_DEFINE_FINAL_TYPE (LanyardPersonPanel, lanyard_person_panel, GTK_TYPE_WIDGET)

enum
{
  ISSUE,
  REPLACE,
  DECIDE,
  CLOSE,
  NOTE,
  TEAM,
  OPEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
on_issue_clicked (GtkButton *button, LanyardPersonPanel *self)
{
  gtk_widget_set_sensitive (self->issue_button, FALSE);
  gtk_widget_set_visible (self->issue_button, TRUE);
  gtk_widget_set_visible (self->replace_button, FALSE);
  gtk_widget_set_visible (self->decide_button, FALSE);
  g_signal_emit (self, signals[ISSUE], 0);
}

static void
on_replace_clicked (GtkButton *button, LanyardPersonPanel *self)
{
  g_signal_emit (self, signals[REPLACE], 0);
}

static void
on_decide_clicked (GtkButton *button, LanyardPersonPanel *self)
{
  g_signal_emit (self, signals[DECIDE], 0);
}

static void
on_note_clicked (GtkButton *button, LanyardPersonPanel *self)
{
  g_signal_emit (self, signals[NOTE], 0);
}

static void
on_agreements_clicked (GtkButton *button, LanyardPersonPanel *self)
{
  g_signal_emit (self, signals[OPEN], 0, "agreements");
}

static void
on_photo_clicked (GtkButton *button, LanyardPersonPanel *self)
{
  g_signal_emit (self, signals[OPEN], 0, "photo");
}

static void
on_team_clicked (GtkButton *button, LanyardPersonPanel *self)
{
  g_signal_emit (self, signals[TEAM], 0);
}

static void
on_close_clicked (GtkButton *button, LanyardPersonPanel *self)
{
  g_signal_emit (self, signals[CLOSE], 0);
}

static GtkWidget *
make_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "verbatim");
  gtk_widget_add_css_class (label, style);
  return label;
}

static void
set_verdict_look (LanyardPersonPanel *self, LanyardOutcome outcome)
{
  gtk_widget_remove_css_class (self->verdict_box, "good");
  gtk_widget_remove_css_class (self->verdict_box, "warn");
  gtk_widget_remove_css_class (self->verdict_box, "bad");
  gtk_widget_add_css_class (self->verdict_box, outcome == LANYARD_OUTCOME_READY     ? "good"
                                               : outcome == LANYARD_OUTCOME_REFUSED ? "bad"
                                                                                    : "warn");
}

static void
remove_reasons (LanyardPersonPanel *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->reasons_box))) != NULL)
    gtk_box_remove (self->reasons_box, child);
}

static void
show_verdict (LanyardPersonPanel *self, const LanyardVerdict *verdict, LanyardWords *words)
{
  const char *title = verdict->outcome == LANYARD_OUTCOME_READY ? N_ ("Ready to issue")
                      : verdict->outcome == LANYARD_OUTCOME_REFUSED
                          ? N_ ("Cannot be issued at this desk")
                          : N_ ("Please look at this first");

  set_verdict_look (self, verdict->outcome);
  gtk_label_set_label (self->verdict_label, lanyard_words_get (words, title));
  remove_reasons (self);
  for (guint i = 0; i < MIN (verdict->n_reasons, LANYARD_VERDICT_MAX_REASONS); i++)
    {
      const char *text = lanyard_words_get (words, lanyard_phrase_for_reason (verdict->reasons[i]));
      g_autofree char *line = g_strconcat ("• ", text, NULL);

      gtk_box_append (self->reasons_box, make_label (line, "reason"));
    }
}

/* Several badges: each with the desk to call, and what was decided here. */
static void
show_dispute (LanyardPersonPanel *self,
              const LanyardView *view,
              LanyardPack *pack,
              LanyardWords *words)
{
  const LanyardDispute *dispute = view->entry->dispute;

  for (guint i = 0; dispute != NULL && i < dispute->sides->len; i++)
    {
      const LanyardSide *side = g_ptr_array_index (dispute->sides, i);
      g_autofree char *desk
          = lanyard_phrase_dup_desk (words, pack, side->device, side->name, side->venue);
      g_autofree char *when = lanyard_phrase_dup_when (words, side->out_us);
      g_autofree char *line
          = g_strdup_printf ("\u2068%s\u2069 · %s · %s", side->serial, desk, when);

      gtk_box_append (self->reasons_box, make_label (line, "reason"));
    }
  if (view->decided != NULL)
    {
      g_autofree char *line
          = lanyard_words_fill (words,
                                N_ ("Decided here: %s stays. Other desks hear of it from the hub."),
                                view->decided);

      gtk_box_append (self->reasons_box, make_label (line, "reason"));
    }
}

/* What the pack asks of the person, and what they said. Returns: whether a required one is missing
 */
static gboolean
show_consents (LanyardPersonPanel *self,
               const LanyardView *view,
               LanyardPack *pack,
               LanyardWords *words)
{
  for (guint i = 0; view->consents != NULL && i < view->consents->len; i++)
    {
      const LanyardConsentAnswer *answer = g_ptr_array_index (view->consents, i);
      const char *title = pack != NULL
                              ? lanyard_pack_get_consent_title (pack, answer->id,
                                                                lanyard_words_get_language (words))
                              : NULL;
      g_autofree char *line = g_strdup_printf (
          "• %s: %s", title != NULL ? title : answer->id,
          lanyard_words_get (words, lanyard_phrase_for_consent (answer->decision)));

      gtk_box_append (self->reasons_box, make_label (line, "reason"));
    }
  gtk_widget_set_visible (self->agreements_button, view->consents != NULL);
  return lanyard_consent_find_next (view->consents, NULL) == LANYARD_CONSENT_REQUIRED;
}

static void
remove_clearances (LanyardPersonPanel *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->clearances_box))) != NULL)
    gtk_flow_box_remove (self->clearances_box, child);
}

static void
add_clearance (LanyardPersonPanel *self,
               const LanyardClearance *clearance,
               LanyardPack *pack,
               LanyardWords *words)
{
  const char *system = clearance->system;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  if (pack != NULL)
    system = lanyard_pack_get_label (pack, LANYARD_CODES_CLEARANCE, system,
                                     lanyard_words_get_language (words));
  gtk_widget_add_css_class (box, "clearance");
  gtk_widget_add_css_class (box, clearance->state == LANYARD_CLEARANCE_CLEAR     ? "good"
                                 : clearance->state == LANYARD_CLEARANCE_PENDING ? "warn"
                                                                                 : "bad");
  gtk_box_append (GTK_BOX (box), make_label (system, "clearance-system"));
  gtk_box_append (GTK_BOX (box),
                  make_label (lanyard_words_get (words,
                                                 lanyard_phrase_for_clearance (clearance->state)),
                              "clearance-state"));
  gtk_flow_box_append (self->clearances_box, box);
}

static void
show_badge (LanyardPersonPanel *self, const LanyardView *view, LanyardWords *words)
{
  const char *serial
      = view->badge_serial != NULL ? view->badge_serial : view->entry->issued.last_serial;
  g_autofree char *text = NULL;

  if (serial != NULL)
    text = lanyard_words_fill (words, "Badge %s", serial);
  gtk_label_set_label (self->badge_label,
                       text != NULL ? text : lanyard_words_get (words, N_ ("No badge yet")));
}

/* Beside the badge there is room below the person; where all stands below each other it comes last.
 */
static void
move_past (LanyardPersonPanel *self, GtkBox *box)
{
  g_autoptr (GtkWidget) past = g_object_ref (GTK_WIDGET (self->past));
  GtkWidget *parent = gtk_widget_get_parent (past);

  if (parent == GTK_WIDGET (box))
    return;
  gtk_box_remove (GTK_BOX (parent), past);
  gtk_box_append (box, past);
}

static void
lanyard_person_panel_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LANYARD_TYPE_PERSON_PANEL);
  G_OBJECT_CLASS (lanyard_person_panel_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/lanyard/Kiosk/widget/lanyard-person-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, LanyardPersonPanel, column);
  gtk_widget_class_bind_template_child (widget_class, LanyardPersonPanel, holder);
  gtk_widget_class_bind_template_child (widget_class, LanyardPersonPanel, number_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardPersonPanel, badge_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardPersonPanel, verdict_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardPersonPanel, verdict_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardPersonPanel, reasons_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardPersonPanel, document);
  gtk_widget_class_bind_template_child (widget_class, LanyardPersonPanel, clearances_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardPersonPanel, preview);
  gtk_widget_class_bind_template_child (widget_class, LanyardPersonPanel, columns);
  gtk_widget_class_bind_template_child (widget_class, LanyardPersonPanel, person_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardPersonPanel, beside_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardPersonPanel, past);
  gtk_widget_class_bind_template_child (widget_class, LanyardPersonPanel, issue_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardPersonPanel, replace_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardPersonPanel, decide_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardPersonPanel, team_button);
  gtk_widget_class_bind_template_callback (widget_class, on_team_clicked);
  gtk_widget_class_bind_template_child (widget_class, LanyardPersonPanel, ask_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardPersonPanel, agreements_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardPersonPanel, photo_button);
  gtk_widget_class_bind_template_callback (widget_class, on_photo_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_agreements_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_issue_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_replace_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_decide_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_note_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_close_clicked);
}

static void
lanyard_person_panel_class_init (LanyardPersonPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (LANYARD_TYPE_BADGE_PREVIEW);
  g_type_ensure (LANYARD_TYPE_DOCUMENT_FIELDS);
  g_type_ensure (LANYARD_TYPE_HOLDER_CARD);
  g_type_ensure (LANYARD_TYPE_PAST_LIST);
  G_OBJECT_CLASS (klass)->dispose = lanyard_person_panel_dispose;
  signals[ISSUE] = g_signal_new ("issue", LANYARD_TYPE_PERSON_PANEL, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  signals[REPLACE] = g_signal_new ("replace", LANYARD_TYPE_PERSON_PANEL, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[DECIDE] = g_signal_new ("decide", LANYARD_TYPE_PERSON_PANEL, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  signals[CLOSE] = g_signal_new ("close", LANYARD_TYPE_PERSON_PANEL, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  signals[NOTE] = g_signal_new ("note", LANYARD_TYPE_PERSON_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
  signals[TEAM] = g_signal_new ("team", LANYARD_TYPE_PERSON_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
  signals[OPEN] = g_signal_new ("open", LANYARD_TYPE_PERSON_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  bind_template (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "person");
}

static void
lanyard_person_panel_init (LanyardPersonPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
lanyard_person_panel_show (LanyardPersonPanel *self,
                           LanyardView *view,
                           LanyardPack *pack,
                           LanyardWords *words)
{
  const LanyardEntry *entry;
  gboolean decide, ask;

  g_return_if_fail (LANYARD_IS_PERSON_PANEL (self) && view != NULL && view->entry != NULL);

  entry = view->entry;
  lanyard_holder_card_show (self->holder, entry, view->photo, pack,
                            lanyard_words_get_language (words));
  if (g_strcmp0 (gtk_label_get_label (self->number_label), entry->number) != 0)
    lanyard_past_list_clear (self->past);
  gtk_label_set_label (self->number_label, entry->number);
  show_badge (self, view, words);
  show_verdict (self, &view->verdict, words);
  show_dispute (self, view, pack, words);
  lanyard_document_fields_show (self->document, view, words);
  ask = show_consents (self, view, pack, words) && view->verdict.outcome == LANYARD_OUTCOME_STAFF;
  remove_clearances (self);
  for (guint i = 0; i < entry->clearances->len; i++)
    add_clearance (self, &g_array_index (entry->clearances, LanyardClearance, i), pack, words);
  lanyard_badge_preview_show (self->preview, entry, view->photo, pack);
  gtk_widget_set_sensitive (self->issue_button, view->can_issue);
  gtk_widget_set_visible (self->photo_button, view->can_take_photo);
  /* One next action: whoever has a badge is not issued another, but may have it replaced. */
  decide = entry->dispute != NULL && view->decided == NULL;
  gtk_widget_set_visible (self->issue_button,
                          view->can_issue || (!view->can_void && !decide && !ask));
  gtk_widget_set_visible (self->ask_button, ask && !view->can_void && !decide);
  gtk_widget_set_visible (self->replace_button, view->can_void && !decide);
  gtk_widget_set_visible (self->decide_button, decide);
  gtk_widget_set_visible (self->team_button,
                          entry->organisation != NULL && *entry->organisation != '\0');
}

void
lanyard_person_panel_show_past (LanyardPersonPanel *self,
                                const LanyardPersonPast *past,
                                LanyardPack *pack,
                                LanyardWords *words)
{
  g_return_if_fail (LANYARD_IS_PERSON_PANEL (self) && past != NULL);

  /* of somebody who has gone meanwhile */
  if (g_strcmp0 (gtk_label_get_label (self->number_label), past->number) == 0)
    lanyard_past_list_show (self->past, past, pack, words);
}

void
lanyard_person_panel_clear (LanyardPersonPanel *self)
{
  g_return_if_fail (LANYARD_IS_PERSON_PANEL (self));

  lanyard_holder_card_clear (self->holder);
  gtk_label_set_label (self->number_label, "");
  gtk_label_set_label (self->badge_label, "");
  gtk_label_set_label (self->verdict_label, "");
  remove_reasons (self);
  lanyard_document_fields_clear (self->document);
  remove_clearances (self);
  lanyard_badge_preview_clear (self->preview);
  lanyard_past_list_clear (self->past);
  gtk_widget_set_sensitive (self->issue_button, FALSE);
  gtk_widget_set_visible (self->agreements_button, FALSE);
  gtk_widget_set_visible (self->photo_button, FALSE);
  gtk_widget_set_visible (self->ask_button, FALSE);
}

void
lanyard_person_panel_arrange (LanyardPersonPanel *self, gboolean narrow, gboolean high)
{
  g_return_if_fail (LANYARD_IS_PERSON_PANEL (self));

  gtk_orientable_set_orientation (self->columns,
                                  narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  /* beside the person there is room for both; below, what decides comes first */
  if (narrow)
    gtk_box_reorder_child_after (self->beside_box, GTK_WIDGET (self->clearances_box),
                                 GTK_WIDGET (self->document));
  else
    gtk_box_reorder_child_after (self->beside_box, GTK_WIDGET (self->clearances_box),
                                 GTK_WIDGET (self->preview));
  move_past (self, narrow ? self->beside_box : self->person_box);
  lanyard_badge_preview_set_large (self->preview, high);
}
