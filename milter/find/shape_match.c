/* A template tried on a line. */
#include "find/chars.h"
#include "find/shape_template.h"

/* memmem() prepares for long needles; these are short. */
static const char *
find_literal (const Op *op, const char *p, const char *end)
{
    const char *at = p + op->rare, *last;

    if ((gsize)(end - p) < op->n)
        return NULL;
    last = end - op->n + op->rare;
    while (at <= last && (at = memchr (at, op->text[op->rare], (gsize)(last - at) + 1)) != NULL) {
        if (memcmp (at - op->rare, op->text, op->n) == 0)
            return at - op->rare;
        at++;
    }
    return NULL;
}

static void
add_field (ShapeMatch *m, ShapeWhat what, Span text)
{
    if (what != SHAPE_SKIP && m->n_fields < SHAPE_MAX_FIELDS)
        m->fields[m->n_fields++] = (ShapeField) { .what = what, .text = text };
}

static gboolean
address_at (const LineView *line, Span *s)
{
    for (guint i = 0; i < line->n_addresses; i++)
        if (line->addresses[i].p == s->p) {
            s->p = line->addresses[i].end;
            return TRUE;
        }
    return FALSE;
}

static gboolean
stamp_at_start (LineView *line, const Op *op, Span *s)
{
    if (!line->stamp_tried) {
        Span t = *s;

        line->stamp_tried = TRUE;
        line->stamp_end = op->sort->read (&t, '\0') ? t.p : NULL;
    }
    if (line->stamp_end == NULL)
        return FALSE;
    s->p = line->stamp_end;
    return TRUE;
}

static gboolean
read_field (LineView *line, const Op *op, char stop, Span *s)
{
    if (op->sort->what == SHAPE_SRC || op->sort->what == SHAPE_DST)
        return address_at (line, s);
    if (op->sort->what == SHAPE_TIME && s->p == line->text.p)
        return stamp_at_start (line, op, s);
    return op->sort->read (s, stop);
}

static gboolean
match_field (LineView *line, const Op *op, char stop, Span *s, ShapeMatch *m)
{
    gboolean bracket = op->sort->port != SHAPE_SKIP && span_lit (s, "[");
    const char *start = s->p;
    Span port;

    if (!read_field (line, op, stop, s))
        return FALSE;
    add_field (m, op->sort->what, (Span) { start, s->p });
    if (op->sort->port == SHAPE_SKIP)
        return TRUE;
    if (!shape_port (s, bracket, &port))
        return FALSE;
    add_field (m, op->sort->port, port);
    return TRUE;
}

static gboolean
match_literal (const Template *t, const Op *op, Span *s)
{
    if (span_left (*s) < op->n)
        return FALSE;
    if (t->nocase ? g_ascii_strncasecmp (s->p, op->text, op->n) != 0
                  : memcmp (s->p, op->text, op->n) != 0)
        return FALSE;
    s->p += op->n;
    return TRUE;
}

/* The operations from `i' up to a {*} or the end, at the start of s. */
static gboolean
match_piece (const Template *t, LineView *line, guint i, Span *s, ShapeMatch *m)
{
    for (; i < t->n_ops && t->ops[i].kind != OP_SKIP; i++) {
        const Op *op = &t->ops[i], *next = i + 1 < t->n_ops ? op + 1 : NULL;
        const char *before = s->p;

        switch (op->kind) {
        case OP_LITERAL:
            if (!match_literal (t, op, s))
                return FALSE;
            break;
        case OP_BLANKS:
            span_blanks (s);
            if (s->p == before)
                return FALSE;
            break;
        default:
            if (!match_field (line, op,
                              next != NULL && next->kind == OP_LITERAL ? *next->text : '\0', s, m))
                return FALSE;
        }
    }
    return TRUE;
}

static const char *
find_nocase (const Op *op, const char *p, const char *end)
{
    for (; (gsize)(end - p) >= op->n; p++)
        if (g_ascii_strncasecmp (p, op->text, op->n) == 0)
            return p;
    return NULL;
}

/* Where the next address begins, or the bracket around it when a port is wanted behind. */
static const char *
next_address (const LineView *line, const Op *op, const char *p)
{
    for (guint i = 0; i < line->n_addresses; i++) {
        const char *start = line->addresses[i].p;

        if (op->sort->port != SHAPE_SKIP && start > p && start[-1] == '[')
            start--;
        if (start >= p)
            return start;
    }
    return NULL;
}

/* The next place where a piece that begins with `op' can begin. */
static const char *
next_place (const Template *t, const LineView *line, const Op *op, const char *p)
{
    const char *end = line->text.end;

    if (op->kind == OP_LITERAL)
        return t->nocase ? find_nocase (op, p, end) : find_literal (op, p, end);
    if (op->kind == OP_FIELD && (op->sort->what == SHAPE_SRC || op->sort->what == SHAPE_DST))
        return next_address (line, op, p);
    if (op->kind == OP_BLANKS)
        while (p < end && *p != ' ' && *p != '\t')
            p++;
    else
        while (p < end && !shape_may_start (op->sort, p > line->text.p ? p[-1] : ' ', *p))
            p++;
    return p < end ? p : NULL;
}

/* From p on, or just there: where the piece from `i' ends, or NULL. */
static const char *
find_piece (const Template *t, LineView *line, guint i, const char *p, gboolean just_there,
            ShapeMatch *m)
{
    guint kept = m->n_fields;

    for (; p <= line->text.end; p++) {
        Span s;

        if (!just_there && (p = next_place (t, line, &t->ops[i], p)) == NULL)
            return NULL;
        s = (Span) { p, line->text.end };
        m->n_fields = kept;
        if (match_piece (t, line, i, &s, m))
            return s.p;
        if (just_there)
            return NULL;
    }
    return NULL;
}

/* Each piece between two {*} is taken where it first fits.  Going back to an earlier piece would
 * only move what stands behind it further on, so it is never needed. */
gboolean
template_match (const Template *t, LineView *line, ShapeMatch *ret)
{
    const char *p = line->text.p;
    gboolean just_there = t->from_start;
    ShapeMatch m;

    if (!t->nocase && t->need != NULL && find_literal (t->need, p, line->text.end) == NULL)
        return FALSE;
    m.shape = t->shape;
    m.n_fields = 0;
    for (guint i = 0; i < t->n_ops;) {
        if (t->ops[i].kind == OP_SKIP) {
            just_there = FALSE;
            i++;
            continue;
        }
        if ((p = find_piece (t, line, i, p, just_there, &m)) == NULL)
            return FALSE;
        while (i < t->n_ops && t->ops[i].kind != OP_SKIP)
            i++;
    }
    *ret = m;
    return TRUE;
}
