/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pack-fixture.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "lanyard-error.h"
#include "lanyard-hash.h"
#include "lanyard-scan.h"

/* pack.json and texts: each member that must be there, and each kind of nonsense in it. */

typedef void (*ChangeFunc) (JsonObject *root, const char *member);

static JsonNode *
read_json (const PackFixture *fixture, const char *file)
{
  g_autofree char *path = pack_fixture_path (fixture, file);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);

  return json_parser_steal_root (parser);
}

static void
write_json (const PackFixture *fixture, const char *file, JsonNode *node)
{
  g_autofree char *text = json_to_string (node, FALSE);

  pack_fixture_write (fixture, file, text);
}

/* Unsigned, so that it is the content that is refused. */
static void
assert_refused (const PackFixture *fixture, int code, const char *part)
{
  g_autofree char *manifest = pack_fixture_path (fixture, "manifest.cbor");
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardPack) pack = NULL;

  g_unlink (manifest);
  pack = lanyard_pack_load (fixture->directory, NULL, 0, &error);
  if (pack != NULL)
    g_error ("a pack was loaded although %s is wrong", part);
  g_assert_error (error, LANYARD_ERROR, code);
  if (strstr (error->message, part) == NULL)
    g_error ("\"%s\" does not name %s", error->message, part);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

/* The object that @path leads to, "venues[0]" or "rules" or "", and the rest of the way. */
static JsonObject *
walk (JsonObject *object, const char *path, const char **member)
{
  g_auto (GStrv) steps = g_strsplit (path, ".", -1);
  guint i;

  for (i = 0; steps[i + 1] != NULL; i++)
    {
      char *index = strchr (steps[i], '[');

      if (index != NULL)
        {
          *index = '\0';
          object = json_array_get_object_element (json_object_get_array_member (object, steps[i]),
                                                  atoi (index + 1));
        }
      else
        object = json_object_get_object_member (object, steps[i]);
      g_assert_nonnull (object);
    }
  *member = strrchr (path, '.') != NULL ? strrchr (path, '.') + 1 : path;

  return object;
}

static void
remove_member (JsonObject *object, const char *member)
{
  g_assert_true (json_object_has_member (object, member));
  json_object_remove_member (object, member);
}

static void
put_null (JsonObject *object, const char *member)
{
  json_object_set_null_member (object, member);
}

/* A value of another kind than any member has. */
static void
put_float (JsonObject *object, const char *member)
{
  json_object_set_double_member (object, member, 1.5);
}

static void
put_nested (JsonObject *object, const char *member)
{
  JsonArray *array = json_array_new ();

  json_array_add_array_element (array, json_array_new ());
  json_object_set_array_member (object, member, array);
}

static const char *const REQUIRED[] = { "format",
                                        "version",
                                        "event",
                                        "event.code",
                                        "event.name",
                                        "languages",
                                        "branding",
                                        "branding.colours",
                                        "rules",
                                        "rules.early-pickup-hours",
                                        "rules.negative-list-warn-minutes",
                                        "rules.negative-list-limit-minutes",
                                        "credential",
                                        "credential.name",
                                        "credential.slack-hours",
                                        "venue-kinds",
                                        "venue-kinds[0].code",
                                        "venue-kinds[0].label",
                                        "venues",
                                        "venues[0].code",
                                        "venues[5].label",
                                        "venues[11].kind",
                                        "zones",
                                        "zones[7].code",
                                        "zones[0].label",
                                        "categories",
                                        "categories[0].code",
                                        "categories[1].label",
                                        "categories[2].template",
                                        "categories[3].self-service",
                                        "categories[4].clearances" };

static void
try_all (PackFixture *fixture, ChangeFunc change)
{
  for (guint i = 0; i < G_N_ELEMENTS (REQUIRED); i++)
    {
      JsonNode *good = read_json (fixture, "pack.json");
      JsonNode *bad = json_node_copy (good);
      g_autofree char *text = json_to_string (good, FALSE);
      const char *member;
      JsonObject *object = walk (json_node_get_object (bad), REQUIRED[i], &member);

      change (object, member);
      write_json (fixture, "pack.json", bad);
      assert_refused (fixture, LANYARD_ERROR_INVALID, REQUIRED[i]);
      pack_fixture_write (fixture, "pack.json", text);
      json_node_unref (bad);
      json_node_unref (good);
    }
}

