/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-setup-page.h"

#define COLUMN_SPACING 40
#define ROW_SPACING 16

typedef struct
{
  /* owned */
  LanyardSetup *setup;
  LanyardWords *words;

  /* borrowed */
  GtkBox *columns;

  /* state */
  gboolean on;
  gboolean ready;
} LanyardSetupPagePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (LanyardSetupPage, lanyard_setup_page, GTK_TYPE_WIDGET)

enum
{
  CHANGED,
  LANGUAGE,
  COVER,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static LanyardSetupPagePrivate *
get_private (LanyardSetupPage *self)
{
  return lanyard_setup_page_get_instance_private (self);
}

static void
on_scanned (LanyardSetup *setup, const LanyardScan *scan, LanyardSetupPage *self)
{
  g_autofree char *text = lanyard_scan_dup_text (scan);

  if (get_private (self)->on && text != NULL
      && LANYARD_SETUP_PAGE_GET_CLASS (self)->scanned != NULL)
    LANYARD_SETUP_PAGE_GET_CLASS (self)->scanned (self, scan, text);
}

static void
on_picture (LanyardSetup *setup, GdkTexture *picture, LanyardSetupPage *self)
{
  if (get_private (self)->on && LANYARD_SETUP_PAGE_GET_CLASS (self)->picture != NULL)
    LANYARD_SETUP_PAGE_GET_CLASS (self)->picture (self, picture);
}

static void
lanyard_setup_page_dispose (GObject *object)
{
  LanyardSetupPage *self = LANYARD_SETUP_PAGE (object);
  LanyardSetupPagePrivate *priv = get_private (self);
  GtkWidget *child;

  lanyard_setup_page_leave (self);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&priv->setup);
  g_clear_pointer (&priv->words, lanyard_words_unref);
  G_OBJECT_CLASS (lanyard_setup_page_parent_class)->dispose (object);
}

static void
lanyard_setup_page_class_init (LanyardSetupPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lanyard_setup_page_dispose;
  signals[CHANGED] = g_signal_new ("changed", LANYARD_TYPE_SETUP_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[LANGUAGE] = g_signal_new ("language", LANYARD_TYPE_SETUP_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[COVER] = g_signal_new ("cover", LANYARD_TYPE_SETUP_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, GTK_TYPE_WIDGET);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "setup-page");
}

static void
lanyard_setup_page_init (LanyardSetupPage *self)
{
  LanyardSetupPagePrivate *priv = get_private (self);

  priv->words = lanyard_words_new (NULL);
  priv->columns = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, COLUMN_SPACING));
  gtk_widget_set_vexpand (GTK_WIDGET (priv->columns), TRUE);
  gtk_widget_set_parent (GTK_WIDGET (priv->columns), GTK_WIDGET (self));
}

void
lanyard_setup_page_set_up (LanyardSetupPage *self, LanyardSetup *setup)
{
  LanyardSetupPagePrivate *priv;

  g_return_if_fail (LANYARD_IS_SETUP_PAGE (self) && LANYARD_IS_SETUP (setup));

  priv = get_private (self);
  g_set_object (&priv->setup, setup);
  g_signal_connect_object (setup, "scanned", G_CALLBACK (on_scanned), self, 0);
  g_signal_connect_object (setup, "picture", G_CALLBACK (on_picture), self, 0);
}

void
lanyard_setup_page_set_words (LanyardSetupPage *self, LanyardWords *words)
{
  LanyardSetupPagePrivate *priv;

  g_return_if_fail (LANYARD_IS_SETUP_PAGE (self) && words != NULL);

  priv = get_private (self);
  lanyard_words_ref (words);
  lanyard_words_unref (priv->words);
  priv->words = words;
  lanyard_words_translate (words, GTK_WIDGET (self));
  lanyard_setup_page_update (self);
}

