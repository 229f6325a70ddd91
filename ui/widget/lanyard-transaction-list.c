/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * The row that has the keyboard is kept, out of sight if need be.
 *
 * Rows are filled when the list is scrolled or told of something, before GTK lays the window out;
 * in the middle of a layout only when the list itself has got another size.
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-transaction-list.h"

#include "lanyard-row-span.h"
#include "lanyard-transaction-slots.h"

struct _LanyardTransactionList
{
  GtkWidget parent_instance;

  /* owned */
  LanyardDayList *list;           /* (nullable) */
  LanyardTransactionSlots *slots; /* (nullable): NULL once it is disposed of */
  GtkAdjustment *across, *down;   /* (nullable) */

  /* state */
  GtkScrollablePolicy across_policy, down_policy;
  LanyardRowSpan span;
  guint n_rows;       /* as the list told it last */
  double row_px;      /* average height of a row; 0: not known */
  double value_px;    /* how far it is scrolled */
  int row_width_px;   /* that row_px belongs to */
  gboolean arranging; /* changes of the adjustment are our own */
};

static void
scrollable_init (GtkScrollableInterface *iface)
{
}

G_DEFINE_FINAL_TYPE_WITH_CODE (LanyardTransactionList,
                               lanyard_transaction_list,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, scrollable_init))

enum
{
  PROP_HADJUSTMENT = 1,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY,
};

