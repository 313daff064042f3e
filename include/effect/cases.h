/*
 * cases - which reports are about the same thing
 *
 * A report is reduced to what folding looks at: hashes of whom it accuses, of
 * the moments it names, of its thread and of who reports.  A pure function
 * chooses among the cases that have one of these in common with it:
 *
 *   thread    it answers a mail of the case, or one that such a mail answers
 *   copy      it is a mail of the case again, by its message-id
 *   moment    it names the same address at the same time with the same ports,
 *             target or URL: one complaint, sent or forwarded by several
 *   offender  it accuses the same address or network of the same, within
 *             CASE_WINDOW_DAYS of the case's last report; where it matters who
 *             asks (police, threats, ...) by the same reporter
 *   subject   it accuses nobody we can name, but is from the same reporter, of
 *             the same scenario and subject but for numbers
 *
 * A closed case is joined by thread and copy alone.  What is no complaint opens no
 * case.  A case is named by the id of its first report.
 */
#pragma once
#include "effect/logrow.h"

#define CASE_WINDOW_DAYS 7         /* between two reports of a case, for offender and subject */
#define CASE_MOMENT_DAYS 30        /* the same for moment */
#define CASE_THREAD_DAYS 90        /* and for thread */
#define CASE_FOLLOW_UP_DAYS 7      /* after an answer, unless the operator sets another day */
#define CASE_MAX_OFFENDERS 32      /* of a report or a case; further ones do not count */
#define CASE_MAX_MOMENTS 8
#define CASE_MAX_REPORTERS 8

typedef enum CaseTie { CASE_THREAD, CASE_COPY, CASE_MOMENT, CASE_OFFENDER, CASE_SUBJECT } CaseTie;

typedef struct CaseFacts {
    gboolean complaint, automated;
    gboolean has_id;           /* the first of its thread is its own message-id */
    gboolean reporter_matters; /* of this scenario only reports of one reporter fold */
    guint64 scenario, reporter, subject;
    guint64 offenders[CASE_MAX_OFFENDERS]; /* distinct */
    guint64 networks[4];       /* that the first of them lies in: /16 and /24, /32, /48, /64 */
    guint64 moments[CASE_MAX_MOMENTS];
    guint64 thread[LOGROW_MAX_REFERENCES + 2]; /* its own message-id, and those it answers */
    guint n_offenders, n_networks, n_moments, n_thread;
    gint64 received_unix_ms;
} CaseFacts;

typedef struct CaseSeen { /* what is known of a case */
    char id[ULID_LEN + 1];
    gboolean closed;
    guint64 scenario;
    gint64 opened_unix_ms, last_unix_ms;
    guint64 reporters[CASE_MAX_REPORTERS], offenders[CASE_MAX_OFFENDERS];
    guint n_reporters, n_offenders;
} CaseSeen;

typedef struct CaseCandidate {
    const CaseSeen *seen;
    CaseTie tie;
} CaseCandidate;

/* seed: secret, so that nobody can write a mail that falls into a case by its hash. */
void case_facts (const LogRow *row, guint64 seed, CaseFacts *ret);

/* Index of the candidate to join, or -1: a case of its own, or (no complaint) none. */
gint case_choose (const CaseFacts *report, const CaseCandidate *candidates, guint n);

void case_add (CaseSeen *seen, const CaseFacts *report); /* a new one is all zeros but its id */

guint64 case_hash (guint64 seed, const char *kind, Span text);
guint64 case_mix (guint64 a, guint64 b);
