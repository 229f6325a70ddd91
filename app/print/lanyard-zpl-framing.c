/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-print"

#include "lanyard-zpl-framing.h"

#include <string.h>

#define STX '\x02'
#define ETX '\x03'

typedef enum
{
  OUTSIDE,
  IN_STRING,
  IN_QUOTES,
} Place;

struct _LanyardZplFraming
{
  Place place;
  char here[LANYARD_ZPL_MAX_STRING_BYTES + 1]; /* what is being read */
  gsize n_here;
  char strings[LANYARD_ZPL_MAX_STRINGS][LANYARD_ZPL_MAX_STRING_BYTES + 1]; /* oldest first */
  guint n_strings;
  char quoted[LANYARD_ZPL_MAX_STRING_BYTES + 1];
  gboolean has_quoted;
};

static void
begin (LanyardZplFraming *self, Place place)
{
  self->place = place;
  self->n_here = 0;
}

static void
keep (LanyardZplFraming *self)
{
  self->here[self->n_here] = '\0';
  if (self->place == IN_QUOTES)
    {
      memcpy (self->quoted, self->here, self->n_here + 1);
      self->has_quoted = TRUE;
    }
  else
    {
      if (self->n_strings == LANYARD_ZPL_MAX_STRINGS)
        memmove (self->strings[0], self->strings[1],
                 sizeof self->strings - sizeof self->strings[0]);
      else
        self->n_strings++;
      memcpy (self->strings[self->n_strings - 1], self->here, self->n_here + 1);
    }
  self->place = OUTSIDE;
}

LanyardZplFraming *
lanyard_zpl_framing_new (void)
{
  return g_new0 (LanyardZplFraming, 1);
}

void
lanyard_zpl_framing_free (LanyardZplFraming *self)
{
  g_free (self);
}

gboolean
lanyard_zpl_framing_take (LanyardZplFraming *self, char byte)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (byte == STX)
    begin (self, IN_STRING);
  else if (self->place == OUTSIDE && byte == '"')
    begin (self, IN_QUOTES);
  else if ((self->place == IN_STRING && byte == ETX) || (self->place == IN_QUOTES && byte == '"'))
    {
      keep (self);
      return TRUE;
    }
  else if (self->place != OUTSIDE && (byte == '\0' || self->n_here == LANYARD_ZPL_MAX_STRING_BYTES))
    self->place = OUTSIDE;
  else if (self->place != OUTSIDE)
    self->here[self->n_here++] = byte;
  return FALSE;
}

gboolean
lanyard_zpl_framing_get_last (const LanyardZplFraming *self, const char **strings, guint n)
{
  g_return_val_if_fail (self != NULL && strings != NULL, FALSE);

  if (n > self->n_strings)
    return FALSE;
  for (guint i = 0; i < n; i++)
    strings[i] = self->strings[self->n_strings - n + i];
  return TRUE;
}

const char *
lanyard_zpl_framing_get_quoted (const LanyardZplFraming *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->has_quoted ? self->quoted : NULL;
}
