#include "read/intake.h"
#include <gio/gio.h>

/* What intake makes of a mail, as text: a line for each part and defect. */
static const char *const kinds[] = { "text", "report", "data", "mail-head", "mail-text", "opaque" };

typedef struct Case {
    const char *name, *mail, *want;
} Case;

#define MIME "MIME-Version: 1.0\r\n"
#define MIXED MIME "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
#define ALTERNATIVE MIME "Content-Type: multipart/alternative; boundary=b\r\n\r\n"
#define PLAIN "Content-Type: text/plain\r\n\r\n"
#define HTML "Content-Type: text/html\r\n\r\n"
#define NEXT "\r\n--b\r\n"
#define LAST "\r\n--b--\r\n"

static const Case structure[] = {
    { "plain", "Subject: s\r\n\r\nhello\r\n", "1 text text/plain {hello|}\n" },
    { "empty", "", "! there is no text\n" },
    { "header-only", "Subject: s\r\n", "1 text text/plain {}\n! there is no text\n" },
    { "no-header", "just some words, and no header\r\n",
      "1 text text/plain {just some words, and no header|}\n! there is no header\n" },
    { "blanks-before-the-header",
      "\r\n  Subject: s\r\nFrom: a@example.net\r\nDate: x\r\n\r\nhello\r\n",
      "1 text text/plain {hello|}\n! the Date header cannot be read\n" },
    { "mbox-line", "From a@example.net Sat Nov 21\nSubject: s\n\nhello\n",
      "1 text text/plain {hello|}\n" },
    { "mixed", MIXED NEXT PLAIN "one" NEXT PLAIN "two" LAST,
      "1 text text/plain {one}\n2 text text/plain {two}\n" },
    { "type-missing", MIXED NEXT "\r\none" LAST, "1 text text/plain {one}\n" },
    { "never-closed", MIXED NEXT PLAIN "one\r\n", "1 text text/plain {one|}\n" },
    { "boundary-missing", MIXED "all of it\r\n",
      "1 text text/plain {all of it|}\n! a multipart's boundary is missing\n" },
    { "nested",
      MIXED NEXT "Content-Type: multipart/related; boundary=c\r\n\r\n--c\r\n" PLAIN
                 "deep\r\n--c--\r\n" NEXT PLAIN "flat" LAST,
      "1 text text/plain {deep}\n2 text text/plain {flat}\n" },
    { "attachment",
      MIXED NEXT PLAIN "see the log" NEXT "Content-Type: application/octet-stream; name=\"x\"\r\n"
                       "Content-Disposition: attachment; filename=\"../../etc/auth.log\"\r\n\r\n"
                       "Nov 20 03:04:05 host sshd[1]: x" LAST,
      "1 text text/plain {see the log}\n2 data text/plain auth.log {Nov 20 03:04:05 host sshd[1]: "
      "x}\n" },
    { "image",
      MIXED NEXT PLAIN "x" NEXT
                       "Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                       "iVBORw0KGgoAAAANSUhEUgAAAAE=" LAST,
      "1 text text/plain {x}\n2 opaque image/png {}\n" },
    { "only-an-image", MIXED NEXT "Content-Type: application/pdf\r\n\r\n%PDF-1.4 x" LAST,
      "1 opaque application/pdf {}\n! there is no text beside part 1, which cannot be read\n" },
    { "csv-and-json",
      MIXED NEXT PLAIN
      "x" NEXT "Content-Type: application/octet-stream; name=r.csv\r\n\r\nip,port\r\n1,2" NEXT
      "Content-Type: application/octet-stream\r\n\r\n{\"a\": 1}" LAST,
      "1 text text/plain {x}\n2 data text/csv r.csv {ip,port|1,2}\n3 data application/json "
      "{{\"a\": 1}}\n" },
    { "html", HTML "<p>Hello <b>you</b></p>", "1 text text/html {Hello you|}\n" },
    { "html-without-tags", HTML "line one\r\nline two\r\n",
      "1 text text/plain {line one|line two|}\n" },
    { "html-called-plain", PLAIN "<!DOCTYPE html><html><body>a<br>b</body></html>",
      "1 text text/html {a|b|}\n" },
};

static const Case alternatives[] = {
    { "plain-preferred",
      ALTERNATIVE NEXT PLAIN "The text says it all." NEXT HTML "<p>The text says it all.</p>" LAST,
      "1 text text/plain {The text says it all.}\n2 text text/html spare {The text says it "
      "all.|}\n" },
    { "plain-empty", ALTERNATIVE NEXT PLAIN " \r\n" NEXT HTML "<p>All of it.</p>" LAST,
      "1 text text/plain spare { |}\n2 text text/html {All of it.|}\n" },
    { "plain-a-stub",
      ALTERNATIVE NEXT PLAIN
      "Your mail reader cannot show HTML." NEXT HTML
      "<p>On 20 November the host 192.0.2.1 attacked ours for three hours, see below.</p>" LAST,
      "1 text text/plain spare {Your mail reader cannot show HTML.}\n2 text text/html {On 20 "
      "November the host "
      "192.0.2.1 attacked ours for three hours, see below.|}\n" },
    { "html-in-related",
      ALTERNATIVE NEXT PLAIN
      "The text." NEXT "Content-Type: multipart/related; boundary=c\r\n\r\n--c\r\n" HTML
      "<p>The text.</p>\r\n--c\r\nContent-Type: image/gif\r\n\r\nGIF89a\r\n--c--\r\n" LAST,
      "1 text text/plain {The text.}\n2 text text/html spare {The text.|}\n3 opaque image/gif "
      "{}\n" },
    { "html-alone", ALTERNATIVE NEXT HTML "<p>The text.</p>" LAST,
      "1 text text/html {The text.|}\n" },
};

