#include "know/web_settings.h"

static gboolean set_loopback (Want *w, const YamlNode *n, const Setting *row, gpointer field);

#define AT(field) G_STRUCT_OFFSET (WebSettings, field)

const Setting web_rows[] = { { .key = "listen",
                               .set = set_loopback,
                               .at = AT (listen),
                               .doc = "where a browser or a proxy connects: inet:PORT@127.0.0.1, "
                                      "inet6:PORT@::1 or unix:/path" },
                             { .key = "socket_mode",
                               .set = set_mode,
                               .at = AT (socket_mode),
                               .fallback = "\"0660\"",
                               .doc = "permissions of a unix socket" },
                             { .key = "token_file",
                               .set = set_path,
                               .at = AT (token_file),
                               .doc = "file with the bearer token to ask for" },
                             { .key = NULL } };

static gboolean
is_loopback (const char *listen)
{
    static const char *const hosts[] = { "@localhost", "@127.0.0.1", "@::1", "@[::1]" };

    if (g_str_has_prefix (listen, "unix:"))
        return TRUE;
    for (gsize i = 0; i < G_N_ELEMENTS (hosts); i++)
        if (g_str_has_suffix (listen, hosts[i]))
            return TRUE;
    return FALSE;
}

/* The pages know no users: who may see them is for the proxy in front to say. */
static gboolean
set_loopback (Want *w, const YamlNode *n, const Setting *row, gpointer field)
{
    const char *text = yaml_text (n);

    if (text != NULL && !is_loopback (text))
        return want_no_value (
            w, n, row->key,
            "this machine alone: inet:PORT@127.0.0.1, inet6:PORT@::1 or unix:/path");
    return set_socket (w, n, row, field);
}
