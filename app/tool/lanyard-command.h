/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "lanyard-error.h"
#include "lanyard-key.h"

G_BEGIN_DECLS

/*
 * One subcommand of the program "lanyard". The words before its parameters are its name: one
 * ("scan") or two ("pack check").
 *
 * The answer "no" is an error too (LANYARD_ERROR_REFUSED, _NOT_FOUND, …), so that one place,
 * main(), turns what happened into an exit code through lanyard_error_exit_code().
 */
typedef struct
{
  const char *name;       /* words of the command line */
  const char *parameters; /* for the usage line: "IMAGE|DIR…" */
  const char *summary;    /* one line for the list of commands */

  /* @args: (array zero-terminated=1): what stands behind the name */
  gboolean (*run) (char **args, GError **error);
} LanyardCommand;

extern const LanyardCommand lanyard_command_scan;
extern const LanyardCommand lanyard_command_pack_check;
extern const LanyardCommand lanyard_command_pack_sign;
extern const LanyardCommand lanyard_command_backup_journal;
extern const LanyardCommand lanyard_command_backup_key;
extern const LanyardCommand lanyard_command_backup_restore;
extern const LanyardCommand lanyard_command_backup_show;
extern const LanyardCommand lanyard_command_badge_render;
extern const LanyardCommand lanyard_command_badge_verify;
extern const LanyardCommand lanyard_command_day_export;
extern const LanyardCommand lanyard_command_directory_document;
extern const LanyardCommand lanyard_command_directory_import;
extern const LanyardCommand lanyard_command_directory_list;
extern const LanyardCommand lanyard_command_directory_search;
extern const LanyardCommand lanyard_command_directory_stats;
extern const LanyardCommand lanyard_command_document_parse;
extern const LanyardCommand lanyard_command_pickup;
extern const LanyardCommand lanyard_command_journal_list;
extern const LanyardCommand lanyard_command_journal_verify;
extern const LanyardCommand lanyard_command_journal_export;
extern const LanyardCommand lanyard_command_journal_shift;
extern const LanyardCommand lanyard_command_shift_report;
extern const LanyardCommand lanyard_command_shift_verify;
extern const LanyardCommand lanyard_command_doctor;
extern const LanyardCommand lanyard_command_pin_set;
extern const LanyardCommand lanyard_command_printer_check;
extern const LanyardCommand lanyard_command_printer_list;
extern const LanyardCommand lanyard_command_printer_test;

/* The list of all subcommands, for `lanyard --help`. */
void lanyard_commands_print_help (void);

/**
 * lanyard_commands_find:
 * @args: (array zero-terminated=1): words of the command line
 * @rest: (out): what stands behind the name
 *
 * Returns: (transfer none) (nullable): the subcommand whose name @args begins with
 */
const LanyardCommand *lanyard_commands_find (char **args, char ***rest);

/**
 * lanyard_command_parse:
 * @command: the subcommand, for the usage line
 * @args: (array zero-terminated=1): what stands behind its name
 * @entries: its options, ended by %NULL; may include G_OPTION_REMAINING
 * @description: (nullable): a paragraph for `--help`
 * @error: LANYARD_ERROR_USAGE
 *
 * Reads the options into the variables that @entries names. `--help` prints and ends the program.
 */
gboolean lanyard_command_parse (const LanyardCommand *command,
                                char **args,
                                const GOptionEntry *entries,
                                const char *description,
                                GError **error);

/**
 * lanyard_command_require:
 * @command: the subcommand, for the message
 * @value: (nullable): value of an option that must be there
 * @option: how it is written: "--pack DIR"
 * @error: LANYARD_ERROR_USAGE
 */
gboolean lanyard_command_require (const LanyardCommand *command,
                                  gconstpointer value,
                                  const char *option,
                                  GError **error);

/**
 * lanyard_command_require_words:
 * @command: the subcommand, for the message
 * @words: (nullable): what G_OPTION_REMAINING collected
 * @min: fewest words
 * @max: most words; G_MAXUINT for no limit
 * @error: LANYARD_ERROR_USAGE
 */
gboolean lanyard_command_require_words (const LanyardCommand *command,
                                        char *const *words,
                                        guint min,
                                        guint max,
                                        GError **error);

/**
 * lanyard_command_require_file:
 * @path: a file that the command line names
 * @error: LANYARD_ERROR_USAGE when there is none
 */
gboolean lanyard_command_require_file (const char *path, GError **error);

/**
 * lanyard_command_parse_root_key:
 * @hex: (nullable): value of --root-key
 * @key: (out caller-allocates): the key; untouched when @hex is %NULL
 * @error: LANYARD_ERROR_USAGE when it is not 64 hexadecimal characters
 */
gboolean lanyard_command_parse_root_key (const char *hex, LanyardPublicKey *key, GError **error);

G_END_DECLS
