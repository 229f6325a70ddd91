/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-badge"

#include "lanyard-badge-svg.h"

#include <string.h>

#include "lanyard-badge-svg-references.h"
#include "lanyard-error.h"

#define MAX_DEPTH 64
#define MAX_ELEMENTS 20000
/* Shorter dashes are no longer dashes, but millions of them are drawn. */
#define MIN_DASH 0.05
/* Enough for the sizes in the head of any PNG or JPEG with a thumbnail. */
#define MAX_HEAD_BYTES (256 * 1024)

typedef struct
{
  const char *what;                 /* borrowed */
  LanyardSvgReferences *references; /* borrowed */
  guint depth;
  guint n_elements;
  gboolean in_style;
  gboolean may_have_text;
} Check;

static const struct
{
  const char *element;
  const char *why;
} REFUSED[] = {
  { "script", "nothing in it is run" },
  { "foreignObject", "librsvg does not draw what is in it" },
  { "filter", "a printer shows it as blurred dots: draw it with shapes or export it as a PNG" },
  { "animate", "nothing in it moves" },
  { "animateTransform", "nothing in it moves" },
  { "set", "nothing in it moves" },
  { "include", "other files are not read" },
  { "text", "not every desk has its font: make it a text slot, or a shape (in Inkscape: Path, "
            "Object to Path)" },
  { "marker", "make a shape of it (in Inkscape: Path, Stroke to Path)" },
};

G_GNUC_PRINTF (3, 4)
static gboolean
fail (const Check *check, GError **error, const char *format, ...)
{
  g_autofree char *why = NULL;
  va_list args;

  va_start (args, format);
  why = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID, "%s %s", check->what, why);

  return FALSE;
}

/* "svg:rect" and "rect" are the same here. */
static const char *
get_local_name (const char *name)
{
  const char *colon = strchr (name, ':');

  return colon != NULL ? colon + 1 : name;
}

static guint
read_u16 (const guint8 *p)
{
  return ((guint)p[0] << 8) | p[1];
}

static gboolean
measure_png (const guint8 *data, gsize n_bytes, guint64 *width, guint64 *height)
{
  static const guint8 signature[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };

  if (n_bytes < 24 || memcmp (data, signature, sizeof signature) != 0)
    return FALSE;
  *width = ((guint64)read_u16 (data + 16) << 16) | read_u16 (data + 18);
  *height = ((guint64)read_u16 (data + 20) << 16) | read_u16 (data + 22);

  return TRUE;
}

/* Walks from marker to marker to the frame header (ITU-T T.81 §B.2.2). */
static gboolean
measure_jpeg (const guint8 *data, gsize n_bytes, guint64 *width, guint64 *height)
{
  gsize i = 2;

  if (n_bytes < 4 || data[0] != 0xff || data[1] != 0xd8)
    return FALSE;
  while (i + 9 < n_bytes && data[i] == 0xff)
    {
      guint marker = data[i + 1];

      if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc)
        {
          *height = read_u16 (data + i + 5);
          *width = read_u16 (data + i + 7);
          return TRUE;
        }
      i += marker == 0xff ? 1 : 2 + (gsize)read_u16 (data + i + 2);
    }

  return FALSE;
}

static gboolean
check_data (const Check *check, const char *uri, GError **error)
{
  const char *comma = strchr (uri, ',');
  gboolean is_picture = g_str_has_prefix (uri, "data:image/png;base64,")
                        || g_str_has_prefix (uri, "data:image/jpeg;base64,")
                        || g_str_has_prefix (uri, "data:image/jpg;base64,");
  g_autofree char *head = NULL;
  g_autofree guint8 *data = NULL;
  gsize n_bytes = 0;
  guint64 width = 0;
  guint64 height = 0;

  if (!is_picture || comma == NULL)
    return fail (check, error, "has a picture within that is neither PNG nor JPEG; export it so");

  head = g_strndup (comma + 1, MAX_HEAD_BYTES);
  data = g_base64_decode (head, &n_bytes);
  if (!measure_png (data, n_bytes, &width, &height)
      && !measure_jpeg (data, n_bytes, &width, &height))
    return fail (check, error, "has a picture within that is no sound PNG or JPEG; export it anew");
  if (width == 0 || height == 0 || width * height > LANYARD_SVG_MAX_PIXELS)
    return fail (check, error,
                 "has a picture of %" G_GUINT64_FORMAT " × %" G_GUINT64_FORMAT
                 " pixels within; 24 million are more than any printer shows",
                 width, height);

  return TRUE;
}

