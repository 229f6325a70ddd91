/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-demo"

#include "demo-commands.h"

#include <stdio.h>

#include "demo-photograph.h"
#include "demo-roster.h"
#include "lanyard-error.h"

static gboolean
parse (GOptionEntry *entries, int argc, char **argv, GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) inner = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) copy = NULL;

  for (int i = 0; i < argc; i++)
    g_strv_builder_add (builder, argv[i]);
  copy = g_strv_builder_end (builder);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse_strv (context, &copy, &inner))
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_USAGE, inner->message);
      return FALSE;
    }
  if (g_strv_length (copy) > 1)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE, "“%s” is not understood: see --help",
                   copy[1]);
      return FALSE;
    }
  return TRUE;
}

static gboolean
missing (const char *option, GError **error)
{
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE, "%s is missing: see --help", option);
  return FALSE;
}

/* Midnight of @date, or of today. The same date gives the same roster. */
static gboolean
parse_date (const char *date, gint64 *now_s, GError **error)
{
  g_autofree char *text = date ? g_strconcat (date, "T12:00:00Z", NULL) : NULL;
  g_autoptr (GDateTime) time
      = text ? g_date_time_new_from_iso8601 (text, NULL) : g_date_time_new_now_utc ();

  if (time == NULL)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                   "“%s” is no date: write it as 2033-07-18", date);
      return FALSE;
    }
  *now_s = g_date_time_to_unix (time) / 86400 * 86400 + 43200;
  return TRUE;
}

gboolean
demo_command_roster (int argc, char **argv, GError **error)
{
  g_autofree char *pack_path = NULL;
  g_autofree char *output = NULL;
  g_autofree char *venue = NULL;
  g_autofree char *date = NULL;
  g_autoptr (LanyardPack) pack = NULL;
  DemoEvent event = { 0 };
  int count = 2000;
  int seed = 1;
  GOptionEntry entries[] = {
    { "pack", 0, 0, G_OPTION_ARG_FILENAME, &pack_path, "Pack of the event", "DIR" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, "Where to write", "DIR" },
    { "count", 0, 0, G_OPTION_ARG_INT, &count, "How many people (2000)", "N" },
    { "seed", 0, 0, G_OPTION_ARG_INT, &seed, "Which people (1)", "N" },
    { "date", 0, 0, G_OPTION_ARG_STRING, &date, "Day of the demonstration (today)", "DATE" },
    { "no-photos", 0, 0, G_OPTION_ARG_NONE, &event.no_photos, "Write no photos", NULL },
    { "venue", 0, 0, G_OPTION_ARG_STRING, &venue, "Where the kiosk stands (the first)", "CODE" },
    G_OPTION_ENTRY_NULL,
  };

  if (!parse (entries, argc, argv, error) || !parse_date (date, &event.now_s, error))
    return FALSE;
  if (pack_path == NULL || output == NULL)
    return missing (pack_path ? "--output" : "--pack", error);
  if (count < DEMO_ROSTER_MIN_COUNT || count > 1000000)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                   "--count must be between %d and 1000000", DEMO_ROSTER_MIN_COUNT);
      return FALSE;
    }
  pack = lanyard_pack_load (pack_path, NULL, event.now_s, error);
  if (pack == NULL)
    return FALSE;
  if (venue && lanyard_pack_find_code (pack, LANYARD_CODES_VENUE, venue) == NULL)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE, "The pack has no venue “%s”", venue);
      return FALSE;
    }
  event.pack = pack;
  event.seed = seed;
  event.venue
      = venue ? venue
              : ((LanyardCode *)lanyard_pack_get_codes (pack, LANYARD_CODES_VENUE)->pdata[0])->code;
  return demo_roster_write (&event, count, output, error);
}

gboolean
demo_command_photograph (int argc, char **argv, GError **error)
{
  g_autofree char *text = NULL;
  g_autofree char *image = NULL;
  g_autofree char *output = NULL;
  g_autofree char *size = NULL;
  g_autofree char *hardness = NULL;
  DemoPhotograph photograph = { .width = 1280, .height = 720, .hardness = DEMO_HARDNESS_NORMAL };
  int seed = 1;
  GOptionEntry entries[] = {
    { "text", 0, 0, G_OPTION_ARG_STRING, &text, "Text of a QR code to photograph", "TEXT" },
    { "image", 0, 0, G_OPTION_ARG_FILENAME, &image, "Picture to photograph, such as a badge",
      "FILE" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, "Where to write a PNG", "FILE" },
    { "seed", 0, 0, G_OPTION_ARG_INT, &seed, "Which scene (1)", "N" },
    { "size", 0, 0, G_OPTION_ARG_STRING, &size, "Size in pixels (1280x720)", "WxH" },
    { "hardness", 0, 0, G_OPTION_ARG_STRING, &hardness, "easy, normal (the default) or hard",
      "HOW" },
    G_OPTION_ENTRY_NULL,
  };

  if (!parse (entries, argc, argv, error))
    return FALSE;
  if (output == NULL)
    return missing ("--output", error);
  if ((text == NULL) == (image == NULL))
    return missing ("Either --text or --image", error);
  if (size
      && (sscanf (size, "%ux%u", &photograph.width, &photograph.height) != 2
          || photograph.width < 160 || photograph.height < 120 || photograph.width > 4096
          || photograph.height > 4096))
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                   "--size must be between 160x120 and 4096x4096");
      return FALSE;
    }
  if (hardness && !demo_hardness_parse (hardness, &photograph.hardness))
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                   "--hardness must be easy, normal or hard");
      return FALSE;
    }
  photograph.seed = seed;
  photograph.text = text;
  photograph.image = image;
  return demo_photograph_write (&photograph, output, error);
}
