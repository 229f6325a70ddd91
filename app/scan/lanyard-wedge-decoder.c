/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-wedge-decoder.h"

#include <string.h>

struct _LanyardWedgeDecoder
{
  /* options */
  gint64 max_gap_us; /* µs, > 0 */
  guint min_length;  /* characters, > 0 */
  char *prefix;      /* owned, may be "" */
  char *suffix;      /* owned, may be "" */

  /* the burst under way */
  GString *text;      /* owned: its characters with prefix and suffix, UTF-8 */
  guint n_chars;      /* of text; 0: no burst */
  guint n_passed;     /* of these, let through: always the first ones */
  gboolean uniform;   /* all of them are the same one */
  gboolean overflown; /* longer than any scan: swallowed without being kept */
  gint64 first_us;    /* monotonic: its first key */
  gint64 last_us;     /* monotonic: its last key */

  /* what the caller may ask for */
  GString *rejected; /* owned: swallowed, but a person's */
  guint scan_passed; /* n_passed of the last scan given */
};

static void
wipe (GString *string)
{
  explicit_bzero (string->str, string->len);
  g_string_truncate (string, 0);
}

static void
forget_burst (LanyardWedgeDecoder *decoder)
{
  wipe (decoder->text);
  decoder->n_chars = 0;
  decoder->n_passed = 0;
  decoder->uniform = TRUE;
  decoder->overflown = FALSE;
}

static void
reject_burst (LanyardWedgeDecoder *decoder)
{
  const char *held = g_utf8_offset_to_pointer (decoder->text->str, decoder->n_passed);

  /* A caller that never asks must not make this grow for ever. */
  if (decoder->rejected->len > LANYARD_SCAN_MAX_BYTES)
    wipe (decoder->rejected);
  g_string_append (decoder->rejected, held);
  forget_burst (decoder);
}

static gboolean
ends_with_suffix (const LanyardWedgeDecoder *decoder)
{
  return g_str_has_suffix (decoder->text->str, decoder->suffix);
}

/* Characters between prefix and suffix. */
static guint
content_length (const LanyardWedgeDecoder *decoder)
{
  glong around = g_utf8_strlen (decoder->prefix, -1);

  if (ends_with_suffix (decoder))
    around += g_utf8_strlen (decoder->suffix, -1);
  return decoder->n_chars > around ? decoder->n_chars - around : 0;
}

static gboolean
is_long_enough (const LanyardWedgeDecoder *decoder)
{
  return content_length (decoder) >= decoder->min_length;
}

static LanyardScan *
make_scan (LanyardWedgeDecoder *decoder)
{
  gsize start = strlen (decoder->prefix);
  gsize n_bytes = decoder->text->len - start - strlen (decoder->suffix);
  LanyardScan *scan;

  if (n_bytes > LANYARD_SCAN_MAX_BYTES)
    return NULL;
  scan = lanyard_scan_new (LANYARD_SYMBOLOGY_WEDGE, LANYARD_SCAN_SOURCE_WEDGE,
                           decoder->text->str + start, n_bytes);
  scan->at_us = decoder->last_us;
  scan->took_us = decoder->last_us - decoder->first_us;
  decoder->scan_passed = decoder->n_passed;
  return scan;
}

/* The burst has ended: a scan, or a person's keys, or the ruin of a scan. */
static LanyardScan *
end_burst (LanyardWedgeDecoder *decoder)
{
  LanyardScan *scan = NULL;

  if (decoder->overflown)
    forget_burst (decoder);
  else if (decoder->uniform || !is_long_enough (decoder))
    reject_burst (decoder);
  else
    {
      if (ends_with_suffix (decoder))
        scan = make_scan (decoder);
      forget_burst (decoder);
    }
  return scan;
}

static gboolean
is_terminator (gunichar character)
{
  return character == '\r' || character == '\n' || character == '\t';
}

/* Keys that write nothing: no scanner sends them, and a person needs them at once. */
static gboolean
is_mute (gunichar character)
{
  return character == 0 || character == 0x08 || character == 0x1b || character == 0x7f
         || !g_unichar_validate (character);
}

static gboolean
is_late (const LanyardWedgeDecoder *decoder, gint64 at_us)
{
  return decoder->n_chars > 0
         && (at_us < decoder->last_us || at_us - decoder->last_us >= decoder->max_gap_us);
}

static void
append (LanyardWedgeDecoder *decoder, gunichar character, gint64 at_us)
{
  gsize limit = LANYARD_SCAN_MAX_BYTES + strlen (decoder->prefix) + strlen (decoder->suffix);

  if (decoder->n_chars == 0)
    decoder->first_us = at_us;
  else if (decoder->uniform && g_utf8_get_char (decoder->text->str) != character)
    decoder->uniform = FALSE;
  decoder->last_us = at_us;
  decoder->n_chars++;
  if (!decoder->overflown)
    g_string_append_unichar (decoder->text, character);
  if (decoder->text->len > limit)
    {
      decoder->overflown = TRUE;
      decoder->uniform = FALSE;
      wipe (decoder->text);
    }
}

