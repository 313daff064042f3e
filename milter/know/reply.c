#include "know/reply.h"

const char *const reply_variables[] = { "ip",       "src_port",         "dst_ip",  "dst_port",
                                        "time",     "protocol",         "url",     "relay",
                                        "provider", "incident_count",   "subject", "date",
                                        "deadline", "complainant_name", "case_id", "message_id",
                                        NULL };

static void
read_variable (Span *rest, Span *ret)
{
    const char *p = rest->p + 1;

    while (p < rest->end && *p != '}' && *p != '\n')
        p++;
    *ret = (Span) { rest->p + 1, p };
    rest->p = p < rest->end && *p == '}' ? p + 1 : p;
}

gboolean
reply_next (Span *rest, Span *ret_piece, gboolean *ret_is_variable)
{
    const char *brace;

    if (rest->p == rest->end)
        return FALSE;
    *ret_is_variable = FALSE;
    if (span_lit (rest, "{{")) {
        *ret_piece = (Span) { rest->p - 1, rest->p };
        return TRUE;
    }
    if (*rest->p == '{') {
        *ret_is_variable = TRUE;
        read_variable (rest, ret_piece);
        return TRUE;
    }
    brace = memchr (rest->p, '{', span_left (*rest));
    *ret_piece = span_to (*rest, brace != NULL ? brace : rest->end);
    rest->p = ret_piece->end;
    return TRUE;
}
