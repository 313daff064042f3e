/* ACNS, IODEF and DMARC aggregate reports. */
#include "given.h"
#include "read/readers.h"

#define XML(t) .kind = PART_DATA, .type = "application/xml", .text = (t)
#define BODY(t) .kind = PART_TEXT, .type = "text/plain", .text = (t)

static const GivenCase acns[] = {
    { "attached-any-order-with-attributes",
      TRUE,
      "acns at 2:2\n"
      "  address offender 198.51.100.7 (acns: Source/IP_Address)\n"
      "  port offender 34890 (acns: Source/Port)\n"
      "  time 2026-11-20T03:04:05Z (acns: Source/TimeStamp)\n"
      "  protocol tcp (acns: Source/Protocol)\n"
      "  field source-type=p2p\n"
      "  field deja-vu=no\n"
      "  time 2026-11-19T00:00:00Z (acns: Content/Item/TimeStamp)\n"
      "  field p2p-protocol=bittorrent\n"
      "  field type=copyright\n"
      "unread 1:1 2:1\n",
      { .parts = { { BODY ("A notice.\n") },
                   { XML ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                          "<Infringement xmlns=\"http://www.acns.net/ACNS\">\n"
                          " <Case><ID>1</ID><Status>Open</Status></Case>\n"
                          " <Service_Provider><Entity>192.0.2.1</Entity></Service_Provider>\n"
                          " <Source>\n"
                          "  <Deja_Vu>No</Deja_Vu>\n"
                          "  <Port>34890</Port><Type>P2P</Type>\n"
                          "  <SubType BaseType=\"P2P\" Protocol=\"BITTORRENT\"/>\n"
                          "  <IP_Address>198.51.100.7</IP_Address>\n"
                          "  <TimeStamp>2026-11-20T03:04:05Z</TimeStamp><Protocol>6</Protocol>\n"
                          " </Source>\n"
                          " <Content><Item><TimeStamp>2026-11-19T00:00:00Z</TimeStamp><Title>A</"
                          "Title>\n"
                          "  <URL>http://192.0.2.9/</URL></Item></Content>\n"
                          "</Infringement>\n") } } } },
    { "two-in-a-quoted-body-with-prefix-and-bare-ampersand",
      TRUE,
      "acns at 1:2\n"
      "  address offender 198.51.100.7 (acns: Source/IP_Address)\n"
      "  port offender 6881 (acns: Source/Port)\n"
      "  time 2026-11-20T03:04:05Z (acns: Content/Item/TimeStamp)\n"
      "  field type=copyright\n"
      "acns at 1:7\n"
      "  address offender 2001:db8::7 (acns: Source/IP_Address)\n"
      "  field type=copyright\n"
      "unread 1:1 1:6 1:8\n"
      "defect malformed acns: a bare '&' stands in XML\n",
      { .parts = { { BODY ("> - ---Start ACNS XML\n"
                           "> <acns:Infringement xmlns:acns=\"http://www.movielabs.com/ACNS\">\n"
                           "> <acns:Source><acns:IP_Address>198.51.100.7</acns:IP_Address>\n"
                           "> <acns:Port>6881</acns:Port></acns:Source><acns:Content><acns:Item>\n"
                           "> <TimeStamp>2026-11-20T03:04:05Z</TimeStamp><Title>A & "
                           "B</Title></acns:Item></acns:Content></acns:Infringement>\n"
                           "> - ---End ACNS XML\n"
                           "<Infringement><Source><IP_Address>2001:db8::7</IP_Address></Source>"
                           "</Infringement>\n"
                           "Regards\n") } } } },
    { "cut-off",
      TRUE,
      "acns at 1:1\n"
      "  address offender 198.51.100.7 (acns: Source/IP_Address)\n"
      "  field type=copyright\n"
      "defect malformed acns: XML ends too early\n",
      { .parts = { { XML (
            "<Infringement><Source><IP_Address>198.51.100.7</IP_Address><Por") } } } },
    { "no-address-but-a-server",
      TRUE,
      "acns at 1:1\n"
      "  url offender http://files.example.net/ (acns: Source/URL_Base)\n"
      "  host offender files.example.net (acns: Source/DNS_Name)\n"
      "  field type=copyright\n",
      { .parts = { { XML ("<Infringement><Source><URL_Base>http://files.example.net/</URL_Base>"
                          "<DNS_Name>files.example.net</DNS_Name></Source></Infringement>") } } } },
    { "mail-client-made-links-of-the-namespaces",
      TRUE,
      "acns at 1:1\n"
      "  address offender 198.51.100.7 (acns: Source/IP_Address)\n"
      "  field type=copyright\n",
      { .parts = { { BODY (
            "<Infringement xmlns=\"http://www.acns.net/ACNS\" "
            "<http://www.acns.net/ACNS&quot;>>\n"
            "<Email>jo@example.org <mailto:jo@example.org></Email>\n"
            "<Source><IP_Address>198.51.100.7</IP_Address></Source></Infringement>") } } } },
    { "address-unknown-and-a-url-instead",
      TRUE,
      "acns at 1:1\n"
      "  field source-type=web\n"
      "  url offender http://198.51.100.7/f (acns: Content/Item/URL)\n"
      "  address offender 198.51.100.7 (acns: Content/Item/URL) derived\n"
      "  field type=copyright\n",
      { .parts = { { XML (
            "<Infringement><Source><Type>Web</Type></Source><Content><Item>"
            "<URL>http://198.51.100.7/f</URL></Item></Content></Infringement>") } } } },
    { "without-a-source",
      FALSE,
      "unread 1:1\ndefect malformed acns: Source is missing\n",
      { .parts = { { XML ("<Infringement><Case><ID>1</ID></Case></Infringement>") } } } },
    { "alike-another-root",
      FALSE,
      "unread 1:1\n",
      { .parts = { { XML ("<InfringementList><Source><IP_Address>198.51.100.7</IP_Address></Source>"
                          "</InfringementList>") } } } },
};

