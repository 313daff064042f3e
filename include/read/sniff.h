/*
 * sniff - what bytes are, whatever they were declared to be
 */
#pragma once
#include "base/span.h"

#define SNIFF_BYTES 4096 /* at the start are looked at */

typedef enum Nature {
    NATURE_TEXT,
    NATURE_HTML,
    NATURE_MAIL,    /* a mail or its header: for attachments only, prose may begin like one */
    NATURE_ARCHIVE, /* zip, gzip, tar */
    NATURE_ENCRYPTED,
    NATURE_OPAQUE /* images, PDF, signatures, keys, programs */
} Nature;

typedef struct Sniffed {
    Nature nature;
    const char *type; /* static or `declared' */
} Sniffed;

/* `bytes' are decoded from their transfer encoding; `declared' is lower case, `name' may be NULL.
 */
Sniffed sniff (Span bytes, const char *declared, const char *name);

/* Begins with at least three header lines of a mail (RFC 5322 2.2), after an mbox "From " line or
 * not. */
gboolean sniff_is_mail (Span text);

/* The fields of X-ARF's second part: "Reported-From:" and another at the start of lines. */
gboolean sniff_is_xarf (Span text);

/* One run of base64 and nothing else, as a part encoded twice is after one decoding. */
gboolean sniff_is_base64 (Span bytes);
