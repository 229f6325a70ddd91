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
 * two by MIN_APART, and by more where a spot of light lies on a print that is clean elsewhere: an I
 * without its foot is a T. What is no zone at all, with 3 to 5 digits that agree by chance once in
 * 1,000 to 100,000, has print that correlates badly (MIN_QUALITY), and where many texts are about
 * as likely one of those that agree is always near another one that does: the margin refuses it. At
 * most MAX_CHANGED characters are not the likeliest of their cell, and all of them cost less than
 * MAX_ANSWER_COST.
 *
 * Cards may have numbers that go on in the optional data. Each length that such a number may have
 * is one more reading of the zone with as many check digits; readings that cannot come near an
 * answer by the fillers they need are left out, which leaves one or two. The answer and its rival
 * are the two likeliest texts of all readings together.
 *
 * Assumes that what is right in a cell is among the N_CHOICES likeliest of what may stand there,
 * that cells err each for itself, and that a cell has as many independent samples as SAMPLES says.
 *
 * Measured by bench-mrz 5 150, read of 70 readable pictures, of 50 beyond, and of 150 that tempt:
 *   70, 37 and 15, none wrong   as it is
 *   70, 37 and 15, none wrong   MIN_MARGIN 0: what it refuses is rarer than these are many
 *   70, 40 and 15, one wrong    no MIN_APART
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-mrz-solve.h"

#include <math.h>
#include <string.h>

#include "lanyard-mrz-roles.h"
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
/* A cell of which so many times as much cannot be explained as of the others has glare or dirt on
 * it, which may have made it another character: it has to stand farther from all others. */
#define MARRED 4
#define MARRED_SLACK 0.01
#define MARRED_SHARE 0.4
#define MAX_ANSWER_COST 20
#define MAX_CHANGED 3
#define N_RANKS 2
/* Sums modulo 10 of the field at hand and of the composite check digit. */
#define N_STATES 100
#define FILLER 36
#define ZERO 0
#define NINE 9
#define LETTER_O 24
#define STEPS_A_CELL 3
#define FAR 1e9f

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

/* A text, and what it costs. */
typedef struct
{
  guint8 classes[LANYARD_MRZ_MAX_POSITIONS]; /* by position */
  float cost;
} Text;

/* The two likeliest of all texts seen so far, of whatever reading. */
typedef struct
{
  LanyardMrzRoles roles; /* of the first */
  Text texts[N_RANKS];
} Best;

typedef struct
{
  LanyardMrzRoles roles;                                /* the reading at hand */
  Choice choices[LANYARD_MRZ_MAX_POSITIONS][N_CHOICES]; /* by position */
  guint n_choices[LANYARD_MRZ_MAX_POSITIONS];
  Path paths[LANYARD_MRZ_MAX_POSITIONS + 1][N_STATES][N_RANKS];
  Best best;
} Search;

