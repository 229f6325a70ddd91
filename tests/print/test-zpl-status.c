/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "lanyard-error.h"
#include "lanyard-zpl-framing.h"
#include "lanyard-zpl-status.h"

#define FIRST "030,0,0,1245,000,0,0,0,000,0,0,0"
#define SECOND "000,0,0,0,0,2,4,0,00000000,1,000"
#define THIRD "1234,0"

static gboolean
parse (const char *first, const char *second, const char *third, LanyardZplStatus *status)
{
  const char *strings[] = { first, second, third };
  g_autoptr (GError) error = NULL;
  gboolean good = lanyard_zpl_status_parse (strings, status, &error);

  if (!good)
    g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_PROTOCOL);
  return good;
}

static void
test_good (void)
{
  LanyardZplStatus status;
  g_autofree char *words = NULL;

  g_assert_true (parse (FIRST, SECOND, THIRD, &status));
  g_assert_cmpuint (status.interface_settings, ==, 30);
  g_assert_cmpuint (status.label_dots, ==, 1245);
  g_assert_cmpuint (status.print_mode, ==, 2);
  g_assert_cmpuint (status.width_mode, ==, 4);
  g_assert_cmpint (lanyard_zpl_status_get_fault (&status), ==, LANYARD_PRINT_FAULT_NONE);
  g_assert_true (lanyard_zpl_status_is_idle (&status));

  /* All of it. */
  g_assert_true (parse ("255,1,1,9999,123,1,1,1,000,1,1,1", "128,0,1,1,1,9,6,1,00000042,1,017",
                        "0000,1", &status));
  g_assert_true (status.paper_out && status.paused && status.buffer_full && status.diagnostic
                 && status.partial_format && status.ram_corrupt && status.too_cold && status.too_hot
                 && status.head_open && status.ribbon_out && status.thermal_transfer
                 && status.label_waiting && status.static_ram);
  g_assert_cmpuint (status.n_formats, ==, 123);
  g_assert_cmpuint (status.labels_remaining, ==, 42);
  g_assert_cmpuint (status.n_graphics, ==, 17);
  g_assert_cmpuint (status.function_settings, ==, 128);
  words = lanyard_zpl_status_to_string (&status);
  g_assert_nonnull (strstr (words, "head-open media-out ribbon-out paused"));
  g_assert_nonnull (strstr (words, "formats=123 remaining=42"));
}

typedef struct
{
  const char *first, *second;
  LanyardPrintFault fault;
  gboolean idle;
} FaultCase;

