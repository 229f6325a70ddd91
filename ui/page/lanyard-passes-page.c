/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-passes-page.h"

#include "lanyard-illustration.h"
#include "lanyard-keypad.h"

#define MAX_CHARS 64

struct _LanyardPassesPage
{
  LanyardScreen parent_instance;

  /* template children */
  GtkBox *pools_box;
  GtkLabel *what_label;
  GtkEditable *what_entry;
  GtkToggleButton *keys_button;
  LanyardKeypad *keypad;
  GtkEditable *host_entry;
  GtkLabel *host_label;
  GtkWidget *give_button;
  GtkLabel *back_label;
  GtkEditable *back_entry;
  GtkWidget *return_button;
  GtkEditable *count_entry;
  GtkEditable *first_entry;
  GtkWidget *load_button;
  GtkWidget *take_button;

  /* borrowed */
  GtkEditable *focus; /* the entry into which the keys on the screen go */

  /* state */
  char *pool; /* owned (nullable): code of the one that is chosen */
};

G_DEFINE_FINAL_TYPE (LanyardPassesPage, lanyard_passes_page, LANYARD_TYPE_SCREEN)

static const LanyardPassPool *
find_pool (LanyardPassesPage *self)
{
  LanyardPack *pack = lanyard_screen_get_pack (LANYARD_SCREEN (self));

  return pack != NULL ? lanyard_pack_find_pool (pack, self->pool) : NULL;
}

/* The organisation that is meant by its code, or whose name begins so. Only when one is. */
static const LanyardCode *
find_host (LanyardPassesPage *self)
{
  LanyardPack *pack = lanyard_screen_get_pack (LANYARD_SCREEN (self));
  const char *language
      = lanyard_words_get_language (lanyard_screen_get_words (LANYARD_SCREEN (self)));
  g_autofree char *typed = g_utf8_casefold (gtk_editable_get_text (self->host_entry), -1);
  GPtrArray *codes;
  const LanyardCode *found = NULL;

  g_strstrip (typed);
  if (pack == NULL || *typed == '\0')
    return NULL;
  codes = lanyard_pack_get_codes (pack, LANYARD_CODES_ORGANISATION);
  for (guint i = 0; i < codes->len; i++)
    {
      const LanyardCode *code = g_ptr_array_index (codes, i);
      g_autofree char *short_name = g_utf8_casefold (code->code, -1);
      g_autofree char *name = g_utf8_casefold (lanyard_code_get_label (code, language), -1);

      if (g_str_equal (short_name, typed))
        return code;
      if (!g_str_has_prefix (name, typed))
        continue;
      if (found != NULL)
        return NULL;
      found = code;
    }
  return found;
}

static char *
dup_text (GtkEditable *entry)
{
  char *text = g_strstrip (g_strdup (gtk_editable_get_text (entry)));

  if (*text == '\0')
    g_clear_pointer (&text, g_free);
  return text;
}

static void
act (LanyardPassesPage *self, const LanyardStaffAction *action)
{
  lanyard_controls_act (lanyard_screen_get_controls (LANYARD_SCREEN (self)), action);
}

static void
on_give_clicked (GtkButton *button, LanyardPassesPage *self)
{
  g_autoptr (LanyardStaffAction) action = lanyard_staff_action_new (LANYARD_ACT_GIVE_PASS);
  const LanyardPassPool *pool = find_pool (self);
  const LanyardCode *host = find_host (self);

  if (pool == NULL)
    return;
  action->pool = g_strdup (pool->code);
  action->text = host != NULL ? g_strdup (host->code) : NULL;
  if (pool->number_pattern != NULL)
    action->serial = dup_text (self->what_entry);
  else
    action->name = dup_text (self->what_entry);
  act (self, action);
}

static void
on_give_activate (GtkEntry *entry, LanyardPassesPage *self)
{
  on_give_clicked (NULL, self);
}

static void
on_return_clicked (GtkButton *button, LanyardPassesPage *self)
{
  g_autoptr (LanyardStaffAction) action = lanyard_staff_action_new (LANYARD_ACT_RETURN_PASS);

  action->serial = dup_text (self->back_entry);
  gtk_editable_set_text (self->back_entry, "");
  act (self, action);
}

static void
on_return_activate (GtkEntry *entry, LanyardPassesPage *self)
{
  on_return_clicked (NULL, self);
}

static void
change_pool (LanyardPassesPage *self, LanyardStaffActionKind kind)
{
  g_autoptr (LanyardStaffAction) action = lanyard_staff_action_new (kind);

  action->pool = g_strdup (self->pool);
  action->count
      = (guint)MIN (g_ascii_strtoull (gtk_editable_get_text (self->count_entry), NULL, 10),
                    G_MAXUINT);
  action->serial = dup_text (self->first_entry);
  gtk_editable_set_text (self->count_entry, "");
  gtk_editable_set_text (self->first_entry, "");
  act (self, action);
}

static void
on_load_clicked (GtkButton *button, LanyardPassesPage *self)
{
  change_pool (self, LANYARD_ACT_LOAD_PASSES);
}

