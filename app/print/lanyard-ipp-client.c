/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-print"

#include "lanyard-ipp-client.h"

#include <string.h>
#include <sys/socket.h>

#include <cups/cups.h>

#include "lanyard-clock.h"
#include "lanyard-error.h"
#include "lanyard-ipp-connect.h"

/* A single silence may take the whole limit; the guard below ends what drips. */
#define CHUNK_BYTES (32 * 1024)

struct _LanyardIppClient
{
  /* owned */
  LanyardIppAddress *address;
  http_t *http;      /* (nullable): the connection */
  char *certificate; /* (nullable): of the last connection */
  GThread *guard;    /* ends a request whose time is over */

  /* the request under way */
  gsize answer_bytes; /* of its answer, read so far */

  /* guarded by lock */
  GMutex lock;
  GCond cond;
  int fd;             /* of the connection; -1: none */
  gint64 deadline_us; /* monotonic; 0: nothing under way */
  gboolean late;      /* the guard has ended the request under way */
  gboolean aborted;
  gboolean quitting; /* the guard's end */

  int cancel; /* read by libcups while it connects */
};

/* libcups limits each read and write, so a printer that sends a byte now and then would hold us for
 * ever. Shutting the socket wakes whatever waits on it. */
static gpointer
guard_main (gpointer data)
{
  LanyardIppClient *self = data;

  g_mutex_lock (&self->lock);
  while (!self->quitting)
    {
      if (self->deadline_us == 0 || self->late)
        g_cond_wait (&self->cond, &self->lock);
      else if (!g_cond_wait_until (&self->cond, &self->lock, self->deadline_us)
               && self->deadline_us != 0)
        {
          self->late = TRUE;
          g_atomic_int_set (&self->cancel, 1);
          if (self->fd >= 0)
            shutdown (self->fd, SHUT_RDWR);
        }
    }
  g_mutex_unlock (&self->lock);
  return NULL;
}

/* (nullable) http; @deadline_us: 0 ends it */
static void
tell_guard (LanyardIppClient *self, gint64 deadline_us)
{
  g_mutex_lock (&self->lock);
  self->deadline_us = deadline_us;
  if (deadline_us != 0)
    self->late = FALSE;
  g_atomic_int_set (&self->cancel, self->aborted);
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->lock);
}

static void
set_connection (LanyardIppClient *self, http_t *http)
{
  http_t *old = self->http;

  g_mutex_lock (&self->lock);
  self->http = http;
  self->fd = http != NULL ? httpGetFd (http) : -1;
  if (http != NULL && (self->aborted || self->late))
    shutdown (self->fd, SHUT_RDWR);
  g_mutex_unlock (&self->lock);
  if (old != NULL && old != http)
    httpClose (old);
}

static gboolean
is_aborted (LanyardIppClient *self)
{
  gboolean aborted;

  g_mutex_lock (&self->lock);
  aborted = self->aborted;
  g_mutex_unlock (&self->lock);
  return aborted;
}

static gboolean
is_late (LanyardIppClient *self)
{
  gboolean late;

  g_mutex_lock (&self->lock);
  /* libcups has the same limit: on a busy machine it may wake before the guard does. */
  late = self->late
         || (self->deadline_us != 0
             && lanyard_clock_monotonic_us (lanyard_clock_system ()) >= self->deadline_us);
  g_mutex_unlock (&self->lock);
  return late;
}

/* Returns: FALSE, for the caller's convenience */
static gboolean
set_network_error (LanyardIppClient *self, const char *what, GError **error)
{
  if (is_aborted (self))
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_STATE, "The request was ended.");
  else
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_NETWORK,
                 "The %s %s; check that it is switched on and connected.", self->address->where,
                 what);
  return FALSE;
}

