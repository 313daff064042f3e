#include "base/prefilter.h"
#include "base/fold.h"
#include "base/literals.h"

#define N_SLOTS (1u << 15)
#define NOBODY G_MAXUINT

typedef struct Literal {
    const char *text; /* folded */
    guint len;
    guint next;   /* another one whose first three bytes share the slot, or NOBODY */
    GArray *sets; /* of guint: the sets it is in; set 2n and 2n + 1 are regex n's */
} Literal;

struct Prefilter {
    guint n_regexes, n_always;
    guint8 *met;               /* bits: sets that need nothing */
    GArray *literals;          /* of Literal */
    GPtrArray *texts;          /* own them */
    guint8 taken[N_SLOTS / 8]; /* bits: fits the first-level cache, and most bytes end here */
    guint first[N_SLOTS];
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
    guint slot = slot_of (text);
    Literal fresh = { text, (guint)strlen (text), f->first[slot], NULL };

    g_ptr_array_add (f->texts, text);
    if (known == NULL) {
        fresh.sets = g_array_new (FALSE, FALSE, sizeof (guint));
        f->first[slot] = f->literals->len;
        set_bit (f->taken, slot);
        g_array_append_val (f->literals, fresh);
        known = &g_array_index (f->literals, Literal, f->literals->len - 1);
    }
    g_array_append_val (known->sets, set);
}

/* A set that there is not is met from the start. */
static void
add_regex (Prefilter *f, const char *regex, guint number)
{
    char **sets[2];

    regex_literals (regex, sets);
    f->n_always += sets[0] == NULL;
    for (guint i = 0; i < 2; i++) {
        if (sets[i] == NULL)
            set_bit (f->met, 2 * number + i);
        for (guint j = 0; sets[i] != NULL && sets[i][j] != NULL; j++)
            add_literal (f, sets[i][j], 2 * number + i);
        g_free (sets[i]);
    }
}

Prefilter *
prefilter_new (const char *const *regexes, guint n)
{
    Prefilter *f = g_new0 (Prefilter, 1);

    f->n_regexes = n;
    f->met = g_malloc0 (prefilter_bits_size (f));
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
    g_array_unref (f->literals);
    g_ptr_array_unref (f->texts);
    g_free (f->met);
    g_free (f);
}

guint
prefilter_always (const Prefilter *f)
{
    return f->n_always;
}

gsize
prefilter_bits_size (const Prefilter *f)
{
    return f->n_regexes / 4 + 1;
}

static void
found (const Literal *l, guint8 *bits)
{
    for (guint i = 0; i < l->sets->len; i++)
        set_bit (bits, g_array_index (l->sets, guint, i));
}

static void
look (const Prefilter *f, guint slot, const char *p, const char *end, guint8 *bits)
{
    for (guint i = f->first[slot]; i != NOBODY;) {
        const Literal *l = &g_array_index (f->literals, Literal, i);

        if ((gsize)(end - p) >= l->len && memcmp (p, l->text, l->len) == 0)
            found (l, bits);
        i = l->next;
    }
}

void
prefilter_scan (const Prefilter *f, Span text, char *folded, guint8 *bits)
{
    const char *end = folded + fold_text (text, folded);

    memcpy (bits, f->met, prefilter_bits_size (f));
    for (const char *p = folded; end - p >= LITERAL_MIN_BYTES; p++) {
        guint slot = slot_of (p);

        if (f->taken[slot / 8] >> slot % 8 & 1)
            look (f, slot, p, end, bits);
    }
}
