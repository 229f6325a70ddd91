/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * The likeliest text. Each cell says for each character that may stand there how much less likely
 * it is than the best one, in nats: from the difference of two correlations and the mean of what no
 * template explains, as if 60 samples of a cell were independent. One pass over all cells, with the
 * sums of the check digits at hand (of the field and composite, modulo 10: 100 states) and two
 * paths kept for each, finds the two likeliest of ALL texts whose check digits agree. Nothing is
 * tried and repaired until it fits.
 *
 * Why an answer is not chance. The true text agrees with its check digits, so it always competes: a
 * wrong one must look likelier than it by MIN_MARGIN nats (e^12.5, a quarter of a million to one)
 * and besides agree itself, one chance in ten for each of the two (visas: one) check digits over
 * every character but names, issuer, nationality, sex and a visa's optional data. Check digits do
 * not see characters whose values differ by 10 (6 G Q, 8 I S, 1 B L V, …), and nothing watches
 * names: there the cell itself must be nearer to its own template than to the middle between the
 * two by MIN_APART. What is no zone at all, with 3 to 5 digits that agree by chance once in 1,000
 * to 100,000, has print that correlates badly (MIN_QUALITY), and where
 * many texts are about as likely one of those that agree is always near another one that does: the
 * margin refuses it. At most MAX_CHANGED characters are not the likeliest of their cell, and all
 * of them cost less than MAX_ANSWER_COST.
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-mrz-solve.h"

#include <math.h>
#include <string.h>

#include "lanyard-mrz-layout.h"
#include "lanyard-mrz-stand.h"

/* Independent samples in a cell. */
#define SAMPLES 60.0
#define MAX_COST 25.0f
#define N_CHOICES 6
/* What an answer needs; see above. */
#define MIN_QUALITY 0.75
#define MIN_CELL 0.45
#define MIN_MARGIN 12.5
#define MIN_APART 0.25
#define MAX_ANSWER_COST 20
#define MAX_CHANGED 3
#define N_RANKS 2
/* Sums modulo 10 of the field at hand and of the composite check digit. */
#define N_STATES 100
#define MAX_CELLS (LANYARD_MRZ_MAX_LINES * LANYARD_MRZ_MAX_COLUMNS)
#define FILLER 36
#define ZERO 0
#define LETTER_O 24
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

/* The highest score of all classes. Where only digits may stand, O is no rival of 0, nor the other
 * way round among letters: foundries draw them in different ways. */
static float
best_score (const LanyardOcrbMatch *cell, const char *alphabet)
{
  gboolean zero = strchr (alphabet, '0') != NULL, letter = strchr (alphabet, 'O') != NULL;
  float best = -1;

  for (guint class = 0; class < LANYARD_OCRB_N_CLASSES; class ++)
    if (!(class == ZERO && letter && !zero) && !(class == LETTER_O && zero && !letter))
      best = MAX (best, cell->scores[class]);
  return best;
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
  float best = best_score (cell, alphabet);
  guint n = 0;

  for (; *alphabet != '\0'; alphabet++)
    {
      guint class = lanyard_ocrb_class_of (*alphabet);
      Choice choice = { (guint8) class, (float)(nats * (best - cell->scores[class])) };
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

static void
trace_back (const Search *search,
            const LanyardMrzZone *zone,
            LanyardMrzFormat format,
            const Path *last,
            LanyardMrzAnswer *answer)
{
  LanyardMrzRoundness learnt = lanyard_mrz_learn_roundness (zone, format);
  const Path *path = last;

  answer->cost = last->cost;
  answer->n_changed = 0;
  answer->least = answer->apart = 1;
  for (guint i = search->n_cells; i > 0; i--)
    {
      guint line = (i - 1) / zone->n_columns, column = (i - 1) % zone->n_columns;
      const LanyardOcrbMatch *cell = &zone->cells[line][column];
      double stand;

      answer->text[line * (zone->n_columns + 1) + column] = LANYARD_OCRB_CHARACTERS[path->class];
      answer->n_changed += path->class != search->choices[i - 1][0].class;
      answer->least = MIN (answer->least, cell->scores[path->class]);
      stand = lanyard_mrz_stand (zone, cell, path->class,
                                 lanyard_mrz_alphabet_at (format, line, column),
                                 is_checked (&search->roles[i - 1]), &learnt);
      answer->apart = MIN (answer->apart, stand);
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
  return zone->quality > MIN_QUALITY && answer->least > MIN_CELL && answer->margin > MIN_MARGIN
         && answer->apart > MIN_APART && answer->cost < MAX_ANSWER_COST
         && answer->n_changed <= MAX_CHANGED;
}
