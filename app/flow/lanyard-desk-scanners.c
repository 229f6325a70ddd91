/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* All the ways in which a code comes to a desk: cameras, scanners that type, and scanners that are
 * devices of their own. They meet here. */

#define G_LOG_DOMAIN "lanyard-flow"

#include "lanyard-desk-private.h"

#include "lanyard-hid-scanner.h"

/* Whether it came from something that people aim, and that may say it twice. The camera sees to
 * that by itself, and whoever types the same number twice means it. */
static gboolean
may_echo (const LanyardScan *scan)
{
  return scan->source == LANYARD_SCAN_SOURCE_WEDGE || scan->source == LANYARD_SCAN_SOURCE_SERIAL
         || scan->source == LANYARD_SCAN_SOURCE_HID;
}

void
lanyard_desk_take_scan (LanyardDesk *desk, const LanyardScan *scan)
{
  if (scan->at_us == 0 || !may_echo (scan) || lanyard_echoes_take (desk->echoes, scan))
    lanyard_session_scan (desk->session, scan);
}

static void
on_scanned (LanyardScanner *scanner, const LanyardScan *scan, gpointer user_data)
{
  lanyard_desk_take_scan (user_data, scan);
}

static void
on_scanner_changed (LanyardScanner *scanner, gpointer user_data)
{
  lanyard_desk_update_status (user_data);
}

const char *
lanyard_desk_find_scanner_fault (LanyardDesk *desk)
{
  for (guint i = 0; i < desk->scanners->len; i++)
    {
      const char *fault = lanyard_scanner_get_fault (g_ptr_array_index (desk->scanners, i));

      if (fault != NULL)
        return fault;
    }
  return NULL;
}

void
lanyard_desk_ask_scanners (LanyardDesk *desk)
{
  gboolean asked = lanyard_session_asks_document (desk->session);

  for (guint i = 0; i < desk->scanners->len; i++)
    lanyard_scanner_set_asked (g_ptr_array_index (desk->scanners, i), asked);
}

void
lanyard_desk_drop_scanners (LanyardDesk *desk)
{
  for (guint i = 0; i < desk->scanners->len; i++)
    {
      LanyardScanner *scanner = g_ptr_array_index (desk->scanners, i);

      g_signal_handlers_disconnect_by_data (scanner, desk);
      lanyard_scanner_stop (scanner);
    }
  g_ptr_array_unref (desk->scanners);
  lanyard_echoes_free (desk->echoes);
}

void
lanyard_desk_add_scanner (LanyardDesk *desk, LanyardScanner *scanner)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (desk != NULL && LANYARD_IS_SCANNER (scanner));

  g_ptr_array_add (desk->scanners, g_object_ref (scanner));
  g_signal_connect (scanner, "scanned", G_CALLBACK (on_scanned), desk);
  g_signal_connect (scanner, "changed", G_CALLBACK (on_scanner_changed), desk);
  lanyard_scanner_set_asked (scanner, lanyard_session_asks_document (desk->session));
  if (!lanyard_scanner_start (scanner, &error))
    g_message ("A scanner does not start: %s", error->message);
  lanyard_desk_update_status (desk);
}

static LanyardScanner *
make_scanner (const LanyardScannerConfig *config)
{
  if (config->type == LANYARD_SCANNER_HID)
    return LANYARD_SCANNER (lanyard_hid_scanner_new (config->device, config->serial.aim));
  return LANYARD_SCANNER (lanyard_serial_scanner_new (config->device, &config->serial));
}

void
lanyard_desk_add_configured_scanners (LanyardDesk *desk)
{
  g_return_if_fail (desk != NULL);

  for (guint i = 0; desk->config->scanners != NULL && i < desk->config->scanners->len; i++)
    {
      g_autoptr (LanyardScanner) scanner
          = make_scanner (g_ptr_array_index (desk->config->scanners, i));

      lanyard_desk_add_scanner (desk, scanner);
    }
}
