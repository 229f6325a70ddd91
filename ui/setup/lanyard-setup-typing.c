/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-setup-typing.h"

#include <string.h>

#include "lanyard-hash.h"
#include "lanyard-keypad.h"
#include "lanyard-setup-field.h"
#include "lanyard-words.h"

#define SPACING 14
#define CODE_CHARS 20

enum
{
  HUB,
  CODE,
  VENUE,
  ROOT,
  N_PARTS,
};

struct _LanyardSetupTyping
{
  GtkWidget parent_instance;

  /* borrowed */
  GtkWidget *box;
  LanyardSetupField field;
  LanyardKeypad *keypad;

  /* owned */
  LanyardWords *words;
  char *parts[N_PARTS]; /* (nullable) each */

  /* state */
  guint part;
};

G_DEFINE_FINAL_TYPE (LanyardSetupTyping, lanyard_setup_typing, GTK_TYPE_WIDGET)

static guint typed_signal, left_signal;

typedef struct
{
  const char *name;   /* msgid */
  const char *wrong;  /* msgid: what is said of one that cannot be */
  const char *keypad; /* kind */
  guint max_chars;
} Part;

static const Part PARTS[N_PARTS] = {
  [HUB] = { N_ ("Address of the hub, such as https://hub.example.org"),
            N_ ("That is no address of a hub: it begins with https:// or http://"), "address",
            LANYARD_TICKET_MAX_HUB_BYTES },
  [CODE] = { N_ ("The twenty letters and digits of the code"),
             N_ ("A code has twenty letters and digits."), "text", LANYARD_TICKET_MAX_CODE_BYTES },
  [VENUE] = { N_ ("Code of the venue"), N_ ("A venue has a short code, such as MAC."), "text",
              LANYARD_TICKET_MAX_VENUE_BYTES },
  [ROOT] = { N_ ("Root key of the event: 64 characters"),
             N_ ("A root key has 64 characters, each a digit or a letter from a to f."), "address",
             2 * LANYARD_PUBLIC_KEY_BYTES },
};

static gboolean
is_good (guint part, const char *text)
{
  guint8 key[LANYARD_PUBLIC_KEY_BYTES];
  guint n = 0;

  switch (part)
    {
    case HUB:
      return lanyard_ticket_is_hub (text);
    case CODE:
      for (const char *at = text; *at != '\0'; at++)
        n += g_ascii_isalnum (*at) != 0;
      return n == CODE_CHARS;
    case ROOT:
      return lanyard_hex_decode (text, key, sizeof key);
    case VENUE:
    default:
      return *text != '\0';
    }
}

static void
show_part (LanyardSetupTyping *self)
{
  const char *name = lanyard_words_get (self->words, PARTS[self->part].name);

  lanyard_setup_field_set_name (&self->field, name);
  lanyard_keypad_set_kind (self->keypad, PARTS[self->part].keypad);
  lanyard_setup_field_say_wrong (&self->field, NULL);
}

static void
load_part (LanyardSetupTyping *self, guint part)
{
  self->part = part;
  gtk_editable_set_text (GTK_EDITABLE (self->field.entry),
                         self->parts[part] != NULL ? self->parts[part] : "");
  gtk_editable_set_position (GTK_EDITABLE (self->field.entry), -1);
  show_part (self);
}

static void
send (LanyardSetupTyping *self)
{
  LanyardTicket ticket = {
    .hub = self->parts[HUB],
    .code = self->parts[CODE],
    .venue = self->parts[VENUE],
    .name = (char *)"",
  };

  if (lanyard_hex_decode (self->parts[ROOT], ticket.root.bytes, sizeof ticket.root.bytes))
    g_signal_emit (self, typed_signal, 0, &ticket);
}

static void
on_next (GtkWidget *widget, LanyardSetupTyping *self)
{
  g_autofree char *text
      = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->field.entry))));

  if (!is_good (self->part, text))
    {
      lanyard_setup_field_say_wrong (&self->field,
                                     lanyard_words_get (self->words, PARTS[self->part].wrong));
      return;
    }
  g_free (self->parts[self->part]);
  self->parts[self->part] = g_steal_pointer (&text);
  if (self->part + 1 < N_PARTS)
    load_part (self, self->part + 1);
  else
    send (self);
}

static void
on_before (GtkWidget *widget, LanyardSetupTyping *self)
{
  if (self->part > 0)
    load_part (self, self->part - 1);
  else
    g_signal_emit (self, left_signal, 0);
}

static void
on_key (LanyardKeypad *keypad, guint character, LanyardSetupTyping *self)
{
  g_autofree char *text
      = lanyard_keypad_apply (gtk_editable_get_text (GTK_EDITABLE (self->field.entry)), character,
                              PARTS[self->part].max_chars);

  gtk_editable_set_text (GTK_EDITABLE (self->field.entry), text);
  gtk_editable_set_position (GTK_EDITABLE (self->field.entry), -1);
}

static void
lanyard_setup_typing_dispose (GObject *object)
{
  LanyardSetupTyping *self = LANYARD_SETUP_TYPING (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->words, lanyard_words_unref);
  for (guint i = 0; i < N_PARTS; i++)
    g_clear_pointer (&self->parts[i], g_free);
  G_OBJECT_CLASS (lanyard_setup_typing_parent_class)->dispose (object);
}

static void
lanyard_setup_typing_class_init (LanyardSetupTypingClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lanyard_setup_typing_dispose;
  typed_signal = g_signal_new ("typed", LANYARD_TYPE_SETUP_TYPING, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  left_signal = g_signal_new ("left", LANYARD_TYPE_SETUP_TYPING, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                              NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
lanyard_setup_typing_init (LanyardSetupTyping *self)
{
  self->words = lanyard_words_new (NULL);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACING);
  lanyard_setup_field_init (&self->field, GTK_BOX (self->box), gtk_entry_new (),
                            G_CALLBACK (on_before), G_CALLBACK (on_next), self);
  self->keypad = g_object_new (LANYARD_TYPE_KEYPAD, NULL);
  g_signal_connect (self->keypad, "key", G_CALLBACK (on_key), self);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->keypad));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  load_part (self, HUB);
}

GtkWidget *
lanyard_setup_typing_new (void)
{
  return g_object_new (LANYARD_TYPE_SETUP_TYPING, NULL);
}

void
lanyard_setup_typing_set_words (LanyardSetupTyping *self, LanyardWords *words)
{
  g_return_if_fail (LANYARD_IS_SETUP_TYPING (self));

  lanyard_words_ref (words);
  lanyard_words_unref (self->words);
  self->words = words;
  lanyard_keypad_set_words (self->keypad, words);
  show_part (self);
}

void
lanyard_setup_typing_clear (LanyardSetupTyping *self)
{
  g_return_if_fail (LANYARD_IS_SETUP_TYPING (self));

  for (guint i = 0; i < N_PARTS; i++)
    g_clear_pointer (&self->parts[i], g_free);
  load_part (self, HUB);
}
