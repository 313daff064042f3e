/*
 * score - signals voted, scenario chosen
 *
 * The text is gathered by zone once; every rule is tested over it and over the
 * facts; a class's score is its bias plus the weights of the signals that hold.
 * The confidence of scenario i is SCORE_CEILING times exp (score_i / SCORE_TEMPERATURE) over the sum of all
 * scenarios'.  A scenario whose `requires' are not met, or whose score is not
 * above its bias, does not stand; `unclassified' and `not-a-complaint' always do.
 */
#pragma once
#include "know/rules.h"

/* Fitted to labelled mails (tests/tools/calibrate), so that of what is judged at 0.9 nine in ten are right.
 * However clearly one scenario leads, the rules themselves are wrong about one mail in 25. */
#define SCORE_TEMPERATURE 1.0
#define SCORE_CEILING 0.96

typedef struct Ballot Ballot; /* the gathered text and the signals found so far, in the message's arena */

/* `verdict' has facts and incidents by now. */
Ballot *ballot_new (const Rules *rules, Verdict *verdict, PatternScratch *scratch);

/* Tests every class of the kind; the score by class index is ballot_score(). */
void   ballot_vote (Ballot *b, ClassKind kind);
double ballot_score (const Ballot *b, const Class *c);
gboolean ballot_stands (const Ballot *b, const Class *c);

/* Sets complaint, scenario, confidence and alternatives. */
void   ballot_choose_scenario (Ballot *b);

/* What signals quote may be of a URL that must not be repeated: their names have to do. */
void   ballot_withhold (Ballot *b);

/* Puts the signals of the classes that prevailed into the verdict, strongest first. */
void   ballot_signals (Ballot *b);
