/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * The list view takes as many items as it has rows on the screen and some around them. Each is an
 * empty place first; places of one block are asked for together and filled when the answer comes.
 * When the day has grown, the places move with what stands in them, so that a reader's eye does not
 * lose its line, and are then asked for again.
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-day-list.h"

/* Rows that are asked for at a time. */
#define BLOCK 64

struct _LanyardDayItem
{
  GObject parent_instance;

  /* owned */
  LanyardDayPart *part; /* (nullable) */

  /* state */
  guint index; /* in the part */
};

struct _LanyardDayList
{
  GObject parent_instance;

  /* owned */
  LanyardControls *controls; /* (nullable): while it is open */
  LanyardDayAsk *ask;        /* (nullable): likewise */
  GCancellable *cancellable; /* (nullable): of all that is under way */
  GHashTable *items;         /* (element-type guint LanyardDayItem): those that somebody holds */
  GHashTable *asked;         /* (element-type guint): blocks that are under way */
  LanyardDayPart *part;      /* (nullable): the newest answer */

  /* state */
  guint n_items;
  gboolean opening; /* the next answer is the first of another question */
  gboolean again;   /* something has changed while answers were under way */
};

G_DEFINE_FINAL_TYPE (LanyardDayItem, lanyard_day_item, G_TYPE_OBJECT)

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LanyardDayList,
                               lanyard_day_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

enum
{
  CHANGED,
  N_ITEM_SIGNALS,
};

enum
{
  ANSWERED,
  N_SIGNALS,
};

static guint item_signals[N_ITEM_SIGNALS];
static guint signals[N_SIGNALS];

/* --- one place --- */

static void
item_fill (LanyardDayItem *item, LanyardDayPart *part, guint index)
{
  g_clear_pointer (&item->part, lanyard_day_part_unref);
  item->part = lanyard_day_part_ref (part);
  item->index = index;
  g_signal_emit (item, item_signals[CHANGED], 0);
}

static void
lanyard_day_item_finalize (GObject *object)
{
  g_clear_pointer (&LANYARD_DAY_ITEM (object)->part, lanyard_day_part_unref);
  G_OBJECT_CLASS (lanyard_day_item_parent_class)->finalize (object);
}

static void
lanyard_day_item_class_init (LanyardDayItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lanyard_day_item_finalize;
  item_signals[CHANGED] = g_signal_new ("changed", LANYARD_TYPE_DAY_ITEM, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
lanyard_day_item_init (LanyardDayItem *self)
{
}

const LanyardDayLine *
lanyard_day_item_get_line (LanyardDayItem *self)
{
  g_return_val_if_fail (LANYARD_IS_DAY_ITEM (self), NULL);

  return self->part != NULL ? g_ptr_array_index (self->part->lines, self->index) : NULL;
}

/* --- the list --- */

static void ask_block (LanyardDayList *self, guint block);

static void
on_item_gone (gpointer data, GObject *item)
{
  LanyardDayList *self = data;
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (value == (gpointer)item)
      {
        g_hash_table_iter_remove (&iter);
        return;
      }
}

static void
forget_items (LanyardDayList *self)
{
  GHashTableIter iter;
  gpointer item;

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, NULL, &item))
    {
      g_object_weak_unref (item, on_item_gone, self);
      g_hash_table_iter_remove (&iter);
    }
}

/* The places behind the first @n rows that came are further down now. */
static void
move_items (LanyardDayList *self, guint n)
{
  g_autoptr (GHashTable) moved = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer place, item;

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, &place, &item))
    g_hash_table_insert (moved, GUINT_TO_POINTER (GPOINTER_TO_UINT (place) + n), item);
  g_hash_table_unref (self->items);
  self->items = g_steal_pointer (&moved);
}

static void
drop_items_from (LanyardDayList *self, guint n_items)
{
  GHashTableIter iter;
  gpointer place, item;

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, &place, &item))
    if (GPOINTER_TO_UINT (place) >= n_items)
      {
        g_object_weak_unref (item, on_item_gone, self);
        g_hash_table_iter_remove (&iter);
      }
}

static void
ask_held (LanyardDayList *self)
{
  g_autoptr (GHashTable) blocks = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_hash_table_add (blocks, GUINT_TO_POINTER (GPOINTER_TO_UINT (key) / BLOCK));
  if (g_hash_table_size (blocks) == 0)
    g_hash_table_add (blocks, GUINT_TO_POINTER (0));
  g_hash_table_iter_init (&iter, blocks);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    ask_block (self, GPOINTER_TO_UINT (key));
}

/* Returns: whether the list has another length now */
static gboolean
take_total (LanyardDayList *self, guint total)
{
  guint before = self->n_items;

  self->n_items = total;
  if (self->opening)
    {
      forget_items (self);
      self->opening = FALSE;
      g_list_model_items_changed (G_LIST_MODEL (self), 0, before, total);
      return FALSE;
    }
  if (total > before && !self->ask->oldest_first)
    {
      move_items (self, total - before);
      g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, total - before);
    }
  else if (total > before)
    g_list_model_items_changed (G_LIST_MODEL (self), before, 0, total - before);
  else if (total < before)
    {
      drop_items_from (self, total);
      g_list_model_items_changed (G_LIST_MODEL (self), total, before - total, 0);
    }
  return total != before;
}

