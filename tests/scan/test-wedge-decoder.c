/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "lanyard-wedge-decoder.h"

/* Keys are written as text: each character is a key @gap ms after the one before; "^" is Shift; "_"
 * is a silence of 200 ms in which idle is asked; "~" is one in which nobody asks; "\r" and "\t" are
 * Enter and Tab. What comes of it is written the same way: characters that went where they were
 * going, "{…}" for a scan; what was given back as rejected is part of the former. */
typedef struct
{
  const char *label;
  LanyardWedgeOptions options;
  gint64 gap_ms;
  const char *keys;
  const char *outcome;
} WedgeCase;

static const WedgeCase cases[] = {
  { "enter ends", { 0 }, 5, "31A0004711K\r", "3{31A0004711K}" },
  { "tab ends", { 0 }, 5, "31A0004711K\t", "3{31A0004711K}" },
  { "silence ends", { 0 }, 5, "31A0004711K_", "3{31A0004711K}" },
  { "silence that nobody noticed", { 0 }, 5, "31A0004711K~x", "3{31A0004711K}" },
  { "the key after it is a person's", { 0 }, 5, "31A0004711K~x_", "3{31A0004711K}x" },
  { "the key after it begins a scan", { 0 }, 5, "31A0004711K~abcdef\r", "3{31A0004711K}{abcdef}" },
  { "late enter belongs to the scan", { 0 }, 5, "31A0004711K~\r", "3{31A0004711K}" },
  { "two scans", { 0 }, 5, "abcdef\rghijkl\r", "a{abcdef}g{ghijkl}" },
  { "shift between", { 0 }, 5, "^LY^1:^A^B^C\r", "L{LY1:ABC}" },
  { "gap just under the limit", { 0 }, 34, "abcdef\r", "a{abcdef}" },
  { "gap at the limit", { 0 }, 35, "abcdef\r", "abcdef\r" },
  { "slow typist", { 0 }, 120, "Anna Lind\r", "Anna Lind\r" },
  { "slow typist, tab", { 0 }, 120, "Anna\tLind", "Anna\tLind" },
  { "two keys at once give the second back", { 0 }, 5, "th_e", "the" },
  { "short burst with enter", { 0 }, 5, "abcde\r", "abcde\r" },
  { "shortest scan", { 0 }, 5, "abcdef\r", "a{abcdef}" },
  { "own minimum", { .min_length = 3 }, 5, "abc\r", "a{abc}" },
  { "own gap", { .max_gap_us = 4000 }, 5, "abcdef\r", "abcdef\r" },
  { "enter alone", { 0 }, 5, "\r\t\r", "\r\t\r" },
  { "key held down", { 0 }, 30, "aaaaaaaaaaaaaa_", "aaaaaaaaaaaaaa" },
  { "key held down, enter", { 0 }, 30, "aaaaaaaaaaaaaa\r", "aaaaaaaaaaaaaa\r" },
  { "scan that begins twice the same", { 0 }, 5, "004711\r", "00{004711}" },
  { "not ASCII", { 0 }, 5, "Zoë日本語\r", "Z{Zoë日本語}" },
  { "group separator is content",
    { 0 },
    5,
    "abc\x1d"
    "def\r",
    "a{abc\x1d"
    "def}" },
  { "prefix", { .prefix = "]" }, 5, "]31A0004711K\r", "{31A0004711K}" },
  { "long prefix", { .prefix = "]Q1" }, 5, "]Q131A0004711K\r", "{31A0004711K}" },
  { "without prefix it is nobody's scan", { .prefix = "]" }, 5, "31A0004711K\r", "31A0004711K\r" },
  { "broken prefix", { .prefix = "]Q1" }, 5, "]Q2abcdefgh\r", "]Q2abcdefgh\r" },
  { "broken prefix that begins anew", { .prefix = "]Q1" }, 5, "]]Q1abcdef\r", "]{abcdef}" },
  { "prefix typed by a person", { .prefix = "]" }, 5, "]_x", "]x" },
  { "prefix and nothing", { .prefix = "]" }, 5, "]\r", "]\r" },
  { "prefix and too little", { .prefix = "]" }, 5, "]abc\r", "]abc\r" },
  { "suffix", { .suffix = "#" }, 5, "31A0004711K#\r", "3{31A0004711K}" },
  { "suffix and silence", { .suffix = "#" }, 5, "31A0004711K#_", "3{31A0004711K}" },
  { "enter inside", { .suffix = "#" }, 5, "@@ANSI 6\rDL#\r", "@@{@@ANSI 6\rDL}" },
  { "licence", { 0 }, 5, "@\rANSI 636\rDAQ1\r_", "@{@\rANSI 636\rDAQ1}" },
  { "zone",
    { 0 },
    5,
    "I<UTOD231458907<<<<<<<<<<<<<<<\r7408122F1204159UTO<<<<<<<<<<<6\r"
    "ERIKSSON<<ANNA<MARIA<<<<<<<<<<\r_",
    "I{I<UTOD231458907<<<<<<<<<<<<<<<\r7408122F1204159UTO<<<<<<<<<<<6\r"
    "ERIKSSON<<ANNA<MARIA<<<<<<<<<<}" },
  { "at sign and enter", { 0 }, 5, "@\r_x", "@\rx" },
  { "cut off before its suffix", { .suffix = "#" }, 5, "31A0004711K_x", "3x" },
  { "both", { .prefix = "]Q1", .suffix = "##" }, 5, "]Q1abcdef##\r", "{abcdef}" },
  { "prefix overlaps suffix", { .prefix = "#", .suffix = "#", .min_length = 1 }, 5, "#\r", "#\r" },
};

