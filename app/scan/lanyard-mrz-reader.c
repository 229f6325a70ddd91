/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-mrz-reader.h"

#include <math.h>
#include <sodium.h>
#include <string.h>

#include "lanyard-mrz-groups.h"
#include "lanyard-mrz-solve.h"

/* Planes that are larger are searched at half their size first: a zone that fills the picture is
 * found there at a quarter of the price. */
#define MAX_SIDE_PX 1700
#define MAX_LEVELS 5
#define MAX_ZONES_TRIED 10
#define MAX_ZONES_READ 4
/* Mean correlation below which print is not OCR-B, before cells were moved to where they fit. */
#define MIN_QUALITY 0.62
/* Lines of a zone are at most this many pitches apart, from the first to the last. */
#define ZONE_PITCHES 7.5
#define LONGER 1.5
/* From character to character, below which zones are read only where light and hand are good. */
#define LEAST_PITCH_PX 12
#define PX_A_STEP 4000 /* of a plane that is halved */

typedef enum
{
  PHASE_LOCATE,   /* find regions */
  PHASE_LINES,    /* find the lines of one region after the other */
  PHASE_PARTNERS, /* look above and beneath lines that are alone */
  PHASE_DONE,
} Phase;

/* What is looked for at one size. */
typedef enum
{
  PASS_READ,  /* zones that can be read */
  PASS_GLARE, /* those that are cut in two by what is blown out */
  PASS_FAR,   /* those that are mostly too small */
} Pass;

struct _LanyardMrzReader
{
  /* owned memory */
  LanyardMrzLocator locator;
  LanyardMrzLiner liner;
  LanyardPlaneBuffer halves[MAX_LEVELS];

  /* the plane at hand, at all sizes; the pixels of the first are borrowed */
  LanyardPlane levels[MAX_LEVELS];
  guint n_levels;
  guint level; /* being searched */

  /* what was found at this level */
  Pass pass;
  Phase phase;
  LanyardMrzRegion regions[LANYARD_MRZ_MAX_REGIONS];
  guint n_regions;
  guint next_region;
  LanyardMrzGroups known; /* lines, and zones that they may make */
  guint next_line;
  guint n_zones_tried;
  guint n_zones_read;

  LanyardMrzStats stats;
  LanyardSuspect suspect; /* the zone of the best print that could not be read; fit 0: none */
};

static void
note_line (LanyardMrzReader *reader, const LanyardMrzLine *line)
{
  if (lanyard_mrz_groups_add (&reader->known, line))
    reader->stats.n_lines++;
}

/* Lines of a region; those that go on beyond it are followed once. */
static void
search_region (LanyardMrzReader *reader, const LanyardMrzRegion *region, LanyardWork *work)
{
  const LanyardPlane *plane = &reader->levels[reader->level];
  LanyardMrzLine lines[LANYARD_MRZ_MAX_LINES_A_REGION];
  LanyardMrzLine longer[LANYARD_MRZ_MAX_LINES_A_REGION];
  guint n = lanyard_mrz_find_lines (&reader->liner, plane, region, lines, work);

  for (guint i = 0; i < n; i++)
    {
      note_line (reader, &lines[i]);
      if (lines[i].is_cut)
        {
          LanyardMrzRegion about = lanyard_mrz_region_about (&lines[i], region->length * LONGER,
                                                             2.2 * lines[i].height_px);
          guint n_longer = lanyard_mrz_find_lines (&reader->liner, plane, &about, longer, work);

          for (guint k = 0; k < n_longer; k++)
            note_line (reader, &longer[k]);
        }
    }
}

static gboolean
is_valid (const char *text)
{
  g_autoptr (LanyardMrz) mrz = lanyard_mrz_parse (text, strlen (text), LANYARD_MRZ_PLAIN, NULL);

  return mrz != NULL && mrz->valid;
}

static void
scale_corners (LanyardPoint corners[4], double factor)
{
  for (guint i = 0; i < 4; i++)
    corners[i] = (LanyardPoint){ corners[i].x * factor, corners[i].y * factor };
}

/* Of what glare does not cover: cells that are blank are like no character at all. */
static double
quality_of (const LanyardMrzZone *zone)
{
  return MIN (zone->quality / (1 - MIN (zone->covered_share, 0.5)), 1);
}

/* Print of a zone that could not be read, and none was read better. What is taken for a whole zone
 * may be the rest of one under glare. */
static void
note_suspect (LanyardMrzReader *reader, const LanyardMrzZone *zone)
{
  double factor = (double)(1U << reader->level), quality = quality_of (zone);
  gboolean glaring = zone->covered_share > 0;
  LanyardSuspect *suspect = &reader->suspect;
  const LanyardPoint *corners = suspect->corners;

  if (glaring < suspect->glaring || (glaring == suspect->glaring && quality <= suspect->fit))
    return;
  suspect->symbology = LANYARD_SYMBOLOGY_MRZ;
  suspect->fit = quality;
  suspect->glaring = glaring;
  lanyard_mrz_zone_get_corners (zone, suspect->corners);
  scale_corners (suspect->corners, factor);
  suspect->module_px
      = hypot (corners[1].x - corners[0].x, corners[1].y - corners[0].y) / zone->n_columns;
  suspect->least_px = LEAST_PITCH_PX;
}

