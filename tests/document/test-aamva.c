/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Texts of driving licences. Those marked "standard" are the examples of the AAMVA Card Design
 * Standard as github.com/benhovinga/aamva_barcode_library (MIT) has them; the others are made up,
 * each with one oddity that real cards have. */

#include "lanyard-aamva.h"

#include <string.h>

#include "lanyard-error.h"

#define V1_BODY                                                                                    \
  "DAQ0123456789ABC\nDAAPUBLIC,JOHN,Q\nDAG123 MAIN STREET\nDAIANYTOWN\nDAJVA\nDBA20011201\n"       \
  "DBB19761123\nDBCM\nDBD19961201\r"
#define V10_BODY                                                                                   \
  "DAQT64235789\nDCSSAMPLE\nDDEN\nDACMICHAEL\nDDFN\nDADJOHN\nDDGN\nDCUJR\nDBD06062019\n"           \
  "DBB06061986\nDBA12102024\nDBC1\nDAJVA\nDCGUSA\n"

typedef struct
{
  const char *text;
  guint version;
  const char *type;
  const char *issuer;
  const char *number;
  const char *family;
  const char *given;
  const char *middle;
  const char *suffix;
  const char *birth;
  const char *expiry;
  char sex;
  LanyardAamvaQuirks quirks;
} Specimen;

#define HEADER LANYARD_AAMVA_QUIRK_HEADER
#define OFFSETS LANYARD_AAMVA_QUIRK_OFFSETS
#define SEPARATORS LANYARD_AAMVA_QUIRK_SEPARATORS
#define DATES LANYARD_AAMVA_QUIRK_DATES
#define ENCODING LANYARD_AAMVA_QUIRK_ENCODING

