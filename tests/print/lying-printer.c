/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "lying-printer.h"

#include <stdlib.h>
#include <string.h>

#include <cups/cups.h>

#define JOB_ID 7
#define MANY 2000

struct _LyingPrinter
{
  Lie lie;
  guint16 port;
  GSocketListener *listener; /* owned */
  GCancellable *cancellable; /* owned: ends every thread */
  GThread *acceptor;         /* owned */
  GPtrArray *threads;        /* (element-type GThread): the acceptor's until it has ended */

  GMutex lock;
  char *name; /* (nullable): owned: of the job */
  guint n_documents, n_asked;
  gboolean cancelled;
};

typedef struct
{
  LyingPrinter *printer;         /* borrowed */
  GSocketConnection *connection; /* owned */
} Visit;

/* Bytes that libcups reads from, or writes to. */
typedef struct
{
  GByteArray *bytes; /* borrowed */
  gsize at;
} Buffer;

static ssize_t
on_read (void *context, ipp_uchar_t *bytes, size_t n_bytes)
{
  Buffer *buffer = context;
  gsize n = MIN (n_bytes, buffer->bytes->len - buffer->at);

  memcpy (bytes, buffer->bytes->data + buffer->at, n);
  buffer->at += n;
  return (ssize_t)n;
}

static ssize_t
on_write (void *context, ipp_uchar_t *bytes, size_t n_bytes)
{
  g_byte_array_append (((Buffer *)context)->bytes, bytes, n_bytes);
  return (ssize_t)n_bytes;
}

static void
add_keyword (ipp_t *answer, const char *name, const char *keyword)
{
  ippAddString (answer, IPP_TAG_PRINTER, IPP_TAG_KEYWORD, name, NULL, keyword);
}

static void
add_capabilities (ipp_t *answer)
{
  static const int operations[] = { IPP_OP_PRINT_JOB,  IPP_OP_VALIDATE_JOB,
                                    IPP_OP_CREATE_JOB, IPP_OP_SEND_DOCUMENT,
                                    IPP_OP_CANCEL_JOB, IPP_OP_GET_JOB_ATTRIBUTES,
                                    IPP_OP_GET_JOBS,   IPP_OP_GET_PRINTER_ATTRIBUTES };
  ipp_t *size = ippNew ();

  ippAddIntegers (answer, IPP_TAG_PRINTER, IPP_TAG_ENUM, "operations-supported",
                  G_N_ELEMENTS (operations), operations);
  ippAddString (answer, IPP_TAG_PRINTER, IPP_TAG_MIMETYPE, "document-format-supported", NULL,
                "application/pdf");
  ippAddString (answer, IPP_TAG_PRINTER, IPP_TAG_TEXT, "printer-make-and-model", NULL,
                "Honest Printer");
  add_keyword (answer, "media-col-supported", "media-size");
  add_keyword (answer, "sides-supported", "one-sided");
  ippAddRange (size, IPP_TAG_ZERO, "x-dimension", 2000, 30000);
  ippAddRange (size, IPP_TAG_ZERO, "y-dimension", 2000, 30000);
  ippAddCollection (answer, IPP_TAG_PRINTER, "media-size-supported", size);
  ippDelete (size);
}

static void
add_reasons (ipp_t *answer, Lie lie)
{
  ipp_attribute_t *reasons;

  if (lie == LIE_NEVER_ENDS)
    add_keyword (answer, "printer-state-reasons", "media-jam-report");
  else
    add_keyword (answer, "printer-state-reasons", "none");
  reasons = ippFindAttribute (answer, "printer-state-reasons", IPP_TAG_KEYWORD);
  for (int i = 1; lie == LIE_REASONS && i < MANY; i++)
    ippSetString (answer, &reasons, i, i % 2 == 0 ? "no \"keyword\"\r\n" : "none-such-report");
}

