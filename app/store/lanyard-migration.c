/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-store"

#include "lanyard-migration.h"

#include "lanyard-error.h"
#include "lanyard-schema-resource.h"
#include "lanyard-statement.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_COPIES 1000

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* Returns: the names of the steps in order; step N stands at N - 1 */
static char **
list_steps (const LanyardSchema *schema)
{
  g_auto (GStrv) names
      = g_resources_enumerate_children (schema->steps, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  guint n = names != NULL ? g_strv_length (names) : 0;

  lanyard_assert_invariant (n > 0);
  qsort (names, n, sizeof (char *), compare_names);
  for (guint i = 0; i < n; i++)
    lanyard_assert_invariant (g_ascii_strtoull (names[i], NULL, 10) == i + 1);
  return g_steal_pointer (&names);
}

static gboolean
exec_step (LanyardDatabase *database,
           const LanyardSchema *schema,
           const char *name,
           guint number,
           GError **error)
{
  g_autofree char *path = g_build_path ("/", schema->steps, name, NULL);
  g_autoptr (GBytes) sql = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  g_autofree char *mark = g_strdup_printf ("PRAGMA user_version = %u; PRAGMA application_id = %u",
                                           number, schema->application_id);

  if (sql == NULL)
    return FALSE;
  /* Resources end with a NUL that their size does not count. */
  if (lanyard_database_exec (database, g_bytes_get_data (sql, NULL), error)
      && lanyard_database_exec (database, mark, error))
    return TRUE;
  g_prefix_error (error, "Step %s was undone: ", name);
  return FALSE;
}

/* Steps @from + 1 to @to in one transaction. */
static gboolean
run_steps (LanyardDatabase *database,
           const LanyardSchema *schema,
           char **names,
           guint from,
           guint to,
           GError **error)
{
  if (!lanyard_database_begin (database, error))
    return FALSE;
  for (guint number = from + 1; number <= to; number++)
    if (!exec_step (database, schema, names[number - 1], number, error))
      {
        lanyard_database_rollback (database);
        return FALSE;
      }
  return lanyard_database_commit (database, error);
}

static gboolean
sync_copy (const char *path, GError **error)
{
  g_autofree char *directory = g_path_get_dirname (path);
  int file = open (path, O_RDWR | O_CLOEXEC);
  int folder = open (directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean ok = file >= 0 && folder >= 0 && fchmod (file, 0600) == 0 && fsync (file) == 0
                && fsync (folder) == 0;

  if (!ok)
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_IO,
                 "The copy %s could not be written (%s): check the disk.", path,
                 g_strerror (errno));
  if (file >= 0)
    close (file);
  if (folder >= 0)
    close (folder);
  return ok;
}

/* The state before the first of the steps, next to the file: for the day when a step was wrong. */
static gboolean
copy_first (LanyardDatabase *database, guint to, GError **error)
{
  g_autofree char *base
      = g_strdup_printf ("%s.before-%03u", lanyard_database_get_path (database), to);
  g_autofree char *copy = g_strdup (base);
  g_autoptr (LanyardStatement) statement = lanyard_statement_new (database, "VACUUM INTO ?1");

  for (guint i = 1; g_file_test (copy, G_FILE_TEST_EXISTS) && i < MAX_COPIES; i++)
    {
      g_free (copy);
      copy = g_strdup_printf ("%s-%u", base, i);
    }
  lanyard_statement_bind_text (statement, 1, copy);
  if (!lanyard_statement_run (statement, error))
    {
      g_prefix_error (error, "No copy could be made before bringing it up to date: ");
      return FALSE;
    }
  return sync_copy (copy, error);
}

guint
lanyard_migration_get_newest (const LanyardSchema *schema)
{
  g_auto (GStrv) steps = list_steps (schema);

  return g_strv_length (steps);
}

gboolean
lanyard_migration_run (LanyardDatabase *database,
                       const LanyardSchema *schema,
                       guint from,
                       guint to,
                       GError **error)
{
  g_auto (GStrv) steps = list_steps (schema);

  g_return_val_if_fail (to <= g_strv_length (steps), FALSE);
  if (from > 0 && from < to && !copy_first (database, to, error))
    return FALSE;
  /* A new file is whole or empty: nobody wants a copy of half of one. */
  if (from == 0)
    return run_steps (database, schema, steps, 0, to, error);
  for (guint number = from; number < to; number++)
    if (!run_steps (database, schema, steps, number, number + 1, error))
      return FALSE;
  return TRUE;
}

void
lanyard_migration_init (void)
{
  /* A constructor registers it; naming it here keeps the linker from leaving it out. */
  lanyard_assert_invariant (lanyard_schema_get_resource () != NULL);
}
