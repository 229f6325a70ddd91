/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-wedge-layout.h"

#include <string.h>

#define N_KEYS 49
#define N_LEVELS 3
#define EXTRA_KEY 94       /* LSGT */
#define N_CHARACTERS 0x100 /* all that the tables have are below */
#define NOTHING 0x2423     /* "␣" in the tables below */

/* The keys that write: TLDE, AE01 to AE12, AD01 to AD12, AC01 to AC11, BKSL, LSGT, AB01 to AB10 and
 * the space bar, as XKB names and numbers them (evdev plus 8). */
/* clang-format off */
static const guint8 keycodes[N_KEYS]
    = { 49, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 24, 25, 26, 27,
        28, 29, 30, 31, 32, 33, 34, 35, 38, 39, 40, 41, 42, 43, 44, 45, 46,
        47, 48, 51, 94, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 65 };

/* What each of them says: plain, with Shift, with AltGr. The last only where it is ASCII or an
 * accent: no scanner sends more. */
static const char *const tables[LANYARD_N_KEYBOARDS][N_LEVELS] = {
  [LANYARD_KEYBOARD_US] = {
    "`1234567890-=" "qwertyuiop[]" "asdfghjkl;'" "\\<" "zxcvbnm,./" " ",
    "~!@#$%^&*()_+" "QWERTYUIOP{}" "ASDFGHJKL:\"" "|>" "ZXCVBNM<>?" " ",
    "␣␣␣␣␣␣␣␣␣␣␣␣␣" "␣␣␣␣␣␣␣␣␣␣␣␣" "␣␣␣␣␣␣␣␣␣␣␣" "␣|" "␣␣␣␣␣␣␣␣␣␣" "␣",
  },
  [LANYARD_KEYBOARD_FR] = {
    "²&é\"'(-è_çà)=" "azertyuiop^$" "qsdfghjklmù" "*<" "wxcvbn,;:!" " ",
    "~1234567890°+" "AZERTYUIOP¨£" "QSDFGHJKLM%" "µ>" "WXCVBN?./§" " ",
    "␣␣~#{[|`\\^@]}" "␣␣␣␣␣␣␣␣␣␣¨␣" "@␣␣␣␣␣␣␣␣␣^" "`|" "␣␣␣␣␣␣´␣␣␣" "␣",
  },
  [LANYARD_KEYBOARD_DE] = {
    "^1234567890ß´" "qwertzuiopü+" "asdfghjklöä" "#<" "yxcvbnm,.-" " ",
    "°!\"§$%&/()=?`" "QWERTZUIOPÜ*" "ASDFGHJKLÖÄ" "'>" "YXCVBNM;:_" " ",
    "␣␣␣␣␣␣␣{[]}\\␣" "@␣␣␣␣␣␣␣␣␣¨~" "␣␣␣␣␣␣␣␣␣␣^" "␣|" "␣␣␣␣␣␣␣␣␣␣" "␣",
  },
};

/* clang-format on */

static const struct
{
  guint8 keyboard;
  guint8 keycode;
  guint8 level;
} dead_keys[] = {
  { LANYARD_KEYBOARD_FR, 34, 0 }, { LANYARD_KEYBOARD_FR, 34, 1 }, { LANYARD_KEYBOARD_FR, 34, 2 },
  { LANYARD_KEYBOARD_FR, 48, 2 }, { LANYARD_KEYBOARD_FR, 51, 2 }, { LANYARD_KEYBOARD_FR, 58, 2 },
  { LANYARD_KEYBOARD_DE, 21, 0 }, { LANYARD_KEYBOARD_DE, 21, 1 }, { LANYARD_KEYBOARD_DE, 34, 2 },
  { LANYARD_KEYBOARD_DE, 48, 2 }, { LANYARD_KEYBOARD_DE, 49, 0 },
};

/* An accent by itself, and as what it joins a letter. */
static const struct
{
  gunichar accent;
  gunichar mark;
} accents[] = { { '^', 0x302 }, { 0xa8, 0x308 }, { 0xb4, 0x301 }, { '`', 0x300 } };