void
lanyard_setup_page_set_narrow (LanyardSetupPage *self, gboolean narrow)
{
  g_return_if_fail (LANYARD_IS_SETUP_PAGE (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (get_private (self)->columns),
                                  narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
}

void
lanyard_setup_page_enter (LanyardSetupPage *self)
{
  g_return_if_fail (LANYARD_IS_SETUP_PAGE (self));

  if (get_private (self)->on)
    return;
  get_private (self)->on = TRUE;
  if (LANYARD_SETUP_PAGE_GET_CLASS (self)->enter != NULL)
    LANYARD_SETUP_PAGE_GET_CLASS (self)->enter (self);
  lanyard_setup_page_update (self);
}

void
lanyard_setup_page_leave (LanyardSetupPage *self)
{
  g_return_if_fail (LANYARD_IS_SETUP_PAGE (self));

  if (!get_private (self)->on)
    return;
  get_private (self)->on = FALSE;
  if (LANYARD_SETUP_PAGE_GET_CLASS (self)->leave != NULL)
    LANYARD_SETUP_PAGE_GET_CLASS (self)->leave (self);
}

void
lanyard_setup_page_update (LanyardSetupPage *self)
{
  g_return_if_fail (LANYARD_IS_SETUP_PAGE (self));

  if (get_private (self)->on && LANYARD_SETUP_PAGE_GET_CLASS (self)->update != NULL)
    LANYARD_SETUP_PAGE_GET_CLASS (self)->update (self);
}

gboolean
lanyard_setup_page_finish (LanyardSetupPage *self, GError **error)
{
  g_return_val_if_fail (LANYARD_IS_SETUP_PAGE (self), FALSE);

  if (LANYARD_SETUP_PAGE_GET_CLASS (self)->finish != NULL)
    return LANYARD_SETUP_PAGE_GET_CLASS (self)->finish (self, error);
  return lanyard_setup_take (get_private (self)->setup, LANYARD_SETUP_FINISH, NULL, 0, error);
}

gboolean
lanyard_setup_page_is_ready (LanyardSetupPage *self)
{
  g_return_val_if_fail (LANYARD_IS_SETUP_PAGE (self), FALSE);

  return get_private (self)->ready;
}

LanyardSetup *
lanyard_setup_page_get_setup (LanyardSetupPage *self)
{
  return get_private (self)->setup;
}

void
lanyard_setup_page_set_ready (LanyardSetupPage *self, gboolean ready)
{
  g_return_if_fail (LANYARD_IS_SETUP_PAGE (self));

  get_private (self)->ready = ready;
  g_signal_emit (self, signals[CHANGED], 0);
}

GtkBox *
lanyard_setup_page_get_columns (LanyardSetupPage *self)
{
  return get_private (self)->columns;
}

LanyardWords *
lanyard_setup_page_get_words (LanyardSetupPage *self)
{
  return get_private (self)->words;
}

const char *
lanyard_setup_page_say (LanyardSetupPage *self, const char *msgid)
{
  return lanyard_words_get (get_private (self)->words, msgid);
}

void
lanyard_setup_page_choose_language (LanyardSetupPage *self, const char *language)
{
  g_signal_emit (self, signals[LANGUAGE], 0, language);
}

void
lanyard_setup_page_cover (LanyardSetupPage *self, GtkWidget *widget)
{
  g_signal_emit (self, signals[COVER], 0, widget);
}

GtkWidget *
lanyard_setup_label (const char *msgid, const char *css_class)
{
  GtkWidget *label = gtk_label_new (msgid != NULL ? msgid : "");

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (msgid == NULL)
    gtk_widget_add_css_class (label, "verbatim");
  gtk_widget_add_css_class (label, css_class);
  return label;
}

GtkWidget *
lanyard_setup_button (const char *msgid, const char *css_class, GCallback clicked, gpointer data)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *label = lanyard_setup_label (msgid, "button-text");

  gtk_label_set_xalign (GTK_LABEL (label), 0.5f);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_widget_add_css_class (button, css_class);
  g_signal_connect (button, "clicked", clicked, data);
  return button;
}

GtkWidget *
lanyard_setup_column (GtkBox *columns)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, ROW_SPACING);

  gtk_widget_set_hexpand (column, TRUE);
  gtk_box_append (columns, column);
  return column;
}

GtkWidget *
lanyard_setup_verdict (GtkLabel **label)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *text = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT,
                                  "wrap", TRUE, "xalign", 0.0f, NULL);

  gtk_widget_add_css_class (text, "verdict");
  gtk_widget_add_css_class (text, "verbatim");
  gtk_widget_add_css_class (box, "verdict-box");
  gtk_box_append (GTK_BOX (box), text);
  gtk_widget_set_visible (box, FALSE);
  *label = GTK_LABEL (text);
  return box;
}

void
lanyard_setup_tell (GtkLabel *verdict, const char *text, const char *css_class)
{
  GtkWidget *box = gtk_widget_get_parent (GTK_WIDGET (verdict));
  static const char *const classes[] = { "good", "bad" };

  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    if (g_str_equal (classes[i], css_class))
      gtk_widget_add_css_class (box, classes[i]);
    else
      gtk_widget_remove_css_class (box, classes[i]);
  gtk_label_set_label (verdict, text != NULL ? text : "");
  gtk_widget_set_visible (box, text != NULL);
}
