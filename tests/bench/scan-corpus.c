/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "scan-corpus.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "lanyard-charset.h"

#define FRAME_WIDTH 1280
#define FRAME_HEIGHT 720
#define GROUND 128

static void
picture_free (gpointer data)
{
  CorpusPicture *picture = data;

  g_free (picture->file);
  g_free (picture->set);
  g_free (picture->symbology);
  g_strfreev (picture->texts);
  g_free (picture->polygons);
  g_free (picture);
}

static void
read_polygons (CorpusPicture *picture, JsonArray *polygons)
{
  picture->n_polygons = json_array_get_length (polygons);
  picture->polygons = g_malloc0_n (picture->n_polygons, sizeof *picture->polygons);
  for (guint i = 0; i < picture->n_polygons; i++)
    {
      JsonArray *numbers = json_array_get_array_element (polygons, i);

      for (guint j = 0; j < 8 && j < json_array_get_length (numbers); j++)
        picture->polygons[i][j] = json_array_get_double_element (numbers, j);
    }
}

static CorpusPicture *
read_label (const char *line)
{
  g_autoptr (JsonNode) node = json_from_string (line, NULL);
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();
  CorpusPicture *picture;
  JsonObject *label;
  JsonArray *array;

  if (node == NULL)
    return NULL;
  label = json_node_get_object (node);
  picture = g_new0 (CorpusPicture, 1);
  picture->file = g_strdup (json_object_get_string_member (label, "file"));
  picture->set = g_strdup (json_object_get_string_member (label, "set"));
  picture->symbology = g_strdup (json_object_get_string_member (label, "symbology"));
  array = json_object_get_array_member (label, "texts");
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (*json_array_get_string_element (array, i) != '\0')
      g_strv_builder_add (texts, json_array_get_string_element (array, i));
  picture->texts = g_strv_builder_end (texts);
  read_polygons (picture, json_object_get_array_member (label, "polygons"));
  return picture;
}

GPtrArray *
corpus_load (char **directory)
{
  g_autoptr (GPtrArray) pictures = g_ptr_array_new_with_free_func (picture_free);
  const char *given = g_getenv ("LANYARD_CORPUS");
  g_autofree char *labels = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  *directory = given != NULL ? g_strdup (given)
                             : g_build_filename (g_getenv ("LANYARD_SOURCE_ROOT"), "..", "shared",
                                                 "corpus", NULL);
  labels = g_build_filename (*directory, "labels.jsonl", NULL);
  if (!g_file_get_contents (labels, &text, NULL, NULL))
    return NULL;
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      CorpusPicture *picture = read_label (lines[i]);

      if (picture != NULL)
        g_ptr_array_add (pictures, picture);
    }
  return g_steal_pointer (&pictures);
}

LanyardFrame *
corpus_picture_load (const CorpusPicture *picture, const char *directory)
{
  g_autofree char *path = g_build_filename (directory, picture->file, NULL);
  g_autoptr (GError) error = NULL;
  LanyardFrame *frame = lanyard_frame_load (path, &error);

  if (frame == NULL)
    g_error ("%s", error->message);
  return frame;
}

/* Labels of Code 39 may hold what pairs such as "+A" stand for in full ASCII (ISO/IEC 16388 annex
 * A); a reader cannot know and gives the pairs. */
static char *
dup_full_ascii (const char *text)
{
  GString *full = g_string_new (NULL);

  for (const char *at = text; *at != '\0'; at++)
    {
      gboolean pair = strchr ("+/%$", *at) != NULL && g_ascii_isupper (at[1]);

      if (!pair)
        g_string_append_c (full, *at);
      else if (*at == '+')
        g_string_append_c (full, g_ascii_tolower (*++at));
      else if (*at == '/')
        g_string_append_c (full, *++at == 'Z' ? ':' : (char)(*at - 'A' + '!'));
      else if (*at == '%')
        {
          at++;
          g_string_append_c (full, *at <= 'E'   ? (char)(*at - 'A' + 27)
                                   : *at <= 'J' ? (char)(*at - 'F' + ';')
                                   : *at <= 'O' ? (char)(*at - 'K' + '[')
                                                : (char)(*at - 'P' + '{'));
        }
      else
        g_string_append_c (full, (char)(*++at - 'A' + 1));
    }
  return g_string_free (full, FALSE);
}

