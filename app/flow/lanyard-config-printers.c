/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* One printer, or several of which staff choose one. */

#define G_LOG_DOMAIN "lanyard-flow"

#include "lanyard-config-private.h"

#include <string.h>

#include "lanyard-shift.h"

#define GROUP_PREFIX "printer "
#define MAX_PRINTERS 8
#define DEFAULT_CARDS_WARN 20

static const char *const printer_keys[] = { "uri", "cards-warn", NULL };

static void
free_printer (gpointer data)
{
  LanyardPrinterConfig *printer = data;

  g_free (printer->name);
  g_free (printer->uri);
  g_free (printer);
}

/* "file:prints" means a folder beside the configuration. */
static void
make_absolute (char **uri, const char *folder)
{
  g_autofree char *path = NULL;
  const char *name;

  if (!g_str_has_prefix (*uri, "file:"))
    return;
  name = *uri + strlen ("file:");
  if (g_path_is_absolute (name))
    return;
  path = g_canonicalize_filename (name, folder);
  g_free (*uri);
  *uri = g_strconcat ("file:", path, NULL);
}

/* Names stand in records, on screens and in the table of a shift. */
static gboolean
is_name (const char *name)
{
  return *name != '\0' && strlen (name) <= LANYARD_PRINTER_NAME_MAX_BYTES
         && g_utf8_validate (name, -1, NULL);
}

static LanyardPrinterConfig *
find_printer (GPtrArray *printers, const char *name)
{
  for (guint i = 0; i < printers->len; i++)
    {
      LanyardPrinterConfig *printer = g_ptr_array_index (printers, i);

      if (g_strcmp0 (printer->name, name) == 0)
        return printer;
    }
  return NULL;
}

static gboolean
is_other_uri (GPtrArray *printers, const char *uri)
{
  for (guint i = 0; i < printers->len; i++)
    if (g_strcmp0 (((LanyardPrinterConfig *)g_ptr_array_index (printers, i))->uri, uri) == 0)
      return FALSE;
  return TRUE;
}

static gboolean
read_printer (LanyardConfig *config,
              GKeyFile *file,
              const char *group,
              const char *folder,
              GError **error)
{
  g_autofree char *name = g_strstrip (g_strdup (group + strlen (GROUP_PREFIX)));
  g_autofree char *uri = lanyard_config_get_text (file, group, "uri");
  LanyardPrinterConfig *printer;

  if (uri == NULL)
    return lanyard_config_fail (error, config->path, group, "uri", "is missing; add it.");
  make_absolute (&uri, folder);
  if (!is_name (name) || find_printer (config->printers, name) != NULL)
    return lanyard_config_fail (error, config->path, group, "uri",
                                "needs a group name of at most 32 bytes that is its own.");
  if (!is_other_uri (config->printers, uri))
    return lanyard_config_fail (error, config->path, group, "uri", "is that of another printer.");
  if (config->printers->len == MAX_PRINTERS)
    return lanyard_config_fail (error, config->path, group, "uri",
                                "is one too many; a desk has at most eight.");
  printer = g_new0 (LanyardPrinterConfig, 1);
  printer->name = g_steal_pointer (&name);
  printer->uri = g_steal_pointer (&uri);
  printer->cards_warn = config->cards_warn;
  g_ptr_array_add (config->printers, printer);
  return lanyard_config_get_number (file, config->path, group, "cards-warn", 0, LANYARD_CARDS_MAX,
                                    &printer->cards_warn, error);
}

static gboolean
read_groups (LanyardConfig *config, GKeyFile *file, const char *folder, GError **error)
{
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);

  config->printers = g_ptr_array_new_with_free_func (free_printer);
  for (guint g = 0; groups[g] != NULL; g++)
    if (g_str_has_prefix (groups[g], GROUP_PREFIX)
        && !read_printer (config, file, groups[g], folder, error))
      return FALSE;
  return TRUE;
}

/* The one that is used first comes first. */
static gboolean
read_use (LanyardConfig *config, GKeyFile *file, GError **error)
{
  g_autofree char *use = lanyard_config_get_text (file, "printer", "use");
  LanyardPrinterConfig *printer;
  guint index;

  if (use == NULL)
    return TRUE;
  printer = find_printer (config->printers, use);
  if (printer == NULL)
    return lanyard_config_fail (error, config->path, "printer", "use",
                                "names no group [printer NAME]; correct it.");
  g_ptr_array_find (config->printers, printer, &index);
  g_ptr_array_steal_index (config->printers, index);
  g_ptr_array_insert (config->printers, 0, printer);
  return TRUE;
}

static gboolean
choose_uri (LanyardConfig *config, GKeyFile *file, const char *folder, GError **error)
{
  config->printer_uri = lanyard_config_get_text (file, "printer", "uri");
  if (config->printers->len == 0)
    {
      g_clear_pointer (&config->printers, g_ptr_array_unref);
      if (config->printer_uri == NULL)
        return lanyard_config_fail (error, config->path, "printer", "uri",
                                    "is missing; add it, or a group [printer NAME].");
      make_absolute (&config->printer_uri, folder);
      return TRUE;
    }
  if (config->printer_uri != NULL)
    return lanyard_config_fail (error, config->path, "printer", "uri",
                                "does not go with groups [printer NAME]; give it one of its own.");
  config->printer_uri
      = g_strdup (((LanyardPrinterConfig *)g_ptr_array_index (config->printers, 0))->uri);
  return TRUE;
}

gboolean
lanyard_config_is_printer_key (const char *group, const char *key)
{
  return g_str_has_prefix (group, GROUP_PREFIX) && g_strv_contains (printer_keys, key);
}

gboolean
lanyard_config_read_printers (LanyardConfig *config,
                              GKeyFile *file,
                              const char *folder,
                              GError **error)
{
  config->scan_back = TRUE;
  config->cards_warn = DEFAULT_CARDS_WARN;
  return lanyard_config_get_boolean (file, config->path, "printer", "scan-back", &config->scan_back,
                                     error)
         && lanyard_config_get_number (file, config->path, "printer", "cards-warn", 0,
                                       LANYARD_CARDS_MAX, &config->cards_warn, error)
         && read_groups (config, file, folder, error) && read_use (config, file, error)
         && choose_uri (config, file, folder, error);
}

static void
add_copy (GPtrArray *printers, const char *name, const char *uri, guint cards_warn)
{
  LanyardPrinterConfig *printer = g_new0 (LanyardPrinterConfig, 1);

  printer->name = g_strdup (name);
  printer->uri = g_strdup (uri);
  printer->cards_warn = cards_warn;
  g_ptr_array_add (printers, printer);
}

GPtrArray *
lanyard_config_list_printers (const LanyardConfig *config)
{
  GPtrArray *printers = g_ptr_array_new_with_free_func (free_printer);

  g_return_val_if_fail (config != NULL, printers);

  for (guint i = 0; config->printers != NULL && i < config->printers->len; i++)
    {
      const LanyardPrinterConfig *printer = g_ptr_array_index (config->printers, i);

      add_copy (printers, printer->name, printer->uri, printer->cards_warn);
    }
  if (printers->len == 0)
    add_copy (printers, LANYARD_PRINTER_NAME_ONLY, config->printer_uri, config->cards_warn);
  return printers;
}

void
lanyard_config_set_printer (LanyardConfig *config, const char *uri)
{
  g_return_if_fail (config != NULL && uri != NULL);

  g_clear_pointer (&config->printers, g_ptr_array_unref);
  g_free (config->printer_uri);
  config->printer_uri = g_strdup (uri);
}
