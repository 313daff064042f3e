#include "effect/logfields.h"

#define ROW(field) G_STRUCT_OFFSET (LogRow, field)
static const Field report[] = {
    { "id", FIELD_TEXT, ROW (id) },
    { "received_unix_ms", FIELD_MOMENT, ROW (received_unix_ms) },
    { "queue_id", FIELD_TEXT, ROW (queue_id) },
    { "sender", FIELD_TEXT, ROW (sender) },
    { "recipients", FIELD_TEXT, ROW (recipients) },
    { "message_id", FIELD_TEXT, ROW (message_id) },
    { "from.address", FIELD_TEXT, ROW (from_address) },
    { "from.name", FIELD_TEXT, ROW (from_name) },
    { "subject", FIELD_TEXT, ROW (subject) },
    { "date_unix_s", FIELD_MOMENT, ROW (date_unix_s) },
    { "in_reply_to", FIELD_TEXT, ROW (in_reply_to) },
    { "reply_to", FIELD_TEXT, ROW (reply_to) },
    { "auto_submitted", FIELD_TEXT, ROW (auto_submitted) },
    { "precedence", FIELD_TEXT, ROW (precedence) },
    { "list", FIELD_TEXT, ROW (list) },
    { "language", FIELD_TEXT, ROW (language) },
    { "complaint", FIELD_BOOL, ROW (complaint) },
    { "scenario", FIELD_TEXT, ROW (scenario) },
    { "confidence", FIELD_REAL, ROW (confidence) },
    { "format", FIELD_TEXT, ROW (format) },
    { "priority", FIELD_TEXT, ROW (priority) },
    { "priority_reason", FIELD_TEXT, ROW (priority_reason) },
    { "complainant.kind", FIELD_TEXT, ROW (complainant) },
    { "complainant.address", FIELD_TEXT, ROW (complainant_address) },
    { "complainant.name", FIELD_TEXT, ROW (complainant_name) },
    { "complainant.tor_aware", FIELD_BOOL, ROW (tor_aware) },
    { "complainant.auth.spf", FIELD_TEXT, ROW (spf) },
    { "complainant.auth.dkim", FIELD_TEXT, ROW (dkim) },
    { "complainant.auth.dmarc", FIELD_TEXT, ROW (dmarc) },
    { "deadline", FIELD_TEXT, ROW (deadline) },
    { "deadline_text", FIELD_TEXT, ROW (deadline_text) },
    { "incident_count", FIELD_COUNT, ROW (incident_count) },
    { "tor.standing", FIELD_TEXT, ROW (standing) },
    { "tor.relay", FIELD_TEXT, ROW (relay) },
    { "tor.judged", FIELD_BOOL, ROW (tor_judged) },
    { "tor.exit", FIELD_TEXT, ROW (exit) },
    { "tor.exit_reason", FIELD_TEXT, ROW (exit_reason) },
    { "tor.exit_time", FIELD_TEXT, ROW (exit_time) },
    { "tor.policy", FIELD_TEXT, ROW (policy) },
    { "tor.impossible", FIELD_TEXT, ROW (impossible) },
    { "tor.spoofable", FIELD_BOOL, ROW (spoofable) },
    { "case_id", FIELD_TEXT, ROW (case_id) },
    { "correction.scenario", FIELD_TEXT, ROW (corrected) },
    { "correction.unix_ms", FIELD_MOMENT, ROW (corrected_unix_ms) },
    { "correction.author", FIELD_TEXT, ROW (corrected_by) },
    { "correction.note", FIELD_TEXT, ROW (correction_note) },
};

#define INCIDENT(field) G_STRUCT_OFFSET (LogIncident, field)
static const Field incident[] = {
    { "ip", FIELD_TEXT, INCIDENT (ip) },
    { "prefix", FIELD_NUMBER, INCIDENT (bits) },
    { "masked", FIELD_TEXT, INCIDENT (masked) },
    { "src_port", FIELD_NUMBER, INCIDENT (src_port) },
    { "dst_ip", FIELD_TEXT, INCIDENT (dst_ip) },
    { "dst_port", FIELD_NUMBER, INCIDENT (dst_port) },
    { "protocol", FIELD_TEXT, INCIDENT (protocol) },
    { "time", FIELD_TEXT, INCIDENT (time) },
    { "time_latest", FIELD_TEXT, INCIDENT (time_latest) },
    { "time_local", FIELD_TEXT, INCIDENT (time_local) },
    { "time_basis", FIELD_TEXT, INCIDENT (time_basis) },
    { "url", FIELD_TEXT, INCIDENT (url) },
    { "count", FIELD_COUNT, INCIDENT (count) },
    { "basis", FIELD_TEXT, INCIDENT (basis) },
    { "relay", FIELD_TEXT, INCIDENT (relay) },
    { "rule", FIELD_TEXT, INCIDENT (rule) },
    { "exit", FIELD_TEXT, INCIDENT (exit) },
    { "policy", FIELD_TEXT, INCIDENT (policy) },
    { "impossible", FIELD_TEXT, INCIDENT (impossible) },
    { "where.part", FIELD_NUMBER, INCIDENT (where.part) },
    { "where.line", FIELD_NUMBER, INCIDENT (where.line) },
    { "where.column", FIELD_NUMBER, INCIDENT (where.column) },
};

#define SIGNAL(field) G_STRUCT_OFFSET (LogSignal, field)
static const Field reason[] = {
    { "of", FIELD_TEXT, SIGNAL (class_id) },
    { "name", FIELD_TEXT, SIGNAL (name) },
    { "weight", FIELD_REAL, SIGNAL (weight) },
    { "zone", FIELD_TEXT, SIGNAL (zone) },
    { "where.part", FIELD_NUMBER, SIGNAL (where.part) },
    { "where.line", FIELD_NUMBER, SIGNAL (where.line) },
    { "where.column", FIELD_NUMBER, SIGNAL (where.column) },
    { "text", FIELD_TEXT, SIGNAL (text) },
};

static const Field alternative[] = {
    { "scenario", FIELD_TEXT, G_STRUCT_OFFSET (Alternative, scenario) },
    { "confidence", FIELD_REAL, G_STRUCT_OFFSET (Alternative, confidence) },
};

const FieldSet log_report = { "reports", report, G_N_ELEMENTS (report), sizeof (LogRow), 1, 0, 0 };

const FieldSet log_arrays[LOG_ARRAYS] = {
    { "incidents", incident, G_N_ELEMENTS (incident), sizeof (LogIncident), LIMIT_INCIDENTS,
      ROW (incidents), ROW (n_incidents) },
    { "signals", reason, G_N_ELEMENTS (reason), sizeof (LogSignal), LOGROW_MAX_SIGNALS,
      ROW (signals), ROW (n_signals) },
    { "alternatives", alternative, G_N_ELEMENTS (alternative), sizeof (Alternative),
      LOGROW_MAX_LIST, ROW (alternatives), ROW (n_alternatives) },
};

const FieldList log_lists[LOG_LISTS] = {
    { "demands", "demands", "demand", ROW (demands) },
    { "urls", "urls", "url", ROW (urls) },
    { "defects", "defects", "defect", ROW (defects) },
    { "references", "refs", "message_id", ROW (references) },
};

char *
field_column (const Field *f)
{
    return g_strdelimit (g_strdup (f->name), ".", '_');
}
