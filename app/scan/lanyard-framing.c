/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-framing.h"

#include <string.h>

#include "lanyard-aim.h"

#define STX 0x02
#define ETX 0x03
#define MAX_FRAME_BYTES (LANYARD_SCAN_MAX_BYTES + LANYARD_FRAMING_SPARE_BYTES)

struct _LanyardFraming
{
  LanyardFramingOptions options; /* quiet_us > 0 */
  guint8 frame[MAX_FRAME_BYTES];
  gsize n_bytes;     /* of frame */
  gint64 last_us;    /* monotonic: the last byte */
  gboolean inside;   /* STX_ETX: after STX */
  gboolean skipping; /* the frame is too long: nothing counts until its end */
  gboolean joined;   /* LINE: a document with line ends inside, until silence */
};

static const char *const kind_words[]
    = { "line", "cr", "lf", "crlf", "stx-etx", "fixed", "quiet", NULL };

static gboolean
is_line_end (guint8 byte)
{
  return byte == '\r' || byte == '\n';
}

static void
forget (LanyardFraming *framing)
{
  explicit_bzero (framing->frame, framing->n_bytes);
  framing->n_bytes = 0;
  framing->inside = FALSE;
  framing->skipping = FALSE;
  framing->joined = FALSE;
}

static void
finish (LanyardFraming *framing, LanyardFrameFunc func, gpointer user_data)
{
  gsize n_bytes = framing->n_bytes;

  if (framing->joined || framing->options.kind == LANYARD_FRAMING_QUIET)
    while (n_bytes > 0 && is_line_end (framing->frame[n_bytes - 1]))
      n_bytes--;
  if (!framing->skipping && n_bytes > 0)
    func (framing->frame, n_bytes, framing->last_us, user_data);
  forget (framing);
}

static void
append (LanyardFraming *framing, guint8 byte)
{
  if (framing->skipping)
    return;
  if (framing->n_bytes == MAX_FRAME_BYTES)
    {
      explicit_bzero (framing->frame, framing->n_bytes);
      framing->n_bytes = 0;
      framing->skipping = TRUE;
      return;
    }
  framing->frame[framing->n_bytes++] = byte;
}

static gboolean
is_zone_line (const guint8 *line, gsize n_bytes)
{
  gboolean filled = FALSE;

  if (n_bytes != 30 && n_bytes != 36 && n_bytes != 44)
    return FALSE;
  for (gsize i = 0; i < n_bytes; i++)
    {
      if (line[i] != '<' && !g_ascii_isupper (line[i]) && !g_ascii_isdigit (line[i]))
        return FALSE;
      filled = filled || line[i] == '<';
    }
  return filled;
}

static gboolean
is_licence_line (const guint8 *line, gsize n_bytes)
{
  if (n_bytes == 0 || line[0] != '@')
    return FALSE;
  for (gsize i = 1; i < n_bytes; i++)
    if (line[i] >= ' ')
      return FALSE;
  return TRUE;
}

static void
take_line_byte (LanyardFraming *framing, guint8 byte, LanyardFrameFunc func, gpointer user_data)
{
  if (!framing->joined && is_line_end (byte)
      && lanyard_framing_is_first_line (framing->frame, framing->n_bytes))
    framing->joined = TRUE;
  if (framing->joined || !is_line_end (byte))
    append (framing, byte);
  else
    finish (framing, func, user_data);
}

static void
take_crlf_byte (LanyardFraming *framing, guint8 byte, LanyardFrameFunc func, gpointer user_data)
{
  gboolean after_cr = framing->n_bytes > 0 && framing->frame[framing->n_bytes - 1] == '\r';

  /* What is too long is skipped to a line feed: there is no frame left to find its CR in. */
  if (byte == '\n' && (after_cr || framing->skipping))
    {
      if (after_cr)
        framing->n_bytes--;
      finish (framing, func, user_data);
    }
  else
    append (framing, byte);
}

static void
take_marked_byte (LanyardFraming *framing, guint8 byte, LanyardFrameFunc func, gpointer user_data)
{
  if (byte == STX)
    {
      /* One inside a frame: the end of the frame before it was lost. */
      forget (framing);
      framing->inside = TRUE;
    }
  else if (byte == ETX && framing->inside)
    finish (framing, func, user_data);
  else if (framing->inside)
    append (framing, byte);
}

