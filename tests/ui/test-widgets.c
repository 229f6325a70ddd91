/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Every widget and page by itself: made, driven through what it can show, and gone afterwards. */

#define G_LOG_DOMAIN "test-ui"

#include <string.h>

#include "lanyard-agreements-page.h"
#include "lanyard-attention-page.h"
#include "lanyard-badge-preview.h"
#include "lanyard-band.h"
#include "lanyard-camera-view.h"
#include "lanyard-confirm-page.h"
#include "lanyard-consent-page.h"
#include "lanyard-countdown.h"
#include "lanyard-disc.h"
#include "lanyard-delegation-page.h"
#include "lanyard-document-page.h"
#include "lanyard-done-page.h"
#include "lanyard-holder-card.h"
#include "lanyard-illustration.h"
#include "lanyard-keypad.h"
#include "lanyard-notice-card.h"
#include "lanyard-number-page.h"
#include "lanyard-out-of-order-page.h"
#include "lanyard-preparing-page.h"
#include "lanyard-person-panel.h"
#include "lanyard-photo-page.h"
#include "lanyard-portrait-page.h"
#include "lanyard-photo.h"
#include "lanyard-print-scene.h"
#include "lanyard-printing-page.h"
#include "lanyard-question.h"
#include "lanyard-reason-chips.h"
#include "lanyard-refused-page.h"
#include "lanyard-result-row.h"
#include "lanyard-scan-back-page.h"
#include "lanyard-reissue-page.h"
#include "lanyard-resolve-page.h"
#include "lanyard-sign-in-page.h"
#include "lanyard-staff-page.h"
#include "lanyard-status-pill.h"
#include "lanyard-style.h"
#include "lanyard-welcome-page.h"
#include "screen-fixtures.h"

static gpointer
make (GType type)
{
  return g_object_ref_sink (g_object_new (type, NULL));
}

static void
on_key (LanyardKeypad *keypad, guint character, GString *typed)
{
  g_string_append_unichar (typed, character == '\b' ? '<' : character);
}

static void
press_all (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget))
    g_signal_emit_by_name (widget, "clicked");
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    press_all (child);
}

static void
test_keypad (void)
{
  LanyardKeypad *keypad = make (LANYARD_TYPE_KEYPAD);
  g_autoptr (LanyardWords) words = lanyard_words_new ("fr");
  g_autoptr (GString) typed = g_string_new (NULL);

  g_signal_connect (keypad, "key", G_CALLBACK (on_key), typed);
  lanyard_keypad_set_words (keypad, words);
  press_all (GTK_WIDGET (keypad));
  g_assert_cmpstr (typed->str, ==, "1234567890<");
  g_string_truncate (typed, 0);
  lanyard_keypad_set_kind (keypad, "number");
  lanyard_keypad_set_portrait (keypad, TRUE);
  press_all (GTK_WIDGET (keypad));
  g_assert_cmpstr (typed->str, ==, "1234567890ABCDEFGHIJKLMNOPQRSTUVWXYZ");
  g_string_truncate (typed, 0);
  lanyard_keypad_set_kind (keypad, "text");
  press_all (GTK_WIDGET (keypad));
  g_assert_cmpstr (typed->str, ==, "1234567890ABCDEFGHIJKLMNOPQRSTUVWXYZ <");
  g_assert_finalize_object (keypad);
}

static void
test_keypad_apply (void)
{
  g_autofree char *one = lanyard_keypad_apply ("", 'A', 3);
  g_autofree char *full = lanyard_keypad_apply ("ÄÖÜ", 'A', 3);
  g_autofree char *less = lanyard_keypad_apply ("ÄÖÜ", '\b', 3);
  g_autofree char *none = lanyard_keypad_apply ("", '\b', 3);

  g_assert_cmpstr (one, ==, "A");
  g_assert_cmpstr (full, ==, "ÄÖÜ");
  g_assert_cmpstr (less, ==, "ÄÖ");
  g_assert_cmpstr (none, ==, "");
}

static void
test_countdown (void)
{
  LanyardCountdown *countdown = make (LANYARD_TYPE_COUNTDOWN);

  lanyard_countdown_start (countdown, g_get_monotonic_time () + 9500 * 1000);
  g_assert_true (test_holds_text (GTK_WIDGET (countdown), "10"));
  lanyard_countdown_start (countdown, g_get_monotonic_time () - 1);
  g_assert_true (test_holds_text (GTK_WIDGET (countdown), "0"));
  lanyard_countdown_start (countdown, 0);
  g_assert_false (test_holds_text (GTK_WIDGET (countdown), "0"));
  lanyard_countdown_start (countdown, g_get_monotonic_time () + G_USEC_PER_SEC * 60);
  g_assert_finalize_object (countdown);
}

