/*
 * reply_facts - what a draft may say of a report: a value for each variable, a bit for each condition
 *
 * A function of the log's row (of a mail just judged or of one in the log), of
 * what we know (settings, exit policy, texts) and of the clock.  Values that a
 * sender wrote are one line of at most REPLY_MAX_VALUE bytes, safe on a
 * terminal; NULL where nothing is known.  The operator's correction of the
 * scenario counts.
 */
#pragma once
#include "effect/logrow.h"
#include "know/knowledge.h"

#define REPLY_MAX_VALUE 200
#define REPLY_MAX_URL 1000
#define REPLY_MAX_ADDRESSES 5         /* written out in {ips} */
#define REPLY_FOLLOW_UP_S (7 * 86400) /* from now to {follow_up} */

typedef struct ReplyFacts {
    Arena *arena;
    const char *value[N_REPLY_VARIABLES];
    guint64 conditions;       /* bits 1 << ReplyCondition */
    const char *scenario;
    const LogIncident *about; /* the incident that the draft is about: one of ours, of which most is known; NULL */
} ReplyFacts;

/* All but `row' lives in `arena'. */
ReplyFacts *reply_facts_new (Arena *arena, const LogRow *row, const Knowledge *know, gint64 now_unix_s);

static inline gboolean
reply_facts_hold (const ReplyFacts *f, ReplyCondition c)
{
    return (f->conditions >> c & 1) != 0;
}
