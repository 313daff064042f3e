/*
 * retention_inner - what retention.c (counting, some reports at a time) and retention_one.c (what is
 * done to one of them) share
 */
#pragma once
#include "effect/db.h"
#include "effect/logrow.h"
#include "effect/retention.h"

typedef enum Sql {
    SQL_ACCUSED,
    SQL_ACCUSED_ALL,
    SQL_DETAILS,
    SQL_TEXT,
    SQL_CORRECTIONS,
    SQL_SEARCH,
    SQL_REPORT,
    SQL_CASE_COUNT,
    SQL_CASE_NOTES,
    SQL_CASE,
    SQL_MARK,
    SQL_HIDE,
    SQL_HIDE_DETAILS,
    SQL_HIDE_CORRECTIONS,
    SQL_HIDE_OFFENDER,
    SQL_HIDE_NOTES,
    SQL_ACCUSE,
    SQL_SEARCHABLE,
    N_SQL
} Sql;

extern const char *const retention_sqls[N_SQL];

struct Retention {
    RetentionKind kind;
    const Settings *settings;
    Db *db;
    DbStmt *next, *statements[N_SQL];
    gint64 before_unix_ms;
    char before[ULID_LEN + 1]; /* the lowest id of that moment */
    char after[ULID_LEN + 1];  /* all up to this one are done */
    GString *json;
};

typedef struct Old { /* one of them */
    gint64 seq;
    char id[ULID_LEN + 1];
    LogRow *row; /* NULL: its details cannot be read */
    char *accused, *case_id;
} Old;

gboolean retention_prune_one (Retention *r, const Old *o, GError **error);
gboolean retention_prune_case (Retention *r, const char *case_id, GError **error); /* counts anew, or goes */
gboolean retention_anonymise_one (Retention *r, const Old *o, GError **error); /* changes its row */
