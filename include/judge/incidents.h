/*
 * incidents - accused addresses with the port, time and target that stand beside them
 */
#pragma once
#include "know/settings.h"
#include "value/verdict.h"

/* Sets incidents, n_incidents, incident_count, urls, n_urls, standing and relay. */
void incidents_find (Verdict *verdict, const Facts *facts, const Settings *settings);

/* The scenario is of a service at the accused address: ports whose end was not said are its own. */
void incidents_own_ports (Verdict *verdict);
