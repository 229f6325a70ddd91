/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "wire-samples.h"

#include "lanyard-edition.h"
#include "lanyard-negative-list.h"
#include "lanyard-pack-manifest.h"

/* Signed lists, pages of the second version, and receipts that are no yes. */

static GBytes *
sign_page (guint64 after, guint64 next, guint64 asked_after, guint spread_s)
{
  g_autoptr (LanyardChanges) changes = sample_changes ();
  g_autoptr (LanyardKey) key = sample_hub_key ();

  changes->after = after;
  changes->next = next;
  changes->era = 12345678;
  changes->asked_era = 12345678;
  changes->asked_after = asked_after;
  changes->spread_s = spread_s;
  return lanyard_changes_sign (changes, key);
}

GBytes *
sample_sign_changes_2 (void)
{
  return sign_page (512, 514, 512, 10);
}

GBytes *
sample_sign_segment_2 (void)
{
  g_autoptr (LanyardChanges) changes = sample_changes ();
  g_autoptr (LanyardKey) key = sample_hub_key ();

  changes->next = changes->head = 768;
  changes->alert = 0;
  changes->era = changes->asked_era = 12345678;
  changes->asked_after = 512;
  return lanyard_changes_sign (changes, key);
}

GBytes *
sample_sign_again_2 (void)
{
  return sign_page (0, 514, 700, 10);
}

GBytes *
sample_sign_trust (void)
{
  g_autoptr (LanyardTrustList) list = sample_trust ();
  g_autoptr (LanyardKey) key = sample_hub_key ();

  return lanyard_trust_list_sign (list, key);
}

GError *
sample_open_trust (const void *data, gsize n_bytes)
{
  g_autoptr (LanyardKey) root = sample_hub_key ();
  GError *error = NULL;
  LanyardTrustList *list = lanyard_trust_list_load (data, n_bytes, lanyard_key_get_public (root),
                                                    NULL, SAMPLE_NOW_S, &error);

  if (list != NULL)
    lanyard_trust_list_unref (list);
  return error;
}

GBytes *
sample_sign_negative (void)
{
  g_autoptr (LanyardNegativeList) list = lanyard_negative_list_new (SAMPLE_NOW_S, SAMPLE_NOW_S);
  g_autoptr (LanyardKey) key = sample_hub_key ();

  lanyard_negative_list_add (list, "2800000000", 3);
  lanyard_negative_list_add (list, "2800000001", 1);
  lanyard_negative_list_add_serial (list, "K0007-000001X");
  return lanyard_negative_list_sign (list, key);
}

GError *
sample_open_negative (const void *data, gsize n_bytes)
{
  g_autoptr (LanyardTrustList) trust = sample_trust ();
  GError *error = NULL;
  LanyardNegativeList *list
      = lanyard_negative_list_load (data, n_bytes, trust, NULL, SAMPLE_NOW_S, &error);

  if (list != NULL)
    lanyard_negative_list_unref (list);
  return error;
}

static GBytes *
sign_receipt_of (LanyardReceiptStatus status, guint64 fork_seq)
{
  g_autoptr (LanyardReceipt) receipt = sample_receipt ();
  g_autoptr (LanyardKey) key = sample_hub_key ();

  receipt->status = status;
  receipt->fork_seq = fork_seq;
  g_clear_pointer (&receipt->conflicts[0], g_free);
  return lanyard_receipt_sign (receipt, key);
}

GBytes *
sample_sign_receipt_gap (void)
{
  return sign_receipt_of (LANYARD_RECEIPT_GAP, 0);
}

GBytes *
sample_sign_receipt_fork (void)
{
  return sign_receipt_of (LANYARD_RECEIPT_FORK, 2);
}

/* The keys of sample_trust() stay as they are in its vector; this one may sign packs. */
static LanyardTrustList *
pack_trust (void)
{
  g_autoptr (LanyardKey) hub = sample_hub_key ();
  LanyardTrustedKey key = {
    .key = *lanyard_key_get_public (hub),
    .scopes = LANYARD_SCOPE_PACK,
    .not_before_s = SAMPLE_NOW_S - 1000,
    .not_after_s = SAMPLE_NOW_S + 1000,
  };

  return lanyard_trust_list_new (1, SAMPLE_NOW_S, &key, 1);
}

/* Of two files that no pack would do with. */
GBytes *
sample_sign_manifest (void)
{
  g_autoptr (LanyardKey) key = sample_hub_key ();
  g_autoptr (GHashTable) files
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_bytes_unref);

  g_hash_table_insert (files, (gpointer) "pack.json", g_bytes_new_static ("{}", 2));
  g_hash_table_insert (files, (gpointer) "texts/en.json", g_bytes_new_static ("{ }", 3));
  return lanyard_pack_manifest_sign (files, key);
}

GError *
sample_open_manifest (const void *data, gsize n_bytes)
{
  g_autoptr (LanyardTrustList) trust = pack_trust ();
  g_autoptr (GBytes) bytes = g_bytes_new (data, n_bytes);
  g_autoptr (LanyardKey) root = sample_stranger_key ();
  GError *error = NULL;
  g_autoptr (GPtrArray) rows = lanyard_pack_manifest_read (bytes, lanyard_key_get_public (root),
                                                           trust, SAMPLE_NOW_S, &error);

  if (rows != NULL)
    g_assert_cmpuint (rows->len, ==, 2);
  return error;
}

GBytes *
sample_sign_edition (void)
{
  g_autoptr (LanyardKey) key = sample_hub_key ();
  g_autoptr (GBytes) manifest = sample_sign_manifest ();
  g_autoptr (LanyardEdition) edition = lanyard_edition_new (SAMPLE_EVENT, 3, manifest);

  edition->made_s = SAMPLE_NOW_S - 60;
  return lanyard_edition_sign (edition, key);
}

GError *
sample_open_edition (const void *data, gsize n_bytes)
{
  g_autoptr (LanyardTrustList) trust = pack_trust ();
  g_autoptr (GBytes) bytes = g_bytes_new (data, n_bytes);
  GError *error = NULL;
  g_autoptr (LanyardEdition) edition
      = lanyard_edition_open (bytes, trust, SAMPLE_EVENT, SAMPLE_NOW_S, &error);

  if (edition != NULL)
    g_assert_cmpuint (edition->version, ==, 3);
  return error;
}