gboolean
corpus_picture_is_right (const CorpusPicture *picture, const LanyardScan *scan)
{
  gsize n_bytes;
  const guint8 *data = g_bytes_get_data (scan->data, &n_bytes);
  g_autofree char *text = lanyard_charset_dup_text (data, n_bytes, NULL);
  /* Labels of binary symbols hold their bytes as if they were ISO-8859-1, or U+FFFD for each. */
  g_autofree char *latin
      = g_convert ((const char *)data, (gssize)n_bytes, "UTF-8", "ISO-8859-1", NULL, NULL, NULL);
  g_autofree char *replaced = g_utf8_make_valid ((const char *)data, (gssize)n_bytes);
  g_autofree char *full
      = scan->symbology == LANYARD_SYMBOLOGY_CODE39 && text != NULL ? dup_full_ascii (text) : NULL;
  const char *const readings[] = { text, latin, replaced, full };

  for (guint i = 0; picture->texts[i] != NULL; i++)
    for (guint j = 0; j < G_N_ELEMENTS (readings); j++)
      if (g_strcmp0 (picture->texts[i], readings[j]) == 0)
        return TRUE;
  return FALSE;
}

static LanyardFrame *
take_frame (guint8 *pixels, guint width, guint height)
{
  g_autoptr (GBytes) bytes = g_bytes_new_take (pixels, (gsize)width * height);
  g_autoptr (GError) error = NULL;
  LanyardFrame *frame = lanyard_frame_new (bytes, width, height, width, 0, &error);

  g_assert_no_error (error);
  return frame;
}

LanyardFrame *
corpus_rotate (const LanyardFrame *frame, guint n_turns)
{
  const guint8 *data = lanyard_frame_get_data (frame);
  gboolean upright = n_turns % 2 == 0;
  guint width = upright ? frame->width : frame->height;
  guint height = upright ? frame->height : frame->width;
  guint8 *pixels = g_malloc ((gsize)width * height);

  for (guint y = 0; y < frame->height; y++)
    for (guint x = 0; x < frame->width; x++)
      {
        const guint to_x[4] = { x, frame->height - 1 - y, frame->width - 1 - x, y };
        const guint to_y[4] = { y, x, frame->height - 1 - y, frame->width - 1 - x };

        pixels[(gsize)to_y[n_turns % 4] * width + to_x[n_turns % 4]]
            = data[(gsize)y * frame->stride + x];
      }
  return take_frame (pixels, width, height);
}

/* GdkPixbuf knows no grey: three equal channels. */
static GdkPixbuf *
to_pixbuf (const LanyardFrame *frame)
{
  GdkPixbuf *pixbuf
      = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, (int)frame->width, (int)frame->height);
  guint8 *pixels = gdk_pixbuf_get_pixels (pixbuf);
  const guint8 *data = lanyard_frame_get_data (frame);

  for (guint y = 0; y < frame->height; y++)
    for (guint x = 0; x < frame->width; x++)
      memset (pixels + (gsize)y * (guint)gdk_pixbuf_get_rowstride (pixbuf) + 3 * (gsize)x,
              data[(gsize)y * frame->stride + x], 3);
  return pixbuf;
}

/* How a picture is laid into a camera's frame. */
typedef struct
{
  double scale;
  int width; /* px */
  int height;
  guint left;
  guint top;
} Fit;

static Fit
fit_frame (const LanyardFrame *frame)
{
  Fit fit;

  fit.scale = MIN ((double)FRAME_WIDTH / frame->width, (double)FRAME_HEIGHT / frame->height);
  fit.width = CLAMP ((int)(frame->width * fit.scale), 1, FRAME_WIDTH);
  fit.height = CLAMP ((int)(frame->height * fit.scale), 1, FRAME_HEIGHT);
  fit.left = (guint)(FRAME_WIDTH - fit.width) / 2;
  fit.top = (guint)(FRAME_HEIGHT - fit.height) / 2;
  return fit;
}

