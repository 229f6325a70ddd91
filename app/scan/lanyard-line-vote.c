/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-line-vote.h"

#include <math.h>
#include <string.h>

/*
 * What one line says is nothing: a fence reads as Code 39, a scratched code as a shorter one.
 *
 * Assumed: a wrong text is not read twice from rows that share no pixel, or then the right one is
 * read near it as well.
 * Rules: the code fills everything between two quiet zones; it is no shorter than its symbology
 * has to be to be told from texture; so many lines agree that share no pixel, one more for each
 * line near by that says something else.
 */

#define MAX_CANDIDATES 32
#define MAX_LINES 24  /* kept of each candidate */
#define NEAR_PX 24    /* lines that say something else count this far away */
#define LEAST_LINES 2 /* for whatever symbology */
#define BAND_PX 3     /* to both sides: many rows */
#define QUIET 4.5     /* modules of light before and behind; the standards want 10 */
#define APART_PX 1.5  /* between the rows of two lines */

typedef struct
{
  LanyardSymbology symbology;
  guint8 *data; /* owned */
  gsize n_bytes;
  LanyardLineRead lines[MAX_LINES]; /* data unset; no two share a pixel */
  guint n_lines;
  gboolean certain;
} Candidate;

struct _LanyardLineVote
{
  Candidate candidates[MAX_CANDIDATES];
  guint n_candidates;
};

/* How a symbology is built, and what it takes to believe it. */
static const struct
{
  LanyardSymbology symbology;
  guint fixed_elements,
      elements_each;  /* bars and spaces: those of start and stop, of a character */
  guint modules_each; /* a character, about: wide elements are 2.5 modules */
  guint fixed_modules;
  gsize least_bytes; /* shorter is not told from texture */
  guint n_lines;     /* that have to agree */
} kinds[] = {
  { LANYARD_SYMBOLOGY_CODE128, 0, 0, 0, 0, 4, 2 },
  { LANYARD_SYMBOLOGY_CODE39, 19, 10, 14, 27, 4, 2 },
  { LANYARD_SYMBOLOGY_ITF, 7, 5, 8, 8, 6, 2 },
  { LANYARD_SYMBOLOGY_CODABAR, 15, 8, 11, 21, 4, 3 },
  { LANYARD_SYMBOLOGY_EAN13, 59, 0, 0, 95, 13, 3 },
  { LANYARD_SYMBOLOGY_UPCA, 59, 0, 0, 95, 12, 3 },
  { LANYARD_SYMBOLOGY_EAN8, 43, 0, 0, 67, 8, 4 },
  { LANYARD_SYMBOLOGY_UPCE, 33, 0, 0, 51, 8, 4 },
};

static guint
kind_of (LanyardSymbology symbology)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].symbology == symbology)
      return i;
  return G_N_ELEMENTS (kinds);
}

guint
lanyard_line_elements (LanyardSymbology symbology, gsize n_bytes)
{
  guint kind = kind_of (symbology);

  if (kind == G_N_ELEMENTS (kinds) || symbology == LANYARD_SYMBOLOGY_CODE128 || n_bytes > 256)
    return 0;
  if (symbology == LANYARD_SYMBOLOGY_CODABAR) /* its text has start and stop */
    return 8 * n_bytes - 1;
  return kinds[kind].fixed_elements + kinds[kind].elements_each * n_bytes;
}

static gboolean
is_quiet (const guint32 *widths, guint first, guint last, double module)
{
  return widths[first - 1] >= QUIET * module && widths[last + 1] >= QUIET * module;
}

/* A character of Code 128 has 6 elements and 11 modules, the stop 7 and 13 (ISO/IEC 15417 §4.2). */
static gboolean
code128_begin (const guint32 *widths, guint last, guint *first)
{
  double total = widths[last];

  for (guint n = 1; 6 * n < last; n++)
    {
      double module;

      for (guint i = 0; i < 6; i++)
        total += widths[last - 6 * (n - 1) - 1 - i];
      module = total / (11 * n + 2);
      *first = last - 6 * n;
      if (n >= 4 && is_quiet (widths, *first, last, module))
        return TRUE;
    }
  return FALSE;
}

