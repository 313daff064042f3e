#include "find/time.h"

typedef struct Case {
    const char *in, *want; /* stamps as render() writes them, a blank between */
} Case;

static const Case iso[] = {
    { "2021-12-26T09:09:17Z", "2021-12-26T09:09:17Z" },
    { "2015-05-15 17:03:11-07:00", "2015-05-15T17:03:11-0700" },
    { "2026-04-17T17:02:02-0400", "2026-04-17T17:02:02-0400" },
    { "2022-07-27 13:00:00 +0200", "2022-07-27T13:00:00+0200" },
    { "2024-01-15T22:35:48Z UTC", "2024-01-15T22:35:48Z" },
    { "2015-09-14 07:49:54 CEST", "2015-09-14T07:49:54(+0200)" },
    { "2019-01-16 00:17:00,152 INFO", "2019-01-16T00:17:00" },
    { "2022-04-10 11:13:48,637196", "2022-04-10T11:13:48" },
    { "2019-01-16 00:17:00,198.51.100.7", "2019-01-16T00:17:00" },
    { "2021-11-04 10:00", "2021-11-04T10:00" },
    { "2023-08-19T16:57", "2023-08-19T16:57" },
    { "2023-08-19T16:57-07:00", "2023-08-19T16:57-0700" },
    { "2021-12-26", "2021-12-26" },
    { "[2022-08-18 22:01:23 00:00]", "2022-08-18T22:01:23Z" },
    { "2021/02/02 18:11:05", "2021-02-02T18:11:05" },
    { "2021.02.02 18:11:05", "2021-02-02T18:11:05" },
    { "2023/Sep/25 00:00:02 (GMT+8)", "2023-09-25T00:00:02+0800" },
    { "2023-Sep-25 00:00:02", "2023-09-25T00:00:02" },
    { "2017 Aug 22 12:34:39", "2017-08-22T12:34:39" },
    { "20210422/06:43:57", "2021-04-22T06:43:57" },
    { "20210422 06:43:57", "2021-04-22T06:43:57" },
    { "20210422T064357Z", "2021-04-22T06:43:57Z" },
    { "20210422T0643Z", "2021-04-22T06:43Z" },
    { "20210422064357", "2021-04-22T06:43:57" },
    { "2021-12-26t09:09:17z", "2021-12-26T09:09:17Z" },
    { "2021-12-26T09:09:17.123456789Z", "2021-12-26T09:09:17Z" },
    { "2021-12-26T09:09:17.123+02:00", "2021-12-26T09:09:17+0200" },
    { "2021-12-26 09:09:17 +0000 UTC", "2021-12-26T09:09:17Z" },
    { "2021-12-26_09:09:17", "2021-12-26T09:09:17" },
    { "2021-12-26-09:09:17", "2021-12-26T09:09:17" },
    { "2021-12-26 09.09.17", "2021-12-26T09:09:17" },
    { "2021-12-26, 09:09:17", "2021-12-26T09:09:17" },
    { "2021-12-26,09:09:17,203.0.113.9", "2021-12-26T09:09:17" },
    { "\"2021-12-26\",\"09:09:17\"", "2021-12-26T09:09:17" },
    { "2021-12-26 | 09:09:17 | x", "2021-12-26T09:09:17" },
    { "2021-12-26\t09:09:17", "2021-12-26T09:09:17" },
    { "2021-12-26 at 09:09:17", "2021-12-26T09:09:17" },
    { "2021-12-26 @ 09:09:17", "2021-12-26T09:09:17" },
    { "2021-12-26 6:52:57 PM", "2021-12-26T18:52:57" },
    { "2021-12-26 09:09:17 Europe/Moscow", "2021-12-26T09:09:17[Europe/Moscow]" },
    { "2021-12-26 09:09:17 (Europe/Berlin)", "2021-12-26T09:09:17[Europe/Berlin]" },
    { "2021-12-26T09:09:17+01:00[Europe/Berlin]", "2021-12-26T09:09:17+0100" },
    { "2021年12月26日 09:09:17", "2021-12-26T09:09:17" },
    { "2021年12月26日 下午3:45", "2021-12-26T15:45" },
    { "2021년 12월 26일 오후 3:45", "2021-12-26T15:45" },
    { "date=2021-12-26 time=09:09:17", "2021-12-26 T09:09:17" },
    { "\\n2021-12-26 09:09:17", "2021-12-26T09:09:17" },
    { "--2021-12-26 09:09:17--", "2021-12-26T09:09:17" },
    { "It was on 2021-12-26.", "2021-12-26" },
    { "2021-12-26 09:09:17: blocked", "2021-12-26T09:09:17" },
};

