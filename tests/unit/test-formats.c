/* From bytes to records: the formats as mails, through intake and lines. */
#include "read/formats.h"
#include "read/intake.h"
#include "read/lines.h"

#define HEAD                                                                                       \
    "From: jo@example.org\nSubject: Abuse\nDate: Fri, 20 Nov 2026 12:00:00 +0000\nMIME-Version: "  \
    "1.0\n"

static const struct {
    const char *name, *format, *mail;
    const char *ip; /* of the first accused address; NULL when there is none */
    const char *unread,
        *read; /* pieces of lines that must (not) be left to free text; NULL: none */
} mails[] = {
    { "arf", "arf",
      HEAD "Content-Type: multipart/report; report-type=feedback-report; boundary=b\n\n"
           "--b\nContent-Type: text/plain\n\nA spam report.\n"
           "--b\nContent-Type: message/feedback-report\n\n"
           "Feedback-Type: abuse\nUser-Agent: E\nVersion: 1\nSource-IP: 198.51.100.7\n"
           "--b\nContent-Type: message/rfc822\n\nSubject: Pills\n\nBuy them.\n--b--\n",
      "198.51.100.7", "A spam report", "Source-IP" },
    { "arf-without-source-takes-the-trail", "arf",
      HEAD "Content-Type: multipart/report; report-type=feedback-report; boundary=b\n\n"
           "--b\nContent-Type: message/feedback-report\n\n"
           "Feedback-Type: abuse\nUser-Agent: E\nVersion: 1\n"
           "--b\nContent-Type: text/rfc822-headers\n\n"
           "Received: from a.example.net (a.example.net [198.51.100.7]) by mx.example.org;\n"
           " Fri, 20 Nov 2026 03:04:05 +0000\nSubject: Pills\n--b--\n",
      "198.51.100.7", NULL, "Feedback-Type" },
    { "x-arf-in-base64", "x-arf",
      HEAD "X-XARF: PLAIN\nContent-Type: multipart/mixed; boundary=b\n\n"
           "--b\nContent-Type: text/plain\n\nDear all\n"
           "--b\nContent-Type: text/plain; name=report.txt\nContent-Transfer-Encoding: base64\n\n"
           "UmVwb3J0LVR5cGU6IGxvZ2luLWF0dGFjawpTb3VyY2UtVHlwZTogaXB2NApTb3VyY2U6IDE5OC41\n"
           "MS4xMDAuNwo=\n--b--\n",
      "198.51.100.7", "Dear all", "Source" },
    { "xarf-as-an-attachment", "xarf",
      HEAD "Content-Type: multipart/mixed; boundary=b\n\n"
           "--b\nContent-Type: text/plain\n\nSee the attachment.\n"
           "--b\nContent-Type: application/octet-stream; name=xarf.json\n\n"
           "{\"xarf_version\": \"4.2.0\", \"type\": \"port_scan\",\n"
           " \"source_identifier\": \"198.51.100.7\"}\n--b--\n",
      "198.51.100.7", "See the attachment", "source_identifier" },
    { "xarf-in-feedback-report-dress", "xarf",
      HEAD "Content-Type: multipart/report; report-type=feedback-report; boundary=b\n\n"
           "--b\nContent-Type: message/feedback-report\n\n"
           "Feedback-Type: xarf\nUser-Agent: E\nVersion: 1\n"
           "--b\nContent-Type: application/json; name=xarf.json\n\n"
           "{\"Version\":\"3\",\"ReporterInfo\":{},\"Report\":{\"ReportType\":\"Spam\","
           "\"SourceIp\":\"198.51.100.7\"}}\n--b--\n",
      "198.51.100.7", NULL, "SourceIp" },
    { "acns-clearsigned", "acns",
      HEAD "Content-Type: text/plain\n\n"
           "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nA notice.\n\n"
           "- ---Start ACNS XML\n<Infringement>\n<Source>\n<IP_Address>198.51.100.7</IP_Address>\n"
           "</Source>\n</Infringement>\n- ---End ACNS XML\n"
           "-----BEGIN PGP SIGNATURE-----\n\nabc=\n-----END PGP SIGNATURE-----\n",
      "198.51.100.7", "A notice", "IP_Address" },
    { "fail2ban", "fail2ban",
      HEAD "\nHi,\n\nThe IP 198.51.100.7 has just been banned by Fail2Ban after\n"
           "5 attempts against sshd.\n\nRegards,\nFail2Ban\n",
      "198.51.100.7", "Regards", "5 attempts" },
    { "dmarc-accuses-nobody", "dmarc-aggregate",
      HEAD "Content-Type: text/xml\n\n<feedback><report_metadata/><policy_published/><record><row>"
           "<source_ip>198.51.100.7</source_ip></row></record></feedback>\n",
      NULL, NULL, "source_ip" },
    { "text", "text", HEAD "\nYour host 198.51.100.7 attacks us.\n", NULL, "attacks us", NULL },
};

static const char *
first_accused (const Facts *facts, char ret[IP_TEXT_MAX])
{
    for (guint i = 0; i < facts->facts.n; i++) {
        const Fact *f = &facts->facts.items[i];

        if (f->kind == FACT_ADDRESS && f->role == ROLE_OFFENDER)
            return ip_format (&f->v.ip, ret);
    }
    return NULL;
}

/* Whether a line with that piece of text is left to free text. */
static gboolean
is_unread (const Facts *facts, const char *piece)
{
    for (guint i = 0; i < facts->lines.n; i++) {
        const Line *line = &facts->lines.items[i];

        if (line->record == RECORD_NONE && span_find (line->text, piece) != NULL)
            return TRUE;
    }
    return FALSE;
}

static void
test_mail (gconstpointer data)
{
    gsize i = GPOINTER_TO_SIZE (data);
    g_autoptr (Arena) arena = arena_new (1 << 24);
    Facts facts = { .message = intake_read (arena, span_of (mails[i].mail)) };
    char ip[IP_TEXT_MAX];

    lines_mark (&facts);
    formats_read (&facts);
    g_assert_cmpstr (facts.format, ==, mails[i].format);
    g_assert_true (format_known (facts.format));
    g_assert_cmpstr (first_accused (&facts, ip), ==, mails[i].ip);
    g_assert_true (mails[i].unread == NULL || is_unread (&facts, mails[i].unread));
    g_assert_false (mails[i].read != NULL && is_unread (&facts, mails[i].read));
}

static void
test_names (void)
{
    for (guint i = 0; i < n_formats; i++) {
        g_assert_true (format_known (formats[i].name));
        for (guint k = 0; k < i; k++)
            g_assert_cmpstr (formats[i].name, !=, formats[k].name);
    }
    g_assert_true (format_known ("text"));
    g_assert_false (format_known ("ARF"));
    g_assert_false (format_known (""));
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_set_nonfatal_assertions ();
    intake_init ();
    for (gsize i = 0; i < G_N_ELEMENTS (mails); i++) {
        g_autofree char *name = g_strconcat ("/formats/mail/", mails[i].name, NULL);

        g_test_add_data_func (name, GSIZE_TO_POINTER (i), test_mail);
    }
    g_test_add_func ("/formats/names/known-and-distinct", test_names);
    return g_test_run ();
}
