/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, a desk starts with a setting that somebody believes to be another one. */

#include "lanyard-config.h"

#include <glib/gstdio.h>

#include "lanyard-error.h"

#define KEY "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
#define DESK "[desk]\nstate-dir=state\nvenue=101\n"
#define PACK "[pack]\ndirectory=pack\nroot-key=" KEY "\n"
#define PRINTER "[printer]\nuri=file:prints\n"

static LanyardConfig *
load (const char *text, char **folder, GError **error)
{
  g_autofree char *own = g_dir_make_tmp ("lanyard-config-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (own, "desk.conf", NULL);
  LanyardConfig *config;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  config = lanyard_config_load (path, error);
  g_unlink (path);
  g_rmdir (own);
  if (folder != NULL)
    *folder = g_steal_pointer (&own);
  return config;
}

static void
test_exports (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = NULL;
  g_autoptr (LanyardConfig) config
      = load (DESK "hour-plan=60\n" PACK PRINTER "[exports]\nfolder=stick\n", &folder, &error);
  g_autofree char *stick = g_build_filename (folder, "stick", NULL);
  g_autoptr (LanyardConfig) wrong = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (config->exports_folder, ==, stick);
  g_assert_cmpuint (config->hour_plan, ==, 60);
  wrong = load (DESK "hour-plan=many\n" PACK PRINTER, NULL, &error);
  g_assert_null (wrong);
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE);
}

static void
test_least (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = NULL;
  g_autoptr (LanyardConfig) config = load (DESK PACK PRINTER, &folder, &error);
  g_autofree char *state = g_build_filename (folder, "state", NULL);
  g_autofree char *pack = g_build_filename (folder, "pack", NULL);
  g_autofree char *printer = g_strconcat ("file:", folder, "/prints", NULL);
  g_autofree char *vault = g_build_filename (folder, "state", "vault.key", NULL);
  g_autofree char *journal = NULL;
  g_autofree char *expected = g_build_filename (state, "journal.db", NULL);

  g_assert_no_error (error);
  g_assert_cmpstr (config->state_dir, ==, state);
  g_assert_cmpstr (config->pack_dir, ==, pack);
  g_assert_cmpstr (config->printer_uri, ==, printer);
  g_assert_cmpstr (config->vault_key_file, ==, vault);
  g_assert_cmpint (config->mode, ==, LANYARD_MODE_SELF_SERVICE);
  g_assert_cmpuint (config->idle_s, ==, 45);
  g_assert_true (config->scan_back);
  g_assert_true (config->wedge);
  g_assert_cmpint (config->wedge_layout, ==, LANYARD_WEDGE_LAYOUT_AUTO);
  g_assert_cmpuint (config->repeat_ms, ==, 700);
  g_assert_cmpuint (config->scanners->len, ==, 0);
  g_assert_null (config->camera);
  g_assert_null (config->look);
  g_assert_cmpuint (g_strv_length (config->hub_urls), ==, 0);
  journal = lanyard_config_state_path (config, "journal.db");
  g_assert_cmpstr (journal, ==, expected);
}

/* @hub: lines of [hub]; @expected: the list, with commas */
static void
check_hubs (const char *hub, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strconcat (DESK PACK PRINTER "[hub]\n", hub, NULL);
  g_autoptr (LanyardConfig) config = load (text, NULL, &error);
  g_autofree char *urls = NULL;

  g_assert_no_error (error);
  urls = g_strjoinv (",", config->hub_urls);
  g_assert_cmpstr (urls, ==, expected);
}

/* Nobody is looked for in the network of a desk that speaks TLS, unless it is told to. */
static void
test_relays (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardConfig) wrong
      = load (DESK PACK PRINTER "[hub]\nurls=http://a\nrelay=maybe\n", NULL, &error);

  g_assert_null (wrong);
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE);
  check_hubs ("urls=http://a\n", "http://a,dns-sd:");
  check_hubs ("urls=http://a\nrelay=none\n", "http://a");
  check_hubs ("urls=https://a\n", "https://a");
  check_hubs ("urls=http://relay;https://a\n", "http://relay,https://a");
  check_hubs ("urls=https://a\nrelay=find\n", "https://a,dns-sd:");
  check_hubs ("urls=dns-sd:;https://a\n", "dns-sd:,https://a");
  check_hubs ("urls=dns-sd:;http://a\nrelay=find\n", "dns-sd:,http://a");
  check_hubs ("urls=dns-sd:\n", "dns-sd:");
  check_hubs ("relay=find\n", "");
}

