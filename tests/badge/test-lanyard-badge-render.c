/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "badge-fixture.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "lanyard-badge-rehearsal.h"
#include "lanyard-error.h"
#include "lanyard-hash.h"
#include "lanyard-reader.h"

/* Badges as they come out: every template of both packs, with people of every kind. */

#define DPI 300.0
#define MAX_PDF_BYTES (100 * 1024)

typedef struct
{
  const char *pack;
  const char *template;
  double width_mm;
  double height_mm;
  guint n_pages;
} Sample;

static const Sample SAMPLES[] = {
  { "summer-games", "games", 105.0, 135.0, 2 },
  { "summer-games", "day-pass", 53.98, 85.6, 1 },
  { "small-cup", "card", 85.6, 53.98, 1 },
};

/* Content for @entry; free what credential points to. */
static LanyardBadgeContent
content_for (LanyardPack *pack, const LanyardEntry *entry, GBytes *photo)
{
  LanyardBadgeContent content = {
    .entry = entry,
    .photo = photo,
    .serial = "K0471-000123Q",
    .credential = badge_fixture_credential (pack, entry),
  };

  return content;
}

static void
content_clear (LanyardBadgeContent *content)
{
  g_free ((char *)content->credential);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LanyardBadgeContent, content_clear)

/* Grey, as a camera sees it. */
static LanyardFrame *
to_frame (GBytes *png)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  LanyardFrame *frame;
  int fd = g_file_open_tmp ("lanyard-badge-XXXXXX.png", &path, &error);
  gsize n_bytes;
  const char *data = g_bytes_get_data (png, &n_bytes);

  g_assert_no_error (error);
  g_close (fd, NULL);
  g_file_set_contents (path, data, n_bytes, &error);
  g_assert_no_error (error);
  frame = lanyard_frame_load (path, &error);
  g_assert_no_error (error);
  remove (path);

  return frame;
}

static void
assert_reads (LanyardBadge *badge, const LanyardBadgeContent *content)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) png = lanyard_badge_to_png (badge, content, 0, DPI, &error);
  g_autoptr (LanyardFrame) frame = NULL;
  g_autoptr (LanyardReader) reader = lanyard_reader_new (LANYARD_SYMBOLOGIES_ALL);
  g_autoptr (GPtrArray) scans = NULL;
  const LanyardScan *scan;

  g_assert_no_error (error);
  frame = to_frame (png);
  scans = lanyard_reader_read (reader, frame, LANYARD_SCAN_SOURCE_IMAGE);
  g_assert_cmpuint (scans->len, ==, 1);
  scan = g_ptr_array_index (scans, 0);
  g_assert_cmpuint (g_bytes_get_size (scan->data), ==, strlen (content->credential));
  g_assert_cmpint (memcmp (g_bytes_get_data (scan->data, NULL), content->credential,
                           strlen (content->credential)),
                   ==, 0);
}

/* Every object is where the table at the end says: cairo gives no error when it fails at a font. */
static void
assert_sound (GBytes *pdf)
{
  gsize n_bytes;
  const char *data = g_bytes_get_data (pdf, &n_bytes);
  g_autofree char *text = g_malloc (n_bytes + 1);
  const char *place;
  guint n_objects = 0;

  /* What is not text in it must not end it. */
  for (gsize i = 0; i < n_bytes; i++)
    text[i] = data[i] != '\0' ? data[i] : ' ';
  text[n_bytes] = '\0';
  place = g_strrstr (text, "startxref");
  g_assert_nonnull (place);
  place = text + g_ascii_strtoull (place + strlen ("startxref"), NULL, 10);
  g_assert_cmpint (sscanf (place, "xref 0 %u", &n_objects), ==, 1);
  place = strstr (place, " f");
  for (guint i = 1; i < n_objects; i++)
    {
      g_autofree char *object = g_strdup_printf ("%u 0 obj", i);
      gsize offset;

      place = strchr (place, '\n') + 1;
      offset = g_ascii_strtoull (place, NULL, 10);
      g_assert_cmpuint (offset, <, n_bytes);
      g_assert_true (g_str_has_prefix (text + offset, object));
    }
}

/* Each person, and the one with most words in each language: drawn on both sides, with the code
 * readable at 300 dpi. */
