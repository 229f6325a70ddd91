/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-verify-page.h"

#include "lanyard-holder-card.h"
#include "lanyard-illustration.h"

#define MINUTE_S 60
#define HOUR_S (60 * 60)

struct _LanyardVerifyPage
{
  LanyardScreen parent_instance;

  /* template children */
  GtkWidget *empty_box;
  GtkWidget *result_box;
  GtkWidget *answer_box;
  GtkLabel *answer_label;
  GtkLabel *advice_label;
  GtkBox *facts_box;
  GtkWidget *picture;
  GtkWidget *holder_box;
  LanyardHolderCard *holder;
  GtkWidget *photo_label;
  GtkLabel *list_label;
};

G_DEFINE_FINAL_TYPE (LanyardVerifyPage, lanyard_verify_page, LANYARD_TYPE_SCREEN)

/* What is said of an answer, and how grave it looks. */
typedef struct
{
  LanyardVerificationAnswer answer;
  const char *style;
  const char *title;
  const char *advice;
} Phrase;

static const Phrase PHRASES[] = {
  { LANYARD_VERIFICATION_GENUINE, "good", N_ ("Genuine"), N_ ("This badge is good.") },
  { LANYARD_VERIFICATION_NOT_YET, "warn", N_ ("Not valid yet"),
    N_ ("It is genuine, and its time has not come.") },
  { LANYARD_VERIFICATION_EXPIRED, "bad", N_ ("Past its time"),
    N_ ("It was genuine, and opens nothing any more.") },
  { LANYARD_VERIFICATION_VOID, "bad", N_ ("Void"),
    N_ ("It was declared void. Please keep it, and take the person to the help desk.") },
  { LANYARD_VERIFICATION_OTHER_EVENT, "bad", N_ ("Of another event"),
    N_ ("It opens nothing here.") },
  { LANYARD_VERIFICATION_UNKNOWN_KEY, "bad", N_ ("Not from this event"),
    N_ ("Nobody whom this event trusts has signed it. It may be forged: call your supervisor.") },
  { LANYARD_VERIFICATION_ALTERED, "bad", N_ ("Altered"),
    N_ ("What it says is not what was signed. It may be forged: call your supervisor.") },
  { LANYARD_VERIFICATION_FOREIGN, "warn", N_ ("Not a badge code"),
    N_ ("Show the square code of the badge.") },
};

static const Phrase NUMBER
    = { 0, "warn", N_ ("A number proves nothing"), N_ ("Show the square code of the badge.") };
static const Phrase NOT_VALIDATED
    = { 0, "warn", N_ ("Genuine card, not validated"),
        N_ ("It opens nothing until staff have validated it, as far as this desk knows.") };
static const Phrase INVITATION = { 0, "warn", N_ ("An invitation, not a badge"),
                                   N_ ("It is genuine, and good for collecting a badge.") };

static const Phrase *
find_phrase (const LanyardChecked *checked)
{
  const LanyardClaims *claims
      = checked->verification != NULL ? checked->verification->claims : NULL;

  if (checked->is_number)
    return &NUMBER;
  if (checked->answer == LANYARD_VERIFICATION_GENUINE && claims != NULL)
    {
      if (claims->kind == LANYARD_CREDENTIAL_INVITATION)
        return &INVITATION;
      if (checked->not_validated)
        return &NOT_VALIDATED;
    }
  for (guint i = 0; i < G_N_ELEMENTS (PHRASES); i++)
    if (PHRASES[i].answer == checked->answer)
      return &PHRASES[i];
  return &PHRASES[G_N_ELEMENTS (PHRASES) - 1];
}

static void
remove_facts (LanyardVerifyPage *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->facts_box))) != NULL)
    gtk_box_remove (self->facts_box, child);
}

