/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-tool"

#include "lanyard-sample-holder.h"

#include <cairo.h>

#include "lanyard-clock.h"
#include "lanyard-credential.h"
#include "lanyard-id.h"

#define PHOTO_WIDTH_PX 300
#define PHOTO_HEIGHT_PX 400
#define VALIDITY_S (30 * 24 * 3600)

static const struct
{
  const char *name;
  const char *given_name;
  const char *family_name;
  const char *print_name;
  const char *local_name;
  const char *function;
  guint max_codes; /* privileges of each kind */
} samples[LANYARD_N_SAMPLES] = {
  [LANYARD_SAMPLE_ORDINARY]
  = { "ordinary", "Robin", "Sampleton", "Robin SAMPLETON", NULL, "Team leader", 1 },
  [LANYARD_SAMPLE_LONG] = { "long", "Maximiliana Theodora", "Mustermann-Beispielhausen",
                            "Maximiliana Theodora MUSTERMANN-BEISPIELHAUSEN",
                            "ماكسيميليانا ثيودورا موسترمان بايشبيلهاوزن",
                            "Deputy head of venue communications", G_MAXUINT },
  [LANYARD_SAMPLE_SHORT] = { "short", NULL, "Io", "IO", "伊", NULL, 0 },
};

const char *
lanyard_sample_to_string (LanyardSample sample)
{
  return samples[sample].name;
}

/* Returns: (transfer full): the first @max codes of a list of the pack */
static char **
take_codes (LanyardPack *pack, LanyardCodes which, guint max)
{
  GPtrArray *codes = lanyard_pack_get_codes (pack, which);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < MIN (codes->len, max); i++)
    {
      const LanyardCode *code = g_ptr_array_index (codes, i);

      g_strv_builder_add (builder, code->code);
    }
  return g_strv_builder_end (builder);
}

static void
replace_codes (char ***codes, LanyardPack *pack, LanyardCodes which, guint max)
{
  g_strfreev (*codes);
  *codes = take_codes (pack, which, max);
}

LanyardEntry *
lanyard_sample_holder_new (LanyardPack *pack, const char *category, LanyardSample sample)
{
  LanyardEntry *entry = lanyard_entry_new ();
  GPtrArray *organisations = lanyard_pack_get_codes (pack, LANYARD_CODES_ORGANISATION);
  guint max = samples[sample].max_codes;
  const char *number = "26SAMPLE0";

  entry->holder_id = g_strdup_printf ("sample-%s", samples[sample].name);
  entry->given_name = g_strdup (samples[sample].given_name);
  entry->family_name = g_strdup (samples[sample].family_name);
  entry->print_name = g_strdup (samples[sample].print_name);
  entry->local_name = g_strdup (samples[sample].local_name);
  entry->function = g_strdup (samples[sample].function);
  entry->number = g_strdup_printf ("%s%c", number, lanyard_check_character (number));
  entry->category = g_strdup (category);
  if (organisations->len > 0)
    {
      const LanyardCode *code = g_ptr_array_index (organisations, 0);

      entry->organisation = g_strdup (code->code);
    }
  replace_codes (&entry->venues, pack, LANYARD_CODES_VENUE, MIN (max, 12));
  replace_codes (&entry->zones, pack, LANYARD_CODES_ZONE, max);
  replace_codes (&entry->transport, pack, LANYARD_CODES_TRANSPORT, max);
  replace_codes (&entry->seating, pack, LANYARD_CODES_SEATING, max);
  entry->valid_from_s = lanyard_clock_wall_us (lanyard_clock_system ()) / G_USEC_PER_SEC;
  entry->valid_until_s = entry->valid_from_s + VALIDITY_S;
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
lanyard_sample_credential_new (LanyardPack *pack, const LanyardEntry *entry)
{
  g_autoptr (LanyardKey) key = lanyard_key_generate ();
  g_autoptr (LanyardClaims) claims = lanyard_claims_new ();
  g_autoptr (GStrvBuilder) privileges = g_strv_builder_new ();

  g_strv_builder_addv (privileges, (const char **)entry->zones);
  g_strv_builder_addv (privileges, (const char **)entry->transport);
  claims->kind = LANYARD_CREDENTIAL_BADGE;
  claims->event = g_strdup (lanyard_pack_get_event (pack));
  claims->number = g_strdup (entry->number);
  claims->serial = g_strdup ("K0000-0000000");
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
