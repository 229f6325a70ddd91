/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Passports of the fixture's people, all made up. */

#include "flow-fixture.h"

#include <sodium.h>
#include <string.h>

#include "lanyard-mrz.h"

#define BIRTH "930417"
#define EXPIRY "350101"

static void
put (char *line, guint column, const char *text)
{
  memcpy (line + column, text, strlen (text));
}

static void
put_checked (char *line, guint column, const char *text, guint length)
{
  put (line, column, text);
  line[column + length] = (char)('0' + lanyard_mrz_check_digit (line + column, length));
}

char *
flow_make_passport (const char *names, const char *number, const char *birth, const char *expiry)
{
  char lines[2][45];
  char whole[9 + 1];
  char composite[39];

  memset (lines, '<', sizeof lines);
  lines[0][44] = lines[1][44] = '\0';
  g_snprintf (whole, sizeof whole, "%s%s", FLOW_DOCUMENT_MARK, number);
  put (lines[0], 0, "P<UTO");
  put (lines[0], 5, names);
  put_checked (lines[1], 0, whole, 9);
  put (lines[1], 10, "UTO");
  put_checked (lines[1], 13, birth, 6);
  lines[1][20] = 'F';
  put_checked (lines[1], 21, expiry, 6);
  memcpy (composite, lines[1], 10);
  memcpy (composite + 10, lines[1] + 13, 7);
  memcpy (composite + 17, lines[1] + 21, 22);
  lines[1][43] = (char)('0' + lanyard_mrz_check_digit (composite, sizeof composite));
  return g_strdup_printf ("%s\n%s", lines[0], lines[1]);
}

static void
give_names (LanyardEntry *entry)
{
  g_free (entry->given_name);
  entry->given_name = g_strdup ("Änne Marit");
  g_free (entry->print_name);
  entry->print_name = g_strdup ("Änne " FLOW_NAME_MARK);
}

static void
give_first (LanyardEntry *entry)
{
  give_names (entry);
  g_strfreev (entry->documents);
  entry->documents = g_strsplit ("I:UTO:Z1 P:UTO:" FLOW_DOCUMENT_MARK "00001", " ", -1);
}

void
flow_give_passport (FlowFixture *fixture, Person person)
{
  /* One of the fixture's people is enough: all others have no documents. */
  g_assert_cmpint (person, ==, PERSON_READY);
  flow_change_person (fixture, person, give_first);
}

void
flow_scan_passport (FlowFixture *fixture, Person person, LanyardScanSource source)
{
  const char *names = person == PERSON_READY ? "QUILLFEATHER<<AENNE<MARIT" : "QUILLFEATHER<<PETER";
  const char *number = person == PERSON_READY ? "00001" : "00002";
  char *text = flow_make_passport (names, number, BIRTH, EXPIRY);
  g_autoptr (LanyardScan) scan
      = lanyard_scan_new (source == LANYARD_SCAN_SOURCE_TYPED ? LANYARD_SYMBOLOGY_NONE
                                                              : LANYARD_SYMBOLOGY_MRZ,
                          source, text, strlen (text));

  sodium_memzero (text, strlen (text));
  g_free (text);
  lanyard_session_scan (fixture->session, scan);
}

/* The pack of the test is nobody else's: what it says of documents is changed in place. */
void
flow_rule_documents (FlowFixture *fixture, gboolean identify, gboolean check)
{
  LanyardRules *rules = (LanyardRules *)lanyard_pack_get_rules (fixture->pack);
  LanyardCategoryRule *rule = (LanyardCategoryRule *)lanyard_rules_get_category (rules, "PLAYER");

  rules->documents.identify = identify;
  rule->document_check = check;
}
