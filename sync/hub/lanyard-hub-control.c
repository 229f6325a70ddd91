/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-control.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lanyard-error.h"
#include "lanyard-hub-control-private.h"
#include "lanyard-hub-private.h"

/* Each message is its length, four bytes big-endian, and so many bytes of CBOR. */

struct _LanyardHubControl
{
  LanyardHub *hub;         /* borrowed */
  char *path;              /* owned */
  int lock_fd;             /* of the folder, locked while the socket is this control's; -1: none */
  GSocketService *service; /* owned */
  GCancellable *cancellable; /* owned */
  LanyardHubControlFunc changed;
  gpointer user_data;
};

/* One connection: a request is read, answered, and the next is waited for. */
typedef struct
{
  LanyardHubControl *control;    /* borrowed; outlives: cancelled first */
  GSocketConnection *connection; /* owned */
  guint8 length[LANYARD_HUB_CONTROL_HEAD_BYTES];
  guint8 *request; /* owned */
  gsize n_request;
  GBytes *answer; /* owned: with its head */
} Talk;

static void read_head (Talk *talk);

static void
talk_free (Talk *talk)
{
  g_clear_object (&talk->connection);
  g_clear_pointer (&talk->request, g_free);
  g_clear_pointer (&talk->answer, g_bytes_unref);
  g_free (talk);
}

GSocketAddress *
_lanyard_hub_control_address (const char *directory, int *directory_fd, GError **error)
{
  g_autofree char *path = NULL;

  /* A socket's path may have 107 bytes and no more; through /proc every folder is near. */
  *directory_fd = open (directory, O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (*directory_fd < 0)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND,
                   "There is no hub in %s; make one with lanyard-hub init.", directory);
      return NULL;
    }
  path = g_strdup_printf ("/proc/self/fd/%d/%s", *directory_fd, LANYARD_HUB_SOCKET_FILE);
  return g_unix_socket_address_new (path);
}

GBytes *
_lanyard_hub_control_frame (GBytes *message)
{
  gsize n_bytes;
  const void *data = g_bytes_get_data (message, &n_bytes);
  guint32 head = GUINT32_TO_BE ((guint32)n_bytes);
  GByteArray *frame = g_byte_array_sized_new ((guint)(n_bytes + sizeof head));

  g_byte_array_append (frame, (const guint8 *)&head, sizeof head);
  g_byte_array_append (frame, data, (guint)n_bytes);
  return g_byte_array_free_to_bytes (frame);
}

gboolean
_lanyard_hub_control_read_length (const guint8 *head, gsize *n_bytes)
{
  guint32 length;

  memcpy (&length, head, sizeof length);
  *n_bytes = GUINT32_FROM_BE (length);
  return *n_bytes > 0 && *n_bytes <= LANYARD_HUB_CONTROL_MAX_BYTES;
}

static void
on_answer_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Talk *talk = user_data;

  if (!g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL))
    {
      talk_free (talk);
      return;
    }
  g_clear_pointer (&talk->answer, g_bytes_unref);
  read_head (talk);
}

static void
answer (Talk *talk)
{
  LanyardHubControl *control = talk->control;
  g_autoptr (GBytes) request = g_bytes_new_take (g_steal_pointer (&talk->request), talk->n_request);
  g_autoptr (GBytes) reply = lanyard_hub_control_execute (control->hub, request);
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (talk->connection));

  control->changed (control->user_data);
  talk->answer = _lanyard_hub_control_frame (reply);
  g_output_stream_write_all_async (output, g_bytes_get_data (talk->answer, NULL),
                                   g_bytes_get_size (talk->answer), G_PRIORITY_DEFAULT,
                                   control->cancellable, on_answer_written, talk);
}

static void
on_request_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Talk *talk = user_data;
  gsize n_read = 0;

  if (!g_input_stream_read_all_finish (G_INPUT_STREAM (source), result, &n_read, NULL)
      || n_read != talk->n_request)
    talk_free (talk);
  else
    answer (talk);
}

