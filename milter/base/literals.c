#include "base/literals.h"
#include "base/fold.h"

#define MAX_DEPTH 250 /* as PCRE2's own */

typedef struct Set {
    GPtrArray *texts;
    Reach reach; /* from the start of what it is a set of */
} Set;

typedef struct Parse {
    Span rest;
    guint depth;
    gboolean lost;   /* something is not understood: no literals at all */
    gboolean tied;   /* an alternative reaches into another: by a number or a setting */
    GPtrArray *bars; /* where the top level's stand */
    Set *second;     /* the next rarest set of the sequence read last */
} Parse;

typedef enum ElementKind {
    ELEMENT_CHAR,
    ELEMENT_GROUP,
    ELEMENT_EMPTY, /* matches nothing of its own: \b, ^, a lookaround */
    ELEMENT_ANY    /* matches something that is not said here: a class, a reference */
} ElementKind;

typedef struct Element {
    ElementKind kind;
    gunichar c;
    char letter; /* of ELEMENT_ANY: the escape's, such as the s of \s; 0: none */
    Set *set;    /* of a group; NULL: none */
    Reach group_reach;
} Element;

typedef struct Sequence {
    GString *run;      /* characters that follow each other */
    Reach run_at, at;  /* where the run begins, and where the next element does */
    Set *best, *other; /* the rarest set so far and the next; NULL: none */
} Sequence;

static Set *parse_alternatives (Parse *p, Reach *ret_reach);

static Set *
new_set (void)
{
    Set *set = g_new0 (Set, 1);

    set->texts = g_ptr_array_new_with_free_func (g_free);
    return set;
}

static void
free_set (Set *set)
{
    if (set == NULL)
        return;
    g_ptr_array_unref (set->texts);
    g_free (set);
}

/* How often a text holds one of them by chance, roughly. */
static double
commonness (const GPtrArray *texts)
{
    double sum = 0;

    for (guint i = 0; i < texts->len; i++) {
        double one = 1;

        for (gsize n = MIN (strlen (texts->pdata[i]), 10); n > 0; n--)
            one *= 0.35;
        sum += one;
    }
    return sum;
}

static gboolean
rarer (const Set *a, const Set *b)
{
    return b == NULL || commonness (a->texts) < commonness (b->texts);
}

static void
consider (Sequence *s, Set *set) /* takes it */
{
    if (set == NULL)
        return;
    if (rarer (set, s->best)) {
        free_set (s->other);
        s->other = s->best;
        s->best = set;
    } else if (rarer (set, s->other)) {
        free_set (s->other);
        s->other = set;
    } else {
        free_set (set);
    }
}

static void
end_run (Sequence *s)
{
    if (s->run->len >= LITERAL_MIN_BYTES) {
        Set *set = new_set ();

        g_ptr_array_add (set->texts, g_strdup (s->run->str));
        set->reach = s->run_at;
        consider (s, set);
    }
    g_string_truncate (s->run, 0);
}

static Element
lost (Parse *p)
{
    p->lost = TRUE;
    p->rest.p = p->rest.end;
    return (Element) { .kind = ELEMENT_ANY };
}

static gunichar
next_char (Parse *p)
{
    gunichar c = g_utf8_get_char (p->rest.p);

    p->rest.p = g_utf8_next_char (p->rest.p);
    return c;
}

static Element
skip_to (Parse *p, char stop, ElementKind kind)
{
    const char *at = memchr (p->rest.p, stop, span_left (p->rest));

    if (at == NULL)
        return lost (p);
    p->rest.p = at + 1;
    return (Element) { .kind = kind };
}

static Element
parse_hex (Parse *p)
{
    if (span_lit (&p->rest, "{"))
        return skip_to (p, '}', ELEMENT_ANY);
    for (int i = 0; i < 2 && p->rest.p < p->rest.end && g_ascii_isxdigit (*p->rest.p); i++)
        p->rest.p++;
    return (Element) { .kind = ELEMENT_ANY };
}

static Element
parse_property (Parse *p)
{
    if (span_lit (&p->rest, "{"))
        return skip_to (p, '}', ELEMENT_ANY);
    if (p->rest.p < p->rest.end)
        next_char (p);
    return (Element) { .kind = ELEMENT_ANY };
}

