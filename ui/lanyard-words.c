/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-words.h"

#include <string.h>

#include "lanyard-catalogue.h"
#include "lanyard-han.h"
#include "lanyard-writing.h"

#define CATALOGUES "/org/lanyard/Kiosk/words/"
/* Not the Chinese of the catalogue. */
#define TRADITIONAL "zh-hant"

struct _LanyardWords
{
  gatomicrefcount refs;
  char *language;
  LanyardCatalogue *event;     /* (nullable): of the pack; goes before the other */
  LanyardCatalogue *catalogue; /* (nullable) */
  GHashTable *longer;          /* (nullable): pseudo-language: msgid → longer text */
};

typedef struct
{
  const char *tag;
  const char *text;
} OfLanguage;

/* How languages call themselves: never translated. */
static const OfLanguage NAMES[] = {
  { "ar", "العربية" },    { "bg", "Български" },   { "ca", "Català" },
  { "cs", "Čeština" },    { "cy", "Cymraeg" },     { "da", "Dansk" },
  { "de", "Deutsch" },    { "el", "Ελληνικά" },    { "en", "English" },
  { "es", "Español" },    { "et", "Eesti" },       { "eu", "Euskara" },
  { "fa", "فارسی" },      { "fi", "Suomi" },       { "fr", "Français" },
  { "ga", "Gaeilge" },    { "gl", "Galego" },      { "he", "עברית" },
  { "hi", "हिन्दी" },      { "hr", "Hrvatski" },    { "hu", "Magyar" },
  { "id", "Indonesia" },  { "is", "Íslenska" },    { "it", "Italiano" },
  { "ja", "日本語" },     { "ko", "한국어" },      { "lt", "Lietuvių" },
  { "lv", "Latviešu" },   { "ms", "Melayu" },      { "nb", "Norsk" },
  { "nl", "Nederlands" }, { "no", "Norsk" },       { "pl", "Polski" },
  { "pt", "Português" },  { "ro", "Română" },      { "ru", "Русский" },
  { "sk", "Slovenčina" }, { "sl", "Slovenščina" }, { "sr", "Српски" },
  { "sv", "Svenska" },    { "sw", "Kiswahili" },   { "th", "ไทย" },
  { "tr", "Türkçe" },     { "uk", "Українська" },  { "ur", "اردو" },
  { "vi", "Tiếng Việt" }, { "zh", "简体中文" },    { TRADITIONAL, "繁體中文" },
};

/* All digits, the year with four of them: no order can be taken for another. The others write the
 * year first (ISO 8601), as English does here, whose readers do not agree on day and month. */
static const OfLanguage DATES[] = {
  { "ar", "%d/%m/%Y" }, { "de", "%d.%m.%Y" }, { "es", "%d/%m/%Y" },
  { "fr", "%d/%m/%Y" }, { "ja", "%Y/%m/%d" }, { "pt", "%d/%m/%Y" },
};

/* What stands between thousands. A space that breaks no line is ISO 80000-1 clause 7.3.1; Spanish
 * and Portuguese leave four digits whole. */
static const OfLanguage THOUSANDS[]
    = { { "de", "." }, { "es", "\u202f" }, { "fr", "\u202f" }, { "pt", "\u202f" } };
static const char *const FOUR_DIGITS_WHOLE[] = { "es", "pt", NULL };

static G_DEFINE_QUARK (lanyard - msgid, msgid)

    static char *dup_primary_tag (const char *language)
{
  if (g_strcmp0 (lanyard_han_get_class (language), "han-tc") == 0)
    return g_strdup (TRADITIONAL);
  return g_ascii_strdown (language, (gssize)strcspn (language, "-_."));
}

static LanyardCatalogue *
load_catalogue (const char *tag)
{
  g_autofree char *path = g_strconcat (CATALOGUES, tag, ".mo", NULL);
  g_autoptr (GBytes) mo = g_resources_lookup_data (path, 0, NULL);
  g_autoptr (GError) error = NULL;
  LanyardCatalogue *catalogue;

  if (mo == NULL)
    return NULL;
  catalogue = lanyard_catalogue_new (mo, &error);
  if (catalogue == NULL)
    g_warning ("%s: %s", tag, error->message);
  return catalogue;
}

/* Words of up to eight letters, so that lines break as they would in a real language. */
static char *
dup_longer (const char *text)
{
  GString *longer = g_string_new (text);
  glong n_more = (g_utf8_strlen (text, -1) * 2 + 4) / 5;

  for (glong i = 0; i < n_more; i++)
    g_string_append (longer, i % 9 == 0 ? " " : "ö");
  return g_string_free (longer, FALSE);
}