gboolean
lanyard_line_is_whole (const guint32 *widths,
                       guint n_widths,
                       LanyardSymbology symbology,
                       gsize n_bytes,
                       guint end,
                       guint *first,
                       guint *last)
{
  guint kind = kind_of (symbology), n = lanyard_line_elements (symbology, n_bytes);
  double total = 0;

  /* ZBar is content with a Code 128 before its last bar, with others behind their quiet zone. */
  *last = end % 2 == 1 ? end : symbology == LANYARD_SYMBOLOGY_CODE128 ? end + 1 : end - 1;
  if (kind == G_N_ELEMENTS (kinds) || end == 0 || *last + 1 >= n_widths)
    return FALSE;
  if (symbology == LANYARD_SYMBOLOGY_CODE128)
    return code128_begin (widths, *last, first);
  if (n == 0 || n > *last)
    return FALSE;
  *first = *last + 1 - n;
  for (guint i = *first; i <= *last; i++)
    total += widths[i];
  return is_quiet (widths, *first, *last,
                   total / (kinds[kind].fixed_modules + kinds[kind].modules_each * n_bytes));
}

static LanyardPoint
middle_of (const LanyardSegment *segment)
{
  return lanyard_segment_point (segment, 0.5, 0);
}

/* How far @point lies to the right of the line along @segment, and where along it (0 to 1). */
static double
side_of (const LanyardSegment *segment, LanyardPoint point, double *along)
{
  double dx = segment->to.x - segment->from.x, dy = segment->to.y - segment->from.y;
  double length = MAX (hypot (dx, dy), 1e-9);

  *along
      = ((point.x - segment->from.x) * dx + (point.y - segment->from.y) * dy) / (length * length);
  return ((point.y - segment->from.y) * dx - (point.x - segment->from.x) * dy) / length;
}

/* Could both be lines through one code? Then @distance is how far apart they run. */
static gboolean
is_beside (const LanyardLineRead *one, const LanyardLineRead *other, double *distance)
{
  double along;

  *distance = fabs (side_of (&one->segment, middle_of (&other->segment), &along));
  return along > 0 && along < 1 && *distance < lanyard_segment_length (&one->segment);
}

static Candidate *
candidate_of (LanyardLineVote *vote, const LanyardLineRead *read)
{
  Candidate *candidate;
  double distance;

  for (guint i = 0; i < vote->n_candidates; i++)
    {
      candidate = &vote->candidates[i];
      if (candidate->symbology == read->symbology && candidate->n_bytes == read->n_bytes
          && memcmp (candidate->data, read->data, read->n_bytes) == 0
          && is_beside (&candidate->lines[0], read, &distance))
        return candidate;
    }
  if (vote->n_candidates == MAX_CANDIDATES)
    return NULL;
  candidate = &vote->candidates[vote->n_candidates++];
  *candidate = (Candidate){ read->symbology };
  candidate->data = g_memdup2 (read->data, read->n_bytes);
  candidate->n_bytes = read->n_bytes;
  return candidate;
}

static void
add_line (Candidate *candidate, const LanyardLineRead *read)
{
  for (guint i = 0; i < candidate->n_lines; i++)
    {
      double distance;

      if (is_beside (&candidate->lines[i], read, &distance)
          && distance < candidate->lines[i].half_px + read->half_px + APART_PX)
        return;
    }
  if (candidate->n_lines < MAX_LINES)
    {
      candidate->lines[candidate->n_lines] = *read;
      candidate->lines[candidate->n_lines++].data = NULL;
    }
}

/* The mean of many rows is worth two lines. */
static guint
weight_of (const Candidate *candidate)
{
  guint weight = 0;

  for (guint i = 0; i < candidate->n_lines; i++)
    weight += candidate->lines[i].half_px >= BAND_PX ? 2 : 1;
  return weight;
}

