/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <stdint.h>
#include <string.h>

#include "lanyard-hash.h"
#include "lanyard-hub-command-import.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes);

/* What the first byte asks for. */
#define LINES (1 << 0)   /* JSON lines, otherwise CSV */
#define MAPPING (1 << 1) /* a mapping file up to the first form feed */
#define MAX_ROWS 200

static void
be_silent (const char *sentence)
{
}

/* A roster of somebody's, with somebody's mapping: what "lanyard-hub import --dry-run" does with
 * both when there is no hub. */
static void
import_roster (LanyardHubImport *import, const uint8_t *data, size_t n_bytes)
{
  FILE *file = n_bytes == 0 ? fopen ("/dev/null", "re") : fmemopen ((void *)data, n_bytes, "r");
  GError *error = NULL;
  gboolean done;

  import->csv = lanyard_hub_csv_new (file, import->lines,
                                     import->mapping == NULL
                                         ? 0
                                         : lanyard_hub_mapping_get_separator (import->mapping));
  import->seen = lanyard_hub_seen_new (NULL);
  done = _lanyard_hub_import_read (import, &error);
  g_assert_true (done == (error == NULL));
  /* Each row was taken, or it was told why not. */
  if (done)
    g_assert_cmpuint (lanyard_hub_seen_count (import->seen) + import->n_bad, ==, import->n_rows);
  g_clear_error (&error);
  lanyard_hub_seen_free (import->seen);
  lanyard_hub_csv_free (import->csv);
  fclose (file);
}

/* Returns: FALSE when the mapping is none */
static gboolean
read_mapping (LanyardHubImport *import, const uint8_t **data, size_t *n_bytes)
{
  const uint8_t *end = memchr (*data, '\f', *n_bytes);
  size_t n = end == NULL ? *n_bytes : (size_t)(end - *data);
  GError *error = NULL;

  import->mapping = lanyard_hub_mapping_parse ((const char *)*data, (gssize)n, &error);
  g_assert_true ((import->mapping != NULL) != (error != NULL));
  g_clear_error (&error);
  *data += MIN (n + 1, *n_bytes);
  *n_bytes -= MIN (n + 1, *n_bytes);
  return import->mapping != NULL;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  g_autoptr (GPtrArray) photos = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  LanyardHubImport import
      = { .path = "roster", .max_errors = MAX_ROWS, .entries = entries, .photos = photos };
  uint8_t flags = n_bytes == 0 ? 0 : data[0];

  lanyard_hash_init ();
  g_set_printerr_handler (be_silent);
  if (n_bytes > 0)
    data++, n_bytes--;
  import.lines = (flags & LINES) != 0;
  if ((flags & MAPPING) != 0 && !read_mapping (&import, &data, &n_bytes))
    return 0;
  if (import.mapping == NULL && !import.lines)
    import.mapping = lanyard_hub_mapping_new_plain ();
  import_roster (&import, data, n_bytes);
  lanyard_hub_mapping_free (import.mapping);
  if (import.header != NULL)
    g_string_free (import.header, TRUE);
  return 0;
}
