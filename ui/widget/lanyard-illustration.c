/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-illustration.h"

#include <librsvg/rsvg.h>

#include "lanyard-paint.h"
#include "lanyard-picture-trial.h"

#define DRAWINGS "/org/lanyard/Kiosk/illustrations/"

struct _LanyardIllustration
{
  GtkWidget parent_instance;

  /* owned */
  char *name;         /* (nullable) */
  GBytes *tried;      /* (nullable): the last that was none of ours */
  RsvgHandle *handle; /* (nullable) */

  /* state */
  int size_px;
  double widest;     /* width to height */
  gboolean coloured; /* the style sheet of the present look has been given to handle */
  gboolean sound;    /* tried can be drawn */
  gboolean own;      /* one of our drawings, which takes the colours of the look */
  GdkRGBA colour;    /* the text colour for which it was coloured */
};

G_DEFINE_FINAL_TYPE (LanyardIllustration, lanyard_illustration, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_NAME,
  PROP_SIZE,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

/* Class in the drawing, colour in the style sheet. */
static const char *const COLOURS[][2] = {
  { "brand", "brand" },   { "on-brand", "on_brand" }, { "accent", "accent" }, { "ink", "ink" },
  { "soft", "ink_soft" }, { "line", "line" },         { "card", "card" },     { "paper", "paper" },
  { "good", "good" },     { "warn", "warn" },         { "bad", "bad" },
};

static void
add_rule (GString *css, const char *name, const GdkRGBA *colour)
{
  g_autofree char *text = NULL;
  GdkRGBA opaque = *colour;

  opaque.alpha = 1;
  text = gdk_rgba_to_string (&opaque);
  g_string_append_printf (css, ".%s{fill:%s}.%s-line{stroke:%s;fill:none}\n", name, text, name,
                          text);
}

static void
colour_in (LanyardIllustration *self)
{
  GtkStyleContext *context = gtk_widget_get_style_context (GTK_WIDGET (self));
  g_autoptr (GString) css = g_string_new (NULL);
  GdkRGBA colour;

  gtk_style_context_get_color (context, &colour);
  if (!self->own || (self->coloured && gdk_rgba_equal (&colour, &self->colour)))
    return;
  add_rule (css, "current", &colour);
  self->colour = colour;
  for (gsize i = 0; i < G_N_ELEMENTS (COLOURS); i++)
    {
      lanyard_paint_get_colour (GTK_WIDGET (self), COLOURS[i][1], &colour);
      add_rule (css, COLOURS[i][0], &colour);
    }
  rsvg_handle_set_stylesheet (self->handle, (const guint8 *)css->str, css->len, NULL);
  self->coloured = TRUE;
}

static void
take_svg (LanyardIllustration *self, GBytes *svg)
{
  g_autoptr (GError) error = NULL;
  gsize size;
  gconstpointer data;

  g_clear_object (&self->handle);
  self->coloured = FALSE;
  if (svg != NULL)
    {
      data = g_bytes_get_data (svg, &size);
      self->handle = rsvg_handle_new_from_data (data, size, &error);
      if (self->handle == NULL)
        g_message ("A drawing cannot be shown: %s", error->message);
    }
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/* Pages ask at every change of theirs, and trying takes as long as drawing. */
static gboolean
try_svg (LanyardIllustration *self, GBytes *svg)
{
  g_autoptr (GError) error = NULL;

  if (self->tried != NULL && g_bytes_equal (svg, self->tried))
    return self->sound;
  g_clear_pointer (&self->tried, g_bytes_unref);
  self->tried = g_bytes_ref (svg);
  self->sound = lanyard_picture_try (svg, "A drawing of the pack", &error);
  if (!self->sound)
    g_message ("%s. It is left out; ask 'lanyard pack check'.", error->message);
  return self->sound;
}

static double
get_aspect (LanyardIllustration *self)
{
  double width, height;

  if (self->handle == NULL
      || !rsvg_handle_get_intrinsic_size_in_pixels (self->handle, &width, &height) || height <= 0)
    return 1;
  return CLAMP (width / height, 0.1, self->widest);
}

static void
lanyard_illustration_measure (GtkWidget *widget,
                              GtkOrientation orientation,
                              int for_size,
                              int *minimum,
                              int *natural,
                              int *minimum_baseline,
                              int *natural_baseline)
{
  LanyardIllustration *self = LANYARD_ILLUSTRATION (widget);
  int size = self->handle != NULL ? self->size_px : 0;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    size = (int)(size * get_aspect (self) + 0.5);
  *minimum = *natural = size;
}

static void
lanyard_illustration_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LanyardIllustration *self = LANYARD_ILLUSTRATION (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  RsvgRectangle viewport = { 0, 0, width, height };
  cairo_t *cr;

  if (self->handle == NULL || width == 0 || height == 0)
    return;
  colour_in (self);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  rsvg_handle_render_document (self->handle, cr, &viewport, NULL);
  cairo_destroy (cr);
}

static void
lanyard_illustration_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  LanyardIllustration *self = LANYARD_ILLUSTRATION (widget);

  GTK_WIDGET_CLASS (lanyard_illustration_parent_class)->css_changed (widget, change);
  self->coloured = FALSE;
  gtk_widget_queue_draw (widget);
}

static void
lanyard_illustration_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LanyardIllustration *self = LANYARD_ILLUSTRATION (object);

  if (id == PROP_NAME)
    g_value_set_string (value, self->name);
  else
    g_value_set_int (value, self->size_px);
}

