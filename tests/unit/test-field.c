#include "find/field.h"
#include "find/field_words.h"

static const struct {
    const char *name;
    FieldWhat what;
    Role role;
    gboolean report;
} names[] = {
    { "Source IP", FIELD_ADDRESS, ROLE_OFFENDER, FALSE },
    { "src_ip", FIELD_ADDRESS, ROLE_OFFENDER, FALSE },
    { "sourceIPAddress", FIELD_ADDRESS, ROLE_OFFENDER, FALSE },
    { "clientIP", FIELD_ADDRESS, ROLE_OFFENDER, FALSE },
    { "SRC", FIELD_ANY, ROLE_OFFENDER, FALSE },
    { "Attacker", FIELD_ANY, ROLE_OFFENDER, FALSE },
    { "Attacking host address", FIELD_ADDRESS, ROLE_OFFENDER, FALSE },
    { "Quell-IP", FIELD_ADDRESS, ROLE_OFFENDER, FALSE },
    { "IP-Adresse des Angreifer", FIELD_ADDRESS, ROLE_OFFENDER, FALSE },
    { "IP адрес атакующего", FIELD_ADDRESS, ROLE_OFFENDER, FALSE },
    { "ВРЕМЯ", FIELD_TIME, ROLE_UNKNOWN, FALSE },
    { "Порт", FIELD_PORT, ROLE_UNKNOWN, FALSE },
    { "Destination IP", FIELD_ADDRESS, ROLE_VICTIM, FALSE },
    { "dst", FIELD_ANY, ROLE_VICTIM, FALSE },
    { "Target host", FIELD_HOST, ROLE_VICTIM, FALSE },
    { "IP", FIELD_ADDRESS, ROLE_UNKNOWN, FALSE },
    { "IP address", FIELD_ADDRESS, ROLE_UNKNOWN, FALSE },
    { "Source Port", FIELD_PORT, ROLE_OFFENDER, FALSE },
    { "DPT", FIELD_PORT, ROLE_VICTIM, FALSE },
    { "Destination address port", FIELD_PORT, ROLE_VICTIM, FALSE },
    { "Port", FIELD_PORT, ROLE_UNKNOWN, FALSE },
    { "Date/Time", FIELD_TIME, ROLE_UNKNOWN, FALSE },
    { "timestamp (UTC+0)", FIELD_TIME, ROLE_UNKNOWN, FALSE },
    { "First seen", FIELD_TIME, ROLE_UNKNOWN, FALSE },
    { "Report date", FIELD_TIME, ROLE_UNKNOWN, TRUE },
    { "Time zone", FIELD_ZONE, ROLE_UNKNOWN, FALSE },
    { "Infringing URL", FIELD_URL, ROLE_OFFENDER, FALSE },
    { "Protocol", FIELD_PROTOCOL, ROLE_UNKNOWN, FALSE },
    { "Number of attempts", FIELD_COUNT, ROLE_UNKNOWN, FALSE },
    { "Adresse IP source", FIELD_ADDRESS, ROLE_OFFENDER, FALSE },
    { "IP de destino", FIELD_ADDRESS, ROLE_VICTIM, FALSE },
    { "Indirizzo IP di destinazione", FIELD_ADDRESS, ROLE_VICTIM, FALSE },
    { "Porta sorgente", FIELD_PORT, ROLE_OFFENDER, FALSE },
    { "Porta de origem", FIELD_PORT, ROLE_OFFENDER, FALSE },
    { "Bronpoort", FIELD_PORT, ROLE_OFFENDER, FALSE },
    { "Doel-IP", FIELD_ADDRESS, ROLE_VICTIM, FALSE },
    { "Zielport", FIELD_PORT, ROLE_VICTIM, FALSE },
    { "Angegriffenes System", FIELD_ANY, ROLE_VICTIM, FALSE },
    { "Adres IP docelowy", FIELD_ADDRESS, ROLE_VICTIM, FALSE },
    { "Порт назначения", FIELD_PORT, ROLE_VICTIM, FALSE },
    { "Kaynak IP adresi", FIELD_ADDRESS, ROLE_OFFENDER, FALSE },
    { "Tidpunkt", FIELD_TIME, ROLE_UNKNOWN, FALSE },
    { "送信元IPアドレス", FIELD_ADDRESS, ROLE_OFFENDER, FALSE },
    { "攻撃元端口", FIELD_PORT, ROLE_OFFENDER, FALSE },
    { "目的端口", FIELD_PORT, ROLE_VICTIM, FALSE },
    { "源IP地址", FIELD_ADDRESS, ROLE_OFFENDER, FALSE },
    { "时间", FIELD_TIME, ROLE_UNKNOWN, FALSE },
    { "cc_port", FIELD_PORT, ROLE_VICTIM, FALSE },
    { "ClientSrcPort", FIELD_PORT, ROLE_OFFENDER, FALSE },
    /* not these */
    { "cc", FIELD_NONE, ROLE_UNKNOWN, FALSE },
    { "アカウント", FIELD_NONE, ROLE_UNKNOWN, FALSE },
    { "Last attempt", FIELD_NONE, ROLE_UNKNOWN, FALSE },
    { "Mail address", FIELD_NONE, ROLE_UNKNOWN, FALSE },
    { "E-mail", FIELD_NONE, ROLE_UNKNOWN, FALSE },
    { "Source version", FIELD_NONE, ROLE_UNKNOWN, FALSE },
    { "Case ID", FIELD_NONE, ROLE_UNKNOWN, FALSE },
    { "Postal address", FIELD_NONE, ROLE_UNKNOWN, FALSE },
    { "Reported IP ticket", FIELD_NONE, ROLE_UNKNOWN, FALSE },
    { "Airport", FIELD_NONE, ROLE_UNKNOWN, FALSE },
    { "Regards", FIELD_NONE, ROLE_UNKNOWN, FALSE },
    { "please tell us what the source of all this address trouble was", FIELD_NONE, ROLE_UNKNOWN,
      FALSE },
    { "", FIELD_NONE, ROLE_UNKNOWN, FALSE },
};