static const Case reports[] = {
    { "arf",
      MIME
      "Content-Type: multipart/report; report-type=feedback-report; boundary=b\r\n\r\n" NEXT PLAIN
      "A report." NEXT
      "Content-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\nVersion: 1\r\n" NEXT
      "Content-Type: message/rfc822\r\n\r\nSubject: spam\r\n\r\nBuy now" LAST,
      "1 text text/plain {A report.}\n2 report message/feedback-report {Feedback-Type: "
      "abuse|Version: 1|}\n"
      "3 mail-head message/rfc822 of 3 {Subject: spam|}\n4 mail-text text/plain of 3 {Buy now}\n" },
    { "report-encoded-twice",
      MIXED NEXT PLAIN
      "A report." NEXT
      "Content-Type: message/feedback-report\r\nContent-Transfer-Encoding: base64\r\n\r\n"
      "Um1WbFpHSmhZMnN0Vkhsd1pUb2dZV0oxYzJVTkNsWmxjbk5wYjI0NklERU5DZz09" LAST,
      "1 text text/plain {A report.}\n2 report message/feedback-report {Feedback-Type: "
      "abuse|Version: 1|}\n"
      "! part 2 is encoded twice\n" },
    { "x-arf",
      MIXED NEXT PLAIN "A report." NEXT
                       "Content-Type: text/plain; name=report.txt\r\n\r\n---\r\nReported-From: "
                       "a@example.net\r\nCategory: abuse" LAST,
      "1 text text/plain {A report.}\n2 report text/plain report.txt {---|Reported-From: "
      "a@example.net|Category: "
      "abuse}\n" },
    { "rfc822-without-a-mail", MIXED NEXT PLAIN "x" NEXT "Content-Type: message/rfc822\r\n" LAST,
      "1 text text/plain {x}\n2 mail-head message/rfc822 of 2 {}\n"
      "! part 2 is an attached mail without content\n" },
    { "rfc822-encoded",
      MIXED NEXT PLAIN "x" NEXT
                       "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                       "U3ViamVjdDogaW5uZXINCkZyb206IGFAZXhhbXBsZS5uZXQNCg0KYm9keQ==" LAST,
      "1 text text/plain {x}\n2 mail-head message/rfc822 of 2 {Subject: inner|From: "
      "a@example.net|}\n"
      "3 mail-text text/plain of 2 {body}\n" },
    { "rfc822-headers",
      MIXED NEXT PLAIN "x" NEXT
                       "Content-Type: text/rfc822-headers\r\n\r\nSubject: s\r\nTo:\r\n b" LAST,
      "1 text text/plain {x}\n2 mail-head message/rfc822 of 2 {Subject: s|To: b|}\n3 mail-text "
      "text/plain of 2 {}\n" },
    { "headers-and-rubbish",
      MIXED NEXT PLAIN
      "x" NEXT "Content-Type: text/rfc822-headers\r\n\r\nSubject: s\r\nTo: b\r\n\xE2\x80\x90" LAST,
      "1 text text/plain {x}\n2 mail-head message/rfc822 of 2 {Subject: s|To: b|}\n" },
    { "headers-with-a-bad-name",
      MIXED NEXT PLAIN "x" NEXT
                       "Content-Type: text/rfc822-headers\r\n\r\nA\xFF: b\r\n\xE2\x80\x90" LAST,
      "1 text text/plain {x}\n2 mail-head message/rfc822 of 2 {A\xEF\xBF\xBD: b|}\n" },
    { "mbox-line-heads-the-attached-mail",
      MIXED NEXT PLAIN "x" NEXT "Content-Type: application/octet-stream; name=spam.eml\r\n\r\n"
                       ">From a@example.net Sat Nov 21\r\nReceived: by x\r\nFrom: b@example.net\r\n"
                       "Subject: s\r\n\r\nbody" LAST,
      "1 text text/plain {x}\n2 mail-head message/rfc822 spam.eml of 2 {Received: by x|From: "
      "b@example.net|Subject: "
      "s|}\n3 mail-text text/plain of 2 {body}\n" },
    { "text-that-begins-like-a-mail",
      PLAIN "From: 192.0.2.1\r\nTo: 192.0.2.2\r\nDate: today\r\n\r\nAn attack.\r\n",
      "1 text text/plain {From: 192.0.2.1|To: 192.0.2.2|Date: today||An attack.|}\n" },
    { "encrypted",
      MIME
      "Content-Type: multipart/encrypted; boundary=b; "
      "protocol=\"application/pgp-encrypted\"\r\n\r\n" NEXT
      "Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1" NEXT
      "Content-Type: application/octet-stream\r\n\r\n-----BEGIN PGP MESSAGE-----\r\n\r\nhQEM" LAST,
      "1 opaque application/pgp-encrypted {}\n2 opaque application/pgp-encrypted {}\n"
      "! part 2 is encrypted: not readable\n! there is no text beside part 1, which cannot be "
      "read\n" },
    { "clearsigned-in-quoted-printable",
      "Content-Transfer-Encoding: quoted-printable\r\n\r\n-----BEGIN PGP SIGNED "
      "MESSAGE-----\r\nHash: SHA256\r\n\r\n"
      "- -----Start=20x\r\nport=3D22\r\n-----BEGIN PGP SIGNATURE-----\r\n\r\niQ=3D=3D\r\n-----END "
      "PGP SIGNATURE-----\r\n",
      "1 text text/plain {-----Start x|port=22|}\n" },
    { "encrypted-inside-a-text",
      "\r\nSee:\r\n-----BEGIN PGP MESSAGE-----\r\n\r\nhQEMA==\r\n-----END PGP MESSAGE-----\r\nBye",
      "1 text text/plain {See:|Bye|}\n! part 1 is encrypted: not readable\n" },
};

