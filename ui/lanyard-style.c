/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-style.h"

#include <math.h>

#include "lanyard-text-scale.h"
#include "lanyard-ui-resources.h"

#define SHEETS "/org/lanyard/Kiosk/style/"
#define DEFAULT_BRAND "#0b4f6c"
#define DEFAULT_ON_BRAND "#ffffff"
#define DEFAULT_ACCENT "#e8a33d"
#define DEFAULT_PAPER "#f4f5f7"
#define MIN_PAPER_LUMINANCE 0.7
/* As in dark.css. */
#define DARK_PAPER "#10161e"
#define DARK_CARD "#1b242f"
/* Of what is to be touched, beside what is around it (WCAG 2.2 §1.4.11). */
#define MIN_SHAPE_CONTRAST 3.0
/* Letters on buttons: less looks as if they could not be pressed. */
#define DARK_INK_CONTRAST 8.5

static double
linear (float channel)
{
  return channel <= 0.04045f ? channel / 12.92 : pow ((channel + 0.055) / 1.055, 2.4);
}

/* Relative luminance, WCAG 2.2 "relative luminance". */
static double
luminance (const GdkRGBA *colour)
{
  return 0.2126 * linear (colour->red) + 0.7152 * linear (colour->green)
         + 0.0722 * linear (colour->blue);
}

static GtkCssProvider *
add_provider (GdkDisplay *display, guint above)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + above);
  return g_steal_pointer (&provider);
}

/* The three sheets of a display: structure, look, brand. They are made once and filled again. */
static GtkCssProvider **
get_providers (GdkDisplay *display)
{
  GtkCssProvider **providers = g_object_get_data (G_OBJECT (display), "lanyard-style");

  if (providers == NULL)
    {
      providers = g_new0 (GtkCssProvider *, 3);
      for (guint i = 0; i < 3; i++)
        providers[i] = add_provider (display, i);
      gtk_css_provider_load_from_resource (providers[0], SHEETS "lanyard.css");
      g_object_set_data (G_OBJECT (display), "lanyard-style", providers);
    }
  return providers;
}

static void
parse_colour (GdkRGBA *colour, LanyardPack *pack, const char *name, const char *fallback)
{
  const char *text = pack != NULL ? lanyard_pack_get_colour (pack, name, fallback) : fallback;

  if (text == NULL || !gdk_rgba_parse (colour, text))
    gdk_rgba_parse (colour, fallback);
  colour->alpha = 1;
}

/* Colours of letters and marks that a pack may choose for the light look, all on its background. */
typedef struct
{
  const char *token;
  const char *name; /* in the pack */
  const char *fallback;
} InkToken;

static const InkToken INKS[] = {
  { "ink", "text", "#14202e" },    { "ink_soft", "muted", "#51606f" },
  { "good", "ready", "#0b6e4f" },  { "warn", "attention", "#a65300" },
  { "bad", "refused", "#b3261e" },
};

static void
add_colour (GString *css, const char *name, const GdkRGBA *colour)
{
  g_string_append_printf (css, "@define-color %s #%02x%02x%02x;\n", name,
                          (guint)lroundf (colour->red * 255), (guint)lroundf (colour->green * 255),
                          (guint)lroundf (colour->blue * 255));
}

/* A dark paper is no light look: then Lanyard's own stays, and so does a card that is far from it.
 */
static void
add_light_look (GString *css, LanyardPack *pack, GdkRGBA *paper, GdkRGBA *card)
{
  if (luminance (paper) < MIN_PAPER_LUMINANCE)
    gdk_rgba_parse (paper, DEFAULT_PAPER);
  if (luminance (card) < MIN_PAPER_LUMINANCE)
    gdk_rgba_parse (card, "#ffffff");
  add_colour (css, "paper", paper);
  add_colour (css, "card", card);
  for (gsize i = 0; i < G_N_ELEMENTS (INKS); i++)
    {
      GdkRGBA colour;

      parse_colour (&colour, pack, INKS[i].name, INKS[i].fallback);
      lanyard_style_readable (&colour, paper, 4.5);
      lanyard_style_readable (&colour, card, 4.5);
      add_colour (css, INKS[i].token, &colour);
    }
}

double
lanyard_style_contrast (const GdkRGBA *a, const GdkRGBA *b)
{
  double la, lb;

  g_return_val_if_fail (a != NULL && b != NULL, 1);

  la = luminance (a);
  lb = luminance (b);
  return (MAX (la, lb) + 0.05) / (MIN (la, lb) + 0.05);
}