static gboolean
connect_to_printer (LanyardIppClient *self, guint limit_ms, GError **error)
{
  g_autoptr (GError) cause = NULL;
  http_t *http;

  g_clear_pointer (&self->certificate, g_free);
  http = lanyard_ipp_connect (self->address, limit_ms, &self->cancel, &self->certificate, &cause);
  if (http == NULL && is_aborted (self))
    return set_network_error (self, "", error);
  if (http == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  set_connection (self, http);
  return TRUE;
}

static gboolean
write_document (http_t *http, GBytes *document)
{
  gsize n_bytes;
  const char *bytes = g_bytes_get_data (document, &n_bytes);

  while (n_bytes > 0)
    {
      gsize chunk = MIN (n_bytes, CHUNK_BYTES);

      /* An answer before the end is a refusal: no need to send the rest. */
      if (httpCheck (http) || httpWrite2 (http, bytes, chunk) < (gssize)chunk)
        return FALSE;
      bytes += chunk;
      n_bytes -= chunk;
    }
  return httpFlushWrite (http) >= 0;
}

/* Returns: whether all of it left; when not there may be an answer all the same */
static gboolean
write_request (LanyardIppClient *self, ipp_t *request, GBytes *document)
{
  gsize n_bytes = ippLength (request) + (document != NULL ? g_bytes_get_size (document) : 0);

  httpClearFields (self->http);
  httpSetField (self->http, HTTP_FIELD_USER_AGENT, "Lanyard/" LANYARD_VERSION);
  httpSetField (self->http, HTTP_FIELD_CONTENT_TYPE, "application/ipp");
  httpSetField (self->http, HTTP_FIELD_HOST,
                *self->address->host == '/' ? "localhost" : self->address->host);
  httpSetLength (self->http, n_bytes);
  if (httpPost (self->http, self->address->resource) != 0)
    return FALSE;
  ippSetState (request, IPP_STATE_IDLE);
  if (ippWriteIO (self->http, (ipp_iocb_t)httpWrite2, 1, NULL, request) != IPP_STATE_DATA)
    return FALSE;
  return document == NULL || write_document (self->http, document);
}

/* All that is asked for or the end: libcups takes anything less for an error. */
static ssize_t
on_read (void *context, ipp_uchar_t *buffer, size_t n_bytes)
{
  LanyardIppClient *self = context;
  size_t total = 0;

  while (total < n_bytes)
    {
      ssize_t n = httpRead2 (self->http, (char *)buffer + total, n_bytes - total);

      if (n <= 0)
        break;
      total += n;
    }
  self->answer_bytes += total;
  return self->answer_bytes > LANYARD_IPP_MAX_ANSWER_BYTES ? -1 : (ssize_t)total;
}

static ipp_t *
read_body (LanyardIppClient *self, GError **error)
{
  g_autoptr (ipp_t) answer = ippNew ();

  self->answer_bytes = 0;
  if (!g_ascii_strncasecmp (httpGetField (self->http, HTTP_FIELD_CONTENT_TYPE), "application/ipp",
                            strlen ("application/ipp"))
      && ippReadIO (self, on_read, 1, NULL, answer) == IPP_STATE_DATA)
    {
      httpFlush (self->http);
      return g_steal_pointer (&answer);
    }
  if (self->answer_bytes > LANYARD_IPP_MAX_ANSWER_BYTES)
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_LIMIT,
                 "The %s does not stop answering; use another one.", self->address->where);
  else
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_PROTOCOL,
                 "What answers as the %s is no IPP printer; correct the printer's URI.",
                 self->address->where);
  return NULL;
}

static ipp_t *
read_answer (LanyardIppClient *self, GError **error)
{
  http_status_t status;

  /* A printer that says "continue" for ever is late too. */
  do
    status = httpUpdate (self->http);
  while (status == HTTP_STATUS_CONTINUE && !is_late (self) && !is_aborted (self));
  if (status == HTTP_STATUS_CONTINUE)
    status = HTTP_STATUS_ERROR;
  if (status == HTTP_STATUS_OK)
    return read_body (self, error);
  if (status == HTTP_STATUS_ERROR || httpError (self->http) != 0)
    set_network_error (self, "does not answer", error);
  else
    g_set_error (error, LANYARD_ERROR,
                 status < HTTP_STATUS_SERVER_ERROR ? LANYARD_ERROR_REFUSED : LANYARD_ERROR_PROTOCOL,
                 "The %s refuses: HTTP %d %s.", self->address->where, (int)status,
                 httpStatus (status));
  return NULL;
}

