/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, what a printer says is taken for more or for less than it is worth. */

#include "flow-fixture.h"

static void
assert_kinds (FlowFixture *fixture, const char *expected)
{
  g_autofree char *kinds = flow_kinds_of (fixture, flow_number (PERSON_READY));

  g_assert_cmpstr (kinds, ==, expected);
}

/* One sequence of reports, and where it must lead when nobody does anything. */
typedef struct
{
  const char *reports; /* F S P T C E L: failed spooled processing sTopped completed ended lost */
  const char *page;
  const char *kinds;
} Sequence;

static const Sequence sequences[] = {
  { "", "printing", "reserved" },
  { "F", "refused", "reserved voided" },
  { "S", "printing", "reserved printing" },
  { "SS", "printing", "reserved printing" },
  { "SP", "printing", "reserved printing" },
  { "P", "printing", "reserved printing" },
  { "ST", "printing", "reserved printing" },
  { "STPC", "scan-back", "reserved printing reported" },
  { "SPPPC", "scan-back", "reserved printing reported" },
  { "SC", "scan-back", "reserved printing reported" },
  { "C", "scan-back", "reserved reported" },
  { "SCC", "scan-back", "reserved printing reported" },
  { "SCE", "scan-back", "reserved printing reported" },
  { "SCL", "scan-back", "reserved printing reported" },
  { "SE", "attention", "reserved printing unknown" },
  { "SL", "attention", "reserved printing unknown" },
  { "STE", "attention", "reserved printing unknown" },
  { "L", "attention", "reserved unknown" },
  { "E", "attention", "reserved unknown" },
  /* It had taken the job: that it now says "never" is no proof. */
  { "SF", "attention", "reserved printing unknown" },
  /* A late word does not answer the question. */
  { "SLC", "attention", "reserved printing unknown" },
  { "SEP", "attention", "reserved printing unknown" },
};

static LanyardPrintState
state_of (char letter)
{
  switch (letter)
    {
    case 'F':
      return LANYARD_PRINT_FAILED;
    case 'S':
      return LANYARD_PRINT_SPOOLED;
    case 'P':
      return LANYARD_PRINT_PROCESSING;
    case 'T':
      return LANYARD_PRINT_STOPPED;
    case 'C':
      return LANYARD_PRINT_COMPLETED;
    case 'E':
      return LANYARD_PRINT_ENDED;
    default:
      g_assert_cmpint (letter, ==, 'L');
      return LANYARD_PRINT_LOST;
    }
}

static void
test_sequence (FlowFixture *fixture, gconstpointer data)
{
  const Sequence *sequence = data;
  g_autofree char *serial = flow_walk_to_reserved (fixture, PERSON_READY);

  for (const char *c = sequence->reports; *c != '\0'; c++)
    fake_printer_say (fixture->printer, state_of (*c));
  flow_assert_page (fixture, sequence->page);
  assert_kinds (fixture, sequence->kinds);
  g_assert_cmpuint (fixture->printer->submitted->len, ==, 1);
  if (g_str_equal (sequence->page, "attention"))
    {
      g_assert_null (fixture->view->entry);
      g_assert_cmpuint (fixture->view->questions->len, ==, 1);
      g_assert_cmpstr (fixture->view->serial, ==, serial);
    }
  flow_check_journal (fixture);
}

/* The same sequences, from within submit(): nothing is lost and nothing comes before its time. */
static void
test_at_once (FlowFixture *fixture, gconstpointer data)
{
  fixture->printer->at_once[0] = LANYARD_PRINT_SPOOLED;
  fixture->printer->at_once[1] = LANYARD_PRINT_PROCESSING;
  fixture->printer->at_once[2] = LANYARD_PRINT_COMPLETED;
  flow_scan_invitation (fixture, PERSON_READY);
  flow_press (fixture, LANYARD_INPUT_CONFIRM);
  flow_assert_page (fixture, "scan-back");
  assert_kinds (fixture, "reserved printing reported");
}

static void
test_fault_is_shown (FlowFixture *fixture, gconstpointer data)
{
  g_autofree char *serial = flow_walk_to_printing (fixture, PERSON_READY);

  fake_printer_report (fixture->printer, serial, LANYARD_PRINT_STOPPED,
                       LANYARD_PRINT_FAULT_MEDIA_JAM);
  flow_assert_page (fixture, "printing");
  g_assert_cmpint (fixture->view->print, ==, LANYARD_PRINT_STOPPED);
  g_assert_cmpint (fixture->view->fault, ==, LANYARD_PRINT_FAULT_MEDIA_JAM);
  /* Somebody fetches a key for the printer: five minutes are no reason to give up. */
  flow_wait (fixture, 300);
  flow_assert_page (fixture, "printing");
  fake_printer_say (fixture->printer, LANYARD_PRINT_PROCESSING);
  g_assert_cmpint (fixture->view->fault, ==, LANYARD_PRINT_FAULT_NONE);
  fake_printer_say (fixture->printer, LANYARD_PRINT_COMPLETED);
  flow_assert_page (fixture, "scan-back");
}

