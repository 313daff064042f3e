/* The tests over facts: shapes, fields, ports, counts, parts, and what has been decided before. */
#include "base/glob.h"
#include "judge/ballot.h"
#include <stdlib.h>

typedef gboolean (*FactTest) (const Ballot *b, const Rule *rule, Signal *ret);

static gboolean
one_of (const char *const *words, const char *text)
{
    for (; text != NULL && *words != NULL; words++)
        if (strcmp (*words, text) == 0)
            return TRUE;
    return FALSE;
}

static void
see_shapes (Ballot *b, const Facts *facts)
{
    for (guint i = 0; i < facts->records.n; i++) {
        const Record *record = &facts->records.items[i];
        guint j = 0;
        Seen *seen;

        if (record->kind != RECORD_LOG || record->shape == NULL)
            continue;
        while (j < b->shapes.n && b->shapes.items[j].name != record->shape)
            j++; /* shapes are rows of one table: the same name is the same pointer */
        if (j < b->shapes.n)
            continue;
        seen = list_push (b->arena, &b->shapes, LIMIT_SEEN);
        if (seen != NULL)
            *seen = (Seen) { record->shape, record->shape, record->where, record->zone };
    }
}

static gboolean
is_seen (const Ballot *b, const Fact *field)
{
    for (guint i = 0; i < b->fields.n; i++)
        if (strcmp (b->fields.items[i].name, field->name) == 0 &&
            strcmp (b->fields.items[i].text, field->text) == 0)
            return TRUE;
    return FALSE;
}

static void
see_fields (Ballot *b, const Facts *facts)
{
    for (guint i = 0; i < facts->facts.n && !budget_over (facts->message->budget); i++) {
        const Fact *fact = &facts->facts.items[i];
        Seen *seen;

        if (fact->kind != FACT_FIELD || fact->name == NULL || fact->text == NULL ||
            is_seen (b, fact))
            continue;
        seen = list_push (b->arena, &b->fields, LIMIT_SEEN);
        if (seen == NULL)
            return;
        *seen = (Seen) { fact->name, fact->text, fact->where, fact->zone };
    }
}

static int
compare_ips (const void *a, const void *b)
{
    return ip_compare (a, b);
}

static guint
count_offenders (const Ballot *b)
{
    const Verdict *v = b->verdict;
    Ip *ips = arena_new0 (b->arena, Ip, v->n_incidents);
    guint n = 0, distinct = 0;

    for (guint i = 0; ips != NULL && i < v->n_incidents; i++)
        if (v->incidents[i].ip.family != 0)
            ips[n++] = v->incidents[i].ip;
        else
            distinct += v->incidents[i].masked != NULL;
    if (n > 1)
        qsort (ips, n, sizeof *ips, compare_ips);
    for (guint i = 0; i < n; i++)
        distinct += i == 0 || !ip_equal (&ips[i - 1], &ips[i]);
    return distinct;
}

void
ballot_see_facts (Ballot *b)
{
    see_shapes (b, b->verdict->facts);
    see_fields (b, b->verdict->facts);
    b->n_offenders = count_offenders (b);
}

static gboolean
holds_shape (const Ballot *b, const Rule *rule, Signal *ret)
{
    for (guint i = 0; i < b->shapes.n; i++) {
        const Seen *seen = &b->shapes.items[i];

        if (!one_of (rule->words, seen->name))
            continue;
        ret->text = seen->name;
        ret->zone = seen->zone;
        ret->where = seen->where;
        return TRUE;
    }
    return FALSE;
}

static gboolean
holds_field (const Ballot *b, const Rule *rule, Signal *ret)
{
    for (guint i = 0; i < b->fields.n; i++) {
        const Seen *seen = &b->fields.items[i];

        if (strcmp (rule->field, seen->name) != 0 || !one_of (rule->words, seen->text))
            continue;
        ret->text = arena_printf (b->arena, "%s: %s", seen->name, seen->text);
        ret->zone = seen->zone;
        ret->where = seen->where;
        return TRUE;
    }
    return FALSE;
}

static gboolean
holds_format (const Ballot *b, const Rule *rule, Signal *ret)
{
    ret->text = b->verdict->format;
    ret->zone = ZONE_REPORT;
    return one_of (rule->words, b->verdict->format);
}

static gboolean
in_ranges (const Rule *rule, guint port)
{
    for (guint i = 0; port > 0 && i < rule->n_ports; i++)
        if (port >= rule->ports[i].from && port <= rule->ports[i].to)
            return TRUE;
    return FALSE;
}

