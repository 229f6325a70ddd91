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
#define MAX_MEMBERS 200
#define MAX_FILE_BYTES (64 * 1024)
#define MAX_BADGE_CHARS 32
#define DIGITS "0123456789"
#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

static const struct
{
  LanyardStaffRole role;
  const char *name;
} roles[] = {
  { LANYARD_STAFF_ROLE_STAFF, "staff" },
  { LANYARD_STAFF_ROLE_SUPERVISOR, "supervisor" },
};

static void
free_member (gpointer data)
{
  lanyard_staff_member_free (data);
}

static gboolean
is_number (const char *text)
{
  gsize n = strlen (text);

  return n > 0 && n <= LANYARD_STAFF_MAX_DIGITS && strspn (text, DIGITS) == n;
}

/* Of an accreditation number: enough to keep a line in its form. */
static gboolean
is_badge (const char *text)
{
  gsize n = strlen (text);

  return n > 0 && n <= MAX_BADGE_CHARS && strspn (text, DIGITS LETTERS) == n;
}

static gboolean
is_verifier (const char *text)
{
  return strlen (text) < crypto_pwhash_STRBYTES && g_str_has_prefix (text, crypto_pwhash_STRPREFIX);
}

static gboolean
check_words (const char *number, const char *pin, GError **error)
{
  gsize n = strlen (pin);

  if (!is_number (number))
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                   "A staff number has 1 to %d digits and nothing else; choose another one.",
                   LANYARD_STAFF_MAX_DIGITS);
      return FALSE;
    }
  if (n >= MIN_PIN_DIGITS && n <= MAX_PIN_DIGITS && strspn (pin, DIGITS) == n)
    return TRUE;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
               "A staff PIN has %d to %d digits and nothing else; choose another one.",
               MIN_PIN_DIGITS, MAX_PIN_DIGITS);
  return FALSE;
}

static LanyardStaffMember *
new_member (const char *number, LanyardStaffRole role, const char *verifier, const char *badge)
{
  LanyardStaffMember *member = g_new0 (LanyardStaffMember, 1);

  member->number = g_strdup (number);
  member->role = role;
  member->verifier = g_strdup (verifier);
  member->badge = g_strdup (badge);
  return member;
}

/* Returns: (transfer full) (nullable): NULL for a line that is none */
static LanyardStaffMember *
parse_line (const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", 5);
  guint n = g_strv_length (words);

  if (is_verifier (line) && words[1] == NULL)
    return new_member (LANYARD_STAFF_ONLY_NUMBER, LANYARD_STAFF_ROLE_SUPERVISOR, line, NULL);
  if (n < 3 || n > 4 || !is_number (words[0]) || !is_verifier (words[2])
      || (n == 4 && !is_badge (words[3])))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    if (g_str_equal (roles[i].name, words[1]))
      return new_member (words[0], roles[i].role, words[2], words[3]);
  return NULL;
}

static LanyardStaffMember *
find (GPtrArray *members, const char *number)
{
  for (guint i = 0; i < members->len; i++)
    {
      LanyardStaffMember *member = g_ptr_array_index (members, i);

      if (g_str_equal (member->number, number))
        return member;
    }
  return NULL;
}

static gboolean
save (const char *state_dir, GPtrArray *members, GError **error)
{
  g_autofree char *path = g_build_filename (state_dir, "staff.pin", NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) local = NULL;

  for (guint i = 0; i < members->len; i++)
    {
      const LanyardStaffMember *member = g_ptr_array_index (members, i);

      g_string_append_printf (text, "%s %s %s%s%s\n", member->number,
                              lanyard_staff_role_to_string (member->role), member->verifier,
                              member->badge != NULL ? " " : "",
                              member->badge != NULL ? member->badge : "");
    }
  if (g_file_set_contents_full (path, text->str, (gssize)text->len,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                &local))
    return TRUE;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_IO, "The staff PIN cannot be kept: %s",
               local->message);
  return FALSE;
}