/* Of a quadrangle without crossings: even or odd number of edges to the right. */
static gboolean
is_inside (const double *corners, double x, double y)
{
  gboolean inside = FALSE;

  for (guint i = 0, j = 3; i < 4; j = i++)
    {
      double xi = corners[2 * i], yi = corners[2 * i + 1];
      double xj = corners[2 * j], yj = corners[2 * j + 1];

      if ((yi > y) != (yj > y) && x < (xj - xi) * (y - yi) / (yj - yi) + xi)
        inside = !inside;
    }
  return inside;
}

gboolean
corpus_picture_is_outlined (const CorpusPicture *picture,
                            const LanyardFrame *upright,
                            const LanyardScan *scan)
{
  Fit fit = fit_frame (upright);
  double x = 0, y = 0;

  if (picture->n_polygons <= g_strv_length (picture->texts))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (scan->corners); i++)
    {
      x += (scan->corners[i].x - fit.left) / fit.scale / G_N_ELEMENTS (scan->corners);
      y += (scan->corners[i].y - fit.top) / fit.scale / G_N_ELEMENTS (scan->corners);
    }
  for (guint i = 0; i < picture->n_polygons; i++)
    if (is_inside (picture->polygons[i], x, y))
      return TRUE;
  return FALSE;
}

LanyardFrame *
corpus_letterbox (const LanyardFrame *frame)
{
  Fit fit = fit_frame (frame);
  int width = fit.width, height = fit.height;
  double scale = fit.scale;
  g_autoptr (GdkPixbuf) whole = to_pixbuf (frame);
  g_autoptr (GdkPixbuf) fitted
      = gdk_pixbuf_scale_simple (whole, width, height,
                                 scale < 1 ? GDK_INTERP_HYPER : GDK_INTERP_BILINEAR);
  guint8 *pixels = g_malloc (FRAME_WIDTH * FRAME_HEIGHT);
  guint left = fit.left, top = fit.top;

  memset (pixels, GROUND, FRAME_WIDTH * FRAME_HEIGHT);
  for (guint y = 0; y < (guint)height; y++)
    for (guint x = 0; x < (guint)width; x++)
      pixels[(gsize)(y + top) * FRAME_WIDTH + x + left] = gdk_pixbuf_get_pixels (
          fitted)[(gsize)y * (guint)gdk_pixbuf_get_rowstride (fitted) + 3 * (gsize)x];
  return take_frame (pixels, FRAME_WIDTH, FRAME_HEIGHT);
}

/* Between the grey of the box's left and right edge, so that no edge of its own appears. */
static void
patch (guint8 *pixels, guint stride, guint left, guint top, guint right, guint bottom)
{
  for (guint y = top; y < bottom; y++)
    {
      guint8 *row = pixels + (gsize)y * stride;
      int first = row[left], last = row[right - 1];

      for (guint x = left; x < right; x++)
        row[x] = (guint8)(first + (last - first) * (int)(x - left) / (int)(right - left));
    }
}

LanyardFrame *
corpus_erase (const LanyardFrame *frame, const CorpusPicture *picture)
{
  const guint8 *data = lanyard_frame_get_data (frame);
  guint8 *pixels = g_malloc ((gsize)frame->width * frame->height);

  for (guint y = 0; y < frame->height; y++)
    memcpy (pixels + (gsize)y * frame->width, data + (gsize)y * frame->stride, frame->width);
  for (guint i = 0; i < picture->n_polygons; i++)
    {
      const double *corners = picture->polygons[i];
      double left = corners[0], right = left, top = corners[1], bottom = top, margin;

      for (guint j = 1; j < 4; j++)
        {
          left = MIN (left, corners[2 * j]);
          right = MAX (right, corners[2 * j]);
          top = MIN (top, corners[2 * j + 1]);
          bottom = MAX (bottom, corners[2 * j + 1]);
        }
      margin = 0.15 * MAX (right - left, bottom - top);
      left = CLAMP (left - margin, 0, frame->width - 2);
      right = CLAMP (right + margin, left + 2, frame->width);
      top = CLAMP (top - margin, 0, frame->height - 1);
      bottom = CLAMP (bottom + margin, top + 1, frame->height);
      patch (pixels, frame->width, (guint)left, (guint)top, (guint)right, (guint)bottom);
    }
  return take_frame (pixels, frame->width, frame->height);
}
