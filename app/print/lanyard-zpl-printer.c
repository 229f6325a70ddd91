/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-print"

#include "lanyard-zpl-printer.h"

#include "lanyard-home.h"
#include "lanyard-zpl-worker.h"

struct _LanyardZplPrinter
{
  GObject parent_instance;

  /* owned */
  char *uri;
  LanyardHome *home;        /* where signals go */
  LanyardZplWorker *worker; /* talks to the printer */
  GHashTable *sent;         /* (element-type utf8): serials that must never be sent again */
  GHashTable *followed;     /* (element-type utf8): serials whose reports are wanted */
  LanyardPrinterCondition *condition; /* last heard */
};

static void lanyard_zpl_printer_printer_init (LanyardPrinterInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LanyardZplPrinter,
                               lanyard_zpl_printer,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (LANYARD_TYPE_PRINTER,
                                                      lanyard_zpl_printer_printer_init))

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
  g_autoptr (LanyardZplPrinter) self = g_object_ref (object);
  const LanyardPrintReport *report = data;

  if (report->state == LANYARD_PRINT_FAILED)
    g_hash_table_remove (self->sent, report->serial);
  if (g_hash_table_contains (self->followed, report->serial))
    g_signal_emit_by_name (self, "report", report);
}

static void
on_condition (gpointer object, gpointer data)
{
  g_autoptr (LanyardZplPrinter) self = g_object_ref (object);
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
  LanyardZplPrinter *self = user_data;

  lanyard_home_post (self->home, on_report, report, report_free);
}

/* On the worker's thread. */
static void
post_condition (LanyardPrinterCondition *condition, gpointer user_data)
{
  LanyardZplPrinter *self = user_data;

  lanyard_home_post (self->home, on_condition, condition, condition_free);
}

static void
zpl_printer_submit (LanyardPrinter *printer, LanyardPrintJob *job)
{
  LanyardZplPrinter *self = LANYARD_ZPL_PRINTER (printer);

  if (!g_hash_table_add (self->sent, g_strdup (job->serial)))
    {
      g_critical ("badge %s has been sent to the printer before and is not sent again",
                  job->serial);
      lanyard_print_job_free (job);
      return;
    }
  g_hash_table_add (self->followed, g_strdup (job->serial));
  lanyard_zpl_worker_submit (self->worker, job);
}

static void
zpl_printer_ask (LanyardPrinter *printer, const char *serial, const char *job)
{
  LanyardZplPrinter *self = LANYARD_ZPL_PRINTER (printer);

  g_hash_table_add (self->sent, g_strdup (serial));
  g_hash_table_add (self->followed, g_strdup (serial));
  lanyard_zpl_worker_ask (self->worker, serial);
}

static void
zpl_printer_forget (LanyardPrinter *printer, const char *serial)
{
  LanyardZplPrinter *self = LANYARD_ZPL_PRINTER (printer);

  g_hash_table_remove (self->followed, serial);
  lanyard_zpl_worker_forget (self->worker, serial);
}

static void
zpl_printer_cancel (LanyardPrinter *printer, const char *serial, const char *job)
{
  LanyardZplPrinter *self = LANYARD_ZPL_PRINTER (printer);

  g_hash_table_remove (self->followed, serial);
  lanyard_zpl_worker_cancel (self->worker, serial);
}

static void
zpl_printer_watch (LanyardPrinter *printer)
{
  lanyard_zpl_worker_watch (LANYARD_ZPL_PRINTER (printer)->worker);
}

static LanyardPrintFault
zpl_printer_get_fault (LanyardPrinter *printer)
{
  return LANYARD_ZPL_PRINTER (printer)->condition->fault;
}

static char *
zpl_printer_dup_description (LanyardPrinter *printer)
{
  LanyardZplPrinter *self = LANYARD_ZPL_PRINTER (printer);

  return g_strdup (self->condition->make_and_model ? self->condition->make_and_model : self->uri);
}

static LanyardPrinterCondition *
zpl_printer_dup_condition (LanyardPrinter *printer)
{
  return lanyard_printer_condition_copy (LANYARD_ZPL_PRINTER (printer)->condition);
}

static void
lanyard_zpl_printer_dispose (GObject *object)
{
  LanyardZplPrinter *self = LANYARD_ZPL_PRINTER (object);

  lanyard_home_close (self->home);
  g_clear_pointer (&self->worker, lanyard_zpl_worker_free);
  G_OBJECT_CLASS (lanyard_zpl_printer_parent_class)->dispose (object);
}

static void
lanyard_zpl_printer_finalize (GObject *object)
{
  LanyardZplPrinter *self = LANYARD_ZPL_PRINTER (object);

  g_free (self->uri);
  lanyard_printer_condition_free (self->condition);
  lanyard_home_unref (self->home);
  g_hash_table_unref (self->sent);
  g_hash_table_unref (self->followed);
  G_OBJECT_CLASS (lanyard_zpl_printer_parent_class)->finalize (object);
}

static void
lanyard_zpl_printer_class_init (LanyardZplPrinterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lanyard_zpl_printer_dispose;
  object_class->finalize = lanyard_zpl_printer_finalize;
}

static void
lanyard_zpl_printer_printer_init (LanyardPrinterInterface *iface)
{
  iface->submit = zpl_printer_submit;
  iface->ask = zpl_printer_ask;
  iface->forget = zpl_printer_forget;
  iface->cancel = zpl_printer_cancel;
  iface->watch = zpl_printer_watch;
  iface->get_fault = zpl_printer_get_fault;
  iface->dup_description = zpl_printer_dup_description;
  iface->dup_condition = zpl_printer_dup_condition;
}

static void
lanyard_zpl_printer_init (LanyardZplPrinter *self)
{
  self->home = lanyard_home_new (self);
  self->condition = lanyard_printer_condition_new ();
  self->sent = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->followed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

LanyardZplPrinter *
lanyard_zpl_printer_new (const char *uri, const LanyardZplLimits *limits, GError **error)
{
  static const LanyardZplWorkerFuncs funcs = { post_report, post_condition };
  g_autoptr (LanyardZplPrinter) self = NULL;

  g_return_val_if_fail (uri != NULL, NULL);

  self = g_object_new (LANYARD_TYPE_ZPL_PRINTER, NULL);
  self->uri = g_strdup (uri);
  self->worker = lanyard_zpl_worker_new (uri, limits, &funcs, self, error);
  return self->worker != NULL ? g_steal_pointer (&self) : NULL;
}
