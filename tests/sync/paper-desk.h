/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-hub.h"
#include "sync-fixture.h"

G_BEGIN_DECLS

/* A desk on paper: records are made up here and signed with its key. */
typedef struct
{
  LanyardKey *key;
  guint32 device;
  guint64 seq;
  LanyardHash head;
  char *prefix;
} Paper;

/* The fixture's hub, in this thread and without its wire. */
LanyardHub *paper_open_hub (SyncFixture *fixture);
Paper *paper_new (SyncFixture *fixture, LanyardHub *hub);
void paper_free (Paper *paper);
/* The desk's next record. @sequence: 0: none in its body */
LanyardRecord *
paper_write (Paper *paper, guint16 kind, const char *number, const char *serial, guint32 sequence);
/* The same with one text of its body more. */
LanyardRecord *paper_write_text (Paper *paper,
                                 guint16 kind,
                                 const char *number,
                                 const char *serial,
                                 guint32 sequence,
                                 LanyardBodyKey key,
                                 const char *text);
/* The same with @body as it is. */
LanyardRecord *
paper_write_body (Paper *paper, guint16 kind, const char *number, const char *serial, GBytes *body);
/* (transfer full) (element-type LanyardRecord) */
GPtrArray *paper_records (void);
/* Uploads @records; the hub must take them. */
void paper_ingest (LanyardHub *hub, Paper *paper, GPtrArray *records);
/* What the hub knows of @number's badges, in words. (transfer full) */
char *paper_describe (LanyardHub *hub, const char *number);

G_END_DECLS
