/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "tool-run.h"

G_BEGIN_DECLS

/* A desk with everything that is real but a hub and a printer: a signed copy of the small sample
 * event, two people, keys, an identity and a tray into which badges fall as files. */
typedef struct
{
  char *config;    /* owned: path */
  char *state_dir; /* owned: path */
  char *tray;      /* owned: path */
  char *invited;   /* owned: picture of the invitation of somebody who may collect */
  char *
      cancelled; /* owned: picture of the invitation of somebody whose accreditation is cancelled */
  char *foreign; /* owned: picture of a code of somebody else */
} ToolDesk;

/* @name: folder of this desk */
void tool_desk_init (ToolDesk *desk, const char *name);
/* Has the desk print on @uri, whose badges fall into @tray. */
void tool_desk_set_printer (ToolDesk *desk, const char *uri, const char *tray);
void tool_desk_clear (ToolDesk *desk);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ToolDesk, tool_desk_clear)

G_END_DECLS
