/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-tool"

#include "lanyard-doctor.h"

#include <glib/gstdio.h>
#include <sys/statvfs.h>

#include "lanyard-camera-check.h"
#include "lanyard-clock.h"
#include "lanyard-error.h"
#include "lanyard-hid-scanner.h"
#include "lanyard-line-tls.h"
#include "lanyard-printer-report.h"

#define AVAHI "org.freedesktop.Avahi"
#define HUB_LIMIT_S 5
#define ENDS_SOON_S (30 * 86400)
#define DISK_WRONG_BYTES (G_GUINT64_CONSTANT (100) * 1024 * 1024)
#define DISK_NOTE_BYTES (G_GUINT64_CONSTANT (1024) * 1024 * 1024)

void
lanyard_doctor_check_camera (LanyardDoctor *doctor)
{
  g_autoptr (GError) error = NULL;

  gboolean others = doctor->config->wedge || doctor->config->scanners->len > 0;

  if (doctor->config->camera == NULL || *doctor->config->camera == '\0')
    {
      lanyard_doctor_report (doctor, "camera", others ? LANYARD_FINDING_FINE : LANYARD_FINDING_NOTE,
                             others ? "None is configured; a hand scanner is."
                                    : "Neither a camera nor a hand scanner is configured.");
      return;
    }
  if (!lanyard_camera_check_source (doctor->config->camera, &error))
    lanyard_doctor_report (doctor, "camera", LANYARD_FINDING_WRONG, "[scanner] camera: %s",
                           error->message);
  else
    lanyard_doctor_report (doctor, "camera", LANYARD_FINDING_FINE, "Its words make sense.");
}

static void
check_scanner (LanyardDoctor *doctor, const LanyardScannerConfig *scanner)
{
  g_autofree char *what = g_strconcat ("scanner ", scanner->name, NULL);
  g_autoptr (GError) error = NULL;
  gboolean fine;

  if (scanner->type == LANYARD_SCANNER_HID)
    fine = lanyard_hid_check (scanner->device, &error);
  else
    fine = lanyard_serial_check (scanner->device, &error);
  if (fine)
    lanyard_doctor_report (doctor, what, LANYARD_FINDING_FINE, "%s can be read.", scanner->device);
  else if (g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_BUSY))
    lanyard_doctor_report (doctor, what, LANYARD_FINDING_NOTE,
                           "%s is in use: by a kiosk that runs, as it should be, or by another "
                           "program.",
                           scanner->device);
  else
    lanyard_doctor_report (doctor, what, LANYARD_FINDING_WRONG, "%s", error->message);
}

/* One line for each scanner that is a device of its own; one that types can only be tried. */
void
lanyard_doctor_check_scanners (LanyardDoctor *doctor)
{
  for (guint i = 0; i < doctor->config->scanners->len; i++)
    check_scanner (doctor, g_ptr_array_index (doctor->config->scanners, i));
  if (doctor->config->wedge && doctor->config->wedge_prefix == NULL)
    lanyard_doctor_report (doctor, "hand scanner", LANYARD_FINDING_NOTE,
                           "One that types is told by its speed alone; set it to send a prefix and "
                           "write that as [scanner] wedge-prefix.");
  else if (doctor->config->wedge)
    lanyard_doctor_report (doctor, "hand scanner", LANYARD_FINDING_FINE,
                           "One that types is told by its prefix.");
}

void
lanyard_doctor_check_printer (LanyardDoctor *doctor)
{
  g_autoptr (GPtrArray) printers = lanyard_config_list_printers (doctor->config);

  for (guint i = 0; i < printers->len; i++)
    {
      const LanyardPrinterConfig *printer = g_ptr_array_index (printers, i);
      g_autofree char *what = printers->len > 1 ? g_strconcat ("printer ", printer->name, NULL)
                                                : g_strdup ("printer");

      lanyard_printer_report (doctor, what, printer->uri);
    }
}

/* Whether relays could be found; which ones there are the desk itself sees. */
static void
check_finding (LanyardDoctor *doctor)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SYSTEM, NULL, &error);
  g_autoptr (GVariant) answer = NULL;

  if (bus != NULL)
    answer = g_dbus_connection_call_sync (bus, AVAHI, "/", AVAHI ".Server", "GetVersionString",
                                          NULL, G_VARIANT_TYPE ("(s)"), G_DBUS_CALL_FLAGS_NONE,
                                          HUB_LIMIT_S * 1000, NULL, &error);
  if (answer != NULL)
    lanyard_doctor_report (doctor, "relays", LANYARD_FINDING_FINE,
                           "Those of this venue are found when they announce themselves.");
  else
    lanyard_doctor_report (doctor, "relays", LANYARD_FINDING_NOTE,
                           "None can be found, for want of Avahi (%s); install avahi-daemon, or "
                           "name the relay in [hub] urls and say relay=none.",
                           error->message);
}

