/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the desk's layout makes of a key is asked of libxkbcommon, which is what a desk's display
 * server asks: if this fails, a scanner that was set up in another country gives other numbers. */

#include "lanyard-wedge-decoder.h"

#include <string.h>
#include <xkbcommon/xkbcommon.h>

static const char *const layout_names[LANYARD_N_KEYBOARDS] = { "us", "fr", "de" };
static struct xkb_context *context;
static struct xkb_keymap *keymaps[LANYARD_N_KEYBOARDS];

static const struct
{
  xkb_keysym_t symbol;
  gunichar accent;
} accents[] = { { XKB_KEY_dead_circumflex, '^' },
                { XKB_KEY_dead_diaeresis, 0xa8 },
                { XKB_KEY_dead_acute, 0xb4 },
                { XKB_KEY_dead_grave, '`' } };

static xkb_keysym_t
get_symbol (LanyardKeyboard desk, guint keycode, guint level, gboolean caps)
{
  struct xkb_keymap *keymap = keymaps[desk];
  struct xkb_state *state = xkb_state_new (keymap);
  xkb_mod_mask_t held = 0;
  xkb_keysym_t symbol;

  if (level == 1)
    held |= 1u << xkb_keymap_mod_get_index (keymap, XKB_MOD_NAME_SHIFT);
  /* Right Alt is the third level on the layouts that have one. */
  if (level == 2 && desk != LANYARD_KEYBOARD_US)
    held |= 1u << xkb_keymap_mod_get_index (keymap, "Mod5");
  xkb_state_update_mask (state, held, 0,
                         caps ? 1u << xkb_keymap_mod_get_index (keymap, XKB_MOD_NAME_CAPS) : 0, 0,
                         0, 0);
  symbol = xkb_state_key_get_one_sym (state, keycode);
  xkb_state_unref (state);
  return symbol;
}

/* A key as the screen's thread would see it. */
static LanyardWedgeKey
make_key (LanyardKeyboard desk, guint keycode, guint level, gboolean caps)
{
  static const guint16 flags[] = { 0, LANYARD_WEDGE_SHIFT, LANYARD_WEDGE_ALTGR };
  xkb_keysym_t symbol = get_symbol (desk, keycode, level, caps);
  LanyardWedgeKey key = { .keycode = (guint16)keycode, .flags = flags[level] };

  key.character = xkb_keysym_to_utf32 (symbol);
  if (level == 2 && desk == LANYARD_KEYBOARD_US)
    key.character = 0;
  for (guint i = 0; i < G_N_ELEMENTS (accents); i++)
    if (accents[i].symbol == symbol)
      {
        key.character = accents[i].accent;
        key.flags |= LANYARD_WEDGE_DEAD;
      }
  return key;
}

/* Where the tables say something, it is what a display server says of that key. */
static void
test_tables (gconstpointer data)
{
  LanyardKeyboard keyboard = GPOINTER_TO_INT (data);
  guint n_seen = 0;

  for (guint keycode = 9; keycode < 100; keycode++)
    for (guint level = 0; level < (keyboard == LANYARD_KEYBOARD_US ? 2u : 3u); level++)
      {
        gboolean dead;
        gunichar character = lanyard_keyboard_get_character (keyboard, keycode, level, &dead);
        LanyardWedgeKey key = make_key (keyboard, keycode, level, FALSE);

        if (character == 0)
          continue;
        n_seen++;
        g_assert_cmphex (character, ==, key.character);
        g_assert_cmpint (dead, ==, (key.flags & LANYARD_WEDGE_DEAD) != 0);
      }
  g_assert_cmpuint (n_seen, >=, 98);
}

/* Every printable ASCII character can be typed on every layout, a dead key before a space counted.
 */
static gboolean
find (LanyardKeyboard scanner, gunichar wanted, guint *keycode, guint *level, gboolean *dead)
{
  for (guint pass = 0; pass < 2; pass++)
    for (*level = 0; *level < 3; (*level)++)
      for (*keycode = 9; *keycode < 100; (*keycode)++)
        if (lanyard_keyboard_get_character (scanner, *keycode, *level, dead) == wanted
            && *dead == (pass == 1))
          return TRUE;
  return FALSE;
}

#define SPACE_BAR 65

/* The keys with which a scanner set to @scanner types @text at a desk with @desk. */
static GArray *
type (LanyardKeyboard scanner, LanyardKeyboard desk, gboolean caps, const char *text)
{
  GArray *keys = g_array_new (FALSE, FALSE, sizeof (LanyardWedgeKey));

  for (const char *p = text; *p != '\0'; p++)
    {
      guint keycode, level;
      gboolean dead;
      LanyardWedgeKey key = { .character = '\r', .keycode = 36 };

      if (*p == '\r')
        {
          g_array_append_val (keys, key);
          continue;
        }
      g_assert_true (find (scanner, (guchar)*p, &keycode, &level, &dead));
      key = make_key (desk, keycode, level, caps);
      g_array_append_val (keys, key);
      if (!dead)
        continue;
      key = make_key (desk, SPACE_BAR, 0, caps);
      g_array_append_val (keys, key);
    }
  return keys;
}