static void
report (LanyardMrzReader *reader,
        const LanyardMrzZone *zone,
        const char *text,
        LanyardFoundFunc func,
        gpointer user_data)
{
  LanyardFound found = { .symbology = LANYARD_SYMBOLOGY_MRZ,
                         .data = (const guint8 *)text,
                         .n_bytes = strlen (text) };

  lanyard_mrz_zone_get_corners (zone, found.corners);
  scale_corners (found.corners, (double)(1U << reader->level));
  func (&found, user_data);
}

/* Returns: whether the zone was read beyond doubt */
static gboolean
read_zone (LanyardMrzReader *reader,
           LanyardMrzZone *zone,
           LanyardWork *work,
           LanyardFoundFunc func,
           gpointer user_data)
{
  const LanyardPlane *plane = &reader->levels[reader->level];
  LanyardMrzAnswer answer = { { 0 } };
  gboolean counts = FALSE;

  lanyard_mrz_zone_read (zone, plane, work);
  reader->n_zones_read++;
  reader->stats.n_read++;
  reader->stats.quality = MAX (reader->stats.quality, zone->quality);
  if (lanyard_mrz_solve (zone, &answer, work))
    {
      reader->stats.n_texts++;
      counts = lanyard_mrz_answer_counts (zone, &answer) && lanyard_mrz_zone_is_whole (zone, plane)
               && is_valid (answer.text);
    }
  if (counts)
    {
      reader->stats.n_answers++;
      report (reader, zone, answer.text, func, user_data);
    }
  else
    note_suspect (reader, zone);
  sodium_memzero (&answer, sizeof answer);
  return counts;
}

/* Of a zone under glare nothing is read, whatever its check digits would say. */
static gboolean
read_or_note (LanyardMrzReader *reader,
              LanyardMrzZone *zone,
              LanyardWork *work,
              LanyardFoundFunc func,
              gpointer user_data)
{
  if (reader->pass != PASS_GLARE)
    return read_zone (reader, zone, work, func, user_data);
  if (zone->covered_share > 0)
    note_suspect (reader, zone);
  return FALSE;
}

static gboolean
try_group (LanyardMrzReader *reader, LanyardWork *work, LanyardFoundFunc func, gpointer user_data)
{
  const LanyardPlane *plane = &reader->levels[reader->level];
  LanyardMrzGroup group = reader->known.groups[--reader->known.n_groups];
  LanyardMrzZone *zone = g_new0 (LanyardMrzZone, 1), *turned = g_new0 (LanyardMrzZone, 1);
  const LanyardMrzLine *lines[LANYARD_MRZ_MAX_LINES];
  gboolean counts = FALSE;

  for (guint i = 0; i < group.n; i++)
    lines[i] = &reader->known.lines[group.lines[i]];
  if (lanyard_mrz_zone_join (lines, group.n, zone))
    {
      reader->stats.n_zones++;
      reader->n_zones_tried++;
      *turned = *zone;
      lanyard_mrz_zone_turn (turned);
      lanyard_mrz_zone_judge (zone, plane, work);
      lanyard_mrz_zone_judge (turned, plane, work);
      if (turned->quality > zone->quality)
        *zone = *turned;
      if (quality_of (zone) > MIN_QUALITY)
        counts = read_or_note (reader, zone, work, func, user_data);
    }
  sodium_memzero (zone, sizeof *zone);
  sodium_memzero (turned, sizeof *turned);
  g_free (zone);
  g_free (turned);
  return counts;
}

static void
begin_pass (LanyardMrzReader *reader, Pass pass)
{
  reader->pass = pass;
  reader->liner.across_glare = pass == PASS_GLARE;
  reader->phase = PHASE_LOCATE;
  reader->n_regions = reader->next_region = 0;
  reader->known.n_lines = reader->next_line = 0;
  reader->known.n_groups = 0;
  reader->n_zones_tried = reader->n_zones_read = 0;
}

/* Halves the plane until it is small enough; the smallest is searched first. */
static void
make_levels (LanyardMrzReader *reader, LanyardWork *work)
{
  reader->n_levels = 1;
  while (reader->n_levels < MAX_LEVELS)
    {
      const LanyardPlane *last = &reader->levels[reader->n_levels - 1];

      if (MAX (last->width, last->height) <= MAX_SIDE_PX)
        break;
      lanyard_work_spend (work, (guint64)last->width * last->height / PX_A_STEP);
      lanyard_plane_halve (last, &reader->halves[reader->n_levels]);
      reader->levels[reader->n_levels] = reader->halves[reader->n_levels].at;
      reader->n_levels++;
    }
  reader->level = reader->n_levels - 1;
}

