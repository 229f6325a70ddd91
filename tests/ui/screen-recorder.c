/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "test-ui"

#include "lanyard-error.h"
#include "lanyard-examination.h"
#include "screen-fixtures.h"

struct _TestRecorder
{
  GObject parent_instance;

  /* owned */
  GString *lines;
  GQueue held; /* (element-type GTask): with the number as task data */

  /* state */
  guint n_hits;
  guint n_rows;     /* of the day */
  guint n_past;     /* lines of each person */
  guint n_waits;    /* people */
  gboolean holds;   /* answers about people's past */
  guint64 question; /* that the last input answered */
};

static void controls_iface_init (LanyardControlsInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TestRecorder,
                               test_recorder,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (LANYARD_TYPE_CONTROLS, controls_iface_init))

static const char *const INPUTS[]
    = { "confirm",  "cancel",  "done",       "extend",   "activity", "call-staff",
        "came-out", "not-out", "unreadable", "sign-out", "agree",    "decline" };

static void
test_recorder_input (LanyardControls *controls,
                     LanyardInput input,
                     guint64 question,
                     const char *serial)
{
  TestRecorder *self = TEST_RECORDER (controls);

  self->question = question;
  g_string_append_printf (self->lines, "input %s%s%s\n", INPUTS[input], serial != NULL ? " " : "",
                          serial != NULL ? serial : "");
}

static void
test_recorder_scan (LanyardControls *controls, LanyardScan *scan)
{
  g_autoptr (LanyardScan) owned = scan;
  g_autofree char *text = lanyard_scan_dup_text (owned);

  g_string_append_printf (TEST_RECORDER (controls)->lines, "scan %s\n", text);
}

static void
test_recorder_type_number (LanyardControls *controls, const char *text)
{
  g_string_append_printf (TEST_RECORDER (controls)->lines, "number %s\n", text);
}

static void
test_recorder_set_language (LanyardControls *controls, const char *language)
{
  g_string_append_printf (TEST_RECORDER (controls)->lines, "language %s\n", language);
}

/* Every look at the page asks: that is no input of a person. */
static void
test_recorder_ask_badge (LanyardControls *controls, gboolean ask)
{
}

static void
test_recorder_sign_in (LanyardControls *controls, const char *number, const char *pin)
{
  GString *lines = TEST_RECORDER (controls)->lines;

  if (number != NULL)
    g_string_append_printf (lines, "staff %s ", number);
  g_string_append_printf (lines, "pin %s\n", pin);
}

static void
test_recorder_act (LanyardControls *controls, const LanyardStaffAction *action)
{
  GString *lines = TEST_RECORDER (controls)->lines;

  g_string_append_printf (lines, "act %d", action->kind);
  if (action->number != NULL)
    g_string_append_printf (lines, " number %s", action->number);
  if (action->serial != NULL)
    g_string_append_printf (lines, " serial %s", action->serial);
  if (action->reason != 0)
    g_string_append_printf (lines, " reason %u", action->reason);
  if (action->second_number != NULL)
    g_string_append_printf (lines, " second %s %s", action->second_number, action->second_pin);
  if (action->text != NULL)
    g_string_append_printf (lines, " text %s", action->text);
  if (action->count != 0)
    g_string_append_printf (lines, " count %u", action->count);
  if (action->pool != NULL)
    g_string_append_printf (lines, " pool %s", action->pool);
  if (action->name != NULL)
    g_string_append_printf (lines, " name %s", action->name);
  if (action->photo != NULL)
    g_string_append (lines, " photo");
  if (action->note != NULL)
    g_string_append_printf (lines, " note %s", action->note);
  g_string_append_c (lines, '\n');
}

static void
test_recorder_give_photo (LanyardControls *controls, guint64 question, GBytes *photo)
{
  TestRecorder *self = TEST_RECORDER (controls);

  self->question = question;
  g_string_append_printf (self->lines, "photo %s\n",
                          g_bytes_get_size (photo) > 0 ? "given" : "empty");
}

static void
test_recorder_open_person (LanyardControls *controls, const char *number)
{
  g_string_append_printf (TEST_RECORDER (controls)->lines, "open %s\n", number);
}

