/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "test-ui"

#include "screen-fixtures.h"

#include <string.h>

#include "lanyard-photo-booth.h"
#include "lanyard-screen.h"
#include "lanyard-style.h"
#include "lanyard-words.h"

LanyardPack *
test_pack_load (const char *name)
{
  g_autofree char *path
      = g_build_filename (g_getenv ("LANYARD_SOURCE_ROOT"), "resources", "packs", name, NULL);
  g_autoptr (GError) error = NULL;
  LanyardPack *pack = lanyard_pack_load (path, NULL, 0, &error);

  g_assert_no_error (error);
  return pack;
}

static void
on_painted (GdkFrameClock *clock, gpointer painted)
{
  *(gboolean *)painted = TRUE;
}

/* When the desk of the screens heard of the hub. */
#define NOW_US G_GINT64_CONSTANT (1795000300000000)

void
test_settle (GtkWidget *widget)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);
  gboolean painted = FALSE;
  gulong handler = g_signal_connect (clock, "after-paint", G_CALLBACK (on_painted), &painted);

  gtk_widget_queue_draw (widget);
  while (!painted)
    g_main_context_iteration (NULL, TRUE);
  while (g_main_context_pending (NULL))
    g_main_context_iteration (NULL, FALSE);
  g_signal_handler_disconnect (clock, handler);
}

LanyardWindow *
test_window_new (TestRecorder *recorder, LanyardPack *pack, int width, int height)
{
  LanyardWindow *window = lanyard_window_new (NULL, LANYARD_CONTROLS (recorder));
  g_auto (LanyardDeskStatus) status
      = { .link = { .enrolled = TRUE,
                    .online = TRUE,
                    .pending = 3,
                    .wait = LANYARD_LINK_WAIT_HUB,
                    .oldest_pending_us = NOW_US,
                    .next_try_us = NOW_US + 30 * G_USEC_PER_SEC,
                    .last_success_us = NOW_US,
                    .negative_list_issued_s = NOW_US / G_USEC_PER_SEC },
          .directory_size = 18250,
          .index_ready = TRUE,
          .stock = test_stock_new () };

  g_object_set (gtk_widget_get_settings (GTK_WIDGET (window)), "gtk-enable-animations", FALSE,
                NULL);
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  lanyard_window_set_portrait (window, height > width);
  lanyard_window_set_pack (window, pack, "en");
  lanyard_window_show_status (window, &status);
  /* off: the button for it is there */
  lanyard_window_set_voice (window, lanyard_voice_new (FALSE, 50, 0));
  gtk_window_present (GTK_WINDOW (window));
  test_settle (GTK_WIDGET (window));
  return window;
}

void
test_window_close (LanyardWindow *window)
{
  gtk_window_destroy (GTK_WINDOW (window));
  while (g_main_context_pending (NULL))
    g_main_context_iteration (NULL, FALSE);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

static gboolean
labels_say (GtkWidget *widget, const char *text)
{
  if (GTK_IS_LABEL (widget) && strcmp (gtk_label_get_text (GTK_LABEL (widget)), text) == 0)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (labels_say (child, text))
        return TRUE;
    }
  return FALSE;
}

GtkWidget *
test_find_button (GtkWidget *root, const char *text)
{
  GtkWidget *found = NULL;

  if (GTK_IS_BUTTON (root) && gtk_widget_get_mapped (root) && labels_say (root, text))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = test_find_button (child, text);
  return found;
}

GtkWidget *
test_find_id (GtkWidget *root, const char *id)
{
  GtkWidget *found = NULL;

  if (gtk_widget_get_mapped (root)
      && g_strcmp0 (gtk_buildable_get_buildable_id (GTK_BUILDABLE (root)), id) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = test_find_id (child, id);
  return found;
}

GtkWidget *
test_find_label (GtkWidget *root, const char *text)
{
  GtkWidget *found = NULL;

  if (GTK_IS_LABEL (root) && gtk_widget_get_mapped (root)
      && g_str_has_prefix (gtk_label_get_text (GTK_LABEL (root)), text))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = test_find_label (child, text);
  return found;
}

GtkWidget *
test_find_type (GtkWidget *root, GType type)
{
  GtkWidget *found = NULL;

  if (g_type_is_a (G_OBJECT_TYPE (root), type) && gtk_widget_get_mapped (root))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = test_find_type (child, type);
  return found;
}

/* Returns: (transfer full) (nullable) */
static char *
dup_own_text (GtkWidget *widget)
{
  GtkTextBuffer *buffer;
  char *text = NULL;

  if (GTK_IS_LABEL (widget))
    return g_strdup (gtk_label_get_text (GTK_LABEL (widget)));
  if (GTK_IS_EDITABLE (widget))
    return g_strdup (gtk_editable_get_text (GTK_EDITABLE (widget)));
  if (!GTK_IS_TEXT_VIEW (widget))
    return NULL;
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (widget));
  g_object_get (buffer, "text", &text, NULL);
  return text;
}

static gboolean
find_text (GtkWidget *root, const char *text, gboolean visible)
{
  g_autofree char *own = dup_own_text (root);

  if (own != NULL && strstr (own, text) != NULL && (!visible || gtk_widget_get_mapped (root)))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (find_text (child, text, visible))
        return TRUE;
    }
  return FALSE;
}

gboolean
test_holds_text (GtkWidget *root, const char *text)
{
  return find_text (root, text, FALSE);
}

gboolean
test_shows_text (GtkWidget *root, const char *text)
{
  return find_text (root, text, TRUE);
}

