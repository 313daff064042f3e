/* "Key: value" lines, one record a block. */
#include "find/address.h"
#include "read/hops.h"
#include "read/reader.h"

#define MAX_NAME_ABOVE 3 /* lines up that a value's name is looked for */
#define MAX_WAY_ABOVE 40 /* lines up that a pasted mail's Received is looked for */
#define MAX_KEY_WORDS 4  /* "Time of last attempt"; more of them are the begin of a sentence */
#define SENTENCE_WORDS 4 /* in lower case, one after the other */

/* "Malicious activity first seen": a role alone, and the value was no address. */
static gboolean
names_nobody (const Facts *facts, guint first)
{
    for (guint i = first; i < facts->facts.n; i++)
        if (facts->facts.items[i].kind != FACT_TIME && facts->facts.items[i].kind != FACT_PORT)
            return FALSE;
    return TRUE;
}

/* The same question asked again: the next record of a list of blocks. */
static gboolean
key_again (const Reader *r, const FieldMeaning *meaning, Span value)
{
    Span rest = value;
    Address address;

    if (meaning->what != FIELD_ADDRESS &&
        (meaning->what != FIELD_ANY || !address_next (value.p, &rest, &address)))
        return FALSE;
    for (guint i = 0; i < r->n_keys; i++)
        if (r->keys[i].what == meaning->what && r->keys[i].role == meaning->role)
            return TRUE;
    return FALSE;
}

static const char *const mail_keys[] = {
    "From:",  "To:",   "Subject:", "Cc:", "Von:",     "An:",  "Betreff:",  "De:",
    "Objet:", "Para:", "Asunto:",  "Da:", "Oggetto:", "Van:", "Onderwerp:"
};

/* Fields that a complainant quotes of the message complained about, not of one that was forwarded.
 */
static const char *const sample_keys[] = {
    "Received:",    "Message-ID:", "Newsgroups:", "Path:", "NNTP-",
    "Return-Path:", "X-",          "Injection-",  "DKIM-", "Authentication-Results:"
};

/* The stamps of the mail's way say more than what its writer claims. */
static gboolean
has_way (const Reader *r)
{
    const Line *line = reader_line (r);

    for (guint back = 1; back <= MAX_WAY_ABOVE && back <= r->at; back++) {
        const Line *above = line - back;

        if (above->part != line->part)
            return FALSE;
        if (above->record != RECORD_NONE &&
            g_strcmp0 (r->facts->records.items[above->record].shape, HOP_SHAPE) == 0)
            return TRUE;
    }
    return FALSE;
}

/* "Date:" among "From:", "To:" and "Subject:" is of a forwarded mail, not of what happened. */
static gboolean
is_mail_date (const Reader *r)
{
    guint first = r->at > 4 ? r->at - 4 : 0, last = MIN (r->at + 4, r->facts->lines.n - 1);
    guint found = 0, samples = 0;

    for (guint i = first; i <= last; i++) {
        Span text = span_trim (r->facts->lines.items[i].text);

        while (text.p < text.end && strchr ("> *", *text.p) != NULL)
            text.p++;
        for (gsize k = 0; k < G_N_ELEMENTS (mail_keys); k++)
            found += span_starts_nocase (text, mail_keys[k]);
        for (gsize k = 0; k < G_N_ELEMENTS (sample_keys); k++)
            samples += span_starts_nocase (text, sample_keys[k]);
    }
    return found >= 2 && samples == 0;
}

static gboolean
next_word (Span *rest, Span *ret)
{
    span_blanks (rest);
    ret->p = rest->p;
    while (rest->p < rest->end && !g_ascii_isspace (*rest->p))
        rest->p++;
    ret->end = rest->p;
    return span_left (*ret) > 0;
}

/* As words in the middle of a sentence are; other scripts' letters count as such. */
static gboolean
is_lower (Span word)
{
    if (strchr (",.", word.end[-1]) != NULL)
        word.end--;
    for (const char *p = word.p; p < word.end; p++)
        if (!g_ascii_islower (*p) && (guchar)*p < 0x80 && *p != '\'' && *p != '-')
            return FALSE;
    return word.end > word.p;
}

static guint
count_words (Span text)
{
    guint n = 0;
    Span word;

    while (next_word (&text, &word))
        n++;
    return n;
}

static guint
longest_lower_run (Span text)
{
    guint run = 0, longest = 0;
    Span word;

    while (next_word (&text, &word)) {
        run = is_lower (word) ? run + 1 : 0;
        longest = MAX (longest, run);
    }
    return longest;
}

