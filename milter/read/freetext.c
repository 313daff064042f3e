#include "read/freetext.h"
#include "find/address.h"
#include "read/build.h"
#include "read/flat.h"
#include "read/gather.h"
#include "read/hops.h"
#include "read/table.h"

#define MAX_BLOCK_KEYS 32
#define MIN_TIMED_LINE 16 /* bytes: "20:31 198.51.1.7" */
#define MAX_ROW_LINES 6 /* that a wrapped table row is looked for in */

typedef struct Reader {
    Facts *facts;
    const Shapes *shapes;
    Clock *clock;
    guint at;              /* index of the line under the eye */
    RecordKind open;       /* the record that a next line may continue */
    gboolean is_open;
    guint part;            /* of the open record */
    Table table;
    gboolean in_table;
    FieldMeaning keys[MAX_BLOCK_KEYS]; /* of the open block: a key that comes again begins the next */
    guint n_keys;
    guint no_flat_before;  /* see read/flat */
    guint blanks;          /* empty lines since the last full one */
} Reader;

static Line *
line_at (Reader *r)
{
    return &r->facts->lines.items[r->at];
}

static gboolean
is_quiet (Zone z)
{
    return z == ZONE_BOILERPLATE || z == ZONE_SIGNATURE;
}

/* What a line shows makes it evidence, unless it stands where nothing counts. */
static void
set_evidence (Line *line)
{
    if (line->zone == ZONE_PROSE)
        line->zone = ZONE_EVIDENCE;
}

static gboolean
begin (Reader *r, RecordKind kind, const char *shape)
{
    Line *line = line_at (r);

    if (!build_record (r->facts, kind, line->zone, shape, (Where){ line->part, line->number, 0 }))
        return FALSE;
    r->open = kind;
    r->is_open = TRUE;
    r->part = line->part;
    r->n_keys = 0;
    return TRUE;
}

static void
mark (Reader *r)
{
    line_at (r)->record = r->facts->records.n - 1;
}

static Gather
gather_here (Reader *r)
{
    Zone zone = line_at (r)->zone;

    return (Gather){ .facts = r->facts,
                     .clock = r->clock,
                     .line = r->at,
                     .basis = BASIS_DERIVED,
                     .role = is_quiet (zone) ? ROLE_OTHER : ROLE_UNKNOWN,
                     .rule = is_quiet (zone) ? zone_name (zone) : NULL,
                     .event_times = !is_quiet (zone) && zone != ZONE_ATTACHED };
}

static const struct {
    ShapeWhat shape;
    FieldMeaning meaning;
} shape_meanings[] = {
    { SHAPE_SRC, { FIELD_ADDRESS, ROLE_OFFENDER, FALSE } },
    { SHAPE_DST, { FIELD_ADDRESS, ROLE_VICTIM, FALSE } },
    { SHAPE_SPORT, { FIELD_PORT, ROLE_OFFENDER, FALSE } },
    { SHAPE_DPORT, { FIELD_PORT, ROLE_VICTIM, FALSE } },
    { SHAPE_TIME, { FIELD_TIME, ROLE_UNKNOWN, FALSE } },
    { SHAPE_PROTO, { FIELD_PROTOCOL, ROLE_UNKNOWN, FALSE } },
    { SHAPE_COUNT, { FIELD_COUNT, ROLE_UNKNOWN, FALSE } },
};

/* A web server of many hosts begins its lines with the one asked for: "shop.example.org:443 198.51.100.7 - -". */
static void
read_virtual_host (Reader *r, const Gather *g)
{
    FieldMeaning port = { FIELD_PORT, ROLE_VICTIM, FALSE };
    Span line = line_at (r)->text, number;
    const char *p = line.p;

    while (p < line.end && (g_ascii_isalnum (*p) || *p == '.' || *p == '-'))
        p++;
    if (p == line.p || p == line.end || *p != ':' || !g_ascii_isalpha (*line.p))
        return;
    number.p = number.end = p + 1;
    while (number.end < line.end && g_ascii_isdigit (*number.end))
        number.end++;
    if (number.end > number.p && number.end < line.end && *number.end == ' ')
        gather_value (g, &port, number);
}