static void
take_byte (LanyardFraming *framing, guint8 byte, LanyardFrameFunc func, gpointer user_data)
{
  switch (framing->options.kind)
    {
    case LANYARD_FRAMING_CR:
    case LANYARD_FRAMING_LF:
      if (byte == (framing->options.kind == LANYARD_FRAMING_CR ? '\r' : '\n'))
        finish (framing, func, user_data);
      else
        append (framing, byte);
      break;
    case LANYARD_FRAMING_CRLF:
      take_crlf_byte (framing, byte, func, user_data);
      break;
    case LANYARD_FRAMING_STX_ETX:
      take_marked_byte (framing, byte, func, user_data);
      break;
    case LANYARD_FRAMING_FIXED:
      append (framing, byte);
      if (framing->n_bytes == framing->options.length)
        finish (framing, func, user_data);
      break;
    case LANYARD_FRAMING_QUIET:
      append (framing, byte);
      break;
    case LANYARD_FRAMING_LINE:
    default:
      take_line_byte (framing, byte, func, user_data);
      break;
    }
}

static gboolean
is_pending (const LanyardFraming *framing)
{
  return framing->n_bytes > 0 || framing->inside || framing->skipping;
}

gboolean
lanyard_framing_kind_from_string (const char *word, LanyardFramingKind *kind)
{
  g_return_val_if_fail (word != NULL && kind != NULL, FALSE);

  for (guint i = 0; kind_words[i] != NULL; i++)
    if (g_str_equal (word, kind_words[i]))
      {
        *kind = (LanyardFramingKind)i;
        return TRUE;
      }
  return FALSE;
}

LanyardFraming *
lanyard_framing_new (const LanyardFramingOptions *options)
{
  LanyardFraming *framing = g_new0 (LanyardFraming, 1);

  if (options != NULL)
    framing->options = *options;
  if (framing->options.quiet_us <= 0)
    framing->options.quiet_us = LANYARD_FRAMING_DEFAULT_QUIET_US;
  framing->options.length = CLAMP (framing->options.length, 1, LANYARD_SCAN_MAX_BYTES);
  return framing;
}

void
lanyard_framing_free (LanyardFraming *framing)
{
  if (framing == NULL)
    return;
  explicit_bzero (framing->frame, sizeof framing->frame);
  g_free (framing);
}

void
lanyard_framing_feed (LanyardFraming *framing,
                      const guint8 *bytes,
                      gsize n_bytes,
                      gint64 at_us,
                      LanyardFrameFunc func,
                      gpointer user_data)
{
  g_return_if_fail (framing != NULL && func != NULL);
  g_return_if_fail (bytes != NULL || n_bytes == 0);

  if (n_bytes > 0)
    framing->last_us = at_us;
  for (gsize i = 0; i < n_bytes; i++)
    take_byte (framing, bytes[i], func, user_data);
}

void
lanyard_framing_idle (LanyardFraming *framing,
                      gint64 now_us,
                      LanyardFrameFunc func,
                      gpointer user_data)
{
  g_return_if_fail (framing != NULL && func != NULL);

  if (!is_pending (framing) || now_us - framing->last_us < framing->options.quiet_us)
    return;
  if (framing->options.kind == LANYARD_FRAMING_LINE
      || framing->options.kind == LANYARD_FRAMING_QUIET)
    finish (framing, func, user_data);
  else
    forget (framing);
}

gint64
lanyard_framing_get_deadline (const LanyardFraming *framing)
{
  g_return_val_if_fail (framing != NULL, -1);

  return is_pending (framing) ? framing->last_us + framing->options.quiet_us : -1;
}

gboolean
lanyard_framing_is_first_line (const guint8 *line, gsize n_bytes)
{
  LanyardAim aim;

  g_return_val_if_fail (line != NULL || n_bytes == 0, FALSE);

  if (lanyard_aim_parse (line, n_bytes, &aim))
    {
      line += LANYARD_AIM_BYTES;
      n_bytes -= LANYARD_AIM_BYTES;
    }
  return is_licence_line (line, n_bytes) || is_zone_line (line, n_bytes);
}

void
lanyard_framing_reset (LanyardFraming *framing)
{
  g_return_if_fail (framing != NULL);

  forget (framing);
}
