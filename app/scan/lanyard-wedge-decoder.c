/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-wedge-decoder.h"

#include <string.h>

#include "lanyard-aim.h"
#include "lanyard-wedge-burst.h"
#include "lanyard-wedge-evidence.h"
#include "lanyard-secret.h"

struct _LanyardWedgeDecoder
{
  /* options */
  gint64 max_gap_us; /* µs, > 0 */
  guint min_length;  /* characters, > 0 */
  LanyardWedgeEvidence evidence;

  LanyardWedgeBurst burst; /* under way */

  /* what the caller may ask for */
  GString *rejected;  /* owned: swallowed, but a person's */
  guint n_rejected;   /* keys */
  guint scan_passed;  /* characters of the last scan given that had been let through */
  gboolean scan_sure; /* of the last scan given */
};

/* What the desk's layout made of some keys of the burst, in evidence.text. */
static const char *
read_typed (LanyardWedgeDecoder *decoder, guint first, guint n_keys)
{
  lanyard_wedge_reading_apply (lanyard_wedge_reading_get (0),
                               lanyard_wedge_burst_get_keys (&decoder->burst) + first, n_keys,
                               decoder->evidence.text);
  return decoder->evidence.text->str;
}

static void
reject_burst (LanyardWedgeDecoder *decoder)
{
  guint n_held = decoder->burst.keys->len - decoder->burst.n_passed;

  /* A caller that never asks must not make this grow for ever. */
  if (decoder->rejected->len > LANYARD_SCAN_MAX_BYTES)
    lanyard_secret_clear_string (decoder->rejected);
  g_string_append (decoder->rejected, read_typed (decoder, decoder->burst.n_passed, n_held));
  lanyard_secret_clear_string (decoder->evidence.text);
  decoder->n_rejected += n_held;
  lanyard_wedge_burst_forget (&decoder->burst);
}

static gboolean
has_suffix (LanyardWedgeDecoder *decoder)
{
  return lanyard_wedge_evidence_has_suffix (&decoder->evidence,
                                            lanyard_wedge_burst_get_keys (&decoder->burst),
                                            decoder->burst.keys->len);
}

static gboolean
is_long_enough (LanyardWedgeDecoder *decoder)
{
  guint around = decoder->evidence.n_prefix;

  if (has_suffix (decoder))
    around += decoder->evidence.n_suffix;
  return decoder->burst.n_characters > around
         && decoder->burst.n_characters - around >= decoder->min_length;
}

static LanyardScan *
make_scan (LanyardWedgeDecoder *decoder)
{
  LanyardScan *scan
      = lanyard_wedge_evidence_make_scan (&decoder->evidence,
                                          lanyard_wedge_burst_get_keys (&decoder->burst),
                                          decoder->burst.keys->len, &decoder->scan_sure);

  if (scan == NULL)
    return NULL;
  scan->at_us = decoder->burst.last_us;
  scan->took_us = decoder->burst.last_us - decoder->burst.first_us;
  decoder->scan_passed
      = (guint)g_utf8_strlen (read_typed (decoder, 0, decoder->burst.n_passed), -1);
  lanyard_secret_clear_string (decoder->evidence.text);
  return scan;
}

static gboolean
is_persons (LanyardWedgeDecoder *decoder)
{
  return !decoder->burst.overflown && (decoder->burst.uniform || !is_long_enough (decoder));
}

/* The burst has ended: a scan, or a person's keys, or the ruin of a scan. */
static LanyardScan *
end_burst (LanyardWedgeDecoder *decoder)
{
  LanyardScan *scan = NULL;

  if (is_persons (decoder))
    {
      reject_burst (decoder);
      return NULL;
    }
  if (!decoder->burst.overflown)
    scan = make_scan (decoder);
  lanyard_wedge_burst_forget (&decoder->burst);
  return scan;
}

static gboolean
is_terminator (const LanyardWedgeKey *key)
{
  return (key->flags & LANYARD_WEDGE_CONTROL) == 0
         && (key->character == '\r' || key->character == '\n' || key->character == '\t');
}

/* Keys that write nothing by themselves. */
static gboolean
is_mute (gunichar character)
{
  return character == 0 || character == 0x08 || character == 0x1b || character == 0x7f
         || !g_unichar_validate (character);
}

/* Keys with which no burst begins: a person needs them at once. */
static gboolean
begins_nothing (const LanyardWedgeKey *key)
{
  return (key->flags & (LANYARD_WEDGE_ACTION | LANYARD_WEDGE_CONTROL)) != 0;
}

static gboolean
is_late (const LanyardWedgeDecoder *decoder, gint64 at_us)
{
  return lanyard_wedge_burst_is_there (&decoder->burst)
         && (at_us < decoder->burst.last_us
             || at_us - decoder->burst.last_us >= decoder->max_gap_us);
}

