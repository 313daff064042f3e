/*
 * export - the log's incidents for others: as CSV, JSON or XARF
 */
#pragma once
#include "effect/logrow.h"
#include "know/knowledge.h"

/* The columns of incidents, and the text in one (g_free() it; NULL: none). */
guint       export_n_columns (void);
const char *export_column (guint column);
char       *export_cell (const LogRow *row, const LogIncident *in, guint column);

/* The row itself; or, where the scenario or the operator's correction says that its URLs are withheld, a copy
 * in `arena' with neither URLs nor what quotes the mail. */
const LogRow *export_row (const Knowledge *know, Arena *arena, const LogRow *row);
