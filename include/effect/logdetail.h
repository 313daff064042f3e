/*
 * logdetail - what the database keeps of a row beside its columns: one JSON object
 *
 * It holds the fields that are no columns, by their names; the lists but for
 * demands; and each array as {"all":{...},"names":[...],"each":[[...],...]}:
 * `all' has the fields that are the same in all items, `names' the others, of
 * which `each' has the values.  What is unknown is left out, or null.
 * (The spool has a form of its own: logrow_to_json.)
 */
#pragma once
#include "effect/logrow.h"

void logdetail_write (const LogRow *row, GString *out); /* appends */

/* Into a row of its own arena; FALSE when it is no such object. */
gboolean logdetail_read (const char *text, LogRow *row);
