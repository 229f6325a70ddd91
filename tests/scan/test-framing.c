/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, half a code is taken for one, two are taken for one, or noise stops a desk. */

#include "lanyard-framing.h"

#include <string.h>

/* What came on the line; "_" is a silence. What comes of it is "{…}" for each frame. */
typedef struct
{
  const char *label;
  LanyardFramingOptions options;
  const char *line;
  const char *frames;
} FramingCase;

#define ZONE_1 "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
#define ZONE_2 "L898902C36UTO7408122F1204159ZE184226B<<<<<10"

static const FramingCase cases[] = {
  { "line by CR", { LANYARD_FRAMING_LINE }, "abc\rdef\r", "{abc}{def}" },
  { "line by LF", { LANYARD_FRAMING_LINE }, "abc\ndef\n", "{abc}{def}" },
  { "line by CR LF", { LANYARD_FRAMING_LINE }, "abc\r\ndef\r\n", "{abc}{def}" },
  { "line by silence", { LANYARD_FRAMING_LINE }, "abc_def_", "{abc}{def}" },
  { "nothing yet", { LANYARD_FRAMING_LINE }, "abc", "" },
  { "empty lines", { LANYARD_FRAMING_LINE }, "\r\n\r\n_\r", "" },
  { "licence",
    { LANYARD_FRAMING_LINE },
    "@\n\x1e\rANSI 636000\nDAQ1\r\n_abc\r",
    "{@\n\x1e\rANSI 636000\nDAQ1}{abc}" },
  { "licence with its symbology",
    { LANYARD_FRAMING_LINE },
    "]L2@\n\x1e\rANSI _",
    "{]L2@\n\x1e\rANSI }" },
  { "passport", { LANYARD_FRAMING_LINE }, ZONE_1 "\r" ZONE_2 "\r_", "{" ZONE_1 "\r" ZONE_2 "}" },
  { "44 characters are no passport yet",
    { LANYARD_FRAMING_LINE },
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ABCDEFGH\rabc\r",
    "{ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ABCDEFGH}{abc}" },
  { "only CR", { LANYARD_FRAMING_CR }, "a\nb\rc_d\r", "{a\nb}{d}" },
  { "only LF", { LANYARD_FRAMING_LF }, "a\rb\nc_d\n", "{a\rb}{d}" },
  { "only CR LF", { LANYARD_FRAMING_CRLF }, "a\rb\nc\r\nd_e\r\n", "{a\rb\nc}{e}" },
  { "CR CR LF", { LANYARD_FRAMING_CRLF }, "a\r\r\n", "{a\r}" },
  { "STX and ETX",
    { LANYARD_FRAMING_STX_ETX },
    "noise\x02"
    "abc\x03noise\x02"
    "d\x03",
    "{abc}{d}" },
  { "STX in a frame",
    { LANYARD_FRAMING_STX_ETX },
    "\x02"
    "ab\x02"
    "cd\x03",
    "{cd}" },
  { "ETX alone",
    { LANYARD_FRAMING_STX_ETX },
    "\x03"
    "ab\x03\x02"
    "cd\x03",
    "{cd}" },
  { "lost ETX",
    { LANYARD_FRAMING_STX_ETX },
    "\x02"
    "ab_cd\x03\x02"
    "ef\x03",
    "{ef}" },
  { "empty frame", { LANYARD_FRAMING_STX_ETX }, "\x02\x03", "" },
  { "fixed", { LANYARD_FRAMING_FIXED, .length = 3 }, "abcdef", "{abc}{def}" },
  { "fixed, out of step", { LANYARD_FRAMING_FIXED, .length = 3 }, "ab_cdef", "{cde}" },
  { "quiet", { LANYARD_FRAMING_QUIET }, "a\rb\r\n_c\r_", "{a\rb}{c}" },
  { "quiet, nothing but line ends", { LANYARD_FRAMING_QUIET }, "\r\n_", "" },
};

static void
on_frame (const guint8 *bytes, gsize n_bytes, gint64 at_us, gpointer user_data)
{
  g_string_append_c (user_data, '{');
  g_string_append_len (user_data, (const char *)bytes, n_bytes);
  g_string_append_c (user_data, '}');
}

