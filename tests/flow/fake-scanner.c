/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fake-scanner.h"

#include <string.h>

static void fake_scanner_iface_init (LanyardScannerInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FakeScanner,
                               fake_scanner,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (LANYARD_TYPE_SCANNER,
                                                      fake_scanner_iface_init))

static gboolean
fake_scanner_start (LanyardScanner *scanner, GError **error)
{
  FAKE_SCANNER (scanner)->started = TRUE;
  return TRUE;
}

static void
fake_scanner_stop (LanyardScanner *scanner)
{
  FAKE_SCANNER (scanner)->started = FALSE;
}

static const char *
fake_scanner_get_fault (LanyardScanner *scanner)
{
  return FAKE_SCANNER (scanner)->fault;
}

static void
fake_scanner_set_asked (LanyardScanner *scanner, gboolean asked)
{
  FAKE_SCANNER (scanner)->asked = asked;
}

static void
fake_scanner_iface_init (LanyardScannerInterface *iface)
{
  iface->start = fake_scanner_start;
  iface->stop = fake_scanner_stop;
  iface->get_fault = fake_scanner_get_fault;
  iface->set_asked = fake_scanner_set_asked;
}

static void
fake_scanner_class_init (FakeScannerClass *klass)
{
}

static void
fake_scanner_init (FakeScanner *self)
{
}

FakeScanner *
fake_scanner_new (void)
{
  return g_object_new (TYPE_FAKE_SCANNER, NULL);
}

void
fake_scanner_show (FakeScanner *scanner, const char *text)
{
  g_autoptr (LanyardScan) scan
      = lanyard_scan_new (LANYARD_SYMBOLOGY_QR, LANYARD_SCAN_SOURCE_CAMERA, text, strlen (text));

  g_signal_emit_by_name (scanner, "scanned", scan);
}

void
fake_scanner_set_fault (FakeScanner *scanner, const char *fault)
{
  scanner->fault = fault;
  g_signal_emit_by_name (scanner, "changed");
}