static const Specimen specimens[] = {
  /* standard, version 1 */
  { "@\n\x1e\rANSI 6360000102DL00390187ZV02260032DLDAQ0123456789ABC\nDAAPUBLIC,JOHN,Q\n"
    "DAG123 MAIN STREET\nDAIANYTOWN\nDAJVA\nDAK123459999  \nDARDM  \nDAS          \nDAT     \n"
    "DAU509\nDAW175\nDAYBL \nDAZBR \nDBA20011201\nDBB19761123\nDBCM\nDBD19961201\r"
    "ZVZVAJURISDICTIONDEFINEDELEMENT\r",
    1, "DL", "US-VA", "0123456789ABC", "PUBLIC", "JOHN", "Q", "", "1976-11-23", "2001-12-01", 'M',
    0 },
  /* standard, version 10 */
  { "@\n\x1e\rANSI 636000100102DL00410278ZV03190008DLDAQT64235789\nDCSSAMPLE\nDDEN\nDACMICHAEL\n"
    "DDFN\nDADJOHN\nDDGN\nDCUJR\nDCAD\nDCBK\nDCDPH\nDBD06062019\nDBB06061986\nDBA12102024\nDBC1\n"
    "DAU068 in\nDAYBRO\nDAG2300 WEST BROAD STREET\nDAIRICHMOND\nDAJVA\nDAK232690000  \n"
    "DCF2424244747474786102204\nDCGUSA\nDCK123456789\nDDAF\nDDB06062018\nDDC06062020\nDDD1\r"
    "ZVZVA01\r",
    10, "DL", "US-VA", "T64235789", "SAMPLE", "MICHAEL", "JOHN", "JR", "1986-06-06", "2024-12-10",
    'M', 0 },
  /* the old file type, a suffix, line ends of another system, a header with rubbish before it */
  { "@\r\n6AAMVA6360030101DL00290192DLDAQT-520-098-009-843\r\nDAADOE,SUE,,3RD\r\nDAJMD\r\n"
    "DBA20170209\r\nDBB19910209\r\nDBC2\r\n",
    1, "DL", "US-MD", "T-520-098-009-843", "DOE", "SUE", "", "3RD", "1991-02-09", "2017-02-09", 'F',
    HEADER },
  /* two letters lost in the header, hyphens in dates, names of version 1 in three elements, the
   * jurisdiction from the address */
  { "@\n\nAAMVA36004001DL00280191DLDABSWAN\nDACSUSAN\nDADPAT\nDAE\nDAONC\nDAQ32307954\n"
    "DBA06-27-2019\nDBB06-27-1951\nDBCF\n",
    1, "DL", "US-NC", "32307954", "SWAN", "SUSAN", "PAT", "", "1951-06-27", "2019-06-27", 'F',
    HEADER | OFFSETS | DATES },
  /* no type before the first element, no number of entries */
  { "@\nAAMVA6360060101DL00290179DAACTLIC,ADULT,A\nDAJCT\nDAQ990000001\nDBA20150101\nDBB19610101\n"
    "DBC2",
    1, "DL", "US-CT", "990000001", "CTLIC", "ADULT", "A", "", "1961-01-01", "2015-01-01", 'F',
    HEADER | OFFSETS },
  /* Canadian: offset 0, given names with a comma, blanks to the full width, the year first */
  { "@\n\x1e\rANSI 636012030001DL00000367DLDCAG   \nDBA20200603\nDCSTESTER,                  \n"
    "DCTMARY,ANN                        \nDBB19960603\nDBC2\nDAJON\nDAQS9244-43879-65702\nDCGCAN\n",
    3, "DL", "CA-ON", "S9244-43879-65702", "TESTER", "MARY ANN", "", "", "1996-06-03", "2020-06-03",
    'F', OFFSETS },
  /* Canadian with American dates */
  { "@\n\x1e\rANSI 636017020001DL00310390DLDCANONE\nDBA08082021\nDCSWANDERER         \nDCTMARY M\n"
    "DCUNONE \nDBB08081962\nDBC2\nDAJNB\nDAQ1234567          \nDCGCAN\n",
    2, "DL", "CA-NB", "1234567", "WANDERER", "MARY M", "", "", "1962-08-08", "2021-08-08", 'F',
    DATES },
  /* letters for offset and length, an issuer's number that no list has */
  { "@\n\nANSI 990876030001DLabacDLDCSWANDERER\nDCTMARY SMITH\nDABWANDERER\nDACMARY\nDADSMITH\n"
    "DAQ123400-056\nDAJAB\nDCGCAN\nDBCF\nDBB19930204\nDBA20190108\n",
    3, "DL", "CA-AB", "123400-056", "WANDERER", "MARY", "SMITH", "", "1993-02-04", "2019-01-08",
    'F', OFFSETS },
  /* American with the year first, no middle name */
  { "@\n\x1e\rANSI 636061040001DL00310313DLDCAE\nDBA20221103\nDCSSMITH\nDACJOE\nDADNONE\n"
    "DBB19721103\nDBC1\nDAJWV\nDAQF123456\nDCGUSA\nDDEU\nDDFU\nDDGU\nDCU\n",
    4, "DL", "US-WV", "F123456", "SMITH", "JOE", "", "", "1972-11-03", "2022-11-03", 'M', DATES },
  /* a whole name whose order nobody can tell */
  { "@\n\x1e\rANSI 6360250101DL00290194DLDAQ26798765\nDAAJOHN P SMITH\nDAJPA\nDBA20200203\n"
    "DBB19860202\nDBCM\n",
    1, "DL", "US-PA", "26798765", "", "JOHN P SMITH", "", "", "1986-02-02", "2020-02-03", 'M', 0 },
  /* a blank behind the comma; an empty middle name */
  { "@\n\x1e\rANSI 6360290101DL00290179DLDAQ4066452\nDAASMITH, MARY JONES\nDAG\nDBA20240626\n"
    "DBB19500626\nDBC2\n",
    1, "DL", "US-OR", "4066452", "SMITH", "MARY JONES", "", "", "1950-06-26", "2024-06-26", 'F',
    0 },
  /* the type stands alone; the card does not expire */
  { "@\nANSI 636020080001ID00310266ID\nDCAR\nDCSWANDERER\nDACJANE\nDADLYNN\nDBANONE\nDBB02041972\n"
    "DBC2\nDAQ124336019\nDCGUSA\n",
    8, "ID", "US-CO", "124336019", "WANDERER", "JANE", "LYNN", "", "1972-02-04", "XXXX-XX-XX", 'F',
    OFFSETS },
  /* a bar for each control character */
  { "@||ANSI 636002040001DL00310268DLDCAD|DBA07072020|DCSSMITH|DACROBERT|DADLOWNEY|DBB07071977|"
    "DBC1|DAQS65807412|DCGUSA|",
    4, "DL", "US-MA", "S65807412", "SMITH", "ROBERT", "LOWNEY", "", "1977-07-07", "2020-07-07", 'M',
    OFFSETS | SEPARATORS },
  /* no separators at all */
  { "@ANSI 6360300102DL00390191ZM02300053DLDAQX100097001DAALastName,FirstName, ,DAG123 TEST 2ND FL"
    "DAIST LOUISDAJMODAK633011      DARF   DAS          DAT     DAU508DAW155DAYBRODBA20180204"
    "DBB19700809DBCMDBD20110630\nZMZMAST LOUIS",
    1, "DL", "US-MO", "X100097001", "LastName", "FirstName", "", "", "1970-08-09", "2018-02-04",
    'M', OFFSETS | SEPARATORS },
  /* all in small letters */
  { "@\n\nansi 636000100101dl00310278dldaqt64235789\ndcssample\nddet\ndacmichael\ndadnone\n"
    "dbb06061986\ndba12102024\ndbc1\ndcgusa\n",
    10, "DL", "US-VA", "T64235789", "sample", "michael", "", "", "1986-06-06", "2024-12-10", 'M',
    HEADER | OFFSETS },
  /* ISO 8859-1 */
  { "@\n\x1e\rANSI 604428040001DL00310268DLDCSTREMBL\xc9\nDACAIM\xc9"
    "E\nDBB19800102\nDBA20300102\nDBC2\nDAQT1234-010280-01\nDCGCAN\n",
    4, "DL", "CA-QC", "T1234-010280-01", "TREMBLÉ", "AIMÉE", "", "", "1980-01-02", "2030-01-02",
    'F', ENCODING },
};

