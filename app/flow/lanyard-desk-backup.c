/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * The backup to a stick. Three steps, and the desk goes on during each: the database that it uses
 * is copied some pages at a time, when there is nothing else to do, into a file of the desk's own
 * disk that loses its name at once; a worker seals and writes it; what became of that comes back
 * here. A stick that hangs holds its worker and nobody else: no other one is begun until it has
 * come back.
 *
 * Sealed rows stay sealed in the copy, and the journal names nobody: what lies on the disk for a
 * moment is what lies there anyway.
 */

#define G_LOG_DOMAIN "lanyard-flow"

#include "lanyard-desk-private.h"

#include <sodium.h>

#include "lanyard-backup.h"
#include "lanyard-database-copy.h"
#include "lanyard-error.h"
#include "lanyard-secret-file.h"

/* After the start, when the first screen is there. */
#define FIRST_MS 3000
/* Copied at a time, behind everything else: under a millisecond. */
#define COPY_PAGES 128
/* People change all day; most of them come back from the hub by themselves. */
#define PEOPLE_MIN_US (30 * 60 * G_USEC_PER_SEC)
#define LATE_INTERVALS 3
#define COPY_NAME "backup-copy.tmp"
#define MAX_PIN_FILE_BYTES 65536

struct _LanyardDeskBackup
{
  LanyardDesk *desk; /* borrowed */
  GSource *timer;    /* owned */
  GSource *copier;   /* owned (nullable): while a copy is made */
  LanyardDatabaseCopy *copy;
  LanyardBackup *job; /* owned (nullable): that the copy is for */
  gboolean writing;   /* a worker has not come back */

  gint64 good_us;        /* monotonic: of the last good one; at first: of the start */
  gint64 people_us;      /* likewise, of people; 0: none yet */
  char *problem;         /* (nullable): why the last one was none */
  guint64 records_state; /* what the last good one had */
  guint64 people_state;
};

/* What a worker brings back. */
typedef struct
{
  LanyardHome *home;  /* owned */
  LanyardBackup *job; /* owned */
  guint64 state;
  GError *error; /* owned (nullable) */
} Work;

static void
free_work (gpointer data)
{
  Work *work = data;

  lanyard_home_unref (work->home);
  lanyard_backup_free (work->job);
  g_clear_error (&work->error);
  g_free (work);
}

static void begin (LanyardDeskBackup *backup, LanyardBackupKind kind);

static gint64
get_now (const LanyardDeskBackup *backup)
{
  return lanyard_clock_monotonic_us (backup->desk->clock);
}

/* Any other number whenever a backup would be another one. */
static guint64
get_state (LanyardDesk *desk, LanyardBackupKind kind)
{
  LanyardOutbox outbox;

  if (kind == LANYARD_BACKUP_PEOPLE)
    return lanyard_directory_get_changes (desk->directory) + 1;
  lanyard_journal_get_outbox (desk->journal, &outbox);
  return (lanyard_journal_get_head_seq (desk->journal) << 32) + outbox.acknowledged_seq + 1;
}

static void
take_problem (LanyardDeskBackup *backup, GError *error)
{
  g_autoptr (GError) mine = error;

  if (g_strcmp0 (backup->problem, mine->message) != 0)
    g_message ("%s", mine->message);
  g_free (backup->problem);
  backup->problem = g_strdup (mine->message);
  lanyard_desk_update_status (backup->desk);
}

static gboolean
people_are_due (const LanyardDeskBackup *backup)
{
  LanyardDesk *desk = backup->desk;

  return lanyard_directory_get_size (desk->directory) > 0
         && get_state (desk, LANYARD_BACKUP_PEOPLE) != backup->people_state
         && (backup->people_us == 0 || get_now (backup) - backup->people_us >= PEOPLE_MIN_US);
}

/* --- the worker --- */

/* On the desk's thread: a worker is back. */
static void
do_written (gpointer object, gpointer data)
{
  LanyardDesk *desk = object;
  LanyardDeskBackup *backup = desk->backup;
  Work *work = data;

  backup->writing = FALSE;
  if (work->error != NULL)
    {
      /* Perhaps another stick is in: it has neither. */
      backup->records_state = backup->people_state = 0;
      backup->people_us = 0;
      take_problem (backup, g_steal_pointer (&work->error));
      return;
    }
  if (work->job->manifest.kind == LANYARD_BACKUP_PEOPLE)
    {
      backup->people_state = work->state;
      backup->people_us = get_now (backup);
      backup->good_us = get_now (backup);
      g_clear_pointer (&backup->problem, g_free);
    }
  else
    {
      backup->records_state = work->state;
      if (people_are_due (backup))
        {
          begin (backup, LANYARD_BACKUP_PEOPLE);
          return;
        }
      backup->good_us = get_now (backup);
      g_clear_pointer (&backup->problem, g_free);
    }
  lanyard_desk_update_status (desk);
}

