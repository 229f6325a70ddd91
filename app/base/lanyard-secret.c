/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-base"

#include "lanyard-secret.h"

#include <sodium.h>
#include <string.h>

typedef struct
{
  gpointer data;
  gsize n_bytes;
} Secret;

static void
free_secret (gpointer user_data)
{
  Secret *secret = user_data;

  sodium_memzero (secret->data, secret->n_bytes);
  g_free (secret->data);
  g_free (secret);
}

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

GBytes *
lanyard_secret_bytes_new (gpointer data, gsize n_bytes)
{
  Secret *secret = g_new (Secret, 1);

  *secret = (Secret){ data, n_bytes };
  return g_bytes_new_with_free_func (data, n_bytes, free_secret, secret);
}