static void
test_required (PackFixture *fixture, gconstpointer data)
{
  try_all (fixture, remove_member);
}

static void
test_null (PackFixture *fixture, gconstpointer data)
{
  try_all (fixture, put_null);
}

static void
test_wrong_type (PackFixture *fixture, gconstpointer data)
{
  try_all (fixture, put_float);
}

static void
test_nested_type (PackFixture *fixture, gconstpointer data)
{
  try_all (fixture, put_nested);
}

/* One change of pack.json by its text; the message must have @part. */
static void
try_text (PackFixture *fixture, const char *from, const char *to, const char *part)
{
  g_autofree char *path = pack_fixture_path (fixture, "pack.json");
  g_autofree char *text = NULL;
  g_autoptr (GString) changed = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, from));
  changed = g_string_new (text);
  g_string_replace (changed, from, to, 1);
  pack_fixture_write (fixture, "pack.json", changed->str);
  assert_refused (fixture, LANYARD_ERROR_INVALID, part);
  pack_fixture_write (fixture, "pack.json", text);
}

static void
test_values (PackFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *from;
    const char *to;
    const char *part;
  } cases[] = {
    { "\"format\": 1", "\"format\": 2", "format" },
    { "\"version\": 1", "\"version\": 0", "version" },
    { "\"slack-hours\"", "\"slack-hour\"", "credential.slack-hour" },
    { "\"self-service\"", "\"self-servise\"", "categories[0].self-servise" },
    { "\"code\": \"101\"", "\"code\": \"102\"", "venues[1].code" },
    { "\"code\": \"101\"", "\"code\": \"1/01\"", "venues[0].code" },
    { "\"code\": \"101\"", "\"code\": \"\"", "venues[0].code" },
    { "\"kind\": \"ground\"", "\"kind\": \"grund\"", "venues[0].kind" },
    { "\"template\": \"card\"", "\"template\": \"../card\"", "categories[0].template" },
    { "\"template\": \"card\"", "\"template\": \"none\"", "templates/none.svg" },
    { "\"identity\", \"picture\"]", "\"identity\", \"pictures\"]", "categories[0].clearances" },
    { "#0a3d2c", "#0a3d2", "branding.colours.primary" },
    { "#0a3d2c", "0a3d2c1", "branding.colours.primary" },
    { "\"negative-list-limit-minutes\": 2880", "\"negative-list-limit-minutes\": 10",
      "negative-list-limit-minutes" },
    { "\"early-pickup-hours\": 72", "\"early-pickup-hours\": -1", "early-pickup-hours" },
    { "\"typed-number\": \"allowed\"", "\"typed-number\": \"never\"", "rules.typed-number" },
    { "\"typed-number\": \"allowed\"", "\"typed-number\": true", "rules.typed-number" },
    { "\"typed-number\": \"allowed\"", "\"symbologies\": [\"qr\", \"aztec\"]",
      "rules.symbologies" },
    { "\"typed-number\": \"allowed\"", "\"symbologies\": \"qr\"", "rules.symbologies" },
    { "[\"lost\", \"stolen\"]", "[\"lost\", \"mislaid\"]", "rules.reissue.second-person" },
    { "[\"lost\", \"stolen\"]", "[\"not-printed\"]", "rules.reissue.second-person" },
    { "[\"lost\", \"stolen\"]", "\"lost\"", "rules.reissue.second-person" },
    { "{\"second-person\": [\"lost\"", "{\"two-people\": [\"lost\"", "rules.reissue.two-people" },
    { "\"typed-number\": \"allowed\"", "\"typed-numbers\": \"allowed\"", "rules.typed-numbers" },
    { "\"early-pickup-hours\": 72", "\"early-pickup-hours\": 72, \"documents\": []",
      "rules.documents" },
    { "\"early-pickup-hours\": 72",
      "\"early-pickup-hours\": 72, \"documents\": {\"identity\": true}",
      "rules.documents.identity" },
    { "\"early-pickup-hours\": 72", "\"early-pickup-hours\": 72, \"documents\": {\"identify\": 1}",
      "rules.documents.identify" },
    { "\"early-pickup-hours\": 72", "\"early-pickup-hours\": 72, \"validation\": {}",
      "rules.validation.seal" },
    { "\"early-pickup-hours\": 72",
      "\"early-pickup-hours\": 72, \"validation\": {\"seal\": \"maybe\"}",
      "rules.validation.seal" },
    { "\"early-pickup-hours\": 72",
      "\"early-pickup-hours\": 72, \"validation\": {\"seal\": \"required\", \"document\": true, "
      "\"seal-pattern\": \"VS*\"}",
      "rules.validation.seal-pattern" },
    { "\"early-pickup-hours\": 72",
      "\"early-pickup-hours\": 72, \"validation\": {\"seal\": \"none\", \"document\": true, "
      "\"seal-pattern\": \"VS-####\"}",
      "rules.validation.seal-pattern" },
    { "\"name\": \"Tidewater Cup\"", "\"name\": \"T\", \"time-zone\": \"Mars/Olympus\"",
      "event.time-zone" },
    { "\"name\": \"Tidewater Cup\"", "\"name\": \"T\", \"day-ends-hour\": 12",
      "event.day-ends-hour" },
    { "\"TW####\"", "\"####TW\"", "day-passes[1].number-pattern" },
    { "\"category\": \"GUEST\"", "\"category\": \"GUESTS\"", "day-passes[0].category" },
    { "\"zones\": [\"40\"]", "\"zones\": [\"41\"]", "day-passes[0].zones" },
    { "\"max-per-organisation\": 2", "\"max-per-organisation\": 0",
      "day-passes[0].max-per-organisation" },
    { "\"max-per-organisation\": 2", "\"max-per-organization\": 2",
      "day-passes[0].max-per-organization" },
    { "\"code\": \"works\"", "\"code\": \"guest-day\"", "day-passes[1].code" },
    { "\"self-service\"", "\"document-check\": \"yes\", \"self-service\"",
      "categories[0].document-check" },
    { "\"self-service\"", "\"photo-required\": \"yes\", \"self-service\"",
      "categories[0].photo-required" },
    { "\"en\", \"es\"", "\"../en\"", "languages" },
    { "\"name\": \"Tidewater Cup\"", "\"name\": \"Tide\\u0007water\"", "event.name" },
    { "\"Lighthouse Ground\"", "\"\"", "venues[0].label" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    try_text (fixture, cases[i].from, cases[i].to, cases[i].part);
}

/* Packs of before say nothing of documents; then they are good for nothing. */
static void
test_documents (PackFixture *fixture, gconstpointer data)
{
  g_autofree char *manifest = pack_fixture_path (fixture, "manifest.cbor");
  JsonNode *node = read_json (fixture, "pack.json");
  g_autoptr (LanyardPack) before = NULL;
  g_autoptr (LanyardPack) after = NULL;
  JsonObject *documents = json_object_new ();
  JsonObject *category;
  const LanyardRules *rules;
  const char *member;

  g_unlink (manifest);
  before = lanyard_pack_load (fixture->directory, NULL, 0, NULL);
  rules = lanyard_pack_get_rules (before);
  g_assert_false (rules->documents.identify);
  g_assert_false (rules->documents.accept_expired);
  g_assert_false (rules->documents.compare_nationality);
  category = walk (json_node_get_object (node), "categories[0].code", &member);
  g_assert_false (
      lanyard_rules_get_category (rules, json_object_get_string_member (category, "code"))
          ->document_check);

  json_object_set_boolean_member (documents, "identify", TRUE);
  json_object_set_boolean_member (documents, "accept-expired", TRUE);
  json_object_set_boolean_member (documents, "icao-nationalities", TRUE);
  json_object_set_object_member (
      json_object_get_object_member (json_node_get_object (node), "rules"), "documents", documents);
  json_object_set_boolean_member (category, "document-check", TRUE);
  write_json (fixture, "pack.json", node);
  after = lanyard_pack_load (fixture->directory, NULL, 0, NULL);
  rules = lanyard_pack_get_rules (after);
  g_assert_true (rules->documents.identify);
  g_assert_true (rules->documents.accept_expired);
  g_assert_true (rules->documents.compare_nationality);
  g_assert_true (
      lanyard_rules_get_category (rules, json_object_get_string_member (category, "code"))
          ->document_check);
  json_node_unref (node);
}

/* Packs of before say nothing of photos; then nobody is asked for one. */
static void
test_photo_required (PackFixture *fixture, gconstpointer data)
{
  g_autofree char *manifest = pack_fixture_path (fixture, "manifest.cbor");

  g_unlink (manifest);
  for (guint i = 0; i < 2; i++)
    {
      JsonNode *node = read_json (fixture, "pack.json");
      g_autoptr (LanyardPack) pack = NULL;
      JsonObject *category;
      const char *member, *code;

      category = walk (json_node_get_object (node), "categories[0].code", &member);
      code = json_object_get_string_member (category, "code");
      if (i == 1)
        json_object_set_boolean_member (category, "photo-required", TRUE);
      write_json (fixture, "pack.json", node);
      pack = lanyard_pack_load (fixture->directory, NULL, 0, NULL);
      g_assert_nonnull (pack);
      g_assert_cmpint (lanyard_rules_need_photo (lanyard_pack_get_rules (pack), code), ==, i == 1);
      g_assert_false (lanyard_rules_need_photo (lanyard_pack_get_rules (pack), "NO-SUCH"));
      g_assert_false (lanyard_rules_need_photo (lanyard_pack_get_rules (pack), NULL));
      json_node_unref (node);
    }
}

static LanyardSymbologies
load_symbologies (PackFixture *fixture)
{
  g_autoptr (LanyardPack) pack = lanyard_pack_load (fixture->directory, NULL, 0, NULL);

  g_assert_nonnull (pack);
  return lanyard_pack_get_rules (pack)->symbologies;
}

/* Packs that say nothing leave codes of shops alone; QR codes, which badges are, stay in any case.
 */
static void
test_symbologies (PackFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *name;
    LanyardSymbology symbology;
  } all[] = {
    { "qr", LANYARD_SYMBOLOGY_QR },
    { "code128", LANYARD_SYMBOLOGY_CODE128 },
    { "code39", LANYARD_SYMBOLOGY_CODE39 },
    { "itf", LANYARD_SYMBOLOGY_ITF },
    { "codabar", LANYARD_SYMBOLOGY_CODABAR },
    { "ean13", LANYARD_SYMBOLOGY_EAN13 },
    { "ean8", LANYARD_SYMBOLOGY_EAN8 },
    { "upca", LANYARD_SYMBOLOGY_UPCA },
    { "upce", LANYARD_SYMBOLOGY_UPCE },
    { "pdf417", LANYARD_SYMBOLOGY_PDF417 },
    { "data-matrix", LANYARD_SYMBOLOGY_DATA_MATRIX },
    { "mrz", LANYARD_SYMBOLOGY_MRZ },
  };
  g_autofree char *manifest = pack_fixture_path (fixture, "manifest.cbor");
  JsonNode *node = read_json (fixture, "pack.json");
  JsonArray *names = json_array_new ();
  LanyardSymbologies before, after;

  g_unlink (manifest);
  before = load_symbologies (fixture);
  g_assert_true (before & LANYARD_SYMBOLOGY_BIT (LANYARD_SYMBOLOGY_CODE128));
  g_assert_true (before & LANYARD_SYMBOLOGY_BIT (LANYARD_SYMBOLOGY_PDF417));
  g_assert_true (before & LANYARD_SYMBOLOGY_BIT (LANYARD_SYMBOLOGY_MRZ));
  g_assert_false (before & LANYARD_SYMBOLOGY_BIT (LANYARD_SYMBOLOGY_EAN13));
  g_assert_false (before & LANYARD_SYMBOLOGY_BIT (LANYARD_SYMBOLOGY_UPCE));
  /* Each name is the one that it is taken for. */
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      JsonArray *one = json_array_new ();

      json_array_add_string_element (one, all[i].name);
      json_object_set_array_member (
          json_object_get_object_member (json_node_get_object (node), "rules"), "symbologies", one);
      write_json (fixture, "pack.json", node);
      g_assert_cmphex (load_symbologies (fixture), ==,
                       LANYARD_SYMBOLOGY_BIT (LANYARD_SYMBOLOGY_QR)
                           | LANYARD_SYMBOLOGY_BIT (all[i].symbology));
    }
  json_array_add_string_element (names, "code39");
  json_array_add_string_element (names, "ean13");
  json_object_set_array_member (
      json_object_get_object_member (json_node_get_object (node), "rules"), "symbologies", names);
  write_json (fixture, "pack.json", node);
  after = load_symbologies (fixture);
  g_assert_cmphex (after, ==,
                   LANYARD_SYMBOLOGY_BIT (LANYARD_SYMBOLOGY_QR)
                       | LANYARD_SYMBOLOGY_BIT (LANYARD_SYMBOLOGY_CODE39)
                       | LANYARD_SYMBOLOGY_BIT (LANYARD_SYMBOLOGY_EAN13));
  json_node_unref (node);
}

