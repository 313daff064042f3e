#include "read/lines.h"
#include "read/zones.h"

typedef struct Cutter {
    Facts *facts;
    GArray *marks; /* of the parts whose zones stand in the text */
    gboolean full;
} Cutter;

static void
add_line (Cutter *c, Span text, guint part, guint number, Zone zone)
{
    Line *line = list_push (c->facts->message->arena, &c->facts->lines, LIMIT_LINES);

    if (line == NULL) {
        if (!c->full)
            message_bound (c->facts->message, "more than %d lines: the rest is not read",
                           LIMIT_LINES);
        c->full = TRUE;
        return;
    }
    *line = (Line) {
        .text = text, .part = part, .number = number, .zone = zone, .record = RECORD_NONE
    };
}

static void
cut_part (Cutter *c, const Part *part, Zone zone)
{
    Span rest = part->text, text;

    for (guint number = 1; !c->full && span_until (&rest, '\n', &text); number++)
        add_line (c, text, part->number, number, zone);
}

static void
mark_part (Cutter *c, const Part *part)
{
    Span rest = part->text;
    guint first = c->marks->len;
    Mark mark = { .part = part->number };

    while (c->marks->len < LIMIT_LINES && span_until (&rest, '\n', &mark.text)) {
        mark.number++;
        g_array_append_val (c->marks, mark);
    }
    zones_find_quotes (&g_array_index (c->marks, Mark, first), c->marks->len - first);
}

/* The attached mail was written to an abuse desk: a complaint handed on, not the spam complained
 * of. */
static gboolean
is_handed_on (const Message *m, guint mail)
{
    static const char *const fields[] = { "To", "Cc", "Delivered-To", "X-Original-To" };
    const Part *head = message_part (m, mail);

    for (gsize i = 0; head != NULL && i < G_N_ELEMENTS (fields); i++) {
        const char *to = header_find (head->headers, head->n_headers, fields[i]);

        if (to != NULL && span_find_nocase (span_of (to), "abuse") != NULL)
            return TRUE;
    }
    return FALSE;
}

static gboolean
has_report (const Message *m)
{
    for (guint i = 0; i < m->n_parts; i++)
        if (m->parts[i].kind == PART_REPORT && m->parts[i].mail == 0)
            return TRUE;
    return FALSE;
}

static Zone
zone_of_part (const Message *m, const Part *part)
{
    if (part->kind == PART_REPORT)
        return ZONE_REPORT;
    if (part->mail != 0 &&
        (part->kind != PART_DATA || has_report (m) || !is_handed_on (m, part->mail)))
        return ZONE_ATTACHED;
    return ZONE_EVIDENCE;
}

/* Is the text's zone to be read in the text itself? */
static gboolean
is_marked (const Message *m, const Part *part)
{
    if (part->kind == PART_MAIL_TEXT)
        return !has_report (m) && is_handed_on (m, part->mail);
    return part->kind == PART_TEXT;
}

/* An attached complaint is quoted as if it stood below the text. */
static void
mark_parts (Cutter *c)
{
    const Message *m = c->facts->message;

    for (guint i = 0; i < m->n_parts; i++) {
        const Part *part = &m->parts[i];
        guint first = c->marks->len;

        if (part->spare || !is_marked (m, part))
            continue;
        mark_part (c, part);
        for (guint k = first; part->mail != 0 && k < c->marks->len; k++)
            g_array_index (c->marks, Mark, k).quoted = TRUE;
    }
}

static void
add_marked (Cutter *c, const Part *part, guint *at)
{
    for (; *at < c->marks->len; (*at)++) {
        const Mark *mark = &g_array_index (c->marks, Mark, *at);

        if (mark->part != part->number)
            return;
        add_line (c, mark->text, mark->part, mark->number, mark->zone);
    }
}

void
lines_mark (Facts *facts)
{
    Cutter c = { .facts = facts, .marks = g_array_sized_new (FALSE, FALSE, sizeof (Mark), 256) };
    const Message *m = facts->message;
    Mark *marks;
    guint at = 0;

    add_line (&c, span_of (m->subject), 0, 1, ZONE_SUBJECT);
    mark_parts (&c);
    marks = (Mark *)(gpointer)c.marks->data;
    zones_assign (marks, c.marks->len, zones_is_forward (marks, c.marks->len));
    for (guint i = 0; i < m->n_parts; i++) {
        const Part *part = &m->parts[i];

        if (part->spare)
            continue;
        if (is_marked (m, part))
            add_marked (&c, part, &at);
        else
            cut_part (&c, part, zone_of_part (m, part));
    }
    g_array_free (c.marks, TRUE);
}