static void
on_take_clicked (GtkButton *button, LanyardPassesPage *self)
{
  change_pool (self, LANYARD_ACT_TAKE_PASSES);
}

static void
on_back_clicked (GtkButton *button, LanyardPassesPage *self)
{
  lanyard_screen_answer (LANYARD_SCREEN (self), LANYARD_INPUT_CANCEL, NULL);
}

static void
on_host_changed (GtkEditable *entry, LanyardPassesPage *self)
{
  const LanyardCode *host = find_host (self);
  const char *language
      = lanyard_words_get_language (lanyard_screen_get_words (LANYARD_SCREEN (self)));

  gtk_label_set_label (self->host_label,
                       host != NULL ? lanyard_code_get_label (host, language) : "");
  gtk_widget_set_visible (GTK_WIDGET (self->host_label), host != NULL);
}

static void
on_keys_toggled (GtkToggleButton *button, LanyardPassesPage *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->keypad), gtk_toggle_button_get_active (button));
}

static void
on_key (LanyardKeypad *keypad, guint character, LanyardPassesPage *self)
{
  g_autofree char *text
      = lanyard_keypad_apply (gtk_editable_get_text (self->focus), character, MAX_CHARS);

  gtk_editable_set_text (self->focus, text);
  gtk_editable_set_position (self->focus, -1);
}

static void
on_focus_enter (GtkEventControllerFocus *controller, LanyardPassesPage *self)
{
  self->focus = GTK_EDITABLE (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller)));
}

static void
watch_focus (LanyardPassesPage *self, GtkEditable *entry)
{
  GtkEventController *controller = gtk_event_controller_focus_new ();

  g_signal_connect (controller, "enter", G_CALLBACK (on_focus_enter), self);
  gtk_widget_add_controller (GTK_WIDGET (entry), controller);
}

static void
show_form (LanyardPassesPage *self)
{
  const LanyardPassPool *pool = find_pool (self);
  gboolean numbered = pool != NULL && pool->number_pattern != NULL;

  gtk_label_set_label (self->what_label, lanyard_screen_say (LANYARD_SCREEN (self),
                                                             numbered ? N_ ("Number of the pass")
                                                                      : N_ ("Name on the pass")));
  gtk_widget_set_visible (GTK_WIDGET (self->first_entry), numbered);
  gtk_widget_set_visible (self->take_button, !numbered);
  gtk_widget_set_sensitive (self->give_button, pool != NULL);
  gtk_widget_set_sensitive (self->load_button, pool != NULL);
}

static void
on_pool_toggled (GtkToggleButton *button, LanyardPassesPage *self)
{
  if (!gtk_toggle_button_get_active (button))
    return;
  g_free (self->pool);
  self->pool = g_strdup (g_object_get_data (G_OBJECT (button), "pool"));
  show_form (self);
}

static GtkWidget *
make_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "verbatim");
  gtk_widget_add_css_class (label, style);
  return label;
}

/* Returns: (transfer full): "12 left · 3 out · 1 returned" */
static char *
describe (LanyardPassesPage *self, const LanyardPool *pool)
{
  LanyardWords *words = lanyard_screen_get_words (LANYARD_SCREEN (self));
  g_autofree char *left = lanyard_words_fill_n (words, "%s left", "%s left", pool->available);
  g_autofree char *out = lanyard_words_fill_n (words, "%s out", "%s out", pool->out);
  g_autofree char *returned
      = lanyard_words_fill_n (words, "%s returned", "%s returned", pool->returned);

  return g_strjoin (" · ", left, out, returned, NULL);
}

static GtkWidget *
make_row (LanyardPassesPage *self, const LanyardPool *pool)
{
  LanyardScreen *screen = LANYARD_SCREEN (self);
  LanyardPack *pack = lanyard_screen_get_pack (screen);
  LanyardWords *words = lanyard_screen_get_words (screen);
  const char *language = lanyard_words_get_language (words);
  g_autofree char *counts = describe (self, pool);
  GtkWidget *button = gtk_toggle_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  const char *name
      = pack != NULL ? lanyard_pack_get_label (pack, LANYARD_CODES_DAY_PASS, pool->code, language)
                     : pool->code;
  g_autofree char *spoken = lanyard_words_join (words, (const char *[]){ name, counts }, 2);

  gtk_box_append (GTK_BOX (box), make_label (name, "result-name"));
  gtk_box_append (GTK_BOX (box), make_label (counts, "result-detail"));
  if (pool->available == 0)
    gtk_widget_add_css_class (gtk_widget_get_last_child (box), "late");
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "secondary");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                  -1);
  g_object_set_data_full (G_OBJECT (button), "pool", g_strdup (pool->code), g_free);
  return button;
}

