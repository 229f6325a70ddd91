/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "lanyard-ipp-condition.h"

#include <string.h>

#include "lanyard-ipp-client.h"

static ipp_t *
new_answer (int state, const char *reason)
{
  ipp_t *answer = ippNew ();

  ippAddInteger (answer, IPP_TAG_PRINTER, IPP_TAG_ENUM, "printer-state", state);
  ippAddString (answer, IPP_TAG_PRINTER, IPP_TAG_KEYWORD, "printer-state-reasons", NULL, reason);
  ippAddBoolean (answer, IPP_TAG_PRINTER, "printer-is-accepting-jobs", 1);
  return answer;
}

static void
add_octets (ipp_t *answer, const char *name, const char *text)
{
  ippAddOctetString (answer, IPP_TAG_PRINTER, name, text, strlen (text));
}

static const LanyardPrinterSupply *
supply (const LanyardPrinterCondition *condition, guint i)
{
  g_assert_cmpuint (i, <, condition->supplies->len);
  return g_ptr_array_index (condition->supplies, i);
}

/* A printer that says nothing has no counters, not counters of 0. */
static void
test_bare (void)
{
  g_autoptr (ipp_t) answer = ippNew ();
  g_autoptr (LanyardPrinterCondition) condition = lanyard_ipp_condition_read (answer);

  g_assert_true (condition->answers && condition->accepting);
  g_assert_false (condition->stopped || condition->paused);
  g_assert_cmpint (condition->fault, ==, LANYARD_PRINT_FAULT_NONE);
  g_assert_cmpint (condition->sheets_completed, ==, -1);
  g_assert_cmpint (condition->impressions_completed, ==, -1);
  g_assert_cmpint (condition->pages_completed, ==, -1);
  g_assert_cmpint (lanyard_printer_condition_get_counter (condition, 1), ==, -1);
  g_assert_cmpint (lanyard_printer_condition_get_level (condition, LANYARD_SUPPLY_RIBBON), ==, -1);
  g_assert_cmpint (lanyard_printer_condition_get_media_left (condition), ==, -1);
  g_assert_null (condition->reasons);
  g_assert_null (condition->make_and_model);
}

static void
test_states (void)
{
  g_autoptr (ipp_t) stopped = new_answer (IPP_PSTATE_STOPPED, "paused");
  g_autoptr (ipp_t) refusing = new_answer (IPP_PSTATE_IDLE, "none");
  g_autoptr (LanyardPrinterCondition) first = lanyard_ipp_condition_read (stopped);
  g_autoptr (LanyardPrinterCondition) second = NULL, third = NULL;
  ipp_attribute_t *accepting
      = ippFindAttribute (refusing, "printer-is-accepting-jobs", IPP_TAG_BOOLEAN);

  g_assert_true (first->stopped && first->paused && first->accepting);
  g_assert_cmpint (first->fault, ==, LANYARD_PRINT_FAULT_PAUSED);
  g_assert_cmpstr (first->reasons, ==, "paused");
  second = lanyard_ipp_condition_read (refusing);
  g_assert_cmpint (second->fault, ==, LANYARD_PRINT_FAULT_NONE);
  g_assert_false (lanyard_printer_condition_equal (first, second));
  ippSetBoolean (refusing, &accepting, 0, 0);
  third = lanyard_ipp_condition_read (refusing);
  g_assert_false (third->accepting);
  g_assert_cmpint (third->fault, ==, LANYARD_PRINT_FAULT_PAUSED);
}

static void
test_counters (void)
{
  g_autoptr (ipp_t) answer = new_answer (IPP_PSTATE_IDLE, "none");
  g_autoptr (LanyardPrinterCondition) one = NULL, both = NULL;

  ippAddInteger (answer, IPP_TAG_PRINTER, IPP_TAG_INTEGER, "printer-impressions-completed", 24);
  one = lanyard_ipp_condition_read (answer);
  g_assert_cmpint (lanyard_printer_condition_get_counter (one, 1), ==, 24);
  /* Printed sides are no cards when a card may have one or two. */
  g_assert_cmpint (lanyard_printer_condition_get_counter (one, 2), ==, -1);
  ippAddInteger (answer, IPP_TAG_PRINTER, IPP_TAG_INTEGER, "printer-media-sheets-completed", 13);
  ippAddInteger (answer, IPP_TAG_PRINTER, IPP_TAG_INTEGER, "printer-pages-completed", -5);
  both = lanyard_ipp_condition_read (answer);
  g_assert_cmpint (lanyard_printer_condition_get_counter (both, 1), ==, 13);
  g_assert_cmpint (lanyard_printer_condition_get_counter (both, 2), ==, 13);
  g_assert_cmpint (both->pages_completed, ==, -1);
  g_assert_false (lanyard_printer_condition_equal (one, both));
}

