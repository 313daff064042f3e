/*
 * report_columns - what a list can say of a report, by column
 */
#pragma once
#include "effect/logrow.h"
#include "shell/table.h"

typedef struct ReportColumn ReportColumn;

#define REPORT_COLUMNS_USUAL "id,received,priority,scenario,confidence,incidents,accused,reporter,subject"

/* "id,received,..." as a NULL-terminated list (g_free() it); NULL when *ret_wrong names none. */
const ReportColumn **report_columns_read (const char *names, char **ret_wrong);
char *report_columns_names (void); /* all of them, for --help; g_free() it */

const char *report_column_name (const ReportColumn *c);
Column report_column_shape (const ReportColumn *c); /* for a table */

/* Its text; NULL when there is none.  short_form: as wide as a terminal likes. */
char *report_column_text (const ReportColumn *c, const LogRow *row, gboolean short_form);
const char *report_column_ink (const ReportColumn *c, const LogRow *row); /* NULL: none */
