/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-shortcuts-page.h"

#include "lanyard-shortcuts.h"

struct _LanyardShortcutsPage
{
  LanyardScreen parent_instance;

  /* template children */
  GtkGrid *table;
};

G_DEFINE_FINAL_TYPE (LanyardShortcutsPage, lanyard_shortcuts_page, LANYARD_TYPE_SCREEN)

static GtkWidget *
new_cell (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, css_class);
  gtk_widget_add_css_class (label, "verbatim");
  return label;
}

static GtkWidget *
new_key_cap (const char *keys)
{
  GtkWidget *cap = new_cell (keys, "key-cap");

  gtk_label_set_xalign (GTK_LABEL (cap), 0.5f);
  gtk_label_set_wrap (GTK_LABEL (cap), FALSE);
  gtk_widget_set_halign (cap, GTK_ALIGN_START);
  gtk_widget_set_valign (cap, GTK_ALIGN_CENTER);
  return cap;
}

/* Side by side where a screen is wide: all of them are seen at once. */
static void
fill_table (LanyardShortcutsPage *self)
{
  LanyardScreen *screen = LANYARD_SCREEN (self);
  gboolean stacks = lanyard_screen_get_portrait (screen) || lanyard_screen_get_whole (screen);
  GtkWidget *child;
  guint n;
  const LanyardShortcut *shortcuts = lanyard_shortcuts_list (&n);
  guint rows = stacks ? n : (n + 1) / 2;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->table))) != NULL)
    gtk_grid_remove (self->table, child);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *keys
          = lanyard_shortcut_dup_keys (&shortcuts[i], lanyard_screen_get_words (screen));
      GtkWidget *words = new_cell (lanyard_screen_say (screen, shortcuts[i].words), "row-name");

      gtk_widget_set_hexpand (words, TRUE);
      gtk_grid_attach (self->table, new_key_cap (keys), (int)(i / rows) * 2, (int)(i % rows), 1, 1);
      gtk_grid_attach (self->table, words, (int)(i / rows) * 2 + 1, (int)(i % rows), 1, 1);
    }
}

static void
lanyard_shortcuts_page_update (LanyardScreen *screen, LanyardView *view)
{
  fill_table (LANYARD_SHORTCUTS_PAGE (screen));
}

static void
lanyard_shortcuts_page_arrange (LanyardScreen *screen, gboolean portrait)
{
  if (lanyard_screen_get_view (screen) != NULL)
    fill_table (LANYARD_SHORTCUTS_PAGE (screen));
}

/* Keys are nobody's. */
static void
lanyard_shortcuts_page_clear (LanyardScreen *screen)
{
}

static void
on_back_clicked (GtkButton *button, LanyardShortcutsPage *self)
{
  lanyard_screen_go (LANYARD_SCREEN (self), NULL);
}

static void
lanyard_shortcuts_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LANYARD_TYPE_SHORTCUTS_PAGE);
  G_OBJECT_CLASS (lanyard_shortcuts_page_parent_class)->dispose (object);
}

static void
lanyard_shortcuts_page_class_init (LanyardShortcutsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  LanyardScreenClass *screen_class = LANYARD_SCREEN_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lanyard_shortcuts_page_dispose;
  screen_class->update = lanyard_shortcuts_page_update;
  screen_class->arrange = lanyard_shortcuts_page_arrange;
  screen_class->clear = lanyard_shortcuts_page_clear;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/lanyard/Kiosk/page/lanyard-shortcuts-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LanyardShortcutsPage, table);
  gtk_widget_class_bind_template_callback (widget_class, on_back_clicked);
}

static void
lanyard_shortcuts_page_init (LanyardShortcutsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
