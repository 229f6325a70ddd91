/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include <unistd.h>

#include "lanyard-cbor.h"
#include "lanyard-hub-command.h"

/* "snapshot" and "compact": what desks begin with, and what the feed need not keep then. */

typedef struct
{
  gboolean under_way;
  guint64 n_read;
  guint64 gseq;
  guint64 n_rows;
  guint64 n_bytes;
} Snapshot;

static gboolean
ask_snapshot (LanyardHubConsole *console, gboolean start, Snapshot *snapshot, GError **error)
{
  LanyardCborWriter *writer = lanyard_hub_command_request ("snapshot", 1);
  g_autoptr (GBytes) answer = NULL;
  LanyardCborReader reader;

  lanyard_cbor_write_bool (writer, start);
  answer = lanyard_hub_command_ask (console, writer, 5, &reader, error);
  if (answer == NULL)
    return FALSE;
  snapshot->under_way = lanyard_cbor_read_bool (&reader);
  snapshot->n_read = lanyard_cbor_read_uint (&reader, G_MAXINT64);
  snapshot->gseq = lanyard_cbor_read_uint (&reader, G_MAXINT64);
  snapshot->n_rows = lanyard_cbor_read_uint (&reader, G_MAXINT64);
  snapshot->n_bytes = lanyard_cbor_read_uint (&reader, G_MAXINT64);
  return lanyard_hub_command_answered (&reader, error);
}

static gboolean
make_snapshot (const char *directory, GError **error)
{
  g_autoptr (LanyardHubConsole) console = NULL;
  gboolean shows = isatty (STDERR_FILENO);
  Snapshot snapshot = { .under_way = TRUE };

  if (!lanyard_hub_command_need (directory, "--dir", error))
    return FALSE;
  console = lanyard_hub_console_open (directory, error);
  if (console == NULL)
    return FALSE;
  for (gboolean start = TRUE; start || snapshot.under_way; start = FALSE)
    {
      if (!ask_snapshot (console, start, &snapshot, error))
        return FALSE;
      if (shows && snapshot.under_way)
        g_printerr ("\r%" G_GUINT64_FORMAT " accreditations read", snapshot.n_read);
    }
  if (shows)
    g_printerr ("\n");
  g_print ("snapshot of %" G_GUINT64_FORMAT " accreditations at change %" G_GUINT64_FORMAT
           ": %" G_GUINT64_FORMAT " bytes\n",
           snapshot.n_rows, snapshot.gseq, snapshot.n_bytes);
  return TRUE;
}

int
lanyard_hub_command_snapshot (int argc, char **argv)
{
  g_autofree char *directory = NULL;
  const GOptionEntry entries[] = {
    { "dir", 'd', 0, G_OPTION_ARG_FILENAME, &directory, "the hub's folder", "DIR" },
    { NULL },
  };
  GError *error = NULL;

  if (lanyard_hub_command_parse ("--dir DIR",
                                 "Makes a snapshot of the roster, with which desks that are new or "
                                 "far behind begin. A hub that serves makes them by itself, too.",
                                 entries, &argc, &argv, &error)
      && lanyard_hub_command_no_words (argc, argv, &error))
    make_snapshot (directory, &error);
  return lanyard_hub_command_end (error);
}

static gboolean
ask_compact (LanyardHubConsole *console, guint64 *floor, guint64 *removed, GError **error)
{
  LanyardCborReader reader;
  g_autoptr (GBytes) answer
      = lanyard_hub_command_ask (console, lanyard_hub_command_request ("compact", 0), 2, &reader,
                                 error);

  if (answer == NULL)
    return FALSE;
  *floor = lanyard_cbor_read_uint (&reader, G_MAXINT64);
  *removed = lanyard_cbor_read_uint (&reader, G_MAXINT64);
  return lanyard_hub_command_answered (&reader, error);
}

static gboolean
compact (const char *directory, GError **error)
{
  g_autoptr (LanyardHubConsole) console = NULL;
  guint64 floor = 0, removed, all = 0;

  if (!lanyard_hub_command_need (directory, "--dir", error))
    return FALSE;
  console = lanyard_hub_console_open (directory, error);
  if (console == NULL)
    return FALSE;
  do
    {
      if (!ask_compact (console, &floor, &removed, error))
        return FALSE;
      all += removed;
    }
  while (removed > 0);
  g_print ("feed begins after change %" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT
           " changes forgotten\n",
           floor, all);
  return TRUE;
}

int
lanyard_hub_command_compact (int argc, char **argv)
{
  g_autofree char *directory = NULL;
  const GOptionEntry entries[] = {
    { "dir", 'd', 0, G_OPTION_ARG_FILENAME, &directory, "the hub's folder", "DIR" },
    { NULL },
  };
  GError *error = NULL;

  if (lanyard_hub_command_parse ("--dir DIR",
                                 "Forgets changes of the roster that later ones made worthless, up "
                                 "to the snapshot. Desks that are further behind take that.",
                                 entries, &argc, &argv, &error)
      && lanyard_hub_command_no_words (argc, argv, &error))
    compact (directory, &error);
  return lanyard_hub_command_end (error);
}
