/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, the list of the day shows something else than the desk said, or asks for all of a
 * long day at once. */

#define G_LOG_DOMAIN "test-ui"

#include <string.h>

#include "lanyard-day-list.h"
#include "lanyard-style.h"
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
  view = test_find_type (GTK_WIDGET (fixture->window), GTK_TYPE_LIST_VIEW);
  g_assert_nonnull (view);
  g_free (test_recorder_take (fixture->recorder));
  g_signal_emit_by_name (view, "activate", 0);
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
  g_autofree char *asked = NULL, *again = NULL;

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
  test_recorder_set_n_rows (fixture->recorder, 0);
  click_id (fixture, "report_button");
  g_assert_true (shows (fixture, "no space left"));
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
  ADD ("live", test_live);
  ADD ("asks", test_asks);
  ADD ("open-person", test_open_person);
  ADD ("places", test_places);
  ADD ("save", test_save);
  ADD ("figures", test_figures);
  return g_test_run ();
}