enum
{
  ACTIVATE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static int
get_height (guint place, gpointer data)
{
  LanyardTransactionList *self = data;
  int height;

  gtk_widget_measure (lanyard_transaction_slots_need (self->slots, place)->row,
                      GTK_ORIENTATION_VERTICAL, self->row_width_px, &height, NULL, NULL, NULL);
  return MAX (height, 1);
}

/* --- what is in sight --- */

/* From the rows that will be seen; what was scrolled stays the same number of rows. */
static void
estimate (LanyardTransactionList *self, int page_px)
{
  double before = self->row_px;
  guint first = MIN (self->span.first, self->n_rows - 1);
  guint n = 0;
  int sum = 0;

  while (first + n < self->n_rows && (sum < page_px || n == 0))
    sum += get_height (first + n++, self);
  self->row_px = (double)sum / n;
  if (before > 0)
    self->value_px *= self->row_px / before;
}

static void
find_span (LanyardTransactionList *self, int page_px)
{
  double range = lanyard_row_span_get_range (self->n_rows, self->row_px, page_px);

  self->value_px = CLAMP (self->value_px, 0, range);
  lanyard_row_span_find (&self->span, self->n_rows, self->row_px, page_px, self->value_px,
                         get_height, self);
}

static void
tell_adjustments (LanyardTransactionList *self, int width, int height)
{
  double upper = height;

  if (self->n_rows > 0 && !lanyard_row_span_is_all (&self->span, self->n_rows, height))
    upper = MAX (self->n_rows * self->row_px, height);
  self->value_px = MIN (self->value_px, upper - height);
  self->arranging = TRUE;
  if (self->across != NULL)
    gtk_adjustment_configure (self->across, 0, 0, width, width, width, width);
  if (self->down != NULL)
    gtk_adjustment_configure (self->down, self->value_px, 0, upper, MAX (self->row_px, 1),
                              height * 0.9, height);
  self->arranging = FALSE;
}

static void
arrange (LanyardTransactionList *self, int width, int height)
{
  if (width <= 0 || height <= 0)
    return;
  if (width != self->row_width_px)
    {
      self->row_width_px = width;
      if (self->n_rows > 0)
        estimate (self, height);
    }
  if (self->n_rows > 0 && self->row_px == 0)
    estimate (self, height);
  if (self->n_rows > 0)
    {
      find_span (self, height);
      /* Nothing to scroll, were all rows as high as those that were measured first. */
      if (lanyard_row_span_get_range (self->n_rows, self->row_px, height) == 0
          && !lanyard_row_span_is_all (&self->span, self->n_rows, height))
        {
          self->row_px = lanyard_row_span_get_mean (&self->span);
          find_span (self, height);
        }
      lanyard_transaction_slots_put_by (self->slots, &self->span);
    }
  tell_adjustments (self, width, height);
}

static void
rearrange (LanyardTransactionList *self)
{
  arrange (self, self->row_width_px, gtk_widget_get_height (GTK_WIDGET (self)));
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
on_scrolled (GtkAdjustment *adjustment, LanyardTransactionList *self)
{
  if (self->arranging)
    return;
  self->value_px = gtk_adjustment_get_value (adjustment);
  rearrange (self);
}

/* --- what the list tells --- */

static void
on_items_changed (GListModel *list,
                  guint place,
                  guint removed,
                  guint added,
                  LanyardTransactionList *self)
{
  gboolean anew = place == 0 && removed == self->n_rows;
  gboolean at_start = self->value_px < 1;

  lanyard_transaction_slots_splice (self->slots, place, removed, added);
  self->n_rows = g_list_model_get_n_items (list);
  if (anew)
    {
      self->value_px = 0;
      self->row_px = 0;
      self->span.first = 0;
    }
  else if (place == 0 && !at_start)
    self->value_px += added * self->row_px;
  rearrange (self);
}

static void
on_row_activated (GtkWidget *row, LanyardTransactionList *self)
{
  LanyardTransactionSlot *slot = lanyard_transaction_slots_find_row (self->slots, row);

  if (slot != NULL)
    g_signal_emit (self, signals[ACTIVATE], 0, slot->place);
}

/* --- the keyboard --- */

/* By as much as the row at @place is cut; a few times, because what is above it gets its height
 * only as it comes into sight. */
static void
scroll_to (LanyardTransactionList *self, guint place)
{
  int height = gtk_widget_get_height (GTK_WIDGET (self));

  if (place < self->span.first || place > self->span.last)
    {
      self->value_px
          = place < self->span.first ? place * self->row_px : (place + 1) * self->row_px - height;
      rearrange (self);
    }
  for (guint i = 0; i < 4; i++)
    {
      int top = self->span.top_px, row;

      for (guint above = self->span.first; above < place; above++)
        top += get_height (above, self);
      row = get_height (place, self);
      if (top >= 0 && (top + row <= height || top == 0))
        return;
      self->value_px += top < 0 || row > height ? top : top + row - height;
      rearrange (self);
    }
}

/* @rows: how far, downwards. Returns: whether there is such a row */
static gboolean
move_focus (LanyardTransactionList *self, int rows)
{
  LanyardTransactionSlot *slot = lanyard_transaction_slots_find_focus (self->slots);
  gint64 place;

  if (slot == NULL || self->n_rows == 0)
    return FALSE;
  place = CLAMP ((gint64)slot->place + rows, 0, (gint64)self->n_rows - 1);
  if (place == slot->place)
    return FALSE;
  lanyard_transaction_list_focus (self, place);
  return TRUE;
}

static gboolean
on_move (GtkWidget *widget, GVariant *pages, gpointer data)
{
  LanyardTransactionList *self = LANYARD_TRANSACTION_LIST (widget);
  int rows = MAX (self->span.last - self->span.first, 1);

  return move_focus (self, CLAMP (rows * (gint64)g_variant_get_int32 (pages), -(gint64)G_MAXINT,
                                  G_MAXINT));
}

/* One stop for the Tab key; the arrows go from row to row and leave at the ends. */
static gboolean
lanyard_transaction_list_focus_in (GtkWidget *widget, GtkDirectionType direction)
{
  LanyardTransactionList *self = LANYARD_TRANSACTION_LIST (widget);

  if (self->n_rows == 0 || self->row_px == 0)
    return FALSE;
  if (lanyard_transaction_slots_find_focus (self->slots) == NULL)
    {
      lanyard_transaction_list_focus (self, self->span.first);
      return TRUE;
    }
  if (direction == GTK_DIR_DOWN)
    return move_focus (self, 1);
  return direction == GTK_DIR_UP && move_focus (self, -1);
}

/* --- the widget --- */

static void
lanyard_transaction_list_measure (GtkWidget *widget,
                                  GtkOrientation orientation,
                                  int for_size,
                                  int *minimum,
                                  int *natural,
                                  int *minimum_baseline,
                                  int *natural_baseline)
{
  LanyardTransactionList *self = LANYARD_TRANSACTION_LIST (widget);

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    lanyard_transaction_slots_measure (self->slots, minimum, natural);
}

static void
allocate_row (LanyardTransactionList *self, guint place, int y, int width, int height)
{
  gtk_widget_size_allocate (lanyard_transaction_slots_need (self->slots, place)->row,
                            &(GtkAllocation){ 0, y, width, height }, -1);
}

static void
lanyard_transaction_list_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LanyardTransactionList *self = LANYARD_TRANSACTION_LIST (widget);
  LanyardTransactionSlot *parked;
  int y, row_height;

  arrange (self, width, height);
  y = self->span.top_px;
  for (guint place = self->span.first; self->n_rows > 0 && place <= self->span.last; place++)
    {
      row_height = get_height (place, self);
      allocate_row (self, place, y, width, row_height);
      y += row_height;
    }
  parked = lanyard_transaction_slots_find_parked (self->slots, &self->span);
  if (parked != NULL)
    {
      row_height = get_height (parked->place, self);
      allocate_row (self, parked->place, -2 * row_height, width, row_height);
    }
}

/* Letters of another size: rows of another height. */
static void
lanyard_transaction_list_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (lanyard_transaction_list_parent_class)->css_changed (widget, change);
  LANYARD_TRANSACTION_LIST (widget)->row_width_px = 0;
}

