/*
 * IODEF 1 and 2 (RFC 5070, RFC 7970).  System@category says who is who; a Flow holds the two ends
 * of one incident, and a time nearest above it is its time.
 */
#include "read/elements.h"
#include "read/readers.h"

#define FORMAT "iodef"
#define ROOT "IODEF-Document"

/* RFC 7970 3.17 */
static const struct {
    const char *category;
    Role role;
} categories[] = {
    { "source", ROLE_OFFENDER },
    { "infrastructure-source", ROLE_OFFENDER },
    { "watchlist-source", ROLE_OFFENDER },
    { "target", ROLE_VICTIM },
    { "infrastructure-target", ROLE_VICTIM },
    { "watchlist-target", ROLE_VICTIM },
    { "sensor", ROLE_REPORTER },
    { "intermediate", ROLE_RELAY },
};

/* The event's times before the incident's, when it began before when it was seen. */
static const TakeRow event_times[] = {
    { "EventData.StartTime", TAKE_TIME, ROLE_UNKNOWN, "iodef: EventData/StartTime" },
    { "EventData.DetectTime", TAKE_TIME, ROLE_UNKNOWN, "iodef: EventData/DetectTime" },
};
static const TakeRow incident_times[] = {
    { "Incident.StartTime", TAKE_TIME, ROLE_UNKNOWN, "iodef: Incident/StartTime" },
    { "Incident.DetectTime", TAKE_TIME, ROLE_UNKNOWN, "iodef: Incident/DetectTime" },
};

static Role
role_of (const Element *system)
{
    const char *category = element_attribute (system, "category");

    for (guint i = 0; category != NULL && i < G_N_ELEMENTS (categories); i++)
        if (g_ascii_strcasecmp (category, categories[i].category) == 0)
            return categories[i].role;
    return ROLE_UNKNOWN;
}

/* A System's ports are those of its first address. */
static void
own_ports (Facts *facts, guint first)
{
    guint address = first;

    while (address < facts->facts.n && facts->facts.items[address].kind != FACT_ADDRESS)
        address++;
    for (guint i = first; address < facts->facts.n && i < facts->facts.n; i++)
        if (facts->facts.items[i].kind == FACT_PORT)
            facts->facts.items[i].owner = address;
}

static void
take_system (Facts *facts, const Elements *e, guint system)
{
    const Element *s = &e->list.items[system];
    const Element *service = elements_find (e, system, "System.Service");
    const char *protocol = service != NULL ? element_attribute (service, "ip-protocol") : NULL;
    Role role = role_of (s);
    guint first = facts->facts.n;
    const TakeRow rows[] = {
        { "Node.Address", TAKE_ADDRESS, role, "iodef: System/Node/Address" },
        { "Service.Port", TAKE_PORT, role, "iodef: System/Service/Port" },
        { "Service.Portlist", TAKE_PORT, role, "iodef: System/Service/Portlist" },
        { "DomainData.Name", TAKE_HOST, role, "iodef: System/Node/DomainData/Name" },
        { "Node.NodeName", TAKE_HOST, role, "iodef: System/Node/NodeName" },
        { "Node.Counter", TAKE_COUNT, ROLE_UNKNOWN, "iodef: System/Node/Counter" },
        { "System.Counter", TAKE_COUNT, ROLE_UNKNOWN, "iodef: System/Counter" },
    };

    elements_take (facts, e, system, rows, G_N_ELEMENTS (rows));
    own_ports (facts, first);
    if (protocol != NULL)
        build_protocol (facts, span_of (protocol), BASIS_REPORTED,
                        (Where) { e->part, service->line, 0 }, "iodef: Service ip-protocol");
}

/* RFC 7970 3.2, 3.14: an element's own times stand before the elements in it. */
static void
take_time (Facts *facts, const Elements *e, guint parent, const char *stop, const TakeRow rows[2])
{
    for (guint i = 0; i < 2 && !build_has (facts, FACT_TIME, ROLE_UNKNOWN); i++)
        elements_take_children (facts, e, parent, stop, &rows[i]);
}

static void
take_flow (Facts *facts, const Elements *e, guint flow, guint incident)
{
    const Element *f = &e->list.items[flow];

    if (!build_record (facts, RECORD_FORMAT, ZONE_REPORT, FORMAT, (Where) { e->part, f->line, 0 }))
        return;
    for (guint i = flow + 1; i < f->end; i = e->list.items[i].end)
        if (strcmp (e->list.items[i].name, "System") == 0)
            take_system (facts, e, i);
    take_time (facts, e, f->parent, "Flow", event_times);
    take_time (facts, e, incident, f->parent == incident ? "Flow" : "EventData", incident_times);
}

/* RFC 7970 3.13.1 (SystemImpact and the like), RFC 5070 3.10.1: a word for what happened. */
static void
take_impact (Facts *facts, const Elements *e, guint incident)
{
    static const char *const names[] = { "Assessment.Impact", "Assessment.SystemImpact",
                                         "Assessment.BusinessImpact" };

    for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
        const Element *impact = elements_find (e, incident, names[i]);
        const char *type = impact != NULL ? element_attribute (impact, "type") : NULL;

        if (type != NULL)
            build_field (facts, "impact", span_of (type), (Where) { e->part, impact->line, 0 });
    }
}

static guint
take_incident (Facts *facts, const Elements *e, guint incident)
{
    guint flows = 0;

    for (guint i = incident; i < e->list.items[incident].end; i++)
        if (strcmp (e->list.items[i].name, "Flow") == 0) {
            take_flow (facts, e, i, incident);
            if (flows++ == 0)
                take_impact (facts, e, incident);
        }
    return flows;
}

static guint
take_document (Facts *facts, const Elements *e)
{
    guint flows = 0;

    for (guint i = 0; i < e->list.n; i++)
        if (strcmp (e->list.items[i].name, "Incident") == 0)
            flows += take_incident (facts, e, i);
    if (flows > 0)
        build_claim (facts, e->part, e->first_line, e->last_line);
    if (flows == 0)
        message_defect (facts->message, "malformed iodef: there is no Flow");
    else if (e->defect != NULL)
        message_defect (facts->message, "malformed iodef: %s", e->defect);
    return flows;
}

gboolean
iodef_read (Facts *facts)
{
    const Message *m = facts->message;
    guint flows = 0;

    for (guint i = 0; i < m->n_parts; i++) {
        XmlCursor at = elements_cursor (&m->parts[i]);
        Elements e;

        while (!m->parts[i].spare && elements_next (m->arena, &at, ROOT, &e))
            flows += take_document (facts, &e);
    }
    return flows > 0;
}