static const Case mail[] = {
    { "Tue, 22 Aug 2017 12:34:39 +0600", "2017-08-22T12:34:39+0600 Tue" },
    { "Tue, 22 Aug 2017 12:34:39 +0200 (CEST)", "2017-08-22T12:34:39+0200 Tue" },
    { "Tue, 22 Aug 2017 12:34:39 GMT", "2017-08-22T12:34:39Z Tue" },
    { "Tue, 22 Aug 2017 12:34 EDT", "2017-08-22T12:34(-0400) Tue" },
    { "22 Aug 2017 12:34:39 UT", "2017-08-22T12:34:39Z" },
    { "22 Aug 17 12:34:39 +0000", "2017-08-22T12:34:39Z" },
    { "Sat, 01 Nov 2014 12:34:39 +00:00 GMT", "2014-11-01T12:34:39Z Sat" },
    { "Sat Dec 16 03:26:09 2017", "2017-12-16T03:26:09 Sat" },
    { "[Tue Aug 22 12:34:39.123456 2017]", "2017-08-22T12:34:39 Tue" },
    { "Tue Aug 22 12:34:39 ALMT 2017", "2017-08-22T12:34:39(+0600..+0500) Tue" },
    { "Tue Aug 22 15:51:54 +06 2018", "2018-08-22T15:51:54+0600 Tue" },
    { "Tue Aug 22 12:34:39 2017 +0600", "2017-08-22T12:34:39+0600 Tue" },
    { "Wed 04 Mar 2020 05:44:22 PM CET", "2020-03-04T17:44:22(+0100) Wed" },
    { "Thu Jan 14 00:00:00 UTC 2021", "2021-01-14T00:00:00Z Thu" },
    { "25/Jun/2021:15:53:10 +0200", "2021-06-25T15:53:10+0200" },
    { "[25/Jun/2021:15:53:10 +0200] \"GET", "2021-06-25T15:53:10+0200" },
    { "23/April/2021 09:01:46 +0500", "2021-04-23T09:01:46+0500" },
    { "21-Sep-2016 06:59:57 GMT-0400", "2016-09-21T06:59:57-0400" },
    { "22-Aug-2017 12:34:39.123 client", "2017-08-22T12:34:39" },
    { "04Mar2022:17:43:06", "2022-03-04T17:43:06" },
};

static const Case syslog[] = {
    { "Mar  4 17:43:06 host sshd", "--03-04T17:43:06" },
    { "<38>Mar 14 17:43:06 host", "--03-14T17:43:06" },
    { "Mar 04 17:43:06 198.51.100.7", "--03-04T17:43:06" },
    { "Mar  4 17:43:06.123 host", "--03-04T17:43:06" },
    { "*Mar  4 17:43:06.123 UTC: %SEC", "--03-04T17:43:06Z" },
    { "Mar  4 2022 17:43:06: %ASA", "2022-03-04T17:43:06" },
    { "Mar  4 17:43:06 2022 host", "2022-03-04T17:43:06" },
    { "Mar  4 17:43:06 EST-gw7 sshd", "--03-04T17:43:06" },
    { "mar nov 1 11:06:37 CET 2022", "2022-11-01T11:06:37(+0100) Tue" },
    { "12/15 18:00:17", "--12-15T18:00:17" },
    { "12/15-18:00:17.123456  [**]", "--12-15T18:00:17" },
    { "03/04-18:00:17.123456", "--03-04T18:00:17?" },
    { "15/12 18:00:17", "--12-15T18:00:17" },
    { "12-26 10:45:12.345", "--12-26T10:45:12" },
    { "00:07:29.769093 IP", "T00:07:29" },
    { "17:43:06 up", "T17:43:06" },
    { "at 17:43 UTC", "T17:43Z" },
    { "at 5:43 PM", "T17:43" },
    { "at 5:43pm.", "T17:43" },
    { "at 12:05 a.m.", "T00:05" },
    { "Time:17:43:06", "T17:43:06" },
    { "Feb 8 20h/4", "--02-08T20:00" },
    { "dec. 25 17:43:06", "--12-25T17:43:06" },
};

