/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "lanyard-dispute.h"
#include "lanyard-error.h"
#include "paper-desk.h"

/* What supervisors decide about people with several badges, in whatever order it arrives. */

#define N_DESKS 3
#define N_BATCHES 2 /* of each desk */
#define N_STEPS (N_DESKS * N_BATCHES)
#define N_ORDERS 90 /* 6! / (2! 2! 2!) */
#define N_HISTORIES 3
#define MAX_DEEDS 3 /* of a batch */

/* One record of a history, and what a plain reader makes of it. */
typedef struct
{
  guint16 kind;
  guint badge;   /* which: serial and sequence follow from it */
  guint voids;   /* bits: RESOLVED */
  guint settles; /* bits of deeds: RESOLVED */
  guint64 seq;   /* where it will stand in its desk's chain */
  guint desk;
} Deed;

typedef struct
{
  Deed deeds[N_STEPS * MAX_DEEDS];
  guint n_deeds;
  guint first[N_DESKS][N_BATCHES + 1]; /* deeds of each desk's batches, in ascending order */
  guint by_desk[N_DESKS][N_BATCHES * MAX_DEEDS];
} History;

#define N_BADGES 4

/* Of badges each was made by one desk: the first is desk 0's and so on, the fourth desk 0's again.
 */
static void
add_deed (History *history, GRand *rand, guint desk)
{
  Deed *deed = &history->deeds[history->n_deeds++];
  const guint16 kinds[]
      = { LANYARD_RECORD_ISSUED, LANYARD_RECORD_ISSUED,   LANYARD_RECORD_UNKNOWN,
          LANYARD_RECORD_VOIDED, LANYARD_RECORD_RESOLVED, LANYARD_RECORD_RESOLVED };

  deed->desk = desk;
  deed->kind = kinds[g_rand_int_range (rand, 0, G_N_ELEMENTS (kinds))];
  deed->badge = deed->kind == LANYARD_RECORD_VOIDED || deed->kind == LANYARD_RECORD_RESOLVED
                    ? (guint)g_rand_int_range (rand, 0, N_BADGES)
                    : (desk == 0 && g_rand_boolean (rand) ? 3 : desk);
  if (deed->kind != LANYARD_RECORD_RESOLVED)
    return;
  while (deed->voids == 0)
    deed->voids = g_rand_int (rand) & ((1u << N_BADGES) - 1) & ~(1u << deed->badge);
  deed->settles = g_rand_int (rand);
}

static void
make_history (History *history, GRand *rand)
{
  *history = (History){ 0 };
  for (guint desk = 0; desk < N_DESKS; desk++)
    {
      guint n = 0;

      for (guint batch = 0; batch < N_BATCHES; batch++)
        {
          guint more = (guint)g_rand_int_range (rand, 1, MAX_DEEDS + 1);

          for (guint i = 0; i < more; i++)
            {
              history->by_desk[desk][n++] = history->n_deeds;
              add_deed (history, rand, desk);
            }
          history->first[desk][batch + 1] = n;
        }
    }
  /* Only earlier ones are settled, so that there is no ring. */
  for (guint i = 0; i < history->n_deeds; i++)
    for (guint k = 0; k < 32; k++)
      if (k >= i || history->deeds[k].kind != LANYARD_RECORD_RESOLVED)
        history->deeds[i].settles &= ~(1u << k);
}

static guint
get_sequence (guint badge)
{
  return badge == 3 ? 2 : 1;
}

/* The plain reference: sets, and no order. */
static void
reckon (const History *history, guint *open, gboolean *settled)
{
  guint out = 0, voided = 0, decided = 0, kept = 0, gone = 0;

  for (guint i = 0; i < history->n_deeds; i++)
    if (history->deeds[i].kind == LANYARD_RECORD_RESOLVED)
      gone |= history->deeds[i].settles;
  for (guint i = 0; i < history->n_deeds; i++)
    {
      const Deed *deed = &history->deeds[i];

      if (deed->kind == LANYARD_RECORD_VOIDED)
        voided |= 1u << deed->badge;
      else if (deed->kind != LANYARD_RECORD_RESOLVED)
        out |= 1u << deed->badge;
      else
        {
          decided |= deed->voids;
          if ((gone & (1u << i)) == 0)
            kept |= 1u << deed->badge;
        }
    }
  *open = out & ~voided & ~(decided & ~kept);
  *settled = (decided & ~kept) != 0;
}

