/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-config.h"
#include "lanyard-pack.h"

G_BEGIN_DECLS

/* What one look found. */
typedef enum
{
  LANYARD_FINDING_FINE,  /* as it should be */
  LANYARD_FINDING_NOTE,  /* worth knowing, or not to be told now */
  LANYARD_FINDING_WRONG, /* keeps this desk from its work, or soon will */
} LanyardFinding;

/* One examination of a desk. The checks run in order and leave what later ones need. */
typedef struct
{
  LanyardConfig *config; /* owned (nullable): NULL: only the machine is examined */
  LanyardPack *pack;     /* owned (nullable): once it was loaded */
  gboolean json;
  guint n_wrong;
} LanyardDoctor;

void lanyard_doctor_clear (LanyardDoctor *doctor);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LanyardDoctor, lanyard_doctor_clear)

/**
 * lanyard_doctor_report:
 * @what: what was looked at: "printer"
 * @finding: what was found
 * @format: one sentence, without personal data
 *
 * Writes one line, and counts what is wrong.
 */
void lanyard_doctor_report (LanyardDoctor *doctor,
                            const char *what,
                            LanyardFinding finding,
                            const char *format,
                            ...) G_GNUC_PRINTF (4, 5);

/* Checks of what belongs to the desk; need a configuration. */
void lanyard_doctor_check_pack (LanyardDoctor *doctor);
void lanyard_doctor_check_vault (LanyardDoctor *doctor);
void lanyard_doctor_check_journal (LanyardDoctor *doctor);
void lanyard_doctor_check_directory (LanyardDoctor *doctor);
void lanyard_doctor_check_desk_key (LanyardDoctor *doctor);
void lanyard_doctor_check_pin (LanyardDoctor *doctor);

/* Checks of what stands around the desk; need a configuration. */
void lanyard_doctor_check_camera (LanyardDoctor *doctor);
void lanyard_doctor_check_scanners (LanyardDoctor *doctor);
void lanyard_doctor_check_printer (LanyardDoctor *doctor);
void lanyard_doctor_check_hub (LanyardDoctor *doctor);
void lanyard_doctor_check_tls (LanyardDoctor *doctor);
void lanyard_doctor_check_disk (LanyardDoctor *doctor);
void lanyard_doctor_check_backup (LanyardDoctor *doctor);

/* Checks of the machine. */
void lanyard_doctor_check_elements (LanyardDoctor *doctor);
void lanyard_doctor_check_symbologies (LanyardDoctor *doctor);
void lanyard_doctor_check_speech (LanyardDoctor *doctor);
void lanyard_doctor_check_fonts (LanyardDoctor *doctor);
void lanyard_doctor_check_clock (LanyardDoctor *doctor);
void lanyard_doctor_check_programs (LanyardDoctor *doctor);

G_END_DECLS
