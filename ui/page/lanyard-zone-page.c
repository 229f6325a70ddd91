/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-zone-page.h"

#include <string.h>

#include "lanyard-keypad.h"
#include "lanyard-mrz-marks.h"
#include "lanyard-paint.h"

#define N_LINES LANYARD_MRZ_MAX_LINES

struct _LanyardZonePage
{
  LanyardScreen parent_instance;

  /* template children */
  GtkToggleButton *td3_button;
  GtkToggleButton *td1_button;
  GtkToggleButton *td2_button;
  GtkWidget *lines_box;
  GtkEditable *line_0;
  GtkEditable *line_1;
  GtkEditable *line_2;
  GtkWidget *number_box;
  GtkWidget *birth_box;
  GtkWidget *expiry_box;
  GtkWidget *optional_box;
  GtkWidget *composite_box;
  GtkLabel *message_label;
  LanyardKeypad *keypad;
  GtkWidget *use_button;

  /* state */
  LanyardMrzFormat chosen; /* NONE: as the first letter says */
  guint at;                /* line that the keys write to */
  gboolean updating;       /* what changes now was changed by the page itself */
};

G_DEFINE_FINAL_TYPE (LanyardZonePage, lanyard_zone_page, LANYARD_TYPE_SCREEN)

static GtkEditable *
get_line (LanyardZonePage *self, guint line)
{
  return ((GtkEditable *[]){ self->line_0, self->line_1, self->line_2 })[line];
}

/* Up to the first line that is empty. Returns: (transfer full): to be wiped */
static GString *
join (LanyardZonePage *self)
{
  GString *text = g_string_sized_new (LANYARD_MRZ_MAX_BYTES);

  for (guint i = 0; i < N_LINES; i++)
    {
      const char *line = gtk_editable_get_text (get_line (self, i));

      if (*line == '\0')
        break;
      if (i > 0)
        g_string_append_c (text, '\n');
      g_string_append (text, line);
    }
  return text;
}

static void
wipe (GString *text)
{
  memset (text->str, 0, text->len);
  g_string_free (text, TRUE);
}

static void
add_colour (PangoAttrList *list, GtkWidget *widget, const char *name, guint from, guint to)
{
  GdkRGBA colour;
  PangoAttribute *attribute;

  lanyard_paint_get_colour (widget, name, &colour);
  attribute = pango_attr_foreground_new ((guint16)(colour.red * G_MAXUINT16),
                                         (guint16)(colour.green * G_MAXUINT16),
                                         (guint16)(colour.blue * G_MAXUINT16));
  attribute->start_index = from;
  attribute->end_index = to;
  pango_attr_list_insert (list, attribute);
}

/* Not by colour alone: what is wrong is underlined. */
static void
add_underline (PangoAttrList *list, PangoUnderline underline, guint from, guint to)
{
  PangoAttribute *attribute = pango_attr_underline_new (underline);

  attribute->start_index = from;
  attribute->end_index = to;
  pango_attr_list_insert (list, attribute);
}

static gboolean
is_in_doubt (const LanyardMrzMarks *marks, guint line, guint column)
{
  for (guint i = 0; i < marks->n_doubts; i++)
    if (marks->doubts[i].line == line && marks->doubts[i].column == column)
      return TRUE;
  return FALSE;
}

static void
paint_line (LanyardZonePage *self, guint line, const LanyardMrzMarks *marks)
{
  GtkEditable *entry = get_line (self, line);
  guint n = MIN ((guint)strlen (gtk_editable_get_text (entry)), LANYARD_MRZ_MAX_COLUMNS);
  PangoAttrList *list = pango_attr_list_new ();

  for (guint i = 0; i < n; i++)
    {
      guint8 mark = marks->marks[line][i];
      gboolean bad = mark == LANYARD_MRZ_MARK_WRONG || mark == LANYARD_MRZ_MARK_MISFIT;

      if (bad || mark == LANYARD_MRZ_MARK_RIGHT)
        add_colour (list, GTK_WIDGET (entry), bad ? "bad" : "good", i, i + 1);
      if (is_in_doubt (marks, line, i) || mark == LANYARD_MRZ_MARK_MISFIT)
        add_underline (list, PANGO_UNDERLINE_DOUBLE, i, i + 1);
      else if (bad)
        add_underline (list, PANGO_UNDERLINE_SINGLE, i, i + 1);
    }
  gtk_entry_set_attributes (GTK_ENTRY (entry), list);
  pango_attr_list_unref (list);
}

