/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-checked.h"
#include "lanyard-directory.h"
#include "lanyard-document-compare.h"
#include "lanyard-eligibility.h"
#include "lanyard-journal.h"
#include "lanyard-link.h"
#include "lanyard-printer.h"
#include "lanyard-record.h"
#include "lanyard-stock.h"
#include "lanyard-team.h"

G_BEGIN_DECLS

/* What the one window shows. */
typedef enum
{
  LANYARD_PAGE_WELCOME,      /* show your code, choose a language, type a number */
  LANYARD_PAGE_DOCUMENT,     /* your passport or identity card, please */
  LANYARD_PAGE_CONFIRM,      /* is this you? */
  LANYARD_PAGE_PRINTING,     /* moves with the real job; also shows jams and what to do */
  LANYARD_PAGE_SCAN_BACK,    /* show the new badge to the camera */
  LANYARD_PAGE_DONE,         /* take your badge; what comes next */
  LANYARD_PAGE_REFUSED,      /* refused, or please see our staff: reason class only */
  LANYARD_PAGE_ATTENTION,    /* staff: did this badge come out? */
  LANYARD_PAGE_STAFF,        /* staff: search, person, issue (only while signed in) */
  LANYARD_PAGE_OUT_OF_ORDER, /* cannot issue: short code and one sentence */
  LANYARD_PAGE_VALIDATE,     /* staff: a pre-valid card: document, seal, done */
  LANYARD_PAGE_PASSES,       /* staff: day passes: give, take back, load */
  LANYARD_PAGE_VERIFY,       /* staff: is this badge good? nothing is recorded */
  LANYARD_PAGE_CONSENT,      /* do you agree to this? */
  LANYARD_PAGE_PORTRAIT,     /* a photo for your badge: look into the camera */
  LANYARD_PAGE_TEAM,         /* staff: one person collects for a team */
  LANYARD_PAGE_DELEGATION,   /* collect for your team: whose badges, and what became of them */
  LANYARD_PAGE_PREPARING,    /* before the desk is open: an update is under way */
} LanyardPage;

/* A short calm message over the page, such as "This code is not for this event". */
typedef enum
{
  LANYARD_NOTICE_NONE = 0,
  LANYARD_NOTICE_FOREIGN_CODE, /* not one of ours */
  LANYARD_NOTICE_OTHER_EVENT,
  LANYARD_NOTICE_EXPIRED_CODE,
  LANYARD_NOTICE_BAD_SIGNATURE, /* altered or signed by nobody we know */
  LANYARD_NOTICE_VOID_BADGE,    /* on the negative list */
  LANYARD_NOTICE_WRONG_BADGE,   /* at scan-back: another badge */
  LANYARD_NOTICE_TYPING_ERROR,  /* a number whose check character is wrong */
  LANYARD_NOTICE_BUSY,          /* somebody else is being served: wait */
  LANYARD_NOTICE_WRONG_PIN,
  LANYARD_NOTICE_LOCKED_OUT,
  LANYARD_NOTICE_DOCUMENT_UNCLEAR, /* it was not read well: show it again */
  LANYARD_NOTICE_DOCUMENT_UNKNOWN, /* nobody in the directory has this document */
  LANYARD_NOTICE_CODE_FIRST,       /* a document says nothing here before a code was shown */
  LANYARD_NOTICE_TYPING_LOCKED,    /* too many numbers were tried: show a code, or wait */
  LANYARD_NOTICE_TYPING_OFF,       /* here a number, typed or in a barcode, is for staff */
  LANYARD_NOTICE_STAFF_ONLY,       /* somebody has to sign in for this */
  LANYARD_NOTICE_NOT_POSSIBLE,     /* this desk cannot do this, or not with this badge or person */
  LANYARD_NOTICE_STAFF_NUMBER,     /* several may sign in: a PIN alone does not say who it is */
  LANYARD_NOTICE_SECOND_PERSON,    /* another member of staff has to agree, with number and PIN */
  LANYARD_NOTICE_BADGE_VOIDED,     /* done: this badge is void from now on */
  LANYARD_NOTICE_CARDS_NOTED,      /* what staff said of cards is recorded */
  LANYARD_NOTICE_PRINTER_CHOSEN,   /* new badges go to another printer */
  LANYARD_NOTICE_SHIFT_OPEN,       /* no close: badges are printing, or questions are open */
  LANYARD_NOTICE_SHIFT_DIFFERS,    /* no close: a printer counted something else; say why */
  LANYARD_NOTICE_SHIFT_CLOSED,
  LANYARD_NOTICE_SUPERVISOR_ONLY, /* staff who are none cannot do this */
  LANYARD_NOTICE_NO_SIGN_IN,      /* nobody can sign in while this desk cannot keep records */
  LANYARD_NOTICE_SEAL_MISSING,    /* the card needs a seal, and its number */
  LANYARD_NOTICE_SEAL_WRONG,      /* this is no number of a seal of this event */
  LANYARD_NOTICE_SEAL_USED,       /* it is on another card */
  LANYARD_NOTICE_DOCUMENT_FIRST,  /* the document is to be looked at before the seal */
  LANYARD_NOTICE_POOL_EMPTY,      /* no pass of this pool is left here */
  LANYARD_NOTICE_HOST_LIMIT,      /* the host has had its passes of the day, or none was chosen */
  LANYARD_NOTICE_PASS_UNKNOWN,    /* no pass of this desk has this number */
  LANYARD_NOTICE_PASS_OUT,        /* it is out already, or not given again */
  LANYARD_NOTICE_NAME_MISSING,    /* a pass that is printed needs a name */
  LANYARD_NOTICE_PASS_HANDED,     /* done: it may be handed over */
  LANYARD_NOTICE_PASS_BACK,       /* done: it came back */
  LANYARD_NOTICE_POOL_CHANGED,    /* done: loaded, or taken out */
  LANYARD_NOTICE_RESOLVED,        /* done: which of several badges stays is decided */
  LANYARD_NOTICE_NOTE_KEPT,       /* done: what was written about a person is kept */
  LANYARD_NOTICE_PHOTO_KEPT,      /* done: the photo that was taken is kept */
  LANYARD_NOTICE_CONSENT_NOTED,   /* done: what a person said to a consent is recorded */
  LANYARD_NOTICE_HANDED_ON,       /* done: the person waits for a supervisor */
  LANYARD_NOTICE_NO_DOCUMENT,     /* a document is asked for, and this code is none */
  LANYARD_NOTICE_NOT_STAFF,       /* signing in: this is no badge of somebody who works here */
  LANYARD_NOTICE_PREPARING,       /* PREPARING: a code was shown, and there is no desk yet */
} LanyardNotice;