static Element
parse_escape (Parse *p)
{
    static const char controls[] = "aefnrt", values[] = "\a\033\f\n\r\t";
    gunichar c;

    if (p->rest.p == p->rest.end)
        return lost (p);
    c = next_char (p);
    if (c >= 0x80 || !g_ascii_isalnum ((char)c))
        return (Element) { .kind = ELEMENT_CHAR, .c = c };
    if (strchr (controls, (int)c) != NULL)
        return (Element) { .kind = ELEMENT_CHAR,
                           .c = (gunichar)values[strchr (controls, (int)c) - controls] };
    if (strchr ("bBAzZGK", (int)c) != NULL)
        return (Element) { .kind = ELEMENT_EMPTY };
    if (c == 'x')
        return parse_hex (p);
    if (c == 'p' || c == 'P')
        return parse_property (p);
    if (c == 'N' && p->rest.p < p->rest.end && *p->rest.p == '{')
        return lost (p);
    if (strchr ("dDwWsShHvVRXN", (int)c) != NULL)
        return (Element) { .kind = ELEMENT_ANY, .letter = (char)c };
    if (!g_ascii_isdigit ((char)c))
        return lost (p); /* \Q, \k, \g, \c, \o */
    p->tied = TRUE;
    while (p->rest.p < p->rest.end && g_ascii_isdigit (*p->rest.p))
        p->rest.p++;
    return (Element) { .kind = ELEMENT_ANY, .letter = 'X' }; /* a reference: of any length */
}

static Element
parse_class (Parse *p)
{
    span_lit (&p->rest, "^");
    span_lit (&p->rest, "]"); /* the first one stands for itself */
    while (p->rest.p < p->rest.end) {
        gunichar c = next_char (p);

        if (c == ']')
            return (Element) { .kind = ELEMENT_ANY };
        if (c == '\\' && p->rest.p < p->rest.end) {
            c = next_char (p);
            if (c == 'Q' || c == 'E' || c == 'c' || c == 'N')
                return lost (p);
        } else if (c == '[' && p->rest.p < p->rest.end && strchr (":.=", *p->rest.p) != NULL) {
            p->rest.p++;
            while (p->rest.p < p->rest.end && (g_ascii_isalpha (*p->rest.p) || *p->rest.p == '^'))
                p->rest.p++;
            if (!span_lit (&p->rest, ":]"))
                return lost (p);
        }
    }
    return lost (p);
}

/* "(?i)" and "(?i:": letters that change nothing a folded text could show. */
static gboolean
skip_flags (Parse *p)
{
    while (p->rest.p < p->rest.end && strchr ("ism-", *p->rest.p) != NULL)
        p->rest.p++;
    return p->rest.p < p->rest.end && (*p->rest.p == ':' || *p->rest.p == ')');
}

static Element
parse_inside (Parse *p, gboolean counts)
{
    Reach reach;
    Set *set = parse_alternatives (p, &reach);

    if (!span_lit (&p->rest, ")")) {
        free_set (set);
        return lost (p);
    }
    if (counts)
        return (Element) { .kind = ELEMENT_GROUP, .set = set, .group_reach = reach };
    free_set (set);
    return (Element) { .kind = ELEMENT_EMPTY };
}