/* What a key opens: the page that is on asks for it. */
static void
go_to (LanyardWindow *window, const char *name)
{
  GtkWidget *screen = test_find_type (GTK_WIDGET (window), LANYARD_TYPE_SCREEN);

  g_assert_nonnull (screen);
  lanyard_screen_go (LANYARD_SCREEN (screen), name);
  test_settle (GTK_WIDGET (window));
}

/* Presses one button after the other, as they are called in English; "=PAGE" has no button. */
static void
press_all (LanyardWindow *window, const char *names, const char *language)
{
  g_autoptr (LanyardWords) words = lanyard_words_new (language);
  g_auto (GStrv) each = g_strsplit (names, "|", -1);

  for (guint i = 0; each[i] != NULL; i++)
    {
      GtkWidget *root = GTK_WIDGET (window), *button;

      if (each[i][0] == '=')
        {
          go_to (window, each[i] + 1);
          continue;
        }
      if (each[i][0] == '#')
        button = test_find_id (root, each[i] + 1);
      else if (strcmp (each[i], "Staff") == 0)
        /* it has a drawing only */
        button = test_find_id (root, "staff_button");
      else
        button = test_find_button (root, lanyard_words_get (words, each[i]));
      g_assert_nonnull (button);
      if (GTK_IS_TOGGLE_BUTTON (button))
        gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
      else
        g_signal_emit_by_name (button, "clicked");
      test_settle (GTK_WIDGET (window));
    }
}

/* What is opened over the staff page is about the person who is on it. */
static void
open_local_page (LanyardWindow *window,
                 const TestScreen *screen,
                 LanyardView *view,
                 const char *language)
{
  g_autoptr (LanyardView) welcome = lanyard_view_new (LANYARD_PAGE_WELCOME);

  welcome->language = g_strdup (language);
  lanyard_window_show_view (window, screen->page == LANYARD_PAGE_STAFF ? view : welcome);
  test_settle (GTK_WIDGET (window));
  press_all (window, screen->press, language);
}

/* Staff have searched for the person: who is shown has the page, and the field is not on it. */
static void
search (LanyardWindow *window, const char *text, const char *language)
{
  g_autoptr (LanyardView) nobody = lanyard_view_new (LANYARD_PAGE_STAFF);
  GtkWidget *entry;

  nobody->staff_signed_in = TRUE;
  nobody->language = g_strdup (language);
  lanyard_window_show_view (window, nobody);
  test_settle (GTK_WIDGET (window));
  entry = test_find_type (GTK_WIDGET (window), GTK_TYPE_ENTRY);
  g_assert_nonnull (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  test_settle (GTK_WIDGET (window));
}

static LanyardPhotoBooth *
find_booth (LanyardWindow *window)
{
  GtkWidget *booth = test_find_type (GTK_WIDGET (window), LANYARD_TYPE_PHOTO_BOOTH);

  g_assert_nonnull (booth);
  return LANYARD_PHOTO_BOOTH (booth);
}

void
test_finish_photo (LanyardWindow *window, GdkTexture *face)
{
  LanyardPhotoBooth *booth = find_booth (window);

  /* the first picture after the count is the photo */
  while (lanyard_photo_booth_get_state (booth) != LANYARD_BOOTH_TAKEN)
    {
      g_main_context_iteration (NULL, TRUE);
      lanyard_window_show_picture (window, face);
    }
}

void
test_take_photo (LanyardWindow *window, GdkTexture *face)
{
  lanyard_window_show_picture (window, face);
  lanyard_photo_booth_take (find_booth (window));
  test_finish_photo (window, face);
}

static void
show_sight (LanyardWindow *window, const TestScreen *screen)
{
  g_autoptr (GdkTexture) code = test_picture_new (screen->page == LANYARD_PAGE_SCAN_BACK);
  g_autoptr (GdkTexture) face = test_face_new ();

  switch (screen->sight)
    {
    case TEST_SIGHT_FACE:
      lanyard_window_show_picture (window, face);
      break;
    case TEST_SIGHT_TAKEN:
      test_take_photo (window, face);
      break;
    case TEST_SIGHT_DARK:
      lanyard_window_show_picture (window, NULL);
      break;
    case TEST_SIGHT_CODE:
    default:
      lanyard_window_show_picture (window, code);
      break;
    }
}

void
test_screen_show (LanyardWindow *window, const TestScreen *screen, const char *language)
{
  g_autoptr (LanyardView) away = lanyard_view_new (LANYARD_PAGE_OUT_OF_ORDER);
  g_autoptr (LanyardView) view = screen->make (language);
  gboolean searched = screen->type != NULL && screen->press == NULL
                      && view->page == LANYARD_PAGE_STAFF && view->entry != NULL;
  GtkWidget *entry;

  away->state = LANYARD_PICKUP_CONFIRM;
  away->question = 1; /* what stands over another one goes */
  away->entry = test_entry_new ();
  away->language = g_strdup (language);
  lanyard_window_show_view (window, away);
  if (searched)
    search (window, screen->type, language);
  if (screen->press != NULL)
    open_local_page (window, screen, view, language);
  else
    lanyard_window_show_view (window, view);
  test_settle (GTK_WIDGET (window));
  entry = test_find_type (GTK_WIDGET (window), GTK_TYPE_ENTRY);
  if (screen->type != NULL && !searched)
    {
      g_assert_nonnull (entry);
      gtk_editable_set_text (GTK_EDITABLE (entry), screen->type);
    }
  if (screen->press != NULL)
    lanyard_window_show_view (window, view);
  show_sight (window, screen);
  test_settle (GTK_WIDGET (window));
  test_settle (GTK_WIDGET (window));
}
