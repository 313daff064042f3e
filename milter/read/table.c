#include "read/table.h"
#include "base/eight.h"
#include "find/address.h"

static const char delimiters[] = { '\t', '|', ';', ',', ' ' };

#define LABEL_MAX 40 /* bytes of a label before the names: "-- Format:", "#Fields:" */

/* A CSV cell: "quoted, with commas" or plain; `*rest' moves behind its delimiter. */
static Span
csv_cell (char delimiter, Span *rest)
{
    Span cell;

    span_blanks (rest);
    if (rest->p < rest->end && *rest->p == '"') {
        const char *close = memchr (rest->p + 1, '"', span_left (*rest) - 1);

        if (close != NULL) {
            Span after = { close + 1, rest->end };

            span_blanks (&after);
            if (after.p == after.end || *after.p == delimiter) {
                cell = (Span) { rest->p + 1, close };
                rest->p = after.p < after.end ? after.p + 1 : after.end;
                return cell;
            }
        }
    }
    if (!span_until (rest, delimiter, &cell))
        cell = (Span) { rest->p, rest->p };
    return span_trim (cell);
}

static gboolean
is_arrow (const char *p, const char *end)
{
    return end - p >= 4 && memcmp (p, " -> ", 4) == 0;
}

/* Columns set with blanks: two or more between cells, or an arrow. */
static Span
blank_cell (Span *rest)
{
    const char *p = rest->p;
    Span cell;

    while (p < rest->end && !(*p == ' ' && (p + 1 == rest->end || p[1] == ' ')) &&
           !is_arrow (p, rest->end))
        p++;
    cell = (Span) { rest->p, p };
    rest->p = is_arrow (p, rest->end) ? p + strlen (" -> ") : p;
    span_blanks (rest);
    if (span_lit (rest, "-> ")) /* set apart by more than one blank */
        span_blanks (rest);
    return cell;
}

guint
table_cells (char delimiter, Span line, Span ret[TABLE_MAX_COLUMNS])
{
    Span rest = span_trim (line);
    guint n = 0;

    if (delimiter == '|' && rest.p < rest.end && *rest.p == '|') /* "| a | b |" */
        rest.p++;
    if (delimiter == '|' && rest.p < rest.end && rest.end[-1] == '|')
        rest.end--;
    while (rest.p < rest.end && n < TABLE_MAX_COLUMNS) {
        if (delimiter == TABLE_SINGLE)
            span_until (&rest, ' ', &ret[n++]);
        else
            ret[n++] = delimiter == ' ' ? blank_cell (&rest) : csv_cell (delimiter, &rest);
    }
    return n;
}

gboolean
table_rule (Span line)
{
    line = span_trim (line);
    for (const char *p = line.p; p < line.end; p++)
        if (strchr ("-+=|_* ", *p) == NULL)
            return FALSE;
    return span_left (line) >= 3;
}

static gboolean
looks_like_value (Span cell)
{
    Ip ip;

    return ip_parse (cell, &ip) || (span_left (cell) > 0 && g_ascii_isdigit (*cell.p));
}

/* "IP 198.51.100.7, port 22, at noon": a sentence, not names. */
static gboolean
names_address (Span cell)
{
    Address address;

    return memchr (cell.p, '.', span_left (cell)) != NULL && address_next (cell.p, &cell, &address);
}

static gboolean
is_address (const FieldMeaning *m)
{
    return m->what == FIELD_ADDRESS || m->what == FIELD_ANY;
}

static gboolean
is_port (const FieldMeaning *m)
{
    return m->what == FIELD_PORT;
}

static gboolean
head_by (char delimiter, Span line, Table *ret)
{
    Span cells[TABLE_MAX_COLUMNS];
    guint known = 0, addresses = 0, roles = 0, plain = 0;

    *ret = (Table) { .delimiter = delimiter };
    ret->n_columns = table_cells (delimiter, line, cells);
    if (delimiter == ' ' && ret->n_columns >= 2)
        ret->n_columns = table_names_apart (cells, ret->n_columns);
    if (ret->n_columns < 2)
        return FALSE;
    for (guint i = 0; i < ret->n_columns; i++) {
        FieldMeaning *meaning = &ret->meanings[i];

        if (looks_like_value (cells[i]) || (delimiter == ',' && names_address (cells[i])) ||
            memchr (cells[i].p, '=', span_left (cells[i])) != NULL)
            return FALSE;
        ret->names[i] = cells[i];
        if (!field_meaning (cells[i], meaning))
            continue;
        known++;
        addresses += meaning->what == FIELD_ADDRESS || meaning->what == FIELD_ANY ||
                     meaning->what == FIELD_HOST;
        roles += meaning->role == ROLE_OFFENDER;
        plain += is_address (meaning) && meaning->role == ROLE_UNKNOWN;
    }
    ret->has_address = roles > 0 || addresses == 1 || plain == 1;
    return known >= 2;
}

