/*
 * XARF 1 to 4: JSON, attached or in the body.  Its schemas and their implementations disagree on
 * spelling (LoginAttack, Login-Attack, login_attack) and nesting (Report.SourceIp,
 * Report.Source.IP, source_identifier), so a leaf is known by its key, or by its container's and
 * its own ("Source" + "IP" is SourceIp), without regard to case and punctuation.
 */
#include "base/json.h"
#include "read/jsontext.h"
#include "read/readers.h"
#include "read/take.h"
#include "read/xarf_evidence.h"

#define FORMAT "xarf"
#define MAX_REPORTS 500 /* of one mail */

static const TakeRow rows[] = {
    { "SourceIp", TAKE_SOURCE, ROLE_OFFENDER, "xarf: SourceIp" },
    { "source_identifier", TAKE_SOURCE, ROLE_OFFENDER, "xarf: source_identifier" },
    { "SourcePort", TAKE_PORT, ROLE_OFFENDER, "xarf: SourcePort" },
    { "service_port", TAKE_PORT, ROLE_OFFENDER, "xarf: service_port" }, /* what is open there */
    { "DestinationIp", TAKE_SOURCE, ROLE_VICTIM, "xarf: DestinationIp" },
    { "DestinationPort", TAKE_PORT, ROLE_VICTIM, "xarf: DestinationPort" },
    { "Date", TAKE_TIME, ROLE_UNKNOWN, "xarf: Date" },
    { "timestamp", TAKE_TIME, ROLE_UNKNOWN, "xarf: timestamp" },
    { "Protocol", TAKE_PROTOCOL, ROLE_UNKNOWN, "xarf: protocol" },
    { "SourceUrl", TAKE_URL, ROLE_OFFENDER, "xarf: SourceUrl" },
    { "url", TAKE_URL, ROLE_OFFENDER, "xarf: url" },
    { "infringing_url", TAKE_URL, ROLE_OFFENDER, "xarf: infringing_url" },
    { "xarf_version", TAKE_FIELD, ROLE_UNKNOWN, "xarf-version" },
    { "Version", TAKE_FIELD, ROLE_UNKNOWN, "xarf-version" },
    { "ReportClass", TAKE_FIELD, ROLE_UNKNOWN, "category" },
    { "category", TAKE_FIELD, ROLE_UNKNOWN, "category" },
    { "class", TAKE_FIELD, ROLE_UNKNOWN, "category" },
    { "ReportType", TAKE_TYPE, ROLE_UNKNOWN, "report-type" },
    { "type", TAKE_TYPE, ROLE_UNKNOWN, "report-type" },
    { "ReportSubType", TAKE_FIELD, ROLE_UNKNOWN, "report-sub-type" },
    { "service", TAKE_FIELD, ROLE_UNKNOWN, "service" },
    { "cve_id", TAKE_FIELD, ROLE_UNKNOWN, "cve" },
};

/* Only when the rows above brought nothing of their kind. */
static const TakeRow second_best[] = {
    { "AttackerIp", TAKE_ADDRESS, ROLE_OFFENDER, "xarf: AttackerIp" },
    { "FirstSeen", TAKE_TIME, ROLE_UNKNOWN, "xarf: FirstSeen" },
};

/* Who reports, to whom, and with what evidence: none of it is the incident. */
static const char *const left_out[] = {
    "ReporterInfo", "OnBehalfOf", "InternalProcessing", "_internal", "reporter",       "sender",
    "evidence",     "Samples",    "Attachment",         "Custom",    "AdditionalInfo",
};

/* Containers that add nothing to the names of what they hold. */
static const char *const transparent[] = { "Report", "xarf", "Incident" };

typedef struct Leaf {
    const char *name; /* "Report.Source.IP" is "SourceIP" */
    Span value;
} Leaf;

#define MAX_LEAVES 300

typedef struct Leaves {
    Arena *arena;
    const char *container; /* "" at the top */
    LIST (Leaf) list;
} Leaves;

static gboolean
among (const char *const *names, guint n, const char *name)
{
    for (guint i = 0; i < n; i++)
        if (take_same_name (span_of (name), names[i]))
            return TRUE;
    return FALSE;
}

static void
add_leaf (Leaves *leaves, const char *key, const Json *value)
{
    const char *text = arena_strdup (leaves->arena, json_text (value));
    Leaf *leaf;
    gint64 number;

    if (text == NULL && json_int (value, &number))
        text = arena_printf (leaves->arena, "%" G_GINT64_FORMAT, number);
    leaf = text != NULL ? list_push (leaves->arena, &leaves->list, MAX_LEAVES) : NULL;
    if (leaf != NULL)
        *leaf =
            (Leaf) { arena_printf (leaves->arena, "%s%s", leaves->container, key), span_of (text) };
}

