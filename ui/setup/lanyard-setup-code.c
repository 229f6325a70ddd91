/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-setup-code.h"

#include "lanyard-code128.h"
#include "lanyard-qr.h"

/* px; 2 px a module are 0.44 mm at 115 dpi, which scanners of a counter read. */
#define LINE_PX 2
#define LINE_HEIGHT_PX 72
#define QR_PX 6
/* modules (ISO/IEC 15417 §4.2, ISO/IEC 18004 §5.3.8) */
#define LINE_QUIET 10
#define QR_QUIET 4
#define RADIUS_PX 24

struct _LanyardSetupCode
{
  GtkWidget parent_instance;

  /* owned */
  LanyardQr *qr;
  LanyardCode128 *line;
};

G_DEFINE_FINAL_TYPE (LanyardSetupCode, lanyard_setup_code, GTK_TYPE_WIDGET)

static int
get_width (LanyardSetupCode *self)
{
  int line = ((int)self->line->size + 2 * LINE_QUIET) * LINE_PX;
  int qr = ((int)self->qr->size + 2 * QR_QUIET) * QR_PX;

  return MAX (line, qr);
}

static int
get_height (LanyardSetupCode *self)
{
  return ((int)self->qr->size + 2 * QR_QUIET) * QR_PX + LINE_HEIGHT_PX + LINE_QUIET * LINE_PX;
}

static void
lanyard_setup_code_measure (GtkWidget *widget,
                            GtkOrientation orientation,
                            int for_size,
                            int *minimum,
                            int *natural,
                            int *minimum_baseline,
                            int *natural_baseline)
{
  LanyardSetupCode *self = LANYARD_SETUP_CODE (widget);

  *minimum = *natural
      = orientation == GTK_ORIENTATION_HORIZONTAL ? get_width (self) : get_height (self);
}

static void
append_box (GtkSnapshot *snapshot, const GdkRGBA *colour, int x, int y, int width, int height)
{
  gtk_snapshot_append_color (snapshot, colour,
                             &GRAPHENE_RECT_INIT ((float)x, (float)y, (float)width, (float)height));
}

static void
append_qr (LanyardSetupCode *self, GtkSnapshot *snapshot, int x, int y)
{
  const GdkRGBA black = { 0, 0, 0, 1 };

  for (guint row = 0; row < self->qr->size; row++)
    for (guint column = 0; column < self->qr->size; column++)
      if (lanyard_qr_get (self->qr, column, row))
        append_box (snapshot, &black, x + (int)column * QR_PX, y + (int)row * QR_PX, QR_PX, QR_PX);
}

static void
append_line (LanyardSetupCode *self, GtkSnapshot *snapshot, int x, int y)
{
  const GdkRGBA black = { 0, 0, 0, 1 };

  for (guint i = 0; i < self->line->size; i++)
    if (self->line->modules[i] != 0)
      append_box (snapshot, &black, x + (int)i * LINE_PX, y, LINE_PX, LINE_HEIGHT_PX);
}

/* Never mirrored: a code reads from left to right in every language. */
static void
lanyard_setup_code_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LanyardSetupCode *self = LANYARD_SETUP_CODE (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  int top = (height - get_height (self)) / 2;
  int qr = (int)self->qr->size * QR_PX, line = (int)self->line->size * LINE_PX;
  const GdkRGBA white = { 1, 1, 1, 1 };
  GskRoundedRect card;

  gsk_rounded_rect_init_from_rect (&card, &GRAPHENE_RECT_INIT (0, 0, (float)width, (float)height),
                                   RADIUS_PX);
  gtk_snapshot_push_rounded_clip (snapshot, &card);
  append_box (snapshot, &white, 0, 0, width, height);
  append_qr (self, snapshot, (width - qr) / 2, top + QR_QUIET * QR_PX);
  append_line (self, snapshot, (width - line) / 2, top + qr + 2 * QR_QUIET * QR_PX);
  gtk_snapshot_pop (snapshot);
}

static void
lanyard_setup_code_finalize (GObject *object)
{
  LanyardSetupCode *self = LANYARD_SETUP_CODE (object);

  g_clear_pointer (&self->qr, lanyard_qr_free);
  g_clear_pointer (&self->line, lanyard_code128_free);
  G_OBJECT_CLASS (lanyard_setup_code_parent_class)->finalize (object);
}

static void
lanyard_setup_code_class_init (LanyardSetupCodeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = lanyard_setup_code_finalize;
  widget_class->measure = lanyard_setup_code_measure;
  widget_class->snapshot = lanyard_setup_code_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
lanyard_setup_code_init (LanyardSetupCode *self)
{
}

GtkWidget *
lanyard_setup_code_new (const char *text)
{
  LanyardSetupCode *self = g_object_new (LANYARD_TYPE_SETUP_CODE, NULL);

  self->qr = lanyard_qr_new (text, LANYARD_QR_LEVEL_M, NULL);
  self->line = lanyard_code128_new (text, NULL);
  g_return_val_if_fail (self->qr != NULL && self->line != NULL, NULL);
  return GTK_WIDGET (self);
}
