#include "shell/web.h"
#include "shell/socket.h"
#include "shell/web_http.h"
#include "shell/web_pages.h"
#include <string.h>

#define TOKEN_MIN 16

struct Web {
    Daemon *daemon;
    const char *listen; /* the settings' of the start: the daemon's first snapshot lives as long */
    char *token;        /* NULL: none is asked for */
    Knowledge *first;
    gint64 started_unix_s;
    WebHttp *http;
};

typedef struct Route {
    const char *path; /* one that ends with "/" has an id behind it */
    void (*answer) (const WebAsked *asked, WebReply *reply);
    gboolean open; /* without a token */
} Route;

/* clang-format off */
static const Route routes[] = {
    { "/healthz", web_health, TRUE },
    { "/metrics", web_metrics, FALSE },
    { "/style.css", web_style, FALSE },
    { "/icon.svg", web_icon, FALSE },
    { "/", web_overview, FALSE },
    { "/cases", web_cases, FALSE },
    { "/case/", web_case, FALSE },
    { "/reports", web_reports, FALSE },
    { "/report/", web_report, FALSE },
};
/* clang-format on */

static gboolean
fits (const Route *route, const char *path, const char **ret_id)
{
    gsize n = strlen (route->path);

    *ret_id = NULL;
    if (n > 1 && route->path[n - 1] == '/' && strncmp (path, route->path, n) == 0) {
        *ret_id = path + n;
        return TRUE;
    }
    return strcmp (path, route->path) == 0;
}

/* All of it is looked at, whatever the first difference is. */
static gboolean
same_secret (const char *a, const char *b)
{
    gsize n = strlen (a), m = strlen (b);
    guint different = n != m;

    for (gsize i = 0; i < m; i++)
        different |= (guint)(guchar)a[i < n ? i : 0] ^ (guint)(guchar)b[i];
    return different == 0;
}

static gboolean
may_see (const Web *web, const WebRequest *request)
{
    const char *given = web_header (request, "Authorization");

    return web->token == NULL ||
           (given != NULL && g_ascii_strncasecmp (given, "Bearer ", strlen ("Bearer ")) == 0 &&
            same_secret (given + strlen ("Bearer "), web->token));
}

static void
answer (const WebRequest *request, WebReply *reply, gpointer data)
{
    const Web *web = data;
    g_autoptr (Knowledge) know = daemon_knowledge (web->daemon);
    WebAsked asked = { .request = request,
                       .know = know,
                       .daemon = web->daemon,
                       .now_unix_s = g_get_real_time () / G_USEC_PER_SEC,
                       .started_unix_s = web->started_unix_s };

    for (gsize i = 0; i < G_N_ELEMENTS (routes); i++) {
        if (!fits (&routes[i], web_path (request), &asked.id))
            continue;
        if (routes[i].open || may_see (web, request))
            routes[i].answer (&asked, reply);
        else
            web_refuse (reply, 401, "A bearer token is asked for here.");
        return;
    }
    if (may_see (web, request))
        web_refuse (reply, 404, "There is no such page.");
    else
        web_refuse (reply, 401, "A bearer token is asked for here.");
}

static gboolean
read_token (Web *web, const char *file, GError **error)
{
    g_autofree char *text = NULL;

    if (file == NULL)
        return TRUE;
    if (!g_file_get_contents (file, &text, NULL, error))
        return FALSE;
    text[strcspn (text, "\r\n")] = '\0';
    if (strlen (text) < TOKEN_MIN) {
        g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                     "%s: its first line has less than %d characters: no token", file, TOKEN_MIN);
        return FALSE;
    }
    web->token = g_strdup (text);
    return TRUE;
}

static gboolean
start (Web *web, const WebSettings *settings, GError **error)
{
    int listening;

    if (!read_token (web, settings->token_file, error))
        return FALSE;
    listening = socket_listen (settings->listen, settings->socket_mode, error);
    if (listening < 0)
        return FALSE;
    web->http = web_http_start (listening, answer, web, error);
    return web->http != NULL;
}

gboolean
web_start (Daemon *daemon, Web **ret, GError **error)
{
    g_autoptr (Knowledge) know = daemon_knowledge (daemon);
    const WebSettings *settings = &know->settings->web;
    g_autoptr (Web) web = NULL;

    *ret = NULL;
    if (settings->listen == NULL)
        return TRUE;
    web = g_new0 (Web, 1);
    web->daemon = daemon;
    web->listen = settings->listen;
    web->first = knowledge_ref (know);
    web->started_unix_s = g_get_real_time () / G_USEC_PER_SEC;
    if (!start (web, settings, error))
        return FALSE;
    *ret = g_steal_pointer (&web);
    return TRUE;
}

void
web_stop (Web *web)
{
    if (web == NULL)
        return;
    if (web->http != NULL) {
        web_http_stop (web->http);
        socket_remove (web->listen);
    }
    knowledge_unref (web->first);
    g_free (web->token);
    g_free (web);
}
