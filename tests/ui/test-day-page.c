/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, the list of the day shows something else than the desk said, or asks for all of a
 * long day at once. */

#define G_LOG_DOMAIN "test-ui"

#include <string.h>

#include "lanyard-day-list.h"
#include "lanyard-style.h"
#include "lanyard-transaction-list.h"
#include "screen-fixtures.h"

#define MANY 100000

typedef struct
{
  TestRecorder *recorder;
  LanyardPack *pack;
  LanyardWindow *window;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->recorder = test_recorder_new ();
  fixture->pack = test_pack_load ("summer-games");
  fixture->window = test_window_new (fixture->recorder, fixture->pack, 1280, 800);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  test_window_close (fixture->window);
  g_object_unref (fixture->recorder);
  lanyard_pack_unref (fixture->pack);
}

static void
show (Fixture *fixture, const char *name)
{
  for (guint i = 0; i < N_TEST_SCREENS; i++)
    if (g_str_equal (TEST_SCREENS[i].name, name))
      {
        g_free (test_recorder_take (fixture->recorder));
        test_screen_show (fixture->window, &TEST_SCREENS[i], "en");
        return;
      }
  g_assert_not_reached ();
}

static void
tell_version (Fixture *fixture, guint64 version)
{
  g_auto (LanyardDeskStatus) status = { .day_version = version, .index_ready = TRUE };

  lanyard_window_show_status (fixture->window, &status);
  for (guint i = 0; i < 3; i++)
    test_settle (GTK_WIDGET (fixture->window));
}

static guint
count_lines (const char *text)
{
  guint n = 0;

  for (; *text != '\0'; text++)
    n += *text == '\n';
  return n;
}

static gboolean
shows (Fixture *fixture, const char *text)
{
  return test_shows_text (GTK_WIDGET (fixture->window), text);
}

static LanyardTransactionList *
find_list (Fixture *fixture)
{
  GtkWidget *list = test_find_type (GTK_WIDGET (fixture->window), LANYARD_TYPE_TRANSACTION_LIST);

  g_assert_nonnull (list);
  return LANYARD_TRANSACTION_LIST (list);
}

/* A long day is opened by some blocks of its 1,563: those around what is seen. */
static void
test_long (Fixture *fixture, gconstpointer data)
{
  g_autofree char *asked = NULL;

  test_recorder_set_n_rows (fixture->recorder, MANY);
  show (fixture, "day");
  asked = test_recorder_take (fixture->recorder);
  g_assert_cmpuint (count_lines (asked), >, 0);
  g_assert_cmpuint (count_lines (asked), <=, 20);
  g_assert_true (shows (fixture, "33100000K"));
  g_assert_true (shows (fixture, "100000"));
  /* and with the rows that can be seen, which is what makes it fast */
  g_assert_cmpuint (lanyard_transaction_list_count_widgets (find_list (fixture)), <=, 20);
}

static GtkAdjustment *
get_adjustment (Fixture *fixture)
{
  return gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (find_list (fixture)));
}

static void
settle_window (Fixture *fixture)
{
  for (guint i = 0; i < 3; i++)
    test_settle (GTK_WIDGET (fixture->window));
}

static void
scroll (Fixture *fixture, double value)
{
  gtk_adjustment_set_value (get_adjustment (fixture), value);
  settle_window (fixture);
}

/* Both ends of a long day are reached, whole, and each row between them; nothing of what was seen
 * stays behind. */
static void
test_scroll (Fixture *fixture, gconstpointer data)
{
  double row_px;

  test_recorder_set_n_rows (fixture->recorder, MANY);
  show (fixture, "day");
  row_px = gtk_adjustment_get_upper (get_adjustment (fixture)) / MANY;
  scroll (fixture, 1e9);
  g_assert_true (shows (fixture, "33000001K"));
  g_assert_false (test_holds_text (GTK_WIDGET (fixture->window), "33100000K"));
  for (guint number = 2; number < 24; number++)
    {
      g_autofree char *text = g_strdup_printf ("33%06uK", number);

      scroll (fixture, gtk_adjustment_get_value (get_adjustment (fixture)) - row_px);
      g_assert_true (shows (fixture, text));
    }
  g_assert_false (shows (fixture, "33000001K"));
  scroll (fixture, 0);
  g_assert_true (shows (fixture, "33100000K"));
  g_assert_cmpuint (lanyard_transaction_list_count_widgets (find_list (fixture)), <=, 24);
}

