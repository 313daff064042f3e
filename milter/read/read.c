#include "read/read.h"
#include "read/formats.h"
#include "read/freetext.h"
#include "read/lines.h"

Facts *
facts_read (Message *message, const Shapes *shapes)
{
    Facts *facts = arena_new0 (message->arena, Facts, 1);

    if (facts == NULL)
        return NULL;
    facts->message = message;
    facts->format = "text";
    lines_mark (facts);
    formats_read (facts);
    freetext_read (facts, shapes);
    return facts;
}
