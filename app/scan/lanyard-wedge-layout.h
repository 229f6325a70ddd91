/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * A scanner that types sends keys, not characters, for the keyboard layout it was set to. When the
 * desk has another one, each key still comes from the right place and only means something else.
 * Here is what each key means in each layout, so that it can be read again. Pure.
 *
 * Assumes the basic layouts us, fr and de of XKB on a keyboard of 105 keys, and that scanners send
 * nothing but ASCII and accents. Each key of the tables, plain, with Shift and with AltGr, is
 * compared with what libxkbcommon makes of it (test-wedge-layout).
 */

typedef enum
{
  LANYARD_KEYBOARD_US = 0, /* QWERTY */
  LANYARD_KEYBOARD_FR,     /* AZERTY */
  LANYARD_KEYBOARD_DE,     /* QWERTZ */
  LANYARD_N_KEYBOARDS,
} LanyardKeyboard;

/* How a key was pressed, and what kind it is. */
typedef enum
{
  LANYARD_WEDGE_SHIFT = 1 << 0,
  LANYARD_WEDGE_ALTGR = 1 << 1,   /* the right Alt key, whatever the desk's layout makes of it */
  LANYARD_WEDGE_CONTROL = 1 << 2, /* with a letter: a control character */
  LANYARD_WEDGE_DEAD = 1 << 3,    /* writes nothing until the next key: character is its accent */
  LANYARD_WEDGE_ACTION = 1 << 4,  /* writes nothing: Escape, an arrow, Alt with a letter */
  LANYARD_WEDGE_REPEAT = 1 << 5,  /* held down and repeating: no scanner does that */
} LanyardWedgeFlags;

typedef struct
{
  gunichar character; /* what the desk's layout makes of it; 0: nothing */
  guint16 keycode;    /* of XKB, which is the kernel's plus 8; 0: not known */
  guint16 flags;      /* LanyardWedgeFlags */
} LanyardWedgeKey;

/* One way to read keys: which layout the characters were made with, and which one was meant. */
typedef struct
{
  enum
  {
    LANYARD_READ_TYPED,      /* the characters as they are */
    LANYARD_READ_KEYS,       /* the keys themselves, in the layout sent */
    LANYARD_READ_CHARACTERS, /* characters of the layout seen, turned back into those of sent */
  } way;
  LanyardKeyboard seen;
  LanyardKeyboard sent;
  gboolean swap_case; /* Caps Lock was on: large letters are small ones */
  gboolean extra_key; /* CHARACTERS: what is on two keys came of the one beside the left Shift */
} LanyardWedgeReading;

/* All of them; the first is TYPED. */
#define LANYARD_WEDGE_N_READINGS 24
const LanyardWedgeReading *lanyard_wedge_reading_get (guint nth);

/**
 * lanyard_wedge_reading_apply:
 * @keys: (array length=n_keys): in their order
 * @text: is replaced by what they say, UTF-8
 *
 * Dead keys join with what follows them. Keys that write nothing are left out.
 *
 * Returns: whether the keys can be read this way at all: each is known, and means something
 */
gboolean lanyard_wedge_reading_apply (const LanyardWedgeReading *reading,
                                      const LanyardWedgeKey *keys,
                                      guint n_keys,
                                      GString *text);

/* @word: "us", "fr" or "de". Returns: whether it is one of these */
gboolean lanyard_keyboard_from_string (const char *word, LanyardKeyboard *keyboard);

/**
 * lanyard_keyboard_get_character:
 * @keycode: of XKB
 * @level: 0 plain, 1 with Shift, 2 with AltGr
 * @dead: (out) (optional): whether it waits for the next key
 *
 * Returns: what the key says; 0 for nothing
 */
gunichar lanyard_keyboard_get_character (LanyardKeyboard keyboard,
                                         guint keycode,
                                         guint level,
                                         gboolean *dead);

G_END_DECLS
