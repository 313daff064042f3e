/*
 * filter_options - which reports a command is about: the options of list, stats and their like
 */
#pragma once
#include "effect/logquery.h"
#include "shell/command.h"

typedef struct FilterOptions { /* as given; zero it first */
    char *scenario, *priority, *ip, *relay, *reporter, *demand, *state, *case_id, *since, *until, *text;
} FilterOptions;

/* The rows of a table of GOptionEntry. */
#define FILTER_ENTRIES(f)                                                                          \
    { "scenario", 's', 0, G_OPTION_ARG_STRING, &(f)->scenario, "Only of this scenario", "ID" },    \
    { "priority", 'p', 0, G_OPTION_ARG_STRING, &(f)->priority, "Only of this priority", "NAME" },  \
    { "ip", 'i', 0, G_OPTION_ARG_STRING, &(f)->ip,                                                 \
      "Only those that accuse this address or network", "ADDRESS" },                               \
    { "relay", 0, 0, G_OPTION_ARG_STRING, &(f)->relay, "Only about this relay of ours", "NAME" },  \
    { "reporter", 'r', 0, G_OPTION_ARG_STRING, &(f)->reporter,                                     \
      "Only from this address, or from addresses that end in this domain", "WHO" },                \
    { "demand", 0, 0, G_OPTION_ARG_STRING, &(f)->demand, "Only with this demand", "NAME" },        \
    { "state", 0, 0, G_OPTION_ARG_STRING, &(f)->state,                                             \
      "Only of cases that are open, answered or closed", "STATE" },                                \
    { "case", 0, 0, G_OPTION_ARG_STRING, &(f)->case_id, "Only of this case (its whole id)", "ID" }, \
    { "since", 0, 0, G_OPTION_ARG_STRING, &(f)->since,                                             \
      "Received then or later: a date, a time, or 12h, 7d ago", "TIME" },                          \
    { "until", 0, 0, G_OPTION_ARG_STRING, &(f)->until, "Received before then", "TIME" },           \
    { "text", 't', 0, G_OPTION_ARG_STRING, &(f)->text,                                             \
      "Only with these words in subject, sender, hosts, URLs or quoted evidence; WORD* for its beginning", \
      "WORDS" }

/* Sets what the options say in *ret; FALSE after telling what is wrong. */
gboolean filter_options_read (const FilterOptions *f, const char *command, LogFilter *ret);
void     filter_options_clear (FilterOptions *f);
