/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-small-reader.h"

#include "lanyard-busy.h"
#include "lanyard-qr-reader.h"

/*
 * Assumes that a symbol which is too small for the other steps stands in a patch full of edges
 * (lanyard-busy) and has modules of 1.1 px or more, which enlarging by 2 to 4 makes large enough.
 * Measured on 815 labelled pictures of eight kinds: it reads 4 that no step before it does.
 */

/* Threshold for modules of one or two px: with a wider box the light gaps in finder patterns drown
 * (at 1.3 px a module 16 of 16 drawn symbols were found, 3 with twice the radius). */
#define RADIUS_PX 3
/* Longer side of a patch that is enlarged most. */
#define SMALL_PX 120
#define ENLARGED_PX_PER_STEP 150

struct _LanyardSmallReader
{
  LanyardQrReader *qr;         /* owned */
  LanyardPlaneBuffer enlarged; /* the patch at hand */
  LanyardPlane plane;          /* borrowed */
  LanyardBusyBox boxes[LANYARD_BUSY_MAX];
  guint n_boxes;
  guint at;        /* index in boxes */
  guint factor;    /* of enlarged */
  gboolean looked; /* for boxes */
  gboolean found;  /* something in this plane */
  /* while in lanyard_small_reader_step() */
  LanyardFoundFunc func;
  gpointer user_data;
};

static void
on_found (const LanyardFound *found, gpointer user_data)
{
  LanyardSmallReader *reader = user_data;
  const LanyardBusyBox *box = &reader->boxes[reader->at];
  LanyardFound in_plane = *found;

  for (guint i = 0; i < G_N_ELEMENTS (in_plane.corners); i++)
    {
      in_plane.corners[i].x = in_plane.corners[i].x / reader->factor + box->x;
      in_plane.corners[i].y = in_plane.corners[i].y / reader->factor + box->y;
    }
  reader->found = TRUE;
  reader->func (&in_plane, reader->user_data);
}

static void
begin_box (LanyardSmallReader *reader, LanyardWork *work)
{
  const LanyardBusyBox *box = &reader->boxes[reader->at];
  LanyardPlane patch
      = lanyard_plane_crop (&reader->plane, (int)box->x, (int)box->y, box->width, box->height);
  guint longer = MAX (patch.width, patch.height);

  reader->factor = longer <= SMALL_PX ? 4 : longer <= 2 * SMALL_PX ? 3 : 2;
  lanyard_work_spend (work, (guint64)patch.width * patch.height * reader->factor * reader->factor
                                / ENLARGED_PX_PER_STEP);
  lanyard_plane_enlarge (&patch, reader->factor, &reader->enlarged);
  lanyard_qr_reader_begin (reader->qr, &reader->enlarged.at, RADIUS_PX * reader->factor,
                           LANYARD_QR_DEEP);
}

LanyardSmallReader *
lanyard_small_reader_new (LanyardZbar *zbar)
{
  LanyardSmallReader *reader = g_new0 (LanyardSmallReader, 1);

  reader->qr = lanyard_qr_reader_new (zbar);
  return reader;
}

void
lanyard_small_reader_free (LanyardSmallReader *reader)
{
  if (reader == NULL)
    return;
  lanyard_qr_reader_free (reader->qr);
  lanyard_plane_buffer_clear (&reader->enlarged);
  g_free (reader);
}

void
lanyard_small_reader_begin (LanyardSmallReader *reader, const LanyardPlane *plane)
{
  g_return_if_fail (reader != NULL);
  g_return_if_fail (plane != NULL);

  reader->plane = *plane;
  reader->n_boxes = reader->at = 0;
  reader->looked = reader->found = FALSE;
}

gboolean
lanyard_small_reader_step (LanyardSmallReader *reader,
                           LanyardWork *work,
                           LanyardFoundFunc func,
                           gpointer user_data)
{
  g_return_val_if_fail (reader != NULL, TRUE);
  g_return_val_if_fail (work != NULL, TRUE);
  g_return_val_if_fail (func != NULL, TRUE);

  reader->func = func;
  reader->user_data = user_data;
  if (!reader->looked)
    {
      reader->looked = TRUE;
      reader->n_boxes = lanyard_busy_find (&reader->plane, reader->boxes, work);
      if (reader->n_boxes > 0)
        begin_box (reader, work);
    }
  while (reader->at < reader->n_boxes
         && lanyard_qr_reader_step (reader->qr, work, on_found, reader))
    {
      reader->at = reader->found ? reader->n_boxes : reader->at + 1;
      if (reader->at < reader->n_boxes)
        begin_box (reader, work);
    }
  return reader->at == reader->n_boxes;
}
