/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-tool"

#include "lanyard-output.h"

#include <stdio.h>
#include <unistd.h>

#define PROGRESS_INTERVAL_US (G_USEC_PER_SEC / 5)

static gint64 progress_shown_us;

void
lanyard_output_json (JsonBuilder *builder)
{
  g_autoptr (JsonBuilder) owned = builder;
  g_autoptr (JsonNode) root = json_builder_get_root (owned);
  g_autofree char *line = json_to_string (root, FALSE);

  lanyard_output_progress_end ();
  fputs (line, stdout);
  fputc ('\n', stdout);
  fflush (stdout);
}

void
lanyard_output_member (JsonBuilder *builder, const char *name, const char *text)
{
  json_builder_set_member_name (builder, name);
  if (text == NULL)
    json_builder_add_null_value (builder);
  else
    {
      g_autofree char *valid = g_utf8_make_valid (text, -1);

      json_builder_add_string_value (builder, valid);
    }
}

char *
lanyard_output_dup_printable (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *out = g_string_new (NULL);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_iscntrl (c) || g_unichar_type (c) == G_UNICODE_FORMAT)
        g_string_append_printf (out, "\\u{%04x}", c);
      else
        g_string_append_unichar (out, c);
    }
  return g_string_free (out, FALSE);
}

void
lanyard_output_progress (const char *what, guint64 done, guint64 total)
{
  gint64 now_us = g_get_monotonic_time ();

  if (now_us - progress_shown_us < PROGRESS_INTERVAL_US || !isatty (STDERR_FILENO))
    return;
  progress_shown_us = now_us;
  if (total == 0)
    g_printerr ("\r\033[K%" G_GUINT64_FORMAT " %s", done, what);
  else
    g_printerr ("\r\033[K%" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT " %s", done, total, what);
}

void
lanyard_output_progress_end (void)
{
  if (progress_shown_us == 0)
    return;
  progress_shown_us = 0;
  g_printerr ("\r\033[K");
}
