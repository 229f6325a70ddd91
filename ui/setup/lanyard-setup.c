/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-setup-private.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "lanyard-config.h"
#include "lanyard-controls.h"
#include "lanyard-error.h"
#include "lanyard-hash.h"

/* Where the desk's own files are when the configuration is where it usually is. */
#define USUAL_CONFIG "/etc/lanyard/lanyard.conf"
#define USUAL_STATE "/var/lib/lanyard"
/* Within the state folder, as long as the set-up has not ended. */
#define MARKER "set-up"
#define DESK_KEY "desk.key"
#define FOLDER_MODE 0700

static void lanyard_setup_init_controls (LanyardControlsInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LanyardSetup,
                               lanyard_setup,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (LANYARD_TYPE_CONTROLS,
                                                      lanyard_setup_init_controls))

guint lanyard_setup_signals[LANYARD_SETUP_N_SIGNALS];

/* [desk] state-dir, absolute. */
static char *
find_state (LanyardSetupFile *file)
{
  const char *path = lanyard_setup_file_get_path (file);
  g_autofree char *state = lanyard_setup_file_get (file, "desk", "state-dir");
  g_autofree char *folder = g_path_get_dirname (path);

  if (state != NULL)
    return g_canonicalize_filename (state, folder);
  return g_str_equal (path, USUAL_CONFIG) ? g_strdup (USUAL_STATE)
                                          : g_build_filename (folder, "state", NULL);
}

static gboolean
has_file (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

gboolean
lanyard_setup_is_done (const char *path)
{
  g_autoptr (LanyardSetupFile) file = NULL;
  g_autofree char *state = NULL;

  g_return_val_if_fail (path != NULL, FALSE);

  file = lanyard_setup_file_open (path, NULL);
  if (file == NULL)
    return TRUE; /* somebody has to look at it */
  state = find_state (file);
  return has_file (state, DESK_KEY) && !has_file (state, MARKER);
}

gboolean
lanyard_setup_is_needed (const char *path)
{
  return !lanyard_setup_is_done (path);
}

static gboolean
make_state (LanyardSetup *self, GError **error)
{
  if (g_mkdir_with_parents (self->state_dir, FOLDER_MODE) == 0)
    return TRUE;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_IO,
               "%s cannot be made: %s. Give the folder above it to the account of this desk.",
               self->state_dir, g_strerror (errno));
  return FALSE;
}

static gboolean
keep_steps (LanyardSetup *self, const LanyardSetupSteps *steps, GError **error)
{
  g_autofree char *text = lanyard_setup_steps_to_text (steps);

  return make_state (self, error)
         && g_file_set_contents_full (self->marker, text, -1,
                                      G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                      0600, error);
}

/* Settings of a desk that works: all of them, or with what is wrong with them the old ones. */
static gboolean
put_checked (LanyardSetup *self,
             const LanyardSetupSetting *settings,
             guint n_settings,
             GError **error)
{
  g_autofree char *before = lanyard_setup_file_dup_text (self->file);
  g_autoptr (LanyardConfig) config = NULL;

  if (!lanyard_setup_file_put (self->file, settings, n_settings, error))
    return FALSE;
  config = lanyard_config_load (lanyard_setup_file_get_path (self->file), error);
  if (config != NULL)
    return TRUE;
  if (!lanyard_setup_file_restore (self->file, before, NULL))
    g_prefix_error (error, "The old lanyard.conf could not be put back: ");
  return FALSE;
}

static gboolean
take_change (LanyardSetup *self,
             LanyardSetupEvent event,
             const LanyardSetupSetting *settings,
             guint n_settings,
             GError **error)
{
  if (event == LANYARD_SETUP_FINISH && n_settings > 0
      && !put_checked (self, settings, n_settings, error))
    return FALSE;
  lanyard_setup_steps_finish (&self->steps);
  g_signal_emit (self, lanyard_setup_signals[LANYARD_SETUP_CHANGED], 0);
  return TRUE;
}

