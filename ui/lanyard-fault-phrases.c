/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What is said and drawn of a printer that stands. What happened and what staff do about it stands
 * with the codes in lanyard-trouble.c. */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-phrases.h"
#include "lanyard-trouble.h"
#include "lanyard-words.h"

#define TELL_STAFF N_ ("Please tell our staff. Your place is kept.")
#define AFTERWARDS N_ ("Please tell our staff. Afterwards printing goes on by itself.")

typedef struct
{
  LanyardPrintFault fault;
  const char *advice;
  const char *illustration;
} Advice;

static const Advice ADVICE[] = {
  { LANYARD_PRINT_FAULT_OFFLINE,
    N_ ("Please tell our staff. Your place is kept, and printing goes on by itself."),
    "fault-offline" },
  { LANYARD_PRINT_FAULT_CONNECTING, N_ ("Please wait a moment. Printing goes on by itself."),
    "fault-offline" },
  { LANYARD_PRINT_FAULT_MEDIA_EMPTY,
    N_ ("Please tell our staff. As soon as cards are in, printing goes on by itself."),
    "fault-media-empty" },
  { LANYARD_PRINT_FAULT_MEDIA_LOW, AFTERWARDS, "fault-media-empty" },
  { LANYARD_PRINT_FAULT_TRAY_MISSING, AFTERWARDS, "fault-tray-missing" },
  { LANYARD_PRINT_FAULT_MEDIA_WRONG, AFTERWARDS, "fault-cards" },
  { LANYARD_PRINT_FAULT_MEDIA_JAM,
    N_ ("Please do not pull at it. Our staff will free it, and printing goes on by itself."),
    "fault-jam" },
  { LANYARD_PRINT_FAULT_COVER_OPEN, N_ ("As soon as it is closed, printing goes on by itself."),
    "fault-cover" },
  { LANYARD_PRINT_FAULT_RIBBON, AFTERWARDS, "fault-ribbon" },
  { LANYARD_PRINT_FAULT_RIBBON_LOW, AFTERWARDS, "fault-ribbon" },
  { LANYARD_PRINT_FAULT_WASTE_FULL, AFTERWARDS, "fault-waste" },
  { LANYARD_PRINT_FAULT_WASTE_HIGH, AFTERWARDS, "fault-waste" },
  { LANYARD_PRINT_FAULT_PAUSED, N_ ("Our staff can start it again. Printing goes on by itself."),
    "fault-paused" },
  { LANYARD_PRINT_FAULT_OUTPUT_FULL,
    N_ ("Please ask our staff to empty it. Printing goes on by itself."), "fault-tray" },
  { LANYARD_PRINT_FAULT_OUTPUT_HIGH, AFTERWARDS, "fault-tray" },
  { LANYARD_PRINT_FAULT_SPOOL_FULL, N_ ("Please wait a moment. Printing goes on by itself."),
    "fault-tray" },
  { LANYARD_PRINT_FAULT_REJECTED, TELL_STAFF, "fault-stopped" },
  { LANYARD_PRINT_FAULT_HOT, N_ ("Please wait a moment. Printing goes on by itself."),
    "fault-hot" },
  { LANYARD_PRINT_FAULT_CANCELLED, TELL_STAFF, "fault-stopped" },
  { LANYARD_PRINT_FAULT_SERVICE, TELL_STAFF, "fault-service" },
  { LANYARD_PRINT_FAULT_WORN, TELL_STAFF, "fault-service" },
  { LANYARD_PRINT_FAULT_OTHER, TELL_STAFF, "fault-other" },
};

static const struct
{
  LanyardShiftNote note;
  const char *text;
} NOTES[] = {
  { LANYARD_SHIFT_NOTE_TEST_PRINTS, N_ ("Test or cleaning cards") },
  { LANYARD_SHIFT_NOTE_JAMMED_CARDS, N_ ("Cards lost in jams") },
  { LANYARD_SHIFT_NOTE_SHARED, N_ ("Others print there too") },
  { LANYARD_SHIFT_NOTE_COUNTER_RESET, N_ ("Repaired or exchanged") },
  { LANYARD_SHIFT_NOTE_NOT_FOUND, N_ ("Looked for, not found") },
};

void
lanyard_phrase_for_fault (LanyardPrintFault fault, LanyardFaultPhrase *phrase)
{
  const LanyardTrouble *trouble = lanyard_trouble_for_fault (fault);
  const Advice *advice = &ADVICE[G_N_ELEMENTS (ADVICE) - 1];

  g_return_if_fail (phrase != NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (ADVICE); i++)
    if (ADVICE[i].fault == fault)
      advice = &ADVICE[i];
  *phrase = (LanyardFaultPhrase){
    .title = trouble->cause,
    .advice = advice->advice,
    .remedy = trouble->remedy,
    .code = trouble->code,
    .illustration = advice->illustration,
  };
}

const char *
lanyard_phrase_for_note (LanyardShiftNote note)
{
  for (gsize i = 0; i < G_N_ELEMENTS (NOTES); i++)
    if (NOTES[i].note == note)
      return NOTES[i].text;
  return NOTES[G_N_ELEMENTS (NOTES) - 1].text;
}
