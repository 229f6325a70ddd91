/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-print"

#include "lanyard-ipp-facts.h"

#include <string.h>

#include "lanyard-clock.h"
#include "lanyard-error.h"
#include "lanyard-fault.h"
#include "lanyard-ipp-client.h"
#include "lanyard-ipp-condition.h"
#include "lanyard-ipp-media.h"
#include "lanyard-ipp-messages.h"
#include "lanyard-ipp-plan.h"
#include "lanyard-ipp-watch.h"

#define LIMIT_MS 5000

struct _LanyardIppFacts
{
  char *uri;
  LanyardIppClient *client;           /* owned */
  ipp_t *attributes;                  /* owned: what it can */
  LanyardPrinterCondition *condition; /* owned */
};

/* Returns: (transfer full) (nullable): an answer that says yes */
static ipp_t *
ask (LanyardIppFacts *self, ipp_t *request, GError **error)
{
  g_autoptr (ipp_t) answer
      = lanyard_ipp_client_do (self->client, request, NULL, LIMIT_MS, NULL, error);

  if (answer == NULL || !lanyard_ipp_check_status (answer, error))
    return NULL;
  return g_steal_pointer (&answer);
}

static void G_GNUC_PRINTF (3, 4)
    add (GPtrArray *list, LanyardFactKind kind, const char *format, ...)
{
  LanyardPrinterFact *fact = g_new0 (LanyardPrinterFact, 1);
  va_list args;

  fact->kind = kind;
  va_start (args, format);
  fact->words = g_strdup_vprintf (format, args);
  va_end (args);
  g_ptr_array_add (list, fact);
}

static gboolean
is_this_machine (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return *host == '/' || g_str_equal (host, "localhost")
         || (address != NULL && g_inet_address_get_is_loopback (address));
}

static void
tell_line (const LanyardIppFacts *self, GPtrArray *list)
{
  const LanyardIppAddress *address = lanyard_ipp_client_get_address (self->client);
  const char *certificate = lanyard_ipp_client_get_certificate (self->client);

  if (!address->encrypted && !is_this_machine (address->host))
    add (list, LANYARD_FACT_NOTE,
         "Badges go there as they are, for everybody on that network to read; use ipps:// when the "
         "printer has it.");
  if (!address->encrypted || g_str_has_prefix (self->uri, "cups:"))
    return;
  if (address->certificate != NULL)
    add (list, LANYARD_FACT_FINE, "It shows the certificate that the configuration names.");
  else if (certificate != NULL)
    add (list, LANYARD_FACT_WRONG,
         "Nobody checks its certificate. When you are sure that this is the printer, write "
         "uri=%s#sha256=%s into the configuration.",
         self->uri, certificate);
}

static void
tell_queue (const LanyardIppFacts *self, GPtrArray *list)
{
  g_autofree char *policy = lanyard_ipp_read_text (self->attributes, "printer-error-policy");
  g_autofree char *name = lanyard_ipp_read_text (self->attributes, "printer-name");
  ipp_attribute_t *device = ippFindAttribute (self->attributes, "device-uri", IPP_TAG_URI);
  const char *device_uri = device != NULL ? ippGetString (device, 0, NULL) : NULL;

  if (!lanyard_ipp_client_get_address (self->client)->is_queue)
    return;
  if (policy != NULL && g_str_has_prefix (policy, "retry"))
    add (list, LANYARD_FACT_WRONG,
         "After a fault the queue prints a badge again by itself (printer-error-policy is %s), so "
         "that none is sent there; run 'lpadmin -p %s -o printer-error-policy=abort-job'.",
         policy, name != NULL ? name : "QUEUE");
  else if (g_strcmp0 (policy, "stop-printer") == 0)
    add (list, LANYARD_FACT_NOTE,
         "After a fault the queue keeps the badge and begins it again when somebody resumes it; "
         "better is 'lpadmin -p %s -o printer-error-policy=abort-job'.",
         name != NULL ? name : "QUEUE");
  if (device_uri != NULL && strstr (device_uri, "waitjob=false") != NULL)
    add (list, LANYARD_FACT_WRONG,
         "CUPS does not wait for the printer (waitjob=false in its device): it says completed "
         "before anything is printed. Take that out of the device's URI.");
}

