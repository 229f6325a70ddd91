/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-tool"

#include "lanyard-command.h"

#include "lanyard-badge-sheet.h"
#include "lanyard-clock.h"
#include "lanyard-credential.h"
#include "lanyard-sample-holders.h"

#define DEFAULT_DPI 300
#define DEFAULT_SHEET_DPI 150
#define MIN_DPI 30
#define MAX_DPI 1200
#define MAX_HOLDER_BYTES (64 * 1024)
#define MAX_PHOTO_BYTES (8 * 1024 * 1024)

/* What the command line says. */
typedef struct
{
  char *pack_dir;
  char *root_hex;
  char *holder_path;
  char *output;
  char *credential;
  char *key_path;
  char *photo_path;
  char *serial;
  char *language;
  int page; /* 1 front, 2 back */
  double dpi;
  double printer_dpi; /* 0: any */
  gboolean sheet;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->pack_dir);
  g_free (options->root_hex);
  g_free (options->holder_path);
  g_free (options->output);
  g_free (options->credential);
  g_free (options->key_path);
  g_free (options->photo_path);
  g_free (options->serial);
  g_free (options->language);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* Returns: (transfer full) (nullable): a file that the command line names, not larger than
 * @max_bytes */
static GBytes *
read_file (const char *path, gsize max_bytes, GError **error)
{
  char *content;
  gsize n_bytes;

  if (!lanyard_command_require_file (path, error)
      || !g_file_get_contents (path, &content, &n_bytes, error))
    return NULL;
  if (n_bytes <= max_bytes)
    return g_bytes_new_take (content, n_bytes);
  g_free (content);
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_LIMIT,
               "The file '%s' has more than %" G_GSIZE_FORMAT " bytes; give a smaller one.", path,
               max_bytes);
  return NULL;
}

/* Returns: (transfer full): what the badge says of @entry, signed with the key that the options
 * name */
static char *
sign_credential (const Options *options,
                 LanyardPack *pack,
                 const LanyardEntry *entry,
                 GError **error)
{
  g_autoptr (LanyardClaims) claims = lanyard_claims_new ();
  g_autoptr (LanyardKey) key = NULL;
  g_autoptr (GStrvBuilder) privileges = g_strv_builder_new ();

  if (!lanyard_command_require_file (options->key_path, error))
    return NULL;
  key = lanyard_key_load (options->key_path, error);
  if (key == NULL)
    return NULL;
  g_strv_builder_addv (privileges, (const char **)entry->zones);
  g_strv_builder_addv (privileges, (const char **)entry->transport);
  claims->kind = LANYARD_CREDENTIAL_BADGE;
  claims->event = g_strdup (lanyard_pack_get_event (pack));
  claims->number = g_strdup (entry->number);
  claims->serial = g_strdup (options->serial);
  claims->sequence = entry->issued.last_sequence + 1;
  claims->category = g_strdup (entry->category);
  g_strfreev (claims->privileges);
  claims->privileges = g_strv_builder_end (privileges);
  if (lanyard_pack_get_name_in_credential (pack))
    claims->name = g_strdup (entry->print_name);
  claims->issued_s = lanyard_clock_wall_us (lanyard_clock_system ()) / G_USEC_PER_SEC;
  claims->expires_s = entry->valid_until_s;
  return lanyard_credential_sign (claims, key);
}

/* Returns: (transfer full): text of the QR: given, signed, or the word that marks a specimen */
static char *
make_credential (const Options *options,
                 LanyardPack *pack,
                 const LanyardEntry *entry,
                 GError **error)
{
  if (options->credential != NULL)
    return g_strdup (options->credential);
  if (options->key_path != NULL)
    return sign_credential (options, pack, entry, error);
  g_printerr ("lanyard: Neither --credential nor --key: the QR only says SPECIMEN.\n");
  return g_strdup_printf ("SPECIMEN %s", entry->number);
}

static GBytes *
draw (const Options *options,
      LanyardBadge *badge,
      const LanyardBadgeContent *content,
      GError **error)
{
  if (g_str_has_suffix (options->output, ".pdf"))
    return lanyard_badge_to_pdf (badge, content, error);
  if ((guint)options->page > lanyard_badge_get_n_pages (badge))
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                   "There is no page %d; this badge has %u.", options->page,
                   lanyard_badge_get_n_pages (badge));
      return NULL;
    }
  return lanyard_badge_to_png (badge, content, (guint)options->page - 1, options->dpi, error);
}

