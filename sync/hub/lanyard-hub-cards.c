/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Pre-valid cards, which are printed and sent out before anybody comes: the hub gives them serial
 * and sequence, so that desks know of them before they are shown. */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-error.h"
#include "lanyard-hub-private.h"
#include "lanyard-id.h"

#define CARD_PREFIX "PV"
#define COUNTER "card-counter"
#define MAX_COUNTER 9999999

static gboolean
take_serial (LanyardHubStore *store, char **serial, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GBytes) known = store->ops->find_document (store, COUNTER, &local);
  g_autoptr (GBytes) next = NULL;
  g_autofree char *text = NULL;
  g_autofree char *plain = NULL;
  guint64 counter = 1;

  if (known == NULL && !g_error_matches (local, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (known != NULL)
    {
      text = g_strndup (g_bytes_get_data (known, NULL), g_bytes_get_size (known));
      counter = g_ascii_strtoull (text, NULL, 10) + 1;
      g_clear_pointer (&text, g_free);
    }
  if (counter > MAX_COUNTER)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_LIMIT,
                           "No serials of pre-valid cards are left in this event.");
      return FALSE;
    }
  text = g_strdup_printf ("%" G_GUINT64_FORMAT, counter);
  next = g_bytes_new (text, strlen (text));
  plain = g_strdup_printf (CARD_PREFIX "-%07" G_GUINT64_FORMAT, counter);
  *serial = g_strdup_printf ("%s%c", plain, lanyard_check_character (plain));
  return store->ops->put_document (store, COUNTER, next, error);
}

/* An earlier card of the same person that nobody has validated is void: it was lost, or is wrong.
 */
static gboolean
void_earlier (LanyardHubStore *store, GPtrArray *badges, GError **error)
{
  for (guint i = 0; i < badges->len; i++)
    {
      LanyardHubBadge *badge = g_ptr_array_index (badges, i);

      if (badge->device != 0 || badge->flags != 0)
        continue;
      badge->flags = LANYARD_HUB_BADGE_VOIDED;
      if (!store->ops->save_badge (store, badge, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
make_card (LanyardHub *hub, const char *number, LanyardHubBadge *card, GError **error)
{
  LanyardHubStore *store = hub->store;
  g_autoptr (LanyardHubHolding) holding = store->ops->lock_holding (store, number, error);
  g_autoptr (GBytes) known = holding != NULL ? store->ops->find_entry (store, number, error) : NULL;
  g_autoptr (LanyardEntry) entry = NULL;
  g_autoptr (GPtrArray) badges = NULL;
  g_autoptr (GBytes) encoded = NULL;
  guint64 gseq;

  if (known == NULL)
    {
      if (error != NULL && *error == NULL)
        g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND, "%s is not in the roster.",
                     number);
      return FALSE;
    }
  entry = lanyard_entry_decode (g_bytes_get_data (known, NULL), g_bytes_get_size (known), error);
  badges = entry != NULL ? store->ops->list_badges (store, number, error) : NULL;
  if (badges == NULL || !take_serial (store, &card->serial, error)
      || !void_earlier (store, badges, error))
    return FALSE;
  card->number = g_strdup (number);
  card->sequence = holding->last_sequence + 1;
  holding->last_sequence = card->sequence;
  if (holding->open_badges == 0)
    {
      g_free (holding->last_serial);
      holding->last_serial = g_strdup (card->serial);
    }
  holding->void_below = _lanyard_hub_compute_void_below (badges);
  hub->negative_dirty = TRUE;
  /* Desks hear of the sequence, so that a badge made instead of the card has a later one. */
  if (!store->ops->save_badge (store, card, error)
      || !store->ops->save_holding (store, holding, error))
    return FALSE;
  encoded = _lanyard_hub_encode_with_holding (hub, entry, holding, error);
  return encoded != NULL && store->ops->put_entry (store, number, encoded, &gseq, error);
}

LanyardHubBadge *
lanyard_hub_make_card (LanyardHub *hub, const char *number, GError **error)
{
  g_autoptr (LanyardHubBadge) card = g_new0 (LanyardHubBadge, 1);
  g_autoptr (GError) local = NULL;

  g_return_val_if_fail (hub != NULL && number != NULL, NULL);

  if (!hub->store->ops->begin (hub->store, error))
    return NULL;
  if (!make_card (hub, number, card, &local))
    {
      hub->store->ops->rollback (hub->store);
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  if (!_lanyard_hub_commit (hub, error))
    return NULL;
  hub->generation++;
  return g_steal_pointer (&card);
}