static gboolean
may_have_prefix (LanyardWedgeDecoder *decoder)
{
  return decoder->burst.overflown
         || lanyard_wedge_evidence_may_begin (&decoder->evidence,
                                              lanyard_wedge_burst_get_keys (&decoder->burst),
                                              decoder->burst.keys->len);
}

/* The first key looks like anybody's. So does what repeats it; and what follows a dead key must go
 * where that went, or the accent would wait there for some later letter. */
static gboolean
is_anybodys (const LanyardWedgeDecoder *decoder)
{
  guint n_before = decoder->burst.keys->len - 1;

  if (decoder->burst.overflown || decoder->evidence.n_prefix > 0
      || decoder->burst.n_passed != n_before)
    return FALSE;
  return decoder->burst.uniform
         || (lanyard_wedge_burst_get_keys (&decoder->burst)[n_before - 1].flags
             & LANYARD_WEDGE_DEAD)
                != 0;
}

static LanyardWedgeVerdict
take_character (LanyardWedgeDecoder *decoder, const LanyardWedgeKey *key, gint64 at_us)
{
  lanyard_wedge_burst_append (&decoder->burst, key, at_us);
  if (!may_have_prefix (decoder))
    {
      lanyard_wedge_burst_chop (&decoder->burst);
      if (decoder->burst.keys->len > 0)
        {
          reject_burst (decoder);
          return take_character (decoder, key, at_us);
        }
      lanyard_wedge_burst_forget (&decoder->burst);
      return LANYARD_WEDGE_PASS;
    }
  if (!is_anybodys (decoder))
    return LANYARD_WEDGE_SWALLOW;
  decoder->burst.n_passed = decoder->burst.keys->len;
  return LANYARD_WEDGE_PASS;
}

/* Whether the burst goes on behind this Enter or Tab. */
static gboolean
goes_on (LanyardWedgeDecoder *decoder)
{
  if (decoder->burst.overflown || decoder->burst.joined)
    return decoder->burst.joined;
  if (decoder->evidence.n_suffix > 0)
    return is_long_enough (decoder) && !has_suffix (decoder);
  decoder->burst.joined = lanyard_wedge_evidence_is_first_line (
      &decoder->evidence, lanyard_wedge_burst_get_keys (&decoder->burst), decoder->burst.keys->len);
  return decoder->burst.joined;
}

static LanyardWedgeVerdict
take_terminator (LanyardWedgeDecoder *decoder,
                 const LanyardWedgeKey *key,
                 gint64 at_us,
                 LanyardScan **scan)
{
  gboolean persons;

  if (!lanyard_wedge_burst_is_there (&decoder->burst))
    return LANYARD_WEDGE_PASS;
  if (goes_on (decoder))
    {
      lanyard_wedge_burst_append (&decoder->burst, key, at_us);
      return LANYARD_WEDGE_SWALLOW;
    }
  persons = is_persons (decoder);
  *scan = end_burst (decoder);
  if (*scan != NULL)
    return LANYARD_WEDGE_SCAN;
  /* The Enter of a scan that came to nothing presses no button. */
  return persons ? LANYARD_WEDGE_PASS : LANYARD_WEDGE_SWALLOW;
}

static LanyardWedgeVerdict
take_key (LanyardWedgeDecoder *decoder,
          const LanyardWedgeKey *key,
          gint64 at_us,
          LanyardScan **scan)
{
  if (is_terminator (key))
    return take_terminator (decoder, key, at_us, scan);
  if (!begins_nothing (key))
    return take_character (decoder, key, at_us);
  if (!lanyard_wedge_burst_is_there (&decoder->burst))
    return LANYARD_WEDGE_PASS;
  lanyard_wedge_burst_append (&decoder->burst, key, at_us);
  return LANYARD_WEDGE_SWALLOW;
}

/* A key that is held down is a person's, and so is what came right before it. */
static void
drop_burst (LanyardWedgeDecoder *decoder)
{
  if (decoder->burst.overflown)
    lanyard_wedge_burst_forget (&decoder->burst);
  else if (lanyard_wedge_burst_is_there (&decoder->burst))
    reject_burst (decoder);
}

LanyardWedgeDecoder *
lanyard_wedge_decoder_new (const LanyardWedgeOptions *options)
{
  LanyardWedgeDecoder *decoder = g_new0 (LanyardWedgeDecoder, 1);
  const LanyardWedgeOptions none = { 0 };

  if (options == NULL)
    options = &none;
  decoder->max_gap_us
      = options->max_gap_us > 0 ? options->max_gap_us : LANYARD_WEDGE_DEFAULT_GAP_US;
  decoder->min_length
      = options->min_length > 0 ? options->min_length : LANYARD_WEDGE_DEFAULT_MIN_LENGTH;
  lanyard_wedge_evidence_init (&decoder->evidence, options);
  lanyard_wedge_burst_init (&decoder->burst,
                            LANYARD_SCAN_MAX_BYTES + (options->aim ? LANYARD_AIM_BYTES : 0)
                                + decoder->evidence.n_prefix + decoder->evidence.n_suffix);
  decoder->rejected = g_string_new (NULL);
  return decoder;
}

