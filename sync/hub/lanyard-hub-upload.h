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
  LanyardBatch *batch;     /* owned */
  GPtrArray *facts;        /* owned (element-type LanyardHubFact): one a record */
  LanyardReceipt *receipt; /* owned (nullable): until it was judged */
  GBytes *message;         /* owned (nullable): the signed receipt */
  GError *error;           /* owned (nullable): why it was not stored */
};

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
