/*
 * withhold - reports of material whose address must not be repeated
 *
 * A scenario that says `urls: withhold' (child-abuse) keeps the URLs and host names of
 * its reports from all that is made of a verdict: headers, output, log rows, drafts.  This
 * is the one place that sees to it, and it does so by taking them out of the values:
 * of the verdict, of its facts and of the message's subject, sender's name and defects.
 * The text of the lines stays, for nothing prints it; so do addresses (IP), which
 * have to be acted upon, and the sender's own mail address.
 */
#pragma once
#include "know/rules.h"
#include "value/verdict.h"

#define WITHHOLD_FROM 0.02 /* a runner-up of this confidence is enough: better once too often */
#define WITHHELD "[withheld]"

/* The scenario or a runner-up says so; sets verdict->urls_withheld. */
gboolean withhold_asked (Verdict *verdict, const Rules *rules);

/* Once everything else is judged.  What signals quote is the ballot's: see ballot_withhold(). */
void withhold_urls (Verdict *verdict);
