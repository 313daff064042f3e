#include "effect/schema_old.h"

const char schema_to_2[] = "ALTER TABLE reports ADD COLUMN complainant_auth_spf TEXT;"
                           "ALTER TABLE reports ADD COLUMN complainant_auth_dkim TEXT;"
                           "ALTER TABLE reports ADD COLUMN complainant_auth_dmarc TEXT;";

const char schema_move_to_3[] =
    "INSERT INTO reports_3 (seq, id, received_unix_ms, sender, message_id, from_address, from_name,"
    " subject, complaint, scenario, confidence, format, priority, complainant_kind,"
    " complainant_address, complainant_tor_aware, deadline, accused, incident_count, tor_standing,"
    " tor_relay, tor_spoofable, demands)"
    " SELECT seq, id, received_unix_ms, sender, message_id, from_address, from_name,"
    " subject, complaint, scenario, confidence, format, priority, complainant_kind,"
    " complainant_address, complainant_tor_aware, deadline,"
    " (SELECT coalesce (ip, masked, url) FROM incidents WHERE report = seq AND n = 0),"
    " incident_count, tor_standing, tor_relay, 0,"
    " (SELECT group_concat (demand, ' ')"
    "  FROM (SELECT demand FROM demands WHERE report = seq ORDER BY n))"
    " FROM reports;"

    /* json_patch() takes away what is null */
    "INSERT INTO details (report, detail) SELECT seq, json_patch ('{}', json_object ("
    " 'queue_id', queue_id, 'recipients', recipients, 'date_unix_s', date_unix_s,"
    " 'priority_reason', priority_reason, 'complainant.name', complainant_name,"
    " 'complainant.auth.spf', complainant_auth_spf,"
    " 'complainant.auth.dkim', complainant_auth_dkim,"
    " 'complainant.auth.dmarc', complainant_auth_dmarc, 'deadline_text', deadline_text,"
    " 'urls', json ((SELECT json_group_array (url)"
    "  FROM (SELECT * FROM urls WHERE report = seq ORDER BY n))),"
    " 'defects', json ((SELECT json_group_array (defect)"
    "  FROM (SELECT * FROM defects WHERE report = seq ORDER BY n))),"

    " 'incidents', json_object ('all', json ('{}'), 'names', json_array ("
    "  'ip', 'masked', 'src_port', 'dst_ip', 'dst_port', 'protocol', 'time', 'time_latest',"
    "  'time_local', 'time_basis', 'url', 'count', 'basis', 'relay', 'rule',"
    "  'where.part', 'where.line', 'where.column'),"
    "  'each', json ((SELECT json_group_array (json_array ("
    "   ip, masked, src_port, dst_ip, dst_port, protocol, time, time_latest,"
    "   time_local, time_basis, url, count, basis, relay, rule,"
    "   where_part, where_line, where_column))"
    "   FROM (SELECT * FROM incidents WHERE report = seq ORDER BY n)))),"

    " 'signals', json_object ('all', json ('{}'), 'names', json_array ("
    "  'of', 'name', 'weight', 'zone', 'where.part', 'where.line', 'where.column', 'text'),"
    "  'each', json ((SELECT json_group_array (json_array ("
    "   of, name, weight, zone, where_part, where_line, where_column, text))"
    "   FROM (SELECT * FROM signals WHERE report = seq ORDER BY n)))),"

    " 'alternatives', json_object ('all', json ('{}'),"
    "  'names', json_array ('scenario', 'confidence'),"
    "  'each', json ((SELECT json_group_array (json_array (scenario, confidence))"
    "   FROM (SELECT * FROM alternatives WHERE report = seq ORDER BY n))))"
    " )) FROM reports;"

    "DROP TABLE incidents; DROP TABLE signals; DROP TABLE alternatives; DROP TABLE demands;"
    "DROP TABLE urls; DROP TABLE defects; DROP TABLE reports;"
    "ALTER TABLE reports_3 RENAME TO reports;"

    "UPDATE reports SET (correction_scenario, correction_unix_ms, correction_author,"
    " correction_note) = (SELECT scenario, made_unix_ms, author, note FROM corrections"
    "  WHERE report = seq ORDER BY n DESC LIMIT 1)"
    " WHERE seq IN (SELECT report FROM corrections);";
