/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The step that makes a machine a desk: the hub's ticket, scanned or typed, then key and pack. */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-camera-view.h"
#include "lanyard-error.h"
#include "lanyard-pack.h"
#include "lanyard-setup-pages.h"
#include "lanyard-setup-typing.h"

struct _LanyardSetupEnrolPage
{
  LanyardSetupPage parent_instance;

  /* borrowed */
  GtkWidget *camera_column;
  LanyardCameraView *camera;
  LanyardSetupTyping *typing;
  GtkLabel *verdict;
  GtkLabel *detail;
  GtkWidget *type_button;

  /* owned */
  GCancellable *joining; /* (nullable): while the hub is asked */
  GError *failure;       /* (nullable): of the last try */

  /* state */
  gboolean types;
  gboolean damaged; /* the failure is of the ticket itself */
};

G_DEFINE_FINAL_TYPE (LanyardSetupEnrolPage, lanyard_setup_enrol_page, LANYARD_TYPE_SETUP_PAGE)

static const struct
{
  LanyardError code;
  const char *words;
} FAILURES[] = {
  { LANYARD_ERROR_NETWORK, N_ ("The hub does not answer. Is the network cable in, and is the hub "
                               "running? Then show the code again.") },
  { LANYARD_ERROR_CODE, N_ ("The hub does not take this code: it was used before, is too old, "
                            "or is for another venue. Have the hub make a new one.") },
  { LANYARD_ERROR_REFUSED,
    N_ ("The hub lets only machines in that show a certificate, and does not take this one’s. The "
        "code is still good: have the certificate put on this machine, and show the code again.") },
  { LANYARD_ERROR_UNTRUSTED,
    N_ ("This desk does not know who signed the hub’s certificate. Install "
        "that authority on this machine, or have the hub show one that "
        "is known.") },
  { LANYARD_ERROR_SIGNATURE, N_ ("Something else than the event’s hub answers there: its signature "
                                 "is not the one that the code promises. Do not go on; ask "
                                 "whoever runs the hub.") },
  { LANYARD_ERROR_EXPIRED, N_ ("The clocks of this desk and of the hub do not agree, or this "
                               "machine’s certificate has ended. Set the clock that is wrong or "
                               "have the certificate renewed, and show the code again.") },
  { LANYARD_ERROR_STATE, N_ ("This machine was a desk of another event. Its files have to be taken "
                             "away first.") },
  { LANYARD_ERROR_PROTOCOL, N_ ("What answers there is not a hub. Check its address.") },
  { LANYARD_ERROR_NEWER, N_ ("The hub is newer than this desk. Update this desk first.") },
  { LANYARD_ERROR_FULL, N_ ("The disk of this desk is full.") },
  { LANYARD_ERROR_IO, N_ ("This machine cannot read or write one of its files:") },
  { LANYARD_ERROR_USAGE, N_ ("A setting in the lanyard.conf of this machine is wrong:") },
  { LANYARD_ERROR_INVALID, N_ ("A certificate or key on this machine cannot be used:") },
};

static const char *
find_words (LanyardSetupEnrolPage *self)
{
  const GError *error = self->failure;

  if (self->damaged && !g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_NEWER))
    return N_ ("That code is damaged. Have the hub make a new one.");
  for (guint i = 0; i < G_N_ELEMENTS (FAILURES); i++)
    if (g_error_matches (error, LANYARD_ERROR, (int)FAILURES[i].code))
      return FAILURES[i].words;
  return N_ ("This desk could not be enrolled.");
}

/* One that is set up is, wherever its files are. */
static gboolean
is_joined (LanyardSetupEnrolPage *self)
{
  LanyardSetup *setup = lanyard_setup_page_get_setup (LANYARD_SETUP_PAGE (self));
  g_autofree char *root
      = lanyard_setup_file_get (lanyard_setup_get_file (setup), "pack", "root-key");
  g_autofree char *pack = g_build_filename (lanyard_setup_get_pack_dir (setup), "pack.json", NULL);

  if (lanyard_setup_is_changing (setup))
    return TRUE;
  return root != NULL && g_file_test (pack, G_FILE_TEST_EXISTS);
}

