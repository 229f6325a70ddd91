/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <cairo.h>
#include <string.h>
#include <zbar.h>

#include "hub-run.h"
#include "lanyard-ticket.h"
#include "paper-desk.h"
#include "postgres-server.h"

/* What people do to desks and to records: through the program, with the hub up and down. */

static char *
read_symbol (const guint8 *grey, guint width, guint height)
{
  zbar_image_scanner_t *scanner = zbar_image_scanner_create ();
  zbar_image_t *image = zbar_image_create ();
  const zbar_symbol_t *symbol;
  char *text = NULL;

  zbar_image_set_format (image, zbar_fourcc ('Y', '8', '0', '0'));
  zbar_image_set_size (image, width, height);
  zbar_image_set_data (image, grey, (gulong)width * height, NULL);
  zbar_scan_image (scanner, image);
  symbol = zbar_image_first_symbol (image);
  if (symbol != NULL)
    text = g_strdup (zbar_symbol_get_data (symbol));
  zbar_image_destroy (image);
  zbar_image_scanner_destroy (scanner);
  return text;
}

static char *
read_png (const char *path)
{
  cairo_surface_t *surface = cairo_image_surface_create_from_png (path);
  guint width = (guint)cairo_image_surface_get_width (surface);
  guint height = (guint)cairo_image_surface_get_height (surface);
  g_autofree guint8 *grey = g_malloc ((gsize)width * height);
  char *text;

  g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);
  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      grey[y * width + x] = cairo_image_surface_get_data (
          surface)[y * (guint)cairo_image_surface_get_stride (surface) + x * 4];
  text = read_symbol (grey, width, height);
  cairo_surface_destroy (surface);
  return text;
}

/* Half blocks, as an eye sees them on a terminal. @ink: grey of what is drawn */
static char *
read_blocks (const char *drawn, guint8 ink)
{
  enum
  {
    SCALE = 4
  };
  g_auto (GStrv) lines = g_strsplit (drawn, "\n", -1);
  guint columns = (guint)g_utf8_strlen (lines[0], -1);
  guint rows = 0;
  g_autofree guint8 *grey = NULL;

  while (lines[rows] != NULL && g_utf8_strlen (lines[rows], -1) == (glong)columns)
    rows++;
  grey = g_malloc ((gsize)columns * SCALE * rows * 2 * SCALE);
  for (guint r = 0; r < rows * 2 * SCALE; r++)
    {
      const char *c = lines[r / (2 * SCALE)];
      gboolean lower = r / SCALE % 2 == 1;

      for (guint x = 0; x < columns; x++, c = g_utf8_next_char (c))
        {
          gunichar block = g_utf8_get_char (c);
          gboolean drawn_here = block == 0x2588 || block == (lower ? 0x2584 : 0x2580);

          memset (&grey[(r * columns + x) * SCALE], drawn_here ? ink : 255 - ink, SCALE);
        }
    }
  return read_symbol (grey, columns * SCALE, rows * 2 * SCALE);
}

static void
test_code (void)
{
  SyncFixture *fixture = sync_fixture_new ();
  g_autofree char *png = g_build_filename (fixture->directory, "code.png", NULL);
  g_autofree char *picture = NULL;
  g_auto (HubRun) run = { 0 };

  HUB_RUN (&run, "enrol", "--dir", fixture->hub_directory, "--venue", fixture->venue, "--png", png);
  g_assert_cmpint (run.code, ==, 0);
  g_assert_null (strstr (run.err, "█")); /* no terminal: no picture in it */
  g_strstrip (run.out);
  picture = read_png (png);
  g_assert_cmpstr (picture, ==, run.out);
  for (guint dark = 0; dark < 2; dark++)
    {
      g_autofree char *text = NULL;

      HUB_RUN (&run, "enrol", "--dir", fixture->hub_directory, "--venue", fixture->venue, "--qr",
               dark ? "dark" : "light");
      g_strstrip (run.out);
      text = read_blocks (run.err, dark ? 255 : 0);
      g_assert_cmpstr (text, ==, run.out);
    }
  HUB_RUN (&run, "enrol", "--dir", fixture->hub_directory, "--venue", fixture->venue, "--qr",
           "red");
  g_assert_cmpint (run.code, ==, 2);
  sync_fixture_free (fixture);
}

