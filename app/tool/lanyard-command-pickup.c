/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-tool"

#include "lanyard-command.h"

#include "lanyard-credential.h"
#include "lanyard-desk-files.h"
#include "lanyard-desk.h"
#include "lanyard-output.h"
#include "lanyard-pickup-notice.h"
#include "lanyard-pickup-reissue.h"
#include "lanyard-reader.h"

#define DEFAULT_LIMIT_S 120
/* How often to look whether the picture of the new badge is there. */
#define LOOK_INTERVAL_MS 100

/* One pickup without a window: the answers that a person would give are given here. */
typedef struct
{
  LanyardDesk *desk;     /* borrowed */
  LanyardScan *scan;     /* owned (nullable): what is shown; NULL once it was */
  const char *scan_back; /* borrowed (nullable): picture of the new badge */
  gboolean json;

  GMainLoop *loop;     /* owned */
  gint64 started_us;   /* monotonic: when the code was shown */
  guint64 notice_seen; /* notice_generation of the last notice */
  LanyardPage page;    /* the last one */
  LanyardPickupState state;
  LanyardPrintState print;
  LanyardPrintFault fault;
  guint look_id; /* source that waits for the picture of the new badge; 0 for none */
  char *serial;  /* owned (nullable) */
  GError *error; /* owned (nullable): why it did not succeed */
  LanyardPickupReissue reissue;
} Pickup;

static void
pickup_clear (Pickup *pickup)
{
  g_clear_handle_id (&pickup->look_id, g_source_remove);
  g_clear_pointer (&pickup->scan, lanyard_scan_free);
  g_clear_pointer (&pickup->loop, g_main_loop_unref);
  g_clear_error (&pickup->error);
  g_free (pickup->serial);
  lanyard_pickup_reissue_clear (&pickup->reissue);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pickup, pickup_clear)

/* Returns: (transfer full) (nullable): the code of a picture that a desk would go by */
static LanyardScan *
read_code (const char *path, GError **error)
{
  g_autoptr (LanyardFrame) frame = lanyard_frame_load (path, error);
  g_autoptr (LanyardReader) reader = NULL;
  g_autoptr (GPtrArray) scans = NULL;
  guint best = 0;

  if (frame == NULL)
    return NULL;
  reader = lanyard_reader_new (LANYARD_SYMBOLOGIES_ALL);
  scans = lanyard_reader_read (reader, frame, LANYARD_SCAN_SOURCE_IMAGE);
  if (scans->len == 0)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND,
                   "No code was found in '%s'; take a picture that is sharper or nearer.", path);
      return NULL;
    }
  for (guint i = 0; i < scans->len; i++)
    {
      g_autofree char *text = lanyard_scan_dup_text (g_ptr_array_index (scans, i));

      if (text != NULL && lanyard_credential_has_prefix (text))
        best = i;
    }
  return lanyard_scan_copy (g_ptr_array_index (scans, best));
}

static void
end (Pickup *pickup, GError *error)
{
  if (pickup->error == NULL)
    pickup->error = error;
  else
    g_clear_error (&error);
  g_main_loop_quit (pickup->loop);
}

static char *
join_reasons (const LanyardVerdict *verdict)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < verdict->n_reasons; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? ", " : "",
                            lanyard_reason_to_string (verdict->reasons[i]));
  return g_string_free (out, FALSE);
}