static void
show_pools (LanyardPassesPage *self, GPtrArray *pools)
{
  GtkWidget *child;
  GtkToggleButton *first = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->pools_box))) != NULL)
    gtk_box_remove (self->pools_box, child);
  for (guint i = 0; pools != NULL && i < pools->len; i++)
    {
      const LanyardPool *pool = g_ptr_array_index (pools, i);
      GtkWidget *row = make_row (self, pool);

      if (self->pool == NULL)
        self->pool = g_strdup (pool->code);
      gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (row), first);
      if (first == NULL)
        first = GTK_TOGGLE_BUTTON (row);
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (row), g_str_equal (pool->code, self->pool));
      g_signal_connect (row, "toggled", G_CALLBACK (on_pool_toggled), self);
      gtk_box_append (self->pools_box, row);
    }
}

static void
show_returned (LanyardPassesPage *self, LanyardView *view)
{
  LanyardScreen *screen = LANYARD_SCREEN (self);
  LanyardPack *pack = lanyard_screen_get_pack (screen);
  const char *language = lanyard_words_get_language (lanyard_screen_get_words (screen));
  g_autofree char *text = NULL;

  if (view->pass == NULL)
    text = g_strdup (
        lanyard_screen_say (screen, N_ ("Show the pass to the scanner, or type its number.")));
  else if (view->pass_pool != NULL && pack != NULL)
    text = g_strjoin (
        " · ", view->pass,
        lanyard_pack_get_label (pack, LANYARD_CODES_DAY_PASS, view->pass_pool, language), NULL);
  else
    text = g_strjoin (" · ", view->pass, lanyard_screen_say (screen, N_ ("of another desk")), NULL);
  gtk_label_set_label (self->back_label, text);
  if (view->pass != NULL)
    gtk_editable_set_text (self->back_entry, "");
}

static void
lanyard_passes_page_update (LanyardScreen *screen, LanyardView *view)
{
  LanyardPassesPage *self = LANYARD_PASSES_PAGE (screen);

  lanyard_keypad_set_words (self->keypad, lanyard_screen_get_words (screen));
  show_pools (self, view->pools);
  show_form (self);
  show_returned (self, view);
}

static void
lanyard_passes_page_clear (LanyardScreen *screen)
{
  LanyardPassesPage *self = LANYARD_PASSES_PAGE (screen);
  GtkEditable *entries[] = { self->what_entry, self->host_entry, self->back_entry,
                             self->count_entry, self->first_entry };

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    gtk_editable_set_text (entries[i], "");
  gtk_label_set_label (self->back_label, "");
}

/* A pass was handed over: the next one is another's. */
static gboolean
lanyard_passes_page_notice (LanyardScreen *screen, LanyardNotice notice)
{
  if (notice == LANYARD_NOTICE_PASS_HANDED)
    gtk_editable_set_text (LANYARD_PASSES_PAGE (screen)->what_entry, "");
  return FALSE;
}

static void
lanyard_passes_page_finalize (GObject *object)
{
  g_free (LANYARD_PASSES_PAGE (object)->pool);
  G_OBJECT_CLASS (lanyard_passes_page_parent_class)->finalize (object);
}

static void
lanyard_passes_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LANYARD_TYPE_PASSES_PAGE);
  G_OBJECT_CLASS (lanyard_passes_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/lanyard/Kiosk/page/lanyard-passes-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LanyardPassesPage, pools_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardPassesPage, what_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardPassesPage, what_entry);
  gtk_widget_class_bind_template_child (widget_class, LanyardPassesPage, keys_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardPassesPage, keypad);
  gtk_widget_class_bind_template_child (widget_class, LanyardPassesPage, host_entry);
  gtk_widget_class_bind_template_child (widget_class, LanyardPassesPage, host_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardPassesPage, give_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardPassesPage, back_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardPassesPage, back_entry);
  gtk_widget_class_bind_template_child (widget_class, LanyardPassesPage, return_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardPassesPage, count_entry);
  gtk_widget_class_bind_template_child (widget_class, LanyardPassesPage, first_entry);
  gtk_widget_class_bind_template_child (widget_class, LanyardPassesPage, load_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardPassesPage, take_button);
  gtk_widget_class_bind_template_callback (widget_class, on_give_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_give_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_return_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_return_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_load_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_take_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_back_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_host_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_keys_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_key);
}

static void
lanyard_passes_page_class_init (LanyardPassesPageClass *klass)
{
  LanyardScreenClass *screen_class = LANYARD_SCREEN_CLASS (klass);

  g_type_ensure (LANYARD_TYPE_ILLUSTRATION);
  g_type_ensure (LANYARD_TYPE_KEYPAD);
  G_OBJECT_CLASS (klass)->dispose = lanyard_passes_page_dispose;
  screen_class->update = lanyard_passes_page_update;
  screen_class->clear = lanyard_passes_page_clear;
  G_OBJECT_CLASS (klass)->finalize = lanyard_passes_page_finalize;
  screen_class->notice = lanyard_passes_page_notice;
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
lanyard_passes_page_init (LanyardPassesPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  watch_focus (self, self->what_entry);
  watch_focus (self, self->host_entry);
  watch_focus (self, self->back_entry);
  watch_focus (self, self->count_entry);
  watch_focus (self, self->first_entry);
  self->focus = self->what_entry;
  gtk_widget_set_visible (GTK_WIDGET (self->host_label), FALSE);
}
