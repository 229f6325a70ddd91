/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-printer.h"

G_BEGIN_DECLS

#define LANYARD_TYPE_PRINTER_SWITCH (lanyard_printer_switch_get_type ())
G_DECLARE_FINAL_TYPE (LanyardPrinterSwitch,
                      lanyard_printer_switch,
                      LANYARD,
                      PRINTER_SWITCH,
                      GObject)

/*
 * Several printers of one desk, of which one is chosen: new badges go to that one, and what is said
 * of the switch as a printer (fault, condition, description) is said of it. All of them are
 * watched.
 *
 * A badge stays with the printer that it was given to: questions about it, and its cancellation, go
 * there whatever was chosen since. Nothing moves from one printer to another.
 */
LanyardPrinterSwitch *lanyard_printer_switch_new (void);

/* The first one is chosen. @printer: (transfer none): kept */
void
lanyard_printer_switch_add (LanyardPrinterSwitch *self, const char *name, LanyardPrinter *printer);

guint lanyard_printer_switch_get_n (LanyardPrinterSwitch *self);
/* Returns: (transfer none) */
const char *lanyard_printer_switch_get_name (LanyardPrinterSwitch *self, guint index);
/* Returns: (transfer none) */
LanyardPrinter *lanyard_printer_switch_get_printer (LanyardPrinterSwitch *self, guint index);
/* Returns: (transfer none): name of the chosen one */
const char *lanyard_printer_switch_get_chosen (LanyardPrinterSwitch *self);

/* For new badges from now on; emits "changed". Returns: whether there is one of this name */
gboolean lanyard_printer_switch_choose (LanyardPrinterSwitch *self, const char *name);

/* After a restart: @serial was given to the printer of this name, in an earlier life. */
void
lanyard_printer_switch_assign (LanyardPrinterSwitch *self, const char *serial, const char *name);

G_END_DECLS
