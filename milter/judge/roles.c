#include "judge/roles.h"
#include "judge/words.h"
#include "read/hops.h"

/* How much each kind of evidence counts, strongest first (DESIGN section 4). */
#define WEIGHT_OWN_NETWORK 8.0
#define WEIGHT_REPORTED 10.0  /* a format's field */
#define WEIGHT_STRUCTURE 5.0  /* a key, a column, the shape of a log line */
#define WEIGHT_QUIET 0.5      /* signature and boilerplate: only when nothing else is there */
#define WEIGHT_PLAIN_FIELD 2.0 /* "IP: ..." */
#define WEIGHT_ALONE 1.5      /* a line that is nothing but the address */
#define WEIGHT_SUBJECT 2.5
#define WEIGHT_HOP 1.0       /* the way a mail took: any word that accuses says more */
#define WEIGHT_POSITION 0.8  /* first or later in a log line of no known shape */
#define WEIGHT_URL_DERIVED 4.0
#define WEIGHT_URL_GUESSED 2.0
#define WEIGHT_REPEAT 0.05    /* each further mention with the same role */

#define LIST_JOINT_MAX 24 /* bytes between two addresses of one list */
#define ALONE_ROOM 8      /* bytes beside an address that is alone on its line: a bullet, "iii." */
#define LIST_SHARE 0.98   /* of what the one before weighs: a list does not grow its own proof */

typedef struct Candidate {
    Ip ip;
    double weight[N_ROLES];
    const char *rule[N_ROLES];
    Basis basis[N_ROLES];
    guint mentions, first;   /* fact index of the first */
    guint loud;              /* mentions outside signature, boilerplate and attached mail */
    gboolean in_subject, handed_over, hop_only;
    Role role;
    const char *why;
    Basis how;
} Candidate;

typedef struct Roles {
    Facts *facts;
    const Settings *settings;
    GHashTable *by_ip;       /* Ip -> Candidate */
    GPtrArray *order;        /* candidates in the order of the mail */
} Roles;

static guint
hash_ip (gconstpointer key)
{
    return ip_hash (key);
}

static gboolean
equal_ip (gconstpointer a, gconstpointer b)
{
    return ip_equal (a, b);
}

static Candidate *
candidate_of (Roles *r, const Ip *ip, guint fact)
{
    Candidate *c = g_hash_table_lookup (r->by_ip, ip);

    if (c != NULL)
        return c;
    c = arena_new0 (r->facts->message->arena, Candidate, 1);
    if (c == NULL)
        return NULL;
    c->ip = *ip;
    c->first = fact;
    c->hop_only = TRUE;
    g_hash_table_insert (r->by_ip, &c->ip, c);
    g_ptr_array_add (r->order, c);
    return c;
}

static void
weigh (Candidate *c, Role role, double weight, Basis basis, const char *rule)
{
    if (weight > c->weight[role]) {
        c->weight[role] = weight + MIN (c->weight[role], 1.0) * WEIGHT_REPEAT;
        c->rule[role] = rule;
        c->basis[role] = basis;
    } else {
        c->weight[role] += WEIGHT_REPEAT;
    }
}

static const Line *
line_of (const Facts *facts, const Fact *f, guint *cursor)
{
    while (*cursor < facts->lines.n && (facts->lines.items[*cursor].text.p > f->original.p ||
                                        facts->lines.items[*cursor].text.end < f->original.end ||
                                        facts->lines.items[*cursor].part != f->where.part))
        (*cursor)++;
    return *cursor < facts->lines.n ? &facts->lines.items[*cursor] : NULL;
}

static gboolean
is_quiet (Zone z)
{
    return z == ZONE_SIGNATURE || z == ZONE_BOILERPLATE;
}

static gboolean
is_first_of_record (const Roles *r, const Fact *f)
{
    const Record *record = &r->facts->records.items[f->record];

    for (guint i = record->first_fact; i < record->first_fact + record->n_facts; i++)
        if (r->facts->facts.items[i].kind == FACT_ADDRESS)
            return &r->facts->facts.items[i] == f;
    return FALSE;
}

