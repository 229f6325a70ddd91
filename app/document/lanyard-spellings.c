/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * All spellings of a name as a graph: a node stands between two letters, an edge carries a letter
 * from A to Z or none. A name of n letters with k choices each has k to the n spellings, and n
 * times k edges. Two names have a spelling in common when the ends of both graphs can be reached
 * together: found by visiting each pair of nodes at most once.
 *
 *   MÜLLER:      M        U      E          L   L   E   R
 *            0 ─────▶ 1 ────▶ 2 ────▶ 3 ─────▶ … the end
 *                     └── U, and U X X ──▲
 */

#define G_LOG_DOMAIN "lanyard-document"

#include "lanyard-spellings.h"

#include <sodium.h>
#include <string.h>

#include "lanyard-transliterate.h"

#define SHADDA 0x0651
#define MAX_EDGES 12
#define MAX_NODES 2048

typedef struct
{
  char letter; /* 0: none is read */
  guint16 to;
} Edge;

typedef struct
{
  guint8 n_edges;
  Edge edges[MAX_EDGES];
} Node;

struct _LanyardSpellings
{
  GArray *nodes; /* (element-type Node): the first is the start */
  guint16 end;
};

/* What a name that spells its marks out has, and how the letter without the mark is written. */
static const struct
{
  const char *text;
  char letter;
} shortcuts[] = {
  { "AE", 'A' }, { "OE", 'O' }, { "UE", 'U' }, { "AA", 'A' }, { "UXX", 'U' }, { "NXX", 'N' },
};

static Node *
node_at (LanyardSpellings *spellings, guint16 number)
{
  return &g_array_index (spellings->nodes, Node, number);
}

static guint16
add_node (LanyardSpellings *spellings)
{
  Node node = { 0 };

  g_array_append_val (spellings->nodes, node);
  return (guint16)(spellings->nodes->len - 1);
}

static void
add_edge (LanyardSpellings *spellings, guint16 from, char letter, guint16 to)
{
  Node *node = node_at (spellings, from);

  if (from != to && node->n_edges < MAX_EDGES)
    node->edges[node->n_edges++] = (Edge){ letter, to };
}

/* A chain of letters from one node to another. */
static void
add_text (LanyardSpellings *spellings, guint16 from, const char *text, guint16 to)
{
  gsize length = strlen (text);

  for (gsize i = 0; i + 1 < length; i++)
    {
      guint16 next = add_node (spellings);

      add_edge (spellings, from, text[i], next);
      from = next;
    }
  add_edge (spellings, from, length > 0 ? text[length - 1] : '\0', to);
}

/* The letters of a word, with a node before each and one behind the last. Returns: FALSE for one
 * without choices. @bounds: (element-type guint16) */
static gboolean
add_letters (LanyardSpellings *spellings, const char *word, GArray *bounds)
{
  const char *choices[LANYARD_TRANSLITERATE_MAX_CHOICES];
  guint n = 0;

  for (const char *at = word; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);
      guint16 from = g_array_index (bounds, guint16, bounds->len - 1), to;

      if (character != SHADDA)
        n = lanyard_transliterate_character (character, *g_utf8_next_char (at) == '\0', choices);
      if (n == 0 || spellings->nodes->len > MAX_NODES)
        return FALSE;
      to = add_node (spellings);
      for (guint i = 0; i < n; i++)
        add_text (spellings, from, choices[i], to);
      /* Many leave the doubling out. */
      if (character == SHADDA)
        add_edge (spellings, from, '\0', to);
      g_array_append_val (bounds, to);
    }
  return TRUE;
}

static void
add_shortcuts (LanyardSpellings *spellings, const char *word, GArray *bounds)
{
  guint i = 0;

  for (const char *at = word; *at != '\0'; at = g_utf8_next_char (at), i++)
    for (guint s = 0; s < G_N_ELEMENTS (shortcuts); s++)
      if (g_str_has_prefix (at, shortcuts[s].text))
        add_edge (spellings, g_array_index (bounds, guint16, i), shortcuts[s].letter,
                  g_array_index (bounds, guint16, i + strlen (shortcuts[s].text)));
}

/* Every node that is behind the first letter may be the last. */
static void
allow_cuts (LanyardSpellings *spellings, guint16 first, guint16 start, guint16 end)
{
  for (guint16 i = first; i < spellings->nodes->len; i++)
    if (i != start)
      add_edge (spellings, i, '\0', end);
}

