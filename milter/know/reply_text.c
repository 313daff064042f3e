#include "know/reply_text.h"
#include "base/nearest.h"
#include "know/reply_cut.h"

typedef struct Reader {
    Want *w;
    ReplyText *text;
    gboolean good;
} Reader;

static const char *const item_keys[] = { "say", "step", "lines", "use", "if", NULL };
static const char *const sentence_keys[] = { "say", "if", NULL };

static void
refuse (Reader *r, guint line, const char *problem)
{
    mistakes_add (r->w->mistakes, r->w->file, line, "%s", problem);
    r->good = FALSE;
}

/* Braces */

static void
refuse_variable (Reader *r, guint line, Span name)
{
    g_autofree char *word = span_dup (name), *known = want_choice (reply_variables);
    const char *nearest = nearest_word (word, reply_variables);
    g_autofree char *problem =
        nearest != NULL
            ? g_strdup_printf ("unknown variable '{%s}' (did you mean '{%s}'?)", word, nearest)
            : g_strdup_printf ("unknown variable '{%s}': known are %s; {{ is a brace", word, known);

    refuse (r, line, problem);
}

static void
check_braces (Reader *r, const YamlNode *n)
{
    guint line = yaml_line (n) + yaml_literal (n); /* a literal's text begins below its mark */
    Span rest = span_of (yaml_text (n));
    const char *counted = rest.p;
    ReplyPiece piece;

    while (reply_next (&rest, &piece)) {
        for (; counted < piece.text.p; counted++)
            line += *counted == '\n';
        if (piece.kind == PIECE_WRONG)
            refuse (r, line,
                    *piece.text.p == '{' ? "'{' has no '}' on its line; {{ is a brace"
                                         : "'}' has no '{' before it; }} is a brace");
        else if (piece.kind == PIECE_VARIABLE && piece.variable == N_REPLY_VARIABLES)
            refuse_variable (r, line, piece.text);
    }
}

/* Words */

static void
add_words (Reader *r, ReplyItem *item, ReplyWhen when, char *text)
{
    ReplyWords *words = NULL;

    if (*text != '\0')
        words = list_push (r->w->arena, &item->words, REPLY_MAX_ITEMS);
    if (words != NULL)
        *words = (ReplyWords) { when, arena_strdup (r->w->arena, text) };
    g_free (text);
}

static void
add_sentences (Reader *r, ReplyItem *item, ReplyWhen when, Span text)
{
    Span sentence;

    while (reply_next_sentence (&text, &sentence))
        add_words (r, item, when, reply_squeeze (sentence));
}

static void
add_lines (Reader *r, ReplyItem *item, Span text)
{
    Span line;

    while (span_line (&text, &line))
        add_words (r, item, (ReplyWhen) { 0 }, span_dup (line));
}

static ReplyItem *
add_item (Reader *r, ReplyKind kind, ReplyWhen when)
{
    ReplyItem *item = list_push (r->w->arena, &r->text->items, REPLY_MAX_ITEMS);

    if (item == NULL)
        return NULL;
    item->kind = kind;
    item->when = when;
    return item;
}

static void
add_text (Reader *r, ReplyKind kind, ReplyWhen when, const YamlNode *n, const char *key)
{
    const char *text = want_text (r->w, n, key);
    Span rest = span_of (text), paragraph;
    ReplyItem *item = NULL;

    r->good = r->good && text != NULL;
    if (text == NULL)
        return;
    check_braces (r, n);
    if (kind == REPLY_LINES && (item = add_item (r, kind, when)) != NULL)
        add_lines (r, item, rest);
    while (kind != REPLY_LINES && reply_next_paragraph (&rest, &paragraph))
        if ((item = add_item (r, kind, when)) != NULL)
            add_sentences (r, item, (ReplyWhen) { 0 }, paragraph);
    if (item == NULL)
        want_refuse (r->w, n, "a text is empty, or more than %d paragraphs", REPLY_MAX_ITEMS);
    r->good = r->good && item != NULL;
}

/* Conditions */

static void
refuse_condition (Reader *r, const YamlNode *n, const char *name)
{
    const char *nearest = nearest_word (name, reply_conditions);
    g_autofree char *known = want_choice (reply_conditions);

    if (nearest != NULL)
        want_refuse (r->w, n, "unknown condition '%s' (did you mean '%s'?)", name, nearest);
    else
        want_refuse (r->w, n, "unknown condition '%s': known are %s", name, known);
    r->good = FALSE;
}