static gpointer
run_worker (gpointer data)
{
  Work *work = data;
  g_autoptr (LanyardHome) home = lanyard_home_ref (work->home);

  if (work->job->n_parts > 0)
    lanyard_backup_write (work->job, &work->error);
  else
    lanyard_backup_check (work->job, &work->error);
  lanyard_home_post (home, do_written, work, free_work);
  return NULL;
}

/* @job: (transfer full) */
static void
start_worker (LanyardDeskBackup *backup, LanyardBackup *job, guint64 state)
{
  Work *work = g_new0 (Work, 1);

  work->home = lanyard_home_ref (backup->desk->home);
  work->job = job;
  work->state = state;
  backup->writing = TRUE;
  g_thread_unref (g_thread_new ("backup", run_worker, work));
}

/* --- the copy --- */

static void
stop_copying (LanyardDeskBackup *backup)
{
  if (backup->copier != NULL)
    g_source_destroy (backup->copier);
  g_clear_pointer (&backup->copier, g_source_unref);
  g_clear_pointer (&backup->copy, lanyard_database_copy_free);
  g_clear_pointer (&backup->job, lanyard_backup_free);
}

static void
free_secret (gpointer text)
{
  sodium_memzero (text, 2 * LANYARD_SECRET_FILE_BYTES + 2);
  g_free (text);
}

static gboolean
add_vault_key (LanyardDesk *desk, LanyardBackup *job, GError **error)
{
  guint8 secret[LANYARD_SECRET_FILE_BYTES];
  char *text;

  if (!lanyard_secret_file_read (desk->config->vault_key_file, "vault key", secret, error))
    return FALSE;
  text = g_malloc0 (2 * sizeof secret + 2);
  sodium_bin2hex (text, 2 * sizeof secret + 1, secret, sizeof secret);
  text[2 * sizeof secret] = '\n';
  sodium_memzero (secret, sizeof secret);
  lanyard_backup_add_bytes (job, "vault.key",
                            g_bytes_new_with_free_func (text, 2 * sizeof secret + 1, free_secret,
                                                        text));
  return TRUE;
}

/* Verifiers, no PINs; a desk without any has none to keep. */
static void
add_pins (LanyardDesk *desk, LanyardBackup *job)
{
  g_autofree char *path = lanyard_config_state_path (desk->config, "staff.pin");
  char *content;
  gsize n_bytes;

  if (!g_file_get_contents (path, &content, &n_bytes, NULL))
    return;
  if (n_bytes <= MAX_PIN_FILE_BYTES)
    lanyard_backup_add_bytes (job, "staff.pin", g_bytes_new_take (content, n_bytes));
  else
    g_free (content);
}

/* What the copy is of is told when it is whole: until then what is committed goes into it too. */
static gboolean
end_copy (LanyardDeskBackup *backup, GError **error)
{
  LanyardDesk *desk = backup->desk;
  LanyardManifest *manifest = &backup->job->manifest;
  gboolean people = manifest->kind == LANYARD_BACKUP_PEOPLE;
  LanyardOutbox outbox;
  int fd;

  lanyard_journal_get_outbox (desk->journal, &outbox);
  manifest->made_us = lanyard_clock_wall_us (desk->clock);
  manifest->head = lanyard_journal_get_head_seq (desk->journal);
  manifest->acknowledged = outbox.acknowledged_seq;
  lanyard_journal_get_head_hash (desk->journal, &manifest->hash);
  manifest->n_entries = people ? lanyard_directory_get_size (desk->directory) : 0;
  fd = lanyard_database_copy_take (backup->copy, error);
  if (fd < 0)
    return FALSE;
  lanyard_backup_add_file (backup->job, people ? "directory.db" : "journal.db", fd);
  if (people)
    return add_vault_key (desk, backup->job, error);
  add_pins (desk, backup->job);
  return TRUE;
}

static gboolean
on_copy (gpointer user_data)
{
  LanyardDeskBackup *backup = user_data;
  LanyardBackupKind kind = backup->job->manifest.kind;
  GError *error = NULL;
  gboolean done = FALSE;

  if (lanyard_database_copy_step (backup->copy, COPY_PAGES, &done, &error) && !done)
    return G_SOURCE_CONTINUE;
  if (error == NULL && end_copy (backup, &error))
    start_worker (backup, g_steal_pointer (&backup->job), get_state (backup->desk, kind));
  stop_copying (backup);
  if (error != NULL)
    take_problem (backup, error);
  return G_SOURCE_REMOVE;
}