/* What is heard of a scan, by everybody near: never whether somebody may have a badge. */
typedef enum
{
  LANYARD_TONE_NONE = 0,
  LANYARD_TONE_READ,        /* it was read, and something came of it */
  LANYARD_TONE_TURNED_AWAY, /* it was read, and is not what is wanted: a notice says why */
} LanyardTone;

/*
 * All that the window needs to draw itself, at one moment. Immutable, reference counted, made by
 * the desk's thread and handed to the screen's. Carries personal data: wiped when the last
 * reference goes.
 */
typedef struct
{
  LanyardPage page;
  guint64 generation; /* raised at each change */
  guint64 question; /* raised when something else is asked, or somebody else; never 0. What a person
                       answers carries it: see lanyard_desk_input() */
  LanyardMode mode;
  gboolean staff_signed_in;
  char *language; /* (nullable): BCP 47 taken from the invitation or chosen */
  LanyardNotice notice;
  guint64 notice_generation; /* the same notice again has a higher one */
  LanyardTone tone;          /* of the last scan from which something followed */
  guint64 tone_generation;   /* raised with each */

  LanyardPickupState state;
  LanyardEntry *entry;     /* (nullable): the person being served; on REFUSED only validity and
                              venues, with empty names, unless staff are signed in */
  GBytes *photo;           /* (nullable): JPEG or PNG */
  LanyardVerdict verdict;  /* unless staff are signed in, without reasons that are private */
  char *serial;            /* (nullable) */
  char *ticket;            /* (nullable): short number for the help desk on REFUSED */
  guint wait_minutes;      /* with a ticket: until it is their turn, about; 0: not known */
  LanyardPrintState print; /* PRINTING; ATTENTION: the printer's word on serial; 0: none */
  LanyardPrintFault fault; /* PRINTING, ATTENTION: why it stands; OUT_OF_ORDER: why */
  char *code;              /* (nullable): OUT_OF_ORDER: short code such as "P20"; STAFF: nobody is
                              known yet */
  char *problem;           /* (nullable): one sentence for staff */
  char *printer;       /* (nullable): with fault: name of the printer, where there are several */
  char *other_printer; /* (nullable): with fault: another one of this desk that is ready */
  gint64 deadline_us;  /* monotonic: when the person is wiped; 0: never */
  GPtrArray
      *questions; /* (element-type LanyardPickup) (nullable): ATTENTION and STAFF, oldest first */
  gboolean can_issue; /* staff page: the verdict allows staff to issue */

  gboolean asks_staff_number; /* several may sign in: their number is needed beside the PIN */
  gboolean takes_staff_badge; /* somebody's badge says their staff number */
  char *badge_staff;          /* (nullable): staff number of the badge that was shown to sign in */
  /* while staff are signed in */
  char *staff_number;        /* (nullable): who is */
  gboolean staff_supervisor; /* and whether they are a supervisor */
  char *badge_serial;        /* (nullable): staff page: the badge that was shown, or is out */
  gboolean can_reissue;      /* staff page: that badge may be voided and made anew */
  gboolean can_void;         /* staff page: that badge may be voided */
  gboolean
      can_take_photo; /* staff page: there is no photo of the person, or one that was taken here */
  gboolean can_resolve; /* staff page: it may be decided which of several badges stays */
  char *decided;     /* (nullable): staff page: the badge that stays, as was decided here and is not
                        known elsewhere yet */
  GHashTable *words; /* (element-type utf8 LanyardPrintReport) (nullable): with questions: what
                        the printer says of each, by serial */
  char *card; /* (nullable): VALIDATE: serial of the pre-valid card; DONE: that was validated */
  char *seal; /* (nullable): VALIDATE: that was scanned; DONE: of the card */
  LanyardDocumentVerdict document; /* VALIDATE: what came of the document that was shown */
  gboolean can_validate;           /* VALIDATE: all but the seal is there */
  gboolean compared; /* STAFF and VALIDATE: a scanner read a document; comparison is of it */
  LanyardDocumentComparison comparison; /* that document beside entry, field by field */
  GPtrArray *pools;        /* (element-type LanyardPool) (nullable): PASSES, in the pack's order */
  char *pass;              /* (nullable): PASSES: number of the pass that was shown */
  char *pass_pool;         /* (nullable): PASSES: and its pool, when it is this desk's */
  LanyardChecked *checked; /* (nullable): VERIFY: what was scanned */
  LanyardTeam *team;       /* (nullable): TEAM and DELEGATION, and while its badges are printed */
  gboolean collects;       /* CONFIRM: "yes" may lead to DELEGATION, and prints nothing yet */
  GPtrArray *consents; /* (element-type LanyardConsentAnswer) (nullable): CONSENT and STAFF: what
                          the person is asked for, in the pack's order */
  char *consent; /* (nullable): CONSENT: id of the one that is asked; STAFF: that is missing */
} LanyardView;

