/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-examination.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "lanyard-error.h"

#define PROGRAM "lanyard"
/* Where it stands beside the kiosk before anything is installed. */
#define PROGRAM_OF_BUILD "../app/tool/lanyard"
#define TIME_S 60
#define MAX_LINE_BYTES 4096
#define SAID_NOTHING                                                                               \
  "“lanyard doctor” said nothing within a minute; run it in a terminal of this desk."

/* One examination on its way. */
typedef struct
{
  GTask *task;         /* owned: answered at the end */
  GSubprocess *doctor; /* owned */
  GDataInputStream *lines;
  GPtrArray *facts;
  char *said; /* owned (nullable): the first line that is no fact: why there are none */
  GCancellable *cancellable; /* owned: of the reading */
  guint end_id;              /* source: time is over */
} Examination;

void
lanyard_fact_free (LanyardFact *fact)
{
  if (fact == NULL)
    return;
  g_free (fact->part);
  g_free (fact->words);
  g_free (fact);
}

static void
free_fact (gpointer fact)
{
  lanyard_fact_free (fact);
}

/* Returns: (transfer full) (nullable): NULL when there is none */
static char *
dup_beside (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_file_test (path, G_FILE_TEST_IS_EXECUTABLE) ? g_steal_pointer (&path) : NULL;
}

char *
lanyard_examination_dup_program (void)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : NULL;
  char *path = folder != NULL ? dup_beside (folder, PROGRAM) : NULL;

  if (path == NULL && folder != NULL)
    path = dup_beside (folder, PROGRAM_OF_BUILD);
  return path != NULL ? path : g_find_program_in_path (PROGRAM);
}

static gboolean
to_health (const char *finding, LanyardHealth *health)
{
  static const char *const names[] = { "wrong", "note", "fine" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (finding, names[i]) == 0)
      {
        *health = (LanyardHealth)i;
        return TRUE;
      }
  return FALSE;
}

static const char *
get_text (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

/* Returns: (transfer full) (nullable): NULL for what is no fact */
static LanyardFact *
read_fact (const char *line)
{
  g_autoptr (JsonNode) node = json_from_string (line, NULL);
  g_autoptr (LanyardFact) fact = g_new0 (LanyardFact, 1);
  JsonObject *object;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return NULL;
  object = json_node_get_object (node);
  fact->part = g_strdup (get_text (object, "check"));
  fact->words = g_strdup (get_text (object, "words"));
  if (fact->part == NULL || fact->words == NULL
      || !to_health (get_text (object, "finding"), &fact->health))
    return NULL;
  return g_steal_pointer (&fact);
}

static void
end (Examination *examination, GError *error)
{
  g_clear_handle_id (&examination->end_id, g_source_remove);
  g_subprocess_force_exit (examination->doctor);
  if (error != NULL)
    g_task_return_error (examination->task, error);
  else if (examination->facts->len == 0)
    g_task_return_new_error (examination->task, LANYARD_ERROR, LANYARD_ERROR_IO, "%s",
                             examination->said != NULL ? examination->said : SAID_NOTHING);
  else
    g_task_return_pointer (examination->task, g_ptr_array_ref (examination->facts),
                           (GDestroyNotify)g_ptr_array_unref);
  g_object_unref (examination->task);
  g_object_unref (examination->doctor);
  g_object_unref (examination->lines);
  g_object_unref (examination->cancellable);
  g_ptr_array_unref (examination->facts);
  g_free (examination->said);
  g_free (examination);
}

static void
add_line (Examination *examination, const char *line)
{
  gboolean is_short = strlen (line) <= MAX_LINE_BYTES;
  LanyardFact *fact = is_short ? read_fact (line) : NULL;
  GPtrArray *facts = examination->facts;
  guint at = 0;

  if (fact == NULL && is_short && examination->said == NULL)
    examination->said = g_strdup (line);
  if (fact == NULL)
    return;
  while (at < facts->len && ((LanyardFact *)g_ptr_array_index (facts, at))->health <= fact->health)
    at++;
  g_ptr_array_insert (facts, (gint)at, fact);
}

static void
on_line (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Examination *examination = user_data;
  GError *error = NULL;
  g_autofree char *line
      = g_data_input_stream_read_line_finish_utf8 (examination->lines, result, NULL, &error);

  if (line != NULL)
    add_line (examination, line);
  if (line != NULL && examination->facts->len < LANYARD_EXAMINATION_MAX_FACTS)
    {
      g_data_input_stream_read_line_async (examination->lines, G_PRIORITY_DEFAULT,
                                           examination->cancellable, on_line, examination);
      return;
    }
  /* Time is over: what was said until then is worth something. */
  if (error != NULL && !g_cancellable_is_cancelled (g_task_get_cancellable (examination->task)))
    g_clear_error (&error);
  end (examination, error);
}

static gboolean
on_end (gpointer user_data)
{
  Examination *examination = user_data;

  examination->end_id = 0;
  g_cancellable_cancel (examination->cancellable);
  return G_SOURCE_REMOVE;
}

static void
on_cancelled (GCancellable *asked, GCancellable *reading)
{
  g_cancellable_cancel (reading);
}

static void
begin (GTask *task, GSubprocess *doctor)
{
  Examination *examination = g_new0 (Examination, 1);
  GCancellable *asked = g_task_get_cancellable (task);

  examination->task = g_object_ref (task);
  examination->doctor = g_object_ref (doctor);
  examination->facts = g_ptr_array_new_with_free_func (free_fact);
  examination->cancellable = g_cancellable_new ();
  examination->lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (doctor));
  examination->end_id = g_timeout_add_seconds (TIME_S, on_end, examination);
  if (asked != NULL)
    g_cancellable_connect (asked, G_CALLBACK (on_cancelled),
                           g_object_ref (examination->cancellable), g_object_unref);
  g_data_input_stream_read_line_async (examination->lines, G_PRIORITY_DEFAULT,
                                       examination->cancellable, on_line, examination);
}

void
lanyard_examine_async (const char *program,
                       const char *config,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autofree char *path = program != NULL ? g_strdup (program) : lanyard_examination_dup_program ();
  g_autoptr (GSubprocess) doctor = NULL;

  g_return_if_fail (config != NULL);

  g_task_set_source_tag (task, lanyard_examine_async);
  if (path != NULL)
    doctor = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE,
                               NULL, path, "doctor", "--json", "--config", config, NULL);
  if (doctor != NULL)
    begin (task, doctor);
  else
    g_task_return_new_error (task, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND,
                             "The command “lanyard” is not beside the kiosk; install it.");
}

GPtrArray *
lanyard_examine_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
