/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-print"

#include "lanyard-ipp-spool.h"

#include "lanyard-error.h"
#include "lanyard-ipp-messages.h"
#include "lanyard-pwg-raster.h"

/* A printer that refuses has nothing to print; one that fails may have begun. RFC 8011 appendix B.
 */
static gboolean
is_certain_refusal (ipp_t *answer)
{
  switch (ippGetStatusCode (answer))
    {
    case IPP_STATUS_ERROR_OPERATION_NOT_SUPPORTED:
    case IPP_STATUS_ERROR_SERVICE_UNAVAILABLE:
    case IPP_STATUS_ERROR_VERSION_NOT_SUPPORTED:
    case IPP_STATUS_ERROR_NOT_ACCEPTING_JOBS:
    case IPP_STATUS_ERROR_BUSY:
      return TRUE;
    default:
      return ippGetStatusCode (answer) < IPP_STATUS_ERROR_INTERNAL;
    }
}

static void
set_result (LanyardIppSpoolResult *result,
            LanyardIppSpoolOutcome outcome,
            LanyardPrintFault fault,
            const GError *cause)
{
  result->outcome = outcome;
  result->fault = fault;
  g_free (result->detail);
  result->detail = cause != NULL ? g_strdup (cause->message) : NULL;
}

/* What an error says before any of the badge was on its way. */
static void
refuse (LanyardIppSpoolResult *result, const GError *cause)
{
  gboolean silent = g_error_matches (cause, LANYARD_ERROR, LANYARD_ERROR_NETWORK);
  gboolean refused = g_error_matches (cause, LANYARD_ERROR, LANYARD_ERROR_REFUSED);

  set_result (result, LANYARD_IPP_SPOOL_REFUSED,
              silent    ? LANYARD_PRINT_FAULT_OFFLINE
              : refused ? LANYARD_PRINT_FAULT_REJECTED
                        : LANYARD_PRINT_FAULT_OTHER,
              cause);
}

/* Returns: (transfer full) (nullable): an answer that says yes; without one @result is set */
static ipp_t *
ask (LanyardIppClient *client, ipp_t *request, guint limit_ms, LanyardIppSpoolResult *result)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ipp_t) answer = lanyard_ipp_client_do (client, request, NULL, limit_ms, NULL, &error);

  if (answer != NULL && lanyard_ipp_check_status (answer, &error))
    return g_steal_pointer (&answer);
  refuse (result, error);
  return NULL;
}

static LanyardIppPlan *
make_plan (LanyardIppClient *client,
           const LanyardPrintJob *job,
           const LanyardIppLimits *limits,
           LanyardIppSpoolResult *result)
{
  const char *uri = lanyard_ipp_client_get_uri (client);
  gboolean can_raster = job->pages != NULL && job->pages->len == job->n_pages;
  g_autoptr (ipp_t) answer
      = ask (client, lanyard_ipp_ask_capabilities (uri), limits->request_ms, result);
  g_autoptr (GError) error = NULL;
  LanyardIppPlan *plan;

  if (answer == NULL)
    return NULL;
  plan = lanyard_ipp_plan_new (answer, job->width_mm, job->height_mm, job->n_pages, can_raster,
                               &error);
  if (plan == NULL)
    refuse (result, error);
  else
    result->description = g_strdup (plan->description);
  return plan;
}

/* Sends @request with the badge behind it. */
static void
send_badge (LanyardIppClient *client,
            ipp_t *request,
            GBytes *document,
            const LanyardIppLimits *limits,
            LanyardIppSpoolResult *result)
{
  g_autoptr (GError) error = NULL;
  g_auto (LanyardIppJob) known = { 0 };
  gboolean sent = FALSE;
  g_autoptr (ipp_t) answer
      = lanyard_ipp_client_do (client, request, document, limits->document_ms, &sent, &error);

  if (answer != NULL && lanyard_ipp_job_read (answer, &known))
    result->job_id = known.id;
  if (answer != NULL && lanyard_ipp_check_status (answer, &error))
    set_result (result, LANYARD_IPP_SPOOL_TAKEN, LANYARD_PRINT_FAULT_NONE, NULL);
  else if (answer != NULL ? is_certain_refusal (answer)
                          : !sent || g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_REFUSED))
    refuse (result, error);
  else
    set_result (result, LANYARD_IPP_SPOOL_UNKNOWN, LANYARD_PRINT_FAULT_NONE, error);
}

static void
create_and_send (LanyardIppClient *client,
                 const LanyardPrintJob *job,
                 const LanyardIppPlan *plan,
                 GBytes *document,
                 const LanyardIppLimits *limits,
                 LanyardIppSpoolResult *result)
{
  const char *uri = lanyard_ipp_client_get_uri (client);
  g_auto (LanyardIppJob) created = { 0 };
  g_autoptr (ipp_t) answer = NULL;

  /* When this gets lost there is a job without a badge at worst, which prints nothing. */
  answer = ask (client, lanyard_ipp_make_job (uri, IPP_OP_CREATE_JOB, plan, job->serial),
                limits->request_ms, result);
  if (answer == NULL)
    return;
  if (!lanyard_ipp_job_read (answer, &created))
    {
      g_autoptr (GError) error = g_error_new (LANYARD_ERROR, LANYARD_ERROR_PROTOCOL,
                                              "The printer gave the job no number.");

      refuse (result, error);
      return;
    }
  result->job_id = created.id;
  send_badge (client, lanyard_ipp_send_document (uri, created.id, plan), document, limits, result);
}

void
lanyard_ipp_spool_result_clear (LanyardIppSpoolResult *result)
{
  g_free (result->detail);
  g_free (result->description);
  *result = (LanyardIppSpoolResult){ 0 };
}

void
lanyard_ipp_spool (LanyardIppClient *client,
                   const LanyardPrintJob *job,
                   const LanyardIppLimits *limits,
                   LanyardIppSpoolResult *result)
{
  g_autoptr (LanyardIppPlan) plan = NULL;
  g_autoptr (GBytes) document = NULL;
  g_autoptr (GError) error = NULL;

  *result = (LanyardIppSpoolResult){ 0 };
  plan = make_plan (client, job, limits, result);
  if (plan == NULL)
    return;
  document = plan->dpi > 0 ? lanyard_pwg_raster_new (job, plan, &error) : g_bytes_ref (job->pdf);
  if (document == NULL)
    {
      refuse (result, error);
      return;
    }
  if (plan->create_job)
    create_and_send (client, job, plan, document, limits, result);
  else
    send_badge (client,
                lanyard_ipp_make_job (lanyard_ipp_client_get_uri (client), IPP_OP_PRINT_JOB, plan,
                                      job->serial),
                document, limits, result);
}