static void
add_rejected (LanyardWedgeDecoder *decoder, GString *outcome)
{
  g_autofree char *text = lanyard_wedge_decoder_take_rejected (decoder);

  if (text != NULL)
    g_string_append (outcome, text);
}

static void
add_scan (LanyardScan *scan, GString *outcome)
{
  g_autoptr (LanyardScan) owned = scan;
  g_autofree char *text = NULL;

  if (scan == NULL)
    return;
  text = lanyard_scan_dup_text (scan);
  g_assert_cmpint (scan->source, ==, LANYARD_SCAN_SOURCE_WEDGE);
  g_string_append_printf (outcome, "{%s}", text);
}

static void
press (LanyardWedgeDecoder *decoder, gunichar character, gint64 at_us, GString *outcome)
{
  LanyardScan *scan = NULL;
  LanyardWedgeVerdict verdict = lanyard_wedge_decoder_key (decoder, character, at_us, &scan);

  g_assert_true ((verdict == LANYARD_WEDGE_SCAN) == (scan != NULL));
  add_scan (scan, outcome);
  add_rejected (decoder, outcome);
  if (verdict == LANYARD_WEDGE_PASS && character != 0)
    g_string_append_unichar (outcome, character);
}

static void
test_case (gconstpointer data)
{
  const WedgeCase *expected = data;
  g_autoptr (LanyardWedgeDecoder) decoder = lanyard_wedge_decoder_new (&expected->options);
  g_autoptr (GString) outcome = g_string_new (NULL);
  gint64 at_us = G_GINT64_CONSTANT (1000000);

  for (const char *key = expected->keys; *key != '\0'; key = g_utf8_next_char (key))
    {
      gunichar character = g_utf8_get_char (key);

      if (character == '_' || character == '~')
        {
          at_us += 200 * 1000;
          if (character == '_')
            add_scan (lanyard_wedge_decoder_idle (decoder, at_us), outcome);
          add_rejected (decoder, outcome);
          continue;
        }
      at_us += expected->gap_ms * 1000;
      press (decoder, character == '^' ? 0 : character, at_us, outcome);
    }
  g_assert_cmpstr (outcome->str, ==, expected->outcome);
}

static void
test_times (void)
{
  g_autoptr (LanyardWedgeDecoder) decoder = lanyard_wedge_decoder_new (NULL);
  g_autoptr (LanyardScan) scan = NULL;

  for (guint i = 0; i < 6; i++)
    lanyard_wedge_decoder_key (decoder, 'a' + i, 1000 + i * 10, &scan);
  g_assert_null (lanyard_wedge_decoder_idle (decoder, 1050 + LANYARD_WEDGE_DEFAULT_GAP_US - 1));
  scan = lanyard_wedge_decoder_idle (decoder, 1050 + LANYARD_WEDGE_DEFAULT_GAP_US);
  g_assert_nonnull (scan);
  g_assert_cmpint (scan->at_us, ==, 1050);
  g_assert_cmpint (scan->took_us, ==, 50);
  g_assert_cmpuint (lanyard_wedge_decoder_get_passed (decoder), ==, 1);
  g_assert_null (lanyard_wedge_decoder_idle (decoder, G_MAXINT64));
}

