/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a scanner's keys say about how it is set. If this fails, a desk is set up for a keyboard
 * that the scanner does not have and reads no code, or takes a code that somebody made for a
 * setting. */

#define G_LOG_DOMAIN "test-ui"

#include <glib/gstdio.h>
#include <string.h>

#include "lanyard-setup-devices.h"
#include "lanyard-setup-trial.h"

#define TEXT LANYARD_SETUP_TRIAL_TEXT
#define LIMIT_US 35000
#define QUICK_US 2000
#define FIRST_KEYCODE 9
#define LAST_KEYCODE 94
#define N_RANDOM 20000

/* A key that says @character on @sent, as a desk with @seen hears it. @coded: its place is known */
static LanyardWedgeKey
make_key (gunichar character, LanyardKeyboard sent, LanyardKeyboard seen, gboolean coded)
{
  for (guint level = 0; level < 3; level++)
    for (guint keycode = FIRST_KEYCODE; keycode <= LAST_KEYCODE; keycode++)
      {
        gboolean dead = FALSE;
        LanyardWedgeKey key = { 0 };

        if (lanyard_keyboard_get_character (sent, keycode, level, &dead) != character || dead)
          continue;
        key.character = lanyard_keyboard_get_character (seen, keycode, level, &dead);
        key.keycode = coded ? (guint16)keycode : 0;
        key.flags
            = (guint16)((level == 1 ? LANYARD_WEDGE_SHIFT : 0)
                        | (level == 2 ? LANYARD_WEDGE_ALTGR : 0) | (dead ? LANYARD_WEDGE_DEAD : 0));
        return key;
      }
  g_error ("no key for U+%04X", character);
}

static GArray *
make_keys (const char *text, LanyardKeyboard sent, LanyardKeyboard seen, gboolean coded)
{
  GArray *keys = g_array_new (FALSE, TRUE, sizeof (LanyardWedgeKey));

  for (const char *at = text; *at != '\0'; at++)
    {
      LanyardWedgeKey key = { .character = (gunichar)*at };

      if (*at >= ' ')
        key = make_key ((gunichar)*at, sent, seen, coded);
      g_array_append_val (keys, key);
    }
  return keys;
}

static void
judge (LanyardSetupTrial *trial, const char *text, gint64 gap_us)
{
  g_autoptr (GArray) keys = make_keys (text, LANYARD_KEYBOARD_US, LANYARD_KEYBOARD_US, TRUE);

  lanyard_setup_trial_judge (trial, (const LanyardWedgeKey *)(gpointer)keys->data, keys->len,
                             gap_us, LIMIT_US);
}

/* Every scanner at every desk, with the places of the keys and without. */
static void
test_layouts (void)
{
  for (guint nth = 0; nth < LANYARD_N_KEYBOARDS * LANYARD_N_KEYBOARDS * 2; nth++)
    {
      LanyardKeyboard sent = (LanyardKeyboard)(nth % LANYARD_N_KEYBOARDS);
      LanyardKeyboard seen = (LanyardKeyboard)(nth / LANYARD_N_KEYBOARDS % LANYARD_N_KEYBOARDS);
      g_autoptr (GArray) keys = make_keys (TEXT "\r", sent, seen, nth % 2 == 0);
      LanyardSetupTrial trial;

      lanyard_setup_trial_judge (&trial, (const LanyardWedgeKey *)(gpointer)keys->data, keys->len,
                                 QUICK_US, LIMIT_US);
      g_assert_cmpint (trial.verdict, ==, LANYARD_SETUP_TRIAL_GOOD);
      g_assert_cmpint (trial.other_layout, ==, sent != seen);
      if (sent != seen)
        g_assert_cmpint (trial.keyboard, ==, sent);
      g_assert_cmpstr (trial.suffix, ==, "");
    }
}

static const struct
{
  const char *sent;
  LanyardSetupTrialVerdict verdict;
  gboolean twice, aim;
  const char *prefix, *suffix;
} CASES[] = {
  { TEXT, LANYARD_SETUP_TRIAL_GOOD, FALSE, FALSE, "", "" },
  { TEXT "\t", LANYARD_SETUP_TRIAL_GOOD, FALSE, FALSE, "", "" },
  { "##" TEXT "\r\n", LANYARD_SETUP_TRIAL_GOOD, FALSE, FALSE, "##", "" },
  { TEXT "~\r", LANYARD_SETUP_TRIAL_GOOD, FALSE, FALSE, "", "~" },
  { "~]Q1" TEXT "$\r", LANYARD_SETUP_TRIAL_GOOD, FALSE, TRUE, "~", "$" },
  { TEXT "\r" TEXT "\r", LANYARD_SETUP_TRIAL_GOOD, TRUE, FALSE, "", "" },
  { "~" TEXT "#\r~" TEXT "#\r", LANYARD_SETUP_TRIAL_GOOD, TRUE, FALSE, "~", "#" },
  { TEXT TEXT "\r", LANYARD_SETUP_TRIAL_JOINED, TRUE, FALSE, "", "" },
  { "123456789" TEXT, LANYARD_SETUP_TRIAL_AFFIX, FALSE, FALSE, NULL, NULL },
  { "a b" TEXT, LANYARD_SETUP_TRIAL_AFFIX, FALSE, FALSE, NULL, NULL },
  { "LLyy::AAzz--QQww++mmYY//00118899\r", LANYARD_SETUP_TRIAL_TWICE_EACH, FALSE, FALSE, "", "" },
  { "some other code\r", LANYARD_SETUP_TRIAL_OTHER, FALSE, FALSE, "", "" },
  { "Ly:Az-Qw+mY/018", LANYARD_SETUP_TRIAL_OTHER, FALSE, FALSE, "", "" },
  { "Ly", LANYARD_SETUP_TRIAL_NOTHING, FALSE, FALSE, "", "" },
  { "", LANYARD_SETUP_TRIAL_NOTHING, FALSE, FALSE, "", "" },
};

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      LanyardSetupTrial trial;

      judge (&trial, CASES[i].sent, QUICK_US);
      g_test_message ("%s", CASES[i].sent);
      g_assert_cmpint (trial.verdict, ==, CASES[i].verdict);
      g_assert_cmpint (trial.twice, ==, CASES[i].twice);
      g_assert_cmpint (trial.aim, ==, CASES[i].aim);
      if (CASES[i].prefix != NULL)
        g_assert_cmpstr (trial.prefix, ==, CASES[i].prefix);
      if (CASES[i].suffix != NULL)
        g_assert_cmpstr (trial.suffix, ==, CASES[i].suffix);
    }
}

