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

/* A band may stick out, but it is as large as something somebody drew. */
static void
test_band_lengths (void)
{
#define BAND(shape) HEAD QR NAME "<" shape " data-slot=\"band\" data-fill=\"category\"/></svg>"
  static const char *const absurd[]
      = { "rect x=\"0\" y=\"0\" width=\"1e308\" height=\"5\"",
          "rect x=\"0\" y=\"0\" width=\"5\" height=\"1e999mm\"",
          "rect x=\"nan\" y=\"0\" width=\"5\" height=\"5\"",
          "rect x=\"-50000\" y=\"0\" width=\"50100\" height=\"5\"", "circle cx=\"4\" r=\"1e9\"" };
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardBadge) bleeding
      = parse (BAND ("rect x=\"-3\" y=\"0\" width=\"86\" height=\"8\""), &error);

  g_assert_no_error (error);
  g_assert_nonnull (bleeding);
  for (guint i = 0; i < G_N_ELEMENTS (absurd); i++)
    {
      g_autofree char *svg = g_strdup_printf (BAND ("%s"), absurd[i]);

      assert_refused (svg, "no badge has");
    }
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

/* Nothing that a template names is fetched, and nothing in it runs or grows. */
static void
test_hostile (void)
{
#define WITH(element) HEAD QR NAME element "</svg>"
  assert_refused (WITH ("<image href=\"/etc/passwd\" width=\"9\" height=\"9\"/>"), "/etc/passwd");
  assert_refused (WITH ("<image href=\"file:///etc/passwd\"/>"), "no other file is read");
  assert_refused (WITH ("<image xmlns:xlink=\"http://www.w3.org/1999/xlink\""
                        " xlink:href=\"http://example.org/a.png\"/>"),
                  "example.org");
  assert_refused (WITH ("<use href=\"other.svg#a\"/>"), "other.svg");
  assert_refused (WITH ("<rect width=\"9\" height=\"9\" style=\"fill:url('a.svg#b')\"/>"), "a.svg");
  assert_refused (WITH ("<rect width=\"9\" height=\"9\" fill=\"URL( http://a/b )\"/>"),
                  "http://a/b");
  assert_refused (WITH ("<style>@import url(a.css);</style>"), "a.css");
  assert_refused (WITH ("<style>@import 'a.css';</style>"), "imports");
  assert_refused (WITH ("<style><![CDATA[@import 'a.css';]]></style>"), "imports");
  assert_refused (WITH ("<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"a\"/>"),
                  "include");
  assert_refused (WITH ("<script>1</script>"), "<script>");
  assert_refused (WITH ("<rect onclick=\"a()\"/>"), "onclick");
  assert_refused (WITH ("<filter id=\"f\"/>"), "<filter>");
  assert_refused (WITH ("<foreignObject/>"), "<foreignObject>");
  assert_refused (WITH ("<text>Cup</text>"), "make it a text slot");
  assert_refused (WITH ("<line x2=\"80\" stroke=\"#000\" stroke-dasharray=\"0.0001\"/>"), "dashes");
  assert_refused (WITH ("<line x2=\"80\" style=\"stroke:#000;stroke-dasharray:1e-9,1e-9\"/>"),
                  "dashes");
  assert_refused ("<?xml-stylesheet href=\"a.css\"?>" WITH (""), "style sheet");
  assert_refused ("<!DOCTYPE svg [<!ENTITY a \"b\">]>" WITH (""), "entities");
  /* The entities of a document type that is not UTF-8 are entities, too. */
  assert_refused ("<?xml version='1.0' encoding='ISO-8859-1'?>"
                  "<!DOCTYPE svg [<!ENTITY a \"\xe9\">]>" WITH (""),
                  "in UTF-8");
  assert_refused (WITH ("<!-- \xe9 -->"), "in UTF-8");
  /* "+ADw-script/+AD4-" is "<script/>" in UTF-7. */
  assert_refused ("<?xml version=\"1.0\" encoding=\"UTF-7\"?>" WITH ("+ADw-script/+AD4-"),
                  "in UTF-8");
  assert_refused ("<?xml version=\"1.0\" encoding='utf-8859'?>" WITH (""), "in UTF-8");
  assert_refused (WITH ("<image href=\"data:image/svg+xml;base64,AAAA\"/>"),
                  "neither PNG nor JPEG");
  assert_refused (WITH ("<image href=\"data:image/png;base64,AAAA\"/>"), "no sound PNG or JPEG");
  /* The head of a PNG of 60,000 × 60,000 pixels. */
  assert_refused (WITH ("<image href=\"data:image/png;base64,"
                        "iVBORw0KGgoAAAANSUhEUgAA6mAAAOpgCAIAAAA=\"/>"),
                  "60000 × 60000");
}

/* What editors leave in a file and what a designer may want is no reason to refuse it. */
static void
test_harmless (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardBadge) badge = parse (
      "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>"
      "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/svg11.dtd\">" HEAD QR
          NAME
      "<metadata><rdf:RDF xmlns:rdf=\"http://a\" rdf:resource=\"http://purl.org/dc\"/></metadata>"
      "<defs><linearGradient id=\"a\"><stop stop-color=\"#f00\"/></linearGradient></defs>"
      "<rect width=\"9\" height=\"9\" fill=\"url(#a)\" stroke-dasharray=\"none\"/>"
      "<line x2=\"80\" stroke-dasharray=\"1, 0.5\"/><use href=\"#b\"/></svg>",
      &error);

  g_assert_no_error (error);
  g_assert_nonnull (badge);
}