static const Case european[] = {
    { "03.08.2017 17:44:58", "2017-08-03T17:44:58" },
    { "3.8.2017 17:44", "2017-08-03T17:44" },
    { "23-11-2023 6:18:04", "2023-11-23T06:18:04" },
    { "25/01/2021 08:23", "2021-01-25T08:23" },
    { "23/01/22", "2022-01-23" },
    { "23.01.22 10:45", "2022-01-23T10:45" },
    { "08/11/2017 02:43:34 -04:00 EDT", "2017-11-08T02:43:34-0400?" },
    { "2/14/2025 6:52:57 AM (UTC-06:00)", "2025-02-14T06:52:57-0600" },
    { "3/4/2025 6:52:57 PM", "2025-03-04T18:52:57" },
    { "03/04/2025 06:52", "2025-04-03T06:52?" },
    { "03/03/2025 06:52", "2025-03-03T06:52" },
    { "12/26/2021", "2021-12-26" },
    { "26/12/2021", "2021-12-26" },
    { "07.Dec.2021 - 08:06:10 PM", "2021-12-07T20:06:10" },
    { "10:45:12 03.08.2017", "2017-08-03T10:45:12" },
    { "17:44:58, 03.08.2017", "2017-08-03T17:44:58" },
    { "10:45:12 2017-08-03", "2017-08-03T10:45:12" },
    { "03.08.2017 um 17:44 Uhr", "2017-08-03T17:44" },
    { "03.08.2017 um 17:44 Uhr MESZ", "2017-08-03T17:44(+0200)" },
    { "03.08.2017, 17:44:58", "2017-08-03T17:44:58" },
    { "03/08/2017 à 17h44", "2017-08-03T17:44?" },
    { "03.08.2017 17h44m58s", "2017-08-03T17:44:58" },
    { "22/08/2017 12:34:39,123", "2017-08-22T12:34:39" },
};

static const Case words[] = {
    { "Dec 25, 2022 @ 08:02:59.717", "2022-12-25T08:02:59" },
    { "December 25, 2022 08:02 AM EST", "2022-12-25T08:02(-0500)" },
    { "03 Apr 23 14:13 UTC", "2023-04-03T14:13Z" },
    { "April 22nd, 2021 at 4:36:58 PM UTC", "2021-04-22T16:36:58Z" },
    { "22nd of April 2021, 16:36", "2021-04-22T16:36" },
    { "22nd of April, 2021", "2021-04-22" },
    { "Oct, 23 2003 6:13:36 PM -0400", "2003-10-23T18:13:36-0400" },
    { "Dec-25-2022 08:02:59", "2022-12-25T08:02:59" },
    { "Sep/25/2023 08:02:59", "2023-09-25T08:02:59" },
    { "10:45 14 июня 2024", "2024-06-14T10:45" },
    { "14 июня 2024 г. в 10:45", "2024-06-14T10:45" },
    { "14 ИЮНЯ 2024 10:45:01", "2024-06-14T10:45:01" },
    { "Do 14. Apr 06:00:54 CEST 2022", "2022-04-14T06:00:54(+0200) Thu" },
    { "Dienstag, den 22. August 2017 um 12:34 Uhr", "2017-08-22T12:34 Tue" },
    { "22. März 2017 12:34:39", "2017-03-22T12:34:39" },
    { "22. MÄRZ 2017 12:34:39", "2017-03-22T12:34:39" },
    { "5. Dez. 2017 12:34", "2017-12-05T12:34" },
    { "le 22 août 2017 à 12:34:39", "2017-08-22T12:34:39" },
    { "mardi 22 août 2017 à 12h34", "2017-08-22T12:34 Tue" },
    { "1er février 2017", "2017-02-01" },
    { "22 de agosto de 2017 a las 12:34", "2017-08-22T12:34" },
    { "22 de março de 2017 às 12:34", "2017-03-22T12:34" },
    { "22 agosto 2017 alle 12:34", "2017-08-22T12:34" },
    { "22 sierpnia 2017 o 12:34", "2017-08-22T12:34" },
    { "22 października 2017", "2017-10-22" },
    { "22 augustus 2017 om 12:34", "2017-08-22T12:34" },
    { "di 22 mrt 2017 12:34", "2017-03-22T12:34 Tue" },
    { "22 ağustos 2017 12:34", "2017-08-22T12:34" },
    { "17:43 UTC on 4 March 2021", "2021-03-04T17:43Z" },
    { "17:43 on March 4, 2021", "2021-03-04T17:43" },
    { "On March 4 we saw", "--03-04" },
    { "on 4 March and later", "--03-04" },
    { "Mar 4, 2022", "2022-03-04" },
    { "4 May 2022", "2022-05-04" },
    { "11:06:37 Dec 25 2022", "2022-12-25T11:06:37" },
};

