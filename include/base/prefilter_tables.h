/*
 * prefilter_tables - what a Prefilter is made of, for prefilter and scan only
 */
#pragma once
#include "base/prefilter.h"
#include "base/reach.h"

#define SLOT_BITS 15
#define HEAD_BYTES 4 /* of a literal, that its slot is told by */
#define NOBODY G_MAXUINT

typedef struct Literal {
    const char *text; /* folded */
    guint len;
    guint32 head; /* its first bytes, see head_of() */
    guint next;   /* another one of the same slot, or NOBODY */
    guint kinds;  /* of the regexes that it is of */
    GArray *sets; /* of guint: the sets it is in; set 2n and 2n + 1 are regex n's */
} Literal;

typedef struct Needed { /* a set of a regex */
    GArray *literals;   /* of guint; NULL: there is no such set */
    Reach reach;
} Needed;

typedef struct Table { /* of literals by their heads */
    guint32 mask;      /* the bytes that make a head */
    /* bits by kind of text: nearly all places end here */
    guint64 taken[PREFILTER_MAX_KINDS][(1 << SLOT_BITS) / 64];
    guint first[1 << SLOT_BITS];
} Table;

struct Prefilter {
    guint n_regexes, n_always;
    const guint *kinds; /* by regex, while it is made */
    guint64 *met;       /* bits by set: those that need nothing */
    Needed *sets;
    GArray *literals;    /* of Literal */
    GPtrArray *texts;    /* own them */
    Table heads, shorts; /* by HEAD_BYTES bytes; those that have fewer, by LITERAL_MIN_BYTES */
};

/* The bytes at p, of which there are HEAD_BYTES, as a number. */
static inline guint32
head_of (const char *p)
{
    guint32 head;

    memcpy (&head, p, HEAD_BYTES);
    return head;
}

static inline guint
slot_of (guint32 head)
{
    return head * 2654435761u >> (32 - SLOT_BITS);
}

static inline void
set_bit (guint64 *bits, guint i)
{
    bits[i / 64] |= G_GUINT64_CONSTANT (1) << i % 64;
}

static inline gboolean
has_bit (const guint64 *bits, guint i)
{
    return bits[i / 64] >> i % 64 & 1;
}

/* The bits by set, two a regex. */
static inline gsize
met_words (const Prefilter *f)
{
    return 2 * f->n_regexes / 64 + 1;
}