static void
weigh_words (Roles *r, Candidate *c, const Fact *f, const Line *line, const Line *above)
{
    Span none = { NULL, NULL };
    gboolean near = above != NULL && above->part == line->part && above->number + 1 == line->number;
    double share = f->zone == ZONE_ATTACHED ? 0.3 : f->zone == ZONE_SUBJECT ? 1.5 : 1.0;
    gboolean logged = r->facts->records.items[f->record].kind == RECORD_LOG;
    WordRole words;

    if (f->rule != NULL) { /* a key or column that names addresses, but not whose */
        weigh (c, ROLE_OFFENDER, WEIGHT_PLAIN_FIELD, BASIS_DERIVED, f->rule);
        return;
    }
    if (logged)
        weigh (c, is_first_of_record (r, f) ? ROLE_OFFENDER : ROLE_VICTIM, WEIGHT_POSITION, BASIS_GUESSED,
               "its place in the log line");
    if (words_role (line->text, near ? above->text : none, f->original, &words))
        weigh (c, words.role, words.strength * share, BASIS_DERIVED,
               arena_printf (r->facts->message->arena, "the word \"%.*s\"",
                             (int) span_left (words.word), words.word.p));
    else if (f->zone == ZONE_SUBJECT)
        weigh (c, ROLE_OFFENDER, WEIGHT_SUBJECT, BASIS_DERIVED, "stands in the subject");
    else if (span_left (span_trim (line->text)) <= span_left (f->original) + ALONE_ROOM)
        weigh (c, ROLE_OFFENDER, WEIGHT_ALONE * share, BASIS_GUESSED, "stands alone on its line");
}

/* The host of a URL is what its URL is. */
static void
weigh_by_url (Candidate *c, const Fact *url)
{
    static const double weights[] = { WEIGHT_URL_GUESSED, WEIGHT_URL_DERIVED, WEIGHT_REPORTED };

    if (url->role == ROLE_OFFENDER)
        weigh (c, ROLE_OFFENDER, weights[url->basis], url->basis, "host of an accused URL");
    else if (url->role != ROLE_UNKNOWN)
        weigh (c, url->role, WEIGHT_QUIET, url->basis, "host of a URL");
}

static const char list_joints[] = " \t\n,;/&|-*>\"'()[]+";
static const char *const list_words[] = { "and", "und", "et", "y", "e", "en", "or", "i", "и" };

static gboolean
is_joint (Span between)
{
    while (between.p < between.end) {
        gboolean word = FALSE;

        for (gsize i = 0; i < G_N_ELEMENTS (list_words) && !word; i++)
            word = between.p[-1] == ' ' && span_lit (&between, list_words[i]) && between.p < between.end &&
                   *between.p == ' ';
        if (!word && strchr (list_joints, *between.p) == NULL)
            return FALSE;
        between.p += !word;
    }
    return TRUE;
}

/* "198.51.100.7, 198.51.100.8 and 198.51.100.9": what the first one is, all of them are. */
static const Candidate *
list_head (const Roles *r, const Fact *f, const Fact *before)
{
    Span between = { before != NULL ? before->original.end : NULL, f->original.p };

    if (before == NULL || before->where.part != f->where.part || between.p == NULL ||
        between.p >= between.end || span_left (between) > LIST_JOINT_MAX || !is_joint (between))
        return NULL;
    return g_hash_table_lookup (r->by_ip, &before->v.ip);
}

static gboolean
weigh_as_listed (Roles *r, Candidate *c, const Fact *f, const Fact *before)
{
    const Candidate *head = list_head (r, f, before);

    if (head == NULL || head == c)
        return FALSE;
    for (Role role = ROLE_OFFENDER; role < N_ROLES; role++)
        if (head->weight[role] > 0)
            weigh (c, role, head->weight[role] * LIST_SHARE, head->basis[role], head->rule[role]);
    return TRUE;
}

