/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-keypad.h"

#include <string.h>

#include "lanyard-illustration.h"
#include "lanyard-spoken.h"

/* What the key is that types nothing: the keypad's own. */
#define CHANGE '\v'

struct _LanyardKeypad
{
  GtkWidget parent_instance;

  /* template children */
  GtkGrid *grid;

  /* owned */
  char *kind;
  LanyardWords *words; /* (nullable) */

  /* state */
  gboolean portrait;
};

G_DEFINE_FINAL_TYPE (LanyardKeypad, lanyard_keypad, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_KIND,
};

enum
{
  KEY,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* The keys of one kind in their order: '<' is delete, '_' is the space bar, '^' types '<', '.'
 * leaves a place, '|' types '.', '@' changes to the other of the low kinds, which have two rows
 * each. */
typedef struct
{
  const char *kind;
  const char *keys;
  int columns_landscape;
  int columns_portrait;
  int space; /* columns of the space bar; 0: three */
} Layout;

static const Layout LAYOUTS[] = {
  { "digits", "123456789.0<", 3, 3 },
  { "number", "1234567890ABCDEFGHIJKLMNOPQRSTUVWXYZ", 6, 6 },
  { "text", "1234567890ABCDEFGHIJKLMNOPQRSTUVWXYZ_<", 10, 10 },
  { "note", "1234567890qwertyuiopasdfghjkl-zxcvbnm,|?_<", 10, 10, 7 },
  { "low-digits", "12345<67890@", 6, 6 },
  { "low-letters", "ABCDEFGHIJKLM<NOPQRSTUVWXYZ@", 14, 7 },
  { "address", "1234567890:/-|abcdefghijklmnopqrstuvwxyz<", 14, 11 },
  { "zone", "ABCDEFGHIJKLMNOPQRSTUVWXYZ1234567890^<", 13, 13 },
};

static const Layout *
get_layout (LanyardKeypad *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (LAYOUTS); i++)
    {
      if (g_strcmp0 (LAYOUTS[i].kind, self->kind) == 0)
        return &LAYOUTS[i];
    }
  return &LAYOUTS[0];
}

static gboolean
is_low (LanyardKeypad *self)
{
  return g_str_has_prefix (self->kind, "low-");
}

static void set_keys (LanyardKeypad *self, const char *kind);

/* From digits to letters and back; whoever works with keys finds the focus where it was. */
static void
change (LanyardKeypad *self)
{
  gboolean to_letters = g_str_equal (self->kind, "low-digits");

  set_keys (self, to_letters ? "low-letters" : "low-digits");
  gtk_widget_grab_focus (gtk_widget_get_last_child (GTK_WIDGET (self->grid)));
}

static void
on_key_clicked (GtkButton *button, LanyardKeypad *self)
{
  guint character = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "character"));

  if (character == CHANGE)
    {
      change (self);
      return;
    }
  g_signal_emit (self, signals[KEY], 0, character);
}

static void
name_key (LanyardKeypad *self, GtkWidget *button, const char *msgid)
{
  const char *name = self->words != NULL ? lanyard_words_get (self->words, msgid) : msgid;

  lanyard_spoken_set_name (button, name);
}

static GtkWidget *
make_key (LanyardKeypad *self, char key)
{
  GtkWidget *button = gtk_button_new ();
  char text[2] = { key, '\0' };
  guint character;
  GtkWidget *face;

  if (key == '^')
    text[0] = '<';
  if (key == '|')
    text[0] = '.';
  character = (guint)text[0];

  gtk_widget_add_css_class (button, "key");
  if (key == '<' || key == '_')
    {
      character = key == '<' ? '\b' : ' ';
      face = g_object_new (LANYARD_TYPE_ILLUSTRATION, "name",
                           key == '<' ? "icon-delete" : "icon-space", "size", 34, NULL);
      gtk_button_set_child (GTK_BUTTON (button), face);
      gtk_widget_add_css_class (button, "function");
      name_key (self, button, key == '<' ? N_ ("Delete") : N_ ("Space"));
    }
  else if (key == '@')
    {
      gboolean to_letters = g_str_equal (self->kind, "low-digits");

      character = CHANGE;
      face = gtk_label_new (to_letters ? "ABC" : "123");
      gtk_widget_add_css_class (face, "verbatim");
      gtk_button_set_child (GTK_BUTTON (button), face);
      gtk_widget_add_css_class (button, "function");
      name_key (self, button, to_letters ? N_ ("Letters") : N_ ("Digits"));
    }
  else
    {
      face = gtk_label_new (text);
      gtk_widget_add_css_class (face, "verbatim");
      /* or < would point the other way */
      gtk_widget_set_direction (face, GTK_TEXT_DIR_LTR);
      gtk_button_set_child (GTK_BUTTON (button), face);
      name_key (self, button, text);
    }
  g_object_set_data (G_OBJECT (button), "character", GUINT_TO_POINTER (character));
  gtk_widget_set_hexpand (button, TRUE);
  g_signal_connect (button, "clicked", G_CALLBACK (on_key_clicked), self);
  return button;
}

