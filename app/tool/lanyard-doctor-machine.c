/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-tool"

#include "lanyard-doctor.h"

#include <pango/pangocairo.h>
#include <sys/timex.h>

#include "lanyard-camera-check.h"
#include "lanyard-voice.h"
#include "lanyard-zxing.h"

/* Elements that a camera needs, and those that only some cameras do. */
static const struct
{
  const char *name;
  const char *package; /* of Debian */
  gboolean optional;
} elements[] = {
  { "appsink", "gstreamer1.0-plugins-base", FALSE },
  { "videoconvert", "gstreamer1.0-plugins-base", FALSE },
  { "videoscale", "gstreamer1.0-plugins-base", FALSE },
  { "v4l2src", "gstreamer1.0-plugins-good", TRUE },
  { "jpegdec", "gstreamer1.0-plugins-good", TRUE },
  { "pngdec", "gstreamer1.0-plugins-good", TRUE },
  { "multifilesrc", "gstreamer1.0-plugins-good", TRUE },
  { "pipewiresrc", "gstreamer1.0-pipewire", TRUE },
};

/* A few letters of each script in which names come. */
static const struct
{
  const char *script;
  const char *letters;
} scripts[] = {
  { "Latin", "Ağéłñøß" }, { "Greek", "Αλέξης" },     { "Cyrillic", "Юлія" },
  { "Arabic", "محمد" },   { "Hebrew", "יעל" },       { "Devanagari", "अमृता" },
  { "Thai", "สมชาย" },    { "Chinese", "王小明龘" }, { "Japanese", "さくらケン" },
  { "Korean", "김민준" },
};

void
lanyard_doctor_check_elements (LanyardDoctor *doctor)
{
  for (guint i = 0; i < G_N_ELEMENTS (elements); i++)
    {
      if (!lanyard_camera_has_element (elements[i].name))
        lanyard_doctor_report (doctor, "GStreamer",
                               elements[i].optional ? LANYARD_FINDING_NOTE : LANYARD_FINDING_WRONG,
                               "%s is not installed; Debian has it in %s.", elements[i].name,
                               elements[i].package);
      else
        lanyard_doctor_report (doctor, "GStreamer", LANYARD_FINDING_FINE, "%s is there.",
                               elements[i].name);
    }
}

void
lanyard_doctor_check_symbologies (LanyardDoctor *doctor)
{
  if (lanyard_zxing_is_built_in ())
    lanyard_doctor_report (doctor, "codes", LANYARD_FINDING_FINE,
                           "PDF417 and Data Matrix can be read, and all that ZBar reads.");
  else
    lanyard_doctor_report (doctor, "codes", LANYARD_FINDING_NOTE,
                           "PDF417 and Data Matrix, which many licences and national cards have, "
                           "cannot be read: this was built without libzxing. Install libzxing-dev "
                           "and g++ of Debian and build again.");
}

/* Whether it can be heard only a person can tell. */
void
lanyard_doctor_check_speech (LanyardDoctor *doctor)
{
  if (doctor->config != NULL && !doctor->config->speech)
    lanyard_doctor_report (doctor, "speech", LANYARD_FINDING_NOTE,
                           "Nothing is said here: [speech] use is false.");
  else if (!lanyard_voice_is_built_in ())
    lanyard_doctor_report (doctor, "speech", LANYARD_FINDING_NOTE,
                           "Pages cannot be spoken to people who do not see them: this was built "
                           "without libspeechd. Install libspeechd-dev of Debian and build again.");
  else if (!lanyard_voice_is_there ())
    lanyard_doctor_report (doctor, "speech", LANYARD_FINDING_NOTE,
                           "Pages cannot be spoken to people who do not see them: install "
                           "speech-dispatcher and speech-dispatcher-espeak-ng of Debian.");
  else
    lanyard_doctor_report (
        doctor, "speech", LANYARD_FINDING_FINE,
        "speech-dispatcher is there; “spd-say hello” tells whether it is heard.");
}

void
lanyard_doctor_check_fonts (LanyardDoctor *doctor)
{
  PangoFontMap *map = pango_cairo_font_map_get_default ();
  PangoContext *context = pango_font_map_create_context (map);
  g_autoptr (PangoLayout) layout = pango_layout_new (context);
  g_autoptr (GString) missing = g_string_new (NULL);

  g_object_unref (context); /* the layout holds it */
  for (guint i = 0; i < G_N_ELEMENTS (scripts); i++)
    {
      pango_layout_set_text (layout, scripts[i].letters, -1);
      if (pango_layout_get_unknown_glyphs_count (layout) > 0)
        g_string_append_printf (missing, "%s%s", missing->len > 0 ? ", " : "", scripts[i].script);
    }
  if (missing->len == 0)
    lanyard_doctor_report (doctor, "fonts", LANYARD_FINDING_FINE,
                           "Letters of %u scripts can be drawn.", (guint)G_N_ELEMENTS (scripts));
  else
    lanyard_doctor_report (doctor, "fonts", LANYARD_FINDING_WRONG,
                           "No font has all letters of: %s; install fonts-noto-core and "
                           "fonts-noto-cjk.",
                           missing->str);
}

void
lanyard_doctor_check_clock (LanyardDoctor *doctor)
{
  struct timex state = { 0 };
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *words = g_date_time_format (now, "%Y-%m-%d %H:%M:%S UTC");

  if (adjtimex (&state) == TIME_ERROR || (state.status & STA_UNSYNC) != 0)
    lanyard_doctor_report (doctor, "clock", LANYARD_FINDING_NOTE,
                           "It says %s; the system does not set it by a time server.", words);
  else
    lanyard_doctor_report (doctor, "clock", LANYARD_FINDING_FINE,
                           "It says %s and is kept by a time server.", words);
}

void
lanyard_doctor_check_programs (LanyardDoctor *doctor)
{
  static const char *const programs[] = { "lanyard-kiosk", "lanyard-hub" };

  lanyard_doctor_report (doctor, "lanyard", LANYARD_FINDING_FINE, "Version %s.", LANYARD_VERSION);
  for (guint i = 0; i < G_N_ELEMENTS (programs); i++)
    {
      g_autofree char *path = g_find_program_in_path (programs[i]);

      lanyard_doctor_report (doctor, programs[i],
                             path != NULL ? LANYARD_FINDING_FINE : LANYARD_FINDING_NOTE, "%s",
                             path != NULL ? path : "It is not installed on this machine.");
    }
}
