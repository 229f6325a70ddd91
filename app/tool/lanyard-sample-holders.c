/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-tool"

#include "lanyard-sample-holders.h"

#include <cairo.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "lanyard-credential.h"
#include "lanyard-error.h"
#include "lanyard-id.h"

#define PHOTO_WIDTH_PX 300
#define PHOTO_HEIGHT_PX 400
#define HOLDERS_FILE "check/holders.jsonl"
#define MAX_HOLDERS 200
#define NUMBER_STEM "26SAMPLE0"
/* Of those with "privileges": "some". */
#define SOME_CODES 3
/* Of those with "all": more venues than that are a whole event. */
#define MAX_VENUES 60
/* Fixed, so that the same proof is the same file. */
#define VALID_FROM "2033-07-15T00:00:00Z"
#define VALID_UNTIL "2033-08-15T00:00:00Z"

/* What a pack without holders of its own is tried with: lines of the same format. */
static const char DEFAULT_HOLDERS[]
    = "{\"holder_id\":\"ordinary\",\"given_name\":\"Robin\",\"family_name\":\"Sampleton\","
      "\"print_name\":\"Robin SAMPLETON\",\"function\":\"Team leader\"}\n"
      "{\"holder_id\":\"longest\",\"print_name\":\"Maximiliana-Konstantina Alexandropoulou von"
      " Hohenstein-Wallenberg de la Cruz Lua\",\"local_name\":\"Μαξιμιλιάνα-Κωνσταντίνα"
      " Αλεξανδροπούλου φον Χοενστάιν\",\"language\":\"el\",\"function\":\"Deputy Head of "
      "Delegation"
      " Services and Accommodation, West Shore\",\"privileges\":\"all\"}\n"
      "{\"holder_id\":\"longest-word\",\"print_name\":\"Tiana"
      " SAMBATIRANJATOVORAHASINAKOTONIRINA\",\"function\":\"Kommunikationsverantwortliche\","
      "\"privileges\":\"all\"}\n"
      "{\"holder_id\":\"single-name\",\"family_name\":\"Sukarnowati\",\"print_name\":"
      "\"Sukarnowati\",\"function\":\"Technician\"}\n"
      "{\"holder_id\":\"shortest\",\"print_name\":\"U\",\"organisation\":\"\",\"privileges\":"
      "\"none\"}\n"
      "{\"holder_id\":\"no-photo\",\"print_name\":\"Marta VILLANUEVA\",\"function\":\"Rowing, "
      "double"
      " sculls\",\"photo\":false}\n"
      "{\"holder_id\":\"vietnamese\",\"print_name\":\"NGUYỄN PHƯƠNG Thảo "
      "Uyên\",\"language\":\"vi\","
      "\"function\":\"Interpreter\"}\n"
      "{\"holder_id\":\"cyrillic\",\"print_name\":\"Aleksandra VOZNESENSKAIA-SHCHERBATOVA\","
      "\"local_name\":\"Александра Вознесенская-Щербатова\",\"language\":\"ru\",\"function\":"
      "\"Physiotherapist\"}\n"
      "{\"holder_id\":\"arabic\",\"print_name\":\"Layla AL-HARITHI\",\"local_name\":\"ليلى بنت عبد "
      "الله"
      " بن عبد الرحمن الحارثي\",\"language\":\"ar\",\"function\":\"Photographer\"}\n"
      "{\"holder_id\":\"hebrew\",\"print_name\":\"Yael BEN-SHIMON HALEVI\",\"local_name\":\"יעל"
      " בן־שמעון הלוי\",\"language\":\"he\",\"function\":\"Judge\"}\n"
      "{\"holder_id\":\"devanagari\",\"print_name\":\"Ashwatthama KRISHNAMURTHY\",\"local_name\":"
      "\"अश्वत्थामा कृष्णमूर्ति श्रीवास्तव\",\"language\":\"hi\",\"function\":\"Coach\"}\n"
      "{\"holder_id\":\"thai\",\"print_name\":\"Anong RATTANAKOSIN\",\"local_name\":\"แม็กซิมิเลียนา"
      " คอนสแตนตินา ณ อยุธยา\",\"language\":\"th\",\"function\":\"Physiotherapist\"}\n"
      "{\"holder_id\":\"japanese\",\"print_name\":\"Haruka MIZUSHIMA-FUJIWARA\",\"local_name\":"
      "\"水島藤原 春香\",\"language\":\"ja\",\"function\":\"Chief judge\"}\n"
      "{\"holder_id\":\"chinese\",\"print_name\":\"OUYANG "
      "Tianchenyu\",\"local_name\":\"欧阳天晨宇\","
      "\"language\":\"zh-Hans\",\"function\":\"Rower\"}\n"
      "{\"holder_id\":\"chinese-traditional\",\"print_name\":\"OUYANG "
      "Tien-chen-yu\",\"local_name\":"
      "\"歐陽天晨宇\",\"language\":\"zh-Hant\",\"function\":\"Rower\"}\n"
      "{\"holder_id\":\"korean\",\"print_name\":\"NAMGUNG Haneulbyeolbora\",\"local_name\":\"남궁"
      " 하늘별보라\",\"language\":\"ko\",\"function\":\"Archer\"}\n";

