/* The elements of a regex, one by one: PCRE2's syntax as far as scenarios use it. */
#include "base/regex_read.h"

Element
regex_lost (Parse *p)
{
    p->lost = TRUE;
    p->rest.p = p->rest.end;
    return (Element) { .kind = ELEMENT_ANY };
}

gunichar
regex_char (Parse *p)
{
    gunichar c = g_utf8_get_char (p->rest.p);

    p->rest.p = g_utf8_next_char (p->rest.p);
    return c;
}

Element
regex_skip_to (Parse *p, char stop, ElementKind kind)
{
    const char *at = memchr (p->rest.p, stop, span_left (p->rest));

    if (at == NULL)
        return regex_lost (p);
    p->rest.p = at + 1;
    return (Element) { .kind = kind };
}

static Element
parse_hex (Parse *p)
{
    if (span_lit (&p->rest, "{"))
        return regex_skip_to (p, '}', ELEMENT_ANY);
    for (int i = 0; i < 2 && p->rest.p < p->rest.end && g_ascii_isxdigit (*p->rest.p); i++)
        p->rest.p++;
    return (Element) { .kind = ELEMENT_ANY };
}

static Element
parse_property (Parse *p)
{
    if (span_lit (&p->rest, "{"))
        return regex_skip_to (p, '}', ELEMENT_ANY);
    if (p->rest.p < p->rest.end)
        regex_char (p);
    return (Element) { .kind = ELEMENT_ANY };
}

Element
regex_escape (Parse *p)
{
    static const char controls[] = "aefnrt", values[] = "\a\033\f\n\r\t";
    gunichar c;

    if (p->rest.p == p->rest.end)
        return regex_lost (p);
    c = regex_char (p);
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
        return regex_lost (p);
    if (strchr ("dDwWsShHvVRXN", (int)c) != NULL)
        return (Element) { .kind = ELEMENT_ANY, .letter = (char)c };
    if (!g_ascii_isdigit ((char)c))
        return regex_lost (p); /* \Q, \k, \g, \c, \o */
    p->tied = TRUE;
    while (p->rest.p < p->rest.end && g_ascii_isdigit (*p->rest.p))
        p->rest.p++;
    return (Element) { .kind = ELEMENT_ANY, .letter = 'X' }; /* a reference: of any length */
}

Element
regex_class (Parse *p)
{
    span_lit (&p->rest, "^");
    span_lit (&p->rest, "]"); /* the first one stands for itself */
    while (p->rest.p < p->rest.end) {
        gunichar c = regex_char (p);

        if (c == ']')
            return (Element) { .kind = ELEMENT_ANY };
        if (c == '\\' && p->rest.p < p->rest.end) {
            c = regex_char (p);
            if (c == 'Q' || c == 'E' || c == 'c' || c == 'N')
                return regex_lost (p);
        } else if (c == '[' && p->rest.p < p->rest.end && strchr (":.=", *p->rest.p) != NULL) {
            p->rest.p++;
            while (p->rest.p < p->rest.end && (g_ascii_isalpha (*p->rest.p) || *p->rest.p == '^'))
                p->rest.p++;
            if (!span_lit (&p->rest, ":]"))
                return regex_lost (p);
        }
    }
    return regex_lost (p);
}

/* "(?i)" and "(?i:": letters that change nothing a folded text could show. */
gboolean
regex_flags (Parse *p)
{
    while (p->rest.p < p->rest.end && strchr ("ism-", *p->rest.p) != NULL)
        p->rest.p++;
    return p->rest.p < p->rest.end && (*p->rest.p == ':' || *p->rest.p == ')');
}

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

Quantifier
regex_quantifier (Parse *p)
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

Reach
regex_reach (const Element *e, Quantifier q)
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