/* Found, but the desk would take it for a person. */
static void
test_slow (void)
{
  LanyardSetupTrial trial;

  judge (&trial, TEXT, LIMIT_US);
  g_assert_cmpint (trial.verdict, ==, LANYARD_SETUP_TRIAL_GOOD);
  judge (&trial, TEXT, LIMIT_US + 1);
  g_assert_cmpint (trial.verdict, ==, LANYARD_SETUP_TRIAL_SLOW);
}

static void
test_caps (void)
{
  g_autoptr (GArray) keys = make_keys (TEXT, LANYARD_KEYBOARD_US, LANYARD_KEYBOARD_US, FALSE);
  LanyardSetupTrial trial;

  for (guint i = 0; i < keys->len; i++)
    {
      LanyardWedgeKey *key = &g_array_index (keys, LanyardWedgeKey, i);

      key->character = g_unichar_isupper (key->character) ? g_unichar_tolower (key->character)
                                                          : g_unichar_toupper (key->character);
    }
  lanyard_setup_trial_judge (&trial, (const LanyardWedgeKey *)(gpointer)keys->data, keys->len,
                             QUICK_US, LIMIT_US);
  g_assert_cmpint (trial.verdict, ==, LANYARD_SETUP_TRIAL_CAPS);
}

/* Whatever is scanned there: no setting comes of it but for the text of the page. */
static void
test_hostile (void)
{
  for (guint i = 0; i < N_RANDOM; i++)
    {
      LanyardWedgeKey keys[64];
      LanyardSetupTrial trial;

      for (guint k = 0; k < G_N_ELEMENTS (keys); k++)
        keys[k] = (LanyardWedgeKey){ .character = (gunichar)g_test_rand_int_range (0, 0x250),
                                     .keycode = (guint16)g_test_rand_int_range (0, 0x100),
                                     .flags = (guint16)g_test_rand_int_range (0, 0x40) };
      lanyard_setup_trial_judge (&trial, keys, (guint)g_test_rand_int_range (0, 64), QUICK_US,
                                 LIMIT_US);
      g_assert_true (trial.verdict == LANYARD_SETUP_TRIAL_OTHER
                     || trial.verdict == LANYARD_SETUP_TRIAL_NOTHING);
    }
}

static void
test_text (void)
{
  LanyardSetupTrial trial;

  lanyard_setup_trial_judge_text (&trial, "]C0" TEXT);
  g_assert_cmpint (trial.verdict, ==, LANYARD_SETUP_TRIAL_GOOD);
  g_assert_true (trial.aim);
  lanyard_setup_trial_judge_text (&trial, "#" TEXT);
  g_assert_cmpint (trial.verdict, ==, LANYARD_SETUP_TRIAL_AFFIX);
  lanyard_setup_trial_judge_text (&trial, NULL);
  g_assert_cmpint (trial.verdict, ==, LANYARD_SETUP_TRIAL_OTHER);
}

static void
touch (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, "", 0, NULL));
}

static void
remove_all (const char *folder, const char *const *names)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      g_remove (path);
    }
  g_rmdir (folder);
}

/* Names that stay come first, and then the numbers are the same devices. */
static void
test_devices (void)
{
  static const char *const names[]
      = { "ttyACM0",      "ttyUSB1", "ttyS0",
          "hidraw0",      "null",    "serial/by-id/usb-Maker_Scan-Two_0001-if00",
          "serial/by-id", "serial",  NULL };
  g_autofree char *folder = g_dir_make_tmp ("lanyard-dev-XXXXXX", NULL);
  g_autofree char *by_id = g_build_filename (folder, "serial", "by-id", NULL);
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;

  for (guint i = 0; i < 5; i++)
    touch (folder, names[i]);
  before = lanyard_setup_list_devices (folder);
  /* hidraw0 is a file, and no scanner */
  g_assert_cmpuint (before->len, ==, 2);
  g_assert_cmpstr (((LanyardSetupDevice *)before->pdata[0])->name, ==, "ttyACM0");
  g_assert_cmpint (g_mkdir_with_parents (by_id, 0700), ==, 0);
  touch (folder, names[5]);
  after = lanyard_setup_list_devices (folder);
  g_assert_cmpuint (after->len, ==, 1);
  g_assert_cmpstr (((LanyardSetupDevice *)after->pdata[0])->name, ==, "Maker Scan-Two 0001");
  remove_all (folder, names);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/setup-trial/layouts", test_layouts);
  g_test_add_func ("/ui/setup-trial/cases", test_cases);
  g_test_add_func ("/ui/setup-trial/slow", test_slow);
  g_test_add_func ("/ui/setup-trial/caps", test_caps);
  g_test_add_func ("/ui/setup-trial/hostile", test_hostile);
  g_test_add_func ("/ui/setup-trial/text", test_text);
  g_test_add_func ("/ui/setup-trial/devices", test_devices);
  return g_test_run ();
}
