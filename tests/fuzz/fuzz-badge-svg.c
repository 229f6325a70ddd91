/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a designer's program, or somebody else, wrote as SVG. */

#include <stddef.h>
#include <stdint.h>

#include "lanyard-badge-svg.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) svg = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;

  /* GMarkup complains of itself when it finds a second fault behind the first. */
  g_log_set_always_fatal (G_LOG_FATAL_MASK);
  g_assert_true (lanyard_svg_check (svg, "It", &error) == (error == NULL));

  return 0;
}
