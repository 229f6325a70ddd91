/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-setup-steps.h"

#include <string.h>

static const char *const NAMES[LANYARD_SETUP_N_STEPS] = {
  [LANYARD_SETUP_LANGUAGE] = "language", [LANYARD_SETUP_ENROL] = "enrol",
  [LANYARD_SETUP_STAFF] = "staff",       [LANYARD_SETUP_CAMERA] = "camera",
  [LANYARD_SETUP_SCANNER] = "scanner",   [LANYARD_SETUP_PRINTER] = "printer",
  [LANYARD_SETUP_SOUND] = "sound",       [LANYARD_SETUP_TOUCH_SCREEN] = "touch",
  [LANYARD_SETUP_LAST] = "last",
};

const char *
lanyard_setup_step_to_string (LanyardSetupStep step)
{
  return step < LANYARD_SETUP_N_STEPS ? NAMES[step] : "none";
}

gboolean
lanyard_setup_steps_take (LanyardSetupSteps *steps, LanyardSetupEvent event)
{
  g_return_val_if_fail (steps != NULL && steps->at < LANYARD_SETUP_N_STEPS, FALSE);

  if (event == LANYARD_SETUP_BACK)
    {
      if (steps->at == LANYARD_SETUP_LANGUAGE)
        return FALSE;
      steps->at--;
      return TRUE;
    }
  if (steps->at == LANYARD_SETUP_LAST)
    return FALSE;
  if (event == LANYARD_SETUP_FINISH)
    steps->states[steps->at] = LANYARD_SETUP_DONE;
  else if (steps->states[steps->at] == LANYARD_SETUP_TODO)
    steps->states[steps->at] = LANYARD_SETUP_SKIPPED;
  steps->at++;
  return TRUE;
}

gboolean
lanyard_setup_steps_go (LanyardSetupSteps *steps, LanyardSetupStep step)
{
  g_return_val_if_fail (steps != NULL, FALSE);

  if (step >= LANYARD_SETUP_N_STEPS)
    return FALSE;
  for (int i = 0; i < (int)step; i++)
    if (steps->states[i] == LANYARD_SETUP_TODO)
      return FALSE;
  steps->at = step;
  return TRUE;
}

void
lanyard_setup_steps_finish (LanyardSetupSteps *steps)
{
  g_return_if_fail (steps != NULL);

  for (int i = 0; i < LANYARD_SETUP_LAST; i++)
    steps->states[i] = LANYARD_SETUP_DONE;
  steps->at = LANYARD_SETUP_LAST;
}

char *
lanyard_setup_steps_to_text (const LanyardSetupSteps *steps)
{
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (steps != NULL, NULL);

  for (int i = 0; i < LANYARD_SETUP_LAST; i++)
    if (steps->states[i] != LANYARD_SETUP_TODO)
      g_string_append_printf (text, "%s=%s\n", NAMES[i],
                              steps->states[i] == LANYARD_SETUP_DONE ? "done" : "skipped");
  g_string_append_printf (text, "at=%s\n", lanyard_setup_step_to_string (steps->at));
  return g_string_free (text, FALSE);
}

static int
find_name (const char *name)
{
  for (int i = 0; i < LANYARD_SETUP_N_STEPS; i++)
    if (g_str_equal (NAMES[i], name))
      return i;
  return -1;
}

void
lanyard_setup_steps_from_text (LanyardSetupSteps *steps, const char *text)
{
  g_auto (GStrv) lines = NULL;
  int at = 0;

  g_return_if_fail (steps != NULL && text != NULL);

  memset (steps, 0, sizeof *steps);
  lines = g_strsplit (text, "\n", 4 * LANYARD_SETUP_N_STEPS);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) pair = g_strsplit (lines[i], "=", 2);
      gboolean whole = g_strv_length (pair) == 2;
      int step = whole ? find_name (g_str_equal (pair[0], "at") ? pair[1] : pair[0]) : -1;

      if (step < 0)
        continue;
      if (g_str_equal (pair[0], "at"))
        at = step;
      else if (step != LANYARD_SETUP_LAST && g_str_equal (pair[1], "done"))
        steps->states[step] = LANYARD_SETUP_DONE;
      else if (step != LANYARD_SETUP_LAST && g_str_equal (pair[1], "skipped"))
        steps->states[step] = LANYARD_SETUP_SKIPPED;
    }
  while (at > 0 && !lanyard_setup_steps_go (steps, (LanyardSetupStep)at))
    at--;
}