static const GivenCase iodef[] = {
    { "version-2-roles-by-category",
      TRUE,
      "iodef at 1:6\n"
      "  address offender 198.51.100.7 (iodef: System/Node/Address)\n"
      "  port offender 43122 (iodef: System/Service/Port)\n"
      "  protocol tcp (iodef: Service ip-protocol)\n"
      "  address victim 203.0.113.9 (iodef: System/Node/Address)\n"
      "  port victim 22 (iodef: System/Service/Port)\n"
      "  address reporter 192.0.2.1 (iodef: System/Node/Address)\n"
      "  time 2026-11-20T03:04:05Z (iodef: Incident/DetectTime)\n"
      "  field impact=recon\n",
      { .parts = { { XML (
            "<IODEF-Document version=\"2.00\" xmlns=\"urn:ietf:params:xml:ns:iodef-2.0\">\n"
            "<Incident purpose=\"reporting\"><IncidentID name=\"x\">1</IncidentID>\n"
            "<DetectTime>2026-11-20T03:04:05Z</DetectTime>\n"
            "<GenerationTime>2026-11-20T05:00:00Z</GenerationTime>\n"
            "<Assessment><Impact type=\"recon\"/></Assessment><EventData>\n"
            "<Flow>\n"
            "<System category=\"source\"><Node><Address category=\"ipv4-addr\">"
            "198.51.100.7</Address></Node>\n"
            "<Service ip-protocol=\"6\"><Port>43122</Port></Service></System>\n"
            "<System category=\"target\"><Node><Address>203.0.113.9</Address></Node>"
            "<Service><Port>22</Port></Service></System>\n"
            "<System category=\"sensor\"><Node><Address>192.0.2.1</Address></Node>"
            "</System>\n"
            "</Flow></EventData></Incident></IODEF-Document>\n") } } } },
    { "version-1-two-flows-the-event-has-a-time",
      TRUE,
      "iodef at 1:2\n"
      "  network offender 198.51.100.0/28 (iodef: System/Node/Address)\n"
      "  time 2026-11-20T03:04:05Z (iodef: EventData/StartTime)\n"
      "iodef at 1:3\n"
      "  host offender a.example.net (iodef: System/Node/NodeName)\n"
      "  time 2026-11-20T03:04:05Z (iodef: EventData/StartTime)\n",
      { .parts = { { XML (
            "<iodef:IODEF-Document xmlns:iodef=\"urn:ietf:params:xml:ns:iodef-1.0\">"
            "<iodef:Incident><iodef:StartTime>2026-11-19T00:00:00Z</iodef:StartTime>"
            "<iodef:EventData><iodef:StartTime>2026-11-20T03:04:05Z</iodef:StartTime>\n"
            "<iodef:Flow><iodef:System category=\"source\"><iodef:Node>"
            "<iodef:Address category=\"ipv4-net\">198.51.100.0/28</iodef:Address>"
            "</iodef:Node></iodef:System></iodef:Flow>\n"
            "<iodef:Flow><iodef:System category=\"source\"><iodef:Node><iodef:NodeName>"
            "a.example.net</iodef:NodeName></iodef:Node></iodef:System></iodef:Flow>"
            "</iodef:EventData></iodef:Incident></iodef:IODEF-Document>") } } } },
    { "without-a-flow",
      FALSE,
      "unread 1:1\ndefect malformed iodef: there is no Flow\n",
      { .parts = { { XML ("<IODEF-Document><Incident/></IODEF-Document>") } } } },
};

