/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-demo"

#include "demo-roster.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>

#include "demo-portrait.h"
#include "lanyard-eligibility.h"
#include "lanyard-error.h"

/* People share portraits: drawing one takes longer than everything else about a person. */
#define N_PORTRAITS 72
/* One person in so many has no photo yet. */
#define WITHOUT_PHOTO 40

/* The first people, one for each case that somebody may want to see. */
static const struct
{
  const char *name; /* (nullable): NULL: outcome and trouble, "staff-pending" */
  DemoPerson person;
} CASES[] = {
  { "ready", { .language = "en" } },
  { "ready-2", { .language = "es" } },
  { "ready-3", { .language = "ko" } },
  { "ready-rtl", { .language = "ar" } },
  { "ready-rtl-2", { .language = "he" } },
  { "ready-cjk", { .language = "ja" } },
  { "ready-devanagari", { .language = "hi" } },
  { "ready-thai", { .language = "th" } },
  { "ready-single-name", { .single_name = TRUE } },
  { "ready-long-name", { .long_name = TRUE } },
  { NULL, { .trouble = DEMO_TROUBLE_CANCELLED } },
  { NULL, { .trouble = DEMO_TROUBLE_SUSPENDED } },
  { NULL, { .trouble = DEMO_TROUBLE_EXPIRED } },
  { NULL, { .trouble = DEMO_TROUBLE_NOT_YET_VALID } },
  { NULL, { .trouble = DEMO_TROUBLE_WRONG_VENUE } },
  { NULL, { .trouble = DEMO_TROUBLE_PENDING } },
  { NULL, { .trouble = DEMO_TROUBLE_REFER } },
  { NULL, { .trouble = DEMO_TROUBLE_CATEGORY } },
};

typedef struct
{
  const DemoEvent *event;
  GString *lines;
  JsonBuilder *cases;
  GBytes *portraits[N_PORTRAITS]; /* made when they are first needed */
  const char *photos;             /* directory */
} Writer;

