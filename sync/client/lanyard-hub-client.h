/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "lanyard-key.h"
#include "lanyard-line-tls.h"
#include "lanyard-wire.h"

G_BEGIN_DECLS

/*
 * One request to one hub at a time, with limits and without opinions: no retries, no redirects, no
 * content decoding, no interpretation. Lives in the GMainContext that was thread-default when it
 * was made.
 */
typedef struct _LanyardHubClient LanyardHubClient;

/* @url: "http://host:port", with or without a slash at the end */
LanyardHubClient *lanyard_hub_client_new (const char *url);
void lanyard_hub_client_free (LanyardHubClient *client);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardHubClient, lanyard_hub_client_free)

/* From now on requests without a body carry a token of this desk. @key: (nullable): none do */
void lanyard_hub_client_set_desk (LanyardHubClient *client,
                                  LanyardKey *key,
                                  guint32 device,
                                  guint32 epoch);

/* From now on with these files. @files: (nullable): the system's certificates, and none of its own
 */
void lanyard_hub_client_set_tls (LanyardHubClient *client, LanyardLineTls *files);
/* The same with the files' names, as lanyard_line_tls_new() takes them. */
void lanyard_hub_client_set_tls_files (LanyardHubClient *client,
                                       const char *ca,
                                       const char *certificate,
                                       const char *key);

typedef struct
{
  const char *method;        /* "GET" */
  const char *path;          /* path and query */
  GBytes *body;              /* (nullable) */
  const char *authorization; /* (nullable): value of the header; NULL: the client makes a token
                                when it has a key and there is no body */
  const char *etag;          /* (nullable): sent as If-None-Match */
  gsize max_bytes;           /* longest body of the answer */
  guint timeout_s;           /* for all of it, from connecting to the last byte */
  gint64 now_s;              /* for the token: s since 1970-01-01 UTC */
} LanyardHubRequest;

typedef struct
{
  guint status;        /* HTTP status */
  gboolean from_hub;   /* the answer carries a hub's header: not a proxy's or a portal's own */
  guint retry_after_s; /* 0: not told */
  char *etag;          /* (nullable) */
  GBytes *body;        /* never NULL */
} LanyardHubReply;

void lanyard_hub_reply_free (LanyardHubReply *reply);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardHubReply, lanyard_hub_reply_free)

void lanyard_hub_client_send_async (LanyardHubClient *client,
                                    const LanyardHubRequest *request,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);

/**
 * lanyard_hub_client_send_finish:
 * @error: LANYARD_ERROR_NETWORK (no answer, cut off, too slow), _LIMIT (a longer body than agreed),
 *   _USAGE (a URL that is none), G_IO_ERROR_CANCELLED; with TLS also _UNTRUSTED (the hub's
 *   certificate does not hold), _REFUSED, _EXPIRED (the desk's own), _IO, _INVALID (its files)
 *
 * Returns: (transfer full) (nullable): the answer, whatever its status
 */
LanyardHubReply *lanyard_hub_client_send_finish (GAsyncResult *result, GError **error);

/**
 * lanyard_hub_client_parse_retry_after:
 * @value: (nullable): of the header Retry-After: seconds or a date (RFC 9110 §10.2.3)
 * @date: (nullable): of the header Date: the clock by which @value is meant
 * @now_s: the clock to take without that, s since 1970-01-01 UTC
 *
 * Returns: s to wait; 0: none, or nothing that can be read
 */
guint lanyard_hub_client_parse_retry_after (const char *value, const char *date, gint64 now_s);

/* Returns: (transfer none): without a slash at the end */
const char *lanyard_hub_client_get_url (LanyardHubClient *client);

G_END_DECLS
