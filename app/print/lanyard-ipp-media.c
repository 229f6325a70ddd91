/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-print"

#include "lanyard-ipp-media.h"

#include <stdlib.h>

#include <cups/pwg.h>

#include "lanyard-ipp-plan.h"

/* A search under way. */
typedef struct
{
  int width_hmm, height_hmm; /* wanted */
  guint n_known;             /* sizes that the printer named */
  int best_off;              /* of the best one: by how much it is off; -1: none yet */
  int best_width_hmm, best_height_hmm;
} Search;

/* By how much @wanted lies outside @low to @high. */
static int
outside (int wanted, int low, int high)
{
  if (wanted < low)
    return low - wanted;
  return wanted > high ? wanted - high : 0;
}

static void
consider (Search *search, const int width[2], const int height[2])
{
  int off_x = outside (search->width_hmm, width[0], width[1]);
  int off_y = outside (search->height_hmm, height[0], height[1]);

  search->n_known++;
  if (off_x > LANYARD_IPP_SIZE_TOLERANCE_HMM || off_y > LANYARD_IPP_SIZE_TOLERANCE_HMM
      || (search->best_off >= 0 && off_x + off_y >= search->best_off))
    return;
  search->best_off = off_x + off_y;
  search->best_width_hmm = CLAMP (search->width_hmm, width[0], width[1]);
  search->best_height_hmm = CLAMP (search->height_hmm, height[0], height[1]);
}

static gboolean
get_range (ipp_t *size, const char *name, int range[2])
{
  ipp_attribute_t *attribute = ippFindAttribute (size, name, IPP_TAG_ZERO);

  if (attribute == NULL)
    return FALSE;
  if (ippGetValueTag (attribute) == IPP_TAG_RANGE)
    range[0] = ippGetRange (attribute, 0, &range[1]);
  else if (ippGetValueTag (attribute) == IPP_TAG_INTEGER)
    range[0] = range[1] = ippGetInteger (attribute, 0);
  else
    return FALSE;
  return range[0] > 0 && range[0] <= range[1];
}

static void
consider_size (Search *search, ipp_t *size)
{
  int width[2], height[2];

  if (size != NULL && get_range (size, "x-dimension", width)
      && get_range (size, "y-dimension", height))
    consider (search, width, height);
}

static void
consider_sizes (Search *search, ipp_t *attributes)
{
  ipp_attribute_t *attribute
      = ippFindAttribute (attributes, "media-size-supported", IPP_TAG_BEGIN_COLLECTION);

  for (int i = 0; attribute != NULL && i < ippGetCount (attribute); i++)
    consider_size (search, ippGetCollection (attribute, i));
  attribute = ippFindAttribute (attributes, "media-col-database", IPP_TAG_BEGIN_COLLECTION);
  for (int i = 0; attribute != NULL && i < ippGetCount (attribute); i++)
    {
      ipp_attribute_t *size = ippFindAttribute (ippGetCollection (attribute, i), "media-size",
                                                IPP_TAG_BEGIN_COLLECTION);

      if (size != NULL)
        consider_size (search, ippGetCollection (size, 0));
    }
}

/* pwgMediaForPWG() answers from a place of its own that the next call overwrites. */
static gboolean
size_of_name (const char *name, int size[2])
{
  const pwg_media_t *media = pwgMediaForPWG (name);

  if (media == NULL || media->width <= 0 || media->length <= 0)
    return FALSE;
  size[0] = media->width;
  size[1] = media->length;
  return TRUE;
}

static void
consider_names (Search *search, ipp_t *attributes)
{
  ipp_attribute_t *attribute = ippFindAttribute (attributes, "media-supported", IPP_TAG_ZERO);
  int low[2] = { 0, 0 }, high[2] = { 0, 0 }, size[2];

  for (int i = 0; attribute != NULL && i < ippGetCount (attribute); i++)
    {
      const char *name = ippGetString (attribute, i, NULL);

      if (name == NULL || !size_of_name (name, size))
        continue;
      if (g_str_has_prefix (name, "custom_min_"))
        {
          low[0] = size[0];
          low[1] = size[1];
        }
      else if (g_str_has_prefix (name, "custom_max_"))
        {
          high[0] = size[0];
          high[1] = size[1];
        }
      else
        consider (search, (int[2]){ size[0], size[0] }, (int[2]){ size[1], size[1] });
    }
  if (low[0] > 0 && low[0] <= high[0] && low[1] <= high[1])
    consider (search, (int[2]){ low[0], high[0] }, (int[2]){ low[1], high[1] });
}

gboolean
lanyard_ipp_media_is_named (ipp_t *attributes)
{
  Search search = { 0, 0, 0, -1, 0, 0 };

  g_return_val_if_fail (attributes != NULL, FALSE);

  consider_sizes (&search, attributes);
  consider_names (&search, attributes);
  return search.n_known > 0;
}

gboolean
lanyard_ipp_media_find (ipp_t *attributes, int *width_hmm, int *height_hmm)
{
  Search search = { *width_hmm, *height_hmm, 0, -1, 0, 0 };

  g_return_val_if_fail (attributes != NULL, FALSE);

  consider_sizes (&search, attributes);
  consider_names (&search, attributes);
  if (search.n_known == 0)
    return TRUE;
  if (search.best_off < 0)
    return FALSE;
  *width_hmm = search.best_width_hmm;
  *height_hmm = search.best_height_hmm;
  return TRUE;
}
