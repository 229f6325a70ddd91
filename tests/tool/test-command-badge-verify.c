/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "lanyard-clock.h"
#include "lanyard-credential.h"
#include "lanyard-hash.h"
#include "tool-run.h"

/* An event's root, hub and trust list as files, and one badge signed by a desk. */
typedef struct
{
  char *root_hex;
  char *trust_path;
  char *negative_path;
  char *credential;
} Event;

static gint64
get_now_s (void)
{
  return lanyard_clock_wall_us (lanyard_clock_system ()) / G_USEC_PER_SEC;
}

static void
write_bytes (const char *path, GBytes *bytes)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize)g_bytes_get_size (bytes),
                       &error);
  g_assert_no_error (error);
}

static char *
sign_badge (const LanyardKey *key)
{
  g_autoptr (LanyardClaims) claims = lanyard_claims_new ();

  claims->kind = LANYARD_CREDENTIAL_BADGE;
  claims->event = g_strdup ("TEST-EVENT");
  claims->number = g_strdup ("26SAMPLE0X");
  claims->serial = g_strdup ("K0471-000001");
  claims->sequence = 1;
  claims->category = g_strdup ("AA");
  claims->issued_s = get_now_s ();
  claims->expires_s = get_now_s () + 3600;
  return lanyard_credential_sign (claims, key);
}

static void
event_init (Event *event)
{
  g_autoptr (LanyardKey) root = lanyard_key_generate ();
  g_autoptr (LanyardKey) hub = lanyard_key_generate ();
  g_autoptr (LanyardKey) desk = lanyard_key_generate ();
  LanyardTrustedKey keys[] = {
    { *lanyard_key_get_public (hub), LANYARD_SCOPE_DIRECTORY, 0, 0, get_now_s () + 7200 },
    { *lanyard_key_get_public (desk), LANYARD_SCOPE_BADGE, 471, 0, get_now_s () + 7200 },
  };
  g_autoptr (LanyardTrustList) trust
      = lanyard_trust_list_new (1, get_now_s (), keys, G_N_ELEMENTS (keys));
  g_autoptr (LanyardNegativeList) negative = lanyard_negative_list_new (1, get_now_s ());
  g_autoptr (GBytes) trust_bytes = lanyard_trust_list_sign (trust, root);
  g_autoptr (GBytes) negative_bytes = NULL;

  lanyard_negative_list_add (negative, "26SAMPLE0X", 2);
  negative_bytes = lanyard_negative_list_sign (negative, hub);
  event->root_hex
      = lanyard_hex_encode (lanyard_key_get_public (root)->bytes, LANYARD_PUBLIC_KEY_BYTES);
  event->trust_path = tool_run_path ("trust.cbor");
  event->negative_path = tool_run_path ("negative.cbor");
  write_bytes (event->trust_path, trust_bytes);
  write_bytes (event->negative_path, negative_bytes);
  event->credential = sign_badge (desk);
}

static void
event_clear (Event *event)
{
  g_free (event->root_hex);
  g_free (event->trust_path);
  g_free (event->negative_path);
  g_free (event->credential);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Event, event_clear)

/* Words that every run here has. */
#define VERIFY(event)                                                                              \
  "badge", "verify", "--trust", (event).trust_path, "--root-key", (event).root_hex

static void
test_verifies (void)
{
  g_auto (Event) event = { 0 };
  g_auto (ToolRun) by_text = { 0 };
  g_auto (ToolRun) by_image = { 0 };
  g_auto (ToolRun) for_people = { 0 };
  g_autofree char *image = NULL;
  g_autoptr (JsonObject) object = NULL;

  event_init (&event);
  tool_run (&by_text, NULL, VERIFY (event), "--json", "--event", "TEST-EVENT", event.credential,
            NULL);
  tool_assert_exit (&by_text, 0);
  object = tool_run_parse_line (&by_text, 0);
  g_assert_true (json_object_get_boolean_member (object, "verifies"));
  g_assert_cmpstr (json_object_get_string_member (object, "answer"), ==, "genuine");
  g_assert_cmpstr (json_object_get_string_member (object, "number"), ==, "26SAMPLE0X");
  g_assert_cmpstr (json_object_get_string_member (object, "serial"), ==, "K0471-000001");
  g_assert_cmpint (json_object_get_int_member (object, "device"), ==, 471);

  image = tool_run_path ("badge.png");
  tool_write_qr (image, event.credential);
  tool_run (&by_image, NULL, VERIFY (event), "--json", image, NULL);
  tool_assert_exit (&by_image, 0);
  g_assert_cmpstr (by_image.out, ==, by_text.out);

  tool_run (&for_people, NULL, VERIFY (event), image, NULL);
  tool_assert_exit (&for_people, 0);
  tool_assert_says (for_people.out, "desk 471");
}