typedef struct
{
  gboolean enrolled;
  gboolean online;
  guint64 pending;
  const char *state;
  const char *number;
} Pill;

static const Pill PILLS[] = {
  { FALSE, FALSE, 0, "On its own", NULL },
  { TRUE, TRUE, 0, "Online", NULL },
  { TRUE, TRUE, 1, "Online", "1 to send" },
  { TRUE, FALSE, 12345678, "Offline, all is kept here", "12,345,678 to send" },
};

static void
test_status_pill (void)
{
  LanyardStatusPill *pill = make (LANYARD_TYPE_STATUS_PILL);
  g_autoptr (LanyardWords) words = lanyard_words_new ("en");

  for (gsize i = 0; i < G_N_ELEMENTS (PILLS); i++)
    {
      LanyardDeskStatus status = { .link = { .enrolled = PILLS[i].enrolled,
                                             .online = PILLS[i].online,
                                             .pending = PILLS[i].pending } };

      lanyard_status_pill_show (pill, &status, words);
      g_assert_true (test_holds_text (GTK_WIDGET (pill), PILLS[i].state));
      if (PILLS[i].number != NULL)
        g_assert_true (test_holds_text (GTK_WIDGET (pill), PILLS[i].number));
      else
        g_assert_false (test_holds_text (GTK_WIDGET (pill), "to send"));
    }
  g_assert_finalize_object (pill);
}

static void
test_notice_card (void)
{
  LanyardNoticeCard *notice = make (LANYARD_TYPE_NOTICE_CARD);

  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (notice)));
  lanyard_notice_card_show (notice, "Something", 60);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (notice)));
  g_assert_cmpstr (lanyard_notice_card_get_text (notice), ==, "Something");
  lanyard_notice_card_show (notice, NULL, 0);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (notice)));
  lanyard_notice_card_show (notice, "Something else", 60);
  g_assert_finalize_object (notice);
}

static void
count_chosen (LanyardReasonChips *chips, guint *n)
{
  *n += 1;
}

/* A page says the same again each time its desk does: nothing that was touched or is in focus may
 * be lost by it. */
static void
test_reason_chips (void)
{
  static const LanyardReasonChip TWO[] = { { 10, "Lost" }, { 20, "Stolen" } };
  static const LanyardReasonChip IN_FRENCH[] = { { 20, "Volé" }, { 30, "Abîmé" } };
  LanyardReasonChips *chips = make (LANYARD_TYPE_REASON_CHIPS);
  GtkWidget *first, *second;
  guint n = 0;

  g_signal_connect (chips, "chosen", G_CALLBACK (count_chosen), &n);
  lanyard_reason_chips_show (chips, TWO, 2, 1);
  g_assert_cmpuint (lanyard_reason_chips_get_chosen (chips), ==, 0);
  first = gtk_grid_get_child_at (GTK_GRID (chips), 0, 0);
  second = gtk_grid_get_child_at (GTK_GRID (chips), 0, 1);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (first), TRUE);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (second), TRUE);
  g_assert_cmpuint (lanyard_reason_chips_get_chosen (chips), ==, 20);
  g_assert_cmpuint (n, >=, 2);
  n = 0;
  lanyard_reason_chips_show (chips, TWO, 2, 1);
  g_assert_true (gtk_grid_get_child_at (GTK_GRID (chips), 0, 1) == second);
  g_assert_cmpuint (lanyard_reason_chips_get_chosen (chips), ==, 20);
  /* other words: made anew, and the choice stays with its reason */
  lanyard_reason_chips_show (chips, IN_FRENCH, 2, 2);
  g_assert_cmpuint (lanyard_reason_chips_get_chosen (chips), ==, 20);
  first = gtk_grid_get_child_at (GTK_GRID (chips), 0, 0);
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (first)));
  g_assert_cmpuint (n, ==, 0);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (first), FALSE);
  g_assert_cmpuint (lanyard_reason_chips_get_chosen (chips), ==, 0);
  g_assert_cmpuint (n, ==, 1);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (first), TRUE);
  lanyard_reason_chips_clear (chips);
  g_assert_cmpuint (lanyard_reason_chips_get_chosen (chips), ==, 0);
  g_assert_null (gtk_widget_get_first_child (GTK_WIDGET (chips)));
  g_assert_finalize_object (chips);
}

