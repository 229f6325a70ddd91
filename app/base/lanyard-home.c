/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-base"

#include "lanyard-home.h"

struct _LanyardHome
{
  gatomicrefcount ref_count;
  GMainContext *context; /* owned */
  gpointer object;       /* borrowed, NULL when closed; read and written at home only */
};

typedef struct
{
  LanyardHome *home; /* owned */
  LanyardHomeFunc func;
  gpointer data; /* owned through destroy */
  GDestroyNotify destroy;
} Parcel;

static void
parcel_free (gpointer data)
{
  Parcel *parcel = data;

  if (parcel->destroy != NULL)
    parcel->destroy (parcel->data);
  lanyard_home_unref (parcel->home);
  g_free (parcel);
}

static gboolean
on_parcel (gpointer data)
{
  Parcel *parcel = data;

  if (parcel->home->object != NULL)
    parcel->func (parcel->home->object, parcel->data);
  return G_SOURCE_REMOVE;
}

LanyardHome *
lanyard_home_new (gpointer object)
{
  LanyardHome *home;

  g_return_val_if_fail (object != NULL, NULL);

  home = g_new0 (LanyardHome, 1);
  g_atomic_ref_count_init (&home->ref_count);
  home->context = g_main_context_ref_thread_default ();
  home->object = object;
  return home;
}

LanyardHome *
lanyard_home_ref (LanyardHome *home)
{
  g_return_val_if_fail (home != NULL, NULL);

  g_atomic_ref_count_inc (&home->ref_count);
  return home;
}

void
lanyard_home_unref (LanyardHome *home)
{
  g_return_if_fail (home != NULL);

  if (!g_atomic_ref_count_dec (&home->ref_count))
    return;
  g_main_context_unref (home->context);
  g_free (home);
}

void
lanyard_home_close (LanyardHome *home)
{
  g_return_if_fail (home != NULL);

  home->object = NULL;
}

void
lanyard_home_post (LanyardHome *home, LanyardHomeFunc func, gpointer data, GDestroyNotify destroy)
{
  g_autoptr (GSource) source = NULL;
  Parcel *parcel;

  g_return_if_fail (home != NULL);
  g_return_if_fail (func != NULL);

  parcel = g_new0 (Parcel, 1);
  parcel->home = lanyard_home_ref (home);
  parcel->func = func;
  parcel->data = data;
  parcel->destroy = destroy;
  /* Not g_main_context_invoke(): that may run @func at once on this very thread. */
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, on_parcel, parcel, parcel_free);
  g_source_attach (source, home->context);
}
