/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-print"

#include "lanyard-zpl-client.h"

#include <string.h>

#include "lanyard-clock.h"
#include "lanyard-error.h"
#include "lanyard-zpl-framing.h"
#include "lanyard-zpl-line.h"

#define ASK_STATUS "~HS\r\n"
#define ASK_ERRORS "~HQES\r\n"
#define ASK_IDENTITY "~HI\r\n"
#define ASK_COUNTER "! U1 getvar \"odometer.total_label_count\"\r\n"

struct _LanyardZplClient
{
  LanyardZplLine *line;        /* owned */
  LanyardZplTarget *target;    /* owned */
  LanyardZplLimits limits;     /* all of them set */
  LanyardZplIdentity identity; /* owned: model is NULL when it is not known */
  gboolean identity_asked;
  gboolean no_counter; /* it has none */
};

/* Looks at what has come. Returns: whether that is the answer */
typedef gboolean (*Reading) (const LanyardZplFraming *framing, gpointer answer, GError **error);

static gint64
deadline (guint ms)
{
  return lanyard_clock_monotonic_us (lanyard_clock_system ()) + (gint64)ms * 1000;
}

static gboolean
write_text (LanyardZplClient *self, const char *text, GError **error)
{
  gsize n;

  return lanyard_zpl_line_write (self->line, text, strlen (text),
                                 deadline (self->limits.request_ms), &n, error);
}

/* Reads until @reading is content. What makes no sense may be the rest of an older answer: the
 * right one can still come. */
static gboolean
await (LanyardZplClient *self, Reading reading, gpointer answer, GError **error)
{
  g_autoptr (LanyardZplFraming) framing = lanyard_zpl_framing_new ();
  g_autoptr (GError) nonsense = NULL;
  gint64 until_us = deadline (self->limits.request_ms);
  char bytes[1024];
  gsize n, n_read = 0;

  while ((n = lanyard_zpl_line_read (self->line, bytes, sizeof bytes, until_us, error)) > 0)
    {
      for (gsize i = 0; i < n; i++)
        {
          if (!lanyard_zpl_framing_take (framing, bytes[i]))
            continue;
          g_clear_error (&nonsense);
          if (reading (framing, answer, &nonsense))
            return TRUE;
        }
      n_read += n;
      if (n_read > LANYARD_ZPL_MAX_ANSWER_BYTES)
        {
          lanyard_zpl_line_close (self->line);
          g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_LIMIT,
                       "The label printer at %s does not stop answering; check that it speaks ZPL.",
                       self->target->name);
          return FALSE;
        }
    }
  /* What it said, rather than that it then said no more. */
  if (nonsense != NULL && lanyard_zpl_line_is_open (self->line))
    {
      g_clear_error (error);
      g_propagate_error (error, g_steal_pointer (&nonsense));
    }
  return FALSE;
}

static gboolean
ask (LanyardZplClient *self, const char *question, Reading reading, gpointer answer, GError **error)
{
  if (!lanyard_zpl_line_open (self->line, self->limits.connect_ms, error))
    return FALSE;
  lanyard_zpl_line_drain (self->line);
  return write_text (self, question, error) && await (self, reading, answer, error);
}

static gboolean
read_status (const LanyardZplFraming *framing, gpointer answer, GError **error)
{
  const char *strings[LANYARD_ZPL_STATUS_STRINGS];

  return lanyard_zpl_framing_get_last (framing, strings, G_N_ELEMENTS (strings))
         && lanyard_zpl_status_parse (strings, answer, error);
}

static gboolean
read_errors (const LanyardZplFraming *framing, gpointer answer, GError **error)
{
  const char *string;

  return lanyard_zpl_framing_get_last (framing, &string, 1)
         && lanyard_zpl_status_parse_errors (string, answer, error);
}

/* Some printers do not answer ~HS while something is wrong with them. Without an error it is only
 * silence. */
static gboolean
ask_errors (LanyardZplClient *self, LanyardZplStatus *status)
{
  return ask (self, ASK_ERRORS, read_errors, status, NULL)
         && lanyard_zpl_status_get_fault (status) != LANYARD_PRINT_FAULT_NONE;
}

static gboolean
read_identity (const LanyardZplFraming *framing, gpointer answer, GError **error)
{
  const char *string;

  return lanyard_zpl_framing_get_last (framing, &string, 1)
         && lanyard_zpl_identity_parse (string, answer, error);
}

