#include "effect/suggest.h"
#include "base/clean.h"

#define MAX_FROM 200

struct Suggest {
    const Knowledge *know;
    gint64 now, lasts_s;
    GPtrArray *all;
    GHashTable *by_place; /* "203.0.113.9 22" -> Suggestion */
    GArray *nowhere;
    guint left_out;
};

static void
clear_report (gpointer data)
{
    SuggestReport *report = data;

    g_free (report->id);
    g_free (report->from);
}

static GArray *
new_reports (void)
{
    GArray *reports = g_array_new (FALSE, FALSE, sizeof (SuggestReport));

    g_array_set_clear_func (reports, clear_report);
    return reports;
}

static void
free_suggestion (gpointer data)
{
    Suggestion *x = data;

    g_array_unref (x->reports);
    g_free (x);
}

Suggest *
suggest_new (const Knowledge *know, gint64 now_unix_s, gint64 lasts_s)
{
    Suggest *s = g_new0 (Suggest, 1);

    s->know = know;
    s->now = now_unix_s;
    s->lasts_s = lasts_s;
    s->all = g_ptr_array_new_with_free_func (free_suggestion);
    s->by_place = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    s->nowhere = new_reports ();
    return s;
}

void
suggest_free (Suggest *s)
{
    if (s == NULL)
        return;
    g_array_unref (s->nowhere);
    g_hash_table_unref (s->by_place);
    g_ptr_array_unref (s->all);
    g_free (s);
}

static gboolean
wants (const LogRow *row, Demand demand)
{
    return g_strv_contains (row->demands, demand_name (demand));
}

gboolean
suggest_asks (const LogRow *row)
{
    return wants (row, DEMAND_BLOCK_DESTINATION) || wants (row, DEMAND_BLOCK_PORT);
}

static gboolean
is_ours (const Suggest *s, const char *text)
{
    Ip ip;

    return text != NULL && ip_parse (span_of (text), &ip) &&
           settings_network_of (s->know->settings, &ip) >= 0;
}

/* A place on the net that somebody else answers for. */
static gboolean
is_place (const Suggest *s, const LogIncident *in, Ip *ret)
{
    if (s->know->settings->n_networks > 0 && !is_ours (s, in->ip))
        return FALSE;
    return in->dst_ip != NULL && ip_parse (span_of (in->dst_ip), ret) &&
           ip_scope (ret) == IP_PUBLIC && !is_ours (s, in->dst_ip);
}

static gboolean
is_rejected (const Suggest *s, const Ip *ip, guint port)
{
    return s->know->policy != NULL &&
           exit_policy_judge (s->know->policy, NULL, ip, port) == POLICY_REJECT;
}

static Suggestion *
suggestion_of (Suggest *s, const Ip *ip, guint port)
{
    char text[IP_TEXT_MAX];
    g_autofree char *place = g_strdup_printf ("%s %u", ip_format (ip, text), port);
    Suggestion *x = g_hash_table_lookup (s->by_place, place);

    if (x != NULL)
        return x;
    x = g_new0 (Suggestion, 1);
    x->ip = *ip;
    x->port = port;
    x->until_unix_s = G_MININT64;
    x->rejected = is_rejected (s, ip, port);
    x->reports = new_reports ();
    g_ptr_array_add (s->all, x);
    g_hash_table_insert (s->by_place, g_steal_pointer (&place), x);
    return x;
}

static void
add_report (GArray *reports, const LogRow *row)
{
    const char *fail = auth_result_name (AUTH_FAIL), *from = row->complainant_address;
    SuggestReport report = { .id = clean_terminal (span_of (row->id), ULID_LEN) };

    /* The rows come one after another: a report's other incidents are right behind. */
    if (reports->len > 0 &&
        strcmp (g_array_index (reports, SuggestReport, reports->len - 1).id, report.id) == 0) {
        clear_report (&report);
        return;
    }
    report.from = from != NULL ? clean_terminal (span_of (from), MAX_FROM) : NULL;
    report.doubtful = (row->dmarc != NULL && strcmp (row->dmarc, fail) == 0) ||
                      (row->spf != NULL && strcmp (row->spf, fail) == 0);
    g_array_append_val (reports, report);
}

void
suggest_add (Suggest *s, const LogRow *row)
{
    gint64 until = row->received_unix_ms / 1000 + s->lasts_s;
    gboolean whole = wants (row, DEMAND_BLOCK_DESTINATION);
    g_autoptr (GHashTable) seen = g_hash_table_new (g_direct_hash, g_direct_equal);
    Ip ip;

    if (until <= s->now)
        return;
    for (guint i = 0; i < row->n_incidents; i++) {
        const LogIncident *in = &row->incidents[i];
        Suggestion *x;

        if (!is_place (s, in, &ip) || (!whole && in->dst_port == 0))
            continue;
        if (g_hash_table_size (seen) == SUGGEST_MAX_OF_REPORT) {
            s->left_out++;
            continue;
        }
        x = suggestion_of (s, &ip, whole ? 0 : in->dst_port);
        x->until_unix_s = MAX (x->until_unix_s, until);
        add_report (x->reports, row);
        g_hash_table_add (seen, x);
    }
    if (g_hash_table_size (seen) == 0)
        add_report (s->nowhere, row);
}

guint
suggest_count (const Suggest *s)
{
    return s->all->len + s->nowhere->len;
}

static int
by_place (gconstpointer a, gconstpointer b)
{
    const Suggestion *x = *(const Suggestion *const *)a, *y = *(const Suggestion *const *)b;
    int order = (int)x->ip.family - (int)y->ip.family;

    if (order == 0)
        order = ip_compare (&x->ip, &y->ip);
    return order != 0 ? order : (int)x->port - (int)y->port;
}

const GPtrArray *
suggest_all (Suggest *s)
{
    g_ptr_array_sort (s->all, by_place);
    return s->all;
}

const GArray *
suggest_nowhere (const Suggest *s)
{
    return s->nowhere;
}

guint
suggest_left_out (const Suggest *s)
{
    return s->left_out;
}

gint64
suggest_now (const Suggest *s)
{
    return s->now;
}

gboolean
suggest_for_relay (const Suggest *s)
{
    return s->know->settings->tor.configured;
}
