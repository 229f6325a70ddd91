/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A line between a desk and its hub that breaks where it is told to. Threads of its own. */
typedef struct _FaultProxy FaultProxy;

typedef enum
{
  FAULT_PROXY_NONE,
  FAULT_PROXY_DELAY,       /* every piece comes later */
  FAULT_PROXY_CUT_REQUEST, /* the line breaks in the middle of the request */
  FAULT_PROXY_CUT_ANSWER,  /* … in the middle of the answer */
  FAULT_PROXY_DROP_ANSWER, /* the hub has the request, the desk never hears of it */
  FAULT_PROXY_DUPLICATE,   /* the hub gets every byte on a second connection as well */
  FAULT_PROXY_TRICKLE,     /* a few bytes at a time, both ways */
  FAULT_PROXY_BLACK_HOLE,  /* takes everything, passes nothing on, and then the line breaks */
  FAULT_PROXY_N,
} FaultProxyFault;

/* @port: of the hub on 127.0.0.1 */
FaultProxy *fault_proxy_new (guint16 port);
void fault_proxy_free (FaultProxy *proxy);
/* Where desks reach it. (transfer none) */
const char *fault_proxy_get_url (FaultProxy *proxy);
/* From the next connection on; two of three connections get @fault. */
void fault_proxy_set (FaultProxy *proxy, FaultProxyFault fault);
/* How many connections had a fault since it was set. */
guint fault_proxy_get_faults (FaultProxy *proxy);
const char *fault_proxy_name (FaultProxyFault fault);

G_END_DECLS