/* "Main accreditation centre · Counter 1", as pack and hub call them. (transfer full) */
static char *
describe_place (LanyardSetupEnrolPage *self)
{
  LanyardSetupPage *page = LANYARD_SETUP_PAGE (self);
  LanyardSetup *setup = lanyard_setup_page_get_setup (page);
  LanyardSetupFile *file = lanyard_setup_get_file (setup);
  const char *language = lanyard_words_get_language (lanyard_setup_page_get_words (page));
  g_autofree char *venue = lanyard_setup_file_get (file, "desk", "venue");
  g_autofree char *name = lanyard_setup_file_get (file, "desk", "name");
  g_autoptr (LanyardPack) pack
      = lanyard_pack_load (lanyard_setup_get_pack_dir (setup), NULL, 0, NULL);
  const char *event = pack != NULL ? lanyard_pack_get_event_name (pack, language) : "";
  const LanyardCode *code = pack != NULL && venue != NULL
                                ? lanyard_pack_find_code (pack, LANYARD_CODES_VENUE, venue)
                                : NULL;
  const char *label = code != NULL ? lanyard_code_get_label (code, language) : venue;

  return g_strdup_printf ("%s\n%s%s%s", event, label != NULL ? label : "",
                          name != NULL ? " · " : "", name != NULL ? name : "");
}

static void
show_joined (LanyardSetupEnrolPage *self)
{
  g_autofree char *place = describe_place (self);

  lanyard_setup_tell (self->verdict,
                      lanyard_setup_page_say (LANYARD_SETUP_PAGE (self),
                                              N_ ("This desk belongs to the event now.")),
                      "good");
  gtk_label_set_label (self->detail, place);
}

static void
lanyard_setup_enrol_page_update (LanyardSetupPage *page)
{
  LanyardSetupEnrolPage *self = LANYARD_SETUP_ENROL_PAGE (page);
  gboolean joined = is_joined (self);

  gtk_label_set_label (self->detail, "");
  if (self->joining != NULL)
    lanyard_setup_tell (self->verdict,
                        lanyard_setup_page_say (page, N_ ("The hub is being asked …")), "");
  else if (joined)
    show_joined (self);
  else if (self->failure != NULL)
    {
      lanyard_setup_tell (self->verdict, lanyard_setup_page_say (page, find_words (self)), "bad");
      gtk_label_set_label (self->detail, self->failure->message);
    }
  else
    lanyard_setup_tell (self->verdict, NULL, "");
  lanyard_setup_typing_set_words (self->typing, lanyard_setup_page_get_words (page));
  gtk_widget_set_visible (self->type_button, !joined && !self->types);
  gtk_widget_set_visible (GTK_WIDGET (self->typing), self->types && !joined);
  gtk_widget_set_visible (self->camera_column, !self->types && !joined);
  gtk_widget_set_visible (GTK_WIDGET (self->detail), *gtk_label_get_label (self->detail) != '\0');
  if (lanyard_setup_page_is_ready (page) != (joined && self->joining == NULL))
    lanyard_setup_page_set_ready (page, joined && self->joining == NULL);
}

static void
on_joined (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LanyardSetupEnrolPage) self = user_data;
  g_autoptr (GError) error = NULL;

  g_clear_object (&self->joining);
  if (!lanyard_setup_join_finish (LANYARD_SETUP (source), result, &error))
    self->failure = g_steal_pointer (&error);
  else
    lanyard_setup_typing_clear (self->typing);
  lanyard_setup_page_update (LANYARD_SETUP_PAGE (self));
}

static void
join (LanyardSetupEnrolPage *self, const LanyardTicket *ticket)
{
  if (self->joining != NULL || is_joined (self))
    return;
  g_clear_error (&self->failure);
  self->damaged = FALSE;
  self->joining = g_cancellable_new ();
  lanyard_setup_join_async (lanyard_setup_page_get_setup (LANYARD_SETUP_PAGE (self)), ticket,
                            self->joining, on_joined, g_object_ref (self));
  lanyard_setup_page_update (LANYARD_SETUP_PAGE (self));
}

static void
on_typed (LanyardSetupTyping *typing, const LanyardTicket *ticket, LanyardSetupEnrolPage *self)
{
  join (self, ticket);
}

/* What is no ticket may be anything that lies before the camera. */
static void
lanyard_setup_enrol_page_scanned (LanyardSetupPage *page, const LanyardScan *scan, const char *text)
{
  LanyardSetupEnrolPage *self = LANYARD_SETUP_ENROL_PAGE (page);
  g_autoptr (LanyardTicket) ticket = NULL;
  g_autoptr (GError) error = NULL;

  if (self->joining != NULL || !lanyard_ticket_is (text))
    return;
  ticket = lanyard_ticket_decode (text, &error);
  if (ticket != NULL)
    {
      join (self, ticket);
      return;
    }
  g_clear_error (&self->failure);
  self->failure = g_steal_pointer (&error);
  self->damaged = TRUE;
  lanyard_setup_page_update (page);
}

