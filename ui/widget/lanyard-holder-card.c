/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-holder-card.h"

#include "lanyard-band.h"
#include "lanyard-han.h"
#include "lanyard-photo.h"

/* A name longer than this is set smaller; one line of either layout holds about as many letters. */
#define LONG_NAME_CHARS 22
#define LONGEST_NAME_CHARS 60

struct _LanyardHolderCard
{
  GtkWidget parent_instance;

  /* template children */
  GtkWidget *row;
  LanyardPhoto *photo;
  GtkLabel *name_label;
  GtkLabel *local_name_label;
  LanyardBand *band;
  GtkLabel *function_label;
  GtkLabel *organisation_label;
};

G_DEFINE_FINAL_TYPE (LanyardHolderCard, lanyard_holder_card, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_COMPACT,
};

static void
set_text (GtkLabel *label, const char *text)
{
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

/* By an attribute and not by a style class: GTK 4.8 asks for a window's size with the text of now
 * and the style of before, and a long name in the large size would make the window grow for good.
 */
static void
set_name_size (LanyardHolderCard *self, const char *name)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  glong n_chars = name != NULL ? g_utf8_strlen (name, -1) : 0;

  if (n_chars > LONGEST_NAME_CHARS)
    pango_attr_list_insert (attributes, pango_attr_scale_new (0.56));
  else if (n_chars > LONG_NAME_CHARS)
    pango_attr_list_insert (attributes, pango_attr_scale_new (0.75));
  gtk_label_set_attributes (self->name_label, attributes);
}

/* A function that only repeats the category says nothing. */
static gboolean
is_category (const LanyardEntry *entry, LanyardPack *pack, const char *language)
{
  return pack != NULL && entry->function != NULL && entry->category != NULL
         && (g_strcmp0 (entry->function, lanyard_pack_get_label (pack, LANYARD_CODES_CATEGORY,
                                                                 entry->category, language))
                 == 0
             || g_strcmp0 (entry->function, lanyard_pack_get_label (pack, LANYARD_CODES_CATEGORY,
                                                                    entry->category, "en"))
                    == 0);
}

static void
show_category (LanyardHolderCard *self,
               const LanyardEntry *entry,
               LanyardPack *pack,
               const char *language)
{
  const LanyardCode *code = NULL;

  if (pack != NULL)
    code = lanyard_pack_find_code (pack, LANYARD_CODES_CATEGORY, entry->category);
  if (code == NULL)
    lanyard_band_set (self->band, NULL, entry->category, NULL, NULL);
  else
    lanyard_band_set (self->band, code->symbol != NULL ? code->symbol : code->code,
                      lanyard_code_get_label (code, language), code->colour, code->text_colour);
}

static void
lanyard_holder_card_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (g_value_get_boolean (value))
    gtk_widget_add_css_class (GTK_WIDGET (object), "compact");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (object), "compact");
}

static void
lanyard_holder_card_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LANYARD_TYPE_HOLDER_CARD);
  G_OBJECT_CLASS (lanyard_holder_card_parent_class)->dispose (object);
}

static void
lanyard_holder_card_class_init (LanyardHolderCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (LANYARD_TYPE_BAND);
  g_type_ensure (LANYARD_TYPE_PHOTO);
  object_class->dispose = lanyard_holder_card_dispose;
  object_class->set_property = lanyard_holder_card_set_property;
  g_object_class_install_property (object_class, PROP_COMPACT,
                                   g_param_spec_boolean ("compact", NULL, NULL, FALSE,
                                                         G_PARAM_WRITABLE
                                                             | G_PARAM_STATIC_STRINGS));
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/lanyard/Kiosk/widget/lanyard-holder-card.ui");
  gtk_widget_class_bind_template_child (widget_class, LanyardHolderCard, row);
  gtk_widget_class_bind_template_child (widget_class, LanyardHolderCard, photo);
  gtk_widget_class_bind_template_child (widget_class, LanyardHolderCard, name_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardHolderCard, local_name_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardHolderCard, band);
  gtk_widget_class_bind_template_child (widget_class, LanyardHolderCard, function_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardHolderCard, organisation_label);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "holder");
}

static void
lanyard_holder_card_init (LanyardHolderCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
lanyard_holder_card_show (LanyardHolderCard *self,
                          const LanyardEntry *entry,
                          GBytes *photo,
                          LanyardPack *pack,
                          const char *language)
{
  const char *organisation;

  g_return_if_fail (LANYARD_IS_HOLDER_CARD (self) && entry != NULL);

  organisation = entry->organisation;
  if (pack != NULL && organisation != NULL)
    organisation
        = lanyard_pack_get_label (pack, LANYARD_CODES_ORGANISATION, organisation, language);
  lanyard_photo_set_bytes (self->photo, photo);
  set_text (self->name_label, entry->print_name);
  set_name_size (self, entry->print_name);
  set_text (self->local_name_label, entry->local_name);
  lanyard_han_mark (GTK_WIDGET (self->local_name_label), entry->language);
  set_text (self->function_label, is_category (entry, pack, language) ? NULL : entry->function);
  set_text (self->organisation_label, organisation);
  show_category (self, entry, pack, language);
}

void
lanyard_holder_card_clear (LanyardHolderCard *self)
{
  g_return_if_fail (LANYARD_IS_HOLDER_CARD (self));

  lanyard_photo_set_bytes (self->photo, NULL);
  set_text (self->name_label, NULL);
  set_text (self->local_name_label, NULL);
  lanyard_han_mark (GTK_WIDGET (self->local_name_label), NULL);
  set_text (self->function_label, NULL);
  set_text (self->organisation_label, NULL);
  lanyard_band_set (self->band, NULL, NULL, NULL, NULL);
}

void
lanyard_holder_card_set_portrait (LanyardHolderCard *self, gboolean portrait)
{
  g_return_if_fail (LANYARD_IS_HOLDER_CARD (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->row),
                                  portrait ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
}