static void
print_view (const Pickup *pickup, const LanyardView *view)
{
  double ms = (double)(g_get_monotonic_time () - pickup->started_us) / 1000.0;
  const char *fault = view->fault != LANYARD_PRINT_FAULT_NONE
                          ? lanyard_print_fault_to_string (view->fault)
                          : NULL;
  g_autofree char *reasons = join_reasons (&view->verdict);
  JsonBuilder *builder;

  if (!pickup->json)
    {
      g_print ("%9.1f ms  %-10s %-10s %s%s%s%s\n", ms, lanyard_page_to_string (view->page),
               lanyard_pickup_state_to_string (view->state),
               view->serial != NULL ? view->serial : "", fault != NULL ? "  " : "",
               fault != NULL ? fault : "", reasons);
      return;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "ms");
  json_builder_add_double_value (builder, ms);
  lanyard_output_member (builder, "page", lanyard_page_to_string (view->page));
  lanyard_output_member (builder, "state", lanyard_pickup_state_to_string (view->state));
  lanyard_output_member (builder, "serial", view->serial);
  lanyard_output_member (builder, "fault", fault);
  lanyard_output_member (builder, "reasons", reasons);
  json_builder_end_object (builder);
  lanyard_output_json (builder);
}

static gboolean
on_look_for_badge (gpointer user_data)
{
  Pickup *pickup = user_data;
  g_autoptr (GError) error = NULL;
  LanyardScan *scan;

  if (!g_file_test (pickup->scan_back, G_FILE_TEST_EXISTS))
    return G_SOURCE_CONTINUE;
  pickup->look_id = 0;
  scan = read_code (pickup->scan_back, &error);
  if (scan != NULL)
    lanyard_desk_scan (pickup->desk, scan);
  else
    end (pickup, g_steal_pointer (&error));
  return G_SOURCE_REMOVE;
}

/* At self-service a view names no reasons: those are for staff. */
static void
end_refused (Pickup *pickup, const LanyardView *view)
{
  g_autofree char *reasons = join_reasons (&view->verdict);
  const char *fault = lanyard_print_fault_to_string (view->fault);

  if (view->state == LANYARD_PICKUP_VOID)
    end (pickup,
         g_error_new (LANYARD_ERROR, LANYARD_ERROR_UNAVAILABLE,
                      "Nothing was printed (%s); the serial %s is void.", fault, pickup->serial));
  else
    end (pickup,
         g_error_new (LANYARD_ERROR, LANYARD_ERROR_REFUSED, "%s%s%s.",
                      view->state == LANYARD_PICKUP_REFERRED ? "Staff must help"
                                                             : "The desk refuses this badge",
                      *reasons != '\0' ? ": " : "", reasons));
}

/* Says what a person would say on a page that has just come. */
static void
answer (Pickup *pickup, const LanyardView *view)
{
  switch (view->page)
    {
    case LANYARD_PAGE_WELCOME:
      if (pickup->reissue.reason != 0 && pickup->scan != NULL)
        lanyard_pickup_reissue_sign_in (&pickup->reissue, pickup->desk);
      else if (pickup->scan != NULL)
        lanyard_desk_scan (pickup->desk, g_steal_pointer (&pickup->scan));
      else if (pickup->state != LANYARD_PICKUP_IDLE)
        end (pickup,
             g_error_new (LANYARD_ERROR, LANYARD_ERROR_REFUSED,
                          "The desk went back to its first page before the badge was issued."));
      break;
    case LANYARD_PAGE_DOCUMENT:
      end (pickup,
           g_error_new (LANYARD_ERROR, LANYARD_ERROR_REFUSED,
                        "An identity document is to be checked first; collect this badge at "
                        "the kiosk."));
      break;
    case LANYARD_PAGE_CONSENT:
      end (pickup, g_error_new (LANYARD_ERROR, LANYARD_ERROR_REFUSED,
                                "The person has to be asked whether they agree to \"%s\"; collect "
                                "this badge at the kiosk.",
                                view->consent));
      break;
    case LANYARD_PAGE_PORTRAIT:
      end (pickup, g_error_new (LANYARD_ERROR, LANYARD_ERROR_REFUSED,
                                "The badge is to have a photo, and there is none; collect this "
                                "badge at the kiosk."));
      break;
    case LANYARD_PAGE_CONFIRM:
      lanyard_desk_input (pickup->desk, LANYARD_INPUT_CONFIRM, view->question, NULL);
      break;
    case LANYARD_PAGE_SCAN_BACK:
      if (pickup->scan_back == NULL)
        end (pickup, NULL);
      else
        pickup->look_id = g_timeout_add (LOOK_INTERVAL_MS, on_look_for_badge, pickup);
      break;
    case LANYARD_PAGE_DONE:
      end (pickup, NULL);
      break;
    case LANYARD_PAGE_REFUSED:
      end_refused (pickup, view);
      break;
    case LANYARD_PAGE_ATTENTION:
      end (pickup, g_error_new (
                       LANYARD_ERROR, LANYARD_ERROR_UNAVAILABLE,
                       "A badge of before may or may not have come out; answer for it at the kiosk "
                       "first."));
      break;
    case LANYARD_PAGE_OUT_OF_ORDER:
      end (pickup,
           g_error_new (LANYARD_ERROR, LANYARD_ERROR_UNAVAILABLE, "%s",
                        view->problem != NULL ? view->problem : "The desk cannot issue now."));
      break;
    case LANYARD_PAGE_STAFF:
      if (pickup->scan != NULL)
        lanyard_desk_scan (pickup->desk, g_steal_pointer (&pickup->scan));
      break;
    case LANYARD_PAGE_PRINTING:
    default:
      break;
    }
}

