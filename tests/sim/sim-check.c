/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sim.h"

#include <string.h>

#include "lanyard-hub-left.h"
#include "lanyard-hub.h"
#include "lanyard-link.h"

/*
 * What must be true. Three witnesses that know nothing of each other are held against the hub: what
 * the desks' journals promised, a plain fold of those records, and the badges in people's hands.
 */

static gboolean
get_stream (Sim *sim, const SimStream *stream, LanyardHubStream *out)
{
  LanyardHubStore *store = lanyard_hub_get_store (sim->hub);
  g_autoptr (GError) error = NULL;

  if (store->ops->get_stream (store, stream->device, stream->epoch, out, &error))
    return TRUE;
  sim_fail (sim, "the hub cannot read its records: %s", error->message);
  return FALSE;
}

/* What was acknowledged is on the hub's disk. */
void
sim_check_hub_has (Sim *sim, const SimStream *stream)
{
  LanyardHubStream head;
  const SimFact *last;
  g_autoptr (GArray) hashes = NULL;
  LanyardHubStore *store;

  if (sim->hub == NULL || sim->restored || stream->acknowledged == 0
      || !get_stream (sim, stream, &head))
    return;
  if (head.head_seq < stream->acknowledged)
    {
      sim_fail (sim,
                "the hub acknowledged record %" G_GUINT64_FORMAT
                " of desk %u and has %" G_GUINT64_FORMAT,
                stream->acknowledged, stream->device, head.head_seq);
      return;
    }
  store = lanyard_hub_get_store (sim->hub);
  hashes = store->ops->get_hashes (store, stream->device, stream->epoch, stream->acknowledged,
                                   stream->acknowledged, NULL);
  if (stream->acknowledged > stream->facts->len)
    return; /* it was written and not yet looked at */
  last = &g_array_index (stream->facts, SimFact, stream->acknowledged - 1);
  if (hashes == NULL || hashes->len != 1
      || !lanyard_hash_equal (&g_array_index (hashes, LanyardHash, 0), &last->hash))
    sim_fail (sim, "the hub acknowledged record %" G_GUINT64_FORMAT " of desk %u as another",
              stream->acknowledged, stream->device);
}

/* The plain model: one card, and what was ever written about it. */
typedef struct
{
  gboolean came_out;
  gboolean is_void;
  gboolean is_issued;
  gboolean left; /* its desk was making it, and is not there any more under that epoch */
} Card;

/* Nobody is left who could be asked, and nobody has been. */
static gboolean
is_question (const SimBadge *badge, const Card *card)
{
  return card->left && !card->is_issued && !card->is_void && !badge->gone && !badge->found;
}

static void
fold_fact (GHashTable *cards, const SimFact *fact, gboolean ended)
{
  Card *card;

  if (fact->badge == NULL)
    return;
  card = g_hash_table_lookup (cards, fact->badge);
  if (card == NULL)
    {
      card = g_new0 (Card, 1);
      g_hash_table_insert (cards, fact->badge, card);
    }
  card->came_out |= fact->kind == LANYARD_RECORD_ISSUED || fact->kind == LANYARD_RECORD_UNKNOWN;
  card->is_void |= fact->kind == LANYARD_RECORD_VOIDED;
  card->is_issued |= fact->kind == LANYARD_RECORD_ISSUED;
  card->left |= ended && fact->kind != LANYARD_RECORD_VOIDED;
}

/* The record @seq of the hub is one that some desk wrote. */
static const SimFact *
find_fact (Sim *sim, const SimStream *like, guint64 seq, const LanyardHash *hash)
{
  for (guint i = 0; i < sim->streams->len; i++)
    {
      const SimStream *stream = sim->streams->pdata[i];
      const SimFact *fact;

      if (stream->device != like->device || stream->epoch != like->epoch
          || seq > stream->facts->len)
        continue;
      fact = &g_array_index (stream->facts, SimFact, seq - 1);
      if (lanyard_hash_equal (&fact->hash, hash))
        return fact;
    }
  return NULL;
}

/* What it wrote and never sent nobody can know of; of what it sent later nothing was taken. */
static void
look_at_revoked (Sim *sim, const SimStream *stream, guint64 head)
{
  if (head > stream->revoked_at)
    sim_fail (sim, "the hub took record %" G_GUINT64_FORMAT " of desk %u after its key was revoked",
              head, stream->device);
  for (guint64 i = head; i < stream->facts->len; i++)
    {
      SimBadge *badge = g_array_index (stream->facts, SimFact, i).badge;

      if (badge != NULL)
        badge->doubtful = TRUE;
    }
}

