/*
 * parts - a decoded leaf of a mail becomes a Part
 *
 * What intake.c hands over has its transfer encoding undone; here its nature
 * is sniffed, its charset undone, its text made.  No GMime.
 */
#pragma once
#include "read/sniff.h"
#include "value/message.h"

typedef struct Leaf {
    const char *declared; /* lower case */
    const char *name;     /* file name or NULL */
    const char *charset;  /* declared or NULL */
    gboolean attachment;  /* its disposition says so, or it has a name and is not the first text */
    gboolean headers;     /* text/rfc822-headers */
} Leaf;

#define PARTS_NONE G_MAXUINT

typedef struct Parts Parts;

struct Parts {
    Message *message;
    LIST (Part) list;
    Arena *scratch;    /* for what is needed only while reading */
    gsize text_left;   /* of INTAKE_MAX_TEXT */
    guint depth, mail; /* of what is being read now */
    guint alternative; /* where the parts of the multipart/alternative around begin; PARTS_NONE */
    gboolean full;     /* INTAKE_MAX_PARTS reached and said */
    void (*read_mail) (Parts *ps, const Leaf *leaf, Span mail); /* intake's: it takes GMime */
};

/* The next part, numbered; NULL when there are too many. */
Part *parts_add (Parts *ps, PartKind kind, const Leaf *leaf, const char *type);

/* A leaf that is to be kept without its text. */
void parts_opaque (Parts *ps, const Leaf *leaf, Sniffed what);

/* A leaf with text in it: NATURE_TEXT or NATURE_HTML.  HTML beside a full plain text is spare and
 * not even made into text: that is most of what reading such a mail costs. */
void parts_text (Parts *ps, const Leaf *leaf, Sniffed what, Span bytes);

/* Of the parts from `first' on, which came from one multipart/alternative: all texts but the best
 * one are spare. */
void parts_alternative (Parts *ps, guint first);

/* At the end: is there anything to read at all? */
void parts_finish (Parts *ps);

/* File name without its path, as UTF-8 on one line; NULL when nothing is left. */
const char *parts_file_name (Arena *arena, const char *name);
