/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-badge-preview.h"

#include "lanyard-badge.h"
#include "lanyard-hash.h"

/* Largest on the screen, so that both sides stand beside each other in a panel. */
#define MAX_WIDTH_PX 240.0
#define MAX_HEIGHT_PX 312.0
#define LARGE 1.5
#define MAX_SIDES 2
/* A code that looks like one and is none: about as many modules as a credential's. */
#define NO_CREDENTIAL                                                                              \
  "PREVIEW PREVIEW PREVIEW PREVIEW PREVIEW PREVIEW PREVIEW PREVIEW PREVIEW PREVIEW PREVIEW "       \
  "PREVIEW PREVIEW PREVIEW PREVIEW PREVIEW PREVIEW PREVIEW PREVIEW PREVIEW PREVIEW PREVIEW"

struct _LanyardBadgePreview
{
  GtkWidget parent_instance;

  /* template children */
  GtkWidget *column;
  GtkBox *sides;
  GtkWidget *problem_label;
  GtkLabel *detail_label;

  /* owned */
  GCancellable *drawing; /* (nullable): what is drawn now */

  /* state */
  gboolean large;
  LanyardHash shown; /* of the person and photo that are shown or drawn; zero: nobody */
  guint n_sides;
};

G_DEFINE_FINAL_TYPE (LanyardBadgePreview, lanyard_badge_preview, GTK_TYPE_WIDGET)

/* What a drawing thread gets. */
typedef struct
{
  LanyardPack *pack;   /* owned */
  LanyardEntry *entry; /* owned: wiped when freed */
  GBytes *photo;       /* owned (nullable) */
  double larger;       /* than the largest of above */
} Order;

static void
order_free (gpointer data)
{
  Order *order = data;

  lanyard_pack_unref (order->pack);
  lanyard_entry_free (order->entry);
  g_clear_pointer (&order->photo, g_bytes_unref);
  g_free (order);
}

static void
weak_ref_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static GdkTexture *
to_texture (cairo_surface_t *surface)
{
  int stride = cairo_image_surface_get_stride (surface);
  int height = cairo_image_surface_get_height (surface);
  g_autoptr (GBytes) pixels = NULL;

  cairo_surface_flush (surface);
  pixels
      = g_bytes_new_with_free_func (cairo_image_surface_get_data (surface), (gsize)stride * height,
                                    (GDestroyNotify)(void (*) (void))cairo_surface_destroy,
                                    cairo_surface_reference (surface));
  return gdk_memory_texture_new (cairo_image_surface_get_width (surface), height,
                                 GDK_MEMORY_DEFAULT, pixels, stride);
}

static GdkTexture *
draw_side (LanyardBadge *badge,
           const LanyardBadgeContent *content,
           guint page,
           double larger,
           GError **error)
{
  double width = lanyard_badge_get_width_mm (badge);
  double height = lanyard_badge_get_height_mm (badge);
  double scale = larger * MIN (MAX_WIDTH_PX / width, MAX_HEIGHT_PX / height);
  cairo_surface_t *surface
      = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, MAX (1, (int)(width * scale)),
                                    MAX (1, (int)(height * scale)));
  cairo_t *cr = cairo_create (surface);
  GdkTexture *texture = NULL;

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, scale, scale);
  if (lanyard_badge_draw (badge, content, page, cr, error))
    texture = to_texture (surface);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return texture;
}

static void
draw_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Order *order = data;
  g_autoptr (GPtrArray) sides = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardBadge) badge
      = lanyard_badge_new_for_category (order->pack, order->entry->category, &error);
  LanyardBadgeContent content = {
    .entry = order->entry,
    .photo = order->photo,
    .credential = NO_CREDENTIAL,
  };

  for (guint page = 0; badge != NULL && page < lanyard_badge_get_n_pages (badge); page++)
    {
      GdkTexture *side = NULL;

      if (!g_cancellable_is_cancelled (cancellable))
        side = draw_side (badge, &content, page, order->larger, &error);
      if (side == NULL)
        break;
      g_ptr_array_add (sides, side);
    }
  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, g_steal_pointer (&sides), (GDestroyNotify)g_ptr_array_unref);
}

static void
remove_sides (LanyardBadgePreview *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->sides))) != NULL)
    gtk_box_remove (self->sides, child);
  self->n_sides = 0;
}

static void
show_problem (LanyardBadgePreview *self, const char *detail)
{
  gtk_widget_set_visible (self->problem_label, detail != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->detail_label), detail != NULL);
  gtk_label_set_label (self->detail_label, detail != NULL ? detail : "");
}

static void
show_sides (LanyardBadgePreview *self, GPtrArray *sides)
{
  remove_sides (self);
  for (guint i = 0; i < MIN (sides->len, MAX_SIDES); i++)
    {
      GtkWidget *picture = gtk_picture_new_for_paintable (g_ptr_array_index (sides, i));

      gtk_picture_set_can_shrink (GTK_PICTURE (picture), FALSE);
      gtk_widget_set_valign (picture, GTK_ALIGN_START);
      gtk_widget_add_css_class (picture, "preview-side");
      gtk_box_append (self->sides, picture);
      self->n_sides++;
    }
}

