#include "judge/roles.h"
#include "judge/reflect.h"
#include "judge/weigh.h"
#include "judge/words.h"
#include "read/hops.h"

#define MAX_NETWORKS 200 /* that are judged by the words before them */

static void
settle (Candidate *c, Role role, Basis how, const char *why)
{
    c->role = role;
    c->how = how;
    c->why = why;
}

static void
decide (Roles *r, Candidate *c)
{
    IpScope scope = ip_scope (&c->ip);
    Role best = ROLE_UNKNOWN;

    if (settings_network_of (r->settings, &c->ip) >= 0)
        weigh (c, ROLE_OFFENDER, WEIGHT_OWN_NETWORK, BASIS_DERIVED, "one of our networks");
    for (Role role = ROLE_OFFENDER; role < N_ROLES; role++)
        if (c->weight[role] > 0 && (best == ROLE_UNKNOWN || c->weight[role] > c->weight[best]))
            best = role;
    if (best != ROLE_UNKNOWN)
        settle (c, best,
                c->basis[best] == BASIS_GUESSED && c->named_ip ? BASIS_DERIVED : c->basis[best],
                c->rule[best]);
    if (scope != IP_PUBLIC && scope != IP_PRIVATE && c->weight[ROLE_OFFENDER] < WEIGHT_REPORTED)
        settle (c, ROLE_OTHER, BASIS_DERIVED, "not an address of the public network");
    else if (scope == IP_PRIVATE && c->weight[ROLE_OFFENDER] < WEIGHT_REPORTED &&
             best == ROLE_OFFENDER)
        settle (c, ROLE_UNKNOWN, BASIS_GUESSED,
                "private address"); /* taken when nothing else stands */
}

typedef gboolean (*Choice) (const Candidate *c);

static gboolean
unknown_in_subject (const Candidate *c)
{
    return c->role == ROLE_UNKNOWN && c->in_subject && ip_scope (&c->ip) == IP_PUBLIC;
}

static gboolean
unknown_in_text (const Candidate *c)
{
    return c->role == ROLE_UNKNOWN && c->loud > 0 && ip_scope (&c->ip) == IP_PUBLIC;
}

/* "the IP 198.51.100.7", where others are only mentioned. */
static gboolean
unknown_but_named (const Candidate *c)
{
    return c->named_ip && unknown_in_text (c);
}

/* A word that spares is a weak thing when nobody else is there: "phishing page on 198.51.100.7". */
static gboolean
weakly_spared (const Candidate *c)
{
    return (c->role == ROLE_VICTIM || c->role == ROLE_RESOLVER) &&
           c->weight[c->role] < WEIGHT_WORDS_FIRM && c->loud > 0 && ip_scope (&c->ip) == IP_PUBLIC;
}

static gboolean
weakly_spared_in_subject (const Candidate *c)
{
    return c->in_subject && weakly_spared (c);
}

static gboolean
handed_it_over (const Candidate *c)
{
    return c->handed_over && (c->role == ROLE_RELAY || c->role == ROLE_UNKNOWN);
}

/* The first and the last address of a block that a whois names are no hosts. */
static gboolean
is_block_end (const Ip *ip)
{
    return ip->family == 4 && (ip->bytes[3] == 0 || ip->bytes[3] == 255);
}

static gboolean
in_whois (const Candidate *c)
{
    return c->role == ROLE_OTHER && c->loud == 0 && ip_scope (&c->ip) == IP_PUBLIC &&
           !c->hop_only && !is_block_end (&c->ip);
}

static gboolean
is_private (const Candidate *c)
{
    return c->role == ROLE_UNKNOWN && ip_scope (&c->ip) == IP_PRIVATE;
}

/* A field or column says so, and nothing accuses a public one as well founded. */
static gboolean
private_by_structure (const Candidate *c)
{
    return is_private (c) && c->weight[ROLE_OFFENDER] >= WEIGHT_STRUCTURE;
}

/* When no evidence accuses anybody: the first choice that finds somebody. */
static const struct {
    Choice holds;
    gboolean all; /* FALSE: the first alone */
    const char *why;
} last_resorts[] = {
    { unknown_in_subject, TRUE, "the only address in the subject, nothing says more" },
    { weakly_spared_in_subject, TRUE, "in the subject, nobody else is accused" },
    { unknown_but_named, TRUE, "called an address, nobody else is accused" },
    { unknown_in_text, TRUE, "named without a role, nobody else is accused" },
    { handed_it_over, FALSE, HOP_RULE_HANDED_OVER },
    { private_by_structure, TRUE, "private address of a field or column" },
    { weakly_spared, TRUE, "only weakly spared, nobody else is accused" },
    { in_whois, FALSE, "named in whois or signature text only" },
    { is_private, TRUE, "private address, nobody else is accused" },
};

static gboolean
anybody_accused (const Roles *r)
{
    for (guint i = 0; i < r->order->len; i++)
        if (((Candidate *)r->order->pdata[i])->role == ROLE_OFFENDER)
            return TRUE;
    return FALSE;
}