static LanyardHit *
make_hit (guint index)
{
  LanyardHit *hit = g_new0 (LanyardHit, 1);

  hit->number = g_strdup_printf ("33%07u", index);
  hit->print_name = g_strdup_printf ("%s %u", CANARY, index + 1);
  hit->local_name = index % 3 == 0 ? g_strdup ("محمد الأمين") : NULL;
  hit->organisation = g_strdup ("ALO");
  hit->category = g_strdup ("B");
  return hit;
}

static void
test_recorder_search_async (LanyardControls *controls,
                            const char *query,
                            guint max,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  TestRecorder *self = TEST_RECORDER (controls);
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  GPtrArray *hits = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_hit_free);

  g_string_append_printf (self->lines, "search %s\n", query);
  for (guint i = 0; i < MIN (self->n_hits, max); i++)
    g_ptr_array_add (hits, make_hit (i));
  g_task_return_pointer (task, hits, (GDestroyNotify)g_ptr_array_unref);
}

static GPtrArray *
test_recorder_search_finish (LanyardControls *controls, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
free_part (gpointer part)
{
  lanyard_day_part_unref (part);
}

static void
test_recorder_list_day_async (LanyardControls *controls,
                              const LanyardDayAsk *ask,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  TestRecorder *self = TEST_RECORDER (controls);
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_string_append_printf (self->lines, "day %u %s%s %s from %u\n", ask->filter,
                          ask->venue ? "of all desks " : "",
                          ask->oldest_first ? "oldest" : "newest",
                          ask->text != NULL ? ask->text : "-", ask->offset);
  g_task_return_pointer (task, test_day_part_new (ask, self->n_rows), free_part);
}

static LanyardDayPart *
test_recorder_list_day_finish (LanyardControls *controls, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
free_past (gpointer past)
{
  lanyard_person_past_free (past);
}

static void
answer_past (TestRecorder *self, GTask *task)
{
  if (!g_task_return_error_if_cancelled (task))
    g_task_return_pointer (task, test_past_new (g_task_get_task_data (task), self->n_past),
                           free_past);
  g_object_unref (task);
}

/* Nobody asked for it: it is no line of the recorder. */
static void
test_recorder_list_past_async (LanyardControls *controls,
                               const char *number,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  TestRecorder *self = TEST_RECORDER (controls);
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_task_data (task, g_strdup (number), g_free);
  g_queue_push_tail (&self->held, task);
  if (!self->holds)
    test_recorder_hold_past (self, FALSE);
}

static LanyardPersonPast *
test_recorder_list_past_finish (LanyardControls *controls, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
test_recorder_list_waiting_async (LanyardControls *controls,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_return_pointer (task, test_waits_new (TEST_RECORDER (controls)->n_waits),
                         (GDestroyNotify)g_ptr_array_unref);
}

static GPtrArray *
test_recorder_list_waiting_finish (LanyardControls *controls, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
test_recorder_list_asides_async (LanyardControls *controls,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_return_pointer (task, test_asides_new (), (GDestroyNotify)g_ptr_array_unref);
}

static GPtrArray *
test_recorder_list_asides_finish (LanyardControls *controls, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
free_export (gpointer export)
{
  lanyard_export_free (export);
}

/* Of an empty day nothing can be saved: there is no space left. */
static void
test_recorder_export_day_async (LanyardControls *controls,
                                const LanyardExportAsk *ask,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  TestRecorder *self = TEST_RECORDER (controls);
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  LanyardExport *export;

  g_string_append_printf (self->lines, "export %s%s %s in %s\n",
                          lanyard_export_format_to_string (ask->format),
                          ask->by_organisation ? " by organisation" : "",
                          ask->names ? "with names" : "without names", ask->language);
  if (self->n_rows == 0)
    {
      g_task_return_new_error (task, LANYARD_ERROR, LANYARD_ERROR_FULL, "full");
      return;
    }
  export = g_new0 (LanyardExport, 1);
  export->path = g_strdup_printf ("/stick/day-V1-7-2031-07-16-180000.%s",
                                  lanyard_export_format_to_string (ask->format));
  export->n_rows = self->n_rows;
  g_task_return_pointer (task, export, free_export);
}

static LanyardExport *
test_recorder_export_day_finish (LanyardControls *controls, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
free_fact (gpointer fact)
{
  lanyard_fact_free (fact);
}

static void
test_recorder_examine_async (LanyardControls *controls,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  static const LanyardFact facts[] = {
    { LANYARD_HEALTH_WRONG, "printer",
      "The printer ipp://printer.example/ipp/print does not answer; switch it on or plug it in." },
    { LANYARD_HEALTH_NOTE, "staff PIN", "One PIN is set for all staff of this desk." },
    { LANYARD_HEALTH_FINE, "journal", "47 records, of which 3 wait for the hub." },
    { LANYARD_HEALTH_FINE, "directory", "12,400 people are known here." },
    { LANYARD_HEALTH_FINE, "camera", "v4l2src is there." },
    { LANYARD_HEALTH_FINE, "disk", "48 GB are free." },
  };
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  GPtrArray *copies = g_ptr_array_new_with_free_func (free_fact);

  g_string_append (TEST_RECORDER (controls)->lines, "examine\n");
  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    {
      LanyardFact *copy = g_new0 (LanyardFact, 1);

      *copy = (LanyardFact){ facts[i].health, g_strdup (facts[i].part), g_strdup (facts[i].words) };
      g_ptr_array_add (copies, copy);
    }
  g_task_return_pointer (task, copies, (GDestroyNotify)g_ptr_array_unref);
}

static GPtrArray *
test_recorder_examine_finish (LanyardControls *controls, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
controls_iface_init (LanyardControlsInterface *iface)
{
  iface->input = test_recorder_input;
  iface->scan = test_recorder_scan;
  iface->type_number = test_recorder_type_number;
  iface->set_language = test_recorder_set_language;
  iface->sign_in = test_recorder_sign_in;
  iface->ask_badge = test_recorder_ask_badge;
  iface->act = test_recorder_act;
  iface->give_photo = test_recorder_give_photo;
  iface->open_person = test_recorder_open_person;
  iface->search_async = test_recorder_search_async;
  iface->search_finish = test_recorder_search_finish;
  iface->list_day_async = test_recorder_list_day_async;
  iface->list_day_finish = test_recorder_list_day_finish;
  iface->list_past_async = test_recorder_list_past_async;
  iface->list_past_finish = test_recorder_list_past_finish;
  iface->list_waiting_async = test_recorder_list_waiting_async;
  iface->list_waiting_finish = test_recorder_list_waiting_finish;
  iface->list_asides_async = test_recorder_list_asides_async;
  iface->list_asides_finish = test_recorder_list_asides_finish;
  iface->export_day_async = test_recorder_export_day_async;
  iface->export_day_finish = test_recorder_export_day_finish;
  iface->examine_async = test_recorder_examine_async;
  iface->examine_finish = test_recorder_examine_finish;
}

static void
test_recorder_finalize (GObject *object)
{
  test_recorder_hold_past (TEST_RECORDER (object), FALSE);
  g_string_free (TEST_RECORDER (object)->lines, TRUE);
  G_OBJECT_CLASS (test_recorder_parent_class)->finalize (object);
}

static void
test_recorder_class_init (TestRecorderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = test_recorder_finalize;
}

static void
test_recorder_init (TestRecorder *self)
{
  self->lines = g_string_new (NULL);
  self->n_rows = TEST_DAY_ROWS;
  self->n_past = TEST_PAST_LINES;
  self->n_waits = TEST_WAITS;
}

TestRecorder *
test_recorder_new (void)
{
  return g_object_new (TEST_TYPE_RECORDER, NULL);
}

char *
test_recorder_take (TestRecorder *self)
{
  char *lines = g_strdup (self->lines->str);

  g_string_truncate (self->lines, 0);
  return lines;
}

guint64
test_recorder_get_question (TestRecorder *self)
{
  return self->question;
}

void
test_recorder_set_n_hits (TestRecorder *self, guint n_hits)
{
  self->n_hits = n_hits;
}

void
test_recorder_set_n_rows (TestRecorder *self, guint n_rows)
{
  self->n_rows = n_rows;
}

void
test_recorder_set_n_past (TestRecorder *self, guint n_past)
{
  self->n_past = n_past;
}

void
test_recorder_set_n_waits (TestRecorder *self, guint n_waits)
{
  self->n_waits = n_waits;
}

void
test_recorder_hold_past (TestRecorder *self, gboolean hold)
{
  GTask *task;

  self->holds = hold;
  while (!hold && (task = g_queue_pop_head (&self->held)) != NULL)
    answer_past (self, task);
}
