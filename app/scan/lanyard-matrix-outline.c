/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-matrix-outline.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Rows from which outlines are started: a side of 12 px at any angle crosses one. */
#define ROW_STEP 6
/* Longer outlines are followed in parts. Where one goes down before it goes up, each row begins it
 * anew: 30 bars of 9,000 px took 5.3 million steps, and take 67,000 now. All outlines of a picture
 * have two points a px at most; that many are followed of parts. */
#define MAX_WAY 8192
#define MAX_OPEN_PER_PX 2
/* The smallest side has 8 modules; below 1.6 px each they are not told apart. */
#define MIN_SIDE_PX 13
#define MAX_BLUNT_PX 6
#define MAX_BLUNT 0.1 /* of the longer side */
#define MAX_CORNERS 256
/* Grey values below the mean from which px are dark: noise on paper stays light. */
#define MARGIN 5
/* Lattice points that one work step follows, and px of a row that it looks at. */
#define WAY_PER_STEP 70
#define PX_PER_STEP 500

/* Directions go clockwise: right, down, left, up. */
static const int dx[4] = { 1, 0, -1, 0 }, dy[4] = { 0, 1, 0, -1 };

/* Px of @outline->dark: one more all around, so that an outline at the edge needs no questions. */
static inline gsize
dark_at (const LanyardMatrixOutline *outline, int x, int y)
{
  return (gsize)(y + 1) * outline->stride + x + 1;
}

static void
mark_row (const guint8 *restrict row,
          const guint8 *restrict mean,
          guint width,
          gboolean inverted,
          guint8 *restrict dark)
{
  if (inverted)
    for (guint x = 0; x < width; x++)
      dark[x] = row[x] > mean[x] + MARGIN;
  else
    for (guint x = 0; x < width; x++)
      dark[x] = row[x] + MARGIN < mean[x];
}

static void
mark_dark (LanyardMatrixOutline *outline, const LanyardQrPicture *picture)
{
  const LanyardPlane *plane = picture->plane;
  gsize stride = (gsize)plane->width + 2, n_dark = stride * (plane->height + 2);

  if (outline->n_dark < n_dark)
    {
      g_free (outline->dark);
      outline->dark = g_malloc (n_dark);
      outline->n_dark = n_dark;
    }
  outline->stride = stride;
  memset (outline->dark, 0, stride);
  memset (outline->dark + stride * (plane->height + 1), 0, stride);
  for (guint y = 0; y < plane->height; y++)
    {
      guint8 *row = outline->dark + (y + 1) * stride;

      row[0] = row[stride - 1] = 0;
      mark_row (plane->data + (gsize)y * plane->stride,
                picture->sign->mean + (gsize)(y / LANYARD_SIGN_ROWS) * picture->sign->width,
                plane->width, picture->light < 0, row + 1);
    }
}

/* Follows the outline with dark to the right, from the left side of px @x, @y upwards. Returns: how
 * many points it has; *@closed: whether it came back */
static guint
follow (LanyardMatrixOutline *outline, guint width, int x, int y, gboolean *closed)
{
  const guint8 *at = outline->dark + dark_at (outline, x, y + 1); /* px below right of the point */
  int start_x = x, start_y = y + 1, direction = 3;
  int stride = (int)outline->stride;
  const int ahead[4] = { 1, stride, -1, -stride };
  const int left[4] = { -stride, 0, -1, -stride - 1 }, right[4] = { 0, -1, -stride - 1, -stride };
  guint n = 0;

  y++;
  do
    {
      if (!at[right[direction]])
        direction = (direction + 1) & 3;
      else if (at[left[direction]])
        direction = (direction + 3) & 3;
      outline->way[n][0] = (gint16)x;
      outline->way[n][1] = (gint16)y;
      n++;
      at += ahead[direction];
      x += dx[direction];
      y += dy[direction];
      if (direction == 3 && y % ROW_STEP == 0)
        outline->seen[(gsize)(y / ROW_STEP) * width + x] = 1;
      *closed = x == start_x && y == start_y;
    }
  while (!*closed && n < MAX_WAY);
  return n;
}

static int
squared_distance (gint16 (*way)[2], guint a, guint b)
{
  int x = way[b][0] - way[a][0], y = way[b][1] - way[a][1];

  return x * x + y * y;
}

static double
distance (gint16 (*way)[2], guint a, guint b)
{
  return sqrt (squared_distance (way, a, b));
}

/* Twice the area of the triangle: how far point @i is to the left of the line from @a to @b, px,
 * times that line's length. */
static int
area_of (gint16 (*way)[2], guint i, guint a, guint b)
{
  int x = way[b][0] - way[a][0], y = way[b][1] - way[a][1];

  return (way[i][0] - way[a][0]) * y - (way[i][1] - way[a][1]) * x;
}