/* What only the attached mail's header names is the way it came, when the report itself accuses
 * somebody. */
static void
spare_attached (Roles *r)
{
    gboolean loud = FALSE;

    for (guint i = 0; i < r->order->len; i++) {
        const Candidate *c = r->order->pdata[i];

        loud |= c->role == ROLE_OFFENDER && (c->loud > 0 || c->how == BASIS_REPORTED);
    }
    for (guint i = 0; i < r->order->len && loud; i++) {
        Candidate *c = r->order->pdata[i];

        if (c->role == ROLE_OFFENDER && c->loud == 0 && c->how != BASIS_REPORTED)
            settle (c, ROLE_RELAY, BASIS_DERIVED, "named by a mail's header only");
    }
}

/* Where the header of a mail alone accuses, and only its writer, who brought it is accused too:
 * both can stop it. */
static void
accuse_handed_over (Roles *r)
{
    gboolean origin = FALSE;

    for (guint i = 0; i < r->order->len; i++) {
        const Candidate *c = r->order->pdata[i];

        if (c->role == ROLE_OFFENDER && g_strcmp0 (c->why, HOP_RULE_SUBMITTED) != 0)
            return;
        origin |= c->role == ROLE_OFFENDER;
    }
    for (guint i = 0; i < r->order->len && origin; i++)
        if (handed_it_over (r->order->pdata[i]))
            settle (r->order->pdata[i], ROLE_OFFENDER, BASIS_DERIVED, HOP_RULE_HANDED_OVER);
}

static void
accuse_by_last_resort (Roles *r)
{
    gboolean found = anybody_accused (r);

    for (gsize k = 0; k < G_N_ELEMENTS (last_resorts) && !found; k++)
        for (guint i = 0; i < r->order->len; i++) {
            Candidate *c = r->order->pdata[i];

            if (!last_resorts[k].holds (c))
                continue;
            settle (c, ROLE_OFFENDER, c->named_ip ? BASIS_DERIVED : BASIS_GUESSED,
                    last_resorts[k].why);
            found = TRUE;
            if (!last_resorts[k].all)
                break;
        }
}

static void
tell (Fact *f, const Candidate *c)
{
    f->role = c->role;
    f->rule = c->why;
    f->basis = c->how;
}

static void
write_back (Roles *r)
{
    for (guint i = 0; i < r->facts->facts.n; i++) {
        Fact *f = &r->facts->facts.items[i];
        const Candidate *c;

        if (f->kind == FACT_ADDRESS && (c = g_hash_table_lookup (r->by_ip, &f->v.ip)) != NULL)
            tell (f, c);
        else if (f->kind == FACT_PORT && f->owner != FACT_NONE) {
            const Fact *owner = &r->facts->facts.items[f->owner];

            f->role = owner->role;
            f->rule = owner->rule;
        }
    }
}

/* Networks have no mentions to be weighed: a key, a column or the words before decide at once. */
static void
judge_network (Fact *f, const Facts *facts)
{
    WordRole words;

    if (f->role != ROLE_UNKNOWN || f->zone == ZONE_BOILERPLATE || f->zone == ZONE_SIGNATURE)
        return;
    for (guint i = 0; i < facts->lines.n && !budget_over (facts->message->budget); i++) {
        const Line *line = &facts->lines.items[i];

        if (line->part != f->where.part || line->number != f->where.line)
            continue;
        if (words_role (line->text, (Span) { NULL, NULL }, f->original, &words)) {
            f->role = words.role;
            f->rule = "words before the network";
        }
        return;
    }
}

/* Nobody else is accused, and the subject names a network. */
static void
accuse_networks (Facts *facts)
{
    for (guint i = 0; i < facts->facts.n; i++) {
        const Fact *f = &facts->facts.items[i];

        if ((f->kind == FACT_NETWORK || f->kind == FACT_ADDRESS) && f->role == ROLE_OFFENDER)
            return;
    }
    for (guint i = 0; i < facts->facts.n; i++) {
        Fact *f = &facts->facts.items[i];

        if (f->kind == FACT_NETWORK && f->zone == ZONE_SUBJECT && f->role == ROLE_UNKNOWN) {
            f->role = ROLE_OFFENDER;
            f->rule = "the only network in the subject, nobody else is accused";
        }
    }
}

void
roles_assign (Facts *facts, const Settings *settings)
{
    Roles r;

    roles_begin (&r, facts, settings);
    weigh_all (&r);
    for (guint i = 0; i < r.order->len; i++)
        decide (&r, r.order->pdata[i]);
    reflect_turn (&r);
    spare_attached (&r);
    accuse_handed_over (&r);
    accuse_by_last_resort (&r);
    for (guint i = 0, networks = 0; i < facts->facts.n && networks < MAX_NETWORKS; i++)
        if (facts->facts.items[i].kind == FACT_NETWORK) {
            judge_network (&facts->facts.items[i], facts);
            networks++;
        }
    write_back (&r);
    accuse_networks (facts);
    roles_end (&r);
}
