#include "read/html.h"
#include "base/clean.h"
#include "base/markup.h"

#define MAX_TABLES 64   /* nested; deeper ones are read as if they had no rows */
#define MAX_QUOTES 4    /* "> " marks in front of a line */
#define MAX_TARGET 2048 /* bytes of a link's target */

typedef enum Effect {
    INLINE,
    LINE,      /* begins and ends a line */
    PARAGRAPH, /* the same, with an empty line between */
    BREAK,     /* <br> */
    SKIP,      /* its content is not for reading */
    PRE,       /* blanks count */
    QUOTE,
    LINK,
    TABLE,
    ROW,
    CELL
} Effect;

static const struct {
    const char *name;
    Effect effect;
} elements[] = {
    { "a", LINK },           { "address", LINE }, { "article", LINE },  { "aside", LINE },
    { "blockquote", QUOTE }, { "br", BREAK },     { "caption", LINE },  { "center", LINE },
    { "dd", LINE },          { "div", LINE },     { "dl", PARAGRAPH },  { "dt", LINE },
    { "fieldset", LINE },    { "figure", LINE },  { "footer", LINE },   { "form", LINE },
    { "h1", PARAGRAPH },     { "h2", PARAGRAPH }, { "h3", PARAGRAPH },  { "h4", PARAGRAPH },
    { "h5", PARAGRAPH },     { "h6", PARAGRAPH }, { "head", SKIP },     { "header", LINE },
    { "hr", PARAGRAPH },     { "legend", LINE },  { "li", LINE },       { "listing", PRE },
    { "main", LINE },        { "nav", LINE },     { "noscript", SKIP }, { "object", SKIP },
    { "ol", PARAGRAPH },     { "option", LINE },  { "p", PARAGRAPH },   { "pre", PRE },
    { "script", SKIP },      { "section", LINE }, { "select", SKIP },   { "style", SKIP },
    { "svg", SKIP },         { "table", TABLE },  { "td", CELL },       { "template", SKIP },
    { "textarea", PRE },     { "th", CELL },      { "title", SKIP },    { "tr", ROW },
    { "ul", PARAGRAPH },     { "xmp", PRE },
};

typedef struct Row {
    gboolean started; /* some text stands in it */
    gsize start;      /* where that begins */
    gboolean fresh;   /* a cell has begun, and no text in it yet */
    guint cells;      /* begun so far */
    guint bars;       /* owed between what stands there and the next text */
} Row;

typedef struct Writer {
    GString *out;
    guint breaks;   /* line ends owed before the next text */
    gboolean blank; /* a blank is owed */
    gsize line;     /* where the current line begins, behind its quote marks */
    guint hidden, pre, quotes;
    Row rows[MAX_TABLES]; /* one a table; rows[tables - 1] is the innermost */
    guint tables;
    char *target;      /* of the link we are in */
    gsize target_text; /* where its text begins */
    guint depth;
    guchar was[MARKUP_MAX_DEPTH]; /* per open element: what its end has to undo */
} Writer;

enum { UNDO_HIDDEN = 1, UNDO_QUOTE = 2, UNDO_EFFECT = 4 };

static Effect
effect_of (const char *name)
{
    gsize low = 0, high = G_N_ELEMENTS (elements);

    while (low < high) {
        gsize mid = (low + high) / 2;
        int order = strcmp (name, elements[mid].name);

        if (order == 0)
            return elements[mid].effect;
        if (order < 0)
            high = mid;
        else
            low = mid + 1;
    }
    return INLINE;
}

static Row *
row (Writer *w)
{
    return w->tables > 0 && w->tables <= MAX_TABLES ? &w->rows[w->tables - 1] : NULL;
}

/* A row whose cells hold several lines is layout, not data. */
static gboolean
row_is_broken (const Writer *w, const Row *r)
{
    return r->started && w->line > r->start;
}

/* At the start of a cell a block changes nothing: it would part the cell from its row. */
static void
owe_breaks (Writer *w, guint n)
{
    const Row *r = row (w);

    w->blank = FALSE;
    if (r == NULL || !r->fresh)
        w->breaks = MAX (w->breaks, n);
}

