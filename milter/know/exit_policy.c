#include "know/exit_policy.h"
#include "know/exit_policy_files.h" /* made of dist/tor/exit-policy-* */
#include "know/policy_rule.h"

#define FILE_MAX_BYTES (64 * 1024)
#define WRONG_MAX 60 /* of a wrong piece's text in a mistake */

struct ExitPolicy {
    PolicyDialect dialect;
    gboolean rejects_self;
    GArray *rules; /* of PolicyRule */
};

typedef struct Source { /* where a text stands */
    const char *file;
    guint line;
    Mistakes *mistakes;
} Source;

ExitPolicy *
exit_policy_new (PolicyDialect dialect)
{
    ExitPolicy *p = g_new0 (ExitPolicy, 1);

    p->dialect = dialect;
    p->rules = g_array_new (FALSE, FALSE, sizeof (PolicyRule));
    return p;
}

void
exit_policy_free (ExitPolicy *p)
{
    if (p == NULL)
        return;
    g_array_unref (p->rules);
    g_free (p);
}

guint
exit_policy_rules (const ExitPolicy *p)
{
    return p->rules->len;
}

static gboolean
refuse (const Source *at, Span wrong, const char *expected)
{
    g_autofree char *text = span_dup (wrong);
    g_autofree char *valid = g_utf8_make_valid (text, -1);

    mistakes_add (at->mistakes, at->file, at->line, "'%.*s' in an exit policy: expected %s",
                  WRONG_MAX, valid, expected);
    return FALSE;
}

static gboolean
add_rule (ExitPolicy *p, Span text, const Source *at)
{
    const char *expected;
    Span wrong;

    if (p->rules->len >= POLICY_MAX_RULES)
        return refuse (at, text, "at most " G_STRINGIFY (POLICY_MAX_RULES) " rules");
    expected = policy_rule_read (text, p->dialect, p->rules, &wrong);
    return expected == NULL || refuse (at, wrong, expected);
}

static gboolean
add_rules (ExitPolicy *p, Span text, const Source *at)
{
    gboolean good = TRUE;
    Span rule;

    while (span_until (&text, ',', &rule))
        if (span_left (span_trim (rule)) > 0)
            good = add_rule (p, rule, at) && good;
    return good;
}

static gboolean
add_line (ExitPolicy *p, Span text, const Source *at)
{
    Span wrong;

    text = span_trim (text);
    if (p->dialect == POLICY_DESCRIPTOR && span_lit (&text, "ipv6-policy ")) {
        const char *expected = policy_rule_read_ipv6 (text, p->rules, &wrong);

        return expected == NULL || refuse (at, wrong, expected);
    }
    if (span_starts_nocase (text, "ExitPolicy ") || span_starts_nocase (text, "ExitPolicy\t"))
        text.p += strlen ("ExitPolicy ");
    return add_rules (p, text, at);
}

static Span
without_comment (Span line)
{
    const char *hash = line.p < line.end ? memchr (line.p, '#', span_left (line)) : NULL;

    return hash != NULL ? span_to (line, hash) : line;
}

gboolean
exit_policy_add (ExitPolicy *p, Span text, const char *file, guint line, Mistakes *mistakes)
{
    g_autoptr (GString) whole = g_string_new (NULL);
    Source at = { file, line, mistakes };
    gboolean good = TRUE;
    Span piece;

    for (guint n = 0; span_line (&text, &piece); n++) {
        gboolean goes_on;

        if (whole->len == 0)
            at.line = line + n;
        piece = without_comment (piece);
        goes_on = piece.end > piece.p && piece.end[-1] == '\\';
        g_string_append_len (whole, piece.p, (gssize)span_left (piece) - goes_on);
        if (goes_on && text.p < text.end)
            continue;
        good = add_line (p, (Span) { whole->str, whole->str + whole->len }, &at) && good;
        g_string_truncate (whole, 0);
    }
    return good;
}

