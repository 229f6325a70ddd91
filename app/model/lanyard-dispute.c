/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-model"

#include "lanyard-dispute.h"

static const struct
{
  LanyardResolveReason reason;
  const char *name;
} reasons[] = {
  { LANYARD_RESOLVE_IN_HAND, "in-hand" },     { LANYARD_RESOLVE_RETURNED, "returned" },
  { LANYARD_RESOLVE_NEVER_OUT, "never-out" }, { LANYARD_RESOLVE_WRONG_PERSON, "wrong-person" },
  { LANYARD_RESOLVE_LOST, "lost" },
};

static const LanyardResolveReason all_reasons[] = {
  LANYARD_RESOLVE_IN_HAND,      LANYARD_RESOLVE_RETURNED, LANYARD_RESOLVE_NEVER_OUT,
  LANYARD_RESOLVE_WRONG_PERSON, LANYARD_RESOLVE_LOST,     (LanyardResolveReason)0,
};

const LanyardResolveReason *
lanyard_resolve_reasons (void)
{
  return all_reasons;
}

const char *
lanyard_resolve_reason_to_string (LanyardResolveReason reason)
{
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (reasons[i].reason == reason)
      return reasons[i].name;
  return NULL;
}

LanyardResolveReason
lanyard_resolve_reason_from_string (const char *name)
{
  g_return_val_if_fail (name != NULL, (LanyardResolveReason)0);

  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (g_str_equal (reasons[i].name, name))
      return reasons[i].reason;
  return (LanyardResolveReason)0;
}

LanyardVoidReason
lanyard_resolve_reason_to_void (LanyardResolveReason reason)
{
  return reason == LANYARD_RESOLVE_LOST ? LANYARD_VOID_LOST : LANYARD_VOID_WITHDRAWN;
}

LanyardResolution *
lanyard_resolution_new (void)
{
  LanyardResolution *resolution = g_new0 (LanyardResolution, 1);

  resolution->voids = g_new0 (char *, 1);
  resolution->settles = g_new0 (char *, 1);
  return resolution;
}

LanyardResolution *
lanyard_resolution_copy (const LanyardResolution *resolution)
{
  LanyardResolution *copy;

  g_return_val_if_fail (resolution != NULL, NULL);

  copy = g_memdup2 (resolution, sizeof *resolution);
  copy->id = g_strdup (resolution->id);
  copy->keep = g_strdup (resolution->keep);
  copy->voids = g_strdupv (resolution->voids);
  copy->settles = g_strdupv (resolution->settles);
  copy->who = g_strdup (resolution->who);
  copy->second = g_strdup (resolution->second);
  copy->venue = g_strdup (resolution->venue);
  copy->name = g_strdup (resolution->name);
  return copy;
}

void
lanyard_resolution_free (LanyardResolution *resolution)
{
  if (resolution == NULL)
    return;
  g_free (resolution->id);
  g_free (resolution->keep);
  g_strfreev (resolution->voids);
  g_strfreev (resolution->settles);
  g_free (resolution->who);
  g_free (resolution->second);
  g_free (resolution->venue);
  g_free (resolution->name);
  g_free (resolution);
}

char *
lanyard_resolution_make_id (guint32 device, guint32 epoch, guint64 seq)
{
  return g_strdup_printf ("%" G_GUINT32_FORMAT "-%" G_GUINT32_FORMAT "-%" G_GUINT64_FORMAT, device,
                          epoch, seq);
}

gboolean
lanyard_resolution_is_in_force (const LanyardResolution *resolution, GPtrArray *all)
{
  g_return_val_if_fail (resolution != NULL && all != NULL, FALSE);

  for (guint i = 0; i < all->len; i++)
    {
      const LanyardResolution *other = g_ptr_array_index (all, i);

      if (g_strv_contains ((const char *const *)other->settles, resolution->id))
        return FALSE;
    }
  return TRUE;
}

gboolean
lanyard_resolutions_void (GPtrArray *all, const char *serial)
{
  gboolean is_void = FALSE;

  g_return_val_if_fail (all != NULL && serial != NULL, FALSE);

  for (guint i = 0; i < all->len; i++)
    {
      const LanyardResolution *resolution = g_ptr_array_index (all, i);

      is_void |= g_strv_contains ((const char *const *)resolution->voids, serial);
      if (g_str_equal (resolution->keep, serial)
          && lanyard_resolution_is_in_force (resolution, all))
        return FALSE;
    }
  return is_void;
}

LanyardSide *
lanyard_side_new (void)
{
  return g_new0 (LanyardSide, 1);
}

LanyardSide *
lanyard_side_copy (const LanyardSide *side)
{
  LanyardSide *copy;

  g_return_val_if_fail (side != NULL, NULL);

  copy = g_memdup2 (side, sizeof *side);
  copy->serial = g_strdup (side->serial);
  copy->venue = g_strdup (side->venue);
  copy->name = g_strdup (side->name);
  return copy;
}

void
lanyard_side_free (LanyardSide *side)
{
  if (side == NULL)
    return;
  g_free (side->serial);
  g_free (side->venue);
  g_free (side->name);
  g_free (side);
}

LanyardDispute *
lanyard_dispute_new (void)
{
  LanyardDispute *dispute = g_new0 (LanyardDispute, 1);

  dispute->sides = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_side_free);
  dispute->resolutions = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_resolution_free);
  return dispute;
}

LanyardDispute *
lanyard_dispute_copy (const LanyardDispute *dispute)
{
  LanyardDispute *copy;

  g_return_val_if_fail (dispute != NULL, NULL);

  copy = lanyard_dispute_new ();
  for (guint i = 0; i < dispute->sides->len; i++)
    g_ptr_array_add (copy->sides, lanyard_side_copy (g_ptr_array_index (dispute->sides, i)));
  for (guint i = 0; i < dispute->resolutions->len; i++)
    g_ptr_array_add (copy->resolutions,
                     lanyard_resolution_copy (g_ptr_array_index (dispute->resolutions, i)));
  return copy;
}

void
lanyard_dispute_free (LanyardDispute *dispute)
{
  if (dispute == NULL)
    return;
  g_ptr_array_unref (dispute->sides);
  g_ptr_array_unref (dispute->resolutions);
  g_free (dispute);
}

const LanyardSide *
lanyard_dispute_find (const LanyardDispute *dispute, const char *serial)
{
  g_return_val_if_fail (dispute != NULL && serial != NULL, NULL);

  for (guint i = 0; i < dispute->sides->len; i++)
    {
      const LanyardSide *side = g_ptr_array_index (dispute->sides, i);

      if (g_str_equal (side->serial, serial))
        return side;
    }
  return NULL;
}
