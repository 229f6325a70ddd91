/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "zpl-machine.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define MAX_FORMAT_BYTES (16 * 1024 * 1024)
#define PIECE_BYTES 1024
#define IN_PIECES (ZPL_MISCHIEF_SLOW | ZPL_MISCHIEF_CUT_WITHIN | ZPL_MISCHIEF_STUCK)
#define SLOW_MS 2

struct _ZplMachine
{
  guint dots_per_mm;
  guint16 port;    /* 0: a device */
  char *directory; /* (nullable): owned: of the device's name */
  char *device;    /* (nullable): owned: a name of its own: a terminal's is soon somebody else's */
  int master_fd;   /* of a device, or -1 */
  int keep_fd;     /* of a device: the other end, so that it stays when nobody has it open; or -1 */
  GThread *thread; /* serves it */
  GCancellable *off;         /* owned: ends the thread */
  GSocketListener *listener; /* (nullable): owned */

  GMutex mutex; /* for all below */
  ZplMischief mischief;
  LanyardZplStatus status;
  gboolean eager;
  gboolean partial;  /* a label is coming */
  gboolean left;     /* one has begun and nobody ends it: it swallows the next */
  GPtrArray *memory; /* (element-type ZplLabel): owned */
  GPtrArray *tray;   /* (element-type ZplLabel): owned */
  guint n_asked;
  guint64 n_ever;
  const char *problem;
};

/* One line to it. */
typedef struct
{
  ZplMachine *machine;
  int fd;
  gboolean is_socket;
  GString *text; /* what has come and is not done with */
} Visit;

static gboolean
has (ZplMachine *self, ZplMischief mischief)
{
  return (g_atomic_int_get ((const int *)&self->mischief) & (int)mischief) != 0;
}

static void
print_all (ZplMachine *self)
{
  for (guint i = 0; i < self->memory->len; i++)
    {
      g_ptr_array_add (self->tray, g_ptr_array_index (self->memory, i));
      self->n_ever++;
    }
  g_ptr_array_set_free_func (self->memory, NULL);
  g_ptr_array_set_size (self->memory, 0);
  g_ptr_array_set_free_func (self->memory, (GDestroyNotify)zpl_label_free);
}

/* Returns: whether there is something to do; FALSE when it is switched off */
static gboolean
wait_for (ZplMachine *self, int fd, short events, int limit_ms)
{
  struct pollfd fds[2] = { { fd, events, 0 }, { g_cancellable_get_fd (self->off), POLLIN, 0 } };

  while (poll (fds, 2, limit_ms) < 0 && errno == EINTR)
    ;
  g_cancellable_release_fd (self->off);
  return fds[1].revents == 0;
}

static gboolean
say (Visit *visit, const char *words)
{
  gsize n = strlen (words);

  while (n > 0)
    {
      gssize done = visit->is_socket ? send (visit->fd, words, n, MSG_NOSIGNAL)
                                     : write (visit->fd, words, n);

      if (done < 0 && (errno == EAGAIN || errno == EINTR))
        {
          if (!wait_for (visit->machine, visit->fd, POLLOUT, -1))
            return FALSE;
          continue;
        }
      if (done <= 0)
        return FALSE;
      words += done;
      n -= (gsize)done;
    }
  return TRUE;
}

static char *
dup_status (ZplMachine *self)
{
  const LanyardZplStatus *s = &self->status;

  return g_strdup_printf ("\x02%03u,%d,%d,%04u,%03u,%d,%d,%d,000,%d,%d,%d\x03\r\n"
                          "\x02%03u,0,%d,%d,%d,%u,%u,%d,%08u,1,%03u\x03\r\n\x02%04d,%d\x03\r\n",
                          s->interface_settings, s->paper_out, s->paused, s->label_dots,
                          self->memory->len, s->buffer_full, s->diagnostic,
                          self->partial || self->left, s->ram_corrupt, s->too_cold, s->too_hot,
                          s->function_settings, s->head_open, s->ribbon_out, s->thermal_transfer,
                          s->print_mode, s->width_mode, s->label_waiting,
                          self->memory->len > 0 ? 1 : s->labels_remaining, s->n_graphics, 1234,
                          s->static_ram);
}

static gboolean
answer_endlessly (Visit *visit)
{
  while (say (visit, "\x02"
                     "000,0,0,0,0,0,0,0,000,0,0,0"
                     "\x03\r\n"
                     "\x02"
                     "000,0,0,0,0,0,0,0,000,0,0,0"
                     "\x03\r\n"))
    ;
  return FALSE;
}