/* The columns that the shape knows; then, in what stands before the first of them, the stamp. */
static void
read_shape (Reader *r, const ShapeMatch *match)
{
    Gather g = gather_here (r);
    gboolean has_time = FALSE, has_port = FALSE;

    g.rule = arena_printf (r->facts->message->arena, "log line %s", match->shape->name);
    g.role = ROLE_UNKNOWN;
    for (guint i = 0; i < match->n_fields; i++)
        for (gsize k = 0; k < G_N_ELEMENTS (shape_meanings); k++)
            if (shape_meanings[k].shape == match->fields[i].what) {
                gather_value (&g, &shape_meanings[k].meaning, match->fields[i].text);
                has_time |= match->fields[i].what == SHAPE_TIME;
                has_port |= match->fields[i].what == SHAPE_DPORT;
            }
    if (!has_port)
        read_virtual_host (r, &g);
    if (match->shape->protocol != NULL) {
        FieldMeaning protocol = { FIELD_PROTOCOL, ROLE_UNKNOWN, FALSE };

        gather_value (&g, &protocol, span_of (match->shape->protocol));
    }
    if (!has_time) {
        Span line = line_at (r)->text, rest = line;
        FieldMeaning time = { FIELD_TIME, ROLE_UNKNOWN, FALSE };
        Stamp stamp;

        if (time_next (line.p, &rest, &stamp))
            gather_value (&g, &time, stamp.original);
    }
}

static gboolean
read_log_line (Reader *r)
{
    Line *line = line_at (r);
    ShapeMatch match;

    if (!shape_match (r->shapes, line->text, &match))
        return FALSE;
    set_evidence (line);
    if (!begin (r, RECORD_LOG, match.shape->name))
        return FALSE;
    mark (r);
    read_shape (r, &match);
    r->is_open = FALSE;
    return TRUE;
}

static gboolean
is_dated_time (Span cell)
{
    Stamp stamp;

    return time_value (cell, &stamp) && stamp.has_date;
}

/* A row that the mailer wrapped: joined with the lines below while that makes it fuller, but not too full. */
static Span
whole_row (Reader *r, guint *ret_lines)
{
    Span cells[TABLE_MAX_COLUMNS], row = line_at (r)->text;
    guint n = table_cells (r->table.delimiter, row, cells);

    *ret_lines = 1;
    while (n < r->table.n_columns && r->table.delimiter != ' ' && *ret_lines < MAX_ROW_LINES &&
           r->at + *ret_lines < r->facts->lines.n) {
        const Line *next = &r->facts->lines.items[r->at + *ret_lines];
        char *joined;
        guint more;

        if (next->part != line_at (r)->part || span_left (span_trim (next->text)) == 0)
            break;
        joined = arena_printf (r->facts->message->arena, "%.*s %.*s", (int) span_left (row), row.p,
                               (int) span_left (next->text), next->text.p);
        more = table_cells (r->table.delimiter, span_of (joined), cells);
        if (joined == NULL || more > r->table.n_columns)
            break;
        row = span_of (joined);
        n = more;
        ++*ret_lines;
    }
    if (n < r->table.n_columns && *ret_lines > 1) { /* it never came out even: the lines are their own */
        *ret_lines = 1;
        row = line_at (r)->text;
    }
    return row;
}

/* A date, a time and a zone in columns of their own are one stamp. */
static guint
join_times (Reader *r, Span cells[TABLE_MAX_COLUMNS], guint n)
{
    for (guint i = 0; i + 1 < n; i++) {
        FieldWhat next = r->table.meanings[i + 1].what;

        if (r->table.meanings[i].what != FIELD_TIME || (next != FIELD_TIME && next != FIELD_ZONE) ||
            span_left (cells[i]) == 0 || span_left (cells[i + 1]) == 0 || is_dated_time (cells[i + 1]))
            continue;
        cells[i + 1] = span_of (arena_printf (r->facts->message->arena, "%.*s %.*s", (int) span_left (cells[i]),
                                              cells[i].p, (int) span_left (cells[i + 1]), cells[i + 1].p));
        cells[i].end = cells[i].p;
        if (next == FIELD_ZONE) { /* the joined stamp goes where its time was */
            cells[i] = cells[i + 1];
            cells[i + 1].end = cells[i + 1].p;
        }
    }
    return n;
}

