/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-print"

#include "lanyard-mono-raster.h"

#include <math.h>
#include <string.h>

#include <cairo.h>

#include "lanyard-error.h"
#include "lanyard-fault.h"
#include "lanyard-mono-dither.h"
#include "lanyard-mono-filter.h"
#include "lanyard-page-marks.h"

#define MM_PER_INCH 25.4
/* Thinner than twice this is text or a line, which stands out from what is behind it. */
#define STROKE_RADIUS_MM 0.4
/* Of an outline around what would not be seen. */
#define OUTLINE_MM 0.15
/* Less than this is no contrast that anybody should see. */
#define MIN_CONTRAST 48

/* Something on the page, in dots of the sheet. */
typedef struct
{
  double x, y, width, height;
} Box;

static void
set_matrix (cairo_matrix_t *matrix,
            const LanyardMonoSheet *sheet,
            double width_mm,
            double height_mm)
{
  double scale = sheet->dpi / MM_PER_INCH;

  cairo_matrix_init_scale (matrix, scale, scale);
  /* Whole dots: the middle of an odd number of them lies in a dot. */
  cairo_matrix_translate (matrix, sheet->width_mm / 2, sheet->height_mm / 2);
  if (sheet->turned)
    cairo_matrix_rotate (matrix, G_PI / 2);
  cairo_matrix_translate (matrix, -width_mm / 2, -height_mm / 2);
}

static void
to_dots (const cairo_matrix_t *matrix, double x, double y, double width, double height, Box *box)
{
  double right = x + width, bottom = y + height;

  cairo_matrix_transform_point (matrix, &x, &y);
  cairo_matrix_transform_point (matrix, &right, &bottom);
  box->x = MIN (x, right);
  box->y = MIN (y, bottom);
  box->width = fabs (right - x);
  box->height = fabs (bottom - y);
}

static cairo_surface_t *
draw (cairo_surface_t *page, const cairo_matrix_t *matrix, guint width, guint height)
{
  cairo_surface_t *sheet = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t *cr = cairo_create (sheet);
  cairo_status_t status;

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_set_matrix (cr, matrix);
  cairo_set_source_surface (cr, page, 0, 0);
  cairo_paint (cr);
  status = cairo_status (cr);
  cairo_destroy (cr);
  cairo_surface_flush (sheet);
  if (status == CAIRO_STATUS_SUCCESS)
    return sheet;
  cairo_surface_destroy (sheet);
  return NULL;
}

static guint8
get_shade (cairo_surface_t *sheet, guint x, guint y)
{
  const guint8 *row = cairo_image_surface_get_data (sheet)
                      + (gsize)y * (gsize)cairo_image_surface_get_stride (sheet);
  guint32 pixel;

  memcpy (&pixel, row + (gsize)x * 4, 4);
  return (77 * ((pixel >> 16) & 0xff) + 150 * ((pixel >> 8) & 0xff) + 29 * (pixel & 0xff) + 128)
         >> 8;
}

/* Returns: (transfer full): shades of the whole page */
static guint8 *
get_shades (const LanyardMonoRaster *raster, cairo_surface_t *sheet)
{
  guint8 *shades = g_malloc ((gsize)raster->width * raster->height);

  for (guint y = 0; y < raster->height; y++)
    for (guint x = 0; x < raster->width; x++)
      shades[(gsize)y * raster->width + x] = get_shade (sheet, x, y);
  return shades;
}

/* Returns: (transfer full): what is behind thin strokes: dark ones on something lighter, or light
 * ones on something darker; @strokes: (out) (transfer full): and the shade of the strokes there */
static guint8 *
get_ground (const LanyardMonoRaster *raster,
            const guint8 *shades,
            guint radius,
            gboolean dark,
            guint8 **strokes)
{
  gsize n = (gsize)raster->width * raster->height;
  guint8 *ground = g_memdup2 (shades, n);

  *strokes = g_memdup2 (shades, n);
  lanyard_mono_filter (ground, raster->width, raster->height, radius, dark);
  lanyard_mono_filter (ground, raster->width, raster->height, radius, !dark);
  lanyard_mono_filter (*strokes, raster->width, raster->height, radius, !dark);
  return ground;
}

/* Around strokes that turn out as black or as white as what is behind them: white letters on light
 * grey get a dark outline. @mask: 255 where they are; changed */
static void
outline (LanyardMonoRaster *raster, guint8 *mask, guint radius, gboolean dark)
{
  g_autofree guint8 *inside = g_memdup2 (mask, (gsize)raster->width * raster->height);
  gsize i = 0;

  lanyard_mono_filter (mask, raster->width, raster->height, radius, TRUE);
  for (guint y = 0; y < raster->height; y++)
    for (guint x = 0; x < raster->width; x++, i++)
      if (mask[i] != 0 && inside[i] == 0)
        lanyard_mono_raster_set (raster, x, y, !dark);
}

/* Thin strokes are as black as they are there, in part of a dot or in grey, if anybody is to read
 * them: where they are nearer to their own shade than to what is behind them. */
