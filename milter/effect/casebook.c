#include "effect/casebook.h"

#define MAX_CANDIDATES 64

typedef struct Entry {
    CaseSeen seen;
    GArray *keys; /* of guint64 */
    GList link;   /* in `order' */
} Entry;

struct CaseBook {
    guint64 seed;
    GHashTable *by_id;  /* the entry's own seen.id -> Entry */
    GHashTable *by_key; /* guint64 * -> Entry */
    GQueue order;       /* the case that was used last is last */
};

static void
entry_free (gpointer data)
{
    Entry *e = data;

    g_array_unref (e->keys);
    g_free (e);
}

CaseBook *
casebook_new (guint64 seed)
{
    CaseBook *b = g_new0 (CaseBook, 1);

    b->seed = seed;
    b->by_id = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, entry_free);
    b->by_key = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
    g_queue_init (&b->order);
    return b;
}

void
casebook_free (CaseBook *b)
{
    if (b == NULL)
        return;
    g_hash_table_unref (b->by_key);
    g_hash_table_unref (b->by_id);
    g_free (b);
}

/* Keys: what a report and a case may have in common.  Each leads to one case. */

typedef struct Key {
    guint64 hash;
    CaseTie tie;
} Key;

static guint64
offender_key (const CaseFacts *f, guint64 offender)
{
    guint64 key = case_mix (case_mix (offender, f->scenario), CASE_OFFENDER);

    return f->reporter_matters ? case_mix (key, f->reporter) : key;
}

static guint
keys_of (const CaseFacts *f, Key *ret, gboolean with_networks)
{
    guint n = 0;

    for (guint i = 0; i < f->n_thread; i++)
        ret[n++] = (Key) { case_mix (f->thread[i], CASE_THREAD),
                           i == 0 && f->has_id ? CASE_COPY : CASE_THREAD };
    for (guint i = 0; i < f->n_moments; i++)
        ret[n++] = (Key) { case_mix (f->moments[i], CASE_MOMENT), CASE_MOMENT };
    for (guint i = 0; i < f->n_offenders; i++)
        ret[n++] = (Key) { offender_key (f, f->offenders[i]), CASE_OFFENDER };
    for (guint i = 0; with_networks && i < f->n_networks; i++)
        ret[n++] = (Key) { offender_key (f, f->networks[i]), CASE_OFFENDER };
    if (f->n_offenders == 0)
        ret[n++] = (Key) { case_mix (case_mix (f->subject, f->scenario),
                                     case_mix (f->reporter, CASE_SUBJECT)),
                           CASE_SUBJECT };
    return n;
}

#define MAX_KEYS                                                                                   \
    (G_N_ELEMENTS (((CaseFacts *)0)->thread) + CASE_MAX_MOMENTS + CASE_MAX_OFFENDERS +             \
     G_N_ELEMENTS (((CaseFacts *)0)->networks) + 1)

static void
forget (CaseBook *b, Entry *e)
{
    for (guint i = 0; i < e->keys->len; i++) {
        const guint64 *key = &g_array_index (e->keys, guint64, i);

        if (g_hash_table_lookup (b->by_key, key) == e)
            g_hash_table_remove (b->by_key, key);
    }
    g_queue_unlink (&b->order, &e->link);
    g_hash_table_remove (b->by_id, e->seen.id);
}

/* newest: it takes the place of the one that was not used for the longest time.  NULL: no place. */
static Entry *
entry_for (CaseBook *b, const char *id, gboolean newest)
{
    Entry *e = g_hash_table_lookup (b->by_id, id);

    if (e != NULL)
        return e;
    if (b->order.length >= CASEBOOK_MAX_CASES) {
        if (!newest)
            return NULL;
        forget (b, b->order.head->data);
    }
    e = g_new0 (Entry, 1);
    g_strlcpy (e->seen.id, id, sizeof e->seen.id);
    e->keys = g_array_new (FALSE, FALSE, sizeof (guint64));
    e->link.data = e;
    if (newest)
        g_queue_push_tail_link (&b->order, &e->link);
    else
        g_queue_push_head_link (&b->order, &e->link);
    g_hash_table_insert (b->by_id, e->seen.id, e);
    return e;
}

/* newest: it takes over what others have in common with it. */
static void
add_keys (CaseBook *b, Entry *e, const CaseFacts *f, gboolean newest)
{
    Key keys[MAX_KEYS];
    guint n = keys_of (f, keys, FALSE);

    for (guint i = 0; i < n && e->keys->len < CASEBOOK_MAX_KEYS; i++) {
        const Entry *there = g_hash_table_lookup (b->by_key, &keys[i].hash);

        if (there == e || (there != NULL && !newest))
            continue;
        g_array_append_val (e->keys, keys[i].hash);
        g_hash_table_insert (b->by_key, g_memdup2 (&keys[i].hash, sizeof keys[i].hash), e);
    }
}

static guint
candidates_of (CaseBook *b, const CaseFacts *f, CaseCandidate *ret)
{
    Key keys[MAX_KEYS];
    guint n_keys = keys_of (f, keys, TRUE), n = 0;

    for (guint i = 0; i < n_keys && n < MAX_CANDIDATES; i++) {
        const Entry *e = g_hash_table_lookup (b->by_key, &keys[i].hash);

        if (e != NULL)
            ret[n++] = (CaseCandidate) { &e->seen, keys[i].tie };
    }
    return n;
}

static void
use (CaseBook *b, Entry *e)
{
    g_queue_unlink (&b->order, &e->link);
    g_queue_push_tail_link (&b->order, &e->link);
}

gboolean
casebook_fold (CaseBook *b, LogRow *row)
{
    CaseCandidate candidates[MAX_CANDIDATES];
    CaseFacts facts;
    Entry *e;
    gint chosen;

    case_facts (row, b->seed, &facts);
    chosen = case_choose (&facts, candidates, candidates_of (b, &facts, candidates));
    if (chosen < 0 && !facts.complaint)
        return FALSE;
    e = entry_for (b, chosen >= 0 ? candidates[chosen].seen->id : row->id, TRUE);
    row->case_id = arena_strdup (row->arena, e->seen.id);
    row->follow_up = chosen >= 0 && candidates[chosen].tie == CASE_THREAD && facts.complaint;
    e->seen.closed = e->seen.closed && !row->follow_up;
    case_add (&e->seen, &facts);
    add_keys (b, e, &facts, TRUE);
    use (b, e);
    return chosen >= 0;
}

void
casebook_learn (CaseBook *b, const LogRow *row)
{
    CaseFacts facts;
    Entry *e;

    if (row->case_id == NULL || !ulid_valid (row->case_id))
        return;
    case_facts (row, b->seed, &facts);
    e = entry_for (b, row->case_id, FALSE);
    if (e == NULL)
        return;
    case_add (&e->seen, &facts);
    add_keys (b, e, &facts, FALSE);
}

gboolean
casebook_knows (const CaseBook *b, const char *case_id)
{
    return g_hash_table_contains (b->by_id, case_id);
}

void
casebook_close_case (CaseBook *b, const char *case_id, gboolean closed)
{
    Entry *e = g_hash_table_lookup (b->by_id, case_id);

    if (e != NULL)
        e->seen.closed = closed;
}

guint
casebook_size (const CaseBook *b)
{
    return b->order.length;
}