/* Made with other programs; what is in them is in the names and the wanted text. */
#define PACKED                                                                                     \
    "Content-Type: application/octet-stream; name=a.bin\r\nContent-Transfer-Encoding: "            \
    "base64\r\n\r\n"

static const Case archives[] = {
    { "zip",
      MIXED NEXT PLAIN
      "x" NEXT PACKED
      "UEsDBBQAAAAIAIIYdF2XjdEFFwAAABUAAAANAAAAbG9ncy9hdXRoLmNzdsss0CnILyrhMrQ00jPQ\r\n"
      "M9Iz1DEy4gIAUEsDBBQAAAAIAIIYdF3MJy6pNQAAADMAAAAIAAAAc3BhbS5lbWwLSk1OzSxLTbFS\r\n"
      "SKpUqOByK8rPtVJIdEitSMwtyEnVy0st4QouTcpKTS6xUijm4koqreQCAFBLAwQUAAAACACCGHRd\r\n"
      "pAkHegoAAAAIAAAABQAAAHgucG5n6wzwc+flkuICAFBLAQIUAxQAAAAIAIIYdF2XjdEFFwAAABUA\r\n"
      "AAANAAAAAAAAAAAAAACAAQAAAABsb2dzL2F1dGguY3N2UEsBAhQDFAAAAAgAghh0XcwnLqk1AAAA\r\n"
      "MwAAAAgAAAAAAAAAAAAAAIABQgAAAHNwYW0uZW1sUEsBAhQDFAAAAAgAghh0XaQJB3oKAAAACAAA\r\n"
      "AAUAAAAAAAAAAAAAAIABnQAAAHgucG5nUEsFBgAAAAADAAMApAAAAMoAAAAAAA==\r\n" LAST,
      "1 text text/plain {x}\n2 opaque application/zip a.bin {}\n3 data text/csv auth.csv "
      "{ip,port|192.0.2.1,22|}\n"
      "4 mail-head message/rfc822 spam.eml of 4 {Received: by x|From: a@example.net|Subject: s|}\n"
      "5 mail-text text/plain of 4 {buy|}\n6 opaque image/png x.png {}\n" },
    { "zip-encrypted",
      MIXED NEXT PLAIN
      "x" NEXT PACKED
      "UEsDBBQAAQAIAIIYdF3l6KJcCAAAAAYAAAAFAAAAYS50eHQrTk0uSi0BAFBLAQIUAxQAAQAIAIIY\r\n"
      "dF3l6KJcCAAAAAYAAAAFAAAAAAAAAAAAAACAAQAAAABhLnR4dFBLBQYAAAAAAQABADMAAAArAAAA\r\n"
      "AAA=\r\n" LAST,
      "1 text text/plain {x}\n2 opaque application/zip a.bin {}\n! part 2 is encrypted: not "
      "readable\n" },
    { "gzip",
      MIXED NEXT PLAIN "x" NEXT PACKED
                       "H4sIAAAAAAACA7Oxr8jNUShLLSrOzM+zVTLUM1Cyt7NJ1LcDADLu73kZAAAA\r\n" LAST,
      "1 text text/plain {x}\n2 opaque application/gzip a.bin {}\n3 data text/xml {<?xml "
      "version=\"1.0\"?><a/>}\n" },
    { "tar-gzip",
      MIXED NEXT PLAIN
      "x" NEXT PACKED
      "H4sIAO8KAmsC/+3NOwqDUBQE0Fu7iqxAX8DPeoQECYiCn/37kiqkjxByTjPDNHOr+nKch/imlLV1\r\n"
      "/crsM7PmrT/37prauKQ4wb5u/ZIv4z+Nj+leBAAAAAAAAAAAAL/mAFeJ4r8AKAAA\r\n" LAST,
      "1 text text/plain {x}\n2 opaque application/gzip a.bin {}\n3 data text/plain a.log "
      "{line|}\n" },
    { "workbook",
      MIXED NEXT PLAIN
      "x" NEXT PACKED
      "UEsDBBQAAAAIAIIYdF3HHBc8CgAAAAgAAAATAAAAW0NvbnRlbnRfVHlwZXNdLnhtbLMJqSxILda3\r\n"
      "AwBQSwMEFAAAAAgAghh0Xc6emBMNAAAACwAAAA8AAAB4bC93b3JrYm9vay54bWyzKc8vyk7Kz8/W\r\n"
      "twMAUEsDBBQAAAAIAIIYdF2xhEg6fgAAAPAAAAAYAAAAeGwvd29ya3NoZWV0cy9zaGVldDEueG1s\r\n"
      "XY9RCoQwDESvIj1AY/MnxIC73sATiBS2rCi0Qa9vLEu3+JVkJrxJ6NzjN328F6ZcxllmprifTeyN\r\n"
      "M0zL3QzONNKbpPPBLcHBBMvPe9eeKx4oo4CwgDAvh20Nm58kqh4Sk7Dr0LYWrQL0FLjFkvDCzEZ8\r\n"
      "BGMV3D2CofoG/k9eUEsDBBQAAAAIAIIYdF2VyAEFKgAAAEYAAAAUAAAAeGwvc2hhcmVkU3RyaW5n\r\n"
      "cy54bWyzKS4usbMpzrSzKbHzDLDRB3L0QTwQLgIJhmRCBIug/NxUOB+sUB9kAABQSwECFAMUAAAA\r\n"
      "CACCGHRdxxwXPAoAAAAIAAAAEwAAAAAAAAAAAAAAgAEAAAAAW0NvbnRlbnRfVHlwZXNdLnhtbFBL\r\n"
      "AQIUAxQAAAAIAIIYdF3OnpgTDQAAAAsAAAAPAAAAAAAAAAAAAACAATsAAAB4bC93b3JrYm9vay54\r\n"
      "bWxQSwECFAMUAAAACACCGHRdsYRIOn4AAADwAAAAGAAAAAAAAAAAAAAAgAF1AAAAeGwvd29ya3No\r\n"
      "ZWV0cy9zaGVldDEueG1sUEsBAhQDFAAAAAgAghh0XZXIAQUqAAAARgAAABQAAAAAAAAAAAAAAIAB\r\n"
      "KQEAAHhsL3NoYXJlZFN0cmluZ3MueG1sUEsFBgAAAAAEAAQABgEAAIUBAAAAAA==\r\n" LAST,
      "1 text text/plain {x}\n2 opaque application/zip a.bin {}\n"
      "3 data text/tab-separated-values a.bin {IP\t\tTime|192.0.2.1\t22\t|}\n" },
    { "zip-cut-off",
      MIXED NEXT PLAIN "x" NEXT PACKED "UEsDBBQAAAAIAIIYdF1jLvudEAAAAA4AAAAFAAAA" LAST,
      "1 text text/plain {x}\n2 opaque application/zip a.bin {}\n! part 2 is a broken archive\n" },
};

