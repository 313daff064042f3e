/*
 * roles - who is who among the addresses of a mail
 *
 * Weighs for every distinct address the evidence of DESIGN section 4: our own
 * networks, the meaning of fields, columns and log shapes (already on the
 * facts), the words around it, position and repetition.  Sets role, basis and
 * rule on every FACT_ADDRESS, FACT_NETWORK, FACT_MASKED, FACT_PORT and FACT_URL.
 */
#pragma once
#include "know/settings.h"
#include "value/fact.h"

void roles_assign (Facts *facts, const Settings *settings);
