/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "record-samples.h"

#include <string.h>

#define WALL_US G_GINT64_CONSTANT (1942000000000000) /* 2031-07-16 */
#define MAX_BODY_BYTES 128

const RecordSample record_samples[] = {
  /* 1 sequence 1, 6 staff, 11 replaces "K1-1", 32 printer "P" */
  { LANYARD_RECORD_RESERVED, TRUE,
    "a401010614"
    "0b644b312d31"
    "18206150" },
  /* 8 job "7", 32 printer, 34 left 41 */
  { LANYARD_RECORD_PRINTING, TRUE,
    "a3086137"
    "18206150"
    "18221829" },
  { LANYARD_RECORD_REPORTED, TRUE, "a1086137" },
  /* 1 sequence, 9 by scan-back */
  { LANYARD_RECORD_ISSUED, TRUE, "a201010901" },
  /* 5 staff "S1", 10 lost, 18 second "S2" */
  { LANYARD_RECORD_VOIDED, TRUE,
    "a3056253310a18281262"
    "5332" },
  /* 2 outcome, 3 reasons, 4 directory version 513 */
  { LANYARD_RECORD_REFUSED, TRUE,
    "a3021403811828"
    "04190201" },
  { LANYARD_RECORD_REFERRED, TRUE, "a202140381188c" },
  { LANYARD_RECORD_UNKNOWN, TRUE, "a0" },
  /* 1 sequence, 25 seal "X1" */
  { LANYARD_RECORD_VALIDATED, TRUE,
    "a20101181962"
    "5831" },
  /* 26 pool "P1", 27 count 20 */
  { LANYARD_RECORD_PASSES_LOADED, FALSE, "a2181a625031181b14" },
  { LANYARD_RECORD_PASSES_TAKEN, FALSE, "a2181a625031181b02" },
  /* 1, 26, 29 end, 30 host "NOC" */
  { LANYARD_RECORD_PASS_HANDED, TRUE,
    "a40101181a625031181d1a73c07180"
    "181e634e4f43" },
  { LANYARD_RECORD_PASS_RETURNED, TRUE, "a1181a625031" },
  /* 4, 13 "0.1" */
  { LANYARD_RECORD_STARTED, FALSE, "a2041902010d63302e31" },
  { LANYARD_RECORD_SIGN_IN, FALSE, "a105625331" },
  { LANYARD_RECORD_LOCK_OUT, FALSE, "a0" },
  { LANYARD_RECORD_TYPING_LOCKED, FALSE, "a0" },
  { LANYARD_RECORD_ALERT, TRUE, "a0" },
  /* 5, 32, 33 cards 100, 34 left 112 */
  { LANYARD_RECORD_CARDS_LOADED, FALSE, "a405625331182061501821186418221870" },
  { LANYARD_RECORD_CARDS_COUNTED, FALSE, "a405625331182061501821186418221864" },
  { LANYARD_RECORD_CARDS_SPOILED, FALSE, "a4056253311820615018210118221863" },
  { LANYARD_RECORD_PRINTER_CHOSEN, FALSE, "a20562533118206150" },
  /* 32, 35 lifetime 5000 */
  { LANYARD_RECORD_COUNTER_READ, FALSE, "a2182061501823191388" },
  /* 5, 32, 36 no rows */
  { LANYARD_RECORD_SHIFT_CLOSED, FALSE,
    "a3056253311820615018"
    "2480" },
  /* 5, 40 voids ["K1-1"], 42 reason 10 */
  { LANYARD_RECORD_RESOLVED, TRUE,
    "a3056253311828"
    "81644b312d31"
    "182a0a" },
  /* 50 gseq 513, 51 era */
  { LANYARD_RECORD_ROW_SET_ASIDE, FALSE, "a2183219020118331a00bc614e" },
  /* 5, 60 pdf, 61 rows 513, 62 without names */
  { LANYARD_RECORD_DAY_EXPORTED, FALSE, "a405625331183c1828183d190201183e00" },
  /* 5, 70 sealed */
  { LANYARD_RECORD_NOTE, FALSE, "a20562533118464401020304", .of_person = TRUE },
  /* 5, 71 identity */
  { LANYARD_RECORD_HANDED_OVER, FALSE, "a20562533118470a", .of_person = TRUE },
  /* 5, 72 "7-2-190" */
  { LANYARD_RECORD_WAIT_ENDED, FALSE,
    "a2056253311848"
    "67372d322d313930",
    .of_person = TRUE },
  /* 5 */
  { LANYARD_RECORD_PHOTO_TAKEN, FALSE, "a105625331", .of_person = TRUE },
  /* 5, 80 "photos", 81 version 2, 82 given */
  { LANYARD_RECORD_CONSENT, FALSE,
    "a405625331185066"
    "70686f746f731851021852"
    "0a",
    .of_person = TRUE },
};
const guint n_record_samples = G_N_ELEMENTS (record_samples);

static GBytes *
decode_hex (const char *hex)
{
  guint8 bytes[MAX_BODY_BYTES];
  gsize n_bytes = 0;

  for (const char *c = hex; *c != '\0'; c += 2)
    {
      while (*c == ' ')
        c++;
      g_assert_cmpuint (n_bytes, <, sizeof bytes);
      g_assert_true (g_ascii_isxdigit (c[0]) && g_ascii_isxdigit (c[1]));
      bytes[n_bytes++] = (guint8)(g_ascii_xdigit_value (c[0]) << 4 | g_ascii_xdigit_value (c[1]));
    }
  return g_bytes_new (bytes, n_bytes);
}

GBytes *
record_sample_encode (const RecordSample *sample)
{
  g_autoptr (LanyardRecord) record = lanyard_record_new ();

  record->device = 7;
  record->epoch = 2;
  record->seq = sample->kind;
  record->kind = sample->kind;
  record->version = 1;
  record->hlc = (guint64)WALL_US / 1000 << 16;
  record->wall_us = WALL_US;
  if (sample->of_person)
    record->accreditation = g_strdup ("2800000000");
  if (sample->of_badge)
    {
      memset (record->pickup.bytes, 0x5a, LANYARD_ID_BYTES);
      record->accreditation = g_strdup ("2800000000");
      record->serial = g_strdup ("K0007-000001X");
    }
  g_bytes_unref (record->body);
  record->body = decode_hex (sample->body);
  return lanyard_record_encode (record);
}
