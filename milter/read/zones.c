#include "read/zones.h"

/* Who wrote what follows, in the words of mail programs: how the line starts and what it says
 * before the colon at its end, or at the end of the next. */
static const struct {
    const char *starts, *verb;
} attributions[] = {
    { "On ", "wrote" },     { "On ", "writes" },   { "Am ", "schrieb" },
    { "Le ", "crit" },      { "El ", "escribi" },  { "Il ", "ha scritto" },
    { "Op ", "schreef" },   { "Em ", "escreveu" }, { "Den ", "skrev" },
    { "W dniu ", "pisze" }, { "Dnia ", "napisa" }, { "\xE5\x9C\xA8", "\xE5\x86\x99\xE9\x81\x93" },
};

/* Lines above a mail that is repeated whole; dashes and blanks around are taken off first. */
static const char *const forward_heads[] = {
    "Original Message",
    "Original message",
    "Forwarded message",
    "Forwarded Message",
    "Begin forwarded message:",
    "Weitergeleitete Nachricht",
    "Urspr\xC3\xBCngliche Nachricht",
    "Urspr\xC3\xBCngliche Mail",
    "Anfang der weitergeleiteten Nachricht:",
    "Message transf\xC3\xA9r\xC3\xA9",
    "Message d'origine",
    "Mensaje reenviado",
    "Mensaje original",
    "Messaggio originale",
    "Messaggio inoltrato",
    "Oorspronkelijk bericht",
    "Doorgestuurd bericht",
    "Mensagem encaminhada",
    "Mensagem original",
    "Forwarded by",
    "Wiadomo\xC5\x9B\xC4\x87 oryginalna",
    "End of forwarded message",
};

/* The fields such a mail begins with, in the languages of the programs that repeat it. */
static const char *const mail_fields[] = {
    "From:",       "Sent:",        "To:",        "Cc:",          "Subject:",
    "Date:",       "Reply-To:",    "Von:",       "Gesendet:",    "An:",
    "Betreff:",    "Datum:",       "De :",       "De:",          "Envoy\xC3\xA9 :",
    "\xC3\x80 :",  "Objet :",      "Date :",     "Enviado:",     "Para:",
    "Asunto:",     "Da:",          "Inviato:",   "A:",           "Oggetto:",
    "Van:",        "Verzonden:",   "Aan:",       "Onderwerp:",   "Message-ID:",
    "Importance:", "Resent-From:", "Resent-To:", "Resent-Date:", "Return-Path:",
    "Received:",   "X-",
};

static const char *const subject_fields[] = { "Subject:", "Betreff:", "Objet :",
                                              "Asunto:",  "Oggetto:", "Onderwerp:" };
static const char *const from_fields[] = { "From:", "Von:", "De :", "De:", "Da:", "Van:" };
static const char *const transport_fields[] = { "Received:", "Return-Path:", "Delivered-To:" };

#define MIN_HEAD_FIELDS 3
#define MAX_HEAD_LINES 200 /* of a pasted mail's header that are looked at */

static gboolean
starts_with_any (Span line, const char *const *names, gsize n)
{
    char first = line.p < line.end ? span_lower (*line.p) : '\0';

    for (gsize i = 0; i < n; i++)
        if (span_lower (*names[i]) == first && span_starts_nocase (line, names[i]))
            return TRUE;
    return FALSE;
}
#define STARTS_WITH_ANY(line, names) starts_with_any ((line), (names), G_N_ELEMENTS (names))

static Span
without_dashes (Span s)
{
    while (s.p < s.end && strchr ("-_=* \t", *s.p) != NULL)
        s.p++;
    while (s.end > s.p && strchr ("-_=* \t", s.end[-1]) != NULL)
        s.end--;
    return s;
}

static gboolean
is_forward_head (Span line)
{
    Span s = without_dashes (line);

    if (!STARTS_WITH_ANY (s, forward_heads))
        return FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS (forward_heads); i++)
        if (span_starts_nocase (s, forward_heads[i]))
            return span_left (s) <= strlen (forward_heads[i]) + 1 || s.p > line.p + 1;
    return FALSE;
}

static gboolean
says (Span line, const char *verb)
{
    return (span_ends_nocase (line, ":") || span_ends_nocase (line, "\xEF\xBC\x9A")) &&
           span_find (line, verb) != NULL;
}

gboolean
zones_is_attribution (Span line, Span next)
{
    for (gsize i = 0; i < G_N_ELEMENTS (attributions); i++)
        if (span_starts_nocase (line, attributions[i].starts) &&
            (says (line, attributions[i].verb) || says (next, attributions[i].verb)))
            return TRUE;
    return FALSE;
}

typedef struct Head {
    guint lines, fields;
    gboolean from, subject;
} Head;

/* HTML's bold names may come as *From:*. */
static Span
field_of (const Mark *mark)
{
    Span s = span_trim (mark->text);

    (void)span_lit (&s, "*");
    return s;
}