/* Whether @stream is over: its key was revoked, or its desk has a later one. */
static gboolean
has_ended (Sim *sim, const SimStream *stream)
{
  LanyardHubStore *store = lanyard_hub_get_store (sim->hub);
  g_autoptr (LanyardHubEnrolment) newest
      = store->ops->find_enrolment (store, stream->device, 0, NULL);

  return stream->revoked || (newest != NULL && newest->epoch > stream->epoch);
}

static void
fold_stream (Sim *sim, const SimStream *stream, GHashTable *cards)
{
  LanyardHubStore *store = lanyard_hub_get_store (sim->hub);
  g_autoptr (GArray) hashes = NULL;
  LanyardHubStream head;
  gboolean ended = has_ended (sim, stream);

  if (!get_stream (sim, stream, &head))
    return;
  if (stream->revoked)
    look_at_revoked (sim, stream, head.head_seq);
  if (!stream->copied && head.head_seq < stream->facts->len && stream->acknowledged >= head.head_seq
      && stream->acknowledged > head.head_seq)
    sim_fail (sim, "desk %u: record %u never came to the hub", stream->device, stream->facts->len);
  if (head.head_seq == 0)
    return;
  hashes = store->ops->get_hashes (store, stream->device, stream->epoch, 1, head.head_seq, NULL);
  if (hashes == NULL || hashes->len != head.head_seq)
    {
      sim_fail (sim, "the hub's records of desk %u are not without gaps", stream->device);
      return;
    }
  for (guint i = 0; i < hashes->len; i++)
    {
      const SimFact *fact = find_fact (sim, stream, i + 1, &g_array_index (hashes, LanyardHash, i));

      if (fact == NULL)
        sim_fail (sim, "the hub has a record %u of desk %u that nobody wrote", i + 1,
                  stream->device);
      else
        fold_fact (cards, fact, ended);
    }
}

static guint
count_open (GHashTable *cards, const char *number)
{
  GHashTableIter iter;
  gpointer badge, card;
  guint n = 0;

  g_hash_table_iter_init (&iter, cards);
  while (g_hash_table_iter_next (&iter, &badge, &card))
    if (g_str_equal (((SimBadge *)badge)->number, number)
        && (((Card *)card)->came_out || ((Card *)card)->left) && !((Card *)card)->is_void
        && !((SimBadge *)badge)->gone)
      n++;
  return n;
}

/* Badges in hands, by eye. FALSE: nobody can tell, or a supervisor still has to look */
static gboolean
count_seen (Sim *sim, GHashTable *cards, const char *number, guint *n)
{
  GHashTableIter iter;
  gpointer value;
  gboolean sure = TRUE;

  *n = 0;
  g_hash_table_iter_init (&iter, sim->badges);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const SimBadge *badge = value;
      const Card *card = g_hash_table_lookup (cards, badge);

      if (!g_str_equal (badge->number, number))
        continue;
      sure = sure && !badge->doubtful && (card == NULL || !is_question (badge, card));
      *n += badge->out && !badge->withdrawn;
    }
  return sure && !sim->copied;
}

static void
check_number (Sim *sim, GHashTable *cards, const char *number)
{
  LanyardHubStore *store = lanyard_hub_get_store (sim->hub);
  g_autoptr (LanyardHubHolding) holding = store->ops->find_holding (store, number, NULL);
  guint open = holding == NULL ? 0 : holding->open_badges;
  gboolean disputed = holding != NULL && holding->disputed;
  guint written = count_open (cards, number);
  guint seen;

  if (open != written)
    sim_fail (sim, "%s: the hub counts %u badges, the records say %u", number, open, written);
  else if (disputed != (written > 1))
    sim_fail (sim, "%s: %u badges, and the hub %s a conflict", number, written,
              disputed ? "tells of" : "does not see");
  else if (count_seen (sim, cards, number, &seen) && seen != open)
    sim_fail (sim, "%s: the hub counts %u badges, %u are in hands", number, open, seen);
  if (disputed)
    sim->n_of[SIM_CONFLICT]++;
}

