/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-validate-page.h"

#include "lanyard-document-fields.h"
#include "lanyard-holder-card.h"
#include "lanyard-illustration.h"
#include "lanyard-keypad.h"
#include "lanyard-phrases.h"

#define MAX_SEAL_CHARS 64

struct _LanyardValidatePage
{
  LanyardScreen parent_instance;

  /* template children */
  LanyardHolderCard *holder;
  GtkLabel *number_label;
  GtkWidget *verdict_box;
  GtkLabel *verdict_label;
  GtkLabel *reasons_label;
  GtkLabel *card_label;
  GtkLabel *document_label;
  GtkWidget *document_box;
  LanyardDocumentFields *fields;
  GtkWidget *seal_box;
  GtkEditable *seal_entry;
  GtkToggleButton *keys_button;
  LanyardKeypad *keypad;
  GtkWidget *validate_button;

  /* state */
  char *seal; /* owned (nullable): the one that was scanned last */
};

G_DEFINE_FINAL_TYPE (LanyardValidatePage, lanyard_validate_page, LANYARD_TYPE_SCREEN)

static void
act (LanyardValidatePage *self, LanyardStaffActionKind kind, const char *serial, const char *text)
{
  g_autoptr (LanyardStaffAction) action = lanyard_staff_action_new (kind);

  action->serial = serial != NULL && *serial != '\0' ? g_strdup (serial) : NULL;
  action->text = g_strdup (text);
  lanyard_controls_act (lanyard_screen_get_controls (LANYARD_SCREEN (self)), action);
}

/* ICAO Doc 9303 letters, and DL for licences: what stands in records of scanned documents too. */
static void
on_passport_clicked (GtkButton *button, LanyardValidatePage *self)
{
  act (self, LANYARD_ACT_DOCUMENT_SEEN, NULL, "P");
}

static void
on_card_clicked (GtkButton *button, LanyardValidatePage *self)
{
  act (self, LANYARD_ACT_DOCUMENT_SEEN, NULL, "I");
}

static void
on_licence_clicked (GtkButton *button, LanyardValidatePage *self)
{
  act (self, LANYARD_ACT_DOCUMENT_SEEN, NULL, "DL");
}

static void
on_validate_clicked (GtkButton *button, LanyardValidatePage *self)
{
  act (self, LANYARD_ACT_VALIDATE, gtk_editable_get_text (self->seal_entry), NULL);
}

static void
on_seal_activate (GtkEntry *entry, LanyardValidatePage *self)
{
  if (gtk_widget_get_sensitive (self->validate_button))
    on_validate_clicked (NULL, self);
}

static void
on_back_clicked (GtkButton *button, LanyardValidatePage *self)
{
  lanyard_screen_answer (LANYARD_SCREEN (self), LANYARD_INPUT_CANCEL, NULL);
}

static void
on_keys_toggled (GtkToggleButton *button, LanyardValidatePage *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->keypad), gtk_toggle_button_get_active (button));
}

static void
on_key (LanyardKeypad *keypad, guint character, LanyardValidatePage *self)
{
  g_autofree char *text
      = lanyard_keypad_apply (gtk_editable_get_text (self->seal_entry), character, MAX_SEAL_CHARS);

  gtk_editable_set_text (self->seal_entry, text);
  gtk_editable_set_position (self->seal_entry, -1);
}

static const char *
phrase_for_document (LanyardDocumentVerdict verdict)
{
  switch (verdict)
    {
    case LANYARD_DOCUMENT_AGREES:
      return N_ ("It is the holder’s.");
    case LANYARD_DOCUMENT_CLOSE:
      return N_ ("It may be the holder’s: please look at it yourself.");
    case LANYARD_DOCUMENT_EXPIRED:
      return N_ ("It is the holder’s, and past its day.");
    case LANYARD_DOCUMENT_DIFFERS:
      return N_ ("It says something else than the card. Is it the right person?");
    case LANYARD_DOCUMENT_NONE:
    default:
      return N_ ("Show it to the scanner, or look at it and choose what it is.");
    }
}

static void
show_document (LanyardValidatePage *self, LanyardView *view)
{
  GtkWidget *label = GTK_WIDGET (self->document_label);

  gtk_label_set_label (self->document_label,
                       lanyard_screen_say (LANYARD_SCREEN (self),
                                           phrase_for_document (view->document)));
  gtk_widget_remove_css_class (label, "good");
  gtk_widget_remove_css_class (label, "bad");
  if (view->document == LANYARD_DOCUMENT_AGREES)
    gtk_widget_add_css_class (label, "good");
  else if (view->document == LANYARD_DOCUMENT_DIFFERS)
    gtk_widget_add_css_class (label, "bad");
}