static Element
parse_group (Parse *p)
{
    Element e;

    if (p->rest.p < p->rest.end && *p->rest.p == '*')
        return lost (p); /* a verb may end a match early */
    if (!span_lit (&p->rest, "?"))
        return parse_inside (p, TRUE);
    if (span_lit (&p->rest, "=") || span_lit (&p->rest, "!") || span_lit (&p->rest, "<=") ||
        span_lit (&p->rest, "<!"))
        return parse_inside (p, FALSE);
    if (span_lit (&p->rest, ">") || span_lit (&p->rest, "|"))
        return parse_inside (p, TRUE);
    if (span_lit (&p->rest, "<") || span_lit (&p->rest, "P<")) {
        e = skip_to (p, '>', ELEMENT_GROUP);
        p->tied = TRUE;
        return p->lost ? e : parse_inside (p, TRUE);
    }
    if (!skip_flags (p))
        return lost (p); /* conditions, recursion, comments, other flags */
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
    gunichar c = next_char (p);

    switch (c) {
    case '\\':
        return parse_escape (p);
    case '[':
        return parse_class (p);
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

typedef struct Quantifier {
    guint min, max;
    gboolean is_there;
} Quantifier;

#define NO_MAX G_MAXUINT

static gboolean
parse_braces (Parse *p, Quantifier *ret)
{
    Span t = p->rest;

    if (!span_lit (&t, "{") || !span_uint (&t, 65535, &ret->min))
        return FALSE;
    ret->max = ret->min;
    if (span_lit (&t, ",") && !span_uint (&t, 65535, &ret->max))
        ret->max = NO_MAX;
    if (!span_lit (&t, "}"))
        return FALSE;
    p->rest = t;
    return TRUE;
}

static Quantifier
parse_quantifier (Parse *p)
{
    Quantifier braces;

    if (span_lit (&p->rest, "*"))
        braces = (Quantifier) { 0, NO_MAX, TRUE };
    else if (span_lit (&p->rest, "?"))
        braces = (Quantifier) { 0, 1, TRUE };
    else if (span_lit (&p->rest, "+"))
        braces = (Quantifier) { 1, NO_MAX, TRUE };
    else if (!parse_braces (p, &braces))
        return (Quantifier) { 1, 1, FALSE };
    braces.is_there = TRUE;
    if (!span_lit (&p->rest, "?"))
        span_lit (&p->rest, "+");
    return braces;
}

static Reach
reach_of_run (char letter)
{
    switch (letter) {
    case 's':
    case 'h':
    case 'v':
        return reach_run (RUN_BLANKS);
    case 'W':
        return reach_run (RUN_GAPS);
    case 'w':
    case 'd':
        return reach_run (RUN_WORDS);
    default:
        return reach_endless ();
    }
}

static Reach
reach_of (const Element *e, Quantifier q)
{
    if (e->kind == ELEMENT_EMPTY)
        return reach_chars (0);
    if (e->kind == ELEMENT_GROUP)
        return q.max == NO_MAX ? reach_endless () : reach_times (e->group_reach, q.max);
    if (e->letter == 'X')
        return reach_endless ();
    if (q.max == NO_MAX)
        return reach_of_run (e->letter);
    return reach_times (reach_chars (e->letter == 'R' ? 2 : 1), q.max);
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
        free_set (e.set);
    s->at = reach_after (s->at, reach_of (&e, q));
}

static Set *
parse_sequence (Parse *p, Reach *ret_reach)
{
    Sequence s = { .run = g_string_new (NULL) };

    while (p->rest.p < p->rest.end && *p->rest.p != '|' && *p->rest.p != ')') {
        Element e = parse_element (p);
        Quantifier q = parse_quantifier (p);

        if (p->rest.p < p->rest.end && g_str_has_prefix (p->rest.p, "{,"))
            lost (p); /* a quantifier from PCRE2 10.43 on */
        add_element (&s, e, q);
    }
    end_run (&s);
    g_string_free (s.run, TRUE);
    free_set (p->second);
    p->second = s.other;
    *ret_reach = s.at;
    return s.best;
}

static void
take_all (GPtrArray *into, GPtrArray *from)
{
    for (guint i = 0; i < from->len; i++)
        if (!g_ptr_array_find_with_equal_func (into, from->pdata[i], g_str_equal, NULL))
            g_ptr_array_add (into, g_strdup (from->pdata[i]));
}

/* Each alternative must bring some: a text may hold any of them. */
static Set *
parse_alternatives (Parse *p, Reach *ret_reach)
{
    Set *all = new_set ();
    gboolean each = TRUE;

    *ret_reach = reach_chars (0);
    if (++p->depth > MAX_DEPTH)
        lost (p);
    do {
        Reach reach;
        Set *set = parse_sequence (p, &reach);

        *ret_reach = reach_either (*ret_reach, reach);
        if (p->depth == 1)
            g_ptr_array_add (p->bars, (gpointer)p->rest.p);
        if (set != NULL && each) {
            take_all (all->texts, set->texts);
            all->reach = reach_either (all->reach, set->reach);
        }
        each = each && set != NULL && all->texts->len <= LITERALS_MAX;
        free_set (set);
    } while (span_lit (&p->rest, "|"));
    p->depth--;
    if (each && !p->lost)
        return all;
    free_set (all);
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
        free_set (p.second);
    if (!good)
        free_set (set);
    ret_sets[0] = as_strings (good ? set : NULL);
    ret_sets[1] = as_strings (second);
}

char **
regex_alternatives (const char *regex)
{
    Parse p;
    GPtrArray *parts = g_ptr_array_new ();
    const char *from = regex;

    free_set (parse_regex (&p, regex));
    free_set (p.second);
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