static const struct
{
  LanyardCodes which;
  gsize offset; /* of the char ** in LanyardEntry */
} LISTS[] = {
  { LANYARD_CODES_VENUE, G_STRUCT_OFFSET (LanyardEntry, venues) },
  { LANYARD_CODES_ZONE, G_STRUCT_OFFSET (LanyardEntry, zones) },
  { LANYARD_CODES_TRANSPORT, G_STRUCT_OFFSET (LanyardEntry, transport) },
  { LANYARD_CODES_SEATING, G_STRUCT_OFFSET (LanyardEntry, seating) },
};

static gboolean
fail (GError **error, guint line, const char *why)
{
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
               "Line %u of the pack's " HOLDERS_FILE ": %s; docs/templates.md has the format.",
               line, why);
  return FALSE;
}

/* Returns: (transfer full): the first @max codes of a list of the pack */
static char **
take_codes (LanyardPack *pack, LanyardCodes which, guint max)
{
  GPtrArray *codes = lanyard_pack_get_codes (pack, which);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < MIN (codes->len, max); i++)
    g_strv_builder_add (builder, ((const LanyardCode *)g_ptr_array_index (codes, i))->code);
  return g_strv_builder_end (builder);
}

/* Codes for every list that the line does not have itself. */
static void
add_privileges (LanyardEntry *entry, LanyardPack *pack, const char *privileges)
{
  guint max = g_str_equal (privileges, "all")    ? G_MAXUINT
              : g_str_equal (privileges, "none") ? 0
                                                 : SOME_CODES;

  for (guint i = 0; i < G_N_ELEMENTS (LISTS); i++)
    {
      char ***list = G_STRUCT_MEMBER_P (entry, LISTS[i].offset);

      if (*list[0] != NULL)
        continue;
      g_strfreev (*list);
      *list = take_codes (pack, LISTS[i].which,
                          LISTS[i].which == LANYARD_CODES_VENUE ? MIN (max, MAX_VENUES) : max);
    }
}

/* The organisation whose name is longest; the first for those with few privileges. */
static char *
choose_organisation (LanyardPack *pack, const char *privileges)
{
  GPtrArray *rows = lanyard_pack_get_codes (pack, LANYARD_CODES_ORGANISATION);
  const LanyardCode *chosen = rows->len > 0 ? g_ptr_array_index (rows, 0) : NULL;

  for (guint i = 0; i < rows->len && g_str_equal (privileges, "all"); i++)
    {
      const LanyardCode *row = g_ptr_array_index (rows, i);

      if (g_utf8_strlen (lanyard_code_get_label (row, NULL), -1)
          > g_utf8_strlen (lanyard_code_get_label (chosen, NULL), -1))
        chosen = row;
    }
  return chosen != NULL ? g_strdup (chosen->code) : NULL;
}

static void
set_default (JsonObject *object, const char *member, const char *value)
{
  if (!json_object_has_member (object, member))
    json_object_set_string_member (object, member, value);
}

/* Takes a member that rosters do not have out of @object. Returns: (transfer full): its text */
static char *
take_text (JsonObject *object, const char *member, const char *fallback)
{
  const char *given = json_object_get_string_member_with_default (object, member, fallback);
  char *text = g_strdup (given != NULL ? given : "");

  if (json_object_has_member (object, member))
    json_object_remove_member (object, member);
  return text;
}

static gboolean
take_photo (JsonObject *object)
{
  gboolean has_photo = json_object_get_boolean_member_with_default (object, "photo", TRUE);

  if (json_object_has_member (object, "photo"))
    json_object_remove_member (object, "photo");
  return has_photo;
}

/* Returns: (transfer full) (nullable): what @object says, with all that a roster needs */
static LanyardEntry *
parse_entry (JsonObject *object, GError **error)
{
  g_autofree char *number
      = g_strdup_printf (NUMBER_STEM "%c", lanyard_check_character (NUMBER_STEM));
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;

  set_default (object, "number", number);
  set_default (object, "valid_from", VALID_FROM);
  set_default (object, "valid_until", VALID_UNTIL);
  set_default (object, "category", "-");
  json_node_set_object (node, object);
  text = json_to_string (node, FALSE);
  return lanyard_entry_parse_json (text, -1, error);
}

