/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * Which hub a desk believes, and how it shows that it is a machine of the event: the settings
 * [hub] ca, certificate and key, and what is in the files that they name. A file is read when it is
 * needed, not before: a bad one keeps a desk off line, never from its work.
 */
typedef struct _LanyardLineTls LanyardLineTls;

/**
 * lanyard_line_tls_new:
 * @ca: (nullable): PEM file with the certificates that a hub's must lead to; NULL: the system's
 * @certificate: (nullable): the desk's own, a PEM file or a "pkcs11:" URI (RFC 7512); NULL: none
 * @key: (nullable): its private key, a PEM file without a password or a "pkcs11:" URI; NULL: it is
 *   in the file of the certificate, or at the same URI
 */
LanyardLineTls *lanyard_line_tls_new (const char *ca, const char *certificate, const char *key);
LanyardLineTls *lanyard_line_tls_ref (LanyardLineTls *tls);
void lanyard_line_tls_unref (LanyardLineTls *tls);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardLineTls, lanyard_line_tls_unref)

/* Returns: (transfer none) (nullable): as they were given */
const char *lanyard_line_tls_get_ca (const LanyardLineTls *tls);
const char *lanyard_line_tls_get_certificate (const LanyardLineTls *tls);
/* Returns: (transfer none) (nullable): where the key is: @certificate when no other place is named
 */
const char *lanyard_line_tls_get_key (const LanyardLineTls *tls);

/**
 * lanyard_line_tls_load_ca:
 * @database: (out) (optional): what to check a hub's certificate with; NULL: the system's
 * @ends_s: (out) (optional): when the first of them ends, s since 1970-01-01 UTC; 0: none is named
 * @error: LANYARD_ERROR_IO (it cannot be read), _INVALID (no certificate in PEM is in it)
 */
gboolean lanyard_line_tls_load_ca (const LanyardLineTls *tls,
                                   GTlsDatabase **database,
                                   gint64 *ends_s,
                                   GError **error);

/**
 * lanyard_line_tls_load_certificate:
 * @certificate: (out) (optional): the desk's own, with its key; NULL: none is named
 * @ends_s: (out) (optional): when it ends, s since 1970-01-01 UTC; 0: none is named
 * @error: LANYARD_ERROR_USAGE (a key and no certificate), _IO, _INVALID
 *
 * One that has ended is loaded all the same: the clock of this desk may be wrong.
 */
gboolean lanyard_line_tls_load_certificate (const LanyardLineTls *tls,
                                            GTlsCertificate **certificate,
                                            gint64 *ends_s,
                                            GError **error);

G_END_DECLS
