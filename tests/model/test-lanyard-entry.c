/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "lanyard-entry.h"

#include "lanyard-error.h"
#include "lanyard-id.h"

#define NUMBER_STEM "26000123"

static char *
number (void)
{
  return g_strdup_printf ("%s%c", NUMBER_STEM, lanyard_check_character (NUMBER_STEM));
}

static char *
sample_json (const char *extra)
{
  g_autofree char *n = number ();

  return g_strdup_printf (
      "{\"holder_id\":\"H1\",\"given_name\":\"Zoë\",\"family_name\":\"Quillfeather\","
      "\"print_name\":\"QUILLFEATHER Zoë\",\"local_name\":\"ظوي\",\"birth_date\":\"1999-02-28\","
      "\"documents\":[\"P:UTO:X1234567\"],\"number\":\"%s\",\"category\":\"cat\","
      "\"venues\":[\"v1\",\"v2\"],\"zones\":[\"z\"],\"valid_from\":\"2031-07-01T00:00:00Z\","
      "\"valid_until\":\"2031-08-15T00:00:00Z\",\"status\":\"active\","
      "\"clearances\":{\"check\":\"pending\"}%s}",
      n, extra);
}

static LanyardEntry *
sample (void)
{
  g_autofree char *json = sample_json ("");
  g_autoptr (GError) error = NULL;
  LanyardEntry *entry = lanyard_entry_parse_json (json, -1, &error);

  g_assert_no_error (error);
  return entry;
}

static void
test_json_round_trip (void)
{
  g_autoptr (LanyardEntry) entry = sample ();
  g_autofree char *json = lanyard_entry_to_json (entry);
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardEntry) back = lanyard_entry_parse_json (json, -1, &error);
  g_autofree char *again = NULL;

  g_assert_no_error (error);
  again = lanyard_entry_to_json (back);
  g_assert_cmpstr (json, ==, again);
  g_assert_cmpint (back->valid_from_s, ==, 1940630400);
  g_assert_cmpint (lanyard_entry_get_clearance (back, "check"), ==, LANYARD_CLEARANCE_PENDING);
  /* A system that nobody has answered for has not cleared anybody. */
  g_assert_cmpint (lanyard_entry_get_clearance (back, "other"), ==, LANYARD_CLEARANCE_PENDING);
}

static void
test_codec_round_trip (void)
{
  g_autoptr (LanyardEntry) entry = sample ();
  g_autoptr (GBytes) first = NULL;
  g_autoptr (GBytes) second = NULL;
  g_autoptr (LanyardEntry) back = NULL;
  g_autoptr (GError) error = NULL;

  entry->issued.open_badges = 2;
  entry->issued.last_sequence = 7;
  entry->issued.last_serial = g_strdup ("K0001-000001X");
  entry->issued.disputed = TRUE;
  entry->lowest_valid_sequence = 3;
  first = lanyard_entry_encode (entry);
  back = lanyard_entry_decode (g_bytes_get_data (first, NULL), g_bytes_get_size (first), &error);
  g_assert_no_error (error);
  second = lanyard_entry_encode (back);
  g_assert_true (g_bytes_equal (first, second));
  g_assert_true (back->issued.disputed);
}

/* What the search reads of an entry is what the entry says, in each version of its shape. */
static void
test_names (void)
{
  static const char *const more[] = { "", ",\"face_box\":[0.25,0.1,0.5,0.6125]" };

  for (guint i = 0; i < G_N_ELEMENTS (more); i++)
    {
      g_autofree char *json = sample_json (more[i]);
      g_autoptr (LanyardEntry) entry = lanyard_entry_parse_json (json, -1, NULL);
      g_autoptr (LanyardEntry) names = NULL;
      g_autoptr (GBytes) bytes = lanyard_entry_encode (entry);
      g_autoptr (GError) error = NULL;

      names = lanyard_entry_decode_names (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                                          &error);
      g_assert_no_error (error);
      g_assert_cmpstr (names->given_name, ==, entry->given_name);
      g_assert_cmpstr (names->family_name, ==, entry->family_name);
      g_assert_cmpstr (names->print_name, ==, entry->print_name);
      g_assert_cmpstr (names->local_name, ==, entry->local_name);
      g_assert_cmpstr (names->number, ==, entry->number);
      g_assert_cmpstr (names->organisation, ==, entry->organisation);
      g_assert_true (g_strv_equal ((const char *const *)names->documents,
                                   (const char *const *)entry->documents));
      g_assert_null (lanyard_entry_decode_names (g_bytes_get_data (bytes, NULL), 20, &error));
      g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
    }
}

