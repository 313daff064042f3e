#define PCRE2_CODE_UNIT_WIDTH 8
#include "base/pattern.h"
#include <pcre2.h>

#define JIT_STACK_FIRST (64 * 1024)
#define JIT_STACK_LIMIT (1024 * 1024)
#define COMPILE_OPTIONS                                                                            \
    (PCRE2_UTF | PCRE2_UCP | PCRE2_CASELESS | PCRE2_MULTILINE | PCRE2_NEVER_BACKSLASH_C |          \
     PCRE2_USE_OFFSET_LIMIT)

struct Pattern {
    char *regex;
    pcre2_code *code;  /* as checked by pattern_new(), without JIT; NULL for a lazy one */
    pcre2_code *ready; /* for matching; NULL until the first match */
};

struct PatternScratch {
    pcre2_match_data *data;
    pcre2_match_context *context;
    pcre2_jit_stack *stack; /* NULL until a match needs more than PCRE2's own 32 KB */
    guint limits_hit;
};

G_DEFINE_QUARK (pattern - error - quark, pattern_error)

static void
set_error (GError **error, int code, gsize offset)
{
    PCRE2_UCHAR text[256];

    pcre2_get_error_message (code, text, sizeof text);
    g_set_error (error, pattern_error_quark (), code, "%s at offset %" G_GSIZE_FORMAT, text,
                 offset);
}

static pcre2_code *
compile (const char *regex, GError **error)
{
    pcre2_compile_context *context = pcre2_compile_context_create (NULL);
    pcre2_code *code;
    PCRE2_SIZE offset;
    int problem;

    pcre2_set_newline (context, PCRE2_NEWLINE_LF); /* whatever the library was built with */
    code = pcre2_compile ((PCRE2_SPTR)regex, PCRE2_ZERO_TERMINATED, COMPILE_OPTIONS, &problem,
                          &offset, context);
    pcre2_compile_context_free (context);
    if (code == NULL)
        set_error (error, problem, offset);
    return code;
}

Pattern *
pattern_new_lazy (const char *regex)
{
    Pattern *p = g_new0 (Pattern, 1);

    p->regex = g_strdup (regex);
    return p;
}

Pattern *
pattern_new (const char *regex, GError **error)
{
    pcre2_code *code = compile (regex, error);
    Pattern *p;

    if (code == NULL)
        return NULL;
    p = pattern_new_lazy (regex);
    p->code = code;
    return p;
}

/* Most patterns of most runs are never matched, and the JIT costs most of their making.  Threads
 * that come first together each compile; one result stays. */
static const pcre2_code *
ready_code (const Pattern *pattern)
{
    Pattern *p = (Pattern *)pattern;
    pcre2_code *ready = g_atomic_pointer_get (&p->ready), *code;

    if (ready != NULL)
        return ready;
    code = p->code != NULL ? pcre2_code_copy (p->code) : compile (p->regex, NULL);
    if (code == NULL)
        return NULL;
    pcre2_jit_compile (code, PCRE2_JIT_COMPLETE); /* refused? pcre2_match() interprets */
    if (g_atomic_pointer_compare_and_exchange (&p->ready, NULL, code))
        return code;
    pcre2_code_free (code);
    return g_atomic_pointer_get (&p->ready);
}

void
pattern_free (Pattern *p)
{
    if (p == NULL)
        return;
    pcre2_code_free (p->ready);
    pcre2_code_free (p->code);
    g_free (p->regex);
    g_free (p);
}

PatternScratch *
pattern_scratch_new (void)
{
    PatternScratch *s = g_new0 (PatternScratch, 1);

    s->data = pcre2_match_data_create (1, NULL); /* the whole match; groups are not asked for */
    s->context = pcre2_match_context_create (NULL);
    pcre2_set_match_limit (s->context, PATTERN_MATCH_LIMIT);
    pcre2_set_depth_limit (s->context, PATTERN_DEPTH_LIMIT);
    pcre2_set_heap_limit (s->context, PATTERN_HEAP_LIMIT_KIB);
    return s;
}

void
pattern_scratch_free (PatternScratch *s)
{
    if (s == NULL)
        return;
    pcre2_match_data_free (s->data);
    pcre2_match_context_free (s->context);
    pcre2_jit_stack_free (s->stack);
    g_free (s);
}

guint
pattern_scratch_limits_hit (const PatternScratch *s)
{
    return s->limits_hit;
}

static int
match (const pcre2_code *code, PatternScratch *s, const char *text, gsize len, gsize start)
{
    /* Not pcre2_jit_match(), which leaves out the checks that the limits need. */
    int rc =
        pcre2_match (code, (PCRE2_SPTR)text, len, start, PCRE2_NO_UTF_CHECK, s->data, s->context);

    if (rc != PCRE2_ERROR_JIT_STACKLIMIT || s->stack != NULL)
        return rc;
    s->stack = pcre2_jit_stack_create (JIT_STACK_FIRST, JIT_STACK_LIMIT, NULL);
    pcre2_jit_stack_assign (s->context, NULL, s->stack);
    return s->stack != NULL ? match (code, s, text, len, start) : rc;
}

gboolean
pattern_match (const Pattern *p, PatternScratch *s, Span subject, const char *from, Span *ret_match)
{
    const char *text = subject.p != NULL ? subject.p : "";
    gsize start = subject.p != NULL ? (gsize)(from - subject.p) : 0;
    const pcre2_code *code = ready_code (p);
    const PCRE2_SIZE *at;
    int rc;

    rc = code != NULL ? match (code, s, text, span_left (subject), start) : PCRE2_ERROR_NOMATCH;
    if (rc < 0) {
        s->limits_hit += rc != PCRE2_ERROR_NOMATCH;
        return FALSE;
    }
    at = pcre2_get_ovector_pointer (s->data);
    if (ret_match != NULL) /* \K may put the start behind the end */
        *ret_match = (Span) { text + MIN (at[0], at[1]), text + at[1] };
    return TRUE;
}

gboolean
pattern_match_within (const Pattern *p, PatternScratch *s, Span subject, Span starts,
                      Span *ret_match)
{
    gboolean any;

    pcre2_set_offset_limit (s->context, (PCRE2_SIZE)(starts.end - subject.p));
    any = pattern_match (p, s, subject, starts.p, ret_match);
    pcre2_set_offset_limit (s->context, PCRE2_UNSET);
    return any;
}

gboolean
pattern_takes_nothing (const Pattern *p, PatternScratch *s)
{
    g_assert (p->code != NULL);
    return match (p->code, s, "", 0, 0) >= 0;
}
