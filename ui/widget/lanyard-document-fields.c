/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-document-fields.h"

#include "lanyard-illustration.h"

#define SIGN_PX 24

/* How one field stands, as it is told. */
typedef struct
{
  const char *sign;
  const char *look; /* style class; (nullable): nothing to look at */
  const char *words;
} Answer;

struct _LanyardDocumentFields
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (LanyardDocumentFields, lanyard_document_fields, GTK_TYPE_WIDGET)

static const char *
name_of (LanyardDocumentField field)
{
  switch (field)
    {
    case LANYARD_DOCUMENT_FIELD_NAMES:
      return N_ ("Family and given names");
    case LANYARD_DOCUMENT_FIELD_BIRTH_DATE:
      return N_ ("Date of birth");
    case LANYARD_DOCUMENT_FIELD_NATIONALITY:
      return N_ ("Nationality");
    case LANYARD_DOCUMENT_FIELD_NUMBER:
      return N_ ("Document number");
    case LANYARD_DOCUMENT_FIELD_EXPIRY:
    default:
      return N_ ("Valid until");
    }
}

static Answer
answer_for (LanyardDocumentField field, LanyardAgreement agreement, gboolean absent)
{
  gboolean is_expiry = field == LANYARD_DOCUMENT_FIELD_EXPIRY;

  switch (agreement)
    {
    case LANYARD_AGREEMENT_AGREES:
      return (Answer){ "sign-same", "good", is_expiry ? N_ ("Still valid") : N_ ("The same") };
    case LANYARD_AGREEMENT_CLOSE:
      return (Answer){ "sign-close", "warn", N_ ("Nearly the same: please look") };
    case LANYARD_AGREEMENT_DIFFERS:
      return (Answer){ "sign-differs", "bad", is_expiry ? N_ ("Past its day") : N_ ("Differs") };
    case LANYARD_AGREEMENT_NOT_KNOWN:
    default:
      return (Answer){ "sign-none", NULL,
                       absent ? N_ ("Not on the document") : N_ ("Not compared: not known here") };
    }
}

static GtkWidget *
make_label (const char *text, const char *class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, class);
  gtk_widget_add_css_class (label, "verbatim");
  return label;
}

static GtkWidget *
make_row (LanyardDocumentField field, const Answer *answer, LanyardWords *words)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *pair = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *sign = g_object_new (LANYARD_TYPE_ILLUSTRATION, "name", answer->sign, "size", SIGN_PX,
                                  "valign", GTK_ALIGN_CENTER, NULL);

  gtk_widget_add_css_class (row, "document-field");
  if (answer->look != NULL)
    gtk_widget_add_css_class (row, answer->look);
  gtk_box_set_homogeneous (GTK_BOX (pair), TRUE);
  gtk_box_append (GTK_BOX (pair),
                  make_label (lanyard_words_get (words, name_of (field)), "document-field-name"));
  gtk_box_append (GTK_BOX (pair),
                  make_label (lanyard_words_get (words, answer->words), "document-field-answer"));
  gtk_box_append (GTK_BOX (row), sign);
  gtk_box_append (GTK_BOX (row), pair);
  return row;
}

static void
lanyard_document_fields_dispose (GObject *object)
{
  lanyard_document_fields_clear (LANYARD_DOCUMENT_FIELDS (object));
  G_OBJECT_CLASS (lanyard_document_fields_parent_class)->dispose (object);
}

static void
lanyard_document_fields_class_init (LanyardDocumentFieldsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lanyard_document_fields_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "documentfields");
}

static void
lanyard_document_fields_init (LanyardDocumentFields *self)
{
  gtk_orientable_set_orientation (
      GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))), GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
lanyard_document_fields_show (LanyardDocumentFields *self,
                              const LanyardView *view,
                              LanyardWords *words)
{
  g_return_if_fail (LANYARD_IS_DOCUMENT_FIELDS (self) && view != NULL);

  lanyard_document_fields_clear (self);
  if (!view->compared)
    return;
  gtk_widget_set_parent (make_label (lanyard_words_get (words,
                                                        N_ ("The document beside this person")),
                                     "document-fields-title"),
                         GTK_WIDGET (self));
  for (LanyardDocumentField field = 0; field < LANYARD_DOCUMENT_N_FIELDS; field++)
    {
      gboolean absent;
      LanyardAgreement agreement
          = lanyard_document_comparison_get (&view->comparison, field, &absent);
      Answer answer = answer_for (field, agreement, absent);

      gtk_widget_set_parent (make_row (field, &answer, words), GTK_WIDGET (self));
    }
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

void
lanyard_document_fields_clear (LanyardDocumentFields *self)
{
  GtkWidget *child;

  g_return_if_fail (LANYARD_IS_DOCUMENT_FIELDS (self));

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
