/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-store"

#include "lanyard-secret-file.h"

#include "lanyard-error.h"
#include "lanyard-hash.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* 64 characters and a newline; one more tells that there is too much. */
#define FILE_MAX_BYTES 66
/* Nobody but the owner, and the group that systemd gives a credential to, may read it. */
#define FORBIDDEN_MODE 0037

static void
fail_with_errno (const char *path, const char *what, const char *deed, GError **error)
{
  int saved_errno = errno;

  g_set_error (error, LANYARD_ERROR,
               saved_errno == ENOENT ? LANYARD_ERROR_NOT_FOUND : LANYARD_ERROR_IO,
               "The %s %s could not be %s (%s): check the path and who runs this program.", what,
               path, deed, g_strerror (saved_errno));
}

/* @text: FILE_MAX_BYTES. Returns: number of bytes read, -1 on error */
static gssize
read_text (const char *path, const char *what, char *text, GError **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  struct stat info;
  gssize n = -1;

  if (fd < 0 || fstat (fd, &info) != 0)
    fail_with_errno (path, what, "opened", error);
  else if ((info.st_mode & FORBIDDEN_MODE) != 0)
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                 "Others may read the %s %s: give it mode 0600.", what, path);
  else
    {
      n = read (fd, text, FILE_MAX_BYTES);
      if (n < 0)
        fail_with_errno (path, what, "read", error);
    }
  if (fd >= 0)
    close (fd);
  return n;
}

gboolean
lanyard_secret_file_read (const char *path, const char *what, guint8 *secret, GError **error)
{
  char text[FILE_MAX_BYTES + 1] = { 0 };
  gboolean sound;
  gssize n;

  g_return_val_if_fail (path != NULL && what != NULL && secret != NULL, FALSE);

  n = read_text (path, what, text, error);
  if (n < 0)
    return FALSE;
  if (n > 0 && text[n - 1] == '\n')
    text[n - 1] = '\0';
  sound = lanyard_hex_decode (text, secret, LANYARD_SECRET_FILE_BYTES);
  sodium_memzero (text, sizeof text);
  if (!sound)
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                 "The %s %s is not 64 hexadecimal characters: put back the right file.", what,
                 path);
  return sound;
}

gboolean
lanyard_secret_file_create (const char *path,
                            const char *what,
                            const guint8 *secret,
                            GError **error)
{
  char text[2 * LANYARD_SECRET_FILE_BYTES + 2];
  guint8 drawn[LANYARD_SECRET_FILE_BYTES];
  gboolean ok;
  int fd;

  g_return_val_if_fail (path != NULL && what != NULL, FALSE);

  lanyard_hash_init ();
  fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0)
    {
      fail_with_errno (path, what, "made", error);
      return FALSE;
    }
  randombytes_buf (drawn, sizeof drawn);
  sodium_bin2hex (text, sizeof text, secret != NULL ? secret : drawn, LANYARD_SECRET_FILE_BYTES);
  text[2 * LANYARD_SECRET_FILE_BYTES] = '\n';
  ok = write (fd, text, sizeof text - 1) == sizeof text - 1 && fsync (fd) == 0;
  if (!ok)
    {
      fail_with_errno (path, what, "written", error);
      unlink (path);
    }
  close (fd);
  sodium_memzero (drawn, sizeof drawn);
  sodium_memzero (text, sizeof text);
  return ok;
}
