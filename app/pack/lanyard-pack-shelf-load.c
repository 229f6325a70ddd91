/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-pack"

#include "lanyard-pack-shelf-private.h"

#include <string.h>

#include "lanyard-error.h"

/* Which edition a desk begins with. */

#define EDITION_PREFIX "edition-"

/* Returns: 0 for a name that is none of an edition */
static guint
parse_edition (const char *name)
{
  guint64 version = 0;

  if (!g_str_has_prefix (name, EDITION_PREFIX)
      || !g_ascii_string_to_unsigned (name + strlen (EDITION_PREFIX), 10, 1, G_MAXUINT32, &version,
                                      NULL))
    return 0;

  return (guint)version;
}

static int
compare_down (gconstpointer a, gconstpointer b)
{
  guint first = *(const guint *)a, second = *(const guint *)b;

  return first < second ? 1 : first > second ? -1 : 0;
}

char *
lanyard_pack_shelf_path (const char *folder, guint version)
{
  g_autofree char *name = g_strdup_printf (EDITION_PREFIX "%u", version);

  return g_build_filename (folder, name, NULL);
}

GArray *
lanyard_pack_shelf_list (const char *folder)
{
  GArray *versions = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GDir) items = g_dir_open (folder, 0, NULL);
  const char *name;

  while (items != NULL && (name = g_dir_read_name (items)) != NULL)
    {
      guint version = parse_edition (name);

      if (version != 0)
        g_array_append_val (versions, version);
    }
  g_array_sort (versions, compare_down);

  return versions;
}

LanyardPack *
lanyard_pack_shelf_open (const char *directory,
                         guint version,
                         const LanyardPublicKey *root,
                         const char *event,
                         const char *venue,
                         gint64 now_s,
                         GError **error)
{
  g_autoptr (LanyardPack) pack = lanyard_pack_load (directory, root, now_s, error);

  if (pack == NULL)
    return NULL;
  if (event != NULL && !g_str_equal (lanyard_pack_get_event (pack), event))
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_PROTOCOL,
                   "The pack is of event %s, this desk is of %s; have the hub looked at.",
                   lanyard_pack_get_event (pack), event);
      return NULL;
    }
  if (lanyard_pack_get_version (pack) != version)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_PROTOCOL,
                   "The pack says that it is edition %u and was announced as %u; publish it again.",
                   lanyard_pack_get_version (pack), version);
      return NULL;
    }
  if (venue != NULL && lanyard_pack_find_code (pack, LANYARD_CODES_VENUE, venue) == NULL)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                   "Edition %u of the pack has no venue \"%s\", where this desk is; put the venue "
                   "back and publish it again.",
                   version, venue);
      return NULL;
    }

  return g_steal_pointer (&pack);
}

LanyardPack *
lanyard_pack_shelf_load (const char *folder,
                         const char *directory,
                         const LanyardPublicKey *root,
                         const char *venue,
                         gint64 now_s,
                         GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (LanyardPack) first = NULL;
  g_autoptr (GArray) versions = NULL;

  g_return_val_if_fail (folder != NULL && directory != NULL && root != NULL, NULL);

  first = lanyard_pack_load (directory, root, now_s, &local);
  versions = lanyard_pack_shelf_list (folder);
  for (guint i = 0; i < versions->len; i++)
    {
      guint version = g_array_index (versions, guint, i);
      g_autofree char *path = lanyard_pack_shelf_path (folder, version);
      g_autoptr (GError) why = NULL;
      LanyardPack *pack;

      if (first != NULL && version <= lanyard_pack_get_version (first))
        break;
      pack = lanyard_pack_shelf_open (path, version, root,
                                      first == NULL ? NULL : lanyard_pack_get_event (first), venue,
                                      now_s, &why);
      if (pack != NULL)
        return pack;
      g_message ("Edition %u of the pack is passed over: %s", version, why->message);
    }
  if (first == NULL)
    g_propagate_error (error, g_steal_pointer (&local));

  return g_steal_pointer (&first);
}