gboolean
lanyard_setup_take (LanyardSetup *self,
                    LanyardSetupEvent event,
                    const LanyardSetupSetting *settings,
                    guint n_settings,
                    GError **error)
{
  LanyardSetupSteps steps;

  g_return_val_if_fail (LANYARD_IS_SETUP (self), FALSE);

  if (self->changing)
    return take_change (self, event, settings, n_settings, error);
  steps = self->steps;
  if (!make_state (self, error)
      || (n_settings > 0 && !lanyard_setup_file_put (self->file, settings, n_settings, error)))
    return FALSE;
  lanyard_setup_steps_take (&steps, event);
  if (!keep_steps (self, &steps, error))
    return FALSE;
  self->steps = steps;
  g_signal_emit (self, lanyard_setup_signals[LANYARD_SETUP_CHANGED], 0);
  return TRUE;
}

gboolean
lanyard_setup_go (LanyardSetup *self, LanyardSetupStep step)
{
  g_return_val_if_fail (LANYARD_IS_SETUP (self), FALSE);

  if (!lanyard_setup_steps_go (&self->steps, step))
    return FALSE;
  g_signal_emit (self, lanyard_setup_signals[LANYARD_SETUP_CHANGED], 0);
  return TRUE;
}

gboolean
lanyard_setup_is_whole (LanyardSetup *self, GError **error)
{
  g_autoptr (LanyardConfig) config = NULL;

  g_return_val_if_fail (LANYARD_IS_SETUP (self), FALSE);

  config = lanyard_config_load (lanyard_setup_file_get_path (self->file), error);
  if (config == NULL)
    return FALSE;
  if (has_file (self->state_dir, DESK_KEY))
    return TRUE;
  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_STATE,
                       "This desk is not enrolled; show it the code of the hub.");
  return FALSE;
}

gboolean
lanyard_setup_end (LanyardSetup *self, GError **error)
{
  g_return_val_if_fail (LANYARD_IS_SETUP (self), FALSE);

  if (!lanyard_setup_is_whole (self, error))
    return FALSE;
  lanyard_setup_use_camera (self, NULL);
  if (g_unlink (self->marker) == 0 || errno == ENOENT)
    return TRUE;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_IO, "%s cannot be removed: %s.", self->marker,
               g_strerror (errno));
  return FALSE;
}

/* --- joining --- */

static void
free_ticket (gpointer ticket)
{
  lanyard_ticket_free (ticket);
}

static void
free_tls (gpointer tls)
{
  lanyard_line_tls_unref (tls);
}

/* Returns: (transfer full) (nullable): what [hub] @key names, absolute or a URI */
static char *
find_line_file (LanyardSetup *self, const char *key)
{
  g_autofree char *name = lanyard_setup_file_get (self->file, "hub", key);
  g_autofree char *folder = g_path_get_dirname (lanyard_setup_file_get_path (self->file));

  return name == NULL || g_str_has_prefix (name, "pkcs11:")
             ? g_steal_pointer (&name)
             : g_canonicalize_filename (name, folder);
}

/* Whoever prepared this machine may have put a certificate there, without which no hub behind a
 * proxy is reached. */
static LanyardLineTls *
name_tls (LanyardSetup *self)
{
  g_autofree char *ca = find_line_file (self, "ca");
  g_autofree char *certificate = find_line_file (self, "certificate");
  g_autofree char *key = find_line_file (self, "key");

  return lanyard_line_tls_new (ca, certificate, key);
}

static gboolean
keep_ticket (LanyardSetup *self, const LanyardTicket *ticket, GError **error)
{
  g_autofree char *root = lanyard_hex_encode (ticket->root.bytes, sizeof ticket->root.bytes);
  const LanyardSetupSetting settings[] = {
    { "desk", "state-dir", self->state_dir },
    { "desk", "venue", ticket->venue },
    { "desk", "name", *ticket->name != '\0' ? ticket->name : NULL },
    { "pack", "directory", self->pack_dir },
    { "pack", "root-key", root },
    { "hub", "urls", ticket->hub },
  };

  return lanyard_setup_file_put (self->file, settings, G_N_ELEMENTS (settings), error);
}