/* What was left open by a desk that is lost is asked about, and nothing else. */
static void
check_questions (Sim *sim, GHashTable *cards)
{
  LanyardHubStore *store = lanyard_hub_get_store (sim->hub);
  g_autoptr (GPtrArray) asked = store->ops->list_questions (store, "", G_MAXINT32, NULL);
  GHashTableIter iter;
  gpointer badge, card;
  guint n = 0;

  for (guint i = 0; i < asked->len; i++)
    {
      const LanyardHubBadge *row = g_ptr_array_index (asked, i);
      const SimBadge *one = sim_badge (sim, row->serial, row->number);
      const Card *known = g_hash_table_lookup (cards, one);

      if (known == NULL || !is_question (one, known))
        sim_fail (sim, "%s: the hub asks what became of badge %s, which is known", row->number,
                  row->serial);
    }
  g_hash_table_iter_init (&iter, cards);
  while (g_hash_table_iter_next (&iter, &badge, &card))
    n += is_question (badge, card);
  if (n != asked->len)
    sim_fail (sim, "%u badges were left by lost desks, the hub asks about %u", n, asked->len);
  sim->n_of[SIM_QUESTION] += asked->len;
}

gboolean
sim_check_answer (Sim *sim)
{
  LanyardHubStore *store = lanyard_hub_get_store (sim->hub);
  g_autoptr (GPtrArray) asked = store->ops->list_questions (store, "", G_MAXINT32, NULL);

  for (guint i = 0; i < asked->len && sim->violation == NULL; i++)
    {
      const LanyardHubBadge *row = g_ptr_array_index (asked, i);
      SimBadge *badge = sim_badge (sim, row->serial, row->number);
      g_autoptr (GError) error = NULL;

      badge->found = badge->out && !badge->withdrawn;
      badge->gone = !badge->found;
      if (!lanyard_hub_answer (sim->hub, row->serial,
                               badge->found ? LANYARD_HUB_BECAME_HANDED_OVER
                                            : LANYARD_HUB_BECAME_NEVER_OUT,
                               "lead", &error))
        sim_fail (sim, "what became of badge %s cannot be told: %s", row->serial, error->message);
    }
  return asked->len > 0;
}

/* Of those that count, the first one that somebody holds; none: the first. */
static const LanyardHubBadge *
choose_badge (Sim *sim, GPtrArray *badges)
{
  const LanyardHubBadge *first = NULL;

  for (guint i = 0; i < badges->len; i++)
    {
      const LanyardHubBadge *row = g_ptr_array_index (badges, i);
      const SimBadge *badge;

      if (!lanyard_hub_badge_is_open (row))
        continue;
      badge = sim_badge (sim, row->serial, row->number);
      if (badge->out && !badge->withdrawn)
        return row;
      first = first == NULL ? row : first;
    }
  return first;
}

/* All badges of @number but one are collected. */
static void
decide (Sim *sim, const char *number)
{
  LanyardHubStore *store = lanyard_hub_get_store (sim->hub);
  g_autoptr (GPtrArray) badges = store->ops->list_badges (store, number, NULL);
  const LanyardHubBadge *keep = choose_badge (sim, badges);
  g_autoptr (GError) error = NULL;

  if (!lanyard_hub_resolve (sim->hub, number, keep->serial, "in-hand", "lead", &error))
    {
      sim_fail (sim, "%s: its conflict cannot be decided: %s", number, error->message);
      return;
    }
  for (guint i = 0; i < badges->len; i++)
    {
      const LanyardHubBadge *row = g_ptr_array_index (badges, i);
      SimBadge *badge = sim_badge (sim, row->serial, number);

      badge->doubtful = TRUE; /* nobody looks into hands while badges are collected */
      badge->gone |= row != keep && lanyard_hub_badge_is_open (row);
    }
  sim->n_of[SIM_DECISION]++;
}

gboolean
sim_check_decide (Sim *sim)
{
  LanyardHubStore *store = lanyard_hub_get_store (sim->hub);
  g_autoptr (GPtrArray) disputed = store->ops->list_disputed (store, "", G_MAXINT32, NULL);

  for (guint i = 0; i < disputed->len && sim->violation == NULL; i++)
    decide (sim, ((const LanyardHubHolding *)g_ptr_array_index (disputed, i))->number);
  return disputed->len > 0;
}