static void
weigh_fact (Roles *r, Candidate *c, const Fact *f, const Fact *before, const Line *line,
            const Line *above)
{
    gboolean hop = f->rule != NULL && (f->role == ROLE_RELAY);

    c->mentions++;
    c->loud += !is_quiet (f->zone) && f->zone != ZONE_ATTACHED;
    c->in_subject |= f->zone == ZONE_SUBJECT;
    c->hop_only &= hop;
    c->handed_over |= f->rule != NULL && strcmp (f->rule, HOP_RULE_HANDED_OVER) == 0;
    if (is_quiet (f->zone))
        weigh (c, ROLE_OTHER, WEIGHT_QUIET, BASIS_GUESSED, zone_name (f->zone));
    else if (f->owner != FACT_NONE && r->facts->facts.items[f->owner].kind == FACT_URL)
        weigh_by_url (c, &r->facts->facts.items[f->owner]);
    else if (f->role == ROLE_RELAY && f->basis != BASIS_REPORTED)
        weigh (c, f->role, WEIGHT_HOP, f->basis, f->rule);
    else if (f->role != ROLE_UNKNOWN)
        weigh (c, f->role, f->basis == BASIS_REPORTED ? WEIGHT_REPORTED : WEIGHT_STRUCTURE, f->basis,
               f->rule);
    else if (line != NULL && !weigh_as_listed (r, c, f, before))
        weigh_words (r, c, f, line, above);
}

static void
weigh_all (Roles *r)
{
    const Facts *facts = r->facts;
    const Fact *before = NULL;
    guint cursor = 0;

    for (guint i = 0; i < facts->facts.n; i++) {
        const Fact *f = &facts->facts.items[i];
        const Line *line;
        Candidate *c;

        if (f->kind != FACT_ADDRESS || (c = candidate_of (r, &f->v.ip, i)) == NULL)
            continue;
        line = line_of (facts, f, &cursor);
        if (line == NULL) /* facts of a format may stand out of order */
            cursor = 0;
        weigh_fact (r, c, f, before, line, line != NULL && cursor > 0 ? line - 1 : NULL);
        before = f;
    }
}

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
        settle (c, best, c->basis[best], c->rule[best]);
    if (scope != IP_PUBLIC && scope != IP_PRIVATE && c->weight[ROLE_OFFENDER] < WEIGHT_REPORTED)
        settle (c, ROLE_OTHER, BASIS_DERIVED, "not an address of the public network");
    else if (scope == IP_PRIVATE && c->weight[ROLE_OFFENDER] < WEIGHT_REPORTED && best == ROLE_OFFENDER)
        settle (c, ROLE_UNKNOWN, BASIS_GUESSED, "private address"); /* taken when nothing else stands */
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

static gboolean
handed_it_over (const Candidate *c)
{
    return c->handed_over && (c->role == ROLE_RELAY || c->role == ROLE_UNKNOWN);
}

static gboolean
in_whois (const Candidate *c)
{
    return c->role == ROLE_OTHER && c->loud == 0 && ip_scope (&c->ip) == IP_PUBLIC && !c->hop_only;
}

static gboolean
is_private (const Candidate *c)
{
    return c->role == ROLE_UNKNOWN && ip_scope (&c->ip) == IP_PRIVATE;
}

/* When no evidence accuses anybody: the first choice that finds somebody. */
static const struct {
    Choice holds;
    gboolean all; /* FALSE: the first alone */
    const char *why;
} last_resorts[] = {
    { unknown_in_subject, TRUE, "the only address in the subject, nothing says more" },
    { unknown_in_text, TRUE, "named without a role, nobody else is accused" },
    { handed_it_over, FALSE, HOP_RULE_HANDED_OVER },
    { in_whois, FALSE, "named in whois or signature text only" },
    { is_private, TRUE, "private address, nobody else is accused" },
};

static gboolean
anybody_accused (const Roles *r)
{
    for (guint i = 0; i < r->order->len; i++)
        if (((Candidate *) r->order->pdata[i])->role == ROLE_OFFENDER)
            return TRUE;
    return FALSE;
}

/* What only the attached mail's header names is the way it came, when the report itself accuses somebody. */
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
            settle (c, ROLE_RELAY, BASIS_DERIVED, "named by the attached mail only");
    }
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
            settle (c, ROLE_OFFENDER, BASIS_GUESSED, last_resorts[k].why);
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

void
roles_assign (Facts *facts, const Settings *settings)
{
    Roles r = { .facts = facts,
                .settings = settings,
                .by_ip = g_hash_table_new (hash_ip, equal_ip),
                .order = g_ptr_array_new () };

    weigh_all (&r);
    for (guint i = 0; i < r.order->len; i++)
        decide (&r, r.order->pdata[i]);
    spare_attached (&r);
    accuse_by_last_resort (&r);
    write_back (&r);
    g_ptr_array_free (r.order, TRUE);
    g_hash_table_destroy (r.by_ip);
}
