/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "mrz-scenes.h"

#include <math.h>
#include <string.h>

#include "mrz-text.h"

const MrzCondition mrz_conditions[MRZ_N_CONDITIONS] = {
  { "pitch 12 px", 12, 0.7, 4, 10, 0, 0.85, 1 },
  { "pitch 14 px", 14, 0.7, 4, 10, 0, 0.85, 1 },
  { "pitch 17 px", 17, 0.7, 4, 10, 0, 0.85, 1 },
  { "pitch 20 px", 20, 0.7, 4, 10, 0, 0.85, 1 },
  { "pitch 23 px", 23, 0.7, 4, 10, 0, 0.85, 1 },
  { "blur 1.2 px", 17, 1.2, 4, 10, 0, 0.85, 1 },
  { "blur 1.7 px", 17, 1.7, 4, 10, 0, 0.85, 1 },
  { "noise 10", 17, 0.7, 10, 10, 0, 0.85, 1 },
  { "noise 16", 17, 0.7, 16, 10, 0, 0.85, 1 },
  { "tilt 20", 17, 0.7, 4, 20, 0, 0.85, 1 },
  { "moved by 3 px", 17, 0.7, 4, 10, 3, 0.85, 1 },
  { "faint, 0.4 of black", 17, 0.7, 4, 10, 0, 0.4, 1 },
  { "bent by 3 mm", 17, 0.7, 4, 10, 0, 0.85, 3 },
  { "pitch 14, all of it a little", 14, 1, 8, 15, 1.5, 0.6, 2 },
  { "pitch 9 px", 9, 0.7, 4, 10, 0, 0.85, 1 },
  { "pitch 10 px", 10, 0.7, 4, 10, 0, 0.85, 1 },
  { "blur 2.2 px", 17, 2.2, 4, 10, 0, 0.85, 1 },
  { "blur 2.8 px", 17, 2.8, 4, 10, 0, 0.85, 1 },
  { "noise 24", 17, 0.7, 24, 10, 0, 0.85, 1 },
  { "tilt 30", 15, 0.7, 4, 30, 0, 0.85, 1 },
  { "moved by 5 px", 17, 0.7, 4, 10, 5, 0.85, 1 },
  { "moved by 7 px", 17, 0.7, 4, 10, 7, 0.85, 1 },
  { "faint, 0.2 of black", 17, 0.7, 4, 10, 0, 0.2, 1 },
  { "pitch 13, all of it", 13, 1.5, 12, 20, 3, 0.5, 2 },
};

static const LanyardMrzFormat formats[]
    = { LANYARD_MRZ_TD1, LANYARD_MRZ_TD2, LANYARD_MRZ_TD3, LANYARD_MRZ_MRV_A, LANYARD_MRZ_MRV_B };

static void
vary_look (MrzShot *shot, GRand *random)
{
  shot->look.weight = g_rand_double_range (random, -0.02, 0.03);
  shot->look.stretch = g_rand_double_range (random, 0.92, 1.08);
  shot->look.cut = g_rand_boolean (random) ? OCRB_SHARP : OCRB_ROUND;
  shot->shade = g_rand_double_range (random, 0, 0.4);
}

/* Half of them nearly upright, the others any way, as long as the zone is in the picture. */
static void
vary_turn (MrzShot *shot, GRand *random)
{
  do
    {
      shot->turn = g_rand_double_range (random, -180, 180);
      if (g_rand_boolean (random))
        shot->turn /= 18;
    }
  while (!mrz_shot_sees_zone (shot));
}

Picture *
mrz_scene_draw (const MrzCondition *condition, guint32 number, char **text)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (number * 7919 + 1);
  LanyardMrzFormat format = formats[number % G_N_ELEMENTS (formats)];
  MrzShot shot;

  *text = mrz_text_make_up (random, format);
  mrz_shot_init (&shot, format, *text);
  shot.seed = number;
  shot.aim = 8;
  shot.pitch_px = condition->pitch_px;
  shot.blur_px = condition->blur_px;
  shot.noise = condition->noise;
  shot.smear_px = condition->smear_px;
  shot.ink = condition->ink;
  shot.bend = g_rand_double_range (random, 0, condition->bend_mm);
  shot.tilt_across = g_rand_double_range (random, -1, 1) * condition->tilt;
  shot.tilt_along = g_rand_double_range (random, -1, 1) * condition->tilt;
  vary_look (&shot, random);
  vary_turn (&shot, random);
  return mrz_shot_take (&shot);
}

