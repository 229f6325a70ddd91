/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-phrases.h"

#include "lanyard-words.h"

typedef struct
{
  int value;
  const char *text;
} Phrase;

static const Phrase NOTICES[] = {
  { LANYARD_NOTICE_FOREIGN_CODE,
    N_ ("This code is not for collecting a badge. Please show the code of your invitation.") },
  { LANYARD_NOTICE_OTHER_EVENT, N_ ("This code belongs to another event.") },
  { LANYARD_NOTICE_EXPIRED_CODE,
    N_ ("This code is too old. Please show a newer one, or ask our staff.") },
  { LANYARD_NOTICE_BAD_SIGNATURE,
    N_ ("We cannot accept this code. Please show another one, or ask our staff.") },
  { LANYARD_NOTICE_VOID_BADGE, N_ ("This badge is no longer in use. Our staff can help you.") },
  { LANYARD_NOTICE_WRONG_BADGE,
    N_ ("This is another badge. Please show the one that was just printed.") },
  { LANYARD_NOTICE_TYPING_ERROR,
    N_ ("This number does not look right. Please check each character.") },
  { LANYARD_NOTICE_BUSY, N_ ("One moment please, somebody is still being served here.") },
  { LANYARD_NOTICE_PREPARING, N_ ("Not yet, please. This kiosk goes on by itself in a moment.") },
  { LANYARD_NOTICE_NOT_STAFF,
    N_ ("This is no badge of somebody who works at this desk. Type your staff number instead.") },
  { LANYARD_NOTICE_WRONG_PIN, N_ ("This PIN does not match. Please try again.") },
  { LANYARD_NOTICE_LOCKED_OUT, N_ ("Too many tries. Please wait a few minutes.") },
  { LANYARD_NOTICE_DOCUMENT_UNCLEAR,
    N_ ("We could not read all of your document. Please show it once more.") },
  { LANYARD_NOTICE_DOCUMENT_UNKNOWN,
    N_ ("We did not find this document. Please show the code of your invitation.") },
  { LANYARD_NOTICE_NO_DOCUMENT,
    N_ ("This code is not enough. Please show the photograph page, or the back of your card.") },
  { LANYARD_NOTICE_CODE_FIRST, N_ ("Please show the code of your invitation first.") },
  { LANYARD_NOTICE_TYPING_LOCKED,
    N_ ("Too many numbers were tried here. Please show your invitation, or ask our staff.") },
  { LANYARD_NOTICE_TYPING_OFF,
    N_ ("A number alone is not enough here. Please show your invitation, or ask our staff.") },
  { LANYARD_NOTICE_STAFF_ONLY, N_ ("Please sign in for this.") },
  { LANYARD_NOTICE_NOT_POSSIBLE, N_ ("This cannot be done here now. Nothing was changed.") },
  { LANYARD_NOTICE_CARDS_NOTED, N_ ("The number of cards is noted.") },
  { LANYARD_NOTICE_PRINTER_CHOSEN, N_ ("New badges go to this printer now.") },
  { LANYARD_NOTICE_SHIFT_OPEN,
    N_ ("The shift cannot be closed yet: a badge is printing, or a question is open.") },
  { LANYARD_NOTICE_SHIFT_DIFFERS,
    N_ ("The shift cannot be closed yet: a printer counted something else. Choose why.") },
  { LANYARD_NOTICE_SHIFT_CLOSED, N_ ("The shift is closed.") },
  { LANYARD_NOTICE_SUPERVISOR_ONLY, N_ ("Only a supervisor can do this.") },
  { LANYARD_NOTICE_NO_SIGN_IN,
    N_ ("Nobody can sign in while this desk cannot keep records. Help is on this page.") },
  { LANYARD_NOTICE_STAFF_NUMBER, N_ ("Please type your staff number too.") },
  { LANYARD_NOTICE_SECOND_PERSON,
    N_ ("Another member of staff has to agree, with their own number and PIN.") },
  { LANYARD_NOTICE_BADGE_VOIDED, N_ ("Done. This badge is void from now on.") },
  { LANYARD_NOTICE_SEAL_MISSING, N_ ("The card needs a seal. Put one on, then scan its number.") },
  { LANYARD_NOTICE_SEAL_WRONG, N_ ("This is not the number of a seal. Please check it.") },
  { LANYARD_NOTICE_SEAL_USED, N_ ("This seal is on another card. Please take a new one.") },
  { LANYARD_NOTICE_DOCUMENT_FIRST, N_ ("Please look at the identity document first.") },
  { LANYARD_NOTICE_POOL_EMPTY, N_ ("No pass is left here. Load some, or send the person on.") },
  { LANYARD_NOTICE_HOST_LIMIT,
    N_ ("Choose who invited the person. If it is chosen, they have had all passes of the day.") },
  { LANYARD_NOTICE_PASS_UNKNOWN, N_ ("No pass of this desk has this number.") },
  { LANYARD_NOTICE_PASS_OUT, N_ ("This pass is out already, or is not given again.") },
  { LANYARD_NOTICE_NAME_MISSING, N_ ("Please type the name for the pass.") },
  { LANYARD_NOTICE_PASS_HANDED, N_ ("Noted. You can hand the pass over.") },
  { LANYARD_NOTICE_PASS_BACK, N_ ("Noted. The pass is back.") },
  { LANYARD_NOTICE_RESOLVED, N_ ("Decided. All desks hear of it from the hub.") },
  { LANYARD_NOTICE_NOTE_KEPT, N_ ("The note is kept.") },
  { LANYARD_NOTICE_HANDED_ON, N_ ("Handed over: this person waits for a supervisor.") },
  { LANYARD_NOTICE_PHOTO_KEPT, N_ ("The photo is kept at this desk.") },
  { LANYARD_NOTICE_CONSENT_NOTED, N_ ("Noted, what this person says to it.") },
  { LANYARD_NOTICE_POOL_CHANGED, N_ ("Noted. The number of passes is up to date.") },
};