static void
test_not_json (PackFixture *fixture, gconstpointer data)
{
  g_autoptr (GString) deep = g_string_new (NULL);
  g_autoptr (GString) quoted = g_string_new (NULL);
  g_autofree char *hidden = NULL;

  pack_fixture_write (fixture, "pack.json", "{ \"format\": ");
  assert_refused (fixture, LANYARD_ERROR_INVALID, "pack.json must be JSON");
  pack_fixture_write (fixture, "pack.json", "");
  assert_refused (fixture, LANYARD_ERROR_INVALID, "pack.json");
  pack_fixture_write (fixture, "pack.json", "[]");
  assert_refused (fixture, LANYARD_ERROR_INVALID, "pack.json must be a JSON object");
  pack_fixture_write (fixture, "pack.json", "{\"format\": \"\xff\"}");
  assert_refused (fixture, LANYARD_ERROR_INVALID, "pack.json must be UTF-8");
  for (guint i = 0; i < 100000; i++)
    g_string_append (deep, "[");
  pack_fixture_write (fixture, "pack.json", deep->str);
  assert_refused (fixture, LANYARD_ERROR_INVALID, "nested");
  /* json-glib knows comments: a quote in one does not make a text of what follows. */
  hidden = g_strconcat ("/* \" */ {\"format\": ", deep->str, NULL);
  pack_fixture_write (fixture, "pack.json", hidden);
  assert_refused (fixture, LANYARD_ERROR_INVALID, "comments");
  /* It quotes what it stumbles over, and cuts that; letters of two bytes are cut in two. */
  for (guint i = 0; i < 200; i++)
    g_string_append (quoted, "\u00e9");
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"%s%s\" 1}", i == 0 ? "" : "x", quoted->str);

      pack_fixture_write (fixture, "pack.json", text);
      assert_refused (fixture, LANYARD_ERROR_INVALID, "pack.json must be JSON");
    }
}

