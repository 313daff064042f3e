/*
 * judge - the whole pipeline: bytes of a mail in, a Verdict out
 *
 * A function of its arguments.  Never fails: what cannot be understood is
 * `unclassified' with the reason among the defects; when the arena is
 * exhausted the verdict says so and holds what was known by then.
 */
#pragma once
#include "judge/score.h"
#include "know/knowledge.h"
#include "value/verdict.h"

Verdict *judge_mail (const Knowledge *know, Arena *arena, Span mail, gint64 now_unix_s);

/* Its last stage alone, of facts that have their roles; NULL when the arena is exhausted. */
Verdict *judge_facts (const Knowledge *know, const Facts *facts, gint64 now_unix_s);

/*
 * The same with more: `budget' (NULL: no end) is the time that it may take.  When it is over, what
 * is known by then is judged, a defect says so, and a mail whose scenario was still being voted on is
 * no "not-a-complaint", and its URLs are withheld.  `seen' (NULL is fine) is shown the ballot once
 * all have voted; `read' (NULL is fine) is called between reading and judging.
 */
typedef struct JudgeOptions {
    Budget *budget;
    void (*seen) (const Ballot *ballot, gpointer data);
    void (*read) (gpointer data);
    gpointer data;
} JudgeOptions;
Verdict *judge_mail_with (const Knowledge *know, Arena *arena, Span mail, gint64 now_unix_s,
                          const JudgeOptions *options);