/* clang-format off */
#define TWICE(way, seen, sent, extra) \
  { way, seen, sent, FALSE, extra }, { way, seen, sent, TRUE, extra }
#define TYPED TWICE (LANYARD_READ_TYPED, 0, 0, FALSE)
#define KEYS(sent) TWICE (LANYARD_READ_KEYS, 0, sent, FALSE)
#define CHARACTERS(seen, sent) TWICE (LANYARD_READ_CHARACTERS, seen, sent, FALSE)
/* "<" and ">" of the US layout are on two keys. */
#define CHARACTERS_OF_EXTRA_KEY(seen, sent) TWICE (LANYARD_READ_CHARACTERS, seen, sent, TRUE)
/* clang-format on */

static const LanyardWedgeReading readings[] = {
  TYPED,
  KEYS (LANYARD_KEYBOARD_US),
  KEYS (LANYARD_KEYBOARD_FR),
  KEYS (LANYARD_KEYBOARD_DE),
  CHARACTERS (LANYARD_KEYBOARD_FR, LANYARD_KEYBOARD_US),
  CHARACTERS (LANYARD_KEYBOARD_DE, LANYARD_KEYBOARD_US),
  CHARACTERS (LANYARD_KEYBOARD_US, LANYARD_KEYBOARD_FR),
  CHARACTERS (LANYARD_KEYBOARD_US, LANYARD_KEYBOARD_DE),
  CHARACTERS (LANYARD_KEYBOARD_DE, LANYARD_KEYBOARD_FR),
  CHARACTERS (LANYARD_KEYBOARD_FR, LANYARD_KEYBOARD_DE),
  CHARACTERS_OF_EXTRA_KEY (LANYARD_KEYBOARD_US, LANYARD_KEYBOARD_FR),
  CHARACTERS_OF_EXTRA_KEY (LANYARD_KEYBOARD_US, LANYARD_KEYBOARD_DE),
};
G_STATIC_ASSERT (G_N_ELEMENTS (readings) == LANYARD_WEDGE_N_READINGS);

/* Text under way. */
typedef struct
{
  GString *text;
  gunichar accent; /* of a dead key that waits; 0: none */
  gboolean swap_case;
} Writer;

static gboolean
is_dead (LanyardKeyboard keyboard, guint keycode, guint level)
{
  for (guint i = 0; i < G_N_ELEMENTS (dead_keys); i++)
    if (dead_keys[i].keyboard == keyboard && dead_keys[i].keycode == keycode
        && dead_keys[i].level == level)
      return TRUE;
  return FALSE;
}

/* The tables by key, and by character; made once. */
static gunichar entries[LANYARD_N_KEYBOARDS][N_LEVELS][N_KEYS];
/* Of the key that says a character best: [wanted dead][wanted on the extra key]. level × N_KEYS +
 * key + 1; 0: there is none. */
static guint8 places[LANYARD_N_KEYBOARDS][2][2][N_CHARACTERS];
G_STATIC_ASSERT (N_LEVELS *N_KEYS < 256);

/* How well a key fits when others say the same. */
static guint
rate_key (LanyardKeyboard keyboard, guint place, gboolean dead, gboolean extra)
{
  guint keycode = keycodes[(place - 1) % N_KEYS];

  return (is_dead (keyboard, keycode, (place - 1) / N_KEYS) == dead ? 2 : 0)
         + ((keycode == EXTRA_KEY) == extra ? 1 : 0);
}

static void
fill_place (LanyardKeyboard keyboard, gunichar character, guint place)
{
  g_assert (character < N_CHARACTERS);
  for (guint wanted = 0; wanted < 4; wanted++)
    {
      guint8 *best = &places[keyboard][wanted / 2][wanted % 2][character];

      if (*best == 0
          || rate_key (keyboard, place, wanted / 2, wanted % 2)
                 > rate_key (keyboard, *best, wanted / 2, wanted % 2))
        *best = (guint8)place;
    }
}

