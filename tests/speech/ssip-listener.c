/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "test-speech"

#include "ssip-listener.h"

#include <gio/gio.h>
#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <string.h>

#define LIMIT_S 30

struct _SsipListener
{
  char *folder;
  char *path;
  GSocketService *service; /* (nullable): while it listens */
  GPtrArray *callers;
  GString *lines;
  guint n_opened;
  guint n_said; /* number of the text that came last */
  gboolean mute;
};

typedef struct
{
  SsipListener *listener; /* (nullable): once it has gone */
  GSocketConnection *connection;
  GDataInputStream *input;
  GString *text; /* (nullable): while a text comes in */
} Caller;

static void read_next (Caller *caller);

static void
free_caller (Caller *caller)
{
  g_object_unref (caller->input);
  g_object_unref (caller->connection);
  if (caller->text != NULL)
    g_string_free (caller->text, TRUE);
  g_free (caller);
}

static void
answer (Caller *caller, const char *text)
{
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (caller->connection));

  if (!caller->listener->mute)
    g_output_stream_write_all (output, text, strlen (text), NULL, NULL, NULL);
}

static void
take_text (Caller *caller, const char *line)
{
  g_autofree char *queued = NULL;

  if (strcmp (line, ".") != 0)
    {
      g_string_append_printf (caller->text, "%s%s", caller->text->len > 0 ? " " : "",
                              g_str_has_prefix (line, "..") ? line + 1 : line);
      return;
    }
  g_string_append_printf (caller->listener->lines, "say %s\n", caller->text->str);
  g_string_free (g_steal_pointer (&caller->text), TRUE);
  queued = g_strdup_printf ("225-%u\r\n225 OK MESSAGE QUEUED\r\n", ++caller->listener->n_said);
  answer (caller, queued);
}

/* What is set, and what is not of interest, is answered in the same way. */
static void
take_command (Caller *caller, const char *line)
{
  static const char *const settings[] = { "LANGUAGE", "VOLUME", "RATE" };
  g_auto (GStrv) words = g_strsplit (line, " ", 4);
  guint n_words = g_strv_length (words);

  if (n_words == 0)
    return;
  if (g_ascii_strcasecmp (words[0], "SPEAK") == 0)
    {
      caller->text = g_string_new (NULL);
      answer (caller, "230 OK RECEIVING DATA\r\n");
      return;
    }
  if (g_ascii_strcasecmp (words[0], "CANCEL") == 0)
    g_string_append (caller->listener->lines, "cancel\n");
  for (gsize i = 0; n_words == 4 && i < G_N_ELEMENTS (settings); i++)
    {
      g_autofree char *name = g_ascii_strdown (settings[i], -1);

      if (g_ascii_strcasecmp (words[2], settings[i]) == 0)
        g_string_append_printf (caller->listener->lines, "%s %s\n", name, words[3]);
    }
  answer (caller, "200 OK\r\n");
}

static void
on_line (GObject *input, GAsyncResult *result, gpointer data)
{
  Caller *caller = data;
  g_autofree char *line
      = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (input), result, NULL, NULL);

  if (caller->listener == NULL || line == NULL)
    {
      if (caller->listener != NULL)
        {
          g_string_append (caller->listener->lines, "close\n");
          g_ptr_array_remove_fast (caller->listener->callers, caller);
        }
      free_caller (caller);
      return;
    }
  if (caller->text != NULL)
    take_text (caller, line);
  else
    take_command (caller, line);
  read_next (caller);
}

static void
read_next (Caller *caller)
{
  g_data_input_stream_read_line_async (caller->input, G_PRIORITY_DEFAULT, NULL, on_line, caller);
}

static gboolean
on_incoming (GSocketService *service,
             GSocketConnection *connection,
             GObject *source,
             SsipListener *self)
{
  Caller *caller = g_new0 (Caller, 1);

  caller->listener = self;
  caller->connection = g_object_ref (connection);
  caller->input = g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
  g_data_input_stream_set_newline_type (caller->input, G_DATA_STREAM_NEWLINE_TYPE_CR_LF);
  g_ptr_array_add (self->callers, caller);
  g_string_append (self->lines, "open\n");
  self->n_opened++;
  read_next (caller);
  return TRUE;
}

SsipListener *
ssip_listener_new (void)
{
  SsipListener *self = g_new0 (SsipListener, 1);
  g_autofree char *address = NULL;

  self->folder = g_dir_make_tmp ("lanyard-ssip-XXXXXX", NULL);
  g_assert_nonnull (self->folder);
  self->path = g_build_filename (self->folder, "socket", NULL);
  self->callers = g_ptr_array_new ();
  self->lines = g_string_new (NULL);
  address = g_strconcat ("unix_socket:", self->path, NULL);
  g_setenv ("SPEECHD_ADDRESS", address, TRUE);
  return self;
}

void
ssip_listener_free (SsipListener *self)
{
  if (self == NULL)
    return;
  ssip_listener_stop (self);
  g_rmdir (self->folder);
  g_ptr_array_unref (self->callers);
  g_string_free (self->lines, TRUE);
  g_free (self->folder);
  g_free (self->path);
  g_free (self);
}

void
ssip_listener_start (SsipListener *self)
{
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (self->path);
  g_autoptr (GError) error = NULL;

  self->service = g_socket_service_new ();
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), address, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_DEFAULT, NULL, NULL, &error);
  g_assert_no_error (error);
  g_signal_connect (self->service, "incoming", G_CALLBACK (on_incoming), self);
  g_socket_service_start (self->service);
}

void
ssip_listener_stop (SsipListener *self)
{
  if (self->service == NULL)
    return;
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_clear_object (&self->service);
  g_unlink (self->path);
  for (guint i = 0; i < self->callers->len; i++)
    {
      Caller *caller = g_ptr_array_index (self->callers, i);

      /* its read ends with this, and frees it */
      caller->listener = NULL;
      g_socket_shutdown (g_socket_connection_get_socket (caller->connection), TRUE, TRUE, NULL);
    }
  g_ptr_array_set_size (self->callers, 0);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

void
ssip_listener_set_mute (SsipListener *self, gboolean mute)
{
  self->mute = mute;
}

void
ssip_listener_end_text (SsipListener *self)
{
  for (guint i = 0; i < self->callers->len; i++)
    {
      g_autofree char *event = g_strdup_printf ("702-%u\r\n702-1\r\n702 END\r\n", self->n_said);

      answer (g_ptr_array_index (self->callers, i), event);
    }
}

const char *
ssip_listener_get (SsipListener *self)
{
  return self->lines->str;
}

void
ssip_listener_forget (SsipListener *self)
{
  g_string_truncate (self->lines, 0);
}

static gboolean
on_limit (gpointer late)
{
  *(gboolean *)late = TRUE;
  return G_SOURCE_CONTINUE;
}

void
ssip_listener_wait (SsipListener *self, const char *text)
{
  gboolean late = FALSE;
  guint limit = g_timeout_add_seconds (LIMIT_S, on_limit, &late);

  while (!late && strstr (self->lines->str, text) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (limit);
  if (late)
    g_error ("“%s” did not come; what came is:\n%s", text, self->lines->str);
}

guint
ssip_listener_get_n_opened (SsipListener *self)
{
  return self->n_opened;
}