static gboolean
may_have_prefix (const LanyardWedgeDecoder *decoder)
{
  gsize n = MIN (decoder->text->len, strlen (decoder->prefix));

  return decoder->overflown || memcmp (decoder->text->str, decoder->prefix, n) == 0;
}

/* Takes the last character back: it does not go on where the prefix does. */
static void
chop (LanyardWedgeDecoder *decoder)
{
  const char *last
      = g_utf8_find_prev_char (decoder->text->str, decoder->text->str + decoder->text->len);

  g_string_truncate (decoder->text, last - decoder->text->str);
  decoder->n_chars--;
}

static LanyardWedgeVerdict
take_character (LanyardWedgeDecoder *decoder, gunichar character, gint64 at_us)
{
  append (decoder, character, at_us);
  if (!may_have_prefix (decoder))
    {
      chop (decoder);
      if (decoder->n_chars > 0)
        {
          reject_burst (decoder);
          return take_character (decoder, character, at_us);
        }
      forget_burst (decoder);
      return LANYARD_WEDGE_PASS;
    }
  if (*decoder->prefix == '\0' && decoder->uniform && decoder->n_passed == decoder->n_chars - 1)
    {
      decoder->n_passed = decoder->n_chars;
      return LANYARD_WEDGE_PASS;
    }
  return LANYARD_WEDGE_SWALLOW;
}

static LanyardWedgeVerdict
take_terminator (LanyardWedgeDecoder *decoder, gunichar character, gint64 at_us, LanyardScan **scan)
{
  gboolean overflown = decoder->overflown;

  if (decoder->n_chars == 0)
    return LANYARD_WEDGE_PASS;
  if (*decoder->suffix != '\0' && is_long_enough (decoder) && !ends_with_suffix (decoder))
    {
      append (decoder, character, at_us);
      return LANYARD_WEDGE_SWALLOW;
    }
  *scan = end_burst (decoder);
  if (*scan != NULL)
    return LANYARD_WEDGE_SCAN;
  return overflown ? LANYARD_WEDGE_SWALLOW : LANYARD_WEDGE_PASS;
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
  decoder->prefix = g_strdup (options->prefix != NULL ? options->prefix : "");
  decoder->suffix = g_strdup (options->suffix != NULL ? options->suffix : "");
  /* Room for the longest burst from the start: no copy of it is left behind by growing. */
  decoder->text = g_string_sized_new (LANYARD_SCAN_MAX_BYTES + strlen (decoder->prefix)
                                      + strlen (decoder->suffix) + 8);
  decoder->rejected = g_string_new (NULL);
  decoder->uniform = TRUE;
  return decoder;
}

void
lanyard_wedge_decoder_free (LanyardWedgeDecoder *decoder)
{
  if (decoder == NULL)
    return;
  wipe (decoder->text);
  wipe (decoder->rejected);
  g_string_free (decoder->text, TRUE);
  g_string_free (decoder->rejected, TRUE);
  g_free (decoder->prefix);
  g_free (decoder->suffix);
  g_free (decoder);
}

LanyardWedgeVerdict
lanyard_wedge_decoder_key (LanyardWedgeDecoder *decoder,
                           gunichar character,
                           gint64 at_us,
                           LanyardScan **scan)
{
  LanyardScan *ended = NULL;
  LanyardWedgeVerdict verdict;

  g_return_val_if_fail (decoder != NULL, LANYARD_WEDGE_PASS);
  g_return_val_if_fail (scan != NULL, LANYARD_WEDGE_PASS);

  *scan = NULL;
  if (is_mute (character))
    return LANYARD_WEDGE_PASS;
  if (is_late (decoder, at_us))
    ended = end_burst (decoder);
  if (ended != NULL && is_terminator (character))
    verdict = LANYARD_WEDGE_SCAN;
  else if (is_terminator (character))
    verdict = take_terminator (decoder, character, at_us, scan);
  else
    verdict = take_character (decoder, character, at_us);
  if (ended == NULL)
    return verdict;
  /* Nobody asked in the silence, so one key has two answers: the scan goes first, and the key is
   * held as the start of what comes next. */
  if (verdict == LANYARD_WEDGE_PASS && decoder->n_chars > 0)
    decoder->n_passed = 0;
  else if (verdict == LANYARD_WEDGE_PASS)
    g_string_append_unichar (decoder->rejected, character);
  *scan = ended;
  return LANYARD_WEDGE_SCAN;
}

LanyardScan *
lanyard_wedge_decoder_idle (LanyardWedgeDecoder *decoder, gint64 now_us)
{
  g_return_val_if_fail (decoder != NULL, NULL);

  if (decoder->n_chars == 0 || now_us - decoder->last_us < decoder->max_gap_us)
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
  wipe (decoder->rejected);
  return text;
}

guint
lanyard_wedge_decoder_get_passed (LanyardWedgeDecoder *decoder)
{
  g_return_val_if_fail (decoder != NULL, 0);

  return decoder->scan_passed;
}