static gboolean
holds_port (const Ballot *b, const Rule *rule, Signal *ret)
{
    for (guint i = 0; i < b->verdict->n_incidents; i++) {
        const Incident *incident = &b->verdict->incidents[i];
        guint port = rule->test == TEST_SRC_PORT ? incident->src_port : incident->dst_port;

        if (!in_ranges (rule, port))
            continue;
        ret->text = arena_printf (b->arena, "port %u", port);
        ret->zone = ZONE_EVIDENCE;
        ret->where = incident->where;
        return TRUE;
    }
    return FALSE;
}

static gboolean
holds_protocol (const Ballot *b, const Rule *rule, Signal *ret)
{
    for (guint i = 0; i < b->verdict->n_incidents; i++) {
        const Incident *incident = &b->verdict->incidents[i];

        if (!one_of (rule->words, incident->protocol))
            continue;
        ret->text = incident->protocol;
        ret->zone = ZONE_EVIDENCE;
        ret->where = incident->where;
        return TRUE;
    }
    return FALSE;
}

static gboolean
within (const Ballot *b, const Rule *rule, guint n, const char *what, Signal *ret)
{
    if (n < rule->min || n > rule->max)
        return FALSE;
    ret->text = arena_printf (b->arena, "%u %s", n, what);
    ret->zone = ZONE_EVIDENCE;
    return TRUE;
}

static gboolean
holds_offenders (const Ballot *b, const Rule *rule, Signal *ret)
{
    return within (b, rule, b->n_offenders, "accused", ret);
}

static gboolean
holds_urls (const Ballot *b, const Rule *rule, Signal *ret)
{
    return within (b, rule, b->verdict->n_urls, "URLs", ret);
}

static gboolean
any_glob (const char *const *globs, const char *text)
{
    for (; *globs != NULL; globs++)
        if (glob_match (*globs, span_of (text)))
            return TRUE;
    return FALSE;
}

static gboolean
holds_part (const Ballot *b, const Rule *rule, Signal *ret)
{
    const Message *m = b->verdict->facts->message;

    for (guint i = 0; i < m->n_parts; i++) {
        if (!any_glob (rule->words, m->parts[i].type))
            continue;
        ret->text = m->parts[i].type;
        ret->zone = ZONE_EVIDENCE;
        ret->where = (Where) { .part = m->parts[i].number };
        return TRUE;
    }
    return FALSE;
}

/* Quoted is the first of what spoke for one of the topics. */
static void
quote_topic (const Ballot *b, guint64 topics, Signal *ret)
{
    for (guint i = 0; i < b->held.n; i++) {
        const Held *held = &b->held.items[i];

        if (held->class_index < b->rules->first_topic ||
            !(topics >> (held->class_index - b->rules->first_topic) & 1))
            continue;
        ret->text = held->signal.text;
        ret->zone = held->signal.zone;
        ret->where = held->signal.where;
        return;
    }
}

static gboolean
holds_topic (const Ballot *b, const Rule *rule, Signal *ret)
{
    guint64 both = b->topics & rule->topics;

    if (both == 0 || (rule->test == TEST_TOGETHER && both != rule->topics))
        return FALSE;
    quote_topic (b, both, ret);
    return TRUE;
}

static gboolean
holds_scenario (const Ballot *b, const Rule *rule, Signal *ret)
{
    ret->text = b->verdict->scenario;
    return one_of (rule->words, b->verdict->scenario);
}

static gboolean
holds_complainant (const Ballot *b, const Rule *rule, Signal *ret)
{
    ret->text = complainant_name (b->verdict->complainant);
    return one_of (rule->words, ret->text);
}

static const FactTest tests[N_TESTS] = {
    [TEST_SHAPE] = holds_shape,
    [TEST_FORMAT] = holds_format,
    [TEST_FIELD] = holds_field,
    [TEST_SRC_PORT] = holds_port,
    [TEST_DST_PORT] = holds_port,
    [TEST_PROTOCOL] = holds_protocol,
    [TEST_OFFENDERS] = holds_offenders,
    [TEST_URLS] = holds_urls,
    [TEST_PART] = holds_part,
    [TEST_TOPIC] = holds_topic,
    [TEST_TOGETHER] = holds_topic,
    [TEST_SCENARIO] = holds_scenario,
    [TEST_COMPLAINANT] = holds_complainant,
};

gboolean
ballot_fact_holds (const Ballot *b, const Rule *rule, Signal *ret)
{
    g_assert (tests[rule->test] != NULL);
    return tests[rule->test](b, rule, ret);
}
