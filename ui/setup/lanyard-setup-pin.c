/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-setup-pin.h"

#include <string.h>

#include "lanyard-keypad.h"
#include "lanyard-setup-field.h"
#include "lanyard-staff.h"
#include "lanyard-words.h"

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
  LanyardSetupField field;
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

static void
show_part (LanyardSetupPin *self)
{
  const char *name = lanyard_words_get (self->words, PARTS[self->part].name);

  lanyard_setup_field_set_name (&self->field, name);
  gtk_entry_set_visibility (self->field.entry, self->part == NUMBER);
  gtk_entry_set_max_length (self->field.entry, (int)PARTS[self->part].max_chars);
}

static void
load_part (LanyardSetupPin *self, guint part)
{
  self->part = part;
  gtk_editable_set_text (GTK_EDITABLE (self->field.entry), "");
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
on_next (GtkWidget *widget, LanyardSetupPin *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->field.entry));
  gboolean good = self->part == AGAIN ? g_str_equal (text, self->pin) : is_good (self->part, text);
  const char *wrong = lanyard_words_get (self->words, PARTS[self->part].wrong);

  lanyard_setup_field_say_wrong (&self->field, good ? NULL : wrong);
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
on_before (GtkWidget *widget, LanyardSetupPin *self)
{
  lanyard_setup_field_say_wrong (&self->field, NULL);
  load_part (self, self->part > NUMBER ? self->part - 1 : NUMBER);
}

static void
on_key (LanyardKeypad *keypad, guint character, LanyardSetupPin *self)
{
  GtkEditable *entry = GTK_EDITABLE (self->field.entry);
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

/* What is typed lies in memory that is never written to a disk. */
static GtkWidget *
make_entry (void)
{
  g_autoptr (GtkEntryBuffer) buffer = gtk_password_entry_buffer_new ();
  GtkWidget *entry = gtk_entry_new_with_buffer (buffer);

  gtk_editable_set_enable_undo (GTK_EDITABLE (entry), FALSE);
  gtk_entry_set_input_purpose (GTK_ENTRY (entry), GTK_INPUT_PURPOSE_PIN);
  return entry;
}

static void
lanyard_setup_pin_init (LanyardSetupPin *self)
{
  self->words = lanyard_words_new (NULL);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACING);
  lanyard_setup_field_init (&self->field, GTK_BOX (self->box), make_entry (),
                            G_CALLBACK (on_before), G_CALLBACK (on_next), self);
  self->keypad = g_object_ref_sink (g_object_new (LANYARD_TYPE_KEYPAD, "kind", "digits", NULL));
  g_signal_connect_object (self->keypad, "key", G_CALLBACK (on_key), self, 0);
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
  lanyard_setup_field_say_wrong (&self->field, wrong);
}
