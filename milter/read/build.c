#include "read/build.h"
#include "find/address.h"
#include "find/time.h"
#include "find/url.h"

#define FIELD_MAX 200 /* bytes of a field's value that are kept */
#define HOST_MAX 253  /* RFC 1035 2.3.4, as text */

static Record *
record_now (const Facts *facts)
{
    g_assert (facts->records.n > 0);
    return &facts->records.items[facts->records.n - 1];
}

gboolean
build_record (Facts *facts, RecordKind kind, Zone zone, const char *shape, Where where)
{
    Record *r = list_push (facts->message->arena, &facts->records, LIMIT_RECORDS);

    if (r == NULL) {
        message_bound (facts->message, "more than %d records, the rest is left out", LIMIT_RECORDS);
        return FALSE;
    }
    *r = (Record) { kind, zone, shape, facts->facts.n, 0, where };
    return TRUE;
}

Fact *
build_fact (Facts *facts, FactKind kind, Role role, Basis basis, Where where, Span original,
            const char *rule)
{
    Record *r = record_now (facts);
    Fact *f = list_push (facts->message->arena, &facts->facts, LIMIT_FACTS);

    if (f == NULL) {
        message_bound (facts->message, "more than %d facts, the rest is left out", LIMIT_FACTS);
        return NULL;
    }
    *f = (Fact) { .kind = kind,
                  .role = role,
                  .basis = basis,
                  .zone = r->zone,
                  .where = where,
                  .original = original,
                  .rule = rule,
                  .record = facts->records.n - 1,
                  .owner = FACT_NONE };
    r->n_facts++;
    return f;
}

static gboolean
add_port (Facts *facts, Span text, guint port, Role role, Basis basis, Where where,
          const char *rule)
{
    Fact *f = build_fact (facts, FACT_PORT, role, basis, where, text, rule);

    if (f != NULL)
        f->v.port = port;
    return f != NULL;
}

/* `text' is NULL when there is none, or the arena is exhausted. */
static gboolean
add_text (Facts *facts, FactKind kind, const char *text, Role role, Basis basis, Where where,
          Span original, const char *rule)
{
    Fact *f = text != NULL ? build_fact (facts, kind, role, basis, where, original, rule) : NULL;

    if (f != NULL)
        f->text = text;
    return f != NULL;
}

static gboolean
add_ip (Facts *facts, const Address *a, Role role, Basis basis, Where where, const char *rule)
{
    Fact *f = build_fact (facts, a->kind == ADDRESS_IP ? FACT_ADDRESS : FACT_NETWORK, role, basis,
                          where, a->original, rule);

    if (f != NULL && a->kind == ADDRESS_IP)
        f->v.ip = a->ip;
    else if (f != NULL)
        f->v.net = a->net;
    return f != NULL;
}

gboolean
build_address (Facts *facts, Span text, Role role, Basis basis, Where where, const char *rule)
{
    Address a;
    guint owner;

    if (!address_value (text, &a))
        return FALSE;
    if (a.kind == ADDRESS_MASKED)
        return add_text (facts, FACT_MASKED, arena_span_dup (facts->message->arena, a.original),
                         role, basis, where, a.original, rule);
    if (!add_ip (facts, &a, role, basis, where, rule))
        return FALSE;
    owner = facts->facts.n - 1;
    if (a.port != 0 && add_port (facts, a.port_text, a.port, role, basis, where, rule))
        facts->facts.items[facts->facts.n - 1].owner = owner;
    return TRUE;
}

gboolean
build_port (Facts *facts, Span text, Role role, Basis basis, Where where, const char *rule)
{
    Span item;
    gboolean any = FALSE;

    while (span_until (&text, ',', &item)) {
        Span rest = item = span_trim (item);
        guint port;

        if (!span_uint (&rest, G_MAXUINT16, &port) || port == 0)
            continue;
        item.end = rest.p;
        if (span_left (rest) == 0 || span_is_nocase (rest, "/tcp") || span_is_nocase (rest, "/udp"))
            any |= add_port (facts, item, port, role, basis, where, rule);
    }
    return any;
}

