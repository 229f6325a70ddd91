/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-flow"

#include "lanyard-desk-private.h"

#include "lanyard-error.h"

/* Some 1,500 pages. */
#define MAX_PEOPLE 40000
/* Rows that are opened at a time: whoever is at the counter is served between two slices. */
#define ROWS_A_SLICE 250

typedef struct
{
  LanyardDesk *desk;
  LanyardReport *report;
  gboolean too_many;
} Listing;

static gboolean
is_cleared (const LanyardEntry *entry)
{
  for (guint i = 0; i < entry->clearances->len; i++)
    if (g_array_index (entry->clearances, LanyardClearance, i).state != LANYARD_CLEARANCE_CLEAR)
      return FALSE;
  return TRUE;
}

static gboolean
may_collect (const LanyardDesk *desk, const LanyardEntry *entry)
{
  return entry->status == LANYARD_STATUS_ACTIVE
         && entry->valid_until_s * G_USEC_PER_SEC > lanyard_clock_wall_us (desk->clock)
         && (entry->pickup_venues[0] == NULL
             || g_strv_contains ((const char *const *)entry->pickup_venues, desk->config->venue));
}

/* What was done here counts, whether the hub knows of it or not. */
static void
tell_badges (LanyardDesk *desk, const LanyardEntry *entry, LanyardReportPerson *person)
{
  g_auto (LanyardIssued) here = { 0 };

  lanyard_journal_get_issued (desk->journal, entry->number, &here, NULL);
  person->collected = entry->issued.open_badges > entry->issued.being_made || here.open_badges > 0;
  person->ask = entry->issued.disputed || here.disputed || !is_cleared (entry)
                || (!person->collected && entry->issued.being_made > 0);
}

static gboolean
on_entry (const LanyardEntry *entry, gpointer user_data)
{
  Listing *listing = user_data;
  LanyardDesk *desk = listing->desk;
  LanyardReport *report = listing->report;
  LanyardReportPerson *person;

  if (!may_collect (desk, entry))
    return TRUE;
  if (report->people->len == MAX_PEOPLE)
    {
      listing->too_many = TRUE;
      return FALSE;
    }
  person = g_new0 (LanyardReportPerson, 1);
  person->name = g_strdup (report->names ? entry->print_name : NULL);
  person->local_name = g_strdup (report->names ? entry->local_name : NULL);
  person->number = g_strdup (entry->number);
  person->category = g_strdup (lanyard_pack_get_label (desk->pack, LANYARD_CODES_CATEGORY,
                                                       entry->category, report->language));
  person->organisation = g_strdup (entry->organisation);
  tell_badges (desk, entry, person);
  g_ptr_array_add (report->people, person);
  return TRUE;
}

static void
free_person (gpointer person)
{
  lanyard_report_person_free (person);
}

gboolean
lanyard_desk_list_people (LanyardDesk *desk,
                          LanyardReport *report,
                          LanyardDirectoryWalk *walk,
                          GError **error)
{
  Listing listing = { .desk = desk, .report = report };
  gboolean again;

  if (report->people == NULL)
    report->people = g_ptr_array_new_with_free_func (free_person);
  if (!lanyard_directory_walk (desk->directory, walk, ROWS_A_SLICE, &again, on_entry, &listing,
                               error))
    return FALSE;
  if (again)
    g_ptr_array_set_size (report->people, 0);
  if (!listing.too_many)
    return TRUE;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_LIMIT,
               "More than %u people may collect here: nobody goes on by hand with so many; "
               "give them venues in the roster.",
               MAX_PEOPLE);
  return FALSE;
}
