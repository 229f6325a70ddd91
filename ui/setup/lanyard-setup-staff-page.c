/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The step at which the first supervisor gets a PIN, and others if wanted: without one nobody can
 * sign in. Staff whom the desk had before stay as they are, and nobody joins them here: whoever
 * stands before a desk that lost its disk does not become its supervisor. A supervisor who is
 * signed in may add some. */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-error.h"
#include "lanyard-setup-pages.h"
#include "lanyard-setup-pin.h"
#include "lanyard-staff.h"

#include <string.h>

#define SPACING 12

struct _LanyardSetupStaffPage
{
  LanyardSetupPage parent_instance;

  /* borrowed */
  GtkLabel *verdict;
  GtkLabel *detail;
  GtkWidget *others;
  GtkWidget *keys_column;
  LanyardSetupPin *pin;

  /* owned */
  GPtrArray *members; /* (nullable) (element-type LanyardStaffMember) */
  char *failure;      /* (nullable): of the file, or of the last try */

  /* state */
  LanyardStaffRole role; /* of whoever is being typed */
  gboolean may_add;      /* they are this set-up's own, or there are none */
  gboolean looked;
  gboolean types;
  gboolean keeping; /* a PIN is being protected */
};

G_DEFINE_FINAL_TYPE (LanyardSetupStaffPage, lanyard_setup_staff_page, LANYARD_TYPE_SETUP_PAGE)

/* What is kept of one member: a value for the thread that does it. */
typedef struct
{
  char *state_dir;
  char *number;
  char *pin;
  LanyardStaffRole role;
} Member;

static void
free_member (gpointer data)
{
  Member *member = data;

  explicit_bzero (member->pin, strlen (member->pin));
  g_free (member->state_dir);
  g_free (member->number);
  g_free (member->pin);
  g_free (member);
}

static gboolean
has_supervisor (LanyardSetupStaffPage *self)
{
  for (guint i = 0; self->members != NULL && i < self->members->len; i++)
    if (((const LanyardStaffMember *)g_ptr_array_index (self->members, i))->role
        == LANYARD_STAFF_ROLE_SUPERVISOR)
      return TRUE;
  return FALSE;
}

static gboolean
has_number (LanyardSetupStaffPage *self, const char *number)
{
  for (guint i = 0; self->members != NULL && i < self->members->len; i++)
    if (g_str_equal (((const LanyardStaffMember *)g_ptr_array_index (self->members, i))->number,
                     number))
      return TRUE;
  return FALSE;
}

/* A file that cannot be read is told, and never written over. */
static void
read_members (LanyardSetupStaffPage *self)
{
  LanyardSetup *setup = lanyard_setup_page_get_setup (LANYARD_SETUP_PAGE (self));
  g_autoptr (GError) error = NULL;
  gboolean none;

  g_clear_pointer (&self->members, g_ptr_array_unref);
  g_clear_pointer (&self->failure, g_free);
  self->members = lanyard_staff_list (lanyard_setup_get_state_dir (setup), &error);
  none = g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND);
  if (error != NULL && !none)
    self->failure = g_strdup (error->message);
  if (!self->looked)
    self->may_add = none || (self->failure == NULL && lanyard_setup_is_changing (setup));
  self->looked = TRUE;
}

/* Returns: (transfer full): a line for each */
static char *
describe_members (LanyardSetupStaffPage *self)
{
  LanyardWords *words = lanyard_setup_page_get_words (LANYARD_SETUP_PAGE (self));
  GString *text = g_string_new (NULL);

  for (guint i = 0; self->members != NULL && i < self->members->len; i++)
    {
      const LanyardStaffMember *member = g_ptr_array_index (self->members, i);
      g_autofree char *line = lanyard_words_fill (words,
                                                  member->role == LANYARD_STAFF_ROLE_SUPERVISOR
                                                      ? N_ ("Supervisor: number %s")
                                                      : N_ ("Staff: number %s"),
                                                  member->number);

      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", line);
    }
  return g_string_free (text, FALSE);
}

static const char *
find_words (LanyardSetupStaffPage *self)
{
  if (self->keeping)
    return N_ ("The PIN is being kept …");
  if (self->failure != NULL)
    return N_ ("That did not work.");
  if (has_supervisor (self))
    return self->may_add ? N_ ("Staff can sign in at this desk.")
                         : N_ ("This desk knows its staff already. They stay as they are.");
  return self->members != NULL
             ? N_ ("This desk has staff, and no supervisor. Have one set from its command line.")
             : NULL;
}

static void
lanyard_setup_staff_page_update (LanyardSetupPage *page)
{
  LanyardSetupStaffPage *self = LANYARD_SETUP_STAFF_PAGE (page);
  const char *words = find_words (self);
  g_autofree char *members = describe_members (self);
  const char *detail = self->failure != NULL ? self->failure : members;
  gboolean supervised = has_supervisor (self);
  gboolean ready = supervised && !self->keeping;
  gboolean asks = self->may_add && !self->keeping;
  gboolean types = asks && (self->types || !supervised);

  lanyard_setup_tell (self->verdict, words != NULL ? lanyard_setup_page_say (page, words) : NULL,
                      self->keeping                         ? ""
                      : supervised && self->failure == NULL ? "good"
                                                            : "bad");
  gtk_label_set_label (self->detail, detail);
  gtk_widget_set_visible (GTK_WIDGET (self->detail), *detail != '\0');
  lanyard_setup_pin_set_words (self->pin, lanyard_setup_page_get_words (page));
  gtk_widget_set_visible (GTK_WIDGET (self->pin), types);
  gtk_widget_set_visible (self->keys_column, types);
  gtk_widget_set_visible (self->others, asks && supervised && !self->types);
  if (lanyard_setup_page_is_ready (page) != ready)
    lanyard_setup_page_set_ready (page, ready);
}

