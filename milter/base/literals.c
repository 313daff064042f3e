#include "base/literals.h"
#include "base/fold.h"
#include "base/literal_set.h"
#include "base/regex_read.h"

#define MAX_DEPTH 250 /* as PCRE2's own */

typedef struct Sequence {
    GString *run;      /* characters that follow each other */
    Reach run_at, at;  /* where the run begins, and where the next element does */
    Set *best, *other; /* the rarest set so far and the next; NULL: none */
} Sequence;

static Set *parse_alternatives (Parse *p, Reach *ret_reach);

static void
consider (Sequence *s, Set *set) /* takes it */
{
    if (set == NULL)
        return;
    if (set_is_rarer (set, s->best)) {
        set_free (s->other);
        s->other = s->best;
        s->best = set;
    } else if (set_is_rarer (set, s->other)) {
        set_free (s->other);
        s->other = set;
    } else {
        set_free (set);
    }
}

static void
end_run (Sequence *s)
{
    if (s->run->len >= LITERAL_MIN_BYTES) {
        Set *set = set_new ();

        g_ptr_array_add (set->texts, g_strdup (s->run->str));
        set->reach = s->run_at;
        consider (s, set);
    }
    g_string_truncate (s->run, 0);
}

static Element
parse_inside (Parse *p, gboolean counts)
{
    Reach reach;
    Set *set = parse_alternatives (p, &reach);

    if (!span_lit (&p->rest, ")")) {
        set_free (set);
        return regex_lost (p);
    }
    if (counts)
        return (Element) { .kind = ELEMENT_GROUP, .set = set, .group_reach = reach };
    set_free (set);
    return (Element) { .kind = ELEMENT_EMPTY };
}

static Element
parse_group (Parse *p)
{
    Element e;

    if (p->rest.p < p->rest.end && *p->rest.p == '*')
        return regex_lost (p); /* a verb may end a match early */
    if (!span_lit (&p->rest, "?"))
        return parse_inside (p, TRUE);
    if (span_lit (&p->rest, "=") || span_lit (&p->rest, "!") || span_lit (&p->rest, "<=") ||
        span_lit (&p->rest, "<!"))
        return parse_inside (p, FALSE);
    if (span_lit (&p->rest, ">") || span_lit (&p->rest, "|"))
        return parse_inside (p, TRUE);
    if (span_lit (&p->rest, "<") || span_lit (&p->rest, "P<")) {
        e = regex_skip_to (p, '>', ELEMENT_GROUP);
        p->tied = TRUE;
        return p->lost ? e : parse_inside (p, TRUE);
    }
    if (!regex_flags (p))
        return regex_lost (p); /* conditions, recursion, comments, other flags */
    if (span_lit (&p->rest, ")")) {
        p->tied = TRUE;
        return (Element) { .kind = ELEMENT_EMPTY };
    }
    span_lit (&p->rest, ":");
    return parse_inside (p, TRUE);
}

static Element
parse_element (Parse *p)
{
    gunichar c = regex_char (p);

    switch (c) {
    case '\\':
        return regex_escape (p);
    case '[':
        return regex_class (p);
    case '(':
        return parse_group (p);
    case '.':
        return (Element) { .kind = ELEMENT_ANY };
    case '^':
    case '$':
        return (Element) { .kind = ELEMENT_EMPTY };
    default:
        return (Element) { .kind = ELEMENT_CHAR, .c = c };
    }
}

static void
add_char (Sequence *s, gunichar c)
{
    if (!fold_is_simple (c) || c == 0) {
        end_run (s);
        return;
    }
    if (s->run->len == 0)
        s->run_at = s->at;
    g_string_append_unichar (s->run, fold_char (c));
}

static void
add_set (Sequence *s, Set *set) /* takes it */
{
    if (set != NULL)
        set->reach = reach_after (s->at, set->reach);
    consider (s, set);
}

