/*
 * zones - marks in a text that say whose words follow
 *
 * Works on the lines of what was written by hand or program as the mail's own
 * text: quotes, forwarded mails, signatures, whois output, disclaimers.
 */
#pragma once
#include "value/fact.h"

#define ZONES_OWN_LINES                                                                            \
    4 /* of a mail that is nothing but a forward: at most so many own lines ... */
#define ZONES_OWN_BYTES 400 /* ... and bytes */
#define ZONES_SIGNATURE_LINES 15

typedef struct Mark {
    Span text; /* the line without quote marks */
    guint part, number;
    gboolean quoted; /* behind "> " or below the head of a forwarded mail */
    gboolean
        head; /* "On ... wrote:", "-----Original Message-----", the From/Sent/To lines under it */
    gboolean
        pasted; /* a mail with its transport header, pasted into the text: as if it were attached */
    gboolean blank;
    Zone zone;
} Mark;

/* Sets text, quoted, head, pasted and blank of the lines of one part, whose text they hold whole.
 */
void zones_find_quotes (Mark *marks, guint n);

/* TRUE when all but a few lines of the mail are quoted: then the quote is the complaint. */
gboolean zones_is_forward (const Mark *marks, guint n);

/* "On 17/03/2026 14:12, A. Smith wrote:", with its colon there or at the end of the next line. */
gboolean zones_is_attribution (Span line, Span next);

/* Sets zone. */
void zones_assign (Mark *marks, guint n, gboolean forward);
