/*
 * logrow - what the log keeps of one mail: a deep copy that outlives the message
 */
#pragma once
#include "base/arena.h"
#include "base/json.h"
#include "base/ulid.h"
#include "value/verdict.h"

/* At most so much is kept of one mail; what is cut off was still counted and judged. */
#define LOGROW_MAX_SIGNALS 200
#define LOGROW_MAX_LIST 200       /* of alternatives, demands, URLs, defects, references each */
#define LOGROW_MAX_REFERENCES 20
#define LOGROW_MAX_TEXT 1000      /* bytes of a text that a sender wrote, cut at a character; URLs, too */
#define LOGROW_LIMIT_BYTES (64 << 20) /* of the arena: 5000 incidents with the longest texts, and a mail */

typedef struct LogIncident {
    const char *ip, *dst_ip, *masked; /* canonical text; NULL unknown, like all text here */
    guint bits;                       /* a whole network is accused: `ip' is its base; 0: one address */
    guint src_port, dst_port;         /* 0 unknown */
    const char *protocol;
    const char *time, *time_latest;   /* RFC 3339, UTC; time_latest only of an ambiguous time */
    const char *time_local;           /* as the mail has it */
    const char *time_basis, *url, *basis, *relay, *rule;
    const char *exit, *policy;        /* "yes", "no"; "accept", "reject"; NULL unknown or not judged */
    const char *impossible;           /* why it cannot be: "not-tcp", "rejected-by-policy"; NULL: it can */
    guint64 count;
    Where where;
} LogIncident;

typedef struct LogSignal {
    const char *class_id, *name, *text, *zone;
    double weight;
    Where where;
} LogSignal;

typedef struct LogRow {
    Arena *arena;              /* owns everything below and the row itself */
    const char *id;            /* ULID; its time is the time received, by which the log is sorted */
    gint64 received_unix_ms;
    const char *queue_id, *sender, *recipients; /* envelope; recipients joined by ", " */
    const char *message_id, *from_address, *from_name, *subject;
    gint64 date_unix_s;        /* the Date header; G_MININT64 unknown */
    const char *in_reply_to;   /* a message-id without its brackets, as are: */
    const char *const *references; /* the oldest first; of many the first and the last */
    /* What whoever answers has to look at (RFC 3834 2), as the mail spells it: */
    const char *reply_to;      /* addr-spec of Reply-To */
    const char *auto_submitted, *precedence, *list; /* list: List-Id, or another List-* field */
    const char *language;      /* the first of Content-Language: "en-GB" */
    const char *scenario, *priority, *priority_reason, *format;
    const char *complainant, *complainant_address, *complainant_name; /* the first is its kind */
    const char *reported_sender; /* envelope sender of the mail that is complained about; NULL unknown */
    const char *spf, *dkim, *dmarc;       /* of the complainant, as our own MTA found; NULL: not asked */
    double confidence;
    gboolean complaint, tor_aware;
    const char *standing, *relay;
    gboolean tor_judged;       /* settings have a tor block: without one the rest says nothing */
    const char *exit, *policy, *impossible; /* as of an incident, of all of them together */
    const char *exit_reason, *exit_time; /* "last seen as an exit", and when, RFC 3339; time may be NULL */
    gboolean spoofable;
    const char *deadline, *deadline_text; /* RFC 3339; as the mail puts it */
    const char *const *demands, *const *urls, *const *defects; /* NULL-terminated, never NULL */
    Alternative *alternatives;
    guint n_alternatives;
    LogIncident *incidents;
    guint n_incidents;
    guint64 incident_count;
    const char *accused;       /* of the first incident: address or network, masked address, or URL */
    LogSignal *signals;
    guint n_signals;
    const char *case_id;       /* the ULID of the first report of the case it belongs to; NULL: none */
    gboolean follow_up;        /* it answers a mail of that case */
    const char *corrected;     /* the scenario that the operator says it is; NULL: not corrected */
    gint64 corrected_unix_ms;  /* G_MININT64: not corrected */
    const char *corrected_by, *correction_note;
    const char *text;          /* the mail as valid UTF-8 when settings say keep_text; else NULL */
} LogRow;

typedef struct Envelope {
    const char *queue_id, *sender, *recipients; /* NULL unknown */
} Envelope;

LogRow *logrow_new (const Verdict *verdict, const Envelope *envelope, const char *id,
                    gint64 received_unix_ms);
void    logrow_free (LogRow *row); /* NULL is fine */
const char *logrow_accused (const LogRow *row); /* by its incidents; NULL: nobody */

/*
 * The form of the spool, and of `abusectl list --json': an object with the keys of DESIGN section 7
 * and those of a row beside them.  Reading takes any JSON: NULL when it is no row (no id that is a
 * ULID, no scenario, no priority); unknown keys are passed over, values of a wrong type are unknown.
 */
Json   *logrow_to_json (const LogRow *row);
LogRow *logrow_from_json (const Json *j);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LogRow, logrow_free)