static const Case zones[] = {
    { "2021-12-26 09:09:17 UTC", "2021-12-26T09:09:17Z" },
    { "2021-12-26 09:09:17 utc", "2021-12-26T09:09:17Z" },
    { "2021-12-26 09:09:17UTC", "2021-12-26T09:09:17Z" },
    { "2021-12-26 09:09:17 (UTC)", "2021-12-26T09:09:17Z" },
    { "2021-12-26 09:09:17, UTC", "2021-12-26T09:09:17Z" },
    { "2021-12-26 09:09:17 UTC+3", "2021-12-26T09:09:17+0300" },
    { "2021-12-26 09:09:17 GMT +5:30", "2021-12-26T09:09:17+0530" },
    { "2021-12-26 09:09:17 (GMT+01:00) Amsterdam", "2021-12-26T09:09:17+0100" },
    { "2021-12-26 09:09:17 \xe2\x88\x92"
      "05:00",
      "2021-12-26T09:09:17-0500" },
    { "2021-12-26 09:09:17 -6 UTC", "2021-12-26T09:09:17-0600" },
    { "2021-12-26 09:09:17 IST", "2021-12-26T09:09:17(+0530..+0100)" },
    { "2021-12-26 09:09:17 CST", "2021-12-26T09:09:17(+0800..-0600)" },
    { "2021-12-26 09:09:17 BST", "2021-12-26T09:09:17(+0600..+0100)" },
    { "2021-12-26 09:09:17 AST", "2021-12-26T09:09:17(+0300..-0400)" },
    { "2021-12-26 09:09:17 CST (UTC+8)", "2021-12-26T09:09:17+0800" },
    { "2021-12-26 09:09:17 MSK", "2021-12-26T09:09:17(+0300)" },
    { "2021-12-26 09:09:17 MET DST", "2021-12-26T09:09:17(+0100)" },
    { "2021-12-26 09:09:17 PT", "2021-12-26T09:09:17[America/Los_Angeles]" },
    { "2021-12-26 09:09:17 Eastern Daylight Time", "2021-12-26T09:09:17[America/New_York]" },
    { "2021-12-26 09:09:17 US Central", "2021-12-26T09:09:17[America/Chicago]" },
    { "2021-12-26 09:09:17 GMT+0100 (Central European Standard Time)", "2021-12-26T09:09:17+0100" },
    { "2021-12-26 09:09:17 (Coordinated Universal Time)", "2021-12-26T09:09:17Z" },
    { "2021-12-26 09:09:17 Etc/GMT+5", "2021-12-26T09:09:17[Etc/GMT+5]" },
    { "2021-12-26 09:09:17 Europe/Nowhere", "2021-12-26T09:09:17[Europe/Nowhere]" },
    { "2021-12-26 09:09:17 GET /", "2021-12-26T09:09:17" },
    { "2021-12-26 09:09:17 +1", "2021-12-26T09:09:17" },
    { "2021-12-26 09:09:17 +9900", "2021-12-26T09:09:17" },
    { "2021-12-26 09:09:17 +49301234", "2021-12-26T09:09:17" },
    { "2021-12-26 09:09:17 est arrivé", "2021-12-26T09:09:17" },
    { "2021-12-26 09:09:17 ESTABLISHED", "2021-12-26T09:09:17" },
};

static const Case ranges[] = {
    { "2021-12-26 09:09:17 ~ 2021-12-26 10:00:00 (UTC)",
      "2021-12-26T09:09:17Z 2021-12-26T10:00:00Z" },
    { "2021-12-26 09:09:17 - 2021-12-26 10:00:00", "2021-12-26T09:09:17 2021-12-26T10:00:00" },
    { "2021-12-26 10:00-12:00", "2021-12-26T10:00" },
    { "2021-12-26 10:00:00 - 12:00:00 UTC", "2021-12-26T10:00:00Z T12:00:00Z" },
    { "2021-12-26 09:09:17 to 2021-12-27 09:09:17 CET",
      "2021-12-26T09:09:17(+0100) 2021-12-27T09:09:17(+0100)" },
    { "2021-12-26 09:09:17,2021-12-26 09:10:00", "2021-12-26T09:09:17 2021-12-26T09:10:00" },
    { "2021-12-26T09:09:17Z/2021-12-26T10:00:00Z", "2021-12-26T09:09:17Z 2021-12-26T10:00:00Z" },
    { "09:09:17 2021-12-26 10:00:00", "T09:09:17 2021-12-26T10:00:00" },
};