static void
set_adjustment (LanyardTransactionList *self, GtkAdjustment **place, GtkAdjustment *adjustment)
{
  if (*place != NULL)
    g_signal_handlers_disconnect_by_data (*place, self);
  g_set_object (place, adjustment);
  if (adjustment != NULL && place == &self->down)
    g_signal_connect (adjustment, "value-changed", G_CALLBACK (on_scrolled), self);
}

static void
lanyard_transaction_list_set_property (GObject *object,
                                       guint id,
                                       const GValue *value,
                                       GParamSpec *pspec)
{
  LanyardTransactionList *self = LANYARD_TRANSACTION_LIST (object);

  switch (id)
    {
    case PROP_HADJUSTMENT:
      set_adjustment (self, &self->across, g_value_get_object (value));
      break;
    case PROP_VADJUSTMENT:
      set_adjustment (self, &self->down, g_value_get_object (value));
      break;
    case PROP_HSCROLL_POLICY:
      self->across_policy = g_value_get_enum (value);
      break;
    case PROP_VSCROLL_POLICY:
      self->down_policy = g_value_get_enum (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lanyard_transaction_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LanyardTransactionList *self = LANYARD_TRANSACTION_LIST (object);

  switch (id)
    {
    case PROP_HADJUSTMENT:
      g_value_set_object (value, self->across);
      break;
    case PROP_VADJUSTMENT:
      g_value_set_object (value, self->down);
      break;
    case PROP_HSCROLL_POLICY:
      g_value_set_enum (value, self->across_policy);
      break;
    case PROP_VSCROLL_POLICY:
      g_value_set_enum (value, self->down_policy);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lanyard_transaction_list_dispose (GObject *object)
{
  LanyardTransactionList *self = LANYARD_TRANSACTION_LIST (object);

  if (self->list != NULL)
    g_signal_handlers_disconnect_by_data (self->list, self);
  g_clear_pointer (&self->slots, lanyard_transaction_slots_free);
  set_adjustment (self, &self->across, NULL);
  set_adjustment (self, &self->down, NULL);
  g_clear_object (&self->list);
  G_OBJECT_CLASS (lanyard_transaction_list_parent_class)->dispose (object);
}

static void
lanyard_transaction_list_class_init (LanyardTransactionListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = lanyard_transaction_list_set_property;
  object_class->get_property = lanyard_transaction_list_get_property;
  object_class->dispose = lanyard_transaction_list_dispose;
  widget_class->measure = lanyard_transaction_list_measure;
  widget_class->size_allocate = lanyard_transaction_list_size_allocate;
  widget_class->css_changed = lanyard_transaction_list_css_changed;
  widget_class->focus = lanyard_transaction_list_focus_in;
  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");
  signals[ACTIVATE] = g_signal_new ("activate", LANYARD_TYPE_TRANSACTION_LIST, G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Page_Up, 0, on_move, "i", -1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Page_Down, 0, on_move, "i", 1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Home, 0, on_move, "i", G_MININT);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_End, 0, on_move, "i", G_MAXINT);
  gtk_widget_class_set_css_name (widget_class, "transactions");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
}

static void
lanyard_transaction_list_init (LanyardTransactionList *self)
{
  self->slots = lanyard_transaction_slots_new (GTK_WIDGET (self), G_CALLBACK (on_row_activated));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

void
lanyard_transaction_list_set_list (LanyardTransactionList *self, LanyardDayList *list)
{
  g_return_if_fail (LANYARD_IS_TRANSACTION_LIST (self) && self->list == NULL);

  self->list = g_object_ref (list);
  lanyard_transaction_slots_set_list (self->slots, list);
  self->n_rows = g_list_model_get_n_items (G_LIST_MODEL (list));
  g_signal_connect (list, "items-changed", G_CALLBACK (on_items_changed), self);
}

void
lanyard_transaction_list_set_words (LanyardTransactionList *self, LanyardWords *words)
{
  g_return_if_fail (LANYARD_IS_TRANSACTION_LIST (self) && words != NULL);

  lanyard_transaction_slots_set_words (self->slots, words);
}

void
lanyard_transaction_list_focus (LanyardTransactionList *self, guint place)
{
  g_return_if_fail (LANYARD_IS_TRANSACTION_LIST (self) && place < self->n_rows);

  scroll_to (self, place);
  gtk_widget_grab_focus (lanyard_transaction_slots_need (self->slots, place)->row);
}

guint
lanyard_transaction_list_count_widgets (LanyardTransactionList *self)
{
  g_return_val_if_fail (LANYARD_IS_TRANSACTION_LIST (self), 0);

  return lanyard_transaction_slots_count (self->slots);
}
