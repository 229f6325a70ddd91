/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The step at which the printer is found, asked whether it takes the event's badges, and tried. */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-keypad.h"
#include "lanyard-setup-pages.h"
#include "lanyard-setup-tool.h"
#include "lanyard-spoken.h"

#define LIST_LIMIT_S 20
#define CHECK_LIMIT_S 60
#define TEST_LIMIT_S 200
#define MAX_URI_CHARS 200
#define SPACING 12

struct _LanyardSetupPrinterPage
{
  LanyardSetupPage parent_instance;

  /* borrowed */
  GtkWidget *choosing;
  GtkBox *choices;
  GtkLabel *verdict;
  GtkLabel *detail;
  GtkEditable *entry;
  GtkWidget *typing;
  LanyardKeypad *keypad;
  GtkWidget *type_button;
  GtkWidget *looking;
  GtkWidget *again_button;
  GtkWidget *other_button;
  GtkWidget *test_button;

  /* owned */
  GCancellable *asking; /* (nullable): while something runs */
  char *uri;            /* (nullable): which was chosen */
  char *serial;         /* (nullable): of the test badge that came out */

  /* state */
  const char *words; /* msgid (nullable): what is going on, or came of it */
  const char *look;  /* static: of the verdict */
  gboolean looked;   /* printers were looked for */
  gboolean types;    /* its address is being typed */
  gboolean fits;     /* it takes the badges */
};

G_DEFINE_FINAL_TYPE (LanyardSetupPrinterPage, lanyard_setup_printer_page, LANYARD_TYPE_SETUP_PAGE)

static void choose (LanyardSetupPrinterPage *self, const char *uri);

/* @detail: (nullable): in the words of the tool */
static void
tell (LanyardSetupPrinterPage *self, const char *words, const char *look, const char *detail)
{
  self->words = words;
  self->look = look;
  gtk_label_set_label (self->detail, detail != NULL ? detail : "");
  lanyard_setup_page_update (LANYARD_SETUP_PAGE (self));
}

static void
lanyard_setup_printer_page_update (LanyardSetupPage *page)
{
  LanyardSetupPrinterPage *self = LANYARD_SETUP_PRINTER_PAGE (page);
  gboolean chosen = self->uri != NULL;

  lanyard_setup_tell (self->verdict,
                      self->words != NULL ? lanyard_setup_page_say (page, self->words) : NULL,
                      self->look);
  lanyard_keypad_set_words (self->keypad, lanyard_setup_page_get_words (page));
  lanyard_spoken_set_name (GTK_WIDGET (self->entry),
                           lanyard_setup_page_say (page, N_ ("Address of the printer")));
  gtk_widget_set_visible (GTK_WIDGET (self->detail), *gtk_label_get_label (self->detail) != '\0');
  gtk_widget_set_visible (self->choosing, !chosen);
  gtk_widget_set_visible (self->typing, self->types);
  gtk_widget_set_visible (GTK_WIDGET (self->choices), !self->types);
  gtk_widget_set_visible (self->looking, !self->types);
  gtk_widget_set_visible (self->other_button, chosen);
  gtk_widget_set_visible (self->test_button, chosen && self->fits);
  gtk_widget_set_sensitive (self->test_button, self->asking == NULL);
  gtk_widget_set_sensitive (self->again_button, self->asking == NULL);
  if (lanyard_setup_page_is_ready (page) != (self->fits && self->asking == NULL))
    lanyard_setup_page_set_ready (page, self->fits && self->asking == NULL);
}

static void
stop (LanyardSetupPrinterPage *self)
{
  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
}

static void
ask (LanyardSetupPrinterPage *self,
     const char *const *words,
     guint limit_s,
     GAsyncReadyCallback callback)
{
  stop (self);
  self->asking = g_cancellable_new ();
  lanyard_setup_tool_run_async (words, limit_s, self->asking, callback, g_object_ref (self));
}

/* Returns: (transfer full) (nullable): what was said; NULL: to be forgotten, or told already */
static GPtrArray *
take_answer (LanyardSetupPrinterPage *self, GAsyncResult *result, char **said)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *lines = lanyard_setup_tool_run_finish (result, said, &error);

  if (g_task_get_cancellable (G_TASK (result)) != self->asking)
    {
      g_clear_pointer (&lines, g_ptr_array_unref);
      return NULL;
    }
  g_clear_object (&self->asking);
  if (lines == NULL)
    tell (self, N_ ("That did not work."), "bad", error->message);
  return lines;
}

/* --- which there are --- */

