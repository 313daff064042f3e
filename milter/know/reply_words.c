#include "know/reply_words.h"

const char *const reply_variables[N_REPLY_VARIABLES + 1] = {
    "ip",
    "ips",
    "ips_left_out",
    "src_port",
    "dst_ip",
    "dst_port",
    "destination",
    "time",
    "time_local",
    "first_time",
    "last_time",
    "protocol",
    "url",
    "relay",
    "provider",
    "since",
    "incident_count",
    "subject",
    "date",
    "deadline",
    "complainant_name",
    "complainant_address",
    "case_id",
    "message_id",
    "exit_time",
    "follow_up",
    "name",
    "link_overview",
    "link_abuse_faq",
    "link_exit_list",
    "link_exonerator",
    "link_relay",
    "link_reduced_policy",
    "link_legal",
    "link_hotlines",
    "dnsel_name",
    NULL,
};

const char *const reply_conditions[N_REPLY_CONDITIONS + 1] = {
    "tor",
    "tor-aware",
    "ours",
    "not-our-address",
    "before-we-had-it",
    "exit-then",
    "no-exit-then",
    "policy-accepts",
    "policy-rejects",
    "not-tcp",
    "never-let-out",
    "impossible",
    "spoofable",
    "no-port-25",
    "address-known",
    "masked",
    "several-addresses",
    "several-times",
    "time-guessed",
    "ipv6",
    "person",
    "automated",
    "provider",
    "law-enforcement",
    "rights-holder",
    "cert",
    "wants-logs",
    "wants-identity",
    "wants-shutdown",
    "wants-non-exit",
    "wants-block-destination",
    "wants-block-port",
    "wants-explain",
    "wants-stop",
    "wants-takedown",
    "wants-preserve-data",
    "wants-how-to-block",
    "wants-anything",
    "deadline-ahead",
    "deadline-over",
    "urls-withheld",
    "own-letter",
    "checklist",
    NULL,
};

static ReplyVariable
variable_named (Span name)
{
    guint i = 0;

    while (i < N_REPLY_VARIABLES && !span_is (name, reply_variables[i]))
        i++;
    return (ReplyVariable)i;
}

static void
read_variable (Span *rest, ReplyPiece *ret)
{
    const char *p = rest->p + 1;

    while (p < rest->end && *p != '}' && *p != '{' && *p != '\n')
        p++;
    if (p == rest->end || *p != '}') {
        *ret = (ReplyPiece) { .kind = PIECE_WRONG, .text = { rest->p, p } };
        rest->p = p;
        return;
    }
    ret->kind = PIECE_VARIABLE;
    ret->text = (Span) { rest->p + 1, p };
    ret->variable = variable_named (ret->text);
    rest->p = p + 1;
}

static const char *
next_brace (Span text)
{
    const char *p = text.p;

    while (p < text.end && *p != '{' && *p != '}')
        p++;
    return p;
}

gboolean
reply_next (Span *rest, ReplyPiece *ret)
{
    if (rest->p == rest->end)
        return FALSE;
    *ret = (ReplyPiece) { .kind = PIECE_TEXT };
    if (span_lit (rest, "{{") || span_lit (rest, "}}")) {
        ret->text = (Span) { rest->p - 1, rest->p };
    } else if (*rest->p == '{') {
        read_variable (rest, ret);
    } else if (*rest->p == '}') {
        *ret = (ReplyPiece) { .kind = PIECE_WRONG, .text = { rest->p, rest->p + 1 } };
        rest->p++;
    } else {
        ret->text = span_to (*rest, next_brace (*rest));
        rest->p = ret->text.end;
    }
    return TRUE;
}
