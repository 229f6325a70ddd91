/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-pack.h"

G_BEGIN_DECLS

/* A moment within the validity of all keys that the fixture makes, s since 1970-01-01 UTC. */
#define PACK_FIXTURE_NOW_S G_GINT64_CONSTANT (2000000000)

/* A copy of a sample pack in a temporary folder, to be damaged. */
typedef struct
{
  char *directory;  /* of the copy */
  LanyardKey *root; /* event root key */
  LanyardKey *hub;  /* a key that its trust list allows to sign packs */
} PackFixture;

/* @data: name of the sample pack. The copy has a trust list and is signed by hub. */
void pack_fixture_set_up (PackFixture *fixture, gconstpointer data);
void pack_fixture_tear_down (PackFixture *fixture, gconstpointer data);

/* Path of a sample pack in the source tree. */
char *pack_fixture_source (const char *name);
/* Path of a file of the copy. */
char *pack_fixture_path (const PackFixture *fixture, const char *file);
void pack_fixture_write (const PackFixture *fixture, const char *file, const char *text);
/* Loads with the root key. Returns: (transfer full) (nullable) */
LanyardPack *pack_fixture_load (const PackFixture *fixture, GError **error);
/* Asserts that loading fails with @code and a message that has @part in it. */
void pack_fixture_assert_refused (const PackFixture *fixture, int code, const char *part);

G_END_DECLS
