/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "badge-fixture.h"

#include <math.h>
#include <string.h>

#include "lanyard-hash.h"

/*
 * Badges as they looked when somebody last looked at them, in reference/. Nothing here writes them:
 * whoever changes how a badge looks sees the picture that is left in the build folder, and puts it
 * there by hand.
 *
 * A test of pixels would fail with every edition of FreeType; one that is too kind would not see a
 * name that has gone. So both pictures are made of cells of 0.5 mm (2 px), each the mean of its
 * pixels in grey: edges of letters that are drawn otherwise change a cell a little, a slot that has
 * moved by 0.5 mm or a word that has changed changes many of them much. A cell differs when it is
 * off by more than CELL_TOLERANCE of 255, and what counts is the tile of 6 mm that has most such
 * cells, so that a small thing is not lost on a large badge.
 */

#define DPI 101.6 /* 4 px a mm */
#define CELL_PX 2
#define CELL_TOLERANCE 32
#define TILE_CELLS 12
/* Of the cells of one tile. The faults below make it 0.075 and more, and the same badge as another
 * rasteriser would draw it 0.035 and less: both are asserted. */
#define MAX_SHARE 0.05

typedef struct
{
  const char *name; /* of the file */
  const char *pack;
  const char *template;
  BadgePerson person;
  guint category; /* index in the pack */
  guint page;
  const char *language;
} Reference;

static const Reference REFERENCES[] = {
  { "games-front-latin", "summer-games", "games", BADGE_PERSON_PLAIN, 0, 0, "en" },
  { "games-front-longest", "summer-games", "games", BADGE_PERSON_LONGEST, 4, 0, "fr" },
  { "games-back-arabic", "summer-games", "games", BADGE_PERSON_ARABIC, 5, 1, "ar" },
  { "games-front-japanese", "summer-games", "games", BADGE_PERSON_JAPANESE, 3, 0, "ja" },
  { "day-pass", "summer-games", "day-pass", BADGE_PERSON_ARABIC, 15, 0, "en" },
  { "card-latin", "small-cup", "card", BADGE_PERSON_PLAIN, 0, 0, "en" },
  { "card-thai", "small-cup", "card", BADGE_PERSON_THAI, 3, 0, "es" },
};

/* A badge to draw, which a test may change first. */
typedef struct
{
  LanyardPack *pack;
  LanyardEntry *entry;
  GBytes *svg;
  GBytes *photo;
  const char *serial;
  const Reference *reference;
} Specimen;

static void
specimen_clear (Specimen *specimen)
{
  lanyard_pack_unref (specimen->pack);
  lanyard_entry_free (specimen->entry);
  g_bytes_unref (specimen->svg);
  g_bytes_unref (specimen->photo);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Specimen, specimen_clear)

static void
specimen_init (Specimen *specimen, const Reference *reference)
{
  GPtrArray *categories;
  const LanyardCode *category;
  g_autoptr (GError) error = NULL;

  specimen->reference = reference;
  specimen->pack = badge_fixture_load (reference->pack);
  specimen->entry = badge_fixture_entry (specimen->pack, reference->person);
  specimen->photo = badge_fixture_photo (0x7c93a8ff);
  specimen->serial = "K0471-000123Q";
  categories = lanyard_pack_get_codes (specimen->pack, LANYARD_CODES_CATEGORY);
  category = g_ptr_array_index (categories, reference->category);
  g_free (specimen->entry->category);
  specimen->entry->category = g_strdup (category->code);
  specimen->svg = lanyard_pack_dup_template_named (specimen->pack, reference->template, &error);
  g_assert_no_error (error);
}

