#include "effect/xarf.h"
#include "base/addrspec.h"
#include "base/clean.h"
#include "effect/xarf_values.h"
#include <string.h>

#define MAX_ORG 200 /* of contact_info.org */
#define CONFIDENCE_DECIMALS 2

static void
put (XarfMaker *m, const char *key, Json *value)
{
    json_put (m->j, key, value);
}

static void
lack (XarfMaker *m, const char *key)
{
    g_string_append_printf (m->missing, "%s%s", m->missing->len > 0 ? ", " : "", key);
}

static void
require (XarfMaker *m, const char *key, Json *value) /* NULL: not known */
{
    if (value != NULL)
        put (m, key, value);
    else
        lack (m, key);
}

/* Who reports, and who passes it on: us */

/* NULL without an address, or where its domain is none: [192.0.2.1]. */
static Json *
contact_of (const char *org, const char *address)
{
    const char *at = address != NULL ? strrchr (address, '@') : NULL;
    g_autofree char *name = NULL;
    Json *j;

    if (at == NULL || !addrspec_is_plain (address) || !xarf_is_hostname (at + 1))
        return NULL;
    name = clean_terminal (span_of (org != NULL && *org != '\0' ? org : at + 1), MAX_ORG);
    j = json_new_object ();
    json_put (j, "org", json_new_text (name));
    json_put (j, "contact", json_new_text (address));
    json_put (j, "domain", json_new_text (at + 1));
    return j;
}

static Json *
reporter_of (const LogRow *row)
{
    gboolean named = row->complainant_address != NULL;

    return contact_of (named ? row->complainant_name : row->from_name,
                       named ? row->complainant_address : row->from_address);
}

/* The first recipient that is watched. */
static char *
watched_of (const Settings *s, const char *recipients)
{
    g_auto (GStrv) all = g_strsplit (recipients != NULL ? recipients : "", ", ", -1);

    for (char **one = all; *one != NULL; one++) {
        gsize n = strlen (*one);

        if (!settings_watches (s, *one))
            continue;
        return n > 2 && **one == '<' ? g_strndup (*one + 1, n - 2) : g_strdup (*one);
    }
    return NULL;
}

static Json *
sender_of (const Settings *s, const LogRow *row)
{
    g_autofree char *watched = s->reply.from == NULL ? watched_of (s, row->recipients) : NULL;

    return contact_of (s->reply.name, s->reply.from != NULL ? s->reply.from : watched);
}

/* All of it */

const char *
xarf_id (const char *report_id, guint n, char ret[XARF_ID_LEN + 1])
{
    g_autofree char *name = g_strdup_printf ("abuse-milter:%s:%u", report_id, n);
    g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
    guint8 b[32];
    gsize size = sizeof b;

    g_checksum_update (sum, (const guchar *)name, -1);
    g_checksum_get_digest (sum, b, &size);
    b[6] = (guint8)((b[6] & 0x0f) | 0x80); /* RFC 9562 5.8 */
    b[8] = (guint8)((b[8] & 0x3f) | 0x80);
    for (guint i = 0, at = 0; i < 16; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            ret[at++] = '-';
        g_snprintf (ret + at, 3, "%02x", b[i]);
        at += 2;
    }
    return ret;
}

static void
put_core (XarfMaker *m, guint n)
{
    char id[XARF_ID_LEN + 1];

    put (m, "xarf_version", json_new_text (XARF_VERSION));
    put (m, "report_id", json_new_text (xarf_id (m->row->id, n, id)));
    require (m, "timestamp", xarf_time (m));
    require (m, "reporter", reporter_of (m->row));
    require (m, "sender", sender_of (m->know->settings, m->row));
    require (m, "source_identifier", xarf_source (m));
    put (m, "category", json_new_text (m->type->category));
    put (m, "type", json_new_text (m->type->type));
    /* The operator's word has no number. */
    if (m->row->corrected == NULL || strcmp (m->row->corrected, m->row->scenario) == 0)
        put (m, "confidence",
             json_new_real (CLAMP (m->row->confidence, 0, 1), CONFIDENCE_DECIMALS));
    if (m->type->person != NULL && g_strcmp0 (m->row->complainant, "person") == 0)
        put (m, "evidence_source", json_new_text (m->type->person));
}

static void
put_keys (XarfMaker *m, const char *keys, gboolean required)
{
    g_auto (GStrv) list = g_strsplit (keys, " ", -1);

    for (char **key = list; *key != NULL; key++) {
        Json *value = **key != '\0' && json_get (m->j, *key) == NULL ? xarf_value (m, *key) : NULL;

        if (value != NULL)
            put (m, *key, value);
        else if (required)
            lack (m, *key);
    }
}

static void
put_port (XarfMaker *m)
{
    gboolean smtp =
        m->type->smtp_port && g_strcmp0 (json_text (json_get (m->j, "protocol")), "smtp") == 0;
    gboolean needed = smtp || (m->type->port && m->in->ip != NULL && m->in->bits == 0);
    Json *port = xarf_port (m->in->src_port);

    if (port != NULL)
        put (m, "source_port", port);
    else if (needed)
        lack (m, "source_port");
    if (smtp)
        put_keys (m, "smtp_from", TRUE);
}

static gboolean
withholds (const Rules *rules, const char *scenario)
{
    const Class *c = rules_scenario (rules, scenario);

    return c != NULL && c->withhold_urls;
}

Json *
xarf_object (const Knowledge *know, const LogRow *row, guint n, gboolean lenient,
             char **ret_missing)
{
    const char *scenario = row->corrected != NULL ? row->corrected : row->scenario;
    const Class *class = rules_scenario (know->rules, scenario);
    g_autoptr (GString) missing = g_string_new (NULL);
    g_autoptr (Json) j = json_new_object ();
    XarfMaker m = { know, row, &row->incidents[n], class, NULL, FALSE, j, missing };

    *ret_missing = NULL;
    m.type = class != NULL ? xarf_type_find (class->xarf_category, class->xarf_type) : NULL;
    if (m.type == NULL) {
        *ret_missing = g_strdup_printf ("%s: XARF has no such type", scenario);
        return NULL;
    }
    m.withhold = class->withhold_urls || withholds (know->rules, row->scenario);
    put_core (&m, n);
    put_keys (&m, m.type->required, TRUE);
    put_keys (&m, m.type->optional, FALSE);
    put_port (&m);
    if (missing->len > 0)
        *ret_missing = g_strdup_printf ("%s (%s/%s): %s", scenario, m.type->category, m.type->type,
                                        missing->str);
    return missing->len == 0 || lenient ? g_steal_pointer (&j) : NULL;
}
