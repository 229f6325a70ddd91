/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-print"

#include "lanyard-ipp-messages.h"

#include <string.h>

#include <cups/cups.h>
#include <cups/pwg.h>

#include "lanyard-error.h"
#include "lanyard-ipp-condition.h"
#include "lanyard-print-reasons.h"

static const char *const capability_names[] = {
  "printer-state",
  "printer-state-reasons",
  "printer-is-accepting-jobs",
  "printer-make-and-model",
  "operations-supported",
  "document-format-supported",
  /* What CUPS says of a queue. */
  "device-uri",
  "printer-name",
  "printer-error-policy",
  "media-supported",
  "media-col-supported",
  "media-size-supported",
  /* Not part of "all" (PWG 5100.3): must be named. */
  "media-col-database",
  "media-bottom-margin-supported",
  "media-left-margin-supported",
  "media-right-margin-supported",
  "media-top-margin-supported",
  "print-scaling-supported",
  "printer-resolution-default",
  "printer-resolution-supported",
  "pwg-raster-document-resolution-supported",
  "pwg-raster-document-sheet-back",
  "pwg-raster-document-type-supported",
  "sides-supported",
};

static const char *const job_names[]
    = { "job-id", "job-name", "job-state", "job-state-reasons", "time-at-processing" };

static ipp_t *
new_request (const char *uri, ipp_op_t operation)
{
  ipp_t *request = ippNewRequest (operation);

  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", NULL, uri);
  return request;
}

/* RFC 8011 §4.1.5: after the target. */
static void
add_user (ipp_t *request)
{
  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", NULL,
                LANYARD_IPP_USER);
}

static void
add_requested (ipp_t *request, const char *const *names, guint n_names)
{
  ippAddStrings (request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes", n_names, NULL,
                 names);
}

