/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-client"

#include "lanyard-hub-tls.h"

#include <string.h>

#include "lanyard-clock.h"
#include "lanyard-error.h"

/* What nginx writes in each such answer. */
#define NGINX_WORDS "SSL certificate"

struct _LanyardHubTls
{
  char *url;                    /* owned */
  LanyardLineTls *files;        /* owned (nullable) */
  GTlsCertificate *certificate; /* owned (nullable) */
  gint64 ends_s;                /* of it, s since 1970-01-01 UTC */
  gboolean is_loaded;
};

static GError *
explain_own (LanyardHubTls *tls)
{
  const char *place = tls->files == NULL ? NULL : lanyard_line_tls_get_certificate (tls->files);
  gint64 now_s = lanyard_clock_wall_us (lanyard_clock_system ()) / G_USEC_PER_SEC;
  g_autofree char *date = NULL;

  tls->is_loaded = FALSE;
  if (tls->certificate == NULL)
    return g_error_new (LANYARD_ERROR, LANYARD_ERROR_REFUSED,
                        "The hub at %s asks for a certificate and this desk has none; "
                        "set [hub] certificate.",
                        tls->url);
  if (g_str_has_prefix (place, "pkcs11:")) /* the URI may hold a PIN */
    place = "on its token";
  if (tls->ends_s < now_s)
    {
      g_autoptr (GDateTime) end = g_date_time_new_from_unix_utc (tls->ends_s);

      date = g_date_time_format (end, "%Y-%m-%d");
      return g_error_new (LANYARD_ERROR, LANYARD_ERROR_EXPIRED,
                          "This desk's certificate %s ended on %s; put a new one in its place.",
                          place, date);
    }
  return g_error_new (LANYARD_ERROR, LANYARD_ERROR_REFUSED,
                      "The hub at %s does not take this desk's certificate %s; "
                      "get one from those who run the hub.",
                      tls->url, place);
}

static GError *
explain_hub (LanyardHubTls *tls, GTlsCertificateFlags flags)
{
  const char *ca = tls->files == NULL ? NULL : lanyard_line_tls_get_ca (tls->files);

  tls->is_loaded = FALSE;
  if ((flags & G_TLS_CERTIFICATE_UNKNOWN_CA) != 0)
    return g_error_new (LANYARD_ERROR, LANYARD_ERROR_UNTRUSTED,
                        "The certificate of the hub at %s leads to none in %s; "
                        "correct [hub] ca, or have the hub looked at.",
                        tls->url, ca == NULL ? "this machine's list" : ca);
  if ((flags & G_TLS_CERTIFICATE_BAD_IDENTITY) != 0)
    return g_error_new (LANYARD_ERROR, LANYARD_ERROR_UNTRUSTED,
                        "The certificate of the hub at %s is for another name; "
                        "correct [hub] urls, or have the hub looked at.",
                        tls->url);
  if ((flags & G_TLS_CERTIFICATE_EXPIRED) != 0)
    return g_error_new (LANYARD_ERROR, LANYARD_ERROR_UNTRUSTED,
                        "The certificate of the hub at %s has ended; "
                        "check this desk's clock, and tell those who run the hub.",
                        tls->url);
  if ((flags & G_TLS_CERTIFICATE_NOT_ACTIVATED) != 0)
    return g_error_new (LANYARD_ERROR, LANYARD_ERROR_UNTRUSTED,
                        "The certificate of the hub at %s is not valid yet; "
                        "check this desk's clock.",
                        tls->url);
  return g_error_new (LANYARD_ERROR, LANYARD_ERROR_UNTRUSTED,
                      "The certificate of the hub at %s does not hold; "
                      "tell those who run the hub.",
                      tls->url);
}

LanyardHubTls *
lanyard_hub_tls_new (const char *url, LanyardLineTls *files)
{
  LanyardHubTls *tls = g_rc_box_new0 (LanyardHubTls);

  tls->url = g_strdup (url);
  tls->files = files == NULL ? NULL : lanyard_line_tls_ref (files);
  return tls;
}

LanyardHubTls *
lanyard_hub_tls_ref (LanyardHubTls *tls)
{
  return g_rc_box_acquire (tls);
}

static void
clear (gpointer data)
{
  LanyardHubTls *tls = data;

  g_clear_pointer (&tls->files, lanyard_line_tls_unref);
  g_clear_object (&tls->certificate);
  g_free (tls->url);
}

void
lanyard_hub_tls_unref (LanyardHubTls *tls)
{
  g_rc_box_release_full (tls, clear);
}

static gboolean
load (LanyardHubTls *tls, SoupSession *session, GError **error)
{
  g_autoptr (GTlsDatabase) database = NULL;

  if (tls->is_loaded || tls->files == NULL)
    return TRUE;
  g_clear_object (&tls->certificate);
  if (!lanyard_line_tls_load_ca (tls->files, &database, NULL, error)
      || !lanyard_line_tls_load_certificate (tls->files, &tls->certificate, &tls->ends_s, error))
    return FALSE;
  soup_session_abort (session); /* a line that is open keeps the certificate that it began with */
  if (database != NULL)
    soup_session_set_tls_database (session, database);
  tls->is_loaded = TRUE;
  return TRUE;
}

gboolean
lanyard_hub_tls_prepare (LanyardHubTls *tls,
                         SoupSession *session,
                         SoupMessage *message,
                         GError **error)
{
  if (!g_str_has_prefix (tls->url, "https:"))
    return TRUE;
  if (!load (tls, session, error))
    return FALSE;
  if (tls->certificate != NULL)
    soup_message_set_tls_client_certificate (message, tls->certificate);
  return TRUE;
}

GError *
lanyard_hub_tls_explain (LanyardHubTls *tls, GTlsCertificateFlags flags, const GError *error)
{
  if (g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE))
    return explain_hub (tls, flags);
  if (g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_CERTIFICATE_REQUIRED))
    return explain_own (tls);
  /* A line that breaks in the middle of the handshake looks like the first two. */
  if (error->domain != G_TLS_ERROR || error->code == G_TLS_ERROR_EOF
      || error->code == G_TLS_ERROR_NOT_TLS)
    return NULL;
  tls->is_loaded = FALSE;
  return g_error_new (LANYARD_ERROR, LANYARD_ERROR_REFUSED,
                      "There is no safe line to the hub at %s (%s); check [hub] and the hub.",
                      tls->url, error->message);
}

GError *
lanyard_hub_tls_explain_answer (LanyardHubTls *tls, guint status, GByteArray *body)
{
  if (status != 400 || memmem (body->data, body->len, NGINX_WORDS, strlen (NGINX_WORDS)) == NULL)
    return NULL;
  return explain_own (tls);
}
