/*
 * reply_words - what the texts of drafts may name: {variables}, and conditions
 *
 * Closed tables: what a variable stands for and when a condition holds is the
 * affair of effect/reply_facts, which fills both by these numbers.  "{{" and
 * "}}" are braces.
 */
#pragma once
#include "base/span.h"

typedef enum ReplyVariable {
    VAR_IP,              /* the accused address, or network, or what a mask left of it */
    VAR_IPS,             /* all of them, the first few written out */
    VAR_IPS_LEFT_OUT,    /* how many more */
    VAR_SRC_PORT,
    VAR_DST_IP,
    VAR_DST_PORT,
    VAR_DESTINATION,     /* "203.0.113.9 port 22", "port 22" or "203.0.113.9" */
    VAR_TIME,            /* "2026-11-20 03:04:05 UTC"; of an ambiguous one "between ... and ..." */
    VAR_TIME_LOCAL,      /* as the mail has it, where no zone is known */
    VAR_FIRST_TIME,      /* of all that are known */
    VAR_LAST_TIME,
    VAR_PROTOCOL,        /* "UDP" */
    VAR_URL,
    VAR_RELAY,           /* of the network that the address is in, by our settings: */
    VAR_PROVIDER,
    VAR_SINCE,           /* its first day */
    VAR_INCIDENT_COUNT,
    VAR_SUBJECT,
    VAR_DATE,            /* of the complaint */
    VAR_DEADLINE,
    VAR_COMPLAINANT_NAME,
    VAR_COMPLAINANT_ADDRESS,
    VAR_CASE_ID,
    VAR_MESSAGE_ID,
    VAR_EXIT_TIME,       /* the list of exits that tells is of then */
    VAR_FOLLOW_UP,       /* the day a week from now */
    VAR_NAME,            /* the operator's */
    VAR_LINK_OVERVIEW,   /* settings, reply: links: */
    VAR_LINK_ABUSE_FAQ,
    VAR_LINK_EXIT_LIST,
    VAR_LINK_EXONERATOR, /* asked for the address on that day, where both are known */
    VAR_LINK_RELAY,      /* asked for the address */
    VAR_LINK_REDUCED_POLICY,
    VAR_LINK_LEGAL,
    VAR_LINK_HOTLINES,
    VAR_DNSEL_NAME,      /* the name to ask the DNS list for: 7.100.51.198.dnsel.torproject.org */
    N_REPLY_VARIABLES
} ReplyVariable;

typedef enum ReplyCondition {
    IF_TOR,              /* the accused address is a relay's by our settings, and no list says it was no exit */
    IF_TOR_AWARE,        /* the sender knows what Tor is */
    IF_OURS,             /* neither of the next two */
    IF_NOT_OUR_ADDRESS,
    IF_BEFORE_WE_HAD_IT,
    IF_EXIT_THEN,        /* by the exit lists */
    IF_NO_EXIT_THEN,
    IF_POLICY_ACCEPTS,   /* the destination, by our exit policy */
    IF_POLICY_REJECTS,
    IF_NOT_TCP,          /* impossible: Tor carries only TCP */
    IF_NEVER_LET_OUT,    /* impossible: the exit policy lets nobody connect there */
    IF_IMPOSSIBLE,       /* one of the two */
    IF_SPOOFABLE,
    IF_NO_PORT_25,       /* our exit policy lets nobody connect to port 25 */
    IF_ADDRESS_KNOWN,
    IF_MASKED,           /* only a part of it is given */
    IF_SEVERAL_ADDRESSES,
    IF_SEVERAL_TIMES,
    IF_TIME_GUESSED,     /* its zone is only that of the mail's Date */
    IF_IPV6,             /* the accused address is one */
    IF_PERSON,           /* who complains: */
    IF_AUTOMATED,
    IF_PROVIDER,
    IF_LAW_ENFORCEMENT,
    IF_RIGHTS_HOLDER,
    IF_CERT,
    IF_WANTS_LOGS,       /* in the order of Demand: */
    IF_WANTS_IDENTITY,
    IF_WANTS_SHUTDOWN,
    IF_WANTS_NON_EXIT,
    IF_WANTS_BLOCK_DESTINATION,
    IF_WANTS_BLOCK_PORT,
    IF_WANTS_EXPLAIN,
    IF_WANTS_STOP,
    IF_WANTS_TAKEDOWN,
    IF_WANTS_PRESERVE_DATA,
    IF_WANTS_HOW_TO_BLOCK,
    IF_WANTS_ANYTHING,
    IF_DEADLINE_AHEAD,
    IF_DEADLINE_OVER,
    IF_URLS_WITHHELD,
    IF_OWN_LETTER,       /* the scenario has this part: */
    IF_CHECKLIST,
    N_REPLY_CONDITIONS
} ReplyCondition;

extern const char *const reply_variables[];  /* "ip", ...; NULL-terminated */
extern const char *const reply_conditions[]; /* "tor", ...; NULL-terminated */

typedef enum ReplyPieceKind { PIECE_TEXT, PIECE_VARIABLE, PIECE_WRONG } ReplyPieceKind;

typedef struct ReplyPiece {
    ReplyPieceKind kind;
    Span text;              /* PIECE_VARIABLE: the name; PIECE_WRONG: from a brace without its pair on */
    ReplyVariable variable; /* N_REPLY_VARIABLES: there is none of that name */
} ReplyPiece;

gboolean reply_next (Span *rest, ReplyPiece *ret); /* FALSE at the end */