/* By class: several reasons share a sentence, because the reason itself is nobody's business who
 * stands in the queue behind. */
#define ASK_STAFF N_ ("There is one more step, and our staff will do it with you.")
#define ASK_WHAT_NEXT N_ ("Our staff will gladly tell you what to do next.")
#define CHECK_BADGE N_ ("We would like to check something about an earlier badge.")

static const Phrase REFERRALS[] = {
  { LANYARD_REASON_UNKNOWN,
    N_ ("We did not find this accreditation. Our staff will look for it.") },
  { LANYARD_REASON_EXPIRED, N_ ("The dates of this accreditation are over.") },
  { LANYARD_REASON_NOT_YET_VALID, N_ ("It is a little early: this badge can be collected later.") },
  { LANYARD_REASON_WRONG_VENUE, N_ ("This badge can be collected at another venue.") },
  { LANYARD_REASON_ALREADY_ISSUED, N_ ("A badge has already been made for you.") },
  { LANYARD_REASON_BEING_MADE, N_ ("Another desk is making a badge for you.") },
  { LANYARD_REASON_DISPUTED, CHECK_BADGE },
  { LANYARD_REASON_NEGATIVE_LIST, CHECK_BADGE },
  { LANYARD_REASON_UNKNOWN_PRINT, CHECK_BADGE },
  { LANYARD_REASON_CATEGORY, N_ ("Our staff hand out badges of this kind in person.") },
  { LANYARD_REASON_DOCUMENT_EXPIRED, N_ ("The dates of your document are over.") },
  { LANYARD_REASON_CONSENT, N_ ("You did not agree, and that is all right. Our staff will help.") },
  { LANYARD_REASON_PHOTO, N_ ("Your badge needs a photo. Our staff will take it.") },
};

