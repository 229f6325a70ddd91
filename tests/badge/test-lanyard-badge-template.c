/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "badge-fixture.h"

#include <string.h>

#include "lanyard-error.h"
#include "lanyard-hash.h"

/* Templates that make no sense, and what is said about them. */

#define HEAD                                                                                       \
  "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"80mm\" height=\"50mm\" viewBox=\"0 0 80 "     \
  "50\">"
#define QR "<rect data-slot=\"qr\" x=\"50\" y=\"10\" width=\"28\" height=\"28\"/>"
#define NAME                                                                                       \
  "<rect data-slot=\"text\" data-field=\"print-name\" x=\"2\" y=\"2\" width=\"40\" height=\"8\"/>"
#define SLOT(attributes)                                                                           \
  HEAD QR NAME "<rect x=\"2\" y=\"12\" width=\"20\" height=\"8\" " attributes "/></svg>"

static LanyardBadge *
parse (const char *svg, GError **error)
{
  g_autoptr (LanyardPack) pack = badge_fixture_load ("small-cup");
  g_autoptr (GBytes) bytes = g_bytes_new_static (svg, strlen (svg));

  return lanyard_badge_new (bytes, pack, error);
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

static void
test_least (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardBadge) badge = parse (HEAD QR NAME "</svg>", &error);

  g_assert_no_error (error);
  g_assert_cmpfloat (lanyard_badge_get_width_mm (badge), ==, 80.0);
  g_assert_cmpuint (lanyard_badge_get_n_pages (badge), ==, 1);
}

static void
test_missing (void)
{
  assert_refused (HEAD NAME "</svg>", "qr slot is missing");
  assert_refused (HEAD QR "</svg>", "print-name is missing");
  assert_refused (HEAD "</svg>", "missing");
}

static void
test_broken (void)
{
  assert_refused ("", "not an SVG file");
  assert_refused ("hello", "not an SVG file");
  assert_refused (HEAD QR NAME, "not an SVG file");
  assert_refused ("<html></html>", "outermost element must be <svg>");
  assert_refused (HEAD QR NAME "</svg", "not an SVG file");
}

static void
test_sizes (void)
{
#define SVG(head) "<svg xmlns=\"http://www.w3.org/2000/svg\" " head ">" QR NAME "</svg>"
  assert_refused (SVG ("width=\"80\" height=\"50\" viewBox=\"0 0 80 50\""), "width and height");
  assert_refused (SVG ("width=\"80px\" height=\"50px\" viewBox=\"0 0 80 50\""), "width and height");
  assert_refused (SVG ("width=\"8000mm\" height=\"5000mm\" viewBox=\"0 0 80 50\""),
                  "25mm to 400mm");
  assert_refused (SVG ("width=\"8mm\" height=\"5mm\" viewBox=\"0 0 80 50\""), "25mm to 400mm");
  assert_refused (SVG ("width=\"nanmm\" height=\"50mm\" viewBox=\"0 0 80 50\""),
                  "width and height");
  assert_refused (SVG ("width=\"80mm\" height=\"50mm\""), "viewBox");
  assert_refused (SVG ("width=\"80mm\" height=\"50mm\" viewBox=\"0 0 80\""), "viewBox");
  assert_refused (SVG ("width=\"80mm\" height=\"50mm\" viewBox=\"0 0 0 0\""), "viewBox");
  assert_refused (SVG ("width=\"80mm\" height=\"50mm\" viewBox=\"0 0 50 80\""), "proportions");
}

