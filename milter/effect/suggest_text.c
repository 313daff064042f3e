#include "base/calendar.h"
#include "effect/suggest.h"

#define MAX_REPORTS 5 /* named behind one suggestion; the rest is counted, and in the JSON */

/* Comments: the same in torrc and for nft */

static void
put_report (GString *out, const SuggestReport *report)
{
    g_string_append_printf (out, "%s%s%s%s", report->id, report->from != NULL ? " " : "",
                            report->from != NULL ? report->from : "",
                            report->doubtful ? " (may be forged)" : "");
}

static void
put_reports (GString *out, const GArray *reports)
{
    for (guint i = 0; i < MIN (reports->len, MAX_REPORTS); i++) {
        g_string_append (out, i > 0 ? ", " : "");
        put_report (out, &g_array_index (reports, SuggestReport, i));
    }
    if (reports->len > MAX_REPORTS)
        g_string_append_printf (out, " and %u more", reports->len - MAX_REPORTS);
}

static void
put_comment (GString *out, const Suggestion *x, const char *indent)
{
    char until[RFC3339_MAX];

    g_string_append_printf (out, "%s# until %.10s, asked for by ", indent,
                            calendar_rfc3339 (x->until_unix_s, until));
    put_reports (out, x->reports);
    g_string_append_c (out, '\n');
}

static void
put_rest (Suggest *s, GString *out)
{
    const GArray *nowhere = suggest_nowhere (s);

    if (nowhere->len > 0)
        g_string_append (out, "\n# These ask to be left alone, but name no public destination:\n");
    for (guint i = 0; i < nowhere->len; i++) {
        g_string_append (out, "#   ");
        put_report (out, &g_array_index (nowhere, SuggestReport, i));
        g_string_append_c (out, '\n');
    }
    if (suggest_left_out (s) > 0)
        g_string_append_printf (out,
                                "\n# %u destinations are left out, of reports that name more than "
                                "%d: ask those for a network.\n",
                                suggest_left_out (s), SUGGEST_MAX_OF_REPORT);
}

static const char head[] = "# Destinations whose owners asked to be left alone.  Nothing is "
                           "applied by printing this.  Anybody can\n"
                           "# write a complaint: look whether those who asked have that address.\n";

/* torrc */

static void
put_reject (GString *out, const Suggestion *x)
{
    char ip[IP_TEXT_MAX], port[8] = "*";

    ip_format (&x->ip, ip);
    if (x->port != 0)
        g_snprintf (port, sizeof port, "%u", x->port);
    put_comment (out, x, "");
    if (x->rejected)
        g_string_append_printf (out, "# (the exit policy rejects %s:%s already)\n", ip, port);
    else if (x->ip.family == 6)
        g_string_append_printf (out, "ExitPolicy reject6 [%s]:%s\n", ip, port);
    else
        g_string_append_printf (out, "ExitPolicy reject %s:%s\n", ip, port);
}

static void
put_exit_policy (Suggest *s, GString *out)
{
    const GPtrArray *all = suggest_all (s);

    g_string_append (out, head);
    g_string_append (
        out, "# For torrc, before all other ExitPolicy lines; take them out when they are over.\n");
    for (guint i = 0; i < all->len; i++) {
        g_string_append_c (out, '\n');
        put_reject (out, all->pdata[i]);
    }
}

/* nftables: a set for each family, of addresses and of addresses with ports */

typedef struct Set {
    const char *name, *type, *rule;
    guint8 family;
    gboolean ports;
} Set;

static const Set sets[] = {
    { "alone4", "ipv4_addr", "ip daddr @alone4", 4, FALSE },
    { "alone6", "ipv6_addr", "ip6 daddr @alone6", 6, FALSE },
    { "alone4_port", "ipv4_addr . inet_service", "ip daddr . tcp dport @alone4_port", 4, TRUE },
    { "alone6_port", "ipv6_addr . inet_service", "ip6 daddr . tcp dport @alone6_port", 6, TRUE },
};

static gboolean
is_in (const Set *set, const Suggestion *x)
{
    return x->ip.family == set->family && (x->port != 0) == set->ports;
}

