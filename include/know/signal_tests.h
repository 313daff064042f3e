/*
 * signal_tests - what a signal may ask for: the table of test kinds
 */
#pragma once
#include "know/signal.h"

typedef struct SignalTest {
    const char *key;
    TestKind test;
    gboolean (*read) (RuleReader *r, const YamlNode *n, const char *key, Rule *rule);
    guint class_kinds; /* bits 1u << ClassKind of classes that may ask so */
} SignalTest;

extern const SignalTest signal_tests[N_TESTS];

gboolean signal_read_zones (RuleReader *r, const YamlNode *n, Rule *rule); /* in: */