static void
test_faults (void)
{
  static const FaultCase cases[] = {
    { "030,1,0,1245,001,0,0,0,000,0,0,0", SECOND, LANYARD_PRINT_FAULT_MEDIA_EMPTY, FALSE },
    { "030,0,1,1245,000,0,0,0,000,0,0,0", SECOND, LANYARD_PRINT_FAULT_PAUSED, TRUE },
    { "030,0,0,1245,000,1,0,0,000,0,0,0", SECOND, LANYARD_PRINT_FAULT_NONE, FALSE },
    { "030,0,0,1245,000,0,0,1,000,0,0,0", SECOND, LANYARD_PRINT_FAULT_NONE, FALSE },
    { "030,0,0,1245,000,0,1,0,000,0,0,0", SECOND, LANYARD_PRINT_FAULT_OTHER, TRUE },
    { "030,0,0,1245,000,0,0,0,000,1,0,0", SECOND, LANYARD_PRINT_FAULT_SERVICE, TRUE },
    { "030,0,0,1245,000,0,0,0,000,0,1,0", SECOND, LANYARD_PRINT_FAULT_OTHER, TRUE },
    { "030,0,0,1245,000,0,0,0,000,0,0,1", SECOND, LANYARD_PRINT_FAULT_HOT, TRUE },
    { FIRST, "000,0,1,0,0,2,4,0,00000000,1,000", LANYARD_PRINT_FAULT_COVER_OPEN, TRUE },
    { FIRST, "000,0,0,1,1,2,4,0,00000001,1,000", LANYARD_PRINT_FAULT_RIBBON, FALSE },
    /* A label waits to be taken: that holds the next one up and nothing else. */
    { FIRST, "000,0,0,0,0,1,4,1,00000000,1,000", LANYARD_PRINT_FAULT_NONE, TRUE },
    { FIRST, "000,0,0,0,0,1,4,1,00000001,1,000", LANYARD_PRINT_FAULT_OUTPUT_FULL, FALSE },
    /* Whoever opens the head sees all of these. */
    { "030,1,1,1245,000,0,0,0,000,0,0,0", "000,0,1,1,1,2,4,0,00000000,1,000",
      LANYARD_PRINT_FAULT_COVER_OPEN, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      LanyardZplStatus status;

      g_assert_true (parse (cases[i].first, cases[i].second, THIRD, &status));
      g_assert_cmpint (lanyard_zpl_status_get_fault (&status), ==, cases[i].fault);
      g_assert_cmpint (lanyard_zpl_status_is_idle (&status), ==, cases[i].idle);
    }
}

static void
test_nonsense (void)
{
  static const char *const firsts[] = {
    "",
    ",",
    "030",
    "030,0,0,1245,000,0,0,0,000,0,0",
    "030,2,0,1245,000,0,0,0,000,0,0,0",
    "030,,0,1245,000,0,0,0,000,0,0,0",
    "030,-1,0,1245,000,0,0,0,000,0,0,0",
    "030,0,0,1245,000,0,0,0,000,0,0,x",
    "030,0,0,4294967296,000,0,0,0,000,0,0,0",
    "030,0,0,99999999999999999999999,000,0,0,0,000,0,0,0",
    "030;0;0;1245;000;0;0;0;000;0;0;0",
    "999999,0,0,1245,000,0,0,0,000,0,0,0",
  };
  static const char *const seconds[] = {
    FIRST "0",
    "000,0,0,0,0,2,4,0,10000000000,1,000",
    "000,0,0,0,0,2,4,0,0000000a,1,000",
    "000,0,0,0,0,2,4,0",
  };
  static const char *const thirds[] = { "", "1234", "abcd,0", "1234,7", "1234,0,0" };
  LanyardZplStatus status;

  for (guint i = 0; i < G_N_ELEMENTS (firsts); i++)
    g_assert_false (parse (firsts[i], SECOND, THIRD, &status));
  for (guint i = 0; i < G_N_ELEMENTS (seconds); i++)
    g_assert_false (parse (FIRST, seconds[i], THIRD, &status));
  for (guint i = 0; i < G_N_ELEMENTS (thirds); i++)
    g_assert_false (parse (FIRST, SECOND, thirds[i], &status));
}

static void
test_errors (void)
{
  static const struct
  {
    const char *text;
    LanyardPrintFault fault;
  } cases[] = {
    { "  PRINTER STATUS  \r\n   ERRORS:         0 00000000 00000000 \r\n   WARNINGS:       1 "
      "00000000 00000002 \r\n",
      LANYARD_PRINT_FAULT_NONE },
    { "ERRORS: 1 00000000 00000005", LANYARD_PRINT_FAULT_COVER_OPEN },
    { "ERRORS: 1 00000000 00000001", LANYARD_PRINT_FAULT_MEDIA_EMPTY },
    { "ERRORS: 1 00000000 00000002", LANYARD_PRINT_FAULT_RIBBON },
    { "ERRORS: 1 00000000 00000010", LANYARD_PRINT_FAULT_HOT },
    { "ERRORS: 1 00000000 00000008", LANYARD_PRINT_FAULT_SERVICE },
    { "ERRORS: 1 00000000 00010000", LANYARD_PRINT_FAULT_PAUSED },
    { "ERRORS: 1 00000000 00008000", LANYARD_PRINT_FAULT_MEDIA_JAM },
    { "ERRORS: 1 00000001 00000000", LANYARD_PRINT_FAULT_SERVICE },
  };
  static const char *const nonsense[] = { "",
                                          "ERRORS:",
                                          "ERRORS: 1",
                                          "ERRORS: 1 00000000",
                                          "ERRORS: 1 00000000 0000000",
                                          "ERRORS: 7 00000000 00000000",
                                          "WARNINGS: 1 00000000 00000001" };
  LanyardZplStatus status;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_true (lanyard_zpl_status_parse_errors (cases[i].text, &status, NULL));
      g_assert_cmpint (lanyard_zpl_status_get_fault (&status), ==, cases[i].fault);
      /* What is left to print nobody has said. */
      g_assert_false (lanyard_zpl_status_is_idle (&status));
      g_assert_false (lanyard_zpl_status_is_at_work (&status));
    }
  for (guint i = 0; i < G_N_ELEMENTS (nonsense); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (lanyard_zpl_status_parse_errors (nonsense[i], &status, &error));
      g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_PROTOCOL);
    }
}