static gboolean
read_row (Reader *r)
{
    Span cells[TABLE_MAX_COLUMNS];
    Line *line = line_at (r);
    guint lines;
    Span row = whole_row (r, &lines);
    Gather g;
    guint n = table_cells (r->table.delimiter, row, cells);

    if (n < 2 || n + 1 < r->table.n_columns / 2)
        return FALSE;
    set_evidence (line);
    if (!begin (r, RECORD_ROW, NULL))
        return FALSE;
    mark (r);
    g = gather_here (r);
    n = join_times (r, cells, MIN (n, r->table.n_columns));
    for (guint i = 0; i < n; i++) {
        const FieldMeaning *meaning = &r->table.meanings[i];

        g.rule = arena_printf (r->facts->message->arena, "column %.*s",
                               (int) MIN (span_left (r->table.names[i]), 60), r->table.names[i].p);
        if (meaning->what != FIELD_NONE && span_left (cells[i]) > 0)
            gather_value (&g, meaning, cells[i]);
    }
    for (guint i = 1; i < lines; i++)
        line[i].record = line->record;
    r->is_open = FALSE;
    return TRUE;
}

static gboolean
is_comment (Span line)
{
    line = span_trim (line);
    return span_left (line) > 0 && *line.p == '#' && span_left (line) < 3;
}

static gboolean
read_table (Reader *r)
{
    Line *line = line_at (r);

    if (r->in_table && line->part == r->part && r->blanks < 2 &&
        (table_rule (line->text) || is_comment (line->text)))
        return TRUE;
    if (r->in_table && line->part == r->part && r->blanks < 2) {
        if (r->table.delimiter == ' ' && read_log_line (r)) /* its arrows say more than its columns */
            return TRUE;
        if (read_row (r))
            return TRUE;
    }
    r->in_table = FALSE;
    if (!table_head (line->text, &r->table) || !r->table.has_address)
        return FALSE;
    set_evidence (line);
    r->in_table = TRUE;
    r->is_open = FALSE;
    r->part = line->part;
    return TRUE;
}

/* The same question asked again: the next record of a list of blocks. */
static gboolean
key_again (const Reader *r, const FieldMeaning *meaning)
{
    for (guint i = 0; i < r->n_keys; i++)
        if (r->keys[i].what == meaning->what && r->keys[i].role == meaning->role)
            return TRUE;
    return FALSE;
}

static const char *const mail_keys[] = { "From:", "To:", "Subject:", "Cc:", "Von:", "An:", "Betreff:", "De:",
                                         "Objet:", "Para:", "Asunto:", "Da:", "Oggetto:", "Van:", "Onderwerp:" };

/* Fields that a complainant quotes of the message complained about, not of one that was forwarded. */
static const char *const sample_keys[] = { "Received:", "Message-ID:", "Newsgroups:", "Path:", "NNTP-", "Return-Path:",
                                           "X-", "Injection-", "DKIM-", "Authentication-Results:" };

/* "Date:" among "From:", "To:" and "Subject:" is of a forwarded mail, not of what happened. */
static gboolean
is_mail_date (const Reader *r)
{
    guint first = r->at > 4 ? r->at - 4 : 0, last = MIN (r->at + 4, r->facts->lines.n - 1);
    guint found = 0, samples = 0;

    for (guint i = first; i <= last; i++) {
        Span text = span_trim (r->facts->lines.items[i].text);

        while (text.p < text.end && strchr ("> *", *text.p) != NULL)
            text.p++;
        for (gsize k = 0; k < G_N_ELEMENTS (mail_keys); k++)
            found += span_starts_nocase (text, mail_keys[k]);
        for (gsize k = 0; k < G_N_ELEMENTS (sample_keys); k++)
            samples += span_starts_nocase (text, sample_keys[k]);
    }
    return found >= 2 && samples == 0;
}

static gboolean
in_block (const Reader *r, const Line *line)
{
    return r->is_open && r->open == RECORD_BLOCK && r->part == line->part && r->blanks < 2;
}

/* "Malware: ..." between "IP: ..." and "First seen: ...": a key that says nothing does not end the block. */
static gboolean
continue_block (Reader *r)
{
    Gather g;

    if (!in_block (r, line_at (r)) || r->blanks > 0)
        return FALSE;
    set_evidence (line_at (r));
    mark (r);
    g = gather_here (r);
    gather_text (&g, line_at (r)->text);
    return TRUE;
}

/* "Server IP" and "Server port" below a "Client IP" are the other end. */
static gboolean
is_other_end (const Reader *r, Span key)
{
    if (span_find_nocase (key, "server") == NULL)
        return FALSE;
    for (guint i = 0; i < r->n_keys; i++)
        if (r->keys[i].role == ROLE_OFFENDER && r->keys[i].what != FIELD_PORT)
            return TRUE;
    return FALSE;
}