static void
test_everybody (gconstpointer data)
{
  const Sample *sample = data;
  g_autoptr (LanyardPack) pack = badge_fixture_load (sample->pack);
  g_autoptr (LanyardBadge) badge = badge_fixture_badge (pack, sample->template);
  const char *const *languages = lanyard_pack_get_languages (pack);

  for (guint person = 0; person < BADGE_N_PERSONS; person++)
    {
      g_autoptr (LanyardEntry) entry = badge_fixture_entry (pack, person);
      g_auto (LanyardBadgeContent) content = content_for (pack, entry, NULL);

      for (guint l = 0; languages[l] != NULL && (l == 0 || person == BADGE_PERSON_LONGEST); l++)
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (GBytes) pdf = NULL;

          content.language = languages[l];
          pdf = lanyard_badge_to_pdf (badge, &content, &error);
          g_assert_no_error (error);
          /* Fonts that are embedded whole would be ten times that. */
          g_assert_cmpuint (g_bytes_get_size (pdf), <, MAX_PDF_BYTES);
          assert_sound (pdf);
        }
      assert_reads (badge, &content);
    }
}

/* Every category: its template, its colours. */
static void
test_every_category (gconstpointer data)
{
  g_autoptr (LanyardPack) pack = badge_fixture_load (data);
  GPtrArray *categories = lanyard_pack_get_codes (pack, LANYARD_CODES_CATEGORY);

  for (guint i = 0; i < categories->len; i++)
    {
      const LanyardCode *category = g_ptr_array_index (categories, i);
      g_autoptr (LanyardEntry) entry = badge_fixture_entry (pack, BADGE_PERSON_PLAIN);
      g_auto (LanyardBadgeContent) content = { 0 };
      g_autoptr (GError) error = NULL;
      g_autoptr (LanyardBadge) badge
          = lanyard_badge_new_for_category (pack, category->code, &error);
      g_autoptr (GBytes) png = NULL;

      g_assert_no_error (error);
      g_free (entry->category);
      entry->category = g_strdup (category->code);
      content = content_for (pack, entry, NULL);
      png = lanyard_badge_to_png (badge, &content, 0, 100.0, &error);
      g_assert_no_error (error);
    }
}

static gboolean
contains (GBytes *bytes, const char *text)
{
  gsize n_bytes;
  const char *data = g_bytes_get_data (bytes, &n_bytes);

  return memmem (data, n_bytes, text, strlen (text)) != NULL;
}

static guint
count (GBytes *bytes, const char *text)
{
  gsize n_bytes;
  const char *data = g_bytes_get_data (bytes, &n_bytes);
  const char *p = data;
  guint n = 0;

  while ((p = memmem (p, n_bytes - (p - data), text, strlen (text))) != NULL)
    {
      n++;
      p += strlen (text);
    }

  return n;
}

static void
test_true_size (gconstpointer data)
{
  const Sample *sample = data;
  g_autoptr (LanyardPack) pack = badge_fixture_load (sample->pack);
  g_autoptr (LanyardBadge) badge = badge_fixture_badge (pack, sample->template);
  g_autoptr (LanyardEntry) entry = badge_fixture_entry (pack, BADGE_PERSON_PLAIN);
  g_auto (LanyardBadgeContent) content = content_for (pack, entry, NULL);
  g_autoptr (GBytes) pdf = lanyard_badge_to_pdf (badge, &content, NULL);
  double box[2];

  g_assert_cmpfloat (lanyard_badge_get_width_mm (badge), ==, sample->width_mm);
  g_assert_cmpfloat (lanyard_badge_get_height_mm (badge), ==, sample->height_mm);
  g_assert_cmpuint (lanyard_badge_get_n_pages (badge), ==, sample->n_pages);
  g_assert_cmpuint (badge_fixture_media_box (pdf, box), ==, sample->n_pages);
  g_assert_cmpfloat_with_epsilon (box[0], sample->width_mm, 0.01);
  g_assert_cmpfloat_with_epsilon (box[1], sample->height_mm, 0.01);
  g_assert_cmpuint (count (pdf, "/Type /Page %"), ==, sample->n_pages);
}