static void
new_lines (Writer *w)
{
    for (; w->breaks > 0; w->breaks--)
        if (w->out->len > 0)
            g_string_append_c (w->out, '\n');
    w->line = w->out->len;
    for (guint i = 0; i < MIN (w->quotes, MAX_QUOTES); i++)
        g_string_append (w->out, "> ");
}

static void
start_rows (Writer *w)
{
    for (guint i = 0; i < MIN (w->tables, MAX_TABLES); i++) {
        w->rows[i].fresh = FALSE;
        if (!w->rows[i].started)
            w->rows[i].start = w->out->len;
        w->rows[i].started = TRUE;
    }
}

/* What is owed is paid when text comes. */
static void
before_text (Writer *w)
{
    Row *r = row (w);

    if (w->breaks > 0)
        new_lines (w);
    if (r != NULL && (r->fresh || !r->started)) {
        w->blank = FALSE;
        start_rows (w);
        for (; r->bars > 0; r->bars--)
            g_string_append (w->out, " | ");
    }
    if (w->blank && w->out->len > w->line)
        g_string_append_c (w->out, ' ');
    w->blank = FALSE;
}

static void
write_pre (Writer *w, Span text)
{
    Span line;

    while (span_until (&text, '\n', &line)) {
        if (line.p < line.end) {
            before_text (w);
            g_string_append_len (w->out, line.p, (gssize)span_left (line));
        }
        if (line.end < text.p && text.p[-1] == '\n')
            w->breaks++;
    }
}

static void
write_words (Writer *w, Span text)
{
    while (text.p < text.end) {
        const char *from = text.p;

        while (text.p < text.end && !g_ascii_isspace (*text.p))
            text.p++;
        if (text.p > from) {
            before_text (w);
            g_string_append_len (w->out, from, text.p - from);
        }
        for (; text.p < text.end && g_ascii_isspace (*text.p); text.p++)
            w->blank = TRUE;
    }
}

static void
on_text (gpointer data, Span text)
{
    Writer *w = data;

    if (w->hidden > 0)
        return;
    if (w->pre > 0)
        write_pre (w, text);
    else
        write_words (w, text);
}

static const char *
attribute (const MarkupAttribute *attributes, guint n, const char *name)
{
    for (guint i = 0; i < n; i++)
        if (strcmp (attributes[i].name, name) == 0)
            return attributes[i].value;
    return NULL;
}

/* "display : none" and the like, blanks and case aside.  A font size of 0 hides nothing: templates
 * set it on the boxes around a text that sets its own. */
static gboolean
style_hides (const char *style)
{
    static const char *const hides[] = { "display:none", "visibility:hidden", "opacity:0;" };
    char bare[256];
    gsize n = 0;

    for (; *style != '\0' && n < sizeof bare - 2; style++)
        if (!g_ascii_isspace (*style))
            bare[n++] = g_ascii_tolower (*style);
    bare[n] = ';';
    bare[n + 1] = '\0';
    for (gsize i = 0; i < G_N_ELEMENTS (hides); i++)
        if (strstr (bare, hides[i]) != NULL)
            return TRUE;
    return FALSE;
}

static gboolean
is_hidden (const MarkupAttribute *attributes, guint n)
{
    const char *style = attribute (attributes, n, "style");

    return attribute (attributes, n, "hidden") != NULL || (style != NULL && style_hides (style));
}

/* Mail programs mark a quoted mail; a plain blockquote may be mere indentation. */
static gboolean
is_quote (const MarkupAttribute *attributes, guint n)
{
    const char *type = attribute (attributes, n, "type");
    const char *class = attribute (attributes, n, "class");

    return (type != NULL && g_ascii_strcasecmp (type, "cite") == 0) ||
           (class != NULL && strstr (class, "quote") != NULL);
}