static gboolean
read_key_value (Reader *r)
{
    Line *line = line_at (r);
    FieldMeaning meaning;
    Span key, value;
    Gather g;

    if (!field_split (line->text, &key, &value))
        return FALSE;
    if (!field_meaning (key, &meaning))
        return continue_block (r);
    if (!in_block (r, line) ||
        ((meaning.what == FIELD_ADDRESS || meaning.what == FIELD_ANY) && key_again (r, &meaning))) {
        set_evidence (line);
        if (!begin (r, RECORD_BLOCK, NULL))
            return FALSE;
    }
    set_evidence (line);
    mark (r);
    g = gather_here (r);
    g.rule = is_quiet (line->zone) ? g.rule
                                   : arena_printf (r->facts->message->arena, "field %.*s",
                                                   (int) span_left (key), key.p);
    if (is_quiet (line->zone))
        meaning.role = ROLE_OTHER;
    if (meaning.role == ROLE_UNKNOWN && is_other_end (r, key))
        meaning.role = ROLE_VICTIM;
    if (meaning.what == FIELD_TIME && (is_mail_date (r) || *line->text.p == '#'))
        meaning.report = TRUE; /* or of a log file: "#Date:" */
    if (gather_value (&g, &meaning, value) && r->n_keys < MAX_BLOCK_KEYS)
        r->keys[r->n_keys++] = meaning;
    return TRUE;
}

/* No shape is known, but it starts with a stamp and names an address: a log line all the same. */
static gboolean
starts_with_stamp (Span line)
{
    Span head = { line.p, line.p + MIN (span_left (line), 64) };
    Stamp stamp;

    return time_next (line.p, &head, &stamp) && stamp.has_time && stamp.original.p - line.p <= 4;
}

/* "Order 10422, 2026-04-11 14:20:31 PDT, IP 198.51.100.7": a line with its own time and address. */
static gboolean
has_time_and_address (Span line)
{
    Span times = line, addresses = line;
    Address address;
    Stamp stamp;

    return span_left (line) >= MIN_TIMED_LINE && time_next (line.p, &times, &stamp) && stamp.has_time &&
           address_next (line.p, &addresses, &address);
}

/* One of several such lines below each other: each is a record, though it is prose. */
static gboolean
is_listed (const Reader *r)
{
    const Line *line = &r->facts->lines.items[r->at];
    gboolean before = r->at > 0 && line[-1].part == line->part && has_time_and_address (line[-1].text);
    gboolean after = r->at + 1 < r->facts->lines.n && line[1].part == line->part;

    return line->part != 0 && has_time_and_address (line->text) &&
           (before || (after && has_time_and_address (line[1].text)));
}

static void
read_prose (Reader *r)
{
    Line *line = line_at (r);
    gboolean logged = starts_with_stamp (line->text), listed = !logged && is_listed (r);
    RecordKind kind = logged || listed ? RECORD_LOG : line->part == 0 ? RECORD_SUBJECT : RECORD_PARAGRAPH;
    Gather g;

    if (logged)
        set_evidence (line);
    if (kind != RECORD_PARAGRAPH || !r->is_open || r->part != line->part || r->blanks > 0 ||
        (r->open != RECORD_PARAGRAPH && r->open != RECORD_LOG))
        if (!begin (r, kind, NULL))
            return;
    mark (r);
    g = gather_here (r);
    gather_text (&g, line->text);
}

static void
read_line (Reader *r)
{
    const Line *line = line_at (r);

    if (line->part != 0 && flat_read (r->facts, r->clock, r->at, &r->no_flat_before)) {
        r->is_open = r->in_table = FALSE;
        return;
    }
    if (read_table (r) || read_log_line (r))
        return;
    if (line->part != 0 && read_key_value (r))
        return;
    read_prose (r);
}

void
freetext_read (Facts *facts, const Shapes *shapes)
{
    Reader r = { .facts = facts, .shapes = shapes, .clock = clock_new (facts) };

    if (r.clock == NULL)
        return;
    for (r.at = 0; r.at < facts->lines.n; r.at++) {
        const Line *line = line_at (&r);

        if (span_left (span_trim (line->text)) == 0) {
            r.blanks++;
            continue;
        }
        if (line->record == RECORD_NONE && !hops_read (facts, r.at))
            read_line (&r);
        r.blanks = 0;
    }
}
