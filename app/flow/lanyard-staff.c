/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-flow"

#include "lanyard-staff.h"

#include <sodium.h>
#include <string.h>

#include "lanyard-error.h"

#define MIN_PIN_DIGITS 4
#define MAX_PIN_DIGITS 64

static gboolean
check_digits (const char *pin, GError **error)
{
  gsize n = strlen (pin);

  if (n >= MIN_PIN_DIGITS && n <= MAX_PIN_DIGITS && strspn (pin, "0123456789") == n)
    return TRUE;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
               "A staff PIN has %d to %d digits and nothing else; choose another one.",
               MIN_PIN_DIGITS, MAX_PIN_DIGITS);
  return FALSE;
}

/* Returns: (transfer full) (nullable): the verifier */
static char *
load_verifier (const char *state_dir, GError **error)
{
  g_autofree char *path = g_build_filename (state_dir, "staff.pin", NULL);
  g_autofree char *verifier = NULL;
  gsize n_bytes;

  if (!g_file_get_contents (path, &verifier, &n_bytes, NULL))
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND,
                   "No staff PIN is set at this desk; set one with its set-up command.");
      return NULL;
    }
  g_strchomp (verifier);
  if (n_bytes >= crypto_pwhash_STRBYTES || !g_str_has_prefix (verifier, crypto_pwhash_STRPREFIX))
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                   "%s holds no PIN verifier; set the staff PIN again.", path);
      return NULL;
    }
  return g_steal_pointer (&verifier);
}

gboolean
lanyard_staff_set_pin (const char *state_dir, const char *pin, GError **error)
{
  g_autofree char *path = g_build_filename (state_dir, "staff.pin", NULL);
  g_autoptr (GError) local = NULL;
  char verifier[crypto_pwhash_STRBYTES];

  g_return_val_if_fail (state_dir != NULL && pin != NULL, FALSE);

  if (!check_digits (pin, error))
    return FALSE;
  if (crypto_pwhash_str (verifier, pin, strlen (pin), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                         crypto_pwhash_MEMLIMIT_INTERACTIVE)
      != 0)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_UNAVAILABLE,
                   "There is not enough memory to protect the PIN; free some and try again.");
      return FALSE;
    }
  if (!g_file_set_contents_full (path, verifier, -1,
                                 G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                 &local))
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_IO, "The staff PIN cannot be kept: %s",
                   local->message);
      return FALSE;
    }
  return TRUE;
}

LanyardStaffAnswer
lanyard_staff_check_pin (const char *state_dir,
                         LanyardJournal *journal,
                         const char *pin,
                         gint64 *locked_until_us,
                         GError **error)
{
  g_autofree char *verifier = NULL;
  g_autoptr (GError) local = NULL;

  g_return_val_if_fail (state_dir != NULL && journal != NULL && pin != NULL, 0);

  *locked_until_us = 0;
  verifier = load_verifier (state_dir, error);
  if (verifier == NULL)
    return 0;
  if (!lanyard_journal_lockout_begin_try (journal, LANYARD_STAFF_SUBJECT, locked_until_us, &local))
    {
      if (g_error_matches (local, LANYARD_ERROR, LANYARD_ERROR_REFUSED))
        return LANYARD_STAFF_LOCKED;
      g_propagate_error (error, g_steal_pointer (&local));
      return 0;
    }
  if (strlen (pin) > MAX_PIN_DIGITS || crypto_pwhash_str_verify (verifier, pin, strlen (pin)) != 0)
    return LANYARD_STAFF_WRONG;
  if (!lanyard_journal_lockout_reset (journal, LANYARD_STAFF_SUBJECT, error))
    return 0;
  return LANYARD_STAFF_WELCOME;
}