/* The sole column of a kind that has no role, with nobody accused by another one. */
static FieldMeaning *
sole_column (Table *table, gboolean (*is_kind) (const FieldMeaning *m))
{
    FieldMeaning *sole = NULL;

    for (guint i = 0; i < table->n_columns; i++) {
        FieldMeaning *meaning = &table->meanings[i];

        if (!is_kind (meaning))
            continue;
        if (meaning->role == ROLE_OFFENDER || (meaning->role == ROLE_UNKNOWN && sole != NULL))
            return NULL;
        if (meaning->role == ROLE_UNKNOWN)
            sole = meaning;
    }
    return sole;
}

/* A sole column of addresses without a role holds those that the table is about; "port" beside
 * "dst_port" is theirs, too. */
static void
accuse_sole_column (Table *table)
{
    FieldMeaning *address = sole_column (table, is_address);
    FieldMeaning *port = sole_column (table, is_port);
    gboolean far_port = FALSE;

    for (guint i = 0; i < table->n_columns; i++)
        far_port |= is_port (&table->meanings[i]) && table->meanings[i].role == ROLE_VICTIM;
    if (address != NULL)
        address->role = ROLE_OFFENDER;
    if (port != NULL && far_port)
        port->role = ROLE_OFFENDER;
}

static gboolean
names_other_end (Span name)
{
    return span_find_nocase (name, "remote") != NULL || span_find_nocase (name, "server") != NULL;
}

/* "ip", and no word that says whose. */
static gboolean
is_plain_ip (Span name)
{
    static const char *const plain[] = { "ip",         "ipv4",      "ip address", "ip_address",
                                         "ip-address", "ipaddress", "ipaddr",     "ip_addr",
                                         "address",    "ip-adresse" };

    while (name.p < name.end && !g_ascii_isalpha (*name.p)) /* a comment's mark, a bracket */
        name.p++;
    for (gsize i = 0; i < G_N_ELEMENTS (plain); i++)
        if (span_is_nocase (name, plain[i]))
            return TRUE;
    return FALSE;
}

/* Beside an "infected", "source" or "client" address, or a mere "ip", the "remote" end and the
 * "server" are the other one, and "local" is its own. */
static void
turn_other_end (Table *table)
{
    guint accused = 0, plain = 0;

    for (guint i = 0; i < table->n_columns; i++) {
        accused += is_address (&table->meanings[i]) && table->meanings[i].role == ROLE_OFFENDER &&
                   !names_other_end (table->names[i]);
        plain += is_address (&table->meanings[i]) && is_plain_ip (table->names[i]);
    }
    accused += plain == 1;
    for (guint i = 0; i < table->n_columns && accused > 0; i++) {
        FieldMeaning *m = &table->meanings[i];

        if (!is_address (m) && !is_port (m))
            continue;
        if (names_other_end (table->names[i]))
            m->role = ROLE_VICTIM;
        else if (span_find_nocase (table->names[i], "local") != NULL)
            m->role = ROLE_OFFENDER;
    }
}

static gboolean
has_two_blanks (Span line)
{
    const char *p = line.p;

    for (; line.end - p >= 8; p += 7) { /* the last of eight is the first of the next */
        guint64 blanks = eight_equal (eight_at (p), ' ');

        if ((blanks & blanks >> 8) != 0)
            return TRUE;
    }
    for (; line.end - p >= 2; p++)
        if (p[0] == ' ' && p[1] == ' ')
            return TRUE;
    return FALSE;
}

static gboolean
may_be_cells (Span line)
{
    for (gsize i = 0; i < G_N_ELEMENTS (delimiters); i++)
        if (delimiters[i] == ' ' ? has_two_blanks (line)
                                 : memchr (line.p, delimiters[i], span_left (line)) != NULL)
            return TRUE;
    return FALSE;
}

static gboolean
head_in (Span line, Table *ret)
{
    for (gsize i = 0; i < G_N_ELEMENTS (delimiters); i++) {
        if (delimiters[i] == ' ' ? !has_two_blanks (line)
                                 : memchr (line.p, delimiters[i], span_left (line)) == NULL)
            continue;
        if (head_by (delimiters[i], line, ret))
            return TRUE;
    }
    return FALSE;
}

/* An object's or array's "name": value pairs name no columns. */
static gboolean
is_json (Span line)
{
    line = span_trim (line);
    return *line.p == '{' || (*line.p == '[' && span_find (line, "{\"") != NULL);
}

gboolean
table_head (Span line, Table *ret)
{
    const char *colon = memchr (line.p, ':', MIN (span_left (line), LABEL_MAX));
    gboolean found;

    if (span_left (line) > 2000 || span_left (line) < 5 || is_json (line))
        return FALSE;
    if (span_lit_nocase (&line, "#Fields: "))
        return head_by (TABLE_SINGLE, line, ret);
    if (!may_be_cells (line))
        return FALSE;
    found = head_in (line, ret);
    if (!found && colon != NULL)
        found = head_in (span_trim ((Span) { colon + 1, line.end }), ret);
    if (found) {
        turn_other_end (ret);
        accuse_sole_column (ret);
    }
    return found;
}
