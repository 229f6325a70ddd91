/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-report"

#include "lanyard-writing.h"

#include <string.h>

static const char *const FROM_RIGHT[] = { "ar", "fa", "he", "ur", "yi", "ps", "sd", NULL };

gboolean
lanyard_writing_is_from_right (const char *language)
{
  g_autofree char *tag = NULL;

  g_return_val_if_fail (language != NULL, FALSE);

  tag = g_ascii_strdown (language, (gssize)strcspn (language, "-_.@"));
  return g_strv_contains (FROM_RIGHT, tag);
}
