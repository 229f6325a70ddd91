/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-config.h"

G_BEGIN_DECLS

/* What the files that read the configuration share. */

/* Sets @error to "PATH: [GROUP] KEY WHAT". Returns: FALSE */
gboolean lanyard_config_fail (GError **error,
                              const char *path,
                              const char *group,
                              const char *key,
                              const char *what);
/* Returns: (transfer full) (nullable): NULL when it is absent or empty */
char *lanyard_config_get_text (GKeyFile *file, const char *group, const char *key);
/* @value: (inout): stays as it is when the key is absent. Returns: whether it is true or false */
gboolean lanyard_config_get_boolean (GKeyFile *file,
                                     const char *path,
                                     const char *group,
                                     const char *key,
                                     gboolean *value,
                                     GError **error);
/* @value: (inout): stays as it is when the key is absent. Returns: whether it is in the range */
gboolean lanyard_config_get_number (GKeyFile *file,
                                    const char *path,
                                    const char *group,
                                    const char *key,
                                    guint least,
                                    guint most,
                                    guint *value,
                                    GError **error);

/* lanyard-config-backup.c */

/* Returns: whether [backup] may have @key */
gboolean lanyard_config_is_backup_key (const char *group, const char *key);
/* [hub] relay: after the list of hubs, to which it may add a place for relays that are found. */
gboolean lanyard_config_read_relay (LanyardConfig *config, GKeyFile *file, GError **error);
gboolean lanyard_config_read_backup (LanyardConfig *config, GKeyFile *file, GError **error);

/* lanyard-config-printers.c */

/* Returns: whether @group is of the form "printer NAME" and may have @key */
gboolean lanyard_config_is_printer_key (const char *group, const char *key);
/* Reads [printer] and all groups [printer NAME]. @folder: to which relative paths belong */
gboolean lanyard_config_read_printers (LanyardConfig *config,
                                       GKeyFile *file,
                                       const char *folder,
                                       GError **error);

/* lanyard-config-scanners.c */

/* Returns: whether @group is of the form "scanner NAME" and may have @key */
gboolean lanyard_config_is_scanner_key (const char *group, const char *key);
/* Reads what [scanner] says of wedges, and all groups [scanner NAME]. */
gboolean lanyard_config_read_scanners (LanyardConfig *config, GKeyFile *file, GError **error);

G_END_DECLS
