/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-play"

#include "play-screen.h"

#include <string.h>

/* A window is no deeper and no wider than this; a tree that is has lost its way. */
#define MAX_DEPTH 40
#define MAX_CHILDREN 2000

/* libatspi 2.46 does not bring these itself. */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiAccessible, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiStateSet, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiComponent, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiText, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiAction, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiEditableText, g_object_unref)

struct _PlayScreen
{
  char *program; /* owned */
};

/* Returns: whether the walk goes on */
typedef gboolean (*VisitFunc) (AtspiAccessible *node,
                               AtspiStateSet *states,
                               guint depth,
                               gpointer user_data);

/* Returns: (transfer full) (nullable): where @node is in its window */
static AtspiRect *
get_place (AtspiAccessible *node)
{
  g_autoptr (AtspiComponent) component = atspi_accessible_get_component_iface (node);

  return component == NULL ? NULL
                           : atspi_component_get_extents (component, ATSPI_COORD_TYPE_WINDOW, NULL);
}

static gboolean
is_stack_page (AtspiAccessible *node)
{
  g_autofree char *name = atspi_accessible_get_name (node, NULL);

  return g_strcmp0 (name, "GtkStackPage") == 0;
}

/* Returns: (transfer full) (nullable): the page of @stack that lies under a point of the window */
static AtspiAccessible *
pick_page (AtspiAccessible *stack, AtspiComponent *component, int x, int y)
{
  g_autoptr (AtspiAccessible) node
      = atspi_component_get_accessible_at_point (component, x, y, ATSPI_COORD_TYPE_WINDOW, NULL);

  for (guint i = 0; node != NULL && i < MAX_DEPTH; i++)
    {
      g_autoptr (AtspiAccessible) parent = atspi_accessible_get_parent (node, NULL);

      if (parent == stack)
        return g_steal_pointer (&node);
      g_set_object (&node, parent);
    }
  return NULL;
}

/* Returns: (transfer full) (nullable): the only page of @stack with anything on it */
static AtspiAccessible *
find_only_page (AtspiAccessible *stack)
{
  g_autoptr (AtspiAccessible) found = NULL;
  int n_children = atspi_accessible_get_child_count (stack, NULL);

  for (int i = 0; i < MIN (n_children, MAX_CHILDREN); i++)
    {
      g_autoptr (AtspiAccessible) page = atspi_accessible_get_child_at_index (stack, i, NULL);
      g_autoptr (AtspiAccessible) content
          = page != NULL ? atspi_accessible_get_child_at_index (page, 0, NULL) : NULL;

      if (content == NULL)
        continue;
      if (found != NULL)
        return NULL;
      found = g_steal_pointer (&page);
    }
  return g_steal_pointer (&found);
}

/* GTK makes an object known only when its parent was asked for it: until then nothing can be
 * picked. */
static void
make_known (AtspiAccessible *node, guint depth)
{
  int n_children = atspi_accessible_get_child_count (node, NULL);

  for (int i = 0; depth < MAX_DEPTH && i < MIN (n_children, MAX_CHILDREN); i++)
    {
      g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (node, i, NULL);

      if (child != NULL)
        make_known (child, depth + 1);
    }
}

/*
 * GTK 4.8 calls every page of a GtkStack visible, unless the program hides those behind. Only what
 * lies under a point tells then which page it is: it is picked as the pointer picks.
 *
 * Returns: (transfer full) (nullable): the page of @stack that shows
 */
static AtspiAccessible *
find_front_page (AtspiAccessible *stack)
{
  static const double places[][2] = { { 0.5, 0.5 }, { 0.25, 0.3 }, { 0.75, 0.3 }, { 0.25, 0.8 } };
  g_autoptr (AtspiComponent) component = NULL;
  g_autofree AtspiRect *place = NULL;
  AtspiAccessible *page = find_only_page (stack);

  if (page != NULL)
    return page;
  make_known (stack, 0);
  component = atspi_accessible_get_component_iface (stack);
  place = get_place (stack);
  for (guint i = 0; page == NULL && component != NULL && place != NULL && i < G_N_ELEMENTS (places);
       i++)
    page = pick_page (stack, component, place->x + (int)(place->width * places[i][0]),
                      place->y + (int)(place->height * places[i][1]));
  return page;
}

