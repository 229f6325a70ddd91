/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-port"

#include "lanyard-line-tls.h"

#include <gnutls/x509.h>
#include <string.h>

#include "lanyard-error.h"

#define PKCS11 "pkcs11:"
/* All that this machine trusts is a fifth of it. */
#define MAX_FILE_BYTES (1024 * 1024)
#define ID_BYTES 32 /* SHA-256 of a public key */

struct _LanyardLineTls
{
  char *ca;          /* owned (nullable) */
  char *certificate; /* owned (nullable) */
  char *key;         /* owned (nullable) */
};

static gboolean
is_uri (const char *place)
{
  return g_str_has_prefix (place, PKCS11);
}

/* Whether the file can be read at all; a token is asked when it is needed. A pipe or a device would
 * hold up the desk, which has to go on without any hub. */
static gboolean
check_file (const char *what, const char *path, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info
      = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE,
                           G_FILE_QUERY_INFO_NONE, NULL, NULL);
  g_autoptr (GFileInputStream) stream = NULL;

  if (info != NULL && g_file_info_get_file_type (info) != G_FILE_TYPE_DIRECTORY
      && (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR
          || g_file_info_get_size (info) > MAX_FILE_BYTES))
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                   "%s is no file of %s; put the PEM file there or correct [hub].", path, what);
      return FALSE;
    }
  stream = g_file_read (file, NULL, &local);
  if (stream != NULL)
    return TRUE;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_IO,
               "The file of %s cannot be read: %s. Put it there or correct [hub].", what,
               local->message);
  return FALSE;
}

static gint64
get_end (GTlsCertificate *certificate)
{
  g_autoptr (GDateTime) end = g_tls_certificate_get_not_valid_after (certificate);

  return end == NULL ? G_MAXINT64 : g_date_time_to_unix (end);
}

static gboolean
has_key (GTlsCertificate *certificate)
{
  g_autofree char *pem = NULL;
  g_autofree char *uri = NULL;

  g_object_get (certificate, "private-key-pem", &pem, "private-key-pkcs11-uri", &uri, NULL);
  return pem != NULL || uri != NULL;
}

static void
wipe (char **text)
{
  if (*text != NULL)
    explicit_bzero (*text, strlen (*text));
  g_clear_pointer (text, g_free);
}

static gboolean
get_ids (const char *certificate, const char *key, GByteArray *ids)
{
  gnutls_datum_t of_certificate = { (unsigned char *)certificate, (guint)strlen (certificate) };
  gnutls_datum_t of_key = { (unsigned char *)key, (guint)strlen (key) };
  gnutls_x509_crt_t crt = NULL;
  gnutls_x509_privkey_t private_key = NULL;
  size_t n_first = ID_BYTES, n_second = ID_BYTES;
  gboolean good;

  good = gnutls_x509_crt_init (&crt) == 0 && gnutls_x509_privkey_init (&private_key) == 0
         && gnutls_x509_crt_import (crt, &of_certificate, GNUTLS_X509_FMT_PEM) == 0
         && gnutls_x509_privkey_import2 (private_key, &of_key, GNUTLS_X509_FMT_PEM, NULL, 0) == 0
         && gnutls_x509_crt_get_key_id (crt, GNUTLS_KEYID_USE_SHA256, ids->data, &n_first) == 0
         && gnutls_x509_privkey_get_key_id (private_key, GNUTLS_KEYID_USE_SHA256,
                                            ids->data + ID_BYTES, &n_second)
                == 0;
  gnutls_x509_crt_deinit (crt);
  gnutls_x509_privkey_deinit (private_key);
  return good;
}

/* Whether the key is not this certificate's; one that cannot be looked at is taken as it is. */
static gboolean
is_of_another (GTlsCertificate *certificate)
{
  g_autoptr (GByteArray) ids = g_byte_array_set_size (g_byte_array_new (), 2 * ID_BYTES);
  g_autofree char *pem = NULL;
  char *key = NULL;
  gboolean known;

  g_object_get (certificate, "certificate-pem", &pem, "private-key-pem", &key, NULL);
  known = pem != NULL && key != NULL && get_ids (pem, key, ids);
  wipe (&key);
  return known && memcmp (ids->data, ids->data + ID_BYTES, ID_BYTES) != 0;
}

/* Both places as PEM in one text. @text: (out) (transfer full) */
static gboolean
read_pem (const LanyardLineTls *tls, char **text, GError **error)
{
  char *first = NULL, *second = NULL;

  if (!check_file ("this desk's certificate", tls->certificate, error)
      || (tls->key != NULL && !check_file ("the key of this desk's certificate", tls->key, error)))
    return FALSE;
  if (!g_file_get_contents (tls->certificate, &first, NULL, error)
      || (tls->key != NULL && !g_file_get_contents (tls->key, &second, NULL, error)))
    {
      wipe (&first); /* either may hold the key */
      return FALSE;
    }
  *text = g_strconcat (first, "\n", second, NULL);
  wipe (&first);
  wipe (&second);
  return TRUE;
}

static gboolean
has_pem (const char *text, const char *kind)
{
  g_autofree char *pattern = g_strconcat ("-----BEGIN ", kind, NULL);

  return strstr (text, pattern) != NULL;
}

