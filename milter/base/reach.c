#include "base/reach.h"

#define UTF8_MAX 4

Reach
reach_chars (guint n)
{
    return n <= REACH_MAX_CHARS ? (Reach) { .chars = n } : reach_endless ();
}

Reach
reach_run (RunKind kind)
{
    Reach r = { .runs = { 0 } };

    r.runs[kind] = 1;
    return r;
}

Reach
reach_endless (void)
{
    return (Reach) { .endless = TRUE };
}

static Reach
bounded (Reach r)
{
    gboolean far = r.endless || r.chars > REACH_MAX_CHARS;

    for (guint i = 0; i < N_RUN_KINDS; i++)
        far = far || r.runs[i] > REACH_MAX_RUNS;
    return far ? reach_endless () : r;
}

Reach
reach_after (Reach a, Reach b)
{
    a.endless = a.endless || b.endless;
    a.chars += b.chars;
    for (guint i = 0; i < N_RUN_KINDS; i++)
        a.runs[i] += b.runs[i];
    return bounded (a);
}

Reach
reach_either (Reach a, Reach b)
{
    a.endless = a.endless || b.endless;
    a.chars = MAX (a.chars, b.chars);
    for (guint i = 0; i < N_RUN_KINDS; i++)
        a.runs[i] = MAX (a.runs[i], b.runs[i]);
    return bounded (a);
}

Reach
reach_times (Reach r, guint n)
{
    n = MIN (n, REACH_MAX_CHARS + 1);
    r.chars *= n;
    for (guint i = 0; i < N_RUN_KINDS; i++)
        r.runs[i] *= n;
    return bounded (r);
}

#define BLANK (1u << RUN_BLANKS)
#define GAP (1u << RUN_GAPS)
#define WORD (1u << RUN_WORDS)

/* The kinds of runs that a byte may continue.  All that are not ASCII may be anything, but for the
 * first bytes of scripts that are letters throughout (Cyrillic to U+047F, Han from U+5000 to
 * U+8FFF), and of those that hold no blank. */
static guint
kinds_of_byte (guchar c)
{
    if (g_ascii_isalnum ((char)c) || c == '_')
        return WORD;
    if (c < 0x80)
        return g_ascii_isspace ((char)c) || c == '\v' ? BLANK | GAP : GAP;
    if (c == 0xd0 || c == 0xd1 || (c >= 0xe5 && c <= 0xe8))
        return WORD;
    if (c >= 0xc0 && c != 0xc2 && (c < 0xe1 || c > 0xe3))
        return WORD | GAP;
    return WORD | GAP | BLANK;
}

void
runs_measure (Span text, Runs *ret)
{
    guint8 kinds[256];
    gsize run[N_RUN_KINDS] = { 0 };
    guchar all = 0;

    *ret = (Runs) { 0 };
    for (guint c = 0; c < 256; c++)
        kinds[c] = (guint8)kinds_of_byte ((guchar)c);
    for (const char *p = text.p; p < text.end; p++) {
        guint kind = kinds[(guchar)*p];

        all |= (guchar)*p;
        for (guint i = 0; i < N_RUN_KINDS; i++) {
            run[i] = kind >> i & 1 ? run[i] + 1 : 0;
            ret->longest[i] = MAX (ret->longest[i], run[i]);
        }
    }
    ret->ascii = all < 0x80;
}

gsize
reach_bytes (Reach r, const Runs *runs)
{
    gsize n = (gsize)r.chars * (runs->ascii ? 1 : UTF8_MAX);

    if (r.endless)
        return G_MAXSIZE;
    for (guint i = 0; i < N_RUN_KINDS; i++)
        n += r.runs[i] * runs->longest[i];
    return n;
}
