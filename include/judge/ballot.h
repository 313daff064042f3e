/*
 * ballot - what a vote is made of, for the files of judge/score only
 */
#pragma once
#include "judge/ballot_text.h"
#include "judge/score.h"

typedef struct Seen { /* a log shape or a format's field, once each */
    const char *name, *text;
    Where where;
    Zone zone;
} Seen;

typedef struct Held { /* a signal that holds */
    guint class_index;
    Signal signal;
} Held;

typedef struct Tally { /* of one class */
    gboolean voted, requirement_met;
    double score;
} Tally;

#define LIMIT_SEEN 1000 /* distinct fields of one mail that scenarios can ask for */

struct Ballot {
    const Rules *rules;
    Verdict *verdict;
    PatternScratch *scratch;
    Arena *arena;
    Budget *budget; /* the message's */
    BallotText texts[N_SLOTS];
    Scan *scans[N_SLOTS]; /* NULL: no text, or the arena is exhausted */
    LIST (Seen) shapes;
    LIST (Seen) fields;
    guint n_offenders;
    Tally *tallies; /* by class */
    guint64 topics; /* that stand: bits by number */
    LIST (Held) held;
};

/* Gathers what the tests over facts ask again and again. */
void ballot_see_facts (Ballot *b);

/* Whether the rule holds; then ret's zone, where and text say by what. */
gboolean ballot_fact_holds (const Ballot *b, const Rule *rule, Signal *ret);

/* The scenarios that stand, with their confidences, best first; ret has room for all scenarios. */
guint ballot_rank (const Ballot *b, Alternative *ret);