static const Case epochs[] = {
    { "time=1649173732", "@1649173732" },
    { "\"ts\":1649173732.123,", "@1649173732" },
    { "\"timestamp\": 1649173732123", "@1649173732" },
    { "1649173732.123    200 198.51.100.7 TCP_MISS", "@1649173732" },
    { "1649173732,198.51.100.7,22", "@1649173732" },
    { "[1649173732] EXTERNAL", "@1649173732" },
    { "audit(1649173732.123:456)", "@1649173732" },
    { "first_seen=1649173732 last_seen=1649173799", "@1649173732 @1649173799" },
    { "@1649173732", "@1649173732" },
    { "call 1649173732 now", "" },
    { "id=1649173732", "" },
    { "time=2949173732999", "" },
    { "time=2949173732", "" },
    { "time=0949173732", "" },
    { "time=16491737321", "" },
    { "time=1649173732-77", "" },
    { "time=1649173732.example.net", "" },
};

static const Case traps[] = {
    { "", "" },
    { "24/7", "" },
    { "since 2021", "" },
    { "2021", "" },
    { "1.2.3.4", "" },
    { "10.20.30.40", "" },
    { "198.51.100.7:22", "" },
    { "version 2.10.12", "" },
    { "openssl 1.1.1", "" },
    { "v2021.12.26", "" },
    { "16:9", "" },
    { "ratio 12:30", "" },
    { "1:2:3:4", "" },
    { "2001:db8:12:34:56::1", "" },
    { "2001:db8::12:34:56", "" },
    { "00:11:22:33:44:55", "" },
    { "MAC=00:11:22:33:44:55:66:77", "" },
    { "+49 30 12 34 56", "" },
    { "Tel: 030/12345678", "" },
    { "555-12-2021", "" },
    { "2021-555-1234", "" },
    { "12.5 MB", "" },
    { "1.048.576 bytes", "" },
    { "$12.30", "" },
    { "10.12.50 EUR", "" },
    { "<20211226091010.AB12@example.org>", "" },
    { "<8021.1649173732@example.org>", "" },
    { "#20211226", "" },
    { "ticket 20211226", "" },
    { "order 2021122600417", "" },
    { "1/2/20 files", "" },
    { "1/2", "" },
    { "32/13/2021", "" },
    { "2021-13-26", "" },
    { "2021-02-30", "" },
    { "30.02.2021", "" },
    { "99/99/99", "" },
    { "25:61:00", "" },
    { "17:60", "" },
    { "port 22 may be open", "" },
    { "5 may", "" },
    { "Mar 4", "" },
    { "march of 40 people", "" },
    { "1989-12-26", "" },
    { "2061-12-26", "" },
    { "path/2021/12/26/index", "" },
    { "log_x2021-12-26", "" },
    { "a12:34:56", "" },
    { "12:34:567", "" },
    { "80,443,8080", "" },
    { "22-80", "" },
    { "items 1-2 10:30", "" },
    { "RFC 5322", "" },
    { "data 2022.12.2.204824", "" },
    { "id 2022.01.13-54.240.0.57", "" },
    { "xT08:31:07+00:00", "" },
    { "ISO 8601", "" },
    { "AS64496", "" },
    { "HTTP/1.1 200 512", "" },
    { "Mozilla/5.0 (X11; rv:12.0)", "" },
    { "DATE_TIME (UTC+3)", "" },
};