static const char *
get_longer (LanyardWords *words, const char *msgid)
{
  const char *text = g_hash_table_lookup (words->longer, msgid);

  if (text == NULL)
    {
      char *made = dup_longer (msgid);

      g_hash_table_insert (words->longer, g_strdup (msgid), made);
      text = made;
    }
  return text;
}

/* No printf(): what a catalogue says is never taken as a format. */
static char *
fill (const char *text, const char *value)
{
  const char *place = strstr (text, "%s");

  if (place == NULL)
    return g_strdup (text);
  return g_strdup_printf ("%.*s%s%s", (int)(place - text), text, value, place + 2);
}

static void
translate_label (LanyardWords *words, GtkLabel *label)
{
  const char *msgid = g_object_get_qdata (G_OBJECT (label), msgid_quark ());

  /* names, numbers, keys: they are no words of ours */
  if (gtk_widget_has_css_class (GTK_WIDGET (label), "verbatim"))
    return;
  if (msgid == NULL)
    {
      msgid = gtk_label_get_label (label);
      g_object_set_qdata_full (G_OBJECT (label), msgid_quark (), g_strdup (msgid), g_free);
      msgid = g_object_get_qdata (G_OBJECT (label), msgid_quark ());
    }
  if (*msgid != '\0')
    gtk_label_set_label (label, lanyard_words_get (words, msgid));
}

static void
collect_texts (GtkWidget *widget, GPtrArray *texts)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_visible (widget))
    g_ptr_array_add (texts, (gpointer)gtk_label_get_text (GTK_LABEL (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect_texts (child, texts);
}

static void
name_button (LanyardWords *words, GtkWidget *button)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();
  g_autofree char *name = NULL;

  collect_texts (button, texts);
  name = lanyard_words_join (words, (const char *const *)texts->pdata, texts->len);
  if (*name != '\0')
    gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                    -1);
}

/* What a pack says in its own words. One that cannot be read is as good as none: nobody is kept
 * waiting for it. */
static LanyardCatalogue *
load_event (const LanyardPack *pack, const char *language)
{
  g_autofree char *tag = NULL;
  g_autoptr (GBytes) mo = lanyard_pack_dup_words (pack, language, &tag);
  g_autoptr (GError) error = NULL;
  LanyardCatalogue *catalogue;

  if (mo == NULL)
    return NULL;
  catalogue = lanyard_catalogue_new (mo, &error);
  if (catalogue == NULL)
    g_warning ("The pack's own words are not shown, texts/%s.mo: %s", tag, error->message);
  return catalogue;
}

LanyardWords *
lanyard_words_new (const char *language)
{
  LanyardWords *words = g_new0 (LanyardWords, 1);
  g_autofree char *tag = NULL;

  g_atomic_ref_count_init (&words->refs);
  words->language = g_strdup (language != NULL && *language != '\0' ? language : "en");
  tag = dup_primary_tag (words->language);
  if (strcmp (tag, LANYARD_WORDS_PSEUDO) == 0)
    words->longer = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  else
    words->catalogue = load_catalogue (tag);
  return words;
}

LanyardWords *
lanyard_words_new_of_pack (const char *language, const LanyardPack *pack)
{
  LanyardWords *words = lanyard_words_new (language);

  if (pack != NULL)
    words->event = load_event (pack, words->language);
  return words;
}

LanyardWords *
lanyard_words_ref (LanyardWords *words)
{
  g_return_val_if_fail (words != NULL, NULL);

  g_atomic_ref_count_inc (&words->refs);
  return words;
}

void
lanyard_words_unref (LanyardWords *words)
{
  g_return_if_fail (words != NULL);

  if (!g_atomic_ref_count_dec (&words->refs))
    return;
  g_clear_pointer (&words->event, lanyard_catalogue_free);
  g_clear_pointer (&words->catalogue, lanyard_catalogue_free);
  g_clear_pointer (&words->longer, g_hash_table_unref);
  g_free (words->language);
  g_free (words);
}

const char *
lanyard_words_get_language (LanyardWords *words)
{
  g_return_val_if_fail (words != NULL, NULL);

  return words->language;
}

GtkTextDirection
lanyard_words_get_direction (LanyardWords *words)
{
  g_return_val_if_fail (words != NULL, GTK_TEXT_DIR_LTR);

  return lanyard_writing_is_from_right (words->language) ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR;
}

