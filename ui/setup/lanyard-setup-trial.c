/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-setup-trial.h"

#include <string.h>

#define TEXT LANYARD_SETUP_TRIAL_TEXT
#define TEXT_CHARS (sizeof TEXT - 1)
#define ENDS "\r\n\t"
/* Fewer characters than this are a person's, or noise. */
#define MIN_CHARS 6
#define AIM_CHARS 3

/* Takes the symbology identifier off the end of what stands before the text: "]Q1". */
static gboolean
take_aim (GString *before)
{
  const char *at;

  if (before->len < AIM_CHARS)
    return FALSE;
  at = before->str + before->len - AIM_CHARS;
  if (at[0] != ']' || !g_ascii_isalpha (at[1]) || !g_ascii_isalnum (at[2]))
    return FALSE;
  g_string_truncate (before, before->len - AIM_CHARS);
  return TRUE;
}

/* Returns: whether a setting can hold it */
static gboolean
keep_affix (char *kept, const char *text)
{
  if (strlen (text) > LANYARD_SETUP_TRIAL_MAX_AFFIX)
    return FALSE;
  for (const char *at = text; *at != '\0'; at++)
    if (!g_ascii_isgraph (*at))
      return FALSE;
  g_strlcpy (kept, text, LANYARD_SETUP_TRIAL_MAX_AFFIX + 1);
  return TRUE;
}

/* @after: what follows the text the first time. */
static void
judge_rest (LanyardSetupTrial *trial, GString *before, const char *after)
{
  const char *again = strstr (after, TEXT);
  gsize n_suffix = strcspn (after, ENDS);
  g_autofree char *suffix = NULL;

  trial->aim = take_aim (before);
  trial->twice = again != NULL;
  if (again != NULL && (gsize)(again - after) <= n_suffix)
    {
      trial->verdict = LANYARD_SETUP_TRIAL_JOINED;
      return;
    }
  suffix = g_strndup (after, n_suffix);
  trial->verdict = keep_affix (trial->prefix, before->str) && keep_affix (trial->suffix, suffix)
                       ? LANYARD_SETUP_TRIAL_GOOD
                       : LANYARD_SETUP_TRIAL_AFFIX;
}

/* Returns: whether the text is in @said */
static gboolean
judge_said (LanyardSetupTrial *trial, const char *said)
{
  const char *at = strstr (said, TEXT);
  g_autoptr (GString) before = NULL;

  if (at == NULL)
    return FALSE;
  before = g_string_new_len (said, at - said);
  judge_rest (trial, before, at + TEXT_CHARS);
  return TRUE;
}

/* Returns: whether it is the text with each character twice */
static gboolean
is_twice_each (const char *said)
{
  g_autoptr (GString) half = g_string_new (NULL);

  for (const char *at = said; at[0] != '\0' && at[1] != '\0'; at++)
    if (at[0] == at[1])
      g_string_append_c (half, *at++);
    else
      g_string_append_c (half, *at);
  return strstr (half->str, TEXT) != NULL;
}

static void
take_reading (LanyardSetupTrial *trial, const LanyardWedgeReading *reading)
{
  if (reading->way != LANYARD_READ_TYPED)
    {
      trial->other_layout = TRUE;
      trial->keyboard = reading->sent;
    }
  if (reading->swap_case && trial->verdict == LANYARD_SETUP_TRIAL_GOOD)
    trial->verdict = LANYARD_SETUP_TRIAL_CAPS;
}

static gboolean
judge_readings (LanyardSetupTrial *trial, const LanyardWedgeKey *keys, guint n_keys)
{
  g_autoptr (GString) said = g_string_new (NULL);
  gboolean twice_each = FALSE;

  for (guint i = 0; i < LANYARD_WEDGE_N_READINGS; i++)
    {
      const LanyardWedgeReading *reading = lanyard_wedge_reading_get (i);

      if (!lanyard_wedge_reading_apply (reading, keys, n_keys, said))
        continue;
      if (judge_said (trial, said->str))
        {
          take_reading (trial, reading);
          return TRUE;
        }
      twice_each = twice_each || is_twice_each (said->str);
    }
  trial->verdict = twice_each           ? LANYARD_SETUP_TRIAL_TWICE_EACH
                   : n_keys < MIN_CHARS ? LANYARD_SETUP_TRIAL_NOTHING
                                        : LANYARD_SETUP_TRIAL_OTHER;
  return FALSE;
}

void
lanyard_setup_trial_judge (LanyardSetupTrial *trial,
                           const LanyardWedgeKey *keys,
                           guint n_keys,
                           gint64 max_gap_us,
                           gint64 limit_us)
{
  g_return_if_fail (trial != NULL && (keys != NULL || n_keys == 0));

  memset (trial, 0, sizeof *trial);
  if (judge_readings (trial, keys, MIN (n_keys, LANYARD_SETUP_TRIAL_MAX_KEYS))
      && max_gap_us > limit_us)
    trial->verdict = LANYARD_SETUP_TRIAL_SLOW;
}

void
lanyard_setup_trial_judge_text (LanyardSetupTrial *trial, const char *text)
{
  g_return_if_fail (trial != NULL);

  memset (trial, 0, sizeof *trial);
  trial->verdict = LANYARD_SETUP_TRIAL_OTHER;
  if (text == NULL || !judge_said (trial, text))
    return;
  /* a device has no settings for what stands around a code */
  if (trial->verdict == LANYARD_SETUP_TRIAL_GOOD
      && (*trial->prefix != '\0' || *trial->suffix != '\0'))
    trial->verdict = LANYARD_SETUP_TRIAL_AFFIX;
}

const char *
lanyard_setup_trial_get_layout (const LanyardSetupTrial *trial)
{
  static const char *const names[LANYARD_N_KEYBOARDS] = {
    [LANYARD_KEYBOARD_US] = "us",
    [LANYARD_KEYBOARD_FR] = "fr",
    [LANYARD_KEYBOARD_DE] = "de",
  };

  return names[trial->keyboard];
}