static void
writer_clear (Writer *writer)
{
  if (writer->lines)
    g_string_free (writer->lines, TRUE);
  g_clear_object (&writer->cases);
  for (guint i = 0; i < N_PORTRAITS; i++)
    g_clear_pointer (&writer->portraits[i], g_bytes_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Writer, writer_clear)

/* Nine in ten people have no trouble at all, so a crowd can be let through. */
static DemoTrouble
pick_trouble (guint index, const DemoEvent *event)
{
  const guint32 seeds[] = { event->seed, index, 0x74726f };
  g_autoptr (GRand) random = g_rand_new_with_seed_array (seeds, G_N_ELEMENTS (seeds));
  guint chance = g_rand_int_range (random, 0, 100);

  if (chance >= 10)
    return DEMO_TROUBLE_NONE;
  return chance < 8 ? (DemoTrouble)(chance + 1) : DEMO_TROUBLE_PENDING;
}

static gboolean
write_bytes (const char *path, GBytes *bytes, GError **error)
{
  gsize n_bytes;
  const char *data = g_bytes_get_data (bytes, &n_bytes);

  return g_file_set_contents_full (path, data, n_bytes, G_FILE_SET_CONTENTS_NONE, 0644, error);
}

static gboolean
write_photo (Writer *writer, const LanyardEntry *entry, guint index, GError **error)
{
  guint which = (index * 29 + index / N_PORTRAITS) % N_PORTRAITS;
  g_autofree char *name = g_strconcat (entry->number, ".jpg", NULL);
  g_autofree char *path = g_build_filename (writer->photos, name, NULL);

  if (writer->portraits[which] == NULL)
    writer->portraits[which] = demo_portrait_to_jpeg (writer->event->seed, which, error);
  return writer->portraits[which] && write_bytes (path, writer->portraits[which], error);
}

static void
note_case (Writer *writer, const char *name, const LanyardEntry *entry, DemoTrouble trouble)
{
  LanyardSituation situation = { .venue = writer->event->venue,
                                 .mode = LANYARD_MODE_SELF_SERVICE,
                                 .now_s = writer->event->now_s,
                                 .negative_list_issued_s = writer->event->now_s };
  LanyardVerdict verdict
      = lanyard_eligibility_decide (entry, &entry->issued,
                                    lanyard_pack_get_rules (writer->event->pack), &situation);
  g_autofree char *made = g_strconcat (lanyard_outcome_to_string (verdict.outcome), "-",
                                       demo_trouble_to_string (trouble), NULL);

  json_builder_set_member_name (writer->cases, name ? name : made);
  json_builder_add_string_value (writer->cases, entry->number);
}

static gboolean
write_person (Writer *writer, guint index, GError **error)
{
  DemoPerson person = { .index = index };
  g_autoptr (LanyardEntry) entry = NULL;
  g_autofree char *line = NULL;
  gboolean is_case = index < G_N_ELEMENTS (CASES);

  if (is_case)
    person = CASES[index].person;
  else
    {
      person.trouble = pick_trouble (index, writer->event);
      person.long_name = index % 211 == 0;
    }
  person.index = index;
  entry = demo_person_make (&person, writer->event);
  if (entry == NULL && !is_case)
    {
      person.trouble = DEMO_TROUBLE_NONE;
      entry = demo_person_make (&person, writer->event);
    }
  if (entry == NULL)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                   "The pack has no category or venue with which somebody could be “%s”",
                   demo_trouble_to_string (person.trouble));
      return FALSE;
    }
  if (!lanyard_entry_check (entry, error))
    return FALSE;
  line = lanyard_entry_to_json (entry);
  g_string_append_printf (writer->lines, "%s\n", line);
  if (is_case)
    note_case (writer, CASES[index].name, entry, person.trouble);
  return writer->event->no_photos || index % WITHOUT_PHOTO == WITHOUT_PHOTO - 1
         || write_photo (writer, entry, index, error);
}

static gboolean
write_cases (Writer *writer, const char *directory, GError **error)
{
  g_autofree char *path = g_build_filename (directory, "cases.json", NULL);
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_end_object (writer->cases);
  root = json_builder_get_root (writer->cases);
  json_generator_set_pretty (generator, TRUE);
  json_generator_set_root (generator, root);
  return json_generator_to_file (generator, path, error);
}

static gboolean
make_directory (const char *path, GError **error)
{
  if (g_mkdir_with_parents (path, 0755) == 0)
    return TRUE;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_IO, "Could not make the directory %s: %s", path,
               g_strerror (errno));
  return FALSE;
}

gboolean
demo_roster_write (const DemoEvent *event, guint count, const char *directory, GError **error)
{
  g_auto (Writer) writer = { .event = event };
  g_autofree char *photos = g_build_filename (directory, "photos", NULL);
  g_autofree char *roster = g_build_filename (directory, "roster.jsonl", NULL);

  g_return_val_if_fail (event != NULL && count >= DEMO_ROSTER_MIN_COUNT, FALSE);
  G_STATIC_ASSERT (G_N_ELEMENTS (CASES) <= DEMO_ROSTER_MIN_COUNT);

  if (!make_directory (photos, error))
    return FALSE;
  writer.photos = photos;
  writer.lines = g_string_new (NULL);
  writer.cases = json_builder_new ();
  json_builder_begin_object (writer.cases);
  json_builder_set_member_name (writer.cases, "event");
  json_builder_add_string_value (writer.cases, lanyard_pack_get_event (event->pack));
  json_builder_set_member_name (writer.cases, "venue");
  json_builder_add_string_value (writer.cases, event->venue);
  for (guint i = 0; i < count; i++)
    {
      if (!write_person (&writer, i, error))
        return FALSE;
    }
  return g_file_set_contents (roster, writer.lines->str, writer.lines->len, error)
         && write_cases (&writer, directory, error);
}