/* A desk that was enrolled after the root key went into a safe: the hub's newer list names it. */
static void
test_newer_trust_list (void)
{
  g_autoptr (LanyardKey) root = lanyard_key_generate ();
  g_autoptr (LanyardKey) hub = lanyard_key_generate ();
  g_autoptr (LanyardKey) desk = lanyard_key_generate ();
  LanyardTrustedKey keys[] = {
    { *lanyard_key_get_public (hub), LANYARD_SCOPE_TRUST, 0, 0, get_now_s () + 7200 },
    { *lanyard_key_get_public (desk), LANYARD_SCOPE_BADGE, 12, 0, get_now_s () + 7200 },
  };
  g_autoptr (LanyardTrustList) first = lanyard_trust_list_new (1, get_now_s (), keys, 1);
  g_autoptr (LanyardTrustList) second = lanyard_trust_list_new (2, get_now_s (), keys, 2);
  g_autoptr (GBytes) first_bytes = lanyard_trust_list_sign (first, root);
  g_autoptr (GBytes) second_bytes = lanyard_trust_list_sign (second, hub);
  g_autofree char *first_path = tool_run_path ("trust-1.cbor");
  g_autofree char *second_path = tool_run_path ("trust-2.cbor");
  g_autofree char *root_hex
      = lanyard_hex_encode (lanyard_key_get_public (root)->bytes, LANYARD_PUBLIC_KEY_BYTES);
  g_autofree char *text = sign_badge (desk);
  g_auto (ToolRun) both = { 0 };
  g_auto (ToolRun) only_first = { 0 };
  g_auto (ToolRun) only_second = { 0 };

  write_bytes (first_path, first_bytes);
  write_bytes (second_path, second_bytes);
  tool_run (&both, NULL, "badge", "verify", "--root-key", root_hex, "--trust", first_path,
            "--trust", second_path, text, NULL);
  tool_assert_exit (&both, 0);
  tool_run (&only_first, NULL, "badge", "verify", "--root-key", root_hex, "--trust", first_path,
            text, NULL);
  tool_assert_exit (&only_first, 1);
  tool_run (&only_second, NULL, "badge", "verify", "--root-key", root_hex, "--trust", second_path,
            text, NULL);
  tool_assert_exit (&only_second, 1);
}

/* Every way in which a badge can be wrong is the answer 1, never a success and never a crash. */
static void
test_does_not_verify (void)
{
  g_auto (Event) event = { 0 };
  g_auto (ToolRun) altered = { 0 };
  g_auto (ToolRun) other_event = { 0 };
  g_auto (ToolRun) revoked = { 0 };
  g_auto (ToolRun) stranger = { 0 };
  g_autofree char *changed = NULL;
  g_autofree char *strangers = NULL;
  g_autoptr (LanyardKey) key = lanyard_key_generate ();
  g_autoptr (JsonObject) object = NULL;
  gsize middle;

  event_init (&event);
  changed = g_strdup (event.credential);
  middle = strlen (changed) / 2;
  changed[middle] = changed[middle] == '0' ? '1' : '0';
  tool_run (&altered, NULL, VERIFY (event), "--json", changed, NULL);
  tool_assert_exit (&altered, 1);
  object = tool_run_parse_line (&altered, 0);
  g_assert_false (json_object_get_boolean_member (object, "verifies"));
  g_assert_cmpstr (json_object_get_string_member (object, "answer"), ==, "altered");

  tool_run (&other_event, NULL, VERIFY (event), "--event", "OTHER", event.credential, NULL);
  tool_assert_exit (&other_event, 1);
  tool_run (&revoked, NULL, VERIFY (event), "--negative", event.negative_path, event.credential,
            NULL);
  tool_assert_exit (&revoked, 1);
  strangers = sign_badge (key);
  tool_run (&stranger, NULL, VERIFY (event), strangers, NULL);
  tool_assert_exit (&stranger, 1);
}

static void
test_wrong_use (void)
{
  g_auto (Event) event = { 0 };
  g_auto (ToolRun) no_trust = { 0 };
  g_auto (ToolRun) bad_root = { 0 };
  g_auto (ToolRun) no_file = { 0 };
  g_auto (ToolRun) no_code = { 0 };
  g_auto (ToolRun) foreign_root = { 0 };
  g_autofree char *blank = tool_run_path ("blank.png");
  g_autofree char *zeros = g_strnfill (64, '0');

  event_init (&event);
  tool_run (&no_trust, NULL, "badge", "verify", event.credential, NULL);
  tool_assert_exit (&no_trust, 2);
  tool_assert_says (no_trust.err, "--trust");
  tool_run (&bad_root, NULL, "badge", "verify", "--trust", event.trust_path, "--root-key", "12",
            "x", NULL);
  tool_assert_exit (&bad_root, 2);
  tool_run (&no_file, NULL, VERIFY (event), "/nowhere/badge.png", NULL);
  tool_assert_exit (&no_file, 2);
  tool_write_blank (blank);
  tool_run (&no_code, NULL, VERIFY (event), blank, NULL);
  tool_assert_exit (&no_code, 1);
  tool_run (&foreign_root, NULL, "badge", "verify", "--trust", event.trust_path, "--root-key",
            zeros, event.credential, NULL);
  tool_assert_exit (&foreign_root, 1);
}

int
main (int argc, char **argv)
{
  tool_run_init (&argc, &argv);
  lanyard_hash_init ();
  g_test_add_func ("/tool/badge-verify/verifies", test_verifies);
  g_test_add_func ("/tool/badge-verify/newer-trust-list", test_newer_trust_list);
  g_test_add_func ("/tool/badge-verify/does-not-verify", test_does_not_verify);
  g_test_add_func ("/tool/badge-verify/wrong-use", test_wrong_use);
  return tool_run_tests ();
}