static void
fill_entries (void)
{
  static gsize filled = 0;

  if (!g_once_init_enter (&filled))
    return;
  for (guint keyboard = 0; keyboard < LANYARD_N_KEYBOARDS; keyboard++)
    for (guint level = 0; level < N_LEVELS; level++)
      {
        const char *p = tables[keyboard][level];

        for (guint key = 0; key < N_KEYS; key++, p = g_utf8_next_char (p))
          {
            if (g_utf8_get_char (p) == NOTHING)
              continue;
            entries[keyboard][level][key] = g_utf8_get_char (p);
            fill_place (keyboard, g_utf8_get_char (p), level * N_KEYS + key + 1);
          }
        g_assert (*p == '\0');
      }
  g_once_init_leave (&filled, 1);
}

static gboolean
find_character (const LanyardWedgeReading *reading,
                gunichar character,
                gboolean dead,
                guint *keycode,
                guint *level)
{
  guint place = 0;

  if (character < N_CHARACTERS)
    place = places[reading->seen][dead ? 1 : 0][reading->extra_key ? 1 : 0][character];
  if (place == 0)
    return FALSE;
  *keycode = keycodes[(place - 1) % N_KEYS];
  *level = (place - 1) / N_KEYS;
  return TRUE;
}

static int
find_key (guint keycode)
{
  for (int i = 0; i < N_KEYS; i++)
    if (keycodes[i] == keycode)
      return i;
  return -1;
}

static gunichar
swap_case (gunichar character)
{
  return g_unichar_isupper (character) ? g_unichar_tolower (character)
                                       : g_unichar_toupper (character);
}

static gunichar
compose (gunichar base, gunichar accent)
{
  gunichar composed;

  for (guint i = 0; i < G_N_ELEMENTS (accents); i++)
    if (accents[i].accent == accent && g_unichar_compose (base, accents[i].mark, &composed))
      return composed;
  return 0;
}

static void
write_accent (Writer *writer)
{
  if (writer->accent != 0)
    g_string_append_unichar (writer->text, writer->accent);
  writer->accent = 0;
}

static void
write_character (Writer *writer, gunichar character, gboolean dead)
{
  gunichar composed = 0;

  if (dead)
    {
      write_accent (writer);
      writer->accent = character;
      return;
    }
  if (writer->swap_case)
    character = swap_case (character);
  if (writer->accent != 0 && character == ' ')
    composed = writer->accent;
  else if (writer->accent != 0)
    composed = compose (character, writer->accent);
  if (composed != 0)
    writer->accent = 0;
  write_accent (writer);
  g_string_append_unichar (writer->text, composed != 0 ? composed : character);
}

/* With Control, "@" to "_" and the small letters are the control characters, NUL to US. */
static gboolean
write_pressed (Writer *writer, gunichar character, gboolean dead, guint flags)
{
  if ((flags & LANYARD_WEDGE_CONTROL) == 0)
    write_character (writer, character, dead);
  else if (character > '@' && character < 0x80)
    write_character (writer, character & 0x1f, FALSE);
  return TRUE;
}

static guint
get_level (const LanyardWedgeKey *key)
{
  if ((key->flags & LANYARD_WEDGE_ALTGR) != 0)
    return 2;
  return (key->flags & LANYARD_WEDGE_SHIFT) != 0 ? 1 : 0;
}

static gboolean
write_key (Writer *writer, LanyardKeyboard sent, const LanyardWedgeKey *key)
{
  guint level = get_level (key);
  gunichar character;
  gboolean dead;

  if (key->keycode == 0)
    return FALSE;
  /* Enter, Tab and the number pad are the same everywhere. */
  if (find_key (key->keycode) < 0)
    return key->character != 0 && key->character < 0x80
           && write_pressed (writer, key->character, FALSE, key->flags);
  character = lanyard_keyboard_get_character (sent, key->keycode, level, &dead);
  return character != 0 && write_pressed (writer, character, dead, key->flags);
}