#define CHARSET(name) "Content-Type: text/plain; charset=" name "\r\n\r\n"
#define UNFIT(name) "! part 1 is not in the charset it declares: read as " name "\n"

/* The same few words in each; what is declared wrongly or not at all must come out the same. */
static const Case charsets[] = {
    { "utf-8", CHARSET ("utf-8") "Z\xC3\xBCrich", "1 text text/plain {Z\xC3\xBCrich}\n" },
    { "utf-8-with-bom", CHARSET ("utf-8") "\xEF\xBB\xBFZ\xC3\xBCrich",
      "1 text text/plain {Z\xC3\xBCrich}\n" },
    { "utf-8-undeclared", "\r\nZ\xC3\xBCrich", "1 text text/plain {Z\xC3\xBCrich}\n" },
    { "utf-8-called-latin1", CHARSET ("iso-8859-1") "Z\xC3\xBCrich",
      "1 text text/plain {Z\xC3\xBCrich}\n" UNFIT ("UTF-8") },
    { "latin1", CHARSET ("iso-8859-1") "Z\xFCrich", "1 text text/plain {Z\xC3\xBCrich}\n" },
    { "windows-1252-called-latin1", CHARSET ("iso-8859-1") "They say \x93yes\x94 for 5 \x80",
      "1 text text/plain {They say \xE2\x80\x9Cyes\xE2\x80\x9D for 5 \xE2\x82\xAC}\n" },
    { "latin1-undeclared",
      "\r\nGr\xFC\xDF"
      "e aus Z\xFCrich",
      "1 text text/plain {Gr\xC3\xBC\xC3\x9F"
      "e aus Z\xC3\xBCrich}\n" },
    { "latin1-called-utf-8",
      CHARSET ("utf-8") "Gr\xFC\xDF"
                        "e aus Z\xFCrich",
      "1 text text/plain {Gr\xC3\xBC\xC3\x9F"
      "e aus Z\xC3\xBCrich}\n" UNFIT ("WINDOWS-1252") },
    { "windows-1251", CHARSET ("windows-1251") "\xC0\xF2\xE0\xEA\xE0",
      "1 text text/plain {\xD0\x90\xD1\x82\xD0\xB0\xD0\xBA\xD0\xB0}\n" },
    { "windows-1251-undeclared",
      "\r\n\xC7\xE4\xF0\xE0\xE2\xF1\xF2\xE2\xF3\xE9\xF2\xE5, \xE0\xF2\xE0\xEA\xE0 \xF1 "
      "\xE0\xE4\xF0\xE5\xF1\xE0",
      "1 text text/plain "
      "{\xD0\x97\xD0\xB4\xD1\x80\xD0\xB0\xD0\xB2\xD1\x81\xD1\x82\xD0\xB2\xD1\x83\xD0\xB9\xD1\x82"
      "\xD0\xB5, "
      "\xD0\xB0\xD1\x82\xD0\xB0\xD0\xBA\xD0\xB0 \xD1\x81 "
      "\xD0\xB0\xD0\xB4\xD1\x80\xD0\xB5\xD1\x81\xD0\xB0}\n" },
    { "koi8-r", CHARSET ("koi8-r") "\xE1\xD4\xC1\xCB\xC1",
      "1 text text/plain {\xD0\x90\xD1\x82\xD0\xB0\xD0\xBA\xD0\xB0}\n" },
    { "koi8-r-undeclared",
      "\r\n\xFA\xC4\xD2\xC1\xD7\xD3\xD4\xD7\xD5\xCA\xD4\xC5, \xC1\xD4\xC1\xCB\xC1 \xD3 "
      "\xC1\xC4\xD2\xC5\xD3\xC1",
      "1 text text/plain "
      "{\xD0\x97\xD0\xB4\xD1\x80\xD0\xB0\xD0\xB2\xD1\x81\xD1\x82\xD0\xB2\xD1\x83\xD0\xB9\xD1\x82"
      "\xD0\xB5, "
      "\xD0\xB0\xD1\x82\xD0\xB0\xD0\xBA\xD0\xB0 \xD1\x81 "
      "\xD0\xB0\xD0\xB4\xD1\x80\xD0\xB5\xD1\x81\xD0\xB0}\n" },
    { "windows-1250",
      CHARSET ("windows-1250") "\xF8\xE1"
                               "d",
      "1 text text/plain {\xC5\x99\xC3\xA1"
      "d}\n" },
    { "euc-kr", CHARSET ("euc-kr") "\xB0\xF8\xB0\xDD",
      "1 text text/plain {\xEA\xB3\xB5\xEA\xB2\xA9}\n" },
    { "ks_c_5601-1987-beyond-euc-kr", CHARSET ("ks_c_5601-1987") "\x8C\x63\xB0\xF8",
      "1 text text/plain {\xEB\x98\xA0\xEA\xB3\xB5}\n" },
    { "euc-kr-undeclared", "\r\n\xB3\xD7\xC6\xAE\xBF\xF6\xC5\xA9 \xB0\xF8\xB0\xDD \xBD\xC5\xB0\xED",
      "1 text text/plain {\xEB\x84\xA4\xED\x8A\xB8\xEC\x9B\x8C\xED\x81\xAC "
      "\xEA\xB3\xB5\xEA\xB2\xA9 \xEC\x8B\xA0\xEA\xB3\xA0}\n" },
    { "iso-2022-jp", CHARSET ("iso-2022-jp") "\x1B$B967b\x1B(B!",
      "1 text text/plain {\xE6\x94\xBB\xE6\x92\x83!}\n" },
    { "iso-2022-jp-undeclared", "\r\n\x1B$B967b\x1B(B!",
      "1 text text/plain {\xE6\x94\xBB\xE6\x92\x83!}\n" },
    { "shift_jis", CHARSET ("shift_jis") "\x8D\x55\x8C\x82",
      "1 text text/plain {\xE6\x94\xBB\xE6\x92\x83}\n" },
    { "big5", CHARSET ("big5") "\xA7\xF0\xC0\xBB",
      "1 text text/plain {\xE6\x94\xBB\xE6\x93\x8A}\n" },
    { "big5-undeclared",
      "\r\n\xB1z\xA6n\xA1"
      "A\xA7\xDA\xAD\xCC\xA6\xAC\xA8\xEC\xBA\xF4\xB8\xF4\xA7\xF0\xC0\xBB",
      "1 text text/plain "
      "{\xE6\x82\xA8\xE5\xA5\xBD\xEF\xBC\x8C\xE6\x88\x91\xE5\x80\x91\xE6\x94\xB6\xE5\x88\xB0\xE7"
      "\xB6\xB2\xE8\xB7\xAF"
      "\xE6\x94\xBB\xE6\x93\x8A}\n" },
    { "gb2312", CHARSET ("gb2312") "\xB9\xA5\xBB\xF7",
      "1 text text/plain {\xE6\x94\xBB\xE5\x87\xBB}\n" },
    { "gb2312-called-us-ascii",
      CHARSET ("us-ascii") "\xC4\xFA\xBA\xC3\xA3\xAC\xCE\xD2\xC3\xC7\xCA\xD5\xB5\xBD\xCD\xF8\xC2"
                           "\xE7\xB9\xA5\xBB\xF7\xB5\xC4\xB1\xA8\xB8\xE6",
      "1 text text/plain "
      "{\xE6\x82\xA8\xE5\xA5\xBD\xEF\xBC\x8C\xE6\x88\x91\xE4\xBB\xAC\xE6\x94\xB6\xE5\x88\xB0\xE7"
      "\xBD\x91\xE7\xBB\x9C"
      "\xE6\x94\xBB\xE5\x87\xBB\xE7\x9A\x84\xE6\x8A\xA5\xE5\x91\x8A}\n" },
    { "utf-16-with-bom", CHARSET ("utf-16") "\xFF\xFE\xFC\xFC\xE2\x98",
      "1 text text/plain {\xEF\xB3\xBC\xE9\xA3\xA2}\n" },
    { "utf-16-that-is-ascii", CHARSET ("unicode") "plain words",
      "1 text text/plain {plain words}\n" },
    { "utf-7", CHARSET ("utf-7") "Z+APw-rich", "1 text text/plain {Z\xC3\xBCrich}\n" },
    { "invented", CHARSET ("x-no-such-thing") "Z\xC3\xBCrich",
      "1 text text/plain {Z\xC3\xBCrich}\n" UNFIT ("UTF-8") },
    { "hostile-name", CHARSET ("\"utf-8//TRANSLIT\\r\\nX: y\"") "Z\xC3\xBCrich",
      "1 text text/plain {Z\xC3\xBCrich}\n" },
    { "html-meta",
      "Content-Type: text/html\r\n\r\n<meta charset=windows-1251><p>\xC0\xF2\xE0\xEA\xE0",
      "1 text text/html {\xD0\x90\xD1\x82\xD0\xB0\xD0\xBA\xD0\xB0|}\n" },
    { "quoted-printable",
      CHARSET ("iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable") "Z=FCrich=\r\n, soft",
      "1 text text/plain {Z\xC3\xBCrich, soft}\n" },
    { "base64", CHARSET ("utf-8\r\nContent-Transfer-Encoding: base64") "WsO8cmljaA==",
      "1 text text/plain {Z\xC3\xBCrich}\n" },
    { "not-base64",
      CHARSET (
          "utf-8\r\nContent-Transfer-Encoding: base64") "These are words, and no base64 at all.",
      "1 text text/plain {These are words, and no base64 at all.}\n" },
};

