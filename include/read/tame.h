/*
 * tame - what no mail has, cut before GMime sees it
 *
 * GMime reads parameters and address lists of any length, at a microsecond a
 * dozen bytes: 25 MB of them would take seconds.  And it makes objects of some
 * hundred bytes, or a part of more than a thousand, from half a dozen bytes of a mail,
 * before anybody can say that these are too many: of 4 MB, 800.  So a mail ends
 * where its lines that may be a boundary or a header field, or the pieces of its
 * structured fields, pass what is read of a mail at most.  Only mails above
 * TAME_FROM_BYTES are looked at; smaller ones cannot hold so much.
 */
#pragma once
#include "base/span.h"

#define TAME_FROM_BYTES (64 * 1024)
#define TAME_FIELD_BYTES (64 * 1024)    /* of one field, folds included */
#define TAME_HEADER_BYTES (1024 * 1024) /* of the mail's whole header */
#define TAME_BOUNDARIES 5000            /* lines that begin with "--" */
#define TAME_FIELDS 50000               /* lines that begin as a header field does */
#define TAME_PIECES 20000               /* between the `;' and `,' of fields that GMime takes apart */

typedef struct TameNote {
    gboolean cut;   /* fields were too long */
    gboolean ended; /* there were too many: the rest is gone */
} TameNote;

/* NULL when nothing had to be cut; else the mail without what was too much. */
GString *tame_mail (Span mail, TameNote *ret_note);
