/*
 * logfilter - a LogFilter as a condition of SQL: for logquery and those beside it
 */
#pragma once
#include "effect/logread.h"

#define QUERY_MAX_TEXTS 64 /* bound to one query */

typedef struct Query {
    GString *sql;
    char *texts[QUERY_MAX_TEXTS]; /* of $1, $2, ... */
    guint n;
    gboolean any; /* a condition stands already */
} Query;

void   query_begin (Query *q);
void   query_clear (Query *q);
guint  query_bind (Query *q, const char *text);                          /* its number */
void   query_and (Query *q);                                             /* " WHERE " or " AND " */
void   query_compare (Query *q, const char *what, const char *text);     /* "id >=": nothing for NULL */

/* The conditions; an error for an ip that is none, or when the log's tail cannot be searched. */
gboolean query_filter (Query *q, LogReader *r, const LogFilter *filter, GError **error);
gboolean query_ip (Query *q, LogReader *r, const char *ip, GError **error); /* of reports */
DbStmt  *query_prepare (const Query *q, LogReader *r, GError **error);