static const Phrase REASONS[] = {
  { LANYARD_REASON_UNKNOWN, N_ ("Not in the directory of this desk") },
  { LANYARD_REASON_CANCELLED, N_ ("Accreditation cancelled") },
  { LANYARD_REASON_SUSPENDED, N_ ("Accreditation suspended") },
  { LANYARD_REASON_EXPIRED, N_ ("No longer valid") },
  { LANYARD_REASON_NOT_YET_VALID, N_ ("Not valid yet") },
  { LANYARD_REASON_WRONG_VENUE, N_ ("To be collected at another venue") },
  { LANYARD_REASON_CLEARANCE_PENDING, N_ ("A clearance is still open") },
  { LANYARD_REASON_CLEARANCE_REFER, N_ ("A clearance was referred") },
  { LANYARD_REASON_ALREADY_ISSUED, N_ ("A badge is already out") },
  { LANYARD_REASON_BEING_MADE, N_ ("Another desk is making a badge: ask there first") },
  { LANYARD_REASON_DISPUTED, N_ ("More than one badge is out: needs a decision") },
  { LANYARD_REASON_OVERTAKEN,
    N_ ("This desk cannot read the newest data: update it, or ask another desk") },
  { LANYARD_REASON_NEGATIVE_LIST, N_ ("The badge that was shown is void") },
  { LANYARD_REASON_NEGATIVE_LIST_OLD, N_ ("The list of void badges is old: check with the hub") },
  { LANYARD_REASON_PRE_VALID, N_ ("A card that is to be validated") },
  { LANYARD_REASON_CATEGORY, N_ ("This category is collected with staff") },
  { LANYARD_REASON_CATEGORY_UNKNOWN, N_ ("The category is not in the pack of this event") },
  { LANYARD_REASON_UNKNOWN_PRINT, N_ ("Did an earlier badge come out? Answer that first") },
  { LANYARD_REASON_DOCUMENT_MISSING, N_ ("Look at an identity document first") },
  { LANYARD_REASON_DOCUMENT_DIFFERS, N_ ("The document that was shown says something else") },
  { LANYARD_REASON_DOCUMENT_EXPIRED, N_ ("The document that was shown is past its day") },
  { LANYARD_REASON_CONSENT, N_ ("An agreement is missing that the badge needs") },
  { LANYARD_REASON_PHOTO, N_ ("The badge needs a photo, and there is none") },
  { LANYARD_REASON_DOCUMENT_CLOSE,
    N_ ("Compare the document that was shown: not all is the same") },
};

static const Phrase WAITS[] = {
  { LANYARD_LINK_WAIT_TURN, N_ ("It is being sent.") },
  { LANYARD_LINK_WAIT_LINE,
    N_ ("The hub does not answer. All is kept here and sent when the line is back.") },
  { LANYARD_LINK_WAIT_HUB,
    N_ ("The hub cannot take it now. All is kept here and sent by itself later.") },
  { LANYARD_LINK_WAIT_REFUSED,
    N_ ("The hub refuses this desk. All is kept here. Please call those who run the hub.") },
  { LANYARD_LINK_WAIT_FORK, N_ ("The disk of this desk was copied or set back. Stop using it, and "
                                "call those who run the hub.") },
  { LANYARD_LINK_WAIT_STOPPED,
    N_ ("Nothing runs that would send it. Please start the kiosk anew.") },
  { LANYARD_LINK_WAIT_ENROLMENT, N_ ("This desk is at no hub. All is kept here.") },
};

static const Phrase VOIDS[] = {
  { LANYARD_VOID_LOST, N_ ("Lost") },
  { LANYARD_VOID_STOLEN, N_ ("Stolen") },
  { LANYARD_VOID_DAMAGED, N_ ("Damaged") },
  { LANYARD_VOID_DATA_CHANGED, N_ ("Details have changed") },
  { LANYARD_VOID_MISPRINT, N_ ("Printed wrong") },
  { LANYARD_VOID_WITHDRAWN, N_ ("Taken back") },
};

static const Phrase RESOLVES[] = {
  { LANYARD_RESOLVE_IN_HAND, N_ ("The person has it") },
  { LANYARD_RESOLVE_RETURNED, N_ ("The others were given back") },
  { LANYARD_RESOLVE_NEVER_OUT, N_ ("The others never came out") },
  { LANYARD_RESOLVE_WRONG_PERSON, N_ ("The others went to somebody else") },
  { LANYARD_RESOLVE_LOST, N_ ("The others cannot be found") },
};

