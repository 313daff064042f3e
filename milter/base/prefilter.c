#include "base/prefilter.h"
#include "base/fold.h"
#include "base/literals.h"
#include <stdlib.h>

#define N_SLOTS (1u << 15)
#define NOBODY G_MAXUINT
#define BYTES_A_HIT 4 /* of a text for which there is room for one hit */
#define HITS_MIN 64
#define CALL_COST                                                                                  \
    60 /* starting PCRE2 costs as much as so many bytes of trying where a match begins */

typedef struct Literal {
    const char *text; /* folded */
    guint len;
    guint next;   /* another one whose first three bytes share the slot, or NOBODY */
    GArray *sets; /* of guint: the sets it is in; set 2n and 2n + 1 are regex n's */
} Literal;

typedef struct Needed { /* a set of a regex */
    GArray *literals;   /* of guint; NULL: there is no such set */
    Reach reach;
} Needed;

struct Prefilter {
    guint n_regexes, n_always;
    guint8 *met; /* bits: sets that need nothing */
    Needed *sets;
    GArray *literals;          /* of Literal */
    GPtrArray *texts;          /* own them */
    guint8 taken[N_SLOTS / 8]; /* bits: fits the first-level cache, and most bytes end here */
    guint first[N_SLOTS];
};

typedef struct Hit {
    guint32 at;     /* in the text */
    guint32 before; /* the same literal's hit before, counted from 1; 0: there is none */
} Hit;

struct Scan {
    const Prefilter *prefilter;
    Arena *arena;
    Span text;
    guint8 *met;   /* bits by set */
    guint32 *last; /* by literal: its last hit, counted from 1 */
    Hit *hits;
    guint n_hits, room;
    gboolean placeless; /* folding moved bytes, or there are too many hits: where they are is not
                           known */
    gboolean measured;
    Runs runs;
};

/* Three folded bytes; five bits of each tell letters apart. */
static guint
slot_of (const char *p)
{
    const guchar *b = (const guchar *)p;

    return ((b[0] & 31u) << 10 | (b[1] & 31u) << 5 | (b[2] & 31u)) ^ ((b[0] & 0x80u) << 7);
}

static void
set_bit (guint8 *bits, guint i)
{
    bits[i / 8] |= (guint8)(1u << i % 8);
}

static Literal *
find_literal (Prefilter *f, const char *text)
{
    for (guint i = f->first[slot_of (text)]; i != NOBODY;) {
        Literal *l = &g_array_index (f->literals, Literal, i);

        if (strcmp (l->text, text) == 0)
            return l;
        i = l->next;
    }
    return NULL;
}

static void
add_literal (Prefilter *f, char *text, guint set) /* takes the text */
{
    Literal *known = find_literal (f, text);
    guint slot = slot_of (text), number;
    Literal fresh = { text, (guint)strlen (text), f->first[slot], NULL };

    g_ptr_array_add (f->texts, text);
    if (known == NULL) {
        fresh.sets = g_array_new (FALSE, FALSE, sizeof (guint));
        f->first[slot] = f->literals->len;
        set_bit (f->taken, slot);
        g_array_append_val (f->literals, fresh);
        known = &g_array_index (f->literals, Literal, f->literals->len - 1);
    }
    number = (guint)(known - &g_array_index (f->literals, Literal, 0));
    g_array_append_val (known->sets, set);
    g_array_append_val (f->sets[set].literals, number);
}

static void
add_set (Prefilter *f, LiteralSet literals, guint set)
{
    if (literals.texts == NULL) { /* a set that there is not is met from the start */
        set_bit (f->met, set);
        return;
    }
    f->sets[set].literals = g_array_new (FALSE, FALSE, sizeof (guint));
    f->sets[set].reach = literals.reach;
    for (guint i = 0; literals.texts[i] != NULL; i++)
        add_literal (f, literals.texts[i], set);
    g_free (literals.texts);
}

static void
add_regex (Prefilter *f, const char *regex, guint number)
{
    LiteralSet sets[2];

    regex_literals (regex, sets);
    f->n_always += sets[0].texts == NULL;
    add_set (f, sets[0], 2 * number);
    add_set (f, sets[1], 2 * number + 1);
}

static gsize
met_bytes (const Prefilter *f)
{
    return f->n_regexes / 4 + 1;
}

Prefilter *
prefilter_new (const char *const *regexes, guint n)
{
    Prefilter *f = g_new0 (Prefilter, 1);

    f->n_regexes = n;
    f->met = g_malloc0 (met_bytes (f));
    f->sets = g_new0 (Needed, 2 * n);
    f->literals = g_array_new (FALSE, FALSE, sizeof (Literal));
    f->texts = g_ptr_array_new_with_free_func (g_free);
    for (guint i = 0; i < N_SLOTS; i++)
        f->first[i] = NOBODY;
    for (guint i = 0; i < n; i++)
        add_regex (f, regexes[i], i);
    return f;
}

void
prefilter_free (Prefilter *f)
{
    if (f == NULL)
        return;
    for (guint i = 0; i < f->literals->len; i++)
        g_array_unref (g_array_index (f->literals, Literal, i).sets);
    for (guint i = 0; i < 2 * f->n_regexes; i++)
        if (f->sets[i].literals != NULL)
            g_array_unref (f->sets[i].literals);
    g_array_unref (f->literals);
    g_free (f->sets);
    g_ptr_array_unref (f->texts);
    g_free (f->met);
    g_free (f);
}

guint
prefilter_always (const Prefilter *f)
{
    return f->n_always;
}

