/* The mail's text with what was found in it marked. */
#include "effect/desk.h"
#include "effect/desk_report.h"

#define MAX_LINES 2000
#define MAX_LINE 2000 /* bytes */

static const char *const kinds[] = { "address", "network", "masked address", "port",  "time",
                                     "URL",     "host",    "protocol",       "count", "field" };
static const char *const roles[N_ROLES] = { "of unknown role", "accused",  "victim", "reporter",
                                            "relay",           "resolver", "other" };

static int
by_place (gconstpointer a, gconstpointer b)
{
    const Fact *x = *(const Fact *const *)a, *y = *(const Fact *const *)b;

    return x->original.p < y->original.p ? -1 : x->original.p > y->original.p;
}

static gboolean
is_worth_a_mark (const Fact *f)
{
    return f->kind != FACT_FIELD && f->kind != FACT_PROTOCOL && f->kind != FACT_COUNT;
}

/* Facts whose text is that of a line, in the order of memory, which is that of each line. */
static GPtrArray *
marks_of (const Facts *facts)
{
    GPtrArray *marks = g_ptr_array_new ();

    for (guint i = 0; i < facts->facts.n; i++)
        if (is_worth_a_mark (&facts->facts.items[i]))
            g_ptr_array_add (marks, (gpointer)&facts->facts.items[i]);
    g_ptr_array_sort (marks, by_place);
    return marks;
}

static guint
first_mark (const GPtrArray *marks, const char *at)
{
    guint low = 0, high = marks->len;

    while (low < high) {
        guint middle = low + (high - low) / 2;

        if (((const Fact *)marks->pdata[middle])->original.p < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void
put (GString *page, const char *from, const char *to)
{
    g_autofree char *text = g_strndup (from, (gsize)(to - from));

    desk_text (page, text);
}

static void
put_mark (GString *page, const Fact *f)
{
    desk_printf (page, "<mark title=\"%s, %s", roles[f->role], kinds[f->kind]);
    if (f->rule != NULL)
        desk_printf (page, ": %s", f->rule);
    g_string_append (page, "\">");
    put (page, f->original.p, f->original.end);
    g_string_append (page, "</mark>");
}

static void
put_line (GString *page, Span line, const GPtrArray *marks)
{
    const char *at = line.p, *end = line.p + MIN (span_left (line), MAX_LINE);

    for (guint i = first_mark (marks, line.p); i < marks->len; i++) {
        const Fact *f = marks->pdata[i];

        if (f->original.p >= end)
            break;
        if (f->original.p < at || f->original.end > end)
            continue;
        put (page, at, f->original.p);
        put_mark (page, f);
        at = f->original.end;
    }
    put (page, at, end);
    g_string_append (page, end < line.end ? " [...]\n" : "\n");
}

void
desk_marked_text (GString *page, const Facts *facts)
{
    g_autoptr (GPtrArray) marks = marks_of (facts);
    guint part = 0;

    g_string_append (
        page,
        "<section class=\"wide\"><h2>The mail, with what was found</h2>\n<pre class=\"mail\">");
    for (guint i = 0; i < facts->lines.n && i < MAX_LINES; i++) {
        const Line *line = &facts->lines.items[i];

        if (line->part != part && line->part != 0 && part != 0)
            desk_printf (page, "<span class=\"gap\">part %u</span>\n", line->part);
        part = line->part;
        put_line (page, line->text, marks);
    }
    if (facts->lines.n > MAX_LINES)
        desk_printf (page, "<span class=\"gap\">%u more lines</span>\n",
                     facts->lines.n - MAX_LINES);
    g_string_append (page, "</pre></section>\n");
}
