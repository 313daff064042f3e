#include "read/build.h"

/* Lines stand in the order of parts and numbers: the first that is not before this place. */
static guint
line_at (const Facts *facts, guint part, guint number)
{
    guint low = 0, high = facts->lines.n;

    while (low < high) {
        guint middle = low + (high - low) / 2;
        const Line *line = &facts->lines.items[middle];

        if (line->part < part || (line->part == part && line->number < number))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void
build_claim (Facts *facts, guint part, guint first, guint last)
{
    for (guint i = line_at (facts, part, first); i < facts->lines.n; i++) {
        Line *line = &facts->lines.items[i];

        if (line->part != part || line->number > last)
            return;
        line->record = facts->records.n - 1;
    }
}

void
build_lines (Facts *facts, Where where, Span text, Zone zone)
{
    guint at = line_at (facts, where.part, where.line + 1), first = facts->lines.n, n;
    Line *added;
    Span line;

    while (span_line (&text, &line)) {
        Line *new_line = list_push (facts->message->arena, &facts->lines, LIMIT_LINES);

        if (new_line == NULL)
            break;
        *new_line = (Line) { line, where.part, where.line, zone, RECORD_NONE };
    }
    n = facts->lines.n - first;
    if (n == 0)
        return;
    added = g_memdup2 (facts->lines.items + first, n * sizeof *added);
    memmove (facts->lines.items + at + n, facts->lines.items + at, (first - at) * sizeof *added);
    memcpy (facts->lines.items + at, added, n * sizeof *added);
    g_free (added);
}