static void
add_own (ExitPolicy *p, const char *rule)
{
    Span wrong;
    const char *expected = policy_rule_read (span_of (rule), POLICY_TORRC, p->rules, &wrong);

    g_assert (expected == NULL);
}

void
exit_policy_begin (ExitPolicy *p, gboolean ipv6_exit, gboolean reject_private)
{
    if (!ipv6_exit)
        add_own (p, "reject *6:*");
    if (reject_private)
        add_own (p, "reject private:*");
    p->rejects_self = reject_private;
}

gboolean
exit_policy_end (ExitPolicy *p, gboolean reduced, const char *folder, Mistakes *mistakes)
{
    const char *name = reduced ? "exit-policy-reduced" : "exit-policy-default";
    const char *built_in = reduced ? exit_policy_file_reduced : exit_policy_file_default;
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_autofree char *text = NULL;
    gsize len = 0;

    if (!g_file_get_contents (path, &text, &len, NULL))
        return exit_policy_add (p, span_of (built_in), name, 1, mistakes);
    if (len <= FILE_MAX_BYTES)
        return exit_policy_add (p, (Span) { text, text + len }, path, 1, mistakes);
    mistakes_add (mistakes, path, 0, "more than %d bytes for a policy", FILE_MAX_BYTES);
    return FALSE;
}

typedef enum Match { MATCH_NO, MATCH_MAYBE, MATCH_SURE } Match;

static Match
match_address (const PolicyRule *rule, const Ip *dst, guint family)
{
    if (rule->net.base.family != family)
        return MATCH_NO;
    if (dst->family != 0)
        return ipnet_contains (&rule->net, dst) ? MATCH_SURE : MATCH_NO;
    if (rule->net.bits == 0)
        return MATCH_SURE;
    return rule->is_private ? MATCH_NO : MATCH_MAYBE; /* who complains stands in the Internet */
}

static Match
match_port (const PolicyRule *rule, guint port)
{
    if (port != 0)
        return port >= rule->from && port <= rule->to ? MATCH_SURE : MATCH_NO;
    return rule->from == 1 && rule->to == G_MAXUINT16 ? MATCH_SURE : MATCH_MAYBE;
}

static PolicyVerdict
judge_family (const ExitPolicy *p, guint family, const Ip *dst, guint port)
{
    gboolean maybe[2] = { FALSE, FALSE }; /* reject, accept: some before would hold for some */
    gboolean any = FALSE;

    for (guint i = 0; i < p->rules->len; i++) {
        const PolicyRule *rule = &g_array_index (p->rules, PolicyRule, i);
        Match match = MIN (match_address (rule, dst, family), match_port (rule, port));

        any |= rule->net.base.family == family;
        if (match == MATCH_SURE && maybe[!rule->accept])
            return POLICY_UNKNOWN;
        if (match == MATCH_SURE)
            return rule->accept ? POLICY_ACCEPT : POLICY_REJECT;
        maybe[rule->accept] |= match == MATCH_MAYBE;
    }
    if (p->dialect == POLICY_DESCRIPTOR && family == 6 && !any)
        return POLICY_REJECT; /* dir-spec 2.1.1: no ipv6-policy is "reject 1-65535" */
    return maybe[FALSE] ? POLICY_UNKNOWN : POLICY_ACCEPT;
}

PolicyVerdict
exit_policy_judge (const ExitPolicy *p, const Ip *relay, const Ip *dst, guint port)
{
    guint family = dst->family != 0 ? dst->family : relay != NULL ? relay->family : 0;
    PolicyVerdict four, six;

    if (p->rejects_self && relay != NULL && dst->family != 0 && ip_equal (relay, dst))
        return POLICY_REJECT;
    if (family != 0)
        return judge_family (p, family, dst, port);
    four = judge_family (p, 4, dst, port);
    six = judge_family (p, 6, dst, port);
    return four == six ? four : POLICY_UNKNOWN;
}