static int
compare_words (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static gboolean
add_words (const LanyardEntry *entry, gpointer words)
{
  g_autoptr (GBytes) encoded = lanyard_entry_encode (entry);
  LanyardHash hash;

  lanyard_hash_compute (&hash, "lanyard/sim/1", g_bytes_get_data (encoded, NULL),
                        g_bytes_get_size (encoded), NULL, 0);
  g_ptr_array_add (words, lanyard_hex_encode (hash.bytes, sizeof hash.bytes));
  return TRUE;
}

/* Hashes of all rows, in one order. (transfer full) */
static char *
join (GPtrArray *words)
{
  g_ptr_array_sort (words, compare_words);
  g_ptr_array_add (words, NULL);
  return g_strjoinv (" ", (char **)words->pdata);
}

/* What desks are told of somebody is what the hub knows. */
static void
check_told (Sim *sim, const LanyardEntry *entry)
{
  LanyardHubStore *store = lanyard_hub_get_store (sim->hub);
  g_autoptr (LanyardHubHolding) holding = store->ops->find_holding (store, entry->number, NULL);
  guint open = holding == NULL ? 0 : holding->open_badges;
  gboolean disputed = holding != NULL && holding->disputed;

  if (entry->issued.open_badges != open || entry->issued.disputed != disputed)
    sim_fail (sim, "%s: the hub counts %u badges and tells the desks of %u", entry->number, open,
              entry->issued.open_badges);
}

static char *
describe_roster (Sim *sim)
{
  LanyardHubStore *store = lanyard_hub_get_store (sim->hub);
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) entries = store->ops->list_entries (store, "", 100000, NULL);

  for (guint i = 0; i < entries->len; i++)
    {
      GBytes *encoded = entries->pdata[i];
      g_autoptr (LanyardEntry) entry = lanyard_entry_decode (g_bytes_get_data (encoded, NULL),
                                                             g_bytes_get_size (encoded), NULL);

      if (entry == NULL)
        continue;
      check_told (sim, entry);
      add_words (entry, words);
    }
  return join (words);
}

static void
check_desk (Sim *sim, SimDesk *desk, const char *roster)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *rows = NULL;
  g_autoptr (GError) error = NULL;

  sim_desk_look (desk, 0);
  if (!lanyard_journal_verify (desk->journal, NULL, &error))
    sim_fail (sim, "desk %u: %s", desk->index, error->message);
  if (desk->stream->revoked)
    return; /* the hub tells it nothing any more */
  lanyard_directory_foreach (desk->directory, add_words, words, NULL);
  rows = join (words);
  if (!g_str_equal (rows, roster))
    sim_fail (sim, "desk %u: its directory is not the hub's", desk->index);
}

char *
sim_check_describe (Sim *sim)
{
  LanyardHubStore *store = lanyard_hub_get_store (sim->hub);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < sim->numbers->len; i++)
    {
      const char *number = sim->numbers->pdata[i];
      g_autoptr (LanyardHubHolding) holding = store->ops->find_holding (store, number, NULL);
      g_autoptr (GPtrArray) badges = store->ops->list_badges (store, number, NULL);
      g_autoptr (GPtrArray) resolutions = store->ops->list_resolutions (store, number, NULL);

      if (holding != NULL)
        g_string_append_printf (text, "%s %u %d %u\n", number, holding->open_badges,
                                holding->disputed, holding->void_below);
      for (guint j = 0; resolutions != NULL && j < resolutions->len; j++)
        {
          const LanyardResolution *one = resolutions->pdata[j];

          g_string_append_printf (text, "  %s keeps %s: %s\n", one->id, one->keep, one->who);
        }
      for (guint j = 0; badges != NULL && j < badges->len; j++)
        {
          const LanyardHubBadge *badge = badges->pdata[j];

          g_string_append_printf (text, "  %s %u %u\n", badge->serial, badge->sequence,
                                  badge->flags);
        }
    }
  return g_string_free (text, FALSE);
}

void
sim_check (Sim *sim)
{
  g_autoptr (GHashTable) cards = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_autofree char *roster = describe_roster (sim);

  for (guint i = 0; i < sim->desks->len && sim->violation == NULL; i++)
    if (!((SimDesk *)sim->desks->pdata[i])->forked)
      check_desk (sim, sim->desks->pdata[i], roster);
  for (guint i = 0; i < sim->streams->len && sim->violation == NULL; i++)
    fold_stream (sim, sim->streams->pdata[i], cards);
  for (guint i = 0; i < sim->numbers->len && sim->violation == NULL; i++)
    check_number (sim, cards, sim->numbers->pdata[i]);
  if (sim->violation == NULL)
    check_questions (sim, cards);
}
