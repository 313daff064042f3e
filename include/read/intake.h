/*
 * intake - bytes become a Message
 *
 * The door to GMime.  Walks any nesting of multiparts and attached mails,
 * undoes transfer encodings and charsets (a declared charset that does not fit
 * is replaced by one that does, and said so), makes text of HTML, sniffs what a
 * part is instead of trusting its type, reads through inline PGP signatures
 * (RFC 4880 7: dash escapes undone), records what it cannot read.
 *
 * An archive's members become parts behind the archive's own, a workbook's sheets
 * one PART_DATA of tab-separated rows.
 *
 * Never fails: whatever the bytes are, a Message comes back with what could be
 * read and the defects.  All memory but GMime's own is in `arena'; GMime's is
 * released before the return.  Thread-safe after intake_init().
 */
#pragma once
#include "value/message.h"

#define INTAKE_MAX_PARTS 500
#define INTAKE_MAX_DEPTH 20            /* multiparts and messages around a part */
#define INTAKE_MAX_HEADERS 1000        /* of one mail */
#define INTAKE_MAX_HEADER_BYTES 8192   /* of one value, as kept */
#define INTAKE_MAX_TEXT (4 * 1024 * 1024)  /* decoded text of all parts */
#define INTAKE_MAX_PART_TEXT (1024 * 1024) /* decoded text of one part */

void     intake_init (void); /* once, before threads */
Message *intake_read (Arena *arena, Span mail);
Message *intake_read_within (Arena *arena, Budget *budget, Span mail); /* the budget becomes the message's */

/* A raw Date, Arrival-Date, ... value by RFC 5322 (obsolete forms too). */
Moment   intake_moment (const char *value);