static void
fill_items (LanyardDayList *self, LanyardDayPart *part)
{
  for (guint i = 0; i < part->lines->len; i++)
    {
      LanyardDayItem *item = g_hash_table_lookup (self->items, GUINT_TO_POINTER (part->offset + i));

      if (item != NULL)
        item_fill (item, part, i);
    }
}

static void
on_part_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LanyardDayList) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardDayPart) part = NULL;
  gboolean again;

  if (self->controls == NULL)
    return;
  part = lanyard_controls_list_day_finish (self->controls, result, &error);
  /* Another question has been asked since, or the page was left. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (part == NULL)
    {
      g_hash_table_remove_all (self->asked);
      return;
    }
  g_hash_table_remove (self->asked, GUINT_TO_POINTER (part->offset / BLOCK));
  g_clear_pointer (&self->part, lanyard_day_part_unref);
  self->part = lanyard_day_part_ref (part);
  again = take_total (self, part->total);
  fill_items (self, part);
  g_signal_emit (self, signals[ANSWERED], 0, part);
  /* What was asked for before the day grew is no longer what stands at those places. */
  self->again |= again;
  if (self->again && g_hash_table_size (self->asked) == 0)
    {
      self->again = FALSE;
      ask_held (self);
    }
}

static void
ask_block (LanyardDayList *self, guint block)
{
  g_autoptr (LanyardDayAsk) ask = NULL;

  if (self->controls == NULL || !g_hash_table_add (self->asked, GUINT_TO_POINTER (block)))
    return;
  ask = lanyard_day_ask_copy (self->ask);
  ask->offset = block * BLOCK;
  ask->max = BLOCK;
  lanyard_controls_list_day_async (self->controls, ask, self->cancellable, on_part_ready,
                                   g_object_ref (self));
}

static void
stop (LanyardDayList *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_hash_table_remove_all (self->asked);
  self->again = FALSE;
}

static GType
lanyard_day_list_get_item_type (GListModel *model)
{
  return LANYARD_TYPE_DAY_ITEM;
}

static guint
lanyard_day_list_get_n_items (GListModel *model)
{
  return LANYARD_DAY_LIST (model)->n_items;
}

static gpointer
lanyard_day_list_get_item (GListModel *model, guint place)
{
  LanyardDayList *self = LANYARD_DAY_LIST (model);
  LanyardDayItem *item = g_hash_table_lookup (self->items, GUINT_TO_POINTER (place));

  if (place >= self->n_items)
    return NULL;
  if (item != NULL)
    return g_object_ref (item);
  item = g_object_new (LANYARD_TYPE_DAY_ITEM, NULL);
  g_hash_table_insert (self->items, GUINT_TO_POINTER (place), item);
  g_object_weak_ref (G_OBJECT (item), on_item_gone, self);
  if (self->part != NULL && place >= self->part->offset
      && place - self->part->offset < self->part->lines->len)
    item_fill (item, self->part, place - self->part->offset);
  else
    ask_block (self, place / BLOCK);
  return item;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = lanyard_day_list_get_item_type;
  iface->get_n_items = lanyard_day_list_get_n_items;
  iface->get_item = lanyard_day_list_get_item;
}

static void
lanyard_day_list_dispose (GObject *object)
{
  lanyard_day_list_close (LANYARD_DAY_LIST (object));
  G_OBJECT_CLASS (lanyard_day_list_parent_class)->dispose (object);
}

static void
lanyard_day_list_finalize (GObject *object)
{
  LanyardDayList *self = LANYARD_DAY_LIST (object);

  g_hash_table_unref (self->items);
  g_hash_table_unref (self->asked);
  G_OBJECT_CLASS (lanyard_day_list_parent_class)->finalize (object);
}

static void
lanyard_day_list_class_init (LanyardDayListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lanyard_day_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = lanyard_day_list_finalize;
  signals[ANSWERED] = g_signal_new ("answered", LANYARD_TYPE_DAY_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
lanyard_day_list_init (LanyardDayList *self)
{
  self->items = g_hash_table_new (NULL, NULL);
  self->asked = g_hash_table_new (NULL, NULL);
}

LanyardDayList *
lanyard_day_list_new (void)
{
  return g_object_new (LANYARD_TYPE_DAY_LIST, NULL);
}

void
lanyard_day_list_open (LanyardDayList *self, LanyardControls *controls, const LanyardDayAsk *ask)
{
  g_return_if_fail (LANYARD_IS_DAY_LIST (self) && LANYARD_IS_CONTROLS (controls) && ask != NULL);

  stop (self);
  g_set_object (&self->controls, controls);
  g_clear_pointer (&self->ask, lanyard_day_ask_free);
  self->ask = lanyard_day_ask_copy (ask);
  self->cancellable = g_cancellable_new ();
  self->opening = TRUE;
  ask_block (self, 0);
}

void
lanyard_day_list_refresh (LanyardDayList *self)
{
  g_return_if_fail (LANYARD_IS_DAY_LIST (self));

  if (self->controls == NULL)
    return;
  if (g_hash_table_size (self->asked) > 0)
    self->again = TRUE;
  else
    ask_held (self);
}

void
lanyard_day_list_close (LanyardDayList *self)
{
  guint before;

  g_return_if_fail (LANYARD_IS_DAY_LIST (self));

  before = self->n_items;
  stop (self);
  forget_items (self);
  g_clear_object (&self->controls);
  g_clear_pointer (&self->ask, lanyard_day_ask_free);
  g_clear_pointer (&self->part, lanyard_day_part_unref);
  self->n_items = 0;
  if (before > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, before, 0);
}