/* Who reads further down is not moved by what comes on top; who looks at the beginning sees it. */
static void
test_follow (Fixture *fixture, gconstpointer data)
{
  test_recorder_set_n_rows (fixture->recorder, 1000);
  show (fixture, "day");
  test_recorder_set_n_rows (fixture->recorder, 1001);
  tell_version (fixture, 2);
  g_assert_true (shows (fixture, "33001001K"));
  scroll (fixture, 20 * gtk_adjustment_get_upper (get_adjustment (fixture)) / 1001);
  g_assert_true (shows (fixture, "33000980K"));
  test_recorder_set_n_rows (fixture->recorder, 1301);
  tell_version (fixture, 3);
  g_assert_true (shows (fixture, "33000980K"));
  g_assert_false (shows (fixture, "33001301K"));
}

static gboolean
move (Fixture *fixture, GtkDirectionType direction)
{
  gboolean moved = gtk_widget_child_focus (GTK_WIDGET (find_list (fixture)), direction);

  settle_window (fixture);
  return moved;
}

static gboolean
focus_says (Fixture *fixture, const char *text)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));

  return focus != NULL && test_shows_text (focus, text);
}

/* The keyboard goes from row to row, past what can be seen at first, and stays on its row when that
 * is scrolled away. */
static void
test_keyboard (Fixture *fixture, gconstpointer data)
{
  test_recorder_set_n_rows (fixture->recorder, 1000);
  show (fixture, "day");
  g_assert_true (move (fixture, GTK_DIR_TAB_FORWARD));
  g_assert_true (focus_says (fixture, "33001000K"));
  g_assert_false (move (fixture, GTK_DIR_UP));
  for (guint i = 0; i < 30; i++)
    g_assert_true (move (fixture, GTK_DIR_DOWN));
  g_assert_true (focus_says (fixture, "33000970K"));
  scroll (fixture, 0);
  g_assert_true (focus_says (fixture, "33000970K"));
  g_assert_true (move (fixture, GTK_DIR_UP));
  g_assert_true (focus_says (fixture, "33000971K"));
  lanyard_transaction_list_focus (find_list (fixture), 999);
  settle_window (fixture);
  g_assert_true (focus_says (fixture, "33000001K"));
  g_assert_false (move (fixture, GTK_DIR_DOWN));
  g_assert_false (move (fixture, GTK_DIR_TAB_FORWARD));
}