static void
on_choice_clicked (GtkButton *button, LanyardSetupPrinterPage *self)
{
  choose (self, g_object_get_data (G_OBJECT (button), "uri"));
}

static void
add_choice (LanyardSetupPrinterPage *self, GPtrArray *lines, guint i)
{
  const char *uri = lanyard_setup_tool_get (lines, i, "uri");
  const char *name = lanyard_setup_tool_get (lines, i, "name");
  const char *model = lanyard_setup_tool_get (lines, i, "model");
  GtkWidget *button = lanyard_setup_button (NULL, "language", G_CALLBACK (on_choice_clicked), self);
  g_autofree char *text = g_strdup_printf ("%s%s%s", name != NULL ? name : uri,
                                           model != NULL ? " · " : "", model != NULL ? model : "");

  if (uri == NULL)
    {
      g_object_unref (g_object_ref_sink (button));
      return;
    }
  gtk_label_set_label (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), text);
  lanyard_spoken_set_name (button, text);
  g_object_set_data_full (G_OBJECT (button), "uri", g_strdup (uri), g_free);
  gtk_box_append (self->choices, button);
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LanyardSetupPrinterPage) self = user_data;
  g_autofree char *said = NULL;
  g_autoptr (GPtrArray) lines = take_answer (self, result, &said);

  if (lines == NULL)
    return;
  for (guint i = 0; i < lines->len; i++)
    add_choice (self, lines, i);
  if (lines->len > 0)
    tell (self, N_ ("Which of these is this desk’s?"), "", NULL);
  else
    tell (self,
          N_ ("No printer was found. Switch it on, connect it and look again, or type its "
              "address."),
          "bad", NULL);
}

static void
look (LanyardSetupPrinterPage *self)
{
  const char *const words[] = { "printer", "list", NULL };
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->choices))) != NULL)
    gtk_box_remove (self->choices, child);
  self->looked = TRUE;
  self->types = FALSE;
  ask (self, words, LIST_LIMIT_S, on_listed);
  tell (self, N_ ("Printers are being looked for …"), "", NULL);
}

static void
on_again_clicked (GtkButton *button, LanyardSetupPrinterPage *self)
{
  look (self);
}

static void
on_other_clicked (GtkButton *button, LanyardSetupPrinterPage *self)
{
  g_clear_pointer (&self->uri, g_free);
  g_clear_pointer (&self->serial, g_free);
  self->fits = FALSE;
  look (self);
}

/* --- the one that was chosen --- */

/* Returns: (transfer full): the worst sentences, or the last that is fine */
static char *
collect_facts (GPtrArray *lines, const char *finding)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < lines->len; i++)
    {
      const char *words = lanyard_setup_tool_get (lines, i, "words");

      if (g_strcmp0 (lanyard_setup_tool_get (lines, i, "finding"), finding) == 0 && words != NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", words);
    }
  return g_string_free (text, FALSE);
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LanyardSetupPrinterPage) self = user_data;
  g_autofree char *said = NULL;
  g_autoptr (GPtrArray) lines = take_answer (self, result, &said);
  g_autofree char *wrong = NULL;
  g_autofree char *fine = NULL;

  if (lines == NULL)
    return;
  wrong = collect_facts (lines, "wrong");
  fine = collect_facts (lines, "fine");
  self->fits = *wrong == '\0' && lines->len > 0;
  if (self->fits)
    tell (self, N_ ("It takes the event’s badges at their true size. Print a test badge."), "good",
          fine);
  else
    tell (self, N_ ("This printer cannot print the event’s badges."), "bad",
          *wrong != '\0' ? wrong : said);
}

static void
choose (LanyardSetupPrinterPage *self, const char *uri)
{
  LanyardSetup *setup = lanyard_setup_page_get_setup (LANYARD_SETUP_PAGE (self));
  const char *const words[]
      = { "printer", "check", uri, "--pack", lanyard_setup_get_pack_dir (setup), NULL };
  char *copy = g_strdup (uri);

  ask (self, words, CHECK_LIMIT_S, on_checked);
  g_free (self->uri);
  self->uri = copy;
  g_clear_pointer (&self->serial, g_free);
  self->fits = FALSE;
  tell (self, N_ ("The printer is being asked …"), "", uri);
}