static void
run_join (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  LanyardSetup *self = source;
  LanyardLineTls *tls = g_object_get_data (G_OBJECT (task), "tls");
  GError *error = NULL;

  if (self->join (data, self->state_dir, self->pack_dir, tls, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* A root key that was given to this desk stays. */
static gboolean
may_join (LanyardSetup *self, const LanyardTicket *ticket, GError **error)
{
  g_autofree char *present = lanyard_setup_file_get (self->file, "pack", "root-key");
  g_autofree char *root = lanyard_hex_encode (ticket->root.bytes, sizeof ticket->root.bytes);

  if (self->changing)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_STATE,
                           "This desk is enrolled already, and stays so.");
      return FALSE;
    }
  if (present == NULL || g_ascii_strcasecmp (present, root) == 0)
    return TRUE;
  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_STATE,
                       "This desk was set up for another event, whose root key stands in its "
                       "lanyard.conf; take that out first.");
  return FALSE;
}

void
lanyard_setup_join_async (LanyardSetup *self,
                          const LanyardTicket *ticket,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  LanyardTicket *copy;
  GError *error = NULL;

  g_return_if_fail (LANYARD_IS_SETUP (self) && ticket != NULL);

  if (!may_join (self, ticket, &error) || !make_state (self, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  copy = g_memdup2 (ticket, sizeof *ticket);
  copy->hub = g_strdup (ticket->hub);
  copy->code = g_strdup (ticket->code);
  copy->venue = g_strdup (ticket->venue);
  copy->name = g_strdup (ticket->name);
  g_task_set_task_data (task, copy, free_ticket);
  g_object_set_data_full (G_OBJECT (task), "tls", name_tls (self), free_tls);
  g_task_run_in_thread (task, run_join);
}

gboolean
lanyard_setup_join_finish (LanyardSetup *self, GAsyncResult *result, GError **error)
{
  if (!g_task_propagate_boolean (G_TASK (result), error)
      || !keep_ticket (self, g_task_get_task_data (G_TASK (result)), error))
    return FALSE;
  g_signal_emit (self, lanyard_setup_signals[LANYARD_SETUP_CHANGED], 0);
  return TRUE;
}

/* --- the object --- */

static void
lanyard_setup_scan (LanyardControls *controls, LanyardScan *scan)
{
  g_signal_emit (controls, lanyard_setup_signals[LANYARD_SETUP_SCANNED], 0, scan);
  lanyard_scan_free (scan);
}

static void
lanyard_setup_init_controls (LanyardControlsInterface *iface)
{
  iface->scan = lanyard_setup_scan;
}

static void
lanyard_setup_dispose (GObject *object)
{
  LanyardSetup *self = LANYARD_SETUP (object);

  lanyard_setup_use_camera (self, NULL);
  lanyard_home_close (self->home);
  G_OBJECT_CLASS (lanyard_setup_parent_class)->dispose (object);
}

static void
lanyard_setup_finalize (GObject *object)
{
  LanyardSetup *self = LANYARD_SETUP (object);

  g_clear_pointer (&self->file, lanyard_setup_file_free);
  g_clear_pointer (&self->home, lanyard_home_unref);
  g_clear_object (&self->picture);
  g_mutex_clear (&self->lock);
  g_free (self->state_dir);
  g_free (self->pack_dir);
  g_free (self->marker);
  g_free (self->device_folder);
  g_free (self->own_camera);
  g_free (self->camera_words);
  G_OBJECT_CLASS (lanyard_setup_parent_class)->finalize (object);
}

static guint
add_signal (const char *name, guint n_params, GType type)
{
  return g_signal_new (name, LANYARD_TYPE_SETUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, n_params, type);
}

static void
lanyard_setup_class_init (LanyardSetupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lanyard_setup_dispose;
  G_OBJECT_CLASS (klass)->finalize = lanyard_setup_finalize;
  lanyard_setup_signals[LANYARD_SETUP_CHANGED] = add_signal ("changed", 0, G_TYPE_NONE);
  lanyard_setup_signals[LANYARD_SETUP_SCANNED] = add_signal ("scanned", 1, G_TYPE_POINTER);
  lanyard_setup_signals[LANYARD_SETUP_PICTURE] = add_signal ("picture", 1, GDK_TYPE_TEXTURE);
  lanyard_setup_signals[LANYARD_SETUP_HINT] = add_signal ("hint", 1, G_TYPE_INT);
}

static void
lanyard_setup_init (LanyardSetup *self)
{
  self->home = lanyard_home_new (self);
  self->device_folder = g_strdup ("/dev");
  g_mutex_init (&self->lock);
}

/* Returns: (transfer full) (nullable) */
static LanyardSetup *
open_file (const char *path, const char *camera, GError **error)
{
  g_autoptr (LanyardSetup) self = g_object_new (LANYARD_TYPE_SETUP, NULL);

  self->file = lanyard_setup_file_open (path, error);
  if (self->file == NULL)
    return NULL;
  self->state_dir = find_state (self->file);
  self->pack_dir = g_build_filename (self->state_dir, "pack", NULL);
  self->marker = g_build_filename (self->state_dir, MARKER, NULL);
  self->own_camera = g_strdup (camera);
  return g_steal_pointer (&self);
}

LanyardSetup *
lanyard_setup_open_again (const char *path, const char *camera, GError **error)
{
  g_autoptr (LanyardSetup) self = NULL;
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *pack = NULL;

  if (!lanyard_setup_is_done (path))
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_STATE,
                           "This desk is not set up yet; start it anew.");
      return NULL;
    }
  self = open_file (path, camera, error);
  if (self == NULL)
    return NULL;
  self->changing = TRUE;
  lanyard_setup_steps_finish (&self->steps);
  /* one that was set up by hand may have it elsewhere */
  pack = lanyard_setup_file_get (self->file, "pack", "directory");
  if (pack != NULL)
    {
      g_free (self->pack_dir);
      self->pack_dir = g_canonicalize_filename (pack, folder);
    }
  return g_steal_pointer (&self);
}

