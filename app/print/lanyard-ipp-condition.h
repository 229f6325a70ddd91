/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <cups/ipp.h>

#include "lanyard-printer-condition.h"

G_BEGIN_DECLS

/* What an IPP printer says of itself; nothing here talks to one. */

/* Returns: (transfer full): asks for all that lanyard_ipp_condition_read() wants to know */
ipp_t *lanyard_ipp_ask_condition (const char *uri);

/**
 * lanyard_ipp_condition_read:
 * @answer: answer to Get-Printer-Attributes
 *
 * Pure. Reads state and reasons (RFC 8011 §5.4.11), counters (PWG 5100.22), marker-names and
 * marker-levels (PWG 5100.9), printer-supply and printer-input-tray (PWG 5100.13 §5.6). A printer
 * that gives its ribbon as marker and as supply has it once: markers win.
 *
 * Returns: (transfer full)
 */
LanyardPrinterCondition *lanyard_ipp_condition_read (ipp_t *answer);

/**
 * lanyard_ipp_read_keywords:
 * @attribute: (nullable)
 *
 * What is no keyword is not repeated to anybody, and neither are more than 32 of them.
 *
 * Returns: (transfer full): NULL-terminated
 */
char **lanyard_ipp_read_keywords (ipp_attribute_t *attribute);

/* Returns: (transfer full) (nullable): device-uri of a queue of CUPS without its options, when it
 * is an IPP printer that can be asked by itself */
char *lanyard_ipp_read_device (ipp_t *answer);

/* Returns: (transfer full) (nullable): the first value of a name or text, valid UTF-8 without
 * control characters, at most 255 bytes */
char *lanyard_ipp_read_text (ipp_t *answer, const char *name);

G_END_DECLS