static LanyardBackup *
new_job (LanyardDesk *desk, LanyardBackupKind kind)
{
  LanyardBackup *job = g_new0 (LanyardBackup, 1);
  g_auto (LanyardIdentity) identity = { 0 };

  lanyard_journal_get_identity (desk->journal, &identity);
  job->manifest.kind = kind;
  job->manifest.event = g_strdup (lanyard_pack_get_event (desk->pack));
  job->manifest.device = identity.device;
  job->manifest.epoch = identity.epoch;
  job->manifest.prefix = g_strdup (identity.serial_prefix);
  job->manifest.desk = g_strdup (desk->config->name);
  job->recipient = desk->config->backup_recipient;
  job->signer = lanyard_key_ref (desk->key);
  job->folder = g_strdup (desk->config->backup_folder);
  job->beside = g_strdup (desk->config->state_dir);
  return job;
}

static void
begin (LanyardDeskBackup *backup, LanyardBackupKind kind)
{
  LanyardDesk *desk = backup->desk;
  g_autofree char *path = lanyard_config_state_path (desk->config, COPY_NAME);
  GError *error = NULL;

  backup->copy = kind == LANYARD_BACKUP_PEOPLE
                     ? lanyard_directory_begin_copy (desk->directory, path, &error)
                     : lanyard_journal_begin_copy (desk->journal, path, &error);
  if (backup->copy == NULL)
    {
      take_problem (backup, error);
      return;
    }
  backup->job = new_job (desk, kind);
  backup->copier = g_idle_source_new ();
  g_source_set_priority (backup->copier, G_PRIORITY_LOW);
  g_source_set_callback (backup->copier, on_copy, backup, NULL);
  g_source_attach (backup->copier, g_main_context_get_thread_default ());
}

/* --- the clock --- */

static gboolean
is_enrolled (LanyardDesk *desk)
{
  g_auto (LanyardIdentity) identity = { 0 };

  lanyard_journal_get_identity (desk->journal, &identity);
  return desk->key != NULL && identity.device != 0 && identity.serial_prefix != NULL;
}

static void
look (LanyardDeskBackup *backup)
{
  if (backup->copy != NULL || backup->writing)
    return;
  /* Before its enrolment a desk makes no records that anybody waits for. */
  if (!is_enrolled (backup->desk))
    backup->good_us = get_now (backup);
  else if (get_state (backup->desk, LANYARD_BACKUP_RECORDS) != backup->records_state)
    begin (backup, LANYARD_BACKUP_RECORDS);
  else
    start_worker (backup, new_job (backup->desk, LANYARD_BACKUP_RECORDS), backup->records_state);
}

static GSource *
attach_timer (guint interval_ms, GSourceFunc func, LanyardDeskBackup *backup)
{
  GSource *source = g_timeout_source_new (interval_ms);

  g_source_set_callback (source, func, backup, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
  return source;
}

static gboolean
on_interval (gpointer user_data)
{
  look (user_data);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_first (gpointer user_data)
{
  LanyardDeskBackup *backup = user_data;

  g_source_unref (backup->timer);
  backup->timer
      = attach_timer (backup->desk->config->backup_interval_s * 1000, on_interval, backup);
  look (backup);
  return G_SOURCE_REMOVE;
}

LanyardDeskBackup *
lanyard_desk_begin_backups (LanyardDesk *desk)
{
  LanyardDeskBackup *backup;

  if (desk->config->backup_folder == NULL)
    return NULL;
  backup = g_new0 (LanyardDeskBackup, 1);
  backup->desk = desk;
  backup->good_us = get_now (backup);
  backup->timer = attach_timer (FIRST_MS, on_first, backup);
  return backup;
}

void
lanyard_desk_end_backups (LanyardDeskBackup *backup)
{
  if (backup == NULL)
    return;
  g_source_destroy (backup->timer);
  g_source_unref (backup->timer);
  stop_copying (backup);
  g_free (backup->problem);
  g_free (backup);
}

char *
lanyard_desk_backup_dup_problem (const LanyardDeskBackup *backup)
{
  gint64 late_us;

  if (backup == NULL)
    return NULL;
  late_us = (gint64)LATE_INTERVALS * backup->desk->config->backup_interval_s * G_USEC_PER_SEC;
  if (get_now (backup) - backup->good_us <= late_us)
    return NULL;
  if (backup->problem != NULL)
    return g_strdup (backup->problem);
  return g_strdup ("The backup is still being written: the stick is slow or does not answer; try "
                   "another one.");
}