static void
test_attributes (void)
{
  assert_refused (SLOT ("data-slot=\"txt\""), "data-slot=\"txt\"");
  assert_refused (SLOT ("data-slot=\"text\""), "no data-field");
  assert_refused (SLOT ("data-slot=\"text\" data-field=\"shoe-size\""), "text slot shoe-size");
  assert_refused (SLOT ("data-slot=\"text\" data-field=\"text:no-such\""), "text:no-such");
  assert_refused (SLOT ("data-slot=\"text\" data-field=\"number\" data-aling=\"left\""),
                  "data-aling");
  assert_refused (SLOT ("data-slot=\"text\" data-field=\"number\" data-align=\"top\""),
                  "data-align");
  assert_refused (SLOT ("data-slot=\"text\" data-field=\"number\" data-size=\"big\""), "data-size");
  assert_refused (SLOT ("data-slot=\"text\" data-field=\"number\" data-size=\"-3\""), "data-size");
  assert_refused (SLOT ("data-slot=\"text\" data-field=\"number\" data-size=\"3em\""), "data-size");
  assert_refused (
      SLOT ("data-slot=\"text\" data-field=\"number\" data-size=\"2\" data-min-size=\"3\""),
      "text slot number needs sizes");
  assert_refused (SLOT ("data-slot=\"text\" data-field=\"number\" data-min-size=\"0.2\""),
                  "needs sizes");
  assert_refused (SLOT ("data-slot=\"text\" data-field=\"number\" data-lines=\"0\""), "data-lines");
  assert_refused (SLOT ("data-slot=\"text\" data-field=\"number\" data-weight=\"5\""),
                  "data-weight");
  assert_refused (SLOT ("data-slot=\"text\" data-field=\"number\" data-required=\"maybe\""),
                  "data-required");
  assert_refused (SLOT ("data-slot=\"text\" data-field=\"number\" data-more=\"yes\""), "data-more");
  assert_refused (SLOT ("data-slot=\"text\" data-field=\"number\" data-if=\"name\""), "data-if");
  assert_refused (SLOT ("data-slot=\"text\" data-field=\"number\" data-fill=\"mauve\""),
                  "data-fill");
  assert_refused (SLOT ("data-slot=\"text\" data-field=\"number\" data-quiet=\"4\""), "data-quiet");
  assert_refused (SLOT ("data-slot=\"codes\" data-field=\"number\""), "codes slot number");
  assert_refused (SLOT ("data-slot=\"codes\" data-field=\"zones\" data-style=\"round\""),
                  "data-style");
  assert_refused (SLOT ("data-slot=\"image\""), "no data-file");
  assert_refused (SLOT ("data-slot=\"image\" data-file=\"../pack.json\""), "branding/");
  assert_refused (SLOT ("data-slot=\"band\""), "no data-fill");
}

static void
test_qr (void)
{
#define QR_SLOT(attributes) HEAD NAME "<rect data-slot=\"qr\" " attributes "/></svg>"
  assert_refused (QR_SLOT ("x=\"50\" y=\"10\" width=\"28\" height=\"20\""), "not square");
  assert_refused (QR_SLOT ("x=\"50\" y=\"10\" width=\"12\" height=\"12\""), "20 mm");
  assert_refused (QR_SLOT ("x=\"50\" y=\"10\" width=\"28\" height=\"28\" data-quiet=\"1\""),
                  "data-quiet");
  assert_refused (QR_SLOT ("x=\"50\" y=\"10\" width=\"28\" height=\"28\" data-level=\"X\""),
                  "data-level");
  assert_refused (QR_SLOT ("x=\"50\" y=\"10\" width=\"28\" height=\"28\" data-fill=\"#f0c000\""),
                  "dark");
  assert_refused (QR_SLOT ("x=\"50\" y=\"10\" width=\"28\" height=\"28\" data-fill=\"accent\""),
                  "dark");
  assert_refused (QR_SLOT ("x=\"50\" y=\"10\" width=\"28\" height=\"28\" data-min-module=\"0.01\""),
                  "data-min-module");
  assert_refused (HEAD QR NAME
                  "<rect data-slot=\"photo\" x=\"40\" y=\"20\" width=\"20\" height=\"20\"/></svg>",
                  "photo slot lies over the QR code");
}

