/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How long a label printer may take. A value; 0 in a member: the default. */
typedef struct
{
  guint connect_ms;  /* for the line; default 5 s */
  guint request_ms;  /* for one answer; default 3 s */
  guint document_ms; /* for taking one badge; default 60 s */
  guint poll_ms;     /* between two looks at jobs under way; default 0.5 s */
  guint watch_ms;    /* between two looks at an idle printer; default 5 s */
  guint settle_ms;   /* idle so long without having been seen at work: it is done; default 3 s */
  guint lost_ms;     /* without an answer about a job until it is LOST; default 30 s */
} LanyardZplLimits;

G_END_DECLS
