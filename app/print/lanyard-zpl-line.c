/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-print"

#include "lanyard-zpl-line.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include <gio/gio.h>
#include <glib/gstdio.h>

#include "lanyard-clock.h"
#include "lanyard-error.h"

/* usblp hands on packets without a byte in them; this many in a row are a device that is gone. */
#define MAX_EMPTY_READS 64
/* A printer that was switched off does not say so: what it does not confirm for so long is lost. */
#define UNCONFIRMED_MS 10000
#define MAX_DRAINED_BYTES (64 * 1024)

struct _LanyardZplLine
{
  LanyardZplTarget *target;      /* owned */
  GCancellable *cancellable;     /* owned: aborts */
  GSocketConnection *connection; /* (nullable): owned: keeps the socket */
  int fd;                        /* -1: not open; owned when there is no connection */
  guint n_opened;
};

/* Returns: FALSE */
static gboolean
complain (LanyardZplLine *self, const char *what, GError **error)
{
  if (g_cancellable_is_cancelled (self->cancellable))
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_STATE, "The label printer is no longer used.");
  else
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_NETWORK,
                 "The label printer at %s %s; check that it is on and its cable.",
                 self->target->name, what);
  return FALSE;
}

static gboolean
fail (LanyardZplLine *self, const char *what, GError **error)
{
  lanyard_zpl_line_close (self);
  return complain (self, what, error);
}

static gboolean
open_socket (LanyardZplLine *self, guint limit_ms, GError **error)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnectable) address
      = g_network_address_new (self->target->host, self->target->port);
  GSocket *socket;

  g_socket_client_set_enable_proxy (client, FALSE);
  g_socket_client_set_timeout (client, (limit_ms + 999) / 1000);
  self->connection = g_socket_client_connect (client, address, self->cancellable, NULL);
  if (self->connection == NULL)
    return fail (self, "cannot be reached", error);
  socket = g_socket_connection_get_socket (self->connection);
  g_socket_set_option (socket, IPPROTO_TCP, TCP_USER_TIMEOUT, UNCONFIRMED_MS, NULL);
  self->fd = g_socket_get_fd (socket);
  return TRUE;
}

/* Characters go through a serial line as they are. */
static void
make_raw (int fd)
{
  struct termios settings;

  if (tcgetattr (fd, &settings) != 0)
    return;
  cfmakeraw (&settings);
  settings.c_cflag |= CLOCAL;
  tcsetattr (fd, TCSANOW, &settings);
}

static gboolean
open_device (LanyardZplLine *self, GError **error)
{
  struct stat info;
  int fd = g_open (self->target->device, O_RDWR | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, 0);

  if (fd < 0)
    return fail (self, errno == EACCES ? "may not be used by this user" : "is not there", error);
  if (fstat (fd, &info) != 0 || !S_ISCHR (info.st_mode))
    {
      close (fd);
      return fail (self, "is no device", error);
    }
  if (isatty (fd))
    make_raw (fd);
  self->fd = fd;
  return TRUE;
}

/* Once it is too late the line is not waited for, even when it says that it is ready: one that says
 * so and moves nothing would hold us for ever.
 *
 * Returns: what poll() says of the line; 0 when it is too late or aborted */
static short
wait_for (LanyardZplLine *self, short events, gint64 deadline_us)
{
  struct pollfd fds[2] = { { self->fd, events, 0 }, { g_cancellable_get_fd (self->cancellable) } };
  int n = 0;

  fds[1].events = POLLIN;
  do
    {
      gint64 rest_us = deadline_us - lanyard_clock_monotonic_us (lanyard_clock_system ());

      if (rest_us <= 0)
        break;
      n = poll (fds, fds[1].fd >= 0 ? 2 : 1, (int)((rest_us + 999) / 1000));
    }
  while (n < 0 && errno == EINTR);
  if (fds[1].fd >= 0)
    g_cancellable_release_fd (self->cancellable);
  return n > 0 && fds[1].revents == 0 ? fds[0].revents : 0;
}

static gboolean
is_passing (int number)
{
  return number == EAGAIN || number == EWOULDBLOCK || number == EINTR;
}

static gssize
write_some (LanyardZplLine *self, const char *bytes, gsize n_bytes)
{
  if (self->connection != NULL)
    return send (self->fd, bytes, n_bytes, MSG_NOSIGNAL | MSG_DONTWAIT);
  return write (self->fd, bytes, n_bytes);
}

