/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "badge-fixture.h"

#include <fontconfig/fontconfig.h>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <pango/pangocairo.h>
#include <stdio.h>
#include <string.h>

#include "lanyard-credential.h"
#include "lanyard-id.h"

#define NOW_S G_GINT64_CONSTANT (2000000000)

static const struct
{
  const char *print_name;
  const char *local_name;
  const char *language;
  const char *function;
  const char *organisation; /* NULL: the first of the pack */
} PERSONS[BADGE_N_PERSONS] = {
  [BADGE_PERSON_PLAIN] = { "Marta VILLANUEVA", NULL, "en", "Rowing, double sculls", NULL },
  [BADGE_PERSON_SHORTEST] = { "U", NULL, NULL, NULL, "" },
  [BADGE_PERSON_LONGEST]
  = { "Maximiliana-Konstantina Alexandropoulou von Hohenstein-Wallenberg de la Cruz Lua",
      "Μαξιμιλιάνα-Κωνσταντίνα Αλεξανδροπούλου φον Χοενστάιν", "el",
      "Deputy Head of Delegation Services and Accommodation, West Shore",
      "Confederation of International Federations of Wheel Water Sports" },
  [BADGE_PERSON_ARABIC]
  = { "Layla AL-HARITHI", "ليلى بنت عبد الله الحارثي", "ar", "Photographer", NULL },
  [BADGE_PERSON_JAPANESE]
  = { "Haruka MIZUSHIMA-FUJIWARA", "水島藤原 春香", "ja", "Chief judge", NULL },
  [BADGE_PERSON_THAI]
  = { "Anong Rattanakosin", "แม็กซิมิเลียนา คอนสแตนตินา ณ อยุธยา", "th", "Physiotherapist", NULL },
};

static char **
dup_codes (LanyardPack *pack, LanyardCodes which, guint max)
{
  GPtrArray *rows = lanyard_pack_get_codes (pack, which);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < MIN (rows->len, max); i++)
    g_strv_builder_add (builder, ((const LanyardCode *)g_ptr_array_index (rows, i))->code);

  return g_strv_builder_end (builder);
}

static void
set_codes (LanyardEntry *entry, LanyardPack *pack, BadgePerson person)
{
  guint max = person == BADGE_PERSON_LONGEST ? G_MAXUINT : person == BADGE_PERSON_SHORTEST ? 0 : 3;
  guint max_venues = person == BADGE_PERSON_LONGEST ? 60 : max * 2;

  g_strfreev (entry->venues);
  entry->venues = dup_codes (pack, LANYARD_CODES_VENUE, max_venues);
  g_strfreev (entry->zones);
  entry->zones = dup_codes (pack, LANYARD_CODES_ZONE, max);
  g_strfreev (entry->transport);
  entry->transport = dup_codes (pack, LANYARD_CODES_TRANSPORT, max);
  g_strfreev (entry->seating);
  entry->seating = dup_codes (pack, LANYARD_CODES_SEATING, max);
}

LanyardPack *
badge_fixture_load (const char *name)
{
  g_autofree char *path
      = g_build_filename (g_getenv ("LANYARD_SOURCE_ROOT"), "resources", "packs", name, NULL);
  g_autoptr (GError) error = NULL;
  LanyardPack *pack = lanyard_pack_load (path, NULL, 0, &error);

  g_assert_no_error (error);

  return pack;
}

LanyardEntry *
badge_fixture_entry (LanyardPack *pack, BadgePerson person)
{
  LanyardEntry *entry = lanyard_entry_new ();
  const LanyardCode *category
      = g_ptr_array_index (lanyard_pack_get_codes (pack, LANYARD_CODES_CATEGORY), 0);
  const LanyardCode *organisation
      = g_ptr_array_index (lanyard_pack_get_codes (pack, LANYARD_CODES_ORGANISATION), 0);
  const char *words = PERSONS[person].organisation;

  entry->holder_id = g_strdup ("made-up");
  entry->print_name = g_strdup (PERSONS[person].print_name);
  entry->local_name = g_strdup (PERSONS[person].local_name);
  entry->language = g_strdup (PERSONS[person].language);
  entry->function = g_strdup (PERSONS[person].function);
  entry->organisation = words == NULL    ? g_strdup (organisation->code)
                        : *words != '\0' ? g_strdup (words)
                                         : NULL;
  entry->category = g_strdup (category->code);
  entry->number = g_strdup_printf ("330000471%c", lanyard_check_character ("330000471"));
  entry->valid_from_s = NOW_S;
  entry->valid_until_s = NOW_S + 30 * 24 * 3600;
  set_codes (entry, pack, person);

  return entry;
}