static void
add_fact (LanyardVerifyPage *self, const char *name, const char *value)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *labels[2];

  if (value == NULL || *value == '\0')
    return;
  labels[0] = gtk_label_new (lanyard_screen_say (LANYARD_SCREEN (self), name));
  labels[1] = gtk_label_new (value);
  gtk_widget_add_css_class (labels[0], "clearance-system");
  gtk_widget_add_css_class (labels[1], "body-strong");
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      gtk_widget_add_css_class (labels[i], "verbatim");
      gtk_label_set_wrap (GTK_LABEL (labels[i]), TRUE);
      gtk_label_set_xalign (GTK_LABEL (labels[i]), 0);
      gtk_box_append (GTK_BOX (row), labels[i]);
    }
  gtk_box_append (self->facts_box, row);
}

/* A privilege of the code is a zone or a means of transport. */
static const char *
label_privilege (LanyardPack *pack, const char *code, const char *language)
{
  if (pack == NULL)
    return code;
  if (lanyard_pack_find_code (pack, LANYARD_CODES_ZONE, code) != NULL)
    return lanyard_pack_get_label (pack, LANYARD_CODES_ZONE, code, language);
  return lanyard_pack_get_label (pack, LANYARD_CODES_TRANSPORT, code, language);
}

/* Returns: (transfer full): day and time in the zone of the event */
static char *
format_time (LanyardWords *words, LanyardPack *pack, gint64 time_s)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time_s);
  g_autoptr (GDateTime) local
      = utc != NULL && pack != NULL
            ? g_date_time_to_timezone (utc, lanyard_pack_get_time_zone (pack))
            : NULL;

  if (local == NULL)
    return g_strdup ("");
  return lanyard_words_dup_moment (words, local);
}

static void
show_facts (LanyardVerifyPage *self, const LanyardChecked *checked)
{
  LanyardScreen *screen = LANYARD_SCREEN (self);
  LanyardPack *pack = lanyard_screen_get_pack (screen);
  const char *language = lanyard_words_get_language (lanyard_screen_get_words (screen));
  const LanyardClaims *claims
      = checked->verification != NULL ? checked->verification->claims : NULL;
  g_autoptr (GPtrArray) privileges = g_ptr_array_new ();
  g_autofree char *joined = NULL;
  g_autofree char *until = NULL;

  remove_facts (self);
  if (claims == NULL)
    return;
  for (char **code = claims->privileges; *code != NULL; code++)
    g_ptr_array_add (privileges, (gpointer)label_privilege (pack, *code, language));
  g_ptr_array_add (privileges, NULL);
  joined = g_strjoinv (" · ", (char **)privileges->pdata);
  until = format_time (lanyard_screen_get_words (screen), pack, claims->expires_s);
  add_fact (self, N_ ("Category"),
            pack != NULL && claims->category != NULL
                ? lanyard_pack_get_label (pack, LANYARD_CODES_CATEGORY, claims->category, language)
                : claims->category);
  add_fact (self, N_ ("Zones and transport"), joined);
  add_fact (self, N_ ("Valid until"), until);
  add_fact (self, N_ ("Serial"), claims->serial);
  add_fact (self, N_ ("Seal"), checked->seal);
}

/* Offline or not, the answer is as old as the list. */
static void
show_list (LanyardVerifyPage *self, const LanyardChecked *checked)
{
  LanyardScreen *screen = LANYARD_SCREEN (self);
  LanyardWords *words = lanyard_screen_get_words (screen);
  g_autofree char *text = NULL;
  gint64 age_s = checked->list_age_s;

  if (age_s < 0)
    text = g_strdup (lanyard_words_get (words, N_ ("This desk has no list of void badges yet.")));
  else if (age_s < 2 * HOUR_S)
    text = lanyard_words_fill_n (words, "The list of void badges is %s minute old.",
                                 "The list of void badges is %s minutes old.",
                                 (gulong)(age_s / MINUTE_S));
  else
    text = lanyard_words_fill_n (words, "The list of void badges is %s hour old.",
                                 "The list of void badges is %s hours old.",
                                 (gulong)(age_s / HOUR_S));
  gtk_label_set_label (self->list_label, text);
  if (checked->list_is_old || age_s < 0)
    gtk_widget_add_css_class (GTK_WIDGET (self->list_label), "late");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->list_label), "late");
}

