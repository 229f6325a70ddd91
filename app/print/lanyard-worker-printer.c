/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-print"

#include "lanyard-worker-printer.h"

#include "lanyard-home.h"

struct _LanyardWorkerPrinter
{
  GObject parent_instance;

  /* owned */
  char *uri;
  LanyardHome *home;          /* where signals go */
  LanyardPrintWorker *worker; /* talks to the printer */
  GHashTable *sent;           /* (element-type utf8): serials that must never be sent again */
  GHashTable *followed;       /* (element-type utf8): serials whose reports are wanted */
  LanyardPrinterCondition *condition; /* last heard */
};

static void lanyard_worker_printer_printer_init (LanyardPrinterInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LanyardWorkerPrinter,
                               lanyard_worker_printer,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (LANYARD_TYPE_PRINTER,
                                                      lanyard_worker_printer_printer_init))

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
  g_autoptr (LanyardWorkerPrinter) self = g_object_ref (object);
  const LanyardPrintReport *report = data;

  if (report->state == LANYARD_PRINT_FAILED)
    g_hash_table_remove (self->sent, report->serial);
  if (g_hash_table_contains (self->followed, report->serial))
    g_signal_emit_by_name (self, "report", report);
}

static void
on_condition (gpointer object, gpointer data)
{
  g_autoptr (LanyardWorkerPrinter) self = g_object_ref (object);
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
  LanyardWorkerPrinter *self = user_data;

  lanyard_home_post (self->home, on_report, report, report_free);
}

/* On the worker's thread. */
static void
post_condition (LanyardPrinterCondition *condition, gpointer user_data)
{
  LanyardWorkerPrinter *self = user_data;

  lanyard_home_post (self->home, on_condition, condition, condition_free);
}

static void
worker_printer_submit (LanyardPrinter *printer, LanyardPrintJob *job)
{
  LanyardWorkerPrinter *self = LANYARD_WORKER_PRINTER (printer);

  if (!g_hash_table_add (self->sent, g_strdup (job->serial)))
    {
      g_critical ("badge %s has been sent to the printer before and is not sent again",
                  job->serial);
      lanyard_print_job_free (job);
      return;
    }
  g_hash_table_add (self->followed, g_strdup (job->serial));
  lanyard_print_worker_submit (self->worker, job);
}

static void
worker_printer_ask (LanyardPrinter *printer, const char *serial, const char *job)
{
  LanyardWorkerPrinter *self = LANYARD_WORKER_PRINTER (printer);

  g_hash_table_add (self->sent, g_strdup (serial));
  g_hash_table_add (self->followed, g_strdup (serial));
  lanyard_print_worker_ask (self->worker, serial, job);
}

static void
worker_printer_forget (LanyardPrinter *printer, const char *serial)
{
  LanyardWorkerPrinter *self = LANYARD_WORKER_PRINTER (printer);

  g_hash_table_remove (self->followed, serial);
  lanyard_print_worker_forget (self->worker, serial);
}

static void
worker_printer_cancel (LanyardPrinter *printer, const char *serial, const char *job)
{
  LanyardWorkerPrinter *self = LANYARD_WORKER_PRINTER (printer);

  g_hash_table_remove (self->followed, serial);
  lanyard_print_worker_cancel (self->worker, serial, job);
}

static void
worker_printer_watch (LanyardPrinter *printer)
{
  lanyard_print_worker_watch (LANYARD_WORKER_PRINTER (printer)->worker);
}

static LanyardPrintFault
worker_printer_get_fault (LanyardPrinter *printer)
{
  return LANYARD_WORKER_PRINTER (printer)->condition->fault;
}

static char *
worker_printer_dup_description (LanyardPrinter *printer)
{
  LanyardWorkerPrinter *self = LANYARD_WORKER_PRINTER (printer);

  return g_strdup (self->condition->make_and_model ? self->condition->make_and_model : self->uri);
}

static LanyardPrinterCondition *
worker_printer_dup_condition (LanyardPrinter *printer)
{
  return lanyard_printer_condition_copy (LANYARD_WORKER_PRINTER (printer)->condition);
}

static void
lanyard_worker_printer_dispose (GObject *object)
{
  LanyardWorkerPrinter *self = LANYARD_WORKER_PRINTER (object);

  lanyard_home_close (self->home);
  g_clear_pointer (&self->worker, lanyard_print_worker_free);
  G_OBJECT_CLASS (lanyard_worker_printer_parent_class)->dispose (object);
}

static void
lanyard_worker_printer_finalize (GObject *object)
{
  LanyardWorkerPrinter *self = LANYARD_WORKER_PRINTER (object);

  g_free (self->uri);
  lanyard_printer_condition_free (self->condition);
  lanyard_home_unref (self->home);
  g_hash_table_unref (self->sent);
  g_hash_table_unref (self->followed);
  G_OBJECT_CLASS (lanyard_worker_printer_parent_class)->finalize (object);
}

static void
lanyard_worker_printer_class_init (LanyardWorkerPrinterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lanyard_worker_printer_dispose;
  object_class->finalize = lanyard_worker_printer_finalize;
}

static void
lanyard_worker_printer_printer_init (LanyardPrinterInterface *iface)
{
  iface->submit = worker_printer_submit;
  iface->ask = worker_printer_ask;
  iface->forget = worker_printer_forget;
  iface->cancel = worker_printer_cancel;
  iface->watch = worker_printer_watch;
  iface->get_fault = worker_printer_get_fault;
  iface->dup_description = worker_printer_dup_description;
  iface->dup_condition = worker_printer_dup_condition;
}

static void
lanyard_worker_printer_init (LanyardWorkerPrinter *self)
{
  self->home = lanyard_home_new (self);
  self->condition = lanyard_printer_condition_new ();
  self->sent = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->followed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

LanyardPrinter *
lanyard_worker_printer_new (const char *uri,
                            const LanyardPrintLanguage *language,
                            gpointer self,
                            guint poll_ms,
                            guint watch_ms)
{
  static const LanyardPrintWorkerFuncs funcs = { post_report, post_condition };
  LanyardWorkerPrinter *printer;

  g_return_val_if_fail (uri != NULL && language != NULL, NULL);

  printer = g_object_new (LANYARD_TYPE_WORKER_PRINTER, NULL);
  printer->uri = g_strdup (uri);
  printer->worker = lanyard_print_worker_new (language, self, poll_ms, watch_ms, &funcs, printer);
  return LANYARD_PRINTER (printer);
}
