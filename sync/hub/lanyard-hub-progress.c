/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-progress.h"

#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define PERIOD_US 100000
#define DEFAULT_COLUMNS 80
#define WORDS_COLUMNS 52 /* what stands behind the bar */
#define MAX_BAR_COLUMNS 40
#define MIN_BAR_COLUMNS 8
#define CLEAR_LINE "\r\033[K"

void
lanyard_hub_progress_start (LanyardHubProgress *progress, const char *what, guint64 total)
{
  *progress = (LanyardHubProgress){
    .what = what,
    .total = total,
    .started_us = g_get_monotonic_time (),
    .terminal = isatty (STDERR_FILENO) == 1,
  };
}

static guint
get_columns (void)
{
  struct winsize size;

  if (ioctl (STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    return size.ws_col;
  return DEFAULT_COLUMNS;
}

/* "1,234,567" */
static void
append_number (GString *text, guint64 number)
{
  char digits[24];
  int length = g_snprintf (digits, sizeof digits, "%" G_GUINT64_FORMAT, number);

  for (int i = 0; i < length; i++)
    {
      if (i > 0 && (length - i) % 3 == 0)
        g_string_append_c (text, ',');
      g_string_append_c (text, digits[i]);
    }
}

static void
append_bar (GString *text, double share, guint columns)
{
  guint n_bar = columns <= WORDS_COLUMNS ? 0 : MIN (columns - WORDS_COLUMNS, MAX_BAR_COLUMNS);
  guint n_full = (guint)(share * n_bar);

  if (n_bar >= MIN_BAR_COLUMNS)
    {
      g_string_append_c (text, '[');
      for (guint i = 0; i < n_bar; i++)
        g_string_append_c (text, i < n_full ? '#' : '-');
      g_string_append (text, "] ");
    }
  g_string_append_printf (text, "%3d %%  ", (int)(share * 100));
}

char *
lanyard_hub_progress_format (const LanyardHubProgress *progress,
                             guint64 done,
                             guint64 n,
                             gint64 age_us,
                             guint columns)
{
  GString *text = g_string_new (NULL);
  double age_s = (double)MAX (age_us, 1) / G_USEC_PER_SEC;

  if (progress->total > 0)
    append_bar (text, MIN (1.0, (double)done / (double)progress->total), columns);
  append_number (text, n);
  g_string_append_printf (text, " %s, ", progress->what);
  append_number (text, (guint64)((double)n / age_s));
  g_string_append (text, "/s");
  if (progress->total > done && done > 0 && age_us > G_USEC_PER_SEC)
    {
      double left_s = age_s * (double)(progress->total - done) / (double)done;
      guint minutes = (guint)MIN (left_s / 60, 9999);

      g_string_append_printf (text, ", %u:%02u left", minutes,
                              (guint)(left_s - minutes * 60.0) % 60);
    }
  if (text->len >= columns && columns > 0)
    g_string_truncate (text, columns - 1);
  return g_string_free (text, FALSE);
}

void
lanyard_hub_progress_tell (LanyardHubProgress *progress, guint64 done, guint64 n)
{
  gint64 now_us = g_get_monotonic_time ();
  g_autofree char *text = NULL;

  if (!progress->terminal || now_us - progress->shown_us < PERIOD_US)
    return;
  progress->shown_us = now_us;
  text = lanyard_hub_progress_format (progress, done, n, now_us - progress->started_us,
                                      get_columns ());
  g_printerr (CLEAR_LINE "%s", text);
}

void
lanyard_hub_progress_clear (LanyardHubProgress *progress)
{
  if (progress->terminal && progress->shown_us != 0)
    g_printerr (CLEAR_LINE);
  progress->shown_us = 0;
}
