/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What stands around the pages, and what people ask of the screen: low, large, spoken, by keys. */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-window-private.h"

/* While a page is read aloud, somebody is there; the desk is told this often. */
#define LISTEN_MS 2000
#define LISTEN_LIMIT_US (120 * G_USEC_PER_SEC)

static gboolean
is_large (LanyardWindow *self)
{
  return lanyard_aids_is_large (self->aids);
}

static void
put_into (GtkWidget *widget, GtkWidget *box)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);

  if (parent == box)
    return;
  g_object_ref (widget);
  gtk_box_remove (GTK_BOX (parent), widget);
  gtk_box_append (GTK_BOX (box), widget);
  g_object_unref (widget);
}

static void
set_sound (LanyardWindow *self, gboolean sound)
{
  lanyard_aids_set_sound (self->aids, sound);
}

static void
on_action (LanyardKeys *keys, int action, LanyardWindow *self)
{
  switch ((LanyardKeyAction)action)
    {
    case LANYARD_KEY_LOW:
      lanyard_aids_set_low (self->aids, !lanyard_aids_is_low (self->aids));
      break;
    case LANYARD_KEY_LETTERS:
      lanyard_aids_set_large (self->aids, !lanyard_aids_is_large (self->aids));
      break;
    case LANYARD_KEY_SOUND:
      set_sound (self, !lanyard_aids_has_sound (self->aids));
      break;
    case LANYARD_KEY_SOUND_ON:
    case LANYARD_KEY_SOUND_OFF:
      set_sound (self, action == LANYARD_KEY_SOUND_ON);
      break;
    default:
      lanyard_speaker_perform (self->speaker, (LanyardKeyAction)action);
    }
}

static void
on_corner (LanyardSpeaker *speaker, LanyardWindow *self)
{
  set_sound (self, !lanyard_aids_has_sound (self->aids));
}

static void
on_aids_changed (LanyardAids *aids, LanyardWindow *self)
{
  GtkWidget *last = lanyard_aids_get_last (aids);

  lanyard_window_frame_arrange_all (self);
  lanyard_speaker_set_on (self->speaker, lanyard_aids_has_sound (aids),
                          lanyard_keys_has_own (self->keys));
  if (last != NULL)
    lanyard_speaker_tell_control (self->speaker, last);
  lanyard_window_frame_listen (self);
}

/* Whoever works with keys answers with the next one, and is then where they were. */
static void
on_more_time_visible (LanyardMoreTime *more_time, GParamSpec *pspec, LanyardWindow *self)
{
  GtkWindow *window = GTK_WINDOW (self);

  if (!gtk_widget_get_visible (GTK_WIDGET (more_time)))
    {
      if (self->asked != NULL && gtk_widget_get_mapped (self->asked))
        gtk_window_set_focus (window, self->asked);
      g_clear_weak_pointer (&self->asked);
      return;
    }
  lanyard_speaker_tell (self->speaker,
                        lanyard_words_get (self->words, N_ ("Do you need more time?")));
  if (!gtk_widget_has_css_class (GTK_WIDGET (self), "keyed"))
    return;
  g_set_weak_pointer (&self->asked, gtk_window_get_focus (window));
  gtk_widget_child_focus (GTK_WIDGET (more_time), GTK_DIR_TAB_FORWARD);
}

/* What is to be touched around a page of self-service. A high screen has it at its foot, always:
 * whoever sits before it could not reach the header to say so. On a low one the whole header moves.
 */
void
lanyard_window_frame_arrange (LanyardWindow *self)
{
  gboolean everybody = self->row != NULL && self->row->for_everybody;
  gboolean low = everybody && lanyard_aids_is_low (self->aids);
  gboolean foot = everybody && self->portrait;
  GtkWidget *column = GTK_WIDGET (self->column);

  lanyard_aids_set_for_everybody (self->aids, everybody);
  put_into (self->tools, foot ? self->foot : self->header);
  gtk_widget_set_halign (self->tools, foot ? GTK_ALIGN_CENTER : GTK_ALIGN_FILL);
  gtk_widget_set_visible (self->foot, foot);
  gtk_widget_insert_after (self->header, column,
                           low && !self->portrait ? GTK_WIDGET (self->scroller) : NULL);
  gtk_widget_insert_after (self->edge, column,
                           low && !self->portrait ? GTK_WIDGET (self->scroller) : self->header);
  gtk_widget_set_margin_top (GTK_WIDGET (self->more_time), low ? self->height_px / 2 : 0);
  if (low)
    gtk_widget_add_css_class (GTK_WIDGET (self), "low");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "low");
}

