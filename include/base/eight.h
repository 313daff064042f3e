/*
 * eight - eight bytes of a text looked at together
 *
 * What runs over every byte of every mail: answers are the top bits of the bytes
 * asked for, exact for all bytes; the first byte of the text is the lowest.
 */
#pragma once
#include <glib.h>
#include <string.h>

#define EIGHT(c) (G_GUINT64_CONSTANT (0x0101010101010101) * (guint64)(c)) /* of the same byte */
#define EIGHT_TOPS EIGHT (0x80)

static inline guint64
eight_at (const char *p)
{
    guint64 x;

    memcpy (&x, p, sizeof x);
    return GUINT64_FROM_LE (x);
}

static inline guint64
eight_equal (guint64 x, char c) /* ASCII */
{
    return ~(((x & ~EIGHT_TOPS) ^ EIGHT (c)) + EIGHT (0x7f)) & ~x & EIGHT_TOPS;
}

/* Seven bits plus 0x80 - n have the top bit exactly when they are n or more. */
static inline guint64
eight_between (guint64 x, char from, char to) /* ASCII, `to' included */
{
    guint64 low = x & ~EIGHT_TOPS;

    return (low + EIGHT (0x80 - from)) & ~(low + EIGHT (0x80 - to - 1)) & ~x & EIGHT_TOPS;
}

static inline guint64
eight_lower (guint64 x) /* ASCII letters; the rest stays */
{
    return x | eight_between (x, 'A', 'Z') >> 2;
}

static inline gsize
eight_first (guint64 hits) /* the place of the first; there is one */
{
    return (gsize)__builtin_ctzll (hits) / 8;
}