gboolean
build_time (Facts *facts, Span text, Basis basis, Where where, const char *rule)
{
    TimeContext context = { .mail_date = facts->message->date };
    Stamp stamp;
    When when;
    Fact *f;

    if (!time_value (text, &stamp) || !stamp_resolve (&stamp, &context, &when))
        return FALSE;
    f = build_fact (facts, FACT_TIME, ROLE_UNKNOWN, basis, where, stamp.original, rule);
    if (f != NULL)
        f->v.when = when;
    return f != NULL;
}

gboolean
build_url (Facts *facts, Span text, Role role, Basis basis, Where where, const char *rule)
{
    Span rest = span_trim (text);
    Url url;

    return url_next (facts->message->arena, &rest, &url) &&
           add_text (facts, FACT_URL, url.text, role, basis, where, url.original, rule);
}

gboolean
build_host (Facts *facts, Span text, Role role, Basis basis, Where where, const char *rule)
{
    Span rest = span_trim (text), original;
    const char *host;

    return span_left (rest) <= HOST_MAX &&
           host_next (facts->message->arena, &rest, &host, &original) &&
           add_text (facts, FACT_HOST, host, role, basis, where, original, rule);
}

gboolean
build_count (Facts *facts, Span text, Basis basis, Where where, const char *rule)
{
    Span rest = text = span_trim (text);
    guint count;
    Fact *f;

    if (!span_uint (&rest, G_MAXUINT32, &count) || count == 0 || span_left (rest) > 0)
        return FALSE;
    f = build_fact (facts, FACT_COUNT, ROLE_UNKNOWN, basis, where, text, rule);
    if (f != NULL)
        f->v.count = count;
    return f != NULL;
}

static char *
lower_text (Facts *facts, Span text)
{
    char *lower = arena_span_dup (facts->message->arena, text);

    for (char *p = lower; p != NULL && *p != '\0'; p++)
        *p = g_ascii_tolower (*p);
    return lower;
}

/* The protocols above IP that people complain about; ACNS and flow data give their numbers. */
static const struct {
    guint number;
    const char *name;
} protocols[] = {
    { 1, "icmp" }, { 2, "igmp" },    { 6, "tcp" },    { 17, "udp" },
    { 47, "gre" }, { 58, "icmpv6" }, { 132, "sctp" },
};

static const char *
protocol_of (Span text)
{
    Span rest = text;
    guint number = 0;

    if (!span_uint (&rest, G_MAXUINT8, &number) || span_left (rest) > 0)
        number = G_MAXUINT;
    for (guint i = 0; i < G_N_ELEMENTS (protocols); i++)
        if (protocols[i].number == number || span_is_nocase (text, protocols[i].name))
            return protocols[i].name;
    return NULL;
}

gboolean
build_protocol (Facts *facts, Span text, Basis basis, Where where, const char *rule)
{
    text = span_trim (text);
    return add_text (facts, FACT_PROTOCOL, protocol_of (text), ROLE_UNKNOWN, basis, where, text,
                     rule);
}

void
build_field (Facts *facts, const char *name, Span value, Where where)
{
    char *text;
    Fact *f;

    value = span_trim (value);
    if (span_left (value) == 0 || span_left (value) > FIELD_MAX)
        return;
    text = lower_text (facts, value);
    f = text != NULL
            ? build_fact (facts, FACT_FIELD, ROLE_UNKNOWN, BASIS_REPORTED, where, value, NULL)
            : NULL;
    if (f == NULL)
        return;
    f->name = name;
    f->text = text;
    for (; *text != '\0'; text++)
        if (*text == '_' || g_ascii_isspace (*text))
            *text = '-';
}

gboolean
build_has (const Facts *facts, FactKind kind, Role role)
{
    const Record *r = record_now (facts);

    for (guint i = 0; i < r->n_facts; i++) {
        const Fact *f = &facts->facts.items[r->first_fact + i];

        if (f->kind == kind && f->role == role)
            return TRUE;
    }
    return FALSE;
}
