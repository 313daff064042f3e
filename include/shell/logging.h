/*
 * logging - where g_message() and its kin go: standard error, syslog or the journal
 *
 * Every line passes clean_terminal(), so that nothing from a mail can start a
 * second line or move a terminal.  While the daemon starts they go to standard
 * error, where the operator sees them.  Lines about a mail begin with its queue id.
 */
#pragma once
#include "know/settings.h"

#define LOGGING_MAX_LINE 2000

typedef struct Logging Logging;

Logging *logging_start (gboolean foreground); /* once; lives as long as the process */
void     logging_to (Logging *l, LogTo to);   /* from any thread */
