/* What folding looks at, out of a row. */
#include "effect/cases.h"
#include "effect/schema.h"
#include <string.h>

guint64
case_mix (guint64 a, guint64 b) /* the finalizer of MurmurHash3 */
{
    guint64 h = a ^ (b + G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) + (a << 6) + (a >> 2));

    h = (h ^ h >> 33) * G_GUINT64_CONSTANT (0xff51afd7ed558ccd);
    h = (h ^ h >> 33) * G_GUINT64_CONSTANT (0xc4ceb9fe1a85ec53);
    return h ^ h >> 33;
}

static guint64
hash_bytes (guint64 h, Span text) /* FNV-1a, ASCII case ignored */
{
    for (; text.p < text.end; text.p++)
        h = (h ^ (guchar)span_lower (*text.p)) * G_GUINT64_CONSTANT (0x100000001b3);
    return h;
}

guint64
case_hash (guint64 seed, const char *kind, Span text)
{
    guint64 h = hash_bytes (seed ^ G_GUINT64_CONSTANT (0xcbf29ce484222325), span_of (kind));

    return case_mix (hash_bytes (h * 31, text), seed);
}

static void
add_once (guint64 *list, guint *n, guint max, guint64 value)
{
    for (guint i = 0; i < *n; i++)
        if (list[i] == value)
            return;
    if (*n < max)
        list[(*n)++] = value;
}

/* Offenders */

static Span
host_of (const char *url)
{
    Span s = span_of (url);
    const char *scheme = span_find (s, "://");

    if (scheme != NULL)
        s.p = scheme + 3;
    for (const char *p = s.p; p < s.end; p++)
        if (strchr ("/?#:", *p) != NULL)
            return span_to (s, p);
    return s;
}

static gboolean
offender_of (const LogIncident *in, guint64 seed, guint64 *ret)
{
    char key[SCHEMA_KEY_MAX];

    if (in->ip != NULL && schema_accused_key (in->ip, in->bits, key))
        *ret = case_hash (seed, "address", span_of (key));
    else if (in->masked != NULL)
        *ret = case_hash (seed, "masked", span_of (in->masked));
    else if (in->url != NULL)
        *ret = case_hash (seed, "host", host_of (in->url));
    else
        return FALSE;
    return TRUE;
}

static void
add_networks (const LogRow *row, guint64 seed, CaseFacts *f)
{
    static const guint bits4[] = { 16, 24 }, bits6[] = { 32, 48, 64 };
    const LogIncident *first = row->incidents;
    Ip ip;

    if (row->n_incidents == 0 || first->ip == NULL || first->bits != 0 ||
        !ip_parse (span_of (first->ip), &ip))
        return;
    for (guint i = 0; i < (ip.family == 4 ? G_N_ELEMENTS (bits4) : G_N_ELEMENTS (bits6)); i++) {
        IpNet net = { ip, (guint8)(ip.family == 4 ? bits4[i] : bits6[i]) };
        char text[IP_TEXT_MAX], key[SCHEMA_KEY_MAX];

        for (guint bit = net.bits; bit < (ip.family == 4 ? 32u : 128u); bit++)
            net.base.bytes[bit / 8] &= (guint8) ~(0x80 >> bit % 8);
        if (schema_accused_key (ip_format (&net.base, text), net.bits, key))
            f->networks[f->n_networks++] = case_hash (seed, "address", span_of (key));
    }
}

/* One incident as nobody else has it: without a port, a target or a URL a busy address at a given
 * second is no sign of that. */
static void
add_moment (const LogIncident *in, guint64 seed, CaseFacts *f)
{
    const char *when = in->time != NULL ? in->time : in->time_local;
    g_autofree char *text = NULL;

    if (in->ip == NULL || when == NULL ||
        (in->src_port == 0 && in->dst_ip == NULL && in->dst_port == 0 && in->url == NULL))
        return;
    text = g_strdup_printf ("%s %s %u %s %u %s", in->ip, when, in->src_port,
                            in->dst_ip != NULL ? in->dst_ip : "-", in->dst_port,
                            in->url != NULL ? in->url : "-");
    add_once (f->moments, &f->n_moments, CASE_MAX_MOMENTS,
              case_hash (seed, "moment", span_of (text)));
}

