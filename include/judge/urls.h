/*
 * urls - which of a mail's URLs and hosts are accused
 *
 * A format's field, a key or column of URLs, a defanged spelling and the words
 * around it accuse; the sender's own domain, signatures, boilerplate, attached
 * mails and log lines (there it is what was asked for) do not.
 */
#pragma once
#include "value/fact.h"

void urls_assign (Facts *facts); /* sets role, basis and rule of FACT_URL and FACT_HOST */
