/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-hub-mapping.h"

G_BEGIN_DECLS

#define LANYARD_HUB_LIST_SEPARATOR "\x1f"

/* A piece of a template: words that stand there, or a column. */
typedef struct
{
  char *text; /* owned: the words, or the column's name */
  gboolean column;
  guint index; /* of the column; G_MAXUINT: not bound */
} LanyardHubPart;

/* Where one value comes from. */
typedef struct
{
  GPtrArray *parts;   /* owned (element-type LanyardHubPart) */
  GHashTable *values; /* owned (nullable) (element-type utf8 utf8): what is called otherwise */
  char *otherwise;    /* owned (nullable): for values that are not named */
  char *fallback;     /* owned (nullable): for an empty one */
  char *date;         /* owned (nullable): form, "%d.%m.%Y" */
  GTimeZone *zone;    /* owned: of times without one */
  char *split;        /* owned: parts the items of a list */
  int add_days;
  gboolean upper;
} LanyardHubValue;

/* One member, or one system of the clearances. */
typedef struct
{
  char *member;      /* owned */
  char *system;      /* owned (nullable): the member is clearances */
  GPtrArray *values; /* owned (element-type LanyardHubValue): several only for lists */
} LanyardHubMember;

struct _LanyardHubMapping
{
  char *format; /* owned (nullable) */
  char separator;
  gboolean plain;
  GPtrArray *members; /* owned (element-type LanyardHubMember): those of clearances together */
};

/* What a member of a roster holds. */
typedef enum
{
  LANYARD_HUB_MEMBER_NONE, /* there is no such member */
  LANYARD_HUB_MEMBER_TEXT,
  LANYARD_HUB_MEMBER_LIST,
  LANYARD_HUB_MEMBER_TIME,
  LANYARD_HUB_MEMBER_DATE,
  LANYARD_HUB_MEMBER_NUMBER,
  LANYARD_HUB_MEMBER_CLEARANCES,
} LanyardHubMemberKind;

LanyardHubMemberKind _lanyard_hub_member_kind (const char *member);
void _lanyard_hub_member_free (LanyardHubMember *member);
/* @template: "{Given} {Family}". (transfer full) (nullable) */
LanyardHubValue *_lanyard_hub_value_new (const char *template, GError **error);
void _lanyard_hub_value_free (LanyardHubValue *value);

/**
 * _lanyard_hub_date_read:
 * @text: what stands in the row
 * @form: %Y %m %d %H %M %S and words
 * @zone: of what is read
 * @add_days: to be added
 * @with_time: RFC 3339 with its time, otherwise YYYY-MM-DD
 *
 * Returns: (transfer full) (nullable): NULL when @text has another form
 */
char *_lanyard_hub_date_read (const char *text,
                              const char *form,
                              GTimeZone *zone,
                              int add_days,
                              gboolean with_time);

G_END_DECLS