static void
add_leaves (const char *key, const Json *value, gpointer data)
{
    Leaves *leaves = data;
    const char *outer = leaves->container;

    if (json_is_list (value)) {
        for (gsize i = 0; i < MIN (json_length (value), MAX_LEAVES); i++)
            add_leaves (key, json_item (value, i), data);
    } else if (!json_is_object (value)) {
        add_leaf (leaves, key, value);
    } else if (!among (left_out, G_N_ELEMENTS (left_out), key)) {
        leaves->container = among (transparent, G_N_ELEMENTS (transparent), key)
                                ? ""
                                : arena_strdup (leaves->arena, key);
        if (leaves->container != NULL)
            json_each (value, add_leaves, leaves);
        leaves->container = outer;
    }
}

static const Leaf *
leaf_named (const Leaves *leaves, const char *name)
{
    for (guint i = 0; i < leaves->list.n; i++)
        if (leaves->list.items[i].name != NULL &&
            take_same_name (span_of (leaves->list.items[i].name), name))
            return &leaves->list.items[i];
    return NULL;
}

/* Log lines come as JSON, too, and have a source_ip and a type. */
static gboolean
is_report (const Leaves *leaves, Span text)
{
    if (leaf_named (leaves, "xarf_version") != NULL)
        return TRUE;
    return leaf_named (leaves, "ReportType") != NULL &&
           (span_find_nocase (text, "\"Reporter") != NULL ||
            leaf_named (leaves, "ReportClass") != NULL);
}

static void
take_leaves (Facts *facts, const Leaves *leaves, const TakeRow *row, const JsonText *j)
{
    for (guint i = 0; i < leaves->list.n; i++) {
        const Leaf *leaf = &leaves->list.items[i];

        if (leaf->name != NULL && take_same_name (span_of (leaf->name), row->name))
            take_value (facts, row, leaf->value, jsontext_where (j, leaf->value));
    }
}

static gboolean
take_report (Facts *facts, const Leaves *leaves, const JsonText *j)
{
    Where where = { j->part, j->first_line, 0 };

    if (!build_record (facts, RECORD_FORMAT, ZONE_REPORT, FORMAT, where))
        return FALSE;
    for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
        take_leaves (facts, leaves, &rows[i], j);
    if (!build_has (facts, FACT_ADDRESS, ROLE_OFFENDER))
        take_leaves (facts, leaves, &second_best[0], j);
    if (!build_has (facts, FACT_TIME, ROLE_UNKNOWN))
        take_leaves (facts, leaves, &second_best[1], j);
    build_claim (facts, j->part, j->first_line, j->last_line);
    return TRUE;
}

static gboolean
read_object (Facts *facts, const JsonText *j, guint *samples_left)
{
    Leaves leaves = { .arena = facts->message->arena, .container = "" };
    const char *defect = NULL;
    g_autoptr (Json) tree = json_read (j->text, &defect);

    if (tree != NULL)
        json_each (tree, add_leaves, &leaves);
    else
        for (JsonPair pair, at = { .rest = j->text }; jsontext_pair (&at, &pair);) {
            Leaf *leaf = list_push (leaves.arena, &leaves.list, MAX_LEAVES);

            if (leaf == NULL)
                break;
            *leaf = (Leaf) { arena_span_dup (leaves.arena, pair.key), pair.value };
        }
    if (!is_report (&leaves, j->text))
        return FALSE;
    if (tree == NULL)
        message_defect (facts->message, "malformed xarf: %s", defect);
    if (!take_report (facts, &leaves, j))
        return FALSE;
    if (tree != NULL)
        xarf_evidence_lines (facts, tree, (Where) { j->part, j->last_line, 0 }, samples_left);
    return TRUE;
}

static gboolean
has_sign (Span text)
{
    return span_find_nocase (text, "xarf_version") != NULL ||
           span_find_nocase (text, "\"ReportType\"") != NULL ||
           span_find_nocase (text, "\"Report_Type\"") != NULL;
}

gboolean
xarf_json_read (Facts *facts)
{
    const Message *m = facts->message;
    guint n = 0, samples_left = EVIDENCE_MAX_SAMPLES;

    for (guint i = 0; i < m->n_parts; i++) {
        const Part *part = &m->parts[i];
        JsonCursor at = jsontext_cursor (part);
        JsonText j;

        if (part->spare || !has_sign (part->text))
            continue;
        while (n < MAX_REPORTS && jsontext_next (m->arena, &at, &j))
            n += read_object (facts, &j, &samples_left);
    }
    return n > 0;
}