/* Han letters are letters of a font that has no more than those: where they were shapes, each copy
 * of one was written out, and took most of the time of a badge. */
static void
test_letters (void)
{
  g_autoptr (LanyardPack) pack = badge_fixture_load ("summer-games");
  g_autoptr (LanyardBadge) badge = badge_fixture_badge (pack, "games");
  g_autoptr (LanyardEntry) entry = badge_fixture_entry (pack, BADGE_PERSON_JAPANESE);
  g_auto (LanyardBadgeContent) content = content_for (pack, entry, NULL);
  g_autoptr (GBytes) pdf = NULL;

  content.language = "ja";
  pdf = lanyard_badge_to_pdf (badge, &content, NULL);
  /* In two weights at least. */
  g_assert_cmpuint (count (pdf, "/CIDFontType0\n"), >=, 2);
  g_assert_cmpuint (count (pdf, "/ToUnicode"), >=, 4);
  /* The curves of the template are about a fifth of it. */
  g_assert_cmpuint (g_bytes_get_size (pdf), <, 80 * 1024);
}

/* The same badge is the same file, from the same template or a new one; and it says nothing that is
 * not on the badge. */
static void
test_same_bytes (void)
{
  g_autoptr (LanyardPack) pack = badge_fixture_load ("summer-games");
  g_autoptr (LanyardBadge) badge = badge_fixture_badge (pack, "games");
  g_autoptr (LanyardBadge) again = badge_fixture_badge (pack, "games");
  g_autoptr (LanyardEntry) entry = badge_fixture_entry (pack, BADGE_PERSON_ARABIC);
  g_autoptr (LanyardEntry) other = badge_fixture_entry (pack, BADGE_PERSON_JAPANESE);
  g_autoptr (GBytes) photo = badge_fixture_photo (0x2040c0ff);
  g_auto (LanyardBadgeContent) content = content_for (pack, entry, photo);
  g_auto (LanyardBadgeContent) another = content_for (pack, other, photo);
  g_autoptr (GBytes) first = lanyard_badge_to_pdf (badge, &content, NULL);
  g_autoptr (GBytes) between = lanyard_badge_to_pdf (badge, &another, NULL);
  g_autoptr (GBytes) second = lanyard_badge_to_pdf (badge, &content, NULL);
  g_autoptr (GBytes) third = lanyard_badge_to_pdf (again, &content, NULL);

  g_assert_true (g_bytes_equal (first, second));
  g_assert_true (g_bytes_equal (first, third));
  g_assert_false (g_bytes_equal (first, between));
  g_assert_false (contains (first, "CreationDate"));
  g_assert_false (contains (first, "/Title"));
  g_assert_false (contains (first, "/Author"));
  g_assert_false (contains (first, "HARITHI"));
  g_assert_false (contains (first, "secret-comment"));
}

/* Colour of the badge at a place of the PNG, 0xRRGGBB. */
static guint32
pixel_at (GBytes *png, double x_mm, double y_mm)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (png);
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new_from_stream (stream, NULL, NULL);
  const guint8 *p = gdk_pixbuf_read_pixels (pixbuf)
                    + (gsize)(y_mm / 25.4 * DPI) * gdk_pixbuf_get_rowstride (pixbuf)
                    + (gsize)(x_mm / 25.4 * DPI) * gdk_pixbuf_get_n_channels (pixbuf);

  return ((guint32)p[0] << 16) | ((guint32)p[1] << 8) | p[2];
}

static gboolean
is_near (guint32 a, guint32 b)
{
  for (guint shift = 0; shift < 24; shift += 8)
    {
      if (ABS ((int)((a >> shift) & 0xff) - (int)((b >> shift) & 0xff)) > 12)
        return FALSE;
    }

  return TRUE;
}