static void
ask_for_reissue (Pickup *pickup, const LanyardView *view)
{
  GError *error = NULL;

  if (pickup->reissue.reason != 0 && view->page == LANYARD_PAGE_STAFF && view->entry != NULL
      && !lanyard_pickup_reissue_ask (&pickup->reissue, pickup->desk, view, &error))
    end (pickup, error);
}

static void
hear_notice (Pickup *pickup, const LanyardView *view)
{
  const char *words;

  if (view->notice == LANYARD_NOTICE_NONE || view->notice_generation == pickup->notice_seen)
    return;
  pickup->notice_seen = view->notice_generation;
  words = lanyard_pickup_notice_get_words (view->notice);
  if (words != NULL)
    end (pickup, g_error_new_literal (LANYARD_ERROR, LANYARD_ERROR_REFUSED, words));
}

static void
on_view (LanyardView *view, gpointer user_data)
{
  Pickup *pickup = user_data;
  gboolean new_page = view->page != pickup->page || pickup->started_us == 0;

  if (pickup->started_us == 0)
    pickup->started_us = g_get_monotonic_time ();
  if (view->serial != NULL && g_strcmp0 (view->serial, pickup->serial) != 0)
    {
      g_free (pickup->serial);
      pickup->serial = g_strdup (view->serial);
    }
  if (new_page || view->state != pickup->state || view->print != pickup->print
      || view->fault != pickup->fault)
    print_view (pickup, view);
  pickup->print = view->print;
  pickup->fault = view->fault;
  hear_notice (pickup, view);
  if (new_page)
    answer (pickup, view);
  ask_for_reissue (pickup, view);
  pickup->page = view->page;
  pickup->state = view->state;
}

static void
on_status (const LanyardDeskStatus *status, gpointer user_data)
{
}

static gboolean
on_limit (gpointer user_data)
{
  Pickup *pickup = user_data;

  end (pickup, g_error_new (LANYARD_ERROR, LANYARD_ERROR_UNAVAILABLE,
                            "The pickup did not end in time; it stands at %s.",
                            lanyard_pickup_state_to_string (pickup->state)));
  return G_SOURCE_CONTINUE;
}

static void
print_result (const Pickup *pickup)
{
  gboolean issued = pickup->state == LANYARD_PICKUP_ISSUED;
  JsonBuilder *builder;

  if (!pickup->json && issued)
    g_print ("Issued: %s.\n", pickup->serial);
  else if (!pickup->json)
    g_print (
        "Reported: the printer says that %s is done; nobody has scanned it back, so the kiosk will "
        "ask for it.\n",
        pickup->serial);
  if (!pickup->json)
    return;
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  lanyard_output_member (builder, "result", issued ? "issued" : "reported");
  lanyard_output_member (builder, "serial", pickup->serial);
  json_builder_end_object (builder);
  lanyard_output_json (builder);
}

