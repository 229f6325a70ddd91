/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "lanyard-backup-key.h"
#include "lanyard-eligibility.h"
#include "lanyard-serial-scanner.h"
#include "lanyard-wedge-decoder.h"

G_BEGIN_DECLS

/* In the list of hubs: the place of relays that announce themselves. */
#define LANYARD_CONFIG_FOUND_RELAYS "dns-sd:"

typedef enum
{
  LANYARD_SCANNER_SERIAL, /* a tty */
  LANYARD_SCANNER_HID,    /* a USB scanner that is set to HID point of sale */
} LanyardScannerType;

/* One group [scanner NAME]: a scanner that is a device of its own. */
typedef struct
{
  char *name; /* NAME */
  LanyardScannerType type;
  char *device;                /* device: below /dev */
  LanyardSerialOptions serial; /* with SERIAL; aim with both */
} LanyardScannerConfig;

/* One group [printer NAME]: one of several printers. */
typedef struct
{
  char *name;       /* NAME, or LANYARD_PRINTER_NAME_ONLY */
  char *uri;        /* uri */
  guint cards_warn; /* cards-warn: the desk warns when so many blank cards are left; 0: never */
} LanyardPrinterConfig;

/* The key file of one desk, checked once at start. See packaging/lanyard.conf. */
typedef struct
{
  char *path;            /* of the file itself */
  char *state_dir;       /* [desk] state-dir: journal.db, directory.db, desk.key, staff.pin */
  char *name;            /* [desk] name: words for people */
  char *venue;           /* [desk] venue: code of the pack */
  LanyardMode mode;      /* [desk] mode: self-service (default) or staff */
  char *language;        /* [desk] language: (nullable) */
  char *pack_dir;        /* [pack] directory */
  char *root_key;        /* [pack] root-key: 64 hexadecimal characters */
  char **hub_urls;       /* [hub] urls: may be empty; and "dns-sd:" as [hub] relay says */
  char *hub_ca;          /* [hub] ca: PEM file (nullable): the system's certificates */
  char *hub_certificate; /* [hub] certificate: PEM file or "pkcs11:" URI (nullable): none */
  char *hub_key;         /* [hub] key: likewise (nullable): it is with the certificate */
  char *camera;          /* [scanner] camera: GStreamer words; (nullable): no camera */
  gboolean wedge;        /* [scanner] wedge */
  char *wedge_prefix;    /* [scanner] wedge-prefix (nullable) */
  char *wedge_suffix;    /* [scanner] wedge-suffix (nullable) */
  gboolean wedge_aim;    /* [scanner] wedge-aim: it sends symbology identifiers */
  LanyardWedgeLayout wedge_layout; /* [scanner] wedge-layout: auto (default), typed, us, fr, de */
  LanyardKeyboard wedge_keyboard;  /* of it, when it is FIXED */
  guint repeat_ms;      /* [scanner] repeat: the same code within it counts once; 0: each counts */
  GPtrArray *scanners;  /* [scanner NAME] (element-type LanyardScannerConfig) (nullable) */
  char *printer_uri;    /* [printer] uri, or that of the group that is used first */
  GPtrArray *printers;  /* [printer NAME] (element-type LanyardPrinterConfig) (nullable): the one
                           that is used first comes first; NULL: there is [printer] uri alone */
  guint cards_warn;     /* [printer] cards-warn: for every printer that does not say */
  gboolean scan_back;   /* [printer] scan-back: default true; false: staff's or person's word */
  char *vault_key_file; /* [vault] key-file; $CREDENTIALS_DIRECTORY/lanyard-vault wins */
  guint idle_s;         /* [screen] idle: seconds before the person is wiped; default 45 */
  char *exports_folder; /* [exports] folder: where files of the day go (nullable): nowhere */
  char *backup_folder;  /* [backup] folder: where the stick comes up (nullable): no backups */
  guint backup_interval_s;           /* [backup] interval */
  LanyardRecipient backup_recipient; /* [backup] recipient: with a folder */
  guint hour_plan; /* [desk] hour-plan: badges that are to be handed out an hour; 0: no plan */
  char *look;      /* [screen] look: "light", "dark" or "high-contrast" (nullable) */
  gboolean speech; /* [speech] use: pages of self-service can be spoken aloud */
  gboolean speech_start; /* [speech] start: speech-dispatcher is started where none runs */
  int speech_volume;     /* [speech] volume: -100 to 100 */
  int speech_rate;       /* [speech] rate: -100 to 100 */
  gboolean scan_sound;   /* [sound] scan: a short sound when something was scanned */
  guint sound_volume;    /* [sound] volume: 0 to 100 */
  char *sound_sink;      /* [sound] sink: words of GStreamer; default autoaudiosink */
  GHashTable *keypad;    /* [keypad] action (char *) → names of keys (char *), with ";" between */
} LanyardConfig;

/* @error: LANYARD_ERROR_USAGE naming file, group and key; _NOT_FOUND. Relative paths are taken from
 * the folder of the file. */
LanyardConfig *lanyard_config_load (const char *path, GError **error);
void lanyard_config_free (LanyardConfig *config);
/* Returns: (transfer full): "STATE_DIR/NAME" */
char *lanyard_config_state_path (const LanyardConfig *config, const char *name);

/* Every printer there is, also the one that has no group of its own.
 * Returns: (transfer full) (element-type LanyardPrinterConfig): at least one */
GPtrArray *lanyard_config_list_printers (const LanyardConfig *config);
/* Prints to @uri and nowhere else, whatever the file says. */
void lanyard_config_set_printer (LanyardConfig *config, const char *uri);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardConfig, lanyard_config_free)

G_END_DECLS
