/* A text searched for the literals of a Prefilter, and where its regexes may match. */
#include "base/fold.h"
#include "base/prefilter_tables.h"
#include <stdlib.h>

#define BYTES_A_HIT 4 /* of a text for which there is room for one hit */
#define HITS_MIN 64
/* Starting PCRE2 costs as much as so many bytes of trying where a match begins. */
#define CALL_COST 60

typedef struct Hit {
    guint32 at;     /* in the text */
    guint32 before; /* the same literal's hit before, counted from 1; 0: there is none */
} Hit;

typedef struct Places {
    guint32 *at;
    guint n;
    gsize reach; /* bytes before them where a match may begin */
} Places;

struct Scan {
    const Prefilter *prefilter;
    Arena *arena;
    guint kind;
    Span text;
    guint64 *met;  /* bits by set */
    guint32 *last; /* by literal: its last hit, counted from 1 */
    Hit *hits;
    guint n_hits, room;
    gboolean placeless; /* where hits are is not known: folding moved bytes, or they are too many */
    Runs runs;
    Places places[2]; /* of the regex asked for last, by set */
};

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

/* Most differ at once. */
static inline gboolean
same_bytes (const char *a, const char *b, gsize n)
{
    while (n > 0 && *a == *b) {
        a++;
        b++;
        n--;
    }
    return n == 0;
}

static inline gboolean
stands_at (const Literal *l, const char *window, Span folded)
{
    return (gsize)(window - folded.p) >= l->at && (gsize)(folded.end - window) >= l->len - l->at &&
           (l->len == WINDOW_BYTES || same_bytes (window - l->at, l->text, l->len));
}

static void
look (Scan *s, guint32 window, const char *p, Span folded)
{
    const Prefilter *f = s->prefilter;
    const Key *keys = (const Key *)(gpointer)f->keys->data, *key;

    for (guint i = f->first[bucket_of (window)]; i != NOBODY; i = key->next) {
        const Literal *l = &g_array_index (f->literals, Literal, i);

        key = &keys[i];
        if (key->window == window && (key->kinds & 1u << s->kind) != 0 && stands_at (l, p, folded))
            hit (s, i, (guint32)(p - folded.p) - l->at);
    }
}

/* Behind the end are WINDOW_ROOM zeros. */
static void
find_all (Scan *s, Span folded)
{
    const guint64 *taken = s->prefilter->taken[s->kind];

    for (const char *p = folded.p; p < folded.end; p++) {
        guint32 window = window_of (p);

        if (has_bit (taken, slot_of (window)))
            look (s, window, p, folded);
    }
}

Scan *
prefilter_scan (const Prefilter *f, Arena *arena, guint kind, Span text)
{
    gsize n = span_left (text);
    Scan *s = arena_new0 (arena, Scan, 1);
    char *folded = arena_alloc (arena, n + WINDOW_ROOM);
    guint room = (guint)MIN (n / BYTES_A_HIT + HITS_MIN, G_MAXUINT32);
    Span all;

    if (s == NULL || folded == NULL)
        return NULL;
    *s = (Scan) { .prefilter = f, .arena = arena, .kind = kind, .text = text, .room = room };
    s->met = arena_new0 (arena, guint64, met_words (f));
    s->last = arena_new0 (arena, guint32, f->literals->len);
    s->hits = arena_new0 (arena, Hit, room);
    if (s->met == NULL || s->last == NULL || s->hits == NULL)
        return NULL;
    runs_begin (&s->runs, text);
    memcpy (s->met, f->met, met_words (f) * sizeof *s->met);
    all = (Span) { folded, folded + fold_text (text, folded) };
    memset (folded + span_left (all), 0, WINDOW_ROOM);
    s->placeless = span_left (all) != n || n > G_MAXUINT32; /* folded, it is never longer */
    find_all (s, all);
    return s;
}

guint
scan_next (const Scan *s, guint from, guint end)
{
    const guint regexes = 32; /* of one word of bits: two sets each, both to be met */

    for (guint i = from; i < end; i += regexes - i % regexes) {
        guint64 met = s->met[i / regexes] >> i % regexes * 2;
        guint64 both = met & met >> 1 & G_GUINT64_CONSTANT (0x5555555555555555);

        if (both != 0)
            return MIN (i + (guint)__builtin_ctzll (both) / 2, end);
    }
    return end;
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

/* Where a set's literals stand, first to last: each literal's hits lead from its last to its first.
 */
static gboolean
find_places (Scan *s, const Needed *set, Places *ret)
{
    gboolean sorted = TRUE;
    guint k;

    if (set->literals == NULL || set->reach.endless)
        return FALSE;
    ret->reach = reach_bytes (set->reach, &s->runs);
    ret->n = k = count_hits (s, set);
    if (ret->at == NULL)
        ret->at = arena_new0 (s->arena, guint32, s->n_hits);
    if (ret->at == NULL)
        return FALSE;
    for (guint i = 0; i < set->literals->len; i++)
        for (guint h = s->last[g_array_index (set->literals, guint, i)]; h != 0;
             h = s->hits[h - 1].before) {
            ret->at[--k] = s->hits[h - 1].at;
            sorted = sorted && (k + 1 == ret->n || ret->at[k] <= ret->at[k + 1]);
        }
    if (!sorted)
        qsort (ret->at, ret->n, sizeof *ret->at, compare_places);
    return TRUE;
}

static gsize
cost_of (const Places *p)
{
    return p->n * (p->reach + CALL_COST);
}

/* Of one match, both begin at most their reach behind its start. */
static void
keep_near (Places *p, const Places *others)
{
    guint kept = 0, k = 0;

    for (guint i = 0; i < p->n; i++) {
        gsize at = p->at[i];

        while (k < others->n && others->at[k] + p->reach < at)
            k++;
        if (k < others->n && others->at[k] <= at + others->reach)
            p->at[kept++] = p->at[i];
    }
    p->n = kept;
}

/* By the set whose literals leave the fewer places, and of them those with one of the other's near.
 */
void
scan_starts (Scan *s, guint regex, Starts *ret)
{
    const Needed *sets = &s->prefilter->sets[2 * regex];
    gboolean useful = !s->placeless && span_left (s->text) > CALL_COST;
    gboolean first = useful && find_places (s, &sets[0], &s->places[0]);
    gboolean second = useful && find_places (s, &sets[1], &s->places[1]);
    guint best = second && (!first || cost_of (&s->places[1]) < cost_of (&s->places[0]));
    Places *p = &s->places[best];

    *ret = (Starts) { .text = s->text };
    if (first && second)
        keep_near (p, &s->places[1 - best]);
    if ((!first && !second) || cost_of (p) >= span_left (s->text))
        return;
    ret->literals = p->at;
    ret->n = p->n;
    ret->reach = p->reach;
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