/* The coarser direction counts; what is no resolution of a badge is not known. */
static void
test_resolution (void)
{
  static const struct
  {
    ipp_res_t unit;
    int across, down;
    guint dpi;
  } cases[]
      = { { IPP_RES_PER_INCH, 600, 300, 300 }, { IPP_RES_PER_CM, 80, 80, 203 },
          { IPP_RES_PER_INCH, 0, 300, 0 },     { IPP_RES_PER_INCH, 1, 1, 0 },
          { IPP_RES_PER_INCH, -600, 600, 0 },  { IPP_RES_PER_CM, 2147483647, 2147483647, 0 } };
  g_autoptr (ipp_t) silent = new_answer (IPP_PSTATE_IDLE, "none");
  g_autoptr (LanyardPrinterCondition) none = lanyard_ipp_condition_read (silent);

  g_assert_cmpuint (none->dpi, ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ipp_t) answer = new_answer (IPP_PSTATE_IDLE, "none");
      g_autoptr (LanyardPrinterCondition) condition = NULL;

      ippAddResolution (answer, IPP_TAG_PRINTER, "printer-resolution-default", cases[i].unit,
                        cases[i].across, cases[i].down);
      condition = lanyard_ipp_condition_read (answer);
      g_assert_cmpuint (condition->dpi, ==, cases[i].dpi);
    }
}

static void
test_markers (void)
{
  static const char *const names[] = { "YMCKO ribbon", "Cleaning\troller", "Waste" };
  static const char *const types[] = { "ribbonWax", "cleanerUnit", "wasteInk" };
  static const int levels[] = { 12, -2, 90 }, low[] = { 15, 10, 0 }, high[] = { 100, 100, 95 };
  g_autoptr (ipp_t) answer = new_answer (IPP_PSTATE_IDLE, "marker-supply-low-warning");
  g_autoptr (LanyardPrinterCondition) condition = NULL, copy = NULL;

  ippAddStrings (answer, IPP_TAG_PRINTER, IPP_TAG_NAME, "marker-names", 3, NULL, names);
  ippAddStrings (answer, IPP_TAG_PRINTER, IPP_TAG_KEYWORD, "marker-types", 3, NULL, types);
  ippAddIntegers (answer, IPP_TAG_PRINTER, IPP_TAG_INTEGER, "marker-levels", 3, levels);
  ippAddIntegers (answer, IPP_TAG_PRINTER, IPP_TAG_INTEGER, "marker-low-levels", 3, low);
  ippAddIntegers (answer, IPP_TAG_PRINTER, IPP_TAG_INTEGER, "marker-high-levels", 3, high);
  add_octets (answer, "printer-supply", "type=ribbonWax;maxcapacity=100;level=77;");
  condition = lanyard_ipp_condition_read (answer);
  g_assert_cmpuint (condition->supplies->len, ==, 3);
  g_assert_cmpstr (supply (condition, 0)->name, ==, "YMCKO ribbon");
  g_assert_cmpint (supply (condition, 0)->kind, ==, LANYARD_SUPPLY_RIBBON);
  g_assert_cmpint (supply (condition, 0)->level, ==, 12);
  g_assert_cmpint (supply (condition, 0)->low, ==, 15);
  g_assert_cmpstr (supply (condition, 1)->name, ==, "Cleaning roller");
  g_assert_cmpint (supply (condition, 1)->kind, ==, LANYARD_SUPPLY_OTHER);
  g_assert_cmpint (supply (condition, 1)->level, ==, -1);
  g_assert_cmpint (supply (condition, 2)->kind, ==, LANYARD_SUPPLY_WASTE);
  g_assert_cmpint (supply (condition, 2)->low, ==, 95);
  g_assert_cmpint (lanyard_printer_condition_get_level (condition, LANYARD_SUPPLY_RIBBON), ==, 12);
  g_assert_cmpint (lanyard_printer_condition_get_level (condition, LANYARD_SUPPLY_WASTE), ==, 90);
  g_assert_cmpint (condition->fault, ==, LANYARD_PRINT_FAULT_NONE);
  g_assert_true (lanyard_printer_condition_has_warning (condition, LANYARD_PRINT_FAULT_RIBBON_LOW));
  copy = lanyard_printer_condition_copy (condition);
  g_assert_true (lanyard_printer_condition_equal (condition, copy));
  ((LanyardPrinterSupply *)g_ptr_array_index (copy->supplies, 0))->level = 11;
  g_assert_false (lanyard_printer_condition_equal (condition, copy));
}