static gboolean
answer_status (Visit *visit)
{
  ZplMachine *self = visit->machine;
  g_autofree char *answer = NULL;
  ZplMischief mischief;

  g_mutex_lock (&self->mutex);
  self->n_asked++;
  mischief = self->mischief;
  answer = dup_status (self);
  g_mutex_unlock (&self->mutex);
  if (mischief & (ZPL_MISCHIEF_SILENT | ZPL_MISCHIEF_MUTE))
    return TRUE;
  if (mischief & ZPL_MISCHIEF_ENDLESS)
    return answer_endlessly (visit);
  if (mischief & ZPL_MISCHIEF_GARBAGE)
    return say (visit, "\x7f\xff\x03\x03 what? \"\r\n\x02\x02");
  if (mischief & ZPL_MISCHIEF_NONSENSE)
    return say (visit, "\x02one\x03\r\n\x02two\x03\r\n\x02three\x03\r\n");
  if ((mischief & ZPL_MISCHIEF_CHATTER) && !say (visit, "\x02MEDIA LOW\x03\r\nhello \"you\"\r\n"))
    return FALSE;
  return say (visit, answer);
}

static gboolean
answer_errors (Visit *visit)
{
  ZplMachine *self = visit->machine;
  g_autofree char *answer = NULL;
  ZplMischief mischief;

  g_mutex_lock (&self->mutex);
  mischief = self->mischief;
  answer
      = g_strdup_printf ("\x02\r\n\r\n  PRINTER STATUS                             \r\n"
                         "   ERRORS:         %d 00000000 %08X \r\n"
                         "   WARNINGS:       0 00000000 00000000 \r\n\x03",
                         self->status.paper_out || self->status.head_open,
                         (self->status.paper_out ? 1u : 0u) | (self->status.head_open ? 4u : 0u));
  g_mutex_unlock (&self->mutex);
  return (mischief & ~(ZPL_MISCHIEF_SILENT | ZPL_MISCHIEF_CHATTER)) != 0 || say (visit, answer);
}

static gboolean
answer_identity (Visit *visit, gboolean counter)
{
  ZplMachine *self = visit->machine;
  g_autofree char *answer = NULL;
  ZplMischief mischief;

  g_mutex_lock (&self->mutex);
  mischief = self->mischief;
  answer = counter
               ? g_strdup_printf ("\"%" G_GUINT64_FORMAT "\"", self->n_ever)
               : g_strdup_printf ("\x02ZT0-TEST ZPL,V1.2.3,%u,8192KB,X\x03\r\n", self->dots_per_mm);
  g_mutex_unlock (&self->mutex);
  return (mischief & (ZPL_MISCHIEF_MUTE | ZPL_MISCHIEF_NO_IDENTITY)) != 0 || say (visit, answer);
}

static gboolean
take_label (Visit *visit, gsize n_bytes)
{
  ZplMachine *self = visit->machine;
  const char *problem;
  ZplLabel *label = zpl_decode (visit->text->str, n_bytes, &problem);
  gboolean stay;

  g_mutex_lock (&self->mutex);
  self->partial = FALSE;
  if (self->left)
    problem = "swallowed by what another program left";
  if (label != NULL && !self->left)
    g_ptr_array_add (self->memory, g_steal_pointer (&label));
  else
    self->problem = problem;
  g_clear_pointer (&label, zpl_label_free);
  if (self->eager)
    print_all (self);
  stay = !has (self, ZPL_MISCHIEF_CUT_AFTER);
  g_mutex_unlock (&self->mutex);
  return stay;
}

static void
drop (ZplMachine *self, gboolean all)
{
  g_mutex_lock (&self->mutex);
  self->partial = self->left = FALSE;
  if (all)
    g_ptr_array_set_size (self->memory, 0);
  g_mutex_unlock (&self->mutex);
}

static gboolean
begins (const GString *text, const char *words)
{
  return strncmp (text->str, words, strlen (words)) == 0;
}

/* Returns: bytes of a whole label at the beginning of what has come; 0: there is none yet */
static gsize
find_label (Visit *visit)
{
  const char *end = begins (visit->text, "^XA") ? strstr (visit->text->str, "^XZ") : NULL;

  return end != NULL ? (gsize)(end - visit->text->str) + 3 : 0;
}

/* Does what stands at the beginning. Returns: whether to stay on the line; @done: (out): bytes */
static gboolean
obey (Visit *visit, gsize *done)
{
  static const char sgd[] = "! U1 getvar \"odometer.total_label_count\"\r\n";
  gsize n_label = find_label (visit);

  *done = 3;
  if (n_label > 0)
    {
      *done = n_label;
      return take_label (visit, n_label);
    }
  if (begins (visit->text, "~HS"))
    return answer_status (visit);
  if (begins (visit->text, "~HI"))
    return answer_identity (visit, FALSE);
  if (begins (visit->text, "~JX") || begins (visit->text, "~JA"))
    {
      drop (visit->machine, begins (visit->text, "~JA"));
      return TRUE;
    }
  *done = 5;
  if (begins (visit->text, "~HQES"))
    return answer_errors (visit);
  *done = sizeof sgd - 1;
  if (begins (visit->text, sgd))
    return answer_identity (visit, TRUE);
  /* Something that goes on, or nothing. */
  *done
      = begins (visit->text, "^") || begins (visit->text, "~") || begins (visit->text, "!") ? 0 : 1;
  return TRUE;
}

