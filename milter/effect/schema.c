#include "effect/schema.h"
#include <string.h>

/* SQL that SQLite and PostgreSQL share, but for the dialect's words in braces. */
static const char *const versions[SCHEMA_VERSION] = {
    "CREATE TABLE reports ("
    " seq {serial}, id TEXT NOT NULL UNIQUE, received_unix_ms BIGINT NOT NULL,"
    " queue_id TEXT, sender TEXT, recipients TEXT,"
    " message_id TEXT, from_address TEXT, from_name TEXT, subject TEXT, date_unix_s BIGINT,"
    " complaint SMALLINT NOT NULL, scenario TEXT NOT NULL, confidence DOUBLE PRECISION NOT NULL,"
    " format TEXT, priority TEXT NOT NULL, priority_reason TEXT,"
    " complainant_kind TEXT, complainant_address TEXT, complainant_name TEXT,"
    " complainant_tor_aware SMALLINT NOT NULL,"
    " deadline TEXT, deadline_text TEXT, incident_count BIGINT NOT NULL,"
    " tor_standing TEXT, tor_relay TEXT);"

    "CREATE TABLE incidents ("
    " report BIGINT NOT NULL REFERENCES reports (seq) ON DELETE CASCADE, n INTEGER NOT NULL,"
    " ip TEXT, masked TEXT, src_port INTEGER, dst_ip TEXT, dst_port INTEGER,"
    " protocol TEXT, time TEXT, time_latest TEXT, time_local TEXT, time_basis TEXT,"
    " url TEXT, count BIGINT NOT NULL, basis TEXT, relay TEXT, rule TEXT,"
    " where_part INTEGER, where_line INTEGER, where_column INTEGER,"
    " PRIMARY KEY (report, n)) {clustered};"

    /* Whom a report accuses, once each: what a question about an address or a network reads. */
    "CREATE TABLE accused ("
    " ip_key TEXT NOT NULL, report BIGINT NOT NULL REFERENCES reports (seq) ON DELETE CASCADE,"
    " PRIMARY KEY (ip_key, report)) {clustered};"

    "CREATE TABLE signals ("
    " report BIGINT NOT NULL REFERENCES reports (seq) ON DELETE CASCADE, n INTEGER NOT NULL,"
    " of TEXT, name TEXT, weight DOUBLE PRECISION NOT NULL, zone TEXT,"
    " where_part INTEGER, where_line INTEGER, where_column INTEGER, text TEXT,"
    " PRIMARY KEY (report, n)) {clustered};"

    "CREATE TABLE alternatives ("
    " report BIGINT NOT NULL REFERENCES reports (seq) ON DELETE CASCADE, n INTEGER NOT NULL,"
    " scenario TEXT, confidence DOUBLE PRECISION NOT NULL,"
    " PRIMARY KEY (report, n)) {clustered};"

    "CREATE TABLE demands ("
    " report BIGINT NOT NULL REFERENCES reports (seq) ON DELETE CASCADE, n INTEGER NOT NULL,"
    " demand TEXT NOT NULL, PRIMARY KEY (report, n)) {clustered};"

    "CREATE TABLE urls ("
    " report BIGINT NOT NULL REFERENCES reports (seq) ON DELETE CASCADE, n INTEGER NOT NULL,"
    " url TEXT NOT NULL, PRIMARY KEY (report, n)) {clustered};"

    "CREATE TABLE defects ("
    " report BIGINT NOT NULL REFERENCES reports (seq) ON DELETE CASCADE, n INTEGER NOT NULL,"
    " defect TEXT NOT NULL, PRIMARY KEY (report, n)) {clustered};"

    /* The mail itself, when settings ask for it: apart, so that reports stay small to read. */
    "CREATE TABLE texts ("
    " report BIGINT NOT NULL PRIMARY KEY REFERENCES reports (seq) ON DELETE CASCADE,"
    " text TEXT NOT NULL);"

    /* What the operator says it was; the newest counts, the rules' own word stays in reports. */
    "CREATE TABLE corrections ("
    " report BIGINT NOT NULL REFERENCES reports (seq) ON DELETE CASCADE, n INTEGER NOT NULL,"
    " made_unix_ms BIGINT NOT NULL, scenario TEXT NOT NULL, author TEXT, note TEXT,"
    " PRIMARY KEY (report, n)) {clustered};",

    /* 2: what our own MTA found of the sender. */
    "ALTER TABLE reports ADD COLUMN complainant_auth_spf TEXT;"
    "ALTER TABLE reports ADD COLUMN complainant_auth_dkim TEXT;"
    "ALTER TABLE reports ADD COLUMN complainant_auth_dmarc TEXT;",

    /* 3: what a reply needs, what Tor's data say, cases, the newest correction. */
    "ALTER TABLE reports ADD COLUMN in_reply_to TEXT;"
    "ALTER TABLE reports ADD COLUMN reply_to TEXT;"
    "ALTER TABLE reports ADD COLUMN auto_submitted TEXT;"
    "ALTER TABLE reports ADD COLUMN precedence TEXT;"
    "ALTER TABLE reports ADD COLUMN list TEXT;"
    "ALTER TABLE reports ADD COLUMN language TEXT;"
    "ALTER TABLE reports ADD COLUMN tor_judged SMALLINT NOT NULL DEFAULT 0;"
    "ALTER TABLE reports ADD COLUMN tor_exit TEXT;"
    "ALTER TABLE reports ADD COLUMN tor_exit_reason TEXT;"
    "ALTER TABLE reports ADD COLUMN tor_exit_time TEXT;"
    "ALTER TABLE reports ADD COLUMN tor_policy TEXT;"
    "ALTER TABLE reports ADD COLUMN tor_impossible TEXT;"
    "ALTER TABLE reports ADD COLUMN tor_spoofable SMALLINT NOT NULL DEFAULT 0;"
    "ALTER TABLE reports ADD COLUMN case_id TEXT;"
    "ALTER TABLE reports ADD COLUMN correction_scenario TEXT;"
    "ALTER TABLE reports ADD COLUMN correction_unix_ms BIGINT;"
    "ALTER TABLE reports ADD COLUMN correction_author TEXT;"
    "ALTER TABLE reports ADD COLUMN correction_note TEXT;"
    "ALTER TABLE incidents ADD COLUMN prefix INTEGER;"
    "ALTER TABLE incidents ADD COLUMN exit TEXT;"
    "ALTER TABLE incidents ADD COLUMN policy TEXT;"
    "ALTER TABLE incidents ADD COLUMN impossible TEXT;"
    "CREATE TABLE refs ("
    " report BIGINT NOT NULL REFERENCES reports (seq) ON DELETE CASCADE, n INTEGER NOT NULL,"
    " message_id TEXT NOT NULL, PRIMARY KEY (report, n)) {clustered};"
    "UPDATE reports SET (correction_scenario, correction_unix_ms, correction_author,"
    " correction_note) = (SELECT scenario, made_unix_ms, author, note FROM corrections"
    "  WHERE report = seq ORDER BY n DESC LIMIT 1)"
    " WHERE seq IN (SELECT report FROM corrections);"
};