void
lanyard_wedge_decoder_free (LanyardWedgeDecoder *decoder)
{
  if (decoder == NULL)
    return;
  lanyard_wedge_burst_clear (&decoder->burst);
  lanyard_secret_clear_string (decoder->rejected);
  g_string_free (decoder->rejected, TRUE);
  lanyard_wedge_evidence_clear (&decoder->evidence);
  g_free (decoder);
}

LanyardWedgeVerdict
lanyard_wedge_decoder_press (LanyardWedgeDecoder *decoder,
                             const LanyardWedgeKey *key,
                             gint64 at_us,
                             LanyardScan **scan)
{
  LanyardScan *ended = NULL;
  LanyardWedgeVerdict verdict;

  g_return_val_if_fail (decoder != NULL && key != NULL, LANYARD_WEDGE_PASS);
  g_return_val_if_fail (scan != NULL, LANYARD_WEDGE_PASS);

  *scan = NULL;
  if (is_late (decoder, at_us))
    ended = end_burst (decoder);
  if ((key->flags & LANYARD_WEDGE_REPEAT) != 0)
    {
      drop_burst (decoder);
      verdict = LANYARD_WEDGE_PASS;
    }
  else if (ended != NULL && is_terminator (key))
    verdict = LANYARD_WEDGE_SCAN;
  else
    verdict = take_key (decoder, key, at_us, scan);
  if (ended == NULL)
    return verdict;
  /* Nobody asked in the silence, so one key has two answers: the scan goes first, and the key is
   * held as the start of what comes next. */
  if (verdict == LANYARD_WEDGE_PASS && lanyard_wedge_burst_is_there (&decoder->burst))
    decoder->burst.n_passed = 0;
  else if (verdict == LANYARD_WEDGE_PASS)
    {
      if (!is_mute (key->character))
        g_string_append_unichar (decoder->rejected, key->character);
      decoder->n_rejected++;
    }
  *scan = ended;
  return LANYARD_WEDGE_SCAN;
}

LanyardWedgeVerdict
lanyard_wedge_decoder_key (LanyardWedgeDecoder *decoder,
                           gunichar character,
                           gint64 at_us,
                           LanyardScan **scan)
{
  const LanyardWedgeKey key = { .character = character };

  g_return_val_if_fail (scan != NULL, LANYARD_WEDGE_PASS);

  *scan = NULL;
  if (is_mute (character))
    return LANYARD_WEDGE_PASS;
  return lanyard_wedge_decoder_press (decoder, &key, at_us, scan);
}

LanyardScan *
lanyard_wedge_decoder_idle (LanyardWedgeDecoder *decoder, gint64 now_us)
{
  g_return_val_if_fail (decoder != NULL, NULL);

  if (!lanyard_wedge_burst_is_there (&decoder->burst)
      || now_us - decoder->burst.last_us < decoder->max_gap_us)
    return NULL;
  return end_burst (decoder);
}

char *
lanyard_wedge_decoder_take_rejected (LanyardWedgeDecoder *decoder)
{
  char *text;

  g_return_val_if_fail (decoder != NULL, NULL);

  if (decoder->rejected->len == 0)
    return NULL;
  text = g_strdup (decoder->rejected->str);
  lanyard_secret_clear_string (decoder->rejected);
  return text;
}

guint
lanyard_wedge_decoder_take_n_rejected (LanyardWedgeDecoder *decoder)
{
  guint n_rejected;

  g_return_val_if_fail (decoder != NULL, 0);

  n_rejected = decoder->n_rejected;
  decoder->n_rejected = 0;
  lanyard_secret_clear_string (decoder->rejected);
  return n_rejected;
}

guint
lanyard_wedge_decoder_get_n_held (LanyardWedgeDecoder *decoder)
{
  g_return_val_if_fail (decoder != NULL, 0);

  return decoder->burst.keys->len - decoder->burst.n_passed;
}

gboolean
lanyard_wedge_decoder_is_sure (LanyardWedgeDecoder *decoder)
{
  g_return_val_if_fail (decoder != NULL, FALSE);

  return decoder->scan_sure;
}

guint
lanyard_wedge_decoder_get_passed (LanyardWedgeDecoder *decoder)
{
  g_return_val_if_fail (decoder != NULL, 0);

  return decoder->scan_passed;
}