static const Case headers[] = {
    { "rfc2047", "Subject: =?utf-8?Q?Z=C3=BCrich?= =?utf-8?B?IMOkw6Q=?=\r\n\r\nx",
      "subject=Z\xC3\xBCrich \xC3\xA4\xC3\xA4" },
    { "korean", "Subject: =?ks_c_5601-1987?B?sPiw3Q==?=\r\n\r\nx",
      "subject=\xEA\xB3\xB5\xEA\xB2\xA9" },
    { "raw-latin1",
      "Subject: Gr\xFC\xDF"
      "e aus Z\xFCrich\r\n\r\nx",
      "subject=Gr\xC3\xBC\xC3\x9F"
      "e aus Z\xC3\xBCrich" },
    { "raw-utf-8", "Subject: Z\xC3\xBCrich\r\n\r\nx", "subject=Z\xC3\xBCrich" },
    { "folded", "Subject: a\r\n b\r\n\tc\r\n\r\nx", "subject=a b c" },
    { "empty", "Subject:\r\n\r\nx", "subject=" },
    { "injected-line", "Subject: =?utf-8?Q?a=0D=0AX-Abuse-Scenario:_x?=\r\n\r\nx",
      "subject=a X-Abuse-Scenario: x" },
    { "injected-nul", "Subject: =?utf-8?B?YQBi?=\r\n\r\nx", "subject=a" },
    { "not-an-encoded-word", "Subject: a =?b\r\n\r\nx", "subject=a =?b" },
    { "from", "From: \"Doe, Jo\" <jo@example.net>\r\n\r\nx", "from=Doe, Jo <jo@example.net>" },
    { "from-bare", "From: jo@example.net\r\n\r\nx", "from= <jo@example.net>" },
    { "from-old-comment", "From: jo@example.net (Jo Doe)\r\n\r\nx",
      "from=Jo Doe <jo@example.net>" },
    { "from-encoded", "From: =?iso-8859-1?Q?J=F8?= <jo@example.net>\r\n\r\nx",
      "from=J\xC3\xB8 <jo@example.net>" },
    { "from-group", "From: staff: jo@example.net, ed@example.net;\r\n\r\nx",
      "from= <jo@example.net>" },
    { "from-several", "From: jo@example.net, ed@example.net\r\n\r\nx", "from= <jo@example.net>" },
    { "from-broken", "From: Jo Doe jo@example.net>\r\n\r\nx", "<jo@example.net>" },
    { "from-injected", "From: =?utf-8?Q?a=0D=0AX=3A_y?= <jo@example.net>\r\n\r\nx",
      "from=a X: y <jo@example.net>" },
    { "reply-to", "Reply-To: Ed <ed@example.net>\r\n\r\nx", "reply=ed@example.net" },
    { "message-id", "Message-ID: <1@example.net>\r\n\r\nx", "id=1@example.net" },
    { "content-type-kept-in-place", "A: 1\r\nContent-Type: text/plain; x=y\r\nB: 2\r\n\r\nx",
      "A=1|Content-Type=text/plain; x=y|B=2|" },
};

