/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-stream-scanner.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "lanyard-clock.h"
#include "lanyard-error.h"
#include "lanyard-scanner-news.h"

/*
 * Threads. The object lives at home (the desk's thread). One worker thread owns the device: it
 * opens it, reads it and opens it again. stop() wakes it through an eventfd and joins it.
 */

#define FIRST_PAUSE_US (G_USEC_PER_SEC / 4)
#define LONGEST_PAUSE_US (8 * G_USEC_PER_SEC)
/* Scans that are under way to the desk and not yet taken. */
#define MAX_PENDING 32

typedef struct
{
  /* owned, at home */
  char *path;
  LanyardHome *home; /* where signals go */
  GThread *worker;   /* (nullable): while started */
  char *fault;       /* (nullable): one sentence */

  /* set at home before the worker starts */
  guint run;   /* counts starts: what an earlier run posted is dropped */
  int wake_fd; /* eventfd: readable once the worker is to end; -1: none */

  int n_pending; /* (atomic): scans posted and not yet taken */

  /* the worker's own */
  gboolean faulty; /* a fault has been posted and not yet taken back */
} LanyardStreamScannerPrivate;

static void lanyard_stream_scanner_scanner_init (LanyardScannerInterface *iface);

G_DEFINE_ABSTRACT_TYPE_WITH_CODE (LanyardStreamScanner,
                                  lanyard_stream_scanner,
                                  G_TYPE_OBJECT,
                                  G_ADD_PRIVATE (LanyardStreamScanner)
                                      G_IMPLEMENT_INTERFACE (LANYARD_TYPE_SCANNER,
                                                             lanyard_stream_scanner_scanner_init))

static LanyardStreamScannerPrivate *
get_private (LanyardStreamScanner *self)
{
  return lanyard_stream_scanner_get_instance_private (self);
}

static gint64
get_now_us (void)
{
  return lanyard_clock_monotonic_us (lanyard_clock_system ());
}

static void
on_news (gpointer object, gpointer data)
{
  g_autoptr (LanyardStreamScanner) self = g_object_ref (object);
  LanyardStreamScannerPrivate *priv = get_private (self);
  const LanyardScannerNews *news = data;

  if (news->scan != NULL)
    g_atomic_int_add (&priv->n_pending, -1);
  if (news->run != priv->run || priv->worker == NULL)
    return;
  lanyard_scanner_news_tell (news, self, &priv->fault, NULL);
}

static void
post_fault (LanyardStreamScannerPrivate *priv, const char *fault)
{
  if (fault == NULL && !priv->faulty)
    return;
  priv->faulty = fault != NULL;
  lanyard_scanner_news_post (priv->home, on_news,
                             (LanyardScannerNews){ .run = priv->run,
                                                   .kind = LANYARD_SCANNER_NEWS_FAULT,
                                                   .fault = g_strdup (fault) });
}

/* Waits until @fd can be read, stop() was called, or @until_us. @fd: -1: none.
 * Returns: whether to go on; *@readable says whether there is something to read */
static gboolean
wait_for (LanyardStreamScannerPrivate *priv, int fd, gint64 until_us, gboolean *readable)
{
  struct pollfd fds[]
      = { { .fd = priv->wake_fd, .events = POLLIN }, { .fd = fd, .events = POLLIN } };
  int timeout_ms = -1;
  int n;

  if (until_us >= 0)
    timeout_ms = (int)CLAMP ((until_us - get_now_us () + 999) / 1000, 0, 60 * 1000);
  n = poll (fds, G_N_ELEMENTS (fds), timeout_ms);
  *readable = n > 0 && fds[1].revents != 0;
  return n < 0 || fds[0].revents == 0;
}

static gboolean
pause_for (LanyardStreamScannerPrivate *priv, gint64 pause_us)
{
  gint64 until_us = get_now_us () + pause_us;
  gboolean readable;

  while (get_now_us () < until_us)
    if (!wait_for (priv, -1, until_us, &readable))
      return FALSE;
  return TRUE;
}

/* Returns: whether the device is still there */
static gboolean
read_once (LanyardStreamScanner *self, int fd, guint8 *buffer, GError **error)
{
  LanyardStreamScannerPrivate *priv = get_private (self);
  ssize_t n = read (fd, buffer, LANYARD_STREAM_READ_BYTES);

  if (n < 0 && (errno == EAGAIN || errno == EINTR))
    return TRUE;
  if (n <= 0)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_IO,
                   "The scanner at %s has gone (%s); check its plug.", priv->path,
                   n < 0 ? g_strerror (errno) : "it was unplugged");
      return FALSE;
    }
  LANYARD_STREAM_SCANNER_GET_CLASS (self)->take_bytes (self, buffer, (gsize)n, get_now_us ());
  explicit_bzero (buffer, (gsize)n);
  return TRUE;
}

static void
watch_device (LanyardStreamScanner *self, int fd, GError **error)
{
  LanyardStreamScannerPrivate *priv = get_private (self);
  LanyardStreamScannerClass *klass = LANYARD_STREAM_SCANNER_GET_CLASS (self);
  g_autofree guint8 *buffer = g_malloc0 (LANYARD_STREAM_READ_BYTES);
  gboolean readable;

  while (wait_for (priv, fd, klass->get_deadline (self), &readable))
    {
      if (readable && !read_once (self, fd, buffer, error))
        return;
      if (!readable)
        klass->take_silence (self, get_now_us ());
    }
}

