/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The step at which the desk's voice is heard: it says a sentence, and whoever is there says
 * whether it came out and how loud. */

#define G_LOG_DOMAIN "lanyard-ui"

#include <stdlib.h>

#include "lanyard-setup-pages.h"
#include "lanyard-voice.h"

/* As [speech] volume has it when it says nothing. */
#define USUAL_VOLUME 50
#define SPACING 12

struct _LanyardSetupSoundPage
{
  LanyardSetupPage parent_instance;

  /* borrowed */
  GtkLabel *verdict;
  GtkWidget *say_button;
  GtkWidget *answers;
  GtkWidget *louder_button;
  GtkWidget *softer_button;
  GtkWidget *none_button;

  /* owned */
  LanyardVoice *voice; /* (nullable): while the page is on and something was said */

  /* state */
  int volume; /* -100 to 100 */
  gboolean there;
  gboolean said;
  gboolean heard;
  gboolean none; /* no sound at this desk */
};

G_DEFINE_FINAL_TYPE (LanyardSetupSoundPage, lanyard_setup_sound_page, LANYARD_TYPE_SETUP_PAGE)

static const char *
find_words (LanyardSetupSoundPage *self, const char **look)
{
  *look = "";
  if (self->none)
    return N_ ("This desk stays silent. Everything can be done without its voice.");
  *look = "bad";
  if (!self->there)
    return N_ ("Nothing on this machine can speak: speech-dispatcher and a voice are missing.");
  *look = "good";
  if (self->heard)
    return N_ ("This desk reads its pages aloud to whoever asks for it.");
  *look = "";
  if (self->said && self->volume >= LANYARD_VOICE_LIMIT)
    return N_ (
        "Did you hear it? It cannot speak louder: turn the loudspeaker up, or see whether it "
        "is plugged in.");
  return self->said ? N_ ("Did you hear it?")
                    : N_ ("Let it say a sentence. Is the loudspeaker or the socket for headphones "
                          "plugged in?");
}

static void
lanyard_setup_sound_page_update (LanyardSetupPage *page)
{
  LanyardSetupSoundPage *self = LANYARD_SETUP_SOUND_PAGE (page);
  const char *look;
  const char *words = find_words (self, &look);
  gboolean ready = self->none || self->heard;

  lanyard_setup_tell (self->verdict, lanyard_setup_page_say (page, words), look);
  gtk_widget_set_visible (self->say_button, self->there);
  gtk_widget_set_visible (self->answers, self->there && self->said && !self->none);
  gtk_widget_set_sensitive (self->louder_button, self->volume < LANYARD_VOICE_LIMIT);
  gtk_widget_set_sensitive (self->softer_button, self->volume > -LANYARD_VOICE_LIMIT);
  if (self->none)
    gtk_widget_add_css_class (self->none_button, "selected");
  else
    gtk_widget_remove_css_class (self->none_button, "selected");
  if (lanyard_setup_page_is_ready (page) != ready)
    lanyard_setup_page_set_ready (page, ready);
}

/* Returns: (transfer full) (nullable): what stands in [speech] */
static char *
get_setting (LanyardSetupSoundPage *self, const char *key)
{
  LanyardSetup *setup = lanyard_setup_page_get_setup (LANYARD_SETUP_PAGE (self));

  return lanyard_setup_file_get (lanyard_setup_get_file (setup), "speech", key);
}

static int
get_number (LanyardSetupSoundPage *self, const char *key, int usual)
{
  g_autofree char *text = get_setting (self, key);

  return text != NULL ? CLAMP (atoi (text), -LANYARD_VOICE_LIMIT, LANYARD_VOICE_LIMIT) : usual;
}

/* The daemon is told of a volume when it is opened, or by steps. */
static void
speak (LanyardSetupSoundPage *self)
{
  LanyardSetupPage *page = LANYARD_SETUP_PAGE (self);
  g_autofree char *start = get_setting (self, "start");

  g_clear_pointer (&self->voice, lanyard_voice_free);
  self->voice = lanyard_voice_new (g_strcmp0 (start, "false") != 0, self->volume,
                                   get_number (self, "rate", 0));
  lanyard_voice_switch_on (self->voice);
  lanyard_voice_say (self->voice, lanyard_words_get_language (lanyard_setup_page_get_words (page)),
                     lanyard_setup_page_say (page,
                                             N_ ("Can you hear this voice? It reads the pages "
                                                 "of this desk aloud to whoever asks for "
                                                 "it.")));
  self->said = TRUE;
  self->heard = self->none = FALSE;
  lanyard_setup_page_update (page);
}