static void
test_all (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardConfig) config
      = load ("[desk]\nstate-dir=/var/x\nvenue=101\nname=Counter 3\nmode=staff\nlanguage=es\n" PACK
              "[hub]\nurls=https://a.example;https://b.example\n"
              "[scanner]\ncamera=videotestsrc\nwedge=false\nwedge-prefix=^\nwedge-suffix=$\n"
              "[printer]\nuri=ipp://localhost:631/ipp/print\nscan-back=false\n"
              "[vault]\nkey-file=/etc/v\n[screen]\nidle=30\nlook=high-contrast\n"
              "[keypad]\nnext=F18;Page_Down\nback=F20\n",
              NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (config->state_dir, ==, "/var/x");
  g_assert_cmpstr (config->name, ==, "Counter 3");
  g_assert_cmpuint (g_hash_table_size (config->keypad), ==, 2);
  g_assert_cmpstr (g_hash_table_lookup (config->keypad, "next"), ==, "F18;Page_Down");
  g_assert_cmpint (config->mode, ==, LANYARD_MODE_STAFF);
  g_assert_cmpstr (config->language, ==, "es");
  g_assert_cmpstr (config->hub_urls[1], ==, "https://b.example");
  g_assert_cmpstr (config->camera, ==, "videotestsrc");
  g_assert_false (config->wedge);
  g_assert_cmpstr (config->wedge_prefix, ==, "^");
  g_assert_false (config->scan_back);
  g_assert_cmpstr (config->printer_uri, ==, "ipp://localhost:631/ipp/print");
  g_assert_cmpstr (config->vault_key_file, ==, "/etc/v");
  g_assert_cmpuint (config->idle_s, ==, 30);
  g_assert_cmpstr (config->look, ==, "high-contrast");
}

static void
test_scanners (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardConfig) config
      = load (DESK PACK PRINTER
              "[scanner]\nwedge-layout=de\nwedge-aim=true\nrepeat=0\n"
              "[scanner left]\ntype=serial\ndevice=/dev/ttyACM0\nspeed=115200\nparity=even\n"
              "data-bits=7\nframe=stx-etx\nquiet=250\naim=true\n"
              "[scanner right]\ntype=hid\ndevice=/dev/hidraw3\n"
              "[scanner fixed]\ntype=serial\ndevice=/dev/ttyS0\nframe=fixed\nlength=12\n",
              NULL, &error);
  const LanyardScannerConfig *left, *right, *fixed;

  g_assert_no_error (error);
  g_assert_cmpint (config->wedge_layout, ==, LANYARD_WEDGE_LAYOUT_FIXED);
  g_assert_cmpint (config->wedge_keyboard, ==, LANYARD_KEYBOARD_DE);
  g_assert_true (config->wedge_aim);
  g_assert_cmpuint (config->repeat_ms, ==, 0);
  g_assert_cmpuint (config->scanners->len, ==, 3);
  left = g_ptr_array_index (config->scanners, 0);
  right = g_ptr_array_index (config->scanners, 1);
  fixed = g_ptr_array_index (config->scanners, 2);
  g_assert_cmpstr (left->name, ==, "left");
  g_assert_cmpint (left->type, ==, LANYARD_SCANNER_SERIAL);
  g_assert_cmpstr (left->device, ==, "/dev/ttyACM0");
  g_assert_cmpuint (left->serial.speed, ==, 115200);
  g_assert_cmpint (left->serial.parity, ==, LANYARD_PARITY_EVEN);
  g_assert_true (left->serial.seven_bits);
  g_assert_true (left->serial.aim);
  g_assert_cmpint (left->serial.framing.kind, ==, LANYARD_FRAMING_STX_ETX);
  g_assert_cmpint (left->serial.framing.quiet_us, ==, 250000);
  g_assert_cmpstr (right->name, ==, "right");
  g_assert_cmpint (right->type, ==, LANYARD_SCANNER_HID);
  g_assert_cmpuint (fixed->serial.speed, ==, LANYARD_SERIAL_DEFAULT_SPEED);
  g_assert_cmpuint (fixed->serial.framing.length, ==, 12);
}