static void
add_element (Sequence *s, Element e, Quantifier q)
{
    if (e.kind == ELEMENT_EMPTY)
        return;
    if (e.kind == ELEMENT_CHAR && q.min > 0)
        add_char (s, e.c);
    if (e.kind != ELEMENT_CHAR || q.is_there)
        end_run (s);
    if (q.min > 0)
        add_set (s, e.set);
    else
        set_free (e.set);
    s->at = reach_after (s->at, regex_reach (&e, q));
}

static Set *
parse_sequence (Parse *p, Reach *ret_reach)
{
    Sequence s = { .run = g_string_new (NULL) };

    while (p->rest.p < p->rest.end && *p->rest.p != '|' && *p->rest.p != ')') {
        Element e = parse_element (p);
        Quantifier q = regex_quantifier (p);

        if (p->rest.p < p->rest.end && g_str_has_prefix (p->rest.p, "{,"))
            regex_lost (p); /* a quantifier from PCRE2 10.43 on */
        add_element (&s, e, q);
    }
    end_run (&s);
    g_string_free (s.run, TRUE);
    set_free (p->second);
    p->second = s.other;
    *ret_reach = s.at;
    return s.best;
}

/* Each alternative must bring some: a text may hold any of them. */
static Set *
parse_alternatives (Parse *p, Reach *ret_reach)
{
    Set *all = set_new ();
    gboolean each = TRUE;

    *ret_reach = reach_chars (0);
    if (++p->depth > MAX_DEPTH)
        regex_lost (p);
    do {
        Reach reach;
        Set *set = parse_sequence (p, &reach);

        *ret_reach = reach_either (*ret_reach, reach);
        if (p->depth == 1)
            g_ptr_array_add (p->bars, (gpointer)p->rest.p);
        if (set != NULL && each) {
            set_take (all->texts, set->texts);
            all->reach = reach_either (all->reach, set->reach);
        }
        each = each && set != NULL && all->texts->len <= LITERALS_MAX;
        set_free (set);
    } while (span_lit (&p->rest, "|"));
    p->depth--;
    if (each && !p->lost)
        return all;
    set_free (all);
    return NULL;
}

static Set *
parse_regex (Parse *p, const char *regex)
{
    Reach reach;
    Set *set;

    *p = (Parse) { .rest = span_of (regex), .bars = g_ptr_array_new () };
    set = parse_alternatives (p, &reach);
    p->lost = p->lost || p->rest.p != p->rest.end;
    return set;
}

static LiteralSet
as_strings (Set *set) /* takes it */
{
    LiteralSet strings = { NULL, reach_endless () };

    if (set == NULL)
        return strings;
    strings.reach = set->reach;
    g_ptr_array_set_free_func (set->texts, NULL);
    g_ptr_array_add (set->texts, NULL);
    strings.texts = (char **)g_ptr_array_free (set->texts, FALSE);
    g_free (set);
    return strings;
}

void
regex_literals (const char *regex, LiteralSet ret_sets[2])
{
    Parse p;
    Set *set = parse_regex (&p, regex), *second;
    gboolean good = set != NULL && !p.lost, alone = p.bars->len == 1;

    g_ptr_array_unref (p.bars);
    second = good && alone ? p.second : NULL;
    if (second == NULL)
        set_free (p.second);
    if (!good)
        set_free (set);
    ret_sets[0] = as_strings (good ? set : NULL);
    ret_sets[1] = as_strings (second);
}

char **
regex_alternatives (const char *regex)
{
    Parse p;
    GPtrArray *parts = g_ptr_array_new ();
    const char *from = regex;

    set_free (parse_regex (&p, regex));
    set_free (p.second);
    if (p.lost || p.tied)
        g_ptr_array_set_size (p.bars, 0);
    for (guint i = 0; i < p.bars->len; i++) {
        const char *bar = p.bars->pdata[i];

        g_ptr_array_add (parts, g_strndup (from, (gsize)(bar - from)));
        from = bar + 1;
    }
    if (parts->len == 0)
        g_ptr_array_add (parts, g_strdup (regex));
    g_ptr_array_add (parts, NULL);
    g_ptr_array_unref (p.bars);
    return (char **)g_ptr_array_free (parts, FALSE);
}
