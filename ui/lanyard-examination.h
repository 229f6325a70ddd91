/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What the doctor says of one part of the desk. */
typedef enum
{
  LANYARD_HEALTH_WRONG, /* keeps this desk from its work, or soon will */
  LANYARD_HEALTH_NOTE,  /* worth knowing */
  LANYARD_HEALTH_FINE,
} LanyardHealth;

typedef struct
{
  LanyardHealth health;
  char *part;  /* owned: "printer" */
  char *words; /* owned: one sentence, without personal data */
} LanyardFact;

void lanyard_fact_free (LanyardFact *fact);

/* Returns: (transfer full) (nullable): path of the command "lanyard" that belongs to this program
 */
char *lanyard_examination_dup_program (void);

/* Most that is believed of one examination. */
#define LANYARD_EXAMINATION_MAX_FACTS 200

/**
 * lanyard_examine_async:
 * @program: (nullable): path of the command "lanyard"; NULL: the one beside this program
 * @config: path of the desk's configuration
 *
 * Runs "lanyard doctor", in a process of its own: what it touches may hang or fall over, and the
 * desk goes on. It is ended after a minute.
 */
void lanyard_examine_async (const char *program,
                            const char *config,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);

/**
 * lanyard_examine_finish:
 * @error: LANYARD_ERROR_NOT_FOUND (there is no such program), _IO (it was ended, or said nothing
 *   that can be understood)
 *
 * Returns: (transfer full) (nullable) (element-type LanyardFact): what is wrong first
 */
GPtrArray *lanyard_examine_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardFact, lanyard_fact_free)

G_END_DECLS