/* All that a new desk has to be told, from the first time on that the hub's address is said. */
static void
test_ticket (void)
{
  SyncFixture *fixture = sync_fixture_new ();
  g_autofree char *png = g_build_filename (fixture->directory, "ticket.png", NULL);
  g_auto (HubRun) run = { 0 };

  HUB_RUN (&run, "enrol", "--dir", fixture->hub_directory, "--venue", fixture->venue, "--hub",
           "ftp://hub.example.org");
  g_assert_cmpint (run.code, ==, 2);
  HUB_RUN (&run, "enrol", "--dir", fixture->hub_directory, "--venue", fixture->venue, "--hub",
           "https://hub.example.org");
  g_assert_cmpint (run.code, ==, 0);
  HUB_RUN (&run, "enrol", "--dir", fixture->hub_directory, "--venue", fixture->venue, "--name",
           "Counter 1", "--png", png);
  {
    g_auto (GStrv) lines = g_strsplit (run.out, "\n", 3);
    g_autofree char *picture = read_png (png);
    g_autoptr (LanyardTicket) ticket = lanyard_ticket_decode (lines[1], NULL);

    g_assert_cmpstr (picture, ==, lines[1]);
    g_assert_nonnull (ticket);
    g_assert_cmpstr (ticket->hub, ==, "https://hub.example.org");
    g_assert_cmpstr (ticket->code, ==, lines[0]);
    g_assert_cmpstr (ticket->venue, ==, fixture->venue);
    g_assert_cmpstr (ticket->name, ==, "Counter 1");
    g_assert_cmpmem (ticket->root.bytes, sizeof ticket->root.bytes, fixture->root.bytes,
                     sizeof fixture->root.bytes);
  }
  sync_fixture_free (fixture);
}

