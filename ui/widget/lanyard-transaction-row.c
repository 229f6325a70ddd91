/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-transaction-row.h"

#include "lanyard-day-phrases.h"

#define SEPARATOR " · "
/* A number is of no language, and would turn the line. */
#define ISOLATED "\u2068%s\u2069"

/* Between two columns. */
#define GAP_PX 20
/* Of the width that the state and what became of the print may have, unless a word is longer. */
#define STATE_SHARE 0.36

struct _LanyardTransactionRow
{
  GtkWidget parent_instance;

  /* owned, as children */
  GtkLabel *time_label;
  GtkLabel *name_label;
  GtkLabel *detail_label;
  GtkLabel *state_label;
  GtkLabel *print_label;
};

/* Widths of the three columns, in px. */
typedef struct
{
  int time;
  int person;
  int state;
} Columns;

G_DEFINE_FINAL_TYPE (LanyardTransactionRow, lanyard_transaction_row, GTK_TYPE_WIDGET)

enum
{
  ACTIVATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* --- what it says --- */

static const char *const LOOKS[] = { "good", "warn", "bad", "quiet" };

static void
set_look (LanyardTransactionRow *self, const char *look)
{
  for (guint i = 0; i < G_N_ELEMENTS (LOOKS); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self->state_label), LOOKS[i]);
  if (look != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->state_label), look);
}

static void
add_part (GString *text, const char *format, const char *part)
{
  g_autofree char *isolated = NULL;
  g_auto (GStrv) around = g_strsplit (format, "%s", 2);

  if (part == NULL || *part == '\0')
    return;
  isolated = g_strconcat (around[0], part, around[1], NULL);
  g_string_append_printf (text, "%s%s", text->len > 0 ? SEPARATOR : "", isolated);
}

/* Who has no name here is called by the number, which then is not said twice. */
static char *
dup_detail (const LanyardDayLine *line, LanyardWords *words)
{
  const LanyardDayRow *row = line->row;
  GString *text = g_string_new (NULL);

  add_part (text, "%s", lanyard_words_get (words, lanyard_day_phrase_for_kind (row->kind)));
  if (line->name != NULL)
    add_part (text, ISOLATED, row->number);
  if (row->staff != NULL)
    {
      g_autofree char *staff = lanyard_words_fill (words, "staff %s", row->staff);

      add_part (text, ISOLATED, staff);
    }
  if (row->device != 0)
    {
      g_autofree char *device = g_strdup_printf ("%u", row->device);
      g_autofree char *desk = lanyard_words_fill (words, "desk %s", device);

      add_part (text, ISOLATED, desk);
    }
  if (line->disputed)
    add_part (text, "%s", lanyard_words_get (words, N_ ("has several badges")));
  return g_string_free (text, FALSE);
}

/* What the hub has of another desk is not known here, and nothing is said of it. */
static char *
dup_print (const LanyardDayLine *line, LanyardWords *words)
{
  const char *print = lanyard_day_phrase_for_print (line->row);
  GString *text = g_string_new (NULL);

  if (print != NULL)
    add_part (text, "%s", lanyard_words_get (words, print));
  if (line->row->device == 0)
    add_part (text, "%s",
              lanyard_words_get (words, line->waits ? N_ ("not sent yet") : N_ ("sent")));
  return g_string_free (text, FALSE);
}

/* --- where it stands --- */

static void
get_width (GtkLabel *label, int *least, int *natural)
{
  int label_least, label_natural;

  gtk_widget_measure (GTK_WIDGET (label), GTK_ORIENTATION_HORIZONTAL, -1, &label_least,
                      &label_natural, NULL, NULL);
  *least = MAX (*least, label_least);
  *natural = MAX (*natural, label_natural);
}

static int
get_height (GtkLabel *label, int width)
{
  int height;

  gtk_widget_measure (GTK_WIDGET (label), GTK_ORIENTATION_VERTICAL, width, &height, NULL, NULL,
                      NULL);
  return height;
}

static void
measure_columns (LanyardTransactionRow *self, Columns *least, Columns *natural)
{
  *least = *natural = (Columns){ 0 };
  get_width (self->time_label, &least->time, &natural->time);
  get_width (self->name_label, &least->person, &natural->person);
  get_width (self->detail_label, &least->person, &natural->person);
  get_width (self->state_label, &least->state, &natural->state);
  get_width (self->print_label, &least->state, &natural->state);
}

