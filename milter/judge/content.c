#include "judge/content.h"

void
content_init (Content *c, const Facts *facts)
{
    *c = (Content) { .facts = facts };
    for (guint i = 0; i < N_CONTENT_LISTS; i++)
        c->lists[i] = g_array_new (FALSE, FALSE, sizeof (guint));
}

void
content_clear (Content *c)
{
    for (guint i = 0; i < N_CONTENT_LISTS; i++)
        g_array_free (c->lists[i], TRUE);
}

static ContentList
list_of (const Fact *fact)
{
    gboolean accused = fact->role == ROLE_OFFENDER;

    switch (fact->kind) {
    case FACT_ADDRESS:
        return accused                     ? SAYS_OFFENDERS
               : fact->role == ROLE_VICTIM ? SAYS_VICTIMS
                                           : N_CONTENT_LISTS;
    case FACT_NETWORK:
        return accused ? SAYS_NETWORKS : N_CONTENT_LISTS;
    case FACT_MASKED:
        return fact->zone != ZONE_ATTACHED ? SAYS_MASKED : N_CONTENT_LISTS;
    case FACT_PORT:
        return accused                     ? SAYS_SRC_PORTS
               : fact->role == ROLE_VICTIM ? SAYS_DST_PORTS
                                           : SAYS_UNSAID_PORTS;
    case FACT_TIME:
        return SAYS_TIMES;
    case FACT_URL:
    case FACT_HOST:
        return accused ? SAYS_URLS : N_CONTENT_LISTS;
    default:
        return N_CONTENT_LISTS;
    }
}

void
content_read (Content *c, const Record *record)
{
    for (guint i = 0; i < N_CONTENT_LISTS; i++)
        g_array_set_size (c->lists[i], 0);
    c->protocol = NULL;
    c->count = 0;
    for (guint i = 0; i < record->n_facts; i++) {
        guint index = record->first_fact + i;
        const Fact *fact = &c->facts->facts.items[index];
        ContentList list = list_of (fact);

        if (list != N_CONTENT_LISTS)
            g_array_append_val (c->lists[list], index);
        else if (fact->kind == FACT_PROTOCOL)
            c->protocol = fact->text;
        else if (fact->kind == FACT_COUNT)
            c->count = fact->v.count;
    }
}

guint
content_n (const Content *c, ContentList list)
{
    return c->lists[list]->len;
}

const Fact *
content_get (const Content *c, ContentList list, guint i)
{
    return &c->facts->facts.items[g_array_index (c->lists[list], guint, i)];
}
