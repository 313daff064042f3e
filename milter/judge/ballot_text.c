#include "judge/ballot_text.h"

typedef struct Room { /* a text while it is filled; counted first, then written */
    gsize bytes;
    guint n_pieces;
    char *text;
    TextPiece *pieces;
} Room;

static void
add_bytes (Room *room, const char *bytes, gsize n)
{
    if (room->text != NULL)
        memcpy (room->text + room->bytes, bytes, n);
    room->bytes += n;
}

static void
begin_piece (Room *room, Where where)
{
    if (room->text != NULL)
        room->pieces[room->n_pieces] = (TextPiece) { room->bytes, where };
    room->n_pieces++;
}

static void
add_line (Room *room, Span line, Where where)
{
    begin_piece (room, where);
    add_bytes (room, line.p, span_left (line));
    add_bytes (room, "\n", 1);
}

static void
add_text (Room *room, const char *text)
{
    add_bytes (room, text, strlen (text));
}

static void
add_headers (Room *room, const Header *headers, guint n, guint part)
{
    for (guint i = 0; i < n; i++) {
        begin_piece (room, (Where) { .part = part });
        add_text (room, headers[i].name);
        add_text (room, ": ");
        add_text (room, headers[i].value);
        add_text (room, "\n");
    }
}

static void
add_from (Room *room, const Message *m)
{
    begin_piece (room, (Where) { 0 });
    add_text (room, m->from_name);
    add_text (room, " <");
    add_text (room, m->from_address);
    add_text (room, ">\n");
    if (*m->reply_to == '\0')
        return;
    add_text (room, "<");
    add_text (room, m->reply_to);
    add_text (room, ">\n");
}

static void
add_all (const Facts *facts, Room rooms[N_SLOTS])
{
    const Message *m = facts->message;

    for (guint i = 0; i < facts->lines.n; i++) {
        const Line *line = &facts->lines.items[i];

        add_line (&rooms[line->zone], line->text, (Where) { line->part, line->number, 0 });
    }
    add_headers (&rooms[SLOT_HEADER], m->headers, m->n_headers, 0);
    add_from (&rooms[SLOT_FROM], m);
    for (guint i = 0; i < m->n_parts; i++)
        add_headers (&rooms[SLOT_ATTACHED_HEADER], m->parts[i].headers, m->parts[i].n_headers,
                     m->parts[i].number);
}

void
ballot_texts_gather (const Facts *facts, BallotText ret[N_SLOTS])
{
    Arena *arena = facts->message->arena;
    Room rooms[N_SLOTS] = { 0 };

    memset (ret, 0, N_SLOTS * sizeof ret[0]);
    add_all (facts, rooms);
    for (guint i = 0; i < N_SLOTS; i++) {
        rooms[i].text = arena_alloc (arena, rooms[i].bytes);
        rooms[i].pieces = arena_new0 (arena, TextPiece, rooms[i].n_pieces);
        if (rooms[i].text == NULL || rooms[i].pieces == NULL)
            return;
        rooms[i].bytes = rooms[i].n_pieces = 0;
    }
    add_all (facts, rooms);
    for (guint i = 0; i < N_SLOTS; i++)
        ret[i] = (BallotText) { { rooms[i].text, rooms[i].text + rooms[i].bytes },
                                rooms[i].pieces,
                                rooms[i].n_pieces };
}

Where
ballot_text_where (const BallotText *t, const char *at)
{
    gsize offset = (gsize)(at - t->text.p);
    guint low = 0, high = t->n_pieces;
    Where where;

    while (high - low > 1) { /* the last piece that begins at or before the place */
        guint middle = (low + high) / 2;

        if (t->pieces[middle].offset <= offset)
            low = middle;
        else
            high = middle;
    }
    where = t->pieces[low].where;
    if (where.line > 0)
        where.column = (guint)(offset - t->pieces[low].offset);
    return where;
}