static void
test_photo (void)
{
  LanyardPhoto *photo = make (LANYARD_TYPE_PHOTO);
  g_autoptr (GBytes) good = test_photo_new ();
  g_autoptr (GBytes) bad = g_bytes_new_static ("\x89PNG\r\n\x1a\nnot really", 18);
  g_autoptr (GBytes) half = g_bytes_new_from_bytes (good, 0, g_bytes_get_size (good) / 2);

  lanyard_photo_set_bytes (photo, good);
  g_assert_true (lanyard_photo_get_shown (photo));
  lanyard_photo_set_bytes (photo, bad);
  g_assert_false (lanyard_photo_get_shown (photo));
  /* the half of a face may be shown; it must not crash or leak */
  lanyard_photo_set_bytes (photo, half);
  lanyard_photo_set_bytes (photo, NULL);
  g_assert_false (lanyard_photo_get_shown (photo));
  g_assert_finalize_object (photo);
}

static gboolean
on_beat (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* Returns: (transfer full): what it draws, as numbers */
static GBytes *
look_at (GtkWidget *widget)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;

  GTK_WIDGET_GET_CLASS (widget)->snapshot (widget, snapshot);
  node = gtk_snapshot_free_to_node (snapshot);
  return node != NULL ? gsk_render_node_serialize (node) : g_bytes_new (NULL, 0);
}

/* The page that waits for people moves a little and comes to rest again, and for whoever does not
 * want that it stands still. */
static void
test_beckons (void)
{
  GtkWidget *window = gtk_window_new ();
  LanyardCameraView *camera = make (LANYARD_TYPE_CAMERA_VIEW);
  GtkSettings *settings = gtk_widget_get_settings (window);
  g_autoptr (GBytes) still = NULL;
  guint beats = g_timeout_add (20, on_beat, NULL);
  gboolean moved = FALSE, rested = FALSE;

  g_object_set (settings, "gtk-enable-animations", TRUE, NULL);
  gtk_window_set_default_size (GTK_WINDOW (window), 640, 480);
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (camera));
  gtk_window_present (GTK_WINDOW (window));
  test_settle (window);
  g_assert_false (lanyard_camera_view_is_moving (camera));
  lanyard_camera_view_set_beckons (camera, TRUE);
  g_assert_true (lanyard_camera_view_is_moving (camera));
  still = look_at (GTK_WIDGET (camera));
  while (!rested)
    {
      g_autoptr (GBytes) now = NULL;

      g_main_context_iteration (NULL, TRUE);
      now = look_at (GTK_WIDGET (camera));
      moved |= !g_bytes_equal (now, still);
      rested = moved && g_bytes_equal (now, still);
    }
  g_object_set (settings, "gtk-enable-animations", FALSE, NULL);
  g_assert_false (lanyard_camera_view_is_moving (camera));
  g_object_set (settings, "gtk-enable-animations", TRUE, NULL);
  g_assert_true (lanyard_camera_view_is_moving (camera));
  gtk_widget_set_visible (GTK_WIDGET (camera), FALSE);
  g_assert_false (lanyard_camera_view_is_moving (camera));
  g_source_remove (beats);
  g_object_unref (camera);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_drawings (void)
{
  LanyardIllustration *drawing = make (LANYARD_TYPE_ILLUSTRATION);
  LanyardCameraView *camera = make (LANYARD_TYPE_CAMERA_VIEW);
  LanyardPrintScene *scene = make (LANYARD_TYPE_PRINT_SCENE);
  g_autoptr (GBytes) nonsense = g_bytes_new_static ("<svg", 4);
  g_autoptr (GdkTexture) picture = test_picture_new (FALSE);
  GtkWidget *disc = g_object_ref_sink (lanyard_disc_new (7));

  lanyard_illustration_set_name (drawing, "done");
  lanyard_illustration_set_svg (drawing, nonsense);
  lanyard_illustration_set_svg (drawing, NULL);
  g_object_set (camera, "guide", "badge", NULL);
  lanyard_camera_view_set_picture (camera, picture);
  lanyard_camera_view_set_picture (camera, NULL);
  lanyard_print_scene_set (scene, 0.5, TRUE);
  g_assert_true (test_holds_text (disc, "7"));
  g_assert_finalize_object (drawing);
  g_assert_finalize_object (camera);
  g_assert_finalize_object (scene);
  g_assert_finalize_object (disc);
}