static void
test_failure_tells_why (FlowFixture *fixture, gconstpointer data)
{
  g_autofree char *serial = flow_walk_to_reserved (fixture, PERSON_READY);

  fake_printer_report (fixture->printer, serial, LANYARD_PRINT_FAILED,
                       LANYARD_PRINT_FAULT_REJECTED);
  flow_assert_page (fixture, "refused");
  g_assert_nonnull (fixture->view->ticket);
  g_assert_cmpuint (flow_body_number (fixture, LANYARD_RECORD_VOIDED, LANYARD_BODY_FAULT), ==,
                    LANYARD_PRINT_FAULT_REJECTED);
  g_assert_cmpuint (flow_body_number (fixture, LANYARD_RECORD_VOIDED, LANYARD_BODY_VOID_REASON), ==,
                    LANYARD_VOID_NOT_PRINTED);
  /* The serial is void, so the same person may try again, with another serial. */
  flow_press (fixture, LANYARD_INPUT_DONE);
  g_free (flow_walk_to_issued (fixture, PERSON_READY));
  g_assert_cmpuint (fixture->printer->submitted->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (fixture->printer->submitted, 1), !=, serial);
  flow_check_journal (fixture);
}

static void
lengthen_name (LanyardEntry *entry)
{
  g_free (entry->category);
  entry->category = g_strdup ("PLAYER");
  g_free (entry->print_name);
  entry->print_name = g_strnfill (400, 'W');
}

/* A badge that cannot be drawn is a failed print, found before a byte goes out. */
static void
test_badge_cannot_be_made (FlowFixture *fixture, gconstpointer data)
{
  flow_change_person (fixture, PERSON_READY, lengthen_name);
  flow_scan_invitation (fixture, PERSON_READY);
  flow_press (fixture, LANYARD_INPUT_CONFIRM);
  flow_assert_page (fixture, "refused");
  assert_kinds (fixture, "reserved voided");
  g_assert_cmpuint (fixture->printer->submitted->len, ==, 0);
}

/* Codes that the printer at hand cannot print so that they can be read are not printed. */
static void
test_printer_is_too_coarse (FlowFixture *fixture, gconstpointer data)
{
  fixture->printer->dpi = 100;
  flow_scan_invitation (fixture, PERSON_READY);
  flow_press (fixture, LANYARD_INPUT_CONFIRM);
  flow_assert_page (fixture, "refused");
  assert_kinds (fixture, "reserved voided");
  g_assert_cmpuint (fixture->printer->submitted->len, ==, 0);
}

static void
test_silence (FlowFixture *fixture, gconstpointer data)
{
  g_free (flow_walk_to_reserved (fixture, PERSON_READY));
  flow_wait (fixture, 59);
  flow_press (fixture, LANYARD_INPUT_ACTIVITY);
  flow_assert_page (fixture, "printing");
  flow_wait (fixture, 2);
  flow_assert_page (fixture, "attention");
  assert_kinds (fixture, "reserved unknown");
  /* Something may lie in the printer: no clock takes the question from the screen. */
  flow_wait (fixture, 3600);
  flow_assert_page (fixture, "attention");
}

/* Somebody who waits and touches the screen does not make the printer work. */
static void
test_touches_while_it_stands (FlowFixture *fixture, gconstpointer data)
{
  g_free (flow_walk_to_printing (fixture, PERSON_READY));
  for (guint i = 0; i < 4; i++)
    {
      flow_wait (fixture, 50);
      flow_press (fixture, LANYARD_INPUT_ACTIVITY);
    }
  flow_assert_page (fixture, "attention");
  assert_kinds (fixture, "reserved printing unknown");
}

static GBytes *photo_hash; /* what the row gets */

static void
set_photo (LanyardEntry *entry)
{
  g_clear_pointer (&entry->photo_hash, g_bytes_unref);
  entry->photo_hash = photo_hash != NULL ? g_bytes_ref (photo_hash) : NULL;
}