static Span
exact (const char *text, char **ret_block)
{
    gsize n = strlen (text);

    *ret_block = g_malloc (n);
    if (n > 0)
        memcpy (*ret_block, text, n);
    return (Span) { *ret_block, *ret_block + n };
}

static void
test_meaning (void)
{
    for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
        g_autofree char *block = NULL;
        FieldMeaning got;

        field_meaning (exact (names[i].name, &block), &got);
        if (got.what != names[i].what || (got.what != FIELD_NONE && got.role != names[i].role) ||
            got.report != names[i].report)
            g_error ("\"%s\": got what %d role %s report %d, wanted what %d role %s report %d",
                     names[i].name, got.what, role_name (got.role), got.report, names[i].what,
                     role_name (names[i].role), names[i].report);
    }
}

static void
test_table_is_sorted (void)
{
    g_assert_true (field_words_sorted ());
}

static const struct {
    const char *line, *key, *value; /* key NULL: no such form */
} splits[] = {
    { "Source IP: 198.51.100.7", "Source IP", "198.51.100.7" },
    { "  * Port ......: 22", "Port ......", "22" },
    { "> Date = 2026-11-20", "Date", "2026-11-20" },
    { "| Attacker | 198.51.100.7 |", "Attacker", "198.51.100.7 |" },
    { "IP\t198.51.100.7", "IP", "198.51.100.7" },
    { "Source:", NULL, NULL },
    { "address 198.51.100.7 at 20:12 UTC", NULL, NULL },
    { "http://example.net/", NULL, NULL },
    { ": 22", NULL, NULL },
    { "Hello there", NULL, NULL },
    { "", NULL, NULL },
    { "a sentence that is far too long to be the name of a field in any report: yes", NULL, NULL },
};

static void
test_split (void)
{
    for (gsize i = 0; i < G_N_ELEMENTS (splits); i++) {
        g_autofree char *block = NULL;
        Span key, value;
        gboolean ok = field_split (exact (splits[i].line, &block), &key, &value);

        g_assert_cmpint (ok, ==, splits[i].key != NULL);
        if (!ok)
            continue;
        g_assert_cmpmem (key.p, span_left (key), splits[i].key, strlen (splits[i].key));
        g_assert_cmpmem (value.p, span_left (value), splits[i].value, strlen (splits[i].value));
    }
}

static const struct {
    const char *line, *value, *key;
} befores[] = {
    { "IN=eth0 SRC=198.51.100.7 DST=203.0.113.9", "198", "SRC" },
    { "IN=eth0 SRC=198.51.100.7 DST=203.0.113.9", "203", "DST" },
    { "{\"clientIP\":\"198.51.100.7\"}", "198", "clientIP" },
    { "client: 198.51.100.7, server: x", "198", "client" },
    { "src_ip = [198.51.100.7]", "198", "src_ip" },
    { "from 198.51.100.7", "198", NULL },
    { "198.51.100.7", "198", NULL },
    { ": 198.51.100.7", "198", NULL },
};

static void
test_before (void)
{
    for (gsize i = 0; i < G_N_ELEMENTS (befores); i++) {
        g_autofree char *block = NULL;
        Span line = exact (befores[i].line, &block), key;
        gboolean ok = field_before (line.p, span_find (line, befores[i].value), &key);

        g_assert_cmpint (ok, ==, befores[i].key != NULL);
        if (ok)
            g_assert_cmpmem (key.p, span_left (key), befores[i].key, strlen (befores[i].key));
    }
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/field/meaning/words-decide", test_meaning);
    g_test_add_func ("/field/words/table-is-sorted", test_table_is_sorted);
    g_test_add_func ("/field/split/key-and-value", test_split);
    g_test_add_func ("/field/before/key-inside-a-line", test_before);
    return g_test_run ();
}