static void
test_revoke (void)
{
  SyncFixture *fixture = sync_fixture_new ();
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *code = NULL;
  g_auto (HubRun) run = { 0 };
  GError *error = NULL;
  SyncDesk *lost, *other;

  process = hub_serve (fixture, (const char *[]){ "--quiet", NULL }, 0);
  lost = sync_desk_new (fixture, "lost");
  other = sync_desk_new (fixture, "other");
  sync_desk_chatter (lost, 3);
  sync_desk_sync (lost, &error);
  g_assert_no_error (error);
  sync_desk_sync (other, &error);
  g_assert_no_error (error);

  HUB_RUN (&run, "devices", "--dir", fixture->hub_directory, "revoke", "1");
  g_assert_cmpint (run.code, ==, 2); /* without a reason */
  HUB_RUN (&run, "devices", "--dir", fixture->hub_directory, "revoke", "9", "--reason", "stolen");
  g_assert_cmpint (run.code, ==, 1);
  HUB_RUN (&run, "devices", "--dir", fixture->hub_directory, "revoke", "1", "--reason", "stolen",
           "--by", "Operator Nine");
  g_assert_cmpint (run.code, ==, 0);
  HUB_RUN (&run, "devices", "--dir", fixture->hub_directory, "revoke", "1", "--reason", "again");
  g_assert_cmpint (run.code, ==, 1);
  HUB_RUN (&run, "devices", "--dir", fixture->hub_directory);
  g_assert_cmpint (run.code, ==, 0);
  g_assert_nonnull (strstr (run.out, "REVOKED: stolen"));

  sync_desk_chatter (lost, 2);
  g_assert_false (sync_desk_sync (lost, &error));
  g_clear_error (&error);
  g_assert_cmpuint (sync_desk_pending (lost), ==, 2); /* refused, and nothing lost */
  sync_desk_sync (other, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (other->alerts->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (other->alerts, 0), ==, "desk-revoked desk-1");

  HUB_RUN (&run, "devices", "--dir", fixture->hub_directory, "reimage", "1");
  g_assert_cmpint (run.code, ==, 0);
  code = g_strdup (g_strstrip (run.out));
  sync_desk_free (lost);
  lost = sync_desk_new_bare (fixture, "anew");
  sync_desk_enrol (lost, fixture->url, code, fixture->venue, &error);
  g_assert_no_error (error);
  sync_desk_make_engine (lost, fixture->url);
  sync_desk_chatter (lost, 2);
  sync_desk_sync (lost, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sync_desk_pending (lost), ==, 0);

  HUB_RUN (&run, "export", "--dir", fixture->hub_directory, "deeds");
  g_assert_cmpint (run.code, ==, 0);
  g_assert_nonnull (strstr (run.out, "\"person\":\"Operator Nine\",\"what\":\"revoke\","
                                     "\"subject\":\"desk 1/1\",\"reason\":\"stolen\""));
  hub_stop (process);
  sync_desk_free (other);
  sync_desk_free (lost);
  sync_fixture_free (fixture);
}

/* A badge of somebody who is not in the roster yet, and a record that nobody can read. */
static void
test_quarantine (void)
{
  SyncFixture *fixture = sync_fixture_new ();
  LanyardHub *hub = paper_open_hub (fixture);
  Paper *paper = paper_new (fixture, hub);
  g_autoptr (GPtrArray) records = paper_records ();
  g_autofree char *number = sync_fixture_number (0);
  g_auto (HubRun) run = { 0 };

  g_ptr_array_add (records, paper_write (paper, LANYARD_RECORD_ISSUED, number, "K0001-0000017", 1));
  g_ptr_array_add (records, paper_write (paper, LANYARD_RECORD_ISSUED, number, NULL, 1));
  paper_ingest (hub, paper, records);
  lanyard_hub_close (hub);
  g_assert_cmpuint (sync_fixture_count (fixture, "quarantined"), ==, 2);

  HUB_RUN (&run, "quarantine", "--dir", fixture->hub_directory);
  g_assert_cmpint (run.code, ==, 0);
  g_assert_nonnull (strstr (run.out, "1/1/1        its accreditation is not in the roster"));
  HUB_RUN (&run, "quarantine", "--dir", fixture->hub_directory, "show", "1/1/1");
  g_assert_cmpint (run.code, ==, 0);
  g_assert_nonnull (strstr (run.out, "\"kind\" : \"issued\""));
  g_assert_nonnull (strstr (run.out, "\"sequence\" : 1"));
  HUB_RUN (&run, "quarantine", "--dir", fixture->hub_directory, "show", "1/1/3");
  g_assert_cmpint (run.code, ==, 1);
  HUB_RUN (&run, "quarantine", "--dir", fixture->hub_directory, "retry", "1/1/1");
  g_assert_cmpint (run.code, ==, 1); /* still nobody */
  g_assert_cmpuint (sync_fixture_count (fixture, "quarantined"), ==, 2);
  sync_fixture_import (fixture, 0, 1);
  HUB_RUN (&run, "quarantine", "--dir", fixture->hub_directory, "retry", "1/1/1");
  g_assert_cmpint (run.code, ==, 0);
  g_assert_cmpuint (sync_fixture_count (fixture, "quarantined"), ==, 1);
  g_assert_cmpuint (sync_fixture_count (fixture, "open_badges"), ==, 1);
  HUB_RUN (&run, "quarantine", "--dir", fixture->hub_directory, "retry", "1/1/1");
  g_assert_cmpint (run.code, ==, 1); /* decided already */

  HUB_RUN (&run, "quarantine", "--dir", fixture->hub_directory, "dismiss", "1/1/2");
  g_assert_cmpint (run.code, ==, 2);
  HUB_RUN (&run, "quarantine", "--dir", fixture->hub_directory, "dismiss", "1/1/2", "--reason",
           "desk was broken", "--by", "Operator Nine");
  g_assert_cmpint (run.code, ==, 0);
  HUB_RUN (&run, "quarantine", "--dir", fixture->hub_directory);
  g_assert_cmpstr (run.out, ==, "");
  HUB_RUN (&run, "quarantine", "--dir", fixture->hub_directory, "--all", "--json");
  g_assert_nonnull (strstr (run.out, "\"decision\":\"dismissed\""));
  g_assert_nonnull (strstr (run.out, "\"reason\":\"desk was broken\""));
  g_assert_nonnull (strstr (run.out, "\"decision\":\"retried\""));
  g_assert_cmpuint (sync_fixture_count (fixture, "records"), ==, 2);
  paper_free (paper);
  sync_fixture_free (fixture);
}

static void
test_conflicts_and_export (void)
{
  SyncFixture *fixture = sync_fixture_new ();
  LanyardHub *hub;
  Paper *paper;
  g_autoptr (GPtrArray) records = paper_records ();
  g_autofree char *number = sync_fixture_number (0);
  g_autofree char *path = g_build_filename (fixture->directory, "out.csv", NULL);
  g_autofree char *text = NULL;
  g_auto (HubRun) run = { 0 };

  sync_fixture_import (fixture, 0, 1);
  hub = paper_open_hub (fixture);
  paper = paper_new (fixture, hub);
  g_ptr_array_add (records, paper_write (paper, LANYARD_RECORD_ISSUED, number, "K0001-0000017", 1));
  g_ptr_array_add (records, paper_write (paper, LANYARD_RECORD_ISSUED, number, "=K0001-000002", 2));
  paper_ingest (hub, paper, records);
  lanyard_hub_close (hub);

  HUB_RUN (&run, "conflicts", "--dir", fixture->hub_directory);
  g_assert_cmpint (run.code, ==, 0);
  g_assert_nonnull (strstr (run.out, "2 badges out"));
  HUB_RUN (&run, "conflicts", "--dir", fixture->hub_directory, "show", number);
  g_assert_nonnull (strstr (run.out, "K0001-0000017"));
  HUB_RUN (&run, "conflicts", "--dir", fixture->hub_directory, "show", "NOBODY");
  g_assert_cmpint (run.code, ==, 1);

  HUB_RUN (&run, "conflicts", "--dir", fixture->hub_directory, "resolve", number, "--keep",
           "K0001-0000017", "--reason", "in-hand", "--by", "S9");
  g_assert_cmpint (run.code, ==, 0);
  HUB_RUN (&run, "conflicts", "--dir", fixture->hub_directory);
  g_assert_cmpstr (run.out, ==, "");

  HUB_RUN (&run, "export", "--dir", fixture->hub_directory, "pickups", "--format", "csv", "-o",
           path);
  g_assert_cmpint (run.code, ==, 0);
  text = hub_read (path);
  g_assert_true (g_str_has_prefix (text, "device,epoch,seq,kind,at,received,number,serial,"));
  g_assert_nonnull (strstr (text, "\"'=K0001-000002\"")); /* no formula in a spreadsheet */
  HUB_RUN (&run, "export", "--dir", fixture->hub_directory, "badges");
  g_assert_nonnull (strstr (run.out, "\"state\":\"issued\""));
  HUB_RUN (&run, "export", "--dir", fixture->hub_directory, "records");
  g_assert_nonnull (strstr (run.out, "\"hash\":\""));
  HUB_RUN (&run, "export", "--dir", fixture->hub_directory, "names");
  g_assert_cmpint (run.code, ==, 2);
  HUB_RUN (&run, "export", "--dir", fixture->hub_directory, "deeds", "--format", "csv");
  g_assert_nonnull (strstr (run.out, "\"export\",\"pickups to "));
  paper_free (paper);
  sync_fixture_free (fixture);
}

/* A desk is stolen while a badge is in its printer. */
static void
test_questions (void)
{
  SyncFixture *fixture = sync_fixture_new ();
  LanyardHub *hub;
  Paper *paper;
  g_autoptr (GPtrArray) records = paper_records ();
  g_autofree char *number = sync_fixture_number (0);
  g_autofree char *device = NULL;
  g_auto (HubRun) run = { 0 };

  sync_fixture_import (fixture, 0, 1);
  hub = paper_open_hub (fixture);
  paper = paper_new (fixture, hub);
  device = g_strdup_printf ("%u", paper->device);
  g_ptr_array_add (records,
                   paper_write (paper, LANYARD_RECORD_RESERVED, number, "K0001-000001", 1));
  paper_ingest (hub, paper, records);
  lanyard_hub_close (hub);
  HUB_RUN (&run, "questions", "--dir", fixture->hub_directory);
  g_assert_cmpstr (run.out, ==, "");
  HUB_RUN (&run, "devices", "--dir", fixture->hub_directory, "revoke", device, "--reason",
           "stolen");
  g_assert_cmpint (run.code, ==, 0);
  HUB_RUN (&run, "questions", "--dir", fixture->hub_directory);
  g_assert_nonnull (strstr (run.out, "K0001-000001"));
  g_assert_nonnull (strstr (run.out, number));
  HUB_RUN (&run, "questions", "--dir", fixture->hub_directory, "--json");
  g_assert_nonnull (strstr (run.out, "{\"serial\":\"K0001-000001\",\"number\":"));
  HUB_RUN (&run, "status", "--dir", fixture->hub_directory, "--json");
  g_assert_nonnull (strstr (run.out, "\"questions\":1,"));

  HUB_RUN (&run, "questions", "--dir", fixture->hub_directory, "answer", "K0001-000001", "--became",
           "eaten", "--reason", "seen");
  g_assert_cmpint (run.code, ==, 2);
  HUB_RUN (&run, "questions", "--dir", fixture->hub_directory, "answer", "K0001-000001", "--became",
           "destroyed");
  g_assert_cmpint (run.code, ==, 2);
  HUB_RUN (&run, "questions", "--dir", fixture->hub_directory, "answer", "K0001-000001", "--became",
           "destroyed", "--reason", "it lay in the tray", "--by", "S9");
  g_assert_cmpint (run.code, ==, 0);
  HUB_RUN (&run, "questions", "--dir", fixture->hub_directory);
  g_assert_cmpstr (run.out, ==, "");
  HUB_RUN (&run, "export", "--dir", fixture->hub_directory, "deeds", "--format", "csv");
  g_assert_nonnull (strstr (run.out, "K0001-000001 destroyed"));
  g_assert_nonnull (strstr (run.out, "it lay in the tray"));
  paper_free (paper);
  sync_fixture_free (fixture);
}

int
main (int argc, char **argv)
{
  if (postgres_server_skip ())
    return 0;
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  g_test_add_func ("/sync/hub-devices/code", test_code);
  g_test_add_func ("/sync/hub-devices/ticket", test_ticket);
  g_test_add_func ("/sync/hub-devices/revoke", test_revoke);
  g_test_add_func ("/sync/hub-devices/quarantine", test_quarantine);
  g_test_add_func ("/sync/hub-devices/questions", test_questions);
  g_test_add_func ("/sync/hub-devices/conflicts-and-export", test_conflicts_and_export);
  return g_test_run ();
}
