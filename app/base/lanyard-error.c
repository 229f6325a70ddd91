/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-base"

#include "lanyard-error.h"

#include <gio/gio.h>

GQuark
lanyard_error_quark (void)
{
  return g_quark_from_static_string ("lanyard-error-quark");
}

static gboolean
is_retryable_io_error (int code)
{
  switch (code)
    {
    case G_IO_ERROR_TIMED_OUT:
    case G_IO_ERROR_HOST_UNREACHABLE:
    case G_IO_ERROR_NETWORK_UNREACHABLE:
    case G_IO_ERROR_CONNECTION_REFUSED:
    case G_IO_ERROR_CONNECTION_CLOSED: /* also G_IO_ERROR_BROKEN_PIPE */
    case G_IO_ERROR_NOT_CONNECTED:
    case G_IO_ERROR_BUSY:
    case G_IO_ERROR_WOULD_BLOCK:
    case G_IO_ERROR_HOST_NOT_FOUND:
    case G_IO_ERROR_PARTIAL_INPUT:
      return TRUE;
    default:
      return FALSE;
    }
}

gboolean
lanyard_error_is_retryable (const GError *error)
{
  g_return_val_if_fail (error != NULL, FALSE);

  if (error->domain == LANYARD_ERROR)
    return error->code == LANYARD_ERROR_NETWORK || error->code == LANYARD_ERROR_BUSY;
  if (error->domain == G_RESOLVER_ERROR)
    return TRUE;
  return error->domain == G_IO_ERROR && is_retryable_io_error (error->code);
}

int
lanyard_error_exit_code (const GError *error)
{
  if (error == NULL)
    return 0;
  if (error->domain == G_OPTION_ERROR)
    return 2;
  if (error->domain != LANYARD_ERROR)
    return 3;

  switch ((LanyardError)error->code)
    {
    case LANYARD_ERROR_INVALID:
    case LANYARD_ERROR_LIMIT:
    case LANYARD_ERROR_SIGNATURE:
    case LANYARD_ERROR_UNTRUSTED:
    case LANYARD_ERROR_EXPIRED:
    case LANYARD_ERROR_REVOKED:
    case LANYARD_ERROR_NOT_FOUND:
    case LANYARD_ERROR_ROLLBACK:
    case LANYARD_ERROR_FORK:
    case LANYARD_ERROR_GAP:
    case LANYARD_ERROR_REFUSED:
    case LANYARD_ERROR_CODE:
    case LANYARD_ERROR_STATE:
      return 1;
    case LANYARD_ERROR_USAGE:
      return 2;
    case LANYARD_ERROR_CORRUPT:
    case LANYARD_ERROR_NEWER:
    case LANYARD_ERROR_FULL:
    case LANYARD_ERROR_BUSY:
    case LANYARD_ERROR_IO:
    case LANYARD_ERROR_NETWORK:
    case LANYARD_ERROR_PROTOCOL:
    case LANYARD_ERROR_UNAVAILABLE:
    default:
      return 3;
    }
}