static void
add_job (LyingPrinter *printer, ipp_t *answer)
{
  int state = IPP_JSTATE_COMPLETED;

  printer->n_asked++;
  if (printer->lie == LIE_STATE)
    state = 42;
  else if (printer->lie == LIE_NEVER_ENDS)
    state = IPP_JSTATE_PROCESSING;
  else if (printer->lie == LIE_BACKWARDS)
    state = printer->n_asked < 3 ? IPP_JSTATE_PROCESSING : IPP_JSTATE_PENDING;
  ippAddInteger (answer, IPP_TAG_JOB, IPP_TAG_INTEGER, "job-id", JOB_ID);
  ippAddString (answer, IPP_TAG_JOB, IPP_TAG_NAME, "job-name", NULL,
                printer->lie == LIE_OTHER_NAME || printer->name == NULL ? "K0471-999999Z"
                                                                        : printer->name);
  ippAddInteger (answer, IPP_TAG_JOB, IPP_TAG_ENUM, "job-state", state);
  ippAddString (answer, IPP_TAG_JOB, IPP_TAG_KEYWORD, "job-state-reasons", NULL, "none");
}

static void
take_name (LyingPrinter *printer, ipp_t *request)
{
  ipp_attribute_t *name = ippFindAttribute (request, "job-name", IPP_TAG_NAME);

  if (name == NULL)
    return;
  g_free (printer->name);
  printer->name = g_strdup (ippGetString (name, 0, NULL));
}

static void
answer_create (LyingPrinter *printer, ipp_t *request, ipp_t *answer)
{
  if (printer->lie == LIE_SIZE)
    {
      ippSetStatusCode (answer, IPP_STATUS_ERROR_ATTRIBUTES_OR_VALUES);
      return;
    }
  take_name (printer, request);
  if (ippGetOperation (request) == IPP_OP_CREATE_JOB && printer->lie != LIE_NO_NUMBER)
    {
      ippAddInteger (answer, IPP_TAG_JOB, IPP_TAG_INTEGER, "job-id", JOB_ID);
      ippAddInteger (answer, IPP_TAG_JOB, IPP_TAG_ENUM, "job-state", IPP_JSTATE_PENDING);
    }
}

static ipp_t *
respond (LyingPrinter *printer, ipp_t *request)
{
  ipp_t *answer = ippNewResponse (request);

  switch (ippGetOperation (request))
    {
    case IPP_OP_GET_PRINTER_ATTRIBUTES:
      ippAddInteger (answer, IPP_TAG_PRINTER, IPP_TAG_ENUM, "printer-state", IPP_PSTATE_IDLE);
      add_reasons (answer, printer->lie);
      add_capabilities (answer);
      break;
    case IPP_OP_CREATE_JOB:
    case IPP_OP_VALIDATE_JOB:
      answer_create (printer, request, answer);
      break;
    case IPP_OP_SEND_DOCUMENT:
      if (printer->lie == LIE_FORMAT)
        ippSetStatusCode (answer, IPP_STATUS_ERROR_DOCUMENT_FORMAT_NOT_SUPPORTED);
      else
        printer->n_documents++;
      break;
    case IPP_OP_CANCEL_JOB:
      printer->cancelled = TRUE;
      break;
    case IPP_OP_GET_JOB_ATTRIBUTES:
    case IPP_OP_GET_JOBS:
      if (printer->lie == LIE_NUMBER)
        ippSetStatusCode (answer, IPP_STATUS_ERROR_NOT_FOUND);
      else
        add_job (printer, answer);
      break;
    default:
      ippSetStatusCode (answer, IPP_STATUS_ERROR_OPERATION_NOT_SUPPORTED);
    }
  return answer;
}

/* Returns: (transfer full) (nullable): what a request carries */
static GByteArray *
read_body (GDataInputStream *lines, GCancellable *cancellable)
{
  gsize n_bytes = 0;
  GByteArray *body;

  while (TRUE)
    {
      g_autofree char *line = g_data_input_stream_read_line (lines, NULL, cancellable, NULL);

      if (line == NULL)
        return NULL;
      if (g_ascii_strncasecmp (line, "Content-Length:", 15) == 0)
        n_bytes = strtoul (line + 15, NULL, 10);
      if (*g_strstrip (line) == '\0')
        break;
    }
  body = g_byte_array_sized_new (n_bytes);
  g_byte_array_set_size (body, n_bytes);
  if (g_input_stream_read_all (G_INPUT_STREAM (lines), body->data, n_bytes, NULL, cancellable,
                               NULL))
    return body;
  g_byte_array_unref (body);
  return NULL;
}