char *
badge_fixture_credential (LanyardPack *pack, const LanyardEntry *entry)
{
  static const guint8 seed[LANYARD_SEED_BYTES] = "badge fixture";
  g_autoptr (LanyardKey) key = lanyard_key_new_from_seed (seed);
  g_autoptr (LanyardClaims) claims = lanyard_claims_new ();
  g_autoptr (GStrvBuilder) privileges = g_strv_builder_new ();

  g_strv_builder_addv (privileges, (const char **)entry->zones);
  g_strv_builder_addv (privileges, (const char **)entry->transport);
  g_strfreev (claims->privileges);
  claims->kind = LANYARD_CREDENTIAL_BADGE;
  claims->event = g_strdup (lanyard_pack_get_event (pack));
  claims->number = g_strdup (entry->number);
  claims->serial = g_strdup ("K0471-000123Q");
  claims->sequence = 3;
  claims->category = g_strdup (entry->category);
  claims->privileges = g_strv_builder_end (privileges);
  claims->name = lanyard_pack_get_name_in_credential (pack) ? g_strdup (entry->print_name) : NULL;
  claims->issued_s = entry->valid_from_s;
  claims->expires_s = entry->valid_until_s;

  return lanyard_credential_sign (claims, key);
}

GBytes *
badge_fixture_photo (guint32 colour)
{
  static const char comment[] = "\xff\xfe\x00\x10secret-comment";
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 600, 800);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree char *data = NULL;
  gsize n_bytes;

  gdk_pixbuf_fill (pixbuf, colour);
  g_assert_true (gdk_pixbuf_save_to_buffer (pixbuf, &data, &n_bytes, "jpeg", NULL, NULL));
  /* Behind the first marker, where cameras put what they know about the picture. */
  g_byte_array_append (bytes, (const guint8 *)data, 2);
  g_byte_array_append (bytes, (const guint8 *)comment, 2 + 0x10);
  g_byte_array_append (bytes, (const guint8 *)data + 2, n_bytes - 2);

  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

LanyardBadge *
badge_fixture_badge (LanyardPack *pack, const char *template)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) svg = lanyard_pack_dup_template_named (pack, template, &error);
  LanyardBadge *badge;

  g_assert_no_error (error);
  badge = lanyard_badge_new (svg, pack, &error);
  g_assert_no_error (error);

  return badge;
}

guint
badge_fixture_media_box (GBytes *pdf, double box[2])
{
  gsize n_bytes;
  const char *text = g_bytes_get_data (pdf, &n_bytes);
  const char *p = text;
  guint n_pages = 0;

  while ((p = memmem (p, n_bytes - (p - text), "/MediaBox [", 11)) != NULL)
    {
      double sides[4];

      p += 11;
      g_assert_cmpint (sscanf (p, " %lf %lf %lf %lf", &sides[0], &sides[1], &sides[2], &sides[3]),
                       ==, 4);
      g_assert_cmpfloat_with_epsilon (sides[0], 0.0, 1e-9);
      g_assert_cmpfloat_with_epsilon (sides[1], 0.0, 1e-9);
      box[0] = sides[2] / 72.0 * 25.4;
      box[1] = sides[3] / 72.0 * 25.4;
      n_pages++;
    }

  return n_pages;
}

int
badge_fixture_finish (int status)
{
  pango_cairo_font_map_set_default (NULL);
  cairo_debug_reset_static_data ();
  FcFini ();

  return status;
}
