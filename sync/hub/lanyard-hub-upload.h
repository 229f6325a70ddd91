/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-batch.h"
#include "lanyard-hub.h"

G_BEGIN_DECLS

/* One upload between its request and its answer. */
struct _LanyardHubUpload
{
  LanyardBatch *batch;     /* owned (nullable): until it was checked, and when it is none */
  GPtrArray *facts;        /* owned (nullable) (element-type LanyardHubFact): one a record */
  LanyardReceipt *receipt; /* owned (nullable): until it was judged */
  GBytes *message;         /* owned (nullable): the signed receipt */
  GError *error;           /* owned (nullable): why it was not stored */

  /* Of the check, which is one thread's at a time. */
  gatomicrefcount references;
  GMutex lock;
  GCond changed;    /* stage did */
  int stage;        /* under lock */
  gboolean settled; /* the hub's thread has seen the end of it */
  guint *n_ahead;   /* borrowed (nullable): the hub's count of those like it, while it is one */
  LanyardHubPlace place; /* that the request names */
  const guint8 *data;    /* borrowed (nullable): until it is settled */
  gsize n_bytes;
  LanyardTrustList *trust; /* owned; as it was when the request came */
  gint64 now_s;            /* likewise, wall */
  LanyardKid kid;          /* of who signed it */
};

/* One that nobody signed as such, ready for lanyard_hub_ingest_uploads(). @batch: (transfer full)
 */
LanyardHubUpload *_lanyard_hub_upload_new_checked (LanyardBatch *batch);
/* It is stored, or will not be: only its answer is left. */
void _lanyard_hub_upload_end (LanyardHubUpload *upload);
/* What each record of @batch says. Pure. (transfer full) (element-type LanyardHubFact) */
GPtrArray *_lanyard_hub_interpret_batch (const LanyardBatch *batch);

/**
 * _lanyard_hub_needs_collect:
 * @needs: (out): empty before; borrows from @uploads
 * @uploads: (element-type LanyardHubUpload)
 */
void _lanyard_hub_needs_collect (LanyardHubNeeds *needs, GPtrArray *uploads);
void _lanyard_hub_needs_clear (LanyardHubNeeds *needs);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LanyardHubNeeds, _lanyard_hub_needs_clear)

G_END_DECLS