static void
on_drawn (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LanyardBadgePreview) self = g_weak_ref_get (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) sides = g_task_propagate_pointer (G_TASK (result), &error);

  /* Somebody else stands there by now, or nobody. */
  if (self == NULL || self->drawing != g_task_get_cancellable (G_TASK (result))
      || g_cancellable_is_cancelled (self->drawing))
    {
      weak_ref_free (data);
      return;
    }
  g_clear_object (&self->drawing);
  show_problem (self, error != NULL ? error->message : NULL);
  if (sides != NULL)
    show_sides (self, sides);
  else
    remove_sides (self);
  weak_ref_free (data);
}

static void
cancel (LanyardBadgePreview *self)
{
  if (self->drawing != NULL)
    g_cancellable_cancel (self->drawing);
  g_clear_object (&self->drawing);
}

static void
hash_person (LanyardHash *hash, const LanyardEntry *entry, GBytes *photo)
{
  gsize n_entry;
  gsize n_photo = 0;
  g_autoptr (GBytes) encoded = lanyard_entry_encode (entry);
  const void *bytes = g_bytes_get_data (encoded, &n_entry);
  const void *picture = photo != NULL ? g_bytes_get_data (photo, &n_photo) : NULL;

  lanyard_hash_compute (hash, "lanyard/preview/1", bytes, n_entry, picture, n_photo);
}

static void
lanyard_badge_preview_dispose (GObject *object)
{
  cancel (LANYARD_BADGE_PREVIEW (object));
  gtk_widget_dispose_template (GTK_WIDGET (object), LANYARD_TYPE_BADGE_PREVIEW);
  G_OBJECT_CLASS (lanyard_badge_preview_parent_class)->dispose (object);
}

static void
lanyard_badge_preview_class_init (LanyardBadgePreviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lanyard_badge_preview_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/lanyard/Kiosk/widget/lanyard-badge-preview.ui");
  gtk_widget_class_bind_template_child (widget_class, LanyardBadgePreview, column);
  gtk_widget_class_bind_template_child (widget_class, LanyardBadgePreview, sides);
  gtk_widget_class_bind_template_child (widget_class, LanyardBadgePreview, problem_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardBadgePreview, detail_label);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "preview");
}

static void
lanyard_badge_preview_init (LanyardBadgePreview *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
lanyard_badge_preview_show (LanyardBadgePreview *self,
                            const LanyardEntry *entry,
                            GBytes *photo,
                            LanyardPack *pack)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (LanyardEntry) copy = NULL;
  GWeakRef *weak;
  LanyardHash hash;
  Order *order;

  g_return_if_fail (LANYARD_IS_BADGE_PREVIEW (self) && entry != NULL);

  copy = lanyard_entry_copy (entry);
  gtk_widget_set_visible (GTK_WIDGET (self), pack != NULL && copy != NULL);
  if (pack == NULL || copy == NULL)
    return;
  hash_person (&hash, entry, photo);
  if (lanyard_hash_equal (&hash, &self->shown))
    return;

  lanyard_badge_preview_clear (self);
  self->shown = hash;
  self->drawing = g_cancellable_new ();
  order = g_new0 (Order, 1);
  order->pack = lanyard_pack_ref (pack);
  order->entry = g_steal_pointer (&copy);
  order->photo = photo != NULL ? g_bytes_ref (photo) : NULL;
  order->larger = self->large ? LARGE : 1;
  weak = g_new0 (GWeakRef, 1);
  g_weak_ref_init (weak, self);
  task = g_task_new (NULL, self->drawing, on_drawn, weak);
  g_task_set_source_tag (task, lanyard_badge_preview_show);
  /* What was drawn for somebody who has gone is dropped in on_drawn(), which frees the rest. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, order, order_free);
  g_task_run_in_thread (task, draw_in_thread);
}

void
lanyard_badge_preview_clear (LanyardBadgePreview *self)
{
  g_return_if_fail (LANYARD_IS_BADGE_PREVIEW (self));

  cancel (self);
  remove_sides (self);
  show_problem (self, NULL);
  self->shown = (LanyardHash){ 0 };
}

void
lanyard_badge_preview_set_large (LanyardBadgePreview *self, gboolean large)
{
  g_return_if_fail (LANYARD_IS_BADGE_PREVIEW (self));

  self->large = large;
}

guint
lanyard_badge_preview_get_n_sides (LanyardBadgePreview *self)
{
  g_return_val_if_fail (LANYARD_IS_BADGE_PREVIEW (self), 0);

  return self->n_sides;
}

gboolean
lanyard_badge_preview_has_problem (LanyardBadgePreview *self)
{
  g_return_val_if_fail (LANYARD_IS_BADGE_PREVIEW (self), FALSE);

  return gtk_widget_get_visible (self->problem_label);
}