/* "The following URL: https://... is a phishing page", "Comment: we have seen this many times": the
 * values are read as a field's, but the words are the sender's own and vote as such. */
static gboolean
is_sentence (Span key, Span value)
{
    return count_words (key) > MAX_KEY_WORDS || longest_lower_run (value) >= SENTENCE_WORDS;
}

static gboolean
in_block (const Reader *r, const Line *line)
{
    return r->is_open && r->open == RECORD_BLOCK && r->part == line->part && r->blanks < 2;
}

/* "Malware: ..." between "IP: ..." and "First seen: ...": a key that says nothing does not end the
 * block. */
static gboolean
continue_block (Reader *r, Span key, Span value)
{
    Gather g;

    if (!in_block (r, reader_line (r)) || r->blanks > 0)
        return FALSE;
    if (!is_sentence (key, value))
        set_evidence (reader_line (r));
    reader_mark (r);
    g = reader_gather (r);
    gather_text (&g, reader_line (r)->text);
    return TRUE;
}

/* "Server IP" and "Server port" below a "Client IP" are the other end. */
static gboolean
is_other_end (const Reader *r, Span key)
{
    if (span_find_nocase (key, "server") == NULL)
        return FALSE;
    for (guint i = 0; i < r->n_keys; i++)
        if (r->keys[i].role == ROLE_OFFENDER && r->keys[i].what != FIELD_PORT)
            return TRUE;
    return FALSE;
}

/* A name alone on the line above: HTML of two columns often comes so. */
static gboolean
name_above (const Reader *r, Span *ret_key, FieldMeaning *ret)
{
    const Line *line = reader_line (r);

    for (guint back = 1; back <= MAX_NAME_ABOVE && back <= r->at; back++) {
        const Line *above = line - back;
        Span text = span_trim (above->text);

        if (above->part != line->part)
            return FALSE;
        if (span_left (text) == 0)
            continue;
        *ret_key = text;
        for (const char *p = text.p; p < text.end; p++)
            if (g_ascii_isdigit (*p) || strchr (".:;,@=?!", *p) != NULL)
                return FALSE;
        return field_meaning (text, ret) &&
               (ret->what == FIELD_ADDRESS || ret->what == FIELD_TIME || ret->what == FIELD_PORT ||
                ret->what == FIELD_URL);
    }
    return FALSE;
}

/* "Source IP", and below it "198.51.100.7". */
static gboolean
split_or_above (const Reader *r, Span *ret_key, Span *ret_value, FieldMeaning *ret)
{
    Span text = span_trim (reader_line (r)->text), rest;
    Address address;

    if (field_split (reader_line (r)->text, ret_key, ret_value))
        return field_meaning (*ret_key, ret);
    *ret_value = rest = text;
    return address_next (text.p, &rest, &address) && address.original.p == text.p &&
           rest.p == text.end && name_above (r, ret_key, ret);
}

gboolean
block_read (Reader *r)
{
    Line *line = reader_line (r);
    FieldMeaning meaning;
    Span key, value;
    guint facts;
    Gather g;

    if (!split_or_above (r, &key, &value, &meaning))
        return field_split (line->text, &key, &value) && continue_block (r, key, value);
    if (!is_sentence (key, value))
        set_evidence (line);
    if (!in_block (r, line) || key_again (r, &meaning, value)) {
        if (!reader_begin (r, RECORD_BLOCK, NULL))
            return FALSE;
    }
    reader_mark (r);
    g = reader_gather (r);
    g.rule = is_quiet_zone (line->zone) ? g.rule
                                        : arena_printf (r->facts->message->arena, "field %.*s",
                                                        (int)span_left (key), key.p);
    if (is_quiet_zone (line->zone))
        meaning.role = ROLE_OTHER;
    else if (meaning.what == FIELD_ANY && count_words (key) > MAX_KEY_WORDS) { /* words, no name */
        meaning.role = ROLE_UNKNOWN;
        g.rule = NULL;
    }
    if (meaning.role == ROLE_UNKNOWN && is_other_end (r, key))
        meaning.role = ROLE_VICTIM;
    if (meaning.what == FIELD_TIME &&
        (is_mail_date (r) || *line->text.p == '#' || (span_is_nocase (key, "Date") && has_way (r))))
        meaning.report = TRUE; /* or of a log file: "#Date:" */
    facts = r->facts->facts.n;
    if (!gather_value (&g, &meaning, value) || r->n_keys >= MAX_BLOCK_KEYS)
        return TRUE;
    if (meaning.what != FIELD_ANY || !names_nobody (r->facts, facts))
        r->keys[r->n_keys++] = meaning;
    return TRUE;
}
