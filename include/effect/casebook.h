/*
 * casebook - the cases that a new report may join, in memory
 *
 * So that a mail learns its case without asking the database: an index from
 * what reports have in common (effect/cases.h) to the newest case that has it.
 * It keeps the last CASEBOOK_MAX_CASES cases; one that was forgotten is opened
 * anew.  The log's writer fills it at start from the last reports that are
 * stored, and follows what the operator closes and reopens.
 *
 * One thread at a time.
 */
#pragma once
#include "effect/cases.h"

#define CASEBOOK_MAX_CASES 10000
#define CASEBOOK_MAX_KEYS 96 /* of one case */

typedef struct CaseBook CaseBook;

CaseBook *casebook_new (guint64 seed);
void      casebook_free (CaseBook *b); /* NULL is fine */

/* Sets the row's case_id, which stays NULL when it is no complaint and joins none, and its follow_up.
 * TRUE: the case was there already. */
gboolean  casebook_fold (CaseBook *b, LogRow *row);

/* A row that has its case; for rows stored earlier.  Older after newer: the newer keep what they have
 * in common. */
void      casebook_learn (CaseBook *b, const LogRow *row);

gboolean  casebook_knows (const CaseBook *b, const char *case_id);
void      casebook_close_case (CaseBook *b, const char *case_id, gboolean closed);
guint     casebook_size (const CaseBook *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CaseBook, casebook_free)
