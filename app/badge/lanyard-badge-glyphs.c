/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * cairo 1.16 embeds a font with CFF outlines by reading its whole table of them, again for every
 * document: 16 MB for a Han font, to write up to megabytes of it. Shapes instead of letters are no
 * way out, as each coordinate of each copy of a letter is then written as decimals: most of the
 * time that a badge took. But where cairo cannot have the table, it writes a font of its own from
 * the outlines of just the letters that were used, which is quick and small. So large fonts are
 * opened here a second time, from the same memory, through a stream that refuses to hand out that
 * table at once; FreeType itself reads letter by letter. Once the font is open, the stream refuses
 * its header too, which FreeType has by then: cairo, having tried CFF, would otherwise try TrueType
 * next, and loses 128 KB where it finds the header but no places of glyphs.
 */

#define G_LOG_DOMAIN "lanyard-badge"

#include "lanyard-badge-glyphs.h"

#include <cairo-ft.h>
#include <hb.h>
#include <pango/pangofc-font.h>
#include <string.h>

#define CFF_TABLE HB_TAG ('C', 'F', 'F', ' ')
#define HEAD_TABLE HB_TAG ('h', 'e', 'a', 'd')
/* Fonts of one alphabet are smaller, and cairo embeds the letters in use well. */
#define LARGE_TABLE_BYTES (512 * 1024)

/* A large font, opened letter by letter. Its library is its own, so that pages which show it can be
 * drawn on any thread; cairo locks the face itself. */
typedef struct
{
  FT_Library library;    /* owned */
  FT_Face face;          /* owned (nullable): NULL until it is open */
  FT_StreamRec stream;   /* of @face */
  hb_blob_t *file;       /* owned: the font file, mapped */
  unsigned long n_table; /* bytes of its outlines: the stream gives less than that at a time */
  unsigned long header;  /* where its header is, from the start of the file */
} LargeFont;

static cairo_user_data_key_t owner_key; /* LargeFont of a cairo_font_face_t */
static hb_user_data_key_t face_key;     /* cairo_font_face_t of an hb_face_t */

static void
large_font_free (gpointer data)
{
  LargeFont *font = data;

  g_clear_pointer (&font->face, FT_Done_Face);
  g_clear_pointer (&font->library, FT_Done_FreeType);
  g_clear_pointer (&font->file, hb_blob_destroy);
  g_free (font);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LargeFont, large_font_free)

/* FT_Stream_IoFunc: for seeking too, with @count 0, which says 0 when it could */
static unsigned long
on_read (FT_Stream stream, unsigned long offset, unsigned char *buffer, unsigned long count)
{
  const LargeFont *font = stream->descriptor.pointer;
  const char *data = hb_blob_get_data (font->file, NULL);

  if (count == 0)
    return offset > stream->size;
  if (count >= font->n_table || offset > stream->size || count > stream->size - offset)
    return 0;
  if (font->face != NULL && offset == font->header)
    return 0;
  memcpy (buffer, data + offset, count);

  return count;
}

/* Where the header of @source is in @file; ULONG_MAX when it has none. */
static unsigned long
find_header (hb_face_t *source, hb_blob_t *file)
{
  hb_blob_t *table = hb_face_reference_table (source, HEAD_TABLE);
  const char *data = hb_blob_get_data (table, NULL);
  const char *start = hb_blob_get_data (file, NULL);
  gboolean is_inside
      = hb_blob_get_length (table) > 0 && data >= start && data < start + hb_blob_get_length (file);

  hb_blob_destroy (table);

  return is_inside ? (unsigned long)(data - start) : ULONG_MAX;
}

static LargeFont *
large_font_open (hb_face_t *source, unsigned long n_table)
{
  g_autoptr (LargeFont) font = g_new0 (LargeFont, 1);
  FT_Open_Args args = { .flags = FT_OPEN_STREAM, .stream = &font->stream };

  font->n_table = n_table;
  font->file = hb_face_reference_blob (source);
  font->header = find_header (source, font->file);
  font->stream.size = hb_blob_get_length (font->file);
  font->stream.descriptor.pointer = font;
  font->stream.read = on_read;
  if (font->stream.size <= n_table || font->header == ULONG_MAX
      || FT_Init_FreeType (&font->library) != 0
      || FT_Open_Face (font->library, &args, hb_face_get_index (source), &font->face) != 0)
    return NULL;

  return g_steal_pointer (&font);
}

/* Bytes of CFF outlines; 0 when it has others. */
static unsigned long
get_table_size (hb_face_t *face)
{
  hb_blob_t *table = hb_face_reference_table (face, CFF_TABLE);
  unsigned long n_bytes = hb_blob_get_length (table);

  hb_blob_destroy (table);

  return n_bytes;
}

