#include "know/exit_list.h"
#include "base/calendar.h"
#include <stdlib.h>

typedef struct Sighting {
    Ip ip;
    gint64 at, until; /* seen at, and still there at; UTC seconds */
} Sighting;

struct ExitList {
    GArray *sightings; /* of Sighting; when finished, by address and time */
    GArray *lists;     /* of gint64: when each was made, in order */
    guint addresses;
    gboolean six; /* there are IPv6 addresses */
};

typedef struct Reader {
    ExitList *x;
    ExitListRead sum;
    gint64 written;
    guint list_from;   /* the list's first sighting */
    guint relay_from;  /* the relay's first sighting */
    gint64 downloaded; /* G_MININT64: the list does not say */
    gint64 last_status;
    gint64 newest; /* moment in this list */
} Reader;

ExitList *
exit_list_new (void)
{
    ExitList *x = g_new0 (ExitList, 1);

    x->sightings = g_array_new (FALSE, FALSE, sizeof (Sighting));
    x->lists = g_array_new (FALSE, FALSE, sizeof (gint64));
    return x;
}

void
exit_list_free (ExitList *x)
{
    if (x == NULL)
        return;
    g_array_unref (x->sightings);
    g_array_unref (x->lists);
    g_free (x);
}

static Sighting *
sighting (const ExitList *x, guint i)
{
    return &g_array_index (x->sightings, Sighting, i);
}

static void
end_relay (Reader *r)
{
    guint n = r->x->sightings->len, newest = n;

    for (guint i = r->relay_from; i < n; i++)
        if (newest == n || sighting (r->x, i)->at > sighting (r->x, newest)->at)
            newest = i;
    if (newest < n)
        sighting (r->x, newest)->until = MAX (sighting (r->x, newest)->at, r->last_status);
    r->relay_from = n;
    r->last_status = G_MININT64;
}

static void
end_list (Reader *r)
{
    gint64 made = r->downloaded != G_MININT64 ? r->downloaded : r->newest;

    end_relay (r);
    if (r->x->sightings->len > r->list_from)
        g_array_append_val (r->x->lists, made);
    r->list_from = r->x->sightings->len;
    r->downloaded = r->newest = G_MININT64;
}

static gboolean
add_sighting (Reader *r, const Ip *ip, gint64 at)
{
    Sighting s = { *ip, at, at };

    r->sum.full |= r->x->sightings->len >= EXIT_LIST_MAX_SIGHTINGS;
    if (r->sum.full)
        return TRUE;
    r->x->six |= ip->family == 6;
    r->newest = MAX (r->newest, at);
    r->sum.sightings++;
    g_array_append_val (r->x->sightings, s);
    return TRUE;
}

/* "2026-11-20 03:04:05", in UTC. */
static gboolean
read_moment (Span text, gint64 *ret)
{
    char iso[] = "2026-11-20T03:04:05Z";
    gsize n = strlen (iso) - 1;

    text = span_trim (text);
    if (span_left (text) != n || text.p[10] != ' ')
        return FALSE;
    memcpy (iso, text.p, n);
    iso[10] = 'T';
    return calendar_parse_rfc3339 (span_of (iso), ret);
}

static gboolean
take_node (Reader *r, Span value)
{
    (void)value;
    end_relay (r);
    return TRUE;
}

static gboolean
take_published (Reader *r, Span value)
{
    gint64 at;

    (void)r;
    return read_moment (value, &at);
}

static gboolean
take_status (Reader *r, Span value)
{
    if (!read_moment (value, &r->last_status))
        return FALSE;
    r->newest = MAX (r->newest, r->last_status);
    return TRUE;
}

static gboolean
take_address (Reader *r, Span value)
{
    Span address;
    gint64 at;
    Ip ip;

    return span_until (&value, ' ', &address) && ip_parse (address, &ip) &&
           read_moment (value, &at) && add_sighting (r, &ip, at);
}

static gboolean
take_downloaded (Reader *r, Span value)
{
    end_list (r);
    return read_moment (value, &r->downloaded);
}

static gboolean
take_type (Reader *r, Span value)
{
    end_list (r);
    return span_starts_nocase (value, "tordnsel 1.");
}

static const struct {
    const char *word;
    gboolean (*take) (Reader *r, Span value);
} words[] = {
    { "ExitAddress ", take_address },   { "ExitNode ", take_node },
    { "Published ", take_published },   { "LastStatus ", take_status },
    { "Downloaded ", take_downloaded }, { "@type ", take_type },
};

static gboolean
take_line (Reader *r, Span line)
{
    Ip ip;

    for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
        if (span_lit (&line, words[i].word))
            return words[i].take (r, line);
    if (span_left (line) == 0 || *line.p == '#')
        return TRUE;
    return ip_parse (line, &ip) && add_sighting (r, &ip, r->written);
}