static gboolean
check_link (const Check *check, const char *link, GError **error)
{
  const char *p = link + strspn (link, " \t\r\n");

  if (*p == '\0')
    return TRUE;
  if (*p == '#')
    {
      lanyard_svg_references_add (check->references, p + 1);
      return TRUE;
    }
  if (g_ascii_strncasecmp (p, "data:", 5) == 0)
    return check_data (check, p, error);

  return fail (check, error,
               "refers to \"%.60s\"; no other file is read: put the picture into this one", p);
}

/* Every url(…) within a value or a style sheet. */
static gboolean
check_urls (const Check *check, const char *text, GError **error)
{
  for (const char *p = strcasestr (text, "url("); p != NULL; p = strcasestr (p + 4, "url("))
    {
      const char *target = p + 4 + strspn (p + 4, " \t\r\n\"'");

      if (*target != '#' && *target != ')')
        {
          gsize n = MIN (strcspn (target, ")\"'"), 60);
          g_autofree char *shown = g_strndup (target, n);

          return fail (check, error, "refers to \"%s\"; no other file is read: leave it out",
                       shown);
        }
      if (*target == '#')
        {
          g_autofree char *id = g_strndup (target + 1, strcspn (target + 1, " \t\r\n)\"'"));

          if (check->in_style)
            lanyard_svg_references_add_everywhere (check->references, id);
          else
            lanyard_svg_references_add (check->references, id);
        }
    }
  if (strcasestr (text, "@import") != NULL)
    return fail (check, error, "imports a style sheet; no other file is read: leave it out");

  return TRUE;
}

/* Lengths after "stroke-dasharray" as an attribute or within style. */
static gboolean
check_dashes (const Check *check, const char *lengths, GError **error)
{
  double sum = 0.0;
  const char *p = lengths;

  while (*p != '\0' && *p != ';')
    {
      char *end;
      double length = g_ascii_strtod (p, &end);

      if (end == p)
        {
          p++;
          continue;
        }
      sum += length;
      p = end;
    }
  if (sum > 0.0 && sum < MIN_DASH)
    return fail (check, error, "has dashes that are finer than any printer's; make them longer");

  return TRUE;
}

static gboolean
check_attribute (const Check *check, const char *name, const char *value, GError **error)
{
  const char *local = get_local_name (name);
  const char *dashes = NULL;

  if (g_str_equal (local, "href"))
    return check_link (check, value, error);
  if (g_str_equal (local, "stroke-dasharray"))
    dashes = value;
  else if (g_str_equal (local, "style") && strstr (value, "stroke-dasharray:") != NULL)
    dashes = strstr (value, "stroke-dasharray:") + strlen ("stroke-dasharray:");
  if (dashes != NULL && !check_dashes (check, dashes, error))
    return FALSE;
  if (g_ascii_strncasecmp (local, "on", 2) == 0 && local == name)
    return fail (check, error, "has an attribute %.40s; nothing in it is run", name);

  return check_urls (check, value, error);
}

static const char *
find_id (const char **names, const char **values)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      if (g_str_equal (names[i], "id"))
        return values[i];
    }

  return NULL;
}

static void
on_start (GMarkupParseContext *context,
          const char *element,
          const char **names,
          const char **values,
          gpointer user_data,
          GError **error)
{
  Check *check = user_data;
  const char *local = get_local_name (element);

  if (++check->depth > MAX_DEPTH)
    {
      fail (check, error, "has elements nested deeper than %d; ungroup them", MAX_DEPTH);
      return;
    }
  if (++check->n_elements > MAX_ELEMENTS)
    {
      fail (check, error, "has more than %d elements; make a picture of them", MAX_ELEMENTS);
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (REFUSED); i++)
    {
      if (g_str_equal (REFUSED[i].element, local)
          && !(check->may_have_text && g_str_equal (local, "text")))
        {
          fail (check, error, "has a <%s>; %s", local, REFUSED[i].why);
          return;
        }
    }
  lanyard_svg_references_open (check->references, local, find_id (names, values));
  for (guint i = 0; names[i] != NULL; i++)
    {
      if (!check_attribute (check, names[i], values[i], error))
        return;
    }
  check->in_style = g_str_equal (local, "style");
}