/* Returns: (transfer none) (nullable): @source letter by letter, for as long as @source lives */
static cairo_font_face_t *
get_large_face (hb_face_t *source, unsigned long n_table)
{
  cairo_font_face_t *face = hb_face_get_user_data (source, &face_key);
  LargeFont *font;

  if (face != NULL)
    return face;

  font = large_font_open (source, n_table);
  if (font == NULL)
    return NULL;
  face = cairo_ft_font_face_create_for_ft_face (font->face, FT_LOAD_NO_HINTING);
  if (cairo_font_face_set_user_data (face, &owner_key, font, large_font_free)
      != CAIRO_STATUS_SUCCESS)
    large_font_free (font);
  else if (hb_face_set_user_data (source, &face_key, face,
                                  (hb_destroy_func_t)cairo_font_face_destroy, TRUE))
    return face;
  cairo_font_face_destroy (face);

  return NULL;
}

/* Whether the letters are drawn otherwise than they stand in the file: made bolder or leaning. */
static gboolean
is_altered (PangoFont *font)
{
  FcPattern *pattern
      = PANGO_IS_FC_FONT (font) ? pango_fc_font_get_pattern (PANGO_FC_FONT (font)) : NULL;
  FcBool is_bolder = FcFalse;
  FcMatrix *matrix;
  guint n_axes = 0;

  hb_font_get_var_coords_normalized (pango_font_get_hb_font (font), &n_axes);

  return pattern == NULL || n_axes > 0
         || (FcPatternGetBool (pattern, FC_EMBOLDEN, 0, &is_bolder) == FcResultMatch && is_bolder)
         || FcPatternGetMatrix (pattern, FC_MATRIX, 0, &matrix) == FcResultMatch;
}

static void
set_large_font (cairo_t *cr, cairo_font_face_t *face, PangoContext *context, double size)
{
  cairo_set_font_face (cr, face);
  cairo_set_font_size (cr, size);
  cairo_set_font_options (cr, pango_cairo_context_get_font_options (context));
}

/* Letters with the words that they stand for, so that the words can be found in a PDF. */
static void
show_glyphs (cairo_t *cr, const PangoGlyphItem *run, const char *words)
{
  const PangoGlyphString *string = run->glyphs;
  g_autofree cairo_glyph_t *glyphs = g_new0 (cairo_glyph_t, string->num_glyphs);
  g_autofree cairo_text_cluster_t *clusters = g_new0 (cairo_text_cluster_t, string->num_glyphs);
  gboolean is_backward = (run->item->analysis.level & 1) != 0;
  PangoGlyphItemIter iter;
  int n_clusters = 0;
  int x = 0;

  for (int i = 0; i < string->num_glyphs; i++)
    {
      const PangoGlyphInfo *info = &string->glyphs[i];

      glyphs[i].index = info->glyph;
      glyphs[i].x = (double)(x + info->geometry.x_offset) / PANGO_SCALE;
      glyphs[i].y = (double)info->geometry.y_offset / PANGO_SCALE;
      x += info->geometry.width;
    }
  for (gboolean more = pango_glyph_item_iter_init_start (&iter, (PangoGlyphItem *)run, words); more;
       more = pango_glyph_item_iter_next_cluster (&iter))
    {
      clusters[n_clusters].num_bytes = iter.end_index - iter.start_index;
      clusters[n_clusters++].num_glyphs = ABS (iter.end_glyph - iter.start_glyph);
    }
  cairo_show_text_glyphs (cr, words + run->item->offset, run->item->length, glyphs,
                          string->num_glyphs, clusters, n_clusters,
                          is_backward ? CAIRO_TEXT_CLUSTER_FLAG_BACKWARD : 0);
}

/* One run of one font, from the origin. */
static void
show_run (cairo_t *cr, PangoLayout *layout, PangoGlyphItem *run, double size)
{
  PangoFont *font = run->item->analysis.font;
  const char *words = pango_layout_get_text (layout);
  hb_face_t *source = hb_font_get_face (pango_font_get_hb_font (font));
  unsigned long n_table = get_table_size (source);
  cairo_font_face_t *large;

  cairo_move_to (cr, 0.0, 0.0);
  if (n_table < LARGE_TABLE_BYTES)
    {
      pango_cairo_show_glyph_item (cr, words, run);
      return;
    }

  large = is_altered (font) ? NULL : get_large_face (source, n_table);
  if (large == NULL)
    {
      pango_cairo_glyph_string_path (cr, font, run->glyphs);
      cairo_fill (cr);
      return;
    }
  cairo_new_path (cr);
  set_large_font (cr, large, pango_layout_get_context (layout), size);
  show_glyphs (cr, run, words);
}

void
lanyard_glyphs_show_line (cairo_t *cr, PangoLayout *layout, PangoLayoutLine *line, double size)
{
  cairo_save (cr);
  for (const GSList *l = line->runs; l != NULL; l = l->next)
    {
      PangoGlyphItem *run = l->data;

      cairo_save (cr);
      show_run (cr, layout, run, size);
      cairo_restore (cr);
      cairo_translate (cr, (double)pango_glyph_string_get_width (run->glyphs) / PANGO_SCALE, 0.0);
    }
  cairo_restore (cr);
}