static gboolean
is_valid (const char *text)
{
  g_autoptr (LanyardMrz) mrz = lanyard_mrz_parse (text, strlen (text), LANYARD_MRZ_PLAIN, NULL);

  return mrz != NULL && mrz->valid;
}

/* Replaces characters by others that may stand there, until the check digits do not agree. */
static void
spoil (char *text, LanyardMrzFormat format, guint n_changes, GRand *random)
{
  guint n = lanyard_mrz_line_length (format) + 1;

  for (guint i = 0; i < n_changes || is_valid (text); i++)
    {
      guint at = (guint)g_rand_int_range (random, 0, (gint32)strlen (text));
      const char *alphabet = lanyard_mrz_alphabet_at (format, at / n, at % n);

      if (alphabet[0] != '\0')
        text[at] = alphabet[g_rand_int_range (random, 0, (gint32)strlen (alphabet))];
    }
}

/* Light thrown back: a white spot anywhere near the zone's place. */
static void
dazzle (Picture *picture, GRand *random)
{
  double x = g_rand_double_range (random, 0.15, 0.85) * picture->width;
  double y = g_rand_double_range (random, 0.5, 0.95) * picture->height;
  double wide = g_rand_double_range (random, 8, 60), high = g_rand_double_range (random, 6, 30);

  for (guint row = (guint)MAX (y - 2 * high, 0); row < picture->height && row < y + 2 * high; row++)
    for (guint column = 0; column < picture->width; column++)
      {
        guint8 *pixel = &picture->pixels[(gsize)row * picture->width + column];
        double far = hypot ((column - x) / wide, (row - y) / high);

        if (far < 1.5)
          *pixel = (guint8)(*pixel + (255 - *pixel) * CLAMP (3 * (1.5 - far), 0, 1));
      }
}

Picture *
mrz_scene_draw_bad (guint32 number, char **text)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (number * 6007 + 5);
  LanyardMrzFormat format = formats[g_rand_int_range (random, 0, G_N_ELEMENTS (formats))];
  g_autofree char *printed = mrz_text_make_up (random, format);
  Picture *picture;
  MrzShot shot;

  *text = NULL;
  mrz_shot_init (&shot, format, printed);
  shot.seed = number;
  shot.width = 640;
  shot.height = 360;
  shot.aim = 15;
  shot.pitch_px = g_rand_double_range (random, 10, 13);
  shot.turn = g_rand_double_range (random, -5, 5) + (g_rand_boolean (random) ? 180 : 0);
  shot.tilt_across = g_rand_double_range (random, -12, 12);
  shot.tilt_along = g_rand_double_range (random, -12, 12);
  shot.noise = g_rand_double_range (random, 1, 10);
  vary_look (&shot, random);
  switch (number % 6)
    {
    case 0: /* one or a few characters are wrong */
      spoil (printed, format, g_rand_boolean (random) ? 1 : 4, random);
      break;
    case 1: /* all are */
      spoil (printed, format, 300, random);
      break;
    case 2:
      shot.text = NULL;
      shot.pitch_px = g_rand_double_range (random, 10, 24);
      break;
    case 3: /* hardly to be read */
      *text = g_strdup (printed);
      shot.blur_px = g_rand_double_range (random, 1, 2.8);
      shot.smear_px = g_rand_double_range (random, 0, 6);
      shot.noise = g_rand_double_range (random, 4, 30);
      shot.ink = g_rand_double_range (random, 0.2, 0.8);
      break;
    case 4: /* under a spot of light */
      *text = g_strdup (printed);
      break;
    default: /* partly out of the picture, or too far to the side */
      *text = g_strdup (printed);
      shot.pitch_px = g_rand_double_range (random, 13, 19);
      shot.tilt_across = g_rand_double_range (random, -40, 40);
      break;
    }
  picture = mrz_shot_take (&shot);
  if (number % 6 == 4)
    for (guint i = 0; i < 3; i++)
      dazzle (picture, random);
  return picture;
}