/* One try. What went wrong with the connection closes it. */
static ipp_t *
exchange (LanyardIppClient *self,
          ipp_t *request,
          GBytes *document,
          guint limit_ms,
          gboolean *sent,
          GError **error)
{
  g_autoptr (GError) cause = NULL;
  ipp_t *answer = NULL;

  if (self->http == NULL && !connect_to_printer (self, limit_ms, error))
    return NULL;
  *sent = TRUE;
  /* Even when not all of it left: an early answer says why. */
  if (!write_request (self, request, document))
    g_debug ("printer: the request did not leave whole");
  answer = read_answer (self, &cause);
  if (answer == NULL)
    set_connection (self, NULL);
  if (answer == NULL && is_late (self))
    set_network_error (self, "did not answer in time", error);
  else if (answer == NULL)
    g_propagate_error (error, g_steal_pointer (&cause));
  return answer;
}

LanyardIppClient *
lanyard_ipp_client_new (const char *uri, GError **error)
{
  LanyardIppAddress *address;
  LanyardIppClient *self;

  g_return_val_if_fail (uri != NULL, NULL);

  address = lanyard_ipp_address_new (uri, error);
  if (address == NULL)
    return NULL;
  self = g_new0 (LanyardIppClient, 1);
  self->address = address;
  self->fd = -1;
  g_mutex_init (&self->lock);
  g_cond_init (&self->cond);
  self->guard = g_thread_new ("lanyard-ipp-guard", guard_main, self);
  return self;
}

void
lanyard_ipp_client_free (LanyardIppClient *self)
{
  if (self == NULL)
    return;
  g_mutex_lock (&self->lock);
  self->quitting = TRUE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->lock);
  g_thread_join (self->guard);
  set_connection (self, NULL);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->cond);
  lanyard_ipp_address_free (self->address);
  g_free (self->certificate);
  g_free (self);
}

const char *
lanyard_ipp_client_get_uri (const LanyardIppClient *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->address->uri;
}

const LanyardIppAddress *
lanyard_ipp_client_get_address (const LanyardIppClient *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->address;
}

const char *
lanyard_ipp_client_get_certificate (const LanyardIppClient *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->certificate;
}

ipp_t *
lanyard_ipp_client_do (LanyardIppClient *self,
                       ipp_t *request,
                       GBytes *document,
                       guint limit_ms,
                       gboolean *sent,
                       GError **error)
{
  g_autoptr (ipp_t) owned = request;
  gint64 deadline_us
      = lanyard_clock_monotonic_us (lanyard_clock_system ()) + (gint64)limit_ms * 1000;
  g_autoptr (GError) cause = NULL;
  gboolean may_be_stale, was_sent = FALSE;
  ipp_t *answer;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (request != NULL, NULL);
  g_return_val_if_fail (limit_ms > 0, NULL);

  /* A document never goes over a connection whose other end may have hung up. */
  if (document != NULL)
    set_connection (self, NULL);
  may_be_stale = self->http != NULL;
  tell_guard (self, deadline_us);
  answer = exchange (self, request, document, limit_ms, &was_sent, &cause);
  if (answer == NULL && may_be_stale && !is_aborted (self) && !is_late (self))
    {
      g_clear_error (&cause);
      answer = exchange (self, request, document, limit_ms, &was_sent, &cause);
    }
  tell_guard (self, 0);
  if (sent != NULL)
    *sent = was_sent;
  if (answer == NULL)
    g_propagate_error (error, g_steal_pointer (&cause));
  return answer;
}

void
lanyard_ipp_client_abort (LanyardIppClient *self)
{
  g_return_if_fail (self != NULL);

  g_mutex_lock (&self->lock);
  self->aborted = TRUE;
  g_atomic_int_set (&self->cancel, 1);
  if (self->fd >= 0)
    shutdown (self->fd, SHUT_RDWR);
  g_mutex_unlock (&self->lock);
}
