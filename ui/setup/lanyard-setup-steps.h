/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a new desk is led through, in this order. */
typedef enum
{
  LANYARD_SETUP_LANGUAGE,
  LANYARD_SETUP_ENROL,
  LANYARD_SETUP_STAFF,
  LANYARD_SETUP_CAMERA,
  LANYARD_SETUP_SCANNER,
  LANYARD_SETUP_PRINTER,
  LANYARD_SETUP_SOUND,
  LANYARD_SETUP_TOUCH_SCREEN,
  LANYARD_SETUP_LAST, /* says what was left out, and starts the desk */
  LANYARD_SETUP_N_STEPS,
} LanyardSetupStep;

typedef enum
{
  LANYARD_SETUP_TODO,
  LANYARD_SETUP_DONE,
  LANYARD_SETUP_SKIPPED,
} LanyardSetupState;

typedef enum
{
  LANYARD_SETUP_FINISH, /* the step at hand is done */
  LANYARD_SETUP_SKIP,   /* it is left out for now */
  LANYARD_SETUP_BACK,
} LanyardSetupEvent;

/*
 * How far a set-up is. A value; all zero is the beginning. No files and no screen: what is kept of
 * it is its text.
 *
 * 1. What was done stays done: to skip it later changes nothing.
 * 2. The last step is never done or skipped; before it, whatever was left out can be gone back to.
 */
typedef struct
{
  LanyardSetupStep at;
  LanyardSetupState states[LANYARD_SETUP_N_STEPS];
} LanyardSetupSteps;

/* Returns: whether the step at hand is another one now */
gboolean lanyard_setup_steps_take (LanyardSetupSteps *steps, LanyardSetupEvent event);
/* Goes to @step. Returns: FALSE: there is none such, or one before it was neither done nor
 * skipped */
gboolean lanyard_setup_steps_go (LanyardSetupSteps *steps, LanyardSetupStep step);

/* All steps are done, as on a desk that is set up, and the last one is at hand. */
void lanyard_setup_steps_finish (LanyardSetupSteps *steps);

/* Static: "camera". */
const char *lanyard_setup_step_to_string (LanyardSetupStep step);
/* Returns: (transfer full): a line for each step that is done or skipped: "camera=skipped", and
 * the step at hand: "at=printer" */
char *lanyard_setup_steps_to_text (const LanyardSetupSteps *steps);
/* What of @text can be understood; the rest is to be done. */
void lanyard_setup_steps_from_text (LanyardSetupSteps *steps, const char *text);

G_END_DECLS