LanyardView *lanyard_view_new (LanyardPage page);
/* For the window when lanyard_desk_open() failed. Returns: (transfer full): OUT_OF_ORDER with a
 * code and the sentence of @error */
LanyardView *lanyard_view_new_out_of_order (const GError *error);
LanyardView *lanyard_view_ref (LanyardView *view);
void lanyard_view_unref (LanyardView *view);
/* "confirm" (transfer none) */
const char *lanyard_page_to_string (LanyardPage page);

/* The pill and health: what is true of the desk whoever stands before it. A value. */
typedef struct
{
  LanyardLinkStatus link;
  LanyardPrintFault printer_fault;
  char *scanner_fault; /* (nullable): one sentence */
  guint64 directory_size;
  gboolean index_ready;       /* name search is complete */
  gboolean badges_ready;      /* the first badge takes no longer than any other */
  guint questions;            /* unanswered print questions */
  gboolean negative_list_old; /* past the warning age */
  LanyardStock *stock;        /* (nullable): printers and cards; before the journal was read */
  char *backup_problem;       /* (nullable): one sentence: there was no good backup for too long */
  guint64 day_version;        /* another one: the day's list would be another one too */
  guint64 waiting_version;    /* another one: somebody else waits, or more of the past is known */
} LanyardDeskStatus;

void lanyard_desk_status_copy_into (LanyardDeskStatus *to, const LanyardDeskStatus *from);
void lanyard_desk_status_clear (LanyardDeskStatus *status);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardView, lanyard_view_unref)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LanyardDeskStatus, lanyard_desk_status_clear)

G_END_DECLS