/* PWG 5100.13 §5.6: values of printer-supply and printer-input-tray. */
static void
test_supplies (void)
{
  g_autoptr (ipp_t) answer = new_answer (IPP_PSTATE_IDLE, "none");
  g_autoptr (LanyardPrinterCondition) condition = NULL;
  ipp_attribute_t *trays;
  static const char second[] = "type=sheetFeedManual;level=-3;maxcapacity=1;name=slot;";

  add_octets (answer, "printer-supply",
              "index=1;class=supplyThatIsConsumed;type=ribbonWax;unit=impressions;"
              "maxcapacity=500;level=125;colorantname=multi;");
  ippAddString (answer, IPP_TAG_PRINTER, IPP_TAG_TEXT, "printer-supply-description", NULL,
                "Ribbon R5F");
  add_octets (answer, "printer-input-tray",
              "type=sheetFeedAutoRemovableTray;mediafeed=8560;maxcapacity=100;level=37;"
              "unit=sheets;status=0;name=Hopper 1;");
  trays = ippFindAttribute (answer, "printer-input-tray", IPP_TAG_STRING);
  ippSetOctetString (answer, &trays, 1, second, strlen (second));
  condition = lanyard_ipp_condition_read (answer);
  g_assert_cmpuint (condition->supplies->len, ==, 3);
  g_assert_cmpstr (supply (condition, 0)->name, ==, "Ribbon R5F");
  g_assert_cmpint (supply (condition, 0)->level, ==, 25);
  g_assert_cmpint (supply (condition, 1)->kind, ==, LANYARD_SUPPLY_MEDIA);
  g_assert_cmpstr (supply (condition, 1)->name, ==, "Hopper 1");
  g_assert_cmpint (supply (condition, 1)->level, ==, 37);
  g_assert_cmpint (supply (condition, 1)->left, ==, 37);
  g_assert_cmpint (supply (condition, 2)->left, ==, -1);
  g_assert_cmpint (lanyard_printer_condition_get_media_left (condition), ==, 37);
}

/* What makes no sense is not known, and nothing of it reaches a screen. */
static void
test_hostile (void)
{
  static const char *const supplies[] = { ";;;===",
                                          "",
                                          "level=99999999999999999999;maxcapacity=1",
                                          "level=5;maxcapacity=0",
                                          "level=5",
                                          "type=\xff\xfe;level=200;maxcapacity=100;",
                                          "maxcapacity=-1;level=7;unit=x" };
  g_autoptr (ipp_t) answer = ippNew ();
  g_autoptr (LanyardPrinterCondition) condition = NULL;
  ipp_attribute_t *values = ippAddOctetString (answer, IPP_TAG_PRINTER, "printer-supply", "x", 1);
  g_autofree char *long_text = g_strnfill (1000, 'm');

  for (guint i = 0; i < 100; i++)
    {
      const char *text = supplies[i % G_N_ELEMENTS (supplies)];

      ippSetOctetString (answer, &values, i, text, strlen (text));
    }
  ippAddString (answer, IPP_TAG_PRINTER, IPP_TAG_TEXT, "printer-make-and-model", NULL, long_text);
  ippAddString (answer, IPP_TAG_PRINTER, IPP_TAG_TEXT, "printer-supply-description", NULL,
                "\x1b[31mred\r\n\x07");
  ippAddString (answer, IPP_TAG_PRINTER, IPP_TAG_KEYWORD, "printer-state-reasons", NULL,
                "<script> media-empty");
  ippAddInteger (answer, IPP_TAG_PRINTER, IPP_TAG_INTEGER, "printer-state", IPP_PSTATE_STOPPED);
  condition = lanyard_ipp_condition_read (answer);
  g_assert_cmpuint (condition->supplies->len, <=, LANYARD_PRINTER_MAX_SUPPLIES);
  for (guint i = 0; i < condition->supplies->len; i++)
    {
      g_assert_cmpint (supply (condition, i)->level, >=, -1);
      g_assert_cmpint (supply (condition, i)->level, <=, 100);
    }
  g_assert_cmpstr (supply (condition, 0)->name, ==, "[31mred");
  g_assert_cmpuint (strlen (condition->make_and_model), ==, 255);
  g_assert_null (condition->reasons);
  g_assert_cmpint (condition->fault, ==, LANYARD_PRINT_FAULT_NONE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ipp-condition/bare", test_bare);
  g_test_add_func ("/ipp-condition/states", test_states);
  g_test_add_func ("/ipp-condition/counters", test_counters);
  g_test_add_func ("/ipp-condition/resolution", test_resolution);
  g_test_add_func ("/ipp-condition/markers", test_markers);
  g_test_add_func ("/ipp-condition/supplies", test_supplies);
  g_test_add_func ("/ipp-condition/hostile", test_hostile);
  return g_test_run ();
}
