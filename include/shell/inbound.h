/*
 * inbound - one mail as the MTA hands it over, piece by piece
 *
 * Collects the raw bytes (header fields rebuilt as "Name:value\r\n", then the
 * body as sent) up to the settings' message_limit_bytes, the envelope, whether
 * a recipient is watched, and every header field that pretends to be ours.  It
 * holds the snapshot of Knowledge that was current at MAIL FROM.
 */
#pragma once
#include "know/knowledge.h"

#define INBOUND_MAX_ENVELOPE 4096 /* bytes of the recipients' list as logged; then "..." */

typedef struct Forged {
    char *name;  /* as spelled */
    guint index; /* from 1, among the fields of that name in any case: what smfi_chgheader wants */
} Forged;

typedef struct Inbound {
    Knowledge *know;
    char *sender;        /* without angle brackets; "" for bounces */
    GString *recipients; /* joined by ", " */
    gboolean watched;
    GByteArray *raw;
    gboolean cut;        /* there was more than message_limit_bytes */
    GArray *forged;      /* of Forged, in the order of the mail */
    GHashTable *counts;  /* private: lower-case name -> how many so far */
} Inbound;

Inbound *inbound_new (Knowledge *know, const char *sender); /* takes a reference that it is given */
void     inbound_free (Inbound *in);                        /* NULL is fine */

/* `rewritten' is what the MTA made of the address, or NULL: either may be the watched one. */
void inbound_recipient (Inbound *in, const char *address, const char *rewritten);

/* `value' with LF between folded lines, with the blank after the colon when the MTA sent it. */
void inbound_header (Inbound *in, const char *name, const char *value, gboolean leading_space);
void inbound_end_of_headers (Inbound *in);

/* FALSE: it holds all that will be read, the rest need not be sent. */
gboolean inbound_body (Inbound *in, const guint8 *bytes, gsize n);

Span inbound_bytes (const Inbound *in);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Inbound, inbound_free)
