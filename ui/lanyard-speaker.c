/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-speaker.h"

#include <string.h>

#include "lanyard-spoken.h"

/* One finds a corner by its two edges: larger than a fingertip with all its doubts. */
#define CORNER_PX 140
#define LONG_FACTOR 2

struct _LanyardSpeaker
{
  GObject parent_instance;

  /* owned */
  LanyardVoice *voice; /* (nullable) */
  LanyardWords *words;
  guint idle;      /* source id; 0: nothing is to be looked at */
  GString *news;   /* told and not said yet */
  char *page_text; /* said last (nullable) */
  char *message;   /* said last (nullable) */
  char *hint;      /* said last (nullable) */
  char *typed;     /* what the field holds (nullable): there is none */

  /* borrowed */
  GtkWindow *window;  /* (nullable): once it has gone */
  GtkWidget *page;    /* (nullable) */
  GtkEditable *field; /* (nullable): of the page */

  /* state */
  gboolean focus_moved;
};

G_DEFINE_FINAL_TYPE (LanyardSpeaker, lanyard_speaker, G_TYPE_OBJECT)

enum
{
  CORNER,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static gboolean
is_on (LanyardSpeaker *self)
{
  return lanyard_voice_is_on (self->voice);
}

static const char *
get_language (LanyardSpeaker *self)
{
  return lanyard_words_get_language (self->words);
}

/* Returns: whether it is another one */
static gboolean
take (char **last, char *text)
{
  gboolean another = g_strcmp0 (*last, text) != 0;

  g_free (*last);
  *last = text;
  return another;
}

static void
forget (LanyardSpeaker *self)
{
  g_clear_pointer (&self->page_text, g_free);
  g_clear_pointer (&self->message, g_free);
  g_clear_pointer (&self->hint, g_free);
  g_string_truncate (self->news, 0);
  self->focus_moved = FALSE;
  g_clear_handle_id (&self->idle, g_source_remove);
}

/* As long as nobody uses keys the focus is nobody's. */
static void
add_focus (LanyardSpeaker *self, GString *text)
{
  GtkWidget *focus = self->window != NULL ? gtk_window_get_focus (self->window) : NULL;
  g_autofree char *control = NULL;

  if (focus == NULL || !gtk_widget_has_css_class (GTK_WIDGET (self->window), "keyed"))
    return;
  control = lanyard_spoken_dup_control (focus, self->words);
  lanyard_spoken_append (text, control);
}

/* Characters that came are said, one that went with the word for it. */
static void
add_typed (LanyardSpeaker *self, GString *text)
{
  const char *now = self->field != NULL ? gtk_editable_get_text (self->field) : "";
  g_autofree char *before = g_steal_pointer (&self->typed);
  g_autofree char *said = NULL;
  gsize length = before != NULL ? strlen (before) : 0;

  self->typed = g_strdup (now);
  if (before == NULL || strcmp (before, now) == 0)
    return;
  if (g_str_has_prefix (now, before))
    said = lanyard_spoken_dup_spelled (now + length);
  else if (g_str_has_prefix (before, now))
    said = lanyard_words_fill (self->words, N_ ("%s deleted"), before + strlen (now));
  if (said != NULL)
    lanyard_spoken_append (text, said);
}

/* All that came together is said together: a page and the control in it that got the focus. */
static void
on_idle (gpointer data)
{
  LanyardSpeaker *self = data;
  g_autoptr (GString) text = g_string_new (self->news->str);
  gboolean another;

  self->idle = 0;
  g_string_truncate (self->news, 0);
  if (self->page == NULL || !is_on (self))
    return;
  add_typed (self, text);
  another = take (&self->page_text, lanyard_spoken_dup_page (self->page));
  if (another)
    lanyard_spoken_append (text, self->page_text);
  if (take (&self->message, lanyard_spoken_dup_message (self->page)))
    lanyard_spoken_append (text, self->message);
  if (another || self->focus_moved)
    add_focus (self, text);
  self->focus_moved = FALSE;
  lanyard_voice_say (self->voice, get_language (self), text->str);
  if (take (&self->hint, lanyard_spoken_dup_hint (self->page)))
    lanyard_voice_add (self->voice, get_language (self), self->hint);
}

static void
look (LanyardSpeaker *self)
{
  if (is_on (self) && self->idle == 0)
    self->idle = g_idle_add_once (on_idle, self);
}

static void
on_focus (LanyardSpeaker *self)
{
  self->focus_moved = TRUE;
  look (self);
}

/* Returns: (nullable): the field below @widget */
static GtkEditable *
find_field (GtkWidget *widget)
{
  GtkEditable *found = NULL;

  if (GTK_IS_ENTRY (widget))
    return GTK_EDITABLE (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_field (child);
  return found;
}

/* The page may change the text in several steps: what it is in the end is looked at. */
static void
on_typed (LanyardSpeaker *self, GtkEditable *field)
{
  /* the page takes away what was wrong: it may be wrong again */
  g_clear_pointer (&self->message, g_free);
  if (is_on (self))
    look (self);
  else
    take (&self->typed, g_strdup (gtk_editable_get_text (field)));
}

static void
watch_field (LanyardSpeaker *self, GtkEditable *field)
{
  if (self->field == field)
    return;
  if (self->field != NULL)
    g_signal_handlers_disconnect_by_func (self->field, on_typed, self);
  g_set_weak_pointer (&self->field, field);
  g_clear_pointer (&self->typed, g_free);
  if (field == NULL)
    return;
  self->typed = g_strdup (gtk_editable_get_text (field));
  g_signal_connect_object (field, "changed", G_CALLBACK (on_typed), self, G_CONNECT_SWAPPED);
}

/* The touch is not meant for what stands below it. */
static void
on_long_touch (GtkGestureLongPress *gesture, double x, double y, LanyardSpeaker *self)
{
  GtkWidget *window = GTK_WIDGET (self->window);

  if (window == NULL || x > CORNER_PX || y < gtk_widget_get_height (window) - CORNER_PX)
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  g_signal_emit (self, signals[CORNER], 0);
}

static void
lanyard_speaker_dispose (GObject *object)
{
  LanyardSpeaker *self = LANYARD_SPEAKER (object);

  watch_field (self, NULL);
  forget (self);
  g_clear_weak_pointer (&self->window);
  g_clear_weak_pointer (&self->page);
  g_clear_pointer (&self->voice, lanyard_voice_free);
  G_OBJECT_CLASS (lanyard_speaker_parent_class)->dispose (object);
}

static void
lanyard_speaker_finalize (GObject *object)
{
  LanyardSpeaker *self = LANYARD_SPEAKER (object);

  g_string_free (self->news, TRUE);
  lanyard_words_unref (self->words);
  G_OBJECT_CLASS (lanyard_speaker_parent_class)->finalize (object);
}

static void
lanyard_speaker_class_init (LanyardSpeakerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lanyard_speaker_dispose;
  G_OBJECT_CLASS (klass)->finalize = lanyard_speaker_finalize;
  signals[CORNER] = g_signal_new ("corner", LANYARD_TYPE_SPEAKER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
}

static void
lanyard_speaker_init (LanyardSpeaker *self)
{
  self->words = lanyard_words_new (NULL);
  self->news = g_string_new (NULL);
}

LanyardSpeaker *
lanyard_speaker_new (GtkWindow *window)
{
  LanyardSpeaker *self;
  GtkGesture *touch;

  g_return_val_if_fail (GTK_IS_WINDOW (window), NULL);

  self = g_object_new (LANYARD_TYPE_SPEAKER, NULL);
  g_set_weak_pointer (&self->window, window);
  g_signal_connect_object (window, "notify::focus-widget", G_CALLBACK (on_focus), self,
                           G_CONNECT_SWAPPED);
  touch = gtk_gesture_long_press_new ();
  gtk_gesture_long_press_set_delay_factor (GTK_GESTURE_LONG_PRESS (touch), LONG_FACTOR);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (touch), GTK_PHASE_CAPTURE);
  g_signal_connect_object (touch, "pressed", G_CALLBACK (on_long_touch), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (window), GTK_EVENT_CONTROLLER (touch));
  return self;
}

void
lanyard_speaker_set_voice (LanyardSpeaker *self, LanyardVoice *voice)
{
  g_return_if_fail (LANYARD_IS_SPEAKER (self));

  g_clear_pointer (&self->voice, lanyard_voice_free);
  self->voice = voice;
}

gboolean
lanyard_speaker_has_voice (LanyardSpeaker *self)
{
  g_return_val_if_fail (LANYARD_IS_SPEAKER (self), FALSE);

  return self->voice != NULL;
}

void
lanyard_speaker_set_words (LanyardSpeaker *self, LanyardWords *words)
{
  g_return_if_fail (LANYARD_IS_SPEAKER (self) && words != NULL);

  lanyard_words_ref (words);
  lanyard_words_unref (self->words);
  self->words = words;
}

void
lanyard_speaker_set_on (LanyardSpeaker *self, gboolean on, gboolean own_keys)
{
  g_return_if_fail (LANYARD_IS_SPEAKER (self));

  if (on == is_on (self))
    return;
  forget (self);
  if (!on)
    {
      lanyard_voice_switch_off (self->voice, get_language (self),
                                lanyard_words_get (self->words, N_ ("Sound is off.")));
      return;
    }
  lanyard_voice_switch_on (self->voice);
  lanyard_speaker_tell (
      self,
      lanyard_words_get (
          self->words,
          own_keys ? N_ ("Sound is on. The keypad moves and chooses.")
                   : N_ ("Sound is on. The arrow keys move, Enter chooses, Escape goes back.")));
}

void
lanyard_speaker_show_page (LanyardSpeaker *self, GtkWidget *page)
{
  g_return_if_fail (LANYARD_IS_SPEAKER (self));

  if (self->page != page)
    {
      lanyard_voice_stop (self->voice);
      g_set_weak_pointer (&self->page, page);
      watch_field (self, page != NULL ? find_field (page) : NULL);
      g_clear_pointer (&self->page_text, g_free);
      g_clear_pointer (&self->message, g_free);
      g_clear_pointer (&self->hint, g_free);
    }
  look (self);
}

gboolean
lanyard_speaker_is_speaking (LanyardSpeaker *self)
{
  g_return_val_if_fail (LANYARD_IS_SPEAKER (self), FALSE);

  return is_on (self) && (self->idle != 0 || lanyard_voice_is_speaking (self->voice));
}

void
lanyard_speaker_tell (LanyardSpeaker *self, const char *text)
{
  g_return_if_fail (LANYARD_IS_SPEAKER (self) && text != NULL);

  if (!is_on (self))
    return;
  lanyard_spoken_append (self->news, text);
  look (self);
}

void
lanyard_speaker_tell_control (LanyardSpeaker *self, GtkWidget *control)
{
  g_autofree char *text = NULL;

  g_return_if_fail (LANYARD_IS_SPEAKER (self) && GTK_IS_WIDGET (control));

  text = lanyard_spoken_dup_control (control, self->words);
  lanyard_speaker_tell (self, text);
}

void
lanyard_speaker_perform (LanyardSpeaker *self, LanyardKeyAction action)
{
  g_return_if_fail (LANYARD_IS_SPEAKER (self));

  if (action == LANYARD_KEY_REPEAT)
    forget (self);
  if (action == LANYARD_KEY_SOFTER || action == LANYARD_KEY_LOUDER)
    lanyard_voice_change_volume (self->voice, action == LANYARD_KEY_LOUDER ? 1 : -1);
  else if (action == LANYARD_KEY_SLOWER || action == LANYARD_KEY_FASTER)
    lanyard_voice_change_rate (self->voice, action == LANYARD_KEY_FASTER ? 1 : -1);
  if (action == LANYARD_KEY_SOFTER)
    lanyard_speaker_tell (self, lanyard_words_get (self->words, N_ ("Softer")));
  else if (action == LANYARD_KEY_LOUDER)
    lanyard_speaker_tell (self, lanyard_words_get (self->words, N_ ("Louder")));
  else if (action == LANYARD_KEY_SLOWER)
    lanyard_speaker_tell (self, lanyard_words_get (self->words, N_ ("Slower")));
  else if (action == LANYARD_KEY_FASTER)
    lanyard_speaker_tell (self, lanyard_words_get (self->words, N_ ("Faster")));
  look (self);
}
