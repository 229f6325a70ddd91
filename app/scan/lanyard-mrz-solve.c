/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-mrz-solve.h"

#include <math.h>
#include <string.h>

#include "lanyard-mrz-layout.h"

/* Independent samples in a cell. */
#define SAMPLES 60.0
#define MAX_COST 25.0f
#define N_CHOICES 6
#define N_RANKS 2
/* Sums modulo 10 of the field at hand and of the composite check digit. */
#define N_STATES 100
#define MAX_CELLS (LANYARD_MRZ_MAX_LINES * LANYARD_MRZ_MAX_COLUMNS)
#define FILLER 36
#define STEPS_A_CELL 3
#define FAR 1e9f

/* What a position means for check digits. */
typedef struct
{
  guint8 field_weight;     /* 0: in no field that has a check digit */
  guint8 composite_weight; /* 0: not under the composite one */
  gboolean is_check;       /* is the check digit of the field before */
  gboolean is_composite;   /* is the composite one */
} Role;

typedef struct
{
  guint8 class;
  float cost;
} Choice;

/* A way to come to a state, and which way to its predecessor. */
typedef struct
{
  float cost;
  guint8 state;
  guint8 rank;
  guint8 class;
} Path;

typedef struct
{
  guint n_cells;
  Role roles[MAX_CELLS];
  Choice choices[MAX_CELLS][N_CHOICES];
  guint n_choices[MAX_CELLS];
  Path paths[MAX_CELLS + 1][N_STATES][N_RANKS];
} Search;

static const guint8 weights[] = { 7, 3, 1 };

static guint
value_of (guint class)
{
  return class == FILLER ? 0 : class;
}

static void
set_roles (Search *search, const LanyardMrzLayout *layout)
{
  guint n = layout->line_length, place = 0;

  for (const LanyardMrzSpan *span = layout->spans; span->length != 0; span++)
    {
      Role *roles = &search->roles[span->line * n];

      if (span->field == LANYARD_MRZ_FIELD_COMPOSITE)
        roles[span->column].is_composite = TRUE;
      if (span->check_column == 0)
        continue;
      for (guint i = 0; i < span->length; i++)
        roles[span->column + i].field_weight = weights[i % 3];
      roles[span->check_column].is_check = TRUE;
    }
  if (layout->composite == NULL)
    return;
  for (const LanyardMrzRun *run = layout->composite; run->length != 0; run++)
    for (guint i = 0; i < run->length; i++)
      search->roles[run->line * n + run->column + i].composite_weight = weights[place++ % 3];
}

/* The likeliest characters of those allowed there. */
static void
set_choices (Search *search,
             guint at,
             const LanyardOcrbMatch *cell,
             const char *alphabet,
             double nats)
{
  Choice *choices = search->choices[at];
  guint n = 0;

  for (; *alphabet != '\0'; alphabet++)
    {
      guint class = lanyard_ocrb_class_of (*alphabet);
      Choice choice
          = { (guint8) class, (float)(nats * (cell->scores[cell->best] - cell->scores[class])) };
      guint rank = n;

      while (rank > 0 && choices[rank - 1].cost > choice.cost)
        rank--;
      if (rank == N_CHOICES || choice.cost > MAX_COST)
        continue;
      n = MIN (n + 1, N_CHOICES);
      memmove (choices + rank + 1, choices + rank, (n - rank - 1) * sizeof *choices);
      choices[rank] = choice;
    }
  search->n_choices[at] = n;
}

/* The state after @class at a position; FALSE when its check digit does not agree. */
static gboolean
follow (const Role *role, guint class, guint state, guint *next)
{
  guint field = state % 10, composite = state / 10, value = value_of (class);

  if (role->is_composite)
    {
      *next = 0;
      return class == composite;
    }
  composite = (composite + role->composite_weight * value) % 10;
  if (role->is_check)
    {
      *next = composite * 10;
      return value == field;
    }
  *next = composite * 10 + (field + role->field_weight * value) % 10;
  return TRUE;
}

static void
keep_path (Path *ranks, const Path *path)
{
  if (path->cost < ranks[0].cost)
    {
      ranks[1] = ranks[0];
      ranks[0] = *path;
    }
  else if (path->cost < ranks[1].cost)
    ranks[1] = *path;
}