static void
put_element (Suggest *s, GString *out, const Suggestion *x)
{
    char ip[IP_TEXT_MAX];

    put_comment (out, x, "            ");
    g_string_append_printf (out, "            %s", ip_format (&x->ip, ip));
    if (x->port != 0)
        g_string_append_printf (out, " . %u", x->port);
    g_string_append_printf (out, " timeout %" G_GINT64_FORMAT "s,\n",
                            x->until_unix_s - suggest_now (s));
}

static gboolean
put_set (Suggest *s, GString *out, const Set *set)
{
    const GPtrArray *all = suggest_all (s);
    gboolean any = FALSE;

    for (guint i = 0; i < all->len; i++) {
        if (!is_in (set, all->pdata[i]))
            continue;
        if (!any)
            g_string_append_printf (out,
                                    "    set %s {\n        type %s\n        flags timeout\n"
                                    "        elements = {\n",
                                    set->name, set->type);
        any = TRUE;
        put_element (s, out, all->pdata[i]);
    }
    if (any)
        g_string_append (out, "        }\n    }\n");
    return any;
}

static void
put_chain (GString *out, const char *hook, const gboolean *any)
{
    g_string_append_printf (out, "    chain %s {\n        type filter hook %s priority filter\n",
                            hook, hook);
    for (gsize i = 0; i < G_N_ELEMENTS (sets); i++)
        if (any[i])
            g_string_append_printf (out, "        %s reject\n", sets[i].rule);
    g_string_append (out, "    }\n");
}

static void
put_nftables (Suggest *s, GString *out)
{
    gboolean any[G_N_ELEMENTS (sets)];

    g_string_append (out, head);
    if (suggest_for_relay (s))
        g_string_append (out, "# A relay whose firewall rejects what its exit policy lets out is "
                              "taken for a bad exit: "
                              "there use the\n# exit policy instead.\n");
    g_string_append (out, "# For nft -f; elements end by themselves.\n\ntable inet abuse_milter\n"
                          "delete table inet abuse_milter\ntable inet abuse_milter {\n");
    for (gsize i = 0; i < G_N_ELEMENTS (sets); i++)
        any[i] = put_set (s, out, &sets[i]);
    put_chain (out, "output", any);
    put_chain (out, "forward", any);
    g_string_append (out, "}\n");
}

/* JSON: a line for each */

static Json *
reports_json (const GArray *reports)
{
    Json *list = json_new_list ();

    for (guint i = 0; i < reports->len; i++) {
        const SuggestReport *report = &g_array_index (reports, SuggestReport, i);
        Json *j = json_new_object ();

        json_put (j, "id", json_new_text (report->id));
        json_put (j, "from", json_new_text (report->from));
        json_put (j, "doubtful", json_new_bool (report->doubtful));
        json_add (list, j);
    }
    return list;
}

static void
put_object (GString *out, const char *ip, guint port, const char *until, gboolean rejected,
            Json *reports)
{
    g_autoptr (Json) j = json_new_object ();
    g_autofree char *line = NULL;

    json_put (j, "v", json_new_int (1));
    json_put (j, "ip", json_new_text (ip));
    json_put (j, "port", port != 0 ? json_new_int (port) : json_new_null ());
    json_put (j, "until", json_new_text (until));
    json_put (j, "rejected", json_new_bool (rejected));
    json_put (j, "reports", reports);
    line = json_line (j);
    g_string_append_printf (out, "%s\n", line);
}

static void
put_json (Suggest *s, GString *out)
{
    const GPtrArray *all = suggest_all (s);
    char ip[IP_TEXT_MAX], until[RFC3339_MAX];

    for (guint i = 0; i < all->len; i++) {
        const Suggestion *x = all->pdata[i];

        put_object (out, ip_format (&x->ip, ip), x->port, calendar_rfc3339 (x->until_unix_s, until),
                    x->rejected, reports_json (x->reports));
    }
    if (suggest_nowhere (s)->len > 0) /* without an address: who names none */
        put_object (out, NULL, 0, NULL, FALSE, reports_json (suggest_nowhere (s)));
}

char *
suggest_text (Suggest *s, SuggestForm form)
{
    static void (*const put[]) (Suggest * s, GString * out) = { put_exit_policy, put_nftables,
                                                                put_json };
    GString *out = g_string_new (NULL);

    put[form](s, out);
    if (form != SUGGEST_JSON)
        put_rest (s, out);
    return g_string_free (out, FALSE);
}
