/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-wedge-evidence.h"

#include <string.h>

#include "lanyard-aim.h"
#include "lanyard-framing.h"
#include "lanyard-secret.h"

static gboolean
is_allowed (const LanyardWedgeEvidence *evidence, guint nth)
{
  const LanyardWedgeReading *reading = lanyard_wedge_reading_get (nth);

  if (nth == 0 || evidence->layout == LANYARD_WEDGE_LAYOUT_AUTO)
    return TRUE;
  if (evidence->layout == LANYARD_WEDGE_LAYOUT_TYPED)
    return FALSE;
  return reading->way != LANYARD_READ_TYPED && reading->sent == evidence->keyboard;
}

static gboolean
read_keys (LanyardWedgeEvidence *evidence, guint nth, const LanyardWedgeKey *keys, guint n_keys)
{
  return is_allowed (evidence, nth)
         && lanyard_wedge_reading_apply (lanyard_wedge_reading_get (nth), keys, n_keys,
                                         evidence->text);
}

/* Leaves the content in evidence->text. Returns: whether prefix and suffix are there */
static gboolean
read_content (LanyardWedgeEvidence *evidence, guint nth, const LanyardWedgeKey *keys, guint n_keys)
{
  GString *text = evidence->text;
  gsize n_around = strlen (evidence->prefix) + strlen (evidence->suffix);

  if (!read_keys (evidence, nth, keys, n_keys) || text->len <= n_around
      || !g_str_has_prefix (text->str, evidence->prefix)
      || !g_str_has_suffix (text->str, evidence->suffix))
    return FALSE;
  g_string_truncate (text, text->len - strlen (evidence->suffix));
  g_string_erase (text, 0, (gssize)strlen (evidence->prefix));
  while (text->len > 0 && strchr ("\r\n\t", text->str[text->len - 1]) != NULL)
    g_string_truncate (text, text->len - 1);
  return text->len > 0;
}

static gboolean
makes_sense (LanyardWedgeEvidence *evidence)
{
  const char *text = evidence->text->str;
  LanyardAim aim;

  if (evidence->aim && lanyard_aim_parse (text, evidence->text->len, &aim))
    text += LANYARD_AIM_BYTES;
  return evidence->makes_sense (text, evidence->sense_data);
}

static void
take_best (LanyardWedgeEvidence *evidence)
{
  lanyard_secret_clear_string (evidence->best);
  g_string_append_len (evidence->best, evidence->text->str, (gssize)evidence->text->len);
}

/* Looks for the one reading of these that makes sense. Returns: whether there is exactly one */
static gboolean
find_only (LanyardWedgeEvidence *evidence,
           gboolean by_characters,
           const LanyardWedgeKey *keys,
           guint n_keys)
{
  gboolean found = FALSE;

  for (guint nth = 1; nth < LANYARD_WEDGE_N_READINGS; nth++)
    {
      const LanyardWedgeReading *reading = lanyard_wedge_reading_get (nth);

      if ((reading->way == LANYARD_READ_CHARACTERS) != by_characters
          || !read_content (evidence, nth, keys, n_keys) || !makes_sense (evidence))
        continue;
      if (found && !g_string_equal (evidence->text, evidence->best))
        return FALSE;
      take_best (evidence);
      found = TRUE;
    }
  return found;
}

/* The keys themselves, in the layout that the scanner is known to have. */
static gboolean
find_fixed (LanyardWedgeEvidence *evidence, const LanyardWedgeKey *keys, guint n_keys)
{
  if (evidence->layout != LANYARD_WEDGE_LAYOUT_FIXED)
    return FALSE;
  for (guint nth = 1; nth < LANYARD_WEDGE_N_READINGS; nth++)
    if (lanyard_wedge_reading_get (nth)->way == LANYARD_READ_KEYS
        && read_content (evidence, nth, keys, n_keys))
      {
        take_best (evidence);
        return TRUE;
      }
  return FALSE;
}

/* Leaves the content in evidence->best. Returns: whether it makes sense; best is empty when no
 * reading has prefix and suffix */
static gboolean
choose (LanyardWedgeEvidence *evidence, const LanyardWedgeKey *keys, guint n_keys)
{
  gboolean sense = evidence->makes_sense != NULL;

  lanyard_secret_clear_string (evidence->best);
  if (find_fixed (evidence, keys, n_keys))
    {
      g_string_assign (evidence->text, evidence->best->str);
      return !sense || makes_sense (evidence);
    }
  if (read_content (evidence, 0, keys, n_keys) && (!sense || makes_sense (evidence)))
    {
      take_best (evidence);
      return TRUE;
    }
  /* The keys say more than what some layout made of them. */
  if (sense
      && (find_only (evidence, FALSE, keys, n_keys) || find_only (evidence, TRUE, keys, n_keys)))
    return TRUE;
  lanyard_secret_clear_string (evidence->best);
  for (guint nth = 0; nth < LANYARD_WEDGE_N_READINGS && evidence->best->len == 0; nth++)
    if (read_content (evidence, nth, keys, n_keys))
      take_best (evidence);
  return FALSE;
}