/* Returns: whether the line holds */
static gboolean
digest (Visit *visit)
{
  ZplMachine *self = visit->machine;
  gsize done = 1;

  while (visit->text->len > 0 && done > 0)
    {
      gboolean in_label = begins (visit->text, "^XA") && find_label (visit) == 0;

      g_mutex_lock (&self->mutex);
      self->partial = self->partial || in_label;
      g_mutex_unlock (&self->mutex);
      if (in_label && has (self, ZPL_MISCHIEF_CUT_WITHIN))
        return FALSE;
      if (in_label)
        return TRUE;
      if (!obey (visit, &done))
        return FALSE;
      g_string_erase (visit->text, 0, (gssize)done);
    }
  return TRUE;
}

static void
serve (Visit *visit)
{
  ZplMachine *self = visit->machine;
  gboolean stuck = FALSE;
  char bytes[8192];

  visit->text = g_string_new (NULL);
  while (
      wait_for (self, visit->fd, stuck ? 0 : POLLIN, has (self, ZPL_MISCHIEF_SLOW) ? SLOW_MS : -1))
    {
      gsize most = has (self, IN_PIECES) ? PIECE_BYTES : sizeof bytes;
      gssize n;

      /* Slowly, but never by standing still. */
      if (has (self, ZPL_MISCHIEF_SLOW) && !wait_for (self, -1, 0, SLOW_MS))
        break;
      n = visit->is_socket ? recv (visit->fd, bytes, most, MSG_DONTWAIT)
                           : read (visit->fd, bytes, most);
      if (n < 0 && (errno == EAGAIN || errno == EINTR))
        continue;
      if (n <= 0 || visit->text->len > MAX_FORMAT_BYTES)
        break;
      if (has (self, ZPL_MISCHIEF_CUT_BEFORE) && memmem (bytes, (gsize)n, "^XA", 3) != NULL)
        break;
      g_string_append_len (visit->text, bytes, n);
      if (!digest (visit))
        break;
      stuck = has (self, ZPL_MISCHIEF_STUCK) && begins (visit->text, "^XA");
    }
  g_string_free (visit->text, TRUE);
}

