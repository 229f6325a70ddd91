/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-fixture.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "lanyard-error.h"

GThread *desk_screen_thread;

void
desk_write_files (FlowFixture *base)
{
  g_autofree char *key_path = g_build_filename (base->folder, "desk.key", NULL);
  guint8 bytes[32] = { 9, 9, 9 };
  g_autofree char *secret = lanyard_hex_encode (bytes, sizeof bytes);
  g_autoptr (GError) error = NULL;

  lanyard_key_save (base->desk_key, key_path, &error);
  g_assert_no_error (error);
  base->config->vault_key_file = g_build_filename (base->folder, "vault.key", NULL);
  g_file_set_contents_full (base->config->vault_key_file, secret, -1, G_FILE_SET_CONTENTS_NONE,
                            0600, &error);
  g_assert_no_error (error);
  g_free (base->config->printer_uri);
  base->config->printer_uri = g_strdup_printf ("file:%s/prints", base->folder);
  lanyard_desk_set_pin (base->folder, FLOW_PIN, &error);
  g_assert_no_error (error);
}

void
desk_make_files (FlowFixture *base)
{
  flow_make (base, NULL);
  flow_open (base);
  flow_close (base);
  desk_write_files (base);
}

/* What the program before this one did not understand: somebody's first row. */
static void
set_aside (FlowFixture *base)
{
  g_autofree char *path = g_build_filename (base->folder, "directory.db", NULL);
  g_autofree char *number = flow_dup_more_number (0);
  g_autoptr (LanyardEntry) entry = lanyard_entry_new ();
  g_autoptr (LanyardDirectory) directory = NULL;
  g_autoptr (GBytes) raw = NULL;
  g_autoptr (GError) error = NULL;

  entry->number = g_strdup (number);
  entry->holder_id = g_strdup ("H-aside");
  entry->print_name = g_strdup ("Later Understood");
  entry->category = g_strdup ("PLAYER");
  entry->valid_until_s = 1;
  raw = lanyard_entry_encode (entry);
  directory = lanyard_directory_open (path, base->vault, FALSE, &error);
  g_assert_no_error (error);
  lanyard_directory_set_aside (directory, 99999, number, raw, "a test", &error);
  g_assert_no_error (error);
}

static gpointer
run_desk (gpointer data)
{
  Desk *desk = data;
  g_autoptr (GError) error = NULL;

  g_main_context_push_thread_default (desk->context);
  desk->desk = lanyard_desk_open (g_steal_pointer (&desk->base.config), &desk->base.clock, &error);
  g_assert_no_error (error);
  lanyard_desk_add_configured_scanners (desk->desk);
  desk->scanner = fake_scanner_new ();
  lanyard_desk_add_scanner (desk->desk, LANYARD_SCANNER (desk->scanner));
  g_main_loop_run (desk->loop);
  lanyard_desk_close (g_steal_pointer (&desk->desk));
  g_assert_false (desk->scanner->started);
  g_clear_object (&desk->scanner);
  g_main_context_pop_thread_default (desk->context);
  return NULL;
}

static void
on_view (LanyardView *view, gpointer user_data)
{
  Desk *desk = user_data;

  g_assert_true (g_thread_self () == desk_screen_thread);
  g_assert_true (desk->view == NULL || view->generation > desk->view->generation);
  g_clear_pointer (&desk->view, lanyard_view_unref);
  desk->view = lanyard_view_ref (view);
  desk->n_views++;
}

static void
on_status (const LanyardDeskStatus *status, gpointer user_data)
{
  Desk *desk = user_data;

  g_assert_true (g_thread_self () == desk_screen_thread);
  lanyard_desk_status_clear (&desk->status);
  lanyard_desk_status_copy_into (&desk->status, status);
}

static gboolean
on_too_late (gpointer data)
{
  g_assert_not_reached ();
}

/* Runs the screen's loop until @done; that takes some milliseconds, and never a fixed time. */
void
desk_run_until (Desk *desk, gboolean (*done) (Desk *desk, const char *word), const char *word)
{
  guint limit = g_timeout_add_seconds (20, on_too_late, NULL);

  while (!done (desk, word))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (limit);
}

gboolean
desk_page_is (Desk *desk, const char *page)
{
  return desk->view != NULL && g_str_equal (lanyard_page_to_string (desk->view->page), page);
}

gboolean
desk_index_is_ready (Desk *desk, const char *word)
{
  return desk->status.index_ready;
}

gboolean
desk_badges_are_ready (Desk *desk, const char *word)
{
  return desk->status.badges_ready;
}

gboolean
desk_scanner_says (Desk *desk, const char *fault)
{
  return g_strcmp0 (desk->status.scanner_fault, fault) == 0;
}

gboolean
desk_is_staff (Desk *desk, const char *word)
{
  return desk->view->staff_signed_in;
}

static void
free_line (gpointer data)
{
  LanyardScannerConfig *scanner = data;

  g_free (scanner->device);
  g_free (scanner);
}

static void
make_line (Desk *desk)
{
  LanyardScannerConfig *scanner = g_new0 (LanyardScannerConfig, 1);

  desk->line = posix_openpt (O_RDWR | O_NOCTTY | O_CLOEXEC);
  g_assert_cmpint (desk->line, >, 0);
  g_assert_cmpint (grantpt (desk->line), ==, 0);
  g_assert_cmpint (unlockpt (desk->line), ==, 0);
  scanner->device = g_strdup (ptsname (desk->line));
  desk->base.config->scanners = g_ptr_array_new_with_free_func (free_line);
  g_ptr_array_add (desk->base.config->scanners, scanner);
}

void
desk_set_up (Desk *desk, gconstpointer data)
{
  desk_screen_thread = g_thread_self ();
  desk_make_files (&desk->base);
  if (g_strcmp0 (data, "line") == 0)
    make_line (desk);
  if (g_strcmp0 (data, "aside") == 0)
    set_aside (&desk->base);
  desk->context = g_main_context_new ();
  desk->loop = g_main_loop_new (desk->context, FALSE);
  desk->thread = g_thread_new ("desk", run_desk, desk);
  while (!g_main_loop_is_running (desk->loop))
    g_thread_yield ();
  lanyard_desk_listen (desk->desk, on_view, on_status, desk);
  desk_run_until (desk, desk_page_is, "welcome");
}

static gboolean
quit (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_REMOVE;
}

void
desk_tear_down (Desk *desk, gconstpointer data)
{
  g_main_context_invoke (desk->context, quit, desk->loop);
  g_thread_join (desk->thread);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_pointer (&desk->view, lanyard_view_unref);
  lanyard_desk_status_clear (&desk->status);
  g_main_loop_unref (desk->loop);
  g_main_context_unref (desk->context);
  flow_remove_folder (desk->base.folder);
  flow_free (&desk->base);
}

void
desk_scan (Desk *desk, const char *text)
{
  lanyard_desk_scan (desk->desk, lanyard_scan_new (LANYARD_SYMBOLOGY_WEDGE,
                                                   LANYARD_SCAN_SOURCE_WEDGE, text, strlen (text)));
}
