/*
 * logsearch - the words of a report, and what is looked for among them
 *
 * A word is a run of letters and digits of any script, in lower case, cut at
 * LOGSEARCH_MAX_WORD bytes; in scripts that write without blanks between words
 * each letter is one.  So "mail.example.net" is three words.  The same words
 * are given to every database: what is found does not depend on it, nor on
 * whether a report is in its index yet.
 *
 * What is looked for: terms apart by blanks, all of which must be there; each
 * is the words it consists of, one after the other.  A term that ends in `*'
 * may end within a word.
 */
#pragma once
#include "effect/db.h"
#include "effect/logrow.h"

#define LOGSEARCH_MAX_WORD 64
#define LOGSEARCH_MAX_TERMS 16
#define LOGSEARCH_MAX_TEXT (64 << 10) /* bytes of the kept mail that are searched */
#define LOGSEARCH_MAX_ADDRESSES 100   /* distinct ones of the incidents */

/* Appends the words of `text', each with a blank before it. */
void logsearch_words (GString *out, Span text);

/* Of a whole row: " word word ... word "; g_free() it. */
char *logsearch_row (const LogRow *row);

typedef struct LogSearch LogSearch;

LogSearch *logsearch_new (const char *looked_for); /* never NULL; of no words: finds nothing */
void       logsearch_free (LogSearch *s);          /* NULL is fine */
gboolean   logsearch_is_empty (const LogSearch *s);
gboolean   logsearch_matches (const LogSearch *s, const char *words); /* of logsearch_row() */

/* Can a row be one that matches, by its texts as they are?  Quick, and never FALSE of one that is. */
gboolean   logsearch_may_match (const LogSearch *s, const char *const *texts, guint n);

/* As the parameter of the dialect's search_match. */
char      *logsearch_query (const LogSearch *s, const DbDialect *d);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LogSearch, logsearch_free)
