/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The step at which a hand scanner is tried: one that types, or one that is a device of its own,
 * reads a code of this page, and what it makes of it tells how it is set. */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-hid-scanner.h"
#include "lanyard-serial-scanner.h"
#include "lanyard-setup-code.h"
#include "lanyard-setup-devices.h"
#include "lanyard-setup-pages.h"
#include "lanyard-setup-trial.h"
#include "lanyard-spoken.h"
#include "lanyard-wedge-decoder.h"

/* So long without a key, and what came is looked at. */
#define SILENCE_MS 450
/* The group in lanyard.conf of a device that was chosen here. */
#define GROUP "scanner hand"
#define SPACING 12

struct _LanyardSetupScannerPage
{
  LanyardSetupPage parent_instance;

  /* borrowed */
  GtkWidget *code;
  GtkLabel *verdict;
  GtkLabel *detail;
  GtkWidget *devices_label;
  GtkBox *choices;
  GtkWidget *none_button;

  /* owned */
  LanyardScanner *device; /* (nullable): the one that is being tried */
  char *path;             /* (nullable): of it */
  char *device_name;      /* (nullable): of it */

  /* state */
  LanyardSetupTrial trial;
  gboolean tried; /* something was scanned: trial is of it */
  gboolean none;  /* there is no scanner */
  gboolean hid;   /* of the device */
  LanyardWedgeKey keys[LANYARD_SETUP_TRIAL_MAX_KEYS];
  guint n_keys;
  gint64 last_us;    /* of the newest key */
  gint64 max_gap_us; /* between two of them */
  guint silence_id;  /* source; 0: none */
};

G_DEFINE_FINAL_TYPE (LanyardSetupScannerPage, lanyard_setup_scanner_page, LANYARD_TYPE_SETUP_PAGE)

static void use (LanyardSetupScannerPage *self, const char *path, const char *name, gboolean hid);

static const char *const VERDICTS[] = {
  [LANYARD_SETUP_TRIAL_NOTHING] = N_ ("Scan one of these two codes."),
  [LANYARD_SETUP_TRIAL_OTHER] = N_ (
      "That was not a code of this page, or cannot be recognised. Scan it once more. If that does "
      "not help, set the scanner back to what its maker calls a USB keyboard."),
  [LANYARD_SETUP_TRIAL_TWICE_EACH]
  = N_ ("Each character comes twice: the scanner sends every key two times. Set it to send each "
        "once, and scan again."),
  [LANYARD_SETUP_TRIAL_JOINED]
  = N_ ("The code comes twice, with nothing between. Set the scanner to "
        "send it once, and Enter after it."),
  [LANYARD_SETUP_TRIAL_SLOW]
  = N_ ("It types as slowly as a person. Set its pause between characters "
        "to none, and scan again."),
  [LANYARD_SETUP_TRIAL_AFFIX] = N_ ("It sends something beside the code that this desk cannot take "
                                    "off. Set it to send nothing but Enter, and scan again."),
  [LANYARD_SETUP_TRIAL_CAPS] = N_ ("Caps Lock is on. Press that key once, and scan again."),
  [LANYARD_SETUP_TRIAL_GOOD] = N_ ("It reads codes. This scanner is fine."),
};

static const char *const KEYBOARDS[LANYARD_N_KEYBOARDS] = {
  [LANYARD_KEYBOARD_US] = "QWERTY",
  [LANYARD_KEYBOARD_FR] = "AZERTY",
  [LANYARD_KEYBOARD_DE] = "QWERTZ",
};

static gboolean
is_good (LanyardSetupScannerPage *self)
{
  return self->tried && self->trial.verdict == LANYARD_SETUP_TRIAL_GOOD;
}

static void
append_line (GString *text, const char *line)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", line);
}

static void
append_filled (LanyardSetupScannerPage *self, GString *text, const char *msgid, const char *what)
{
  LanyardWords *words = lanyard_setup_page_get_words (LANYARD_SETUP_PAGE (self));
  g_autofree char *line = lanyard_words_fill (words, msgid, what);

  append_line (text, line);
}