/* Returns: (transfer full) (nullable): the person whom the options name, or a made-up one */
static LanyardEntry *
read_holder (const Options *options, LanyardPack *pack, GError **error)
{
  g_autoptr (GBytes) json = NULL;
  g_autoptr (GPtrArray) samples = NULL;
  LanyardEntry *entry;

  if (options->holder_path == NULL)
    {
      samples = lanyard_sample_holders_load (pack, error);
      return samples != NULL ? lanyard_entry_copy (
                 ((const LanyardSampleHolder *)g_ptr_array_index (samples, 0))->entry)
                             : NULL;
    }
  json = read_file (options->holder_path, MAX_HOLDER_BYTES, error);
  if (json == NULL)
    return NULL;
  entry = lanyard_entry_parse_json (g_bytes_get_data (json, NULL), g_bytes_get_size (json), error);
  if (entry == NULL)
    g_prefix_error (error, "%s: ", options->holder_path);
  return entry;
}

static GBytes *
render_badge (const Options *options,
              LanyardPack *pack,
              LanyardBadgeContent *content,
              GError **error)
{
  g_autoptr (LanyardBadge) badge
      = lanyard_badge_new_for_category (pack, content->entry->category, error);
  g_autofree char *credential = NULL;

  if (badge == NULL)
    return NULL;
  credential = make_credential (options, pack, content->entry, error);
  if (credential == NULL)
    return NULL;
  content->credential = credential;
  return draw (options, badge, content, error);
}

static gboolean
add_category (const Options *options,
              LanyardPack *pack,
              const LanyardBadgeContent *content,
              const LanyardCode *category,
              LanyardBadgeSheet *sheet,
              GError **error)
{
  g_autoptr (LanyardBadge) badge = lanyard_badge_new_for_category (pack, category->code, error);
  g_autoptr (LanyardEntry) entry = lanyard_entry_copy (content->entry);
  g_autofree char *credential = NULL;
  g_autofree char *label
      = g_strdup_printf ("%s  %s · %s.svg", category->code,
                         lanyard_code_get_label (category, options->language), category->template);
  LanyardBadgeContent one = *content;

  if (badge == NULL)
    return FALSE;
  g_free (entry->category);
  entry->category = g_strdup (category->code);
  credential = lanyard_sample_credential_new (pack, entry, options->serial);
  one.entry = entry;
  one.credential = credential;
  return lanyard_badge_sheet_add (sheet, badge, &one, label, error);
}

/* Every category with the same person. */
static GBytes *
render_sheet (const Options *options,
              LanyardPack *pack,
              LanyardBadgeContent *content,
              GError **error)
{
  GPtrArray *categories = lanyard_pack_get_codes (pack, LANYARD_CODES_CATEGORY);
  g_autoptr (LanyardBadgeSheet) sheet = lanyard_badge_sheet_new ();
  g_autoptr (GBytes) photo = content->photo == NULL ? lanyard_sample_photo_new () : NULL;

  if (photo != NULL)
    content->photo = photo;
  for (guint i = 0; i < categories->len; i++)
    {
      const LanyardCode *category = g_ptr_array_index (categories, i);

      if (!add_category (options, pack, content, category, sheet, error))
        {
          g_prefix_error (error, "Category %s: ", category->code);
          return NULL;
        }
    }
  return g_str_has_suffix (options->output, ".pdf")
             ? lanyard_badge_sheet_to_pdf (sheet, error)
             : lanyard_badge_sheet_to_png (sheet, options->dpi, error);
}

static gboolean
render (const Options *options, GError **error)
{
  gint64 now_s = lanyard_clock_wall_us (lanyard_clock_system ()) / G_USEC_PER_SEC;
  LanyardPublicKey root;
  g_autoptr (LanyardPack) pack = NULL;
  g_autoptr (GBytes) photo = NULL;
  g_autoptr (GBytes) drawn = NULL;
  g_autoptr (LanyardEntry) entry = NULL;
  LanyardBadgeContent content = { .serial = options->serial,
                                  .language = options->language,
                                  .printer_dpi = options->printer_dpi };

  if (!lanyard_command_parse_root_key (options->root_hex, &root, error))
    return FALSE;
  if (options->photo_path != NULL)
    {
      photo = read_file (options->photo_path, MAX_PHOTO_BYTES, error);
      if (photo == NULL)
        return FALSE;
    }
  if (options->holder_path != NULL && !lanyard_command_require_file (options->holder_path, error))
    return FALSE;
  pack = lanyard_pack_load (options->pack_dir, options->root_hex ? &root : NULL, now_s, error);
  entry = pack != NULL ? read_holder (options, pack, error) : NULL;
  if (entry == NULL)
    return FALSE;
  content.entry = entry;
  content.photo = photo;
  drawn = options->sheet ? render_sheet (options, pack, &content, error)
                         : render_badge (options, pack, &content, error);
  return drawn != NULL
         && g_file_set_contents (options->output, g_bytes_get_data (drawn, NULL),
                                 (gssize)g_bytes_get_size (drawn), error);
}

