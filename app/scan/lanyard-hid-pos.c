/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-hid-pos.h"

#include <string.h>

#include "lanyard-aim.h"
#include "lanyard-error.h"
#include "lanyard-hid-descriptor.h"

/* HID Point of Sale Usage Tables 1.02 §3, page 0x8C; HID Usage Tables §4, page 0x01. */
#define USAGE_SYMBOLOGY_1 0x8c00fb
#define USAGE_SYMBOLOGY_2 0x8c00fc
#define USAGE_SYMBOLOGY_3 0x8c00fd
#define USAGE_DECODED_DATA 0x8c00fe
#define USAGE_CONTINUED 0x8c00ff
#define USAGE_BYTE_COUNT 0x01003b

/* Some scanners have one report for each size of code. */
#define MAX_LAYOUTS 8
#define MAX_FRAME_BYTES (LANYARD_AIM_BYTES + LANYARD_SCAN_MAX_BYTES)

/* Where things are in one report. n_bits 0: it has none of that. */
typedef struct
{
  guint report_id;
  LanyardHidField data;
  LanyardHidField symbology[LANYARD_AIM_BYTES];
  LanyardHidField continued;
  LanyardHidField n_bytes;
} Layout;

struct _LanyardHidPos
{
  Layout layouts[MAX_LAYOUTS];
  guint n_layouts;
  gboolean numbered;
  gboolean aim;

  /* the scan under way */
  guint8 frame[MAX_FRAME_BYTES]; /* its identifier, if any, and its data */
  gsize n_frame;
  gboolean identified; /* frame begins with an identifier */
  gboolean pending;    /* more follows */
  gboolean skipping;   /* longer than any scan */
  gint64 last_us;      /* monotonic: the last report */
};

static Layout *
find_layout (LanyardHidPos *pos, guint report_id, gboolean create)
{
  for (guint i = 0; i < pos->n_layouts; i++)
    if (pos->layouts[i].report_id == report_id)
      return &pos->layouts[i];
  if (!create || pos->n_layouts == MAX_LAYOUTS)
    return NULL;
  pos->layouts[pos->n_layouts].report_id = report_id;
  return &pos->layouts[pos->n_layouts++];
}

static void
on_field (const LanyardHidField *field, gpointer user_data)
{
  LanyardHidField *place = NULL;
  Layout *layout;

  if (field->usage != USAGE_BYTE_COUNT && field->usage >> 16 != USAGE_DECODED_DATA >> 16)
    return;
  layout = find_layout (user_data, field->report_id, TRUE);
  if (layout == NULL)
    return;
  if (field->usage == USAGE_BYTE_COUNT)
    place = &layout->n_bytes;
  else if (field->usage == USAGE_DECODED_DATA)
    place = &layout->data;
  else if (field->usage == USAGE_CONTINUED)
    place = &layout->continued;
  else if (field->usage >= USAGE_SYMBOLOGY_1 && field->usage <= USAGE_SYMBOLOGY_3)
    place = &layout->symbology[field->usage - USAGE_SYMBOLOGY_1];
  if (place != NULL && place->n_bits == 0)
    *place = *field;
}

static void
drop_layouts_without_data (LanyardHidPos *pos)
{
  guint n = 0;

  for (guint i = 0; i < pos->n_layouts; i++)
    if (pos->layouts[i].data.n_bits == 8 && pos->layouts[i].data.bit % 8 == 0)
      pos->layouts[n++] = pos->layouts[i];
  pos->n_layouts = n;
}

/* The lowest bit comes first, HID 1.11 §5.8. Returns: 0 when there is no such field in the report */
static guint32
get_bits (const LanyardHidField *field, const guint8 *report, gsize n_bytes)
{
  guint32 value = 0;

  if (field->n_bits == 0 || (gsize)field->bit + field->n_bits > n_bytes * 8)
    return 0;
  for (guint i = 0; i < field->n_bits; i++)
    {
      guint bit = field->bit + i;

      if ((report[bit / 8] >> bit % 8 & 1) != 0)
        value |= 1u << i;
    }
  return value;
}

static void
forget (LanyardHidPos *pos)
{
  explicit_bzero (pos->frame, pos->n_frame);
  pos->n_frame = 0;
  pos->identified = FALSE;
  pos->pending = FALSE;
  pos->skipping = FALSE;
}