/* One run of the device. Returns: how long it was there, µs */
static gint64
run_device (LanyardStreamScanner *self)
{
  LanyardStreamScannerPrivate *priv = get_private (self);
  LanyardStreamScannerClass *klass = LANYARD_STREAM_SCANNER_GET_CLASS (self);
  gint64 start_us = get_now_us ();
  g_autoptr (GError) error = NULL;
  int fd = klass->open_device (self, &error);

  if (fd >= 0)
    {
      post_fault (priv, NULL);
      watch_device (self, fd, &error);
      klass->close_device (self, fd);
    }
  if (error != NULL)
    post_fault (priv, error->message);
  return get_now_us () - start_us;
}

static gpointer
worker_main (gpointer data)
{
  LanyardStreamScanner *self = data;
  LanyardStreamScannerPrivate *priv = get_private (self);
  gint64 pause_us = FIRST_PAUSE_US;
  gboolean going = TRUE;

  while (going)
    {
      /* A run longer than the longest pause was a good one: the next failure is a new one. */
      if (run_device (self) > LONGEST_PAUSE_US)
        pause_us = FIRST_PAUSE_US;
      going = pause_for (priv, pause_us);
      pause_us = MIN (pause_us * 2, LONGEST_PAUSE_US);
    }
  return NULL;
}

static gboolean
stream_start (LanyardScanner *scanner, GError **error)
{
  LanyardStreamScanner *self = LANYARD_STREAM_SCANNER (scanner);
  LanyardStreamScannerPrivate *priv = get_private (self);

  if (priv->worker != NULL)
    return TRUE;
  g_clear_pointer (&priv->fault, g_free);
  priv->wake_fd = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (priv->wake_fd < 0)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_IO,
                   "The scanner at %s cannot be watched: %s; restart the desk.", priv->path,
                   g_strerror (errno));
      priv->fault = g_strdup (error != NULL ? (*error)->message : "A scanner cannot be watched.");
      return FALSE;
    }
  priv->run++;
  priv->faulty = FALSE;
  priv->worker = g_thread_new ("lanyard-scanner", worker_main, self);
  return TRUE;
}

static void
stream_stop (LanyardScanner *scanner)
{
  LanyardStreamScannerPrivate *priv = get_private (LANYARD_STREAM_SCANNER (scanner));
  const guint64 one = 1;

  if (priv->worker == NULL)
    return;
  if (write (priv->wake_fd, &one, sizeof one) != sizeof one)
    g_error ("A scanner's thread cannot be woken: %s", g_strerror (errno));
  g_clear_pointer (&priv->worker, g_thread_join);
  close (priv->wake_fd);
  priv->wake_fd = -1;
  g_clear_pointer (&priv->fault, g_free);
}

static const char *
stream_get_fault (LanyardScanner *scanner)
{
  return get_private (LANYARD_STREAM_SCANNER (scanner))->fault;
}

static void
lanyard_stream_scanner_close_device (LanyardStreamScanner *self, int fd)
{
  close (fd);
}

static void
lanyard_stream_scanner_dispose (GObject *object)
{
  stream_stop (LANYARD_SCANNER (object));
  lanyard_home_close (get_private (LANYARD_STREAM_SCANNER (object))->home);
  G_OBJECT_CLASS (lanyard_stream_scanner_parent_class)->dispose (object);
}

static void
lanyard_stream_scanner_finalize (GObject *object)
{
  LanyardStreamScannerPrivate *priv = get_private (LANYARD_STREAM_SCANNER (object));

  g_free (priv->path);
  g_free (priv->fault);
  lanyard_home_unref (priv->home);
  G_OBJECT_CLASS (lanyard_stream_scanner_parent_class)->finalize (object);
}

static void
lanyard_stream_scanner_class_init (LanyardStreamScannerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lanyard_stream_scanner_dispose;
  object_class->finalize = lanyard_stream_scanner_finalize;
  klass->close_device = lanyard_stream_scanner_close_device;
}

static void
lanyard_stream_scanner_scanner_init (LanyardScannerInterface *iface)
{
  iface->start = stream_start;
  iface->stop = stream_stop;
  iface->get_fault = stream_get_fault;
}

static void
lanyard_stream_scanner_init (LanyardStreamScanner *self)
{
  LanyardStreamScannerPrivate *priv = get_private (self);

  priv->home = lanyard_home_new (self);
  priv->wake_fd = -1;
}

void
lanyard_stream_scanner_post (LanyardStreamScanner *self, LanyardScan *scan)
{
  LanyardStreamScannerPrivate *priv;

  g_return_if_fail (LANYARD_IS_STREAM_SCANNER (self));

  if (scan == NULL)
    return;
  priv = get_private (self);
  if (g_atomic_int_get (&priv->n_pending) >= MAX_PENDING)
    {
      lanyard_scan_free (scan);
      return;
    }
  g_atomic_int_inc (&priv->n_pending);
  lanyard_scanner_news_post (
      priv->home, on_news,
      (LanyardScannerNews){ .run = priv->run, .kind = LANYARD_SCANNER_NEWS_SCAN, .scan = scan });
}

const char *
lanyard_stream_scanner_get_path (LanyardStreamScanner *self)
{
  g_return_val_if_fail (LANYARD_IS_STREAM_SCANNER (self), NULL);

  return get_private (self)->path;
}

void
lanyard_stream_scanner_set_path (LanyardStreamScanner *self, const char *path)
{
  g_return_if_fail (LANYARD_IS_STREAM_SCANNER (self) && path != NULL);

  g_free (get_private (self)->path);
  get_private (self)->path = g_strdup (path);
}