static void
tell_media (const LanyardIppFacts *self, GPtrArray *list)
{
  if (!lanyard_ipp_media_is_named (self->attributes))
    add (list, LANYARD_FACT_NOTE,
         "It names no media sizes, so that only its first badge shows whether they fit; %s",
         lanyard_ipp_client_get_address (self->client)->is_queue
             ? "give the queue a driver (lpadmin -m everywhere, or its PPD)."
             : "print one with 'lanyard printer test'.");
  if (lanyard_ipp_facts_get_dpi (self) == 0)
    add (
        list, LANYARD_FACT_NOTE,
        "It does not say its resolution, so that nobody knows whether its dots are fine enough for "
        "the codes.");
}

/* One that takes PDF and PWG raster alike is asked with PDF, as badges are sent. */
static gboolean
validate (LanyardIppFacts *self, const LanyardIppPlan *plan, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (ipp_t) answer = NULL;

  if (!plan->can_validate || lanyard_fault ("claims-believed"))
    return TRUE;
  answer = ask (self,
                lanyard_ipp_make_job (lanyard_ipp_client_get_uri (self->client),
                                      IPP_OP_VALIDATE_JOB, plan, "lanyard-check"),
                &cause);
  if (answer != NULL)
    return TRUE;
  if (!g_error_matches (cause, LANYARD_ERROR, LANYARD_ERROR_REFUSED))
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  g_set_error (
      error, LANYARD_ERROR, LANYARD_ERROR_REFUSED,
      "The printer %s claims to take this badge and refuses it when asked (%s); set up its "
      "media, or use another one.",
      plan->description, cause->message);
  return FALSE;
}

LanyardIppFacts *
lanyard_ipp_facts_ask (const char *uri, GError **error)
{
  static const LanyardIppLimits limits = { LIMIT_MS, 60 * 1000, 1000, 5000, 30 * 1000 };
  g_autoptr (LanyardIppFacts) self = g_new0 (LanyardIppFacts, 1);
  g_autoptr (LanyardIppWatch) watch = NULL;

  g_return_val_if_fail (uri != NULL, NULL);

  self->uri = g_strdup (uri);
  self->client = lanyard_ipp_client_new (uri, error);
  if (self->client == NULL)
    return NULL;
  self->attributes
      = ask (self, lanyard_ipp_ask_capabilities (lanyard_ipp_client_get_uri (self->client)), error);
  if (self->attributes == NULL)
    return NULL;
  watch = lanyard_ipp_watch_new (self->client, &limits);
  self->condition = lanyard_printer_condition_copy (
      lanyard_ipp_watch_look (watch, lanyard_clock_monotonic_us (lanyard_clock_system ())));
  return g_steal_pointer (&self);
}

void
lanyard_ipp_facts_free (LanyardIppFacts *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->client, lanyard_ipp_client_free);
  g_clear_pointer (&self->attributes, ippDelete);
  lanyard_printer_condition_free (self->condition);
  g_free (self->uri);
  g_free (self);
}

const LanyardPrinterCondition *
lanyard_ipp_facts_get_condition (const LanyardIppFacts *self)
{
  return self->condition;
}

guint
lanyard_ipp_facts_get_dpi (const LanyardIppFacts *self)
{
  return lanyard_ipp_plan_find_dpi (self->attributes);
}

void
lanyard_ipp_facts_tell (const LanyardIppFacts *self, GPtrArray *list)
{
  tell_line (self, list);
  tell_queue (self, list);
  tell_media (self, list);
}

char *
lanyard_ipp_facts_judge (LanyardIppFacts *self, const LanyardPrinterNeed *need, GError **error)
{
  g_autoptr (LanyardIppPlan) plan
      = lanyard_ipp_plan_new (self->attributes, need->width_mm, need->height_mm, need->n_pages,
                              TRUE, error);

  if (plan == NULL || !validate (self, plan, error))
    return NULL;
  return lanyard_ipp_plan_to_string (plan);
}
