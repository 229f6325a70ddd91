/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "lanyard-cbor.h"
#include "lanyard-hub-control.h"

G_BEGIN_DECLS

/* The words after "lanyard-hub". Each takes its own arguments and returns the exit code of the
 * program: 0 done, 1 the answer is no, 2 wrong use, 3 the environment failed. */
int lanyard_hub_command_init (int argc, char **argv);
int lanyard_hub_command_import (int argc, char **argv);
int lanyard_hub_command_invite (int argc, char **argv);
int lanyard_hub_command_enrol (int argc, char **argv);
int lanyard_hub_command_serve (int argc, char **argv);
int lanyard_hub_command_snapshot (int argc, char **argv);
int lanyard_hub_command_compact (int argc, char **argv);
int lanyard_hub_command_pack (int argc, char **argv);
int lanyard_hub_command_status (int argc, char **argv);
int lanyard_hub_command_devices (int argc, char **argv);
int lanyard_hub_command_conflicts (int argc, char **argv);
int lanyard_hub_command_questions (int argc, char **argv);
int lanyard_hub_command_quarantine (int argc, char **argv);
int lanyard_hub_command_export (int argc, char **argv);
int lanyard_hub_command_rebuild (int argc, char **argv);

/**
 * lanyard_hub_command_parse:
 * @usage: what follows the command's name, "--dir DIR ROSTER"
 * @summary: one or more sentences for --help
 * @entries: options, ended as GOption wants it
 * @argc: (inout): arguments, the command's name first
 * @argv: (inout): what is left are the words that are no options
 * @error: LANYARD_ERROR_USAGE
 */
gboolean lanyard_hub_command_parse (const char *usage,
                                    const char *summary,
                                    const GOptionEntry *entries,
                                    int *argc,
                                    char ***argv,
                                    GError **error);
/* Prints @error and returns its exit code. @error: (transfer full) (nullable) */
int lanyard_hub_command_end (GError *error);
/* FALSE with LANYARD_ERROR_USAGE when the option was left away. */
gboolean lanyard_hub_command_need (const char *value, const char *option, GError **error);

/* FALSE with LANYARD_ERROR_USAGE when words are left that are no options. */
gboolean lanyard_hub_command_no_words (int argc, char **argv, GError **error);

/* Entries of the hub with number > @after, at most LANYARD_HUB_CONTROL_MAX_ENTRIES.
 * Returns: (transfer full) (nullable) (element-type LanyardEntry) */
GPtrArray *
lanyard_hub_command_read_entries (LanyardHubConsole *console, const char *after, GError **error);

/* Begins a request of @n_items more. (transfer full) */
LanyardCborWriter *lanyard_hub_command_request (const char *name, gsize n_items);
/**
 * lanyard_hub_command_ask:
 * @writer: (transfer full): a whole request
 * @n_items: of the answer, "ok" not counted
 * @reader: (out): stands behind "ok"
 *
 * Returns: (transfer full) (nullable): the answer, which must outlive @reader
 */
GBytes *lanyard_hub_command_ask (LanyardHubConsole *console,
                                 LanyardCborWriter *writer,
                                 gsize n_items,
                                 LanyardCborReader *reader,
                                 GError **error);
/* Ends an answer in which nothing is wrong. */
gboolean lanyard_hub_command_answered (LanyardCborReader *reader, GError **error);
/* What a command that decides something was told. */
typedef struct
{
  char *directory;
  char *choice; /* what is decided: the badge that stays, what became of one */
  char *reason;
  char *by; /* (nullable) */
  gboolean json;
} LanyardHubDecisionOptions;

void lanyard_hub_decision_options_clear (LanyardHubDecisionOptions *options);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LanyardHubDecisionOptions, lanyard_hub_decision_options_clear)

/**
 * lanyard_hub_command_decide:
 * @request: its name; what follows are subject, choice, reason and person
 * @subject: what it is about
 * @option: that gives the choice, such as "--keep"
 * @error: LANYARD_ERROR_USAGE: choice or reason are missing; what the hub says
 *
 * Returns: whether it is done
 */
gboolean lanyard_hub_command_decide (LanyardHubConsole *console,
                                     const char *request,
                                     const char *subject,
                                     const LanyardHubDecisionOptions *options,
                                     const char *option,
                                     GError **error);

/* Who runs the command: as told, or the account. (transfer none) */
const char *lanyard_hub_command_person (const char *option);
/* "2028-07-01 10:00", or a dash for 0. (transfer full) */
char *lanyard_hub_command_time (gint64 time_us);
/* "desk/epoch/seq". */
gboolean lanyard_hub_command_parse_place (const char *text,
                                          guint32 *device,
                                          guint32 *epoch,
                                          guint64 *seq,
                                          GError **error);

/* One badge of an answer. */
void lanyard_hub_command_read_badge (LanyardCborReader *reader, LanyardHubBadge *badge);
/* "issued", "issued, voided" (transfer full) */
char *lanyard_hub_command_describe_flags (guint flags);

/* A one-time code that a person asks for. A value. */
typedef struct
{
  const char *directory; /* the hub's folder */
  const char *venue;     /* code of the venue */
  const char *name;      /* (nullable): words for people */
  guint32 device;        /* a desk that is set up anew; 0: a new one */
  int minutes;           /* how long the code is good */
  const char *hub;       /* (nullable): address for desks, remembered; NULL: the one before */
  const char *qr;        /* (nullable): "dark", "light", "none"; NULL: drawn in colours when
                            standard error is a terminal */
  const char *png;       /* (nullable): a picture is written here */
} LanyardHubCodeAsk;

/**
 * lanyard_hub_command_print_code:
 * @error: LANYARD_ERROR_USAGE; what the hub says; _IO
 *
 * Prints the code, and where the hub's address is known a second line with the ticket
 * (lanyard-ticket.h), which is then what the QR holds.
 */
gboolean lanyard_hub_command_print_code (LanyardHubConsole *console,
                                         const LanyardHubCodeAsk *ask,
                                         GError **error);

G_END_DECLS
