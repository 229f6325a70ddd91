/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What staff write about a person is sealed as their row is, before it goes into a record: the
 * journal and the hub carry it and cannot read it, and it is gone with this desk's vault key. */

#define G_LOG_DOMAIN "lanyard-store"

#include "lanyard-directory-private.h"

#include <string.h>

#include "lanyard-error.h"
#include "lanyard-fault.h"
#include "lanyard-hand-over.h"
#include "lanyard-plain-text.h"
#include "lanyard-secret.h"

/* A box tells how long a note is to within so many bytes. */
#define STEP_BYTES 64
static const char DOMAIN[] = "lanyard/note/1";

/* What a note is bound to: nobody puts it at another person. */
static GBytes *
make_context (const char *number)
{
  GByteArray *context = g_byte_array_new ();

  g_byte_array_append (context, (const guint8 *)DOMAIN, sizeof DOMAIN);
  g_byte_array_append (context, (const guint8 *)number, (guint)strlen (number));
  return g_byte_array_free_to_bytes (context);
}

static void
free_padded (gpointer data)
{
  lanyard_secret_free (data);
}

/* NULs behind the text, one at least. */
static GBytes *
pad (const char *text)
{
  gsize n_text = strlen (text);
  gsize n_bytes = (n_text / STEP_BYTES + 1) * STEP_BYTES;
  char *padded = g_malloc0 (n_bytes);

  memcpy (padded, text, n_text);
  return g_bytes_new_with_free_func (padded, n_bytes, free_padded, padded);
}

GBytes *
lanyard_directory_seal_note (LanyardDirectory *directory, const char *number, const char *text)
{
  g_autoptr (GBytes) context = NULL, padded = NULL;

  g_return_val_if_fail (directory != NULL && number != NULL, NULL);
  g_return_val_if_fail (lanyard_note_is_sound (text), NULL);

  context = make_context (number);
  padded = pad (text);
  if (lanyard_fault ("note-in-the-clear"))
    return g_steal_pointer (&padded);
  return lanyard_vault_seal (directory->vault, padded, g_bytes_get_data (context, NULL),
                             g_bytes_get_size (context));
}

char *
lanyard_directory_open_note (LanyardDirectory *directory,
                             const char *number,
                             GBytes *sealed,
                             GError **error)
{
  g_autoptr (GBytes) context = NULL, padded = NULL;
  const char *data;
  gsize n_bytes;

  g_return_val_if_fail (directory != NULL && number != NULL && sealed != NULL, NULL);

  context = make_context (number);
  padded = lanyard_vault_open (directory->vault, g_bytes_get_data (sealed, NULL),
                               g_bytes_get_size (sealed), g_bytes_get_data (context, NULL),
                               g_bytes_get_size (context), error);
  if (padded == NULL)
    return NULL;
  data = g_bytes_get_data (padded, &n_bytes);
  /* several lines were let in once */
  if (n_bytes > 0 && data[n_bytes - 1] == '\0' && g_utf8_validate (data, -1, NULL))
    return lanyard_plain_text_dup_clean (data);
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_CORRUPT,
               "A note cannot be read: it was not written by this version.");
  return NULL;
}