static void
test_places (void)
{
  assert_refused (HEAD QR NAME
                  "<rect data-slot=\"photo\" x=\"70\" y=\"40\" width=\"20\" height=\"8\"/></svg>",
                  "photo slot does not lie on the badge");
  assert_refused (HEAD QR NAME
                  "<rect data-slot=\"photo\" x=\"2\" y=\"12\" width=\"0\" height=\"8\"/></svg>",
                  "photo slot");
  assert_refused (HEAD QR NAME
                  "<rect data-slot=\"photo\" x=\"2\" y=\"12\" width=\"50%\" height=\"8\"/></svg>",
                  "photo slot");
  assert_refused (HEAD QR NAME "<circle data-slot=\"photo\" cx=\"9\" cy=\"20\" r=\"5\"/></svg>",
                  "must be a <rect>");
  assert_refused (
      HEAD QR NAME
      "<defs><rect data-slot=\"photo\" x=\"2\" y=\"12\" width=\"9\" height=\"8\"/></defs></svg>",
      "not drawn");
  assert_refused (HEAD QR NAME
                  "<g transform=\"rotate(45)\"><rect data-slot=\"photo\" x=\"2\" y=\"12\""
                  " width=\"9\" height=\"8\"/></g></svg>",
                  "scaled or rotated");
}

static void
test_pages (void)
{
  assert_refused (HEAD "<g data-page=\"front\">" QR NAME "</g><g data-page=\"side\"/></svg>",
                  "side");
  assert_refused (HEAD "<g data-page=\"back\">" QR NAME "</g></svg>", "no \"front\"");
  assert_refused (HEAD "<g data-page=\"front\">" QR "</g>" NAME "</svg>", "outside the groups");
  assert_refused (HEAD "<g data-page=\"front\"><g data-page=\"back\">" QR NAME "</g></g></svg>",
                  "within another");
}

/* Layers of editors are translated; a slot within lies where the editor shows it. */
static void
test_translated (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardBadge) badge = parse (
      HEAD "<g transform=\"translate(40, 0)\"><rect data-slot=\"qr\" x=\"10\" y=\"10\" width=\"28\""
           " height=\"28\"/></g>" NAME "</svg>",
      &error);

  g_assert_no_error (error);
  g_assert_nonnull (badge);
  assert_refused (HEAD NAME
                  "<g transform=\"translate(40)\"><rect data-slot=\"qr\" x=\"20\" y=\"10\""
                  " width=\"28\" height=\"28\"/></g></svg>",
                  "does not lie on the badge");
}

static void
test_limits (void)
{
  g_autoptr (GString) svg = g_string_new (HEAD QR NAME);
  g_autoptr (LanyardPack) pack = badge_fixture_load ("small-cup");
  g_autoptr (GBytes) huge = g_bytes_new_take (g_malloc0 (3 * 1024 * 1024), 3 * 1024 * 1024);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 200; i++)
    g_string_append (svg, NAME);
  g_string_append (svg, "</svg>");
  assert_refused (svg->str, "more than 96 slots");

  g_string_assign (svg, HEAD QR NAME);
  for (guint i = 0; i < 100; i++)
    g_string_append (svg, "<g>");
  assert_refused (svg->str, "nested deeper");

  g_assert_null (lanyard_badge_new (huge, pack, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_LIMIT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  g_test_add_func ("/badge/template/least", test_least);
  g_test_add_func ("/badge/template/missing", test_missing);
  g_test_add_func ("/badge/template/broken", test_broken);
  g_test_add_func ("/badge/template/sizes", test_sizes);
  g_test_add_func ("/badge/template/attributes", test_attributes);
  g_test_add_func ("/badge/template/qr", test_qr);
  g_test_add_func ("/badge/template/places", test_places);
  g_test_add_func ("/badge/template/pages", test_pages);
  g_test_add_func ("/badge/template/translated", test_translated);
  g_test_add_func ("/badge/template/limits", test_limits);
  return g_test_run ();
}