static const Case values[] = {
    { "Tue, 22 Aug 2017 12:34:39 +0200 (CEST)", "2017-08-22T12:34:39+0200 Tue" },
    { " 2021-12-26T09:09:17Z\n", "2021-12-26T09:09:17Z" },
    { "\"2021-12-26 09:09:17\"", "2021-12-26T09:09:17" },
    { "[25/Jun/2021:15:53:10 +0200]", "2021-06-25T15:53:10+0200" },
    { "1649173732", "@1649173732" },
    { "1649173732123", "@1649173732" },
    { "20211226", "2021-12-26" },
    { "10:45", "T10:45" },
    { "17h44", "T17:44" },
    { "Mar 4", "--03-04" },
    { "Mon Sep 1 12:34:39 2014 +00:00 GMT", "2014-09-01T12:34:39Z Mon" },
    { "2021-12-26.", "2021-12-26" },
    { "2021-12-26 09:09:17 and more", "" },
    { "on 2021-12-26", "" },
    { "DATE_TIME (UTC+3)", "" },
    { "198.51.100.7", "" },
    { "22", "" },
    { "", "" },
};

static const Case hints[] = {
    { "All times are UTC", "Z" },
    { "All times are in UTC.", "Z" },
    { "(all times GMT)", "Z" },
    { "Times are given in CEST", "(+0200)" },
    { "Local timezone is +0200 (CEST)", "+0200" },
    { "TZ - Europe/Moscow", "[Europe/Moscow]" },
    { "TZ=Europe/Berlin", "[Europe/Berlin]" },
    { "Time zone: UTC+3", "+0300" },
    { "Timezone: (UTC-06:00) Central Time", "-0600" },
    { "Time Zone is -6", "-0600" },
    { "Zone: CET", "[Europe/Berlin]" },
    { "Zeitzone: MEZ", "[Europe/Berlin]" },
    { "Our time zone is EST", "[America/New_York]" },
    { "Time zone is GMT - 3", "-0300" },
    { "GMT - 3 times", "" },
    { "timestamp(UTC+0),ip,port", "Z" },
    { "timestamp_utc,ip", "Z" },
    { "Timestamp [UTC]", "Z" },
    { "DATE_TIME (UTC+3)", "+0300" },
    { "Date (UTC)", "Z" },
    { "Date and Time (GMT+2)", "+0200" },
    { "Time of the incident (UTC+2):", "+0200" },
    { "times in -6 UTC", "-0600" },
    { "Log times in -6 UTC for 198.51.100.7", "-0600" },
    { "Times are US Central", "[America/Chicago]" },
    { "These logs are in Eastern Time", "[America/New_York]" },
    { "The times are French time.", "[Europe/Paris]" },
    { "The log is in UTC time", "Z" },
    { "Timestamps are UTC+02:00", "+0200" },
    { "Toutes les heures sont en UTC", "Z" },
    { "Alle Zeiten in UTC", "Z" },
    { "All times IST", "(+0530..+0100)" },
    { "CET timezone", "(+0100)" },
    { "the server's time zone is America/New_York", "[America/New_York]" },
    { "Time: 2021-12-26 09:09:17 UTC", "" },
    { "Date: Tue, 22 Aug 2017 12:34:39 GMT", "" },
    { "2021-12-26 09:09:17 UTC time out", "" },
    { "at that time we saw -5 hosts", "" },
    { "this time is the last", "" },
    { "times are local", "" },
    { "timeout: +30", "" },
    { "the zone file", "" },
    { "size 10 MZ", "" },
    { "sometimes 198.51.100.7", "" },
    { "", "" },
};

static void
render_offset (GString *out, gint offset_s)
{
    gint minutes = ABS (offset_s) / 60;

    g_string_append_printf (out, "%c%02d%02d", offset_s < 0 ? '-' : '+', minutes / 60,
                            minutes % 60);
}

static void
render_zone (GString *out, const TimeZone *z)
{
    switch (z->sort) {
    case ZONE_UNSAID:
        break;
    case ZONE_OFFSET:
        if (z->offset_s == 0)
            g_string_append_c (out, 'Z');
        else
            render_offset (out, z->offset_s);
        break;
    case ZONE_ABBREVIATION:
        g_string_append_c (out, '(');
        render_offset (out, z->offset_s);
        if (z->offset_latest_s != z->offset_s) {
            g_string_append (out, "..");
            render_offset (out, z->offset_latest_s);
        }
        g_string_append_c (out, ')');
        break;
    case ZONE_TZ:
        g_string_append_printf (out, "[%s]", z->tz);
        break;
    }
}

