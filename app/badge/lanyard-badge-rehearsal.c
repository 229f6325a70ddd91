/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-badge"

#include "lanyard-badge-rehearsal.h"

#include "lanyard-badge.h"

#define PHOTO_WIDTH_PX 600
#define PHOTO_HEIGHT_PX 800
/* About as long as a signed credential. */
#define CREDENTIAL_CHARS 240
#define VALIDITY_S (24 * 3600)
#define MAX_CODES 3

struct _LanyardBadgeRehearsal
{
  LanyardPack *pack; /* owned */
  GBytes *photo;     /* owned */
  guint next;        /* first the templates, then the languages behind the first */
};

static guint
count_languages (const LanyardBadgeRehearsal *rehearsal)
{
  return g_strv_length ((char **)lanyard_pack_get_languages (rehearsal->pack));
}

static cairo_status_t
on_write (void *closure, const unsigned char *data, unsigned int n_bytes)
{
  g_byte_array_append (closure, data, n_bytes);

  return CAIRO_STATUS_SUCCESS;
}

/* Grey, of the size that cameras of a desk make. */
static GBytes *
make_photo (void)
{
  GByteArray *png = g_byte_array_new ();
  cairo_surface_t *surface
      = cairo_image_surface_create (CAIRO_FORMAT_RGB24, PHOTO_WIDTH_PX, PHOTO_HEIGHT_PX);

  cairo_surface_write_to_png_stream (surface, on_write, png);
  cairo_surface_destroy (surface);

  return g_byte_array_free_to_bytes (png);
}

static void
take_codes (char ***codes, LanyardPack *pack, LanyardCodes which)
{
  GPtrArray *rows = lanyard_pack_get_codes (pack, which);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < MIN (rows->len, MAX_CODES); i++)
    g_strv_builder_add (builder, ((const LanyardCode *)g_ptr_array_index (rows, i))->code);
  g_strfreev (*codes);
  *codes = g_strv_builder_end (builder);
}

/* Returns: (transfer none): a category whose badge has @template; any when none has */
static const char *
find_category (LanyardPack *pack, const char *template)
{
  GPtrArray *rows = lanyard_pack_get_codes (pack, LANYARD_CODES_CATEGORY);

  for (guint i = 0; i < rows->len; i++)
    {
      const LanyardCode *row = g_ptr_array_index (rows, i);

      if (g_strcmp0 (row->template, template) == 0)
        return row->code;
    }

  return rows->len > 0 ? ((const LanyardCode *)g_ptr_array_index (rows, 0))->code : "";
}

/* A person whose name in their own letters is the name of the event in @language. */
static LanyardEntry *
make_entry (LanyardPack *pack, const char *template, const char *language)
{
  LanyardEntry *entry = lanyard_entry_new ();
  GPtrArray *organisations = lanyard_pack_get_codes (pack, LANYARD_CODES_ORGANISATION);

  entry->holder_id = g_strdup ("rehearsal");
  entry->print_name = g_strdup ("Robin SAMPLETON");
  entry->local_name = g_strdup (lanyard_pack_get_event_name (pack, language));
  entry->language = g_strdup (language);
  entry->function = g_strdup ("Team leader");
  if (organisations->len > 0)
    entry->organisation
        = g_strdup (((const LanyardCode *)g_ptr_array_index (organisations, 0))->code);
  entry->category = g_strdup (find_category (pack, template));
  entry->number = g_strdup ("26SAMPLE0X");
  entry->valid_until_s = VALIDITY_S;
  take_codes (&entry->venues, pack, LANYARD_CODES_VENUE);
  take_codes (&entry->zones, pack, LANYARD_CODES_ZONE);
  take_codes (&entry->transport, pack, LANYARD_CODES_TRANSPORT);
  take_codes (&entry->seating, pack, LANYARD_CODES_SEATING);

  return entry;
}

static gboolean
draw (LanyardBadgeRehearsal *rehearsal, const char *template, const char *language, GError **error)
{
  g_autoptr (GBytes) svg = lanyard_pack_dup_template_named (rehearsal->pack, template, error);
  g_autoptr (LanyardBadge) badge
      = svg != NULL ? lanyard_badge_new (svg, rehearsal->pack, error) : NULL;
  g_autoptr (LanyardEntry) entry = make_entry (rehearsal->pack, template, language);
  g_autofree char *credential = g_strnfill (CREDENTIAL_CHARS, 'A');
  g_autoptr (GBytes) pdf = NULL;
  LanyardBadgeContent content = {
    .entry = entry,
    .photo = rehearsal->photo,
    .serial = "K0000-0000000",
    .credential = credential,
  };

  if (badge != NULL)
    pdf = lanyard_badge_to_pdf (badge, &content, error);

  return pdf != NULL;
}

LanyardBadgeRehearsal *
lanyard_badge_rehearsal_new (LanyardPack *pack)
{
  LanyardBadgeRehearsal *rehearsal;

  g_return_val_if_fail (pack != NULL, NULL);

  rehearsal = g_new0 (LanyardBadgeRehearsal, 1);
  rehearsal->pack = lanyard_pack_ref (pack);
  rehearsal->photo = make_photo ();

  return rehearsal;
}

void
lanyard_badge_rehearsal_free (LanyardBadgeRehearsal *rehearsal)
{
  if (rehearsal == NULL)
    return;

  lanyard_pack_unref (rehearsal->pack);
  g_bytes_unref (rehearsal->photo);
  g_free (rehearsal);
}

gboolean
lanyard_badge_rehearsal_step (LanyardBadgeRehearsal *rehearsal, GError **error)
{
  const char *const *languages;
  GPtrArray *templates;
  guint i;

  g_return_val_if_fail (rehearsal != NULL, FALSE);
  g_return_val_if_fail (!lanyard_badge_rehearsal_is_over (rehearsal), FALSE);

  languages = lanyard_pack_get_languages (rehearsal->pack);
  templates = lanyard_pack_get_template_names (rehearsal->pack);
  i = rehearsal->next++;
  if (i < templates->len)
    return draw (rehearsal, g_ptr_array_index (templates, i), languages[0], error);

  return draw (rehearsal, g_ptr_array_index (templates, 0), languages[i - templates->len + 1],
               error);
}

gboolean
lanyard_badge_rehearsal_is_over (const LanyardBadgeRehearsal *rehearsal)
{
  guint n_templates;

  g_return_val_if_fail (rehearsal != NULL, TRUE);

  n_templates = lanyard_pack_get_template_names (rehearsal->pack)->len;

  return n_templates == 0 || rehearsal->next >= n_templates + count_languages (rehearsal) - 1;
}