ExitListRead
exit_list_add (ExitList *x, Span text, gint64 written_unix_s)
{
    Reader r = { .x = x,
                 .written = written_unix_s,
                 .list_from = x->sightings->len,
                 .relay_from = x->sightings->len,
                 .downloaded = G_MININT64,
                 .last_status = G_MININT64,
                 .newest = G_MININT64 };
    Span line;

    for (guint n = 1; span_line (&text, &line); n++)
        if (!take_line (&r, span_trim (line)) && r.sum.ignored++ == 0)
            r.sum.first_ignored_line = n;
    end_list (&r);
    return r.sum;
}

static int
compare_sightings (const void *a, const void *b)
{
    const Sighting *x = a, *y = b;
    int order = ip_compare (&x->ip, &y->ip);

    return order != 0 ? order : (x->at > y->at) - (x->at < y->at);
}

static int
compare_moments (const void *a, const void *b)
{
    gint64 x = *(const gint64 *)a, y = *(const gint64 *)b;

    return (x > y) - (x < y);
}

void
exit_list_finish (ExitList *x)
{
    guint kept = 0;

    g_array_sort (x->sightings, compare_sightings);
    g_array_sort (x->lists, compare_moments);
    for (guint i = 0; i < x->sightings->len; i++) {
        Sighting *s = sighting (x, i), *last = kept > 0 ? sighting (x, kept - 1) : NULL;
        gboolean same = last != NULL && ip_equal (&last->ip, &s->ip);

        x->addresses += !same;
        if (same && last->at == s->at)
            last->until = MAX (last->until, s->until);
        else
            *sighting (x, kept++) = *s;
    }
    g_array_set_size (x->sightings, kept);
}

static guint
first_of (const ExitList *x, const Ip *ip)
{
    guint low = 0, high = x->sightings->len;

    while (low < high) {
        guint middle = low + (high - low) / 2;

        if (ip_compare (&sighting (x, middle)->ip, ip) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The first list from `at' on; NULL when there is none. */
static const gint64 *
list_from (const ExitList *x, gint64 at)
{
    guint low = 0, high = x->lists->len;

    while (low < high) {
        guint middle = low + (high - low) / 2;

        if (g_array_index (x->lists, gint64, middle) < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low < x->lists->len ? &g_array_index (x->lists, gint64, low) : NULL;
}

/* What the lists say of an address that was not seen near that time. */
static ExitFound
not_seen (const ExitList *x, const Ip *ip, gint64 at, const Sighting *before)
{
    const gint64 *list = list_from (x, at - EXIT_LIST_FRESH_S);

    if (ip->family == 6 && !x->six)
        return (ExitFound) { EXIT_UNKNOWN, EXIT_NO_IPV6, 0 };
    if (list == NULL || *list > at + EXIT_NEAR_S)
        return (ExitFound) { EXIT_UNKNOWN, EXIT_NO_LIST_THEN,
                             list != NULL ? *list : exit_list_newest_unix_s (x) };
    if (before != NULL)
        return (ExitFound) { EXIT_NO, EXIT_SEEN_BEFORE, before->until };
    return (ExitFound) { EXIT_NO, EXIT_NOT_LISTED, *list };
}

static gint64
distance (const Sighting *s, gint64 at)
{
    return at < s->at ? s->at - at : at > s->until ? at - s->until : 0;
}

static ExitFound
find_at (const ExitList *x, const Ip *ip, gint64 at)
{
    const Sighting *near = NULL, *before = NULL;

    for (guint i = first_of (x, ip); i < x->sightings->len; i++) {
        const Sighting *s = sighting (x, i);

        if (!ip_equal (&s->ip, ip))
            break;
        if (near == NULL || distance (s, at) < distance (near, at))
            near = s;
        if (s->until < at && (before == NULL || s->until > before->until))
            before = s;
    }
    if (near != NULL && distance (near, at) <= EXIT_NEAR_S)
        return (ExitFound) { EXIT_YES, EXIT_SEEN, CLAMP (at, near->at, near->until) };
    return not_seen (x, ip, at, before);
}

ExitFound
exit_list_find (const ExitList *x, const Ip *ip, gint64 from_unix_s, gint64 to_unix_s)
{
    ExitFound first, last;

    if (x->lists->len == 0)
        return (ExitFound) { EXIT_UNKNOWN, EXIT_NO_LISTS, 0 };
    first = find_at (x, ip, from_unix_s);
    last = find_at (x, ip, to_unix_s);
    if (first.answer == last.answer)
        return first;
    if (first.answer == EXIT_UNKNOWN || last.answer == EXIT_UNKNOWN)
        return first.answer == EXIT_UNKNOWN ? first : last;
    return (ExitFound) { EXIT_UNKNOWN, EXIT_UNCLEAR_TIME, 0 };
}

guint
exit_list_addresses (const ExitList *x)
{
    return x->addresses;
}

gint64
exit_list_newest_unix_s (const ExitList *x)
{
    return x->lists->len > 0 ? g_array_index (x->lists, gint64, x->lists->len - 1) : G_MININT64;
}