static void
test_identity (void)
{
  g_auto (LanyardZplIdentity) identity = { 0 }, odd = { 0 };
  static const char *const nonsense[] = { "", "ZT410", "a,b,c,d", "a,b,0,d", "a,b,8", "a,b,100,d" };

  g_assert_true (
      lanyard_zpl_identity_parse ("ZTC ZD421-300dpi ZPL,V93.21.19Z,12,8192KB,X", &identity, NULL));
  g_assert_cmpstr (identity.model, ==, "ZTC ZD421-300dpi ZPL");
  g_assert_cmpstr (identity.firmware, ==, "V93.21.19Z");
  g_assert_cmpuint (identity.dots_per_mm, ==, 12);
  g_assert_true (lanyard_zpl_identity_parse ("a\x1b[31m\xff,b,8,c", &odd, NULL));
  g_assert_cmpstr (odd.model, ==, "a?[31m?");
  for (guint i = 0; i < G_N_ELEMENTS (nonsense); i++)
    {
      g_auto (LanyardZplIdentity) none = { 0 };
      g_autoptr (GError) error = NULL;

      g_assert_false (lanyard_zpl_identity_parse (nonsense[i], &none, &error));
      g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_PROTOCOL);
    }
}

static void
test_counter (void)
{
  guint64 counter;

  g_assert_true (lanyard_zpl_counter_parse ("5342", &counter));
  g_assert_cmpuint (counter, ==, 5342);
  g_assert_false (lanyard_zpl_counter_parse ("?", &counter));
  g_assert_false (lanyard_zpl_counter_parse ("", &counter));
  g_assert_false (lanyard_zpl_counter_parse ("12 INCHES", &counter));
  g_assert_false (lanyard_zpl_counter_parse ("99999999999999999999999", &counter));
}

static guint
feed (LanyardZplFraming *framing, const char *bytes, gsize n_bytes)
{
  guint n = 0;

  for (gsize i = 0; i < n_bytes; i++)
    n += lanyard_zpl_framing_take (framing, bytes[i]);
  return n;
}

static void
test_framing (void)
{
  g_autoptr (LanyardZplFraming) framing = lanyard_zpl_framing_new ();
  static const char noise[] = "\x03\xff\x02no end \x02one\x03\r\n\x02two\x03 \"word\"\x02\x03";
  g_autofree char *endless = g_strnfill (10000, 'x');
  const char *strings[3];

  g_assert_false (lanyard_zpl_framing_get_last (framing, strings, 1));
  g_assert_null (lanyard_zpl_framing_get_quoted (framing));
  g_assert_cmpuint (feed (framing, noise, sizeof noise - 1), ==, 4);
  g_assert_true (lanyard_zpl_framing_get_last (framing, strings, 3));
  g_assert_cmpstr (strings[0], ==, "one");
  g_assert_cmpstr (strings[1], ==, "two");
  g_assert_cmpstr (strings[2], ==, "");
  g_assert_cmpstr (lanyard_zpl_framing_get_quoted (framing), ==, "word");
  /* A string without end, or with a zero in it, is none. */
  feed (framing, "\x02", 1);
  g_assert_cmpuint (feed (framing, endless, 10000), ==, 0);
  g_assert_cmpuint (feed (framing, "\x03", 1), ==, 0);
  g_assert_cmpuint (feed (framing, "\x02zero\0zero\x03", 11), ==, 0);
  g_assert_cmpuint (feed (framing, "\x02three\x03", 7), ==, 1);
  g_assert_true (lanyard_zpl_framing_get_last (framing, strings, 1));
  g_assert_cmpstr (strings[0], ==, "three");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/zpl-status/good", test_good);
  g_test_add_func ("/zpl-status/faults", test_faults);
  g_test_add_func ("/zpl-status/nonsense", test_nonsense);
  g_test_add_func ("/zpl-status/errors", test_errors);
  g_test_add_func ("/zpl-status/identity", test_identity);
  g_test_add_func ("/zpl-status/counter", test_counter);
  g_test_add_func ("/zpl-status/framing", test_framing);
  return g_test_run ();
}
