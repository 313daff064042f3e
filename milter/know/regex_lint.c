#include "know/regex_lint.h"
#include "base/span.h"

typedef enum TokenKind {
    TOKEN_CHAR,     /* one character that is known: `word' and `line_end' say of which kind */
    TOKEN_WORD,     /* \w, \d: some word character */
    TOKEN_NO_WORD,  /* \W: none */
    TOKEN_ANY,      /* a class, a property: it may be anything */
    TOKEN_MOST,     /* . and \S and [^x]: nearly all there is, and so far too much of it */
    TOKEN_BOUNDARY, /* \b */
    TOKEN_START,    /* ^ \A */
    TOKEN_END,      /* $ \z */
    TOKEN_BREAK     /* a bracket, a bar, a lookaround: what stands beside it is not followed */
} TokenKind;

typedef struct Token {
    TokenKind kind;
    gunichar c; /* of TOKEN_CHAR */
    Span text;
    gboolean must;    /* at least one */
    gboolean endless; /* as many as there are */
} Token;

static const struct {
    char letter;
    TokenKind kind;
} escapes[] = {
    { 'b', TOKEN_BOUNDARY }, { 'w', TOKEN_WORD },  { 'd', TOKEN_WORD },  { 'W', TOKEN_NO_WORD },
    { 'S', TOKEN_MOST },     { 'N', TOKEN_MOST },  { 'A', TOKEN_START }, { 'z', TOKEN_END },
    { 'Z', TOKEN_END },      { 'B', TOKEN_BREAK }, { 'K', TOKEN_BREAK }, { 'G', TOKEN_BREAK },
};

static gunichar
next_char (Span *s)
{
    gunichar c = g_utf8_get_char (s->p);

    s->p = g_utf8_next_char (s->p);
    return c;
}

static TokenKind
read_escape (Span *s, gunichar *ret_c)
{
    gunichar c = s->p < s->end ? next_char (s) : '\\';

    *ret_c = c;
    for (gsize i = 0; i < G_N_ELEMENTS (escapes); i++)
        if (c == (gunichar)escapes[i].letter)
            return escapes[i].kind;
    if (c < 0x80 && g_ascii_isalnum ((char)c)) { /* \s, \x{263a}, \p{Han}, \1: of many kinds */
        if (s->p < s->end && *s->p == '{')
            while (s->p < s->end && *s->p++ != '}')
                ;
        return TOKEN_ANY;
    }
    return TOKEN_CHAR;
}

static TokenKind
read_class (Span *s)
{
    gboolean negated = span_lit (s, "^");

    span_lit (s, "]"); /* the first one stands for itself */
    while (s->p < s->end) {
        gunichar c = next_char (s);

        if (c == '\\' && s->p < s->end)
            next_char (s);
        else if (c == '[' && s->p < s->end && *s->p == ':')
            while (s->p < s->end && *s->p++ != ']')
                ;
        else if (c == ']')
            break;
    }
    return negated ? TOKEN_MOST : TOKEN_ANY;
}

/* "(?:", "(?<!", "(?<name>": up to where its own regex begins. */
static TokenKind
read_group (Span *s)
{
    if (span_lit (s, "?") || span_lit (s, "*"))
        while (s->p < s->end && strchr (":=!>)", *s->p) == NULL)
            s->p++;
    if (s->p < s->end && strchr (":=!>", *s->p) != NULL)
        s->p++;
    return TOKEN_BREAK;
}

static void
read_quantifier (Span *s, Token *t)
{
    Span rest = *s;
    guint least = 1, most;

    t->must = TRUE;
    if (span_lit (&rest, "*") || span_lit (&rest, "+")) {
        t->endless = TRUE;
        t->must = *s->p == '+';
    } else if (span_lit (&rest, "?")) {
        t->must = FALSE;
    } else if (span_lit (&rest, "{") && span_uint (&rest, 65535, &least)) {
        t->endless = span_lit (&rest, ",") && !span_uint (&rest, 65535, &most);
        if (!span_lit (&rest, "}")) {
            t->endless = FALSE;
            return;
        }
        t->must = least > 0;
    } else {
        return;
    }
    if (!span_lit (&rest, "?"))
        span_lit (&rest, "+");
    *s = rest;
}