/* Puts @new where @old stands for the first time in the template. */
static void
change_template (Specimen *specimen, const char *old, const char *new)
{
  g_autofree char *text
      = g_strndup (g_bytes_get_data (specimen->svg, NULL), g_bytes_get_size (specimen->svg));
  char *found = strstr (text, old);
  g_autoptr (GString) changed = NULL;

  g_assert_nonnull (found);
  changed = g_string_new_len (text, found - text);
  g_string_append (changed, new);
  g_string_append (changed, found + strlen (old));
  g_bytes_unref (specimen->svg);
  specimen->svg = g_bytes_new (changed->str, changed->len);
}

typedef struct
{
  const guint8 *data;
  gsize n_bytes;
} Rest;

static cairo_status_t
on_read (void *closure, unsigned char *data, unsigned int n_bytes)
{
  Rest *rest = closure;

  if (n_bytes > rest->n_bytes)
    return CAIRO_STATUS_READ_ERROR;
  memcpy (data, rest->data, n_bytes);
  rest->data += n_bytes;
  rest->n_bytes -= n_bytes;

  return CAIRO_STATUS_SUCCESS;
}

static cairo_status_t
on_write (void *closure, const unsigned char *data, unsigned int n_bytes)
{
  g_byte_array_append (closure, data, n_bytes);

  return CAIRO_STATUS_SUCCESS;
}

static cairo_surface_t *
unpack (GBytes *png)
{
  Rest rest = { 0 };
  cairo_surface_t *surface;

  rest.data = g_bytes_get_data (png, &rest.n_bytes);
  surface = cairo_image_surface_create_from_png_stream (on_read, &rest);
  g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);

  return surface;
}

/* Each pixel the mean of @factor × @factor of @source. */
static cairo_surface_t *
shrink (cairo_surface_t *source, int width, int height, int factor)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  const guint8 *from = cairo_image_surface_get_data (source);
  guint8 *to = cairo_image_surface_get_data (surface);
  int from_stride = cairo_image_surface_get_stride (source);
  int to_stride = cairo_image_surface_get_stride (surface);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width * 4; x++)
      {
        guint sum = 0;
        guint n = 0;

        for (int dy = 0; dy < factor; dy++)
          for (int dx = 0; dx < factor; dx++)
            {
              int row = MIN (y * factor + dy, cairo_image_surface_get_height (source) - 1);
              int column = MIN (x / 4 * factor + dx, cairo_image_surface_get_width (source) - 1);

              sum += from[(gsize)row * from_stride + column * 4 + x % 4];
              n++;
            }
        to[(gsize)y * to_stride + x] = sum / n;
      }
  cairo_surface_mark_dirty (surface);

  return surface;
}

/* Returns: (transfer full): the badge as it looks now, drawn @factor times as fine and made
 * smaller: at so few dots cairo puts each letter on a whole pixel, and another edition of it does
 * not */
static GBytes *
draw_finer (const Specimen *specimen, int factor)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardBadge) badge = lanyard_badge_new (specimen->svg, specimen->pack, &error);
  g_autofree char *credential = badge_fixture_credential (specimen->pack, specimen->entry);
  LanyardBadgeContent content = { .entry = specimen->entry,
                                  .photo = specimen->photo,
                                  .serial = specimen->serial,
                                  .credential = credential,
                                  .language = specimen->reference->language };
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *source;
  cairo_surface_t *surface;
  cairo_t *cr;
  double scale = factor * DPI / 25.4;

  g_assert_no_error (error);
  source = cairo_image_surface_create (CAIRO_FORMAT_RGB24,
                                       (int)lround (lanyard_badge_get_width_mm (badge) * scale),
                                       (int)lround (lanyard_badge_get_height_mm (badge) * scale));
  cr = cairo_create (source);
  cairo_set_source_rgb (cr, 1.0, 1.0, 1.0);
  cairo_paint (cr);
  cairo_scale (cr, scale, scale);
  lanyard_badge_draw (badge, &content, specimen->reference->page, cr, &error);
  g_assert_no_error (error);
  cairo_destroy (cr);
  cairo_surface_flush (source);
  surface = shrink (source, (int)lround (lanyard_badge_get_width_mm (badge) * DPI / 25.4),
                    (int)lround (lanyard_badge_get_height_mm (badge) * DPI / 25.4), factor);
  cairo_surface_write_to_png_stream (surface, on_write, bytes);
  cairo_surface_destroy (surface);
  cairo_surface_destroy (source);

  return g_byte_array_free_to_bytes (bytes);
}