/* A member of a file that cannot be read is not lost silently: nothing is written then.
 * Returns: (transfer full) (nullable): empty when there is no file yet */
static GPtrArray *
list_or_none (const char *state_dir, GError **error)
{
  g_autoptr (GError) local = NULL;
  GPtrArray *members = lanyard_staff_list (state_dir, &local);

  if (members != NULL)
    return members;
  if (g_error_matches (local, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND))
    return g_ptr_array_new_with_free_func (free_member);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

/* What the tries of one member are counted under. That of "1" is as old as desks with one PIN. */
static char *
dup_subject (const char *number, const LanyardStaffMember *member)
{
  if (member == NULL)
    return g_strdup ("staff-unknown");
  if (g_str_equal (member->number, LANYARD_STAFF_ONLY_NUMBER))
    return g_strdup ("staff");
  return g_strconcat ("staff-", number, NULL);
}

static gboolean
verify (const LanyardStaffMember *member, const char *pin)
{
  return member != NULL && strlen (pin) <= MAX_PIN_DIGITS
         && crypto_pwhash_str_verify (member->verifier, pin, strlen (pin)) == 0;
}

void
lanyard_staff_member_free (LanyardStaffMember *member)
{
  if (member == NULL)
    return;
  g_free (member->number);
  g_free (member->verifier);
  g_free (member->badge);
  g_free (member);
}

GPtrArray *
lanyard_staff_list (const char *state_dir, GError **error)
{
  g_autofree char *path = g_build_filename (state_dir, "staff.pin", NULL);
  g_autoptr (GPtrArray) members = g_ptr_array_new_with_free_func (free_member);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  gsize n_bytes;
  gboolean sound;

  g_return_val_if_fail (state_dir != NULL, NULL);

  if (!g_file_get_contents (path, &text, &n_bytes, NULL))
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND,
                   "No staff PIN is set at this desk; set one with its set-up command.");
      return NULL;
    }
  sound = n_bytes <= MAX_FILE_BYTES && strlen (text) == n_bytes;
  lines = g_strsplit (sound ? text : "", "\n", MAX_MEMBERS + 1);
  for (guint i = 0; lines[i] != NULL && sound; i++)
    {
      LanyardStaffMember *member;

      if (*g_strstrip (lines[i]) == '\0')
        continue;
      member = parse_line (lines[i]);
      sound = member != NULL && find (members, member->number) == NULL;
      if (member != NULL)
        g_ptr_array_add (members, member);
    }
  if (sound && members->len > 0)
    return g_steal_pointer (&members);
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
               "%s does not hold PIN verifiers alone; move it away and set the staff PINs again.",
               path);
  return NULL;
}

gboolean
lanyard_staff_put (const char *state_dir,
                   const char *number,
                   LanyardStaffRole role,
                   const char *pin,
                   GError **error)
{
  g_autoptr (GPtrArray) members = NULL;
  g_autofree char *badge = NULL;
  LanyardStaffMember *member;
  char verifier[crypto_pwhash_STRBYTES];

  g_return_val_if_fail (state_dir != NULL && number != NULL && pin != NULL, FALSE);

  if (!check_words (number, pin, error))
    return FALSE;
  members = list_or_none (state_dir, error);
  if (members == NULL)
    return FALSE;
  if (crypto_pwhash_str (verifier, pin, strlen (pin), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                         crypto_pwhash_MEMLIMIT_INTERACTIVE)
      != 0)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_UNAVAILABLE,
                   "There is not enough memory to protect the PIN; free some and try again.");
      return FALSE;
    }
  member = find (members, number);
  if (member != NULL)
    {
      badge = g_strdup (member->badge);
      g_ptr_array_remove (members, member);
    }
  if (members->len >= MAX_MEMBERS)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_LIMIT,
                   "A desk has at most %d members of staff; remove some first.", MAX_MEMBERS);
      return FALSE;
    }
  g_ptr_array_add (members, new_member (number, role, verifier, badge));
  return save (state_dir, members, error);
}

