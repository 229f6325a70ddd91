/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-command.h"
#include "lanyard-config.h"
#include "lanyard-pack.h"

G_BEGIN_DECLS

/* Which printers a command is about, and the pack that they print. A value. */
typedef struct
{
  char *config_path;     /* owned (nullable): --config */
  char *pack_dir;        /* owned (nullable): --pack */
  char **words;          /* owned (nullable): what stands behind the options */
  LanyardConfig *config; /* owned (nullable) */
  LanyardPack *pack;     /* owned (nullable) */
} LanyardPrinterChoice;

void lanyard_printer_choice_clear (LanyardPrinterChoice *choice);

/**
 * lanyard_printer_choice_load:
 * @choice: with what the command line says
 * @command: for messages
 * @error: LANYARD_ERROR_USAGE; what is wrong with configuration or pack
 *
 * A printer on the command line needs no configuration, and then the pack may be left out too; that
 * of --pack need not be signed.
 */
gboolean lanyard_printer_choice_load (LanyardPrinterChoice *choice,
                                      const LanyardCommand *command,
                                      GError **error);

/* Returns: (transfer none) (nullable): URI on the command line */
const char *lanyard_printer_choice_get_uri (const LanyardPrinterChoice *choice);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LanyardPrinterChoice, lanyard_printer_choice_clear)

G_END_DECLS
