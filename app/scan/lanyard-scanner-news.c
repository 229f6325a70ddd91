/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-scanner-news.h"

static void
news_free (gpointer data)
{
  LanyardScannerNews *news = data;

  g_clear_pointer (&news->scan, lanyard_scan_free);
  g_free (news->fault);
  g_free (news);
}

static void
tell_fault (gpointer scanner, char **fault, const char *text)
{
  if (g_strcmp0 (*fault, text) == 0)
    return;
  g_free (*fault);
  *fault = g_strdup (text);
  g_signal_emit_by_name (scanner, "changed");
}

static void
tell_hint (gpointer scanner, LanyardHint *hint, LanyardHint now)
{
  if (hint == NULL || *hint == now)
    return;
  *hint = now;
  g_signal_emit_by_name (scanner, "hint");
}

void
lanyard_scanner_news_post (LanyardHome *home, LanyardHomeFunc func, LanyardScannerNews news)
{
  g_return_if_fail (home != NULL && func != NULL);

  lanyard_home_post (home, func, g_memdup2 (&news, sizeof news), news_free);
}

void
lanyard_scanner_news_tell (const LanyardScannerNews *news,
                           gpointer scanner,
                           char **fault,
                           LanyardHint *hint)
{
  g_return_if_fail (news != NULL && LANYARD_IS_SCANNER (scanner) && fault != NULL);

  switch (news->kind)
    {
    case LANYARD_SCANNER_NEWS_SCAN:
      g_signal_emit_by_name (scanner, "scanned", news->scan);
      break;
    case LANYARD_SCANNER_NEWS_FAULT:
      tell_fault (scanner, fault, news->fault);
      break;
    case LANYARD_SCANNER_NEWS_HINT:
      tell_hint (scanner, hint, news->hint);
      break;
    }
}
