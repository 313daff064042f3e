/*
 * ballot_text - the texts that signals are looked for in, each gathered once
 *
 * One text a zone (its lines joined by LF) and one for each kind of header.  All
 * lives in the message's arena; an exhausted arena leaves texts empty.
 */
#pragma once
#include "know/rules.h"

typedef struct TextPiece {
    gsize offset; /* in the text, where the piece begins */
    Where where;
} TextPiece;

typedef struct BallotText {
    Span text;
    const TextPiece *pieces; /* by offset */
    guint n_pieces;
} BallotText;

void  ballot_texts_gather (const Facts *facts, BallotText ret[N_SLOTS]);
Where ballot_text_where (const BallotText *t, const char *at); /* line 0 in headers */