static void
add_incidents (const LogRow *row, guint64 seed, CaseFacts *f)
{
    const LogIncident *before = NULL;
    guint64 offender;

    for (guint i = 0; i < row->n_incidents; i++) {
        const LogIncident *in = &row->incidents[i];

        if (f->n_moments < CASE_MAX_MOMENTS)
            add_moment (in, seed, f);
        if (before != NULL && before->ip != NULL && g_strcmp0 (before->ip, in->ip) == 0)
            continue;
        before = in;
        if (f->n_offenders < CASE_MAX_OFFENDERS && offender_of (in, seed, &offender))
            add_once (f->offenders, &f->n_offenders, CASE_MAX_OFFENDERS, offender);
    }
    add_networks (row, seed, f);
}

/* Reporter and subject */

static Span
reporter_of (const LogRow *row)
{
    Span address = span_of (row->complainant_address != NULL ? row->complainant_address
                            : row->from_address != NULL      ? row->from_address
                                                             : row->sender);
    gboolean person = row->complainant == NULL || strcmp (row->complainant, "person") == 0 ||
                      strcmp (row->complainant, "unknown") == 0;
    const char *at = span_find (address, "@");

    return at != NULL && !person ? (Span) { at + 1, address.end } : address;
}

static guint64
hash_subject (guint64 seed, const char *subject) /* without digits, answers' marks and blanks */
{
    static const char *const marks[] = { "re:", "aw:", "fw:", "fwd:", "wg:", "sv:", "tr:", "rv:" };
    g_autoptr (GString) kept = g_string_new (NULL);
    Span s = span_trim (span_of (subject));

    for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
        if (span_lit_nocase (&s, marks[i])) {
            s = span_trim (s);
            i = (gsize)-1; /* from the first again */
        }
    for (; s.p < s.end; s.p++)
        if (!g_ascii_isdigit (*s.p) && !g_ascii_isspace (*s.p))
            g_string_append_c (kept, *s.p);
    return case_hash (seed, "subject", span_of (kept->str));
}

static void
add_thread (const char *id, guint64 seed, CaseFacts *f)
{
    if (id != NULL)
        add_once (f->thread, &f->n_thread, G_N_ELEMENTS (f->thread),
                  case_hash (seed, "thread", span_of (id)));
}

static gboolean
is_one_of (const char *text, const char *const *list, gsize n)
{
    for (gsize i = 0; text != NULL && i < n; i++)
        if (strcmp (text, list[i]) == 0)
            return TRUE;
    return FALSE;
}

/* Who asks is a part of what is asked: two police forces have two cases. */
static gboolean
reporter_matters (const LogRow *row, const char *scenario)
{
    static const char *const scenarios[] = { "law-enforcement", "trace-request", "threats",
                                             "legal-question",  "ban-request",   "service-ban",
                                             "provider-notice", "unclassified" };
    static const char *const demands[] = { "identity", "preserve-data" };

    if (is_one_of (scenario, scenarios, G_N_ELEMENTS (scenarios)) ||
        g_strcmp0 (row->complainant, "law-enforcement") == 0)
        return TRUE;
    for (guint i = 0; row->demands[i] != NULL; i++)
        if (is_one_of (row->demands[i], demands, G_N_ELEMENTS (demands)))
            return TRUE;
    return FALSE;
}

void
case_facts (const LogRow *row, guint64 seed, CaseFacts *ret)
{
    const char *scenario = row->corrected != NULL ? row->corrected : row->scenario;

    *ret = (CaseFacts) { .complaint = strcmp (scenario, "not-a-complaint") != 0,
                         .has_id = row->message_id != NULL,
                         .automated = g_strcmp0 (row->complainant, "automated") == 0,
                         .scenario = case_hash (seed, "scenario", span_of (scenario)),
                         .reporter = case_hash (seed, "reporter", reporter_of (row)),
                         .subject = hash_subject (seed, row->subject),
                         .received_unix_ms = row->received_unix_ms };
    ret->reporter_matters = reporter_matters (row, scenario);
    add_incidents (row, seed, ret);
    add_thread (row->message_id, seed, ret);
    add_thread (row->in_reply_to, seed, ret);
    for (guint i = 0; row->references[i] != NULL; i++)
        add_thread (row->references[i], seed, ret);
}
