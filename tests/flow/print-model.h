/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-pickup-machine.h"

G_BEGIN_DECLS

/*
 * The pickup machine in a small world: a disk that may be full, a printer that loses jobs and lies
 * about them, people who look into the tray, staff, and a plug that may be pulled between any two
 * effects. One person, whose first badge may be made anew once.
 *
 * The world is a plain value without holes that matter, so that worlds can be compared and kept.
 */
#define PRINT_MODEL_SERIALS 2

/* Where the card with a serial is. */
typedef enum
{
  CARD_NONE = 0, /* the printer never heard of it */
  CARD_QUEUED,   /* the printer has the job */
  CARD_OUT,      /* it came out and is in somebody's hand */
  CARD_NEVER,    /* the printer dropped the job: it never comes out */
} CardPlace;

typedef struct
{
  guint8 durable;   /* LanyardPickupState on the disk; IDLE: nothing is */
  guint8 place;     /* CardPlace */
  guint8 n_spooled; /* how often its job went to the printer */
  guint8 n_issued;  /* records of each end */
  guint8 n_voided;
  guint8 confirmed; /* a badge was scanned, or somebody who may said that it came out */
  guint8 disowned;  /* somebody who may said that it is none, or it surely never went out */
  guint8 refused;   /* sending it failed surely: the port may say FAILED */
} PrintSerial;

typedef struct
{
  PrintSerial serials[PRINT_MODEL_SERIALS];
  guint8 n_serials; /* those that were begun: the last is the one in the slot */
  guint8 slot;      /* LanyardPickupState that the program believes */
  guint8 wrong_badges;
  guint8 off; /* the plug is out: nothing happens before the next start */
  guint8 reissued;     /* the second badge takes the place of the first; otherwise it is somebody else's */
} PrintWorld;

/* The machine, or one that was spoiled on purpose. */
typedef LanyardPickupStep (*PrintStepFunc) (LanyardPickupState state,
                                            LanyardPickupInput input,
                                            const LanyardPickupContext *context);
typedef struct
{
  PrintStepFunc step;
  gboolean reissue_apart; /* reserve the new badge, and void the old one in a second transaction */
} PrintRules;

/* Gets every world that one event leads to. @what: words for people */
typedef void (*PrintVisit) (const PrintWorld *world, const char *what, gpointer user_data);

void print_model_expand (const PrintWorld *world,
                         const PrintRules *rules,
                         PrintVisit visit,
                         gpointer user_data);
/* Returns: (transfer none) (nullable): what is wrong in @world */
const char *print_model_find_fault (const PrintWorld *world);
/* Starts the program and has staff answer all questions. Returns: (transfer none) (nullable): what
 * is wrong with what is left then */
const char *print_model_settle (const PrintWorld *world, const PrintRules *rules, gboolean yes);

G_END_DECLS
