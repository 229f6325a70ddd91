/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-matrix-sample.h"

#include <string.h>

#define REACH 3      /* modules: how far extremes are looked for */
#define SPREAD 0.15f /* of a neighbour's grey that blur adds */
#define DRAWN_PX 3   /* a module; libzxing measures it */
#define QUIET 2      /* modules */
#define SAMPLES_PER_STEP 27

/* Five places in the middle of a module, against noise. */
static const double places[][2] = { { 0, 0 }, { -0.2, 0 }, { 0.2, 0 }, { 0, -0.2 }, { 0, 0.2 } };

static void
take_one (LanyardMatrixSamples *samples,
          const LanyardQrPicture *picture,
          const LanyardMatrixGrid *grid,
          guint column,
          guint row)
{
  guint at = row * samples->size.columns + column, n = 0;
  double sum = 0, lightness = 0;

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      double x, y, grey;

      lanyard_matrix_grid_map (grid, column + 0.5 + places[i][0], row + 0.5 + places[i][1], &x, &y);
      if (!lanyard_qr_picture_grey (picture, x, y, &grey))
        continue;
      sum += picture->light > 0 ? grey : 255 - grey;
      lightness += lanyard_qr_picture_lightness (picture, x, y);
      n++;
    }
  samples->grey[at] = n > 0 ? (float)(sum / n) : 255;
  samples->mean[at] = n > 0 ? (float)((sum - lightness) / n) : 128;
}

static void
learn_border (LanyardMatrixSamples *samples)
{
  double sums[2] = { 0, 0 };
  guint counts[2] = { 0, 0 };
  gboolean dark;

  for (guint row = 0; row < samples->size.rows; row++)
    for (guint column = 0; column < samples->size.columns; column++)
      if (lanyard_matrix_size_border (&samples->size, column, row, &dark))
        {
          sums[dark] += samples->grey[row * samples->size.columns + column];
          counts[dark]++;
        }
  samples->border = (sums[0] / counts[0] + sums[1] / counts[1]) / 2;
}

/* Grey of a module; beyond the borders it is light. */
static float
grey_at (const LanyardMatrixSamples *samples, int column, int row)
{
  if (column < 0 || row < 0 || column >= samples->size.columns || row >= samples->size.rows)
    return 255;
  return samples->grey[row * samples->size.columns + column];
}

static void
sharpen (LanyardMatrixSamples *samples)
{
  for (int row = 0; row < samples->size.rows; row++)
    for (int column = 0; column < samples->size.columns; column++)
      {
        float own = grey_at (samples, column, row), others = 0;

        for (guint i = 1; i < G_N_ELEMENTS (places); i++)
          {
            int x = column + (places[i][0] > 0) - (places[i][0] < 0);
            int y = row + (places[i][1] > 0) - (places[i][1] < 0);

            if (x >= 0 && y >= 0 && x < samples->size.columns && y < samples->size.rows)
              others += own - grey_at (samples, x, y);
          }
        samples->sharp[row * samples->size.columns + column] = own + SPREAD * others;
      }
}

void
lanyard_matrix_samples_take (LanyardMatrixSamples *samples,
                             const LanyardQrPicture *picture,
                             const LanyardMatrixGrid *grid,
                             LanyardWork *work)
{
  samples->size = grid->size;
  for (guint row = 0; row < grid->size.rows; row++)
    for (guint column = 0; column < grid->size.columns; column++)
      take_one (samples, picture, grid, column, row);
  learn_border (samples);
  sharpen (samples);
  lanyard_work_spend (work, (guint64)grid->size.rows * grid->size.columns * G_N_ELEMENTS (places)
                                / SAMPLES_PER_STEP);
}

static gboolean
is_dark_near (const LanyardMatrixSamples *samples, const float *grey, int column, int row)
{
  int columns = samples->size.columns, rows = samples->size.rows;
  float low = 1000, high = -1000, own = grey[row * columns + column];

  for (int y = MAX (0, row - REACH); y <= MIN (rows - 1, row + REACH); y++)
    for (int x = MAX (0, column - REACH); x <= MIN (columns - 1, column + REACH); x++)
      {
        low = MIN (low, grey[y * columns + x]);
        high = MAX (high, grey[y * columns + x]);
      }
  return own < (low + high) / 2;
}

static gboolean
is_dark (const LanyardMatrixSamples *samples, LanyardMatrixWay way, guint column, guint row)
{
  guint at = row * samples->size.columns + column;
  gboolean dark;

  if (lanyard_matrix_size_border (&samples->size, column, row, &dark))
    return dark;
  switch (way)
    {
    case LANYARD_MATRIX_BY_BOX:
      return samples->grey[at] < samples->mean[at];
    case LANYARD_MATRIX_BY_NEAR:
      return is_dark_near (samples, samples->grey, column, row);
    case LANYARD_MATRIX_BY_BORDER:
      return samples->grey[at] < samples->border;
    default:
      return is_dark_near (samples, samples->sharp, column, row);
    }
}

void
lanyard_matrix_samples_draw (const LanyardMatrixSamples *samples,
                             LanyardMatrixWay way,
                             LanyardPlaneBuffer *buffer)
{
  guint width = (samples->size.columns + 2 * QUIET) * DRAWN_PX;
  guint height = (samples->size.rows + 2 * QUIET) * DRAWN_PX;
  guint8 *pixels = lanyard_plane_buffer_reserve (buffer, width, height);

  memset (pixels, 255, (gsize)width * height);
  for (guint row = 0; row < samples->size.rows; row++)
    {
      guint8 *first = pixels + (gsize)(row + QUIET) * DRAWN_PX * width;

      for (guint column = 0; column < samples->size.columns; column++)
        if (is_dark (samples, way, column, row))
          memset (first + (column + QUIET) * DRAWN_PX, 0, DRAWN_PX);
      for (guint i = 1; i < DRAWN_PX; i++)
        memcpy (first + (gsize)i * width, first, width);
    }
}
