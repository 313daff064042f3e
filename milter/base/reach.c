#include "base/reach.h"
#include "base/eight.h"

#define UTF8_MAX 4
#define RUN_STEP 16 /* shorter runs are not told apart */

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

/* The run of a kind around `at', in bytes; `until' is where it ends. */
static gsize
run_around (Span text, const char *at, guint kind, const char **ret_until)
{
    const char *p = at, *end = at;

    while (end < text.end && (kinds_of_byte ((guchar)*end) & kind) != 0)
        end++;
    while (end > at && p > text.p && (kinds_of_byte ((guchar)p[-1]) & kind) != 0)
        p--;
    *ret_until = end;
    return (gsize)(end - p);
}

/* A run of RUN_STEP bytes and more stands at one of the places that are that far from each other.
 */
static gsize
longest_run (Span text, guint kind)
{
    gsize longest = RUN_STEP - 1;

    for (gsize i = RUN_STEP - 1; i < span_left (text);) {
        const char *until;

        longest = MAX (longest, run_around (text, text.p + i, kind, &until));
        i = MAX (i, (gsize)(until - text.p)) + RUN_STEP;
    }
    return longest;
}

gsize
runs_longest (Runs *runs, RunKind kind)
{
    if (runs->longest[kind] == 0)
        runs->longest[kind] = longest_run (runs->text, 1u << kind);
    return runs->longest[kind];
}

void
runs_begin (Runs *runs, Span text)
{
    const char *p = text.p;
    guint64 all = 0;

    for (; text.end - p >= 8; p += 8)
        all |= eight_at (p);
    for (; p < text.end; p++)
        all |= (guchar)*p;
    *runs = (Runs) { .text = text, .ascii = (all & EIGHT_TOPS) == 0 };
}

gsize
reach_bytes (Reach r, Runs *runs)
{
    gsize n = (gsize)r.chars * (runs->ascii ? 1 : UTF8_MAX);

    if (r.endless)
        return G_MAXSIZE;
    for (guint i = 0; i < N_RUN_KINDS; i++)
        if (r.runs[i] > 0)
            n += r.runs[i] * runs_longest (runs, i);
    return n;
}