void
lanyard_wedge_evidence_init (LanyardWedgeEvidence *evidence, const LanyardWedgeOptions *options)
{
  evidence->prefix = g_strdup (options->prefix != NULL ? options->prefix : "");
  evidence->suffix = g_strdup (options->suffix != NULL ? options->suffix : "");
  evidence->n_prefix = (guint)g_utf8_strlen (evidence->prefix, -1);
  evidence->n_suffix = (guint)g_utf8_strlen (evidence->suffix, -1);
  evidence->aim = options->aim;
  evidence->layout = options->layout;
  evidence->keyboard = options->keyboard;
  evidence->makes_sense = options->makes_sense;
  evidence->sense_data = options->sense_data;
  /* Room for the longest burst from the start: no copy of it is left behind by growing. */
  evidence->text = g_string_sized_new (4 * LANYARD_SCAN_MAX_BYTES);
  evidence->best = g_string_sized_new (4 * LANYARD_SCAN_MAX_BYTES);
}

void
lanyard_wedge_evidence_clear (LanyardWedgeEvidence *evidence)
{
  lanyard_secret_clear_string (evidence->text);
  lanyard_secret_clear_string (evidence->best);
  g_string_free (evidence->text, TRUE);
  g_string_free (evidence->best, TRUE);
  g_free (evidence->prefix);
  g_free (evidence->suffix);
}

gboolean
lanyard_wedge_evidence_may_begin (LanyardWedgeEvidence *evidence,
                                  const LanyardWedgeKey *keys,
                                  guint n_keys)
{
  gboolean may = n_keys > evidence->n_prefix;

  for (guint nth = 0; nth < LANYARD_WEDGE_N_READINGS && !may; nth++)
    may = read_keys (evidence, nth, keys, n_keys)
          && memcmp (evidence->text->str, evidence->prefix,
                     MIN (evidence->text->len, strlen (evidence->prefix)))
                 == 0;
  lanyard_secret_clear_string (evidence->text);
  return may;
}

gboolean
lanyard_wedge_evidence_has_suffix (LanyardWedgeEvidence *evidence,
                                   const LanyardWedgeKey *keys,
                                   guint n_keys)
{
  /* A dead key takes one more key than the character that it gives. */
  guint n_tail = MIN (n_keys, 2 * evidence->n_suffix);
  gboolean has = evidence->n_suffix == 0;

  for (guint nth = 0; nth < LANYARD_WEDGE_N_READINGS && !has; nth++)
    has = read_keys (evidence, nth, keys + n_keys - n_tail, n_tail)
          && g_str_has_suffix (evidence->text->str, evidence->suffix);
  lanyard_secret_clear_string (evidence->text);
  return has;
}

gboolean
lanyard_wedge_evidence_is_first_line (LanyardWedgeEvidence *evidence,
                                      const LanyardWedgeKey *keys,
                                      guint n_keys)
{
  gboolean is = FALSE;

  /* No first line is longer, and none is looked for in all of a long code. */
  if (n_keys > evidence->n_prefix + LANYARD_AIM_BYTES + 2 * 44)
    return FALSE;
  for (guint nth = 0; nth < LANYARD_WEDGE_N_READINGS && !is; nth++)
    is = read_content (evidence, nth, keys, n_keys)
         && lanyard_framing_is_first_line ((const guint8 *)evidence->text->str,
                                           evidence->text->len);
  lanyard_secret_clear_string (evidence->text);
  return is;
}

LanyardScan *
lanyard_wedge_evidence_make_scan (LanyardWedgeEvidence *evidence,
                                  const LanyardWedgeKey *keys,
                                  guint n_keys,
                                  gboolean *sure)
{
  LanyardScan *scan;

  *sure = choose (evidence, keys, n_keys) || evidence->n_prefix > 0;
  scan = lanyard_aim_make_scan (LANYARD_SCAN_SOURCE_WEDGE, evidence->best->str, evidence->best->len,
                                evidence->aim);
  lanyard_secret_clear_string (evidence->text);
  lanyard_secret_clear_string (evidence->best);
  return scan;
}