/* The second label of a box shows how its check digit stands; assistive tools hear it in words. */
static void
show_check (LanyardZonePage *self, GtkWidget *box, LanyardMrzCheck check)
{
  GtkWidget *state = gtk_widget_get_last_child (box);
  const char *text = N_ ("Not yet");
  const char *sign = "…";
  const char *style = "open";

  gtk_widget_set_visible (box, check != LANYARD_MRZ_CHECK_NONE);
  if (check == LANYARD_MRZ_CHECK_AGREES)
    {
      text = N_ ("Right");
      sign = "✓";
      style = "good";
    }
  else if (check == LANYARD_MRZ_CHECK_DIFFERS)
    {
      text = N_ ("Look again");
      sign = "✗";
      style = "bad";
    }
  gtk_label_set_label (GTK_LABEL (state), sign);
  gtk_accessible_update_property (GTK_ACCESSIBLE (state), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  lanyard_screen_say (LANYARD_SCREEN (self), text), -1);
  gtk_widget_set_css_classes (box, (const char *[]){ "clearance", style, NULL });
}

static void
show_checks (LanyardZonePage *self, const LanyardMrzLive *live)
{
  const LanyardMrzCheck *checks = live->checks;
  gboolean known = live->format != LANYARD_MRZ_NONE;

  show_check (self, self->number_box,
              known ? checks[LANYARD_MRZ_FIELD_NUMBER] : LANYARD_MRZ_CHECK_OPEN);
  show_check (self, self->birth_box,
              known ? checks[LANYARD_MRZ_FIELD_BIRTH] : LANYARD_MRZ_CHECK_OPEN);
  show_check (self, self->expiry_box,
              known ? checks[LANYARD_MRZ_FIELD_EXPIRY] : LANYARD_MRZ_CHECK_OPEN);
  show_check (self, self->optional_box, checks[LANYARD_MRZ_FIELD_OPTIONAL]);
  show_check (self, self->composite_box,
              known ? checks[LANYARD_MRZ_FIELD_COMPOSITE] : LANYARD_MRZ_CHECK_OPEN);
}

/* "B/8, O/0": what the marked characters are, and what they may be. */
static void
show_message (LanyardZonePage *self, const LanyardMrzMarks *marks)
{
  LanyardWords *words = lanyard_screen_get_words (LANYARD_SCREEN (self));
  g_autoptr (GString) pairs = g_string_new (NULL);
  g_autofree char *text = NULL;

  for (guint i = 0; i < marks->n_doubts; i++)
    g_string_append_printf (pairs, "%s%c/%c", i > 0 ? ", " : "", marks->doubts[i].typed,
                            marks->doubts[i].other);
  if (marks->n_doubts > 0)
    text = lanyard_words_fill (words, N_ ("Look again at the underlined characters: %s"),
                               pairs->str);
  else if (marks->done)
    text = g_strdup (lanyard_words_get (words, N_ ("All check digits agree.")));
  else if (marks->live.misfit)
    text
        = g_strdup (lanyard_words_get (words, N_ ("The underlined character cannot stand there.")));
  gtk_label_set_label (self->message_label, text != NULL ? text : "");
  memset (pairs->str, 0, pairs->len);
}

static void
show_format (LanyardZonePage *self, LanyardMrzFormat format)
{
  guint length = lanyard_mrz_line_length (format);

  gtk_toggle_button_set_active (self->td3_button, length == 44);
  gtk_toggle_button_set_active (self->td1_button, length == 30);
  gtk_toggle_button_set_active (self->td2_button, length == 36);
  gtk_widget_set_visible (GTK_WIDGET (self->line_2),
                          format == LANYARD_MRZ_NONE || lanyard_mrz_n_lines (format) == 3);
  for (guint i = 0; i < N_LINES; i++)
    gtk_entry_set_max_length (GTK_ENTRY (get_line (self, i)),
                              length > 0 ? (int)length : LANYARD_MRZ_MAX_COLUMNS);
}

