/*
 * logcopy_inner - what logcopy.c (rows, beginning and end) and logcopy_tables.c (the tables and their
 * statements) share
 */
#pragma once
#include "effect/db.h"

#define COPY_STEP 500 /* rows in one transaction */
#define COPY_TABLES 8

typedef struct CopyTable {
    const char *name;
    const char *columns; /* "name:type name:type ...": t text, i integer, r real; the keys first */
    const char *report;  /* the column that is a report's number; NULL: none */
    guint n_keys;        /* 1 or 2, in whose order it is read */
} CopyTable;

extern const CopyTable copy_tables[COPY_TABLES]; /* in an order in which what is referred to is there already */

/* To read the next COPY_STEP rows behind the keys $1 (and $2), up to the report that is the last
 * parameter; and to write one.  *types: of the columns, a letter each. */
gboolean copy_prepare (const CopyTable *t, Db *from, Db *to, DbStmt **ret_read, DbStmt **ret_write,
                       GString *types, GError **error);