static gboolean
pick_up (LanyardConfig *config, Pickup *pickup, int limit_s, GError **error)
{
  g_autoptr (LanyardDesk) desk = lanyard_desk_open (config, NULL, error);
  guint limit_id;

  if (desk == NULL)
    return FALSE;
  pickup->desk = desk;
  pickup->loop = g_main_loop_new (NULL, FALSE);
  limit_id = g_timeout_add_seconds ((guint)limit_s, on_limit, pickup);
  lanyard_desk_listen (desk, on_view, on_status, pickup);
  g_main_loop_run (pickup->loop);
  g_source_remove (limit_id);
  g_clear_handle_id (&pickup->look_id, g_source_remove);
  if (pickup->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&pickup->error));
      return FALSE;
    }
  print_result (pickup);
  return TRUE;
}

static gboolean
run (char **args, GError **error)
{
  const LanyardCommand *self = &lanyard_command_pickup;
  g_autofree char *config_path = NULL;
  g_autofree char *image = NULL;
  g_autofree char *scan_back = NULL;
  g_autofree char *printer_uri = NULL;
  g_autofree char *reason = NULL;
  g_auto (GStrv) words = NULL;
  g_auto (Pickup) pickup = { 0 };
  int limit_s = DEFAULT_LIMIT_S;
  const GOptionEntry entries[] = {
    { "config", 0, 0, G_OPTION_ARG_FILENAME, &config_path, "The desk's configuration", "FILE" },
    { "image", 0, 0, G_OPTION_ARG_FILENAME, &image, "Picture of the code that is shown", "FILE" },
    { "scan-back", 0, 0, G_OPTION_ARG_FILENAME, &scan_back,
      "Picture of the new badge; waits until it is there", "FILE" },
    { "reissue", 0, 0, G_OPTION_ARG_STRING, &reason,
      "Void the badge that is out for this reason, and print another", "REASON" },
    { "staff", 0, 0, G_OPTION_ARG_STRING, &pickup.reissue.staff, "Who reissues: staff number",
      "NUMBER" },
    { "second", 0, 0, G_OPTION_ARG_STRING, &pickup.reissue.second,
      "Who agrees: staff number of a second person", "NUMBER" },
    { "printer", 0, 0, G_OPTION_ARG_STRING, &printer_uri, "Another printer", "URI" },
    { "limit", 0, 0, G_OPTION_ARG_INT, &limit_s, "Longest time in seconds; 120", "SECONDS" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &pickup.json, "One JSON object a state and line", NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &words, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (LanyardConfig) config = NULL;

  if (!lanyard_command_parse (
          self, args, entries,
          "Shows a picture to the desk, says yes to \"is this you?\", prints, and "
          "shows the new badge. The exit code is 1 when the desk refuses. A reissue is what staff "
          "do: their PIN is the first line of standard input, that of the second person the "
          "second.",
          error)
      || !lanyard_command_require_words (self, words, 0, 0, error)
      || !lanyard_command_require (self, image, "--image FILE", error)
      || !lanyard_command_require_file (image, error)
      || (reason != NULL && !lanyard_pickup_reissue_read (&pickup.reissue, reason, error)))
    return FALSE;
  config = lanyard_desk_files_load_config (config_path, error);
  if (config == NULL)
    return FALSE;
  if (printer_uri != NULL)
    lanyard_config_set_printer (config, printer_uri);
  pickup.scan_back = scan_back;
  pickup.scan = read_code (image, error);
  return pickup.scan != NULL
         && pick_up (g_steal_pointer (&config), &pickup, MAX (limit_s, 1), error);
}

const LanyardCommand lanyard_command_pickup = {
  .name = "pickup",
  .parameters = "",
  .summary = "Collect one badge without a window",
  .run = run,
};
