/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-print"

#include "lanyard-ipp-printer.h"

#include <stdlib.h>

#include "lanyard-home.h"
#include "lanyard-ipp-worker.h"

struct _LanyardIppPrinter
{
  GObject parent_instance;

  /* owned */
  char *uri;
  LanyardHome *home;        /* where signals go */
  LanyardIppWorker *worker; /* talks to the printer */
  GHashTable *sent;         /* (element-type utf8): serials that must never be sent again */
  GHashTable *followed;     /* (element-type utf8): serials whose reports are wanted */
  LanyardPrinterCondition *condition; /* last heard */
};

static void lanyard_ipp_printer_printer_init (LanyardPrinterInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LanyardIppPrinter,
                               lanyard_ipp_printer,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (LANYARD_TYPE_PRINTER,
                                                      lanyard_ipp_printer_printer_init))

static void
report_free (gpointer data)
{
  lanyard_print_report_free (data);
}

static void
condition_free (gpointer data)
{
  lanyard_printer_condition_free (data);
}

static void
on_report (gpointer object, gpointer data)
{
  g_autoptr (LanyardIppPrinter) self = g_object_ref (object);
  const LanyardPrintReport *report = data;

  if (report->state == LANYARD_PRINT_FAILED)
    g_hash_table_remove (self->sent, report->serial);
  if (g_hash_table_contains (self->followed, report->serial))
    g_signal_emit_by_name (self, "report", report);
}

static void
on_condition (gpointer object, gpointer data)
{
  g_autoptr (LanyardIppPrinter) self = g_object_ref (object);
  const LanyardPrinterCondition *condition = data;

  if (lanyard_printer_condition_equal (self->condition, condition))
    return;
  lanyard_printer_condition_free (self->condition);
  self->condition = lanyard_printer_condition_copy (condition);
  g_signal_emit_by_name (self, "changed");
}

/* On the worker's thread. */
static void
post_report (LanyardPrintReport *report, gpointer user_data)
{
  LanyardIppPrinter *self = user_data;

  lanyard_home_post (self->home, on_report, report, report_free);
}

/* On the worker's thread. */
static void
post_condition (LanyardPrinterCondition *condition, gpointer user_data)
{
  LanyardIppPrinter *self = user_data;

  lanyard_home_post (self->home, on_condition, condition, condition_free);
}

static void
ipp_printer_submit (LanyardPrinter *printer, LanyardPrintJob *job)
{
  LanyardIppPrinter *self = LANYARD_IPP_PRINTER (printer);

  if (!g_hash_table_add (self->sent, g_strdup (job->serial)))
    {
      g_critical ("badge %s has been sent to the printer before and is not sent again",
                  job->serial);
      lanyard_print_job_free (job);
      return;
    }
  g_hash_table_add (self->followed, g_strdup (job->serial));
  lanyard_ipp_worker_submit (self->worker, job);
}

/* Returns: 0 for what is no job number */
static int
parse_job (const char *job)
{
  guint64 number = 0;

  if (job == NULL || !g_ascii_string_to_unsigned (job, 10, 1, G_MAXINT32, &number, NULL))
    return 0;
  return number;
}

static void
ipp_printer_ask (LanyardPrinter *printer, const char *serial, const char *job)
{
  LanyardIppPrinter *self = LANYARD_IPP_PRINTER (printer);

  g_hash_table_add (self->sent, g_strdup (serial));
  g_hash_table_add (self->followed, g_strdup (serial));
  lanyard_ipp_worker_ask (self->worker, serial, parse_job (job));
}

static void
ipp_printer_forget (LanyardPrinter *printer, const char *serial)
{
  LanyardIppPrinter *self = LANYARD_IPP_PRINTER (printer);

  g_hash_table_remove (self->followed, serial);
  lanyard_ipp_worker_forget (self->worker, serial);
}

static void
ipp_printer_cancel (LanyardPrinter *printer, const char *serial, const char *job)
{
  LanyardIppPrinter *self = LANYARD_IPP_PRINTER (printer);

  g_hash_table_remove (self->followed, serial);
  lanyard_ipp_worker_cancel (self->worker, serial, parse_job (job));
}

static void
ipp_printer_watch (LanyardPrinter *printer)
{
  lanyard_ipp_worker_watch (LANYARD_IPP_PRINTER (printer)->worker);
}

static LanyardPrintFault
ipp_printer_get_fault (LanyardPrinter *printer)
{
  return LANYARD_IPP_PRINTER (printer)->condition->fault;
}

static char *
ipp_printer_dup_description (LanyardPrinter *printer)
{
  LanyardIppPrinter *self = LANYARD_IPP_PRINTER (printer);

  return g_strdup (self->condition->make_and_model ? self->condition->make_and_model : self->uri);
}

static LanyardPrinterCondition *
ipp_printer_dup_condition (LanyardPrinter *printer)
{
  return lanyard_printer_condition_copy (LANYARD_IPP_PRINTER (printer)->condition);
}

static void
lanyard_ipp_printer_dispose (GObject *object)
{
  LanyardIppPrinter *self = LANYARD_IPP_PRINTER (object);

  lanyard_home_close (self->home);
  g_clear_pointer (&self->worker, lanyard_ipp_worker_free);
  G_OBJECT_CLASS (lanyard_ipp_printer_parent_class)->dispose (object);
}

static void
lanyard_ipp_printer_finalize (GObject *object)
{
  LanyardIppPrinter *self = LANYARD_IPP_PRINTER (object);

  g_free (self->uri);
  lanyard_printer_condition_free (self->condition);
  lanyard_home_unref (self->home);
  g_hash_table_unref (self->sent);
  g_hash_table_unref (self->followed);
  G_OBJECT_CLASS (lanyard_ipp_printer_parent_class)->finalize (object);
}

static void
lanyard_ipp_printer_class_init (LanyardIppPrinterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lanyard_ipp_printer_dispose;
  object_class->finalize = lanyard_ipp_printer_finalize;
}

static void
lanyard_ipp_printer_printer_init (LanyardPrinterInterface *iface)
{
  iface->submit = ipp_printer_submit;
  iface->ask = ipp_printer_ask;
  iface->forget = ipp_printer_forget;
  iface->cancel = ipp_printer_cancel;
  iface->watch = ipp_printer_watch;
  iface->get_fault = ipp_printer_get_fault;
  iface->dup_description = ipp_printer_dup_description;
  iface->dup_condition = ipp_printer_dup_condition;
}

static void
lanyard_ipp_printer_init (LanyardIppPrinter *self)
{
  self->home = lanyard_home_new (self);
  self->condition = lanyard_printer_condition_new ();
  self->sent = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->followed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

LanyardIppPrinter *
lanyard_ipp_printer_new (const char *uri, const LanyardIppLimits *limits, GError **error)
{
  static const LanyardIppWorkerFuncs funcs = { post_report, post_condition };
  g_autoptr (LanyardIppPrinter) self = NULL;

  g_return_val_if_fail (uri != NULL, NULL);

  self = g_object_new (LANYARD_TYPE_IPP_PRINTER, NULL);
  self->uri = g_strdup (uri);
  self->worker = lanyard_ipp_worker_new (uri, limits, &funcs, self, error);
  return self->worker != NULL ? g_steal_pointer (&self) : NULL;
}
