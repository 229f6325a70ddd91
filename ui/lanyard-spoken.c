/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-spoken.h"

#include "lanyard-countdown.h"

/* For staff; said when they change, or when the page says so; in letters of which the language's
 * voice knows nothing. */
static const char *const SILENT[]
    = { "staff-note", "message", "caption", "told", "holder-local-name", NULL };

static GQuark
get_name_quark (void)
{
  return g_quark_from_static_string ("lanyard-spoken-name");
}

static gboolean
is_shown (GtkWidget *widget)
{
  return gtk_widget_get_visible (widget) && gtk_widget_get_child_visible (widget);
}

static gboolean
is_silent (GtkWidget *widget)
{
  for (guint i = 0; SILENT[i] != NULL; i++)
    if (gtk_widget_has_css_class (widget, SILENT[i]))
      return TRUE;
  return GTK_IS_BUTTON (widget) || GTK_IS_EDITABLE (widget) || LANYARD_IS_COUNTDOWN (widget);
}

/* @text: what is said of @label */
static void
add_label (GString *text, GtkWidget *label)
{
  const char *words = gtk_label_get_text (GTK_LABEL (label));
  g_autofree char *spelled = NULL;

  /* a number to be remembered */
  if (gtk_widget_has_css_class (label, "ticket-number"))
    spelled = lanyard_spoken_dup_spelled (words);
  lanyard_spoken_append (text, spelled != NULL ? spelled : words);
}

/* @all: of a control; otherwise what is silent is left out */
static void
collect (GtkWidget *widget, GString *text, gboolean all)
{
  if (GTK_IS_LABEL (widget))
    add_label (text, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (is_shown (child) && (all || !is_silent (child)))
      collect (child, text, all);
}

static void
collect_class (GtkWidget *widget, const char *class, GString *text)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_has_css_class (widget, class))
    lanyard_spoken_append (text, gtk_label_get_text (GTK_LABEL (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (is_shown (child) && !gtk_widget_has_css_class (child, "staff-note"))
      collect_class (child, class, text);
}

static char *
dup_class (GtkWidget *page, const char *class)
{
  GString *text = g_string_new (NULL);

  collect_class (page, class, text);
  return g_string_free (text, FALSE);
}

static const char *
get_role (GtkWidget *control)
{
  if (GTK_IS_TOGGLE_BUTTON (control))
    return gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (control)) ? N_ ("%s, switch, on")
                                                                      : N_ ("%s, switch, off");
  if (GTK_IS_EDITABLE (control))
    return N_ ("%s, field");
  /* of the keys of a keypad one soon knows what they are */
  if (gtk_widget_has_css_class (control, "key"))
    return NULL;
  return GTK_IS_BUTTON (control) ? N_ ("%s, button") : NULL;
}

char *
lanyard_spoken_dup_page (GtkWidget *page)
{
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (GTK_IS_WIDGET (page), NULL);

  collect (page, text, FALSE);
  return g_string_free (text, FALSE);
}

char *
lanyard_spoken_dup_message (GtkWidget *page)
{
  g_return_val_if_fail (GTK_IS_WIDGET (page), NULL);

  return dup_class (page, "message");
}

char *
lanyard_spoken_dup_hint (GtkWidget *page)
{
  g_return_val_if_fail (GTK_IS_WIDGET (page), NULL);

  return dup_class (page, "caption");
}

char *
lanyard_spoken_dup_control (GtkWidget *control, LanyardWords *words)
{
  g_autoptr (GString) name = g_string_new (NULL);
  GString *text = g_string_new (NULL);
  const char *given;
  g_autofree char *whole = NULL;

  g_return_val_if_fail (GTK_IS_WIDGET (control) && words != NULL, NULL);

  /* what has the focus is the text within the field */
  if (GTK_IS_TEXT (control) && GTK_IS_EDITABLE (gtk_widget_get_parent (control)))
    control = gtk_widget_get_parent (control);
  given = g_object_get_qdata (G_OBJECT (control), get_name_quark ());
  if (given != NULL)
    g_string_append (name, given);
  else if (!GTK_IS_EDITABLE (control))
    collect (control, name, TRUE);
  if (name->len > 0 && get_role (control) != NULL)
    whole = lanyard_words_fill (words, get_role (control), name->str);
  lanyard_spoken_append (text, whole != NULL ? whole : name->str);
  if (name->len > 0 && GTK_IS_EDITABLE (control))
    {
      g_autofree char *spelled
          = lanyard_spoken_dup_spelled (gtk_editable_get_text (GTK_EDITABLE (control)));

      lanyard_spoken_append (text, spelled);
    }
  return g_string_free (text, FALSE);
}

char *
lanyard_spoken_dup_spelled (const char *text)
{
  GString *spelled = g_string_new (NULL);

  g_return_val_if_fail (text != NULL, NULL);

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      if (spelled->len > 0)
        g_string_append_c (spelled, ' ');
      g_string_append_unichar (spelled, g_utf8_get_char (text));
    }
  return g_string_free (spelled, FALSE);
}

void
lanyard_spoken_append (GString *text, const char *more)
{
  g_return_if_fail (text != NULL && more != NULL);

  if (*more == '\0')
    return;
  if (text->len > 0)
    {
      const char *last = g_utf8_prev_char (text->str + text->len);

      g_string_append (text, g_unichar_ispunct (g_utf8_get_char (last)) ? " " : ". ");
    }
  g_string_append (text, more);
}

void
lanyard_spoken_set_name (GtkWidget *control, const char *name)
{
  g_return_if_fail (GTK_IS_WIDGET (control) && name != NULL);

  g_object_set_qdata_full (G_OBJECT (control), get_name_quark (), g_strdup (name), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
}