static void
show_answer (LanyardVerifyPage *self, const LanyardChecked *checked)
{
  static const char *const styles[] = { "good", "warn", "bad" };
  const Phrase *phrase = find_phrase (checked);

  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    gtk_widget_remove_css_class (self->answer_box, styles[i]);
  gtk_widget_add_css_class (self->answer_box, phrase->style);
  gtk_label_set_label (self->answer_label,
                       lanyard_screen_say (LANYARD_SCREEN (self), phrase->title));
  gtk_label_set_label (self->advice_label,
                       lanyard_screen_say (LANYARD_SCREEN (self), phrase->advice));
}

static void
on_back_clicked (GtkButton *button, LanyardVerifyPage *self)
{
  lanyard_screen_answer (LANYARD_SCREEN (self), LANYARD_INPUT_CANCEL, NULL);
}

static void
forget (LanyardVerifyPage *self)
{
  gtk_widget_set_visible (self->empty_box, TRUE);
  gtk_widget_set_visible (self->result_box, FALSE);
  gtk_widget_set_visible (self->picture, TRUE);
  gtk_widget_set_visible (self->holder_box, FALSE);
  gtk_widget_set_visible (self->photo_label, FALSE);
  lanyard_holder_card_clear (self->holder);
  remove_facts (self);
  gtk_label_set_label (self->list_label, "");
}

static void
lanyard_verify_page_update (LanyardScreen *screen, LanyardView *view)
{
  LanyardVerifyPage *self = LANYARD_VERIFY_PAGE (screen);
  const LanyardChecked *checked = view->checked;

  forget (self);
  if (checked == NULL)
    return;
  gtk_widget_set_visible (self->empty_box, FALSE);
  gtk_widget_set_visible (self->result_box, TRUE);
  show_answer (self, checked);
  show_facts (self, checked);
  show_list (self, checked);
  if (checked->entry == NULL)
    return;
  gtk_widget_set_visible (self->picture, FALSE);
  gtk_widget_set_visible (self->holder_box, TRUE);
  gtk_widget_set_visible (self->photo_label, checked->photo != NULL);
  lanyard_holder_card_show (self->holder, checked->entry, checked->photo,
                            lanyard_screen_get_pack (screen),
                            lanyard_words_get_language (lanyard_screen_get_words (screen)));
}

static void
lanyard_verify_page_clear (LanyardScreen *screen)
{
  forget (LANYARD_VERIFY_PAGE (screen));
}

static void
lanyard_verify_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LANYARD_TYPE_VERIFY_PAGE);
  G_OBJECT_CLASS (lanyard_verify_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/lanyard/Kiosk/page/lanyard-verify-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LanyardVerifyPage, empty_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardVerifyPage, result_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardVerifyPage, answer_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardVerifyPage, answer_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardVerifyPage, advice_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardVerifyPage, facts_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardVerifyPage, picture);
  gtk_widget_class_bind_template_child (widget_class, LanyardVerifyPage, holder_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardVerifyPage, holder);
  gtk_widget_class_bind_template_child (widget_class, LanyardVerifyPage, photo_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardVerifyPage, list_label);
  gtk_widget_class_bind_template_callback (widget_class, on_back_clicked);
}

static void
lanyard_verify_page_class_init (LanyardVerifyPageClass *klass)
{
  LanyardScreenClass *screen_class = LANYARD_SCREEN_CLASS (klass);

  g_type_ensure (LANYARD_TYPE_HOLDER_CARD);
  g_type_ensure (LANYARD_TYPE_ILLUSTRATION);
  G_OBJECT_CLASS (klass)->dispose = lanyard_verify_page_dispose;
  screen_class->update = lanyard_verify_page_update;
  screen_class->clear = lanyard_verify_page_clear;
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
lanyard_verify_page_init (LanyardVerifyPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