static void
lanyard_illustration_set_property (GObject *object,
                                   guint id,
                                   const GValue *value,
                                   GParamSpec *pspec)
{
  LanyardIllustration *self = LANYARD_ILLUSTRATION (object);

  if (id == PROP_NAME)
    lanyard_illustration_set_name (self, g_value_get_string (value));
  else
    lanyard_illustration_set_size (self, g_value_get_int (value));
}

static void
lanyard_illustration_finalize (GObject *object)
{
  LanyardIllustration *self = LANYARD_ILLUSTRATION (object);

  g_clear_object (&self->handle);
  g_clear_pointer (&self->tried, g_bytes_unref);
  g_clear_pointer (&self->name, g_free);
  G_OBJECT_CLASS (lanyard_illustration_parent_class)->finalize (object);
}

static void
lanyard_illustration_class_init (LanyardIllustrationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = lanyard_illustration_get_property;
  object_class->set_property = lanyard_illustration_set_property;
  object_class->finalize = lanyard_illustration_finalize;
  widget_class->measure = lanyard_illustration_measure;
  widget_class->snapshot = lanyard_illustration_snapshot;
  widget_class->css_changed = lanyard_illustration_css_changed;
  properties[PROP_NAME]
      = g_param_spec_string ("name", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SIZE] = g_param_spec_int ("size", NULL, NULL, 8, 2000, 48,
                                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_css_name (widget_class, "illustration");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
lanyard_illustration_init (LanyardIllustration *self)
{
  self->size_px = 48;
  self->widest = 10;
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

void
lanyard_illustration_set_name (LanyardIllustration *self, const char *name)
{
  g_autofree char *path = NULL;
  g_autoptr (GBytes) svg = NULL;

  g_return_if_fail (LANYARD_IS_ILLUSTRATION (self));

  if (g_strcmp0 (self->name, name) == 0)
    return;
  g_free (self->name);
  self->name = g_strdup (name);
  if (name != NULL)
    {
      path = g_strconcat (DRAWINGS, name, ".svg", NULL);
      svg = g_resources_lookup_data (path, 0, NULL);
      g_warn_if_fail (svg != NULL);
    }
  self->own = TRUE;
  take_svg (self, svg);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
}

void
lanyard_illustration_set_size (LanyardIllustration *self, int size_px)
{
  g_return_if_fail (LANYARD_IS_ILLUSTRATION (self));

  if (self->size_px == size_px)
    return;
  self->size_px = size_px;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SIZE]);
}

gboolean
lanyard_illustration_set_svg (LanyardIllustration *self, GBytes *svg)
{
  g_return_val_if_fail (LANYARD_IS_ILLUSTRATION (self), FALSE);

  if (svg != NULL && !try_svg (self, svg))
    svg = NULL;
  g_clear_pointer (&self->name, g_free);
  self->own = FALSE;
  take_svg (self, svg);
  return self->handle != NULL;
}

void
lanyard_illustration_set_widest (LanyardIllustration *self, double aspect)
{
  g_return_if_fail (LANYARD_IS_ILLUSTRATION (self) && aspect >= 1);

  self->widest = aspect;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