static gboolean
write_turned (Writer *writer, const LanyardWedgeReading *reading, gunichar seen, guint flags)
{
  gboolean dead = (flags & LANYARD_WEDGE_DEAD) != 0;
  gunichar character;
  guint keycode, level;

  /* Caps Lock changed what the desk's layout had letters for, not what the scanner meant. */
  if (reading->swap_case)
    seen = swap_case (seen);
  if (!find_character (reading, seen, dead, &keycode, &level))
    return FALSE;
  character = lanyard_keyboard_get_character (reading->sent, keycode, level, &dead);
  return character != 0 && write_pressed (writer, character, dead, flags);
}

/* "ê" came of two keys where it has none of its own. */
static gboolean
write_decomposed (Writer *writer, const LanyardWedgeReading *reading, gunichar seen)
{
  gunichar base, mark;

  if (!g_unichar_decompose (seen, &base, &mark))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (accents); i++)
    if (accents[i].mark == mark)
      return write_turned (writer, reading, accents[i].accent, LANYARD_WEDGE_DEAD)
             && write_turned (writer, reading, base, 0);
  return FALSE;
}

static gboolean
write_seen (Writer *writer, const LanyardWedgeReading *reading, const LanyardWedgeKey *key)
{
  if (key->character < ' ')
    return write_pressed (writer, key->character, FALSE, 0);
  return write_turned (writer, reading, key->character, key->flags)
         || write_decomposed (writer, reading, key->character);
}

static gboolean
read_key (Writer *writer, const LanyardWedgeReading *reading, const LanyardWedgeKey *key)
{
  if ((key->flags & LANYARD_WEDGE_ACTION) != 0)
    return TRUE;
  if (reading->way == LANYARD_READ_KEYS)
    return write_key (writer, reading->sent, key);
  /* AltGr on a layout without one: a key that says nothing. */
  if (key->character == 0)
    return reading->way == LANYARD_READ_TYPED;
  if (reading->way == LANYARD_READ_CHARACTERS)
    return write_seen (writer, reading, key);
  return write_pressed (writer, key->character, (key->flags & LANYARD_WEDGE_DEAD) != 0, key->flags);
}

const LanyardWedgeReading *
lanyard_wedge_reading_get (guint nth)
{
  g_return_val_if_fail (nth < G_N_ELEMENTS (readings), &readings[0]);

  return &readings[nth];
}

gboolean
lanyard_wedge_reading_apply (const LanyardWedgeReading *reading,
                             const LanyardWedgeKey *keys,
                             guint n_keys,
                             GString *text)
{
  Writer writer = { .text = text };

  g_return_val_if_fail (keys != NULL || n_keys == 0, FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  fill_entries ();
  writer.swap_case = reading->swap_case && reading->way != LANYARD_READ_CHARACTERS;
  g_string_truncate (text, 0);
  for (guint i = 0; i < n_keys; i++)
    if (!read_key (&writer, reading, &keys[i]))
      return FALSE;
  write_accent (&writer);
  return TRUE;
}

gboolean
lanyard_keyboard_from_string (const char *word, LanyardKeyboard *keyboard)
{
  static const char *const words[] = { "us", "fr", "de" };

  g_return_val_if_fail (word != NULL && keyboard != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (word, words[i]))
      {
        *keyboard = (LanyardKeyboard)i;
        return TRUE;
      }
  return FALSE;
}

gunichar
lanyard_keyboard_get_character (LanyardKeyboard keyboard,
                                guint keycode,
                                guint level,
                                gboolean *dead)
{
  int key = find_key (keycode);

  g_return_val_if_fail (keyboard < LANYARD_N_KEYBOARDS && level < N_LEVELS, 0);

  fill_entries ();
  if (dead != NULL)
    *dead = key >= 0 && is_dead (keyboard, keycode, level);
  return key >= 0 ? entries[keyboard][level][key] : 0;
}
