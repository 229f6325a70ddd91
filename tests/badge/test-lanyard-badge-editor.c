/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "badge-fixture.h"

#include <string.h>

#include "lanyard-error.h"
#include "lanyard-hash.h"

/* What SVG editors make of a template: Inkscape writes colours, and which layers are shown, into
 * the style of each element. */

#define DPI 100.0
#define HEAD                                                                                       \
  "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"80mm\" height=\"50mm\" viewBox=\"0 0 80 "     \
  "50\">"
#define QR "<rect data-slot=\"qr\" x=\"50\" y=\"10\" width=\"28\" height=\"28\"/>"
#define NAME                                                                                       \
  "<rect data-slot=\"text\" data-field=\"print-name\" x=\"2\" y=\"2\" width=\"40\" height=\"8\"/>"
/* The whole badge with a style for each of its parts. */
#define STYLED(style)                                                                              \
  HEAD "<g data-page=\"front\"" style ">" QR NAME                                                  \
       "<rect data-slot=\"band\" data-fill=\"category\" x=\"0\" y=\"40\" width=\"80\""             \
       " height=\"10\"" style "/>"                                                                 \
       "<rect data-slot=\"text\" data-field=\"function\" x=\"2\" y=\"12\" width=\"40\""            \
       " height=\"6\"" style "/>"                                                                  \
       "<rect data-if=\"transport\" x=\"2\" y=\"20\" width=\"40\" height=\"9\"" style "/>"         \
       "<rect data-slot=\"band\" data-fill=\"#00ff00\" data-if=\"!category\" x=\"2\" y=\"30\""     \
       " width=\"40\" height=\"9\"" style "/></g>"                                                 \
       "<g data-page=\"back\"" style "><rect x=\"0\" y=\"0\" width=\"9\" height=\"9\"/></g></svg>"

static LanyardBadge *
parse (const char *svg, GError **error)
{
  g_autoptr (LanyardPack) pack = badge_fixture_load ("small-cup");
  g_autoptr (GBytes) bytes = g_bytes_new_static (svg, strlen (svg));

  return lanyard_badge_new (bytes, pack, error);
}

static GBytes *
draw (const char *svg, guint page)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardPack) pack = badge_fixture_load ("small-cup");
  g_autoptr (LanyardBadge) badge = parse (svg, &error);
  g_autoptr (LanyardEntry) entry = badge_fixture_entry (pack, BADGE_PERSON_SHORTEST);
  LanyardBadgeContent content = { .entry = entry, .serial = "1", .credential = "A" };
  GBytes *png;

  g_assert_no_error (error);
  png = lanyard_badge_to_png (badge, &content, page, DPI, &error);
  g_assert_no_error (error);

  return png;
}

/* The other side, slots, what is not for this person and a band's own colour do not show. */
static void
test_styles (void)
{
  static const char *const styled[] = {
    STYLED (" style=\"display:inline\""),
    STYLED (" style=\"fill:#ff00ff;fill-opacity:1;display:inline\""),
    STYLED (" style=\"DISPLAY : inline ! important\""),
  };

  for (guint page = 0; page < 2; page++)
    {
      g_autoptr (GBytes) plain = draw (STYLED (""), page);

      for (guint i = 0; i < G_N_ELEMENTS (styled); i++)
        {
          g_autoptr (GBytes) png = draw (styled[i], page);

          /* The back's rectangle takes the colour of its group. */
          if (page == 1 && i == 1)
            g_assert_false (g_bytes_equal (png, plain));
          else
            g_assert_true (g_bytes_equal (png, plain));
        }
    }
}

static void
assert_refused (const char *svg, const char *part)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardBadge) badge = parse (svg, &error);

  if (badge != NULL)
    g_error ("accepted although %s: %s", part, svg);
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
  if (strstr (error->message, part) == NULL)
    g_error ("\"%s\" does not say %s", error->message, part);
}

/* A slot is where the picture shows it, or there is no badge. */
static void
test_moved (void)
{
#define IN(attributes) HEAD NAME "<g " attributes ">" QR "</g></svg>"
  assert_refused (IN ("style=\"transform: translate(-20px, 0)\""), "scaled or rotated");
  assert_refused (IN ("style=\"fill:#000; TRANSFORM:rotate(9deg)\""), "scaled or rotated");
  assert_refused (IN ("style=\"display:none\""), "is hidden");
  assert_refused (IN ("style=\"fill:#000;display : none ; opacity:1\""), "is hidden");
  assert_refused (IN ("display=\"none\""), "is hidden");
  assert_refused (HEAD "<style>.a{transform:scale(2)}</style>" NAME QR "</svg>", "moves elements");
  assert_refused (HEAD "<style><![CDATA[.a{\ndisplay:none}]]></style>" NAME QR "</svg>",
                  "hides elements");
}

/* What only looks like it. */
static void
test_not_moved (void)
{
  static const char *const good[] = {
    IN ("style=\"display:inline\""),
    IN ("style=\"-inkscape-transform:scale(2);transform-origin:0 0\""),
    IN ("style=\"display:nonesuch;fill:none\" display=\"inline\""),
    HEAD "<style>.a{fill:#123456;display:inline}</style><desc>transform: no sheet</desc>" NAME QR
         "</svg>",
    HEAD "<rect style=\"display:none\" width=\"9\" height=\"9\"/>" NAME QR "</svg>",
  };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (LanyardBadge) badge = parse (good[i], &error);

      g_assert_no_error (error);
      g_assert_nonnull (badge);
    }
}

/* The name is required, whether the designer thought of it or not. */
static void
test_name_of_nothing (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardPack) pack = badge_fixture_load ("small-cup");
  g_autoptr (LanyardBadge) badge = parse (HEAD QR NAME "</svg>", &error);
  g_autoptr (LanyardEntry) entry = badge_fixture_entry (pack, BADGE_PERSON_SHORTEST);
  LanyardBadgeContent content = { .entry = entry, .serial = "1", .credential = "A" };

  g_assert_no_error (error);
  g_free (entry->print_name);
  entry->print_name = g_strdup ("\u00a0");
  g_assert_null (lanyard_badge_to_pdf (badge, &content, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  g_test_add_func ("/badge/editor/styles", test_styles);
  g_test_add_func ("/badge/editor/moved", test_moved);
  g_test_add_func ("/badge/editor/not-moved", test_not_moved);
  g_test_add_func ("/badge/editor/name-of-nothing", test_name_of_nothing);
  return badge_fixture_finish (g_test_run ());
}
