/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-qr-picture.h"
#include "lanyard-qr-triple.h"

G_BEGIN_DECLS

/*
 * How many modules a symbol has.
 *
 * Assumes that the triple's distances are right to a seventh. Which version it is, the timing
 * patterns say: a cubic from finder to finder meets their modules also under tilt and on bent paper
 * (a straight one lost 10 of 398 photographs). From version 7 on the symbol names its version.
 */
#define LANYARD_QR_MAX_VERSIONS 3 /* worth trying for one triple */

/* The likeliest first. Returns: how many */
guint lanyard_qr_versions_find (const LanyardQrPicture *picture,
                                const LanyardQrTriple *triple,
                                guint versions[LANYARD_QR_MAX_VERSIONS]);

G_END_DECLS
