#include "find/shape.h"
#include "find/chars.h"
#include "find/shape_rows.h"

#define MAX_SHAPES 512
#define MAX_OPS 40 /* of one template */
#define WINDOW 4   /* bytes of an anchor */
#define HASH_BITS 13

typedef enum OpKind { OP_LITERAL, OP_BLANKS, OP_SKIP, OP_FIELD } OpKind;

typedef struct Op {
    OpKind kind;
    const char *text; /* OP_LITERAL */
    gsize n;
    const ShapeSort *sort; /* OP_FIELD */
} Op;

typedef struct Template {
    const Shape *shape;
    Op ops[MAX_OPS];
    guint n_ops;
    gboolean from_start, nocase;
    gboolean needs_address;
    const Op *need; /* its longest literal: no line without it can match; NULL when it has none */
    guint next;     /* in its bucket; MAX_SHAPES ends the list */
    guint32 window; /* the rarest WINDOW bytes of its literals */
    gboolean loose; /* no literal is long enough for a window: always tried */
} Template;

/* A line's every WINDOW bytes are hashed; `seen' holds the hashes of all anchors, so that nearly
 * every position of nearly every line costs one load and one bit. */
struct Shapes {
    Template *templates;
    guint n;
    guint64 seen[(1 << HASH_BITS) / 64];
    guint16 heads[1 << HASH_BITS]; /* first template of a hash */
    guint64 loose[MAX_SHAPES / 64];
};

static guint32
window_at (const char *p)
{
    guint32 w;

    memcpy (&w, p, sizeof w);
    return w | 0x20202020u; /* one case for all: a false hit costs less than two tables */
}

static guint
window_hash (guint32 w)
{
    return (w * 2654435761u) >> (32 - HASH_BITS);
}

static guint
rarity (char c)
{
    if (char_in (c, "etaoinsrhld"))
        return 1;
    if (g_ascii_islower (c))
        return 2;
    return g_ascii_isalnum (c) ? 3 : 4;
}

static void
choose_anchor (Template *t)
{
    guint best = 0;

    t->loose = TRUE;
    t->need = NULL;
    for (guint i = 0; i < t->n_ops; i++) {
        const Op *op = &t->ops[i];

        if (op->kind != OP_LITERAL)
            continue;
        if (t->need == NULL || op->n > t->need->n)
            t->need = op;
        for (gsize k = 0; k + WINDOW <= op->n; k++) {
            guint score = rarity (op->text[k]) + rarity (op->text[k + 1]) +
                          rarity (op->text[k + 2]) + rarity (op->text[k + 3]);

            if (score > best) {
                best = score;
                t->window = window_at (op->text + k);
                t->loose = FALSE;
            }
        }
    }
}

/* "{name}", "{*}", "{{" and "}}" for the braces themselves. */
static void
compile_brace (Span *s, Template *t)
{
    Op *op = &t->ops[t->n_ops++];
    Span name;

    if (s->p[1] == '{') {
        *op = (Op) { .kind = OP_LITERAL, .text = s->p, .n = 1 };
        s->p += 2;
        return;
    }
    s->p++;
    if (!span_until (s, '}', &name))
        g_assert_not_reached ();
    if (span_is (name, "*")) {
        op->kind = OP_SKIP;
        return;
    }
    *op = (Op) { .kind = OP_FIELD, .sort = shape_sort (name) };
    g_assert (op->sort != NULL);
}

static void
compile_literal (Span *s, Template *t)
{
    Op *op = &t->ops[t->n_ops++];
    const char *start = s->p;

    *op = (Op) { .kind = OP_LITERAL, .text = start };
    if (*s->p == '}') { /* "}}" */
        op->n = 1;
        s->p += 2;
        return;
    }
    while (s->p < s->end && !char_in (*s->p, " {}"))
        s->p++;
    op->n = (gsize)(s->p - start);
}