static void
on_end (GMarkupParseContext *context, const char *element, gpointer user_data, GError **error)
{
  Check *check = user_data;

  check->depth--;
  lanyard_svg_references_close (check->references);
  check->in_style = FALSE;
}

static void
on_text (GMarkupParseContext *context,
         const char *text,
         gsize n_bytes,
         gpointer user_data,
         GError **error)
{
  const Check *check = user_data;

  if (check->in_style)
    check_urls (check, text, error);
}

/* Whether an XML declaration, without its end, names another encoding than the one that is read
 * here: librsvg would read other elements out of the same bytes, in UTF-7 for instance. */
static gboolean
names_other_encoding (const char *declaration)
{
  const char *value = strstr (declaration, "encoding");

  if (value == NULL)
    return FALSE;
  value = strpbrk (value, "'\"");
  return value == NULL || g_ascii_strncasecmp (value + 1, "utf-8", strlen ("utf-8")) != 0
         || value[1 + strlen ("utf-8")] != value[0];
}

/* Comments, processing instructions, document types and CDATA. */
static void
on_passthrough (GMarkupParseContext *context,
                const char *text,
                gsize n_bytes,
                gpointer user_data,
                GError **error)
{
  const Check *check = user_data;

  if (g_str_has_prefix (text, "<!DOCTYPE") && strchr (text, '[') != NULL)
    fail (check, error, "declares entities; save it as plain SVG");
  else if (g_str_has_prefix (text, "<?xml-stylesheet"))
    fail (check, error, "names a style sheet; no other file is read: leave it out");
  else if (g_str_has_prefix (text, "<?xml ") && names_other_encoding (text))
    fail (check, error, "is not in UTF-8; save it in UTF-8");
  else if (check->in_style)
    check_urls (check, text, error);
}

static gboolean
check_svg (GBytes *svg, const char *what, gboolean may_have_text, GError **error)
{
  static const GMarkupParser parser = {
    .start_element = on_start, .end_element = on_end, .text = on_text, .passthrough = on_passthrough
  };
  g_autoptr (LanyardSvgReferences) references = lanyard_svg_references_new ();
  Check check = { .what = what, .references = references, .may_have_text = may_have_text };
  g_autoptr (GMarkupParseContext) context
      = g_markup_parse_context_new (&parser, G_MARKUP_DEFAULT_FLAGS, &check, NULL);
  g_autoptr (GError) local = NULL;
  gsize n_bytes;
  const char *text = g_bytes_get_data (svg, &n_bytes);

  /* GMarkup goes on after a comment that is not UTF-8, without having shown it to us. */
  if (!g_utf8_validate_len (text == NULL ? "" : text, n_bytes, NULL))
    return fail (&check, error, "is not in UTF-8; save it in UTF-8");
  if (g_markup_parse_context_parse (context, text == NULL ? "" : text, n_bytes, &local)
      && g_markup_parse_context_end_parse (context, &local))
    return lanyard_svg_references_weigh (references) <= MAX_ELEMENTS
           || fail (&check, error,
                    "has elements that refer to each other and stand for more than %d, or for"
                    " themselves; draw less of them",
                    MAX_ELEMENTS);

  if (local->domain == LANYARD_ERROR)
    g_propagate_error (error, g_steal_pointer (&local));
  else
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID, "%s is not an SVG file: %s", what,
                 local->message);
  return FALSE;
}

gboolean
lanyard_svg_check (GBytes *svg, const char *what, GError **error)
{
  g_return_val_if_fail (svg != NULL && what != NULL, FALSE);

  return check_svg (svg, what, FALSE, error);
}

gboolean
lanyard_svg_check_for_screen (GBytes *svg, const char *what, GError **error)
{
  g_return_val_if_fail (svg != NULL && what != NULL, FALSE);

  return check_svg (svg, what, TRUE, error);
}
