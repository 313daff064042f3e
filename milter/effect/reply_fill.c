#include "effect/reply_fill.h"

typedef struct Fill {
    GString *out;
    const ReplyFacts *f;
    const ReplyTexts *texts;
    guint depth, step;
} Fill;

static void fill_text (Fill *fill, const ReplyText *text);

/* FALSE when a fact is missing. */
static gboolean
fill_words (const Fill *fill, GString *out, const char *words)
{
    Span rest = span_of (words);
    ReplyPiece piece;

    while (reply_next (&rest, &piece)) {
        const char *value = NULL;

        if (piece.kind == PIECE_VARIABLE && (value = fill->f->value[piece.variable]) == NULL)
            return FALSE;
        if (value != NULL)
            g_string_append (out, value);
        else
            g_string_append_len (out, piece.text.p, (gssize)span_left (piece.text));
    }
    return TRUE;
}

static void
fill_item (const Fill *fill, GString *out, const ReplyItem *item)
{
    const char *between = item->kind == REPLY_LINES ? "\n" : " ";

    for (guint i = 0; i < item->words.n; i++) {
        const ReplyWords *words = &item->words.items[i];
        g_autoptr (GString) sentence = g_string_new (NULL);

        if (reply_holds (words->when, fill->f->conditions) &&
            fill_words (fill, sentence, words->text))
            g_string_append_printf (out, "%s%s", out->len > 0 ? between : "", sentence->str);
    }
}

static void
put_lines (GString *out, const char *text)
{
    Span rest = span_of (text), line;

    while (span_line (&rest, &line))
        g_string_append_printf (out, "%.*s\n", (int)span_left (line), line.p);
}

static void
put_item (Fill *fill, ReplyKind kind, const char *text)
{
    g_autofree char *number = NULL, *blanks = NULL;

    fill->step = kind == REPLY_STEP ? fill->step + 1 : 0;
    if (fill->out->len > 0 && fill->step <= 1)
        g_string_append_c (fill->out, '\n');
    if (kind == REPLY_LINES) {
        put_lines (fill->out, text);
        return;
    }
    number = fill->step > 0 ? g_strdup_printf ("%u. ", fill->step) : g_strdup ("");
    blanks = g_strnfill (strlen (number), ' ');
    reply_wrap (fill->out, text, number, blanks);
}

static const ReplyText *
text_named (const Fill *fill, const char *name)
{
    g_autofree char *part = reply_part_named (name) != N_REPLY_PARTS
                                ? g_strconcat (fill->f->scenario, "/", name, NULL)
                                : NULL;

    return reply_texts_get (fill->texts, part != NULL ? part : name);
}

static void
fill_used (Fill *fill, const char *name)
{
    const ReplyText *text = text_named (fill, name);

    if (text == NULL || fill->depth == REPLY_MAX_DEPTH)
        return;
    fill->depth++;
    fill_text (fill, text);
    fill->depth--;
}

static void
fill_text (Fill *fill, const ReplyText *text)
{
    for (guint i = 0; i < text->items.n; i++) {
        const ReplyItem *item = &text->items.items[i];
        g_autoptr (GString) words = g_string_new (NULL);

        if (!reply_holds (item->when, fill->f->conditions))
            continue;
        if (item->kind == REPLY_USE) {
            fill_used (fill, yaml_text (item->use));
            continue;
        }
        fill_item (fill, words, item);
        if (words->len > 0)
            put_item (fill, item->kind, words->str);
    }
}

gboolean
reply_fill (GString *out, const ReplyFacts *f, const ReplyTexts *texts, const char *name)
{
    Fill fill = { .out = out, .f = f, .texts = texts };
    const ReplyText *text = text_named (&fill, name);

    if (text == NULL)
        return FALSE;
    fill_text (&fill, text);
    return TRUE;
}