static void
step (Search *search, guint at)
{
  for (guint state = 0; state < N_STATES; state++)
    search->paths[at + 1][state][0].cost = search->paths[at + 1][state][1].cost = FAR;
  for (guint state = 0; state < N_STATES; state++)
    for (guint rank = 0; rank < N_RANKS; rank++)
      {
        float cost = search->paths[at][state][rank].cost;

        for (guint i = 0; cost < FAR && i < search->n_choices[at]; i++)
          {
            const Choice *choice = &search->choices[at][i];
            Path path = { cost + choice->cost, (guint8)state, (guint8)rank, choice->class };
            guint next;

            if (follow (&search->roles[at], choice->class, state, &next))
              keep_path (search->paths[at + 1][next], &path);
          }
      }
}

static gboolean
is_checked (const Role *role)
{
  return role->field_weight > 0 || role->composite_weight > 0 || role->is_check
         || role->is_composite;
}

/* How far a cell is from the line between its character and any other one allowed there; where
 * check digits watch, only those that they cannot tell apart. */
static double
stand_of (const LanyardMrzZone *zone,
          const LanyardOcrbMatch *cell,
          const Role *role,
          guint class,
          const char *alphabet)
{
  double least = 1;

  for (; *alphabet != '\0'; alphabet++)
    {
      guint other = lanyard_ocrb_class_of (*alphabet);
      double between = 1 - lanyard_ocrb_likeness (zone->look, class, other);

      if (other != class && (!is_checked (role) || value_of (other) % 10 == value_of (class) % 10))
        least = MIN (least, (cell->scores[class] - cell->scores[other]) / between);
    }
  return least;
}

static void
trace_back (const Search *search,
            const LanyardMrzZone *zone,
            LanyardMrzFormat format,
            const Path *last,
            LanyardMrzAnswer *answer)
{
  const Path *path = last;

  answer->cost = last->cost;
  answer->n_changed = 0;
  answer->least = answer->apart = 1;
  for (guint i = search->n_cells; i > 0; i--)
    {
      guint line = (i - 1) / zone->n_columns, column = (i - 1) % zone->n_columns;
      const LanyardOcrbMatch *cell = &zone->cells[line][column];

      answer->text[line * (zone->n_columns + 1) + column] = LANYARD_OCRB_CHARACTERS[path->class];
      answer->n_changed += path->class != search->choices[i - 1][0].class;
      answer->least = MIN (answer->least, cell->scores[path->class]);
      answer->apart
          = MIN (answer->apart, stand_of (zone, cell, &search->roles[i - 1], path->class,
                                          lanyard_mrz_alphabet_at (format, line, column)));
      path = &search->paths[i - 1][path->state][path->rank];
    }
  for (guint line = 0; line < zone->n_lines; line++)
    answer->text[(line + 1) * (zone->n_columns + 1) - 1] = line + 1 < zone->n_lines ? '\n' : '\0';
}

/* Wiping what names people is the caller's with @answer, and ours with @search. */
gboolean
lanyard_mrz_solve (const LanyardMrzZone *zone, LanyardMrzAnswer *answer, LanyardWork *work)
{
  double quality = CLAMP (zone->quality, 0.4, 0.97);
  double nats = SAMPLES * quality / (1 - quality * quality);
  Search *search = g_new0 (Search, 1);
  guint n = zone->n_columns;
  const LanyardOcrbMatch *cell = &zone->cells[0][0];
  gboolean is_visa = zone->n_lines == 2 && cell->best == lanyard_ocrb_class_of ('V');
  LanyardMrzFormat format = lanyard_mrz_format_refine (zone->shape, is_visa ? 'V' : 'P');
  Path *ends;
  gboolean found;

  search->n_cells = zone->n_lines * n;
  lanyard_work_spend (work, search->n_cells * STEPS_A_CELL);
  set_roles (search, lanyard_mrz_layout_get (format));
  for (guint i = 0; i < search->n_cells; i++)
    set_choices (search, i, &zone->cells[i / n][i % n],
                 lanyard_mrz_alphabet_at (format, i / n, i % n), nats);
  for (guint state = 0; state < N_STATES; state++)
    search->paths[0][state][0].cost = search->paths[0][state][1].cost = FAR;
  search->paths[0][0][0].cost = 0;
  for (guint i = 0; i < search->n_cells; i++)
    step (search, i);
  ends = search->paths[search->n_cells][0];
  found = ends[0].cost < FAR;
  if (found)
    {
      trace_back (search, zone, format, &ends[0], answer);
      answer->margin = ends[1].cost - ends[0].cost;
    }
  memset (search, 0, sizeof *search);
  g_free (search);
  return found;
}

gboolean
lanyard_mrz_answer_counts (const LanyardMrzZone *zone, const LanyardMrzAnswer *answer)
{
  return zone->quality > 0.7 && answer->least > 0.4 && answer->margin > 12 && answer->apart > 0.25
         && answer->cost < 20 && answer->n_changed <= 3;
}
