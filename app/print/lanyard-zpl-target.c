/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-print"

#include "lanyard-zpl-target.h"

#include <math.h>
#include <string.h>

#include "lanyard-error.h"

#define SCHEME "zpl:"
#define MIN_SIDE_MM 5.0
#define MAX_SIDE_MM 1000.0

static gboolean refuse (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

static gboolean
refuse (GError **error, const char *format, ...)
{
  va_list arguments;
  g_autofree char *words = NULL;

  va_start (arguments, format);
  words = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (
      error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
      "The label printer's uri %s; write zpl://HOST?dpi=203 or zpl:///dev/usb/lp0?dpi=203.", words);
  return FALSE;
}

static gboolean
take_dpi (LanyardZplTarget *target, const char *value, GError **error)
{
  static const guint known[] = { 203, 300, 600 };
  guint64 dpi = 0;

  g_ascii_string_to_unsigned (value, 10, 1, 9999, &dpi, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (dpi == known[i])
      {
        target->dpi = known[i];
        return TRUE;
      }
  return refuse (error, "must have a dpi of 203, 300 or 600");
}

static gboolean
take_side (double *side_mm, const char *name, const char *value, GError **error)
{
  char *end;
  double number = g_ascii_strtod (value, &end);

  if (end == value || *end != '\0' || !(number >= MIN_SIDE_MM && number <= MAX_SIDE_MM))
    return refuse (error, "has a %s that is no length of %.0f to %.0f mm", name, MIN_SIDE_MM,
                   MAX_SIDE_MM);
  *side_mm = number;
  return TRUE;
}

static gboolean
take_coding (LanyardZplTarget *target, const char *value, GError **error)
{
  if (g_str_equal (value, "ascii"))
    target->coding = LANYARD_ZPL_CODING_ASCII;
  else if (g_str_equal (value, "z64"))
    target->coding = LANYARD_ZPL_CODING_Z64;
  else
    return refuse (error, "must have a coding of ascii or z64");
  return TRUE;
}

static gboolean
take_query (LanyardZplTarget *target, const char *query, GError **error)
{
  GUriParamsIter iter;
  g_autoptr (GError) local = NULL;

  g_uri_params_iter_init (&iter, query, -1, "&", G_URI_PARAMS_NONE);
  while (TRUE)
    {
      g_autofree char *name = NULL, *value = NULL;
      gboolean good;

      if (!g_uri_params_iter_next (&iter, &name, &value, &local))
        break;
      if (g_str_equal (name, "dpi"))
        good = take_dpi (target, value, error);
      else if (g_str_equal (name, "width"))
        good = take_side (&target->width_mm, name, value, error);
      else if (g_str_equal (name, "height"))
        good = take_side (&target->height_mm, name, value, error);
      else if (g_str_equal (name, "coding"))
        good = take_coding (target, value, error);
      else
        good = refuse (error, "has a parameter that is none of dpi, width, height and coding");
      if (!good)
        return FALSE;
    }
  if (local != NULL)
    return refuse (error, "has parameters that cannot be read");
  return TRUE;
}

static gboolean
take_place (LanyardZplTarget *target, GUri *uri, GError **error)
{
  const char *host = g_uri_get_host (uri), *path = g_uri_get_path (uri);
  int port = g_uri_get_port (uri);
  gboolean is_device = host == NULL || *host == '\0';

  if (g_uri_get_userinfo (uri) != NULL || g_uri_get_fragment (uri) != NULL)
    return refuse (error, "must not have a user, a password or a fragment");
  if (is_device && (port >= 0 || *path != '/' || path[1] == '\0'))
    return refuse (error, "names neither a host nor a device");
  if (!is_device && *path != '\0' && !g_str_equal (path, "/"))
    return refuse (error, "must not have a path after the host");
  if (port == 0)
    return refuse (error, "has the port 0");
  if (is_device)
    {
      target->device = g_strdup (path);
      target->name = g_strdup_printf ("zpl://%s", path);
      return TRUE;
    }
  target->host = g_strdup (host);
  target->port = port > 0 ? (guint16)port : LANYARD_ZPL_PORT;
  target->name = g_strdup_printf (strchr (host, ':') != NULL ? "zpl://[%s]:%u" : "zpl://%s:%u",
                                  host, target->port);
  return TRUE;
}

gboolean
lanyard_zpl_target_is_uri (const char *uri)
{
  g_return_val_if_fail (uri != NULL, FALSE);

  return g_ascii_strncasecmp (uri, SCHEME, strlen (SCHEME)) == 0;
}

LanyardZplTarget *
lanyard_zpl_target_parse (const char *text, GError **error)
{
  g_autoptr (LanyardZplTarget) target = g_new0 (LanyardZplTarget, 1);
  g_autoptr (GUri) uri = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  /* The query stays encoded, so that "&" in a value is not taken for another one. */
  uri = g_uri_parse (text, G_URI_FLAGS_ENCODED_QUERY | G_URI_FLAGS_HAS_PASSWORD, NULL);
  if (uri == NULL || !lanyard_zpl_target_is_uri (text))
    {
      refuse (error, "cannot be read");
      return NULL;
    }
  if (!take_place (target, uri, error)
      || !take_query (target, g_uri_get_query (uri) != NULL ? g_uri_get_query (uri) : "", error))
    return NULL;
  if (target->dpi == 0)
    {
      refuse (error, "says no dpi");
      return NULL;
    }
  if ((target->width_mm > 0) != (target->height_mm > 0))
    {
      refuse (error, "has only one of width and height");
      return NULL;
    }
  return g_steal_pointer (&target);
}

LanyardZplTarget *
lanyard_zpl_target_copy (const LanyardZplTarget *target)
{
  LanyardZplTarget *copy;

  g_return_val_if_fail (target != NULL, NULL);

  copy = g_memdup2 (target, sizeof *target);
  copy->name = g_strdup (target->name);
  copy->host = g_strdup (target->host);
  copy->device = g_strdup (target->device);
  return copy;
}

void
lanyard_zpl_target_free (LanyardZplTarget *target)
{
  if (target == NULL)
    return;
  g_free (target->name);
  g_free (target->host);
  g_free (target->device);
  g_free (target);
}

guint
lanyard_zpl_target_get_dots_per_mm (const LanyardZplTarget *target)
{
  g_return_val_if_fail (target != NULL, 0);

  return (guint)lround (target->dpi / 25.4);
}

static gboolean
is_near (double a_mm, double b_mm)
{
  return fabs (a_mm - b_mm) <= LANYARD_ZPL_SIZE_TOLERANCE_MM;
}

gboolean
lanyard_zpl_target_fit (const LanyardZplTarget *target,
                        double width_mm,
                        double height_mm,
                        guint n_pages,
                        LanyardMonoSheet *sheet,
                        GError **error)
{
  double label_width_mm, label_height_mm;

  g_return_val_if_fail (target != NULL && sheet != NULL, FALSE);

  if (n_pages != 1)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_REFUSED,
                   "The label printer %s prints one side and this badge has two; take a template "
                   "without a back.",
                   target->name);
      return FALSE;
    }
  label_width_mm = target->width_mm > 0 ? target->width_mm : width_mm;
  label_height_mm = target->height_mm > 0 ? target->height_mm : height_mm;
  *sheet = (LanyardMonoSheet){ .dpi = target->dpi == 203 ? 203.2 : target->dpi,
                               .width_mm = label_width_mm,
                               .height_mm = label_height_mm };
  if (is_near (width_mm, label_width_mm) && is_near (height_mm, label_height_mm))
    return TRUE;
  sheet->turned = TRUE;
  if (is_near (width_mm, label_height_mm) && is_near (height_mm, label_width_mm))
    return TRUE;
  g_set_error (
      error, LANYARD_ERROR, LANYARD_ERROR_REFUSED,
      "The label printer %s has labels of %.2f × %.2f mm and this badge is %.2f × %.2f mm; "
      "load other labels, or correct width and height in its uri.",
      target->name, label_width_mm, label_height_mm, width_mm, height_mm);
  return FALSE;
}
