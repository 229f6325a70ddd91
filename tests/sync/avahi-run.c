/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "avahi-run.h"

#include <glib/gstdio.h>
#include <net/if.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define LIMIT_S 60
#define PAUSE_US 20000

static const char bus_conf[]
    = "<busconfig><type>session</type><listen>unix:path=%s/bus</listen><auth>EXTERNAL</auth>"
      "<policy context=\"default\"><allow send_destination=\"*\"/><allow receive_sender=\"*\"/>"
      "<allow own=\"*\"/><allow user=\"*\"/></policy></busconfig>";

/* avahi knows one place for its PID file: a mount of our own keeps it beside that of the machine.
 */
static const char avahi_words[]
    = "mkdir -p /run/avahi-daemon && mount -t tmpfs avahi /run/avahi-daemon "
      "&& mount -t tmpfs avahi /etc/avahi/services "
      "&& exec avahi-daemon --no-drop-root --no-chroot --no-rlimits -f \"$1\"";

/* In the child, before it is another program. A loopback of its own: daemons that share one hear
 * each other, take each other's names, and announce what tests beside this one announce. */
static void
leave_network (gpointer user_data)
{
  struct ifreq request = { .ifr_name = "lo" };
  int fd;

  if (unshare (CLONE_NEWNET) != 0 || (fd = socket (AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)) < 0
      || ioctl (fd, SIOCGIFFLAGS, &request) != 0)
    _exit (1);
  request.ifr_flags |= IFF_UP | IFF_RUNNING;
  if (ioctl (fd, SIOCSIFFLAGS, &request) != 0)
    _exit (1);
}

static void
write_file (AvahiRun *run, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (run->folder, name, NULL);
  GError *error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static gboolean
answers (void)
{
  g_autofree char *address = g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SYSTEM, NULL, NULL);
  g_autoptr (GDBusConnection) bus = g_dbus_connection_new_for_address_sync (
      address,
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
          | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
      NULL, NULL, NULL);
  g_autoptr (GVariant) answer = NULL;
  gint32 state = 0;

  if (bus == NULL)
    return FALSE;
  answer = g_dbus_connection_call_sync (bus, "org.freedesktop.Avahi", "/",
                                        "org.freedesktop.Avahi.Server", "GetState", NULL,
                                        G_VARIANT_TYPE ("(i)"), G_DBUS_CALL_FLAGS_NONE, -1, NULL,
                                        NULL);
  if (answer != NULL)
    g_variant_get (answer, "(i)", &state);
  g_dbus_connection_close_sync (bus, NULL, NULL);
  return state == 2; /* running */
}

static void
end (GSubprocess **process)
{
  if (*process == NULL)
    return;
  g_subprocess_force_exit (*process);
  g_subprocess_wait (*process, NULL, NULL);
  g_clear_object (process);
}

void
avahi_run_stop (AvahiRun *run)
{
  end (&run->avahi);
}

/* FALSE: it ended by itself, for want of rights */
static gboolean
try_start (AvahiRun *run)
{
  g_autofree char *conf = g_build_filename (run->folder, "avahi.conf", NULL);
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  gint64 deadline_us = g_get_monotonic_time () + LIMIT_S * G_USEC_PER_SEC;
  GError *error = NULL;

  g_subprocess_launcher_set_child_setup (launcher, leave_network, NULL, NULL);
  run->avahi = g_subprocess_launcher_spawn (launcher, &error, "unshare", "-m", "sh", "-c",
                                            avahi_words, "sh", conf, NULL);
  g_assert_no_error (error);
  while (!answers ())
    {
      if (g_subprocess_get_identifier (run->avahi) == NULL)
        return FALSE;
      g_assert_cmpint (g_get_monotonic_time (), <, deadline_us);
      while (g_main_context_iteration (NULL, FALSE))
        continue;
      g_usleep (PAUSE_US);
    }
  return TRUE;
}

void
avahi_run_start (AvahiRun *run)
{
  g_assert_true (try_start (run));
}

void
avahi_run_set_room (AvahiRun *run, guint n_clients)
{
  g_autofree char *text
      = g_strdup_printf ("[server]\nuse-ipv6=no\nallow-interfaces=lo\nuse-iff-running=no\n"
                         "clients-max=%u\n",
                         n_clients);

  write_file (run, "avahi.conf", text);
}

static gboolean
has_tools (void)
{
  const char *const tools[] = { "dbus-daemon", "avahi-daemon", "unshare", NULL };

  for (guint i = 0; tools[i] != NULL; i++)
    {
      g_autofree char *path = g_find_program_in_path (tools[i]);

      if (path == NULL)
        return FALSE;
    }
  return TRUE;
}

static void
start_bus (AvahiRun *run)
{
  g_autofree char *text = g_strdup_printf (bus_conf, run->folder);
  g_autofree char *conf = g_strdup_printf ("--config-file=%s/bus.conf", run->folder);
  g_autofree char *address = g_strdup_printf ("unix:path=%s/bus", run->folder);
  g_autoptr (GDataInputStream) lines = NULL;
  g_autofree char *line = NULL;
  GError *error = NULL;

  write_file (run, "bus.conf", text);
  run->bus = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, "dbus-daemon", conf,
                               "--nofork", "--nopidfile", "--print-address", NULL);
  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (run->bus));
  line = g_data_input_stream_read_line (lines, NULL, NULL, NULL);
  g_assert_nonnull (line); /* it listens */
  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", address, TRUE);
}

AvahiRun *
avahi_run_new (void)
{
  AvahiRun *run;
  GError *error = NULL;

  if (!has_tools ())
    {
      g_test_skip ("dbus-daemon, avahi-daemon or unshare is not installed");
      return NULL;
    }
  run = g_new0 (AvahiRun, 1);
  run->folder = g_dir_make_tmp ("lanyard-avahi-XXXXXX", &error);
  g_assert_no_error (error);
  start_bus (run);
  avahi_run_set_room (run, 0);
  if (try_start (run))
    return run;
  g_test_skip ("an avahi of its own needs a mount of its own, which nobody here may make");
  avahi_run_free (run);
  return NULL;
}

void
avahi_run_free (AvahiRun *run)
{
  const char *const names[] = { "bus.conf", "avahi.conf", "bus" };

  if (run == NULL)
    return;
  avahi_run_stop (run);
  end (&run->bus);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (run->folder, names[i], NULL);

      g_unlink (path);
    }
  g_rmdir (run->folder);
  g_free (run->folder);
  g_free (run);
}
