#include "base/prefilter.h"
#include "base/fold.h"
#include "base/literals.h"
#include <stdlib.h>

#define SLOT_BITS 15
#define HEAD_BYTES 4 /* of a literal, that its slot is told by */
#define NOBODY G_MAXUINT
#define BYTES_A_HIT 4 /* of a text for which there is room for one hit */
#define HITS_MIN 64
#define CALL_COST                                                                                  \
    60 /* starting PCRE2 costs as much as so many bytes of trying where a match begins */

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
    guint64 taken[PREFILTER_MAX_KINDS]
                 [(1 << SLOT_BITS) / 64]; /* bits: nearly all places end here */
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
    gboolean
        placeless; /* folding moved bytes, or hits are too many: it is not known where they are */
    Runs runs;
    Places places[2]; /* of the regex asked for last, by set */
};

/* The bytes at p, of which there are HEAD_BYTES, as a number. */
static guint32
head_of (const char *p)
{
    guint32 head;

    memcpy (&head, p, HEAD_BYTES);
    return head;
}

static guint
slot_of (guint32 head)
{
    return head * 2654435761u >> (32 - SLOT_BITS);
}

static void
set_bit (guint64 *bits, guint i)
{
    bits[i / 64] |= G_GUINT64_CONSTANT (1) << i % 64;
}

static gboolean
has_bit (const guint64 *bits, guint i)
{
    return bits[i / 64] >> i % 64 & 1;
}

static void
init_table (Table *t, guint bytes)
{
    memset (&t->mask, 0xff, bytes);
    for (guint i = 0; i < G_N_ELEMENTS (t->first); i++)
        t->first[i] = NOBODY;
}

static guint
find_literal (const Prefilter *f, const Table *t, guint32 head, const char *text)
{
    guint i = t->first[slot_of (head)];

    while (i != NOBODY && strcmp (g_array_index (f->literals, Literal, i).text, text) != 0)
        i = g_array_index (f->literals, Literal, i).next;
    return i;
}

static void
add_literal (Prefilter *f, char *text, guint set) /* takes the text */
{
    char start[HEAD_BYTES + 1] = "";
    gsize len = g_strlcpy (start, text, sizeof start);
    Table *t = len < HEAD_BYTES ? &f->shorts : &f->heads;
    guint32 head = head_of (start);
    guint number = find_literal (f, t, head, text);
    Literal *l;

    g_ptr_array_add (f->texts, text);
    if (number == NOBODY) {
        Literal fresh = { .text = text, .len = (guint)len, .head = head };

        fresh.next = t->first[slot_of (head)];
        fresh.sets = g_array_new (FALSE, FALSE, sizeof (guint));
        number = t->first[slot_of (head)] = f->literals->len;
        g_array_append_val (f->literals, fresh);
    }
    l = &g_array_index (f->literals, Literal, number);
    l->kinds |= f->kinds != NULL ? f->kinds[set / 2] : 1;
    for (guint kind = 0; kind < PREFILTER_MAX_KINDS; kind++)
        if ((l->kinds & 1u << kind) != 0)
            set_bit (t->taken[kind], slot_of (head));
    g_array_append_val (l->sets, set);
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
met_words (const Prefilter *f)
{
    return 2 * f->n_regexes / 64 + 1;
}

Prefilter *
prefilter_new (const char *const *regexes, const guint *kinds, guint n)
{
    Prefilter *f = g_new0 (Prefilter, 1);

    f->n_regexes = n;
    f->kinds = kinds;
    f->met = g_new0 (guint64, met_words (f));
    f->sets = g_new0 (Needed, 2 * n);
    f->literals = g_array_new (FALSE, FALSE, sizeof (Literal));
    f->texts = g_ptr_array_new_with_free_func (g_free);
    init_table (&f->heads, HEAD_BYTES);
    init_table (&f->shorts, LITERAL_MIN_BYTES);
    for (guint i = 0; i < n; i++)
        add_regex (f, regexes[i], i);
    f->kinds = NULL;
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

/* Its head does already. */
static gboolean
stands_at (const Literal *l, const char *p, const char *end)
{
    if ((gsize)(end - p) < l->len)
        return FALSE;
    return l->len <= HEAD_BYTES ||
           memcmp (p + HEAD_BYTES, l->text + HEAD_BYTES, l->len - HEAD_BYTES) == 0;
}

static void
look (Scan *s, const Table *t, guint32 head, const char *p, Span folded)
{
    const Prefilter *f = s->prefilter;

    for (guint i = t->first[slot_of (head)]; i != NOBODY;) {
        const Literal *l = &g_array_index (f->literals, Literal, i);

        if (l->head == head && (l->kinds & 1u << s->kind) != 0 && stands_at (l, p, folded.end))
            hit (s, i, (guint32)(p - folded.p));
        i = l->next;
    }
}

/* Behind the end are HEAD_BYTES zeros. */
static void
find_all (Scan *s, Span folded)
{
    const Table *heads = &s->prefilter->heads, *shorts = &s->prefilter->shorts;
    const guint64 *taken = heads->taken[s->kind], *short_taken = shorts->taken[s->kind];

    for (const char *p = folded.p; p < folded.end; p++) {
        guint32 head = head_of (p), brief = head & shorts->mask;

        if (has_bit (taken, slot_of (head)))
            look (s, heads, head, p, folded);
        if (has_bit (short_taken, slot_of (brief)))
            look (s, shorts, brief, p, folded);
    }
}

Scan *
prefilter_scan (const Prefilter *f, Arena *arena, guint kind, Span text)
{
    gsize n = span_left (text);
    Scan *s = arena_new0 (arena, Scan, 1);
    char *folded = arena_alloc (arena, n + HEAD_BYTES);
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
    memset (folded + span_left (all), 0, HEAD_BYTES);
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

/* Where a set's literals stand, first to last. */
static gboolean
find_places (Scan *s, const Needed *set, Places *ret)
{
    guint k = 0;

    if (set->literals == NULL || set->reach.endless)
        return FALSE;
    ret->reach = reach_bytes (set->reach, &s->runs);
    ret->n = count_hits (s, set);
    if (ret->at == NULL)
        ret->at = arena_new0 (s->arena, guint32, s->n_hits);
    if (ret->at == NULL)
        return FALSE;
    for (guint i = 0; i < set->literals->len; i++)
        for (guint h = s->last[g_array_index (set->literals, guint, i)]; h != 0;
             h = s->hits[h - 1].before)
            ret->at[k++] = s->hits[h - 1].at;
    if (k > 1)
        qsort (ret->at, k, sizeof *ret->at, compare_places);
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
    gboolean first = !s->placeless && find_places (s, &sets[0], &s->places[0]);
    gboolean second = !s->placeless && find_places (s, &sets[1], &s->places[1]);
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