/* Sync takes a photo back while somebody reads the screen: the badge does not have it. */
static void
test_photo_taken_back (FlowFixture *fixture, gconstpointer data)
{
  static const guint8 jpeg[80] = { 0xff, 0xd8, 0xff };
  g_autoptr (GBytes) photo = g_bytes_new_static (jpeg, sizeof jpeg);
  g_autoptr (GError) error = NULL;

  photo_hash = lanyard_photo_hash (photo);
  lanyard_directory_put_photo (fixture->directory, photo_hash, photo, &error);
  g_assert_no_error (error);
  flow_change_person (fixture, PERSON_READY, set_photo);
  flow_scan_invitation (fixture, PERSON_READY);
  g_assert_nonnull (fixture->view->photo);
  g_clear_pointer (&photo_hash, g_bytes_unref);
  flow_change_person (fixture, PERSON_READY, set_photo);
  flow_press (fixture, LANYARD_INPUT_CONFIRM);
  flow_assert_page (fixture, "printing");
  g_assert_null (fixture->view->photo);
}

static void
test_badge_before_report (FlowFixture *fixture, gconstpointer data)
{
  g_autofree char *serial = flow_walk_to_printing (fixture, PERSON_READY);

  flow_scan_badge (fixture, serial);
  flow_assert_page (fixture, "done");
  assert_kinds (fixture, "reserved printing issued");
  g_assert_cmpstr (g_ptr_array_index (fixture->printer->forgotten, 0), ==, serial);
  fake_printer_say (fixture->printer, LANYARD_PRINT_COMPLETED);
  flow_assert_page (fixture, "done");
  assert_kinds (fixture, "reserved printing issued");
}

/* The paper is out, staff say that nothing came: it must not come when there is paper again. */
static void
test_void_is_cancelled (FlowFixture *fixture, gconstpointer data)
{
  g_autofree char *serial = flow_walk_to_printing (fixture, PERSON_READY);

  fake_printer_report (fixture->printer, serial, LANYARD_PRINT_STOPPED,
                       LANYARD_PRINT_FAULT_MEDIA_EMPTY);
  flow_press (fixture, LANYARD_INPUT_CALL_STAFF);
  flow_sign_in (fixture);
  g_assert_cmpuint (fixture->printer->cancelled->len, ==, 0);
  flow_press (fixture, LANYARD_INPUT_NOT_OUT);
  assert_kinds (fixture, "reserved printing unknown voided");
  g_assert_cmpuint (fixture->printer->cancelled->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (fixture->printer->cancelled, 0), ==, serial);
}

/* Nobody begins when the printer stands. */
static void
test_printer_fault (FlowFixture *fixture, gconstpointer data)
{
  fake_printer_set_fault (fixture->printer, LANYARD_PRINT_FAULT_MEDIA_EMPTY);
  lanyard_session_check_health (fixture->session);
  flow_assert_page (fixture, "out-of-order");
  g_assert_cmpstr (fixture->view->code, ==, "P20");
  g_assert_cmpint (fixture->view->fault, ==, LANYARD_PRINT_FAULT_MEDIA_EMPTY);
  flow_scan_invitation (fixture, PERSON_READY);
  flow_assert_page (fixture, "out-of-order");
  fake_printer_set_fault (fixture->printer, LANYARD_PRINT_FAULT_NONE);
  lanyard_session_check_health (fixture->session);
  flow_assert_page (fixture, "welcome");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (sequences); i++)
    {
      g_autofree char *path
          = g_strdup_printf ("/flow/session-print/sequence/%s",
                             *sequences[i].reports != '\0' ? sequences[i].reports : "none");

      g_test_add (path, FlowFixture, &sequences[i], flow_set_up, test_sequence, flow_tear_down);
    }
#define ADD(path, func)                                                                            \
  g_test_add ("/flow/session-print/" path, FlowFixture, NULL, flow_set_up, func, flow_tear_down)
  ADD ("at-once", test_at_once);
  ADD ("fault-is-shown", test_fault_is_shown);
  ADD ("failure-tells-why", test_failure_tells_why);
  ADD ("badge-cannot-be-made", test_badge_cannot_be_made);
  ADD ("printer-is-too-coarse", test_printer_is_too_coarse);
  ADD ("silence", test_silence);
  ADD ("touches-while-it-stands", test_touches_while_it_stands);
  ADD ("photo-taken-back", test_photo_taken_back);
  ADD ("badge-before-report", test_badge_before_report);
  ADD ("void-is-cancelled", test_void_is_cancelled);
  ADD ("printer-fault", test_printer_fault);
  return g_test_run ();
}
