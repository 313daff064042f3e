/*
 * replay - a mail that was judged again, held against the log's row
 */
#pragma once
#include "effect/logrow.h"

typedef enum ReplayField { REPLAY_SCENARIO, REPLAY_PRIORITY, REPLAY_ACCUSED, N_REPLAY_FIELDS } ReplayField;

typedef struct ReplayRow { /* what is compared; texts NULL where there is none */
    const char *id, *texts[N_REPLAY_FIELDS];
    const char *corrected;   /* what the operator says it is; NULL: nothing */
} ReplayRow;

/* Of the mails that were judged again. */
typedef struct ReplaySum {
    guint mails, same, differ;
    guint fields[N_REPLAY_FIELDS]; /* in how many each differs */
    guint corrected;               /* that the operator has corrected or confirmed */
    guint was_right, is_right;     /* of these */
} ReplaySum;

const char *replay_field_name (ReplayField f); /* "scenario", "priority", "accused" */

/* The row's texts, not copied.  What else than an address is accused is not told where `withheld'. */
ReplayRow replay_row (const LogRow *row, gboolean withheld);

/* Bits 1u << ReplayField of what differs; counted in *sum. */
guint     replay_compare (const ReplayRow *logged, const ReplayRow *now, ReplaySum *sum);
char     *replay_sum_text (const ReplaySum *sum); /* a sentence or two; g_free() it */
