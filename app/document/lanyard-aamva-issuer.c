/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Issuer identification numbers, as AAMVA lists them. */

#define G_LOG_DOMAIN "lanyard-document"

#include "lanyard-aamva-private.h"

#include <stdlib.h>
#include <string.h>

typedef struct
{
  char iin[7];
  char issuer[6];
} Issuer;

/* In order. Codes as ISO 3166-2 has them. */
static const Issuer issuers[] = {
  { "604426", "CA-PE" }, { "604427", "US-AS" }, { "604428", "CA-QC" }, { "604429", "CA-YT" },
  { "604430", "US-MP" }, { "604431", "US-PR" }, { "604432", "CA-AB" }, { "604433", "CA-NU" },
  { "604434", "CA-NT" }, { "636000", "US-VA" }, { "636001", "US-NY" }, { "636002", "US-MA" },
  { "636003", "US-MD" }, { "636004", "US-NC" }, { "636005", "US-SC" }, { "636006", "US-CT" },
  { "636007", "US-LA" }, { "636008", "US-MT" }, { "636009", "US-NM" }, { "636010", "US-FL" },
  { "636011", "US-DE" }, { "636012", "CA-ON" }, { "636013", "CA-NS" }, { "636014", "US-CA" },
  { "636015", "US-TX" }, { "636016", "CA-NL" }, { "636017", "CA-NB" }, { "636018", "US-IA" },
  { "636019", "US-GU" }, { "636020", "US-CO" }, { "636021", "US-AR" }, { "636022", "US-KS" },
  { "636023", "US-OH" }, { "636024", "US-VT" }, { "636025", "US-PA" }, { "636026", "US-AZ" },
  { "636028", "CA-BC" }, { "636029", "US-OR" }, { "636030", "US-MO" }, { "636031", "US-WI" },
  { "636032", "US-MI" }, { "636033", "US-AL" }, { "636034", "US-ND" }, { "636035", "US-IL" },
  { "636036", "US-NJ" }, { "636037", "US-IN" }, { "636038", "US-MN" }, { "636039", "US-NH" },
  { "636040", "US-UT" }, { "636041", "US-ME" }, { "636042", "US-SD" }, { "636043", "US-DC" },
  { "636044", "CA-SK" }, { "636045", "US-WA" }, { "636046", "US-KY" }, { "636047", "US-HI" },
  { "636048", "CA-MB" }, { "636049", "US-NV" }, { "636050", "US-ID" }, { "636051", "US-MS" },
  { "636052", "US-RI" }, { "636053", "US-TN" }, { "636054", "US-NE" }, { "636055", "US-GA" },
  { "636058", "US-OK" }, { "636059", "US-AK" }, { "636060", "US-WY" }, { "636061", "US-WV" },
  { "636062", "US-VI" },
};

static int
compare (const void *key, const void *row)
{
  return strcmp (key, ((const Issuer *)row)->iin);
}

const char *
lanyard_aamva_issuer_of (const char *iin)
{
  const Issuer *found = bsearch (iin, issuers, G_N_ELEMENTS (issuers), sizeof issuers[0], compare);

  return found != NULL ? found->issuer : NULL;
}