/* Whether anything of @node is on the screen, as far as AT-SPI tells. */
static gboolean
is_on_screen (AtspiAccessible *node, AtspiStateSet *states)
{
  g_autofree AtspiRect *place = NULL;

  if (!atspi_state_set_contains (states, ATSPI_STATE_VISIBLE))
    return FALSE;
  place = get_place (node);
  return place == NULL || (place->width > 0 && place->height > 0);
}

/* Visits @node and all below it that shows. An object may vanish at any time: whatever AT-SPI
 * cannot say any more is passed over. */
static gboolean
walk (AtspiAccessible *node, guint depth, VisitFunc visit, gpointer user_data)
{
  g_autoptr (AtspiStateSet) states = atspi_accessible_get_state_set (node);
  g_autoptr (AtspiAccessible) front = NULL;
  gboolean looked = FALSE; /* for front */
  int n_children;

  if (states == NULL || (!is_stack_page (node) && !is_on_screen (node, states)))
    return TRUE;
  if (!visit (node, states, depth, user_data))
    return FALSE;
  n_children = atspi_accessible_get_child_count (node, NULL);
  for (int i = 0; depth < MAX_DEPTH && i < MIN (n_children, MAX_CHILDREN); i++)
    {
      g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (node, i, NULL);

      if (child == NULL)
        continue;
      if (n_children > 1 && is_stack_page (child))
        {
          if (!looked)
            front = find_front_page (node);
          looked = TRUE;
          if (front != child)
            continue;
        }
      if (!walk (child, depth + 1, visit, user_data))
        return FALSE;
    }
  return TRUE;
}

/* Returns: (transfer full) (nullable): the application on the bus */
static AtspiAccessible *
find_program (PlayScreen *screen)
{
  g_autoptr (AtspiAccessible) desktop = atspi_get_desktop (0);
  int n_programs;

  if (desktop == NULL)
    return NULL;
  atspi_accessible_clear_cache (desktop);
  n_programs = atspi_accessible_get_child_count (desktop, NULL);
  for (int i = 0; i < n_programs; i++)
    {
      g_autoptr (AtspiAccessible) program = atspi_accessible_get_child_at_index (desktop, i, NULL);
      g_autofree char *name = program ? atspi_accessible_get_name (program, NULL) : NULL;

      if (g_strcmp0 (name, screen->program) == 0)
        return g_steal_pointer (&program);
    }
  return NULL;
}

static void
walk_program (PlayScreen *screen, VisitFunc visit, gpointer user_data)
{
  g_autoptr (AtspiAccessible) program = find_program (screen);
  int n_windows;

  if (program == NULL)
    return;
  atspi_accessible_clear_cache (program);
  n_windows = atspi_accessible_get_child_count (program, NULL);
  for (int i = 0; i < n_windows; i++)
    {
      g_autoptr (AtspiAccessible) window = atspi_accessible_get_child_at_index (program, i, NULL);

      if (window != NULL && !walk (window, 0, visit, user_data))
        return;
    }
}

/* Returns: (transfer full) (nullable): the content of what has text */
static char *
dup_text (AtspiAccessible *node)
{
  g_autoptr (AtspiText) text = atspi_accessible_get_text_iface (node);
  int length;

  if (text == NULL)
    return NULL;
  length = atspi_text_get_character_count (text, NULL);
  return length > 0 ? atspi_text_get_text (text, 0, length, NULL) : NULL;
}

typedef struct
{
  const char *text; /* what is looked for */
  gboolean found;
} TextSearch;

static gboolean
visit_text (AtspiAccessible *node, AtspiStateSet *states, guint depth, gpointer user_data)
{
  TextSearch *search = user_data;
  g_autofree char *name = atspi_accessible_get_name (node, NULL);
  g_autofree char *text = NULL;

  search->found = name != NULL && strstr (name, search->text) != NULL;
  if (!search->found)
    {
      text = dup_text (node);
      search->found = text != NULL && strstr (text, search->text) != NULL;
    }
  return !search->found;
}

typedef struct
{
  const char *name;       /* (nullable): what is looked for */
  gboolean part;          /* in a name, and need not be all of it */
  const char *interface;  /* what it must be able to do: "Action", "EditableText" */
  AtspiAccessible *found; /* owned (nullable) */
} NodeSearch;

