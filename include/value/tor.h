/*
 * tor - what is known of a complaint against a Tor relay: the answers and their names
 */
#pragma once
#include <glib.h>

typedef enum ExitAnswer {
    EXIT_UNKNOWN,
    EXIT_YES,
    EXIT_NO
} ExitAnswer; /* was the address an exit then? */

typedef enum ExitReason {
    EXIT_NO_LISTS,     /* none is known */
    EXIT_NO_TIME,      /* the mail claims no moment */
    EXIT_NO_IPV6,      /* the lists hold no IPv6 addresses */
    EXIT_NO_LIST_THEN, /* the nearest list is of `at' */
    EXIT_SEEN,         /* at `at', as near to the moment as the lists say */
    EXIT_NOT_LISTED,   /* in the list of `at' */
    EXIT_SEEN_BEFORE,  /* for the last time at `at' */
    EXIT_UNCLEAR_TIME  /* an exit for a part of the time that it may have been */
} ExitReason;

typedef struct ExitFound {
    ExitAnswer answer;
    ExitReason reason;
    gint64 at_unix_s; /* UTC; 0 where the reason needs none */
} ExitFound;

typedef enum PolicyVerdict { POLICY_UNKNOWN, POLICY_ACCEPT, POLICY_REJECT } PolicyVerdict;

typedef enum Impossible {                     /* why no traffic through an exit can have done it */
                          IMPOSSIBLE_NOT,     /* it can */
                          IMPOSSIBLE_NOT_TCP, /* Tor carries only TCP */
                          IMPOSSIBLE_REJECTED /* our exit policy does not let anybody connect there
                                               */
} Impossible;

const char *exit_answer_name (ExitAnswer a); /* "yes", "no", "unknown" */
const char *
exit_reason_text (ExitReason r); /* "last seen as an exit", before `at' where that is not 0 */
const char *policy_verdict_name (PolicyVerdict v); /* "accept", "reject", "unknown" */
const char *impossible_name (Impossible i); /* "not-tcp", "rejected-by-policy"; NULL: it can be */