/* Order @n of the 90 in which three desks' two batches each can come. */
static void
make_order (guint n, guint *order)
{
  guint count[N_DESKS] = { 0 };
  guint left[N_DESKS] = { N_BATCHES, N_BATCHES, N_BATCHES };

  for (guint step = 0; step < N_STEPS; step++)
    for (guint desk = 0; desk < N_DESKS; desk++)
      {
        guint ways = 1, total = 0;

        if (left[desk] == 0)
          continue;
        left[desk]--;
        for (guint d = 0; d < N_DESKS; d++)
          total += left[d];
        for (guint i = 2; i <= total; i++)
          ways *= i;
        for (guint d = 0; d < N_DESKS; d++)
          ways /= left[d] == 2 ? 2 : 1;
        if (n < ways)
          {
            order[step] = desk;
            count[desk]++;
            break;
          }
        n -= ways;
        left[desk]++;
      }
}

typedef struct
{
  SyncFixture *fixture;
  LanyardHub *hub;
  Paper *papers[N_DESKS];
} World;

static char *
make_serial (guint person, guint badge)
{
  return g_strdup_printf ("S%u-%c", person, 'A' + badge);
}

static LanyardResolution *
make_resolution (World *world, const History *history, const Deed *deed, guint person)
{
  LanyardResolution *resolution = lanyard_resolution_new ();
  g_autoptr (GStrvBuilder) voids = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) settles = g_strv_builder_new ();

  for (guint badge = 0; badge < N_BADGES; badge++)
    if ((deed->voids & (1u << badge)) != 0)
      {
        g_autofree char *serial = make_serial (person, badge);

        g_strv_builder_add (voids, serial);
      }
  for (guint i = 0; i < history->n_deeds; i++)
    if ((deed->settles & (1u << i)) != 0)
      {
        g_autofree char *id
            = lanyard_resolution_make_id (world->papers[history->deeds[i].desk]->device, 1,
                                          history->deeds[i].seq);

        g_strv_builder_add (settles, id);
      }
  g_strfreev (resolution->voids);
  g_strfreev (resolution->settles);
  resolution->voids = g_strv_builder_end (voids);
  resolution->settles = g_strv_builder_end (settles);
  resolution->reason = LANYARD_RESOLVE_IN_HAND;
  resolution->who = g_strdup ("27");
  return resolution;
}

static LanyardRecord *
write_deed (World *world, const History *history, const Deed *deed, guint person)
{
  Paper *paper = world->papers[deed->desk];
  g_autofree char *number = sync_fixture_number (person);
  g_autofree char *serial = make_serial (person, deed->badge);
  guint sequence = deed->kind == LANYARD_RECORD_RESOLVED ? 0 : get_sequence (deed->badge);
  g_autoptr (LanyardResolution) resolution = NULL;
  g_autoptr (GBytes) body = NULL;

  if (deed->kind != LANYARD_RECORD_RESOLVED)
    return paper_write (paper, deed->kind, number, serial, sequence);
  resolution = make_resolution (world, history, deed, person);
  body = lanyard_resolution_make_body (resolution, 0);
  return paper_write_body (paper, deed->kind, number, serial, body);
}

static char *
describe (World *world, guint person)
{
  g_autofree char *number = sync_fixture_number (person);
  g_autofree char *mark = g_strdup_printf ("S%u-", person);
  g_autofree char *text = paper_describe (world->hub, number);
  g_auto (GStrv) parts = g_strsplit (text, mark, -1);

  return g_strjoinv ("S-", parts);
}