void
lanyard_window_frame_arrange_page (LanyardWindow *self,
                                   LanyardScreen *screen,
                                   const LanyardPageRow *row)
{
  lanyard_screen_set_low (screen, lanyard_aids_is_low (self->aids));
  lanyard_screen_set_portrait (screen, self->portrait || (row->stacks && is_large (self)));
  lanyard_screen_set_whole (screen, is_large (self));
}

void
lanyard_window_frame_arrange_all (LanyardWindow *self)
{
  const LanyardPageRow *row;

  lanyard_window_frame_arrange (self);
  gtk_label_set_lines (self->event_label, is_large (self) ? 4 : self->portrait ? 3 : 2);
  for (guint i = 0; (row = lanyard_page_table_get (i)) != NULL; i++)
    {
      GtkWidget *page = gtk_stack_get_child_by_name (self->stack, row->name);

      if (page != NULL)
        lanyard_window_frame_arrange_page (self, LANYARD_SCREEN (page), row);
    }
}

void
lanyard_window_frame_speak (LanyardWindow *self)
{
  gboolean everybody = self->row != NULL && self->row->for_everybody;
  gboolean staff = self->view == NULL || self->view->staff_signed_in;

  lanyard_speaker_show_page (self->speaker, everybody && !staff ? GTK_WIDGET (self->screen) : NULL);
}

void
lanyard_window_frame_sound (LanyardWindow *self)
{
  if (self->view->tone_generation == self->tone_generation)
    return;
  self->tone_generation = self->view->tone_generation;
  if (self->view->tone == LANYARD_TONE_READ)
    lanyard_chime_play (self->chime, LANYARD_CHIME_READ);
  else if (self->view->tone == LANYARD_TONE_TURNED_AWAY)
    lanyard_chime_play (self->chime, LANYARD_CHIME_TURNED_AWAY);
}

static gboolean
is_listened_to (LanyardWindow *self)
{
  LanyardPage page = self->view != NULL ? self->view->page : LANYARD_PAGE_WELCOME;

  return (page == LANYARD_PAGE_DONE || page == LANYARD_PAGE_REFUSED) && self->view->deadline_us != 0
         && !self->view->staff_signed_in && lanyard_aids_has_sound (self->aids);
}

/* A voice that never comes to its end must not leave the next person without a desk. */
static gboolean
on_listen (gpointer user_data)
{
  LanyardWindow *self = user_data;

  if (!is_listened_to (self) || g_get_monotonic_time () - self->listened_us > LISTEN_LIMIT_US)
    {
      self->listening = 0;
      return G_SOURCE_REMOVE;
    }
  if (lanyard_speaker_is_speaking (self->speaker))
    lanyard_controls_input (self->controls, LANYARD_INPUT_ACTIVITY, 0, NULL);
  return G_SOURCE_CONTINUE;
}

void
lanyard_window_frame_listen (LanyardWindow *self)
{
  if (!is_listened_to (self) || self->listened_question == self->view->question)
    return;
  self->listened_question = self->view->question;
  self->listened_us = g_get_monotonic_time ();
  g_clear_handle_id (&self->listening, g_source_remove);
  self->listening = g_timeout_add (LISTEN_MS, on_listen, self);
}

void
lanyard_window_frame_init (LanyardWindow *self)
{
  self->keys = lanyard_keys_new (GTK_WIDGET (self));
  self->speaker = lanyard_speaker_new (GTK_WINDOW (self));
  g_signal_connect_object (self->keys, "action", G_CALLBACK (on_action), self, 0);
  g_signal_connect_object (self->speaker, "corner", G_CALLBACK (on_corner), self, 0);
  g_signal_connect_object (self->aids, "changed", G_CALLBACK (on_aids_changed), self, 0);
  g_signal_connect_object (self->more_time, "notify::visible", G_CALLBACK (on_more_time_visible),
                           self, 0);
}

void
lanyard_window_set_voice (LanyardWindow *self, LanyardVoice *voice)
{
  g_return_if_fail (LANYARD_IS_WINDOW (self));

  lanyard_aids_set_sound (self->aids, FALSE);
  lanyard_speaker_set_voice (self->speaker, voice);
  lanyard_aids_set_has_voice (self->aids, voice != NULL);
}

void
lanyard_window_set_chime (LanyardWindow *self, LanyardChime *chime)
{
  g_return_if_fail (LANYARD_IS_WINDOW (self));

  g_clear_pointer (&self->chime, lanyard_chime_free);
  self->chime = chime;
}