static void
set_strokes (LanyardMonoRaster *raster, const guint8 *shades, double dpi, gboolean dark)
{
  guint radius = MAX (1, (guint)lround (STROKE_RADIUS_MM * dpi / MM_PER_INCH));
  g_autofree guint8 *strokes = NULL;
  g_autofree guint8 *ground = get_ground (raster, shades, radius, dark, &strokes);
  g_autofree guint8 *unseen = g_malloc0 ((gsize)raster->width * raster->height);
  gboolean any = FALSE;
  gsize i = 0;

  for (guint y = 0; y < raster->height; y++)
    for (guint x = 0; x < raster->width; x++, i++)
      {
        if (ABS (ground[i] - shades[i]) < MIN_CONTRAST
            || ABS (ground[i] - shades[i]) * 2 < ABS (ground[i] - strokes[i]))
          continue;
        if ((ground[i] >= 128) == dark)
          lanyard_mono_raster_set (raster, x, y, dark);
        else
          unseen[i] = 255, any = TRUE;
      }
  if (any)
    outline (raster, unseen, MAX (1, (guint)lround (OUTLINE_MM * dpi / MM_PER_INCH)), dark);
}

static void
threshold (LanyardMonoRaster *raster, cairo_surface_t *sheet, double dpi)
{
  g_autofree guint8 *shades = get_shades (raster, sheet);
  gsize i = 0;

  for (guint y = 0; y < raster->height; y++)
    for (guint x = 0; x < raster->width; x++, i++)
      if (shades[i] < 128)
        raster->bytes[(gsize)y * raster->row_bytes + x / 8] |= 0x80 >> (x % 8);
  set_strokes (raster, shades, dpi, TRUE);
  set_strokes (raster, shades, dpi, FALSE);
}

/* Returns: the dots that @at stands before, within the sheet */
static guint
to_dot (double at, guint n)
{
  return (guint)CLAMP (lround (at), 0, (long)n);
}

static void
dither_photo (LanyardMonoRaster *raster, cairo_surface_t *sheet, const Box *box)
{
  guint left = to_dot (box->x, raster->width);
  guint right = to_dot (box->x + box->width, raster->width);
  guint top = to_dot (box->y, raster->height);
  guint bottom = to_dot (box->y + box->height, raster->height);
  LanyardMonoPatch patch = { left, top, right - left, bottom - top, NULL };
  g_autofree guint8 *shades = NULL;

  if (right <= left || bottom <= top)
    return;
  shades = g_malloc ((gsize)patch.width * patch.height);
  for (guint y = 0; y < patch.height; y++)
    for (guint x = 0; x < patch.width; x++)
      shades[(gsize)y * patch.width + x] = get_shade (sheet, left + x, top + y);
  patch.shades = shades;
  lanyard_mono_dither (raster, &patch);
}

static void
fill (LanyardMonoRaster *raster, guint left, guint top, guint right, guint bottom, gboolean black)
{
  for (guint y = top; y < MIN (bottom, raster->height); y++)
    for (guint x = left; x < MIN (right, raster->width); x++)
      lanyard_mono_raster_set (raster, x, y, black);
}

/* Returns: whether the module of a code that is turned with the page is dark */
static gboolean
is_dark (const LanyardPageCode *code, gboolean turned, guint x, guint y)
{
  if (turned)
    return code->modules[(gsize)(code->rows - 1 - x) * code->columns + y];
  return code->modules[(gsize)y * code->columns + x];
}

/* Where module @i of @n begins: bars are as long as the slot, all else is whole modules in its
 * middle. */
static guint
edge (double at, double length, guint i, guint n, guint module)
{
  double start = module > 0 ? at + (length - (double)n * module) / 2 : at;

  return (guint)MAX (0, lround (start) + (long)(module > 0 ? i * module : i * lround (length)));
}

static gboolean
draw_code (LanyardMonoRaster *raster,
           const LanyardPageCode *code,
           const LanyardMonoSheet *sheet,
           const Box *box,
           GError **error)
{
  guint columns = sheet->turned ? code->rows : code->columns;
  guint rows = sheet->turned ? code->columns : code->rows;
  guint across = columns > 1 ? lanyard_mono_module_dots (box->width, columns) : 0;
  guint down = rows > 1 ? lanyard_mono_module_dots (box->height, rows) : 0;
  guint module = across == 0 || down == 0 ? MAX (across, down) : MIN (across, down);
  double least_mm = columns > 1 && rows > 1 ? LANYARD_MONO_MIN_MODULE_MM : LANYARD_MONO_MIN_BAR_MM;

  if (module * MM_PER_INCH / sheet->dpi < least_mm)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_REFUSED,
                   "A code on this badge would have modules of %u dots at %.0f dpi, less than "
                   "%.2f mm; make its slot larger or take a printer with a higher resolution.",
                   module, sheet->dpi, least_mm);
      return FALSE;
    }
  fill (raster, to_dot (box->x, raster->width), to_dot (box->y, raster->height),
        to_dot (box->x + box->width, raster->width), to_dot (box->y + box->height, raster->height),
        FALSE);
  across = columns > 1 ? module : 0;
  down = rows > 1 ? module : 0;
  for (guint y = 0; y < rows; y++)
    for (guint x = 0; x < columns; x++)
      if (is_dark (code, sheet->turned, x, y))
        fill (raster, edge (box->x, box->width, x, columns, across),
              edge (box->y, box->height, y, rows, down),
              edge (box->x, box->width, x + 1, columns, across),
              edge (box->y, box->height, y + 1, rows, down), TRUE);
  return TRUE;
}