static void
lanyard_setup_enrol_page_picture (LanyardSetupPage *page, GdkTexture *picture)
{
  lanyard_camera_view_set_picture (LANYARD_SETUP_ENROL_PAGE (page)->camera, picture);
}

static void
on_left (LanyardSetupTyping *typing, LanyardSetupEnrolPage *self)
{
  self->types = FALSE;
  lanyard_setup_page_update (LANYARD_SETUP_PAGE (self));
}

static void
on_type_clicked (GtkButton *button, LanyardSetupEnrolPage *self)
{
  self->types = TRUE;
  lanyard_setup_page_update (LANYARD_SETUP_PAGE (self));
}

/* Any camera will do; which one the desk uses is asked later. */
static void
lanyard_setup_enrol_page_enter (LanyardSetupPage *page)
{
  LanyardSetup *setup = lanyard_setup_page_get_setup (page);
  g_autoptr (GPtrArray) cameras = lanyard_setup_list_cameras (setup);

  if (cameras->len > 0 && !is_joined (LANYARD_SETUP_ENROL_PAGE (page))
      && lanyard_setup_get_camera (setup) == NULL)
    lanyard_setup_use_camera (setup, ((LanyardSetupCamera *)g_ptr_array_index (cameras, 0))->words);
}

static void
lanyard_setup_enrol_page_leave (LanyardSetupPage *page)
{
  LanyardSetupEnrolPage *self = LANYARD_SETUP_ENROL_PAGE (page);

  lanyard_setup_use_camera (lanyard_setup_page_get_setup (page), NULL);
  lanyard_setup_typing_clear (self->typing);
}

static void
lanyard_setup_enrol_page_dispose (GObject *object)
{
  LanyardSetupEnrolPage *self = LANYARD_SETUP_ENROL_PAGE (object);

  g_clear_error (&self->failure);
  G_OBJECT_CLASS (lanyard_setup_enrol_page_parent_class)->dispose (object);
}

static void
lanyard_setup_enrol_page_class_init (LanyardSetupEnrolPageClass *klass)
{
  LanyardSetupPageClass *page_class = LANYARD_SETUP_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lanyard_setup_enrol_page_dispose;
  page_class->name = N_ ("Hub");
  page_class->title = N_ ("Show the code of the hub");
  page_class->intro = N_ ("Whoever runs the hub makes it for this desk. It is good once, and not "
                          "for long.");
  page_class->changed_title = N_ ("Where this desk belongs");
  page_class->enter = lanyard_setup_enrol_page_enter;
  page_class->leave = lanyard_setup_enrol_page_leave;
  page_class->update = lanyard_setup_enrol_page_update;
  page_class->scanned = lanyard_setup_enrol_page_scanned;
  page_class->picture = lanyard_setup_enrol_page_picture;
}

static void
add_words (LanyardSetupEnrolPage *self, GtkBox *columns)
{
  GtkWidget *column = lanyard_setup_column (columns);

  gtk_box_append (GTK_BOX (column), lanyard_setup_verdict (&self->verdict));
  self->detail = GTK_LABEL (lanyard_setup_label (NULL, "setup-detail"));
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->detail));
  self->typing = LANYARD_SETUP_TYPING (lanyard_setup_typing_new ());
  g_signal_connect (self->typing, "typed", G_CALLBACK (on_typed), self);
  g_signal_connect (self->typing, "left", G_CALLBACK (on_left), self);
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->typing));
  self->type_button = lanyard_setup_button (N_ ("Type it instead"), "secondary",
                                            G_CALLBACK (on_type_clicked), self);
  gtk_widget_set_halign (self->type_button, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (column), self->type_button);
}

static void
lanyard_setup_enrol_page_init (LanyardSetupEnrolPage *self)
{
  GtkBox *columns = lanyard_setup_page_get_columns (LANYARD_SETUP_PAGE (self));

  self->camera_column = lanyard_setup_column (columns);
  self->camera = g_object_new (LANYARD_TYPE_CAMERA_VIEW, "vexpand", TRUE, NULL);
  gtk_box_append (GTK_BOX (self->camera_column), GTK_WIDGET (self->camera));
  add_words (self, columns);
}