/* An assistive tool hears a row as one sentence of a list. */
static void
test_names (Fixture *fixture, gconstpointer data)
{
  GtkAccessible *list, *row;

  test_recorder_set_n_rows (fixture->recorder, 13);
  show (fixture, "day");
  list = GTK_ACCESSIBLE (find_list (fixture));
  row = GTK_ACCESSIBLE (gtk_widget_get_first_child (GTK_WIDGET (list)));
  gtk_test_accessible_assert_role (list, GTK_ACCESSIBLE_ROLE_LIST);
  gtk_test_accessible_assert_role (row, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
  g_assert_true (gtk_test_accessible_has_property (list, GTK_ACCESSIBLE_PROPERTY_LABEL));
  g_assert_true (gtk_test_accessible_has_property (row, GTK_ACCESSIBLE_PROPERTY_LABEL));
}

/* New rows come by themselves; nobody has to ask. */
static void
test_live (Fixture *fixture, gconstpointer data)
{
  test_recorder_set_n_rows (fixture->recorder, 5);
  show (fixture, "day");
  g_assert_true (shows (fixture, "33000005K"));
  g_assert_false (shows (fixture, "33000006K"));
  test_recorder_set_n_rows (fixture->recorder, 7);
  tell_version (fixture, 2);
  g_assert_true (shows (fixture, "33000005K"));
  g_assert_true (shows (fixture, "33000007K"));
  /* and go, should the day be another one */
  test_recorder_set_n_rows (fixture->recorder, 0);
  tell_version (fixture, 3);
  g_assert_false (shows (fixture, "33000005K"));
  g_assert_true (shows (fixture, "Nobody has been here today yet."));
}

static void
press_id (Fixture *fixture, const char *id)
{
  GtkWidget *button = test_find_id (GTK_WIDGET (fixture->window), id);

  g_assert_nonnull (button);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
  test_settle (GTK_WIDGET (fixture->window));
  test_settle (GTK_WIDGET (fixture->window));
}

static void
test_asks (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *id;
    const char *asked;
  } CASES[] = {
    { "waiting_button", "day 1 newest - from 0\n" },
    { "unprinted_button", "day 2 newest - from 0\n" },
    { "conflicts_button", "day 3 newest - from 0\n" },
    { "void_button", "day 4 newest - from 0\n" },
    { "oldest_button", "day 4 oldest - from 0\n" },
  };

  test_recorder_set_n_rows (fixture->recorder, 13);
  show (fixture, "day");
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autofree char *asked = NULL;

      g_free (test_recorder_take (fixture->recorder));
      press_id (fixture, CASES[i].id);
      asked = test_recorder_take (fixture->recorder);
      g_assert_true (g_str_has_prefix (asked, CASES[i].asked));
    }
  show (fixture, "day-nobody");
  g_assert_true (shows (fixture, "Nobody found"));
}

static void
test_open_person (Fixture *fixture, gconstpointer data)
{
  GtkWidget *view;
  g_autofree char *asked = NULL;

  test_recorder_set_n_rows (fixture->recorder, 13);
  show (fixture, "day");
  view = GTK_WIDGET (find_list (fixture));
  g_free (test_recorder_take (fixture->recorder));
  gtk_widget_activate_action (gtk_widget_get_first_child (view), "transaction.open", NULL);
  asked = test_recorder_take (fixture->recorder);
  g_assert_true (g_str_has_prefix (asked, "open 33000013K\n"));
  test_settle (GTK_WIDGET (fixture->window));
  g_assert_false (test_holds_text (GTK_WIDGET (fixture->window), "33000013K"));
}

static void
click_id (Fixture *fixture, const char *id)
{
  GtkWidget *button = test_find_id (GTK_WIDGET (fixture->window), id);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  test_settle (GTK_WIDGET (fixture->window));
  test_settle (GTK_WIDGET (fixture->window));
}

/* The file is without names unless somebody asks for them, and the page says what became of it. */
static void
test_save (Fixture *fixture, gconstpointer data)
{
  g_autofree char *asked = NULL, *again = NULL, *lists = NULL;

  test_recorder_set_n_rows (fixture->recorder, 13);
  show (fixture, "day-save");
  g_free (test_recorder_take (fixture->recorder));
  click_id (fixture, "report_button");
  asked = test_recorder_take (fixture->recorder);
  g_assert_nonnull (strstr (asked, "export pdf without names in en\n"));
  g_assert_true (shows (fixture, "day-V1-7-2031-07-16-180000.pdf"));
  press_id (fixture, "names_button");
  click_id (fixture, "report_button");
  again = test_recorder_take (fixture->recorder);
  g_assert_nonnull (strstr (again, "export pdf with names in en\n"));
  click_id (fixture, "list_button");
  click_id (fixture, "teams_button");
  lists = test_recorder_take (fixture->recorder);
  g_assert_cmpstr (strstr (lists, "export"), ==,
                   "export people with names in en\n"
                   "export people by organisation with names in en\n");
  test_recorder_set_n_rows (fixture->recorder, 0);
  click_id (fixture, "report_button");
  g_assert_true (shows (fixture, "no space left"));
}

