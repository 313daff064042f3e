#include "effect/reply_values.h"
#include "base/calendar.h"
#include "base/clean.h"

typedef struct Filler {
    ReplyFacts *f;
    const LogRow *row;
    const Settings *settings;
    const Network *network;
    gint64 now;
} Filler;

static void
put (Filler *fill, ReplyVariable v, const char *text)
{
    if (text != NULL && *text != '\0')
        fill->f->value[v] = text;
}

/* Of the mail. */
static void
put_safe (Filler *fill, ReplyVariable v, const char *text, gsize max)
{
    g_autofree char *safe = text != NULL ? clean_terminal (span_of (text), max) : NULL;

    put (fill, v, arena_strdup (fill->f->arena, safe));
}

static void
put_number (Filler *fill, ReplyVariable v, guint64 n)
{
    if (n > 0)
        put (fill, v, arena_printf (fill->f->arena, "%" G_GUINT64_FORMAT, n));
}

static void
put_if (Filler *fill, ReplyCondition c, gboolean holds)
{
    if (holds)
        fill->f->conditions |= G_GUINT64_CONSTANT (1) << c;
}

/* Times */

/* "2026-11-20T03:04:05Z" as "2026-11-20 03:04:05". */
static const char *
plain_time (const Filler *fill, gint64 unix_s)
{
    char text[RFC3339_MAX];

    calendar_rfc3339 (unix_s, text);
    text[strlen ("2026-11-20")] = ' ';
    text[strlen (text) - 1] = '\0';
    return arena_strdup (fill->f->arena, text);
}

static const char *
utc (const Filler *fill, gint64 unix_s)
{
    return arena_printf (fill->f->arena, "%s UTC", plain_time (fill, unix_s));
}

static const char *
day (const Filler *fill, gint64 unix_s)
{
    return arena_strndup (fill->f->arena, plain_time (fill, unix_s), strlen ("2026-11-20"));
}

static gboolean
moment (const char *text, gint64 *ret)
{
    return text != NULL && calendar_parse_rfc3339 (span_of (text), ret);
}

static void
put_moment (Filler *fill, ReplyVariable v, const char *rfc3339)
{
    gint64 unix_s;

    if (moment (rfc3339, &unix_s))
        put (fill, v, utc (fill, unix_s));
}

static void
put_time (Filler *fill, const LogIncident *in)
{
    gint64 from, to;

    if (moment (in->time, &from) && moment (in->time_latest, &to))
        put (fill, VAR_TIME,
             arena_printf (fill->f->arena, "between %s and %s", plain_time (fill, from),
                           utc (fill, to)));
    else if (moment (in->time, &from))
        put (fill, VAR_TIME, utc (fill, from));
    else
        put_safe (fill, VAR_TIME_LOCAL, in->time_local, REPLY_MAX_VALUE);
    put_if (fill, IF_TIME_GUESSED,
            in->time != NULL && in->time_basis != NULL &&
                strcmp (in->time_basis, zone_basis_name (TIME_DATE_ZONE)) == 0);
}

/* Several incidents: the addresses, and from when to when */

static gboolean
is_told (const Filler *fill, const LogIncident *in)
{
    Ip ip;

    if (in->ip == NULL || fill->network == NULL)
        return in->ip != NULL;
    return ip_parse (span_of (in->ip), &ip) && settings_network_of (fill->settings, &ip) >= 0;
}

static const char *
address_of (const Filler *fill, const LogIncident *in)
{
    if (in->ip != NULL && in->bits != 0)
        return arena_printf (fill->f->arena, "%s/%u", in->ip, in->bits);
    return in->ip;
}

static void
put_addresses (Filler *fill)
{
    g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
    g_autoptr (GString) list = g_string_new (NULL);
    guint n;

    for (guint i = 0; i < fill->row->n_incidents; i++) {
        const LogIncident *in = &fill->row->incidents[i];
        const char *address = is_told (fill, in) ? address_of (fill, in) : NULL;

        if (address == NULL || !g_hash_table_add (seen, (gpointer)address))
            continue;
        if (g_hash_table_size (seen) <= REPLY_MAX_ADDRESSES)
            g_string_append_printf (list, list->len > 0 ? ", %s" : "%s", address);
    }
    n = g_hash_table_size (seen);
    put_number (fill, VAR_IPS_LEFT_OUT, n > REPLY_MAX_ADDRESSES ? n - REPLY_MAX_ADDRESSES : 0);
    put (fill, VAR_IPS, arena_strdup (fill->f->arena, list->str));
    put_if (fill, IF_SEVERAL_ADDRESSES, n > 1);
}

static void
put_times (Filler *fill)
{
    gint64 first = G_MAXINT64, last = G_MININT64, at;

    for (guint i = 0; i < fill->row->n_incidents; i++)
        if (is_told (fill, &fill->row->incidents[i]) &&
            moment (fill->row->incidents[i].time, &at)) {
            first = MIN (first, at);
            last = MAX (last, at);
        }
    if (first >= last)
        return;
    put (fill, VAR_FIRST_TIME, utc (fill, first));
    put (fill, VAR_LAST_TIME, utc (fill, last));
    put_if (fill, IF_SEVERAL_TIMES, TRUE);
}

/* The incident that the draft is about */