gboolean
lanyard_staff_set_badge (const char *state_dir,
                         const char *number,
                         const char *badge,
                         GError **error)
{
  g_autoptr (GPtrArray) members = NULL;
  LanyardStaffMember *member;

  g_return_val_if_fail (state_dir != NULL && number != NULL, FALSE);

  members = lanyard_staff_list (state_dir, error);
  if (members == NULL)
    return FALSE;
  member = find (members, number);
  for (guint i = 0; badge != NULL && i < members->len; i++)
    {
      const LanyardStaffMember *other = g_ptr_array_index (members, i);

      if (!is_badge (badge) || (other != member && g_strcmp0 (other->badge, badge) == 0))
        {
          g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                       "This is no accreditation number, or already that of another member of "
                       "staff; give the one on their own badge.");
          return FALSE;
        }
    }
  if (member == NULL)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND,
                   "No member of staff has the number %s at this desk; set their PIN first.",
                   number);
      return FALSE;
    }
  g_free (member->badge);
  member->badge = g_strdup (badge);
  return save (state_dir, members, error);
}

gboolean
lanyard_staff_remove (const char *state_dir, const char *number, GError **error)
{
  g_autoptr (GPtrArray) members = lanyard_staff_list (state_dir, error);
  LanyardStaffMember *member;

  if (members == NULL)
    return FALSE;
  member = find (members, number);
  if (member == NULL)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND,
                   "No member of staff has the number %s at this desk.", number);
      return FALSE;
    }
  if (members->len == 1)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                   "Staff number %s is the last one of this desk; add another one first.", number);
      return FALSE;
    }
  g_ptr_array_remove (members, member);
  return save (state_dir, members, error);
}

gboolean
lanyard_staff_set_pin (const char *state_dir, const char *pin, GError **error)
{
  return lanyard_staff_put (state_dir, LANYARD_STAFF_ONLY_NUMBER, LANYARD_STAFF_ROLE_SUPERVISOR,
                            pin, error);
}

LanyardStaffAnswer
lanyard_staff_check (const char *state_dir,
                     LanyardJournal *journal,
                     const char *number,
                     const char *pin,
                     LanyardStaffMember **member,
                     gint64 *locked_until_us,
                     GError **error)
{
  g_autoptr (GPtrArray) members = NULL;
  g_autofree char *subject = NULL;
  g_autoptr (GError) local = NULL;
  LanyardStaffMember *known;

  g_return_val_if_fail (state_dir != NULL && journal != NULL && pin != NULL, 0);

  *locked_until_us = 0;
  *member = NULL;
  members = lanyard_staff_list (state_dir, error);
  if (members == NULL)
    return 0;
  if (number == NULL && members->len > 1)
    return LANYARD_STAFF_NUMBER;
  known = number != NULL ? find (members, number) : g_ptr_array_index (members, 0);
  subject = dup_subject (known != NULL ? known->number : number, known);
  if (!lanyard_journal_lockout_begin_try (journal, subject, locked_until_us, &local))
    {
      if (g_error_matches (local, LANYARD_ERROR, LANYARD_ERROR_REFUSED))
        return LANYARD_STAFF_LOCKED;
      g_propagate_error (error, g_steal_pointer (&local));
      return 0;
    }
  if (!verify (known, pin))
    return LANYARD_STAFF_WRONG;
  if (!lanyard_journal_lockout_reset (journal, subject, error))
    return 0;
  *member = new_member (known->number, known->role, known->verifier, known->badge);
  return LANYARD_STAFF_WELCOME;
}

const char *
lanyard_staff_role_to_string (LanyardStaffRole role)
{
  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    if (roles[i].role == role)
      return roles[i].name;
  return "staff";
}