/* Rosters say where a head is; an entry without that keeps the bytes that it always had. */
static void
test_face_box (void)
{
  g_autofree char *json = sample_json (",\"face_box\":[0.25,0.1,0.5,0.6125]");
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardEntry) entry = lanyard_entry_parse_json (json, -1, &error);
  g_autoptr (LanyardEntry) copy = NULL;
  g_autoptr (LanyardEntry) back = NULL;
  g_autoptr (GBytes) with = NULL;
  g_autoptr (GBytes) without = NULL;
  g_autofree char *again = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (entry->face_box.x, ==, 2500);
  g_assert_cmpuint (entry->face_box.height, ==, 6125);
  copy = lanyard_entry_copy (entry);
  g_assert_cmpuint (copy->face_box.y, ==, 1000);
  g_assert_cmpuint (copy->face_box.width, ==, 5000);
  again = lanyard_entry_to_json (copy);
  back = lanyard_entry_parse_json (again, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (back->face_box.height, ==, 6125);

  with = lanyard_entry_encode (entry);
  entry->face_box = (LanyardFaceBox){ 0 };
  without = lanyard_entry_encode (entry);
  /* An array of 28 items, version 2; an array of 27, version 1. */
  g_assert_cmpmem (g_bytes_get_data (with, NULL), 3, "\x98\x1c\x02", 3);
  g_assert_cmpmem (g_bytes_get_data (without, NULL), 3, "\x98\x1b\x01", 3);
}

static void
test_every_cut_is_refused (void)
{
  g_autoptr (LanyardEntry) entry = sample ();
  g_autoptr (GBytes) bytes = lanyard_entry_encode (entry);

  for (gsize n = 0; n < g_bytes_get_size (bytes); n++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (lanyard_entry_decode (g_bytes_get_data (bytes, NULL), n, &error));
      g_assert_nonnull (error);
    }
}

/* Each of these is one member that would let a wrong person through or break a badge. */
static void
test_bad_members (void)
{
  static const char *const extras[] = {
    ",\"number\":\"26000123X\"",
    ",\"number\":\"A1-2425G-ABC1234002-M\"",
    ",\"birth_date\":\"1999-02-30\"",
    ",\"birth_date\":\"28.2.1999\"",
    ",\"valid_until\":\"2031-07-01T00:00:00Z\"",
    ",\"valid_until\":\"soon\"",
    ",\"status\":\"fine\"",
    ",\"clearances\":{\"check\":\"maybe\"}",
    ",\"clearances\":[]",
    ",\"venues\":\"v1\"",
    ",\"venues\":[1]",
    ",\"print_name\":\"\"",
    ",\"print_name\":\"a\\u0007b\"",
    ",\"print_name\":\"LIVE \\u202eEVIL\"",
    ",\"print_name\":7",
    ",\"photo_hash\":\"abcd\"",
    ",\"lowest_valid_sequence\":-1",
    ",\"catgory\":\"misspelt\"",
    ",\"face_box\":[0.1,0.1,0.5]",
    ",\"face_box\":[0.1,0.1,\"0.5\",0.5]",
    ",\"face_box\":[0.1,0.1,0,0.5]",
    ",\"face_box\":[0.6,0.1,0.5,0.5]",
    ",\"face_box\":[-0.1,0.1,0.5,0.5]",
    ",\"face_box\":[0.1,0.1,0.5,1e9]",
  };

  for (guint i = 0; i < G_N_ELEMENTS (extras); i++)
    {
      g_autofree char *json = sample_json (extras[i]);
      g_autoptr (GError) error = NULL;

      if (lanyard_entry_parse_json (json, -1, &error) != NULL)
        g_error ("accepted: %s", extras[i]);
      g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
    }
}

static void
test_errors_tell_no_names (void)
{
  g_autoptr (GError) error = NULL;
  const char *json = "{\"print_name\": QUILLFEATHER";

  g_assert_null (lanyard_entry_parse_json (json, -1, &error));
  g_assert_null (g_strstr_len (error->message, -1, "QUILL"));
}

static void
test_copy_is_deep (void)
{
  g_autoptr (LanyardEntry) entry = sample ();
  g_autoptr (LanyardEntry) copy = lanyard_entry_copy (entry);

  g_assert_cmpstr (copy->print_name, ==, entry->print_name);
  g_assert_true (copy->print_name != entry->print_name);
  g_assert_cmpstr (copy->venues[1], ==, "v2");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  g_test_add_func ("/entry/json-round-trip", test_json_round_trip);
  g_test_add_func ("/entry/codec-round-trip", test_codec_round_trip);
  g_test_add_func ("/entry/names", test_names);
  g_test_add_func ("/entry/face-box", test_face_box);
  g_test_add_func ("/entry/every-cut-is-refused", test_every_cut_is_refused);
  g_test_add_func ("/entry/bad-members", test_bad_members);
  g_test_add_func ("/entry/errors-tell-no-names", test_errors_tell_no_names);
  g_test_add_func ("/entry/copy-is-deep", test_copy_is_deep);
  return g_test_run ();
}
