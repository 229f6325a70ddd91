/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <qrencode.h>
#include <string.h>

#include "demo-names.h"
#include "demo-portrait.h"
#include "demo-roster.h"
#include "lanyard-credential.h"
#include "lanyard-eligibility.h"
#include "lanyard-hash.h"

#define COUNT 300
#define NOW_S G_GINT64_CONSTANT (1942133400) /* 2031-07-18T09:30:00Z */

typedef struct
{
  char *directory;
  LanyardPack *pack;
  DemoEvent event;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer pack)
{
  g_autofree char *path
      = g_build_filename (g_getenv ("LANYARD_SOURCE_ROOT"), "resources", "packs", pack, NULL);
  g_autoptr (GError) error = NULL;
  GPtrArray *venues;

  fixture->directory = g_dir_make_tmp ("lanyard-roster-XXXXXX", NULL);
  fixture->pack = lanyard_pack_load (path, NULL, NOW_S, &error);
  g_assert_no_error (error);
  venues = lanyard_pack_get_codes (fixture->pack, LANYARD_CODES_VENUE);
  fixture->event = (DemoEvent){ .pack = fixture->pack,
                                .venue = ((LanyardCode *)venues->pdata[0])->code,
                                .seed = 5,
                                .now_s = NOW_S,
                                .no_photos = TRUE };
}

static void
remove_all (const char *path)
{
  GDir *directory = g_dir_open (path, 0, NULL);
  const char *name;

  while (directory && (name = g_dir_read_name (directory)))
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);

      remove_all (inner);
    }
  g_clear_pointer (&directory, g_dir_close);
  g_remove (path);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  remove_all (fixture->directory);
  g_free (fixture->directory);
  lanyard_pack_unref (fixture->pack);
}

static char *
read_file (Fixture *fixture, const char *name)
{
  g_autofree char *path = g_build_filename (fixture->directory, name, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static char *
write_roster (Fixture *fixture, guint count)
{
  g_autoptr (GError) error = NULL;

  demo_roster_write (&fixture->event, count, fixture->directory, &error);
  g_assert_no_error (error);
  return read_file (fixture, "roster.jsonl");
}

static LanyardVerdict
judge (Fixture *fixture, const LanyardEntry *entry)
{
  LanyardSituation situation = { .venue = fixture->event.venue,
                                 .mode = LANYARD_MODE_SELF_SERVICE,
                                 .now_s = NOW_S,
                                 .negative_list_issued_s = NOW_S };

  return lanyard_eligibility_decide (entry, &entry->issued, lanyard_pack_get_rules (fixture->pack),
                                     &situation);
}

static LanyardEntry *
parse_line (const char *line)
{
  g_autoptr (GError) error = NULL;
  LanyardEntry *entry = lanyard_entry_parse_json (line, -1, &error);

  g_assert_no_error (error);
  return entry;
}

/* Every line is an entry, no number comes twice, and most people can walk up and collect. */
static void
test_entries (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = write_roster (fixture, COUNT);
  g_auto (GStrv) lines = g_strsplit (g_strchomp (text), "\n", -1);
  g_autoptr (GHashTable) numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) languages = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n_ready = 0;

  g_assert_cmpuint (g_strv_length (lines), ==, COUNT);
  for (char **line = lines; *line; line++)
    {
      g_autoptr (LanyardEntry) entry = parse_line (*line);
      LanyardVerdict verdict = judge (fixture, entry);

      g_assert_true (g_hash_table_add (numbers, g_strdup (entry->number)));
      if (entry->local_name)
        g_hash_table_add (languages, g_strdup (entry->language));
      n_ready += verdict.outcome == LANYARD_OUTCOME_READY;
      g_assert_false (lanyard_verdict_has (&verdict, LANYARD_REASON_CATEGORY_UNKNOWN));
    }
  g_assert_cmpuint (n_ready, >, COUNT * 8 / 10);
  g_assert_cmpuint (n_ready, <, COUNT * 96 / 100);
  g_assert_cmpuint (g_hash_table_size (languages), >=, 10);
}

/* What cases.json promises is what a desk at that venue would say. */
static void
test_cases (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "ready",
                                       "ready-2",
                                       "ready-3",
                                       "ready-rtl",
                                       "ready-cjk",
                                       "ready-single-name",
                                       "ready-long-name",
                                       "refused-cancelled",
                                       "refused-suspended",
                                       "refused-expired",
                                       "refused-not-yet-valid",
                                       "refused-wrong-venue",
                                       "staff-pending",
                                       "staff-refer",
                                       "staff-category" };
  g_autofree char *text = write_roster (fixture, DEMO_ROSTER_MIN_COUNT);
  g_autofree char *cases_text = read_file (fixture, "cases.json");
  g_auto (GStrv) lines = g_strsplit (g_strchomp (text), "\n", -1);
  g_autoptr (JsonNode) root = json_from_string (cases_text, NULL);
  JsonObject *cases = json_node_get_object (root);

  g_assert_cmpstr (json_object_get_string_member (cases, "venue"), ==, fixture->event.venue);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *number = json_object_get_string_member_with_default (cases, names[i], "none");
      g_autoptr (LanyardEntry) entry = NULL;

      g_test_message ("%s", names[i]);
      for (char **line = lines; *line && entry == NULL; line++)
        {
          g_autoptr (LanyardEntry) one = parse_line (*line);

          if (strcmp (one->number, number) == 0)
            entry = g_steal_pointer (&one);
        }
      g_assert_nonnull (entry);
      g_assert_true (
          g_str_has_prefix (names[i], lanyard_outcome_to_string (judge (fixture, entry).outcome)));
    }
}

