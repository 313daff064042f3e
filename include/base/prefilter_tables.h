/*
 * prefilter_tables - what a Prefilter is made of, for prefilter and scan only
 */
#pragma once
#include "base/literals.h"
#include "base/prefilter.h"

#define SLOT_BITS 15
#define BUCKET_BITS 12
#define WINDOW_BYTES LITERAL_MIN_BYTES /* of a literal, that its slot is told by */
#define WINDOW_ROOM 4                  /* bytes that must be there to read a window */
#define NOBODY G_MAXUINT32

typedef struct Literal {
    const char *text; /* folded */
    guint len, at; /* where its window stands in it */
    GArray *sets;  /* of guint: the sets it is in; set 2n and 2n + 1 are regex n's */
} Literal;

typedef struct Key { /* of a literal; small, for they are walked at many places of a text */
    guint32 window;  /* its rarest bytes, see window_of() */
    guint32 next;    /* another one of the same bucket, or NOBODY */
    guint32 kinds;   /* of the regexes that it is of */
} Key;

typedef struct Needed { /* a set of a regex */
    GArray *literals;   /* of guint; NULL: there is no such set */
    Reach reach;
} Needed;

struct Prefilter {
    guint n_regexes, n_always;
    const guint *kinds; /* by regex, while it is made */
    guint64 *met;       /* bits by set: those that need nothing */
    Needed *sets;
    GArray *literals; /* of Literal */
    GArray *keys;     /* of Key, by literal */
    GPtrArray *texts; /* own them */
    /* bits by kind of text: nearly all places end here */
    guint64 taken[PREFILTER_MAX_KINDS][(1 << SLOT_BITS) / 64];
    guint32 first[1 << BUCKET_BITS]; /* of the literals of a bucket, or NOBODY */
};

/* The WINDOW_BYTES bytes at p, behind which are WINDOW_ROOM, as a number. */
static inline guint32
window_of (const char *p)
{
    guint32 window;

    memcpy (&window, p, sizeof window);
    return GUINT32_FROM_LE (window) & 0xffffff;
}

static inline guint
slot_of (guint32 window)
{
    return window * 2654435761u >> (32 - SLOT_BITS);
}

static inline guint
bucket_of (guint32 window)
{
    return slot_of (window) >> (SLOT_BITS - BUCKET_BITS);
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