static void
put_destination (Filler *fill, const LogIncident *in)
{
    Arena *a = fill->f->arena;

    if (in->dst_ip != NULL && in->dst_port != 0)
        put (fill, VAR_DESTINATION, arena_printf (a, "%s port %u", in->dst_ip, in->dst_port));
    else if (in->dst_port != 0)
        put (fill, VAR_DESTINATION, arena_printf (a, "port %u", in->dst_port));
    else
        put (fill, VAR_DESTINATION, in->dst_ip);
}

static void
put_incident (Filler *fill, const LogIncident *in)
{
    g_autofree char *protocol = in->protocol != NULL ? g_ascii_strup (in->protocol, -1) : NULL;

    put (fill, VAR_IP, address_of (fill, in));
    if (in->ip == NULL)
        put_safe (fill, VAR_IP, in->masked, REPLY_MAX_VALUE);
    put_number (fill, VAR_SRC_PORT, in->src_port);
    put (fill, VAR_DST_IP, in->dst_ip);
    put_number (fill, VAR_DST_PORT, in->dst_port);
    put_destination (fill, in);
    put_safe (fill, VAR_PROTOCOL, protocol, REPLY_MAX_VALUE);
    put_time (fill, in);
    put_if (fill, IF_ADDRESS_KNOWN, in->ip != NULL);
    put_if (fill, IF_MASKED, in->ip == NULL && in->masked != NULL);
    put_if (fill, IF_IPV6, in->ip != NULL && strchr (in->ip, ':') != NULL);
}

static void
put_url (Filler *fill)
{
    const char *url = fill->f->about != NULL ? fill->f->about->url : NULL;

    if (reply_facts_hold (fill->f, IF_URLS_WITHHELD))
        return;
    put_safe (fill, VAR_URL, url != NULL ? url : fill->row->urls[0], REPLY_MAX_URL);
}

/* Links */

/* The name to ask a DNS list for: the octets turned around (RFC 5782 2.1). */
static void
put_dnsel_name (Filler *fill, const Ip *ip, const char *domain)
{
    const guint8 *b = ip->bytes;

    if (ip->family == 4)
        put (fill, VAR_DNSEL_NAME,
             arena_printf (fill->f->arena, "%u.%u.%u.%u.%s", b[3], b[2], b[1], b[0], domain));
}

static void
put_links (Filler *fill)
{
    const ReplyLinks *links = &fill->settings->reply.links;
    const LogIncident *in = fill->f->about;
    Arena *a = fill->f->arena;
    gint64 at;
    Ip ip;

    put (fill, VAR_LINK_OVERVIEW, links->overview);
    put (fill, VAR_LINK_ABUSE_FAQ, links->abuse_faq);
    put (fill, VAR_LINK_EXIT_LIST, links->exit_list);
    put (fill, VAR_LINK_EXONERATOR, links->exonerator);
    put (fill, VAR_LINK_REDUCED_POLICY, links->reduced_policy);
    put (fill, VAR_LINK_LEGAL, links->legal);
    put (fill, VAR_LINK_HOTLINES, links->hotlines);
    if (in == NULL || in->ip == NULL || in->bits != 0 || !ip_parse (span_of (in->ip), &ip))
        return;
    put (fill, VAR_LINK_RELAY, arena_printf (a, "%s%s", links->relay, in->ip));
    if (moment (in->time, &at))
        put (fill, VAR_LINK_EXONERATOR,
             arena_printf (a, "%s?ip=%s&timestamp=%s", links->exonerator, in->ip, day (fill, at)));
    put_dnsel_name (fill, &ip, links->dnsel);
}

/* The mail, and ourselves */

static void
put_mail (Filler *fill)
{
    const LogRow *row = fill->row;

    put_safe (fill, VAR_SUBJECT, row->subject, REPLY_MAX_VALUE);
    if (row->date_unix_s != G_MININT64)
        put (fill, VAR_DATE, utc (fill, row->date_unix_s));
    put_moment (fill, VAR_DEADLINE, row->deadline);
    put_safe (fill, VAR_COMPLAINANT_NAME, row->complainant_name, REPLY_MAX_VALUE);
    put_safe (fill, VAR_COMPLAINANT_ADDRESS, row->complainant_address, REPLY_MAX_VALUE);
    put_safe (fill, VAR_CASE_ID, row->case_id != NULL ? row->case_id : row->id, REPLY_MAX_VALUE);
    put_safe (fill, VAR_MESSAGE_ID, row->message_id, REPLY_MAX_VALUE);
}

static void
put_ourselves (Filler *fill)
{
    put (fill, VAR_NAME, fill->settings->reply.name);
    put (fill, VAR_FOLLOW_UP, day (fill, fill->now + REPLY_FOLLOW_UP_S));
    put_moment (fill, VAR_EXIT_TIME, fill->row->exit_time);
    put (fill, VAR_RELAY, fill->row->relay);
    if (fill->network == NULL)
        return;
    put (fill, VAR_RELAY, fill->network->relay);
    put (fill, VAR_PROVIDER, fill->network->provider);
    if (fill->network->since_unix_s != G_MININT64)
        put (fill, VAR_SINCE, day (fill, fill->network->since_unix_s));
}

void
reply_values_fill (ReplyFacts *f, const LogRow *row, const Settings *settings,
                   const Network *network, gint64 now_unix_s)
{
    Filler fill = { f, row, settings, network, now_unix_s };

    if (f->about != NULL)
        put_incident (&fill, f->about);
    put_addresses (&fill);
    put_times (&fill);
    put_number (&fill, VAR_INCIDENT_COUNT, row->incident_count);
    put_url (&fill);
    put_links (&fill);
    put_mail (&fill);
    put_ourselves (&fill);
}
