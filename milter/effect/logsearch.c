#include "effect/logsearch.h"

struct LogSearch {
    guint n;
    struct {
        GPtrArray *words;
        char *run; /* " word word ", or " word wor" of an open one */
        gboolean open;
    } terms[LOGSEARCH_MAX_TERMS];
};

/* Words */

static gboolean
stands_alone (gunichar c) /* in scripts that write without blanks */
{
    switch (g_unichar_get_script (c)) {
    case G_UNICODE_SCRIPT_HAN:
    case G_UNICODE_SCRIPT_HIRAGANA:
    case G_UNICODE_SCRIPT_KATAKANA:
    case G_UNICODE_SCRIPT_THAI:
        return TRUE;
    default:
        return FALSE;
    }
}

typedef struct Cutter {
    GString *out;
    gsize word; /* where the word under way begins in out, behind its blank; 0: none */
} Cutter;

static void
add_char (Cutter *c, const char *bytes, gsize n)
{
    if (c->word == 0) {
        g_string_append_c (c->out, ' ');
        c->word = c->out->len;
    }
    if (c->out->len - c->word + n <= LOGSEARCH_MAX_WORD)
        g_string_append_len (c->out, bytes, (gssize)n);
}

/* Behind ASCII.  Returns the character's length. */
static gsize
add_wide (Cutter *c, Span rest)
{
    gunichar u = g_utf8_get_char_validated (rest.p, (gssize)span_left (rest));
    char lower[6];

    if (u >= (gunichar)-2) { /* no UTF-8 */
        c->word = 0;
        return 1;
    }
    if (!g_unichar_isalnum (u) && !g_unichar_ismark (u))
        c->word = 0;
    else if (stands_alone (u)) {
        c->word = 0;
        add_char (c, rest.p, (gsize)g_unichar_to_utf8 (u, lower));
        c->word = 0;
    } else
        add_char (c, lower, (gsize)g_unichar_to_utf8 (g_unichar_tolower (u), lower));
    return (gsize)g_unichar_to_utf8 (u, lower);
}

void
logsearch_words (GString *out, Span text)
{
    Cutter c = { out, 0 };

    while (text.p < text.end) {
        char lower = span_lower (*text.p);

        if ((guchar)*text.p >= 0x80) {
            text.p += add_wide (&c, text);
            continue;
        }
        if (g_ascii_isalnum (lower))
            add_char (&c, &lower, 1);
        else
            c.word = 0;
        text.p++;
    }
}

/* Rows */

static void
add_text (GString *out, const char *text)
{
    if (text != NULL)
        logsearch_words (out, span_of (text));
}

static void
add_list (GString *out, const char *const *items)
{
    for (; *items != NULL; items++)
        add_text (out, *items);
}

/* The same address stands in incident after incident. */
static void
add_once (GString *out, GHashTable *seen, const char *text)
{
    if (text != NULL && g_hash_table_size (seen) < LOGSEARCH_MAX_ADDRESSES &&
        g_hash_table_add (seen, (gpointer)text))
        add_text (out, text);
}

static void
add_incidents (GString *out, const LogRow *row)
{
    g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

    for (guint i = 0; i < row->n_incidents; i++) {
        const LogIncident *in = &row->incidents[i];

        add_once (out, seen, in->ip);
        add_once (out, seen, in->masked);
        add_once (out, seen, in->dst_ip);
        add_once (out, seen, in->url);
    }
}

char *
logsearch_row (const LogRow *row)
{
    const char *const texts[] = { row->subject,
                                  row->from_address,
                                  row->from_name,
                                  row->sender,
                                  row->complainant_address,
                                  row->complainant_name,
                                  row->message_id,
                                  row->queue_id,
                                  row->relay,
                                  row->deadline_text };
    GString *out = g_string_new (NULL);
    Span kept = span_of (row->text);

    for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
        add_text (out, texts[i]);
    add_list (out, row->urls);
    add_incidents (out, row);
    for (guint i = 0; i < row->n_signals; i++)
        add_text (out, row->signals[i].text);
    if (span_left (kept) > LOGSEARCH_MAX_TEXT)
        kept.end = kept.p + LOGSEARCH_MAX_TEXT;
    if (kept.p != NULL)
        logsearch_words (out, kept);
    return g_string_free (g_string_append_c (out, ' '), FALSE);
}

/* Looking */

static void
add_term (LogSearch *s, Span term)
{
    g_autoptr (GString) run = g_string_new (NULL);
    gboolean open = term.end[-1] == '*';
    Span rest, word;

    logsearch_words (run, term);
    if (run->len == 0 || s->n == LOGSEARCH_MAX_TERMS)
        return;
    s->terms[s->n].words = g_ptr_array_new_with_free_func (g_free);
    for (rest = span_of (run->str); span_until (&rest, ' ', &word);)
        if (span_left (word) > 0)
            g_ptr_array_add (s->terms[s->n].words, span_dup (word));
    if (!open)
        g_string_append_c (run, ' ');
    s->terms[s->n].open = open;
    s->terms[s->n++].run = g_strdup (run->str);
}

LogSearch *
logsearch_new (const char *looked_for)
{
    LogSearch *s = g_new0 (LogSearch, 1);
    Span rest = span_of (looked_for), term;

    while (span_until (&rest, ' ', &term)) {
        term = span_trim (term);
        if (span_left (term) > 0)
            add_term (s, term);
    }
    return s;
}

void
logsearch_free (LogSearch *s)
{
    if (s == NULL)
        return;
    for (guint i = 0; i < s->n; i++) {
        g_ptr_array_unref (s->terms[i].words);
        g_free (s->terms[i].run);
    }
    g_free (s);
}

gboolean
logsearch_is_empty (const LogSearch *s)
{
    return s->n == 0;
}

gboolean
logsearch_matches (const LogSearch *s, const char *words)
{
    for (guint i = 0; i < s->n; i++)
        if (strstr (words, s->terms[i].run) == NULL)
            return FALSE;
    return s->n > 0;
}

static gboolean
is_ascii (const char *word)
{
    while (*word != '\0' && (guchar)*word < 0x80)
        word++;
    return *word == '\0';
}

static gboolean
is_in_one (const char *word, const char *const *texts, guint n)
{
    for (guint i = 0; i < n; i++)
        if (texts[i] != NULL && strcasestr (texts[i], word) != NULL)
            return TRUE;
    return FALSE;
}

gboolean
logsearch_may_match (const LogSearch *s, const char *const *texts, guint n)
{
    for (guint i = 0; i < s->n; i++)
        for (guint k = 0; k < s->terms[i].words->len; k++) {
            const char *word = g_ptr_array_index (s->terms[i].words, k);

            if (is_ascii (word) && !is_in_one (word, texts, n))
                return FALSE;
        }
    return s->n > 0;
}

char *
logsearch_query (const LogSearch *s, const DbDialect *d)
{
    GString *out = g_string_new (NULL);

    for (guint i = 0; i < s->n; i++) {
        const GPtrArray *words = s->terms[i].words;

        g_string_append (out, i > 0 ? d->search_and : "");
        for (guint k = 0; k < words->len; k++) {
            g_string_append (out, k == 0 ? d->phrase_begin : d->phrase_next);
            g_string_append (out, g_ptr_array_index (words, k));
        }
        g_string_append (out, s->terms[i].open ? d->phrase_end_prefix : d->phrase_end);
    }
    return g_string_free (out, FALSE);
}
