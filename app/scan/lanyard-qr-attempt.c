/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-qr-attempt.h"

#include "lanyard-qr-render.h"

/* Work steps. */
#define MODULES_A_STEP 50 /* sampled, and judged in one way */
#define DRAWING_STEPS 60  /* ZBar with a drawing, at least */
#define DRAWN_A_STEP 15   /* modules of a drawing */

/* What ZBar says of one drawing. */
typedef struct
{
  const LanyardQrAttempt *attempt;
  LanyardFoundFunc func;
  gpointer user_data;
  gboolean read;
} Reading;

static void
on_read (const LanyardFound *found, gpointer user_data)
{
  Reading *reading = user_data;
  LanyardFound mine = *found;

  if (reading->read)
    return;
  reading->read = TRUE;
  lanyard_qr_attempt_corners (reading->attempt, mine.corners);
  reading->func (&mine, reading->user_data);
}

static guint
n_modules (const LanyardQrAttempt *attempt)
{
  return attempt->layout.side * attempt->layout.side;
}

void
lanyard_qr_attempt_begin (LanyardQrAttempt *attempt,
                          const LanyardQrPicture *picture,
                          LanyardWork *work)
{
  lanyard_qr_samples_take (&attempt->samples, picture, &attempt->grid);
  lanyard_work_spend (work, n_modules (attempt) / MODULES_A_STEP);
  lanyard_qr_blocks_begin (&attempt->blocks);
  attempt->way = LANYARD_QR_BY_BOX;
}

LanyardQrOutcome
lanyard_qr_attempt_step (LanyardQrAttempt *attempt,
                         LanyardZbar *zbar,
                         LanyardWork *work,
                         LanyardFoundFunc func,
                         gpointer user_data)
{
  Reading reading = { attempt, func, user_data };
  LanyardQrFormat format;

  if (attempt->way >= LANYARD_QR_N_WAYS)
    return LANYARD_QR_ATTEMPT_FAILED;
  lanyard_qr_samples_judge (&attempt->samples, attempt->way++, attempt->dark);
  lanyard_work_spend (work, n_modules (attempt) / MODULES_A_STEP);
  if (!lanyard_qr_format_read (attempt->dark, attempt->layout.side, &format))
    return LANYARD_QR_ATTEMPT_GOES_ON;
  attempt->n_formats++;
  if (!lanyard_qr_blocks_add (&attempt->blocks, &attempt->layout, attempt->dark, &format))
    return LANYARD_QR_ATTEMPT_GOES_ON;
  lanyard_qr_render (&attempt->layout, attempt->blocks.dark, format.bits, &attempt->drawing);
  lanyard_zbar_read_drawing (zbar, &attempt->drawing.at, on_read, &reading);
  lanyard_work_spend (work, DRAWING_STEPS + n_modules (attempt) / DRAWN_A_STEP);
  attempt->n_drawings++;
  /* If ZBar does not know what all blocks say, no other drawing would help. */
  return reading.read ? LANYARD_QR_ATTEMPT_READ : LANYARD_QR_ATTEMPT_UNKNOWN;
}

void
lanyard_qr_attempt_corners (const LanyardQrAttempt *attempt, LanyardPoint corners[4])
{
  static const guint places[4][2] = { { 0, 0 }, { 1, 0 }, { 1, 1 }, { 0, 1 } };
  guint side = attempt->grid.side;

  for (guint i = 0; i < 4; i++)
    {
      double x, y;

      lanyard_qr_grid_map (&attempt->grid, places[i][0] * side, places[i][1] * side, &x, &y);
      /* Outside, a px spans from 0 to 1. */
      corners[i] = (LanyardPoint){ x + 0.5, y + 0.5 };
    }
}

void
lanyard_qr_attempt_clear (LanyardQrAttempt *attempt)
{
  lanyard_plane_buffer_clear (&attempt->drawing);
}
