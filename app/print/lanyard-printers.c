/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-print"

#include "lanyard-printers.h"

#include <unistd.h>

#include <glib/gstdio.h>

#include "lanyard-error.h"
#include "lanyard-file-printer.h"
#include "lanyard-ipp-printer.h"
#include "lanyard-printer-facts.h"
#include "lanyard-zpl-printer.h"
#include "lanyard-zpl-target.h"

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

  g_return_val_if_fail (uri != NULL, NULL);

  directory = directory_of (uri);
  if (directory != NULL)
    return LANYARD_PRINTER (lanyard_file_printer_new (directory));
  return lanyard_zpl_target_is_uri (uri) ? lanyard_zpl_printer_new (uri, NULL, error)
                                         : lanyard_ipp_printer_new (uri, NULL, error);
}

gboolean
lanyard_printer_is_directory (const char *uri)
{
  g_return_val_if_fail (uri != NULL, FALSE);

  return directory_of (uri) != NULL;
}

char *
lanyard_printer_probe (const char *uri, double width_mm, double height_mm, GError **error)
{
  const LanyardPrinterNeed need = { width_mm, height_mm, 1 };
  g_autoptr (LanyardPrinterFacts) facts = NULL;
  const char *directory;

  g_return_val_if_fail (uri != NULL, NULL);

  directory = directory_of (uri);
  if (directory != NULL)
    return probe_directory (directory, error);
  facts = lanyard_printer_facts_ask (uri, error);
  return facts != NULL ? lanyard_printer_facts_judge (facts, &need, error) : NULL;
}