static void
hit (Scan *s, guint literal, guint32 at)
{
    const Prefilter *f = s->prefilter;
    const GArray *sets = g_array_index (f->literals, Literal, literal).sets;
    guint32 *last = &s->last[literal];

    for (guint i = 0; *last == 0 && i < sets->len; i++)
        set_bit (s->met, g_array_index (sets, guint, i));
    if (s->n_hits == s->room) {
        s->placeless = TRUE;
        *last = 1;
        return;
    }
    s->hits[s->n_hits] = (Hit) { at, *last };
    *last = ++s->n_hits;
}

static void
look (Scan *s, guint slot, const char *p, const char *end, guint32 at)
{
    const Prefilter *f = s->prefilter;

    for (guint i = f->first[slot]; i != NOBODY;) {
        const Literal *l = &g_array_index (f->literals, Literal, i);

        if ((gsize)(end - p) >= l->len && memcmp (p, l->text, l->len) == 0)
            hit (s, i, at);
        i = l->next;
    }
}

static void
find_all (Scan *s, Span folded)
{
    const Prefilter *f = s->prefilter;

    for (const char *p = folded.p; folded.end - p >= LITERAL_MIN_BYTES; p++) {
        guint slot = slot_of (p);

        if (f->taken[slot / 8] >> slot % 8 & 1)
            look (s, slot, p, folded.end, (guint32)(p - folded.p));
    }
}

Scan *
prefilter_scan (const Prefilter *f, Arena *arena, Span text)
{
    gsize n = span_left (text);
    Scan *s = arena_new0 (arena, Scan, 1);
    char *folded = arena_alloc (arena, n);
    guint room = (guint)MIN (n / BYTES_A_HIT + HITS_MIN, G_MAXUINT32);
    Span all;

    if (s == NULL || folded == NULL)
        return NULL;
    *s = (Scan) { .prefilter = f, .arena = arena, .text = text, .room = room };
    s->met = arena_alloc (arena, met_bytes (f));
    s->last = arena_new0 (arena, guint32, f->literals->len);
    s->hits = arena_new0 (arena, Hit, room);
    if (s->met == NULL || s->last == NULL || s->hits == NULL)
        return NULL;
    memcpy (s->met, f->met, met_bytes (f));
    all = (Span) { folded, folded + fold_text (text, folded) };
    s->placeless = span_left (all) != n || n > G_MAXUINT32; /* what is folded is never longer */
    find_all (s, all);
    return s;
}

gboolean
scan_has (const Scan *s, guint regex)
{
    return (s->met[regex / 4] >> regex % 4 * 2 & 3) == 3; /* two sets of literals, both met */
}

static gsize
reach_here (Scan *s, Reach reach)
{
    if (!s->measured)
        runs_measure (s->text, &s->runs);
    s->measured = TRUE;
    return reach_bytes (reach, &s->runs);
}

static guint
count_hits (const Scan *s, const Needed *set)
{
    guint n = 0;

    for (guint i = 0; i < set->literals->len; i++)
        for (guint h = s->last[g_array_index (set->literals, guint, i)]; h != 0;
             h = s->hits[h - 1].before)
            n++;
    return n;
}

static int
compare_places (const void *a, const void *b)
{
    guint32 x = *(const guint32 *)a, y = *(const guint32 *)b;

    return x < y ? -1 : x > y;
}

static const guint32 *
places (const Scan *s, const Needed *set, guint n)
{
    guint32 *ret = arena_new0 (s->arena, guint32, n);
    guint k = n;

    if (ret == NULL)
        return NULL;
    for (guint i = 0; i < set->literals->len; i++)
        for (guint h = s->last[g_array_index (set->literals, guint, i)]; h != 0;
             h = s->hits[h - 1].before)
            ret[--k] = s->hits[h - 1].at;
    if (n > 1)
        qsort (ret, n, sizeof *ret, compare_places);
    return ret;
}

/* By the set whose literals leave the fewest places, when they are fewer than the text has. */
void
scan_starts (Scan *s, guint regex, Starts *ret)
{
    const Needed *best = NULL;
    gsize best_cost = span_left (s->text);

    *ret = (Starts) { .text = s->text };
    for (guint i = 2 * regex; i < 2 * regex + 2 && !s->placeless; i++) {
        const Needed *set = &s->prefilter->sets[i];
        gsize reach, cost;
        guint n;

        if (set->literals == NULL || set->reach.endless)
            continue;
        reach = reach_here (s, set->reach);
        n = count_hits (s, set);
        cost = n * (reach + CALL_COST);
        if (cost >= best_cost)
            continue;
        best = set;
        best_cost = cost;
        ret->reach = reach;
        ret->n = n;
    }
    if (best != NULL)
        ret->literals = places (s, best, ret->n);
}

static gsize
char_start (Span text, gsize at)
{
    while (at > 0 && ((guchar)text.p[at] & 0xc0) == 0x80)
        at--;
    return at;
}

gboolean
starts_next (Starts *s, Span *ret)
{
    gsize from, to;

    if (s->literals == NULL) {
        *ret = s->text;
        return s->next++ == 0;
    }
    if (s->next == s->n)
        return FALSE;
    to = s->literals[s->next++];
    from = to > s->reach ? char_start (s->text, to - s->reach) : 0;
    while (s->next < s->n && s->literals[s->next] <= to + s->reach + 1)
        to = s->literals[s->next++];
    *ret = (Span) { s->text.p + from, s->text.p + to };
    return TRUE;
}
