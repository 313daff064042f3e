/*
 * message - one mail as plain values, before anything is understood
 *
 * Made by read/intake; everything lives in the message's arena.  All text is
 * valid UTF-8 with LF line ends and no NUL, whatever the mail said; what could
 * not be decoded is U+FFFD and a defect.  Strange mail is not an error: it is
 * recorded in `defects' and the mail goes on.
 */
#pragma once
#include "base/arena.h"
#include "base/budget.h"

typedef struct Header {
    const char *name;  /* as spelled */
    const char *value; /* unfolded, RFC 2047 words decoded, trimmed */
} Header;

/* A moment in a header: Date, Arrival-Date. */
typedef struct Moment {
    gboolean known;
    gint64 unix_s; /* UTC seconds */
    gboolean
        has_zone;  /* FALSE when the zone was missing or unreadable: unix_s then takes it as UTC */
    gint offset_s; /* the zone it was written in, seconds east of UTC */
} Moment;

typedef enum PartKind {
    PART_TEXT,      /* what the sender wrote: text/plain, or text/html made into text */
    PART_REPORT,    /* a machine-readable report: message/feedback-report, delivery-status, X-ARF
                       fields */
    PART_DATA,      /* an attachment with text in it: csv, json, xml, log, txt */
    PART_MAIL_HEAD, /* the header of an attached mail (message/rfc822, text/rfc822-headers) */
    PART_MAIL_TEXT, /* its text */
    PART_OPAQUE     /* images, PDF, signatures, encrypted: `text' is empty */
} PartKind;

typedef struct Part {
    guint number; /* from 1, in the order of the mail; 0 is the mail's own header */
    guint depth;  /* nesting of multiparts and messages around it */
    guint mail;   /* 0: of the mail itself; else the number of the PART_MAIL_HEAD it belongs to */
    PartKind kind;
    const char *type;     /* what it is, sniffed: "text/csv"; lower case */
    const char *declared; /* what it says it is; lower case */
    const char *name;     /* file name, UTF-8, no path; NULL when absent */
    Span text;
    const Header *headers; /* of PART_MAIL_HEAD: the attached mail's header fields */
    guint n_headers;
    gboolean spare; /* the same text stands in another part (multipart/alternative): read it
                       only for what that one lacks; empty where that one is long */
} Part;

typedef struct Message {
    Arena *arena;
    Budget *budget; /* of time, while the mail is read and judged; NULL: no end */
    const Header *headers; /* in the order of the mail */
    guint n_headers;
    const char *subject;      /* "" when absent, like all below */
    const char *from_address; /* addr-spec of the first From mailbox, as spelled */
    const char *from_name;    /* its display name */
    const char *reply_to;     /* addr-spec of the first Reply-To mailbox */
    const char *message_id;   /* without the angle brackets */
    Moment date;
    const Part *parts;
    guint n_parts;
    gsize bytes;                 /* size of the raw mail */
    LIST (const char *) defects; /* sentences, without a full stop */
    guint bounds;                /* how many of them tell of a limit that was reached */
} Message;

#define LIMIT_DEFECTS 64

/* The first header of that name (ASCII case), or NULL. */
const char *message_header (const Message *m, const char *name);
const char *header_find (const Header *headers, guint n, const char *name);

/* Record something strange about the mail; the same sentence is kept once, at most LIMIT_DEFECTS.
 */
void message_defect (Message *m, const char *format, ...) G_GNUC_PRINTF (2, 3);
void message_bound (Message *m, const char *format, ...) G_GNUC_PRINTF (2, 3); /* the same, of a limit that was reached */

const Part *message_part (const Message *m, guint number); /* NULL when there is none */