static void
read_condition (Reader *r, const YamlNode *n, const char *word, ReplyWhen *when)
{
    gboolean negated = g_str_has_prefix (word, "not ");
    const char *name = negated ? word + strlen ("not ") : word;
    guint i = 0;

    while (i < N_REPLY_CONDITIONS && strcmp (reply_conditions[i], name) != 0)
        i++;
    if (i == N_REPLY_CONDITIONS)
        refuse_condition (r, n, name);
    else
        *(negated ? &when->forbids : &when->needs) |= G_GUINT64_CONSTANT (1) << i;
}

static ReplyWhen
read_if (Reader *r, const YamlNode *map)
{
    const YamlNode *n = yaml_get (map, "if");
    const char *const *words = n != NULL ? want_texts (r->w, n, "if") : NULL;
    ReplyWhen when = { 0 };

    r->good = r->good && (n == NULL || words != NULL);
    for (guint i = 0; words != NULL && words[i] != NULL; i++)
        read_condition (r, want_item (n, i), words[i], &when);
    if (when.needs & when.forbids) {
        want_refuse (r->w, n, "if: asks for a condition and for its contrary");
        r->good = FALSE;
    }
    return when;
}

/* Items */

static gboolean
has_keys (Reader *r, const YamlNode *map, const char *const *known)
{
    gboolean good = TRUE;

    for (guint i = 0; i < yaml_length (map); i++)
        if (!g_strv_contains (known, yaml_text (yaml_key (map, i)))) {
            want_unknown (r->w, yaml_key (map, i), "key of a reply", known);
            good = FALSE;
        }
    r->good = r->good && good;
    return good;
}

static void
read_sentence (Reader *r, ReplyItem *item, const YamlNode *n)
{
    gboolean map = yaml_kind (n) == YAML_MAP;
    const YamlNode *say = map ? yaml_get (n, "say") : n;
    ReplyWhen when = { 0 };
    const char *text;

    if (map && !has_keys (r, n, sentence_keys))
        return;
    if (say == NULL) {
        refuse (r, yaml_line (n), "a sentence without say");
        return;
    }
    if (map)
        when = read_if (r, n);
    text = want_text (r->w, say, "say");
    r->good = r->good && text != NULL;
    if (text == NULL)
        return;
    check_braces (r, say);
    add_sentences (r, item, when, span_of (text));
}

static void
read_sentences (Reader *r, ReplyKind kind, ReplyWhen when, const YamlNode *list)
{
    ReplyItem *item = add_item (r, kind, when);

    for (guint i = 0; item != NULL && i < yaml_length (list); i++)
        read_sentence (r, item, yaml_item (list, i));
    if (item == NULL || yaml_length (list) == 0)
        refuse (r, yaml_line (list), "a paragraph has no sentence");
}

static void
read_use (Reader *r, ReplyWhen when, const YamlNode *n)
{
    ReplyItem *item = want_text (r->w, n, "use") != NULL ? add_item (r, REPLY_USE, when) : NULL;

    r->good = r->good && item != NULL;
    if (item != NULL)
        item->use = n;
}

static void
read_map (Reader *r, const YamlNode *map)
{
    const YamlNode *n = NULL;
    guint said = 0, kind = 0;
    ReplyWhen when;

    if (!has_keys (r, map, item_keys))
        return;
    when = read_if (r, map);
    for (guint i = 0; i <= REPLY_USE; i++)
        if (yaml_get (map, item_keys[i]) != NULL) {
            n = yaml_get (map, item_keys[i]);
            kind = i;
            said++;
        }
    if (said != 1)
        refuse (r, yaml_line (map), "one of say, step, lines and use is needed, and no more");
    else if (kind == REPLY_USE)
        read_use (r, when, n);
    else if (kind != REPLY_LINES && yaml_kind (n) == YAML_LIST)
        read_sentences (r, (ReplyKind)kind, when, n);
    else
        add_text (r, (ReplyKind)kind, when, n, item_keys[kind]);
}

static void
read_node (Reader *r, const YamlNode *n, const char *key)
{
    if (yaml_kind (n) == YAML_MAP)
        read_map (r, n);
    else
        add_text (r, REPLY_SAY, (ReplyWhen) { 0 }, n, key);
}

const ReplyText *
reply_text_read (Want *w, const YamlNode *n, const char *key)
{
    Reader r = { w, arena_new0 (w->arena, ReplyText, 1), TRUE };

    r.text->file = w->file;
    if (yaml_kind (n) != YAML_LIST)
        read_node (&r, n, key);
    for (guint i = 0; yaml_kind (n) == YAML_LIST && i < yaml_length (n); i++)
        read_node (&r, yaml_item (n, i), key);
    if (r.good && r.text->items.n == 0)
        refuse (&r, yaml_line (n), "the text is empty");
    return r.good ? r.text : NULL;
}