static void
check_person (World *world, const History *history, guint person)
{
  LanyardHubStore *store = lanyard_hub_get_store (world->hub);
  g_autofree char *number = sync_fixture_number (person);
  g_autoptr (LanyardHubHolding) holding = store->ops->find_holding (store, number, NULL);
  g_autoptr (GPtrArray) badges = store->ops->list_badges (store, number, NULL);
  g_autoptr (GBytes) encoded = store->ops->find_entry (store, number, NULL);
  g_autoptr (LanyardEntry) entry
      = lanyard_entry_decode (g_bytes_get_data (encoded, NULL), g_bytes_get_size (encoded), NULL);
  guint open, n_open = 0;
  gboolean settled;

  reckon (history, &open, &settled);
  for (guint badge = 0; badge < N_BADGES; badge++)
    n_open += (open >> badge) & 1;
  g_assert_cmpuint (holding->open_badges, ==, n_open);
  g_assert_cmpint (holding->disputed, ==, n_open > 1);
  g_assert_cmpint (entry->issued.disputed, ==, n_open > 1);
  g_assert_cmpint (entry->dispute != NULL, ==, n_open > 1);
  for (guint i = 0; i < badges->len; i++)
    {
      const LanyardHubBadge *badge = g_ptr_array_index (badges, i);
      guint index = (guint)(badge->serial[strlen (badge->serial) - 1] - 'A');

      g_assert_cmpint (lanyard_hub_badge_is_open (badge), ==, (open >> index) & 1);
      if (entry->dispute != NULL && lanyard_hub_badge_is_open (badge))
        g_assert_nonnull (lanyard_dispute_find (entry->dispute, badge->serial));
    }
}

/* Where each deed will stand in its desk's chain, when all people's are written step by step. The
 * deeds of person p are deeds[p]. */
static void
number_deeds (World *world, History *histories, guint orders[][N_STEPS], guint n)
{
  guint64 seq[N_DESKS];

  for (guint desk = 0; desk < N_DESKS; desk++)
    seq[desk] = world->papers[desk]->seq;
  for (guint step = 0; step < N_STEPS; step++)
    for (guint p = 0; p < n; p++)
      {
        History *history = &histories[p];
        guint desk = orders[p][step], batch = 0;

        for (guint before = 0; before < step; before++)
          batch += orders[p][before] == desk;
        for (guint i = history->first[desk][batch]; i < history->first[desk][batch + 1]; i++)
          history->deeds[history->by_desk[desk][i]].seq = ++seq[desk];
      }
}

/* One step of all orders: each desk sends what it has for it in one batch. */
static void
play_step (World *world, History *histories, guint orders[][N_STEPS], guint step, guint first)
{
  GPtrArray *records[N_DESKS] = { paper_records (), paper_records (), paper_records () };

  for (guint p = 0; p < N_ORDERS; p++)
    {
      const History *history = &histories[p];
      guint desk = orders[p][step], batch = 0;

      for (guint before = 0; before < step; before++)
        batch += orders[p][before] == desk;
      for (guint i = history->first[desk][batch]; i < history->first[desk][batch + 1]; i++)
        {
          const Deed *deed = &history->deeds[history->by_desk[desk][i]];
          LanyardRecord *record = write_deed (world, history, deed, first + p);

          g_assert_cmpuint (record->seq, ==, deed->seq);
          g_ptr_array_add (records[desk], record);
        }
    }
  for (guint desk = 0; desk < N_DESKS; desk++)
    {
      if (records[desk]->len > 0)
        paper_ingest (world->hub, world->papers[desk], records[desk]);
      g_ptr_array_unref (records[desk]);
    }
}

static void
play (World *world, GRand *rand, guint first)
{
  g_autofree History *histories = g_new0 (History, N_ORDERS);
  guint orders[N_ORDERS][N_STEPS];
  g_autofree char *expected = NULL;

  make_history (&histories[0], rand);
  for (guint p = 0; p < N_ORDERS; p++)
    {
      histories[p] = histories[0];
      make_order (p, orders[p]);
    }
  number_deeds (world, histories, orders, N_ORDERS);
  for (guint step = 0; step < N_STEPS; step++)
    play_step (world, histories, orders, step, first);
  expected = describe (world, first);
  for (guint p = 0; p < N_ORDERS; p++)
    {
      g_autofree char *text = describe (world, first + p);

      g_assert_cmpstr (text, ==, expected);
      check_person (world, &histories[p], first + p);
    }
}

static World *
world_new (guint n_people)
{
  World *world = g_new0 (World, 1);

  world->fixture = sync_fixture_new ();
  sync_fixture_import (world->fixture, 0, n_people);
  world->hub = paper_open_hub (world->fixture);
  for (guint desk = 0; desk < N_DESKS; desk++)
    world->papers[desk] = paper_new (world->fixture, world->hub);
  return world;
}

