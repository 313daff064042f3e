/*
 * trust - does the mail come from whom it says, as our own MTA has found?
 *
 * Anybody can write Authentication-Results.  Believed are those that bear our authserv_id
 * (settings; without it none) and stand above the first Received field that is not ours:
 * of a name that is our authserv_id or below it, and handed on to by ours, but for
 * the topmost.  What stands further up goes before what stands below.  A milter sees the mail
 * without its own MTA's Received, so that MTA has to remove what claims its name on
 * arrival (RFC 8601 5), as milters that write the field do.
 */
#pragma once
#include "know/settings.h"
#include "value/verdict.h"

void trust_find (Verdict *verdict, const Settings *settings); /* sets auth */
