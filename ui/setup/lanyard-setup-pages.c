/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-setup-pages.h"

GType (*const lanyard_setup_pages[LANYARD_SETUP_N_STEPS]) (void) = {
  [LANYARD_SETUP_LANGUAGE] = lanyard_setup_language_page_get_type,
  [LANYARD_SETUP_ENROL] = lanyard_setup_enrol_page_get_type,
  [LANYARD_SETUP_STAFF] = lanyard_setup_staff_page_get_type,
  [LANYARD_SETUP_CAMERA] = lanyard_setup_camera_page_get_type,
  [LANYARD_SETUP_SCANNER] = lanyard_setup_scanner_page_get_type,
  [LANYARD_SETUP_PRINTER] = lanyard_setup_printer_page_get_type,
  [LANYARD_SETUP_SOUND] = lanyard_setup_sound_page_get_type,
  [LANYARD_SETUP_TOUCH_SCREEN] = lanyard_setup_touch_page_get_type,
  [LANYARD_SETUP_LAST] = lanyard_setup_last_page_get_type,
};
