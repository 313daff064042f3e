/*
 * policy_rule - one rule of an exit policy as it is written: "reject 203.0.113.0/24:80-443"
 *
 * What tor's own parser takes, except for what only slips through it: ports
 * with a sign, an empty mask (all addresses), text behind a bracket.
 */
#pragma once
#include "know/exit_policy.h"

typedef struct PolicyRule {
    gboolean accept;
    gboolean is_private; /* one of the private networks that "private" stands for */
    IpNet net;
    guint16 from, to; /* ports, 1 to 65535 */
} PolicyRule;

/* NULL after appending the rules that it stands for (none: tor leaves it out), else what was
 * expected; *ret_wrong is then the piece that is wrong. */
const char *policy_rule_read (Span text, PolicyDialect dialect, GArray *rules, Span *ret_wrong);

/* "accept 80,443" behind a descriptor's ipv6-policy; the same. */
const char *policy_rule_read_ipv6 (Span text, GArray *rules, Span *ret_wrong);
