/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-document"

#include "lanyard-name-compare.h"

#include <sodium.h>
#include <string.h>

#include "lanyard-name-words.h"
#include "lanyard-spellings.h"
#include "lanyard-transliterate.h"

/* So many letters of a name may differ before it is another name. */
#define SHORT_NAME 5
#define LONG_NAME 9

typedef char **Words;

static void
free_words (Words *words)
{
  lanyard_name_free_words (*words);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Words, free_words)

/* One name, prepared. */
typedef struct
{
  Words family;
  Words given;
  gboolean has_order; /* both are there, and it is known which is which */
  gboolean cut;
} Prepared;

static void
clear_prepared (Prepared *prepared)
{
  lanyard_name_free_words (prepared->family);
  lanyard_name_free_words (prepared->given);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Prepared, clear_prepared)

static Words
split (const char *text)
{
  g_auto (Words) words = lanyard_name_split (text);

  return lanyard_name_without_suffixes (words);
}

static void
prepare (Prepared *prepared, const LanyardName *name)
{
  *prepared = (Prepared){
    .family = split (name->family),
    .given = split (name->given),
    .cut = name->cut,
  };
  prepared->has_order
      = !name->one_list && prepared->family[0] != NULL && prepared->given[0] != NULL;
}

static gboolean
meet (Words a, LanyardSpellingsFlags a_flags, Words b, LanyardSpellingsFlags b_flags)
{
  g_autoptr (LanyardSpellings) of_a = lanyard_spellings_new ((const char *const *)a, a_flags);
  g_autoptr (LanyardSpellings) of_b = lanyard_spellings_new ((const char *const *)b, b_flags);

  return lanyard_spellings_meet (of_a, of_b);
}

/* Whether the words of a document are those of a holder, or some of them, or more. @cut: the
 * document's may have been cut, each word and at the end (9303-4 §4.2.3). */
static gboolean
part_agrees (Words document, Words holder, gboolean cut)
{
  if (meet (document, LANYARD_SPELLINGS_SKIP_WORDS, holder, LANYARD_SPELLINGS_WHOLE)
      || meet (document, LANYARD_SPELLINGS_WHOLE, holder, LANYARD_SPELLINGS_SKIP_WORDS))
    return TRUE;
  return cut
         && meet (document, LANYARD_SPELLINGS_WHOLE, holder,
                  LANYARD_SPELLINGS_SKIP_WORDS | LANYARD_SPELLINGS_CUT_WORDS);
}

/* The same without what people and issuers leave out: particles, and initials of further names. */
static gboolean
family_agrees (Words document, Words holder, gboolean cut)
{
  g_auto (Words) document_core = NULL;
  g_auto (Words) holder_core = NULL;

  if (part_agrees (document, holder, cut))
    return TRUE;
  document_core = lanyard_name_without_particles (document);
  holder_core = lanyard_name_without_particles (holder);
  return part_agrees (document_core, holder_core, cut);
}

static gboolean
given_agrees (Words document, Words holder, gboolean cut)
{
  g_auto (Words) document_names = lanyard_name_without_initials (document);
  g_auto (Words) holder_names = lanyard_name_without_initials (holder);

  return family_agrees (document_names, holder_names, cut);
}

static char *
dup_joined (Words words)
{
  g_autofree char *spaced = g_strjoinv (" ", words);
  char *plain = lanyard_transliterate (spaced);
  gsize n = 0;

  sodium_memzero (spaced, strlen (spaced));
  for (const char *at = plain; *at != '\0'; at++)
    if (*at != ' ')
      plain[n++] = *at;
  plain[n] = '\0';
  return plain;
}

/* A slip of the pen or of a keyboard. */
static gboolean
is_near (Words a, Words b)
{
  char *plain_a = dup_joined (a), *plain_b = dup_joined (b);
  gsize length = MIN (strlen (plain_a), strlen (plain_b));
  guint most = length >= LONG_NAME ? 2 : length >= SHORT_NAME ? 1 : 0;
  gboolean near = most > 0 && lanyard_name_distance (plain_a, plain_b, most) <= most;

  sodium_memzero (plain_a, strlen (plain_a));
  sodium_memzero (plain_b, strlen (plain_b));
  g_free (plain_a);
  g_free (plain_b);
  return near;
}

static gboolean
has_initial (Words words)
{
  for (Words word = words; *word != NULL; word++)
    if (g_utf8_strlen (*word, -1) == 1)
      return TRUE;
  return FALSE;
}

