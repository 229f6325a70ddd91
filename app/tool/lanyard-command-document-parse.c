/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-tool"

#include "lanyard-command.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "lanyard-clock.h"
#include "lanyard-document.h"
#include "lanyard-output.h"

/* What was read: a zone or a licence, and what both come to. */
typedef struct
{
  LanyardMrz *mrz;           /* owned (nullable) */
  LanyardAamva *aamva;       /* owned (nullable) */
  LanyardDocument *document; /* owned */
} Parsed;

static void
parsed_clear (Parsed *parsed)
{
  lanyard_mrz_free (parsed->mrz);
  lanyard_aamva_free (parsed->aamva);
  lanyard_document_free (parsed->document);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Parsed, parsed_clear)

static const struct
{
  LanyardAamvaQuirks quirk;
  const char *name;
} quirk_names[] = {
  { LANYARD_AAMVA_QUIRK_HEADER, "header" },         { LANYARD_AAMVA_QUIRK_OFFSETS, "offsets" },
  { LANYARD_AAMVA_QUIRK_SEPARATORS, "separators" }, { LANYARD_AAMVA_QUIRK_DATES, "dates" },
  { LANYARD_AAMVA_QUIRK_ENCODING, "encoding" },
};

static gboolean
parse (Parsed *parsed, const char *text, gsize n_bytes, GError **error)
{
  gint64 now_s = lanyard_clock_wall_us (lanyard_clock_system ()) / G_USEC_PER_SEC;
  LanyardDate today = lanyard_date_from_s (now_s);

  if (lanyard_aamva_looks_like (text, n_bytes))
    {
      parsed->aamva = lanyard_aamva_parse (text, n_bytes, error);
      if (parsed->aamva != NULL)
        parsed->document = lanyard_document_new_from_aamva (parsed->aamva);
    }
  else
    {
      parsed->mrz
          = lanyard_mrz_parse (text, n_bytes, LANYARD_MRZ_REPAIR | LANYARD_MRZ_TYPED, error);
      if (parsed->mrz != NULL)
        parsed->document = lanyard_document_new_from_mrz (parsed->mrz, &today);
    }
  return parsed->document != NULL;
}

static const char *
describe (LanyardMrzCheck check)
{
  return check == LANYARD_MRZ_CHECK_AGREES ? "agrees" : "differs";
}

static void
add_checks (JsonBuilder *builder, const LanyardMrz *mrz)
{
  json_builder_set_member_name (builder, "checks");
  json_builder_begin_object (builder);
  for (guint f = 0; f < LANYARD_MRZ_N_FIELDS; f++)
    if (mrz->checks[f] != LANYARD_MRZ_CHECK_NONE)
      lanyard_output_member (builder, lanyard_mrz_field_to_string ((LanyardMrzField)f),
                             describe (mrz->checks[f]));
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "repairs");
  json_builder_begin_array (builder);
  for (guint i = 0; i < mrz->n_repairs; i++)
    {
      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "line");
      json_builder_add_int_value (builder, mrz->repairs[i].line + 1);
      json_builder_set_member_name (builder, "column");
      json_builder_add_int_value (builder, mrz->repairs[i].column + 1);
      lanyard_output_member (builder, "field", lanyard_mrz_field_to_string (mrz->repairs[i].field));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_quirks (JsonBuilder *builder, const LanyardAamva *aamva)
{
  json_builder_set_member_name (builder, "version");
  json_builder_add_int_value (builder, aamva->version);
  json_builder_set_member_name (builder, "quirks");
  json_builder_begin_array (builder);
  for (guint i = 0; i < G_N_ELEMENTS (quirk_names); i++)
    if ((aamva->quirks & quirk_names[i].quirk) != 0)
      json_builder_add_string_value (builder, quirk_names[i].name);
  json_builder_end_array (builder);
}

static void
add_personal (JsonBuilder *builder, const LanyardDocument *document)
{
  const char sex[] = { document->sex, '\0' };
  g_autofree char *birth = lanyard_date_to_string (&document->birth);
  g_autofree char *expiry = lanyard_date_to_string (&document->expiry);

  lanyard_output_member (builder, "number", document->number);
  lanyard_output_member (builder, "family", document->family);
  lanyard_output_member (builder, "given", document->given);
  lanyard_output_member (builder, "nationality", document->nationality);
  lanyard_output_member (builder, "birth", birth);
  lanyard_output_member (builder, "expiry", expiry);
  lanyard_output_member (builder, "sex", sex);
}

static const char *
get_format (const Parsed *parsed)
{
  return parsed->mrz != NULL ? lanyard_mrz_format_to_string (parsed->mrz->format) : "AAMVA";
}