static void
render_parts (const Message *m, GString *out)
{
    for (guint i = 0; i < m->n_parts; i++) {
        const Part *p = &m->parts[i];
        g_autofree char *text = span_dup (p->text);

        g_assert_cmpuint (p->number, ==, i + 1);
        g_assert_true (g_utf8_validate_len (p->text.p, span_left (p->text), NULL));
        g_string_append_printf (out, "%u %s %s", p->number, kinds[p->kind], p->type);
        if (p->name != NULL)
            g_string_append_printf (out, " %s", p->name);
        if (p->mail != 0)
            g_string_append_printf (out, " of %u", p->mail);
        g_string_append_printf (out, "%s {%s}\n", p->spare ? " spare" : "",
                                g_strdelimit (text, "\n", '|'));
    }
    for (guint i = 0; i < m->defects.n; i++)
        g_string_append_printf (out, "! %s\n", m->defects.items[i]);
}

static Message *
read_exact (Arena *arena, const char *mail, char **ret_block)
{
    gsize n = strlen (mail);

    *ret_block = g_malloc (n);
    if (n > 0)
        memcpy (*ret_block, mail, n);
    return intake_read (arena, (Span) { *ret_block, *ret_block + n });
}

static void
test_parts (gconstpointer data)
{
    const Case *c = data;
    g_autoptr (Arena) arena = arena_new (1 << 22);
    g_autofree char *block = NULL;
    g_autoptr (GString) got = g_string_new (NULL);

    render_parts (read_exact (arena, c->mail, &block), got);
    g_assert_cmpstr (got->str, ==, c->want);
}

