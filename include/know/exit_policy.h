/*
 * exit_policy - which destinations a Tor exit lets its users reach
 *
 * Rules in the order they are tried, as tor makes them of its torrc: the first
 * that matches decides, and where none does the connection is accepted
 * (dir-spec 2.1.1).  Two spellings are read:
 *
 *   POLICY_TORRC       an ExitPolicy's value, or whole ExitPolicy lines with
 *                      comments and continued lines: "reject *:25, accept6 *:*".
 *                      "*" means both families, after accept6/reject6 IPv6.
 *   POLICY_DESCRIPTOR  a relay's descriptor, and what a running tor answers to
 *                      GETINFO exit-policy/full: "*" is IPv4 after accept and
 *                      reject; an ipv6-policy line may stand for IPv6.
 *
 * Every mistake is told as file:line; an IPv4 address after accept6 or reject6
 * is none: tor leaves such a rule out, and so does this.  Immutable once built,
 * shared by threads.
 */
#pragma once
#include "base/ip.h"
#include "base/mistakes.h"
#include "value/tor.h"

#define POLICY_MAX_RULES 5000

typedef enum PolicyDialect { POLICY_TORRC, POLICY_DESCRIPTOR } PolicyDialect;

typedef struct ExitPolicy ExitPolicy;

ExitPolicy *exit_policy_new (PolicyDialect dialect);
void        exit_policy_free (ExitPolicy *p); /* NULL is fine */

/* What tor puts first: all of IPv6 rejected without IPv6Exit; with ExitPolicyRejectPrivate the private
 * networks and the relay's own address. */
void exit_policy_begin (ExitPolicy *p, gboolean ipv6_exit, gboolean reject_private);

/* Appends rules; `line' is that of the text's first.  FALSE when a mistake was added. */
gboolean exit_policy_add (ExitPolicy *p, Span text, const char *file, guint line, Mistakes *mistakes);

/* What tor puts last: its default policy, or the reduced one, from `folder' (a file is named like
 * "exit-policy-default"), or where that has none as they were built in. */
gboolean exit_policy_end (ExitPolicy *p, gboolean reduced, const char *folder, Mistakes *mistakes);

/*
 * May `relay' (the address traffic leaves from; NULL: not known) connect there?  An address of family
 * 0 or a port 0 is not known: the answer then holds for every address (of the relay's family, private
 * networks aside) or port, or is POLICY_UNKNOWN.
 */
PolicyVerdict exit_policy_judge (const ExitPolicy *p, const Ip *relay, const Ip *dst, guint port);
guint         exit_policy_rules (const ExitPolicy *p); /* how many */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ExitPolicy, exit_policy_free)
