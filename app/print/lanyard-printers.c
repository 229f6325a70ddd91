/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-print"

#include "lanyard-printers.h"

#include <unistd.h>

#include <glib/gstdio.h>

#include "lanyard-error.h"
#include "lanyard-file-printer.h"
#include "lanyard-ipp-client.h"
#include "lanyard-ipp-messages.h"
#include "lanyard-ipp-plan.h"
#include "lanyard-ipp-printer.h"
#include "lanyard-zpl-printer.h"
#include "lanyard-zpl-target.h"

#define PROBE_MS 5000

/* Returns: (transfer none) (nullable): DIRECTORY of "file:DIRECTORY" and "file:///DIRECTORY" */
static const char *
directory_of (const char *uri)
{
  if (!g_str_has_prefix (uri, "file:"))
    return NULL;
  uri += strlen ("file:");
  if (g_str_has_prefix (uri, "///"))
    uri += 2;
  return *uri != '\0' ? uri : NULL;
}

static char *
probe_directory (const char *directory, GError **error)
{
  if (g_access (directory, W_OK | X_OK) == 0 && g_file_test (directory, G_FILE_TEST_IS_DIR))
    return g_strdup_printf ("files in %s", directory);
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_IO,
               "Badges cannot be written to %s; make that directory and let this user write there.",
               directory);
  return NULL;
}

LanyardPrinter *
lanyard_printer_open (const char *uri, GError **error)
{
  const char *directory;
  LanyardIppPrinter *printer;
  LanyardZplPrinter *label_printer;

  g_return_val_if_fail (uri != NULL, NULL);

  directory = directory_of (uri);
  if (directory != NULL)
    return LANYARD_PRINTER (lanyard_file_printer_new (directory));
  if (lanyard_zpl_target_is_uri (uri))
    {
      label_printer = lanyard_zpl_printer_new (uri, NULL, error);
      return label_printer != NULL ? LANYARD_PRINTER (label_printer) : NULL;
    }
  printer = lanyard_ipp_printer_new (uri, NULL, error);
  return printer != NULL ? LANYARD_PRINTER (printer) : NULL;
}

char *
lanyard_printer_probe (const char *uri, double width_mm, double height_mm, GError **error)
{
  g_autoptr (LanyardIppClient) client = NULL;
  g_autoptr (LanyardIppPlan) plan = NULL;
  g_autoptr (ipp_t) answer = NULL;
  const char *directory;

  g_return_val_if_fail (uri != NULL, NULL);

  directory = directory_of (uri);
  if (directory != NULL)
    return probe_directory (directory, error);
  client = lanyard_ipp_client_new (uri, error);
  if (client == NULL)
    return NULL;
  answer = lanyard_ipp_client_do (
      client, lanyard_ipp_ask_capabilities (lanyard_ipp_client_get_uri (client)), NULL, PROBE_MS,
      NULL, error);
  if (answer == NULL || !lanyard_ipp_check_status (answer, error))
    return NULL;
  plan = lanyard_ipp_plan_new (answer, width_mm, height_mm, 1, TRUE, error);
  return plan != NULL ? lanyard_ipp_plan_to_string (plan) : NULL;
}
