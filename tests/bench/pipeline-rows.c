/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pipeline-rows.h"

#include <libpq-fe.h>
#include <unistd.h>

#include "bench-report.h"
#include "lanyard-hub-store-pg.h"

#define MAX_COLUMNS 12
/* So many are sent before their results are read. */
#define PER_SYNC 500

/* Tables that uploads write, the records first. @select: binary, as many columns as @insert has
 * parameters */
static const struct
{
  const char *select, *insert;
} tables[] = {
  { "SELECT device, epoch, first, last, hashes, records, received_us FROM stretch ORDER BY id",
    "INSERT INTO stretch (device, epoch, first, last, hashes, records, received_us)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7)" },
  { "SELECT serial, number, device, sequence, flags, arrival, out_us, ends_s FROM badge",
    "INSERT INTO badge (serial, number, device, sequence, flags, arrival, out_us, ends_s)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)" },
  { "SELECT number, open_badges, last_sequence, last_serial, disputed, void_below, floor,"
    " arrivals, decisions, ends_s, gseq FROM holding WHERE gseq > $1",
    "INSERT INTO holding (number, open_badges, last_sequence, last_serial, disputed, void_below,"
    " floor, arrivals, decisions, ends_s, gseq)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)" },
  { "SELECT gseq, number, entry FROM change WHERE gseq > $1 ORDER BY gseq",
    "INSERT INTO change (gseq, number, entry) VALUES ($1, $2, $3)" },
};

static PGconn *
open_line (const char *uri)
{
  PGconn *line = PQconnectdb (uri);

  if (PQstatus (line) != CONNECTION_OK)
    g_error ("%s", PQerrorMessage (line));
  return line;
}

static void
check (PGconn *line, PGresult *result, ExecStatusType wanted)
{
  if (PQresultStatus (result) != wanted)
    g_error ("%s", PQerrorMessage (line));
  PQclear (result);
}

static PGresult *
read_table (PGconn *line, guint table, guint64 gseq)
{
  g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT, gseq);
  const char *values[] = { text };
  int n = strstr (tables[table].select, "$1") != NULL ? 1 : 0;
  PGresult *rows = PQexecParams (line, tables[table].select, n, NULL, values, NULL, NULL, 1);

  if (PQresultStatus (rows) != PGRES_TUPLES_OK)
    g_error ("%s", PQerrorMessage (line));
  return rows;
}

/* Reads all results up to the sync that was sent last. */
static void
drain (PGconn *line)
{
  if (PQpipelineSync (line) != 1)
    g_error ("%s", PQerrorMessage (line));
  while (TRUE)
    {
      PGresult *result = PQgetResult (line);
      ExecStatusType status = PQresultStatus (result);

      PQclear (result);
      if (result == NULL)
        continue;
      if (status == PGRES_PIPELINE_SYNC)
        return;
      if (status != PGRES_COMMAND_OK)
        g_error ("a row was not taken: %s", PQerrorMessage (line));
    }
}

static void
send_row (PGconn *line, const char *name, const PGresult *rows, int row)
{
  const char *values[MAX_COLUMNS];
  int lengths[MAX_COLUMNS], formats[MAX_COLUMNS], n = PQnfields (rows);

  for (int i = 0; i < n; i++)
    {
      values[i] = PQgetisnull (rows, row, i) ? NULL : PQgetvalue (rows, row, i);
      lengths[i] = PQgetlength (rows, row, i);
      formats[i] = 1;
    }
  if (PQsendQueryPrepared (line, name, n, values, lengths, formats, 1) != 1)
    g_error ("%s", PQerrorMessage (line));
}

/* The share of @rows that belongs to group @i of @n. */
static void
send_share (PGconn *line, guint table, const PGresult *rows, guint i, guint n)
{
  g_autofree char *name = g_strdup_printf ("t%u", table);
  gint64 all = PQntuples (rows);
  int from = (int)(all * i / n), to = (int)(all * (i + 1) / n);

  for (int row = from; row < to; row++)
    {
      send_row (line, name, rows, row);
      if ((row - from) % PER_SYNC == PER_SYNC - 1)
        drain (line);
    }
}

static void
send_words (PGconn *line, const char *words)
{
  if (PQsendQueryParams (line, words, 0, NULL, NULL, NULL, NULL, 1) != 1)
    g_error ("%s", PQerrorMessage (line));
}

/* Returns: s that tables @first to @last took */
static double
insert_all (PGconn *line, PGresult *const *rows, guint first, guint last, guint n_groups)
{
  double before = bench_now_us ();

  if (PQenterPipelineMode (line) != 1)
    g_error ("%s", PQerrorMessage (line));
  for (guint i = 0; i < n_groups; i++)
    {
      send_words (line, "BEGIN");
      for (guint table = first; table <= last; table++)
        send_share (line, table, rows[table], i, n_groups);
      send_words (line, "COMMIT");
      drain (line);
    }
  PQexitPipelineMode (line);
  return (bench_now_us () - before) / 1e6;
}

PipelineRows
pipeline_rows_run (const char *from, const char *to, guint64 gseq, guint n_groups)
{
  PipelineRows result = { 0 };
  PGresult *rows[G_N_ELEMENTS (tables)];
  LanyardHubStore *store = lanyard_hub_store_pg_open (to, TRUE, NULL); /* makes the tables */
  PGconn *source = open_line (from), *line = open_line (to);

  lanyard_hub_store_close (store);
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *name = g_strdup_printf ("t%u", i);

      rows[i] = read_table (source, i, gseq);
      result.n_rows += (guint64)PQntuples (rows[i]);
      check (line, PQprepare (line, name, tables[i].insert, 0, NULL), PGRES_COMMAND_OK);
    }
  /* Records first and by themselves, then the rest: together they are all. */
  result.records_s = insert_all (line, rows, 0, 0, n_groups);
  result.all_s = result.records_s + insert_all (line, rows, 1, G_N_ELEMENTS (tables) - 1, n_groups);
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    PQclear (rows[i]);
  PQfinish (source);
  PQfinish (line);
  return result;
}

/* proc(5): user and system time are the 12th and 13th behind the name. */
static double
read_process_s (const char *pid)
{
  g_autofree char *path = g_build_filename ("/proc", pid, "stat", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) words = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  words = g_strsplit (strrchr (text, ')') + 1, " ", 0);
  return (g_ascii_strtod (words[12], NULL) + g_ascii_strtod (words[13], NULL))
         / (double)sysconf (_SC_CLK_TCK);
}

double
pipeline_rows_get_server_s (const char *uri)
{
  PGconn *line = open_line (uri);
  PGresult *pids
      = PQexec (line, "SELECT pid FROM pg_stat_activity WHERE application_name = 'lanyard-hub'");
  double sum = 0;

  for (int i = 0; i < PQntuples (pids); i++)
    sum += read_process_s (PQgetvalue (pids, i, 0));
  PQclear (pids);
  PQfinish (line);
  return sum;
}