#define DMARC                                                                                      \
    "<feedback><report_metadata><org_name>Example Inc</org_name></report_metadata>"                \
    "<policy_published><domain>example.org</domain></policy_published>\n"                          \
    "<record><row><source_ip>198.51.100.7</source_ip><count>2</count><policy_evaluated>"           \
    "<disposition>none</disposition></policy_evaluated></row></record></feedback>\n"

static const GivenCase dmarc[] = {
    { "in-xml",
      TRUE,
      "dmarc-aggregate at 1:1\n"
      "  field report-from=example-inc\n"
      "  host reporter example.org (dmarc: policy_published/domain)\n"
      "dmarc-aggregate at 1:2\n"
      "  address other 198.51.100.7 (dmarc: source_ip)\n"
      "  count 2 (dmarc: count)\n"
      "  field disposition=none\n",
      { .parts = { { XML (DMARC) } } } },
    { "archive-known-by-its-name",
      TRUE,
      "dmarc-aggregate at 1:1\n",
      { .parts = { { .kind = PART_OPAQUE,
                     .type = "application/gzip",
                     .name = "example.net!example.org!1795000000!1795086399.xml.gz" } } } },
    { "alike-a-name-with-exclamation-marks",
      FALSE,
      "",
      { .parts = { { .kind = PART_OPAQUE,
                     .type = "application/zip",
                     .name = "read!this!now!please.zip" } } } },
    { "alike-feedback-of-another-kind",
      FALSE,
      "unread 1:1\n",
      { .parts = { { XML ("<feedback><policy_published/><stars>5</stars></feedback>") } } } },
};

static void
test_acns (gconstpointer data)
{
    given_check (data, acns_read);
}

static void
test_iodef (gconstpointer data)
{
    given_check (data, iodef_read);
}

static void
test_dmarc (gconstpointer data)
{
    given_check (data, dmarc_read);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_set_nonfatal_assertions ();
    GIVEN_ADD ("acns", acns, test_acns);
    GIVEN_ADD ("iodef", iodef, test_iodef);
    GIVEN_ADD ("dmarc", dmarc, test_dmarc);
    return g_test_run ();
}
