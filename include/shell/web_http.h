/*
 * web_http - HTTP requests and answers: the door to libmicrohttpd
 *
 * Only GET and HEAD of the paths that the answerer knows; requests are answered
 * by a few threads of the library's, so the answerer may be called from several
 * at once.  A client has WEB_IDLE_S to send its request and take the answer.
 */
#pragma once
#include <glib.h>

#define WEB_MAX_CONNECTIONS 64
#define WEB_THREADS 2
#define WEB_IDLE_S 20

typedef struct WebRequest WebRequest;

const char *web_path (const WebRequest *r);                      /* decoded, without the query; begins with "/" */
const char *web_param (const WebRequest *r, const char *name);   /* decoded; NULL: absent */
const char *web_header (const WebRequest *r, const char *name);  /* NULL: absent */

typedef struct WebReply {
    guint status;         /* 200, 404, ... */
    const char *type;     /* "text/html; charset=utf-8" */
    char *body;           /* g_malloc()ed; becomes the server's */
    gsize bytes;
    gboolean cacheable;   /* else "no-store" */
} WebReply;

typedef void (*WebAnswer) (const WebRequest *request, WebReply *ret, gpointer data);

typedef struct WebHttp WebHttp;

/* Takes the listening socket, also when it fails. */
WebHttp *web_http_start (int listening, WebAnswer answer, gpointer data, GError **error);
void     web_http_stop (WebHttp *h); /* waits for the answers under way; NULL is fine */
