/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-setup-page.h"

G_BEGIN_DECLS

/* The page of each LanyardSetupStep. */
extern GType (*const lanyard_setup_pages[LANYARD_SETUP_N_STEPS]) (void);

#define LANYARD_TYPE_SETUP_LANGUAGE_PAGE (lanyard_setup_language_page_get_type ())
G_DECLARE_FINAL_TYPE (LanyardSetupLanguagePage,
                      lanyard_setup_language_page,
                      LANYARD,
                      SETUP_LANGUAGE_PAGE,
                      LanyardSetupPage)

#define LANYARD_TYPE_SETUP_ENROL_PAGE (lanyard_setup_enrol_page_get_type ())
G_DECLARE_FINAL_TYPE (LanyardSetupEnrolPage,
                      lanyard_setup_enrol_page,
                      LANYARD,
                      SETUP_ENROL_PAGE,
                      LanyardSetupPage)

#define LANYARD_TYPE_SETUP_STAFF_PAGE (lanyard_setup_staff_page_get_type ())
G_DECLARE_FINAL_TYPE (LanyardSetupStaffPage,
                      lanyard_setup_staff_page,
                      LANYARD,
                      SETUP_STAFF_PAGE,
                      LanyardSetupPage)

#define LANYARD_TYPE_SETUP_CAMERA_PAGE (lanyard_setup_camera_page_get_type ())
G_DECLARE_FINAL_TYPE (LanyardSetupCameraPage,
                      lanyard_setup_camera_page,
                      LANYARD,
                      SETUP_CAMERA_PAGE,
                      LanyardSetupPage)

#define LANYARD_TYPE_SETUP_SCANNER_PAGE (lanyard_setup_scanner_page_get_type ())
G_DECLARE_FINAL_TYPE (LanyardSetupScannerPage,
                      lanyard_setup_scanner_page,
                      LANYARD,
                      SETUP_SCANNER_PAGE,
                      LanyardSetupPage)

#define LANYARD_TYPE_SETUP_PRINTER_PAGE (lanyard_setup_printer_page_get_type ())
G_DECLARE_FINAL_TYPE (LanyardSetupPrinterPage,
                      lanyard_setup_printer_page,
                      LANYARD,
                      SETUP_PRINTER_PAGE,
                      LanyardSetupPage)

#define LANYARD_TYPE_SETUP_SOUND_PAGE (lanyard_setup_sound_page_get_type ())
G_DECLARE_FINAL_TYPE (LanyardSetupSoundPage,
                      lanyard_setup_sound_page,
                      LANYARD,
                      SETUP_SOUND_PAGE,
                      LanyardSetupPage)

#define LANYARD_TYPE_SETUP_TOUCH_PAGE (lanyard_setup_touch_page_get_type ())
G_DECLARE_FINAL_TYPE (LanyardSetupTouchPage,
                      lanyard_setup_touch_page,
                      LANYARD,
                      SETUP_TOUCH_PAGE,
                      LanyardSetupPage)

#define LANYARD_TYPE_SETUP_LAST_PAGE (lanyard_setup_last_page_get_type ())
G_DECLARE_FINAL_TYPE (LanyardSetupLastPage,
                      lanyard_setup_last_page,
                      LANYARD,
                      SETUP_LAST_PAGE,
                      LanyardSetupPage)

/* In place of the last page when a desk that is set up is changed. */
#define LANYARD_TYPE_SETUP_CHANGE_PAGE (lanyard_setup_change_page_get_type ())
G_DECLARE_FINAL_TYPE (LanyardSetupChangePage,
                      lanyard_setup_change_page,
                      LANYARD,
                      SETUP_CHANGE_PAGE,
                      LanyardSetupPage)

G_END_DECLS