/* "J R" for John Ronald. */
static gboolean
initials_agree (Words a, Words b)
{
  LanyardSpellingsFlags loose = LANYARD_SPELLINGS_CUT_WORDS | LANYARD_SPELLINGS_SKIP_WORDS;

  return (has_initial (a) && meet (a, LANYARD_SPELLINGS_WHOLE, b, loose))
         || (has_initial (b) && meet (a, loose, b, LANYARD_SPELLINGS_WHOLE));
}

/* Both names have an order. */
static LanyardAgreement
compare_ordered (Words document_family, Words document_given, gboolean cut, const Prepared *holder)
{
  gboolean family = family_agrees (document_family, holder->family, cut);
  gboolean given;

  /* Neither the same nor a slip: nothing that follows could change it. */
  if (!family && !is_near (document_family, holder->family))
    return LANYARD_AGREEMENT_DIFFERS;
  given = given_agrees (document_given, holder->given, cut);
  if (family && given)
    return LANYARD_AGREEMENT_AGREES;
  if (family
      && (is_near (document_given, holder->given)
          || initials_agree (document_given, holder->given)))
    return LANYARD_AGREEMENT_CLOSE;
  if (!family && given)
    return LANYARD_AGREEMENT_CLOSE;
  return LANYARD_AGREEMENT_DIFFERS;
}

/* One of the two is a list of words, or only one name: the order is tried both ways. */
static LanyardAgreement
compare_lists (Words document, Words holder, gboolean cut)
{
  gboolean same = meet (document, LANYARD_SPELLINGS_WHOLE, holder, LANYARD_SPELLINGS_WHOLE);
  gboolean is_single = MIN (g_strv_length (document), g_strv_length (holder)) == 1;

  if (same)
    return LANYARD_AGREEMENT_AGREES;
  if (given_agrees (document, holder, cut))
    return is_single ? LANYARD_AGREEMENT_CLOSE : LANYARD_AGREEMENT_AGREES;
  return is_near (document, holder) ? LANYARD_AGREEMENT_CLOSE : LANYARD_AGREEMENT_DIFFERS;
}

static LanyardAgreement
better (LanyardAgreement a, LanyardAgreement b)
{
  if (a == LANYARD_AGREEMENT_NOT_KNOWN || b == LANYARD_AGREEMENT_NOT_KNOWN)
    return MAX (a, b);
  return MIN (a, b);
}

/* Both orders of a name that has two parts; one of a name that has one. */
static guint
make_orders (const Prepared *prepared, Words *orders)
{
  orders[0] = lanyard_name_join (prepared->family, prepared->given);
  if (prepared->family[0] == NULL || prepared->given[0] == NULL)
    return 1;
  orders[1] = lanyard_name_join (prepared->given, prepared->family);
  return 2;
}

static LanyardAgreement
compare_unordered (const Prepared *document, const Prepared *holder)
{
  Words of_document[2] = { NULL }, of_holder[2] = { NULL };
  guint n_document = make_orders (document, of_document);
  guint n_holder = make_orders (holder, of_holder);
  LanyardAgreement best = LANYARD_AGREEMENT_DIFFERS;

  for (guint d = 0; d < n_document; d++)
    for (guint h = 0; h < n_holder && best != LANYARD_AGREEMENT_AGREES; h++)
      best = better (best, compare_lists (of_document[d], of_holder[h], document->cut));
  for (guint i = 0; i < 2; i++)
    {
      lanyard_name_free_words (of_document[i]);
      lanyard_name_free_words (of_holder[i]);
    }
  return best;
}

/* Whether there is anything that can be written in A to Z. */
static gboolean
can_be_compared (const Prepared *prepared)
{
  g_auto (Words) all = lanyard_name_join (prepared->family, prepared->given);
  g_autoptr (LanyardSpellings) spellings
      = lanyard_spellings_new ((const char *const *)all, LANYARD_SPELLINGS_WHOLE);

  return spellings != NULL;
}

LanyardAgreement
lanyard_name_compare (const LanyardName *document, const LanyardName *holder)
{
  g_auto (Prepared) on_document = { 0 };
  g_auto (Prepared) of_holder = { 0 };
  LanyardAgreement straight;

  g_return_val_if_fail (document != NULL && holder != NULL, LANYARD_AGREEMENT_NOT_KNOWN);

  prepare (&on_document, document);
  prepare (&of_holder, holder);
  if (!can_be_compared (&on_document) || !can_be_compared (&of_holder))
    return LANYARD_AGREEMENT_NOT_KNOWN;
  if (!on_document.has_order || !of_holder.has_order)
    return compare_unordered (&on_document, &of_holder);
  straight = compare_ordered (on_document.family, on_document.given, on_document.cut, &of_holder);
  if (straight == LANYARD_AGREEMENT_AGREES)
    return straight;
  return better (straight, compare_ordered (on_document.given, on_document.family, on_document.cut,
                                            &of_holder));
}
