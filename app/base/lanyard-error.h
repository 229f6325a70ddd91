/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LANYARD_ERROR:
 *
 * The one error domain of Lanyard. Each floor adds context with g_prefix_error() and replaces
 * nothing. A message is one sentence: what happened, to what, and what to do.
 */
#define LANYARD_ERROR (lanyard_error_quark ())

typedef enum
{
  LANYARD_ERROR_INVALID = 10,     /* malformed input: bytes, text, a file's content */
  LANYARD_ERROR_LIMIT = 20,       /* longer, deeper or more than the limit allows */
  LANYARD_ERROR_SIGNATURE = 30,   /* a signature does not verify */
  LANYARD_ERROR_UNTRUSTED = 40,   /* a key that is not in the trust list or not for this use */
  LANYARD_ERROR_EXPIRED = 50,     /* outside its validity */
  LANYARD_ERROR_REVOKED = 60,     /* on the negative list */
  LANYARD_ERROR_NOT_FOUND = 70,   /* no such holder, file, row, device */
  LANYARD_ERROR_ROLLBACK = 80,    /* a counter or receipt lower than one seen before */
  LANYARD_ERROR_FORK = 90,        /* same (device, epoch, seq), another hash */
  LANYARD_ERROR_GAP = 100,        /* records that do not continue what is there */
  LANYARD_ERROR_CORRUPT = 110,    /* a database or chain that does not hold together */
  LANYARD_ERROR_NEWER = 120,      /* written by a later version of Lanyard */
  LANYARD_ERROR_FULL = 130,       /* no space left */
  LANYARD_ERROR_BUSY = 140,       /* another process holds it */
  LANYARD_ERROR_IO = 150,         /* a disk or device failed */
  LANYARD_ERROR_NETWORK = 160,    /* no answer, or the line broke */
  LANYARD_ERROR_REFUSED = 170,    /* the other side said no: not enrolled, revoked, wrong PIN */
  LANYARD_ERROR_CODE = 172,       /* the hub does not take this enrolment code */
  LANYARD_ERROR_PROTOCOL = 180,   /* the other side said nonsense */
  LANYARD_ERROR_UNAVAILABLE = 190, /* a part is missing on this machine */
  LANYARD_ERROR_USAGE = 200,      /* wrong words on a command line or in a configuration */
  LANYARD_ERROR_STATE = 210,      /* not allowed in the present state */
} LanyardError;

GQuark lanyard_error_quark (void);

/**
 * lanyard_error_is_retryable:
 * @error: an error of any domain
 *
 * Returns: whether the same request may succeed later without anybody doing anything
 *   (NETWORK, BUSY, and the G_IO_ERRORs of a broken line).
 */
gboolean lanyard_error_is_retryable (const GError *error);

/**
 * lanyard_error_exit_code:
 * @error: (nullable): an error of any domain; %NULL for success
 *
 * Returns: the exit code of all three programs for @error: 0 done, 1 the answer is no (refused,
 *   does not verify, not found), 2 wrong use, 3 the environment failed.
 */
int lanyard_error_exit_code (const GError *error);

/**
 * lanyard_assert_invariant:
 * @expr: an invariant
 *
 * g_assert() that is never compiled out: invariants are guarded in release builds too.
 */
#define lanyard_assert_invariant(expr)                                                            \
  G_STMT_START                                                                                     \
  {                                                                                                \
    if G_UNLIKELY (!(expr))                                                                        \
      g_error ("invariant does not hold at %s:%d: %s", __FILE__, __LINE__, #expr);                 \
  }                                                                                                \
  G_STMT_END

G_END_DECLS
