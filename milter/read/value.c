/* Values whose meaning a key, a column or a shape has told. */
#include "find/address.h"
#include "read/build.h"
#include "read/gather.h"

/* "22", "22/tcp", "22, 80, 443", "tcp/22" */
static gboolean
value_ports (const Gather *g, Role role, Span value)
{
    gboolean any = FALSE;

    for (const char *p = value.p; p < value.end;) {
        Span digits = { p, value.end };
        guint port;

        if (!g_ascii_isdigit (*p)) {
            if (g_ascii_isalpha (*p) && any)
                return TRUE;
            p++;
            continue;
        }
        if (p > value.p && g_ascii_isalpha (p[-1])) { /* "sw4/ge-1" is a switch's port */
            while (p < value.end && g_ascii_isdigit (*p))
                p++;
            continue;
        }
        if (!span_uint (&digits, 65535, &port) || port == 0)
            return any;
        if (digits.p < value.end && (*digits.p == '.' || *digits.p == ':'))
            return any;
        gather_port (g, role, port, (Span) { p, digits.p });
        any = TRUE;
        p = digits.p;
    }
    return any;
}

static gboolean
value_time (const Gather *g, Span value)
{
    Stamp stamp;

    if (!time_value (value, &stamp))
        return FALSE;
    stamp.original = value;
    return gather_stamp (g, &stamp);
}

static gboolean
is_address (Span value)
{
    Address address;

    return address_value (value, &address);
}

static gboolean
is_bare_host (Span value)
{
    return memchr (value.p, ' ', span_left (value)) == NULL && span_find (value, "://") == NULL &&
           memchr (value.p, '@', span_left (value)) == NULL;
}

/* "www.example.net 80" or "203.0.113.9/22" in a column of ports: what stands before the port. */
static Span
before_port (const Gather *g, Role role, Span value)
{
    Span last = { value.end, value.end };

    while (last.p > value.p && g_ascii_isdigit (last.p[-1]))
        last.p--;
    if (last.p - 1 <= value.p || last.p == last.end || strchr (" /", last.p[-1]) == NULL)
        return value;
    value_ports (g, role, last);
    return (Span) { value.p, last.p - 1 };
}

gboolean
gather_value (const Gather *g, const FieldMeaning *meaning, Span value)
{
    guint before = g->facts->facts.n;
    Where where = gather_where (g, value.p);
    Gather whole = *g;

    if (meaning->role != ROLE_UNKNOWN)
        whole.role = meaning->role;
    whole.event_times = g->event_times && !meaning->report;
    switch (meaning->what) {
    case FIELD_PORT:
        if (memchr (value.p, '.', span_left (value)) == NULL)
            return value_ports (&whole, meaning->role, value);
        value = before_port (&whole, meaning->role, value);
        break; /* a column "Src-IP:Src-Port" */
    case FIELD_PROTOCOL:
        return build_protocol (g->facts, value, g->basis, where, NULL);
    case FIELD_COUNT:
        if (build_count (g->facts, value, g->basis, where, NULL))
            return TRUE;
        break;
    case FIELD_TIME:
        if (!whole.event_times || value_time (&whole, value))
            return TRUE;
        break;
    case FIELD_HOST:
    case FIELD_ANY:
        if (is_bare_host (value) &&
            build_host (g->facts, value, whole.role, g->basis, where, g->rule))
            return TRUE;
        if (meaning->what == FIELD_HOST && whole.role == ROLE_UNKNOWN && !is_address (value))
            whole.rule = NULL; /* a host, and by the way its address */
        break;
    default:
        break;
    }
    gather_text (&whole, value);
    return g->facts->facts.n > before;
}