static void
add_margins (ipp_t *media_col)
{
  static const char *const names[]
      = { "media-bottom-margin", "media-left-margin", "media-right-margin", "media-top-margin" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    ippAddInteger (media_col, IPP_TAG_ZERO, IPP_TAG_INTEGER, names[i], 0);
}

static void
add_media_col (ipp_t *request, const LanyardIppPlan *plan)
{
  ipp_t *media_col = ippNew ();
  ipp_t *size = ippNew ();

  ippAddInteger (size, IPP_TAG_ZERO, IPP_TAG_INTEGER, "x-dimension", plan->width_hmm);
  ippAddInteger (size, IPP_TAG_ZERO, IPP_TAG_INTEGER, "y-dimension", plan->height_hmm);
  ippAddCollection (media_col, IPP_TAG_ZERO, "media-size", size);
  ippDelete (size);
  if (plan->no_margins)
    add_margins (media_col);
  ippAddCollection (request, IPP_TAG_JOB, "media-col", media_col);
  ippDelete (media_col);
}

static void
add_media (ipp_t *request, const LanyardIppPlan *plan)
{
  char name[128];

  if (plan->media_col)
    add_media_col (request, plan);
  else if (pwgFormatSizeName (name, sizeof name, NULL, NULL, plan->width_hmm, plan->height_hmm,
                              "mm"))
    ippAddString (request, IPP_TAG_JOB, IPP_TAG_KEYWORD, "media", NULL, name);
}

static void
add_template (ipp_t *request, const LanyardIppPlan *plan)
{
  add_media (request, plan);
  if (plan->say_scaling)
    ippAddString (request, IPP_TAG_JOB, IPP_TAG_KEYWORD, "print-scaling", NULL, "none");
  if (plan->say_sides)
    ippAddString (request, IPP_TAG_JOB, IPP_TAG_KEYWORD, "sides", NULL,
                  plan->two_sided ? "two-sided-long-edge" : "one-sided");
}

static LanyardPrintState
state_of (int job_state)
{
  switch (job_state)
    {
    case IPP_JSTATE_PROCESSING:
      return LANYARD_PRINT_PROCESSING;
    case IPP_JSTATE_HELD:
    case IPP_JSTATE_STOPPED:
      return LANYARD_PRINT_STOPPED;
    case IPP_JSTATE_CANCELED:
    case IPP_JSTATE_ABORTED:
      return LANYARD_PRINT_ENDED;
    case IPP_JSTATE_COMPLETED:
      return LANYARD_PRINT_COMPLETED;
    case IPP_JSTATE_PENDING:
    default:
      return LANYARD_PRINT_SPOOLED;
    }
}

static LanyardPrintFault
fault_of (int job_state, char **reasons)
{
  if (job_state == IPP_JSTATE_CANCELED)
    return LANYARD_PRINT_FAULT_CANCELLED;
  if (job_state == IPP_JSTATE_HELD)
    return LANYARD_PRINT_FAULT_PAUSED;
  if (job_state == IPP_JSTATE_ABORTED)
    return lanyard_print_fault_from_job_reasons ((const char *const *)reasons);
  return LANYARD_PRINT_FAULT_NONE;
}

/* Takes what the attributes from the current one to the end of their job say. Returns: whether it
 * was a whole job */
static gboolean
read_one (ipp_t *answer, ipp_attribute_t *attribute, LanyardIppJob *job)
{
  g_auto (GStrv) reasons = NULL;
  int state = 0;

  for (; attribute != NULL && ippGetGroupTag (attribute) == IPP_TAG_JOB;
       attribute = ippNextAttribute (answer))
    {
      const char *name = ippGetName (attribute);

      if (g_strcmp0 (name, "job-id") == 0)
        job->id = ippGetInteger (attribute, 0);
      else if (g_strcmp0 (name, "job-state") == 0)
        state = ippGetInteger (attribute, 0);
      else if (g_strcmp0 (name, "job-name") == 0)
        {
          g_free (job->name);
          job->name = g_strdup (ippGetString (attribute, 0, NULL));
        }
      else if (g_strcmp0 (name, "time-at-processing") == 0
               && ippGetValueTag (attribute) == IPP_TAG_INTEGER)
        job->begun = ippGetInteger (attribute, 0);
      else if (g_strcmp0 (name, "job-state-reasons") == 0)
        {
          g_strfreev (reasons);
          reasons = lanyard_ipp_read_keywords (attribute);
        }
    }
  job->state = state_of (state);
  job->pending = state == IPP_JSTATE_PENDING || state == IPP_JSTATE_HELD;
  job->fault = fault_of (state, reasons);
  if (reasons != NULL)
    {
      const char *const *words = (const char *const *)reasons;

      job->incoming = g_strv_contains (words, "job-incoming")
                      || g_strv_contains (words, "job-data-insufficient");
      job->reasons = g_strjoinv (" ", reasons);
    }
  return job->id > 0 && state >= IPP_JSTATE_PENDING && state <= IPP_JSTATE_COMPLETED;
}

void
lanyard_ipp_job_clear (LanyardIppJob *job)
{
  g_free (job->name);
  g_free (job->reasons);
  *job = (LanyardIppJob){ 0 };
}

ipp_t *
lanyard_ipp_ask_printer (const char *uri, const char *const *names, guint n_names)
{
  ipp_t *request = new_request (uri, IPP_OP_GET_PRINTER_ATTRIBUTES);

  add_user (request);
  add_requested (request, names, n_names);
  return request;
}

ipp_t *
lanyard_ipp_ask_capabilities (const char *uri)
{
  return lanyard_ipp_ask_printer (uri, capability_names, G_N_ELEMENTS (capability_names));
}

ipp_t *
lanyard_ipp_make_job (const char *uri,
                      ipp_op_t operation,
                      const LanyardIppPlan *plan,
                      const char *serial)
{
  ipp_t *request = new_request (uri, operation);

  add_user (request);
  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_NAME, "job-name", NULL, serial);
  /* A badge that cannot be printed as asked must not be printed some other way. */
  ippAddBoolean (request, IPP_TAG_OPERATION, "ipp-attribute-fidelity", 1);
  if (operation != IPP_OP_CREATE_JOB)
    ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_MIMETYPE, "document-format", NULL,
                  plan->format);
  add_template (request, plan);
  return request;
}

