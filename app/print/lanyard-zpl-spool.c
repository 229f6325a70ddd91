/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-print"

#include "lanyard-zpl-spool.h"

#include "lanyard-error.h"
#include "lanyard-fault.h"

/* Forgets a label that has begun to come and never ended, which would swallow the next one. */
#define DROP_PARTIAL "~JX"

static void
refuse (LanyardZplSpoolResult *result, LanyardPrintFault fault, const char *detail)
{
  result->outcome = LANYARD_ZPL_SPOOL_REFUSED;
  result->fault = fault;
  result->detail = g_strdup (detail);
}

static GBytes *
draw (const LanyardZplTarget *target, const LanyardPrintJob *job, GError **error)
{
  g_autoptr (LanyardMonoRaster) raster = NULL;
  LanyardMonoSheet sheet;

  if (job->pages == NULL || job->pages->len == 0)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_REFUSED,
                   "The label printer %s takes no PDF, and the badge has not been drawn for it.",
                   target->name);
      return NULL;
    }
  if (!lanyard_zpl_target_fit (target, job->width_mm, job->height_mm, job->n_pages, &sheet, error))
    return NULL;
  raster = lanyard_mono_raster_new (g_ptr_array_index (job->pages, 0), job->width_mm,
                                    job->height_mm, &sheet, error);
  return raster != NULL ? lanyard_zpl_encode (raster, job->serial, target->coding, error) : NULL;
}

/* Returns: whether the printer is there and can print now */
static gboolean
is_ready (LanyardZplClient *client, LanyardZplSpoolResult *result)
{
  g_autoptr (GError) error = NULL;
  LanyardZplStatus status;
  LanyardPrintFault fault;

  if (!lanyard_zpl_client_ask_status (client, &status, &error))
    {
      refuse (result,
              g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_NETWORK)
                  ? LANYARD_PRINT_FAULT_OFFLINE
                  : LANYARD_PRINT_FAULT_OTHER,
              error->message);
      return FALSE;
    }
  fault = lanyard_zpl_status_get_fault (&status);
  if (fault == LANYARD_PRINT_FAULT_NONE && status.buffer_full)
    fault = LANYARD_PRINT_FAULT_SPOOL_FULL;
  if (fault != LANYARD_PRINT_FAULT_NONE && !lanyard_fault ("label-sent-to-faulty-printer"))
    {
      g_autofree char *words = lanyard_zpl_status_to_string (&status);

      refuse (result, fault, words);
      return FALSE;
    }
  if (!lanyard_zpl_check_resolution (lanyard_zpl_client_get_target (client),
                                     lanyard_zpl_client_get_identity (client), &error))
    {
      refuse (result, LANYARD_PRINT_FAULT_REJECTED, error->message);
      return FALSE;
    }
  if (status.partial_format && !lanyard_zpl_client_command (client, DROP_PARTIAL, &error))
    {
      refuse (result, LANYARD_PRINT_FAULT_OFFLINE, error->message);
      return FALSE;
    }
  return TRUE;
}

static void
send_label (LanyardZplClient *client, GBytes *label, LanyardZplSpoolResult *result)
{
  g_autoptr (GError) error = NULL;
  gboolean begun;

  if (!lanyard_zpl_client_send (client, label, &begun, &error))
    {
      refuse (result, LANYARD_PRINT_FAULT_OFFLINE, error->message);
      if (begun)
        result->outcome = LANYARD_ZPL_SPOOL_CUT;
      return;
    }
  /* An answer to what came after the badge over the same line: the badge has arrived. */
  result->line = lanyard_zpl_client_get_line (client);
  if (lanyard_zpl_client_ask_status (client, &result->status, &error)
      && lanyard_zpl_client_get_line (client) == result->line)
    result->outcome = LANYARD_ZPL_SPOOL_TAKEN;
  else
    result->outcome = LANYARD_ZPL_SPOOL_UNKNOWN;
}

void
lanyard_zpl_spool_result_clear (LanyardZplSpoolResult *result)
{
  g_clear_pointer (&result->detail, g_free);
}

gboolean
lanyard_zpl_check_resolution (const LanyardZplTarget *target,
                              const LanyardZplIdentity *identity,
                              GError **error)
{
  guint wanted;

  g_return_val_if_fail (target != NULL, FALSE);

  wanted = lanyard_zpl_target_get_dots_per_mm (target);
  if (identity == NULL || identity->dots_per_mm == wanted)
    return TRUE;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_REFUSED,
               "The label printer %s (%s) has %u dots per mm, not the %u of %u dpi; correct dpi in "
               "its uri.",
               target->name, identity->model, identity->dots_per_mm, wanted, target->dpi);
  return FALSE;
}

void
lanyard_zpl_spool (LanyardZplClient *client,
                   const LanyardPrintJob *job,
                   LanyardZplSpoolResult *result)
{
  g_autoptr (GBytes) label = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (client != NULL && job != NULL && result != NULL);

  *result = (LanyardZplSpoolResult){ 0 };
  label = draw (lanyard_zpl_client_get_target (client), job, &error);
  if (label == NULL)
    {
      refuse (result, LANYARD_PRINT_FAULT_REJECTED, error->message);
      return;
    }
  if (is_ready (client, result))
    send_label (client, label, result);
}
