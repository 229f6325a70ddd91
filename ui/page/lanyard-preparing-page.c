/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-preparing-page.h"

#include "lanyard-illustration.h"

struct _LanyardPreparingPage
{
  LanyardScreen parent_instance;
};

G_DEFINE_FINAL_TYPE (LanyardPreparingPage, lanyard_preparing_page, LANYARD_TYPE_SCREEN)

/* It says the same to everybody. */
static void
lanyard_preparing_page_update (LanyardScreen *screen, LanyardView *view)
{
}

static void
lanyard_preparing_page_clear (LanyardScreen *screen)
{
}

static void
lanyard_preparing_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LANYARD_TYPE_PREPARING_PAGE);
  G_OBJECT_CLASS (lanyard_preparing_page_parent_class)->dispose (object);
}

static void
lanyard_preparing_page_class_init (LanyardPreparingPageClass *klass)
{
  LanyardScreenClass *screen_class = LANYARD_SCREEN_CLASS (klass);

  g_type_ensure (LANYARD_TYPE_ILLUSTRATION);
  screen_class->update = lanyard_preparing_page_update;
  screen_class->clear = lanyard_preparing_page_clear;
  G_OBJECT_CLASS (klass)->dispose = lanyard_preparing_page_dispose;
  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass),
                                               "/org/lanyard/Kiosk/page/lanyard-preparing-page.ui");
}

static void
lanyard_preparing_page_init (LanyardPreparingPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