static const Phrase SIDES[] = {
  { LANYARD_SIDE_ISSUED, N_ ("Handed out") },
  { LANYARD_SIDE_UNKNOWN, N_ ("Nobody knows whether it came out") },
  { LANYARD_SIDE_VOID, N_ ("Void, by a decision") },
};

static const Phrase WORDS[] = {
  { LANYARD_PRINT_FAILED, N_ ("The printer says that it never got this badge.") },
  { LANYARD_PRINT_SPOOLED, N_ ("The printer says that this badge is still to come.") },
  { LANYARD_PRINT_PROCESSING, N_ ("The printer says that it is printing this badge.") },
  { LANYARD_PRINT_STOPPED, N_ ("The printer says that this badge waits in it.") },
  { LANYARD_PRINT_COMPLETED, N_ ("The printer says that this badge is done.") },
  { LANYARD_PRINT_ENDED, N_ ("The printer says that it gave this badge up.") },
  { LANYARD_PRINT_LOST, N_ ("The printer knows nothing of this badge.") },
};

static const Phrase CLEARANCES[] = {
  { LANYARD_CLEARANCE_CLEAR, N_ ("Clear") },
  { LANYARD_CLEARANCE_PENDING, N_ ("Pending") },
  { LANYARD_CLEARANCE_REFER, N_ ("Refer") },
};

static const char *
find (const Phrase *phrases, gsize n_phrases, int value)
{
  for (gsize i = 0; i < n_phrases; i++)
    {
      if (phrases[i].value == value)
        return phrases[i].text;
    }
  return NULL;
}

/* What others wrote, in whatever direction. Returns: (transfer full) (nullable) */
static char *
dup_isolated (const char *text)
{
  return text != NULL ? g_strdup_printf ("\u2068%s\u2069", text) : NULL;
}

const char *
lanyard_phrase_for_hint (LanyardHint hint)
{
  switch (hint)
    {
    case LANYARD_HINT_NONE:
      return N_ ("Keep it about a hand’s length away.");
    case LANYARD_HINT_CLOSER:
      return N_ ("A little closer, please.");
    case LANYARD_HINT_FARTHER:
      return N_ ("A little farther away, please.");
    case LANYARD_HINT_HOLD_STILL:
      return N_ ("Hold it still for a moment.");
    case LANYARD_HINT_LESS_GLARE:
      return N_ ("Light is reflected in it: tilt it a little.");
    case LANYARD_HINT_MORE_LIGHT:
      return N_ ("It is too dark: make the screen brighter or turn to the light.");
    case LANYARD_HINT_NO_PICTURE:
      return N_ ("The camera is not ready. Please use another way.");
    }
  g_return_val_if_reached (N_ ("Keep it about a hand’s length away."));
}

const char *
lanyard_phrase_for_notice (LanyardNotice notice)
{
  return find (NOTICES, G_N_ELEMENTS (NOTICES), (int)notice);
}

const char *
lanyard_phrase_for_referral (const LanyardVerdict *verdict)
{
  const char *text = NULL;

  g_return_val_if_fail (verdict != NULL, ASK_STAFF);

  if (verdict->n_reasons > 0)
    text = find (REFERRALS, G_N_ELEMENTS (REFERRALS), (int)verdict->reasons[0]);
  if (text != NULL)
    return text;
  return verdict->outcome == LANYARD_OUTCOME_REFUSED ? ASK_WHAT_NEXT : ASK_STAFF;
}

const char *
lanyard_phrase_for_resolve (LanyardResolveReason reason)
{
  const char *text = find (RESOLVES, G_N_ELEMENTS (RESOLVES), (int)reason);

  return text != NULL ? text : N_ ("Another reason: ask your supervisor");
}

const char *
lanyard_phrase_for_side (LanyardSideState state)
{
  const char *text = find (SIDES, G_N_ELEMENTS (SIDES), (int)state);

  return text != NULL ? text : N_ ("Nobody knows whether it came out");
}

