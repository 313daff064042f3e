/*
 * desk_list - lists of reports, and the form that filters them
 */
#pragma once
#include "effect/logrow.h"

typedef struct DeskFilter { /* as the reader typed it; NULL: empty */
    const char *text, *scenario, *priority, *ip, *reporter, *since, *until, *state, *relay;
} DeskFilter;

/* `scenarios': the ids to choose from, NULL-terminated.  `action': the path that the form asks. */
void desk_filter_form (GString *page, const char *action, const DeskFilter *filter,
                       const char *const *scenarios);
void desk_filter_query (GString *page, const DeskFilter *filter); /* "q=...&scenario=...", escaped for an attribute */

void desk_rows_begin (GString *page);
void desk_row (GString *page, const LogRow *row);
void desk_rows_end (GString *page, guint rows);
