/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-record.h"

G_BEGIN_DECLS

/*
 * More than one badge of one accreditation in people's hands, and what supervisors decided about
 * it. Nobody wins by having been first: a person decides which badge stays.
 *
 * Decisions are only ever added. One that names another settles it: whoever decides names all
 * decisions that they were shown. So in whatever order decisions arrive, every reader comes to the
 * same end, and two that did not know of each other stand beside each other.
 */

/* Most badges and most decisions of one person that desks are told of. */
#define LANYARD_DISPUTE_MAX_SIDES 16
#define LANYARD_DISPUTE_MAX_RESOLUTIONS 8
/* Venue codes and names of desks are cut to this. */
#define LANYARD_DISPUTE_MAX_TEXT_BYTES 64

/* Why one badge of several stays. Persisted. */
typedef enum
{
  LANYARD_RESOLVE_IN_HAND = 10,      /* the person was seen with it */
  LANYARD_RESOLVE_RETURNED = 20,     /* the others were given back */
  LANYARD_RESOLVE_NEVER_OUT = 30,    /* the others never came out */
  LANYARD_RESOLVE_WRONG_PERSON = 40, /* the others went to somebody else */
  LANYARD_RESOLVE_LOST = 50,         /* the others cannot be found */
} LanyardResolveReason;

/* Returns: (transfer none) (array zero-terminated): in the order in which a screen offers them */
const LanyardResolveReason *lanyard_resolve_reasons (void);
/* "in-hand" (transfer none) (nullable) */
const char *lanyard_resolve_reason_to_string (LanyardResolveReason reason);
/* Returns: 0 when @name is the name of none */
LanyardResolveReason lanyard_resolve_reason_from_string (const char *name);

/* Returns: why the other badges are void, in the words of the pack's rules */
LanyardVoidReason lanyard_resolve_reason_to_void (LanyardResolveReason reason);

/* One decision. A value. */
typedef struct
{
  char *id;       /* "DEVICE-EPOCH-SEQ" of its record; "0-0-N": made at the hub */
  char *keep;     /* serial of the badge that stays */
  char **voids;   /* serials of the others; never NULL */
  char **settles; /* ids of decisions that it takes the place of; never NULL */
  LanyardResolveReason reason;
  char *who;    /* staff number, or what the hub's operator is called */
  char *second; /* (nullable): staff number of the second person who agreed */
  gint64 at_us; /* wall, µs since 1970-01-01 UTC, where it was made; for people */
  char *venue;  /* (nullable): of the desk; in entries alone */
  char *name;   /* (nullable): of the desk; in entries alone */
} LanyardResolution;

LanyardResolution *lanyard_resolution_new (void);
LanyardResolution *lanyard_resolution_copy (const LanyardResolution *resolution);
void lanyard_resolution_free (LanyardResolution *resolution);
/* Returns: (transfer full): "7-2-15" */
char *lanyard_resolution_make_id (guint32 device, guint32 epoch, guint64 seq);

/* Returns: (transfer full): body of its record. Adds nothing that is not of the decision itself:
 * directory version and the like are the caller's. @directory_version: 0: none */
GBytes *lanyard_resolution_make_body (const LanyardResolution *resolution,
                                      guint64 directory_version);

/**
 * lanyard_resolution_read:
 * @record: of kind LANYARD_RECORD_RESOLVED
 * @error: LANYARD_ERROR_INVALID: it says nothing that could be followed
 *
 * Returns: (transfer full) (nullable): the decision
 */
LanyardResolution *lanyard_resolution_read (const LanyardRecord *record, GError **error);

/* Whether @resolution stands, or another of @all takes its place.
 * @all: (element-type LanyardResolution): of one accreditation */
gboolean lanyard_resolution_is_in_force (const LanyardResolution *resolution, GPtrArray *all);

/**
 * lanyard_resolutions_void:
 * @all: (element-type LanyardResolution): all of one accreditation, in any order
 * @serial: of one of its badges
 *
 * A badge is void when any decision, also one that was settled, voids it, and none in force keeps
 * it. Two in force that keep different badges so leave both open: a conflict again.
 */
gboolean lanyard_resolutions_void (GPtrArray *all, const char *serial);

/* What is known of one badge of a dispute. On the wire. */
typedef enum
{
  LANYARD_SIDE_ISSUED = 10,  /* it is in a hand */
  LANYARD_SIDE_UNKNOWN = 20, /* nobody knows whether it came out */
  LANYARD_SIDE_VOID = 30,    /* a decision has voided it */
} LanyardSideState;

/* One badge of a dispute, with what is needed to call its desk. A value. */
typedef struct
{
  char *serial;
  LanyardSideState state;
  guint32 device; /* of the desk; 0: not known */
  guint32 sequence;
  char *venue;   /* (nullable): code of the desk's venue */
  char *name;    /* (nullable): the desk's name, words for people */
  gint64 out_us; /* wall: when it came out, as the desk believed; 0: not known */
} LanyardSide;

LanyardSide *lanyard_side_new (void);
LanyardSide *lanyard_side_copy (const LanyardSide *side);
void lanyard_side_free (LanyardSide *side);

/* What every desk is told of a person who is disputed. A value. */
typedef struct
{
  GPtrArray *sides; /* (element-type LanyardSide): in the order in which the hub heard of them,
                       which says nothing about who is right */
  GPtrArray *resolutions; /* (element-type LanyardResolution): in force; of them id, keep, reason,
                             who, second, when and where */
} LanyardDispute;

LanyardDispute *lanyard_dispute_new (void);
LanyardDispute *lanyard_dispute_copy (const LanyardDispute *dispute);
void lanyard_dispute_free (LanyardDispute *dispute);
/* Returns: (transfer none) (nullable): the badge @serial of it */
const LanyardSide *lanyard_dispute_find (const LanyardDispute *dispute, const char *serial);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardResolution, lanyard_resolution_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardSide, lanyard_side_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardDispute, lanyard_dispute_free)

G_END_DECLS