static GTlsCertificate *
load_pem (const LanyardLineTls *tls, GError **error)
{
  g_autoptr (GTlsCertificate) certificate = NULL;
  g_autoptr (GError) local = NULL;
  const char *key = lanyard_line_tls_get_key (tls);
  char *text = NULL;
  gboolean certified;

  if (!read_pem (tls, &text, error))
    return NULL;
  certified = has_pem (text, "CERTIFICATE-----");
  certificate = g_tls_certificate_new_from_pem (text, -1, &local);
  wipe (&text);
  if (certificate != NULL && has_key (certificate) && !is_of_another (certificate))
    return g_steal_pointer (&certificate);
  if (certificate != NULL && has_key (certificate))
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                 "%s is the key of another certificate than %s; get both from those who run the "
                 "hub.",
                 key, tls->certificate);
  else if (!certified)
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                 "%s is not this desk's certificate in PEM; get it from those who run the hub.",
                 tls->certificate);
  else
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                 "%s has no private key in PEM without a password; get it from those who run the "
                 "hub.",
                 key);
  return NULL;
}

static GTlsCertificate *
load_token (const LanyardLineTls *tls, GError **error)
{
  g_autoptr (GError) local = NULL;
  GTlsCertificate *certificate;

  if (!is_uri (tls->certificate) || (tls->key != NULL && !is_uri (tls->key)))
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                           "[hub] certificate and key must both be files, or both be on a token.");
      return NULL;
    }
  certificate = g_tls_certificate_new_from_pkcs11_uris (tls->certificate, tls->key, &local);
  /* The URI may hold a PIN, and is not repeated. */
  if (certificate == NULL)
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_IO,
                 "This desk's certificate is not on its token (%s); insert the token or correct "
                 "[hub] certificate.",
                 local->message);
  return certificate;
}

LanyardLineTls *
lanyard_line_tls_new (const char *ca, const char *certificate, const char *key)
{
  LanyardLineTls *tls = g_atomic_rc_box_new0 (LanyardLineTls);

  tls->ca = g_strdup (ca);
  tls->certificate = g_strdup (certificate);
  tls->key = g_strdup (key);
  return tls;
}

LanyardLineTls *
lanyard_line_tls_ref (LanyardLineTls *tls)
{
  return g_atomic_rc_box_acquire (tls);
}

static void
clear (gpointer data)
{
  LanyardLineTls *tls = data;

  g_free (tls->ca);
  g_free (tls->certificate);
  g_free (tls->key);
}

void
lanyard_line_tls_unref (LanyardLineTls *tls)
{
  g_atomic_rc_box_release_full (tls, clear);
}

const char *
lanyard_line_tls_get_ca (const LanyardLineTls *tls)
{
  return tls->ca;
}

const char *
lanyard_line_tls_get_certificate (const LanyardLineTls *tls)
{
  return tls->certificate;
}

const char *
lanyard_line_tls_get_key (const LanyardLineTls *tls)
{
  return tls->key != NULL ? tls->key : tls->certificate;
}

gboolean
lanyard_line_tls_load_ca (const LanyardLineTls *tls,
                          GTlsDatabase **database,
                          gint64 *ends_s,
                          GError **error)
{
  g_autolist (GTlsCertificate) list = NULL;
  g_autoptr (GTlsDatabase) loaded = NULL;
  gint64 first_s = G_MAXINT64;

  if (database != NULL)
    *database = NULL;
  if (ends_s != NULL)
    *ends_s = 0;
  if (tls->ca == NULL)
    return TRUE;
  if (!check_file ("the certificates that the hub's must lead to", tls->ca, error))
    return FALSE;
  list = g_tls_certificate_list_new_from_file (tls->ca, NULL);
  loaded = list == NULL ? NULL : g_tls_file_database_new (tls->ca, NULL);
  if (loaded == NULL)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                   "%s has no certificate in PEM; get the file for [hub] ca from those who run the "
                   "hub.",
                   tls->ca);
      return FALSE;
    }
  for (GList *link = list; link != NULL; link = link->next)
    first_s = MIN (first_s, get_end (link->data));
  if (ends_s != NULL)
    *ends_s = first_s;
  if (database != NULL)
    *database = g_steal_pointer (&loaded);
  return TRUE;
}

gboolean
lanyard_line_tls_load_certificate (const LanyardLineTls *tls,
                                   GTlsCertificate **certificate,
                                   gint64 *ends_s,
                                   GError **error)
{
  g_autoptr (GTlsCertificate) loaded = NULL;

  if (certificate != NULL)
    *certificate = NULL;
  if (ends_s != NULL)
    *ends_s = 0;
  if (tls->certificate == NULL && tls->key == NULL)
    return TRUE;
  if (tls->certificate == NULL)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                           "[hub] key is set and [hub] certificate is not; add it.");
      return FALSE;
    }
  if (is_uri (tls->certificate) || (tls->key != NULL && is_uri (tls->key)))
    loaded = load_token (tls, error);
  else
    loaded = load_pem (tls, error);
  if (loaded == NULL)
    return FALSE;
  if (ends_s != NULL)
    *ends_s = get_end (loaded);
  if (certificate != NULL)
    *certificate = g_steal_pointer (&loaded);
  return TRUE;
}