static void
run (const FramingCase *expected, gsize step)
{
  g_autoptr (LanyardFraming) framing = lanyard_framing_new (&expected->options);
  g_autoptr (GString) frames = g_string_new (NULL);
  gint64 at_us = 1000;

  for (const char *p = expected->line; *p != '\0';)
    {
      gsize n = MIN (strcspn (p, "_"), step);

      if (*p == '_')
        {
          at_us += LANYARD_FRAMING_DEFAULT_QUIET_US;
          lanyard_framing_idle (framing, at_us, on_frame, frames);
          g_assert_cmpint (lanyard_framing_get_deadline (framing), ==, -1);
          p++;
          continue;
        }
      lanyard_framing_feed (framing, (const guint8 *)p, n, ++at_us, on_frame, frames);
      lanyard_framing_idle (framing, at_us + 1, on_frame, frames);
      p += n;
    }
  g_assert_cmpstr (frames->str, ==, expected->frames);
}

/* However the line cuts it into reads. */
static void
test_case (gconstpointer data)
{
  run (data, 1);
  run (data, 2);
  run (data, 1000);
}

static void
test_limit (gconstpointer data)
{
  LanyardFramingOptions options
      = { .kind = GPOINTER_TO_INT (data), .length = LANYARD_SCAN_MAX_BYTES };
  const char *start = options.kind == LANYARD_FRAMING_STX_ETX ? "\x02" : "";
  const char *end = options.kind == LANYARD_FRAMING_STX_ETX ? "\x03" : "\r\n";
  g_autoptr (LanyardFraming) framing = lanyard_framing_new (&options);
  g_autoptr (GString) frames = g_string_new (NULL);
  g_autofree char *noise = g_strnfill (100 * LANYARD_SCAN_MAX_BYTES, 'x');
  g_autofree char *line = g_strconcat (start, noise, end, start, "after it", end, NULL);

  lanyard_framing_feed (framing, (const guint8 *)line, strlen (line), 1, on_frame, frames);
  g_assert_nonnull (strstr (frames->str, "after it}"));
  g_assert_cmpuint (frames->len, <, 20);
}

static void
test_reset (void)
{
  g_autoptr (LanyardFraming) framing = lanyard_framing_new (NULL);
  g_autoptr (GString) frames = g_string_new (NULL);

  lanyard_framing_feed (framing, (const guint8 *)"half", 4, 1, on_frame, frames);
  g_assert_cmpint (lanyard_framing_get_deadline (framing), ==,
                   1 + LANYARD_FRAMING_DEFAULT_QUIET_US);
  lanyard_framing_reset (framing);
  g_assert_cmpint (lanyard_framing_get_deadline (framing), ==, -1);
  lanyard_framing_feed (framing, (const guint8 *)"whole\r", 6, 2, on_frame, frames);
  g_assert_cmpstr (frames->str, ==, "{whole}");
}

static void
test_words (void)
{
  LanyardFramingKind kind;

  g_assert_true (lanyard_framing_kind_from_string ("line", &kind));
  g_assert_cmpint (kind, ==, LANYARD_FRAMING_LINE);
  g_assert_true (lanyard_framing_kind_from_string ("stx-etx", &kind));
  g_assert_cmpint (kind, ==, LANYARD_FRAMING_STX_ETX);
  g_assert_true (lanyard_framing_kind_from_string ("quiet", &kind));
  g_assert_cmpint (kind, ==, LANYARD_FRAMING_QUIET);
  g_assert_false (lanyard_framing_kind_from_string ("none", &kind));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/framing/%s", cases[i].label);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_data_func ("/framing/limit/line", GINT_TO_POINTER (LANYARD_FRAMING_LINE), test_limit);
  g_test_add_data_func ("/framing/limit/crlf", GINT_TO_POINTER (LANYARD_FRAMING_CRLF), test_limit);
  g_test_add_data_func ("/framing/limit/marks", GINT_TO_POINTER (LANYARD_FRAMING_STX_ETX),
                        test_limit);
  g_test_add_func ("/framing/reset", test_reset);
  g_test_add_func ("/framing/words", test_words);
  return g_test_run ();
}
