/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-tool"

#include "lanyard-command.h"

#include <signal.h>

#include "lanyard-output.h"
#include "lanyard-printer-discovery.h"

#define DEFAULT_SECONDS 4
#define MAX_SECONDS 60

static int cancelled;

static void
on_interrupt (int number)
{
  cancelled = 1;
}

static void
write_found (const LanyardFoundPrinter *found, gboolean json)
{
  g_autofree char *name = lanyard_output_dup_printable (found->name);
  g_autofree char *model
      = found->model != NULL ? lanyard_output_dup_printable (found->model) : NULL;
  JsonBuilder *builder;

  if (!json)
    {
      g_print ("%s\t%s%s%s%s\n", found->uri, name, model != NULL ? " (" : "",
               model != NULL ? model : "", model != NULL ? ")" : "");
      return;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  lanyard_output_member (builder, "uri", found->uri);
  lanyard_output_member (builder, "kind", found->is_queue ? "queue" : "network");
  lanyard_output_member (builder, "name", name);
  lanyard_output_member (builder, "model", model);
  json_builder_end_object (builder);
  lanyard_output_json (builder);
}

static gboolean
run (char **args, GError **error)
{
  const LanyardCommand *self = &lanyard_command_printer_list;
  g_auto (GStrv) words = NULL;
  int seconds = DEFAULT_SECONDS;
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "seconds", 0, 0, G_OPTION_ARG_INT, &seconds, "How long to listen: 1 to 60, default 4", "N" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, "One JSON object a printer and line", NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &words, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GPtrArray) printers = NULL;

  if (!lanyard_command_parse (self, args, entries,
                              "Lists what can stand as [printer] uri: queues of CUPS, and printers "
                              "that say on this network that they are there.",
                              error)
      || !lanyard_command_require_words (self, words, 0, 0, error))
    return FALSE;
  if (seconds < 1 || seconds > MAX_SECONDS)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE, "--seconds must be from 1 to %d.",
                   MAX_SECONDS);
      return FALSE;
    }
  if (!lanyard_printer_can_discover ())
    g_printerr ("lanyard: avahi-daemon does not run here, so that printers on the network are not "
                "seen.\n");
  signal (SIGINT, on_interrupt);
  printers = lanyard_printer_discover ((guint)seconds * 1000, &cancelled);
  for (guint i = 0; i < printers->len; i++)
    write_found (g_ptr_array_index (printers, i), json);
  if (printers->len > 0)
    return TRUE;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND,
               "No printer was found; switch it on and connect it to this network, or make a queue "
               "of CUPS for it.");
  return FALSE;
}

const LanyardCommand lanyard_command_printer_list = {
  .name = "printer list",
  .parameters = "",
  .summary = "List the printers that can be found",
  .run = run,
};