static void
test_holder (void)
{
  LanyardHolderCard *holder = make (LANYARD_TYPE_HOLDER_CARD);
  LanyardBand *band = make (LANYARD_TYPE_BAND);
  g_autoptr (LanyardEntry) entry = test_entry_new ();
  g_autoptr (LanyardPack) pack = test_pack_load ("summer-games");

  lanyard_holder_card_show (holder, entry, NULL, pack, "fr");
  g_assert_true (test_holds_text (GTK_WIDGET (holder), CANARY));
  g_assert_true (test_holds_text (GTK_WIDGET (holder), "Officiel d’équipe"));
  lanyard_holder_card_clear (holder);
  g_assert_false (test_holds_text (GTK_WIDGET (holder), CANARY));
  g_free (entry->category);
  entry->category = g_strdup ("NO SUCH");
  g_clear_pointer (&entry->organisation, g_free);
  g_clear_pointer (&entry->local_name, g_free);
  lanyard_holder_card_show (holder, entry, NULL, pack, "fr");
  g_assert_true (test_holds_text (GTK_WIDGET (holder), "NO SUCH"));
  lanyard_band_set (band, "A", "words", "no colour", "#fff");
  g_assert_finalize_object (holder);
  g_assert_finalize_object (band);
}

static void
test_staff_widgets (void)
{
  LanyardPersonPanel *panel = make (LANYARD_TYPE_PERSON_PANEL);
  LanyardQuestion *question = make (LANYARD_TYPE_QUESTION);
  g_autoptr (LanyardView) view = lanyard_view_new (LANYARD_PAGE_STAFF);
  g_autoptr (LanyardWords) words = lanyard_words_new ("en");
  LanyardHit hit = { .number = (char *)"1", .print_name = (char *)"N", .category = (char *)"C" };
  GtkWidget *row = g_object_ref_sink (lanyard_result_row_new (&hit, NULL));

  view->entry = test_entry_new ();
  view->verdict.outcome = LANYARD_OUTCOME_REFUSED;
  view->verdict.n_reasons = 1;
  view->verdict.reasons[0] = LANYARD_REASON_SUSPENDED;
  lanyard_person_panel_show (panel, view, NULL, words);
  g_assert_true (test_holds_text (GTK_WIDGET (panel), "Accreditation suspended"));
  lanyard_person_panel_clear (panel);
  g_assert_false (test_holds_text (GTK_WIDGET (panel), CANARY));
  g_assert_false (test_holds_text (GTK_WIDGET (panel), "suspended"));
  g_assert_false (lanyard_question_show (question, NULL, NULL, words));
  g_assert_cmpstr (lanyard_result_row_get_number (LANYARD_RESULT_ROW (row)), ==, "1");
  g_assert_finalize_object (panel);
  g_assert_finalize_object (question);
  g_assert_finalize_object (row);
}

/* Both sides of a badge come by themselves, go with the person, and do not come for one who has
 * gone; a badge that cannot be drawn says so. */
