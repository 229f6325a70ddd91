/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-setup-pin.h"

#include <string.h>

#include "lanyard-keypad.h"
#include "lanyard-setup-page.h"
#include "lanyard-spoken.h"
#include "lanyard-staff.h"

#define SPACING 14
#define MIN_PIN_CHARS 4
/* As many as can be typed where staff sign in. */
#define MAX_PIN_CHARS 12

enum
{
  NUMBER,
  PIN,
  AGAIN,
  N_PARTS,
};

struct _LanyardSetupPin
{
  GtkWidget parent_instance;

  /* borrowed */
  GtkWidget *box;
  GtkLabel *name_label;
  GtkLabel *wrong_label;
  GtkEntry *entry;
  /* owned */
  LanyardKeypad *keypad;
  LanyardWords *words;
  char number[LANYARD_STAFF_MAX_DIGITS + 1];
  char pin[MAX_PIN_CHARS + 1];

  /* state */
  guint part;
};

G_DEFINE_FINAL_TYPE (LanyardSetupPin, lanyard_setup_pin, GTK_TYPE_WIDGET)

static guint typed_signal;

static const struct
{
  const char *name;  /* msgid */
  const char *wrong; /* msgid: what is said of one that cannot be */
  guint min_chars;
  guint max_chars;
} PARTS[N_PARTS] = {
  [NUMBER] = { N_ ("Staff number"), N_ ("A staff number has one to eight digits."), 1,
               LANYARD_STAFF_MAX_DIGITS },
  [PIN] = { N_ ("PIN: four to twelve digits"), N_ ("A PIN has four to twelve digits."),
            MIN_PIN_CHARS, MAX_PIN_CHARS },
  [AGAIN] = { N_ ("The same PIN once more"), N_ ("The two PINs differ. Type the PIN again."),
              MIN_PIN_CHARS, MAX_PIN_CHARS },
};

static gboolean
is_good (guint part, const char *text)
{
  gsize n = strlen (text);

  return n >= PARTS[part].min_chars && n <= PARTS[part].max_chars
         && strspn (text, "0123456789") == n;
}

/* @text: (nullable) */
static void
say_wrong (LanyardSetupPin *self, const char *text)
{
  gtk_label_set_label (self->wrong_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->wrong_label), text != NULL);
}

static void
show_part (LanyardSetupPin *self)
{
  const char *name = lanyard_words_get (self->words, PARTS[self->part].name);

  gtk_label_set_label (self->name_label, name);
  lanyard_spoken_set_name (GTK_WIDGET (self->entry), name);
  gtk_entry_set_visibility (self->entry, self->part == NUMBER);
  gtk_entry_set_max_length (self->entry, (int)PARTS[self->part].max_chars);
}

static void
load_part (LanyardSetupPin *self, guint part)
{
  self->part = part;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  show_part (self);
}

static void
send (LanyardSetupPin *self)
{
  char number[sizeof self->number], pin[sizeof self->pin];

  memcpy (number, self->number, sizeof number);
  memcpy (pin, self->pin, sizeof pin);
  lanyard_setup_pin_clear (self, NULL);
  g_signal_emit (self, typed_signal, 0, number, pin);
  explicit_bzero (pin, sizeof pin);
}

/* A PIN that differs was typed wrongly once: nobody knows which time. */
static void
on_next (LanyardSetupPin *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  gboolean good = self->part == AGAIN ? g_str_equal (text, self->pin) : is_good (self->part, text);
  const char *wrong = lanyard_words_get (self->words, PARTS[self->part].wrong);

  say_wrong (self, good ? NULL : wrong);
  if (!good)
    load_part (self, self->part == AGAIN ? PIN : self->part);
  else if (self->part == AGAIN)
    send (self);
  else
    {
      if (self->part == NUMBER)
        g_strlcpy (self->number, text, sizeof self->number);
      else
        g_strlcpy (self->pin, text, sizeof self->pin);
      load_part (self, self->part + 1);
    }
}

static void
on_next_clicked (GtkButton *button, LanyardSetupPin *self)
{
  on_next (self);
}

static void
on_before_clicked (GtkButton *button, LanyardSetupPin *self)
{
  say_wrong (self, NULL);
  load_part (self, self->part > NUMBER ? self->part - 1 : NUMBER);
}

