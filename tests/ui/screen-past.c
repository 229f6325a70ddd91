/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What happened with a made-up person, and who waits. */

#define G_LOG_DOMAIN "test-ui"

#include "screen-fixtures.h"

#define NOON_US (G_GINT64_CONSTANT (1942056000) * G_USEC_PER_SEC) /* 2031-07-17 10:40 UTC */
#define MINUTE_US (60 * (gint64)G_USEC_PER_SEC)
#define DAY_US (24 * 60 * MINUTE_US)

typedef struct
{
  LanyardPastKind kind;
  gint64 ago_us; /* 0: not known */
  const char *serial;
  const char *staff;
  LanyardVoidReason void_reason;
  LanyardReason reason;
  LanyardHandOver hand_over;
  LanyardDocumentVerdict document;
  const char *text;
} Sample;

static const Sample SAMPLES[] = {
  { .kind = LANYARD_PAST_HANDED_ON,
    .ago_us = 2 * MINUTE_US,
    .staff = "27",
    .hand_over = LANYARD_HAND_OVER_IDENTITY },
  { .kind = LANYARD_PAST_NOTE,
    .ago_us = 3 * MINUTE_US,
    .staff = "27",
    .text = "The photo is ten years old. " CANARY
            " comes back at four with the new passport; please compare with that one." },
  { .kind = LANYARD_PAST_REFERRED,
    .ago_us = 9 * MINUTE_US,
    .reason = LANYARD_REASON_DOCUMENT_CLOSE,
    .document = LANYARD_DOCUMENT_CLOSE },
  { .kind = LANYARD_PAST_REISSUED,
    .ago_us = DAY_US,
    .serial = "K0471-000123M",
    .staff = "31",
    .void_reason = LANYARD_VOID_LOST,
    .document = LANYARD_DOCUMENT_AGREES },
  { .kind = LANYARD_PAST_VOIDED,
    .ago_us = DAY_US + 2 * MINUTE_US,
    .serial = "K0471-0000987",
    .staff = "31",
    .void_reason = LANYARD_VOID_LOST },
  { .kind = LANYARD_PAST_ISSUED, .ago_us = 3 * DAY_US, .serial = "K0471-0000987" },
  { .kind = LANYARD_PAST_ELSEWHERE, .serial = "K0512-000044Q" },
};

static LanyardPastLine *
make_line (const Sample *sample)
{
  LanyardPastLine *line = lanyard_past_line_new (sample->kind);

  line->at_us = sample->ago_us != 0 ? NOON_US - sample->ago_us : 0;
  line->waits = sample->ago_us != 0 && sample->ago_us < 5 * MINUTE_US;
  line->serial = g_strdup (sample->serial);
  line->staff = g_strdup (sample->staff);
  line->void_reason = sample->void_reason;
  line->reason = sample->reason;
  line->hand_over = sample->hand_over;
  line->document = sample->document;
  line->text = g_strdup (sample->text);
  return line;
}

LanyardPersonPast *
test_past_new (const char *number, guint n_lines)
{
  LanyardPersonPast *past = lanyard_person_past_new (number);

  past->now_us = NOON_US;
  for (guint i = 0; i < MIN (n_lines, G_N_ELEMENTS (SAMPLES)); i++)
    g_ptr_array_add (past->lines, make_line (&SAMPLES[i]));
  return past;
}

static void
free_line (gpointer line)
{
  lanyard_wait_line_free (line);
}

/* The first waits for a supervisor, and of the last nobody knows who it is. */
static LanyardWaitLine *
make_wait (guint i, guint n)
{
  static const LanyardReason REASONS[]
      = { LANYARD_REASON_CLEARANCE_PENDING, LANYARD_REASON_DOCUMENT_CLOSE,
          LANYARD_REASON_ALREADY_ISSUED };
  LanyardWait *wait = g_new0 (LanyardWait, 1);
  gboolean known = i == 0 || i + 1 < n;

  wait->id = g_strdup_printf ("7-1-%u", 412 + i);
  wait->ticket = 412 + i;
  wait->number = known ? g_strdup_printf ("33%07u", i) : NULL;
  wait->device = i == 2 ? 12 : 0;
  wait->supervisor = i == 0;
  wait->hand_over = i == 0 ? LANYARD_HAND_OVER_IDENTITY : LANYARD_HAND_OVER_NONE;
  wait->reason = known && i > 0 ? REASONS[i % G_N_ELEMENTS (REASONS)] : LANYARD_REASON_NONE;
  wait->since_us = NOON_US - (n - i) * 4 * MINUTE_US;
  return lanyard_wait_line_new (wait, known ? CANARY : NULL);
}

GPtrArray *
test_waits_new (guint n_waits)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (free_line);

  for (guint i = 0; i < n_waits; i++)
    g_ptr_array_add (lines, make_wait (i, n_waits));
  return lines;
}

static void
free_aside (gpointer aside)
{
  lanyard_aside_free (aside);
}

static void
add_aside (GPtrArray *asides, guint64 gseq, const char *number, const char *name)
{
  LanyardAside *aside = g_new0 (LanyardAside, 1);

  aside->gseq = gseq;
  aside->number = g_strdup (number);
  aside->name = g_strdup (name);
  aside->why
      = g_strdup ("The entry of this accreditation has version 4; this program reads 1 to 3.");
  aside->over = asides->len == 2;
  g_ptr_array_add (asides, aside);
}

GPtrArray *
test_asides_new (void)
{
  GPtrArray *asides = g_ptr_array_new_with_free_func (free_aside);

  add_aside (asides, 1204711, "20-000-042", "Mira " CANARY);
  add_aside (asides, 1204702, NULL, NULL);
  add_aside (asides, 1198034, "20-000-044", "Noa Verstraete");
  return asides;
}
