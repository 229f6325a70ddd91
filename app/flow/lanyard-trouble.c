/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-flow"

#include "lanyard-trouble.h"

/* As in the screens: po/update collects what stands in it. */
#define N_(text) (text)

#define DOCTOR N_ ("Run “lanyard doctor” on this desk: it names what is wrong.")
#define SUPPORT N_ ("Run “lanyard doctor” on this desk and tell support the sentence below.")
#define INSTALL_PACK N_ ("Install the pack of the event again, as the hub has it.")
#define MAKE_ROOM N_ ("Make room on its disk. The desk goes on by itself.")
#define END_PROGRAM N_ ("End the other program. The desk goes on by itself.")
#define KEEP_RECORDS                                                                               \
  N_ ("Change nothing. Give the whole state folder to support and enrol the desk again.")
#define OLD_VERSION N_ ("Install that version again. Do not delete anything.")
#define CHECK_DISK                                                                                 \
  N_ ("Check the disk and start the desk again. What was printing is a question then.")

#define NO_SENSE N_ ("A file of this desk makes no sense")
#define NO_TRUST N_ ("The pack is altered, out of date, or signed by a key that is not trusted")
#define MISSING N_ ("A file or a part of this desk is missing")
#define BROKEN N_ ("The records of this desk do not hold together")
#define LATER N_ ("The records were written by a later version of Lanyard")
#define FULL N_ ("The disk of this desk is full")
#define HELD N_ ("Another program holds the records of this desk")
#define DISK N_ ("The disk of this desk failed")
#define UNNAMED N_ ("Something went wrong that has no code of its own")

#define FAULT(name) LANYARD_PRINT_FAULT_##name
#define NO_FAULT LANYARD_PRINT_FAULT_NONE