static gboolean
has_interface (AtspiAccessible *node, const char *wanted)
{
  g_autoptr (GArray) interfaces = atspi_accessible_get_interfaces (node);
  gboolean found = FALSE;

  for (guint i = 0; interfaces != NULL && i < interfaces->len; i++)
    {
      g_autofree char *name = g_array_index (interfaces, char *, i);

      found = found || g_strcmp0 (name, wanted) == 0;
    }
  return found;
}

static gboolean
is_named (const NodeSearch *search, const char *name)
{
  if (search->name == NULL)
    return TRUE;
  return search->part ? name != NULL && strstr (name, search->name) != NULL
                      : g_strcmp0 (name, search->name) == 0;
}

static gboolean
visit_node (AtspiAccessible *node, AtspiStateSet *states, guint depth, gpointer user_data)
{
  NodeSearch *search = user_data;
  g_autofree char *name = atspi_accessible_get_name (node, NULL);
  AtspiRole role;

  if (!is_named (search, name))
    return TRUE;
  if (!atspi_state_set_contains (states, ATSPI_STATE_SENSITIVE)
      || !has_interface (node, search->interface))
    return TRUE;
  /* a label of GTK has actions of its own, such as to be copied: it is not what is pressed */
  role = atspi_accessible_get_role (node, NULL);
  if (role == ATSPI_ROLE_LABEL || role == ATSPI_ROLE_HEADING)
    return TRUE;
  search->found = g_object_ref (node);
  return FALSE;
}

static gboolean
visit_describe (AtspiAccessible *node, AtspiStateSet *states, guint depth, gpointer user_data)
{
  GString *out = user_data;
  g_autofree char *role = atspi_accessible_get_role_name (node, NULL);
  g_autofree char *name = atspi_accessible_get_name (node, NULL);
  g_autofree char *text = dup_text (node);

  g_string_append_printf (out, "%*s[%s]", (int)depth * 2, "", role ? role : "?");
  if (name != NULL && *name != '\0')
    g_string_append_printf (out, " %s", name);
  if (text != NULL && g_strcmp0 (text, name) != 0)
    g_string_append_printf (out, " \"%s\"", text);
  if (!atspi_state_set_contains (states, ATSPI_STATE_SENSITIVE))
    g_string_append (out, " (insensitive)");
  g_string_append_c (out, '\n');
  return TRUE;
}

static gboolean
visit_window (AtspiAccessible *node, AtspiStateSet *states, guint depth, gpointer user_data)
{
  *(gboolean *)user_data = TRUE;
  return FALSE;
}

PlayScreen *
play_screen_new (const char *program)
{
  PlayScreen *screen = g_new0 (PlayScreen, 1);

  screen->program = g_strdup (program);
  return screen;
}

void
play_screen_free (PlayScreen *screen)
{
  g_free (screen->program);
  g_free (screen);
}

gboolean
play_screen_is_there (PlayScreen *screen)
{
  gboolean there = FALSE;

  walk_program (screen, visit_window, &there);
  return there;
}

gboolean
play_screen_has_text (PlayScreen *screen, const char *text)
{
  TextSearch search = { .text = text };

  walk_program (screen, visit_text, &search);
  return search.found;
}

gboolean
play_screen_press (PlayScreen *screen, const char *name, gboolean whole)
{
  NodeSearch search = { .name = name, .part = !whole, .interface = "Action" };
  g_autoptr (AtspiAccessible) node = NULL;
  g_autoptr (AtspiAction) action = NULL;

  walk_program (screen, visit_node, &search);
  node = search.found;
  action = node != NULL ? atspi_accessible_get_action_iface (node) : NULL;
  return action != NULL && atspi_action_do_action (action, 0, NULL);
}

gboolean
play_screen_type (PlayScreen *screen, const char *name, const char *text)
{
  NodeSearch search = { .name = name, .interface = "EditableText" };
  g_autoptr (AtspiAccessible) node = NULL;
  g_autoptr (AtspiEditableText) editable = NULL;

  walk_program (screen, visit_node, &search);
  node = search.found;
  editable = node != NULL ? atspi_accessible_get_editable_text_iface (node) : NULL;
  return editable != NULL && atspi_editable_text_set_text_contents (editable, text, NULL);
}

char *
play_screen_describe (PlayScreen *screen)
{
  GString *out = g_string_new (NULL);

  walk_program (screen, visit_describe, out);
  return g_string_free (out, FALSE);
}