static void
test_clock_that_goes_back (void)
{
  g_autoptr (LanyardWedgeDecoder) decoder = lanyard_wedge_decoder_new (NULL);
  g_autoptr (GString) outcome = g_string_new (NULL);

  for (guint i = 0; i < 10; i++)
    press (decoder, 'a' + i, G_GINT64_CONSTANT (1000000) - i * 10, outcome);
  g_assert_cmpstr (outcome->str, ==, "abcdefghij");
}

/* Types @n characters and Enter. Returns: what came out */
static char *
burst (LanyardWedgeDecoder *decoder, guint n)
{
  g_autoptr (GString) outcome = g_string_new (NULL);
  gint64 at_us = 0;

  for (guint i = 0; i < n; i++)
    press (decoder, 'a' + i % 26, at_us += 100, outcome);
  press (decoder, '\r', at_us += 100, outcome);
  return g_string_free (g_steal_pointer (&outcome), FALSE);
}

static void
test_limit (void)
{
  g_autoptr (LanyardWedgeDecoder) decoder = lanyard_wedge_decoder_new (NULL);
  g_autofree char *longest = burst (decoder, LANYARD_SCAN_MAX_BYTES);
  g_autofree char *longer = burst (decoder, LANYARD_SCAN_MAX_BYTES + 1);
  g_autofree char *much_longer = burst (decoder, 5000);
  g_autofree char *next = burst (decoder, 7);

  g_assert_cmpuint (strlen (longest), ==, 1 + 2 + LANYARD_SCAN_MAX_BYTES);
  /* Only the first character got through; Enter presses no button. */
  g_assert_cmpstr (longer, ==, "a");
  g_assert_cmpstr (much_longer, ==, "a");
  g_assert_cmpstr (next, ==, "a{abcdefg}");
}

/* Keys as the screen knows them: @keys pressed @gap ms apart. Returns: what came of each: p passed,
 * h held, "{…}" a scan; then "-" and how many were given back, after a silence. */
static char *
press_keys (const LanyardWedgeOptions *options, const LanyardWedgeKey *keys, guint n, gint64 gap_ms)
{
  g_autoptr (LanyardWedgeDecoder) decoder = lanyard_wedge_decoder_new (options);
  g_autoptr (GString) outcome = g_string_new (NULL);
  gint64 at_us = 1000;

  for (guint i = 0; i < n; i++)
    {
      LanyardScan *scan = NULL;
      guint n_rejected;

      switch (lanyard_wedge_decoder_press (decoder, &keys[i], at_us += gap_ms * 1000, &scan))
        {
        case LANYARD_WEDGE_PASS:
          n_rejected = lanyard_wedge_decoder_take_n_rejected (decoder);
          g_string_append_printf (outcome, n_rejected > 0 ? "-%up" : "p", n_rejected);
          break;
        case LANYARD_WEDGE_SWALLOW:
          g_string_append_c (outcome, 'h');
          break;
        case LANYARD_WEDGE_SCAN:
        default:
          add_scan (scan, outcome);
          break;
        }
    }
  add_scan (lanyard_wedge_decoder_idle (decoder, at_us + 100 * 1000), outcome);
  g_string_append_printf (outcome, "-%u", lanyard_wedge_decoder_take_n_rejected (decoder));
  g_assert_cmpuint (lanyard_wedge_decoder_get_n_held (decoder), ==, 0);
  return g_string_free (g_steal_pointer (&outcome), FALSE);
}

/* clang-format off */
#define K(c) { .character = c }
#define CONTROL(c) { .character = c, .flags = LANYARD_WEDGE_CONTROL }
#define REPEAT(c) { .character = c, .flags = LANYARD_WEDGE_REPEAT }
#define DEAD(c) { .character = c, .flags = LANYARD_WEDGE_DEAD }
#define ACTION { .flags = LANYARD_WEDGE_ACTION }
/* clang-format on */

#define ASSERT_PRESSED(options, gap_ms, expected, ...)                                             \
  G_STMT_START                                                                                     \
  {                                                                                                \
    const LanyardWedgeKey pressed[] = { __VA_ARGS__ };                                             \
    g_autofree char *outcome = press_keys (options, pressed, G_N_ELEMENTS (pressed), gap_ms);      \
                                                                                                   \
    g_assert_cmpstr (outcome, ==, expected);                                                       \
  }                                                                                                \
  G_STMT_END