/* The same seed gives the same people; another seed others. */
static void
test_seeds (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = write_roster (fixture, 60);
  g_autofree char *again = write_roster (fixture, 60);
  g_autofree char *other = NULL;

  fixture->event.seed++;
  other = write_roster (fixture, 60);
  g_assert_cmpstr (first, ==, again);
  g_assert_cmpstr (first, !=, other);
}

static void
test_photos (Fixture *fixture, gconstpointer data)
{
  fixture->event.no_photos = FALSE;
  g_autofree char *text = write_roster (fixture, DEMO_ROSTER_MIN_COUNT);
  g_autofree char *end = strchr (text, '\n') ? g_strndup (text, strchr (text, '\n') - text) : NULL;
  g_autoptr (LanyardEntry) entry = parse_line (end);
  g_autofree char *path = g_strdup_printf ("%s/photos/%s.jpg", fixture->directory, entry->number);
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPixbuf) photo = gdk_pixbuf_new_from_file (path, &error);

  g_assert_no_error (error);
  g_assert_cmpint (gdk_pixbuf_get_width (photo), ==, DEMO_PORTRAIT_WIDTH_PX);
  g_assert_cmpint (gdk_pixbuf_get_height (photo), ==, DEMO_PORTRAIT_HEIGHT_PX);
}

/* The badges of a whole event stay small: nearly all 53 modules or fewer where the name stays out,
 * and no more than two steps above with it. */
static void
test_symbols (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = write_roster (fixture, COUNT);
  g_auto (GStrv) lines = g_strsplit (g_strchomp (text), "\n", -1);
  g_autoptr (LanyardKey) key = lanyard_key_generate ();
  gboolean with_name = lanyard_pack_get_name_in_credential (fixture->pack);
  guint sizes[178] = { 0 };
  guint n_made = 0;
  guint n_small = 0;
  guint largest = 0;

  for (char **line = lines; *line; line++)
    {
      g_autoptr (LanyardEntry) entry = parse_line (*line);
      g_autoptr (LanyardClaims) claims = lanyard_claims_new ();
      g_autoptr (GStrvBuilder) privileges = g_strv_builder_new ();
      g_autofree char *credential = NULL;
      QRcode *code;

      if (judge (fixture, entry).outcome != LANYARD_OUTCOME_READY)
        continue;
      g_strv_builder_addv (privileges, (const char **)entry->zones);
      g_strv_builder_addv (privileges, (const char **)entry->transport);
      g_strfreev (claims->privileges);
      claims->privileges = g_strv_builder_end (privileges);
      claims->kind = LANYARD_CREDENTIAL_BADGE;
      claims->event = g_strdup (lanyard_pack_get_event (fixture->pack));
      claims->number = g_strdup (entry->number);
      claims->serial = g_strdup ("K0471-000123Z");
      claims->sequence = 1;
      claims->category = g_strdup (entry->category);
      claims->name = with_name ? g_strdup (entry->print_name) : NULL;
      claims->issued_s = NOW_S;
      claims->expires_s = entry->valid_until_s;
      credential = lanyard_credential_sign (claims, key);
      code = QRcode_encodeString (credential, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
      sizes[code->width]++;
      n_made++;
      n_small += code->width <= 53;
      largest = MAX (largest, (guint)code->width);
      QRcode_free (code);
    }
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    if (sizes[i] > 0)
      g_test_message ("%u badges of %u modules", sizes[i], i);
  g_assert_cmpuint (largest, <=, with_name ? 69 : 57);
  if (!with_name)
    g_assert_cmpuint (n_small * 100, >=, n_made * 95);
}

int
main (int argc, char **argv)
{
#define ADD(pack, name, function)                                                                  \
  g_test_add ("/event/roster/" pack "/" name, Fixture, pack, set_up, function, tear_down)
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  ADD ("summer-games", "entries", test_entries);
  ADD ("summer-games", "cases", test_cases);
  ADD ("summer-games", "seeds", test_seeds);
  ADD ("summer-games", "photos", test_photos);
  ADD ("summer-games", "symbols", test_symbols);
  ADD ("small-cup", "entries", test_entries);
  ADD ("small-cup", "cases", test_cases);
  ADD ("small-cup", "symbols", test_symbols);
  return g_test_run ();
}
