/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-scan-back-page.h"

#include "lanyard-camera-view.h"
#include "lanyard-page-layout.h"

struct _LanyardScanBackPage
{
  LanyardScreen parent_instance;

  /* template children */
  GtkGrid *grid;
  GtkWidget *words_box;
  GtkWidget *camera_box;
  GtkWidget *actions_box;
  LanyardCameraView *camera;
  GtkLabel *hint_label;
  GtkWidget *stop_button;
  GtkLabel *whose_label;
  GtkWidget *lead_label;
};

G_DEFINE_FINAL_TYPE (LanyardScanBackPage, lanyard_scan_back_page, LANYARD_TYPE_SCREEN)

static void
on_unreadable_clicked (GtkButton *button, LanyardScanBackPage *self)
{
  lanyard_screen_answer (LANYARD_SCREEN (self), LANYARD_INPUT_UNREADABLE, NULL);
}

/* Of a team: this badge is the last one for now. */
static void
on_stop_clicked (GtkButton *button, LanyardScanBackPage *self)
{
  g_autoptr (LanyardStaffAction) action = lanyard_staff_action_new (LANYARD_ACT_STOP_TEAM);

  lanyard_controls_act (lanyard_screen_get_controls (LANYARD_SCREEN (self)), action);
}

static void
lanyard_scan_back_page_update (LanyardScreen *screen, LanyardView *view)
{
  LanyardScanBackPage *self = LANYARD_SCAN_BACK_PAGE (screen);
  const LanyardTeamMember *member
      = view->team != NULL && view->team->alone ? lanyard_team_get_under_way (view->team) : NULL;

  gtk_widget_set_visible (self->stop_button, view->team != NULL && view->team->running);
  gtk_widget_set_visible (GTK_WIDGET (self->whose_label), member != NULL);
  /* whoever has read it once need not for each badge */
  gtk_widget_set_visible (self->lead_label, member == NULL);
  gtk_label_set_label (self->whose_label, member != NULL ? member->name : "");
}

static void
lanyard_scan_back_page_clear (LanyardScreen *screen)
{
  gtk_label_set_label (LANYARD_SCAN_BACK_PAGE (screen)->whose_label, "");
}

static void
lanyard_scan_back_page_arrange (LanyardScreen *screen, gboolean portrait)
{
  LanyardScanBackPage *self = LANYARD_SCAN_BACK_PAGE (screen);

  lanyard_page_layout_reach (screen, self->grid, self->words_box, self->camera_box,
                             self->actions_box, portrait);
}

static void
lanyard_scan_back_page_picture (LanyardScreen *screen, GdkTexture *picture)
{
  lanyard_camera_view_set_picture (LANYARD_SCAN_BACK_PAGE (screen)->camera, picture);
}

static void
lanyard_scan_back_page_hint (LanyardScreen *screen, LanyardHint hint)
{
  lanyard_page_layout_hint (LANYARD_SCAN_BACK_PAGE (screen)->hint_label, screen, hint);
}

static void
lanyard_scan_back_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LANYARD_TYPE_SCAN_BACK_PAGE);
  G_OBJECT_CLASS (lanyard_scan_back_page_parent_class)->dispose (object);
}

static void
lanyard_scan_back_page_class_init (LanyardScanBackPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  LanyardScreenClass *screen_class = LANYARD_SCREEN_CLASS (klass);

  g_type_ensure (LANYARD_TYPE_CAMERA_VIEW);
  G_OBJECT_CLASS (klass)->dispose = lanyard_scan_back_page_dispose;
  screen_class->update = lanyard_scan_back_page_update;
  screen_class->clear = lanyard_scan_back_page_clear;
  screen_class->arrange = lanyard_scan_back_page_arrange;
  screen_class->picture = lanyard_scan_back_page_picture;
  screen_class->hint = lanyard_scan_back_page_hint;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/lanyard/Kiosk/page/lanyard-scan-back-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LanyardScanBackPage, grid);
  gtk_widget_class_bind_template_child (widget_class, LanyardScanBackPage, words_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardScanBackPage, camera_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardScanBackPage, actions_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardScanBackPage, camera);
  gtk_widget_class_bind_template_child (widget_class, LanyardScanBackPage, hint_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardScanBackPage, stop_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardScanBackPage, whose_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardScanBackPage, lead_label);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_unreadable_clicked);
}

static void
lanyard_scan_back_page_init (LanyardScanBackPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