static gboolean
is_field (const Mark *mark)
{
    return STARTS_WITH_ANY (field_of (mark), mail_fields);
}

/* Mail programs wrap pasted header lines, so that their rest begins without a blank. */
static gboolean
is_folded (const Mark *marks, guint n)
{
    const Span text = marks[0].text;

    if (*text.p == ' ' || *text.p == '\t')
        return TRUE;
    return (n > 1 && !marks[1].blank && is_field (&marks[1])) ||
           (n > 2 && !marks[1].blank && !marks[2].blank && is_field (&marks[2]));
}

static Head
read_head (const Mark *marks, guint n)
{
    Head head = { 0 };

    for (n = MIN (n, MAX_HEAD_LINES); head.lines < n && !marks[head.lines].blank; head.lines++) {
        Span line = field_of (&marks[head.lines]);

        if (is_field (&marks[head.lines])) {
            head.fields++;
            head.from |= STARTS_WITH_ANY (line, from_fields);
            head.subject |= STARTS_WITH_ANY (line, subject_fields);
        } else if (head.fields == 0 || !is_folded (marks + head.lines, n - head.lines)) {
            break;
        }
    }
    return head;
}

static gboolean
take_quote_marks (Span *text)
{
    Span s = *text;
    gboolean found = FALSE;

    for (;;) {
        Span t = s;

        span_blanks (&t);
        if (t.p == t.end || *t.p != '>' || span_starts_nocase (t, ">From "))
            break;
        s.p = t.p + 1;
        found = TRUE;
    }
    if (found) {
        (void)span_lit (&s, " ");
        *text = s;
    }
    return found;
}

static Span
next_text (const Mark *marks, guint n)
{
    return n > 1 ? span_trim (marks[1].text) : SPAN_LIT ("");
}

/* Lines of a head beginning here, 0 when there is none.  Outlook draws no line above From, Sent, To
 * and Subject; "From: 192.0.2.1" and "To: 198.51.100.2" alone are no mail's. */
static guint
head_lines (const Mark *marks, guint n, gboolean *ret_begins_mail, gboolean *ret_pasted)
{
    Span line = span_trim (marks[0].text);
    guint i = 1;
    Head head;

    *ret_begins_mail = *ret_pasted = FALSE;
    if (is_forward_head (line)) {
        *ret_begins_mail = !span_starts_nocase (without_dashes (line), "End of");
        while (i < n && marks[i].blank)
            i++;
        return i < n && *ret_begins_mail ? i + read_head (marks + i, n - i).lines : 1;
    }
    if (zones_is_attribution (line, next_text (marks, n)))
        return 1;
    if (!is_field (&marks[0]))
        return 0;
    head = read_head (marks, n);
    *ret_pasted = head.fields >= MIN_HEAD_FIELDS && STARTS_WITH_ANY (line, transport_fields);
    *ret_begins_mail = *ret_pasted || (head.fields >= MIN_HEAD_FIELDS && head.subject &&
                                       STARTS_WITH_ANY (field_of (&marks[0]), from_fields));
    return *ret_begins_mail ? head.lines : 0;
}

static void
find_heads (Mark *marks, guint n)
{
    gboolean below = FALSE, pasted = FALSE;

    for (guint i = 0; i < n;) {
        gboolean begins_mail = FALSE, transport = FALSE;
        guint lines = marks[i].blank || marks[i].quoted
                          ? 0
                          : head_lines (marks + i, n - i, &begins_mail, &transport);

        if (lines > 0 && !begins_mail && is_forward_head (span_trim (marks[i].text)))
            below = FALSE;
        below |= begins_mail;
        pasted |= transport;
        for (guint end = i + MAX (lines, 1); i < end; i++) {
            marks[i].head = lines > 0 && !pasted;
            marks[i].pasted = pasted;
            marks[i].quoted |= below || lines > 0;
        }
    }
}

void
zones_find_quotes (Mark *marks, guint n)
{
    for (guint i = 0; i < n; i++) {
        Span text;

        marks[i].quoted = take_quote_marks (&marks[i].text);
        text = span_trim (marks[i].text);
        marks[i].blank = text.p == text.end;
    }
    find_heads (marks, n);
}

gboolean
zones_is_forward (const Mark *marks, guint n)
{
    guint own = 0, quoted = 0;
    gsize own_bytes = 0;
    gboolean signature = FALSE;

    for (guint i = 0; i < n; i++) {
        const Mark *m = &marks[i];

        signature = !m->quoted && (signature || span_is (span_trim (m->text), "--"));
        if (m->blank || m->head || m->pasted || signature)
            continue;
        quoted += m->quoted;
        own += !m->quoted;
        own_bytes += m->quoted ? 0 : span_left (m->text);
    }
    return quoted > own && own <= ZONES_OWN_LINES && own_bytes <= ZONES_OWN_BYTES;
}