static void
world_free (World *world)
{
  for (guint desk = 0; desk < N_DESKS; desk++)
    paper_free (world->papers[desk]);
  lanyard_hub_close (world->hub);
  sync_fixture_free (world->fixture);
  g_free (world);
}

/* Random histories of three desks, each in all orders in which it can arrive. */
static void
test_any_order (void)
{
  World *world = world_new (N_HISTORIES * N_ORDERS);
  guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (guint i = 0; i < N_HISTORIES; i++)
    play (world, rand, i * N_ORDERS);
  world_free (world);
}

/* A and B each give one person a badge. */
static void
make_conflict (World *world, guint person)
{
  const Deed deeds[] = { { .kind = LANYARD_RECORD_ISSUED, .badge = 1, .desk = 1 },
                         { .kind = LANYARD_RECORD_ISSUED, .badge = 0, .desk = 0 } };

  for (guint i = 0; i < G_N_ELEMENTS (deeds); i++)
    {
      g_autoptr (GPtrArray) records = paper_records ();

      g_ptr_array_add (records, write_deed (world, NULL, &deeds[i], person));
      paper_ingest (world->hub, world->papers[deeds[i].desk], records);
    }
}

static guint
count_alerts (World *world, guint desk, LanyardAlertKind kind)
{
  LanyardHubStore *store = lanyard_hub_get_store (world->hub);
  g_autoptr (GPtrArray) alerts
      = store->ops->read_alerts (store, world->papers[desk]->device, 0, 200, NULL);
  guint n = 0;

  for (guint i = 0; i < alerts->len; i++)
    n += ((const LanyardAlert *)g_ptr_array_index (alerts, i))->kind == kind;
  return n;
}