LanyardSetup *
lanyard_setup_open (const char *path, const char *camera, LanyardSetupJoinFunc join, GError **error)
{
  g_autoptr (LanyardSetup) self = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (path != NULL && join != NULL, NULL);

  if (lanyard_setup_is_done (path))
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_STATE,
                           "This desk is set up already. What is to change stands in its "
                           "lanyard.conf.");
      return NULL;
    }
  self = open_file (path, camera, error);
  if (self == NULL)
    return NULL;
  self->join = join;
  if (g_file_get_contents (self->marker, &text, NULL, NULL))
    lanyard_setup_steps_from_text (&self->steps, text);
  return g_steal_pointer (&self);
}

gboolean
lanyard_setup_is_changing (LanyardSetup *self)
{
  g_return_val_if_fail (LANYARD_IS_SETUP (self), FALSE);

  return self->changing;
}

LanyardSetupFile *
lanyard_setup_get_file (LanyardSetup *self)
{
  return self->file;
}

const LanyardSetupSteps *
lanyard_setup_get_steps (LanyardSetup *self)
{
  return &self->steps;
}

const char *
lanyard_setup_get_pack_dir (LanyardSetup *self)
{
  return self->pack_dir;
}

const char *
lanyard_setup_get_state_dir (LanyardSetup *self)
{
  return self->state_dir;
}

void
lanyard_setup_set_key_func (LanyardSetup *self, LanyardSetupKeyFunc func, gpointer data)
{
  g_return_if_fail (LANYARD_IS_SETUP (self));

  self->key_func = func;
  self->key_data = data;
}

gboolean
lanyard_setup_press (LanyardSetup *self, const LanyardWedgeKey *key, gint64 at_us)
{
  g_return_val_if_fail (LANYARD_IS_SETUP (self) && key != NULL, FALSE);

  return self->key_func != NULL && self->key_func (key, at_us, self->key_data);
}

const char *
lanyard_setup_get_device_folder (LanyardSetup *self)
{
  return self->device_folder;
}

void
lanyard_setup_set_device_folder (LanyardSetup *self, const char *folder)
{
  g_return_if_fail (LANYARD_IS_SETUP (self) && folder != NULL);

  g_free (self->device_folder);
  self->device_folder = g_strdup (folder);
}