/* Returns: as read(); a packet without bytes is EAGAIN */
static gssize
read_some (LanyardZplLine *self, char *bytes, gsize max_bytes, guint *n_empty)
{
  gssize n;

  if (self->connection != NULL)
    return recv (self->fd, bytes, max_bytes, MSG_DONTWAIT);
  n = read (self->fd, bytes, max_bytes);
  if (n != 0 || isatty (self->fd) || ++*n_empty > MAX_EMPTY_READS)
    return n;
  errno = EAGAIN;
  return -1;
}

LanyardZplLine *
lanyard_zpl_line_new (const LanyardZplTarget *target)
{
  LanyardZplLine *self;

  g_return_val_if_fail (target != NULL, NULL);

  self = g_new0 (LanyardZplLine, 1);
  self->target = lanyard_zpl_target_copy (target);
  self->cancellable = g_cancellable_new ();
  self->fd = -1;
  return self;
}

void
lanyard_zpl_line_free (LanyardZplLine *self)
{
  if (self == NULL)
    return;
  lanyard_zpl_line_close (self);
  lanyard_zpl_target_free (self->target);
  g_object_unref (self->cancellable);
  g_free (self);
}

gboolean
lanyard_zpl_line_open (LanyardZplLine *self, guint limit_ms, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->fd >= 0)
    return TRUE;
  if (g_cancellable_is_cancelled (self->cancellable))
    return complain (self, "", error);
  if (!(self->target->host != NULL ? open_socket (self, limit_ms, error)
                                   : open_device (self, error)))
    return FALSE;
  self->n_opened++;
  return TRUE;
}

void
lanyard_zpl_line_close (LanyardZplLine *self)
{
  g_return_if_fail (self != NULL);

  if (self->connection != NULL)
    g_io_stream_close (G_IO_STREAM (self->connection), NULL, NULL);
  else if (self->fd >= 0)
    close (self->fd);
  g_clear_object (&self->connection);
  self->fd = -1;
}

gboolean
lanyard_zpl_line_is_open (const LanyardZplLine *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->fd >= 0;
}

guint
lanyard_zpl_line_count_opened (const LanyardZplLine *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_opened;
}

gboolean
lanyard_zpl_line_write (LanyardZplLine *self,
                        const char *bytes,
                        gsize n_bytes,
                        gint64 deadline_us,
                        gsize *n_written,
                        GError **error)
{
  g_return_val_if_fail (self != NULL && self->fd >= 0, FALSE);

  *n_written = 0;
  while (*n_written < n_bytes)
    {
      gssize n = write_some (self, bytes + *n_written, n_bytes - *n_written);
      short events = POLLOUT;

      if (n > 0)
        *n_written += (gsize)n;
      else if (n < 0 && !is_passing (errno))
        return fail (self, "has hung up", error);
      else
        events = wait_for (self, POLLOUT, deadline_us);
      if (events == 0)
        return fail (self, "does not take the badge in time", error);
      if ((events & POLLOUT) == 0)
        return fail (self, "has hung up", error);
    }
  return TRUE;
}

gsize
lanyard_zpl_line_read (LanyardZplLine *self,
                       char *bytes,
                       gsize max_bytes,
                       gint64 deadline_us,
                       GError **error)
{
  guint n_empty = 0;
  short events;

  g_return_val_if_fail (self != NULL && self->fd >= 0, 0);

  while ((events = wait_for (self, POLLIN, deadline_us)) != 0)
    {
      gssize n = read_some (self, bytes, max_bytes, &n_empty);

      if (n > 0)
        return (gsize)n;
      if (n == 0 || !is_passing (errno) || (events & POLLIN) == 0)
        {
          fail (self, "has hung up", error);
          return 0;
        }
    }
  complain (self, "does not answer in time", error);
  return 0;
}

void
lanyard_zpl_line_drain (LanyardZplLine *self)
{
  char bytes[4096];
  gsize n_drained = 0;
  gssize n;
  guint n_empty = 0;

  g_return_if_fail (self != NULL);

  while (self->fd >= 0 && n_drained < MAX_DRAINED_BYTES
         && (n = read_some (self, bytes, sizeof bytes, &n_empty)) > 0)
    n_drained += (gsize)n;
}

void
lanyard_zpl_line_abort (LanyardZplLine *self)
{
  g_return_if_fail (self != NULL);

  g_cancellable_cancel (self->cancellable);
}