static gboolean
add_word (LanyardSpellings *spellings,
          const char *word,
          LanyardSpellingsFlags flags,
          guint16 from,
          guint16 *to)
{
  g_autoptr (GArray) bounds = g_array_new (FALSE, FALSE, sizeof (guint16));
  guint16 first = (guint16)spellings->nodes->len;

  g_array_append_val (bounds, from);
  if (!add_letters (spellings, word, bounds))
    return FALSE;
  *to = g_array_index (bounds, guint16, bounds->len - 1);
  add_shortcuts (spellings, word, bounds);
  if ((flags & LANYARD_SPELLINGS_CUT_WORDS) != 0)
    allow_cuts (spellings, first, from, *to);
  if ((flags & LANYARD_SPELLINGS_SKIP_WORDS) != 0)
    add_edge (spellings, from, '\0', *to);
  return TRUE;
}

/* The most that a name can need: for each character, its own node and the letters within its
 * choices. */
static guint
count_nodes (const char *const *words)
{
  gsize n = 2;

  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    n += strlen (words[i]) * 10;
  return (guint)MIN (n, MAX_NODES + 16);
}

LanyardSpellings *
lanyard_spellings_new (const char *const *words, LanyardSpellingsFlags flags)
{
  g_autoptr (LanyardSpellings) spellings = g_new0 (LanyardSpellings, 1);
  guint16 at;

  /* Room for all of it: what grows leaves copies behind that nobody wipes. */
  spellings->nodes = g_array_sized_new (FALSE, TRUE, sizeof (Node), count_nodes (words));
  at = add_node (spellings);
  if (words == NULL || words[0] == NULL)
    return NULL;
  for (guint i = 0; words[i] != NULL; i++)
    if (!add_word (spellings, words[i], flags, at, &at))
      return NULL;
  spellings->end = at;
  if ((flags & LANYARD_SPELLINGS_CUT_END) != 0)
    allow_cuts (spellings, 1, 0, at);
  return g_steal_pointer (&spellings);
}

/* Pairs of nodes that were reached together. */
typedef struct
{
  guint8 *seen; /* one bit a pair */
  GArray *open; /* (element-type guint32): pairs whose edges were not followed yet */
  guint n_b;
} Pairs;

static void
reach (Pairs *pairs, guint16 a, guint16 b)
{
  guint32 pair = (guint32)a * pairs->n_b + b;

  if ((pairs->seen[pair / 8] & (1u << (pair % 8))) != 0)
    return;
  pairs->seen[pair / 8] |= (guint8)(1u << (pair % 8));
  g_array_append_val (pairs->open, pair);
}

static void
follow (Pairs *pairs, const Node *node_a, guint16 a, const Node *node_b, guint16 b)
{
  for (guint i = 0; i < node_a->n_edges; i++)
    {
      if (node_a->edges[i].letter == '\0')
        {
          reach (pairs, node_a->edges[i].to, b);
          continue;
        }
      for (guint j = 0; j < node_b->n_edges; j++)
        if (node_b->edges[j].letter == node_a->edges[i].letter)
          reach (pairs, node_a->edges[i].to, node_b->edges[j].to);
    }
  for (guint j = 0; j < node_b->n_edges; j++)
    if (node_b->edges[j].letter == '\0')
      reach (pairs, a, node_b->edges[j].to);
}

gboolean
lanyard_spellings_meet (const LanyardSpellings *a, const LanyardSpellings *b)
{
  g_autofree guint8 *seen = NULL;
  g_autoptr (GArray) open = NULL;
  Pairs pairs;
  gboolean met = FALSE;

  if (a == NULL || b == NULL)
    return FALSE;
  seen = g_malloc0 ((gsize)a->nodes->len * b->nodes->len / 8 + 1);
  open = g_array_new (FALSE, FALSE, sizeof (guint32));
  pairs = (Pairs){ seen, open, b->nodes->len };
  reach (&pairs, 0, 0);
  while (open->len > 0 && !met)
    {
      guint32 pair = g_array_index (open, guint32, open->len - 1);
      guint16 at_a = (guint16)(pair / pairs.n_b), at_b = (guint16)(pair % pairs.n_b);

      g_array_set_size (open, open->len - 1);
      met = at_a == a->end && at_b == b->end;
      follow (&pairs, &g_array_index (a->nodes, Node, at_a), at_a,
              &g_array_index (b->nodes, Node, at_b), at_b);
    }
  return met;
}

void
lanyard_spellings_free (LanyardSpellings *spellings)
{
  if (spellings == NULL)
    return;
  sodium_memzero (spellings->nodes->data, spellings->nodes->len * sizeof (Node));
  g_array_unref (spellings->nodes);
  g_free (spellings);
}