static void
check_specimen (const Specimen *want, const char *text, gsize n_bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardAamva) aamva = lanyard_aamva_parse (text, n_bytes, &error);
  g_autofree char *birth = NULL;
  g_autofree char *expiry = NULL;

  g_assert_no_error (error);
  g_assert_true (lanyard_aamva_looks_like (text, n_bytes));
  g_assert_cmpuint (aamva->version, ==, want->version);
  g_assert_cmpstr (aamva->type, ==, want->type);
  g_assert_cmpstr (aamva->issuer, ==, want->issuer);
  g_assert_cmpstr (aamva->number, ==, want->number);
  g_assert_cmpstr (aamva->family, ==, want->family);
  g_assert_cmpstr (aamva->given, ==, want->given);
  g_assert_cmpstr (aamva->middle, ==, want->middle);
  g_assert_cmpstr (aamva->suffix, ==, want->suffix);
  birth = lanyard_date_to_string (&aamva->birth);
  expiry = lanyard_date_to_string (&aamva->expiry);
  g_assert_cmpstr (birth, ==, want->birth);
  g_assert_cmpstr (expiry, ==, want->expiry);
  g_assert_cmpint (aamva->sex, ==, want->sex);
  g_assert_cmpuint (aamva->quirks, ==, want->quirks);
}

static void
test_specimens (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (specimens); i++)
    check_specimen (&specimens[i], specimens[i].text, strlen (specimens[i].text));
}

/* Every version of the standard, with its own header and element names. */
static void
test_versions (void)
{
  for (guint version = 1; version <= 10; version++)
    {
      g_autofree char *text
          = version == 1
                ? g_strdup ("@\n\x1e\rANSI 6360000101DL00290150DL" V1_BODY)
                : g_strdup_printf ("@\n\x1e\rANSI 636000%02u0101DL00310150DL" V10_BODY, version);
      g_autoptr (LanyardAamva) aamva = lanyard_aamva_parse (text, strlen (text), NULL);

      g_assert_nonnull (aamva);
      g_assert_cmpuint (aamva->version, ==, version);
      g_assert_cmpuint (aamva->quirks, ==, 0);
      g_assert_cmpstr (aamva->family, ==, version == 1 ? "PUBLIC" : "SAMPLE");
      g_assert_cmpstr (aamva->iin, ==, "636000");
    }
}

