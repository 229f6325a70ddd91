/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-badge"

#include "lanyard-badge-svg-references.h"

/* Longest chain of references; editors make chains of two or three. */
#define MAX_CHAIN 64
/* More would not be drawn anyhow; sums stay far from overflow. */
#define TOO_MANY ((guint64)1 << 32)

/* An element with a name, and all that stands in it without one. */
typedef struct
{
  guint64 n_own;      /* elements */
  guint64 weight;     /* with all that they lead to; 0: not weighed yet */
  GPtrArray *targets; /* owned (element-type utf8): names that it leads to */
  gboolean is_paint;  /* a gradient: leads to colours only, however often it is used */
  gboolean is_open;   /* being weighed */
} Node;

struct _LanyardSvgReferences
{
  GPtrArray *nodes;      /* owned (element-type Node): the first is the file itself */
  GHashTable *by_id;     /* owned (element-type utf8 Node): by name */
  GPtrArray *stack;      /* owned (element-type Node): of each open element, the node it is in */
  GPtrArray *everywhere; /* owned (element-type utf8) */
  guint64 n_elements;
};

static void
node_free (gpointer data)
{
  Node *node = data;

  g_ptr_array_unref (node->targets);
  g_free (node);
}

static Node *
add_node (LanyardSvgReferences *references)
{
  Node *node = g_new0 (Node, 1);

  node->targets = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (references->nodes, node);

  return node;
}

static Node *
get_node (LanyardSvgReferences *references)
{
  return g_ptr_array_index (references->stack, references->stack->len - 1);
}

static guint64
weigh (LanyardSvgReferences *references, Node *node, guint depth)
{
  guint64 weight = node->n_own;

  if (node->is_open || depth > MAX_CHAIN)
    return TOO_MANY;
  if (node->weight > 0)
    return node->weight;

  node->is_open = TRUE;
  for (guint i = 0; i < node->targets->len && weight < TOO_MANY; i++)
    {
      Node *target = g_hash_table_lookup (references->by_id, g_ptr_array_index (node->targets, i));

      if (target != NULL && !target->is_paint)
        weight += weigh (references, target, depth + 1);
    }
  node->is_open = FALSE;
  node->weight = MIN (weight, TOO_MANY);

  return node->weight;
}

LanyardSvgReferences *
lanyard_svg_references_new (void)
{
  LanyardSvgReferences *references = g_new0 (LanyardSvgReferences, 1);

  references->nodes = g_ptr_array_new_with_free_func (node_free);
  references->by_id = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  references->stack = g_ptr_array_new ();
  references->everywhere = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (references->stack, add_node (references));

  return references;
}

void
lanyard_svg_references_free (LanyardSvgReferences *references)
{
  if (references == NULL)
    return;

  g_ptr_array_unref (references->everywhere);
  g_ptr_array_unref (references->stack);
  g_hash_table_unref (references->by_id);
  g_ptr_array_unref (references->nodes);
  g_free (references);
}

void
lanyard_svg_references_open (LanyardSvgReferences *references, const char *element, const char *id)
{
  Node *node = get_node (references);

  references->n_elements++;
  if (id != NULL)
    {
      /* What is in an element is drawn with it. */
      g_ptr_array_add (node->targets, g_strdup (id));
      node = add_node (references);
      node->is_paint
          = g_str_equal (element, "linearGradient") || g_str_equal (element, "radialGradient");
      g_hash_table_replace (references->by_id, g_strdup (id), node);
    }
  node->n_own++;
  g_ptr_array_add (references->stack, node);
}

void
lanyard_svg_references_close (LanyardSvgReferences *references)
{
  g_return_if_fail (references->stack->len > 1);

  g_ptr_array_set_size (references->stack, references->stack->len - 1);
}

void
lanyard_svg_references_add (LanyardSvgReferences *references, const char *id)
{
  g_ptr_array_add (get_node (references)->targets, g_strdup (id));
}

void
lanyard_svg_references_add_everywhere (LanyardSvgReferences *references, const char *id)
{
  g_ptr_array_add (references->everywhere, g_strdup (id));
}

guint64
lanyard_svg_references_weigh (LanyardSvgReferences *references)
{
  guint64 sum = weigh (references, g_ptr_array_index (references->nodes, 0), 0);

  for (guint i = 0; i < references->everywhere->len && sum < TOO_MANY; i++)
    {
      Node *target
          = g_hash_table_lookup (references->by_id, g_ptr_array_index (references->everywhere, i));

      if (target != NULL && !target->is_paint)
        sum += references->n_elements * MIN (weigh (references, target, 0), TOO_MANY);
    }

  return sum < TOO_MANY ? sum : G_MAXUINT64;
}