static gboolean
check_options (const Options *options, char *const *words, GError **error)
{
  const LanyardCommand *self = &lanyard_command_badge_render;

  if (!lanyard_command_require_words (self, words, 0, 0, error)
      || !lanyard_command_require (self, options->pack_dir, "--pack DIR", error)
      || (!options->sheet
          && !lanyard_command_require (self, options->holder_path, "--holder JSON", error))
      || !lanyard_command_require (self, options->output, "-o FILE", error))
    return FALSE;
  if (!g_str_has_suffix (options->output, ".pdf") && !g_str_has_suffix (options->output, ".png"))
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                 "'%s' ends neither in .pdf nor in .png; name the output so.", options->output);
  else if (options->credential != NULL && options->key_path != NULL)
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                 "Give --credential or --key, not both.");
  else if (!(options->dpi >= MIN_DPI && options->dpi <= MAX_DPI) || options->page < 1)
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                 "--dpi must be from %d to %d and --page 1 or 2.", MIN_DPI, MAX_DPI);
  else if (options->sheet && (options->credential != NULL || options->key_path != NULL))
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                 "--sheet has codes of its own; leave out --credential and --key.");
  else
    return TRUE;
  return FALSE;
}

static gboolean
run (char **args, GError **error)
{
  g_auto (Options) o = { .page = 1 };
  g_auto (GStrv) words = NULL;
  const GOptionEntry entries[] = {
    { "pack", 0, 0, G_OPTION_ARG_FILENAME, &o.pack_dir, "The event's pack", "DIR" },
    { "root-key", 0, 0, G_OPTION_ARG_STRING, &o.root_hex, "Check the pack's signature", "HEX" },
    { "holder", 0, 0, G_OPTION_ARG_FILENAME, &o.holder_path, "One object of a roster", "JSON" },
    { "photo", 0, 0, G_OPTION_ARG_FILENAME, &o.photo_path, "JPEG or PNG", "FILE" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &o.output, "Ends in .pdf or .png", "FILE" },
    { "credential", 0, 0, G_OPTION_ARG_STRING, &o.credential, "Text of the QR", "TEXT" },
    { "key", 0, 0, G_OPTION_ARG_FILENAME, &o.key_path, "Sign the QR's text with this", "FILE" },
    { "serial", 0, 0, G_OPTION_ARG_STRING, &o.serial, "Badge serial", "TEXT" },
    { "language", 0, 0, G_OPTION_ARG_STRING, &o.language, "Language of the labels", "TAG" },
    { "page", 0, 0, G_OPTION_ARG_INT, &o.page, "PNG only: 1 front, 2 back", "N" },
    { "dpi", 0, 0, G_OPTION_ARG_DOUBLE, &o.dpi, "PNG only: dots an inch; 300, sheet 150", "N" },
    { "sheet", 0, 0, G_OPTION_ARG_NONE, &o.sheet, "All categories on one sheet, at half size",
      NULL },
    { "printer-dpi", 0, 0, G_OPTION_ARG_DOUBLE, &o.printer_dpi, "Codes must suit it", "N" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &words, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };

  if (!lanyard_command_parse (&lanyard_command_badge_render, args, entries, NULL, error))
    return FALSE;
  if (o.dpi == 0.0)
    o.dpi = o.sheet ? DEFAULT_SHEET_DPI : DEFAULT_DPI;
  if (o.serial == NULL)
    o.serial = g_strdup ("K0000-0000000");
  return check_options (&o, words, error) && render (&o, error);
}

const LanyardCommand lanyard_command_badge_render = {
  .name = "badge render",
  .parameters = "",
  .summary = "Draw a badge into a PDF or PNG file",
  .run = run,
};
