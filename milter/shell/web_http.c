#include "shell/web_http.h"
#include "effect/desk.h"
#include <microhttpd.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

struct WebHttp {
    struct MHD_Daemon *daemon;
    WebAnswer answer;
    gpointer data;
};

struct WebRequest {
    struct MHD_Connection *connection;
    const char *path;
};

static const struct {
    const char *name, *value;
} always[] = {
    { "Content-Security-Policy", DESK_POLICY },
    { "X-Content-Type-Options", "nosniff" },
    { "X-Frame-Options", "DENY" },
    { "Referrer-Policy", "no-referrer" },
    { "Cross-Origin-Opener-Policy", "same-origin" },
};

const char *
web_path (const WebRequest *r)
{
    return r->path;
}

const char *
web_param (const WebRequest *r, const char *name)
{
    const char *value = MHD_lookup_connection_value (r->connection, MHD_GET_ARGUMENT_KIND, name);

    return value != NULL && *value != '\0' && g_utf8_validate (value, -1, NULL) ? value : NULL;
}

const char *
web_header (const WebRequest *r, const char *name)
{
    return MHD_lookup_connection_value (r->connection, MHD_HEADER_KIND, name);
}

static enum MHD_Result
send_reply (struct MHD_Connection *connection, const WebReply *reply)
{
    struct MHD_Response *response =
        MHD_create_response_from_buffer_with_free_callback (reply->bytes, reply->body, g_free);
    enum MHD_Result result;

    if (response == NULL) {
        g_free (reply->body);
        return MHD_NO;
    }
    for (gsize i = 0; i < G_N_ELEMENTS (always); i++)
        MHD_add_response_header (response, always[i].name, always[i].value);
    MHD_add_response_header (response, "Content-Type", reply->type);
    MHD_add_response_header (response, "Cache-Control",
                             reply->cacheable ? "private, max-age=3600" : "no-store");
    if (reply->status == MHD_HTTP_METHOD_NOT_ALLOWED)
        MHD_add_response_header (response, "Allow", "GET, HEAD");
    if (reply->status == MHD_HTTP_UNAUTHORIZED)
        MHD_add_response_header (response, "WWW-Authenticate", "Bearer");
    result = MHD_queue_response (connection, reply->status, response);
    MHD_destroy_response (response);
    return result;
}

static void
refuse (WebReply *reply, guint status, const char *text)
{
    *reply =
        (WebReply) { status, "text/plain; charset=utf-8", g_strdup (text), strlen (text), FALSE };
}

static enum MHD_Result
on_request (void *data, struct MHD_Connection *connection, const char *path, const char *method,
            const char *version, const char *upload, size_t *upload_bytes, void **state)
{
    static int seen; /* its address only */
    WebHttp *h = data;
    WebRequest request = { connection, path };
    WebReply reply = { 0 };

    (void)version;
    (void)upload;
    if (*state == NULL) { /* the first call comes before the headers are all checked */
        *state = &seen;
        return MHD_YES;
    }
    if (*upload_bytes > 0) { /* what a POST brings is read to its end, and forgotten */
        *upload_bytes = 0;
        return MHD_YES;
    }
    if (strcmp (method, MHD_HTTP_METHOD_GET) != 0 && strcmp (method, MHD_HTTP_METHOD_HEAD) != 0)
        refuse (&reply, MHD_HTTP_METHOD_NOT_ALLOWED, "GET and HEAD only\n");
    else if (!g_utf8_validate (path, -1, NULL))
        refuse (&reply, MHD_HTTP_BAD_REQUEST, "the path is no UTF-8\n");
    else
        h->answer (&request, &reply, h->data);
    return send_reply (connection, &reply);
}

static struct MHD_Daemon *
start (WebHttp *h, int listening)
{
    sigset_t all, before;
    struct MHD_Daemon *daemon;

    sigfillset (&all); /* its threads inherit it: signals are another's affair */
    pthread_sigmask (SIG_BLOCK, &all, &before);
    daemon = MHD_start_daemon (MHD_USE_AUTO | MHD_USE_INTERNAL_POLLING_THREAD, 0, NULL, NULL,
                               on_request, h, MHD_OPTION_LISTEN_SOCKET, listening,
                               MHD_OPTION_THREAD_POOL_SIZE, (unsigned)WEB_THREADS,
                               MHD_OPTION_CONNECTION_LIMIT, (unsigned)WEB_MAX_CONNECTIONS,
                               MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)WEB_IDLE_S, MHD_OPTION_END);
    pthread_sigmask (SIG_SETMASK, &before, NULL);
    return daemon;
}

WebHttp *
web_http_start (int listening, WebAnswer answer, gpointer data, GError **error)
{
    WebHttp *h = g_new0 (WebHttp, 1);

    h->answer = answer;
    h->data = data;
    h->daemon = start (h, listening);
    if (h->daemon != NULL)
        return h;
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "the web server cannot be started");
    close (listening);
    g_free (h);
    return NULL;
}

void
web_http_stop (WebHttp *h)
{
    if (h == NULL)
        return;
    MHD_stop_daemon (h->daemon);
    g_free (h);
}