static gboolean
next_token (Span *s, Token *ret)
{
    const char *from = s->p;
    gunichar c;

    if (from >= s->end)
        return FALSE;
    c = next_char (s);
    *ret = (Token) { .kind = TOKEN_CHAR, .c = c };
    switch (c) {
    case '\\':
        ret->kind = read_escape (s, &ret->c);
        break;
    case '[':
        ret->kind = read_class (s);
        break;
    case '(':
        ret->kind = read_group (s);
        ret->text = (Span) { from, s->p };
        return TRUE; /* what follows begins the group's own */
    case '.':
        ret->kind = TOKEN_MOST;
        break;
    case '^':
        ret->kind = TOKEN_START;
        break;
    case '$':
        ret->kind = TOKEN_END;
        break;
    case '|':
    case ')':
        ret->kind = TOKEN_BREAK;
        break;
    default:
        break;
    }
    read_quantifier (s, ret);
    ret->text = (Span) { from, s->p };
    return TRUE;
}

static void tell (GPtrArray *findings, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
tell (GPtrArray *findings, const char *format, ...)
{
    g_autofree char *text = NULL;
    va_list args;

    va_start (args, format);
    text = g_strdup_vprintf (format, args);
    va_end (args);
    if (!g_ptr_array_find_with_equal_func (findings, text, g_str_equal, NULL))
        g_ptr_array_add (findings, g_steal_pointer (&text));
}

static gboolean
is_word (const Token *t)
{
    return t->must && (t->kind == TOKEN_WORD ||
                       (t->kind == TOKEN_CHAR && (t->c == '_' || g_unichar_isalnum (t->c))));
}

static gboolean
is_no_word (const Token *t)
{
    return t->must &&
           (t->kind == TOKEN_NO_WORD || (t->kind == TOKEN_CHAR && t->c < 0x80 && !is_word (t)));
}

static gboolean
may_end_line (const Token *t)
{
    return t->kind != TOKEN_CHAR && t->kind != TOKEN_WORD;
}

/* What stands side by side and excludes each other. */
static void
check_place (const Token *before, const Token *at, const Token *after, GPtrArray *findings)
{
    const char *from = before->text.p != NULL ? before->text.p : at->text.p;
    int n = (int)((after->text.p != NULL ? after->text.end : at->text.end) - from);

    if (at->kind == TOKEN_BOUNDARY && is_word (before) && is_word (after))
        tell (findings, "can never match: '%.*s' has \\b inside a word", n, from);
    if (at->kind == TOKEN_BOUNDARY && is_no_word (before) && is_no_word (after))
        tell (findings, "can never match: '%.*s' has \\b where no word is", n, from);
    if (at->kind == TOKEN_START && before->must && !may_end_line (before))
        tell (findings, "can never match: '%.*s' begins a line in its middle", n, from);
    if (at->kind == TOKEN_END && after->must && !may_end_line (after))
        tell (findings, "can never match: '%.*s' ends a line in its middle", n, from);
}

static void
check_alone (const Token *t, GPtrArray *findings)
{
    int n = (int)MIN (span_left (t->text), REGEX_LINT_QUOTE);

    if (t->kind == TOKEN_MOST && t->endless)
        tell (findings, "'%.*s' is unbounded: say how far, as in {0,60}", n, t->text.p);
    if (t->kind == TOKEN_CHAR && t->c == ' ' && *t->text.p == ' ')
        tell (findings, "a blank stands for one blank only: \\s+ also takes line ends");
    if (t->kind == TOKEN_CHAR && t->c == '#' && *t->text.p == '#')
        tell (findings, "'#' begins a comment where YAML is not quoted: write \\#");
}

void
regex_lint (const char *regex, GPtrArray *findings)
{
    static const Token edge = { .kind = TOKEN_BREAK };
    Token before = edge, at = edge, next;
    Span rest = span_of (regex);

    while (next_token (&rest, &next)) {
        check_alone (&next, findings);
        check_place (&before, &at, &next, findings);
        before = at;
        at = next;
    }
    check_place (&before, &at, &edge, findings);
}
