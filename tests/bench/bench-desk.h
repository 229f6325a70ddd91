/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "flow-fixture.h"

G_BEGIN_DECLS

/* A desk that issues one badge after the other on a printer that there is: with its journal and
 * directory on disk, photos, and everybody's badge scanned back. */
typedef struct
{
  FlowFixture flow;
  char *serial;        /* (nullable): owned: of the badge that is under way */
  double confirmed_us; /* bench_now_us(): when "print" was pressed */
  double spooled_us;   /* when the printer had said that it has the badge */
  double cpu_us;       /* processor time of this process between the two */
  gboolean ended;      /* the printer says that it is printed */
  guint n_issued;
} BenchDesk;

/* @uri: for lanyard_printer_open(); @n_people: that will come */
void bench_desk_open (BenchDesk *desk, const char *uri, guint n_people);
void bench_desk_close (BenchDesk *desk);

/**
 * bench_desk_issue:
 * @spooled: (nullable): called when the printer has the badge
 *
 * Issues the next person's badge, from the invitation to the page that says goodbye, and dies when
 * anything else happens.
 */
void bench_desk_issue (BenchDesk *desk, void (*spooled) (gpointer user_data), gpointer user_data);

/* Processor time of this process so far, all threads, in s. */
double bench_desk_cpu_s (void);

G_END_DECLS