static void
refresh (LanyardZonePage *self)
{
  GString *text = join (self);
  LanyardMrzMarks marks;

  self->updating = TRUE;
  lanyard_mrz_marks_make (text->str, text->len, self->chosen, &marks);
  show_format (self, marks.live.format);
  for (guint i = 0; i < N_LINES; i++)
    paint_line (self, i, &marks);
  show_checks (self, &marks.live);
  show_message (self, &marks);
  gtk_widget_set_sensitive (self->use_button, marks.done);
  self->updating = FALSE;
  memset (&marks, 0, sizeof marks);
  wipe (text);
}

static void
go_to (LanyardZonePage *self, guint line)
{
  GtkEditable *entry = get_line (self, line);

  self->at = line;
  if (!gtk_widget_get_mapped (GTK_WIDGET (entry)))
    return;
  gtk_entry_grab_focus_without_selecting (GTK_ENTRY (entry));
  gtk_editable_set_position (entry, -1);
}

/* Capital letters, digits and fillers. Returns: (transfer full) */
static char *
dup_clean (const char *text)
{
  char *clean = g_malloc0 (strlen (text) + 1);
  guint n = 0;

  for (; *text != '\0'; text++)
    if (*text == ' ' || *text == '<')
      clean[n++] = '<';
    else if (g_ascii_isalnum (*text))
      clean[n++] = g_ascii_toupper (*text);
  return clean;
}

static void
on_line_changed (GtkEditable *entry, LanyardZonePage *self)
{
  const char *text = gtk_editable_get_text (entry);
  g_autofree char *clean = dup_clean (text);
  gboolean full;

  if (self->updating)
    return;
  if (strcmp (clean, text) != 0)
    {
      int position = gtk_editable_get_position (entry);

      gtk_editable_set_text (entry, clean);
      gtk_editable_set_position (entry, position);
      memset (clean, 0, strlen (clean));
      return;
    }
  refresh (self);
  full = (int)strlen (clean) == gtk_entry_get_max_length (GTK_ENTRY (entry));
  memset (clean, 0, strlen (clean));
  for (guint i = 0; full && i + 1 < N_LINES; i++)
    if (entry == get_line (self, i) && gtk_widget_get_visible (GTK_WIDGET (get_line (self, i + 1)))
        && i == self->at)
      {
        go_to (self, i + 1);
        break;
      }
}

static void
on_line_focus (GtkEventControllerFocus *controller, LanyardZonePage *self)
{
  GtkWidget *entry = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));

  for (guint i = 0; i < N_LINES; i++)
    if (entry == GTK_WIDGET (get_line (self, i)))
      self->at = i;
}

static void
on_format_toggled (GtkToggleButton *button, LanyardZonePage *self)
{
  if (self->updating || !gtk_toggle_button_get_active (button))
    return;
  self->chosen = button == self->td3_button   ? LANYARD_MRZ_TD3
                 : button == self->td1_button ? LANYARD_MRZ_TD1
                                              : LANYARD_MRZ_TD2;
  /* A visa has the shape of a passport or of a card, and other check digits. */
  self->chosen = lanyard_mrz_format_refine (self->chosen, *gtk_editable_get_text (self->line_0));
  refresh (self);
  go_to (self, MIN (self->at, lanyard_mrz_n_lines (self->chosen) - 1));
}

/* Writes where the caret is; delete at the beginning of a line goes back to the line before. */
static void
on_key (LanyardKeypad *keypad, guint character, LanyardZonePage *self)
{
  GtkEditable *entry = get_line (self, self->at);
  int position = gtk_editable_get_position (entry);
  char text[2] = { (char)character, '\0' };

  if (character != '\b')
    {
      gtk_editable_insert_text (entry, text, 1, &position);
      gtk_editable_set_position (entry, position);
      return;
    }
  if (*gtk_editable_get_text (entry) == '\0' && self->at > 0)
    {
      go_to (self, self->at - 1);
      entry = get_line (self, self->at);
      position = (int)strlen (gtk_editable_get_text (entry));
    }
  if (position > 0)
    gtk_editable_delete_text (entry, position - 1, position);
}

