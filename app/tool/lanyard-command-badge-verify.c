/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-tool"

#include "lanyard-command.h"

#include "lanyard-clock.h"
#include "lanyard-hash.h"
#include "lanyard-output.h"
#include "lanyard-reader.h"
#include "lanyard-tool-trust.h"
#include "lanyard-verification.h"

/* What a badge is judged by. */
typedef struct
{
  char *event;                   /* owned (nullable): any event of the trust list when NULL */
  LanyardTrustList *trust;       /* owned */
  LanyardNegativeList *negative; /* owned (nullable) */
  gint64 now_s;                  /* s since 1970-01-01 UTC */
} Judge;

static void
judge_clear (Judge *judge)
{
  g_free (judge->event);
  g_clear_pointer (&judge->trust, lanyard_trust_list_unref);
  g_clear_pointer (&judge->negative, lanyard_negative_list_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Judge, judge_clear)

static gboolean
load_negative (Judge *judge, const char *path, GError **error)
{
  g_autofree char *content = NULL;
  gsize n_bytes;

  if (path == NULL)
    return TRUE;
  if (!lanyard_tool_read_signed (path, &content, &n_bytes, error))
    return FALSE;
  judge->negative
      = lanyard_negative_list_load (content, n_bytes, judge->trust, NULL, judge->now_s, error);
  if (judge->negative == NULL)
    return g_prefix_error (error, "%s: ", path), FALSE;
  return TRUE;
}

/* Returns: (transfer full) (nullable): text of the signed code in a picture */
static char *
read_credential (const char *path, GError **error)
{
  g_autoptr (LanyardReader) reader = NULL;
  g_autoptr (LanyardFrame) frame = NULL;
  g_autoptr (GPtrArray) scans = NULL;

  if (!lanyard_command_require_file (path, error))
    return NULL;
  frame = lanyard_frame_load (path, error);
  if (frame == NULL)
    return NULL;
  reader = lanyard_reader_new (LANYARD_SYMBOLOGIES_ALL);
  scans = lanyard_reader_read (reader, frame, LANYARD_SCAN_SOURCE_IMAGE);
  for (guint i = 0; i < scans->len; i++)
    {
      g_autofree char *text = lanyard_scan_dup_text (g_ptr_array_index (scans, i));

      if (text != NULL && lanyard_credential_has_prefix (text))
        return g_steal_pointer (&text);
    }
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND,
               "There is no signed code in the picture '%s'; take one that is sharper or nearer.",
               path);
  return NULL;
}

static void
print_json (const LanyardVerification *verification)
{
  const LanyardClaims *claims = verification->claims;
  JsonBuilder *builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "verifies");
  json_builder_add_boolean_value (builder, verification->answer == LANYARD_VERIFICATION_GENUINE);
  lanyard_output_member (builder, "answer",
                         lanyard_verification_answer_to_string (verification->answer));
  if (verification->problem != NULL)
    lanyard_output_member (builder, "problem", verification->problem->message);
  if (claims != NULL)
    {
      g_autofree char *issued = lanyard_clock_format_us (claims->issued_s * G_USEC_PER_SEC);
      g_autofree char *expires = lanyard_clock_format_us (claims->expires_s * G_USEC_PER_SEC);
      g_autofree char *kid = lanyard_hex_encode (claims->kid.bytes, LANYARD_KID_BYTES);

      lanyard_output_member (builder, "kind", lanyard_credential_kind_to_string (claims->kind));
      lanyard_output_member (builder, "event", claims->event);
      lanyard_output_member (builder, "number", claims->number);
      lanyard_output_member (builder, "serial", claims->serial);
      json_builder_set_member_name (builder, "sequence");
      json_builder_add_int_value (builder, claims->sequence);
      lanyard_output_member (builder, "category", claims->category);
      json_builder_set_member_name (builder, "privileges");
      json_builder_begin_array (builder);
      for (guint i = 0; claims->privileges[i] != NULL; i++)
        json_builder_add_string_value (builder, claims->privileges[i]);
      json_builder_end_array (builder);
      lanyard_output_member (builder, "name", claims->name);
      lanyard_output_member (builder, "issued", issued);
      lanyard_output_member (builder, "expires", expires);
      lanyard_output_member (builder, "kid", kid);
      json_builder_set_member_name (builder, "device");
      json_builder_add_int_value (builder, verification->device);
    }
  json_builder_end_object (builder);
  lanyard_output_json (builder);
}

static void
print_lines (const LanyardVerification *verification)
{
  const LanyardClaims *claims = verification->claims;
  g_autofree char *expires = lanyard_clock_format_us (claims->expires_s * G_USEC_PER_SEC);
  g_autofree char *privileges = g_strjoinv (" ", claims->privileges);

  g_print ("It verifies: %s of %s for %s, category %s.\n",
           lanyard_credential_kind_to_string (claims->kind), claims->number, claims->event,
           claims->category != NULL ? claims->category : "not named");
  if (claims->serial != NULL)
    g_print ("  serial      %s, badge %u of this accreditation\n", claims->serial,
             claims->sequence);
  if (*privileges != '\0')
    g_print ("  privileges  %s\n", privileges);
  if (claims->name != NULL)
    g_print ("  name        %s\n", claims->name);
  g_print ("  valid until %s\n", expires);
  if (verification->device != 0)
    g_print ("  signed by   desk %u\n", verification->device);
  else
    g_print ("  signed by   the hub\n");
}

static gboolean
verify (const Judge *judge, const char *text, gboolean json, GError **error)
{
  g_autoptr (LanyardVerification) verification
      = lanyard_verification_new (text, judge->event, judge->trust, judge->negative, judge->now_s);

  if (json)
    print_json (verification);
  else if (verification->problem == NULL)
    print_lines (verification);
  if (verification->problem == NULL)
    return TRUE;
  g_propagate_prefixed_error (error, g_error_copy (verification->problem), "It does not verify: ");
  return FALSE;
}

static gboolean
run (char **args, GError **error)
{
  const LanyardCommand *self = &lanyard_command_badge_verify;
  g_auto (Judge) judge
      = { .now_s = lanyard_clock_wall_us (lanyard_clock_system ()) / G_USEC_PER_SEC };
  g_auto (GStrv) trust_paths = NULL;
  g_autofree char *negative_path = NULL;
  g_autofree char *root_hex = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) words = NULL;
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    LANYARD_TOOL_TRUST_OPTIONS (trust_paths, root_hex),
    { "event", 0, 0, G_OPTION_ARG_STRING, &judge.event, "Event code that must stand in it",
      "CODE" },
    { "negative", 0, 0, G_OPTION_ARG_FILENAME, &negative_path, "Signed negative list", "FILE" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, "One JSON object", NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &words, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };

  if (!lanyard_command_parse (
          self, args, entries,
          "Needs no network. The pack has the trust list that the root key signed; 'lanyard "
          "directory document trust' writes the newer one that a desk has from its hub: give both. "
          "The exit code is 1 when it does not verify.",
          error)
      || !lanyard_command_require_words (self, words, 1, 1, error)
      || (judge.trust
          = lanyard_tool_require_trust (self, trust_paths, root_hex, judge.now_s, error))
             == NULL
      || !load_negative (&judge, negative_path, error))
    return FALSE;
  text = lanyard_credential_has_prefix (words[0]) ? g_strdup (words[0])
                                                  : read_credential (words[0], error);
  return text != NULL && verify (&judge, text, json, error);
}

const LanyardCommand lanyard_command_badge_verify = {
  .name = "badge verify",
  .parameters = "TEXT|IMAGE",
  .summary = "Check a signed code against the trust list",
  .run = run,
};
