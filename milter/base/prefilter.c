#include "base/literals.h"
#include "base/prefilter_tables.h"

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