/* Held down and then another key at once: nothing of it is a scan. */
static void
test_repeat (void)
{
  ASSERT_PRESSED (NULL, 30, "pppppppphh-2", K ('b'), REPEAT ('b'), REPEAT ('b'), REPEAT ('b'),
                  REPEAT ('b'), REPEAT ('b'), REPEAT ('b'), K ('c'), K ('d'), K ('e'));
  ASSERT_PRESSED (NULL, 10, "phh-2pp-0", K ('a'), K ('b'), K ('c'), REPEAT ('c'), REPEAT ('c'));
}

/* A person's Escape or Ctrl+V acts at once, or right after what came just before it; one that comes
 * in a code acts never. */
static void
test_actions (void)
{
  ASSERT_PRESSED (NULL, 10, "ppp-0", ACTION, CONTROL ('v'), ACTION);
  ASSERT_PRESSED (NULL, 10, "phhh-3", K ('a'), K ('b'), ACTION, CONTROL ('v'));
  ASSERT_PRESSED (NULL, 10,
                  "phhhhhhh{abc\x16"
                  "def}-0",
                  K ('a'), K ('b'), K ('c'), ACTION, CONTROL ('v'), K ('d'), K ('e'), K ('f'),
                  K ('\r'));
}

/* The accent and its letter go the same way, so that the field puts them together. */
static void
test_dead_keys (void)
{
  ASSERT_PRESSED (NULL, 10, "pph-1", DEAD ('^'), K ('e'), K ('t'));
  ASSERT_PRESSED (NULL, 10, "phhhhhh{xêtres}-0", K ('x'), DEAD ('^'), K ('e'), K ('t'), K ('r'),
                  K ('e'), K ('s'), K ('\r'));
}

static void
test_identifier (void)
{
  const LanyardWedgeOptions options = { .aim = TRUE };
  g_autoptr (LanyardWedgeDecoder) decoder = lanyard_wedge_decoder_new (&options);
  g_autoptr (LanyardScan) scan = NULL;
  g_autofree char *text = NULL;
  gint64 at_us = 0;

  for (const char *p = "]C031A0004711K\r"; *p != '\0'; p++)
    lanyard_wedge_decoder_key (decoder, (guchar)*p, at_us += 1000, &scan);
  text = lanyard_scan_dup_text (scan);
  g_assert_cmpstr (text, ==, "31A0004711K");
  g_assert_cmpint (scan->symbology, ==, LANYARD_SYMBOLOGY_CODE128);
  g_assert_cmpint (scan->source, ==, LANYARD_SCAN_SOURCE_WEDGE);
}

static gboolean
is_number (const char *text, gpointer user_data)
{
  return g_ascii_isdigit (*text);
}

/* What nobody would scan may be meant for a field. */
static void
test_sureness (void)
{
  LanyardWedgeOptions options = { .makes_sense = is_number };
  g_autoptr (LanyardWedgeDecoder) decoder = lanyard_wedge_decoder_new (&options);
  g_autoptr (LanyardWedgeDecoder) prefixed = NULL;
  g_autofree char *word = burst (decoder, 7);
  g_autofree char *other = NULL;
  g_autoptr (LanyardScan) scan = NULL;

  g_assert_cmpstr (word, ==, "a{abcdefg}");
  g_assert_false (lanyard_wedge_decoder_is_sure (decoder));
  for (guint i = 0; i < 7; i++)
    lanyard_wedge_decoder_key (decoder, '1' + i, (gint64)G_USEC_PER_SEC + i, &scan);
  scan = lanyard_wedge_decoder_idle (decoder, 2 * (gint64)G_USEC_PER_SEC);
  g_assert_nonnull (scan);
  g_assert_true (lanyard_wedge_decoder_is_sure (decoder));
  options.prefix = "ab";
  prefixed = lanyard_wedge_decoder_new (&options);
  other = burst (prefixed, 9);
  g_assert_cmpstr (other, ==, "{cdefghi}");
  g_assert_true (lanyard_wedge_decoder_is_sure (prefixed));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/wedge/%s", cases[i].label);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/wedge/times", test_times);
  g_test_add_func ("/wedge/clock-that-goes-back", test_clock_that_goes_back);
  g_test_add_func ("/wedge/limit", test_limit);
  g_test_add_func ("/wedge/repeat", test_repeat);
  g_test_add_func ("/wedge/actions", test_actions);
  g_test_add_func ("/wedge/dead-keys", test_dead_keys);
  g_test_add_func ("/wedge/identifier", test_identifier);
  g_test_add_func ("/wedge/sureness", test_sureness);
  return g_test_run ();
}
