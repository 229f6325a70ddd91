/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <stdint.h>
#include <stdlib.h>

#include "lanyard-cbor.h"
#include "lanyard-error.h"
#include "lanyard-hash.h"
#include "lanyard-hub-control.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes);

#define PACK "resources/packs/small-cup"
/* Requests change the hub: after so many of them it is a new one again. */
#define REQUESTS_OF_A_HUB 5000

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) items = g_dir_open (path, 0, NULL);
  const char *name;

  while (items != NULL && (name = g_dir_read_name (items)) != NULL)
    {
      g_autofree char *item = g_build_filename (path, name, NULL);

      if (g_unlink (item) != 0)
        remove_tree (item);
    }
  g_rmdir (path);
}

static char *directory; /* of the hub */

static void
forget_hub (void)
{
  if (directory != NULL)
    remove_tree (directory);
  g_clear_pointer (&directory, g_free);
}

/* In memory: what is fuzzed is no disk. Returns: (transfer full) */
static LanyardHub *
make_hub (void)
{
  g_autofree char *pack = g_build_filename (g_getenv ("LANYARD_SOURCE_ROOT"), PACK, NULL);
  g_autoptr (GError) error = NULL;
  LanyardPublicKey root;
  LanyardHub *hub;

  directory = g_strdup ("/dev/shm/lanyard-fuzz-XXXXXX");
  g_assert_nonnull (g_mkdtemp (directory));
  lanyard_hub_create (directory, pack, NULL, &root, &error);
  g_assert_no_error (error);
  hub = lanyard_hub_open (directory, NULL, &error);
  g_assert_no_error (error);
  return hub;
}

/* An answer is "ok" and more, or "error", a code and a sentence; always whole. */
static void
check_answer (GBytes *answer)
{
  LanyardCborReader reader;
  g_autofree char *word = NULL;
  GError *error = NULL;

  lanyard_cbor_reader_init (&reader, g_bytes_get_data (answer, NULL), g_bytes_get_size (answer),
                            LANYARD_HUB_CONTROL_MAX_BYTES);
  lanyard_cbor_enter_array (&reader, 8);
  word = lanyard_cbor_read_text (&reader, 8);
  g_assert_true (g_strcmp0 (word, "ok") == 0 || g_strcmp0 (word, "error") == 0);
  if (g_str_equal (word, "error"))
    {
      g_autofree char *sentence = NULL;
      guint64 code = lanyard_cbor_read_uint (&reader, G_MAXUINT16);

      sentence = lanyard_cbor_read_text (&reader, 4096);
      lanyard_cbor_reader_end (&reader, "answer", &error);
      g_assert_no_error (error);
      /* Nothing that is asked for damages the hub's own store. */
      g_assert_cmpuint (code, !=, LANYARD_ERROR_CORRUPT);
    }
  g_clear_error (&reader.error);
}

/* What whoever may open the hub's socket asks of it. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes)
{
  static LanyardHub *hub;
  static guint n_requests;
  g_autoptr (GBytes) request = g_bytes_new (data, n_bytes);
  g_autoptr (GBytes) answer = NULL;

  if (n_requests == 0)
    atexit (forget_hub);
  if (hub == NULL)
    {
      lanyard_hash_init ();
      hub = make_hub ();
    }
  answer = lanyard_hub_control_execute (hub, request);
  check_answer (answer);
  if (++n_requests % REQUESTS_OF_A_HUB == 0)
    {
      g_clear_pointer (&hub, lanyard_hub_close);
      forget_hub ();
    }
  return 0;
}