static guint
value_of (guint class)
{
  return class == FILLER ? 0 : class;
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
follow (const LanyardMrzRole *role, guint class, guint state, guint *next)
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

static gboolean
is_allowed (const LanyardMrzRole *role, guint class)
{
  switch (role->allow)
    {
    case LANYARD_MRZ_ALLOW_FILLER:
      return class == FILLER;
    case LANYARD_MRZ_ALLOW_NO_FILLER:
      return class != FILLER;
    case LANYARD_MRZ_ALLOW_DIGIT:
      return class <= NINE;
    default:
      return TRUE;
    }
}

static void
step (Search *search, guint at)
{
  guint position = search->roles.order[at];
  const LanyardMrzRole *role = &search->roles.roles[position];

  for (guint state = 0; state < N_STATES; state++)
    search->paths[at + 1][state][0].cost = search->paths[at + 1][state][1].cost = FAR;
  for (guint state = 0; state < N_STATES; state++)
    for (guint rank = 0; rank < N_RANKS; rank++)
      {
        float cost = search->paths[at][state][rank].cost;

        for (guint i = 0; cost < FAR && i < search->n_choices[position]; i++)
          {
            const Choice *choice = &search->choices[position][i];
            Path path = { cost + choice->cost, (guint8)state, (guint8)rank, choice->class };
            guint next;

            if (is_allowed (role, choice->class) && follow (role, choice->class, state, &next))
              keep_path (search->paths[at + 1][next], &path);
          }
      }
}

static void
trace_back (const Search *search, const Path *last, Text *text)
{
  const Path *path = last;

  text->cost = last->cost;
  for (guint i = search->roles.n_cells; i > 0; i--)
    {
      text->classes[search->roles.order[i - 1]] = path->class;
      path = &search->paths[i - 1][path->state][path->rank];
    }
}

/* Two readings may come to the same text: it is no rival of itself. */
static void
keep_text (Search *search, const Text *text)
{
  Text *texts = search->best.texts;
  gboolean known = memcmp (text->classes, texts[0].classes, search->roles.n_cells) == 0;

  if (text->cost < texts[0].cost)
    {
      if (!known)
        texts[1] = texts[0];
      texts[0] = *text;
      search->best.roles = search->roles;
    }
  else if (!known && text->cost < texts[1].cost)
    texts[1] = *text;
}

/* The two likeliest texts by the reading at hand. */
static void
read_by_roles (Search *search, LanyardWork *work)
{
  Text text = { { 0 } };

  lanyard_work_spend (work, search->roles.n_cells * STEPS_A_CELL);
  for (guint state = 0; state < N_STATES; state++)
    search->paths[0][state][0].cost = search->paths[0][state][1].cost = FAR;
  search->paths[0][0][0].cost = 0;
  for (guint i = 0; i < search->roles.n_cells; i++)
    step (search, i);
  for (guint rank = 0; rank < N_RANKS; rank++)
    {
      const Path *end = &search->paths[search->roles.n_cells][0][rank];

      if (end->cost >= FAR)
        break;
      trace_back (search, end, &text);
      keep_text (search, &text);
    }
  memset (&text, 0, sizeof text);
}

/* What the reading at hand costs at least, by what it does not allow. */
static float
cost_at_least (const Search *search)
{
  float sum = 0;

  for (guint i = 0; i < search->roles.n_cells; i++)
    {
      float least = FAR;

      for (guint k = 0; k < search->n_choices[i] && least >= FAR; k++)
        if (is_allowed (&search->roles.roles[i], search->choices[i][k].class))
          least = search->choices[i][k].cost;
      sum += least;
    }
  return sum;
}

/* All readings that may be the answer, or near enough to be its rival. */
static void
read_long_numbers (Search *search, LanyardMrzFormat format, LanyardWork *work)
{
  guint max = lanyard_mrz_roles_max_rest (format);

  for (guint n = 2; n <= max; n++)
    {
      lanyard_mrz_roles_init_long (&search->roles, format, n, FALSE);
      if (cost_at_least (search) > MAX_ANSWER_COST + MIN_MARGIN)
        continue;
      read_by_roles (search, work);
      lanyard_mrz_roles_init_long (&search->roles, format, n, TRUE);
      read_by_roles (search, work);
    }
}

static gboolean
is_checked (const LanyardMrzRole *role)
{
  return role->field_weight > 0 || role->composite_weight > 0 || role->is_check
         || role->is_composite;
}

static void
fill_answer (const Search *search,
             const LanyardMrzZone *zone,
             LanyardMrzFormat format,
             LanyardMrzAnswer *answer)
{
  LanyardMrzRoundness learnt = lanyard_mrz_learn_roundness (zone, format);
  const Best *best = &search->best;

  answer->cost = best->texts[0].cost;
  answer->margin = best->texts[1].cost - best->texts[0].cost;
  answer->n_changed = 0;
  answer->least = answer->apart = 1;
  for (guint i = 0; i < best->roles.n_cells; i++)
    {
      guint line = i / zone->n_columns, column = i % zone->n_columns;
      const LanyardOcrbMatch *cell = &zone->cells[line][column];
      guint class = best->texts[0].classes[i];
      double stand
          = lanyard_mrz_stand (zone, cell, class, lanyard_mrz_alphabet_at (format, line, column),
                               is_checked (&best->roles.roles[i]), &learnt);

      if (1 - cell->scores[class] > MARRED * (1 - zone->quality) + MARRED_SLACK)
        stand *= MARRED_SHARE;
      answer->text[line * (zone->n_columns + 1) + column] = LANYARD_OCRB_CHARACTERS[class];
      answer->n_changed += class != search->choices[i][0].class;
      answer->least = MIN (answer->least, cell->scores[class]);
      answer->apart = MIN (answer->apart, stand);
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
  gboolean found;

  search->best.texts[0].cost = search->best.texts[1].cost = FAR;
  lanyard_mrz_roles_init (&search->roles, format);
  for (guint i = 0; i < search->roles.n_cells; i++)
    set_choices (search, i, &zone->cells[i / n][i % n],
                 lanyard_mrz_alphabet_at (format, i / n, i % n), nats);
  read_by_roles (search, work);
  read_long_numbers (search, format, work);
  found = search->best.texts[0].cost < FAR;
  if (found)
    fill_answer (search, zone, format, answer);
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
