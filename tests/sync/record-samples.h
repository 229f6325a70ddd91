/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-record.h"

G_BEGIN_DECLS

/* One record of each kind that there is, always the same. */
typedef struct
{
  guint16 kind;
  gboolean of_badge;  /* names accreditation, serial and pickup */
  const char *body;   /* CBOR map in hexadecimal */
  gboolean of_person; /* names the accreditation alone */
} RecordSample;

extern const RecordSample record_samples[];
extern const guint n_record_samples;

/* (transfer full): encoded */
GBytes *record_sample_encode (const RecordSample *sample);

G_END_DECLS
