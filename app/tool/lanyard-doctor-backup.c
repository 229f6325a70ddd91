/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-tool"

#include "lanyard-doctor.h"

#include "lanyard-backup.h"
#include "lanyard-clock.h"

#define LATE_INTERVALS 3

/* Whether it can be opened only the organiser can tell. */
void
lanyard_doctor_check_backup (LanyardDoctor *doctor)
{
  const LanyardConfig *config = doctor->config;
  g_autoptr (GError) error = NULL;
  LanyardBackupSight sight;
  gint64 age_s;

  if (config->backup_folder == NULL)
    {
      lanyard_doctor_report (doctor, "backup", LANYARD_FINDING_NOTE,
                             "None is set up: with folder= and recipient= under [backup] a stick "
                             "keeps what the hub does not have yet.");
      return;
    }
  if (!lanyard_backup_look (config->backup_folder, config->state_dir, &sight, &error))
    {
      lanyard_doctor_report (doctor, "backup", LANYARD_FINDING_WRONG, "%s", error->message);
      return;
    }
  age_s = lanyard_clock_wall_us (lanyard_clock_system ()) / G_USEC_PER_SEC - sight.newest_s;
  if (sight.newest_s == 0)
    lanyard_doctor_report (doctor, "backup", LANYARD_FINDING_NOTE,
                           "The stick at %s has none yet; the kiosk writes one when it runs.",
                           config->backup_folder);
  else if (age_s > (gint64)LATE_INTERVALS * config->backup_interval_s)
    lanyard_doctor_report (doctor, "backup", LANYARD_FINDING_NOTE,
                           "The newest on the stick is of %" G_GINT64_FORMAT
                           " minutes ago: nothing happened here since, or no kiosk runs.",
                           age_s / 60);
  else
    lanyard_doctor_report (doctor, "backup", LANYARD_FINDING_FINE,
                           "%u on the stick at %s, the newest of %" G_GINT64_FORMAT " minutes ago.",
                           sight.n_files, config->backup_folder, MAX (age_s, 0) / 60);
}
