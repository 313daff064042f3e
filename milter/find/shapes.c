/* All log shapes, specific before general. */
#include "find/shape_rows.h"

const ShapeRows *const shape_rows[] = {
    &shape_rows_login,    &shape_rows_mail,    &shape_rows_http,
    &shape_rows_firewall, &shape_rows_packets, &shape_rows_generic,
};
const guint n_shape_rows = G_N_ELEMENTS (shape_rows);
