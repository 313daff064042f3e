#include "judge/reflect.h"
#include "base/anyof.h"

static const char *const words[] = { "amplif",     "reflect",     "open resolver", "open dns",
                                     "open ntp",   "monlist",     "open recurs",   "openresolver",
                                     "verstärker", "amplificaci", "réflexion" };

/* A column makes it the destination, words the accused. */
static gboolean
is_contested (const Candidate *c)
{
    return c->role == ROLE_VICTIM && c->weight[ROLE_VICTIM] >= WEIGHT_STRUCTURE && c->loud > 0 &&
           c->named_outside && (c->in_subject || c->weight[ROLE_OFFENDER] > 0);
}

static const Candidate *
sole_contested (const Roles *r)
{
    const Candidate *sole = NULL;

    for (guint i = 0; i < r->order->len; i++) {
        const Candidate *c = r->order->pdata[i];

        if (c->role == ROLE_OFFENDER && (c->named_outside || c->in_subject))
            return NULL; /* words accuse somebody else */
        if (!is_contested (c))
            continue;
        if (sole != NULL)
            return NULL;
        sole = c;
    }
    return sole;
}

static gboolean
says_reflection (const Roles *r)
{
    for (guint i = 0; i < r->facts->lines.n; i++) {
        const Line *line = &r->facts->lines.items[i];

        if ((line->zone == ZONE_SUBJECT || line->zone == ZONE_PROSE) &&
            span_any_nocase (line->text, words, G_N_ELEMENTS (words)))
            return TRUE;
    }
    return FALSE;
}

static gboolean
names (const Facts *facts, const Record *record, const Ip *ip)
{
    for (guint i = record->first_fact; i < record->first_fact + record->n_facts; i++) {
        const Fact *f = &facts->facts.items[i];

        if (f->kind == FACT_ADDRESS && f->role == ROLE_VICTIM && ip_equal (&f->v.ip, ip))
            return TRUE;
    }
    return FALSE;
}

/* Ports that stand alone; those written with an address go with it. */
static void
turn_ports (Facts *facts, const Record *record)
{
    for (guint i = record->first_fact; i < record->first_fact + record->n_facts; i++) {
        Fact *f = &facts->facts.items[i];

        if (f->kind != FACT_PORT || f->owner != FACT_NONE)
            continue;
        f->role = f->role == ROLE_VICTIM     ? ROLE_OFFENDER
                  : f->role == ROLE_OFFENDER ? ROLE_VICTIM
                                             : f->role;
    }
}

void
reflect_turn (Roles *r)
{
    const Candidate *service = sole_contested (r);

    if (service == NULL || !says_reflection (r))
        return;
    for (guint i = 0; i < r->facts->records.n; i++)
        if (names (r->facts, &r->facts->records.items[i], &service->ip))
            turn_ports (r->facts, &r->facts->records.items[i]);
    for (guint i = 0; i < r->order->len; i++) {
        Candidate *c = r->order->pdata[i];

        if (c != service && c->role != ROLE_OFFENDER)
            continue;
        c->role = c == service ? ROLE_OFFENDER : ROLE_VICTIM;
        c->why = c == service ? "its service was used against others"
                              : "flooded by a service used against others";
        c->how = BASIS_DERIVED;
    }
}