ipp_t *
lanyard_ipp_send_document (const char *uri, int job_id, const LanyardIppPlan *plan)
{
  ipp_t *request = new_request (uri, IPP_OP_SEND_DOCUMENT);

  ippAddInteger (request, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", job_id);
  add_user (request);
  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_MIMETYPE, "document-format", NULL,
                plan->format);
  ippAddBoolean (request, IPP_TAG_OPERATION, "last-document", 1);
  return request;
}

ipp_t *
lanyard_ipp_ask_job (const char *uri, int job_id)
{
  ipp_t *request = new_request (uri, IPP_OP_GET_JOB_ATTRIBUTES);

  ippAddInteger (request, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", job_id);
  add_user (request);
  add_requested (request, job_names, G_N_ELEMENTS (job_names));
  return request;
}

ipp_t *
lanyard_ipp_cancel_job (const char *uri, int job_id)
{
  ipp_t *request = new_request (uri, IPP_OP_CANCEL_JOB);

  ippAddInteger (request, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", job_id);
  add_user (request);
  return request;
}

ipp_t *
lanyard_ipp_ask_jobs (const char *uri, const char *which)
{
  ipp_t *request = new_request (uri, IPP_OP_GET_JOBS);

  add_user (request);
  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "which-jobs", NULL, which);
  ippAddBoolean (request, IPP_TAG_OPERATION, "my-jobs", 1);
  add_requested (request, job_names, G_N_ELEMENTS (job_names));
  return request;
}

gboolean
lanyard_ipp_check_status (ipp_t *answer, GError **error)
{
  ipp_status_t status = ippGetStatusCode (answer);
  ipp_attribute_t *attribute;
  const char *message;
  g_autofree char *words = NULL;

  if (status < IPP_STATUS_REDIRECTION_OTHER_SITE)
    return TRUE;
  attribute = ippFindAttribute (answer, "status-message", IPP_TAG_TEXT);
  message = attribute != NULL ? ippGetString (attribute, 0, NULL) : NULL;
  if (message != NULL)
    words = g_utf8_make_valid (message, strnlen (message, 255));
  if (words != NULL && g_str_has_suffix (words, "."))
    words[strlen (words) - 1] = '\0';
  g_set_error (error, LANYARD_ERROR,
               status == IPP_STATUS_ERROR_NOT_FOUND ? LANYARD_ERROR_NOT_FOUND
                                                    : LANYARD_ERROR_REFUSED,
               "The printer says no: %s%s%s.", ippErrorString (status), words != NULL ? ", " : "",
               words != NULL ? words : "");
  return FALSE;
}

gboolean
lanyard_ipp_job_read (ipp_t *answer, LanyardIppJob *job)
{
  ipp_attribute_t *attribute = ippFirstAttribute (answer);

  while (attribute != NULL && ippGetGroupTag (attribute) != IPP_TAG_JOB)
    attribute = ippNextAttribute (answer);
  return read_one (answer, attribute, job);
}

gboolean
lanyard_ipp_job_find (ipp_t *answer, const char *serial, LanyardIppJob *job)
{
  ipp_attribute_t *attribute = ippFirstAttribute (answer);
  gboolean found = FALSE;

  while (attribute != NULL)
    {
      g_auto (LanyardIppJob) one = { 0 };

      if (ippGetGroupTag (attribute) != IPP_TAG_JOB)
        {
          attribute = ippNextAttribute (answer);
          continue;
        }
      /* It stops at the separator between two jobs, or at the end. */
      if (read_one (answer, attribute, &one) && g_strcmp0 (one.name, serial) == 0
          && (!found || one.id > job->id))
        {
          lanyard_ipp_job_clear (job);
          *job = one;
          one = (LanyardIppJob){ 0 };
          found = TRUE;
        }
      attribute = ippNextAttribute (answer);
    }
  return found;
}
