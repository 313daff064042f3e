/*
 * logrow - what the log keeps of one mail: a deep copy that outlives the message
 */
#pragma once
#include "base/arena.h"
#include "base/json.h"
#include "base/ulid.h"
#include "value/verdict.h"

typedef struct LogIncident {
    const char *ip, *dst_ip, *masked; /* canonical text; NULL unknown, like all text here */
    guint src_port, dst_port;         /* 0 unknown */
    const char *protocol, *time, *time_local, *time_basis, *url, *basis, *relay;
    guint64 count;
} LogIncident;

typedef struct LogSignal {
    const char *class_id, *name, *text, *zone;
    double weight;
    Where where;
} LogSignal;

typedef struct LogRow {
    Arena *arena;              /* owns everything below and the row itself */
    const char *id;            /* ULID */
    gint64 received_unix_ms;
    const char *queue_id, *sender, *recipients; /* envelope; recipients joined by ", " */
    const char *message_id, *from_address, *from_name, *subject;
    gint64 date_unix_s;        /* the Date header; G_MININT64 unknown */
    const char *scenario, *priority, *priority_reason, *format, *complainant;
    double confidence;
    gboolean complaint, tor_aware;
    const char *standing, *relay;
    const char *deadline;      /* RFC 3339 */
    const char *const *demands, *const *urls, *const *defects; /* NULL-terminated */
    const Alternative *alternatives;
    guint n_alternatives;
    LogIncident *incidents;
    guint n_incidents;
    guint64 incident_count;
    LogSignal *signals;
    guint n_signals;
    const char *text;          /* the raw mail when settings say keep_text; else NULL */
} LogRow;

typedef struct Envelope {
    const char *queue_id, *sender, *recipients; /* NULL unknown */
} Envelope;

LogRow *logrow_new (const Verdict *verdict, const Envelope *envelope, const char *id,
                    gint64 received_unix_ms);
void    logrow_free (LogRow *row); /* NULL is fine */

/* The spool's form: one JSON object a line, and back.  NULL when the text is no row. */
Json   *logrow_to_json (const LogRow *row);
LogRow *logrow_from_json (const Json *j);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LogRow, logrow_free)
