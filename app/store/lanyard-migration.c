/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-store"

#include "lanyard-migration.h"

#include "lanyard-error.h"
#include "lanyard-fault.h"
#include "lanyard-schema-resource.h"
#include "lanyard-statement.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
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
sync_path (const char *path, int flags)
{
  int fd = open (path, flags | O_CLOEXEC);
  gboolean ok = fd >= 0 && fsync (fd) == 0;
  int saved_errno = errno;

  if (fd >= 0)
    close (fd);
  errno = saved_errno;
  return ok;
}

static gboolean
fail_copy (const char *path, GError **error)
{
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_IO,
               "The copy %s could not be written (%s): check the disk.", path, g_strerror (errno));
  return FALSE;
}

/* What a copy that was cut off left. */
static void
clear_part (const char *part)
{
  g_autofree char *log = g_strconcat (part, "-journal", NULL);

  unlink (part);
  unlink (log);
}

/* Under a name of its own until it is whole: what has the name of a copy is one. */
static gboolean
write_part (LanyardDatabase *database, const char *part, GError **error)
{
  g_autoptr (LanyardStatement) statement = lanyard_statement_new (database, "VACUUM INTO ?1");
  int fd;

  clear_part (part);
  /* SQLite takes an empty file, and would make one that everybody may read. */
  fd = open (part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0)
    return fail_copy (part, error);
  close (fd);
  lanyard_statement_bind_text (statement, 1, part);
  if (lanyard_statement_run (statement, error))
    return sync_path (part, O_RDWR) || fail_copy (part, error);
  g_prefix_error (error, "No copy could be made before bringing it up to date: ");
  clear_part (part);
  return FALSE;
}

static gboolean
is_same (const char *path, const char *other)
{
  g_autoptr (GMappedFile) a = g_mapped_file_new (path, FALSE, NULL);
  g_autoptr (GMappedFile) b = g_mapped_file_new (other, FALSE, NULL);

  return a != NULL && b != NULL && g_mapped_file_get_length (a) == g_mapped_file_get_length (b)
         && memcmp (g_mapped_file_get_contents (a), g_mapped_file_get_contents (b),
                    g_mapped_file_get_length (a))
                == 0
         && !lanyard_fault ("copies-pile-up");
}

/* Gives @part the name of a copy, unless there is this very one: a start that is cut off again and
 * again must not fill the disk. */
static gboolean
keep_part (LanyardDatabase *database, const char *part, guint to, GError **error)
{
  g_autofree char *base
      = g_strdup_printf ("%s.before-%03u", lanyard_database_get_path (database), to);
  g_autofree char *directory = g_path_get_dirname (part);
  g_autofree char *copy = g_strdup (base);

  for (guint i = 1; g_file_test (copy, G_FILE_TEST_EXISTS) && i < MAX_COPIES; i++)
    {
      if (is_same (part, copy))
        {
          unlink (part);
          return TRUE;
        }
      g_free (copy);
      copy = g_strdup_printf ("%s-%u", base, i);
    }
  return (g_rename (part, copy) == 0 && sync_path (directory, O_RDONLY | O_DIRECTORY))
         || fail_copy (copy, error);
}

/* The state before the first of the steps, next to the file: for the day when a step was wrong. */
static gboolean
copy_first (LanyardDatabase *database, guint to, GError **error)
{
  g_autofree char *part = g_strconcat (lanyard_database_get_path (database), ".copying", NULL);

  return write_part (database, part, error) && keep_part (database, part, to, error);
}

void
lanyard_migration_drop_copies (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *prefix = g_strconcat (name, ".before-", NULL);
  g_autofree char *part = g_strconcat (path, ".copying", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *other;

  clear_part (part);
  while (dir != NULL && (other = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (other, prefix))
      {
        g_autofree char *copy = g_build_filename (folder, other, NULL);

        unlink (copy);
      }
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
  if (from > 0 && from < to && schema->upgrades != NULL)
    schema->upgrades (schema->user_data);
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