/* For a screen that does not know the keys, as over a remote desktop: characters alone, and what
 * dead keys give is put together. */
static void
forget_keycodes (GArray *keys)
{
  g_autoptr (GString) text = g_string_new (NULL);

  lanyard_wedge_reading_apply (lanyard_wedge_reading_get (0),
                               (const LanyardWedgeKey *)(void *)keys->data, keys->len, text);
  g_array_set_size (keys, 0);
  for (const char *p = text->str; *p != '\0'; p = g_utf8_next_char (p))
    {
      LanyardWedgeKey key = { .character = g_utf8_get_char (p) };

      g_array_append_val (keys, key);
    }
}

#define CREDENTIAL "LY1:6BF$R9*T+%/:-.QWERTYUIOPASDFGHJKLZXCVBNM 0123456789"
#define NUMBER "31A0004711K"
#define ZONE                                                                                       \
  "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\rL898902C36UTO7408122F1204159ZE184226B<<<<<10"
#define PUNCTUATION "code!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"

static gboolean
makes_sense (const char *text, gpointer user_data)
{
  return g_strcmp0 (text, CREDENTIAL) == 0 || g_strcmp0 (text, NUMBER) == 0
         || g_strcmp0 (text, ZONE) == 0 || g_strcmp0 (text, PUNCTUATION) == 0;
}

/* Returns: (transfer full): the scan that the keys give, with Enter behind them when @enter */
static char *
scan_keys (const LanyardWedgeOptions *options, GArray *keys)
{
  g_autoptr (LanyardWedgeDecoder) decoder = lanyard_wedge_decoder_new (options);
  g_autoptr (LanyardScan) scan = NULL;
  gint64 at_us = 1000;

  for (guint i = 0; i < keys->len && scan == NULL; i++)
    lanyard_wedge_decoder_press (decoder, &g_array_index (keys, LanyardWedgeKey, i), at_us += 2000,
                                 &scan);
  if (scan == NULL)
    scan = lanyard_wedge_decoder_idle (decoder, at_us + 100 * 1000);
  return scan != NULL ? lanyard_scan_dup_text (scan) : NULL;
}

typedef struct
{
  LanyardKeyboard scanner;
  LanyardKeyboard desk;
  gboolean caps;
  gboolean characters; /* no key codes */
} Pair;

static void
test_pair (gconstpointer data)
{
  static const char *const texts[] = { CREDENTIAL, NUMBER, ZONE, PUNCTUATION };
  const Pair *pair = data;
  const LanyardWedgeOptions options = { .makes_sense = makes_sense };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GArray) keys = type (pair->scanner, pair->desk, pair->caps, texts[i]);
      g_autofree char *text = NULL;

      /* Brackets and the like take AltGr, which some desks swallow: then only the keys tell. */
      if (pair->characters && g_str_equal (texts[i], PUNCTUATION))
        continue;
      if (pair->characters)
        forget_keycodes (keys);
      text = scan_keys (&options, keys);
      g_assert_cmpstr (text, ==, texts[i]);
    }
}

/* The scanner's layout is known, so nothing needs to make sense. */
static void
test_fixed (gconstpointer data)
{
  const Pair *pair = data;
  const LanyardWedgeOptions options
      = { .layout = LANYARD_WEDGE_LAYOUT_FIXED, .keyboard = pair->scanner };
  g_autoptr (GArray) keys = type (pair->scanner, pair->desk, pair->caps, PUNCTUATION);
  g_autofree char *text = scan_keys (&options, keys);

  g_assert_cmpstr (text, ==, PUNCTUATION);
}

static gboolean
anything_makes_sense (const char *text, gpointer user_data)
{
  return strchr (text, '&') == NULL;
}

static gboolean
nothing_makes_sense (const char *text, gpointer user_data)
{
  return FALSE;
}

/* Two readings make sense, or none: the text stays as it is. */
static void
test_doubt (void)
{
  g_autoptr (GArray) keys = type (LANYARD_KEYBOARD_US, LANYARD_KEYBOARD_FR, FALSE, "azqw1zyAQ");
  LanyardWedgeOptions options = { .makes_sense = anything_makes_sense };
  g_autofree char *doubtful = scan_keys (&options, keys);
  g_autofree char *senseless = NULL;
  g_autofree char *unasked = NULL;
  g_autofree char *typed = NULL;

  g_assert_cmpstr (doubtful, ==, "qwaz&wyQA");
  options.makes_sense = nothing_makes_sense;
  senseless = scan_keys (&options, keys);
  g_assert_cmpstr (senseless, ==, doubtful);
  options.makes_sense = NULL;
  unasked = scan_keys (&options, keys);
  g_assert_cmpstr (unasked, ==, doubtful);
  options.layout = LANYARD_WEDGE_LAYOUT_TYPED;
  options.makes_sense = makes_sense;
  typed = scan_keys (&options, keys);
  g_assert_cmpstr (typed, ==, doubtful);
}

