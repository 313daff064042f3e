/*
 * given - messages made by hand, and facts as text, for the tests of the report formats
 *
 * A mail is given as its parts; every part's text lies in a block of its exact size.
 * given_print() writes one record or fact a line, so that a test compares texts.
 */
#pragma once
#include "base/calendar.h"
#include "read/build.h"

#define GIVEN_PARTS 6

typedef struct GivenPart {
    PartKind kind;
    const char *type, *text, *name;
    guint mail;
    Header headers[8]; /* of PART_MAIL_HEAD */
} GivenPart;

typedef struct Given {
    Header headers[6];
    GivenPart parts[GIVEN_PARTS];
} Given;

typedef struct Scene {
    Arena *arena;
    Facts *facts;
    GPtrArray *exact;
} Scene;

static guint
given_count (const Header *h, guint max)
{
    guint n = 0;

    while (n < max && h[n].name != NULL)
        n++;
    return n;
}

static Span
given_exact (Scene *s, const char *text)
{
    gsize n = text != NULL ? strlen (text) : 0;
    char *block = g_malloc (n);

    if (n > 0)
        memcpy (block, text, n);
    g_ptr_array_add (s->exact, block);
    return (Span) { block, block + n };
}

static void
given_lines (Scene *s, const Part *part)
{
    Span rest = part->text, text;

    for (guint n = 1; span_line (&rest, &text); n++) {
        Line *line = list_push (s->arena, &s->facts->lines, LIMIT_LINES);

        *line = (Line) { text, part->number, n, ZONE_PROSE, RECORD_NONE };
    }
}

static Scene
scene_new (const Given *given)
{
    Scene s = { arena_new (1 << 25), NULL, g_ptr_array_new_with_free_func (g_free) };
    Message *m = arena_new0 (s.arena, Message, 1);
    Part *parts = arena_new0 (s.arena, Part, GIVEN_PARTS);

    *m = (Message) { .arena = s.arena,
                     .headers = given->headers,
                     .subject = "",
                     .from_address = "",
                     .parts = parts };
    m->n_headers = given_count (given->headers, G_N_ELEMENTS (given->headers));
    m->date = (Moment) { TRUE, calendar_unix (2026, 11, 20, 12, 0, 0), TRUE, 0 };
    s.facts = arena_new0 (s.arena, Facts, 1);
    s.facts->message = m;
    for (guint i = 0; i < GIVEN_PARTS && given->parts[i].type != NULL; i++) {
        const GivenPart *g = &given->parts[i];

        parts[i] = (Part) { .number = i + 1,
                            .kind = g->kind,
                            .type = g->type,
                            .declared = g->type,
                            .name = g->name,
                            .mail = g->mail,
                            .headers = g->headers };
        parts[i].text = given_exact (&s, g->text);
        parts[i].n_headers = given_count (g->headers, G_N_ELEMENTS (g->headers));
        m->n_parts = i + 1;
        given_lines (&s, &parts[i]);
    }
    return s;
}

static void
scene_end (Scene *s)
{
    g_ptr_array_unref (s->exact);
    arena_free (s->arena);
}

static void
given_when (GString *out, const When *w)
{
    char text[RFC3339_MAX];

    if (w->basis == TIME_NO_ZONE)
        g_string_append_printf (out, "local %s", calendar_rfc3339 (w->local_s, text));
    else
        g_string_append (out, calendar_rfc3339 (w->unix_s, text));
}

static void
given_fact (GString *out, const Fact *f)
{
    static const char *const kinds[] = { "address", "network", "masked",   "port",  "time",
                                         "url",     "host",    "protocol", "count", "field" };
    char text[IPNET_TEXT_MAX];

    g_string_append_printf (out, "  %s ", kinds[f->kind]);
    if (f->role != ROLE_UNKNOWN)
        g_string_append_printf (out, "%s ", role_name (f->role));
    if (f->kind == FACT_ADDRESS)
        g_string_append (out, ip_format (&f->v.ip, text));
    else if (f->kind == FACT_NETWORK)
        g_string_append (out, ipnet_format (&f->v.net, text));
    else if (f->kind == FACT_PORT || f->kind == FACT_COUNT)
        g_string_append_printf (out, "%u", f->kind == FACT_PORT ? f->v.port : f->v.count);
    else if (f->kind == FACT_TIME)
        given_when (out, &f->v.when);
    else if (f->kind == FACT_FIELD)
        g_string_append_printf (out, "%s=%s", f->name, f->text);
    else
        g_string_append (out, f->text);
    if (f->rule != NULL)
        g_string_append_printf (out, " (%s)", f->rule);
    if (f->basis != BASIS_REPORTED)
        g_string_append_printf (out, " %s", basis_name (f->basis));
    g_string_append_c (out, '\n');
}

/* Records with their facts, then the lines left to free text, then the defects. */
static char *
given_print (const Facts *facts)
{
    GString *out = g_string_new (NULL);
    guint unread = 0;

    for (guint i = 0; i < facts->records.n; i++) {
        const Record *r = &facts->records.items[i];

        g_string_append_printf (out, "%s at %u:%u\n", r->shape, r->where.part, r->where.line);
        for (guint k = 0; k < r->n_facts; k++)
            given_fact (out, &facts->facts.items[r->first_fact + k]);
    }
    for (guint i = 0; i < facts->lines.n; i++)
        if (facts->lines.items[i].record == RECORD_NONE)
            g_string_append_printf (out, unread++ == 0 ? "unread %u:%u" : " %u:%u",
                                    facts->lines.items[i].part, facts->lines.items[i].number);
    if (unread > 0)
        g_string_append_c (out, '\n');
    for (guint i = 0; i < facts->message->defects.n; i++)
        g_string_append_printf (out, "defect %s\n", facts->message->defects.items[i]);
    return g_string_free (out, FALSE);
}

typedef struct GivenCase {
    const char *name;
    gboolean ok;
    const char *want;
    Given given;
} GivenCase;

G_GNUC_UNUSED static void
given_check (const GivenCase *c, gboolean (*read) (Facts *facts))
{
    Scene s = scene_new (&c->given);
    gboolean ok = read (s.facts);
    g_autofree char *got = given_print (s.facts);

    g_assert_cmpstr (got, ==, c->want);
    g_assert_cmpint (ok, ==, c->ok);
    scene_end (&s);
}

/* Adds "/PREFIX/NAME" for each row. */
#define GIVEN_ADD(prefix, cases, test)                                                             \
    for (gsize i_ = 0; i_ < G_N_ELEMENTS (cases); i_++) {                                          \
        g_autofree char *name_ = g_strconcat ("/" prefix "/", (cases)[i_].name, NULL);             \
                                                                                                   \
        g_test_add_data_func (name_, &(cases)[i_], test);                                          \
    }