/* Lines near by that say something else. */
static guint
count_rivals (LanyardLineVote *vote, const Candidate *candidate)
{
  guint n = 0;

  for (guint i = 0; i < vote->n_candidates; i++)
    for (guint k = 0; k < vote->candidates[i].n_lines && &vote->candidates[i] != candidate; k++)
      for (guint j = 0; j < candidate->n_lines; j++)
        {
          const LanyardLineRead *line = &candidate->lines[j],
                                *rival = &vote->candidates[i].lines[k];
          double distance;

          if (is_beside (line, rival, &distance)
              && distance < NEAR_PX + line->half_px + rival->half_px)
            {
              n++;
              break;
            }
        }
  return n;
}

static void
report (const Candidate *candidate, LanyardFoundFunc func, gpointer user_data)
{
  LanyardFound found = { candidate->symbology, candidate->data, candidate->n_bytes };
  const LanyardSegment *axis = &candidate->lines[0].segment;
  double low = 0, high = 0;
  guint lowest = 0, highest = 0;

  for (guint i = 0; i < candidate->n_lines; i++)
    {
      double along, side = side_of (axis, middle_of (&candidate->lines[i].segment), &along);

      if (side < low)
        {
          low = side;
          lowest = i;
        }
      if (side > high)
        {
          high = side;
          highest = i;
        }
    }
  found.corners[0] = candidate->lines[lowest].segment.from;
  found.corners[1] = candidate->lines[lowest].segment.to;
  found.corners[2] = candidate->lines[highest].segment.to;
  found.corners[3] = candidate->lines[highest].segment.from;
  func (&found, user_data);
}

LanyardLineVote *
lanyard_line_vote_new (void)
{
  return g_new0 (LanyardLineVote, 1);
}

void
lanyard_line_vote_free (LanyardLineVote *vote)
{
  if (vote == NULL)
    return;
  lanyard_line_vote_clear (vote);
  g_free (vote);
}

void
lanyard_line_vote_clear (LanyardLineVote *vote)
{
  for (guint i = 0; i < vote->n_candidates; i++)
    g_free (vote->candidates[i].data);
  vote->n_candidates = 0;
}

gboolean
lanyard_line_vote_add (LanyardLineVote *vote,
                       const LanyardLineRead *read,
                       LanyardFoundFunc func,
                       gpointer user_data)
{
  guint kind = kind_of (read->symbology);
  Candidate *candidate;

  g_return_val_if_fail (read->data != NULL, FALSE);

  if (kind == G_N_ELEMENTS (kinds) || read->n_bytes < kinds[kind].least_bytes
      || read->n_bytes > LANYARD_SCAN_MAX_BYTES)
    return FALSE;
  candidate = candidate_of (vote, read);
  if (candidate == NULL)
    return FALSE;
  add_line (candidate, read);
  if (!candidate->certain && candidate->n_lines >= LEAST_LINES + count_rivals (vote, candidate)
      && weight_of (candidate) >= kinds[kind].n_lines + count_rivals (vote, candidate))
    {
      candidate->certain = TRUE;
      report (candidate, func, user_data);
    }
  return candidate->certain;
}

gboolean
lanyard_line_vote_is_settled (LanyardLineVote *vote, LanyardPoint middle)
{
  for (guint i = 0; i < vote->n_candidates; i++)
    if (vote->candidates[i].certain)
      {
        const LanyardSegment *segment = &vote->candidates[i].lines[0].segment;
        double along, side = side_of (segment, middle, &along);

        if (along > 0 && along < 1 && fabs (side) < lanyard_segment_length (segment) / 2)
          return TRUE;
      }
  return FALSE;
}

gboolean
lanyard_line_vote_get_open (LanyardLineVote *vote, guint index, LanyardSegment *segment)
{
  for (guint i = 0; i < vote->n_candidates; i++)
    if (!vote->candidates[i].certain && index-- == 0)
      {
        *segment = vote->candidates[i].lines[0].segment;
        return TRUE;
      }
  return FALSE;
}