/* A mistake in a template is a mistake of ours. */
static void
compile (const Shape *shape, Template *t)
{
    Span s = span_of (shape->template_);

    t->shape = shape;
    t->nocase = span_lit (&s, "~");
    t->from_start = span_lit (&s, "^");
    while (s.p < s.end) {
        g_assert (t->n_ops < MAX_OPS);
        if (*s.p == ' ') {
            span_blanks (&s);
            t->ops[t->n_ops++].kind = OP_BLANKS;
        } else if (*s.p == '{') {
            compile_brace (&s, t);
        } else {
            compile_literal (&s, t);
        }
    }
    g_assert (t->n_ops > 0);
    choose_anchor (t);
}

Shapes *
shapes_new (void)
{
    Shapes *s = g_new0 (Shapes, 1);

    for (guint i = 0; i < n_shape_rows; i++)
        s->n += shape_rows[i]->n;
    g_assert (s->n <= MAX_SHAPES);
    s->templates = g_new0 (Template, s->n);
    for (gsize i = 0; i < G_N_ELEMENTS (s->heads); i++)
        s->heads[i] = MAX_SHAPES;
    s->n = 0;
    for (guint i = 0; i < n_shape_rows; i++)
        for (guint k = 0; k < shape_rows[i]->n; k++, s->n++) {
            Template *t = &s->templates[s->n];
            guint h;

            compile (&shape_rows[i]->rows[k], t);
            if (t->loose) {
                s->loose[s->n / 64] |= G_GUINT64_CONSTANT (1) << s->n % 64;
                continue;
            }
            h = window_hash (t->window);
            s->seen[h / 64] |= G_GUINT64_CONSTANT (1) << h % 64;
            t->next = s->heads[h];
            s->heads[h] = (guint16)s->n;
        }
    return s;
}

void
shapes_free (Shapes *s)
{
    if (s == NULL)
        return;
    g_free (s->templates);
    g_free (s);
}

guint
shapes_count (const Shapes *s)
{
    return s->n;
}

const Shape *
shapes_get (const Shapes *s, guint i)
{
    return i < s->n ? s->templates[i].shape : NULL;
}

gboolean
shapes_known (const Shapes *s, const char *name_or_family)
{
    for (guint i = 0; i < s->n; i++)
        if (g_str_equal (s->templates[i].shape->name, name_or_family) ||
            g_str_equal (s->templates[i].shape->family, name_or_family))
            return TRUE;
    return FALSE;
}

static gboolean
number_or_mask (char c)
{
    return g_ascii_isdigit (c) || char_in (c, "xX*[](){}");
}

/* Two dots as in an IPv4 address, or colons as in an IPv6 one. */
static gboolean
has_address (Span line)
{
    guint colons = 0;

    for (const char *p = line.p;
         p < line.end && (p = memchr (p, '.', (gsize)(line.end - p))) != NULL; p++) {
        const char *q = p + 1;

        if (p == line.p || q == line.end || !number_or_mask (p[-1]) || !number_or_mask (*q))
            continue;
        while (q < line.end && number_or_mask (*q))
            q++;
        if (q + 1 < line.end && *q == '.' && number_or_mask (q[1]))
            return TRUE;
    }
    for (const char *p = line.p;
         p < line.end && (p = memchr (p, ':', (gsize)(line.end - p))) != NULL; p++) {
        if (p + 1 < line.end && p[1] == ':')
            return TRUE;
        colons += p + 1 < line.end && g_ascii_isxdigit (p[1]);
    }
    return colons >= 6;
}

/* A bit for each template whose anchor occurs in the line. */
static void
candidates (const Shapes *s, Span line, guint64 ret[MAX_SHAPES / 64])
{
    for (const char *p = line.p; p + WINDOW <= line.end; p++) {
        guint32 w = window_at (p);
        guint h = window_hash (w);

        if ((s->seen[h / 64] >> h % 64 & 1) == 0)
            continue;
        for (guint i = s->heads[h]; i < MAX_SHAPES; i = s->templates[i].next)
            if (s->templates[i].window == w)
                ret[i / 64] |= G_GUINT64_CONSTANT (1) << i % 64;
    }
}

