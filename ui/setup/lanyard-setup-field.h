/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * What is typed part by part on the screen: the name of a part, a field with a button to the part
 * before and one to the next, and what is wrong with what was typed. Borrowed by whoever made it.
 */
typedef struct
{
  GtkLabel *name_label;
  GtkLabel *wrong_label; /* an alert */
  GtkEntry *entry;
} LanyardSetupField;

/**
 * lanyard_setup_field_init:
 * @field: (out): is filled
 * @box: gets the parts, one below the other
 * @entry: (transfer floating): what is typed into; from left to right in every language
 * @before: the button to the part before was pressed: void (GtkWidget *, data)
 * @next: that to the next, or Enter: likewise
 */
void lanyard_setup_field_init (LanyardSetupField *field,
                               GtkBox *box,
                               GtkWidget *entry,
                               GCallback before,
                               GCallback next,
                               gpointer data);
/* @name: of the part at hand, in the present language */
void lanyard_setup_field_set_name (const LanyardSetupField *field, const char *name);
/* @text: (nullable): NULL: nothing is wrong */
void lanyard_setup_field_say_wrong (const LanyardSetupField *field, const char *text);

G_END_DECLS
