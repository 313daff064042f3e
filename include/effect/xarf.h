/*
 * xarf - an incident of the log as an XARF 4.2.0 object
 *
 * What a type requires is a table of its rules.  Nothing is invented: what the
 * log does not know is left out, and an object that lacks what it must have is
 * none, unless it is asked for leniently.  Of a scenario that withholds URLs
 * neither a URL nor a host name is told.
 */
#pragma once
#include "effect/logrow.h"
#include "know/knowledge.h"

#define XARF_VERSION "4.2.0"

/* Of row->incidents[n]; the operator's scenario counts.  NULL and *ret_missing (g_free() it) when something is
 * missing: "ssh-bruteforce (connection/login_attack): source_port, timestamp".  lenient: then the object comes
 * without it, and *ret_missing, too; but NULL where the scenario has no XARF type. */
Json *xarf_object (const Knowledge *know, const LogRow *row, guint n, gboolean lenient,
                   char **ret_missing);

/* The report_id of incident n: a UUID of version 8 (RFC 9562), the same each time. */
#define XARF_ID_LEN 36
const char *xarf_id (const char *report_id, guint n, char ret[XARF_ID_LEN + 1]);