char *
lanyard_phrase_dup_desk (LanyardWords *words,
                         LanyardPack *pack,
                         guint32 device,
                         const char *name,
                         const char *venue)
{
  g_autofree char *number = g_strdup_printf ("%u", device);
  g_autofree char *desk = device != 0 ? lanyard_words_fill (words, N_ ("Desk %s"), number)
                                      : g_strdup (lanyard_words_get (words, N_ ("The hub")));
  g_autofree char *own_name = NULL, *place = NULL;
  const char *label = venue;

  if (pack != NULL && venue != NULL)
    label = lanyard_pack_get_label (pack, LANYARD_CODES_VENUE, venue,
                                    lanyard_words_get_language (words));
  own_name = dup_isolated (name);
  place = dup_isolated (label);
  return lanyard_words_join (words, (const char *[]){ desk, own_name, place }, 3);
}

char *
lanyard_phrase_dup_when (LanyardWords *words, gint64 at_us)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (at_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;

  return local != NULL && at_us > 0 ? lanyard_words_dup_moment (words, local) : g_strdup ("–");
}

const char *
lanyard_phrase_for_wait (LanyardLinkWait wait, gboolean online)
{
  const char *text = find (WAITS, G_N_ELEMENTS (WAITS), (int)wait);

  if (text != NULL)
    return text;
  return online ? N_ ("The line is good, and everything has been sent.")
                : N_ ("Nothing waits, and the hub does not answer now.");
}

const char *
lanyard_phrase_for_void (LanyardVoidReason reason)
{
  const char *text = find (VOIDS, G_N_ELEMENTS (VOIDS), (int)reason);

  return text != NULL ? text : N_ ("Another reason: ask your supervisor");
}

const char *
lanyard_phrase_for_word (const LanyardPrintReport *word)
{
  const char *text = NULL;

  if (word != NULL)
    text = find (WORDS, G_N_ELEMENTS (WORDS), (int)word->state);
  return text != NULL ? text : N_ ("The printer has not said anything about it.");
}

const char *
lanyard_phrase_for_reason (LanyardReason reason)
{
  const char *text = find (REASONS, G_N_ELEMENTS (REASONS), (int)reason);

  return text != NULL ? text : N_ ("Another reason: ask your supervisor");
}

const char *
lanyard_phrase_for_clearance (LanyardClearanceState state)
{
  const char *text = find (CLEARANCES, G_N_ELEMENTS (CLEARANCES), (int)state);

  return text != NULL ? text : N_ ("Pending");
}

const char *
lanyard_phrase_for_consent (LanyardConsentDecision decision)
{
  switch (decision)
    {
    case LANYARD_CONSENT_GIVEN:
      return N_ ("Agreed");
    case LANYARD_CONSENT_REFUSED:
      return N_ ("Did not agree");
    case LANYARD_CONSENT_UNDECIDED:
    default:
      return N_ ("Not asked yet");
    }
}

const char *
lanyard_phrase_for_flaw (LanyardPictureFlaw flaw, gboolean taken)
{
  switch (flaw)
    {
    case LANYARD_PICTURE_DARK:
      return taken ? N_ ("It is too dark: turn to the light, and take another.")
                   : N_ ("It is too dark: turn to the light.");
    case LANYARD_PICTURE_BRIGHT:
      return taken
                 ? N_ ("There is too much light on the face: turn away from it, and take another.")
                 : N_ ("There is too much light on the face: turn away from it.");
    case LANYARD_PICTURE_BLURRED:
      return N_ ("It is blurred: hold still, or wipe the camera, and take another.");
    case LANYARD_PICTURE_FAR:
      return taken ? N_ ("The face is too small: come closer, and take another.")
                   : N_ ("Come closer, until the face fills the oval.");
    case LANYARD_PICTURE_GOOD:
    default:
      return taken ? N_ ("It is sharp and well lit.")
                   : N_ ("Look into the camera, with the face in the oval.");
    }
}

char *
lanyard_phrase_dup_found (LanyardWords *words, guint n, guint listed)
{
  g_autofree char *number = NULL;

  if (n <= listed)
    return lanyard_words_fill_n (words, "%s person", "%s people", n);
  number = lanyard_words_dup_number (words, listed);
  return lanyard_words_fill (
      words, N_ ("The first %s. Add the first name, the organisation or the number."), number);
}
