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
  g_autoptr (GError) error = NULL, screen = NULL;
  gboolean for_badges;

  /* GMarkup complains of itself when it finds a second fault behind the first. */
  g_log_set_always_fatal (G_LOG_FATAL_MASK);
  for_badges = lanyard_svg_check (svg, "It", &error);
  g_assert_true (for_badges == (error == NULL));
  g_assert_true (lanyard_svg_check_for_screen (svg, "It", &screen) == (screen == NULL));
  /* what a badge may show a screen may show */
  g_assert_true (!for_badges || screen == NULL);

  return 0;
}
