/*
 * web_pages - what is answered at each path
 *
 * Every page reads the log by a connection of its own, so that it sees what was
 * committed, and a log that was moved away or made anew.
 */
#pragma once
#include "effect/logquery.h"
#include "shell/daemon.h"
#include "shell/web_http.h"

typedef struct WebAsked {
    const WebRequest *request;
    const Knowledge *know;
    Daemon *daemon;
    gint64 now_unix_s, started_unix_s;
    const char *id; /* behind "/report/" and "/case/"; else NULL */
} WebAsked;

void web_health (const WebAsked *asked, WebReply *reply);
void web_metrics (const WebAsked *asked, WebReply *reply);
void web_style (const WebAsked *asked, WebReply *reply);
void web_icon (const WebAsked *asked, WebReply *reply);
void web_overview (const WebAsked *asked, WebReply *reply);
void web_overview (const WebAsked *asked, WebReply *reply);
void web_cases (const WebAsked *asked, WebReply *reply);
void web_case (const WebAsked *asked, WebReply *reply);
void web_reports (const WebAsked *asked, WebReply *reply);
void web_report (const WebAsked *asked, WebReply *reply);
void web_cases (const WebAsked *asked, WebReply *reply);
void web_case (const WebAsked *asked, WebReply *reply);

void web_send (WebReply *reply, GString *page); /* takes the page, which desk_end() ends */
void web_send_html (WebReply *reply, char *html); /* takes it */
LogReader *web_log (const WebAsked *asked, WebReply *reply); /* NULL after answering why not */
void web_refuse (WebReply *reply, guint status, const char *sentence);