/* A few elements that stand for very many, with which librsvg would be busy for minutes. */
static void
test_recursion (void)
{
  g_autoptr (GString) svg = g_string_new (HEAD QR NAME "<defs><g id=\"a0\"><rect/></g>");
  g_autoptr (GString) chain = g_string_new (HEAD QR NAME "<use href=\"#c0\"/><defs>");

  for (guint i = 1; i < 20; i++)
    {
      g_string_append_printf (svg, "<g id=\"a%u\">", i);
      for (guint j = 0; j < 10; j++)
        g_string_append_printf (svg, "<use href=\"#a%u\"/>", i - 1);
      g_string_append (svg, "</g>");
    }
  g_string_append (svg, "</defs><use href=\"#a19\"/></svg>");
  assert_refused (svg->str, "stand for more than");

  for (guint i = 0; i < 10000; i++)
    g_string_append_printf (chain, "<use id=\"c%u\" href=\"#c%u\"/>", i, i + 1);
  g_string_append (chain, "</defs></svg>");
  assert_refused (chain->str, "stand for more than");

  assert_refused (WITH ("<g id=\"a\"><use href=\"#a\"/></g>"), "themselves");
  assert_refused (WITH ("<use id=\"a\" href=\"#b\"/><use id=\"b\" href=\"#a\"/>"), "themselves");
  assert_refused (WITH ("<pattern id=\"p\"><rect fill=\"url(#p)\"/></pattern>"), "themselves");
  assert_refused (WITH ("<marker id=\"m\"/>"), "<marker>");
}

static void
test_conditions (void)
{
#define IF(condition) WITH ("<rect width=\"9\" height=\"9\" data-if=\"" condition "\"/>")
  assert_refused (IF ("zones:99"), "data-if");
  assert_refused (IF ("shoe-size"), "shoe-size");
  assert_refused (IF ("category:"), "data-if");
  assert_refused (IF (""), "data-if");
  assert_refused (IF ("zones:10]{}"), "data-if");
  assert_refused (WITH ("<g data-if=\"zones\"><g data-if=\"zones\"/></g>"), "within another");
  assert_refused (HEAD NAME
                  "<rect data-slot=\"qr\" data-if=\"zones\" x=\"50\" y=\"10\" width=\"28\""
                  " height=\"28\"/></svg>",
                  "data-if");
  assert_refused (HEAD NAME "<g data-if=\"zones\">" QR "</g></svg>", "depends on a data-if");
  assert_refused (HEAD QR "<g data-if=\"zones\">" NAME "</g></svg>", "depends on a data-if");
}

static void
test_other_slots (void)
{
  assert_refused (SLOT ("data-slot=\"code128\" data-field=\"shoe-size\""), "shoe-size");
  assert_refused (SLOT ("data-slot=\"code128\" data-quiet=\"4\""), "data-quiet");
  assert_refused (SLOT ("data-slot=\"code128\" data-fill=\"#ffffff\""), "dark");
  assert_refused (HEAD QR NAME "<rect data-slot=\"code128\" x=\"2\" y=\"12\" width=\"20\""
                               " height=\"3\"/></svg>",
                  "lower than 5 mm");
  assert_refused (SLOT ("data-slot=\"list\""), "no data-field");
  assert_refused (SLOT ("data-slot=\"list\" data-field=\"number\""), "list slot number");
  assert_refused (SLOT ("data-slot=\"list\" data-field=\"zones\" data-show=\"all\""), "data-show");
  assert_refused (SLOT ("data-slot=\"guilloche\" data-count=\"1\""), "data-count");
  assert_refused (SLOT ("data-slot=\"guilloche\" data-line=\"9\""), "data-line");
  assert_refused (SLOT ("data-slot=\"guilloche\" data-pattern=\"plaid\""), "data-pattern");
  assert_refused (SLOT ("data-slot=\"micro-text\" data-size=\"3\""), "data-size");
  assert_refused (SLOT ("data-slot=\"keep-out\" data-fill=\"#ffffff\""), "data-fill");
  assert_refused (SLOT ("data-slot=\"keep-out\"/><rect data-slot=\"photo\" x=\"20\" y=\"15\""
                        " width=\"9\" height=\"9\""),
                  "photo slot lies over the keep-out slot");
  assert_refused (SLOT ("data-slot=\"code128\"/><rect data-slot=\"photo\" x=\"20\" y=\"15\""
                        " width=\"9\" height=\"9\""),
                  "photo slot lies over the Code 128");
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
  g_test_add_func ("/badge/template/band-lengths", test_band_lengths);
  g_test_add_func ("/badge/template/qr", test_qr);
  g_test_add_func ("/badge/template/places", test_places);
  g_test_add_func ("/badge/template/pages", test_pages);
  g_test_add_func ("/badge/template/translated", test_translated);
  g_test_add_func ("/badge/template/limits", test_limits);
  g_test_add_func ("/badge/template/hostile", test_hostile);
  g_test_add_func ("/badge/template/harmless", test_harmless);
  g_test_add_func ("/badge/template/recursion", test_recursion);
  g_test_add_func ("/badge/template/conditions", test_conditions);
  g_test_add_func ("/badge/template/other-slots", test_other_slots);
  return badge_fixture_finish (g_test_run ());
}
