/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include <qrencode.h>

#include "lanyard-qr-render.h"
#include "lanyard-zbar.h"

/* ZBar reads what is drawn for it, whatever the version: it looks at every second line only. */

#define N_VERSIONS 40
#define N_LEVELS 4

/* What a symbol says and what of it was read. */
typedef struct
{
  guint8 bytes[LANYARD_SCAN_MAX_BYTES];
  guint n_bytes;
  guint n_read;
} Content;

static LanyardQrLayout layout;
static guint8 dark[LANYARD_QR_MAX_MODULES];

static void
on_read (const LanyardFound *found, gpointer user_data)
{
  Content *content = user_data;

  g_assert_cmpint (found->symbology, ==, LANYARD_SYMBOLOGY_QR);
  g_assert_cmpmem (found->data, found->n_bytes, content->bytes, content->n_bytes);
  content->n_read++;
}

/* Returns: (transfer full): a symbol of @version that is nearly full */
static QRcode *
encode (GRand *rand, guint version, guint level, Content *content)
{
  /* Of all modules: more than what content has in the largest version. */
  static const double shares[N_LEVELS] = { 0.76, 0.6, 0.43, 0.33 };
  guint side = lanyard_qr_side (version), n = (guint)(shares[level] * side * side / 8);
  QRcode *code = NULL;

  for (guint i = 0; i < n; i++)
    content->bytes[i] = (guint8)g_rand_int_range (rand, 0, 256);
  for (; code == NULL || code->version != (int)version; n -= 1 + n / 20)
    {
      g_assert_cmpuint (n, >, 0);
      QRcode_free (code);
      code = QRcode_encodeData ((int)n, content->bytes, (int)version, (QRecLevel)level);
      content->n_bytes = n;
    }
  return code;
}

static void
test_versions (gconstpointer data)
{
  guint version = GPOINTER_TO_UINT (data);
  g_autoptr (GRand) rand = g_rand_new_with_seed (version);
  LanyardZbar *zbar = lanyard_zbar_new (LANYARD_SYMBOLOGY_BIT (LANYARD_SYMBOLOGY_QR));
  g_auto (LanyardPlaneBuffer) drawing = { 0 };

  for (guint level = 0; level < N_LEVELS; level++)
    {
      Content content = { .n_read = 0 };
      QRcode *code = encode (rand, version, level, &content);
      guint n = (guint)code->width * (guint)code->width;
      LanyardQrFormat format;

      for (guint i = 0; i < n; i++)
        dark[i] = code->data[i] & 1;
      lanyard_qr_layout_make (&layout, (guint)code->version);
      g_assert_true (lanyard_qr_format_read (dark, layout.side, &format));
      lanyard_qr_render (&layout, dark, format.bits, &drawing);
      lanyard_zbar_read_drawing (zbar, &drawing.at, on_read, &content);
      g_assert_cmpuint (content.n_read, ==, 1);
      QRcode_free (code);
    }
  lanyard_zbar_free (zbar);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint version = 1; version <= N_VERSIONS; version++)
    {
      g_autofree char *path = g_strdup_printf ("/qr-drawing/version-%u", version);

      g_test_add_data_func (path, GUINT_TO_POINTER (version), test_versions);
    }
  return g_test_run ();
}
