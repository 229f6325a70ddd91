/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-sign"

#include "lanyard-key-private.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lanyard-error.h"
#include "lanyard-hash.h"

/* The seed in hexadecimal and a line end. */
#define KEY_FILE_BYTES (2 * LANYARD_SEED_BYTES + 1)

static void
set_io_error (GError **error, const char *what, const char *path, int code)
{
  LanyardError kind = LANYARD_ERROR_IO;

  if (code == ENOENT)
    kind = LANYARD_ERROR_NOT_FOUND;
  else if (code == ENOSPC || code == EDQUOT)
    kind = LANYARD_ERROR_FULL;
  else if (code == ELOOP)
    kind = LANYARD_ERROR_INVALID;
  g_set_error (error, LANYARD_ERROR, kind, "Could not %s the key file %s: %s", what, path,
               g_strerror (code));
}

/* A secret that somebody else may have read, or may have put there, is none. */
static gboolean
check_file (int fd, const char *path, GError **error)
{
  struct stat info;

  if (fstat (fd, &info) != 0)
    {
      set_io_error (error, "examine", path, errno);
      return FALSE;
    }
  if (!S_ISREG (info.st_mode))
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                   "%s is not a file and so holds no key", path);
      return FALSE;
    }
  if (info.st_mode & 077)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                   "Others may read the key file %s: make a new key, or chmod 600 it if nobody did",
                   path);
      return FALSE;
    }
  return TRUE;
}

/* Reads at most @n_bytes. Returns: how many came, or -1 with errno set. */
static gssize
read_all (int fd, char *buffer, gsize n_bytes)
{
  gsize done = 0;

  while (done < n_bytes)
    {
      gssize n = read (fd, buffer + done, n_bytes - done);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return -1;
      if (n == 0)
        break;
      done += n;
    }
  return done;
}

static gboolean
write_all (int fd, const char *data, gsize n_bytes)
{
  gsize done = 0;

  while (done < n_bytes)
    {
      gssize n = write (fd, data + done, n_bytes - done);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      done += n;
    }
  return TRUE;
}

/* The name of the new file is durable only with its directory. */
static gboolean
sync_directory_of (const char *path)
{
  g_autofree char *directory = g_path_get_dirname (path);
  int fd = open (directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean done;

  if (fd < 0)
    return FALSE;
  done = fsync (fd) == 0;
  close (fd);
  return done;
}

static LanyardKey *
parse_key (const char *text, gssize length, const char *path, GError **error)
{
  char hex[KEY_FILE_BYTES] = { 0 };
  guint8 seed[LANYARD_SEED_BYTES];
  LanyardKey *key = NULL;

  if (length == KEY_FILE_BYTES && text[KEY_FILE_BYTES - 1] == '\n')
    {
      memcpy (hex, text, KEY_FILE_BYTES - 1);
      if (lanyard_hex_decode (hex, seed, sizeof seed))
        key = lanyard_key_new_from_seed (seed);
    }
  if (key == NULL)
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                 "%s is not a key file: it must hold 64 hexadecimal characters and a line end",
                 path);
  sodium_memzero (hex, sizeof hex);
  sodium_memzero (seed, sizeof seed);
  return key;
}

LanyardKey *
lanyard_key_load (const char *path, GError **error)
{
  char text[KEY_FILE_BYTES + 1]; /* one more, to see that a file is longer */
  LanyardKey *key = NULL;
  int fd;

  g_return_val_if_fail (path != NULL, NULL);

  fd = open (path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0)
    {
      set_io_error (error, "open", path, errno);
      return NULL;
    }
  if (check_file (fd, path, error))
    {
      gssize n = read_all (fd, text, sizeof text);

      if (n < 0)
        set_io_error (error, "read", path, errno);
      else
        key = parse_key (text, n, path, error);
    }
  close (fd);
  sodium_memzero (text, sizeof text);
  return key;
}

gboolean
lanyard_key_save (const LanyardKey *key, const char *path, GError **error)
{
  guint8 seed[LANYARD_SEED_BYTES];
  char text[KEY_FILE_BYTES + 1];
  gboolean done;
  int code;
  int fd;

  g_return_val_if_fail (key != NULL && path != NULL, FALSE);

  fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (fd < 0 && errno == EEXIST)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_STATE,
                   "There is a key file %s already: it is not written over", path);
      return FALSE;
    }
  if (fd < 0)
    {
      set_io_error (error, "make", path, errno);
      return FALSE;
    }

  lanyard_key_copy_seed (key, seed);
  sodium_bin2hex (text, sizeof text, seed, sizeof seed);
  text[KEY_FILE_BYTES - 1] = '\n';
  done = fchmod (fd, 0600) == 0 && write_all (fd, text, KEY_FILE_BYTES) && fsync (fd) == 0;
  code = errno;
  sodium_memzero (seed, sizeof seed);
  sodium_memzero (text, sizeof text);
  if (close (fd) != 0 && done)
    {
      done = FALSE;
      code = errno;
    }
  if (done && !sync_directory_of (path))
    {
      done = FALSE;
      code = errno;
    }
  if (!done)
    {
      unlink (path);
      set_io_error (error, "write", path, code);
    }
  return done;
}