static const LanyardTrouble troubles[] = {
  { "P10", FAULT (OFFLINE), N_ ("The printer does not answer"),
    N_ ("Look whether it is on and its cable is in. Switch it off and on once: the desk finds it "
        "again by itself.") },
  { "P12", FAULT (CONNECTING), N_ ("The printer is being connected"), NULL },
  { "P20", FAULT (MEDIA_EMPTY), N_ ("The printer needs new cards"),
    N_ ("Put in a new pack of cards, and record it under “Printers and cards”.") },
  { "P22", FAULT (MEDIA_LOW), N_ ("Few cards are left in the printer"), NULL },
  { "P24", FAULT (TRAY_MISSING), N_ ("A tray of the printer is not in its place"),
    N_ ("Push the tray in until it clicks.") },
  { "P26", FAULT (MEDIA_WRONG), N_ ("The printer wants other cards"),
    N_ ("The cards in it do not have the size of this badge. Put in the right ones, or set the "
        "size at the printer.") },
  { "P30", FAULT (MEDIA_JAM), N_ ("A card is stuck in the printer"),
    N_ ("Open the cover and take the card out. Close the cover: the same badge goes on by itself. "
        "Do not print it again.") },
  { "P40", FAULT (COVER_OPEN), N_ ("The cover of the printer is open"),
    N_ ("Close the cover until it clicks. If it does not, look for a card or a ribbon in its "
        "way.") },
  { "P50", FAULT (RIBBON), N_ ("The printer needs a new ribbon"),
    N_ ("Put in a new ribbon as the drawing inside the printer shows, and close the cover.") },
  { "P52", FAULT (RIBBON_LOW), N_ ("The ribbon of the printer ends soon"), NULL },
  { "P54", FAULT (WASTE_FULL), N_ ("The waste box of the printer is full"),
    N_ ("Empty or change the waste box. A new ribbon does not help here.") },
  { "P56", FAULT (WASTE_HIGH), N_ ("The waste box of the printer is almost full"), NULL },
  { "P60", FAULT (PAUSED), N_ ("The printer is taking a break"),
    N_ ("Somebody has paused it. Resume it with its own button, or on the print server.") },
  { "P70", FAULT (OUTPUT_FULL), N_ ("The tray of the printer is full"),
    N_ ("Take the badges out of the tray and hand them out.") },
  { "P72", FAULT (OUTPUT_HIGH), N_ ("The tray of the printer is almost full"), NULL },
  { "P74", FAULT (SPOOL_FULL), N_ ("The printer has too much to do"),
    N_ ("Its memory is full. Cancel at the printer what is not ours, or print on another "
        "printer.") },
  { "P80", FAULT (REJECTED), N_ ("The printer does not take this badge"),
    N_ ("It is not set up for cards of this size. Run “lanyard doctor”, or print on another "
        "printer.") },
  { "P84", FAULT (HOT), N_ ("The printer is cooling down"),
    N_ ("Wait a minute. If it happens often, give it more air.") },
  { "P90", FAULT (CANCELLED), N_ ("Somebody stopped this badge at the printer"),
    N_ ("Look into the tray, and answer here whether the badge came out.") },
  { "P94", FAULT (SERVICE), N_ ("The printer needs a technician"),
    N_ ("A part of it is broken. Print on another printer and call its service.") },
  { "P96", FAULT (WORN), N_ ("The printer needs a technician soon"), NULL },
  { "P100", FAULT (OTHER), N_ ("The printer needs a hand"),
    N_ ("Its own display says more, and so does “lanyard doctor”.") },

  { "J0", NO_FAULT, UNNAMED, SUPPORT },
  { "J110", NO_FAULT, BROKEN, KEEP_RECORDS },
  { "J130", NO_FAULT, FULL, MAKE_ROOM },
  { "J140", NO_FAULT, HELD, END_PROGRAM },
  { "J150", NO_FAULT, DISK, CHECK_DISK },

  { "K10", NO_FAULT, N_ ("This desk is not enrolled"), N_ ("Enrol it with a code from the hub.") },
  { "K20", NO_FAULT, N_ ("The hub has not made the key of this desk known yet"),
    N_ ("Connect the desk to the hub once. It goes on by itself.") },
  { "K30", NO_FAULT, N_ ("This desk knows nobody yet"),
    N_ ("Connect the desk to the hub; if the list stays empty, import people there, or here with "
        "“lanyard directory import”.") },
  { "K32", NO_FAULT, N_ ("The list of people of this desk is being loaded"),
    N_ ("Leave the desk on and connected. It goes on by itself in a few minutes.") },

  { "E0", NO_FAULT, UNNAMED, SUPPORT },
  { "E10", NO_FAULT, NO_SENSE, DOCTOR },
  { "E20", NO_FAULT, NO_SENSE, DOCTOR },
  { "E30", NO_FAULT, NO_TRUST, INSTALL_PACK },
  { "E40", NO_FAULT, NO_TRUST, INSTALL_PACK },
  { "E50", NO_FAULT, NO_TRUST, INSTALL_PACK },
  { "E70", NO_FAULT, MISSING, DOCTOR },
  { "E110", NO_FAULT, BROKEN, KEEP_RECORDS },
  { "E120", NO_FAULT, LATER, OLD_VERSION },
  { "E130", NO_FAULT, FULL, MAKE_ROOM },
  { "E140", NO_FAULT, HELD, END_PROGRAM },
  { "E150", NO_FAULT, DISK, CHECK_DISK },
  { "E190", NO_FAULT, MISSING, DOCTOR },
  { "E200", NO_FAULT, N_ ("A line of the configuration is wrong"),
    N_ ("Correct the line that is named below. The desk goes on by itself.") },
};

const LanyardTrouble *
lanyard_trouble_list (guint *n_troubles)
{
  g_return_val_if_fail (n_troubles != NULL, NULL);

  *n_troubles = G_N_ELEMENTS (troubles);
  return troubles;
}

const LanyardTrouble *
lanyard_trouble_for_fault (LanyardPrintFault fault)
{
  const LanyardTrouble *other = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (troubles); i++)
    {
      if (troubles[i].fault == fault && fault != LANYARD_PRINT_FAULT_NONE)
        return &troubles[i];
      if (troubles[i].fault == LANYARD_PRINT_FAULT_OTHER)
        other = &troubles[i];
    }
  return other;
}

const LanyardTrouble *
lanyard_trouble_find (const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (troubles); i++)
    if (g_strcmp0 (troubles[i].code, code) == 0)
      return &troubles[i];
  return NULL;
}

const LanyardTrouble *
lanyard_trouble_for_error (char letter, int code)
{
  g_autofree char *name = g_strdup_printf ("%c%d", letter, code);
  g_autofree char *any = g_strdup_printf ("%c0", letter);
  const LanyardTrouble *trouble = lanyard_trouble_find (name);

  return trouble != NULL ? trouble : lanyard_trouble_find (any);
}
