/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-model"

#include "lanyard-entry.h"

#include <sodium.h>
#include <string.h>

#include "lanyard-error.h"
#include "lanyard-id.h"
#include "lanyard-plain-text.h"

static void
wipe_text (char **text)
{
  if (*text != NULL)
    sodium_memzero (*text, strlen (*text));
  g_clear_pointer (text, g_free);
}

static void
wipe_strv (char ***strv)
{
  for (char **at = *strv; at != NULL && *at != NULL; at++)
    sodium_memzero (*at, strlen (*at));
  g_clear_pointer (strv, g_strfreev);
}

static void
clear_clearance (gpointer data)
{
  LanyardClearance *clearance = data;

  g_clear_pointer (&clearance->system, g_free);
}

static char **
empty_strv (void)
{
  return g_new0 (char *, 1);
}

static gboolean
fail (GError **error, const char *field, const char *why)
{
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID, "%s %s", field, why);
  return FALSE;
}

static gboolean
check_text (const char *field, const char *text, gboolean required, GError **error)
{
  if (text == NULL)
    return !required || fail (error, field, "is missing");
  if (required && *text == '\0')
    return fail (error, field, "is empty");
  if (!lanyard_plain_text_is_sound (text, LANYARD_ENTRY_MAX_TEXT_BYTES))
    return fail (error, field,
                 "is too long, or holds a control character or one that turns writing around");
  return TRUE;
}

