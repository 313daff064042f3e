/* What any program may write. Where nothing tells the direction, the left side is the source. */
#include "find/shape_rows.h"

/* clang-format off */
static const Shape rows[] = {
    { "from-port-to-port", "connection",
      "from {src} port {sport} to {dst} port {dport}", NULL, 0 },
    { "from-to", "connection",
      "from {src:sport} to {dst:dport}", NULL, 0 },
    { "from-port", "connection",
      "from {src} port {sport}", NULL, 0 },
    { "proto-arrow", "connection",
      "{proto} {src:sport} -> {dst:dport}", NULL, 0 },
    { "arrow", "connection",
      "{src:sport} -> {dst:dport}", NULL, 0 },
    { "arrow-tight", "connection",
      "{src:sport}->{dst:dport}", NULL, 0 },
    { "arrow-double", "connection",
      "{src:sport} => {dst:dport}", NULL, 0 },
    { "arrow-long", "connection",
      "{src:sport} --> {dst:dport}", NULL, 0 },
    { "arrow-short", "connection",
      "{src:sport} > {dst:dport}", NULL, 0 },
    { "proto-arrow-spaced", "connection",
      "{proto} {src} {sport} -> {dst} {dport}", NULL, 0 },
    { "proto-arrow-spaced-double", "connection",
      "{proto} {src} {sport} => {dst} {dport}", NULL, 0 },
    { "proto-arrow-service", "connection",
      "{proto} {src} {sport}({w}) -> {dst} {dport}({w})", NULL, 0 },
    { "proto-arrow-service-double", "connection",
      "{proto} {src} {sport}({w}) => {dst} {dport}({w})", NULL, 0 },
    { "arrow-spaced-proto", "connection",
      "{src} {sport} -> {dst} {dport} {n} {proto}", NULL, 0 },
    { "arrow-spaced", "connection",
      "{src} {sport} -> {dst} {dport}", NULL, 0 },
    { "arrow-spaced-double", "connection",
      "{src} {sport} => {dst} {dport}", NULL, 0 },
    { "arrow-to-port", "connection",
      "{src} -> {dst:dport}", NULL, 0 },
    { "arrow-no-port", "connection",
      "{src} -> {dst}", NULL, 0 },
};
/* clang-format on */

const ShapeRows shape_rows_generic = { rows, G_N_ELEMENTS (rows) };