static gpointer
accept_main (gpointer data)
{
  ZplMachine *self = data;
  GSocketConnection *connection;

  while ((connection = g_socket_listener_accept (self->listener, NULL, self->off, NULL)) != NULL)
    {
      Visit visit = { self, g_socket_get_fd (g_socket_connection_get_socket (connection)), TRUE };
      struct linger hard = { 1, 0 };

      serve (&visit);
      /* Hangs up as a printer that is switched off does: without a word. */
      if (has (self, ZPL_MISCHIEF_CUT_BEFORE | ZPL_MISCHIEF_CUT_WITHIN))
        setsockopt (visit.fd, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
      g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
      g_object_unref (connection);
    }
  return NULL;
}

static gpointer
device_main (gpointer data)
{
  ZplMachine *self = data;
  Visit visit = { self, self->master_fd, FALSE };

  serve (&visit);
  /* Hung up in the middle: the device goes away, and its name first. */
  unlink (self->device);
  close (self->keep_fd);
  close (self->master_fd);
  self->keep_fd = self->master_fd = -1;
  return NULL;
}

static ZplMachine *
machine_new (guint dots_per_mm)
{
  ZplMachine *self = g_new0 (ZplMachine, 1);

  self->dots_per_mm = dots_per_mm;
  self->master_fd = self->keep_fd = -1;
  self->eager = TRUE;
  self->off = g_cancellable_new ();
  g_mutex_init (&self->mutex);
  self->memory = g_ptr_array_new_with_free_func ((GDestroyNotify)zpl_label_free);
  self->tray = g_ptr_array_new_with_free_func ((GDestroyNotify)zpl_label_free);
  return self;
}

static void
listen_on (ZplMachine *self)
{
  g_autoptr (GError) error = NULL;

  self->listener = g_socket_listener_new ();
  if (self->port == 0)
    self->port = g_socket_listener_add_any_inet_port (self->listener, NULL, &error);
  else
    g_socket_listener_add_inet_port (self->listener, self->port, NULL, &error);
  g_assert_no_error (error);
  self->thread = g_thread_new ("zpl-machine", accept_main, self);
}

ZplMachine *
zpl_machine_new (guint dots_per_mm)
{
  ZplMachine *self = machine_new (dots_per_mm);

  listen_on (self);
  return self;
}

ZplMachine *
zpl_machine_new_device (guint dots_per_mm)
{
  ZplMachine *self = machine_new (dots_per_mm);

  self->master_fd = posix_openpt (O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
  g_assert_cmpint (self->master_fd, >=, 0);
  g_assert_cmpint (grantpt (self->master_fd), ==, 0);
  g_assert_cmpint (unlockpt (self->master_fd), ==, 0);
  self->directory = g_dir_make_tmp ("lanyard-zpl-XXXXXX", NULL);
  g_assert_nonnull (self->directory);
  self->device = g_build_filename (self->directory, "lp0", NULL);
  g_assert_cmpint (symlink (ptsname (self->master_fd), self->device), ==, 0);
  self->keep_fd = open (self->device, O_RDWR | O_NOCTTY | O_CLOEXEC);
  g_assert_cmpint (self->keep_fd, >=, 0);
  self->thread = g_thread_new ("zpl-machine", device_main, self);
  return self;
}

void
zpl_machine_switch_off (ZplMachine *self)
{
  if (self->thread == NULL)
    return;
  g_cancellable_cancel (self->off);
  g_thread_join (self->thread);
  self->thread = NULL;
  if (self->listener != NULL)
    g_socket_listener_close (self->listener);
  g_clear_object (&self->listener);
  drop (self, TRUE);
}

void
zpl_machine_switch_on (ZplMachine *self)
{
  g_object_unref (self->off);
  self->off = g_cancellable_new ();
  listen_on (self);
}

void
zpl_machine_free (ZplMachine *self)
{
  zpl_machine_switch_off (self);
  g_ptr_array_unref (self->memory);
  g_ptr_array_unref (self->tray);
  g_object_unref (self->off);
  g_mutex_clear (&self->mutex);
  if (self->directory != NULL)
    rmdir (self->directory);
  g_free (self->directory);
  g_free (self->device);
  g_free (self);
}

char *
zpl_machine_dup_uri (ZplMachine *self, const char *query)
{
  if (self->device != NULL)
    return g_strdup_printf ("zpl://%s?%s", self->device, query);
  return g_strdup_printf ("zpl://localhost:%u?%s", self->port, query);
}

void
zpl_machine_set_mischief (ZplMachine *self, ZplMischief mischief)
{
  g_mutex_lock (&self->mutex);
  g_atomic_int_set ((int *)&self->mischief, (int)mischief);
  g_mutex_unlock (&self->mutex);
}

void
zpl_machine_set_status (ZplMachine *self, const LanyardZplStatus *status)
{
  g_mutex_lock (&self->mutex);
  self->status = *status;
  g_mutex_unlock (&self->mutex);
}

void
zpl_machine_set_eager (ZplMachine *self, gboolean eager)
{
  g_mutex_lock (&self->mutex);
  self->eager = eager;
  g_mutex_unlock (&self->mutex);
}

void
zpl_machine_print (ZplMachine *self)
{
  g_mutex_lock (&self->mutex);
  print_all (self);
  g_mutex_unlock (&self->mutex);
}

void
zpl_machine_leave_partial (ZplMachine *self)
{
  g_mutex_lock (&self->mutex);
  self->left = TRUE;
  g_mutex_unlock (&self->mutex);
}

guint
zpl_machine_count (ZplMachine *self)
{
  guint n;

  g_mutex_lock (&self->mutex);
  n = self->tray->len;
  g_mutex_unlock (&self->mutex);
  return n;
}

static guint
count_in (GPtrArray *labels, const char *serial)
{
  guint n = 0;

  for (guint i = 0; i < labels->len; i++)
    n += g_strcmp0 (((ZplLabel *)g_ptr_array_index (labels, i))->comment, serial) == 0;
  return n;
}

guint
zpl_machine_count_serial (ZplMachine *self, const char *serial)
{
  guint n;

  g_mutex_lock (&self->mutex);
  n = count_in (self->tray, serial) + count_in (self->memory, serial);
  g_mutex_unlock (&self->mutex);
  return n;
}

guint
zpl_machine_count_asked (ZplMachine *self)
{
  guint n;

  g_mutex_lock (&self->mutex);
  n = self->n_asked;
  g_mutex_unlock (&self->mutex);
  return n;
}

const ZplLabel *
zpl_machine_get (ZplMachine *self, guint i)
{
  const ZplLabel *label;

  g_mutex_lock (&self->mutex);
  g_assert_cmpstr (self->problem, ==, NULL);
  label = i < self->tray->len ? g_ptr_array_index (self->tray, i) : NULL;
  g_mutex_unlock (&self->mutex);
  return label;
}

const char *
zpl_machine_get_problem (ZplMachine *self)
{
  const char *problem;

  g_mutex_lock (&self->mutex);
  problem = self->problem;
  g_mutex_unlock (&self->mutex);
  return problem;
}