static gboolean
check_strv (const char *field, char **strv, GError **error)
{
  if (g_strv_length (strv) > LANYARD_ENTRY_MAX_CODES)
    return fail (error, field, "has too many items");
  for (guint i = 0; strv[i] != NULL; i++)
    {
      if (!check_text (field, strv[i], TRUE, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_birth_date (const char *text, GError **error)
{
  int year, month, day, n = 0;

  if (text == NULL)
    return TRUE;
  if (strlen (text) != 10 || sscanf (text, "%4d-%2d-%2d%n", &year, &month, &day, &n) != 3 || n != 10
      || !g_date_valid_dmy (day, month, year))
    return fail (error, "birth_date", "is not a date of the form YYYY-MM-DD");
  return TRUE;
}

static gboolean
check_clearances (const LanyardEntry *entry, GError **error)
{
  if (entry->clearances->len > LANYARD_ENTRY_MAX_CODES)
    return fail (error, "clearances", "has too many items");
  for (guint i = 0; i < entry->clearances->len; i++)
    {
      const LanyardClearance *clearance = &g_array_index (entry->clearances, LanyardClearance, i);

      if (!check_text ("clearances", clearance->system, TRUE, error))
        return FALSE;
      if (clearance->state != LANYARD_CLEARANCE_CLEAR
          && clearance->state != LANYARD_CLEARANCE_PENDING
          && clearance->state != LANYARD_CLEARANCE_REFER)
        return fail (error, "clearances", "has a state that is none of clear, pending, refer");
    }
  return TRUE;
}

static gboolean
check_face_box (const LanyardFaceBox *box, GError **error)
{
  if (box->width == 0 && box->height == 0 && box->x == 0 && box->y == 0)
    return TRUE;
  if (box->width == 0 || box->height == 0 || box->x + box->width > LANYARD_FACE_BOX_WHOLE
      || box->y + box->height > LANYARD_FACE_BOX_WHOLE)
    return fail (error, "face_box", "does not lie on the photo");
  return TRUE;
}

LanyardEntry *
lanyard_entry_new (void)
{
  LanyardEntry *entry = g_new0 (LanyardEntry, 1);

  entry->documents = empty_strv ();
  entry->venues = empty_strv ();
  entry->zones = empty_strv ();
  entry->transport = empty_strv ();
  entry->seating = empty_strv ();
  entry->pickup_venues = empty_strv ();
  entry->tokens = empty_strv ();
  entry->status = LANYARD_STATUS_ACTIVE;
  entry->clearances = g_array_new (FALSE, TRUE, sizeof (LanyardClearance));
  g_array_set_clear_func (entry->clearances, clear_clearance);
  return entry;
}

LanyardEntry *
lanyard_entry_copy (const LanyardEntry *entry)
{
  g_autofree guint8 *encoded = NULL;
  LanyardEntry *copy;
  gsize n_bytes;

  if (entry == NULL)
    return NULL;
  /* The codec knows every field already; a second list of them would be one to forget. */
  encoded = g_bytes_unref_to_data (lanyard_entry_encode (entry), &n_bytes);
  copy = lanyard_entry_decode (encoded, n_bytes, NULL);
  sodium_memzero (encoded, n_bytes);
  if (copy != NULL)
    copy->overtaken = entry->overtaken;
  return copy;
}

void
lanyard_entry_free (LanyardEntry *entry)
{
  if (entry == NULL)
    return;
  wipe_text (&entry->holder_id);
  wipe_text (&entry->given_name);
  wipe_text (&entry->family_name);
  wipe_text (&entry->print_name);
  wipe_text (&entry->local_name);
  wipe_text (&entry->birth_date);
  wipe_text (&entry->nationality);
  wipe_text (&entry->language);
  wipe_strv (&entry->documents);
  g_clear_pointer (&entry->photo_hash, g_bytes_unref);
  wipe_text (&entry->number);
  wipe_text (&entry->category);
  wipe_text (&entry->function);
  wipe_text (&entry->organisation);
  wipe_strv (&entry->venues);
  wipe_strv (&entry->zones);
  wipe_strv (&entry->transport);
  wipe_strv (&entry->seating);
  wipe_strv (&entry->pickup_venues);
  wipe_strv (&entry->tokens);
  g_clear_pointer (&entry->clearances, g_array_unref);
  lanyard_issued_clear (&entry->issued);
  lanyard_dispute_free (entry->dispute);
  g_free (entry);
}

void
lanyard_entry_add_clearance (LanyardEntry *entry, const char *system, LanyardClearanceState state)
{
  LanyardClearance clearance = { g_strdup (system), state };

  g_return_if_fail (entry != NULL);
  g_return_if_fail (system != NULL);

  g_array_append_val (entry->clearances, clearance);
}

LanyardClearanceState
lanyard_entry_get_clearance (const LanyardEntry *entry, const char *system)
{
  g_return_val_if_fail (entry != NULL, LANYARD_CLEARANCE_PENDING);

  for (guint i = 0; i < entry->clearances->len; i++)
    {
      const LanyardClearance *clearance = &g_array_index (entry->clearances, LanyardClearance, i);

      if (g_str_equal (clearance->system, system))
        return clearance->state;
    }
  return LANYARD_CLEARANCE_PENDING;
}

gboolean
lanyard_entry_check (const LanyardEntry *entry, GError **error)
{
  g_return_val_if_fail (entry != NULL, FALSE);

  if (!check_text ("holder_id", entry->holder_id, TRUE, error)
      || !check_text ("given_name", entry->given_name, FALSE, error)
      || !check_text ("family_name", entry->family_name, FALSE, error)
      || !check_text ("print_name", entry->print_name, TRUE, error)
      || !check_text ("local_name", entry->local_name, FALSE, error)
      || !check_text ("nationality", entry->nationality, FALSE, error)
      || !check_text ("language", entry->language, FALSE, error)
      || !check_text ("category", entry->category, TRUE, error)
      || !check_text ("function", entry->function, FALSE, error)
      || !check_text ("organisation", entry->organisation, FALSE, error)
      || !check_birth_date (entry->birth_date, error))
    return FALSE;
  if (!check_strv ("documents", entry->documents, error)
      || !check_strv ("venues", entry->venues, error) || !check_strv ("zones", entry->zones, error)
      || !check_strv ("transport", entry->transport, error)
      || !check_strv ("seating", entry->seating, error)
      || !check_strv ("pickup_venues", entry->pickup_venues, error)
      || !check_strv ("tokens", entry->tokens, error) || !check_clearances (entry, error))
    return FALSE;

  if (entry->number == NULL || strlen (entry->number) > 32 || !lanyard_check_verify (entry->number))
    return fail (error, "number", "is missing or its check character is wrong");
  /* A typed number loses its hyphens; a roster's number with some would then never be found. */
  if (strchr (entry->number, '-') != NULL)
    return fail (error, "number", "has a hyphen: leave it out");
  if (entry->valid_until_s <= entry->valid_from_s)
    return fail (error, "valid_until", "is not after valid_from");
  if (entry->photo_hash != NULL && g_bytes_get_size (entry->photo_hash) != LANYARD_HASH_BYTES)
    return fail (error, "photo_hash", "is not 32 bytes");
  if (!check_face_box (&entry->face_box, error))
    return FALSE;
  if (entry->status != LANYARD_STATUS_ACTIVE && entry->status != LANYARD_STATUS_SUSPENDED
      && entry->status != LANYARD_STATUS_CANCELLED)
    return fail (error, "status", "is none of active, suspended, cancelled");
  return TRUE;
}

void
lanyard_issued_copy_into (LanyardIssued *to, const LanyardIssued *from)
{
  g_return_if_fail (to != NULL);
  g_return_if_fail (from != NULL);

  *to = *from;
  to->last_serial = g_strdup (from->last_serial);
}

void
lanyard_issued_clear (LanyardIssued *issued)
{
  g_return_if_fail (issued != NULL);

  g_free (issued->last_serial);
  *issued = (LanyardIssued){ 0 };
}
