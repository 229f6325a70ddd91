/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, a person gets a second badge without anybody noticing, or none after a misprint.
 */

#include "lanyard-eligibility.h"

typedef struct
{
  const char *what;
  LanyardIssued local;
  const char *voided[3];
  LanyardIssued hub;
  LanyardIssued expected;
} Case;

static Case cases[] = {
  { "nobody knows of a badge", { 0 }, { NULL }, { 0 }, { 0, 0, NULL, FALSE } },
  { "issued here, hub does not know yet",
    { 1, 1, "A-1", FALSE },
    { NULL },
    { 0 },
    { 1, 1, "A-1", FALSE } },
  { "issued here, hub knows",
    { 1, 1, "A-1", FALSE },
    { NULL },
    { 1, 1, "A-1", FALSE },
    { 1, 1, "A-1", FALSE } },
  { "issued elsewhere", { 0 }, { NULL }, { 1, 1, "B-1", FALSE }, { 1, 1, "B-1", FALSE } },
  { "voided here, hub is behind",
    { 0, 1, "A-1", FALSE },
    { "A-1", NULL },
    { 1, 1, "A-1", FALSE },
    { 0, 1, "A-1", FALSE } },
  { "voided here, another one is open elsewhere",
    { 0, 1, "A-1", FALSE },
    { "A-1", NULL },
    { 1, 2, "B-2", FALSE },
    { 1, 2, "B-2", FALSE } },
  { "voided here and open elsewhere, hub counts both",
    { 0, 1, "A-1", FALSE },
    { "A-1", NULL },
    { 2, 1, "A-1", TRUE },
    { 1, 1, "A-1", TRUE } },
  { "voided and printed anew here",
    { 1, 2, "A-2", FALSE },
    { "A-1", NULL },
    { 1, 1, "A-1", FALSE },
    { 1, 2, "A-2", FALSE } },
  { "dispute known here", { 1, 1, "A-1", TRUE }, { NULL }, { 0 }, { 1, 1, "A-1", TRUE } },
  { "dispute known there", { 0 }, { NULL }, { 2, 1, "B-1", TRUE }, { 2, 1, "B-1", TRUE } },
  { "a void of nothing open",
    { 0 },
    { "A-1", NULL },
    { 0, 1, "A-1", FALSE },
    { 0, 1, "A-1", FALSE } },
};

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (LanyardIssued) out = { 0 };

      g_test_message ("%s", cases[i].what);
      lanyard_issued_merge (&cases[i].local, cases[i].voided, &cases[i].hub, &out);
      g_assert_cmpuint (out.open_badges, ==, cases[i].expected.open_badges);
      g_assert_cmpuint (out.last_sequence, ==, cases[i].expected.last_sequence);
      g_assert_cmpstr (out.last_serial, ==, cases[i].expected.last_serial);
      g_assert_cmpint (out.disputed, ==, cases[i].expected.disputed);
    }
}

static void
test_nothing (void)
{
  g_auto (LanyardIssued) out = { 7, 7, NULL, TRUE };

  lanyard_issued_merge (NULL, NULL, NULL, &out);
  g_assert_cmpuint (out.open_badges, ==, 0);
  g_assert_cmpuint (out.last_sequence, ==, 0);
  g_assert_null (out.last_serial);
  g_assert_false (out.disputed);
}

/* Whatever is reported, a badge that only one side knows of is never lost, except one voided here.
 */
static void
test_never_free_by_mistake (void)
{
  const char *voided[] = { "A-1", NULL };

  for (guint local = 0; local < 3; local++)
    for (guint hub = 0; hub < 3; hub++)
      for (guint mine = 0; mine < 2; mine++)
        {
          LanyardIssued from_local = { local, local, "A-2", FALSE };
          LanyardIssued from_hub = { hub, hub, mine ? "A-1" : "B-1", FALSE };
          g_auto (LanyardIssued) out = { 0 };
          guint hub_rest = hub - (hub > 0 && mine ? 1 : 0);

          lanyard_issued_merge (&from_local, voided, &from_hub, &out);
          g_assert_cmpint (out.open_badges > 0, ==, local > 0 || hub_rest > 0);
          g_assert_cmpuint (out.last_sequence, ==, MAX (local, hub));
        }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/issued-merge/cases", test_cases);
  g_test_add_func ("/model/issued-merge/nothing", test_nothing);
  g_test_add_func ("/model/issued-merge/never-free-by-mistake", test_never_free_by_mistake);
  return g_test_run ();
}
