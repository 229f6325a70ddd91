/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-entry.h"
#include "lanyard-pack.h"

G_BEGIN_DECLS

/* What stands between a person and the badge, if anything. */
typedef enum
{
  DEMO_TROUBLE_NONE,
  DEMO_TROUBLE_CANCELLED,
  DEMO_TROUBLE_SUSPENDED,
  DEMO_TROUBLE_EXPIRED,
  DEMO_TROUBLE_NOT_YET_VALID,
  DEMO_TROUBLE_WRONG_VENUE,
  DEMO_TROUBLE_PENDING,
  DEMO_TROUBLE_REFER,
  DEMO_TROUBLE_CATEGORY,
  DEMO_N_TROUBLES,
} DemoTrouble;

/* What a whole roster has in common. Borrowed. */
typedef struct
{
  LanyardPack *pack;
  const char *venue; /* code of the venue where the demo's kiosk stands */
  guint32 seed;
  gint64 now_s;       /* s since 1970-01-01 UTC; validity lies around it */
  gboolean no_photos; /* leaves photos/ empty */
} DemoEvent;

typedef struct
{
  guint index; /* of the person; decides everything by chance, together with the seed */
  DemoTrouble trouble;
  const char *language; /* (nullable): of the name; NULL: by chance */
  gboolean single_name;
  gboolean long_name;
} DemoPerson;

/* "wrong-venue" (transfer none) */
const char *demo_trouble_to_string (DemoTrouble trouble);

/* Returns: (transfer full) (nullable): the person's entry; NULL when the pack has nothing for such
 * a person: no second venue, no category that needs staff, no category with a clearance */
LanyardEntry *demo_person_make (const DemoPerson *person, const DemoEvent *event);

G_END_DECLS