/* What was found out beside the verdict. (transfer full) */
static char *
describe (LanyardSetupScannerPage *self)
{
  LanyardSetupPage *page = LANYARD_SETUP_PAGE (self);
  const LanyardSetupTrial *trial = &self->trial;
  const char *fault = self->device != NULL ? lanyard_scanner_get_fault (self->device) : NULL;
  GString *text = g_string_new (NULL);

  if (is_good (self))
    {
      if (trial->other_layout)
        append_filled (self, text,
                       N_ ("It is set to another keyboard than this computer (%s): this desk puts "
                           "that right."),
                       KEYBOARDS[trial->keyboard]);
      if (trial->twice)
        append_line (text, lanyard_setup_page_say (
                               page, N_ ("It sends each code twice: that counts once.")));
      if (*trial->prefix != '\0')
        append_filled (self, text, N_ ("Before each code it sends “%s”."), trial->prefix);
      if (*trial->suffix != '\0')
        append_filled (self, text, N_ ("After each code it sends “%s”."), trial->suffix);
      if (trial->aim)
        append_line (text,
                     lanyard_setup_page_say (page, N_ ("It says what kind of code it has read.")));
    }
  else if (fault != NULL)
    append_line (text, fault);
  return g_string_free (text, FALSE);
}

static void
show_verdict (LanyardSetupScannerPage *self)
{
  LanyardSetupPage *page = LANYARD_SETUP_PAGE (self);
  LanyardSetupTrialVerdict verdict
      = self->tried ? self->trial.verdict : LANYARD_SETUP_TRIAL_NOTHING;
  g_autofree char *named = NULL;

  if (self->none)
    lanyard_setup_tell (self->verdict,
                        lanyard_setup_page_say (page, N_ ("People show their codes to the camera, "
                                                          "or type their number.")),
                        "good");
  else if (!self->tried && self->device != NULL)
    {
      named = lanyard_words_fill (lanyard_setup_page_get_words (page),
                                  N_ ("Now scan one of these codes with “%s”."), self->device_name);
      lanyard_setup_tell (self->verdict, named, "");
    }
  else
    lanyard_setup_tell (self->verdict, lanyard_setup_page_say (page, VERDICTS[verdict]),
                        verdict == LANYARD_SETUP_TRIAL_GOOD      ? "good"
                        : verdict == LANYARD_SETUP_TRIAL_NOTHING ? ""
                                                                 : "bad");
}

static void
mark (GtkWidget *button, gboolean selected)
{
  if (selected)
    gtk_widget_add_css_class (button, "selected");
  else
    gtk_widget_remove_css_class (button, "selected");
}

static void
show_choices (LanyardSetupScannerPage *self)
{
  guint n = 0;

  for (GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (self->choices)); button != NULL;
       button = gtk_widget_get_next_sibling (button), n++)
    mark (button, g_strcmp0 (g_object_get_data (G_OBJECT (button), "path"), self->path) == 0);
  mark (self->none_button, self->none);
  gtk_widget_set_visible (GTK_WIDGET (self->choices), n > 0);
  gtk_widget_set_visible (self->devices_label, n > 0);
}

static void
lanyard_setup_scanner_page_update (LanyardSetupPage *page)
{
  LanyardSetupScannerPage *self = LANYARD_SETUP_SCANNER_PAGE (page);
  g_autofree char *detail = describe (self);
  gboolean ready = self->none || is_good (self);

  show_verdict (self);
  show_choices (self);
  lanyard_spoken_set_name (self->code, lanyard_setup_page_say (page, N_ ("Two codes to scan")));
  gtk_label_set_label (self->detail, detail);
  gtk_widget_set_visible (GTK_WIDGET (self->detail), *detail != '\0');
  if (lanyard_setup_page_is_ready (page) != ready)
    lanyard_setup_page_set_ready (page, ready);
}

/* --- one that types --- */

static void
judge (gpointer data)
{
  LanyardSetupScannerPage *self = data;
  LanyardSetupTrial trial;

  self->silence_id = 0;
  lanyard_setup_trial_judge (&trial, self->keys, self->n_keys, self->max_gap_us,
                             LANYARD_WEDGE_DEFAULT_GAP_US);
  self->n_keys = 0;
  if (trial.verdict == LANYARD_SETUP_TRIAL_NOTHING)
    return;
  use (self, NULL, NULL, FALSE);
  self->trial = trial;
  self->tried = TRUE;
  lanyard_setup_page_update (LANYARD_SETUP_PAGE (self));
}

/* All that writes, and what follows at once: nobody types on this page, and no code may press
 * anything on it. Space, Tab and Enter by themselves are whoever works it by keys. */