static void
test_photo (void)
{
  g_autoptr (LanyardPack) pack = badge_fixture_load ("summer-games");
  g_autoptr (LanyardBadge) badge = badge_fixture_badge (pack, "games");
  g_autoptr (LanyardEntry) entry = badge_fixture_entry (pack, BADGE_PERSON_PLAIN);
  g_autoptr (GBytes) photo = badge_fixture_photo (0x2040c0ff);
  g_auto (LanyardBadgeContent) content = content_for (pack, entry, photo);
  g_autoptr (GBytes) with = lanyard_badge_to_png (badge, &content, 0, DPI, NULL);
  g_autoptr (GBytes) without = NULL;

  content.photo = NULL;
  without = lanyard_badge_to_png (badge, &content, 0, DPI, NULL);
  /* Middle and far corners of the slot at 6,50 34×43.5 mm; not outside it. */
  g_assert_true (is_near (pixel_at (with, 23.0, 72.0), 0x2040c0));
  g_assert_true (is_near (pixel_at (with, 8.0, 52.0), 0x2040c0));
  g_assert_true (is_near (pixel_at (with, 38.0, 91.0), 0x2040c0));
  g_assert_true (is_near (pixel_at (with, 41.0, 72.0), 0xffffff));
  g_assert_false (is_near (pixel_at (without, 23.0, 72.0), 0x2040c0));
  g_assert_false (is_near (pixel_at (without, 23.0, 72.0), 0xffffff));
}

/* A picture of black and white lines, two pixels wide, half of it see-through. */
static GBytes *
make_stripes (void)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, TRUE, 8, 1800, 2304);
  guint8 *pixels = gdk_pixbuf_get_pixels (pixbuf);
  char *data = NULL;
  gsize n_bytes;

  for (int y = 0; y < 2304; y++)
    for (int x = 0; x < 1800; x++)
      {
        guint8 *p = pixels + (gsize)y * gdk_pixbuf_get_rowstride (pixbuf) + x * 4;

        p[0] = p[1] = p[2] = (x / 2) % 2 == 0 ? 0 : 255;
        p[3] = y < 1152 ? 255 : 0;
      }
  g_assert_true (
      gdk_pixbuf_save_to_buffer (pixbuf, &data, &n_bytes, "png", NULL, "compression", "1", NULL));

  return g_bytes_new_take (data, n_bytes);
}

/* Made smaller, a picture is the mean of what it was; nothing of it is left out. What one sees
 * through is white. */
static void
test_large_photo (void)
{
  g_autoptr (LanyardPack) pack = badge_fixture_load ("summer-games");
  g_autoptr (LanyardBadge) badge = badge_fixture_badge (pack, "games");
  g_autoptr (LanyardEntry) entry = badge_fixture_entry (pack, BADGE_PERSON_PLAIN);
  g_autoptr (GBytes) photo = make_stripes ();
  g_auto (LanyardBadgeContent) content = content_for (pack, entry, photo);
  g_autoptr (GBytes) png = lanyard_badge_to_png (badge, &content, 0, DPI, NULL);

  for (double x_mm = 8.0; x_mm < 38.0; x_mm += 0.37)
    {
      guint level = pixel_at (png, x_mm, 60.0) & 0xff;

      g_assert_cmpuint (level, >, 90);
      g_assert_cmpuint (level, <, 165);
    }
  g_assert_true (is_near (pixel_at (png, 23.0, 85.0), 0xffffff));
}

/* Grey, with a green head in the lower right quarter and a red hat on it. */
static GBytes *
make_off_centre (void)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 1200, 1600);
  g_autoptr (GdkPixbuf) head = gdk_pixbuf_new_subpixbuf (pixbuf, 800, 1000, 240, 300);
  g_autoptr (GdkPixbuf) hat = gdk_pixbuf_new_subpixbuf (pixbuf, 800, 960, 240, 40);
  char *data = NULL;
  gsize n_bytes;

  gdk_pixbuf_fill (pixbuf, 0x808080ff);
  gdk_pixbuf_fill (head, 0x20c020ff);
  gdk_pixbuf_fill (hat, 0xe02020ff);
  g_assert_true (
      gdk_pixbuf_save_to_buffer (pixbuf, &data, &n_bytes, "jpeg", NULL, "quality", "95", NULL));

  return g_bytes_new_take (data, n_bytes);
}

