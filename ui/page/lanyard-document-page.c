/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-document-page.h"

#include "lanyard-camera-view.h"
#include "lanyard-page-layout.h"

struct _LanyardDocumentPage
{
  LanyardScreen parent_instance;

  /* template children */
  GtkGrid *grid;
  GtkWidget *words_box;
  GtkWidget *camera_box;
  GtkWidget *actions_box;
  LanyardCameraView *camera;
  GtkLabel *hint_label;
};

G_DEFINE_FINAL_TYPE (LanyardDocumentPage, lanyard_document_page, LANYARD_TYPE_SCREEN)

static void
on_help_clicked (GtkButton *button, LanyardDocumentPage *self)
{
  lanyard_screen_answer (LANYARD_SCREEN (self), LANYARD_INPUT_CALL_STAFF, NULL);
}

static void
on_back_clicked (GtkButton *button, LanyardDocumentPage *self)
{
  lanyard_screen_answer (LANYARD_SCREEN (self), LANYARD_INPUT_CANCEL, NULL);
}

static void
lanyard_document_page_update (LanyardScreen *screen, LanyardView *view)
{
}

static void
lanyard_document_page_clear (LanyardScreen *screen)
{
}

static void
lanyard_document_page_arrange (LanyardScreen *screen, gboolean portrait)
{
  LanyardDocumentPage *self = LANYARD_DOCUMENT_PAGE (screen);

  lanyard_page_layout_reach (screen, self->grid, self->words_box, self->camera_box,
                             self->actions_box, portrait);
  gtk_box_set_homogeneous (GTK_BOX (self->actions_box),
                           lanyard_screen_get_low (screen) && !portrait);
}

static void
lanyard_document_page_picture (LanyardScreen *screen, GdkTexture *picture)
{
  lanyard_camera_view_set_picture (LANYARD_DOCUMENT_PAGE (screen)->camera, picture);
}

static void
lanyard_document_page_hint (LanyardScreen *screen, LanyardHint hint)
{
  lanyard_page_layout_hint (LANYARD_DOCUMENT_PAGE (screen)->hint_label, screen, hint);
}

static void
lanyard_document_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LANYARD_TYPE_DOCUMENT_PAGE);
  G_OBJECT_CLASS (lanyard_document_page_parent_class)->dispose (object);
}

static void
lanyard_document_page_class_init (LanyardDocumentPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  LanyardScreenClass *screen_class = LANYARD_SCREEN_CLASS (klass);

  g_type_ensure (LANYARD_TYPE_CAMERA_VIEW);
  G_OBJECT_CLASS (klass)->dispose = lanyard_document_page_dispose;
  screen_class->update = lanyard_document_page_update;
  screen_class->clear = lanyard_document_page_clear;
  screen_class->arrange = lanyard_document_page_arrange;
  screen_class->picture = lanyard_document_page_picture;
  screen_class->hint = lanyard_document_page_hint;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/lanyard/Kiosk/page/lanyard-document-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LanyardDocumentPage, grid);
  gtk_widget_class_bind_template_child (widget_class, LanyardDocumentPage, words_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardDocumentPage, camera_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardDocumentPage, actions_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardDocumentPage, camera);
  gtk_widget_class_bind_template_child (widget_class, LanyardDocumentPage, hint_label);
  gtk_widget_class_bind_template_callback (widget_class, on_help_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_back_clicked);
}

static void
lanyard_document_page_init (LanyardDocumentPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