static void
on_key (LanyardKeypad *keypad, guint character, LanyardSetupPin *self)
{
  GtkEditable *entry = GTK_EDITABLE (self->entry);
  char *text = lanyard_keypad_apply (gtk_editable_get_text (entry), character,
                                     PARTS[self->part].max_chars);

  gtk_editable_set_text (entry, text);
  gtk_editable_set_position (entry, -1);
  explicit_bzero (text, strlen (text));
  g_free (text);
}

static void
lanyard_setup_pin_dispose (GObject *object)
{
  LanyardSetupPin *self = LANYARD_SETUP_PIN (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->keypad);
  g_clear_pointer (&self->words, lanyard_words_unref);
  explicit_bzero (self->pin, sizeof self->pin);
  G_OBJECT_CLASS (lanyard_setup_pin_parent_class)->dispose (object);
}

static void
lanyard_setup_pin_class_init (LanyardSetupPinClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lanyard_setup_pin_dispose;
  typed_signal = g_signal_new ("typed", LANYARD_TYPE_SETUP_PIN, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 2, G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE,
                               G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

/* Beside a field: its one word is never broken. */
static void
append_button (GtkWidget *row, GtkWidget *button)
{
  gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), FALSE);
  gtk_box_append (GTK_BOX (row), button);
}

/* What is typed lies in memory that is never written to a disk. */
static GtkWidget *
make_row (LanyardSetupPin *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, SPACING);
  g_autoptr (GtkEntryBuffer) buffer = gtk_password_entry_buffer_new ();
  GtkWidget *entry = gtk_entry_new_with_buffer (buffer);

  self->entry = GTK_ENTRY (entry);
  gtk_widget_set_hexpand (entry, TRUE);
  gtk_widget_set_direction (entry, GTK_TEXT_DIR_LTR);
  gtk_editable_set_enable_undo (GTK_EDITABLE (entry), FALSE);
  gtk_entry_set_input_purpose (self->entry, GTK_INPUT_PURPOSE_PIN);
  gtk_widget_add_css_class (entry, "field");
  gtk_widget_add_css_class (entry, "staff");
  g_signal_connect_swapped (entry, "activate", G_CALLBACK (on_next), self);
  gtk_box_append (GTK_BOX (row), entry);
  append_button (row, lanyard_setup_button (N_ ("Before"), "secondary",
                                            G_CALLBACK (on_before_clicked), self));
  append_button (row, lanyard_setup_button (N_ ("Next"), "secondary", G_CALLBACK (on_next_clicked),
                                            self));
  return row;
}

static void
lanyard_setup_pin_init (LanyardSetupPin *self)
{
  self->words = lanyard_words_new (NULL);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACING);
  self->name_label = GTK_LABEL (lanyard_setup_label (NULL, "body-strong"));
  self->wrong_label
      = GTK_LABEL (g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT,
                                 "wrap", TRUE, "xalign", 0.0f, NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->wrong_label), "setup-wrong");
  gtk_widget_add_css_class (GTK_WIDGET (self->wrong_label), "verbatim");
  self->keypad = g_object_ref_sink (g_object_new (LANYARD_TYPE_KEYPAD, "kind", "digits", NULL));
  g_signal_connect_object (self->keypad, "key", G_CALLBACK (on_key), self, 0);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->name_label));
  gtk_box_append (GTK_BOX (self->box), make_row (self));
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->wrong_label));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  lanyard_setup_pin_clear (self, NULL);
}

GtkWidget *
lanyard_setup_pin_new (void)
{
  return g_object_new (LANYARD_TYPE_SETUP_PIN, NULL);
}

GtkWidget *
lanyard_setup_pin_get_keypad (LanyardSetupPin *self)
{
  g_return_val_if_fail (LANYARD_IS_SETUP_PIN (self), NULL);

  return GTK_WIDGET (self->keypad);
}

void
lanyard_setup_pin_set_words (LanyardSetupPin *self, LanyardWords *words)
{
  g_return_if_fail (LANYARD_IS_SETUP_PIN (self));

  lanyard_words_ref (words);
  lanyard_words_unref (self->words);
  self->words = words;
  lanyard_keypad_set_words (self->keypad, words);
  show_part (self);
}

void
lanyard_setup_pin_clear (LanyardSetupPin *self, const char *wrong)
{
  g_return_if_fail (LANYARD_IS_SETUP_PIN (self));

  explicit_bzero (self->pin, sizeof self->pin);
  explicit_bzero (self->number, sizeof self->number);
  load_part (self, NUMBER);
  say_wrong (self, wrong);
}