static void
test_header (gconstpointer data)
{
    const Case *c = data;
    g_autoptr (Arena) arena = arena_new (1 << 22);
    g_autofree char *block = NULL;
    g_autoptr (GString) got = g_string_new (NULL);
    const Message *m = read_exact (arena, c->mail, &block);

    g_string_printf (got, "subject=%s from=%s <%s> reply=%s id=%s ", m->subject, m->from_name,
                     m->from_address, m->reply_to, m->message_id);
    for (guint i = 0; i < m->n_headers; i++)
        g_string_append_printf (got, "%s=%s|", m->headers[i].name, m->headers[i].value);
    if (strstr (got->str, c->want) == NULL)
        g_error ("%s: got %s, wanted %s in it", c->name, got->str, c->want);
}

static const struct {
    const char *name, *value;
    gint64 unix_s; /* -1: not readable */
    gboolean has_zone;
    gint offset_s;
} dates[] = {
    { "rfc5322", "Fri, 20 Nov 2026 03:04:05 +0100", 1795140245, TRUE, 3600 },
    { "no-weekday", "20 Nov 2026 03:04:05 -0500", 1795161845, TRUE, -18000 },
    { "no-seconds", "20 Nov 2026 03:04 GMT", 1795143840, TRUE, 0 },
    { "comment", "Fri, 20 Nov 2026 03:04:05 +0100 (CET)", 1795140245, TRUE, 3600 },
    { "ut", "Fri, 20 Nov 2026 03:04:05 UT", 1795143845, TRUE, 0 },
    { "utz", "Fri, 20 Nov 2026 03:04:05 UTz", 1795143845, FALSE, 0 },
    { "edt", "Fri, 20 Nov 2026 03:04:05 EDT", 1795158245, TRUE, -14400 },
    { "no-zone", "Fri, 20 Nov 2026 03:04:05", 1795143845, FALSE, 0 },
    { "zone-unknown", "Fri, 20 Nov 2026 03:04:05 -0000", 1795143845, FALSE, 0 },
    { "colon-in-zone", "Fri, 20 Nov 2026 03:04:05 +05:30", 1795124045, TRUE, 19800 },
    { "two-digit-year", "20 Nov 26 03:04:05 +0000", 1795143845, TRUE, 0 },
    { "last-century", "20 Nov 98 03:04:05 +0000", 911531045, TRUE, 0 },
    { "dashes", "Fri, 20-Nov-2026 03:04:05 GMT", 1795143845, TRUE, 0 },
    { "ctime", "Fri Nov 20 03:04:05 2026", 1795143845, FALSE, 0 },
    { "iso", "2026-11-20T03:04:05Z", 1795143845, TRUE, 0 },
    { "impossible-day", "Fri, 31 Nov 2026 03:04:05 +0000", -1, FALSE, 0 },
    { "impossible-hour", "Fri, 20 Nov 2026 25:04:05 +0000", -1, FALSE, 0 },
    { "words", "Whenever", -1, FALSE, 0 },
    { "empty", "", -1, FALSE, 0 },
};

static void
test_date (gconstpointer data)
{
    gsize i = GPOINTER_TO_SIZE (data);
    Moment m = intake_moment (dates[i].value);

    g_assert_cmpint (m.known, ==, dates[i].unix_s >= 0);
    if (!m.known)
        return;
    g_assert_cmpint (m.unix_s, ==, dates[i].unix_s);
    g_assert_cmpint (m.has_zone, ==, dates[i].has_zone);
    g_assert_cmpint (m.offset_s, ==, dates[i].offset_s);
}

static gboolean
has_defect (const Message *m, const char *start)
{
    for (guint i = 0; i < m->defects.n; i++)
        if (g_str_has_prefix (m->defects.items[i], start))
            return TRUE;
    return FALSE;
}

