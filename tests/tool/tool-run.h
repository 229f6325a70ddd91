/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What one run of the program said. */
typedef struct
{
  int exit_code;
  char *out; /* owned */
  char *err; /* owned */
} ToolRun;

/* Takes the path of the program from argv[1] and makes the test's own folder. */
void tool_run_init (int *argc, char ***argv);
/* Runs the tests and removes the folder. */
int tool_run_tests (void);
/* Returns: (transfer full): "FOLDER/NAME" */
char *tool_run_path (const char *name);

/* Runs `lanyard` with the words that follow, ended by %NULL; @input: (nullable) goes to its
 * standard input. */
void tool_run (ToolRun *run, const char *input, ...) G_GNUC_NULL_TERMINATED;
void tool_run_clear (ToolRun *run);

/* Returns: (transfer full): one line of its output, which must be a JSON object */
JsonObject *tool_run_parse_line (const ToolRun *run, guint line);

/* Writes a picture of a QR code, drawn by libqrencode and cairo alone. */
void tool_write_qr (const char *path, const char *text);
/* Writes a white picture. */
void tool_write_blank (const char *path);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ToolRun, tool_run_clear)

/* Asserts the exit code; a failure shows what the program said. */
#define tool_assert_exit(run, code)                                                                \
  G_STMT_START                                                                                     \
  {                                                                                                \
    if ((run)->exit_code != (code))                                                                \
      g_error ("%s:%d: exit code %d, not %d\n%s\n%s", __FILE__, __LINE__, (run)->exit_code,        \
               (code), (run)->out, (run)->err);                                                    \
  }                                                                                                \
  G_STMT_END

#define tool_assert_says(text, words)                                                              \
  G_STMT_START                                                                                     \
  {                                                                                                \
    if (strstr ((text), (words)) == NULL)                                                          \
      g_error ("%s:%d: \"%s\" is not in: %s", __FILE__, __LINE__, (words), (text));                \
  }                                                                                                \
  G_STMT_END

G_END_DECLS