static gboolean
on_key (const LanyardWedgeKey *key, gint64 at_us, gpointer data)
{
  LanyardSetupScannerPage *self = data;
  gboolean writes = key->character > ' ' && (key->flags & LANYARD_WEDGE_CONTROL) == 0;

  if ((key->flags & LANYARD_WEDGE_REPEAT) != 0 && self->n_keys == 0)
    return FALSE;
  if (!writes && self->n_keys == 0)
    return FALSE;
  if (self->n_keys < LANYARD_SETUP_TRIAL_MAX_KEYS)
    {
      self->max_gap_us = self->n_keys > 0 ? MAX (self->max_gap_us, at_us - self->last_us) : 0;
      self->keys[self->n_keys++] = *key;
    }
  self->last_us = at_us;
  g_clear_handle_id (&self->silence_id, g_source_remove);
  self->silence_id = g_timeout_add_once (SILENCE_MS, judge, self);
  return TRUE;
}

/* --- one that is a device --- */

static void
on_scanned (LanyardScanner *device, const LanyardScan *scan, LanyardSetupScannerPage *self)
{
  g_autofree char *text = lanyard_scan_dup_text (scan);

  lanyard_setup_trial_judge_text (&self->trial, text);
  self->tried = TRUE;
  lanyard_setup_page_update (LANYARD_SETUP_PAGE (self));
}

/* Another try begins. @path: (nullable): of the device; NULL: none, or one that types */
static void
use (LanyardSetupScannerPage *self, const char *path, const char *name, gboolean hid)
{
  char *copy = g_strdup (path), *copy_of_name = g_strdup (name);

  if (self->device != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->device, self);
      lanyard_scanner_stop (self->device);
      g_clear_object (&self->device);
    }
  g_free (self->path);
  g_free (self->device_name);
  self->path = copy;
  self->device_name = copy_of_name;
  self->hid = hid;
  self->tried = self->none = FALSE;
  if (path == NULL)
    return;
  self->device = hid ? LANYARD_SCANNER (lanyard_hid_scanner_new (path, FALSE))
                     : LANYARD_SCANNER (lanyard_serial_scanner_new (path, NULL));
  g_signal_connect (self->device, "scanned", G_CALLBACK (on_scanned), self);
  g_signal_connect_swapped (self->device, "changed", G_CALLBACK (lanyard_setup_page_update), self);
  lanyard_scanner_start (self->device, NULL);
}

static void
on_choice_clicked (GtkButton *button, LanyardSetupScannerPage *self)
{
  use (self, g_object_get_data (G_OBJECT (button), "path"),
       g_object_get_data (G_OBJECT (button), "name"),
       g_object_get_data (G_OBJECT (button), "hid") != NULL);
  lanyard_setup_page_update (LANYARD_SETUP_PAGE (self));
}

static void
on_none_clicked (GtkButton *button, LanyardSetupScannerPage *self)
{
  use (self, NULL, NULL, FALSE);
  self->none = TRUE;
  lanyard_setup_page_update (LANYARD_SETUP_PAGE (self));
}

static void
add_choice (LanyardSetupScannerPage *self, const LanyardSetupDevice *device)
{
  GtkWidget *button = lanyard_setup_button (NULL, "language", G_CALLBACK (on_choice_clicked), self);

  gtk_label_set_label (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), device->name);
  lanyard_spoken_set_name (button, device->name);
  g_object_set_data_full (G_OBJECT (button), "path", g_strdup (device->path), g_free);
  g_object_set_data_full (G_OBJECT (button), "name", g_strdup (device->name), g_free);
  g_object_set_data (G_OBJECT (button), "hid", device->hid ? button : NULL);
  gtk_box_append (self->choices, button);
}

/* --- the page --- */

static void
lanyard_setup_scanner_page_enter (LanyardSetupPage *page)
{
  LanyardSetupScannerPage *self = LANYARD_SETUP_SCANNER_PAGE (page);
  LanyardSetup *setup = lanyard_setup_page_get_setup (page);
  g_autoptr (GPtrArray) devices
      = lanyard_setup_list_devices (lanyard_setup_get_device_folder (setup));
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->choices))) != NULL)
    gtk_box_remove (self->choices, child);
  for (guint i = 0; i < devices->len; i++)
    add_choice (self, g_ptr_array_index (devices, i));
  lanyard_setup_set_key_func (setup, on_key, self);
}