static void
test_printers (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = NULL;
  g_autoptr (LanyardConfig) config
      = load (DESK PACK "[printer]\nuse=right\ncards-warn=30\n"
                        "[printer left]\nuri=ipp://left/ipp/print\n"
                        "[printer right]\nuri=file:right\ncards-warn=5\n",
              &folder, &error);
  g_autoptr (LanyardConfig) one = load (DESK PACK PRINTER, NULL, NULL);
  g_autoptr (GPtrArray) printers = NULL;
  g_autoptr (GPtrArray) only = NULL;
  g_autofree char *right = g_strconcat ("file:", folder, "/right", NULL);
  const LanyardPrinterConfig *printer;

  g_assert_no_error (error);
  printers = lanyard_config_list_printers (config);
  g_assert_cmpuint (printers->len, ==, 2);
  printer = g_ptr_array_index (printers, 0);
  g_assert_cmpstr (printer->name, ==, "right");
  g_assert_cmpstr (printer->uri, ==, right);
  g_assert_cmpuint (printer->cards_warn, ==, 5);
  g_assert_cmpstr (config->printer_uri, ==, right);
  printer = g_ptr_array_index (printers, 1);
  g_assert_cmpstr (printer->name, ==, "left");
  g_assert_cmpuint (printer->cards_warn, ==, 30);
  /* One printer without a group goes on as it always did. */
  only = lanyard_config_list_printers (one);
  g_assert_cmpuint (only->len, ==, 1);
  printer = g_ptr_array_index (only, 0);
  g_assert_cmpstr (printer->name, ==, "main");
  g_assert_cmpstr (printer->uri, ==, one->printer_uri);
  g_assert_cmpuint (printer->cards_warn, ==, 20);
  lanyard_config_set_printer (config, "file:/elsewhere");
  g_ptr_array_unref (printers);
  printers = lanyard_config_list_printers (config);
  g_assert_cmpuint (printers->len, ==, 1);
}

#define LEFT "[printer left]\nuri=file:left\n"
#define SERIAL "[scanner x]\ntype=serial\ndevice=/dev/ttyACM0\n"