/* Douglas and Peucker: adds to @bends where the way from @a to @b bends by more than @tolerance px.
 * What is too short for a side is not divided further. */
static void
find_bends (gint16 (*way)[2], guint a, guint b, double tolerance, GArray *bends)
{
  double length = distance (way, a, b), limit = tolerance * (length < 1 ? tolerance : length);
  int most = 0;
  guint at = a;

  if (b - a >= MIN_SIDE_PX)
    for (guint i = a + 1; i < b; i += 1 + (b - a) / 256)
      {
        int off = length < 1 ? squared_distance (way, a, i) : abs (area_of (way, i, a, b));

        if (off > most)
          most = off, at = i;
      }
  if (most <= limit || at == a)
    {
      g_array_append_val (bends, b);
      return;
    }
  find_bends (way, a, at, tolerance, bends);
  find_bends (way, at, b, tolerance, bends);
}

/* A line through the points from @a to @b, without those beside its ends: x, y of a point on it and
 * its direction. */
typedef struct
{
  double x, y, dx, dy;
} Line;

static Line
fit_line (gint16 (*way)[2], guint a, guint b)
{
  guint trim = (b - a) / 10, n = 0;
  double sx = 0, sy = 0, sxx = 0, sxy = 0, syy = 0, angle;

  for (guint i = a + trim; i <= b - trim; i++, n++)
    {
      sx += way[i][0];
      sy += way[i][1];
    }
  sx /= n, sy /= n;
  for (guint i = a + trim; i <= b - trim; i++)
    {
      double x = way[i][0] - sx, y = way[i][1] - sy;

      sxx += x * x, sxy += x * y, syy += y * y;
    }
  angle = 0.5 * atan2 (2 * sxy, sxx - syy);
  return (Line){ sx, sy, cos (angle), sin (angle) };
}

static gboolean
cross_lines (const Line *a, const Line *b, double at[2])
{
  double det = a->dx * b->dy - a->dy * b->dx, t;

  if (fabs (det) < 0.3)
    return FALSE;
  t = ((b->x - a->x) * b->dy - (b->y - a->y) * b->dx) / det;
  at[0] = a->x + t * a->dx;
  at[1] = a->y + t * a->dy;
  return TRUE;
}

/* The end of a side: point @i set upon its line. */
static void
project (const Line *line, const gint16 point[2], double at[2])
{
  double t = (point[0] - line->x) * line->dx + (point[1] - line->y) * line->dy;

  at[0] = line->x + t * line->dx;
  at[1] = line->y + t * line->dy;
}

/* Two sides of an outline, one after the other, each from its first to its second point. The
 * outline is followed clockwise: of an L that stands upright the first side comes from its right
 * end. */
static void
add_corner (gint16 (*way)[2], const guint one[2], const guint two[2], GArray *corners)
{
  guint a = one[0], b = one[1], c = two[0], d = two[1];
  double first = distance (way, a, b), second = distance (way, c, d);
  Line lines[2];
  LanyardMatrixCorner corner;

  if (first < MIN_SIDE_PX || second < MIN_SIDE_PX || first > 6 * second || second > 6 * first
      || (way[d][0] - way[c][0]) * (way[b][1] - way[a][1])
                 - (way[d][1] - way[c][1]) * (way[b][0] - way[a][0])
             > -0.6 * first * second
      || corners->len >= MAX_CORNERS)
    return;
  lines[0] = fit_line (way, a, b);
  lines[1] = fit_line (way, c, d);
  if (!cross_lines (&lines[0], &lines[1], corner.corner))
    return;
  project (&lines[0], way[a], corner.right);
  project (&lines[1], way[d], corner.up);
  /* Lattice points are the corners of px. */
  for (guint i = 0; i < 2; i++)
    {
      corner.corner[i] -= 0.5;
      corner.right[i] -= 0.5;
      corner.up[i] -= 0.5;
    }
  g_array_append_val (corners, corner);
}

/* How large the way is, and which point is farthest from its first: that is a bend. */
static void
box_of_way (gint16 (*way)[2], guint n, int *width, int *height, guint *farthest)
{
  int low[2] = { way[0][0], way[0][1] }, high[2] = { way[0][0], way[0][1] };
  int most = -1;

  for (guint i = 0; i < n; i++)
    {
      int far = squared_distance (way, 0, i);

      for (guint k = 0; k < 2; k++)
        {
          low[k] = MIN (low[k], way[i][k]);
          high[k] = MAX (high[k], way[i][k]);
        }
      if (far > most)
        most = far, *farthest = i;
    }
  *width = high[0] - low[0];
  *height = high[1] - low[1];
}