static void
on_head_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Talk *talk = user_data;
  gsize n_read = 0;

  if (!g_input_stream_read_all_finish (G_INPUT_STREAM (source), result, &n_read, NULL)
      || n_read != sizeof talk->length
      || !_lanyard_hub_control_read_length (talk->length, &talk->n_request))
    {
      talk_free (talk);
      return;
    }
  talk->request = g_malloc (talk->n_request);
  g_input_stream_read_all_async (G_INPUT_STREAM (source), talk->request, talk->n_request,
                                 G_PRIORITY_DEFAULT, talk->control->cancellable, on_request_read,
                                 talk);
}

static void
read_head (Talk *talk)
{
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (talk->connection));

  g_input_stream_read_all_async (input, talk->length, sizeof talk->length, G_PRIORITY_DEFAULT,
                                 talk->control->cancellable, on_head_read, talk);
}

static gboolean
on_incoming (GSocketService *service,
             GSocketConnection *connection,
             GObject *source,
             gpointer user_data)
{
  Talk *talk = g_new0 (Talk, 1);

  talk->control = user_data;
  talk->connection = g_object_ref (connection);
  read_head (talk);
  return TRUE;
}

/* Several hubs over one database server may serve one folder; its socket belongs to one. The lock
 * goes with its process, however that ends. */
static gboolean
take_lock (LanyardHubControl *control, const char *directory, GError **error)
{
  control->lock_fd = open (directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (control->lock_fd >= 0 && flock (control->lock_fd, LOCK_EX | LOCK_NB) == 0)
    return TRUE;
  g_set_error (error, LANYARD_ERROR, errno == EWOULDBLOCK ? LANYARD_ERROR_BUSY : LANYARD_ERROR_IO,
               "The folder %s cannot be locked: %s; see whether another hub serves it.", directory,
               g_strerror (errno));
  if (control->lock_fd >= 0)
    close (control->lock_fd);
  control->lock_fd = -1;
  return FALSE;
}

static gboolean
listen_at (LanyardHubControl *control, const char *directory, GError **error)
{
  g_autoptr (GSocketAddress) address = NULL;
  int directory_fd;
  gboolean done;
  mode_t mask;

  address = _lanyard_hub_control_address (directory, &directory_fd, error);
  if (address == NULL)
    return FALSE;
  /* One left over from a crash: whoever holds the lock is this process. */
  g_unlink (control->path);
  mask = umask (0177);
  done = g_socket_listener_add_address (G_SOCKET_LISTENER (control->service), address,
                                        G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, NULL, NULL,
                                        error);
  umask (mask);
  close (directory_fd);
  return done;
}

LanyardHubControl *
lanyard_hub_control_new (LanyardHub *hub,
                         const char *directory,
                         LanyardHubControlFunc changed,
                         gpointer user_data,
                         GError **error)
{
  g_autoptr (LanyardHubControl) control = g_new0 (LanyardHubControl, 1);

  control->hub = hub;
  control->path = g_build_filename (directory, LANYARD_HUB_SOCKET_FILE, NULL);
  control->changed = changed;
  control->user_data = user_data;
  control->cancellable = g_cancellable_new ();
  control->service = g_socket_service_new ();
  g_signal_connect (control->service, "incoming", G_CALLBACK (on_incoming), control);
  if (!take_lock (control, directory, error) || !listen_at (control, directory, error))
    return NULL;
  return g_steal_pointer (&control);
}

void
lanyard_hub_control_free (LanyardHubControl *control)
{
  if (control == NULL)
    return;
  g_socket_service_stop (control->service);
  g_socket_listener_close (G_SOCKET_LISTENER (control->service));
  g_cancellable_cancel (control->cancellable);
  /* The callbacks of what was cancelled still want to run once, with the control alive. */
  while (g_main_context_iteration (g_main_context_get_thread_default (), FALSE))
    continue;
  if (control->lock_fd >= 0)
    {
      g_unlink (control->path);
      close (control->lock_fd);
    }
  g_object_unref (control->service);
  g_object_unref (control->cancellable);
  g_free (control->path);
  g_free (control);
}
