#include "judge/weigh.h"
#include "judge/words.h"
#include "read/hops.h"

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

void
weigh (Candidate *c, Role role, double weight, Basis basis, const char *rule)
{
    if (weight > c->weight[role]) {
        c->weight[role] = weight + MIN (c->weight[role], 1.0) * WEIGHT_REPEAT;
        c->rule[role] = rule;
        c->basis[role] = basis;
    } else if (c->repeats[role]++ < MAX_REPEATS) {
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

/* The last full line above in the same part, one empty line apart at most. */
static const Line *
line_above (const Facts *facts, guint i)
{
    for (guint k = 1; k <= 2 && k <= i; k++) {
        const Line *line = &facts->lines.items[i - k];

        if (line->part != facts->lines.items[i].part)
            return NULL;
        if (span_left (span_trim (line->text)) > 0)
            return line;
    }
    return NULL;
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
    gboolean near = above != NULL;
    double share = f->zone == ZONE_ATTACHED ? 0.3 : f->zone == ZONE_SUBJECT ? 1.5 : 1.0;
    gboolean logged = r->facts->records.items[f->record].kind == RECORD_LOG;
    WordRole words;

    c->named_ip |= words_name_ip (line->text, f->original);
    if (f->rule != NULL) { /* a key or column that names addresses, but not whose */
        weigh (c, ROLE_OFFENDER, WEIGHT_PLAIN_FIELD, BASIS_DERIVED, f->rule);
        return;
    }
    if (logged)
        weigh (c, is_first_of_record (r, f) ? ROLE_OFFENDER : ROLE_VICTIM, WEIGHT_POSITION,
               BASIS_GUESSED, "its place in the log line");
    if (words_role (line->text, near ? above->text : none, f->original, &words))
        weigh (c, words.role, words.strength * share, BASIS_DERIVED,
               arena_printf (r->facts->message->arena, "the word \"%.*s\"",
                             (int)span_left (words.word), words.word.p));
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
            word = between.p[-1] == ' ' && span_lit (&between, list_words[i]) &&
                   between.p < between.end && *between.p == ' ';
        if (!word && strchr (list_joints, *between.p) == NULL)
            return FALSE;
        between.p += !word;
    }
    return TRUE;
}

/* Each begins its line: "198.51.100.7 (12 Mbps)" and below it "198.51.100.8 (9 Mbps)". */
static gboolean
is_below (const Fact *f, const Fact *before)
{
    return before->where.line + 1 == f->where.line && before->where.column == f->where.column &&
           f->where.column <= LIST_INDENT;
}

/* "198.51.100.7, 198.51.100.8 and 198.51.100.9": what the first one is, all of them are. */
static const Candidate *
list_head (const Roles *r, const Fact *f, const Fact *before)
{
    Span between = { before != NULL ? before->original.end : NULL, f->original.p };

    if (before == NULL || before->where.part != f->where.part || between.p == NULL ||
        between.p >= between.end ||
        ((span_left (between) > LIST_JOINT_MAX || !is_joint (between)) && !is_below (f, before)))
        return NULL;
    return g_hash_table_lookup (r->by_ip, &before->v.ip);
}

static gboolean
weigh_as_listed (Roles *r, Candidate *c, const Fact *f, const Fact *before)
{
    const Candidate *head = list_head (r, f, before);

    if (head == NULL || head == c)
        return FALSE;
    c->named_ip |= head->named_ip;
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
    const Record *record = &r->facts->records.items[f->record];
    gboolean header = g_strcmp0 (record->shape, HOP_SHAPE) == 0;

    c->mentions++;
    c->loud += !is_quiet (f->zone) && f->zone != ZONE_ATTACHED && !header;
    c->in_subject |= f->zone == ZONE_SUBJECT;
    c->named_outside |= record->kind != RECORD_ROW && record->kind != RECORD_LOG && !header;
    c->hop_only &= hop;
    c->handed_over |= f->rule != NULL && strcmp (f->rule, HOP_RULE_HANDED_OVER) == 0;
    if (is_quiet (f->zone))
        weigh (c, ROLE_OTHER, WEIGHT_QUIET, BASIS_GUESSED, zone_name (f->zone));
    else if (f->owner != FACT_NONE && r->facts->facts.items[f->owner].kind == FACT_URL)
        weigh_by_url (c, &r->facts->facts.items[f->owner]);
    else if (f->role == ROLE_RELAY && f->basis != BASIS_REPORTED)
        weigh (c, f->role, WEIGHT_HOP, f->basis, f->rule);
    else if (f->role != ROLE_UNKNOWN)
        weigh (c, f->role, f->basis == BASIS_REPORTED ? WEIGHT_REPORTED : WEIGHT_STRUCTURE,
               f->basis, f->rule);
    else if (line != NULL && !weigh_as_listed (r, c, f, before))
        weigh_words (r, c, f, line, above);
}

void
weigh_all (Roles *r)
{
    const Facts *facts = r->facts;
    const Fact *before = NULL;
    guint cursor = 0;

    for (guint i = 0; i < facts->facts.n && !budget_over (facts->message->budget); i++) {
        const Fact *f = &facts->facts.items[i];
        const Line *line;
        Candidate *c;

        if (f->kind != FACT_ADDRESS || (c = candidate_of (r, &f->v.ip, i)) == NULL)
            continue;
        line = line_of (facts, f, &cursor);
        if (line == NULL) /* facts of a format may stand out of order */
            cursor = 0;
        weigh_fact (r, c, f, before, line, line != NULL ? line_above (facts, cursor) : NULL);
        before = f;
    }
}

void
roles_begin (Roles *r, Facts *facts, const Settings *settings)
{
    *r = (Roles) { .facts = facts,
                   .settings = settings,
                   .by_ip = g_hash_table_new (hash_ip, equal_ip),
                   .order = g_ptr_array_new () };
}

void
roles_end (Roles *r)
{
    g_ptr_array_free (r->order, TRUE);
    g_hash_table_destroy (r->by_ip);
}