/* With the head known, it stands in the middle of the slot and takes six tenths of its height. */
static void
test_face_box (void)
{
  g_autoptr (LanyardPack) pack = badge_fixture_load ("summer-games");
  g_autoptr (LanyardBadge) badge = badge_fixture_badge (pack, "games");
  g_autoptr (LanyardEntry) entry = badge_fixture_entry (pack, BADGE_PERSON_PLAIN);
  g_autoptr (GBytes) photo = make_off_centre ();
  g_auto (LanyardBadgeContent) content = content_for (pack, entry, photo);
  g_autoptr (GBytes) without = lanyard_badge_to_png (badge, &content, 0, DPI, NULL);
  g_autoptr (GBytes) with = NULL;

  g_assert_true (is_near (pixel_at (without, 23.0, 70.5), 0x808080));
  entry->face_box = (LanyardFaceBox){ 800 * 10000 / 1200, 1000 * 10000 / 1600, 2000, 1875 };
  with = lanyard_badge_to_png (badge, &content, 0, DPI, NULL);
  /* The slot is 43.5 mm high from 50 mm on: the head from 57.4 to 83.5 mm, 20.9 mm wide. */
  g_assert_true (is_near (pixel_at (with, 23.0, 58.0), 0x20c020));
  g_assert_true (is_near (pixel_at (with, 23.0, 83.0), 0x20c020));
  g_assert_true (is_near (pixel_at (with, 13.2, 70.0), 0x20c020));
  g_assert_true (is_near (pixel_at (with, 32.8, 70.0), 0x20c020));
  g_assert_true (is_near (pixel_at (with, 23.0, 56.0), 0xe02020));
  g_assert_true (is_near (pixel_at (with, 23.0, 85.0), 0x808080));
  g_assert_true (is_near (pixel_at (with, 11.5, 70.0), 0x808080));
  g_assert_true (is_near (pixel_at (with, 34.5, 70.0), 0x808080));
}

static void
test_bad_photo (void)
{
  g_autoptr (LanyardPack) pack = badge_fixture_load ("small-cup");
  g_autoptr (LanyardBadge) badge = badge_fixture_badge (pack, "card");
  g_autoptr (LanyardEntry) entry = badge_fixture_entry (pack, BADGE_PERSON_PLAIN);
  g_autoptr (GBytes) good = badge_fixture_photo (0x808080ff);
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (good, 0, 200);
  g_autoptr (GBytes) text = g_bytes_new_static ("GIF89a", 6);
  g_autoptr (GBytes) svg = g_bytes_new_static ("<svg xmlns=\"http://www.w3.org/2000/svg\"/>", 41);
  g_autoptr (GBytes) empty = g_bytes_new_static ("", 0);
  GBytes *bad[] = { cut, text, svg, empty };
  g_auto (LanyardBadgeContent) content = content_for (pack, entry, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      content.photo = bad[i];
      g_assert_null (lanyard_badge_to_pdf (badge, &content, &error));
      g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, "photo"));
    }
}

/* Band and letter are in the colours that the pack has for the category. */
static void
test_band (void)
{
  g_autoptr (LanyardPack) pack = badge_fixture_load ("summer-games");
  g_autoptr (LanyardBadge) badge = badge_fixture_badge (pack, "games");
  GPtrArray *categories = lanyard_pack_get_codes (pack, LANYARD_CODES_CATEGORY);

  for (guint i = 0; i < 3; i++)
    {
      const LanyardCode *category = g_ptr_array_index (categories, i * 4);
      g_autoptr (LanyardEntry) entry = badge_fixture_entry (pack, BADGE_PERSON_SHORTEST);
      g_auto (LanyardBadgeContent) content = { 0 };
      g_autoptr (GBytes) png = NULL;

      g_free (entry->category);
      entry->category = g_strdup (category->code);
      content = content_for (pack, entry, NULL);
      png = lanyard_badge_to_png (badge, &content, 0, DPI, NULL);
      g_assert_cmphex (pixel_at (png, 90.0, 45.0), ==, strtoul (category->colour + 1, NULL, 16));
    }
}

/* Never cut: what does not fit is an error that names the slot and not the person. */
static void
test_overflow (void)
{
  g_autoptr (LanyardPack) pack = badge_fixture_load ("small-cup");
  g_autoptr (LanyardBadge) badge = badge_fixture_badge (pack, "card");
  g_autoptr (LanyardEntry) entry = badge_fixture_entry (pack, BADGE_PERSON_PLAIN);
  g_auto (LanyardBadgeContent) content = content_for (pack, entry, NULL);
  g_autoptr (GError) error = NULL;

  g_free (entry->print_name);
  entry->print_name = g_strnfill (400, 'W');
  g_assert_null (lanyard_badge_to_pdf (badge, &content, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "print-name"));
  g_assert_null (strstr (error->message, "WWW"));
}

