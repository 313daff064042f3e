/*
 * lines - the text of a mail as lines, each in its zone
 *
 * Subject first (part 0, line 1), then the parts in order.  Decides what is
 * prose, quoted, signature, boilerplate, attached or a format's fields by
 * marks in the text ("-- ", "> ", "On ... wrote:", whois keys, "Begin forwarded
 * message"), not by senders.  A mail that is nothing but a quoted complaint (a
 * forward) is not `quoted': what a forwarder put below his two lines is the
 * complaint.  Log lines become ZONE_EVIDENCE later, where read/freetext knows
 * their shape.
 */
#pragma once
#include "value/fact.h"

void lines_mark (Facts *facts); /* fills facts->lines; at most LIMIT_LINES, with a defect beyond */