static void
run_put (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Member *member = data;
  GError *error = NULL;

  if (lanyard_staff_put (member->state_dir, member->number, member->role, member->pin, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_put (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LanyardSetupStaffPage) self = user_data;
  g_autoptr (GError) error = NULL;

  self->keeping = FALSE;
  if (g_task_propagate_boolean (G_TASK (result), &error))
    self->types = FALSE;
  read_members (self);
  if (error != NULL && self->failure == NULL)
    self->failure = g_strdup (error->message);
  lanyard_setup_page_update (LANYARD_SETUP_PAGE (self));
}

/* Who has a PIN keeps it: nobody takes another's number by mistake. */
static void
on_typed (LanyardSetupPin *pin, const char *number, const char *secret, LanyardSetupStaffPage *self)
{
  LanyardSetupPage *page = LANYARD_SETUP_PAGE (self);
  g_autoptr (GTask) task = NULL;
  Member *member;

  if (self->keeping || !self->may_add)
    return;
  if (has_number (self, number))
    {
      lanyard_setup_pin_clear (
          pin, lanyard_setup_page_say (page, N_ ("Somebody has this number. Choose another one.")));
      return;
    }
  member = g_new0 (Member, 1);
  member->state_dir = g_strdup (lanyard_setup_get_state_dir (lanyard_setup_page_get_setup (page)));
  member->number = g_strdup (number);
  member->pin = g_strdup (secret);
  member->role = has_supervisor (self) ? self->role : LANYARD_STAFF_ROLE_SUPERVISOR;
  task = g_task_new (self, NULL, on_put, g_object_ref (self));
  g_task_set_task_data (task, member, free_member);
  self->keeping = TRUE;
  lanyard_setup_page_update (page);
  g_task_run_in_thread (task, run_put);
}

static void
begin (LanyardSetupStaffPage *self, LanyardStaffRole role)
{
  self->role = role;
  self->types = TRUE;
  lanyard_setup_pin_clear (self->pin, NULL);
  lanyard_setup_page_update (LANYARD_SETUP_PAGE (self));
}

static void
on_staff_clicked (GtkButton *button, LanyardSetupStaffPage *self)
{
  begin (self, LANYARD_STAFF_ROLE_STAFF);
}

static void
on_supervisor_clicked (GtkButton *button, LanyardSetupStaffPage *self)
{
  begin (self, LANYARD_STAFF_ROLE_SUPERVISOR);
}

static void
lanyard_setup_staff_page_enter (LanyardSetupPage *page)
{
  read_members (LANYARD_SETUP_STAFF_PAGE (page));
}

static void
lanyard_setup_staff_page_leave (LanyardSetupPage *page)
{
  LanyardSetupStaffPage *self = LANYARD_SETUP_STAFF_PAGE (page);

  self->types = FALSE;
  lanyard_setup_pin_clear (self->pin, NULL);
}

static void
lanyard_setup_staff_page_dispose (GObject *object)
{
  LanyardSetupStaffPage *self = LANYARD_SETUP_STAFF_PAGE (object);

  G_OBJECT_CLASS (lanyard_setup_staff_page_parent_class)->dispose (object);
  g_clear_pointer (&self->members, g_ptr_array_unref);
  g_clear_pointer (&self->failure, g_free);
}

static void
lanyard_setup_staff_page_class_init (LanyardSetupStaffPageClass *klass)
{
  LanyardSetupPageClass *page_class = LANYARD_SETUP_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lanyard_setup_staff_page_dispose;
  page_class->name = N_ ("Staff");
  page_class->title = N_ ("Who is the supervisor here?");
  page_class->intro = N_ ("Supervisors and staff sign in at this desk with a number and a PIN.");
  page_class->changed_title = N_ ("Who works here?");
  page_class->enter = lanyard_setup_staff_page_enter;
  page_class->leave = lanyard_setup_staff_page_leave;
  page_class->update = lanyard_setup_staff_page_update;
}

static void
lanyard_setup_staff_page_init (LanyardSetupStaffPage *self)
{
  GtkBox *columns = lanyard_setup_page_get_columns (LANYARD_SETUP_PAGE (self));
  GtkWidget *column = lanyard_setup_column (columns);

  self->role = LANYARD_STAFF_ROLE_SUPERVISOR;
  self->detail = GTK_LABEL (lanyard_setup_label (NULL, "setup-detail"));
  self->pin = LANYARD_SETUP_PIN (lanyard_setup_pin_new ());
  g_signal_connect (self->pin, "typed", G_CALLBACK (on_typed), self);
  self->others = gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACING);
  gtk_widget_set_halign (self->others, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (self->others),
                  lanyard_setup_button (N_ ("Add a member of staff"), "secondary",
                                        G_CALLBACK (on_staff_clicked), self));
  gtk_box_append (GTK_BOX (self->others),
                  lanyard_setup_button (N_ ("Add a supervisor"), "secondary",
                                        G_CALLBACK (on_supervisor_clicked), self));
  gtk_box_append (GTK_BOX (column), lanyard_setup_verdict (&self->verdict));
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->detail));
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->pin));
  gtk_box_append (GTK_BOX (column), self->others);
  self->keys_column = lanyard_setup_column (columns);
  gtk_box_append (GTK_BOX (self->keys_column), lanyard_setup_pin_get_keypad (self->pin));
}
