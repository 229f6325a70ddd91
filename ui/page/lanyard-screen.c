/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-screen.h"

#include "lanyard-illustration.h"

typedef struct
{
  /* owned */
  LanyardControls *controls;
  LanyardPack *pack; /* (nullable) */
  char *venue;       /* (nullable): code */
  LanyardWords *words;
  LanyardView *view; /* (nullable): only while the page is on */

  /* state */
  gboolean portrait;
  gboolean low;
  gboolean whole;
  LanyardHint hint;
} LanyardScreenPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (LanyardScreen, lanyard_screen, GTK_TYPE_WIDGET)

enum
{
  GO,
  TELL,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static LanyardScreenPrivate *
get_private (LanyardScreen *self)
{
  return lanyard_screen_get_instance_private (self);
}

/* A text of at most so many lines may have as many as it needs. */
static void
unroll_label (GtkLabel *label, gboolean whole)
{
  if (whole && gtk_label_get_ellipsize (label) == PANGO_ELLIPSIZE_END && gtk_label_get_wrap (label))
    {
      g_object_set_data (G_OBJECT (label), "lanyard-lines",
                         GINT_TO_POINTER (gtk_label_get_lines (label)));
      gtk_label_set_ellipsize (label, PANGO_ELLIPSIZE_NONE);
      gtk_label_set_lines (label, -1);
    }
  else if (!whole && g_object_get_data (G_OBJECT (label), "lanyard-lines") != NULL)
    {
      gtk_label_set_lines (label, GPOINTER_TO_INT (
                                      g_object_steal_data (G_OBJECT (label), "lanyard-lines")));
      gtk_label_set_ellipsize (label, PANGO_ELLIPSIZE_END);
    }
}

/* With large letters the page scrolls as one: what would scroll within it shows all of itself, and
 * a row of the class "turn-large" is a column. A list without an end, of the class "endless", keeps
 * its own. */
static void
unroll (GtkWidget *widget, gboolean whole)
{
  if (GTK_IS_LABEL (widget))
    unroll_label (GTK_LABEL (widget), whole);
  if (GTK_IS_BOX (widget) && gtk_widget_has_css_class (widget, "turn-large"))
    gtk_orientable_set_orientation (GTK_ORIENTABLE (widget),
                                    whole ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  if (gtk_widget_has_css_class (widget, "endless"))
    return;
  if (GTK_IS_SCROLLED_WINDOW (widget))
    g_object_set (widget, "vscrollbar-policy", whole ? GTK_POLICY_NEVER : GTK_POLICY_AUTOMATIC,
                  NULL);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    unroll (child, whole);
}

/* A GtkBox of the class "turn" is a row in landscape and a column in portrait; of the class
 * "halves", its row has columns of one width. One of the class "sinks" stands in the middle of its
 * place, or at its foot when what is to be touched belongs there. A drawing of the class "big"
 * grows with the page. */
static void
turn_boxes (GtkWidget *widget, gboolean portrait, gboolean low)
{
  if (GTK_IS_BOX (widget) && gtk_widget_has_css_class (widget, "sinks"))
    gtk_widget_set_valign (widget, low ? GTK_ALIGN_END : GTK_ALIGN_CENTER);
  if (GTK_IS_BOX (widget) && gtk_widget_has_css_class (widget, "turn"))
    {
      gtk_orientable_set_orientation (GTK_ORIENTABLE (widget), portrait
                                                                   ? GTK_ORIENTATION_VERTICAL
                                                                   : GTK_ORIENTATION_HORIZONTAL);
      gtk_box_set_homogeneous (GTK_BOX (widget),
                               !portrait && gtk_widget_has_css_class (widget, "halves"));
    }
  if (LANYARD_IS_ILLUSTRATION (widget) && gtk_widget_has_css_class (widget, "big"))
    lanyard_illustration_set_size (LANYARD_ILLUSTRATION (widget), portrait ? 560 : 400);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    turn_boxes (child, portrait, low);
}

static void
update (LanyardScreen *self)
{
  LanyardScreenPrivate *priv = get_private (self);

  if (priv->view != NULL)
    LANYARD_SCREEN_GET_CLASS (self)->update (self, priv->view);
  if (priv->view != NULL && LANYARD_SCREEN_GET_CLASS (self)->hint != NULL)
    LANYARD_SCREEN_GET_CLASS (self)->hint (self, priv->hint);
}

static void
lanyard_screen_constructed (GObject *object)
{
  LanyardScreenPrivate *priv = get_private (LANYARD_SCREEN (object));

  G_OBJECT_CLASS (lanyard_screen_parent_class)->constructed (object);
  /* takes note of what the template says, before a page puts anything else there */
  lanyard_words_translate (priv->words, GTK_WIDGET (object));
}

static void
lanyard_screen_dispose (GObject *object)
{
  LanyardScreenPrivate *priv = get_private (LANYARD_SCREEN (object));
  GtkWidget *child;

  /* gtk_widget_dispose_template() of the page takes away only what has an id in the template */
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&priv->controls);
  g_clear_pointer (&priv->view, lanyard_view_unref);
  g_clear_pointer (&priv->pack, lanyard_pack_unref);
  g_clear_pointer (&priv->venue, g_free);
  G_OBJECT_CLASS (lanyard_screen_parent_class)->dispose (object);
}

static void
lanyard_screen_finalize (GObject *object)
{
  LanyardScreenPrivate *priv = get_private (LANYARD_SCREEN (object));

  g_clear_pointer (&priv->words, lanyard_words_unref);
  G_OBJECT_CLASS (lanyard_screen_parent_class)->finalize (object);
}

static void
lanyard_screen_class_init (LanyardScreenClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = lanyard_screen_constructed;
  object_class->dispose = lanyard_screen_dispose;
  object_class->finalize = lanyard_screen_finalize;
  signals[GO] = g_signal_new ("go", LANYARD_TYPE_SCREEN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                              G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[TELL] = g_signal_new ("tell", LANYARD_TYPE_SCREEN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "page");
}

static void
lanyard_screen_init (LanyardScreen *self)
{
  LanyardScreenPrivate *priv = get_private (self);

  priv->words = lanyard_words_new (NULL);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
}

void
lanyard_screen_set_up (LanyardScreen *self,
                       LanyardControls *controls,
                       LanyardPack *pack,
                       const char *venue)
{
  LanyardScreenPrivate *priv;

  g_return_if_fail (LANYARD_IS_SCREEN (self) && LANYARD_IS_CONTROLS (controls));

  priv = get_private (self);
  g_set_object (&priv->controls, controls);
  g_clear_pointer (&priv->pack, lanyard_pack_unref);
  priv->pack = pack != NULL ? lanyard_pack_ref (pack) : NULL;
  g_free (priv->venue);
  priv->venue = g_strdup (venue);
}

void
lanyard_screen_set_words (LanyardScreen *self, LanyardWords *words)
{
  LanyardScreenPrivate *priv;

  g_return_if_fail (LANYARD_IS_SCREEN (self) && words != NULL);

  priv = get_private (self);
  if (priv->words == words)
    return;
  lanyard_words_unref (priv->words);
  priv->words = lanyard_words_ref (words);
  lanyard_words_translate (words, GTK_WIDGET (self));
  update (self);
}

void
lanyard_screen_set_portrait (LanyardScreen *self, gboolean portrait)
{
  LanyardScreenPrivate *priv;

  g_return_if_fail (LANYARD_IS_SCREEN (self));

  priv = get_private (self);
  priv->portrait = portrait;
  turn_boxes (GTK_WIDGET (self), portrait, priv->low);
  if (LANYARD_SCREEN_GET_CLASS (self)->arrange != NULL)
    LANYARD_SCREEN_GET_CLASS (self)->arrange (self, portrait);
}

void
lanyard_screen_set_low (LanyardScreen *self, gboolean low)
{
  g_return_if_fail (LANYARD_IS_SCREEN (self));

  get_private (self)->low = low;
}

void
lanyard_screen_set_whole (LanyardScreen *self, gboolean whole)
{
  LanyardScreenPrivate *priv;

  g_return_if_fail (LANYARD_IS_SCREEN (self));

  priv = get_private (self);
  unroll (GTK_WIDGET (self), whole);
  if (priv->whole == whole)
    return;
  priv->whole = whole;
  if (LANYARD_SCREEN_GET_CLASS (self)->arrange != NULL)
    LANYARD_SCREEN_GET_CLASS (self)->arrange (self, priv->portrait);
}

void
lanyard_screen_show_view (LanyardScreen *self, LanyardView *view)
{
  LanyardScreenPrivate *priv;

  g_return_if_fail (LANYARD_IS_SCREEN (self) && view != NULL);

  priv = get_private (self);
  lanyard_view_ref (view);
  g_clear_pointer (&priv->view, lanyard_view_unref);
  priv->view = view;
  update (self);
}

void
lanyard_screen_leave (LanyardScreen *self)
{
  LanyardScreenPrivate *priv;

  g_return_if_fail (LANYARD_IS_SCREEN (self));

  priv = get_private (self);
  g_clear_pointer (&priv->view, lanyard_view_unref);
  LANYARD_SCREEN_GET_CLASS (self)->clear (self);
}

void
lanyard_screen_show_status (LanyardScreen *self, const LanyardDeskStatus *status)
{
  g_return_if_fail (LANYARD_IS_SCREEN (self) && status != NULL);

  if (LANYARD_SCREEN_GET_CLASS (self)->status != NULL)
    LANYARD_SCREEN_GET_CLASS (self)->status (self, status);
}

void
lanyard_screen_show_picture (LanyardScreen *self, GdkTexture *picture)
{
  g_return_if_fail (LANYARD_IS_SCREEN (self));

  if (LANYARD_SCREEN_GET_CLASS (self)->picture != NULL)
    LANYARD_SCREEN_GET_CLASS (self)->picture (self, picture);
}

void
lanyard_screen_show_hint (LanyardScreen *self, LanyardHint hint)
{
  g_return_if_fail (LANYARD_IS_SCREEN (self));

  get_private (self)->hint = hint;
  if (LANYARD_SCREEN_GET_CLASS (self)->hint != NULL && get_private (self)->words != NULL)
    LANYARD_SCREEN_GET_CLASS (self)->hint (self, hint);
}

gboolean
lanyard_screen_show_notice (LanyardScreen *self, LanyardNotice notice)
{
  g_return_val_if_fail (LANYARD_IS_SCREEN (self), FALSE);

  return LANYARD_SCREEN_GET_CLASS (self)->notice != NULL
         && LANYARD_SCREEN_GET_CLASS (self)->notice (self, notice);
}

LanyardControls *
lanyard_screen_get_controls (LanyardScreen *self)
{
  g_return_val_if_fail (LANYARD_IS_SCREEN (self), NULL);

  return get_private (self)->controls;
}

void
lanyard_screen_answer (LanyardScreen *self, LanyardInput input, const char *serial)
{
  LanyardScreenPrivate *priv;

  g_return_if_fail (LANYARD_IS_SCREEN (self));

  priv = get_private (self);
  lanyard_controls_input (priv->controls, input, priv->view != NULL ? priv->view->question : 0,
                          serial);
}

LanyardPack *
lanyard_screen_get_pack (LanyardScreen *self)
{
  g_return_val_if_fail (LANYARD_IS_SCREEN (self), NULL);

  return get_private (self)->pack;
}

const char *
lanyard_screen_get_venue (LanyardScreen *self)
{
  g_return_val_if_fail (LANYARD_IS_SCREEN (self), NULL);

  return get_private (self)->venue;
}

LanyardView *
lanyard_screen_get_view (LanyardScreen *self)
{
  g_return_val_if_fail (LANYARD_IS_SCREEN (self), NULL);

  return get_private (self)->view;
}

LanyardWords *
lanyard_screen_get_words (LanyardScreen *self)
{
  g_return_val_if_fail (LANYARD_IS_SCREEN (self), NULL);

  return get_private (self)->words;
}

const char *
lanyard_screen_say (LanyardScreen *self, const char *msgid)
{
  g_return_val_if_fail (LANYARD_IS_SCREEN (self), msgid);

  return lanyard_words_get (get_private (self)->words, msgid);
}

gboolean
lanyard_screen_get_portrait (LanyardScreen *self)
{
  g_return_val_if_fail (LANYARD_IS_SCREEN (self), FALSE);

  return get_private (self)->portrait;
}

gboolean
lanyard_screen_get_low (LanyardScreen *self)
{
  g_return_val_if_fail (LANYARD_IS_SCREEN (self), FALSE);

  return get_private (self)->low;
}

gboolean
lanyard_screen_get_whole (LanyardScreen *self)
{
  g_return_val_if_fail (LANYARD_IS_SCREEN (self), FALSE);

  return get_private (self)->whole;
}

void
lanyard_screen_go (LanyardScreen *self, const char *local)
{
  g_return_if_fail (LANYARD_IS_SCREEN (self));

  g_signal_emit (self, signals[GO], 0, local);
}

void
lanyard_screen_tell (LanyardScreen *self, const char *text)
{
  g_return_if_fail (LANYARD_IS_SCREEN (self) && text != NULL);

  g_signal_emit (self, signals[TELL], 0, text);
}