static void
reverse (gint16 (*way)[2], guint from, guint to)
{
  for (; from + 1 < to; from++, to--)
    for (guint k = 0; k < 2; k++)
      {
        gint16 swap = way[from][k];

        way[from][k] = way[to - 1][k];
        way[to - 1][k] = swap;
      }
}

/* An outline begins wherever a row met it, most often within a side: begins it at a bend. */
static void
begin_at (gint16 (*way)[2], guint n, guint first)
{
  reverse (way, 0, first);
  reverse (way, first, n);
  reverse (way, 0, n);
}

/* Whether the side in the middle is but the blunt corner between the other two. */
static gboolean
is_blunt (gint16 (*way)[2], const guint one[2], const guint middle[2], const guint two[2])
{
  double longer = MAX (distance (way, one[0], one[1]), distance (way, two[0], two[1]));

  return distance (way, middle[0], middle[1]) < MAX (MAX_BLUNT_PX, MAX_BLUNT * longer);
}

static void
find_corners (LanyardMatrixOutline *outline, guint n, gboolean closed, GArray *corners)
{
  gint16 (*way)[2] = outline->way;
  g_autoptr (GArray) bends = NULL;
  int width, height;
  guint farthest = 0, first = 0, n_sides;
  const guint *at;
  double tolerance;

  if (n < 3 * MIN_SIDE_PX)
    return;
  box_of_way (way, n, &width, &height, &farthest);
  if (MIN (width, height) < MIN_SIDE_PX / 2 || MAX (width, height) < MIN_SIDE_PX)
    return;
  if (closed)
    {
      begin_at (way, n, farthest);
      box_of_way (way, n, &width, &height, &farthest);
    }
  /* A third of a module, of which a side has ten to fifty. */
  tolerance = MAX (1.7, 0.014 * hypot (width, height));
  bends = g_array_new (FALSE, FALSE, sizeof (guint));
  g_array_append_val (bends, first);
  if (farthest > 0 && farthest < n - 1)
    find_bends (way, 0, farthest, tolerance, bends);
  find_bends (way, farthest, n - 1, tolerance, bends);
  at = (const guint *)(gpointer)bends->data;
  n_sides = bends->len - 1;
  for (guint i = 0; i < n_sides; i++)
    {
      guint second = (i + 1) % n_sides, third = (i + 2) % n_sides;

      if (!closed && second < i)
        break;
      add_corner (way, &at[i], &at[second], corners);
      if ((closed || third > i) && is_blunt (way, &at[i], &at[second], &at[third]))
        add_corner (way, &at[i], &at[third], corners);
    }
}

void
lanyard_matrix_outline_begin (LanyardMatrixOutline *outline, const LanyardQrPicture *picture)
{
  gsize n_seen = (gsize)picture->plane->width * (picture->plane->height / ROW_STEP + 1);

  if (outline->n_seen < n_seen)
    {
      g_free (outline->seen);
      outline->seen = g_malloc (n_seen);
      outline->n_seen = n_seen;
    }
  memset (outline->seen, 0, n_seen);
  if (outline->way == NULL)
    outline->way = g_malloc (MAX_WAY * sizeof *outline->way);
  outline->row = 0;
  outline->n_open = 0;
  mark_dark (outline, picture);
}

gboolean
lanyard_matrix_outline_step (LanyardMatrixOutline *outline,
                             const LanyardQrPicture *picture,
                             GArray *corners,
                             LanyardWork *work)
{
  guint width = picture->plane->width;
  guint64 most_open = (guint64)width * picture->plane->height * MAX_OPEN_PER_PX;

  for (; outline->row < picture->plane->height; outline->row += ROW_STEP)
    {
      const guint8 *seen = outline->seen + (gsize)(outline->row / ROW_STEP) * width;
      const guint8 *dark = outline->dark + dark_at (outline, 0, outline->row);
      gboolean closed;
      guint n_ways = 0;

      if (outline->n_open >= most_open)
        return TRUE;
      if (lanyard_work_is_spent (work))
        return FALSE;
      for (guint x = 0; x < width; x++)
        if (dark[x] && !dark[(int)x - 1] && !seen[x])
          {
            guint n = follow (outline, width, x, outline->row, &closed);

            find_corners (outline, n, closed, corners);
            n_ways += n;
            outline->n_open += closed ? 0 : n;
          }
      lanyard_work_spend (work, width / PX_PER_STEP + n_ways / WAY_PER_STEP + 1);
    }
  return TRUE;
}

const guint8 *
lanyard_matrix_outline_get_dark (const LanyardMatrixOutline *outline)
{
  return outline->dark + dark_at (outline, 0, 0);
}

void
lanyard_matrix_outline_clear (LanyardMatrixOutline *outline)
{
  g_free (outline->dark);
  g_free (outline->seen);
  g_free (outline->way);
  *outline = (LanyardMatrixOutline){ 0 };
}