/* The prefix is garbled as well. */
static void
test_prefix (void)
{
  g_autoptr (GArray) keys
      = type (LANYARD_KEYBOARD_US, LANYARD_KEYBOARD_DE, FALSE, "[/]C0" NUMBER "#;\r");
  LanyardWedgeOptions options
      = { .prefix = "[/", .suffix = "#;", .aim = TRUE, .makes_sense = makes_sense };
  g_autofree char *text = scan_keys (&options, keys);
  g_autofree char *doubtful = NULL;

  g_assert_cmpstr (text, ==, NUMBER);
  options.makes_sense = nothing_makes_sense;
  doubtful = scan_keys (&options, keys);
  g_assert_cmpstr (doubtful, ==, NUMBER);
  options.prefix = "[?";
  g_free (doubtful);
  doubtful = scan_keys (&options, keys);
  g_assert_null (doubtful);
}

/* What a scanner sends as Control and a letter for the characters that have no key. */
static void
test_control_characters (void)
{
  g_autoptr (GArray) keys = type (LANYARD_KEYBOARD_US, LANYARD_KEYBOARD_DE, FALSE, "@j^\rANSI ");
  const LanyardWedgeOptions options
      = { .layout = LANYARD_WEDGE_LAYOUT_FIXED, .keyboard = LANYARD_KEYBOARD_US };
  g_autofree char *text = NULL;

  g_array_index (keys, LanyardWedgeKey, 1).flags |= LANYARD_WEDGE_CONTROL;
  g_array_index (keys, LanyardWedgeKey, 2).flags |= LANYARD_WEDGE_CONTROL;
  g_array_index (keys, LanyardWedgeKey, 2).flags &= ~LANYARD_WEDGE_DEAD;
  text = scan_keys (&options, keys);
  g_assert_cmpstr (text, ==, "@\n\x1e\rANSI ");
}

static void
test_words (void)
{
  LanyardKeyboard keyboard;

  for (guint i = 0; i < LANYARD_N_KEYBOARDS; i++)
    {
      g_assert_true (lanyard_keyboard_from_string (layout_names[i], &keyboard));
      g_assert_cmpint (keyboard, ==, i);
    }
  g_assert_false (lanyard_keyboard_from_string ("dvorak", &keyboard));
}

static void
add_pair (const Pair *pair)
{
  g_autofree char *ways
      = g_strconcat (pair->caps ? "-caps" : "", pair->characters ? "-characters" : "", NULL);
  g_autofree char *path = g_strdup_printf ("/wedge-layout/%s-at-%s%s", layout_names[pair->scanner],
                                           layout_names[pair->desk], ways);
  g_autofree char *fixed = g_strconcat (path, "-fixed", NULL);

  g_test_add_data_func_full (path, g_memdup2 (pair, sizeof *pair), test_pair, g_free);
  if (!pair->characters)
    g_test_add_data_func_full (fixed, g_memdup2 (pair, sizeof *pair), test_fixed, g_free);
}

int
main (int argc, char **argv)
{
  int failures;

  g_test_init (&argc, &argv, NULL);
  context = xkb_context_new (XKB_CONTEXT_NO_FLAGS);
  for (guint i = 0; i < LANYARD_N_KEYBOARDS; i++)
    {
      const struct xkb_rule_names names
          = { .rules = "evdev", .model = "pc105", .layout = layout_names[i] };
      g_autofree char *path = g_strdup_printf ("/wedge-layout/table/%s", layout_names[i]);

      keymaps[i] = xkb_keymap_new_from_names (context, &names, XKB_KEYMAP_COMPILE_NO_FLAGS);
      g_assert_nonnull (keymaps[i]);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_tables);
    }
  for (Pair pair = { 0 }; pair.scanner < LANYARD_N_KEYBOARDS; pair.scanner++)
    for (pair.desk = 0; pair.desk < LANYARD_N_KEYBOARDS; pair.desk++)
      for (guint ways = 0; ways < 4; ways++)
        {
          pair.caps = (ways & 1) != 0;
          pair.characters = (ways & 2) != 0;
          add_pair (&pair);
        }
  g_test_add_func ("/wedge-layout/doubt", test_doubt);
  g_test_add_func ("/wedge-layout/prefix", test_prefix);
  g_test_add_func ("/wedge-layout/control-characters", test_control_characters);
  g_test_add_func ("/wedge-layout/words", test_words);
  failures = g_test_run ();
  for (guint i = 0; i < LANYARD_N_KEYBOARDS; i++)
    xkb_keymap_unref (keymaps[i]);
  xkb_context_unref (context);
  return failures;
}