static void
fill (LanyardKeypad *self)
{
  const Layout *layout = get_layout (self);
  int columns = self->portrait ? layout->columns_portrait : layout->columns_landscape;
  int n_keys = (int)strlen (layout->keys);
  int column = 0, row = 0;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grid))) != NULL)
    gtk_grid_remove (self->grid, child);
  gtk_grid_set_column_spacing (self->grid, is_low (self) && !self->portrait ? 4 : 8);
  for (int i = 0; i < n_keys; i++)
    {
      char key = layout->keys[i];
      /* delete takes what is left of its row */
      int space = layout->space > 0 ? layout->space : 3;
      int width = key == '<' && !is_low (self) ? columns - column : key == '_' ? space : 1;

      if (key != '.')
        gtk_grid_attach (self->grid, make_key (self, key), column, row, width, 1);
      column += width;
      if (column >= columns)
        {
          column = 0;
          row++;
        }
    }
}

static void
set_keys (LanyardKeypad *self, const char *kind)
{
  g_free (self->kind);
  self->kind = g_strdup (kind);
  fill (self);
}

static void
lanyard_keypad_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_string (value, LANYARD_KEYPAD (object)->kind);
}

static void
lanyard_keypad_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  lanyard_keypad_set_kind (LANYARD_KEYPAD (object), g_value_get_string (value));
}

static void
lanyard_keypad_dispose (GObject *object)
{
  LanyardKeypad *self = LANYARD_KEYPAD (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), LANYARD_TYPE_KEYPAD);
  g_clear_pointer (&self->words, lanyard_words_unref);
  g_clear_pointer (&self->kind, g_free);
  G_OBJECT_CLASS (lanyard_keypad_parent_class)->dispose (object);
}

static void
lanyard_keypad_class_init (LanyardKeypadClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = lanyard_keypad_dispose;
  object_class->get_property = lanyard_keypad_get_property;
  object_class->set_property = lanyard_keypad_set_property;
  g_object_class_install_property (object_class, PROP_KIND,
                                   g_param_spec_string ("kind", NULL, NULL, "digits",
                                                        G_PARAM_READWRITE
                                                            | G_PARAM_STATIC_STRINGS));
  signals[KEY] = g_signal_new ("key", LANYARD_TYPE_KEYPAD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 1, G_TYPE_UINT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/lanyard/Kiosk/widget/lanyard-keypad.ui");
  gtk_widget_class_bind_template_child (widget_class, LanyardKeypad, grid);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "keypad");
}

static void
lanyard_keypad_init (LanyardKeypad *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_direction (GTK_WIDGET (self->grid), GTK_TEXT_DIR_LTR);
  self->kind = g_strdup ("digits");
  fill (self);
}

void
lanyard_keypad_set_kind (LanyardKeypad *self, const char *kind)
{
  g_return_if_fail (LANYARD_IS_KEYPAD (self) && kind != NULL);

  if (g_strcmp0 (self->kind, kind) == 0)
    return;
  /* whichever of the two is open stays */
  if (g_str_equal (kind, "low") && is_low (self))
    return;
  set_keys (self, g_str_equal (kind, "low") ? "low-digits" : kind);
}

void
lanyard_keypad_set_portrait (LanyardKeypad *self, gboolean portrait)
{
  g_return_if_fail (LANYARD_IS_KEYPAD (self));

  if (self->portrait == portrait)
    return;
  self->portrait = portrait;
  fill (self);
}

void
lanyard_keypad_set_words (LanyardKeypad *self, LanyardWords *words)
{
  g_return_if_fail (LANYARD_IS_KEYPAD (self) && words != NULL);

  if (self->words == words)
    return;
  lanyard_words_ref (words);
  g_clear_pointer (&self->words, lanyard_words_unref);
  self->words = words;
  for (GtkWidget *key = gtk_widget_get_first_child (GTK_WIDGET (self->grid)); key != NULL;
       key = gtk_widget_get_next_sibling (key))
    {
      guint character = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (key), "character"));

      if (character == '\b')
        name_key (self, key, N_ ("Delete"));
      else if (character == ' ')
        name_key (self, key, N_ ("Space"));
      else if (character == CHANGE)
        name_key (self, key,
                  g_str_equal (self->kind, "low-digits") ? N_ ("Letters") : N_ ("Digits"));
    }
}

char *
lanyard_keypad_apply (const char *text, gunichar character, guint max_chars)
{
  GString *result;

  g_return_val_if_fail (text != NULL, NULL);

  result = g_string_new (text);
  if (character == '\b')
    {
      if (result->len > 0)
        g_string_truncate (result,
                           (gsize)(g_utf8_prev_char (result->str + result->len) - result->str));
    }
  else if (g_utf8_strlen (text, -1) < (glong)max_chars)
    g_string_append_unichar (result, character);
  return g_string_free (result, FALSE);
}
