/*
 * one-part - a message of one part, for the fuzz targets of the report formats
 */
#pragma once
#include "base/clean.h"
#include "read/readers.h"
#include <stdint.h>

#define FUZZ_ARENA (64 * 1024 * 1024)

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t n);

static void
fuzz_lines (Arena *arena, Facts *facts, Span rest)
{
    Span text;

    for (guint n = 1; span_line (&rest, &text); n++) {
        Line *line = list_push (arena, &facts->lines, LIMIT_LINES);

        if (line == NULL)
            return;
        *line = (Line) { text, 1, n, ZONE_PROSE, RECORD_NONE };
    }
}

/* Reads the bytes as the text of a part of that kind and type; facts must lie in their records. */
static void
fuzz_part (const uint8_t *data, size_t n, PartKind kind, const char *type,
           gboolean (*read) (Facts *facts))
{
    g_autoptr (Arena) arena = arena_new (FUZZ_ARENA);
    gsize bad;
    Part part = { .number = 1, .kind = kind, .type = type, .declared = type };
    Message m = { .arena = arena, .subject = "", .from_address = "", .parts = &part, .n_parts = 1 };
    Facts facts = { .message = &m };

    part.text = clean_utf8 (arena, (Span) { (const char *)data, (const char *)data + n }, &bad);
    fuzz_lines (arena, &facts, part.text);
    read (&facts);
    for (guint i = 0; i < facts.facts.n; i++) {
        const Record *r = &facts.records.items[facts.facts.items[i].record];

        g_assert (i >= r->first_fact && i < r->first_fact + r->n_facts);
        g_assert (facts.facts.items[i].kind != FACT_PORT ||
                  (facts.facts.items[i].v.port > 0 && facts.facts.items[i].v.port <= G_MAXUINT16));
    }
}
