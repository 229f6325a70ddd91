/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-client"

#include <string.h>

#include "lanyard-sync-engine-private.h"
#include "lanyard-wire.h"

/* What the desk tells of itself, in the question that it asks anyway: no request more, and signed
 * with it. */

#define MAX_WORD 16

static gboolean
is_word (const char *text)
{
  gsize length = strlen (text);

  for (const char *c = text; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && strchr (".-_~", *c) == NULL)
      return FALSE;
  return length > 0 && length <= MAX_WORD;
}

void
_lanyard_sync_tell_status (LanyardSyncEngine *self, GString *path)
{
  gsize before = path->len;
  LanyardOutbox outbox;

  lanyard_journal_get_outbox (self->journal, &outbox);
  g_string_append_printf (path, "&b=%" G_GUINT64_FORMAT, outbox.pending);
  if (outbox.oldest_pending_us > 0)
    g_string_append_printf (path, "&o=%" G_GINT64_FORMAT,
                            outbox.oldest_pending_us / G_USEC_PER_SEC);
  if (self->negative != NULL)
    g_string_append_printf (path, "&n=%" G_GINT64_FORMAT,
                            lanyard_negative_list_get_issued_s (self->negative));
  if (is_word (LANYARD_VERSION))
    g_string_append (path, "&s=" LANYARD_VERSION);
  if (self->pack_version != NULL && is_word (self->pack_version))
    g_string_append_printf (path, "&p=%s", self->pack_version);
  /* The feed matters more than what is told beside it. */
  if (path->len > LANYARD_WIRE_MAX_PATH_BYTES)
    g_string_truncate (path, before);
}

void
lanyard_sync_engine_set_pack_version (LanyardSyncEngine *self, const char *version)
{
  g_return_if_fail (LANYARD_IS_SYNC_ENGINE (self));

  g_free (self->pack_version);
  self->pack_version = g_strdup (version);
}