static GBytes *
draw (const Specimen *specimen)
{
  return draw_finer (specimen, 4);
}

/* Mean of a cell in grey. */
static int
get_cell (cairo_surface_t *surface, int column, int row)
{
  int stride = cairo_image_surface_get_stride (surface);
  const guint8 *data = cairo_image_surface_get_data (surface);
  int sum = 0;

  for (int y = row * CELL_PX; y < (row + 1) * CELL_PX; y++)
    for (int x = column * CELL_PX; x < (column + 1) * CELL_PX; x++)
      {
        const guint8 *p = data + (gsize)y * stride + x * 4;

        sum += (p[0] * 29 + p[1] * 150 + p[2] * 77) >> 8;
      }

  return sum / (CELL_PX * CELL_PX);
}

/* Share of cells that differ in the tile that begins at @column and @row. */
static double
compare_tile (cairo_surface_t *one, cairo_surface_t *other, int column, int row)
{
  guint n_other = 0;

  for (int y = row; y < row + TILE_CELLS; y++)
    for (int x = column; x < column + TILE_CELLS; x++)
      n_other += abs (get_cell (one, x, y) - get_cell (other, x, y)) > CELL_TOLERANCE;

  return (double)n_other / (TILE_CELLS * TILE_CELLS);
}

/* Largest share of cells that differ in any tile; tiles overlap by half. 1 when the pictures are
 * not of one size. */
static double
compare (GBytes *a, GBytes *b)
{
  cairo_surface_t *one = unpack (a);
  cairo_surface_t *other = unpack (b);
  int columns = cairo_image_surface_get_width (one) / CELL_PX;
  int rows = cairo_image_surface_get_height (one) / CELL_PX;
  gboolean same_size
      = cairo_image_surface_get_width (one) == cairo_image_surface_get_width (other)
        && cairo_image_surface_get_height (one) == cairo_image_surface_get_height (other);
  double worst = same_size ? 0.0 : 1.0;

  for (int row = 0; same_size && row + TILE_CELLS <= rows; row += TILE_CELLS / 2)
    for (int column = 0; column + TILE_CELLS <= columns; column += TILE_CELLS / 2)
      worst = MAX (worst, compare_tile (one, other, column, row));
  cairo_surface_destroy (one);
  cairo_surface_destroy (other);

  return worst;
}

static GBytes *
load (const Reference *reference)
{
  g_autofree char *path = g_strdup_printf ("%s/tests/badge/reference/%s.png",
                                           g_getenv ("LANYARD_SOURCE_ROOT"), reference->name);
  char *data = NULL;
  gsize n_bytes = 0;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &data, &n_bytes, &error);
  g_assert_no_error (error);

  return g_bytes_new_take (data, n_bytes);
}

/* Leaves what was drawn beside the tests of the build, for eyes. */
static void
leave (const Reference *reference, GBytes *png)
{
  g_autofree char *path
      = g_strdup_printf ("%s/tests/badge/%s.png", g_getenv ("LANYARD_BUILD_ROOT"), reference->name);

  g_file_set_contents (path, g_bytes_get_data (png, NULL), g_bytes_get_size (png), NULL);
  g_test_message ("what was drawn is in %s", path);
}

static void
test_reference (gconstpointer data)
{
  const Reference *reference = data;
  g_auto (Specimen) specimen = { 0 };
  g_autoptr (GBytes) png = NULL;
  g_autoptr (GBytes) expected = NULL;
  double share;

  specimen_init (&specimen, reference);
  png = draw (&specimen);
  leave (reference, png);
  expected = load (reference);
  share = compare (png, expected);
  g_test_message ("%.3f of the cells of one tile differ", share);
  g_assert_cmpfloat (share, <=, MAX_SHARE);
}