static void
test_badge_preview (void)
{
  LanyardBadgePreview *preview = make (LANYARD_TYPE_BADGE_PREVIEW);
  g_autoptr (LanyardPack) pack = test_pack_load ("summer-games");
  g_autoptr (LanyardEntry) entry = test_entry_new ();
  g_autoptr (LanyardEntry) too_long = test_entry_new ();
  g_autoptr (GBytes) photo = test_photo_new ();

  lanyard_badge_preview_show (preview, entry, photo, pack);
  g_assert_cmpuint (lanyard_badge_preview_get_n_sides (preview), ==, 0);
  while (lanyard_badge_preview_get_n_sides (preview) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (lanyard_badge_preview_get_n_sides (preview), ==, 2);
  g_assert_false (lanyard_badge_preview_has_problem (preview));
  /* The same person is not drawn again. */
  lanyard_badge_preview_show (preview, entry, photo, pack);
  g_assert_cmpuint (lanyard_badge_preview_get_n_sides (preview), ==, 2);
  lanyard_badge_preview_clear (preview);
  g_assert_cmpuint (lanyard_badge_preview_get_n_sides (preview), ==, 0);

  lanyard_badge_preview_show (preview, entry, NULL, pack);
  lanyard_badge_preview_clear (preview);
  g_free (too_long->print_name);
  too_long->print_name = g_strnfill (300, 'W');
  lanyard_badge_preview_show (preview, too_long, NULL, pack);
  while (!lanyard_badge_preview_has_problem (preview))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (lanyard_badge_preview_get_n_sides (preview), ==, 0);
  g_assert_true (test_holds_text (GTK_WIDGET (preview), "print-name"));
  g_assert_false (test_holds_text (GTK_WIDGET (preview), "WWW"));
  lanyard_badge_preview_clear (preview);
  g_assert_false (lanyard_badge_preview_has_problem (preview));
  g_assert_finalize_object (preview);
}

typedef struct
{
  LanyardPage page;
  GType (*get_type) (void);
} Page;

static const Page PAGES[] = {
  { LANYARD_PAGE_WELCOME, lanyard_welcome_page_get_type },
  { LANYARD_PAGE_WELCOME, lanyard_number_page_get_type },
  { LANYARD_PAGE_WELCOME, lanyard_sign_in_page_get_type },
  { LANYARD_PAGE_STAFF, lanyard_reissue_page_get_type },
  { LANYARD_PAGE_STAFF, lanyard_resolve_page_get_type },
  { LANYARD_PAGE_DOCUMENT, lanyard_document_page_get_type },
  { LANYARD_PAGE_DELEGATION, lanyard_delegation_page_get_type },
  { LANYARD_PAGE_CONSENT, lanyard_consent_page_get_type },
  { LANYARD_PAGE_STAFF, lanyard_agreements_page_get_type },
  { LANYARD_PAGE_STAFF, lanyard_photo_page_get_type },
  { LANYARD_PAGE_PORTRAIT, lanyard_portrait_page_get_type },
  { LANYARD_PAGE_CONFIRM, lanyard_confirm_page_get_type },
  { LANYARD_PAGE_PRINTING, lanyard_printing_page_get_type },
  { LANYARD_PAGE_SCAN_BACK, lanyard_scan_back_page_get_type },
  { LANYARD_PAGE_DONE, lanyard_done_page_get_type },
  { LANYARD_PAGE_REFUSED, lanyard_refused_page_get_type },
  { LANYARD_PAGE_ATTENTION, lanyard_attention_page_get_type },
  { LANYARD_PAGE_STAFF, lanyard_staff_page_get_type },
  { LANYARD_PAGE_OUT_OF_ORDER, lanyard_out_of_order_page_get_type },
  { LANYARD_PAGE_PREPARING, lanyard_preparing_page_get_type },
};

/* A page without a pack, with an empty view, in a language that changes under it. */
static void
test_pages_alone (void)
{
  g_autoptr (TestRecorder) recorder = test_recorder_new ();
  g_autoptr (LanyardWords) words = lanyard_words_new ("ar");

  for (gsize i = 0; i < G_N_ELEMENTS (PAGES); i++)
    {
      LanyardScreen *page = make (PAGES[i].get_type ());
      g_autoptr (LanyardView) empty = lanyard_view_new (PAGES[i].page);

      g_test_message ("%s", G_OBJECT_TYPE_NAME (page));
      lanyard_screen_set_up (page, LANYARD_CONTROLS (recorder), NULL, NULL);
      lanyard_screen_show_view (page, empty);
      lanyard_screen_set_words (page, words);
      lanyard_screen_set_portrait (page, TRUE);
      lanyard_screen_set_portrait (page, FALSE);
      for (guint k = 0; k < N_TEST_SCREENS; k++)
        {
          g_autoptr (LanyardView) view = NULL;

          if (TEST_SCREENS[k].page != PAGES[i].page)
            continue;
          view = TEST_SCREENS[k].make ("en");
          lanyard_screen_show_view (page, view);
        }
      lanyard_screen_leave (page);
      g_assert_false (test_holds_text (GTK_WIDGET (page), CANARY));
      g_assert_finalize_object (page);
    }
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  lanyard_style_install (gdk_display_get_default (), NULL, NULL);
  g_test_add_func ("/ui/widgets/keypad", test_keypad);
  g_test_add_func ("/ui/widgets/keypad-apply", test_keypad_apply);
  g_test_add_func ("/ui/widgets/countdown", test_countdown);
  g_test_add_func ("/ui/widgets/status-pill", test_status_pill);
  g_test_add_func ("/ui/widgets/notice-card", test_notice_card);
  g_test_add_func ("/ui/widgets/reason-chips", test_reason_chips);
  g_test_add_func ("/ui/widgets/photo", test_photo);
  g_test_add_func ("/ui/widgets/drawings", test_drawings);
  g_test_add_func ("/ui/widgets/beckons", test_beckons);
  g_test_add_func ("/ui/widgets/holder", test_holder);
  g_test_add_func ("/ui/widgets/staff", test_staff_widgets);
  g_test_add_func ("/ui/widgets/badge-preview", test_badge_preview);
  g_test_add_func ("/ui/widgets/pages-alone", test_pages_alone);
  return g_test_run ();
}
