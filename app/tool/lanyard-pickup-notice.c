/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-tool"

#include "lanyard-pickup-notice.h"

static const struct
{
  LanyardNotice notice;
  const char *words;
} notices[] = {
  { LANYARD_NOTICE_FOREIGN_CODE, "This code is not one of this event." },
  { LANYARD_NOTICE_OTHER_EVENT, "This code is for another event." },
  { LANYARD_NOTICE_EXPIRED_CODE, "This code has expired." },
  { LANYARD_NOTICE_BAD_SIGNATURE, "This code was altered or signed by nobody this desk knows." },
  { LANYARD_NOTICE_VOID_BADGE, "This badge is void." },
  { LANYARD_NOTICE_WRONG_BADGE, "This is another badge than the one that was printed." },
  { LANYARD_NOTICE_TYPING_ERROR, "The check character of this number is wrong." },
  { LANYARD_NOTICE_BUSY, "The desk is serving somebody else." },
  { LANYARD_NOTICE_DOCUMENT_UNCLEAR, "This document was not read well; show it again." },
  { LANYARD_NOTICE_DOCUMENT_UNKNOWN, "Nobody in the directory of this desk has this document." },
  { LANYARD_NOTICE_NO_DOCUMENT, "This code is no identity document; show the document itself." },
  { LANYARD_NOTICE_CODE_FIRST, "A document says nothing here before a code was shown." },
  { LANYARD_NOTICE_TYPING_LOCKED, "Too many numbers were typed at this desk; show a code." },
  { LANYARD_NOTICE_TYPING_OFF, "At this event only staff type numbers; show a code." },
  { LANYARD_NOTICE_STAFF_ONLY, "Only staff may do this." },
  { LANYARD_NOTICE_NOT_POSSIBLE, "This cannot be done here now; nothing was changed." },
  { LANYARD_NOTICE_NO_SIGN_IN, "Nobody can sign in while this desk cannot keep records." },
  { LANYARD_NOTICE_STAFF_NUMBER, "Several may sign in here: give the staff number too." },
  { LANYARD_NOTICE_SECOND_PERSON, "Another member of staff has to agree." },
  { LANYARD_NOTICE_NOT_STAFF, "This is no badge of somebody who works at this desk." },
  { LANYARD_NOTICE_WRONG_PIN, "This PIN is wrong." },
  { LANYARD_NOTICE_LOCKED_OUT, "There were too many wrong PINs." },
};

const char *
lanyard_pickup_notice_get_words (LanyardNotice notice)
{
  for (guint i = 0; i < G_N_ELEMENTS (notices); i++)
    {
      if (notices[i].notice == notice)
        return notices[i].words;
    }

  return NULL;
}