static void
lanyard_setup_scanner_page_leave (LanyardSetupPage *page)
{
  LanyardSetupScannerPage *self = LANYARD_SETUP_SCANNER_PAGE (page);

  lanyard_setup_set_key_func (lanyard_setup_page_get_setup (page), NULL, NULL);
  g_clear_handle_id (&self->silence_id, g_source_remove);
  self->n_keys = 0;
  use (self, NULL, NULL, FALSE);
}

/* A device that stands in a group of somebody's own is not written a second time. */
static gboolean
finish_device (LanyardSetupScannerPage *self, LanyardSetup *setup, GError **error)
{
  g_autofree char *group
      = lanyard_setup_file_find (lanyard_setup_get_file (setup), "scanner ", "device", self->path);
  const LanyardSetupSetting settings[] = {
    { group != NULL ? group : GROUP, "type", self->hid ? "hid" : "serial" },
    { group != NULL ? group : GROUP, "device", self->path },
    { group != NULL ? group : GROUP, "aim", self->trial.aim ? "true" : NULL },
  };

  return lanyard_setup_take (setup, LANYARD_SETUP_FINISH, settings, G_N_ELEMENTS (settings), error);
}

static gboolean
finish_wedge (LanyardSetupScannerPage *self, LanyardSetup *setup, GError **error)
{
  const LanyardSetupTrial *trial = &self->trial;
  const LanyardSetupSetting settings[] = {
    { "scanner", "wedge", "true" },
    { "scanner", "wedge-prefix", *trial->prefix != '\0' ? trial->prefix : NULL },
    { "scanner", "wedge-suffix", *trial->suffix != '\0' ? trial->suffix : NULL },
    { "scanner", "wedge-aim", trial->aim ? "true" : NULL },
    { "scanner", "wedge-layout",
      trial->other_layout ? lanyard_setup_trial_get_layout (trial) : NULL },
  };

  return lanyard_setup_take (setup, LANYARD_SETUP_FINISH, settings, G_N_ELEMENTS (settings), error);
}

static gboolean
lanyard_setup_scanner_page_finish (LanyardSetupPage *page, GError **error)
{
  LanyardSetupScannerPage *self = LANYARD_SETUP_SCANNER_PAGE (page);
  LanyardSetup *setup = lanyard_setup_page_get_setup (page);
  const LanyardSetupSetting none[] = { { "scanner", "wedge", "false" }, { GROUP, NULL, NULL } };

  if (self->none)
    return lanyard_setup_take (setup, LANYARD_SETUP_FINISH, none, G_N_ELEMENTS (none), error);
  return self->path != NULL ? finish_device (self, setup, error)
                            : finish_wedge (self, setup, error);
}

static void
lanyard_setup_scanner_page_class_init (LanyardSetupScannerPageClass *klass)
{
  LanyardSetupPageClass *page_class = LANYARD_SETUP_PAGE_CLASS (klass);

  page_class->name = N_ ("Scanner");
  page_class->title = N_ ("Is there a hand scanner?");
  page_class->intro = N_ ("Scan a code of this page with it: this desk sees how it is set.");
  page_class->enter = lanyard_setup_scanner_page_enter;
  page_class->leave = lanyard_setup_scanner_page_leave;
  page_class->update = lanyard_setup_scanner_page_update;
  page_class->finish = lanyard_setup_scanner_page_finish;
}

static void
lanyard_setup_scanner_page_init (LanyardSetupScannerPage *self)
{
  GtkBox *columns = lanyard_setup_page_get_columns (LANYARD_SETUP_PAGE (self));
  GtkWidget *column;

  self->code = lanyard_setup_code_new (LANYARD_SETUP_TRIAL_TEXT);
  gtk_widget_set_valign (self->code, GTK_ALIGN_START);
  gtk_widget_set_halign (self->code, GTK_ALIGN_CENTER);
  gtk_box_append (columns, self->code);
  column = lanyard_setup_column (columns);
  self->detail = GTK_LABEL (lanyard_setup_label (NULL, "setup-detail"));
  self->devices_label = lanyard_setup_label (N_ ("Or is it one of these?"), "body-strong");
  self->choices = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACING));
  self->none_button = lanyard_setup_button (N_ ("There is no hand scanner"), "language",
                                            G_CALLBACK (on_none_clicked), self);
  gtk_box_append (GTK_BOX (column), lanyard_setup_verdict (&self->verdict));
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->detail));
  gtk_box_append (GTK_BOX (column), self->devices_label);
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->choices));
  gtk_box_append (GTK_BOX (column), self->none_button);
}