/* The operator decides; whoever was first is told as first and has no right from it. */
static void
test_operator (void)
{
  World *world = world_new (5);
  g_autofree char *number = sync_fixture_number (1);
  g_autoptr (LanyardDispute) dispute = NULL;
  g_autofree char *text = NULL;
  const LanyardSide *side;
  GError *error = NULL;

  make_conflict (world, 1);
  dispute = lanyard_hub_get_dispute (world->hub, number, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (dispute->sides->len, ==, 2);
  side = g_ptr_array_index (dispute->sides, 0);
  g_assert_cmpstr (side->serial, ==, "S1-B"); /* came first */
  g_assert_cmpuint (side->device, ==, world->papers[1]->device);
  g_assert_cmpstr (side->venue, ==, world->fixture->venue);
  g_assert_cmpint (side->state, ==, LANYARD_SIDE_ISSUED);

  g_assert_false (lanyard_hub_resolve (world->hub, number, "S1-A", "because", "27", &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE);
  g_clear_error (&error);
  g_assert_false (lanyard_hub_resolve (world->hub, number, "S1-A", "in-hand", "", &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE);
  g_clear_error (&error);
  g_assert_false (lanyard_hub_resolve (world->hub, number, "S1-C", "in-hand", "27", &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_assert_true (lanyard_hub_resolve (world->hub, number, "S1-A", "in-hand", "27", &error));
  g_assert_no_error (error);
  text = paper_describe (world->hub, number);
  g_assert_cmpstr (text, ==,
                   "open 1 disputed 0 last 1 S1-A below 1; S1-A of 1 flags 1 S1-B of 1 "
                   "flags 17");
  for (guint desk = 0; desk < 2; desk++)
    {
      g_assert_cmpuint (count_alerts (world, desk, LANYARD_ALERT_CONFLICT), ==, 1);
      g_assert_cmpuint (count_alerts (world, desk, LANYARD_ALERT_RESOLVED), ==, 1);
      g_assert_cmpuint (count_alerts (world, desk, LANYARD_ALERT_REVOKED), ==, desk);
    }
  g_assert_false (lanyard_hub_resolve (world->hub, number, "S1-A", "in-hand", "27", &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_STATE);
  g_clear_error (&error);
  world_free (world);
}

/* Two supervisors who cannot hear each other keep different badges: a conflict again, both are
 * told, and a third decision ends it. */
static void
test_contradiction (void)
{
  World *world = world_new (5);
  g_autofree char *number = sync_fixture_number (2);
  const Deed decisions[]
      = { { .kind = LANYARD_RECORD_RESOLVED, .badge = 0, .voids = 2, .desk = 0 },
          { .kind = LANYARD_RECORD_RESOLVED, .badge = 1, .voids = 1, .desk = 1 } };
  const History none = { 0 };
  g_autoptr (LanyardDispute) dispute = NULL;
  g_autofree char *text = NULL;
  GError *error = NULL;

  make_conflict (world, 2);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GPtrArray) records = paper_records ();

      g_ptr_array_add (records, write_deed (world, &none, &decisions[i], 2));
      paper_ingest (world->hub, world->papers[i], records);
      g_clear_pointer (&dispute, lanyard_dispute_free);
      dispute = lanyard_hub_get_dispute (world->hub, number, &error);
      g_assert_no_error (error);
      g_assert_cmpint (dispute != NULL, ==, i == 1);
    }
  g_assert_cmpuint (dispute->sides->len, ==, 2);
  g_assert_cmpuint (dispute->resolutions->len, ==, 2);
  g_assert_cmpuint (count_alerts (world, 0, LANYARD_ALERT_CONFLICT), ==, 2);
  g_assert_cmpuint (count_alerts (world, 1, LANYARD_ALERT_CONFLICT), ==, 2);

  g_assert_true (lanyard_hub_resolve (world->hub, number, "S2-B", "returned", "operator", &error));
  g_assert_no_error (error);
  text = paper_describe (world->hub, number);
  g_assert_cmpstr (text, ==,
                   "open 1 disputed 0 last 1 S2-B below 1; S2-A of 1 flags 17 S2-B of 1 "
                   "flags 1");
  world_free (world);
}

/* What a decision says is hostile input: without sense it goes to a person and does nothing. */
static void
test_nonsense (void)
{
  World *world = world_new (5);
  g_autofree char *number = sync_fixture_number (3);
  LanyardHubStore *store = lanyard_hub_get_store (world->hub);
  const guint8 empty[] = { 0xa0 };
  const guint8 itself[]
      = { 0xa3, 0x05, 0x62, '2', '7', 0x18, 40, 0x81, 0x64, 'S', '3', '-', 'A', 0x18, 42, 10 };
  g_autoptr (GPtrArray) records = paper_records ();
  g_autoptr (GBytes) nothing = g_bytes_new_static (empty, sizeof empty);
  g_autoptr (GBytes) both = g_bytes_new_static (itself, sizeof itself);
  LanyardHubCounts before = { 0 }, after = { 0 };
  g_autofree char *text = NULL;

  make_conflict (world, 3);
  g_assert_true (store->ops->count (store, &before, NULL));
  g_ptr_array_add (records, paper_write_body (world->papers[2], LANYARD_RECORD_RESOLVED, number,
                                              "S3-A", nothing));
  g_ptr_array_add (records, paper_write_body (world->papers[2], LANYARD_RECORD_RESOLVED, number,
                                              "S3-A", both)); /* keeps and voids the same */
  g_ptr_array_add (records, paper_write_body (world->papers[2], LANYARD_RECORD_RESOLVED, number,
                                              NULL, both));
  g_ptr_array_add (records, paper_write_body (world->papers[2], LANYARD_RECORD_RESOLVED, NULL,
                                              "S3-A", both));
  paper_ingest (world->hub, world->papers[2], records);
  g_assert_true (store->ops->count (store, &after, NULL));
  g_assert_cmpuint (after.quarantined - before.quarantined, ==, 4);
  text = paper_describe (world->hub, number);
  g_assert_cmpstr (text, ==,
                   "open 2 disputed 1 last 1 S3-A below 0; S3-A of 1 flags 1 S3-B of 1 "
                   "flags 1");
  world_free (world);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  g_test_add_func ("/hub-resolve/any-order", test_any_order);
  g_test_add_func ("/hub-resolve/operator", test_operator);
  g_test_add_func ("/hub-resolve/contradiction", test_contradiction);
  g_test_add_func ("/hub-resolve/nonsense", test_nonsense);
  return g_test_run ();
}