static void
end_pass (LanyardMrzReader *reader)
{
  if (reader->pass == PASS_READ)
    {
      begin_pass (reader, PASS_GLARE);
      return;
    }
  if (reader->level == 0)
    {
      reader->phase = PHASE_DONE;
      return;
    }
  reader->level--;
  begin_pass (reader, PASS_READ);
}

static void
step_lines (LanyardMrzReader *reader, LanyardWork *work)
{
  const LanyardMrzRegion *region;

  if (reader->next_region == reader->n_regions)
    {
      reader->phase = PHASE_PARTNERS;
      return;
    }
  region = &reader->regions[reader->next_region++];
  if (!lanyard_mrz_groups_have (&reader->known, region))
    search_region (reader, region, work);
}

/* The other lines of a zone may have run together with what stands beside them. */
static void
step_partners (LanyardMrzReader *reader, LanyardWork *work)
{
  if (reader->next_line == reader->known.n_lines)
    {
      end_pass (reader);
      return;
    }
  if (!reader->known.paired[reader->next_line])
    {
      const LanyardMrzLine *line = &reader->known.lines[reader->next_line];
      LanyardMrzRegion about = lanyard_mrz_region_about (line, line->n_cells * line->pitch_px,
                                                         ZONE_PITCHES * line->pitch_px);

      reader->known.paired[reader->next_line] = TRUE;
      search_region (reader, &about, work);
    }
  reader->next_line++;
}

static void
step_locate (LanyardMrzReader *reader, LanyardWork *work)
{
  const LanyardPlane *plane = &reader->levels[reader->level];
  LanyardMrzLocator *locator = &reader->locator;

  if (reader->pass == PASS_GLARE)
    reader->n_regions = lanyard_mrz_locate_across_glare (locator, reader->regions, work);
  else if (reader->pass == PASS_FAR)
    reader->n_regions = lanyard_mrz_locate_far (locator, plane, reader->regions, work);
  else
    reader->n_regions = lanyard_mrz_locate (locator, plane, reader->regions, work);
  reader->stats.n_regions += reader->n_regions;
  reader->phase = PHASE_LINES;
}

LanyardMrzReader *
lanyard_mrz_reader_new (void)
{
  LanyardMrzReader *reader = g_new0 (LanyardMrzReader, 1);

  reader->phase = PHASE_DONE;
  return reader;
}

void
lanyard_mrz_reader_free (LanyardMrzReader *reader)
{
  if (reader == NULL)
    return;
  lanyard_mrz_locator_clear (&reader->locator);
  lanyard_mrz_liner_clear (&reader->liner);
  for (guint i = 0; i < MAX_LEVELS; i++)
    lanyard_plane_buffer_clear (&reader->halves[i]);
  g_free (reader);
}

void
lanyard_mrz_reader_begin (LanyardMrzReader *reader, const LanyardPlane *plane)
{
  g_return_if_fail (reader != NULL && plane != NULL);

  reader->levels[0] = *plane;
  reader->n_levels = 0;
  reader->stats = (LanyardMrzStats){ 0 };
  reader->suspect = (LanyardSuspect){ 0 };
  reader->level = 0;
  begin_pass (reader, PASS_READ);
}

void
lanyard_mrz_reader_deepen (LanyardMrzReader *reader)
{
  g_return_if_fail (reader != NULL);

  if (reader->phase != PHASE_DONE || reader->stats.n_answers > 0 || reader->suspect.fit > 0
      || reader->n_levels != 1)
    return;
  begin_pass (reader, PASS_FAR);
}

gboolean
lanyard_mrz_reader_step (LanyardMrzReader *reader,
                         LanyardWork *work,
                         LanyardFoundFunc func,
                         gpointer user_data)
{
  g_return_val_if_fail (reader != NULL && work != NULL && func != NULL, TRUE);

  while (reader->phase != PHASE_DONE && !lanyard_work_is_spent (work))
    {
      if (reader->n_levels == 0)
        make_levels (reader, work);
      else if (reader->known.n_groups > 0 && reader->n_zones_tried < MAX_ZONES_TRIED
               && reader->n_zones_read < MAX_ZONES_READ)
        {
          if (try_group (reader, work, func, user_data))
            reader->phase = PHASE_DONE;
        }
      else if (reader->phase == PHASE_LOCATE)
        step_locate (reader, work);
      else if (reader->phase == PHASE_LINES)
        step_lines (reader, work);
      else
        step_partners (reader, work);
    }
  return reader->phase == PHASE_DONE;
}

const LanyardMrzStats *
lanyard_mrz_reader_get_stats (const LanyardMrzReader *reader)
{
  g_return_val_if_fail (reader != NULL, NULL);

  return &reader->stats;
}

gboolean
lanyard_mrz_reader_get_suspect (const LanyardMrzReader *reader, LanyardSuspect *suspect)
{
  g_return_val_if_fail (reader != NULL && suspect != NULL, FALSE);

  *suspect = reader->suspect;
  return reader->stats.n_answers == 0 && reader->suspect.fit > 0;
}