static void
begin_link (Writer *w, const char *href)
{
    g_clear_pointer (&w->target, g_free);
    if (href == NULL || w->hidden > 0)
        return;
    if (g_ascii_strncasecmp (href, "http", 4) != 0 && g_ascii_strncasecmp (href, "ftp", 3) != 0 &&
        g_ascii_strncasecmp (href, "mailto:", 7) != 0 && g_ascii_strncasecmp (href, "hxxp", 4) != 0)
        return;
    w->target = g_utf8_make_valid (href, (gssize)strnlen (href, MAX_TARGET));
    w->target_text = w->out->len;
}

/* "example.net/x" for "https://example.net/x/", "a@example.net" for
 * "mailto:a@example.net?subject=x". */
static Span
bare_target (Span target)
{
    const char *at;

    target = span_trim (target);
    if (span_lit_nocase (&target, "mailto:") && (at = span_find (target, "?")) != NULL)
        target.end = at;
    if ((at = span_find (target, "://")) != NULL)
        target.p = at + 3;
    if (target.end > target.p && target.end[-1] == '/')
        target.end--;
    return target;
}

static gboolean
text_shows_target (const Writer *w)
{
    Span text = { w->out->str + MIN (w->target_text, w->out->len), w->out->str + w->out->len };
    Span target = bare_target (span_of (w->target));
    g_autofree char *wanted = span_dup (target);

    return *wanted == '\0' || span_find_nocase (text, wanted) != NULL;
}

static void
end_link (Writer *w)
{
    Span target = span_of (w->target);

    if (w->target == NULL)
        return;
    if (!text_shows_target (w)) {
        w->blank = TRUE;
        before_text (w);
        g_string_append_c (w->out, '<');
        for (; target.p < target.end; target.p++)
            if (!g_ascii_isspace (*target.p) && (guchar)*target.p >= 0x20)
                g_string_append_c (w->out, *target.p);
        g_string_append_c (w->out, '>');
    }
    g_clear_pointer (&w->target, g_free);
}

/* A table inside a cell is layout: it begins a line. */
static void
begin_table (Writer *w)
{
    Row *r = row (w);

    if (r != NULL) {
        r->bars = 0;
        r->fresh = FALSE;
    }
    owe_breaks (w, 1);
    w->tables++;
    if (w->tables <= MAX_TABLES)
        w->rows[w->tables - 1] = (Row) { 0 };
}

static void
begin_row (Writer *w)
{
    Row *r = row (w);

    if (r != NULL)
        *r = (Row) { 0 };
    owe_breaks (w, 1);
}

static void
begin_cell (Writer *w)
{
    Row *r = row (w);

    if (r == NULL || row_is_broken (w, r)) {
        owe_breaks (w, 1);
    } else if (r->cells > 0) {
        r->bars++;
        w->breaks = r->started ? 0 : w->breaks;
    }
    if (r != NULL) {
        r->cells++;
        r->fresh = TRUE;
    }
}

static void
end_cell (Writer *w)
{
    const Row *r = row (w);

    if (r != NULL && r->started && !row_is_broken (w, r))
        w->breaks = 0;
}

/* An empty first cell of two is room on the left: a bar before the text would be noise. */
static void
end_row (Writer *w)
{
    Row *r = row (w);

    if (r != NULL && r->cells == 2 && r->started && r->start + 3 <= w->out->len &&
        strncmp (w->out->str + r->start, " | ", 3) == 0) {
        g_string_erase (w->out, (gssize)r->start, 3);
        w->line -= w->line > r->start ? 3 : 0;
    }
    if (r != NULL)
        *r = (Row) { 0 };
    owe_breaks (w, 1);
}

static void
open_element (Writer *w, Effect effect, const MarkupAttribute *attributes, guint n)
{
    switch (effect) {
    case INLINE:
    case SKIP:
        break;
    case LINE:
        owe_breaks (w, 1);
        break;
    case BREAK:
        owe_breaks (w, w->breaks + 1);
        break;
    case PARAGRAPH:
    case QUOTE:
        owe_breaks (w, 2);
        break;
    case PRE:
        owe_breaks (w, 1);
        w->pre++;
        break;
    case LINK:
        begin_link (w, attribute (attributes, n, "href"));
        break;
    case TABLE:
        begin_table (w);
        break;
    case ROW:
        begin_row (w);
        break;
    case CELL:
        begin_cell (w);
        break;
    }
}

