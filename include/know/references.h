/*
 * references - classes that signals name: scenarios and topics
 *
 * A signal may name a class that stands in a file read later, so names are
 * remembered while files are read, and checked once all are.
 */
#pragma once
#include "know/signal.h"

/* Adds a mistake for each name that is neither in `scenarios' (NULL-terminated) nor a topic of
 * `classes' (of Class), and one when there are too many topics. */
void references_check (RuleReader *r, const char *const *scenarios, const GArray *classes);

/* Sets first_topic, and of each rule its topics. */
void topics_number (Rules *rules);