static void
test_texts (PackFixture *fixture, gconstpointer data)
{
  g_autofree char *path = pack_fixture_path (fixture, "texts/es.json");

  pack_fixture_write (fixture, "texts/es.json", "{\"labels\": {\"venues\": {\"999\": \"x\"}}}");
  assert_refused (fixture, LANYARD_ERROR_INVALID, "labels.venues.999");
  pack_fixture_write (fixture, "texts/es.json", "{\"labels\": {\"venue\": {}}}");
  assert_refused (fixture, LANYARD_ERROR_INVALID, "texts/es.json, labels.venue");
  pack_fixture_write (fixture, "texts/es.json", "{\"texts\": {\"help\": 3}}");
  assert_refused (fixture, LANYARD_ERROR_INVALID, "texts.help");
  pack_fixture_write (fixture, "texts/es.json", "{\"text\": {}}");
  assert_refused (fixture, LANYARD_ERROR_INVALID, "texts/es.json, text");
  g_assert_cmpint (g_unlink (path), ==, 0);
  assert_refused (fixture, LANYARD_ERROR_NOT_FOUND, "texts/es.json");
}

#define ADD(name, function)                                                                        \
  g_test_add ("/pack/json/" name, PackFixture, "small-cup", pack_fixture_set_up, function,         \
              pack_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  ADD ("required", test_required);
  ADD ("null", test_null);
  ADD ("wrong-type", test_wrong_type);
  ADD ("nested-type", test_nested_type);
  ADD ("values", test_values);
  ADD ("documents", test_documents);
  ADD ("photo-required", test_photo_required);
  ADD ("symbologies", test_symbologies);
  ADD ("not-json", test_not_json);
  ADD ("texts", test_texts);
  return g_test_run ();
}