static void
append (LanyardHidPos *pos, const guint8 *data, gsize n_bytes)
{
  if (pos->skipping)
    return;
  if (n_bytes > MAX_FRAME_BYTES - pos->n_frame)
    {
      explicit_bzero (pos->frame, pos->n_frame);
      pos->n_frame = 0;
      pos->skipping = TRUE;
      return;
    }
  memcpy (pos->frame + pos->n_frame, data, n_bytes);
  pos->n_frame += n_bytes;
}

/* The first report of a scan says what it is. */
static void
take_identifier (LanyardHidPos *pos, const Layout *layout, const guint8 *report, gsize n_bytes)
{
  guint8 identifier[LANYARD_AIM_BYTES];
  LanyardAim aim;

  for (guint i = 0; i < LANYARD_AIM_BYTES; i++)
    identifier[i] = (guint8)get_bits (&layout->symbology[i], report, n_bytes);
  if (!lanyard_aim_parse (identifier, sizeof identifier, &aim))
    return;
  append (pos, identifier, sizeof identifier);
  pos->identified = TRUE;
}

/* A data field that nobody says the length of is filled up with NULs: HID reports have one size. */
static gsize
get_data_length (const Layout *layout, const guint8 *report, gsize n_bytes)
{
  gsize start = layout->data.bit / 8;
  gsize length = MIN (layout->data.count, n_bytes - start);

  if (layout->n_bytes.n_bits > 0)
    return MIN (length, get_bits (&layout->n_bytes, report, n_bytes));
  while (length > 0 && report[start + length - 1] == '\0')
    length--;
  return length;
}

static LanyardScan *
finish (LanyardHidPos *pos)
{
  LanyardScan *scan = NULL;

  if (!pos->skipping)
    scan = lanyard_aim_make_scan (LANYARD_SCAN_SOURCE_HID, pos->frame, pos->n_frame,
                                  pos->identified || pos->aim);
  if (scan != NULL)
    scan->at_us = pos->last_us;
  forget (pos);
  return scan;
}

LanyardHidPos *
lanyard_hid_pos_new (const guint8 *descriptor, gsize n_bytes, gboolean aim, GError **error)
{
  g_autoptr (LanyardHidPos) pos = g_new0 (LanyardHidPos, 1);

  g_return_val_if_fail (descriptor != NULL || n_bytes == 0, NULL);

  pos->aim = aim;
  if (n_bytes > LANYARD_HID_POS_MAX_DESCRIPTOR_BYTES)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                   "The device describes itself in more than %d bytes.",
                   LANYARD_HID_POS_MAX_DESCRIPTOR_BYTES);
      return NULL;
    }
  if (!lanyard_hid_descriptor_walk (descriptor, n_bytes, &pos->numbered, on_field, pos, error))
    return NULL;
  drop_layouts_without_data (pos);
  if (pos->n_layouts == 0)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND,
                   "The device does not say that it sends bar codes; set the scanner to HID point "
                   "of sale.");
      return NULL;
    }
  return g_steal_pointer (&pos);
}

void
lanyard_hid_pos_free (LanyardHidPos *pos)
{
  if (pos == NULL)
    return;
  explicit_bzero (pos->frame, sizeof pos->frame);
  g_free (pos);
}

LanyardScan *
lanyard_hid_pos_take (LanyardHidPos *pos, const guint8 *report, gsize n_bytes, gint64 at_us)
{
  const Layout *layout;
  guint report_id = 0;

  g_return_val_if_fail (pos != NULL, NULL);
  g_return_val_if_fail (report != NULL || n_bytes == 0, NULL);

  if (pos->numbered && n_bytes > 0)
    {
      report_id = report[0];
      report++;
      n_bytes--;
    }
  layout = find_layout (pos, report_id, FALSE);
  if (layout == NULL || layout->data.bit / 8 >= n_bytes)
    return NULL;
  if (!pos->pending)
    take_identifier (pos, layout, report, n_bytes);
  append (pos, report + layout->data.bit / 8, get_data_length (layout, report, n_bytes));
  pos->last_us = at_us;
  pos->pending = get_bits (&layout->continued, report, n_bytes) & 1;
  return pos->pending ? NULL : finish (pos);
}

LanyardScan *
lanyard_hid_pos_idle (LanyardHidPos *pos, gint64 now_us)
{
  g_return_val_if_fail (pos != NULL, NULL);

  if (!pos->pending || now_us - pos->last_us < LANYARD_HID_POS_QUIET_US)
    return NULL;
  return finish (pos);
}

gint64
lanyard_hid_pos_get_deadline (const LanyardHidPos *pos)
{
  g_return_val_if_fail (pos != NULL, -1);

  return pos->pending ? pos->last_us + LANYARD_HID_POS_QUIET_US : -1;
}
