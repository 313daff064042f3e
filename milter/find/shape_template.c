/* Templates of log lines, compiled. */
#include "find/shape_template.h"
#include "find/chars.h"

static guint
rarity (char c)
{
    if (char_in (c, "etaoinsrhld"))
        return 1;
    if (g_ascii_islower (c))
        return 2;
    return g_ascii_isalnum (c) ? 3 : 4;
}

static gsize
rarest (const Op *op)
{
    gsize best = 0;

    for (gsize i = 1; i < op->n; i++)
        if (rarity (op->text[i]) > rarity (op->text[best]))
            best = i;
    return best;
}

/* How few lines have the literal, roughly. */
static guint
telling (const Op *op)
{
    return 16 * rarity (op->text[op->rare]) + (guint)MIN (op->n, 15);
}

static void
choose_anchor (Template *t)
{
    guint best = 0;

    t->loose = TRUE;
    t->need = NULL;
    for (guint i = 0; i < t->n_ops; i++) {
        Op *op = &t->ops[i];

        if (op->kind != OP_LITERAL)
            continue;
        op->rare = rarest (op);
        for (gsize k = 0; k < op->n && !t->nocase; k++)
            t->bytes[(guchar)op->text[k] / 64] |= G_GUINT64_CONSTANT (1)
                                                  << (guchar)op->text[k] % 64;
        if (t->need == NULL || telling (op) > telling (t->need))
            t->need = op;
        for (gsize k = 0; k + TEMPLATE_WINDOW <= op->n; k++) {
            guint score = rarity (op->text[k]) + rarity (op->text[k + 1]) +
                          rarity (op->text[k + 2]) + rarity (op->text[k + 3]);

            if (score > best) {
                best = score;
                t->window = template_window (op->text + k);
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
    t->needs_address |= op->sort->what == SHAPE_SRC || op->sort->what == SHAPE_DST;
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

void
template_compile (const Shape *shape, Template *t)
{
    Span s = span_of (shape->template_);

    t->shape = shape;
    t->nocase = span_lit (&s, "~");
    t->from_start = span_lit (&s, "^");
    while (s.p < s.end) {
        g_assert (t->n_ops < TEMPLATE_MAX_OPS);
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
