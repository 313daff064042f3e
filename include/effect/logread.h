/*
 * logread - rows out of the database: for logquery and those beside it
 */
#pragma once
#include "effect/db.h"
#include "effect/logquery.h"

struct LogReader {
    Db *db;
    char *spool;
};

/* Appends "SELECT seq, columns FROM reports", with `whole' joined to the rest of a row. */
void logread_select (GString *sql, gboolean whole);

/* The report that such a statement stands at. */
LogRow *logread_row (DbStmt *s, gboolean whole, GError **error);
