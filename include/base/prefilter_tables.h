/*
 * prefilter_tables - what a Prefilter is made of, for prefilter and scan only
 */
#pragma once
#include "base/literals.h"
#include "base/prefilter.h"

#define SLOT_BITS 15
#define WINDOW_BYTES LITERAL_MIN_BYTES /* of a literal, that its slot is told by */
#define WINDOW_ROOM 4                  /* bytes that must be there to read a window */
#define NOBODY G_MAXUINT

typedef struct Literal {
    const char *text; /* folded */
    guint len;
    guint window, at; /* its rarest bytes, see window_of(), and where they stand in it */
    guint next;       /* another one of the same slot, or NOBODY */
    guint kinds;      /* of the regexes that it is of */
    GArray *sets;     /* of guint: the sets it is in; set 2n and 2n + 1 are regex n's */
} Literal;

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
    GPtrArray *texts; /* own them */
    /* bits by kind of text: nearly all places end here */
    guint64 taken[PREFILTER_MAX_KINDS][(1 << SLOT_BITS) / 64];
    guint first[1 << SLOT_BITS]; /* of the literals of a slot, or NOBODY */
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
