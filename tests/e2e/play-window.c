/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A small window to test lanyard-play on: greets the name that was typed, and ends. */

#define G_LOG_DOMAIN "play-window"

#include <gtk/gtk.h>

typedef struct
{
  GtkEntry *name;  /* borrowed from the window */
  GtkLabel *label; /* borrowed from the window */
  GtkStack *stack; /* borrowed from the window */
  GMainLoop *loop; /* owned by main() */
} Window;

static gboolean
on_greeting_due (gpointer user_data)
{
  Window *window = user_data;
  g_autofree char *greeting
      = g_strdup_printf ("Good day, %s.", gtk_editable_get_text (GTK_EDITABLE (window->name)));

  gtk_label_set_text (window->label, greeting);
  gtk_stack_set_visible_child_name (window->stack, "second");
  return G_SOURCE_REMOVE;
}

/* The answer comes later, as that of a desk does. */
static void
on_greet_clicked (GtkButton *button, gpointer user_data)
{
  gtk_widget_set_sensitive (GTK_WIDGET (button), FALSE);
  g_timeout_add (300, on_greeting_due, user_data);
}

static void
on_zero_clicked (GtkButton *button, gpointer user_data)
{
  Window *window = user_data;
  int position = -1;

  gtk_editable_insert_text (GTK_EDITABLE (window->name), "0", -1, &position);
}

static void
on_end_clicked (GtkButton *button, gpointer user_data)
{
  Window *window = user_data;

  g_main_loop_quit (window->loop);
}

static GtkWidget *
make_first (Window *window)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *button = gtk_button_new_with_label ("Greet");
  GtkWidget *zero = gtk_button_new_with_label ("0");
  GtkWidget *never = gtk_button_new_with_label ("Never");

  window->name = GTK_ENTRY (gtk_entry_new ());
  gtk_accessible_update_property (GTK_ACCESSIBLE (window->name), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  "Name", -1);
  gtk_box_append (GTK_BOX (box), gtk_label_new ("Who are you?"));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (window->name));
  gtk_box_append (GTK_BOX (box), button);
  gtk_box_append (GTK_BOX (box), zero);
  gtk_box_append (GTK_BOX (box), never);
  gtk_widget_set_sensitive (never, FALSE);
  g_signal_connect (button, "clicked", G_CALLBACK (on_greet_clicked), window);
  g_signal_connect (zero, "clicked", G_CALLBACK (on_zero_clicked), window);
  return box;
}

static GtkWidget *
make_second (Window *window)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *button = gtk_button_new_with_label ("End");

  window->label = GTK_LABEL (gtk_label_new ("Nobody yet"));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (window->label));
  gtk_box_append (GTK_BOX (box), button);
  g_signal_connect (button, "clicked", G_CALLBACK (on_end_clicked), window);
  return box;
}

int
main (void)
{
  Window window = { 0 };
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  GtkWidget *toplevel;

  g_set_prgname ("play-window");
  gtk_init ();
  window.loop = loop;
  window.stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (window.stack, make_first (&window), "first");
  gtk_stack_add_named (window.stack, make_second (&window), "second");
  toplevel = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (toplevel), 400, 300);
  gtk_window_set_child (GTK_WINDOW (toplevel), GTK_WIDGET (window.stack));
  gtk_window_present (GTK_WINDOW (toplevel));
  g_main_loop_run (loop);
  gtk_window_destroy (GTK_WINDOW (toplevel));
  return 0;
}
