/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-camera-check.h"

#include <gst/gst.h>

#include "lanyard-error.h"

gboolean
lanyard_camera_check_source (const char *source, GError **error)
{
  g_autoptr (GstElement) bin = NULL;
  g_autoptr (GError) local = NULL;

  g_return_val_if_fail (source != NULL, FALSE);

  gst_init (NULL, NULL);
  bin = gst_parse_bin_from_description (source, FALSE, &local);
  if (bin != NULL)
    gst_object_ref_sink (bin);
  /* A bin may come back all the same when one of several elements is missing. */
  if (local == NULL)
    return TRUE;
  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_USAGE, local->message);
  return FALSE;
}

gboolean
lanyard_camera_has_element (const char *name)
{
  g_autoptr (GstElementFactory) factory = NULL;

  g_return_val_if_fail (name != NULL, FALSE);

  gst_init (NULL, NULL);
  factory = gst_element_factory_find (name);
  return factory != NULL;
}