static LanyardSampleHolder *
parse_holder (LanyardPack *pack, JsonObject *object, guint line, GError **error)
{
  g_autoptr (LanyardSampleHolder) holder = g_new0 (LanyardSampleHolder, 1);
  g_autofree char *privileges = take_text (object, "privileges", "some");
  gboolean has_organisation = json_object_has_member (object, "organisation");
  g_autoptr (GError) local = NULL;

  holder->has_photo = take_photo (object);
  holder->category
      = g_strdup (json_object_get_string_member_with_default (object, "category", NULL));
  holder->entry = parse_entry (object, &local);
  if (holder->entry == NULL)
    return fail (error, line, local->message), NULL;
  if (holder->category != NULL
      && lanyard_pack_find_code (pack, LANYARD_CODES_CATEGORY, holder->category) == NULL)
    return fail (error, line, "category is not one of the pack"), NULL;
  if (!g_str_equal (privileges, "all") && !g_str_equal (privileges, "some")
      && !g_str_equal (privileges, "none"))
    return fail (error, line, "privileges is none of all, some and none"), NULL;
  holder->name = g_strdup (holder->entry->holder_id);
  add_privileges (holder->entry, pack, privileges);
  if (!has_organisation)
    holder->entry->organisation = choose_organisation (pack, privileges);
  return g_steal_pointer (&holder);
}

static LanyardSampleHolder *
parse_line (LanyardPack *pack, const char *text, guint line, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonNode *root;

  if (!json_parser_load_from_data (parser, text, -1, NULL))
    return fail (error, line, "it is not JSON"), NULL;
  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return fail (error, line, "it is not one JSON object"), NULL;
  return parse_holder (pack, json_node_get_object (root), line, error);
}

void
lanyard_sample_holder_free (LanyardSampleHolder *holder)
{
  if (holder == NULL)
    return;
  g_free (holder->name);
  g_clear_pointer (&holder->entry, lanyard_entry_free);
  g_free (holder->category);
  g_free (holder);
}

GPtrArray *
lanyard_sample_holders_load (LanyardPack *pack, GError **error)
{
  g_autoptr (GBytes) own = lanyard_pack_dup_holders (pack);
  g_autofree char *text = own != NULL
                              ? g_strndup (g_bytes_get_data (own, NULL), g_bytes_get_size (own))
                              : g_strdup (DEFAULT_HOLDERS);
  g_auto (GStrv) lines = g_strsplit (text, "\n", MAX_HOLDERS + 1);
  g_autoptr (GPtrArray) holders
      = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_sample_holder_free);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      LanyardSampleHolder *holder;

      if (*g_strstrip (lines[i]) == '\0')
        continue;
      if (i >= MAX_HOLDERS)
        return fail (error, i + 1, "there are more than 200 lines"), NULL;
      holder = parse_line (pack, lines[i], i + 1, error);
      if (holder == NULL)
        return NULL;
      g_ptr_array_add (holders, holder);
    }
  if (holders->len == 0)
    return fail (error, 1, "there is nobody in it"), NULL;
  return g_steal_pointer (&holders);
}

LanyardEntry *
lanyard_sample_holder_dup_entry (const LanyardSampleHolder *holder, const char *category)
{
  LanyardEntry *entry = lanyard_entry_copy (holder->entry);

  g_free (entry->category);
  entry->category = g_strdup (category);
  return entry;
}

static cairo_status_t
on_png_data (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

GBytes *
lanyard_sample_photo_new (void)
{
  GByteArray *png = g_byte_array_new ();
  cairo_surface_t *surface
      = cairo_image_surface_create (CAIRO_FORMAT_RGB24, PHOTO_WIDTH_PX, PHOTO_HEIGHT_PX);
  cairo_t *cr = cairo_create (surface);

  cairo_set_source_rgb (cr, 0.85, 0.88, 0.92);
  cairo_paint (cr);
  cairo_set_source_rgb (cr, 0.45, 0.5, 0.56);
  cairo_arc (cr, PHOTO_WIDTH_PX / 2.0, 160, 80, 0, 2 * G_PI);
  cairo_fill (cr);
  cairo_arc (cr, PHOTO_WIDTH_PX / 2.0, 420, 150, G_PI, 2 * G_PI);
  cairo_fill (cr);
  cairo_destroy (cr);
  cairo_surface_write_to_png_stream (surface, on_png_data, png);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (png);
}

char *
lanyard_sample_credential_new (LanyardPack *pack, const LanyardEntry *entry, const char *serial)
{
  static const guint8 seed[LANYARD_SEED_BYTES] = "lanyard specimen, not secret";
  g_autoptr (LanyardKey) key = lanyard_key_new_from_seed (seed);
  g_autoptr (LanyardClaims) claims = lanyard_claims_new ();
  g_autoptr (GStrvBuilder) privileges = g_strv_builder_new ();

  g_strv_builder_addv (privileges, (const char **)entry->zones);
  g_strv_builder_addv (privileges, (const char **)entry->transport);
  claims->kind = LANYARD_CREDENTIAL_BADGE;
  claims->event = g_strdup (lanyard_pack_get_event (pack));
  claims->number = g_strdup (entry->number);
  claims->serial = g_strdup (serial);
  claims->sequence = 1;
  claims->category = g_strdup (entry->category);
  g_strfreev (claims->privileges);
  claims->privileges = g_strv_builder_end (privileges);
  if (lanyard_pack_get_name_in_credential (pack))
    claims->name = g_strdup (entry->print_name);
  claims->issued_s = entry->valid_from_s;
  claims->expires_s = entry->valid_until_s;
  return lanyard_credential_sign (claims, key);
}