static void
close_element (Writer *w, Effect effect)
{
    switch (effect) {
    case INLINE:
    case SKIP:
    case BREAK:
        break;
    case LINE:
        owe_breaks (w, 1);
        break;
    case PARAGRAPH:
    case QUOTE:
        owe_breaks (w, 2);
        break;
    case PRE:
        owe_breaks (w, 1);
        w->pre--;
        break;
    case LINK:
        end_link (w);
        break;
    case TABLE:
        w->tables--;
        owe_breaks (w, 1);
        break;
    case ROW:
        end_row (w);
        break;
    case CELL:
        end_cell (w);
        break;
    }
}

static void
on_start (gpointer data, const char *name, const MarkupAttribute *attributes, guint n)
{
    Writer *w = data;
    Effect effect = effect_of (name);
    guchar undo = 0;

    if (effect == SKIP || is_hidden (attributes, n))
        undo |= UNDO_HIDDEN;
    if (effect == QUOTE && is_quote (attributes, n))
        undo |= UNDO_QUOTE;
    w->hidden += (undo & UNDO_HIDDEN) != 0;
    if (w->hidden == 0) {
        undo |= UNDO_EFFECT;
        open_element (w, effect, attributes, n);
    }
    w->quotes += (undo & UNDO_QUOTE) != 0;
    w->was[w->depth++] = undo;
}

static void
on_end (gpointer data, const char *name)
{
    Writer *w = data;
    guchar undo = w->was[--w->depth];

    if (undo & UNDO_EFFECT)
        close_element (w, effect_of (name));
    w->hidden -= (undo & UNDO_HIDDEN) != 0;
    w->quotes -= (undo & UNDO_QUOTE) != 0;
}

/* "<![if !supportLists]>" of word processors would come as text; the "]-->" of a comment's end
 * stays. */
static GString *
drop_conditionals (Span html)
{
    GString *kept = NULL;
    const char *from = html.p, *at, *close;

    for (Span rest = html; (at = span_find (rest, "<![")) != NULL; rest.p = at + 3) {
        close = span_find ((Span) { at, html.end }, "]");
        if (close == NULL)
            break;
        if (close + 1 == html.end || close[1] != '>' ||
            span_starts_nocase ((Span) { at, html.end }, "<![CDATA"))
            continue;
        if (kept == NULL)
            kept = g_string_sized_new (span_left (html));
        g_string_append_len (kept, from, at - from);
        from = close + 2;
        at = close - 1;
    }
    if (kept != NULL)
        g_string_append_len (kept, from, html.end - from);
    return kept;
}

/* libxml2 lets some of what is no character through, as "&#xFFFE;" or a NUL. */
static Span
kept_text (Arena *arena, const GString *out)
{
    Span text = { out->str, out->str + out->len };
    gsize bad;

    if (!g_utf8_validate_len (text.p, out->len, NULL))
        return clean_utf8 (arena, text, &bad);
    text.p = arena_strndup (arena, text.p, out->len);
    text.end = text.p != NULL ? text.p + out->len : NULL;
    return text;
}

Span
html_to_text (Arena *arena, Span html_utf8)
{
    static const MarkupHandler handler = { on_start, on_end, on_text };
    Writer w = { .out = g_string_sized_new (span_left (html_utf8) / 2 + 64) };
    GString *kept = drop_conditionals (html_utf8);
    Span text;

    if (kept != NULL)
        html_utf8 = (Span) { kept->str, kept->str + kept->len };
    markup_html (html_utf8, &handler, &w);
    g_free (w.target);
    if (w.out->len > 0 && w.out->str[w.out->len - 1] != '\n')
        g_string_append_c (w.out, '\n');
    text = kept_text (arena, w.out);
    g_string_free (w.out, TRUE);
    if (kept != NULL)
        g_string_free (kept, TRUE);
    return text;
}
