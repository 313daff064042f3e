/*
 * draft - a mail of ours that a person may send: never sent by us
 *
 * draft_text() is the second door to GMime: it makes the RFC 5322 text, with LF
 * line ends, encoded words (RFC 2047) where a header is not ASCII, and the body as it
 * stands, in UTF-8 (8bit) where it is not ASCII.  A sender's text
 * cannot become a header line: fields are cleaned, and addresses that are not
 * plain are left out.
 */
#pragma once
#include "base/arena.h"

#define DRAFT_MAX_REFERENCES 20

typedef struct Draft {
    const char *from_address, *from_name; /* name NULL: none */
    const char *to_address, *to_name;     /* address NULL: there is none to write to */
    const char *subject;                  /* UTF-8, one line */
    gint64 date_unix_s;
    const char *message_id;               /* without angle brackets, like all here */
    const char *in_reply_to;              /* NULL: none */
    const char *references[DRAFT_MAX_REFERENCES + 1]; /* the oldest first; NULL-terminated */
    const char *language;                 /* RFC 5646 tag */
    const char *body;                     /* UTF-8, LF, lines of at most 998 bytes */
} Draft;

char *draft_text (const Draft *d); /* g_free() it */

gboolean draft_good_message_id (const char *id);