static void
show_verdict (LanyardValidatePage *self, LanyardView *view)
{
  LanyardScreen *screen = LANYARD_SCREEN (self);
  const LanyardVerdict *verdict = &view->verdict;
  g_autoptr (GString) reasons = g_string_new (NULL);

  for (guint i = 0; i < MIN (verdict->n_reasons, LANYARD_VERDICT_MAX_REASONS); i++)
    g_string_append_printf (reasons, "%s• %s", reasons->len > 0 ? "\n" : "",
                            lanyard_screen_say (screen,
                                                lanyard_phrase_for_reason (verdict->reasons[i])));
  gtk_widget_remove_css_class (self->verdict_box, "good");
  if (reasons->len == 0)
    gtk_widget_add_css_class (self->verdict_box, "good");
  gtk_label_set_label (self->verdict_label,
                       lanyard_screen_say (screen, reasons->len == 0
                                                       ? N_ ("May be validated")
                                                       : N_ ("Please look at this first")));
  gtk_label_set_label (self->reasons_label, reasons->str);
  gtk_widget_set_visible (GTK_WIDGET (self->reasons_label), reasons->len > 0);
}

/* What is typed stays, unless another seal was scanned. */
static void
show_seal (LanyardValidatePage *self, const char *seal)
{
  if (seal == NULL || g_strcmp0 (seal, self->seal) == 0)
    return;
  g_free (self->seal);
  self->seal = g_strdup (seal);
  gtk_editable_set_text (self->seal_entry, seal);
  gtk_editable_set_position (self->seal_entry, -1);
}

static void
lanyard_validate_page_update (LanyardScreen *screen, LanyardView *view)
{
  LanyardValidatePage *self = LANYARD_VALIDATE_PAGE (screen);
  LanyardPack *pack = lanyard_screen_get_pack (screen);
  LanyardWords *words = lanyard_screen_get_words (screen);

  if (view->entry != NULL)
    {
      lanyard_holder_card_show (self->holder, view->entry, view->photo, pack,
                                lanyard_words_get_language (words));
      gtk_label_set_label (self->number_label, view->entry->number);
    }
  gtk_label_set_label (self->card_label, view->card != NULL ? view->card : "");
  lanyard_keypad_set_words (self->keypad, words);
  show_verdict (self, view);
  show_document (self, view);
  lanyard_document_fields_show (self->fields, view, words);
  show_seal (self, view->seal);
  gtk_widget_set_visible (self->seal_box, pack == NULL
                                              || lanyard_pack_get_rules (pack)->validation.seal
                                                     != LANYARD_SEAL_NONE);
  gtk_widget_set_sensitive (self->validate_button, view->can_validate);
}

static void
lanyard_validate_page_clear (LanyardScreen *screen)
{
  LanyardValidatePage *self = LANYARD_VALIDATE_PAGE (screen);

  lanyard_holder_card_clear (self->holder);
  gtk_label_set_label (self->number_label, "");
  gtk_label_set_label (self->card_label, "");
  gtk_label_set_label (self->reasons_label, "");
  lanyard_document_fields_clear (self->fields);
  gtk_editable_set_text (self->seal_entry, "");
  g_clear_pointer (&self->seal, g_free);
}

static void
lanyard_validate_page_finalize (GObject *object)
{
  g_free (LANYARD_VALIDATE_PAGE (object)->seal);
  G_OBJECT_CLASS (lanyard_validate_page_parent_class)->finalize (object);
}

static void
lanyard_validate_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LANYARD_TYPE_VALIDATE_PAGE);
  G_OBJECT_CLASS (lanyard_validate_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/lanyard/Kiosk/page/lanyard-validate-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LanyardValidatePage, holder);
  gtk_widget_class_bind_template_child (widget_class, LanyardValidatePage, number_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardValidatePage, verdict_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardValidatePage, verdict_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardValidatePage, reasons_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardValidatePage, card_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardValidatePage, document_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardValidatePage, document_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardValidatePage, fields);
  gtk_widget_class_bind_template_child (widget_class, LanyardValidatePage, seal_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardValidatePage, seal_entry);
  gtk_widget_class_bind_template_child (widget_class, LanyardValidatePage, keys_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardValidatePage, keypad);
  gtk_widget_class_bind_template_child (widget_class, LanyardValidatePage, validate_button);
  gtk_widget_class_bind_template_callback (widget_class, on_passport_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_card_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_licence_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_validate_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_seal_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_back_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_keys_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_key);
}

static void
lanyard_validate_page_class_init (LanyardValidatePageClass *klass)
{
  LanyardScreenClass *screen_class = LANYARD_SCREEN_CLASS (klass);

  g_type_ensure (LANYARD_TYPE_DOCUMENT_FIELDS);
  g_type_ensure (LANYARD_TYPE_HOLDER_CARD);
  g_type_ensure (LANYARD_TYPE_ILLUSTRATION);
  g_type_ensure (LANYARD_TYPE_KEYPAD);
  G_OBJECT_CLASS (klass)->dispose = lanyard_validate_page_dispose;
  screen_class->update = lanyard_validate_page_update;
  screen_class->clear = lanyard_validate_page_clear;
  G_OBJECT_CLASS (klass)->finalize = lanyard_validate_page_finalize;
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
lanyard_validate_page_init (LanyardValidatePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