static void
print_json (const Parsed *parsed, gboolean show_personal)
{
  JsonBuilder *builder = json_builder_new ();

  json_builder_begin_object (builder);
  lanyard_output_member (builder, "format", get_format (parsed));
  lanyard_output_member (builder, "type", parsed->document->type);
  lanyard_output_member (builder, "issuer", parsed->document->issuer);
  json_builder_set_member_name (builder, "sound");
  json_builder_add_boolean_value (builder, parsed->document->sound);
  if (parsed->mrz != NULL)
    add_checks (builder, parsed->mrz);
  else
    add_quirks (builder, parsed->aamva);
  if (show_personal)
    add_personal (builder, parsed->document);
  json_builder_end_object (builder);
  lanyard_output_json (builder);
}

static void
print_zone (const LanyardMrz *mrz)
{
  for (guint f = 0; f < LANYARD_MRZ_N_FIELDS; f++)
    if (mrz->checks[f] != LANYARD_MRZ_CHECK_NONE)
      g_print ("check digit   %s: %s\n", lanyard_mrz_field_to_string ((LanyardMrzField)f),
               describe (mrz->checks[f]));
  for (guint i = 0; i < mrz->n_repairs; i++)
    g_print ("repaired      line %u, column %u (%s)\n", mrz->repairs[i].line + 1,
             mrz->repairs[i].column + 1, lanyard_mrz_field_to_string (mrz->repairs[i].field));
}

static void
print_licence (const LanyardAamva *aamva)
{
  g_print ("version       %u\n", aamva->version);
  for (guint i = 0; i < G_N_ELEMENTS (quirk_names); i++)
    if ((aamva->quirks & quirk_names[i].quirk) != 0)
      g_print ("quirk         %s\n", quirk_names[i].name);
}

static void
print_personal (const LanyardDocument *document)
{
  g_autofree char *birth = lanyard_date_to_string (&document->birth);
  g_autofree char *expiry = lanyard_date_to_string (&document->expiry);
  g_autofree char *family = lanyard_output_dup_printable (document->family);
  g_autofree char *given = lanyard_output_dup_printable (document->given);
  g_autofree char *number = lanyard_output_dup_printable (document->number);

  g_print ("number        %s\nfamily        %s\ngiven         %s\nnationality   %s\n"
           "birth         %s\nexpiry        %s\nsex           %c\n",
           number, family, given, document->nationality, birth, expiry, document->sex);
}

static void
print_lines (const Parsed *parsed, gboolean show_personal)
{
  g_print ("format        %s\ntype          %s\nissuer        %s\n", get_format (parsed),
           parsed->document->type, parsed->document->issuer);
  if (parsed->mrz != NULL)
    print_zone (parsed->mrz);
  else
    print_licence (parsed->aamva);
  if (show_personal)
    print_personal (parsed->document);
}

/* Returns: how much of standard input fits; more than a document can have is enough to be refused
 */
static gsize
read_input (char *text, gsize size)
{
  return fread (text, 1, size, stdin);
}

static gboolean
run (char **args, GError **error)
{
  g_auto (GStrv) words = NULL;
  gboolean json = FALSE, show_personal = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, "Print one line of JSON", NULL },
    { "show-personal", 0, 0, G_OPTION_ARG_NONE, &show_personal,
      "Print names, number and dates as well", NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &words, NULL, NULL },
    { NULL },
  };
  g_auto (Parsed) parsed = { NULL };
  char input[LANYARD_AAMVA_MAX_BYTES + 1];
  const char *text;
  gsize n_bytes;
  gboolean ok;

  if (!lanyard_command_parse (
          &lanyard_command_document_parse, args, entries,
          "Says what a machine readable zone or a driving licence's code is, "
          "which of its check digits agree, and what was repaired. Exit code 1: "
          "it is none, or it was not read well.",
          error)
      || !lanyard_command_require_words (&lanyard_command_document_parse, words, 1, 1, error))
    return FALSE;
  text = strcmp (words[0], "-") == 0 ? input : words[0];
  n_bytes = text == input ? read_input (input, sizeof input) : strlen (words[0]);
  ok = parse (&parsed, text, n_bytes, error);
  sodium_memzero (input, sizeof input);
  if (!ok)
    {
      /* The answer is no; the command was right. */
      if (error != NULL && *error != NULL)
        (*error)->code = LANYARD_ERROR_REFUSED;
      return FALSE;
    }
  if (json)
    print_json (&parsed, show_personal);
  else
    print_lines (&parsed, show_personal);
  if (!parsed.document->sound)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_REFUSED,
                           "Not all of it agrees; it was not read well, or it was altered.");
      return FALSE;
    }
  return TRUE;
}

const LanyardCommand lanyard_command_document_parse = {
  .name = "document parse",
  .parameters = "TEXT|-",
  .summary = "what an identity document's zone or code says, and whether it agrees",
  .run = run,
};
