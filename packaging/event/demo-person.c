/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-demo"

#include "demo-person.h"

#include <string.h>

#include "demo-names.h"
#include "lanyard-id.h"

#define DAY_S G_GINT64_CONSTANT (86400)
/* A prime: numbers do not follow the order of the roster, and none comes twice. */
#define NUMBER_STEP 7654321
#define N_NUMBERS 10000000

static const char *const TROUBLES[DEMO_N_TROUBLES]
    = { "none",        "cancelled", "suspended", "expired", "not-yet-valid",
        "wrong-venue", "pending",   "refer",     "category" };

static const LanyardCode *
pick_code (GPtrArray *codes, GRand *random)
{
  return codes->len > 0 ? codes->pdata[g_rand_int_range (random, 0, codes->len)] : NULL;
}

/* Up to @most different codes in the order of the pack. */
static char **
pick_codes (GPtrArray *codes, guint least, guint most, GRand *random)
{
  g_autoptr (GPtrArray) picked = g_ptr_array_new ();
  guint wanted = MIN (codes->len, (guint)g_rand_int_range (random, least, most + 1));

  for (guint i = 0; i < codes->len && wanted > 0; i++)
    {
      const LanyardCode *code = codes->pdata[i];

      if ((guint)g_rand_int_range (random, 0, codes->len - i) >= wanted)
        continue;
      g_ptr_array_add (picked, g_strdup (code->code));
      wanted--;
    }
  g_ptr_array_add (picked, NULL);
  return (char **)g_ptr_array_free (g_steal_pointer (&picked), FALSE);
}

/* All venues of one kind, as most people have them, or a few by name. */
static char **
pick_venues (GPtrArray *venues, GRand *random)
{
  const LanyardCode *like = pick_code (venues, random);
  GPtrArray *picked;

  if (like == NULL || like->kind == NULL || g_rand_int_range (random, 0, 3) == 0)
    return pick_codes (venues, 1, 4, random);
  picked = g_ptr_array_new ();
  for (guint i = 0; i < venues->len; i++)
    {
      const LanyardCode *venue = venues->pdata[i];

      if (g_strcmp0 (venue->kind, like->kind) == 0)
        g_ptr_array_add (picked, g_strdup (venue->code));
    }
  g_ptr_array_add (picked, NULL);
  return (char **)g_ptr_array_free (picked, FALSE);
}

/* A category that suits the trouble: one that staff must hand over, one with a clearance, … */
static const LanyardCode *
pick_category (const DemoPerson *person, const DemoEvent *event, GRand *random)
{
  GPtrArray *all = lanyard_pack_get_codes (event->pack, LANYARD_CODES_CATEGORY);
  g_autoptr (GPtrArray) fitting = g_ptr_array_new ();
  gboolean clearance
      = person->trouble == DEMO_TROUBLE_PENDING || person->trouble == DEMO_TROUBLE_REFER;

  for (guint i = 0; i < all->len; i++)
    {
      const LanyardCode *code = all->pdata[i];
      const LanyardCategoryRule *rule
          = lanyard_rules_get_category (lanyard_pack_get_rules (event->pack), code->code);

      if (rule && rule->self_service == (person->trouble != DEMO_TROUBLE_CATEGORY)
          && (!clearance || rule->clearances[0]))
        g_ptr_array_add (fitting, (gpointer)code);
    }
  return pick_code (fitting, random);
}

static void
fill_name (LanyardEntry *entry, const DemoPerson *person, GRand *random)
{
  guint which = g_rand_int (random);
  const DemoCulture *culture = demo_names_get_culture (which % demo_names_get_n_cultures ());
  g_autoptr (DemoName) name = NULL;

  for (guint i = 0; i < demo_names_get_n_cultures (); i++)
    {
      const DemoCulture *other = demo_names_get_culture (i);

      if (person->language ? strcmp (other->language, person->language) == 0
                           : person->single_name && other->given == NULL)
        culture = other;
    }
  name = person->long_name ? demo_name_make_long (random) : demo_name_make (culture, random);
  entry->given_name = g_strdup (name->given);
  entry->family_name = g_strdup (name->family);
  entry->print_name
      = name->given ? g_strconcat (name->given, " ", name->family, NULL) : g_strdup (name->family);
  entry->local_name = g_strdup (name->local);
  entry->language = g_strdup (name->language);
}

static void
fill_person (LanyardEntry *entry, const DemoPerson *person, const DemoEvent *event, GRand *random)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (event->now_s);
  guint32 serial = ((guint64)person->index * NUMBER_STEP + event->seed) % N_NUMBERS;
  g_autofree char *number = g_strdup_printf ("%02d%07u", g_date_time_get_year (now) % 100, serial);

  entry->holder_id = g_strdup_printf ("H%07u", person->index + 1);
  entry->number = g_strdup_printf ("%s%c", number, lanyard_check_character (number));
  fill_name (entry, person, random);
  entry->birth_date
      = g_strdup_printf ("%04d-%02d-%02d", g_rand_int_range (random, 1956, 2011),
                         g_rand_int_range (random, 1, 13), g_rand_int_range (random, 1, 29));
  if (g_rand_int_range (random, 0, 5) < 2)
    {
      g_autoptr (GPtrArray) documents = g_ptr_array_new ();

      /* UTO is the state that ICAO Doc 9303 gives to specimens. */
      g_ptr_array_add (documents,
                       g_strdup_printf ("P:UTO:X%07d", g_rand_int_range (random, 0, N_NUMBERS)));
      g_ptr_array_add (documents, NULL);
      g_strfreev (entry->documents);
      entry->documents = (char **)g_ptr_array_free (g_steal_pointer (&documents), FALSE);
    }
}