static void
add_field (ShapeMatch *m, ShapeWhat what, Span text)
{
    if (what != SHAPE_SKIP && m->n_fields < SHAPE_MAX_FIELDS)
        m->fields[m->n_fields++] = (ShapeField) { .what = what, .text = text };
}

static gboolean
match_field (const Op *op, char stop, Span *s, ShapeMatch *m)
{
    gboolean bracket = op->sort->port != SHAPE_SKIP && span_lit (s, "[");
    const char *start = s->p;
    Span port;

    if (!op->sort->read (s, stop))
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
match_piece (const Template *t, guint i, Span *s, ShapeMatch *m)
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
            if (!match_field (op, next != NULL && next->kind == OP_LITERAL ? *next->text : '\0', s,
                              m))
                return FALSE;
        }
    }
    return TRUE;
}

/* The next place where a piece that begins with `op' can begin. */
static const char *
next_place (const Template *t, const Op *op, const char *line, const char *p, const char *end)
{
    Span rest = { p, end };

    switch (op->kind) {
    case OP_LITERAL:
        if (t->nocase) {
            while (span_left (rest) >= op->n && g_ascii_strncasecmp (rest.p, op->text, op->n) != 0)
                rest.p++;
            return span_left (rest) >= op->n ? rest.p : NULL;
        }
        return p < end ? memmem (p, (gsize)(end - p), op->text, op->n) : NULL;
    case OP_BLANKS:
        while (p < end && *p != ' ' && *p != '\t')
            p++;
        break;
    default:
        while (p < end && !shape_may_start (op->sort, p > line ? p[-1] : ' ', *p))
            p++;
    }
    return p < end ? p : NULL;
}

/* Each piece between two {*} is taken where it first fits.  Going back to an earlier piece would
 * only move what stands behind it further on, so it is never needed. */
static gboolean
match_template (const Template *t, Span line, ShapeMatch *m)
{
    const char *p = line.p;
    gboolean fixed = t->from_start;

    m->n_fields = 0;
    for (guint i = 0; i < t->n_ops;) {
        guint kept = m->n_fields;
        Span s;

        if (t->ops[i].kind == OP_SKIP) {
            fixed = FALSE;
            i++;
            continue;
        }
        for (;; p++) {
            if (!fixed && (p = next_place (t, &t->ops[i], line.p, p, line.end)) == NULL)
                return FALSE;
            s = (Span) { p, line.end };
            m->n_fields = kept;
            if (match_piece (t, i, &s, m))
                break;
            if (fixed || p == line.end)
                return FALSE;
        }
        p = s.p;
        while (i < t->n_ops && t->ops[i].kind != OP_SKIP)
            i++;
    }
    m->shape = t->shape;
    return TRUE;
}

static gboolean
has_need (const Template *t, Span line)
{
    return t->nocase || t->need == NULL ||
           memmem (line.p, span_left (line), t->need->text, t->need->n) != NULL;
}

gboolean
shape_match (const Shapes *s, Span line, ShapeMatch *ret)
{
    guint64 bits[MAX_SHAPES / 64] = { 0 };
    gboolean addressed;
    ShapeMatch m;

    if (span_left (line) > SHAPE_MAX_LINE)
        line.end = line.p + SHAPE_MAX_LINE;
    addressed = has_address (line);
    if (addressed)
        memcpy (bits, s->loose, sizeof bits);
    candidates (s, line, bits);
    for (guint w = 0; w < G_N_ELEMENTS (bits); w++)
        for (guint64 b = bits[w]; b != 0; b &= b - 1) {
            const Template *t = &s->templates[w * 64 + (guint)__builtin_ctzll (b)];

            if ((addressed || !t->needs_address) && has_need (t, line) &&
                match_template (t, line, &m)) {
                *ret = m;
                return TRUE;
            }
        }
    return FALSE;
}