static gboolean
read_counter (const LanyardZplFraming *framing, gpointer answer, GError **error)
{
  const char *text = lanyard_zpl_framing_get_quoted (framing);

  if (text == NULL)
    return FALSE;
  /* Any answer will do: "?" says that there is no counter. */
  if (!lanyard_zpl_counter_parse (text, answer))
    *(guint64 *)answer = G_MAXUINT64;
  return TRUE;
}

LanyardZplClient *
lanyard_zpl_client_new (const LanyardZplTarget *target, const LanyardZplLimits *limits)
{
  LanyardZplClient *self;

  g_return_val_if_fail (target != NULL && limits != NULL, NULL);

  self = g_new0 (LanyardZplClient, 1);
  self->target = lanyard_zpl_target_copy (target);
  self->line = lanyard_zpl_line_new (target);
  self->limits = *limits;
  return self;
}

void
lanyard_zpl_client_free (LanyardZplClient *self)
{
  if (self == NULL)
    return;
  lanyard_zpl_line_free (self->line);
  lanyard_zpl_target_free (self->target);
  lanyard_zpl_identity_clear (&self->identity);
  g_free (self);
}

const LanyardZplTarget *
lanyard_zpl_client_get_target (const LanyardZplClient *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->target;
}

guint
lanyard_zpl_client_get_line (const LanyardZplClient *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return lanyard_zpl_line_count_opened (self->line);
}

gboolean
lanyard_zpl_client_ask_status (LanyardZplClient *self, LanyardZplStatus *status, GError **error)
{
  g_autoptr (GError) local = NULL;
  gboolean was_open;

  g_return_val_if_fail (self != NULL && status != NULL, FALSE);

  was_open = lanyard_zpl_line_is_open (self->line);
  if (ask (self, ASK_STATUS, read_status, status, &local))
    return TRUE;
  if (was_open && !lanyard_zpl_line_is_open (self->line))
    {
      g_clear_error (&local);
      if (ask (self, ASK_STATUS, read_status, status, &local))
        return TRUE;
    }
  if (lanyard_zpl_line_is_open (self->line) && ask_errors (self, status))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

const LanyardZplIdentity *
lanyard_zpl_client_get_identity (LanyardZplClient *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (!self->identity_asked)
    {
      g_auto (LanyardZplIdentity) identity = { 0 };
      g_autoptr (GError) error = NULL;

      if (ask (self, ASK_IDENTITY, read_identity, &identity, &error))
        {
          self->identity = identity;
          memset (&identity, 0, sizeof identity);
        }
      /* Only a printer that is there can have nothing to say. */
      self->identity_asked = self->identity.model != NULL || lanyard_zpl_line_is_open (self->line);
    }
  return lanyard_zpl_client_peek_identity (self);
}

const LanyardZplIdentity *
lanyard_zpl_client_peek_identity (const LanyardZplClient *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->identity.model != NULL ? &self->identity : NULL;
}

gboolean
lanyard_zpl_client_ask_counter (LanyardZplClient *self, guint64 *counter)
{
  g_return_val_if_fail (self != NULL && counter != NULL, FALSE);

  if (self->no_counter)
    return FALSE;
  *counter = G_MAXUINT64;
  if (ask (self, ASK_COUNTER, read_counter, counter, NULL) && *counter != G_MAXUINT64)
    return TRUE;
  self->no_counter = lanyard_zpl_line_is_open (self->line);
  return FALSE;
}

gboolean
lanyard_zpl_client_send (LanyardZplClient *self, GBytes *label, gboolean *begun, GError **error)
{
  const char *bytes;
  gsize n_bytes, n_written;
  gboolean sent;

  g_return_val_if_fail (self != NULL && label != NULL && begun != NULL, FALSE);

  *begun = FALSE;
  if (!lanyard_zpl_line_open (self->line, self->limits.connect_ms, error))
    return FALSE;
  bytes = g_bytes_get_data (label, &n_bytes);
  sent = lanyard_zpl_line_write (self->line, bytes, n_bytes, deadline (self->limits.document_ms),
                                 &n_written, error);
  *begun = n_written > 0;
  return sent;
}

gboolean
lanyard_zpl_client_command (LanyardZplClient *self, const char *command, GError **error)
{
  g_return_val_if_fail (self != NULL && command != NULL, FALSE);

  return lanyard_zpl_line_open (self->line, self->limits.connect_ms, error)
         && write_text (self, command, error);
}

void
lanyard_zpl_client_abort (LanyardZplClient *self)
{
  g_return_if_fail (self != NULL);

  lanyard_zpl_line_abort (self->line);
}
