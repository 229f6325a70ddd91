/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-base"

#include "lanyard-secret.h"

#include <sodium.h>
#include <string.h>

void
lanyard_secret_free (char *text)
{
  if (text != NULL)
    sodium_memzero (text, strlen (text));
  g_free (text);
}

void
lanyard_secret_clear_string (GString *string)
{
  g_return_if_fail (string != NULL);

  sodium_memzero (string->str, string->len);
  g_string_truncate (string, 0);
}