static gboolean
treat_marks (LanyardMonoRaster *raster,
             cairo_surface_t *drawn,
             cairo_surface_t *page,
             const LanyardMonoSheet *sheet,
             const cairo_matrix_t *matrix,
             GError **error)
{
  const GPtrArray *photos = lanyard_page_get_photos (page), *codes = lanyard_page_get_codes (page);
  Box box;

  for (guint i = 0; photos != NULL && i < photos->len; i++)
    {
      const LanyardPagePhoto *photo = g_ptr_array_index (photos, i);

      to_dots (matrix, photo->x_mm, photo->y_mm, photo->width_mm, photo->height_mm, &box);
      dither_photo (raster, drawn, &box);
    }
  for (guint i = 0; codes != NULL && i < codes->len; i++)
    {
      const LanyardPageCode *code = g_ptr_array_index (codes, i);

      to_dots (matrix, code->x_mm, code->y_mm, code->width_mm, code->height_mm, &box);
      if (!lanyard_fault ("label-modules-as-drawn")
          && !draw_code (raster, code, sheet, &box, error))
        return FALSE;
    }
  return TRUE;
}

LanyardMonoRaster *
lanyard_mono_raster_alloc (guint width, guint height)
{
  LanyardMonoRaster *raster = g_new0 (LanyardMonoRaster, 1);

  raster->width = width;
  raster->height = height;
  raster->row_bytes = (width + 7) / 8;
  raster->bytes = g_malloc0 ((gsize)raster->row_bytes * height);
  return raster;
}

void
lanyard_mono_raster_free (LanyardMonoRaster *raster)
{
  if (raster == NULL)
    return;
  g_free (raster->bytes);
  g_free (raster);
}

gboolean
lanyard_mono_raster_get (const LanyardMonoRaster *raster, guint x, guint y)
{
  g_return_val_if_fail (raster != NULL && x < raster->width && y < raster->height, FALSE);

  return (raster->bytes[(gsize)y * raster->row_bytes + x / 8] & (0x80 >> (x % 8))) != 0;
}

void
lanyard_mono_raster_set (LanyardMonoRaster *raster, guint x, guint y, gboolean black)
{
  guint8 *byte, bit = 0x80 >> (x % 8);

  g_return_if_fail (raster != NULL && x < raster->width && y < raster->height);

  byte = &raster->bytes[(gsize)y * raster->row_bytes + x / 8];
  *byte = black ? *byte | bit : *byte & ~bit;
}

guint
lanyard_mono_module_dots (double box_dots, guint n_modules)
{
  long dots;

  g_return_val_if_fail (n_modules > 0, 0);

  /* n × dots ≤ box + dots */
  dots = lround (box_dots / n_modules);
  if (dots > 0 && (double)n_modules * dots > box_dots + dots)
    dots--;
  return (guint)MAX (dots, 0);
}

LanyardMonoRaster *
lanyard_mono_raster_new (cairo_surface_t *page,
                         double width_mm,
                         double height_mm,
                         const LanyardMonoSheet *sheet,
                         GError **error)
{
  g_autoptr (LanyardMonoRaster) raster = NULL;
  cairo_surface_t *drawn;
  cairo_matrix_t matrix;
  double width, height;
  gboolean good;

  g_return_val_if_fail (page != NULL && sheet != NULL && sheet->dpi > 0, NULL);

  width = round (sheet->width_mm * sheet->dpi / MM_PER_INCH);
  height = round (sheet->height_mm * sheet->dpi / MM_PER_INCH);
  if (!(width >= 1 && height >= 1 && width * height <= LANYARD_MONO_MAX_DOTS))
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_LIMIT,
                   "A badge of %.0f × %.0f dots cannot be printed; check its size and the "
                   "printer's resolution.",
                   width, height);
      return NULL;
    }
  set_matrix (&matrix, sheet, width_mm, height_mm);
  drawn = draw (page, &matrix, (guint)width, (guint)height);
  if (drawn == NULL)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_FULL,
                   "There is no room to draw the badge for the printer.");
      return NULL;
    }
  raster = lanyard_mono_raster_alloc ((guint)width, (guint)height);
  threshold (raster, drawn, sheet->dpi);
  good = treat_marks (raster, drawn, page, sheet, &matrix, error);
  cairo_surface_destroy (drawn);
  return good ? g_steal_pointer (&raster) : NULL;
}
