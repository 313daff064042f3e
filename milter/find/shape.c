#include "find/shape.h"
#include "find/shape_template.h"

#define MAX_SHAPES 512
#define MAX_UNADDRESSED 8
#define HASH_BITS 13

/* A line's every TEMPLATE_WINDOW bytes are hashed; `seen' holds the hashes of all anchors, so that
 * nearly every position costs one load and one bit. */
struct Shapes {
    Template *templates;
    guint n;
    guint64 seen[(1 << HASH_BITS) / 64];
    guint16 heads[1 << HASH_BITS]; /* first template of a hash; MAX_SHAPES: none */
    guint16 next[MAX_SHAPES];      /* the next of the same hash */
    guint64 loose[MAX_SHAPES / 64];
    guint16 unaddressed[MAX_UNADDRESSED]; /* the few that name hosts only */
    guint n_unaddressed;
};

static guint
window_hash (guint32 w)
{
    return (w * 2654435761u) >> (32 - HASH_BITS);
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

            template_compile (&shape_rows[i]->rows[k], t);
            if (!t->needs_address) {
                g_assert (s->n_unaddressed < MAX_UNADDRESSED && t->need != NULL);
                s->unaddressed[s->n_unaddressed++] = (guint16)s->n;
            }
            if (t->loose) {
                s->loose[s->n / 64] |= G_GUINT64_CONSTANT (1) << s->n % 64;
                continue;
            }
            h = window_hash (t->window);
            s->seen[h / 64] |= G_GUINT64_CONSTANT (1) << h % 64;
            s->next[s->n] = s->heads[h];
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

static void
bytes_of (Span line, guint64 ret[4])
{
    memset (ret, 0, 4 * sizeof *ret);
    for (const char *p = line.p; p < line.end; p++)
        ret[(guchar)*p / 64] |= G_GUINT64_CONSTANT (1) << (guchar)*p % 64;
}

static gboolean
all_in (const guint64 need[4], const guint64 have[4])
{
    if ((need[0] & ~have[0]) != 0) /* of the marks and digits: nearly all end here */
        return FALSE;
    return ((need[1] & ~have[1]) | (need[2] & ~have[2]) | (need[3] & ~have[3])) == 0;
}

/* A bit for each template whose anchor occurs in the line, or that has none. */
static void
candidates (const Shapes *s, Span line, guint64 ret[MAX_SHAPES / 64])
{
    memcpy (ret, s->loose, sizeof s->loose);
    for (const char *p = line.p; p + TEMPLATE_WINDOW <= line.end; p++) {
        guint32 w = template_window (p);
        guint h = window_hash (w);

        if ((s->seen[h / 64] >> h % 64 & 1) == 0)
            continue;
        for (guint i = s->heads[h]; i < MAX_SHAPES; i = s->next[i])
            if (s->templates[i].window == w)
                ret[i / 64] |= G_GUINT64_CONSTANT (1) << i % 64;
    }
}

static gboolean
match_unaddressed (const Shapes *s, LineView *line, ShapeMatch *m)
{
    for (guint i = 0; i < s->n_unaddressed; i++) {
        const Template *t = &s->templates[s->unaddressed[i]];

        if (template_match (t, line, m))
            return TRUE;
    }
    return FALSE;
}

static gboolean
match_addressed (const Shapes *s, LineView *line, ShapeMatch *m)
{
    guint64 bits[MAX_SHAPES / 64], bytes[4];

    bytes_of (line->text, bytes);
    candidates (s, line->text, bits);
    for (guint w = 0; w < G_N_ELEMENTS (bits); w++)
        for (guint64 b = bits[w]; b != 0; b &= b - 1) {
            const Template *t = &s->templates[w * 64 + (guint)__builtin_ctzll (b)];

            if (all_in (t->bytes, bytes) && template_match (t, line, m))
                return TRUE;
        }
    return FALSE;
}

gboolean
shape_match (const Shapes *s, Span line, ShapeMatch *ret)
{
    LineView view;

    if (span_left (line) > SHAPE_MAX_LINE)
        line.end = line.p + SHAPE_MAX_LINE;
    line_view (line, &view);
    return view.n_addresses > 0 ? match_addressed (s, &view, ret)
                                : match_unaddressed (s, &view, ret);
}