static char *
in_dialect (const char *sql, const DbDialect *dialect)
{
    GString *out = g_string_new (sql);

    g_string_replace (out, "{serial}", dialect->serial, 0);
    g_string_replace (out, "{clustered}", dialect->clustered, 0);
    return g_string_free (out, FALSE);
}

static gboolean
refuse_newer (guint version, GError **error)
{
    if (version <= SCHEMA_VERSION)
        return TRUE;
    g_set_error (error, DB_ERROR, DB_ERROR_VERSION,
                 "the log has schema version %u, this program knows up to %u: "
                 "it was written by a newer abuse-milter; upgrade this one",
                 version, SCHEMA_VERSION);
    return FALSE;
}

static gboolean
migrate_from (Db *db, guint version, GError **error)
{
    for (; version < SCHEMA_VERSION; version++) {
        g_autofree char *sql = in_dialect (versions[version], &db->is->dialect);

        if (!db_exec (db, sql, error))
            return FALSE;
    }
    return db_set_version (db, SCHEMA_VERSION, error);
}

gboolean
schema_migrate (Db *db, GError **error)
{
    guint version;

    if (!db_version (db, &version, error) || !refuse_newer (version, error))
        return FALSE;
    if (version == SCHEMA_VERSION)
        return TRUE;
    if (!db_begin (db, error))
        return FALSE;
    /* Asked again under the lock: another process may have been quicker. */
    if (db_version (db, &version, error) && refuse_newer (version, error) &&
        migrate_from (db, version, error) && db_commit (db, error))
        return TRUE;
    db_rollback (db);
    return FALSE;
}

gboolean
schema_accept (Db *db, GError **error)
{
    guint version;

    if (!db_version (db, &version, error) || !refuse_newer (version, error))
        return FALSE;
    if (version == SCHEMA_VERSION)
        return TRUE;
    g_set_error (error, DB_ERROR, DB_ERROR_VERSION,
                 version == 0 ? "the log is empty: no mail has been logged yet"
                              : "the log has schema version %u, this program reads %u: "
                                "restart abuse-milter, which brings it up to date",
                 version, SCHEMA_VERSION);
    return FALSE;
}

const char *
schema_ip_key (const Ip *ip, char ret[SCHEMA_IP_KEY_MAX])
{
    static const char hex[] = "0123456789abcdef";
    guint n = ip->family == 4 ? 4 : 16;
    char *p = ret;

    *p++ = ip->family == 4 ? '4' : '6';
    for (guint i = 0; i < n; i++) {
        *p++ = hex[ip->bytes[i] >> 4];
        *p++ = hex[ip->bytes[i] & 15];
    }
    *p = '\0';
    return ret;
}

void
schema_net_keys (const IpNet *net, char ret_first[SCHEMA_IP_KEY_MAX],
                 char ret_last[SCHEMA_IP_KEY_MAX])
{
    guint all = net->base.family == 4 ? 32 : 128;
    Ip last = net->base;

    for (guint bit = net->bits; bit < all; bit++)
        last.bytes[bit / 8] |= (guint8)(0x80 >> bit % 8);
    schema_ip_key (&net->base, ret_first);
    schema_ip_key (&last, ret_last);
}
