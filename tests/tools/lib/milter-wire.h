/*
 * milter-wire - the MTA's side of the milter protocol, version 6, for tests
 *
 * Packets are a length of four bytes (network order), a command byte and its
 * data.  Commands gather in `out' and are sent when a reply is wanted, as
 * Postfix does.
 */
#pragma once
#include <glib.h>

#define WIRE_ALL_ACTIONS 0x1ff
#define WIRE_ALL_STEPS 0x1fffff
#define WIRE_CHUNK 65535

enum { /* the protocol flags that a client minds */
       WIRE_NO_BODY = 0x10,
       WIRE_NO_HEADERS = 0x20,
       WIRE_NO_EOH = 0x40,
       WIRE_NR_HEADER = 0x80,
       WIRE_NO_DATA = 0x200,
       WIRE_SKIP = 0x400,
       WIRE_NR_MAIL = 0x4000,
       WIRE_NR_RCPT = 0x8000,
       WIRE_NR_DATA = 0x10000,
       WIRE_NR_EOH = 0x40000,
       WIRE_NR_BODY = 0x80000,
       WIRE_LEADING_SPACE = 0x100000
};

typedef struct Wire {
    int fd;
    guint32 version, actions, steps; /* agreed on */
    GByteArray *out, *in;            /* `in': the data of the packet read last */
    guint slow_bytes, slow_ms;       /* write so many bytes, wait, and so on; 0: at once */
    guint timeout_s;
    const char *trouble; /* why the last read or write failed */
} Wire;

typedef struct WireHeader {
    char *name, *value; /* value: what follows the colon, LF between folded lines */
} WireHeader;

typedef struct WireMail {
    GArray *headers;  /* of WireHeader */
    GByteArray *body; /* CRLF */
} WireMail;

Wire *wire_new (void);
void wire_free (Wire *w);
gboolean wire_connect (Wire *w, const char *listen, GError **error);
void wire_close (Wire *w);

void wire_packet (Wire *w, char command, const void *data, gsize n);
void wire_text (Wire *w, char command, const char *text); /* with its NUL */
void wire_macro (Wire *w, char command, const char *name, const char *value);
void wire_header (Wire *w, const WireHeader *h);
gboolean wire_flush (Wire *w);
int wire_read (Wire *w); /* the command byte; -1: see `trouble' */

gboolean wire_negotiate (Wire *w, guint32 version, guint32 actions, guint32 steps);

const char *wire_reply_name (int command); /* "continue", "accept", ... */
gboolean wire_is_edit (int command);

WireMail *wire_mail_read (const char *path, GError **error);
