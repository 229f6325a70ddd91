/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-alerts.h"
#include "lanyard-batch.h"
#include "lanyard-changes.h"
#include "lanyard-enrolment-message.h"
#include "lanyard-receipt.h"
#include "lanyard-token.h"

G_BEGIN_DECLS

/* One message of each kind, always the same, by keys that everybody knows. */
#define SAMPLE_NOW_S G_GINT64_CONSTANT (1942000000) /* 2031-07-16 */
#define SAMPLE_DEVICE 7
#define SAMPLE_EPOCH 2
#define SAMPLE_EVENT "SAMPLE-31"
#define SAMPLE_PATH "/v1/changes/tail?after=512&alert=3&wait=25"

/* Keys of the seeds 0x01 × 32 (hub), 0x02 × 32 (desk 7), 0x03 × 32 (desk 8), 0x04 × 32 (nobody). */
LanyardKey *sample_hub_key (void);
LanyardKey *sample_desk_key (void);
LanyardKey *sample_other_desk_key (void);
LanyardKey *sample_stranger_key (void);
LanyardTrustList *sample_trust (void);

LanyardBatch *sample_batch (void);
LanyardReceipt *sample_receipt (void);
LanyardChanges *sample_changes (void);
LanyardAlerts *sample_alerts (void);
LanyardEnrolmentRequest *sample_enrolment_request (void);
LanyardEnrolmentAnswer *sample_enrolment_answer (void);
LanyardToken sample_token (void);

/* Signed, and opened, for the table below; wire-samples-lists.c. (transfer full) */
GBytes *sample_sign_changes_2 (void);
GBytes *sample_sign_segment_2 (void);
GBytes *sample_sign_again_2 (void);
GBytes *sample_sign_trust (void);
GError *sample_open_trust (const void *data, gsize n_bytes);
GBytes *sample_sign_negative (void);
GError *sample_open_negative (const void *data, gsize n_bytes);
GBytes *sample_sign_manifest (void);
GError *sample_open_manifest (const void *data, gsize n_bytes);
GBytes *sample_sign_edition (void);
GError *sample_open_edition (const void *data, gsize n_bytes);
GBytes *sample_sign_receipt_gap (void);
GBytes *sample_sign_receipt_fork (void);

/* A message as it goes over the line, and whether bytes are taken for one. */
typedef struct
{
  const char *name; /* also of its file below vectors/ */
  GBytes *(*sign) (void);
  /* NULL: they are. Otherwise why not. (transfer full) */
  GError *(*open) (const void *data, gsize n_bytes);
  gboolean compressed; /* the bytes depend on the version of zstd; what they mean does not */
} SampleKind;

extern const SampleKind sample_kinds[];
extern const guint n_sample_kinds;

G_END_DECLS
