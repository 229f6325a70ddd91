/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "lanyard-zpl-follow.h"

#define MS 1000

static const LanyardZplLimits limits = { .settle_ms = 300, .lost_ms = 1000 };

/* What a printer may say. */
typedef enum
{
  IDLE,
  BUSY,
  EMPTY,      /* no media, and the label is still to come */
  EMPTY_IDLE, /* no media, and nothing is left to print */
  PARTIAL,    /* a label has begun to come */
  ERRORS,     /* head open is all that it says */
  SILENCE,
} Saying;

/* A badge from its being sent on: one look after the other. */
typedef struct
{
  const char *label;
  gboolean taken;
  struct
  {
    Saying saying;
    guint line;
    guint ms;             /* since it was sent */
    const char *expected; /* (nullable): state that is reported */
  } looks[8];
  gboolean ended;
} Story;

static void
set_status (LanyardZplStatus *status, Saying saying)
{
  *status = (LanyardZplStatus){ 0 };
  status->labels_remaining = saying == BUSY || saying == EMPTY;
  status->paper_out = saying == EMPTY || saying == EMPTY_IDLE;
  status->partial_format = saying == PARTIAL;
  status->errors_only = status->head_open = saying == ERRORS;
}

static const Story stories[] = {
  { "as it should be",
    TRUE,
    { { BUSY, 1, 0, "spooled" },
      { BUSY, 1, 30, "processing" },
      { BUSY, 1, 60, NULL },
      { IDLE, 1, 90, "completed" } },
    TRUE },
  { "too quick to be seen at work",
    TRUE,
    { { IDLE, 1, 0, "spooled" },
      { IDLE, 1, 100, NULL },
      { IDLE, 1, 399, NULL },
      { IDLE, 1, 400, "completed" } },
    TRUE },
  { "idle before it begins",
    TRUE,
    { { IDLE, 1, 0, "spooled" },
      { IDLE, 1, 100, NULL },
      { BUSY, 1, 350, "processing" },
      { IDLE, 1, 360, "completed" } },
    TRUE },
  { "media out in the middle",
    TRUE,
    { { BUSY, 1, 0, "spooled" },
      { EMPTY, 1, 30, "stopped" },
      { EMPTY, 1, 60, NULL },
      { BUSY, 1, 90, "processing" },
      { IDLE, 1, 120, "completed" } },
    TRUE },
  { "a fault hides whether it came out",
    TRUE,
    { { IDLE, 1, 0, "spooled" },
      { EMPTY_IDLE, 1, 100, "stopped" },
      { EMPTY_IDLE, 1, 900, NULL },
      { IDLE, 1, 1000, "processing" },
      { IDLE, 1, 1299, NULL },
      { IDLE, 1, 1300, "completed" } },
    TRUE },
  { "a break and nothing left",
    TRUE,
    { { BUSY, 1, 0, "spooled" }, { BUSY, 1, 30, "processing" }, { IDLE, 2, 60, "lost" } },
    TRUE },
  { "a break and still at work",
    TRUE,
    { { BUSY, 1, 0, "spooled" }, { BUSY, 2, 30, "processing" }, { IDLE, 2, 60, "completed" } },
    TRUE },
  { "silence",
    TRUE,
    { { BUSY, 1, 0, "spooled" },
      { SILENCE, 1, 500, "stopped" },
      { SILENCE, 1, 999, NULL },
      { SILENCE, 1, 1000, "lost" } },
    TRUE },
  { "silence and back",
    TRUE,
    { { BUSY, 1, 0, "spooled" },
      { SILENCE, 1, 500, "stopped" },
      { BUSY, 1, 900, "processing" },
      { SILENCE, 1, 1899, "stopped" } },
    FALSE },
  { "taken after all",
    FALSE,
    { { SILENCE, 1, 500, NULL }, { BUSY, 1, 600, "spooled" }, { IDLE, 1, 700, "completed" } },
    TRUE },
  { "taken after all, over another line",
    FALSE,
    { { SILENCE, 1, 500, NULL }, { BUSY, 2, 600, "spooled" }, { BUSY, 2, 650, "processing" } },
    FALSE },
  { "not taken", FALSE, { { SILENCE, 1, 999, NULL }, { SILENCE, 1, 1000, "lost" } }, TRUE },
  { "nobody knows whether it was taken", FALSE, { { IDLE, 2, 100, "lost" } }, TRUE },
  { "half of it was taken", FALSE, { { PARTIAL, 2, 100, "lost" } }, TRUE },
  { "only errors, over another line",
    FALSE,
    { { ERRORS, 2, 100, NULL }, { ERRORS, 2, 200, NULL }, { IDLE, 2, 300, "lost" } },
    TRUE },
  { "only errors",
    TRUE,
    { { BUSY, 1, 0, "spooled" },
      { ERRORS, 1, 30, "stopped" },
      { BUSY, 1, 60, "processing" },
      { IDLE, 1, 90, "completed" } },
    TRUE },
};

static void
test_story (gconstpointer data)
{
  const Story *story = data;
  g_autoptr (LanyardZplFollow) follow
      = lanyard_zpl_follow_new ("K0471-000001A", 1, story->taken, 1000 * MS);
  gboolean ended = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (story->looks) && story->looks[i].line > 0; i++)
    {
      LanyardZplStatus status;
      g_autoptr (LanyardPrintReport) news = NULL;

      g_assert_false (ended);
      set_status (&status, story->looks[i].saying);
      news = lanyard_zpl_follow_look (follow, story->looks[i].saying == SILENCE ? NULL : &status,
                                      story->looks[i].line, &limits,
                                      (1000 + (gint64)story->looks[i].ms) * MS, &ended);
      g_test_message ("look %u", i);
      g_assert_cmpstr (news != NULL ? lanyard_print_state_to_string (news->state) : NULL, ==,
                       story->looks[i].expected);
    }
  g_assert_cmpint (ended, ==, story->ended);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (stories); i++)
    {
      g_autofree char *path = g_strdup_printf ("/zpl-follow/%s", stories[i].label);

      g_test_add_data_func (path, &stories[i], test_story);
    }
  return g_test_run ();
}
