/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-controls.h"
#include "lanyard-window.h"

G_BEGIN_DECLS

/* A name that stands nowhere else: where it is found, a person has not been wiped. */
#define CANARY "Ximena Quetzalcoatl"

#define TEST_TYPE_RECORDER (test_recorder_get_type ())
G_DECLARE_FINAL_TYPE (TestRecorder, test_recorder, TEST, RECORDER, GObject)

/* LanyardControls that notes what a screen asked for, one line an input. */
TestRecorder *test_recorder_new (void);
/* Returns: (transfer full): everything since the last call, such as "input confirm\n" */
char *test_recorder_take (TestRecorder *self);
/* How many people each search finds from now on. */
void test_recorder_set_n_hits (TestRecorder *self, guint n_hits);
/* How many transactions the day has from now on. */
void test_recorder_set_n_rows (TestRecorder *self, guint n_rows);
/* What happened with everybody from now on, and how many wait. */
void test_recorder_set_n_past (TestRecorder *self, guint n_past);
void test_recorder_set_n_waits (TestRecorder *self, guint n_waits);
/* Keeps answers about people's past back from now on, or gives those that were kept, oldest first.
 */
void test_recorder_hold_past (TestRecorder *self, gboolean hold);
/* Of the view that the last input answered; 0: of none. */
guint64 test_recorder_get_question (TestRecorder *self);

/* Returns: (transfer full): a sample pack of the source tree */
LanyardPack *test_pack_load (const char *name);
/* Returns: (transfer full): a portrait of nobody, drawn now */
GBytes *test_photo_new (void);
/* Returns: (transfer full): a made-up person of CANARY's name */
LanyardEntry *test_entry_new (void);
/* Returns: (transfer full): a camera picture with a code in it, drawn now */
GdkTexture *test_picture_new (gboolean badge);

/* Returns: (transfer full): a camera picture of somebody who is drawn */
GdkTexture *test_face_new (void);

/* Returns: (transfer full): two printers after half a day: few cards in the one that is used, and a
 * counter that says something else than the records */
LanyardStock *test_stock_new (void);

#define TEST_DAY_ROWS 47
/* Returns: (transfer full): what a desk would answer on a day of @n_rows transactions: all kinds
 * and states, the newest of which is number @n_rows */
LanyardDayPart *test_day_part_new (const LanyardDayAsk *ask, guint n_rows);

#define TEST_PAST_LINES 7
/* Returns: (transfer full): what a desk would answer of a person with so much behind them */
LanyardPersonPast *test_past_new (const char *number, guint n_lines);
#define TEST_WAITS 4
/* Returns: (transfer full) (element-type LanyardWaitLine): so many who wait, the first of them for
 * a supervisor */
GPtrArray *test_waits_new (guint n_waits);

/* Returns: (transfer full) (element-type LanyardAside): of somebody known, of a stranger, and one
 * that is over */
GPtrArray *test_asides_new (void);

/* What stands before the camera. */
typedef enum
{
  TEST_SIGHT_CODE,  /* or a badge, where one is to be shown */
  TEST_SIGHT_FACE,  /* somebody */
  TEST_SIGHT_TAKEN, /* the same, and a photo of them is taken */
  TEST_SIGHT_DARK,  /* the camera shows nothing */
} TestSight;

/* One state of one screen. */
typedef struct
{
  const char *name;
  LanyardPage page;
  LanyardView *(*make) (const char *language); /* (transfer full) */
  const char *press; /* (nullable): English names of the buttons that open a local page, "A|B"; #ID
                        is the one with that id in its template */
  const char *type;  /* (nullable): typed into the first entry */
  gboolean staff_only; /* not for self-service: smaller targets are allowed */
  TestSight sight;     /* what the camera sees */
} TestScreen;

/* Views that more than one file makes. (transfer full) */
LanyardView *test_make_view (LanyardPage page, const char *language);
LanyardView *test_make_out_of_order (const char *language);
LanyardView *test_make_out_of_order_key (const char *language);
LanyardView *test_make_out_of_order_nobody (const char *language);
LanyardView *test_make_preparing (const char *language);
LanyardView *test_make_out_of_order_other (const char *language);
LanyardView *test_make_team (const char *language);
LanyardView *test_make_delegation (const char *language);
LanyardView *test_make_delegation_over (const char *language);
LanyardView *test_make_delegation_printing (const char *language);
LanyardView *test_make_delegation_scan_back (const char *language);
LanyardView *test_make_consent (const char *language);
LanyardView *test_make_consent_optional (const char *language);
LanyardView *test_make_consent_refused (const char *language);
LanyardView *test_make_portrait (const char *language);
LanyardView *test_make_portrait_referred (const char *language);
LanyardView *test_make_staff_consent (const char *language);
LanyardView *test_make_staff_no_photo (const char *language);
LanyardView *test_make_staff (const char *language);
LanyardView *test_make_verify (const char *language);
LanyardView *test_make_verify_good (const char *language);
LanyardView *test_make_verify_void (const char *language);
LanyardView *test_make_verify_altered (const char *language);
LanyardView *test_make_staff_look (const char *language);
LanyardView *test_make_staff_disputed (const char *language);
LanyardView *test_make_supervisor_disputed (const char *language);

extern const TestScreen TEST_SCREENS[];
extern const guint N_TEST_SCREENS;

/* Shows @screen in @window and waits until it is drawn. */
void test_screen_show (LanyardWindow *window, const TestScreen *screen, const char *language);
/* A window for @recorder of this size, drawn, without motion, with the games pack. */
LanyardWindow *test_window_new (TestRecorder *recorder, LanyardPack *pack, int width, int height);
void test_window_close (LanyardWindow *window);
/* Presses what takes a photo of @face and waits until it is taken. */
void test_take_photo (LanyardWindow *window, GdkTexture *face);
/* The same after it was pressed. */
void test_finish_photo (LanyardWindow *window, GdkTexture *face);
/* Runs the main loop until everything that is pending is drawn. */
void test_settle (GtkWidget *widget);

/* Returns: (transfer none) (nullable): the visible button whose labels say @text */
GtkWidget *test_find_button (GtkWidget *root, const char *text);
/* Returns: (transfer none) (nullable): the visible widget with this id in its template */
GtkWidget *test_find_id (GtkWidget *root, const char *id);
/* Returns: (transfer none) (nullable): the visible label that begins with @text */
GtkWidget *test_find_label (GtkWidget *root, const char *text);
/* Returns: (transfer none) (nullable): the first visible widget of @type */
GtkWidget *test_find_type (GtkWidget *root, GType type);
/* Whether a label or entry below @root, on the screen or not, holds @text. */
gboolean test_holds_text (GtkWidget *root, const char *text);
/* The same, of those that can be seen. */
gboolean test_shows_text (GtkWidget *root, const char *text);

G_END_DECLS