/* Of nothing, or of nothing that anybody sees: spaces, letters of no width, fillers. */
static void
test_no_name (void)
{
  static const char *const names[]
      = { " ", "\u00a0", "\u3000 \u2003", "\u200b\u200d\u2060", "\u3164", "\ufeff" };
  g_autoptr (LanyardPack) pack = badge_fixture_load ("small-cup");
  g_autoptr (LanyardBadge) badge = badge_fixture_badge (pack, "card");
  g_autoptr (LanyardEntry) entry = badge_fixture_entry (pack, BADGE_PERSON_PLAIN);
  g_auto (LanyardBadgeContent) content = content_for (pack, entry, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GError) error = NULL;

      g_free (entry->print_name);
      entry->print_name = g_strdup (names[i]);
      g_assert_null (lanyard_badge_to_pdf (badge, &content, &error));
      g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, "print-name"));
    }
}

/* A credential that is too long for the slot would not be readable: an error, not a dense code. */
static void
test_dense_code (void)
{
  g_autoptr (LanyardPack) pack = badge_fixture_load ("small-cup");
  g_autoptr (LanyardBadge) badge = badge_fixture_badge (pack, "card");
  g_autoptr (LanyardEntry) entry = badge_fixture_entry (pack, BADGE_PERSON_PLAIN);
  g_autofree char *text = g_strnfill (1200, 'A');
  LanyardBadgeContent content = { .entry = entry, .serial = "1", .credential = text };
  g_autoptr (GError) error = NULL;

  g_assert_null (lanyard_badge_to_pdf (badge, &content, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "qr slot"));
}

/* Every template and every language of a pack can be drawn before anybody comes. */
static void
test_rehearsal (gconstpointer data)
{
  g_autoptr (LanyardPack) pack = badge_fixture_load (data);
  g_autoptr (LanyardBadgeRehearsal) rehearsal = lanyard_badge_rehearsal_new (pack);
  guint n = 0;

  for (; !lanyard_badge_rehearsal_is_over (rehearsal); n++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (lanyard_badge_rehearsal_step (rehearsal, &error));
      g_assert_no_error (error);
    }
  g_assert_cmpuint (n, ==,
                    lanyard_pack_get_template_names (pack)->len
                        + g_strv_length ((char **)lanyard_pack_get_languages (pack)) - 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  for (guint i = 0; i < G_N_ELEMENTS (SAMPLES); i++)
    {
      g_autofree char *everybody
          = g_strdup_printf ("/badge/render/everybody/%s", SAMPLES[i].template);
      g_autofree char *size = g_strdup_printf ("/badge/render/true-size/%s", SAMPLES[i].template);

      g_test_add_data_func (everybody, &SAMPLES[i], test_everybody);
      g_test_add_data_func (size, &SAMPLES[i], test_true_size);
    }
  g_test_add_data_func ("/badge/render/categories/summer-games", "summer-games",
                        test_every_category);
  g_test_add_data_func ("/badge/render/categories/small-cup", "small-cup", test_every_category);
  g_test_add_func ("/badge/render/same-bytes", test_same_bytes);
  g_test_add_func ("/badge/render/photo", test_photo);
  g_test_add_func ("/badge/render/face-box", test_face_box);
  g_test_add_func ("/badge/render/large-photo", test_large_photo);
  g_test_add_func ("/badge/render/letters", test_letters);
  g_test_add_data_func ("/badge/render/rehearsal/summer-games", "summer-games", test_rehearsal);
  g_test_add_data_func ("/badge/render/rehearsal/small-cup", "small-cup", test_rehearsal);
  g_test_add_func ("/badge/render/bad-photo", test_bad_photo);
  g_test_add_func ("/badge/render/band", test_band);
  g_test_add_func ("/badge/render/overflow", test_overflow);
  g_test_add_func ("/badge/render/no-name", test_no_name);
  g_test_add_func ("/badge/render/dense-code", test_dense_code);
  return badge_fixture_finish (g_test_run ());
}