static void
on_say_clicked (GtkButton *button, LanyardSetupSoundPage *self)
{
  speak (self);
}

static void
on_yes_clicked (GtkButton *button, LanyardSetupSoundPage *self)
{
  self->heard = TRUE;
  lanyard_setup_page_update (LANYARD_SETUP_PAGE (self));
}

static void
on_louder_clicked (GtkButton *button, LanyardSetupSoundPage *self)
{
  self->volume = MIN (self->volume + LANYARD_VOICE_STEP, LANYARD_VOICE_LIMIT);
  speak (self);
}

static void
on_softer_clicked (GtkButton *button, LanyardSetupSoundPage *self)
{
  self->volume = MAX (self->volume - LANYARD_VOICE_STEP, -LANYARD_VOICE_LIMIT);
  speak (self);
}

static void
on_none_clicked (GtkButton *button, LanyardSetupSoundPage *self)
{
  g_clear_pointer (&self->voice, lanyard_voice_free);
  self->none = TRUE;
  self->heard = FALSE;
  lanyard_setup_page_update (LANYARD_SETUP_PAGE (self));
}

static void
lanyard_setup_sound_page_enter (LanyardSetupPage *page)
{
  LanyardSetupSoundPage *self = LANYARD_SETUP_SOUND_PAGE (page);

  self->there = lanyard_voice_is_there ();
  self->volume = get_number (self, "volume", USUAL_VOLUME);
  self->said = self->heard = self->none = FALSE;
}

static void
lanyard_setup_sound_page_leave (LanyardSetupPage *page)
{
  g_clear_pointer (&LANYARD_SETUP_SOUND_PAGE (page)->voice, lanyard_voice_free);
}

static gboolean
lanyard_setup_sound_page_finish (LanyardSetupPage *page, GError **error)
{
  LanyardSetupSoundPage *self = LANYARD_SETUP_SOUND_PAGE (page);
  g_autofree char *volume = g_strdup_printf ("%d", self->volume);
  const LanyardSetupSetting settings[] = {
    { "speech", "use", self->none ? "false" : "true" },
    { "speech", "volume", volume },
  };

  return lanyard_setup_take (lanyard_setup_page_get_setup (page), LANYARD_SETUP_FINISH, settings,
                             self->none ? 1 : G_N_ELEMENTS (settings), error);
}

static void
lanyard_setup_sound_page_class_init (LanyardSetupSoundPageClass *klass)
{
  LanyardSetupPageClass *page_class = LANYARD_SETUP_PAGE_CLASS (klass);

  page_class->name = N_ ("Sound");
  page_class->title = N_ ("Can this desk be heard?");
  page_class->intro = N_ ("Whoever does not see the screen well can have it read aloud.");
  page_class->enter = lanyard_setup_sound_page_enter;
  page_class->leave = lanyard_setup_sound_page_leave;
  page_class->update = lanyard_setup_sound_page_update;
  page_class->finish = lanyard_setup_sound_page_finish;
}

static void
add_answer (GtkWidget *row, GtkWidget *button)
{
  gtk_widget_set_hexpand (button, TRUE);
  gtk_box_append (GTK_BOX (row), button);
}

static void
lanyard_setup_sound_page_init (LanyardSetupSoundPage *self)
{
  GtkWidget *column
      = lanyard_setup_column (lanyard_setup_page_get_columns (LANYARD_SETUP_PAGE (self)));

  self->answers = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, SPACING);
  gtk_box_set_homogeneous (GTK_BOX (self->answers), TRUE);
  self->louder_button
      = lanyard_setup_button (N_ ("Louder"), "secondary", G_CALLBACK (on_louder_clicked), self);
  self->softer_button
      = lanyard_setup_button (N_ ("Softer"), "secondary", G_CALLBACK (on_softer_clicked), self);
  self->say_button
      = lanyard_setup_button (N_ ("Let it speak"), "secondary", G_CALLBACK (on_say_clicked), self);
  self->none_button = lanyard_setup_button (N_ ("No sound at this desk"), "language",
                                            G_CALLBACK (on_none_clicked), self);
  add_answer (self->answers, lanyard_setup_button (N_ ("Yes, I hear it"), "secondary",
                                                   G_CALLBACK (on_yes_clicked), self));
  add_answer (self->answers, self->louder_button);
  add_answer (self->answers, self->softer_button);
  gtk_box_append (GTK_BOX (column), lanyard_setup_verdict (&self->verdict));
  gtk_box_append (GTK_BOX (column), self->say_button);
  gtk_box_append (GTK_BOX (column), self->answers);
  gtk_box_append (GTK_BOX (column), self->none_button);
}
