#include "base/ulid.h"
#include <string.h>

#define TIME_CHARS 10 /* 50 bits for the 48 of the time: the first character is at most '7' */

static const char alphabet[] = ULID_ALPHABET;

void
ulid_make (gint64 unix_ms, const guint8 random[10], char ret[ULID_LEN + 1])
{
    guint64 ms = (guint64)CLAMP (unix_ms, 0, (G_GINT64_CONSTANT (1) << 48) - 1);

    for (int i = TIME_CHARS - 1; i >= 0; i--, ms >>= 5)
        ret[i] = alphabet[ms & 31];
    for (guint i = 0; i < ULID_LEN - TIME_CHARS; i++) { /* 16 times five bits */
        guint bit = i * 5, byte = bit / 8;
        guint pair = (guint)random[byte] << 8 | (byte + 1 < 10 ? random[byte + 1] : 0);

        ret[TIME_CHARS + i] = alphabet[pair >> (11 - bit % 8) & 31];
    }
    ret[ULID_LEN] = '\0';
}

static int
digit_value (char c)
{
    const char *at = c != '\0' ? strchr (alphabet, c) : NULL;

    return at != NULL ? (int)(at - alphabet) : -1;
}

gboolean
ulid_valid (const char *text)
{
    guint n = 0;

    while (n < ULID_LEN && digit_value (text[n]) >= 0)
        n++;
    return n == ULID_LEN && text[n] == '\0' && text[0] <= '7';
}

gint64
ulid_unix_ms (const char *text)
{
    gint64 ms = 0;

    if (!ulid_valid (text))
        return -1;
    for (guint i = 0; i < TIME_CHARS; i++)
        ms = ms << 5 | digit_value (text[i]);
    return ms;
}