void
lanyard_style_readable (GdkRGBA *colour, const GdkRGBA *ground, double ratio)
{
  float target;

  g_return_if_fail (colour != NULL && ground != NULL);

  target = luminance (ground) > 0.18 ? 0 : 1;
  for (guint i = 0; i < 40 && lanyard_style_contrast (colour, ground) < ratio; i++)
    {
      colour->red += (target - colour->red) * 0.1f;
      colour->green += (target - colour->green) * 0.1f;
      colour->blue += (target - colour->blue) * 0.1f;
    }
  if (lanyard_style_contrast (colour, ground) < ratio)
    colour->red = colour->green = colour->blue = target;
}

/* A brand's colour on a dark ground: of the same hue, first brighter, then paler. */
static void
brighten (GdkRGBA *colour, const GdkRGBA *ground, double ratio)
{
  float hue, saturation, value;

  gtk_rgb_to_hsv (colour->red, colour->green, colour->blue, &hue, &saturation, &value);
  while (lanyard_style_contrast (colour, ground) < ratio && saturation > 0)
    {
      if (value < 1)
        value = MIN (value + 0.02f, 1);
      else
        saturation = MAX (saturation - 0.02f, 0);
      gtk_hsv_to_rgb (hue, saturation, value, &colour->red, &colour->green, &colour->blue);
    }
  lanyard_style_readable (colour, ground, ratio);
}

char *
lanyard_style_dup_brand_css (LanyardPack *pack, const char *look)
{
  gboolean high = g_strcmp0 (look, "high-contrast") == 0, dark = g_strcmp0 (look, "dark") == 0;
  double ratio = high ? 7.0 : 4.5;
  GString *css = g_string_new (NULL);
  GdkRGBA paper = { 1, 1, 1, 1 }, card = { 1, 1, 1, 1 };
  GdkRGBA brand, on_brand, ink, accent, header, on_header;

  parse_colour (&brand, pack, "primary", DEFAULT_BRAND);
  parse_colour (&on_brand, pack, "on-primary", DEFAULT_ON_BRAND);
  parse_colour (&accent, pack, "accent", DEFAULT_ACCENT);
  if (dark)
    {
      gdk_rgba_parse (&paper, DARK_PAPER);
      gdk_rgba_parse (&card, DARK_CARD);
    }
  else if (!high)
    {
      parse_colour (&paper, pack, "background", DEFAULT_PAPER);
      parse_colour (&card, pack, "surface", "#ffffff");
      add_light_look (css, pack, &paper, &card);
    }
  ink = brand;
  if (dark)
    brighten (&ink, &card, DARK_INK_CONTRAST);
  lanyard_style_readable (&ink, &paper, ratio);
  lanyard_style_readable (&ink, &card, ratio);
  if (high)
    brand = ink;
  /* the brand's own colour stays where it is a ground, and is lighter where it is a shape on dark
   */
  header = brand;
  on_header = on_brand;
  if (dark)
    brighten (&brand, &card, MIN_SHAPE_CONTRAST);
  lanyard_style_readable (&on_brand, &brand, ratio);
  lanyard_style_readable (&on_header, &header, ratio);

  add_colour (css, "brand", &brand);
  add_colour (css, "on_brand", &on_brand);
  add_colour (css, "brand_ink", &ink);
  add_colour (css, "header", &header);
  add_colour (css, "on_header", &on_header);
  add_colour (css, "accent", &accent);
  return g_string_free (css, FALSE);
}

static const char *
get_look_sheet (const char *look)
{
  if (g_strcmp0 (look, "high-contrast") == 0)
    return SHEETS "high-contrast.css";
  return g_strcmp0 (look, "dark") == 0 ? SHEETS "dark.css" : SHEETS "light.css";
}

void
lanyard_style_install (GdkDisplay *display, const char *look, LanyardPack *pack)
{
  g_autofree char *brand = lanyard_style_dup_brand_css (pack, look);
  GtkCssProvider **providers;

  g_return_if_fail (GDK_IS_DISPLAY (display));

  /* the compiled resources are of a static library: this call is what links them */
  g_resources_register (lanyard_ui_get_resource ());
  g_object_set (gtk_settings_get_for_display (display), "gtk-theme-name", "Empty",
                "gtk-cursor-blink", FALSE, NULL);
  providers = get_providers (display);
  gtk_css_provider_load_from_resource (providers[1], get_look_sheet (look));
  gtk_css_provider_load_from_data (providers[2], brand, -1);
}

void
lanyard_style_set_text_percent (GdkDisplay *display, guint percent)
{
  g_autoptr (GBytes) sheet = NULL;
  g_autofree char *css = NULL;

  g_return_if_fail (GDK_IS_DISPLAY (display));

  g_resources_register (lanyard_ui_get_resource ());
  sheet = g_resources_lookup_data (SHEETS "lanyard.css", G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  /* a resource ends with a NUL */
  css = lanyard_text_scale_css (g_bytes_get_data (sheet, NULL), percent);
  gtk_css_provider_load_from_data (get_providers (display)[0], css, -1);
}
