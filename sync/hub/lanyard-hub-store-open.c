/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-store-open.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "lanyard-error.h"
#include "lanyard-hub-private.h"
#include "lanyard-hub-store-sqlite.h"
#ifdef LANYARD_HAVE_POSTGRESQL
#include "lanyard-hub-store-pg.h"
#endif

#define SQLITE "sqlite:"
#define PLACE_FILE "store"
#define DIRECTORY_MODE 0700

static gboolean
is_server (const char *where)
{
  return g_str_has_prefix (where, "postgresql://") || g_str_has_prefix (where, "postgres://");
}

static LanyardHubStore *
open_server (const char *where, gboolean create, GError **error)
{
#ifdef LANYARD_HAVE_POSTGRESQL
  return lanyard_hub_store_pg_open (where, create, error);
#else
  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_UNAVAILABLE,
                       "This lanyard-hub was built without PostgreSQL; use --store sqlite:PATH.");
  return NULL;
#endif
}

static gboolean
is_place (const char *where, GError **error)
{
  if (is_server (where) || (g_str_has_prefix (where, SQLITE) && where[strlen (SQLITE)] != '\0'))
    return TRUE;
  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                       "--store is sqlite:PATH or postgresql://USER@HOST/DATABASE.");
  return FALSE;
}

LanyardHubStore *
lanyard_hub_store_open (const char *where, gboolean create, GError **error)
{
  g_return_val_if_fail (where != NULL, NULL);

  if (!is_place (where, error))
    return NULL;
  if (is_server (where))
    return open_server (where, create, error);
  return lanyard_hub_store_sqlite_open (where + strlen (SQLITE), create, error);
}

char *
lanyard_hub_store_locate (const char *directory, const char *where, GError **error)
{
  g_autofree char *path = g_build_filename (directory, PLACE_FILE, NULL);
  g_autoptr (GError) local_error = NULL;
  char *text;

  if (where != NULL)
    return g_strdup (where);
  if (g_file_get_contents (path, &text, NULL, &local_error))
    return g_strstrip (text);
  if (g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_NOENT)
      || g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_NOTDIR))
    return g_strdup_printf (SQLITE "%s/%s", directory, LANYARD_HUB_DATABASE_FILE);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

const char *
lanyard_hub_store_get_path (const char *where)
{
  return g_str_has_prefix (where, SQLITE) ? where + strlen (SQLITE) : NULL;
}

gboolean
lanyard_hub_store_remember (const char *directory, const char *where, GError **error)
{
  g_autofree char *path = g_build_filename (directory, PLACE_FILE, NULL);
  g_autofree char *line = g_strconcat (where, "\n", NULL);

  if (!is_place (where, error))
    return FALSE;
  if (g_mkdir_with_parents (directory, DIRECTORY_MODE) != 0)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_IO, "The folder %s cannot be made: %s.",
                   directory, g_strerror (errno));
      return FALSE;
    }
  return g_file_set_contents_full (path, line, -1, G_FILE_SET_CONTENTS_DURABLE, 0600, error);
}