static void
render (GString *out, const Stamp *st)
{
    static const char *const days[] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };

    if (out->len > 0)
        g_string_append_c (out, ' ');
    if (st->epoch) {
        g_string_append_printf (out, "@%" G_GINT64_FORMAT, st->unix_s);
        return;
    }
    if (st->has_year)
        g_string_append_printf (out, "%04d-", st->year);
    else if (st->has_date)
        g_string_append (out, "--");
    if (st->has_date)
        g_string_append_printf (out, "%02d-%02d", st->month, st->day);
    if (st->has_time)
        g_string_append_printf (out, "T%02d:%02d", st->hour, st->minute);
    if (st->has_seconds)
        g_string_append_printf (out, ":%02d", st->second);
    render_zone (out, &st->zone);
    if (st->day_first_doubt)
        g_string_append_c (out, '?');
    if (st->weekday >= 0)
        g_string_append_printf (out, " %s", days[st->weekday]);
}

static char *
exact_copy (const char *text, Span *ret)
{
    gsize n = strlen (text);
    char *exact = g_malloc (n + (n == 0));

    memcpy (exact, text, n);
    *ret = (Span) { exact, exact + n };
    return exact;
}

static void
expect (const char *in, const char *got, const char *want)
{
    if (g_str_equal (got, want))
        return;
    g_printerr ("'%s': got '%s', wanted '%s'\n", in, got, want);
    g_test_fail ();
}

typedef struct Table {
    const Case *cases;
    gsize n;
} Table;

static void
test_next (gconstpointer data)
{
    const Table *t = data;

    for (gsize i = 0; i < t->n; i++) {
        Span rest;
        g_autofree char *exact = exact_copy (t->cases[i].in, &rest);
        g_autoptr (GString) got = g_string_new (NULL);
        Stamp st;

        while (time_next (exact, &rest, &st)) {
            g_assert_true (st.original.p >= exact && st.original.end == rest.p);
            g_assert_true (st.original.p < st.original.end && rest.p <= rest.end);
            render (got, &st);
        }
        g_assert_true (rest.p == rest.end);
        expect (t->cases[i].in, got->str, t->cases[i].want);
    }
}

static void
test_value (void)
{
    for (gsize i = 0; i < G_N_ELEMENTS (values); i++) {
        Span text;
        g_autofree G_GNUC_UNUSED char *exact = exact_copy (values[i].in, &text);
        g_autoptr (GString) got = g_string_new (NULL);
        Stamp st;

        if (time_value (text, &st))
            render (got, &st);
        expect (values[i].in, got->str, values[i].want);
    }
}

static void
test_hint (void)
{
    for (gsize i = 0; i < G_N_ELEMENTS (hints); i++) {
        Span line;
        g_autofree G_GNUC_UNUSED char *exact = exact_copy (hints[i].in, &line);
        g_autoptr (GString) got = g_string_new (NULL);
        TimeZone zone;

        if (time_zone_hint (line, &zone))
            render_zone (got, &zone);
        expect (hints[i].in, got->str, hints[i].want);
    }
}

#define TABLE(name)                                                                                \
    {                                                                                              \
        name, G_N_ELEMENTS (name)                                                                  \
    }

int
main (int argc, char **argv)
{
    static const Table tables[] = { TABLE (iso),      TABLE (mail),   TABLE (syslog),
                                    TABLE (european), TABLE (words),  TABLE (zones),
                                    TABLE (ranges),   TABLE (epochs), TABLE (traps) };

    g_test_init (&argc, &argv, NULL);
    g_test_add_data_func ("/time/next/iso-8601-and-kin", &tables[0], test_next);
    g_test_add_data_func ("/time/next/mail-ctime-and-clf", &tables[1], test_next);
    g_test_add_data_func ("/time/next/without-year-or-date", &tables[2], test_next);
    g_test_add_data_func ("/time/next/numbers-in-either-order", &tables[3], test_next);
    g_test_add_data_func ("/time/next/months-in-words", &tables[4], test_next);
    g_test_add_data_func ("/time/next/zones", &tables[5], test_next);
    g_test_add_data_func ("/time/next/ranges-are-two", &tables[6], test_next);
    g_test_add_data_func ("/time/next/epoch-with-a-reason", &tables[7], test_next);
    g_test_add_data_func ("/time/next/look-alikes-are-none", &tables[8], test_next);
    g_test_add_func ("/time/value/whole-text-only", test_value);
    g_test_add_func ("/time/hint/zones-away-from-stamps", test_hint);
    return g_test_run ();
}