static void
assert_seen (const Specimen *specimen, const char *what)
{
  g_autoptr (GBytes) png = draw (specimen);
  g_autoptr (GBytes) expected = load (specimen->reference);
  double share = compare (png, expected);

  g_test_message ("%s: %.3f of the cells of one tile differ", what, share);
  g_assert_cmpfloat (share, >=, 1.5 * MAX_SHARE);
}

/* What this test is for: each of these is seen, with room to spare. */
static void
test_faults_are_seen (void)
{
  static const struct
  {
    const char *what;
    const char *old;
    const char *new;
  } moved[] = {
    { "number 0.5 mm to the right", "data-valign=\"middle\" x=\"3.500\" y=\"49.900\"",
      "data-valign=\"middle\" x=\"4.000\" y=\"49.900\"" },
    { "name 0.5 mm lower", "x=\"24.800\" y=\"14.100\"", "x=\"24.800\" y=\"14.600\"" },
    { "QR 0.5 mm to the left", "x=\"55\" y=\"12.500\"", "x=\"54.500\" y=\"12.500\"" },
    { "zones 0.5 mm higher", "x=\"3.500\" y=\"41.500\"", "x=\"3.500\" y=\"41.000\"" },
    { "photo 0.5 mm to the right", "data-radius=\"1\" x=\"3.500\"",
      "data-radius=\"1\" x=\"4.000\"" },
    { "organisation without weight", "data-weight=\"700\" data-size=\"2.800\"",
      "data-weight=\"400\" data-size=\"2.800\"" },
  };
  g_auto (Specimen) name = { 0 };
  g_auto (Specimen) band = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (moved); i++)
    {
      g_auto (Specimen) specimen = { 0 };

      specimen_init (&specimen, &REFERENCES[5]);
      change_template (&specimen, moved[i].old, moved[i].new);
      assert_seen (&specimen, moved[i].what);
    }

  specimen_init (&name, &REFERENCES[5]);
  /* Not of the name: that also stands in the QR code. */
  g_free (name.entry->function);
  name.entry->function = g_strdup ("Rowing, double skills");
  assert_seen (&name, "two letters of the function");
  specimen_init (&band, &REFERENCES[5]);
  g_free (band.entry->category);
  band.entry->category = g_strdup ("CREW");
  assert_seen (&band, "another category");
}

/* As a rasteriser would draw it that has another way with edges and places of letters. */
static void
test_edges_are_forgiven (gconstpointer data)
{
  g_auto (Specimen) specimen = { 0 };
  g_autoptr (GBytes) expected = load (data);
  const int factors[] = { 3, 5 };

  specimen_init (&specimen, data);
  for (guint i = 0; i < G_N_ELEMENTS (factors); i++)
    {
      g_autoptr (GBytes) png = draw_finer (&specimen, factors[i]);
      double share = compare (png, expected);

      g_test_message ("%.3f of the cells of one tile differ", share);
      g_assert_cmpfloat (share, <=, 0.7 * MAX_SHARE);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  for (guint i = 0; i < G_N_ELEMENTS (REFERENCES); i++)
    {
      g_autofree char *path = g_strdup_printf ("/badge/reference/%s", REFERENCES[i].name);
      g_autofree char *edges
          = g_strdup_printf ("/badge/reference/edges-are-forgiven/%s", REFERENCES[i].name);

      g_test_add_data_func (path, &REFERENCES[i], test_reference);
      /* One of each pack is enough. */
      if (i == 2 || i == 5)
        g_test_add_data_func (edges, &REFERENCES[i], test_edges_are_forgiven);
    }
  g_test_add_func ("/badge/reference/faults-are-seen", test_faults_are_seen);
  return badge_fixture_finish (g_test_run ());
}