static void
share_width (LanyardTransactionRow *self, int width, Columns *columns)
{
  Columns least, natural;
  int most = width * STATE_SHARE;

  measure_columns (self, &least, &natural);
  columns->time = natural.time;
  columns->state = CLAMP (natural.state, least.state, MAX (most, least.state));
  columns->person = MAX (width - columns->time - columns->state - 2 * GAP_PX, least.person);
}

static int
get_row_height (LanyardTransactionRow *self, const Columns *columns)
{
  int time = get_height (self->time_label, columns->time);
  int person = get_height (self->name_label, columns->person)
               + get_height (self->detail_label, columns->person);
  int state = get_height (self->state_label, columns->state)
              + get_height (self->print_label, columns->state);

  return MAX (time, MAX (person, state));
}

static void
lanyard_transaction_row_measure (GtkWidget *widget,
                                 GtkOrientation orientation,
                                 int for_size,
                                 int *minimum,
                                 int *natural,
                                 int *minimum_baseline,
                                 int *natural_baseline)
{
  LanyardTransactionRow *self = LANYARD_TRANSACTION_ROW (widget);
  Columns least, wanted;

  measure_columns (self, &least, &wanted);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = wanted.time + least.person + least.state + 2 * GAP_PX;
      *natural = wanted.time + wanted.person + wanted.state + 2 * GAP_PX;
      return;
    }
  if (for_size >= 0)
    share_width (self, for_size, &wanted);
  *minimum = *natural = get_row_height (self, &wanted);
}

/* Returns: where the next label of the column begins */
static int
place_label (GtkLabel *label, int x, int y, int width, int row_width)
{
  int height = get_height (label, width);
  gboolean turned = gtk_widget_get_direction (GTK_WIDGET (label)) == GTK_TEXT_DIR_RTL;

  gtk_widget_size_allocate (
      GTK_WIDGET (label), &(GtkAllocation){ turned ? row_width - x - width : x, y, width, height },
      -1);
  return y + height;
}

static void
lanyard_transaction_row_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LanyardTransactionRow *self = LANYARD_TRANSACTION_ROW (widget);
  Columns columns;
  int person, state, x, y;

  share_width (self, width, &columns);
  person = get_height (self->name_label, columns.person)
           + get_height (self->detail_label, columns.person);
  state = get_height (self->state_label, columns.state)
          + get_height (self->print_label, columns.state);
  place_label (self->time_label, 0, 0, columns.time, width);
  x = columns.time + GAP_PX;
  y = place_label (self->name_label, x, (height - person) / 2, columns.person, width);
  place_label (self->detail_label, x, y, columns.person, width);
  x += columns.person + GAP_PX;
  y = place_label (self->state_label, x, (height - state) / 2, columns.state, width);
  place_label (self->print_label, x, y, columns.state, width);
}

static GtkSizeRequestMode
lanyard_transaction_row_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* --- callbacks --- */

static void
activate (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, signals[ACTIVATED], 0);
}

static void
on_pressed (GtkGesture *gesture, int n_press, double x, double y, GtkWidget *widget)
{
  gtk_widget_set_state_flags (widget, GTK_STATE_FLAG_ACTIVE, FALSE);
}

static void
on_released (GtkGesture *gesture, int n_press, double x, double y, GtkWidget *widget)
{
  gboolean inside = gtk_widget_contains (widget, x, y);

  gtk_widget_unset_state_flags (widget, GTK_STATE_FLAG_ACTIVE);
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  if (inside)
    g_signal_emit (widget, signals[ACTIVATED], 0);
}

/* It became a scrolling. */
static void
on_cancel (GtkGesture *gesture, GdkEventSequence *sequence, GtkWidget *widget)
{
  gtk_widget_unset_state_flags (widget, GTK_STATE_FLAG_ACTIVE);
}

/* --- the row --- */

static void
lanyard_transaction_row_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (lanyard_transaction_row_parent_class)->dispose (object);
}