/* What is wrong, and what the message must name. */
static const struct
{
  const char *text;
  const char *named;
} wrong[] = {
  { PACK PRINTER, "[desk] state-dir" },
  { "[desk]\nstate-dir=x\n" PACK PRINTER, "[desk] venue" },
  { "[desk]\nstate-dir=x\nvenue= \n" PACK PRINTER, "[desk] venue" },
  { DESK PRINTER, "[pack] directory" },
  { DESK "[pack]\ndirectory=p\n" PRINTER, "[pack] root-key" },
  { DESK "[pack]\ndirectory=p\nroot-key=12ab\n" PRINTER, "[pack] root-key" },
  { DESK PACK, "[printer] uri" },
  { DESK PACK PRINTER "scanback=true\n", "[printer] scanback" },
  { DESK PACK PRINTER "scan-back=maybe\n", "[printer] scan-back" },
  { DESK "mode=kiosk\n" PACK PRINTER, "[desk] mode" },
  { DESK PACK PRINTER "[screen]\nidle=5\n", "[screen] idle" },
  { DESK PACK PRINTER "[screen]\nidle=soon\n", "[screen] idle" },
  { DESK PACK PRINTER "[screen]\nlook=dim\n", "[screen] look" },
  { DESK PACK PRINTER "[sceen]\nidle=50\n", "[sceen] idle" },
  { DESK PACK PRINTER "[scanner]\nwedge-layout=dvorak\n", "[scanner] wedge-layout" },
  { DESK PACK PRINTER "[scanner]\nrepeat=20000\n", "[scanner] repeat" },
  { DESK PACK PRINTER "[scanner x]\ntype=serial\n", "[scanner x] device" },
  { DESK PACK PRINTER "[scanner x]\ntype=usb\ndevice=/dev/ttyACM0\n", "[scanner x] type" },
  { DESK PACK PRINTER "[scanner x]\ntype=hid\ndevice=/dev/hidraw0\nspeed=9600\n",
    "[scanner x] speed" },
  { DESK PACK PRINTER SERIAL "speed=9601\n", "[scanner x] speed" },
  { DESK PACK PRINTER SERIAL "speed=fast\n", "[scanner x] speed" },
  { DESK PACK PRINTER SERIAL "parity=mark\n", "[scanner x] parity" },
  { DESK PACK PRINTER SERIAL "data-bits=5\n", "[scanner x] data-bits" },
  { DESK PACK PRINTER SERIAL "frame=xml\n", "[scanner x] frame" },
  { DESK PACK PRINTER SERIAL "frame=fixed\n", "[scanner x] length" },
  { DESK PACK PRINTER SERIAL "length=10\n", "[scanner x] length" },
  { DESK PACK PRINTER SERIAL "quiet=1\n", "[scanner x] quiet" },
  { DESK PACK PRINTER SERIAL "baud=9600\n", "[scanner x] baud" },
  { DESK PACK PRINTER SERIAL "[scanner y]\ntype=serial\ndevice=/dev/ttyACM0\n",
    "[scanner y] device" },
  { DESK PACK PRINTER "[scannerx]\ntype=serial\n", "[scannerx] type" },
  { DESK PACK PRINTER LEFT, "[printer] uri" },
  { DESK PACK LEFT "[printer]\nuse=right\n", "[printer] use" },
  { DESK PACK "[printer left]\ncards-warn=1\n", "[printer left] uri" },
  { DESK PACK LEFT "[printer right]\nuri=file:left\n", "[printer right] uri" },
  { DESK PACK LEFT "cards-warn=many\n", "[printer left] cards-warn" },
  { DESK PACK LEFT "colour=red\n", "[printer left] colour" },
  { DESK PACK "[printer 123456789012345678901234567890123]\nuri=file:x\n", "uri" },
  { "no groups at all", "desk.conf" },
  /* Latin-1: such a look would be passed over, and such keys of a keypad be none. */
  { DESK PACK PRINTER "[screen]\nlook=d\xe4rk\n", "UTF-8" },
  { DESK PACK PRINTER "[keypad]\nup=\xe4\n", "UTF-8" },
  { "\xe4\n" DESK PACK PRINTER, "UTF-8" },
};

static void
test_wrong (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (LanyardConfig) config = load (wrong[i].text, NULL, &error);

      g_assert_null (config);
      g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE);
      if (strstr (error->message, wrong[i].named) == NULL)
        g_error ("“%s” does not name %s", error->message, wrong[i].named);
    }
}

static void
test_absent (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (lanyard_config_load ("/nowhere/desk.conf", &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND);
}

/* A credential of systemd wins over the key file. */
static void
test_credential (void)
{
  g_autofree char *folder = g_dir_make_tmp ("lanyard-credential-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "lanyard-vault", NULL);
  g_autoptr (LanyardConfig) with = NULL;
  g_autoptr (LanyardConfig) without = NULL;

  g_assert_true (g_file_set_contents (path, "key", -1, NULL));
  g_setenv ("CREDENTIALS_DIRECTORY", folder, TRUE);
  with = load (DESK PACK PRINTER "[vault]\nkey-file=/etc/v\n", NULL, NULL);
  g_assert_cmpstr (with->vault_key_file, ==, path);
  g_unlink (path);
  without = load (DESK PACK PRINTER "[vault]\nkey-file=/etc/v\n", NULL, NULL);
  g_assert_cmpstr (without->vault_key_file, ==, "/etc/v");
  g_unsetenv ("CREDENTIALS_DIRECTORY");
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/flow/config/least", test_least);
  g_test_add_func ("/flow/config/exports", test_exports);
  g_test_add_func ("/flow/config/all", test_all);
  g_test_add_func ("/flow/config/relays", test_relays);
  g_test_add_func ("/flow/config/scanners", test_scanners);
  g_test_add_func ("/flow/config/printers", test_printers);
  g_test_add_func ("/flow/config/wrong", test_wrong);
  g_test_add_func ("/flow/config/absent", test_absent);
  g_test_add_func ("/flow/config/credential", test_credential);
  return g_test_run ();
}
