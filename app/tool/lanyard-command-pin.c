/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-tool"

#include "lanyard-command.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "lanyard-desk-files.h"
#include "lanyard-desk.h"
#include "lanyard-presented.h"
#include "lanyard-staff.h"

#define MAX_PIN_BYTES 64

/* Reads one line without showing it. Returns: whether there was one */
static gboolean
read_secret (const char *question, char *pin, gsize n_bytes)
{
  struct termios shown, hidden;
  gboolean on_terminal = isatty (STDIN_FILENO) && tcgetattr (STDIN_FILENO, &shown) == 0;
  gboolean got;

  if (on_terminal)
    {
      hidden = shown;
      hidden.c_lflag &= ~(tcflag_t)ECHO;
      tcsetattr (STDIN_FILENO, TCSAFLUSH, &hidden);
      g_printerr ("%s: ", question);
    }
  got = fgets (pin, (int)n_bytes, stdin) != NULL;
  if (on_terminal)
    {
      tcsetattr (STDIN_FILENO, TCSAFLUSH, &shown);
      g_printerr ("\n");
    }
  if (got)
    g_strchomp (pin);
  return got;
}

/* On a terminal the PIN is asked for twice: nobody sees what they type. */
static gboolean
ask (char *pin, GError **error)
{
  char again[MAX_PIN_BYTES + 2] = { 0 };
  gboolean same;

  if (!read_secret ("New PIN of the staff of this desk", pin, MAX_PIN_BYTES + 2))
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                   "No PIN came; type it or give it as one line of standard input.");
      return FALSE;
    }
  if (!isatty (STDIN_FILENO))
    return TRUE;
  same = read_secret ("Once more", again, sizeof again) && strcmp (pin, again) == 0;
  sodium_memzero (again, sizeof again);
  if (!same)
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE, "The two PINs differ; try again.");
  return same;
}

static gboolean
check_options (const LanyardCommand *self,
               const char *number,
               gboolean supervisor,
               gboolean remove,
               GError **error)
{
  if (number != NULL || (!supervisor && !remove))
    return TRUE;
  return lanyard_command_require (self, NULL, "--staff NUMBER", error);
}

static gboolean
put (const char *state_dir,
     const char *number,
     gboolean supervisor,
     const char *pin,
     GError **error)
{
  if (number == NULL)
    return lanyard_desk_set_pin (state_dir, pin, error);
  return lanyard_staff_put (state_dir, number,
                            supervisor ? LANYARD_STAFF_ROLE_SUPERVISOR : LANYARD_STAFF_ROLE_STAFF,
                            pin, error);
}

/* @badge: as it is printed; empty: none any more */
static gboolean
link_badge (const char *state_dir, const char *number, const char *badge, GError **error)
{
  g_autofree char *accreditation = lanyard_presented_normalise_number (badge);

  if (accreditation == NULL && *badge != '\0')
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                   "%s is no accreditation number; type it as it stands on the badge.", badge);
      return FALSE;
    }
  if (!lanyard_staff_set_badge (state_dir, number, accreditation, error))
    return FALSE;
  g_print (accreditation != NULL
               ? "The badge is linked; sign in by showing it and typing the PIN.\n"
               : "No badge is linked any more; sign in with staff number and PIN.\n");
  return TRUE;
}

static gboolean
run (char **args, GError **error)
{
  const LanyardCommand *self = &lanyard_command_pin_set;
  g_autofree char *config_path = NULL;
  g_autofree char *number = NULL;
  g_autofree char *badge = NULL;
  g_auto (GStrv) words = NULL;
  gboolean supervisor = FALSE, remove = FALSE;
  const GOptionEntry entries[] = {
    { "config", 0, 0, G_OPTION_ARG_FILENAME, &config_path, "The desk's configuration", "FILE" },
    { "staff", 0, 0, G_OPTION_ARG_STRING, &number,
      "Whose PIN: a staff number; without it that of all, supervisor 1", "NUMBER" },
    { "supervisor", 0, 0, G_OPTION_ARG_NONE, &supervisor, "They are a supervisor", NULL },
    { "badge", 0, 0, G_OPTION_ARG_STRING, &badge,
      "Their accreditation number: their badge then says who signs in; empty: no more. No PIN is "
      "asked for",
      "NUMBER" },
    { "remove", 0, 0, G_OPTION_ARG_NONE, &remove, "They may not sign in any more", NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &words, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (LanyardConfig) config = NULL;
  char pin[MAX_PIN_BYTES + 2] = { 0 };
  gboolean done;

  if (!lanyard_command_parse (
          self, args, entries,
          "Asks for the PIN on the terminal, or reads one line of standard input. "
          "It never stands on the command line, where others could see it.",
          error)
      || !lanyard_command_require_words (self, words, 0, 0, error)
      || !check_options (self, number, supervisor, remove || badge != NULL, error))
    return FALSE;
  config = lanyard_desk_files_load_config (config_path, error);
  if (config == NULL)
    return FALSE;
  if (remove)
    return lanyard_staff_remove (config->state_dir, number, error);
  if (badge != NULL)
    return link_badge (config->state_dir, number, badge, error);
  done = ask (pin, error) && put (config->state_dir, number, supervisor, pin, error);
  sodium_memzero (pin, sizeof pin);
  if (done)
    g_print ("The PIN is set; sign in with it on the kiosk's staff page.\n");
  return done;
}

const LanyardCommand lanyard_command_pin_set = {
  .name = "pin set",
  .parameters = "",
  .summary = "Set the PIN with which staff sign in at a desk",
  .run = run,
};