static void
lanyard_transaction_row_class_init (LanyardTransactionRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lanyard_transaction_row_dispose;
  widget_class->measure = lanyard_transaction_row_measure;
  widget_class->size_allocate = lanyard_transaction_row_size_allocate;
  widget_class->get_request_mode = lanyard_transaction_row_get_request_mode;
  signals[ACTIVATED] = g_signal_new ("activated", LANYARD_TYPE_TRANSACTION_ROW, G_SIGNAL_RUN_LAST,
                                     0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "transaction.open", NULL, activate);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, 0, "transaction.open", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, 0, "transaction.open", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_space, 0, "transaction.open", NULL);
  gtk_widget_class_set_css_name (widget_class, "transaction");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
}

static GtkLabel *
add_label (LanyardTransactionRow *self, const char *look, float xalign)
{
  const char *looks[] = { look, "verbatim", NULL };
  GtkWidget *label = gtk_label_new (NULL);

  gtk_widget_set_css_classes (label, looks);
  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_widget_set_parent (label, GTK_WIDGET (self));
  return GTK_LABEL (label);
}

static void
lanyard_transaction_row_init (LanyardTransactionRow *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->time_label = add_label (self, "transaction-time", 0);
  gtk_label_set_width_chars (self->time_label, 5);
  self->name_label = add_label (self, "result-name", 0);
  gtk_label_set_wrap (self->name_label, TRUE);
  gtk_label_set_wrap_mode (self->name_label, PANGO_WRAP_WORD_CHAR);
  self->detail_label = add_label (self, "result-detail", 0);
  gtk_label_set_wrap (self->detail_label, TRUE);
  gtk_label_set_wrap_mode (self->detail_label, PANGO_WRAP_WORD_CHAR);
  self->state_label = add_label (self, "transaction-state", 1);
  gtk_label_set_wrap (self->state_label, TRUE);
  gtk_label_set_justify (self->state_label, GTK_JUSTIFY_RIGHT);
  self->print_label = add_label (self, "result-detail", 1);
  gtk_label_set_wrap (self->print_label, TRUE);
  gtk_label_set_justify (self->print_label, GTK_JUSTIFY_RIGHT);
  gtk_label_set_width_chars (self->print_label, 16);
  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), self);
  g_signal_connect (click, "released", G_CALLBACK (on_released), self);
  g_signal_connect (click, "cancel", G_CALLBACK (on_cancel), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
}

GtkWidget *
lanyard_transaction_row_new (void)
{
  return g_object_new (LANYARD_TYPE_TRANSACTION_ROW, NULL);
}

static void
show_nothing (LanyardTransactionRow *self)
{
  gtk_label_set_label (self->time_label, "");
  gtk_label_set_label (self->name_label, "");
  gtk_label_set_label (self->detail_label, "");
  gtk_label_set_label (self->state_label, "");
  gtk_label_set_label (self->print_label, "");
  set_look (self, NULL);
  gtk_accessible_reset_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL);
}

/* All of it in one sentence, for who does not see the columns. */
static void
name_row (LanyardTransactionRow *self, LanyardWords *words)
{
  const char *parts[] = {
    gtk_label_get_text (self->time_label),  gtk_label_get_text (self->name_label),
    gtk_label_get_text (self->state_label), gtk_label_get_text (self->detail_label),
    gtk_label_get_text (self->print_label),
  };
  g_autofree char *name = lanyard_words_join (words, parts, G_N_ELEMENTS (parts));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
lanyard_transaction_row_show (LanyardTransactionRow *self,
                              const LanyardDayLine *line,
                              LanyardWords *words)
{
  g_autofree char *time = NULL, *detail = NULL, *print = NULL;
  const char *name, *state, *look;

  g_return_if_fail (LANYARD_IS_TRANSACTION_ROW (self) && words != NULL);

  if (line == NULL)
    {
      show_nothing (self);
      return;
    }
  name = line->name != NULL          ? line->name
         : line->row->number != NULL ? line->row->number
                                     : lanyard_words_get (words, N_ ("Nobody we know"));
  time = lanyard_day_phrase_dup_time (line->row->began_us);
  detail = dup_detail (line, words);
  print = dup_print (line, words);
  state = lanyard_words_get (words, lanyard_day_phrase_for_state (line->row, &look));
  gtk_label_set_label (self->time_label, time);
  gtk_label_set_label (self->name_label, name);
  gtk_label_set_label (self->detail_label, detail);
  gtk_label_set_label (self->state_label, state);
  gtk_label_set_label (self->print_label, print);
  set_look (self, look);
  name_row (self, words);
}
