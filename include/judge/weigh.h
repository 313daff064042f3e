/*
 * weigh - how much speaks for each role of each address of a mail
 *
 * The evidence of DESIGN section 4, one function a kind; judge/roles decides by
 * what comes out.  A Candidate is one distinct address with all its mentions.
 */
#pragma once
#include "know/settings.h"
#include "value/fact.h"

/* How much each kind of evidence counts, strongest first (DESIGN section 4). */
#define WEIGHT_OWN_NETWORK 8.0
#define WEIGHT_REPORTED 10.0   /* a format's field */
#define WEIGHT_STRUCTURE 5.0   /* a key, a column, the shape of a log line */
#define WEIGHT_QUIET 0.5       /* signature and boilerplate: only when nothing else is there */
#define WEIGHT_PLAIN_FIELD 2.0 /* "IP: ..." */
#define WEIGHT_ALONE 1.5       /* a line that is nothing but the address */
#define WEIGHT_SUBJECT 2.5
#define WEIGHT_WORDS_FIRM 4.2 /* words that spare for good: the head of a list of victims */
#define WEIGHT_HOP 1.0        /* the way a mail took: any word that accuses says more */
#define WEIGHT_POSITION 0.8   /* first or later in a log line of no known shape */
#define WEIGHT_URL_DERIVED 4.0
#define WEIGHT_URL_GUESSED 2.0
#define WEIGHT_REPEAT 0.05 /* each further mention with the same role, up to MAX_REPEATS */
#define MAX_REPEATS 10

#define LIST_INDENT 8     /* bytes before an address that begins its line */
#define LIST_JOINT_MAX 24 /* bytes between two addresses of one list */
#define ALONE_ROOM 8      /* bytes beside an address that is alone on its line: a bullet, "iii." */
#define LIST_SHARE 0.98   /* of what the one before weighs: a list does not grow its own proof */

typedef struct Candidate {
    Ip ip;
    double weight[N_ROLES];
    const char *rule[N_ROLES];
    Basis basis[N_ROLES];
    guint repeats[N_ROLES];
    guint mentions, first; /* fact index of the first */
    guint loud; /* mentions outside signature, boilerplate, attached mail and pasted headers */
    gboolean in_subject, handed_over, hop_only;
    gboolean named_outside; /* stands in the subject, or outside tables, log lines and headers */
    gboolean named_ip; /* called an address by the word before it */
    Role role;
    const char *why;
    Basis how;
} Candidate;

typedef struct Roles {
    Facts *facts;
    const Settings *settings;
    GHashTable *by_ip; /* Ip -> Candidate */
    GPtrArray *order;  /* candidates in the order of the mail */
} Roles;

void roles_begin (Roles *r, Facts *facts, const Settings *settings);
void roles_end (Roles *r);

void weigh (Candidate *c, Role role, double weight, Basis basis, const char *rule);
void weigh_all (Roles *r); /* every FACT_ADDRESS of the mail */
