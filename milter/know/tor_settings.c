#include "know/tor_settings.h"

static gboolean set_policy (Want *w, const YamlNode *n, const Setting *row, gpointer field);
static gboolean set_control (Want *w, const YamlNode *n, const Setting *row, gpointer field);

#define AT(field) G_STRUCT_OFFSET (TorSettings, field)

const Setting tor_rows[] = {
    { .key = "exit_policy",
      .set = set_policy,
      .at = AT (policy_text),
      .doc = "as in torrc: what stands behind ExitPolicy, or those lines" },
    { .key = "ipv6_exit",
      .set = set_bool,
      .at = AT (ipv6_exit),
      .fallback = "false",
      .doc = "torrc's IPv6Exit" },
    { .key = "reject_private",
      .set = set_bool,
      .at = AT (reject_private),
      .fallback = "true",
      .doc = "torrc's ExitPolicyRejectPrivate" },
    { .key = "reduced",
      .set = set_bool,
      .at = AT (reduced),
      .fallback = "false",
      .doc = "torrc's ReducedExitPolicy" },
    { .key = "policies",
      .set = set_path,
      .at = AT (policies),
      .fallback = ABUSE_MILTER_DATADIR "/tor",
      .doc = "folder with what tor appends: exit-policy-default and exit-policy-reduced" },
    { .key = "control",
      .set = set_control,
      .at = AT (control),
      .doc = "a running tor to ask for its policy: unix:/path or HOST:PORT" },
    { .key = "control_password",
      .set = set_text,
      .at = AT (control_password),
      .doc = "for it; without one its cookie file is read" },
    { .key = "exit_lists",
      .set = set_paths,
      .at = AT (exit_lists),
      .doc = "files, or folders of them: exit-addresses, CollecTor's exit lists, bulk exit lists" },
    { .key = NULL }
};

static gboolean
set_policy (Want *w, const YamlNode *n, const Setting *row, gpointer field)
{
    if (want_texts (w, n, row->key) == NULL)
        return FALSE;
    *(const YamlNode **)field = n;
    return TRUE;
}

static gboolean
good_control (Span where)
{
    const char *colon = NULL;
    guint port;

    if (span_lit (&where, "unix:"))
        return where.p < where.end && *where.p == '/';
    for (const char *p = where.p; p < where.end; p++)
        if (*p == ':')
            colon = p;
    if (colon == NULL || colon == where.p)
        return FALSE;
    where.p = colon + 1;
    return span_uint (&where, 65535, &port) && port > 0 && where.p == where.end;
}

static gboolean
set_control (Want *w, const YamlNode *n, const Setting *row, gpointer field)
{
    const char *text = yaml_text (n);

    if (text == NULL || !setting_is_word (text) || !good_control (span_of (text)))
        return want_no_value (w, n, row->key, "unix:/path or HOST:PORT, such as 127.0.0.1:9051");
    return set_text (w, n, row, field);
}

static gboolean
add_policy_text (Want *w, const YamlNode *n, ExitPolicy *policy)
{
    guint line = yaml_line (n) + yaml_literal (n); /* a literal's text begins below its mark */

    return exit_policy_add (policy, span_of (yaml_text (n)), w->file, line, w->mistakes);
}

gboolean
tor_settings_finish (Want *w, TorSettings *t)
{
    const YamlNode *n = t->policy_text;
    guint texts = n == NULL ? 0 : yaml_kind (n) == YAML_LIST ? yaml_length (n) : 1;
    gboolean good = TRUE;

    t->configured = n != NULL || t->control != NULL || t->exit_lists != NULL;
    if (n == NULL && !t->reduced)
        return TRUE;
    t->configured = TRUE;
    t->policy = exit_policy_new (POLICY_TORRC);
    exit_policy_begin (t->policy, t->ipv6_exit, t->reject_private);
    for (guint i = 0; i < texts; i++)
        good = add_policy_text (w, want_item (n, i), t->policy) && good;
    return exit_policy_end (t->policy, t->reduced, t->policies, w->mistakes) && good;
}

void
tor_settings_clear (TorSettings *t)
{
    g_clear_pointer (&t->policy, exit_policy_free);
}
