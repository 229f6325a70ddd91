/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define PATRONI_CLUSTER_SERVERS 3

/*
 * Three PostgreSQL servers that Patroni runs, each with a member of etcd beside it, behind HAProxy:
 * real programs, on loopback, as a user that is not root, with all files in one folder below the
 * temporary one. A commit is answered when a second server has it. They end with the test.
 */
typedef struct _PatroniCluster PatroniCluster;

/* Why it cannot run here: a program is missing. (transfer full) (nullable): NULL: it can */
char *patroni_cluster_find_missing (void);
/* Starts it and waits until a primary and a synchronous standby are there. */
PatroniCluster *patroni_cluster_new (void);
/* Ends all of it. */
void patroni_cluster_free (PatroniCluster *cluster);
/* A new database behind HAProxy. (transfer full): its URI */
char *patroni_cluster_create_database (PatroniCluster *cluster, const char *name);
/* Kills the machine of the primary: its Patroni, its PostgreSQL and its etcd, by SIGKILL. */
void patroni_cluster_kill_primary (PatroniCluster *cluster);
/* Name of the primary as its Patroni says. (transfer full) (nullable): nobody is */
char *patroni_cluster_get_primary (PatroniCluster *cluster);

G_END_DECLS
