/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-tool"

#include "lanyard-tool-words.h"

#include "lanyard-catalogue.h"
#include "lanyard-report-words.h"
#include "lanyard-writing.h"

/* @language: (out): where it is in this one */
static LanyardCatalogue *
load_first (const char **language)
{
  const char *const *names = g_get_language_names ();

  for (guint i = 0; names[i] != NULL && !g_str_has_prefix (names[i], "en"); i++)
    {
      g_autofree char *path = g_strdup_printf ("/org/lanyard/Tool/words/%s.mo", names[i]);
      g_autoptr (GBytes) mo = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

      *language = names[i];
      if (mo != NULL)
        return lanyard_catalogue_new (mo, NULL);
    }
  *language = "en";
  return NULL;
}

static const char *
say (const char *msgid, gpointer catalogue)
{
  const char *text = catalogue != NULL ? lanyard_catalogue_find (catalogue, msgid) : NULL;

  return text != NULL ? text : msgid;
}

char **
lanyard_tool_dup_report_words (char **language, gboolean *from_right)
{
  const char *name;
  g_autoptr (LanyardCatalogue) catalogue = load_first (&name);
  char **words = lanyard_report_words_dup (say, catalogue);

  *language = g_strdup (name);
  *from_right = lanyard_writing_is_from_right (name);
  return words;
}
