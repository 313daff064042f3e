/* What a person is told before answering (RFC 3834 2). */
#include "replies.h"

static void
noreply (LogRow *row)
{
    row->complainant_address = "Do-Not_Reply+77@example.org";
}

static void
ours (LogRow *row)
{
    row->complainant_address = "Abuse@example.net";
}

static void
no_address (LogRow *row)
{
    row->complainant_address = "undisclosed recipients";
}

static void
automatic (LogRow *row)
{
    row->auto_submitted = "auto-generated; x=y";
}

static void
by_hand (LogRow *row)
{
    row->auto_submitted = "No";
    row->sender = "kim@example.org";
    row->dmarc = "pass";
}

static void
listed (LogRow *row)
{
    row->list = "<relays.example.org>";
    row->precedence = "list";
}

static void
bounce (LogRow *row)
{
    row->sender = "";
}

static void
forged (LogRow *row)
{
    row->dmarc = "fail";
    row->spf = "fail";
}

static void
forged_perhaps (LogRow *row)
{
    row->spf = "fail";
    row->dkim = "none";
}

static void
no_complaint (LogRow *row)
{
    row->complaint = FALSE;
}

static const struct {
    const char *name;
    void (*change) (LogRow *row);
    const char *like; /* all warnings but that nothing is quoted */
} warned[] = {
    { "noreply", noreply, "Do-Not_Reply+77@example.org is an address that nobody reads*" },
    { "ours", ours, "the complaint comes from our own address*" },
    { "no-address", no_address, "the complaint names no address to answer to*" },
    { "automatic", automatic,
      "a program wrote the complaint (Auto-Submitted: auto-generated; x=y)*" },
    { "by-hand", by_hand, "" },
    { "listed", listed,
      "the complaint is bulk mail (Precedence: list)|the complaint came over a list "
      "(<relays.example.org>)*" },
    { "bounce", bounce, "the complaint has an empty envelope sender, as bounces have|" },
    { "forged", forged, "the sender may be forged: DMARC failed|" },
    { "forged-perhaps", forged_perhaps, "the sender may be forged: SPF failed, and no DKIM*" },
    { "no-complaint", no_complaint, "the mail was judged to be no complaint|" },
};

static void
test_warned (gconstpointer data)
{
    gsize n = GPOINTER_TO_SIZE (data);
    g_autoptr (Knowledge) know = replies_know (replies_relays);
    g_autoptr (LogRow) row = replies_row ("ssh-bruteforce");
    g_autoptr (Arena) arena = arena_new (1 << 24);
    const ReplyAsk ask = { row, NULL, know, REPLIES_NOW };
    g_autoptr (GPtrArray) warnings = NULL;
    g_autoptr (GString) got = g_string_new (NULL);
    const Draft *d;

    warned[n].change (row);
    d = reply_draft (arena, &ask, NULL);
    warnings = reply_warnings (&ask, d);
    for (guint i = 0; i < warnings->len; i++)
        if (!g_str_has_prefix (warnings->pdata[i], "nothing is quoted"))
            g_string_append_printf (got, "%s|", (char *)warnings->pdata[i]);
    if (!g_pattern_match_simple (warned[n].like, got->str))
        g_error ("'%s' is not like '%s'", got->str, warned[n].like);
    if (warned[n].change == no_address)
        g_assert_null (d->to_address);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    intake_init ();
    for (gsize i = 0; i < G_N_ELEMENTS (warned); i++) {
        g_autofree char *path = g_strconcat ("/reply-notes/", warned[i].name, NULL);

        g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_warned);
    }
    return g_test_run ();
}
