#include "base/prefilter_tables.h"

/* How seldom a byte stands in a mail, in steps. */
static guint
rarity (char c)
{
    static const char seldom_last[] = " etaoinsrhldcum.0123456789:-fpgwybvkxjqz";
    const char *at = memchr (seldom_last, c, sizeof seldom_last - 1);

    return at != NULL ? (guint)(at - seldom_last) : sizeof seldom_last / 2;
}

/* Where in a literal the bytes stand that the fewest places of a text have. */
static guint
rarest_window (const char *text, guint len)
{
    guint best = 0, best_rarity = 0;

    for (guint at = 0; at + WINDOW_BYTES <= len; at++) {
        guint sum = rarity (text[at]) + rarity (text[at + 1]) + rarity (text[at + 2]);

        if (sum > best_rarity) {
            best = at;
            best_rarity = sum;
        }
    }
    return best;
}

static guint
find_literal (const Prefilter *f, guint bucket, const char *text)
{
    guint i = f->first[bucket];

    while (i != NOBODY && strcmp (g_array_index (f->literals, Literal, i).text, text) != 0)
        i = g_array_index (f->keys, Key, i).next;
    return i;
}

static void
add_literal (Prefilter *f, char *text, guint set) /* takes the text */
{
    Literal fresh = { .text = text, .len = (guint)strlen (text) };
    char window[WINDOW_ROOM] = "";
    guint bucket, number;
    Key key = { .kinds = 0 };

    fresh.at = rarest_window (text, fresh.len);
    memcpy (window, text + fresh.at, WINDOW_BYTES);
    key.window = window_of (window);
    bucket = bucket_of (key.window);
    number = find_literal (f, bucket, text);
    g_ptr_array_add (f->texts, text);
    if (number == NOBODY) {
        key.next = f->first[bucket];
        fresh.sets = g_array_new (FALSE, FALSE, sizeof (guint));
        number = f->first[bucket] = f->literals->len;
        g_array_append_val (f->literals, fresh);
        g_array_append_val (f->keys, key);
    }
    key.kinds = f->kinds != NULL ? f->kinds[set / 2] : 1;
    g_array_index (f->keys, Key, number).kinds |= key.kinds;
    for (guint kind = 0; kind < PREFILTER_MAX_KINDS; kind++)
        if ((key.kinds & 1u << kind) != 0)
            set_bit (f->taken[kind], slot_of (key.window));
    g_array_append_val (g_array_index (f->literals, Literal, number).sets, set);
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
    f->keys = g_array_new (FALSE, FALSE, sizeof (Key));
    f->texts = g_ptr_array_new_with_free_func (g_free);
    for (guint i = 0; i < G_N_ELEMENTS (f->first); i++)
        f->first[i] = NOBODY;
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
    g_array_unref (f->keys);
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
