/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-found.h"
#include "lanyard-frame.h"
#include "lanyard-work.h"

G_BEGIN_DECLS

/*
 * The order in which a picture is searched: cheap steps that read nine codes in ten, then deep
 * ones. A picture can be searched at one go or a slice at a time; what is read does not depend on
 * how it is cut. Belongs to one thread at a time.
 *
 * Assumes that most pictures have one code and that it is large: of 815 labelled ones 448 are read
 * by the first two steps; what each step brings and why it stands where it does is in README.md.
 */
typedef struct _LanyardCascade LanyardCascade;

/* What one step did on the picture at hand. */
typedef struct
{
  const char *name; /* static: "qr-half" */
  gboolean deep;    /* one of the steps that come after the cheap ones */
  gboolean begun;   /* or left out */
  guint n_found;    /* symbols, the same content perhaps more than once */
  guint64 work;     /* steps spent */
  gint64 took_us;   /* processor time of the thread */
} LanyardCascadeTrace;

/* @symbologies: what to look for */
LanyardCascade *lanyard_cascade_new (LanyardSymbologies symbologies);
void lanyard_cascade_free (LanyardCascade *cascade);

/* Turns to another picture; keeps a reference to its pixels until the next one. */
void lanyard_cascade_begin (LanyardCascade *cascade, const LanyardFrame *frame);

/**
 * lanyard_cascade_step:
 * @work: (inout): how much may be spent in this call
 * @func: called for each symbol, the same content perhaps more than once; corners in px of the
 *   frame
 *
 * Goes on until the work is spent. With LANYARD_WORK_UNLIMITED also steps are done that cannot be
 * cut and take longer than a frame. Once something was found, the step at hand and the other cheap
 * steps are ended and the deep ones left out; but for those that look for documents, if what was
 * found may stand on one: see lanyard_cascade_is_beside().
 *
 * Returns: whether nothing is left to try
 */
gboolean lanyard_cascade_step (LanyardCascade *cascade,
                               LanyardWork *work,
                               LanyardFoundFunc func,
                               gpointer user_data);

/* As lanyard_cascade_step(), and goes no further than to the first deep step: see
 * lanyard_cascade_is_deep(). */
gboolean lanyard_cascade_step_cheap (LanyardCascade *cascade,
                                     LanyardWork *work,
                                     LanyardFoundFunc func,
                                     gpointer user_data);

/* Whether documents have codes of that kind beside what they say of their holder: licences a linear
 * one beside their PDF417 symbol, identity cards a linear one or Data Matrix beside their zone.
 * With
 * @asked, as for lanyard_cascade_set_asked(), also QR: many cards have one, but so has all that
 * people show who are asked for no document, and nothing more is looked for there. */
gboolean lanyard_cascade_is_beside (LanyardSymbology symbology, gboolean asked);
/* @asked: whether a document is asked for, FALSE at first: then a QR code does not end the search
 * for one. Counts for what is found from here on. */
void lanyard_cascade_set_asked (LanyardCascade *cascade, gboolean asked);

/* Whether that is what a document says of its holder: a zone or a licence. */
gboolean lanyard_cascade_is_document (LanyardSymbology symbology);

/* To be called in a LanyardFoundFunc or between slices: enough is known of this picture. In a
 * LanyardFoundFunc it also takes the rest of the work away. */
void lanyard_cascade_stop (LanyardCascade *cascade);
/* Whether the cheap steps are behind it. */
gboolean lanyard_cascade_is_deep (const LanyardCascade *cascade);
/* Whether the step at hand is one that looks for documents. */
gboolean lanyard_cascade_seeks_document (const LanyardCascade *cascade);
/* @suspect: (out): the likeliest symbol in this picture that could not be read so far, px of the
 * frame. Returns: FALSE when there is none, or something was read; what a document that is asked
 * for has beside its own does not count */
gboolean lanyard_cascade_get_suspect (const LanyardCascade *cascade, LanyardSuspect *suspect);
/* Static: the step at hand, such as the one that has just found something. */
const char *lanyard_cascade_get_step (const LanyardCascade *cascade);
/* Returns: (transfer none) (array length=n_steps): all steps in order; until the next begin */
const LanyardCascadeTrace *lanyard_cascade_get_trace (const LanyardCascade *cascade,
                                                      guint *n_steps);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardCascade, lanyard_cascade_free)

G_END_DECLS