static void
test_truncation (void)
{
  static const struct
  {
    const char *flags;
    gboolean family, given, middle;
  } cases[] = {
    { "DDET\nDDFN\nDDGN\n", TRUE, FALSE, FALSE },
    { "DDEN\nDDFT\nDDGN\n", FALSE, TRUE, FALSE },
    { "DDEN\nDDFN\nDDGT\n", FALSE, FALSE, TRUE },
    { "DDEU\nDDFU\nDDGU\n", FALSE, TRUE, FALSE }, /* unknown, and the given name fills its field */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text
          = g_strconcat ("@\n\x1e\rANSI 636000100101DL00310278DLDAQT64235789\nDCSSAMPLE\n",
                         "DACMICHAELANGELOBARTHOLOMEWCHRISTOPHERALEXAN\nDADJOHN\n", cases[i].flags,
                         NULL);
      g_autoptr (LanyardAamva) aamva = lanyard_aamva_parse (text, strlen (text), NULL);

      g_assert_cmpint (aamva->family_cut, ==, cases[i].family);
      g_assert_cmpint (aamva->given_cut, ==, cases[i].given);
      g_assert_cmpint (aamva->middle_cut, ==, cases[i].middle);
    }
}

static void
test_refused (void)
{
  static const char *const texts[] = {
    "",
    "@",
    "ANSI ",
    "@\n\x1e\rANSI 636000",
    "K0471-000123",
    "https://example.org/ANSI 636000",
    /* no number */
    "@\n\x1e\rANSI 636000100101DL00310278DLDCSSAMPLE\nDACMICHAEL\nDBB06061986\n",
    "@\n\x1e\rANSI 636001070001DL00310392DLDCSSAMPLE\nDACM\nDAQNONE      \nDBB08311980\n",
    /* no name */
    "@\n\x1e\rANSI 636000100101DL00310278DLDAQT64235789\nDBB06061986\nDBA12102024\n",
    /* without separators, one id too many: the name or the street has it inside */
    "@ANSI 6360300101DL00290191DLDAQX100097001DAASMITH,DADE,DAG1 DADE STDADBB19700809",
  };
  g_autofree char *longer = g_strnfill (LANYARD_AAMVA_MAX_BYTES + 1, 'A');
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) invalid = NULL;

      g_assert_null (lanyard_aamva_parse (texts[i], strlen (texts[i]), &invalid));
      g_assert_error (invalid, LANYARD_ERROR, LANYARD_ERROR_INVALID);
    }
  g_assert_false (lanyard_aamva_looks_like (texts[5], strlen (texts[5])));
  g_assert_null (lanyard_aamva_parse (longer, strlen (longer), &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_LIMIT);
}

/* Without separators nobody can tell whether an id is part of a name: the names are read as far as
 * that, and whoever compares them must know. */
static void
test_unsure_names (void)
{
  static const char *const names[]
      = { "DCSSMITHDACDAVIDDADJOHN", "DCSJORDANDACMARIA", "DCSDABROWSKIDACJAN" };
  static const char parted[] = "@\n\x1e\rANSI 636000100101DL00310278DL" V10_BODY;
  g_autoptr (LanyardAamva) sure = lanyard_aamva_parse (parted, strlen (parted), NULL);

  g_assert_false (sure->names_unsure);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *text = g_strconcat ("@ANSI 636000100101DL00310278DL", names[i],
                                           "DAQT64235789DBB06061986DBA12102034", NULL);
      g_autoptr (LanyardAamva) aamva = lanyard_aamva_parse (text, strlen (text), NULL);

      g_assert_nonnull (aamva);
      g_assert_true (aamva->names_unsure);
      g_assert_cmpstr (aamva->number, ==, "T64235789");
    }
}

/* A card with more elements than any has, and with long ones, is read up to the limits. */
static void
test_many (void)
{
  g_autoptr (GString) text = g_string_new ("@\n\x1e\rANSI 636000100101DL00310278DL" V10_BODY);
  g_autoptr (LanyardAamva) aamva = NULL;

  for (guint i = 0; i < 400; i++)
    g_string_append_printf (text, "DD%c%u\n", 'A' + i % 26, i);
  aamva = lanyard_aamva_parse (text->str, text->len, NULL);
  g_assert_cmpstr (aamva->number, ==, "T64235789");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document/aamva/specimens", test_specimens);
  g_test_add_func ("/document/aamva/versions", test_versions);
  g_test_add_func ("/document/aamva/truncation", test_truncation);
  g_test_add_func ("/document/aamva/refused", test_refused);
  g_test_add_func ("/document/aamva/unsure-names", test_unsure_names);
  g_test_add_func ("/document/aamva/many", test_many);
  return g_test_run ();
}