static void
on_line_activate (GtkEntry *entry, LanyardZonePage *self)
{
  if (gtk_widget_get_sensitive (self->use_button))
    g_signal_emit_by_name (self->use_button, "clicked");
  else if (self->at + 1 < N_LINES
           && gtk_widget_get_visible (GTK_WIDGET (get_line (self, self->at + 1))))
    go_to (self, self->at + 1);
}

static void
on_use_clicked (GtkButton *button, LanyardZonePage *self)
{
  GString *text = join (self);

  lanyard_controls_type_number (lanyard_screen_get_controls (LANYARD_SCREEN (self)), text->str);
  wipe (text);
  lanyard_screen_go (LANYARD_SCREEN (self), NULL);
}

static void
on_back_clicked (GtkButton *button, LanyardZonePage *self)
{
  lanyard_screen_go (LANYARD_SCREEN (self), NULL);
}

static void
lanyard_zone_page_update (LanyardScreen *screen, LanyardView *view)
{
  LanyardZonePage *self = LANYARD_ZONE_PAGE (screen);

  lanyard_keypad_set_words (self->keypad, lanyard_screen_get_words (screen));
  refresh (self);
}

static void
lanyard_zone_page_clear (LanyardScreen *screen)
{
  LanyardZonePage *self = LANYARD_ZONE_PAGE (screen);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (GTK_IS_WINDOW (root))
    gtk_window_set_focus (GTK_WINDOW (root), NULL);
  self->updating = TRUE;
  for (guint i = 0; i < N_LINES; i++)
    gtk_editable_set_text (get_line (self, i), "");
  self->updating = FALSE;
  self->chosen = LANYARD_MRZ_NONE;
  self->at = 0;
  refresh (self);
}

static void
lanyard_zone_page_arrange (LanyardScreen *screen, gboolean portrait)
{
  lanyard_keypad_set_portrait (LANYARD_ZONE_PAGE (screen)->keypad, portrait);
}

static void
lanyard_zone_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LANYARD_TYPE_ZONE_PAGE);
  G_OBJECT_CLASS (lanyard_zone_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, LanyardZonePage, td3_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardZonePage, td1_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardZonePage, td2_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardZonePage, lines_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardZonePage, line_0);
  gtk_widget_class_bind_template_child (widget_class, LanyardZonePage, line_1);
  gtk_widget_class_bind_template_child (widget_class, LanyardZonePage, line_2);
  gtk_widget_class_bind_template_child (widget_class, LanyardZonePage, number_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardZonePage, birth_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardZonePage, expiry_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardZonePage, optional_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardZonePage, composite_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardZonePage, message_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardZonePage, keypad);
  gtk_widget_class_bind_template_child (widget_class, LanyardZonePage, use_button);
}

static void
lanyard_zone_page_class_init (LanyardZonePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  LanyardScreenClass *screen_class = LANYARD_SCREEN_CLASS (klass);

  g_type_ensure (LANYARD_TYPE_KEYPAD);
  G_OBJECT_CLASS (klass)->dispose = lanyard_zone_page_dispose;
  screen_class->update = lanyard_zone_page_update;
  screen_class->clear = lanyard_zone_page_clear;
  screen_class->arrange = lanyard_zone_page_arrange;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/lanyard/Kiosk/page/lanyard-zone-page.ui");
  bind_template (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_format_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_line_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_line_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_key);
  gtk_widget_class_bind_template_callback (widget_class, on_back_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_use_clicked);
}

static void
lanyard_zone_page_init (LanyardZonePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_direction (self->lines_box, GTK_TEXT_DIR_LTR);
  for (guint i = 0; i < N_LINES; i++)
    {
      GtkEditable *entry = get_line (self, i);
      GtkEventController *focus = gtk_event_controller_focus_new ();
      g_autoptr (GtkEntryBuffer) buffer = gtk_password_entry_buffer_new ();

      /* Memory that is neither swapped out nor left behind. */
      gtk_entry_set_buffer (GTK_ENTRY (entry), buffer);
      gtk_widget_set_direction (GTK_WIDGET (entry), GTK_TEXT_DIR_LTR);
      g_signal_connect (focus, "enter", G_CALLBACK (on_line_focus), self);
      gtk_widget_add_controller (GTK_WIDGET (entry), focus);
    }
}