static void
answer_one (Visit *visit, GByteArray *body)
{
  LyingPrinter *printer = visit->printer;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree char *head = NULL;
  Buffer from = { body, 0 }, to = { bytes, 0 };
  ipp_t *request = ippNew (), *answer;
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (visit->connection));

  g_assert_cmpint (ippReadIO (&from, on_read, 1, NULL, request), ==, IPP_STATE_DATA);
  g_mutex_lock (&printer->lock);
  answer = respond (printer, request);
  g_mutex_unlock (&printer->lock);
  g_assert_cmpint (ippWriteIO (&to, on_write, 1, NULL, answer), ==, IPP_STATE_DATA);
  head = g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Type: application/ipp\r\n"
                          "Content-Length: %u\r\n\r\n",
                          bytes->len);
  g_output_stream_write_all (out, head, strlen (head), NULL, printer->cancellable, NULL);
  g_output_stream_write_all (out, bytes->data, bytes->len, NULL, printer->cancellable, NULL);
  ippDelete (request);
  ippDelete (answer);
}

static gpointer
visit_main (gpointer data)
{
  Visit *visit = data;
  g_autoptr (GDataInputStream) lines
      = g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (visit->connection)));
  GByteArray *body;

  g_data_input_stream_set_newline_type (lines, G_DATA_STREAM_NEWLINE_TYPE_CR_LF);
  while ((body = read_body (lines, visit->printer->cancellable)) != NULL)
    {
      answer_one (visit, body);
      g_byte_array_unref (body);
    }
  g_io_stream_close (G_IO_STREAM (visit->connection), NULL, NULL);
  g_object_unref (visit->connection);
  g_free (visit);
  return NULL;
}

static gpointer
accept_main (gpointer data)
{
  LyingPrinter *printer = data;
  GSocketConnection *connection;

  while (
      (connection = g_socket_listener_accept (printer->listener, NULL, printer->cancellable, NULL))
      != NULL)
    {
      Visit *visit = g_new0 (Visit, 1);

      visit->printer = printer;
      visit->connection = connection;
      g_ptr_array_add (printer->threads, g_thread_new ("visit", visit_main, visit));
    }
  return NULL;
}

LyingPrinter *
lying_printer_new (Lie lie)
{
  LyingPrinter *printer = g_new0 (LyingPrinter, 1);
  g_autoptr (GError) error = NULL;

  printer->lie = lie;
  g_mutex_init (&printer->lock);
  printer->listener = g_socket_listener_new ();
  printer->port = g_socket_listener_add_any_inet_port (printer->listener, NULL, &error);
  g_assert_no_error (error);
  printer->cancellable = g_cancellable_new ();
  printer->threads = g_ptr_array_new ();
  printer->acceptor = g_thread_new ("acceptor", accept_main, printer);
  return printer;
}

void
lying_printer_free (LyingPrinter *printer)
{
  g_cancellable_cancel (printer->cancellable);
  g_thread_join (printer->acceptor);
  for (guint i = 0; i < printer->threads->len; i++)
    g_thread_join (g_ptr_array_index (printer->threads, i));
  g_ptr_array_unref (printer->threads);
  g_object_unref (printer->listener);
  g_object_unref (printer->cancellable);
  g_mutex_clear (&printer->lock);
  g_free (printer->name);
  g_free (printer);
}

char *
lying_printer_dup_uri (LyingPrinter *printer)
{
  return g_strdup_printf ("ipp://localhost:%u/ipp/print", printer->port);
}

guint
lying_printer_count (LyingPrinter *printer)
{
  guint n;

  g_mutex_lock (&printer->lock);
  n = printer->n_documents;
  g_mutex_unlock (&printer->lock);
  return n;
}

gboolean
lying_printer_was_cancelled (LyingPrinter *printer)
{
  gboolean cancelled;

  g_mutex_lock (&printer->lock);
  cancelled = printer->cancelled;
  g_mutex_unlock (&printer->lock);
  return cancelled;
}