static void
fill_clearances (LanyardEntry *entry,
                 const LanyardCategoryRule *rule,
                 DemoTrouble trouble,
                 GRand *random)
{
  guint n_systems = g_strv_length (rule->clearances);
  guint late = n_systems > 0 ? g_rand_int_range (random, 0, n_systems) : 0;

  for (guint i = 0; i < n_systems; i++)
    {
      LanyardClearanceState state = LANYARD_CLEARANCE_CLEAR;

      if (i == late && trouble == DEMO_TROUBLE_PENDING)
        state = LANYARD_CLEARANCE_PENDING;
      if (i == late && trouble == DEMO_TROUBLE_REFER)
        state = LANYARD_CLEARANCE_REFER;
      lanyard_entry_add_clearance (entry, rule->clearances[i], state);
    }
}

static void
fill_validity (LanyardEntry *entry, DemoTrouble trouble, const DemoEvent *event)
{
  gint64 early_s = lanyard_pack_get_rules (event->pack)->early_pickup_s;

  entry->valid_from_s = event->now_s - 10 * DAY_S;
  entry->valid_until_s = event->now_s + 30 * DAY_S;
  if (trouble == DEMO_TROUBLE_EXPIRED)
    entry->valid_until_s = event->now_s - DAY_S;
  if (trouble == DEMO_TROUBLE_NOT_YET_VALID)
    {
      entry->valid_from_s = event->now_s + early_s + 5 * DAY_S;
      entry->valid_until_s = entry->valid_from_s + 30 * DAY_S;
    }
}

/* Somewhere else than at the demo's kiosk. */
static gboolean
fill_other_venue (LanyardEntry *entry, const DemoEvent *event)
{
  GPtrArray *venues = lanyard_pack_get_codes (event->pack, LANYARD_CODES_VENUE);

  for (guint i = 0; i < venues->len; i++)
    {
      const LanyardCode *venue = venues->pdata[(i + 1) % venues->len];

      if (strcmp (venue->code, event->venue) != 0)
        {
          const char *const only[] = { venue->code, NULL };

          g_strfreev (entry->pickup_venues);
          entry->pickup_venues = g_strdupv ((char **)only);
          return TRUE;
        }
    }
  return FALSE;
}

static void
replace (char ***list, char **with)
{
  g_strfreev (*list);
  *list = with;
}

const char *
demo_trouble_to_string (DemoTrouble trouble)
{
  g_return_val_if_fail (trouble < DEMO_N_TROUBLES, NULL);

  return TROUBLES[trouble];
}

LanyardEntry *
demo_person_make (const DemoPerson *person, const DemoEvent *event)
{
  const guint32 seeds[] = { event->seed, person->index, 0x706572 };
  g_autoptr (GRand) random = g_rand_new_with_seed_array (seeds, G_N_ELEMENTS (seeds));
  g_autoptr (LanyardEntry) entry = lanyard_entry_new ();
  const LanyardCode *category = pick_category (person, event, random);
  const LanyardCode *organisation
      = pick_code (lanyard_pack_get_codes (event->pack, LANYARD_CODES_ORGANISATION), random);

  if (category == NULL)
    return NULL;
  fill_person (entry, person, event, random);
  entry->category = g_strdup (category->code);
  entry->function = g_strdup (lanyard_code_get_label (category, "en"));
  entry->organisation = organisation ? g_strdup (organisation->code) : NULL;
#define CODES(which) lanyard_pack_get_codes (event->pack, LANYARD_CODES_##which)
  replace (&entry->venues, pick_venues (CODES (VENUE), random));
  replace (&entry->zones, pick_codes (CODES (ZONE), 2, 5, random));
  replace (&entry->transport, pick_codes (CODES (TRANSPORT), 1, 1, random));
  replace (&entry->seating, pick_codes (CODES (SEATING), 0, 1, random));
#undef CODES
  fill_validity (entry, person->trouble, event);
  fill_clearances (
      entry, lanyard_rules_get_category (lanyard_pack_get_rules (event->pack), category->code),
      person->trouble, random);
  if (person->trouble == DEMO_TROUBLE_CANCELLED)
    entry->status = LANYARD_STATUS_CANCELLED;
  if (person->trouble == DEMO_TROUBLE_SUSPENDED)
    entry->status = LANYARD_STATUS_SUSPENDED;
  if (person->trouble == DEMO_TROUBLE_WRONG_VENUE && !fill_other_venue (entry, event))
    return NULL;
  return g_steal_pointer (&entry);
}