static void
on_printed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LanyardSetupPrinterPage) self = user_data;
  LanyardSetup *setup = lanyard_setup_page_get_setup (LANYARD_SETUP_PAGE (self));
  g_autofree char *said = NULL;
  g_autoptr (GPtrArray) lines = take_answer (self, result, &said);
  g_autoptr (GPtrArray) cameras = NULL;
  g_autofree char *camera = NULL;
  const char *state;

  if (lines == NULL)
    return;
  state = lines->len > 0 ? lanyard_setup_tool_get (lines, lines->len - 1, "state") : NULL;
  if (g_strcmp0 (state, "completed") != 0)
    {
      tell (self, N_ ("The test badge did not come out. See what the printer says."), "bad", said);
      return;
    }
  self->serial = g_strdup (lanyard_setup_tool_get (lines, lines->len - 1, "serial"));
  camera = lanyard_setup_file_get (lanyard_setup_get_file (setup), "scanner", "camera");
  lanyard_setup_use_camera (setup, camera);
  tell (self, N_ ("It is printed. Look at it, and hold it before the camera."), "good", NULL);
}

static void
on_test_clicked (GtkButton *button, LanyardSetupPrinterPage *self)
{
  LanyardSetup *setup = lanyard_setup_page_get_setup (LANYARD_SETUP_PAGE (self));
  const char *const words[]
      = { "printer", "test", self->uri, "--pack", lanyard_setup_get_pack_dir (setup), NULL };

  g_clear_pointer (&self->serial, g_free);
  ask (self, words, TEST_LIMIT_S, on_printed);
  tell (self, N_ ("A test badge is being printed …"), "", NULL);
}

static void
lanyard_setup_printer_page_scanned (LanyardSetupPage *page,
                                    const LanyardScan *scan,
                                    const char *text)
{
  LanyardSetupPrinterPage *self = LANYARD_SETUP_PRINTER_PAGE (page);

  if (self->serial != NULL && g_str_equal (text, self->serial))
    tell (self, N_ ("The badge that came out can be read. This printer is fine."), "good", NULL);
}

/* --- typed --- */

static void
on_type_clicked (GtkButton *button, LanyardSetupPrinterPage *self)
{
  self->types = TRUE;
  tell (self, NULL, "", NULL);
}

static void
on_typed (LanyardSetupPrinterPage *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (self->entry)));

  if (*text != '\0')
    choose (self, text);
}

static void
on_use_clicked (GtkButton *button, LanyardSetupPrinterPage *self)
{
  on_typed (self);
}

static void
on_key (LanyardKeypad *keypad, guint character, LanyardSetupPrinterPage *self)
{
  g_autofree char *text
      = lanyard_keypad_apply (gtk_editable_get_text (self->entry), character, MAX_URI_CHARS);

  gtk_editable_set_text (self->entry, text);
  gtk_editable_set_position (self->entry, -1);
}

/* --- the page --- */

static void
lanyard_setup_printer_page_enter (LanyardSetupPage *page)
{
  LanyardSetupPrinterPage *self = LANYARD_SETUP_PRINTER_PAGE (page);
  LanyardSetup *setup = lanyard_setup_page_get_setup (page);
  g_autofree char *uri = lanyard_setup_file_get (lanyard_setup_get_file (setup), "printer", "uri");

  if (uri != NULL)
    choose (self, uri);
  else if (!self->looked)
    look (self);
}

static void
lanyard_setup_printer_page_leave (LanyardSetupPage *page)
{
  LanyardSetupPrinterPage *self = LANYARD_SETUP_PRINTER_PAGE (page);

  stop (self);
  self->looked = self->types = FALSE;
  lanyard_setup_use_camera (lanyard_setup_page_get_setup (page), NULL);
}

/* Without a camera or a scanner nothing can be scanned back. */
static gboolean
can_scan (LanyardSetupFile *file)
{
  g_autofree char *camera = lanyard_setup_file_get (file, "scanner", "camera");
  g_autofree char *wedge = lanyard_setup_file_get (file, "scanner", "wedge");
  g_autofree char *serial = lanyard_setup_file_find (file, "scanner ", "type", "serial");
  g_autofree char *hid = lanyard_setup_file_find (file, "scanner ", "type", "hid");

  return camera != NULL || g_strcmp0 (wedge, "true") == 0 || serial != NULL || hid != NULL;
}

static gboolean
lanyard_setup_printer_page_finish (LanyardSetupPage *page, GError **error)
{
  LanyardSetup *setup = lanyard_setup_page_get_setup (page);
  LanyardSetupFile *file = lanyard_setup_get_file (setup);
  const LanyardSetupSetting settings[] = {
    { "printer", "uri", LANYARD_SETUP_PRINTER_PAGE (page)->uri },
    { "printer", "scan-back", can_scan (file) ? "true" : "false" },
  };
  g_autofree char *present = lanyard_setup_file_get (file, "printer", "scan-back");
  /* what somebody decided stays when another printer comes */
  gboolean decided = present != NULL && lanyard_setup_is_changing (setup);

  return lanyard_setup_take (setup, LANYARD_SETUP_FINISH, settings,
                             decided ? 1 : G_N_ELEMENTS (settings), error);
}

