/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-scanner.h"

/* A scanner at the port: sees what the test shows it. */
#define TYPE_FAKE_SCANNER (fake_scanner_get_type ())
G_DECLARE_FINAL_TYPE (FakeScanner, fake_scanner, FAKE, SCANNER, GObject)

struct _FakeScanner
{
  GObject parent_instance;
  gboolean started;
  gboolean asked;    /* for a document */
  const char *fault; /* (nullable): static */
};

FakeScanner *fake_scanner_new (void);
void fake_scanner_show (FakeScanner *scanner, const char *text);
void fake_scanner_set_fault (FakeScanner *scanner, const char *fault);
