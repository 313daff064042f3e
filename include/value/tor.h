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
typedef enum PolicyVerdict { POLICY_UNKNOWN, POLICY_ACCEPT, POLICY_REJECT } PolicyVerdict;

typedef enum Impossible {                     /* why no traffic through an exit can have done it */
                          IMPOSSIBLE_NOT,     /* it can */
                          IMPOSSIBLE_NOT_TCP, /* Tor carries only TCP */
                          IMPOSSIBLE_REJECTED /* our exit policy does not let anybody connect there
                                               */
} Impossible;

const char *exit_answer_name (ExitAnswer a);       /* "yes", "no", "unknown" */
const char *policy_verdict_name (PolicyVerdict v); /* "accept", "reject", "unknown" */
const char *impossible_name (Impossible i); /* "not-tcp", "rejected-by-policy"; NULL: it can be */