static void
lanyard_setup_printer_page_dispose (GObject *object)
{
  LanyardSetupPrinterPage *self = LANYARD_SETUP_PRINTER_PAGE (object);

  G_OBJECT_CLASS (lanyard_setup_printer_page_parent_class)->dispose (object);
  stop (self);
  g_clear_pointer (&self->uri, g_free);
  g_clear_pointer (&self->serial, g_free);
}

static void
lanyard_setup_printer_page_class_init (LanyardSetupPrinterPageClass *klass)
{
  LanyardSetupPageClass *page_class = LANYARD_SETUP_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lanyard_setup_printer_page_dispose;
  page_class->name = N_ ("Printer");
  page_class->title = N_ ("Which printer makes the badges?");
  page_class->intro = N_ ("It is asked whether it can print them, and prints one to be looked at.");
  page_class->enter = lanyard_setup_printer_page_enter;
  page_class->leave = lanyard_setup_printer_page_leave;
  page_class->update = lanyard_setup_printer_page_update;
  page_class->scanned = lanyard_setup_printer_page_scanned;
  page_class->finish = lanyard_setup_printer_page_finish;
}

static GtkWidget *
make_typing (LanyardSetupPrinterPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACING);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, SPACING);
  GtkWidget *entry = gtk_entry_new ();
  GtkWidget *use
      = lanyard_setup_button (N_ ("Use this one"), "secondary", G_CALLBACK (on_use_clicked), self);

  self->entry = GTK_EDITABLE (entry);
  gtk_widget_set_hexpand (entry, TRUE);
  gtk_widget_set_direction (entry, GTK_TEXT_DIR_LTR);
  gtk_editable_set_text (self->entry, "ipp://");
  gtk_widget_add_css_class (entry, "field");
  gtk_widget_add_css_class (entry, "staff");
  g_signal_connect_swapped (entry, "activate", G_CALLBACK (on_typed), self);
  self->keypad = g_object_new (LANYARD_TYPE_KEYPAD, "kind", "address", NULL);
  g_signal_connect (self->keypad, "key", G_CALLBACK (on_key), self);
  gtk_box_append (GTK_BOX (row), entry);
  /* beside a field: its words are never broken */
  gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (use))), FALSE);
  gtk_box_append (GTK_BOX (row), use);
  gtk_box_append (GTK_BOX (box), row);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->keypad));
  return box;
}

static GtkWidget *
make_choosing (LanyardSetupPrinterPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACING);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, SPACING);

  self->choices = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACING));
  self->typing = make_typing (self);
  self->again_button
      = lanyard_setup_button (N_ ("Look again"), "secondary", G_CALLBACK (on_again_clicked), self);
  self->type_button = lanyard_setup_button (N_ ("Type its address"), "secondary",
                                            G_CALLBACK (on_type_clicked), self);
  self->looking = row;
  gtk_box_append (GTK_BOX (row), self->again_button);
  gtk_box_append (GTK_BOX (row), self->type_button);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->choices));
  gtk_box_append (GTK_BOX (box), row);
  gtk_box_append (GTK_BOX (box), self->typing);
  return box;
}

static void
lanyard_setup_printer_page_init (LanyardSetupPrinterPage *self)
{
  GtkWidget *column
      = lanyard_setup_column (lanyard_setup_page_get_columns (LANYARD_SETUP_PAGE (self)));
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, SPACING);

  self->look = "";
  self->detail = GTK_LABEL (lanyard_setup_label (NULL, "setup-detail"));
  self->choosing = make_choosing (self);
  self->test_button = lanyard_setup_button (N_ ("Print a test badge"), "secondary",
                                            G_CALLBACK (on_test_clicked), self);
  self->other_button = lanyard_setup_button (N_ ("Another printer"), "secondary",
                                             G_CALLBACK (on_other_clicked), self);
  gtk_box_append (GTK_BOX (row), self->test_button);
  gtk_box_append (GTK_BOX (row), self->other_button);
  gtk_box_append (GTK_BOX (column), lanyard_setup_verdict (&self->verdict));
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->detail));
  gtk_box_append (GTK_BOX (column), row);
  gtk_box_append (GTK_BOX (column), self->choosing);
}