/* Only whether somebody listens there: this program speaks no HTTP. */
void
lanyard_doctor_check_hub (LanyardDoctor *doctor)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  char **urls = doctor->config->hub_urls;

  if (urls == NULL || urls[0] == NULL)
    lanyard_doctor_report (doctor, "hub", LANYARD_FINDING_NOTE,
                           "None is configured: records stay on this desk.");
  g_socket_client_set_timeout (client, HUB_LIMIT_S);
  for (guint i = 0; urls != NULL && urls[i] != NULL; i++)
    {
      g_autoptr (GSocketConnection) connection = NULL;
      g_autoptr (GError) error = NULL;
      guint16 port = g_str_has_prefix (urls[i], "https:") ? 443 : 80;

      if (g_str_equal (urls[i], LANYARD_CONFIG_FOUND_RELAYS))
        {
          check_finding (doctor);
          continue;
        }
      connection = g_socket_client_connect_to_uri (client, urls[i], port, NULL, &error);
      if (connection != NULL)
        lanyard_doctor_report (doctor, "hub", LANYARD_FINDING_FINE, "%s listens.", urls[i]);
      else
        lanyard_doctor_report (doctor, "hub", LANYARD_FINDING_NOTE,
                               "%s does not answer (%s); the desk works on and sends later.",
                               urls[i], error->message);
    }
}

static void
tell_end (LanyardDoctor *doctor, const char *what, const char *place, gint64 ends_s)
{
  gint64 left_s = ends_s - lanyard_clock_wall_us (lanyard_clock_system ()) / G_USEC_PER_SEC;
  g_autoptr (GDateTime) end = g_date_time_new_from_unix_utc (ends_s);
  g_autofree char *date = end == NULL ? g_strdup ("never") : g_date_time_format (end, "%Y-%m-%d");

  if (g_str_has_prefix (place, "pkcs11:")) /* the URI may hold a PIN */
    place = "on the token";
  if (left_s < 0)
    lanyard_doctor_report (doctor, what, LANYARD_FINDING_WRONG,
                           "%s ended on %s; put a new one in its place.", place, date);
  else if (left_s < ENDS_SOON_S)
    lanyard_doctor_report (doctor, what, LANYARD_FINDING_NOTE,
                           "%s ends on %s; get a new one in time.", place, date);
  else
    lanyard_doctor_report (doctor, what, LANYARD_FINDING_FINE, "%s ends on %s.", place, date);
}

static void
check_key_mode (LanyardDoctor *doctor, const char *key)
{
  GStatBuf status;

  if (key != NULL && g_stat (key, &status) == 0 && (status.st_mode & 077) != 0)
    lanyard_doctor_report (doctor, "hub key", LANYARD_FINDING_NOTE,
                           "%s can be read by others; use 'chmod 600'.", key);
}

/* What the hub is believed by, and what it is shown. */
void
lanyard_doctor_check_tls (LanyardDoctor *doctor)
{
  const LanyardConfig *config = doctor->config;
  g_autoptr (LanyardLineTls) tls
      = lanyard_line_tls_new (config->hub_ca, config->hub_certificate, config->hub_key);
  g_autoptr (GError) bad_ca = NULL;
  g_autoptr (GError) bad_own = NULL;
  gint64 ends_s;

  if (!lanyard_line_tls_load_ca (tls, NULL, &ends_s, &bad_ca))
    lanyard_doctor_report (doctor, "hub ca", LANYARD_FINDING_WRONG, "%s", bad_ca->message);
  else if (config->hub_ca != NULL)
    tell_end (doctor, "hub ca", config->hub_ca, ends_s);
  if (!lanyard_line_tls_load_certificate (tls, NULL, &ends_s, &bad_own))
    lanyard_doctor_report (doctor, "certificate", LANYARD_FINDING_WRONG, "%s", bad_own->message);
  else if (config->hub_certificate != NULL)
    tell_end (doctor, "certificate", config->hub_certificate, ends_s);
  check_key_mode (doctor, lanyard_line_tls_get_key (tls));
}

void
lanyard_doctor_check_disk (LanyardDoctor *doctor)
{
  struct statvfs fs;
  guint64 free_bytes;
  g_autofree char *size = NULL;

  if (statvfs (doctor->config->state_dir, &fs) != 0)
    {
      lanyard_doctor_report (
          doctor, "disk", LANYARD_FINDING_WRONG,
          "The folder '%s' cannot be reached; make it or correct [desk] state-dir.",
          doctor->config->state_dir);
      return;
    }
  free_bytes = (guint64)fs.f_bavail * fs.f_frsize;
  size = g_format_size (free_bytes);
  lanyard_doctor_report (doctor, "disk",
                         free_bytes < DISK_WRONG_BYTES  ? LANYARD_FINDING_WRONG
                         : free_bytes < DISK_NOTE_BYTES ? LANYARD_FINDING_NOTE
                                                        : LANYARD_FINDING_FINE,
                         "%s are free where the desk writes.", size);
}