static void
test_many_parts (void)
{
    g_autoptr (GString) mail = g_string_new (MIXED);
    g_autoptr (Arena) arena = arena_new (1 << 24);
    const Message *m;

    for (guint i = 0; i < 10000; i++)
        g_string_append (mail, NEXT PLAIN "x");
    m = intake_read (arena, (Span) { mail->str, mail->str + mail->len });
    g_assert_cmpuint (m->n_parts, ==, INTAKE_MAX_PARTS);
    g_assert_true (has_defect (m, "more than 500 parts"));
}

static void
test_deep (gconstpointer type)
{
    g_autoptr (GString) mail = g_string_new (MIME);
    g_autoptr (Arena) arena = arena_new (1 << 24);

    for (guint i = 0; i < 200; i++)
        g_string_append_printf (mail, "Content-Type: %s; boundary=b%u\r\n\r\n--b%u\r\n",
                                (const char *)type, i, i);
    g_string_append (mail, "\r\ntext\r\n");
    g_assert_true (has_defect (intake_read (arena, (Span) { mail->str, mail->str + mail->len }),
                               "parts nested deeper"));
}

static void
test_long_line (void)
{
    gsize n = 50 * 1000 * 1000;
    g_autofree char *mail = g_malloc (n);
    g_autoptr (Arena) arena = arena_new (1 << 24);
    const Message *m;

    memset (mail, 'a', n);
    memcpy (mail, "A: b\r\n\r\n", 8);
    m = intake_read (arena, (Span) { mail, mail + n });
    g_assert_cmpuint (span_left (m->parts[0].text), ==, INTAKE_MAX_PART_TEXT);
    g_assert_true (has_defect (m, "part 1 is cut after"));
}

static void
test_long_header (void)
{
    g_autoptr (GString) mail = g_string_new ("From: ");
    g_autoptr (Arena) arena = arena_new (1 << 24);
    const Message *m;

    for (guint i = 0; i < 1000000; i++)
        g_string_append (mail, "a@example.net,\r\n ");
    g_string_append (mail, "\r\nSubject: s\r\n\r\nx");
    m = intake_read (arena, (Span) { mail->str, mail->str + mail->len });
    g_assert_cmpstr (m->subject, ==, "s");
    g_assert_cmpstr (m->from_address, ==, "a@example.net");
    g_assert_true (has_defect (m, "header fields longer than"));
}

/* Thirty million times the same letter, packed into some thousand bytes. */
static void
test_bomb (void)
{
    gsize n = 30 * 1000 * 1000, n_packed = 0;
    g_autofree char *letters = g_malloc (n), *packed = g_malloc (n);
    g_autoptr (GZlibCompressor) zip = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9);
    g_autofree char *mail = NULL, *base64 = NULL;
    g_autoptr (Arena) arena = arena_new (1 << 26);
    gsize n_read = 0;

    g_assert_cmpint (g_converter_convert (G_CONVERTER (zip), memset (letters, 'a', n), n, packed, n,
                                          G_CONVERTER_INPUT_AT_END, &n_read, &n_packed, NULL),
                     ==, G_CONVERTER_FINISHED);
    base64 = g_base64_encode ((guchar *)packed, n_packed);
    mail = g_strconcat (MIXED NEXT PACKED, base64, LAST, NULL);
    g_assert_true (
        has_defect (intake_read (arena, span_of (mail)), "part 1 holds more than is read"));
}

/* A limit of memory is met anywhere: a message still comes back, whole enough to be used. */
static void
test_exhausted (void)
{
    const char *mail = reports[0].mail;

    for (gsize limit = 400; limit < 8000; limit += 100) {
        g_autoptr (Arena) arena = arena_new (limit);
        const Message *m = intake_read (arena, span_of (mail));

        for (guint i = 0; m != NULL && i < m->n_parts; i++)
            g_assert_nonnull (m->parts[i].type);
    }
}

static void
add (const char *what, const Case *cases, gsize n, GTestDataFunc test)
{
    for (gsize i = 0; i < n; i++) {
        g_autofree char *path = g_strdup_printf ("/intake/%s/%s", what, cases[i].name);

        g_test_add_data_func (path, &cases[i], test);
    }
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    intake_init ();
    add ("structure", structure, G_N_ELEMENTS (structure), test_parts);
    add ("alternatives", alternatives, G_N_ELEMENTS (alternatives), test_parts);
    add ("reports", reports, G_N_ELEMENTS (reports), test_parts);
    add ("archives", archives, G_N_ELEMENTS (archives), test_parts);
    add ("charsets", charsets, G_N_ELEMENTS (charsets), test_parts);
    add ("headers", headers, G_N_ELEMENTS (headers), test_header);
    for (gsize i = 0; i < G_N_ELEMENTS (dates); i++) {
        g_autofree char *path = g_strdup_printf ("/intake/date/%s", dates[i].name);

        g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_date);
    }
    g_test_add_func ("/intake/bounds/ten-thousand-parts", test_many_parts);
    g_test_add_data_func ("/intake/bounds/deep-multiparts", "multipart/mixed", test_deep);
    g_test_add_data_func ("/intake/bounds/deep-mails", "message/rfc822", test_deep);
    g_test_add_func ("/intake/bounds/expansion", test_bomb);
    g_test_add_func ("/intake/bounds/long-line", test_long_line);
    g_test_add_func ("/intake/bounds/long-header", test_long_header);
    g_test_add_func ("/intake/bounds/arena-exhausted", test_exhausted);
    return g_test_run ();
}