/* Other desks are asked for when somebody wants them, and are told from this one. */
static void
test_venue (Fixture *fixture, gconstpointer data)
{
  g_autofree char *asked = NULL;

  test_recorder_set_n_rows (fixture->recorder, 13);
  show (fixture, "day");
  asked = test_recorder_take (fixture->recorder);
  g_assert_null (strstr (asked, "of all desks"));
  g_assert_false (test_holds_text (GTK_WIDGET (fixture->window), "desk 472"));
  press_id (fixture, "venue_button");
  g_free (asked);
  asked = test_recorder_take (fixture->recorder);
  g_assert_nonnull (strstr (asked, "of all desks"));
  g_assert_true (shows (fixture, "desk 472"));
  g_assert_true (shows (fixture, "1 other desk"));
  g_assert_true (shows (fixture, "last heard of at "));
}

/* Each number of the charts stands on the screen in words. */
static void
test_figures (Fixture *fixture, gconstpointer data)
{
  test_recorder_set_n_rows (fixture->recorder, 13);
  show (fixture, "day-figures");
  g_assert_true (shows (fixture, "By hour"));
  g_assert_true (shows (fixture, "By category"));
  g_assert_true (shows (fixture, "80"));
  g_assert_true (shows (fixture, "41 in the last hour (planned: "));
  g_assert_true (shows (fixture, "3 waiting (about 6 minutes)"));
  g_assert_false (shows (fixture, "33000013K"));
  press_id (fixture, "void_button");
  g_assert_false (shows (fixture, "By hour"));
}

static LanyardDayItem *
get (GListModel *model, guint place)
{
  return g_list_model_get_item (model, place);
}

static const char *
number_of (LanyardDayItem *item)
{
  const LanyardDayLine *line = lanyard_day_item_get_line (item);

  return line != NULL ? line->row->number : NULL;
}

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* What somebody holds stays what it is while rows come above it; what nobody holds is forgotten. */
static void
test_places (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardDayList) list = lanyard_day_list_new ();
  GListModel *model = G_LIST_MODEL (list);
  g_autoptr (LanyardDayItem) item = NULL, far = NULL, moved = NULL;
  LanyardDayAsk ask = { .filter = LANYARD_DAY_ALL };

  test_recorder_set_n_rows (fixture->recorder, 1000);
  lanyard_day_list_open (list, LANYARD_CONTROLS (fixture->recorder), &ask);
  settle ();
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 1000);
  item = get (model, 10);
  g_assert_cmpstr (number_of (item), ==, "33000990K");
  far = get (model, 700);
  g_assert_null (number_of (far));
  settle ();
  g_assert_cmpstr (number_of (far), ==, "33000300K");
  test_recorder_set_n_rows (fixture->recorder, 1100);
  lanyard_day_list_refresh (list);
  settle ();
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 1100);
  g_assert_cmpstr (number_of (item), ==, "33000990K");
  g_assert_cmpstr (number_of (far), ==, "33000300K");
  moved = get (model, 110);
  g_assert_true (moved == item);
  lanyard_day_list_close (list);
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 0);
  settle ();
}

int
main (int argc, char **argv)
{
  g_autoptr (LanyardPack) pack = NULL;

  gtk_test_init (&argc, &argv, NULL);
  pack = test_pack_load ("summer-games");
  lanyard_style_install (gdk_display_get_default (), "light", pack);
#define ADD(path, func) g_test_add ("/ui/day/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("long", test_long);
  ADD ("scroll", test_scroll);
  ADD ("follow", test_follow);
  ADD ("keyboard", test_keyboard);
  ADD ("names", test_names);
  ADD ("live", test_live);
  ADD ("asks", test_asks);
  ADD ("open-person", test_open_person);
  ADD ("places", test_places);
  ADD ("save", test_save);
  ADD ("figures", test_figures);
  ADD ("venue", test_venue);
  return g_test_run ();
}
