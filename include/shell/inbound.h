/*
 * inbound - one mail as the MTA hands it over, piece by piece
 *
 * Collects the raw bytes (header fields rebuilt as "Name:value\r\n", then the
 * body as sent) up to the settings' message_limit_bytes and as far as the ration
 * has memory for them, the envelope, whether a recipient is watched, and every
 * header field that pretends to be ours.  It holds the snapshot of Knowledge
 * that was current at MAIL FROM.
 */
#pragma once
#include "know/knowledge.h"
#include "shell/ration.h"

#define INBOUND_MAX_ENVELOPE 4096  /* bytes of the recipients' list as logged; then "..." */
#define INBOUND_MAX_RECIPIENTS 100 /* watched ones that are remembered one by one */

#define INBOUND_MAX_FORGED 1000    /* distinct names beside those that we use ourselves */

typedef struct Forged {
    char *name;  /* as spelled first, without blanks */
    guint count; /* of the fields of that name in any case */
} Forged;

typedef struct Inbound {
    Knowledge *know;
    Ration *ration;
    char *sender;        /* without angle brackets; "" for bounces */
    GString *recipients; /* joined by ", " */
    gboolean watched;
    GPtrArray *watched_as; /* the watched recipients, each as the MTA wrote it */
    char *subject;         /* of the first Subject field, as it came; NULL: none */
    GByteArray *raw;
    gsize held;     /* of the ration, for `raw' */
    gboolean cut;   /* there was more than message_limit_bytes, or than memory */
    gboolean short_of_memory; /* others held it for longer than a mail waits */
    guint wait_left_ms; /* of max_wait: for memory, and for its turn */
    GArray *forged;          /* of Forged */
    GHashTable *forged_at;   /* private: lower-case name -> its place there, from 1 */
} Inbound;

/* Takes the reference to `know' that it is given; `ration' outlives it. */
Inbound *inbound_new (Knowledge *know, Ration *ration, const char *sender);
void     inbound_free (Inbound *in); /* NULL is fine */

/* `rewritten' is what the MTA made of the address, or NULL: either may be the watched one. */
void inbound_recipient (Inbound *in, const char *address, const char *rewritten);

/* `value' with LF between folded lines, with the blank after the colon when the MTA sent it. */
void inbound_header (Inbound *in, const char *name, const char *value, gboolean leading_space);
void inbound_end_of_headers (Inbound *in);

/* FALSE: it holds all that will be read, the rest need not be sent. */
gboolean inbound_body (Inbound *in, const guint8 *bytes, gsize n);

Span inbound_bytes (const Inbound *in);
void inbound_forget_bytes (Inbound *in); /* once nobody needs them any more */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Inbound, inbound_free)
