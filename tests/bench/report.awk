# "NAME/CONNECTIONS KEY VALUE" lines, each several times: a table of the medians, then what they mean.
{ n[$1, $2]++; all[$1, $2, n[$1, $2]] = $3; if (!seen[$1]++) order[++rows] = $1 }

function median(row, key,    i, j, t, m, v) {
    m = n[row, key]
    for (i = 1; i <= m; i++) v[i] = all[row, key, i] + 0
    for (i = 1; i <= m; i++) for (j = i + 1; j <= m; j++) if (v[j] < v[i]) { t = v[i]; v[i] = v[j]; v[j] = t }
    return m ? v[int((m + 1) / 2)] : 0
}
function ratio(what, a, b, wanted) {
    if (a > 0 && b > 0) printf "%-66s %6.2f   %s\n", what, (a / b), wanted
}
function cpu(row) { return median(row, "cpu_us") }
function rate(row) { return median(row, "rate") }

END {
    label["null-nr/8"] = "null milter, replies negotiated away"
    label["null-plain/8"] = "null milter, a reply to each step"
    label["null-rcpt/8"] = "null milter, accepting at RCPT"
    label["unwatched/8"] = "abuse-milter, nobody watched"
    label["no-log/8"] = "abuse-milter, complaints, no log"
    label["ordinary/8"] = "abuse-milter, ordinary mail of 43 KB"
    label["large/8"] = "abuse-milter, mail of 10 and 25 MB"
    label["large/64"] = "abuse-milter, mail of 25 MB"
    label["opendkim/8"] = "opendkim, verifying"
    label["rspamd/8"] = "rspamd, default rules, no network"
    printf "%-40s %3s %8s %8s %8s %8s %7s %7s\n", "", "c", "mails/s", "p50 us", "p99 us", "CPU us", "RSS MB", "peak MB"
    for (i = 1; i <= rows; i++) {
        r = order[i]; split(r, part, "/")
        name = (r in label) ? label[r] : (part[1] == "complaints" ? "abuse-milter, complaints, log on disk" : part[1])
        if (!n[r, "cpu_us"]) { printf "%-40s %3d %8d\n", name, part[2], rate(r); continue }
        printf "%-40s %3d %8d %8d %8d %8d %7.1f %7.1f%s\n", name, part[2], rate(r), median(r, "p50_us"), median(r, "p99_us"),
            cpu(r), median(r, "rss_kb") / 1024, median(r, "peak_kb") / 1024,
            (median(r, "errors") > 0) ? "  " median(r, "errors") " ERRORS" : ""
    }
    print ""
    ours = "complaints/8"
    ratio("CPU of a complaint, as times the null milter without replies", cpu(ours), cpu("null-nr/8"), "at most 4.5")
    ratio("CPU of a complaint, as times opendkim", cpu(ours), cpu("opendkim/8"), "at most 0.45")
    ratio("CPU of a complaint, as times rspamd", cpu(ours), cpu("rspamd/8"), "at most 0.1")
    ratio("complaints a second, as times the plain null milter", rate(ours), rate("null-plain/8"), "at least 0.5")
    ratio("complaints a second, as times opendkim", rate(ours), rate("opendkim/8"), "at least 1.5")
    ratio("complaints a second, as times rspamd", rate(ours), rate("rspamd/8"), "at least 5")
    ratio("unwatched mails a second, as times the null milter at RCPT", rate("unwatched/8"), rate("null-rcpt/8"), "at least 0.9")
    ratio("MB resident at 64 connections of complaints", median("complaints/64", "rss_kb"), 1024, "at most 48")
    ratio("MB at most, with 64 mails of 25 MB at once", median("large/64", "peak_kb"), 1024, "below 512, the default memory_total")
}
