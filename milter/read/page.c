#include "read/page.h"
#include "base/clean.h"

static PageRow *
row (Page *page)
{
    return page->tables > 0 && page->tables <= PAGE_MAX_TABLES ? &page->rows[page->tables - 1]
                                                               : NULL;
}

/* A row whose cells hold several lines is layout, not data. */
static gboolean
row_is_broken (const Page *page, const PageRow *r)
{
    return r->started && page->line > r->start;
}

/* At the start of a cell a block changes nothing: it would part the cell from its row. */
void
page_break (Page *page, guint n)
{
    const PageRow *r = row (page);

    page->blank = FALSE;
    if (r == NULL || !r->fresh)
        page->breaks = MAX (page->breaks, n);
}

static void
new_lines (Page *page)
{
    for (; page->breaks > 0; page->breaks--)
        if (page->out->len > 0)
            g_string_append_c (page->out, '\n');
    page->line = page->out->len;
    for (guint i = 0; i < MIN (page->quotes, PAGE_MAX_QUOTES); i++)
        g_string_append (page->out, "> ");
}

static void
start_rows (Page *page)
{
    for (guint i = 0; i < MIN (page->tables, PAGE_MAX_TABLES); i++) {
        page->rows[i].fresh = FALSE;
        if (!page->rows[i].started)
            page->rows[i].start = page->out->len;
        page->rows[i].started = TRUE;
    }
}

/* What is owed is paid when text comes. */
void
page_text_begins (Page *page)
{
    PageRow *r = row (page);

    if (page->breaks > 0)
        new_lines (page);
    if (r != NULL && (r->fresh || !r->started)) {
        page->blank = FALSE;
        start_rows (page);
        for (; r->bars > 0; r->bars--)
            g_string_append (page->out, " | ");
    }
    if (page->blank && page->out->len > page->line)
        g_string_append_c (page->out, ' ');
    page->blank = FALSE;
}

void
page_pre (Page *page, Span text)
{
    Span line;

    while (span_until (&text, '\n', &line)) {
        if (line.p < line.end) {
            page_text_begins (page);
            g_string_append_len (page->out, line.p, (gssize)span_left (line));
        }
        if (line.end < text.p && text.p[-1] == '\n')
            page->breaks++;
    }
}

void
page_words (Page *page, Span text)
{
    while (text.p < text.end) {
        const char *from = text.p;

        while (text.p < text.end && !g_ascii_isspace (*text.p))
            text.p++;
        if (text.p > from) {
            page_text_begins (page);
            g_string_append_len (page->out, from, text.p - from);
        }
        for (; text.p < text.end && g_ascii_isspace (*text.p); text.p++)
            page->blank = TRUE;
    }
}

/* A table inside a cell is layout: it begins a line. */
void
page_begin_table (Page *page)
{
    PageRow *r = row (page);

    if (r != NULL) {
        r->bars = 0;
        r->fresh = FALSE;
    }
    page_break (page, 1);
    page->tables++;
    if (page->tables <= PAGE_MAX_TABLES)
        page->rows[page->tables - 1] = (PageRow) { 0 };
}

void
page_begin_row (Page *page)
{
    PageRow *r = row (page);

    if (r != NULL)
        *r = (PageRow) { 0 };
    page_break (page, 1);
}

void
page_begin_cell (Page *page)
{
    PageRow *r = row (page);

    if (r == NULL || row_is_broken (page, r)) {
        page_break (page, 1);
    } else if (r->cells > 0) {
        r->bars++;
        page->breaks = r->started ? 0 : page->breaks;
    }
    if (r != NULL) {
        r->cells++;
        r->fresh = TRUE;
    }
}

void
page_end_cell (Page *page)
{
    const PageRow *r = row (page);

    if (r != NULL && r->started && !row_is_broken (page, r))
        page->breaks = 0;
}

void
page_end_table (Page *page)
{
    page->tables--;
    page_break (page, 1);
}

/* An empty first cell of two is room on the left: a bar before the text would be noise. */
void
page_end_row (Page *page)
{
    PageRow *r = row (page);

    if (r != NULL && r->cells == 2 && r->started && r->start + 3 <= page->out->len &&
        strncmp (page->out->str + r->start, " | ", 3) == 0) {
        g_string_erase (page->out, (gssize)r->start, 3);
        page->line -= page->line > r->start ? 3 : 0;
    }
    if (r != NULL)
        *r = (PageRow) { 0 };
    page_break (page, 1);
}

/* libxml2 lets some of what is no character through, as "&#xFFFE;" or a NUL. */
Span
page_text (Page *page, Arena *arena)
{
    GString *out = page->out;
    Span text;
    gsize bad;

    if (out->len > 0 && out->str[out->len - 1] != '\n')
        g_string_append_c (out, '\n');
    text = (Span) { out->str, out->str + out->len };
    if (!g_utf8_validate_len (text.p, out->len, NULL))
        return clean_utf8 (arena, text, &bad);
    text.p = arena_strndup (arena, text.p, out->len);
    text.end = text.p != NULL ? text.p + out->len : NULL;
    return text;
}