const char *
lanyard_words_get (LanyardWords *words, const char *msgid)
{
  const char *text = NULL;

  g_return_val_if_fail (words != NULL && msgid != NULL, msgid);

  if (words->longer != NULL)
    return get_longer (words, msgid);
  if (words->event != NULL)
    text = lanyard_catalogue_find (words->event, msgid);
  if (text == NULL && words->catalogue != NULL)
    text = lanyard_catalogue_find (words->catalogue, msgid);
  return text != NULL ? text : msgid;
}

char *
lanyard_words_fill (LanyardWords *words, const char *msgid, const char *value)
{
  g_return_val_if_fail (words != NULL && value != NULL, NULL);

  return fill (lanyard_words_get (words, msgid), value);
}

char *
lanyard_words_fill_n (LanyardWords *words, const char *singular, const char *plural, gulong n)
{
  g_autofree char *number = NULL;
  const char *text = NULL;

  g_return_val_if_fail (words != NULL && singular != NULL && plural != NULL, NULL);

  number = lanyard_words_dup_number (words, n);
  if (words->longer != NULL)
    return fill (get_longer (words, n == 1 ? singular : plural), number);
  if (words->event != NULL)
    text = lanyard_catalogue_find_plural (words->event, singular, n);
  if (text == NULL && words->catalogue != NULL)
    text = lanyard_catalogue_find_plural (words->catalogue, singular, n);
  if (text == NULL)
    text = n == 1 ? singular : plural;
  return fill (text, number);
}

char *
lanyard_words_join (LanyardWords *words, const char *const *parts, gsize n_parts)
{
  const char *between;
  GString *text;

  g_return_val_if_fail (words != NULL && (parts != NULL || n_parts == 0), NULL);

  between = lanyard_words_get (words, N_ (", "));
  text = g_string_new (NULL);
  for (gsize i = 0; i < n_parts; i++)
    {
      if (parts[i] == NULL || *parts[i] == '\0')
        continue;
      g_string_append_printf (text, "%s%s", text->len > 0 ? between : "", parts[i]);
    }
  return g_string_free (text, FALSE);
}

char *
lanyard_words_dup_number (LanyardWords *words, guint64 number)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GUINT64_FORMAT, number);
  g_autofree char *tag = NULL;
  gsize n_digits = strlen (digits);
  const char *between = ",";
  GString *text;

  g_return_val_if_fail (words != NULL, NULL);

  text = g_string_new (NULL);
  tag = dup_primary_tag (words->language);
  for (gsize i = 0; i < G_N_ELEMENTS (THOUSANDS); i++)
    if (strcmp (THOUSANDS[i].tag, tag) == 0)
      between = THOUSANDS[i].text;
  if (n_digits == 4 && g_strv_contains (FOUR_DIGITS_WHOLE, tag))
    between = "";
  for (gsize i = 0; i < n_digits; i++)
    {
      if (i > 0 && (n_digits - i) % 3 == 0)
        g_string_append (text, between);
      g_string_append_c (text, digits[i]);
    }
  return g_string_free (text, FALSE);
}

char *
lanyard_words_dup_moment (LanyardWords *words, GDateTime *local)
{
  const char *date = "%Y-%m-%d";
  g_autofree char *tag = NULL, *format = NULL;

  g_return_val_if_fail (words != NULL && local != NULL, NULL);

  tag = dup_primary_tag (words->language);
  for (gsize i = 0; i < G_N_ELEMENTS (DATES); i++)
    {
      if (strcmp (DATES[i].tag, tag) == 0)
        date = DATES[i].text;
    }
  format = g_strconcat ("\u2066", date, " %H:%M\u2069", NULL);
  return g_date_time_format (local, format);
}

void
lanyard_words_translate (LanyardWords *words, GtkWidget *root)
{
  g_return_if_fail (words != NULL && GTK_IS_WIDGET (root));

  if (GTK_IS_LABEL (root))
    translate_label (words, GTK_LABEL (root));
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    lanyard_words_translate (words, child);
  if (GTK_IS_BUTTON (root))
    name_button (words, root);
}

char *
lanyard_words_dup_language_name (const char *language)
{
  g_autofree char *tag = NULL;

  g_return_val_if_fail (language != NULL, NULL);

  tag = dup_primary_tag (language);
  for (gsize i = 0; i < G_N_ELEMENTS (NAMES); i++)
    {
      if (strcmp (NAMES[i].tag, tag) == 0)
        return g_strdup (NAMES[i].text);
    }
  return g_strdup (language);
}
