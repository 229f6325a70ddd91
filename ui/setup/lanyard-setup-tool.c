/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-setup-tool.h"

#include <json-glib/json-glib.h>

#include "lanyard-error.h"
#include "lanyard-examination.h"

#define MAX_LINES 500

/* One command on its way. */
typedef struct
{
  GSubprocess *process; /* owned */
  GCancellable *ending; /* owned: of the reading */
  guint limit_id;       /* source: time is over; 0: none */
  gulong cancelled_id;  /* of the asker's cancellable; 0: none */
  char *said;           /* owned (nullable) */
} Run;

static void
free_run (gpointer data)
{
  Run *run = data;

  g_clear_handle_id (&run->limit_id, g_source_remove);
  g_clear_object (&run->process);
  g_clear_object (&run->ending);
  g_free (run->said);
  g_free (run);
}

static void
free_node (gpointer node)
{
  json_node_unref (node);
}

/* Returns: (transfer full) (element-type JsonNode). @said: (out) (transfer full) (nullable) */
static GPtrArray *
read_lines (const char *text, char **said)
{
  GPtrArray *nodes = g_ptr_array_new_with_free_func (free_node);
  g_auto (GStrv) lines = g_strsplit (text, "\n", MAX_LINES);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      JsonNode *node = *lines[i] != '\0' ? json_from_string (lines[i], NULL) : NULL;

      if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
        {
          g_ptr_array_add (nodes, node);
          continue;
        }
      g_clear_pointer (&node, json_node_unref);
      if (*lines[i] != '\0')
        {
          g_free (*said);
          *said = g_strdup (lines[i]);
        }
    }
  return nodes;
}

static void
on_said (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Run *run = g_task_get_task_data (task);
  g_autofree char *text = NULL;
  GError *error = NULL;
  gboolean read = g_subprocess_communicate_utf8_finish (run->process, result, &text, NULL, &error);

  g_clear_handle_id (&run->limit_id, g_source_remove);
  if (run->cancelled_id != 0)
    g_cancellable_disconnect (g_task_get_cancellable (task), run->cancelled_id);
  run->cancelled_id = 0;
  if (read)
    {
      g_task_return_pointer (task, read_lines (text, &run->said),
                             (GDestroyNotify)g_ptr_array_unref);
      return;
    }
  g_subprocess_force_exit (run->process);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      && !g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    {
      g_clear_error (&error);
      g_set_error_literal (&error, LANYARD_ERROR, LANYARD_ERROR_IO, "It did not answer in time.");
    }
  g_task_return_error (task, error);
}

static gboolean
on_limit (gpointer data)
{
  Run *run = data;

  run->limit_id = 0;
  g_cancellable_cancel (run->ending);
  return G_SOURCE_REMOVE;
}

static void
on_cancelled (GCancellable *asked, GCancellable *ending)
{
  g_cancellable_cancel (ending);
}

static GSubprocess *
begin (const char *const *words, GError **error)
{
  g_autofree char *program = lanyard_examination_dup_program ();
  g_autoptr (GPtrArray) line = g_ptr_array_new ();

  if (program == NULL)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND,
                           "The command “lanyard” is not beside the kiosk; install it.");
      return NULL;
    }
  g_ptr_array_add (line, program);
  for (guint i = 0; words[i] != NULL; i++)
    g_ptr_array_add (line, (gpointer)words[i]);
  g_ptr_array_add (line, (gpointer) "--json");
  g_ptr_array_add (line, NULL);
  return g_subprocess_newv ((const char *const *)line->pdata,
                            G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE,
                            error);
}

void
lanyard_setup_tool_run_async (const char *const *words,
                              guint limit_s,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  GError *error = NULL;
  GSubprocess *process = begin (words, &error);
  Run *run;

  if (process == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  run = g_new0 (Run, 1);
  run->process = process;
  run->ending = g_cancellable_new ();
  run->limit_id = g_timeout_add_seconds (limit_s, on_limit, run);
  g_task_set_task_data (task, run, free_run);
  if (cancellable != NULL)
    run->cancelled_id = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled),
                                               g_object_ref (run->ending), g_object_unref);
  g_subprocess_communicate_utf8_async (process, NULL, run->ending, on_said,
                                       g_steal_pointer (&task));
}

GPtrArray *
lanyard_setup_tool_run_finish (GAsyncResult *result, char **said, GError **error)
{
  Run *run = g_task_get_task_data (G_TASK (result));

  *said = run != NULL ? g_steal_pointer (&run->said) : NULL;
  return g_task_propagate_pointer (G_TASK (result), error);
}

const char *
lanyard_setup_tool_get (GPtrArray *lines, guint i, const char *name)
{
  JsonObject *object = json_node_get_object (g_ptr_array_index (lines, i));
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}
