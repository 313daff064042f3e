#include "effect/desk_list.h"
#include "effect/desk.h"

static const char *const priorities[] = { "urgent", "high", "normal", "low", NULL };
static const char *const states[] = { "open", "answered", "closed", NULL };

typedef struct Input {
    const char *name, *label;
    glong at;
    const char *hint;
    const char *const *choices; /* NULL: text */
} Input;

#define AT(field) G_STRUCT_OFFSET (DeskFilter, field)

static const Input inputs[] = {
    { "q", "Text", AT (text), "subject, sender, host", NULL },
    { "ip", "Address or network", AT (ip), "198.51.100.7", NULL },
    { "scenario", "Scenario", AT (scenario), NULL, NULL },
    { "priority", "Priority", AT (priority), NULL, priorities },
    { "state", "Case", AT (state), NULL, states },
    { "relay", "Relay", AT (relay), NULL, NULL },
    { "reporter", "Reporter", AT (reporter), "example.org", NULL },
    { "since", "Since", AT (since), "2026-11-20 or 7d", NULL },
    { "until", "Until", AT (until), "2026-11-21", NULL },
};

static const char *
value_of (const DeskFilter *filter, const Input *input)
{
    return G_STRUCT_MEMBER (const char *, filter, input->at);
}

static void
print_choice (GString *page, const Input *input, const char *const *choices, const char *chosen)
{
    desk_printf (page, "<select id=\"f-%s\" name=\"%s\"><option value=\"\">any</option>\n",
                 input->name, input->name);
    for (guint i = 0; choices[i] != NULL; i++)
        desk_printf (page, "<option%s>%s</option>\n",
                     g_strcmp0 (choices[i], chosen) == 0 ? " selected" : "", choices[i]);
    g_string_append (page, "</select>");
}

static void
print_text (GString *page, const Input *input, const char *value)
{
    desk_printf (page, "<input id=\"f-%s\" name=\"%s\" value=\"%s\"", input->name, input->name,
                 value);
    if (input->hint != NULL)
        desk_printf (page, " placeholder=\"%s\"", input->hint);
    g_string_append_c (page, '>');
}

void
desk_filter_form (GString *page, const char *action, const DeskFilter *filter,
                  const char *const *scenarios)
{
    desk_printf (page,
                 "<section><form class=\"filters\" method=\"get\" action=\"%s\" role=\"search\">\n",
                 action);
    for (gsize i = 0; i < G_N_ELEMENTS (inputs); i++) {
        const Input *input = &inputs[i];
        const char *const *choices =
            strcmp (input->name, "scenario") == 0 ? scenarios : input->choices;

        desk_printf (page, "<div><label for=\"f-%s\">%s</label>", input->name, input->label);
        if (choices != NULL)
            print_choice (page, input, choices, value_of (filter, input));
        else
            print_text (page, input, value_of (filter, input));
        g_string_append (page, "</div>\n");
    }
    g_string_append (page, "<div><button>Filter</button></div>\n</form></section>\n");
}

void
desk_filter_query (GString *page, const DeskFilter *filter)
{
    const char *between = "";

    for (gsize i = 0; i < G_N_ELEMENTS (inputs); i++) {
        const char *value = value_of (filter, &inputs[i]);

        if (value == NULL)
            continue;
        desk_printf (page, "%s%s=", between, inputs[i].name);
        desk_query (page, value);
        between = "&";
    }
}

void
desk_rows_begin (GString *page)
{
    g_string_append (page, "<ul class=\"rows\">\n");
}

void
desk_row (GString *page, const LogRow *r)
{
    gboolean named = r->subject != NULL && *r->subject != '\0';

    desk_printf (page,
                 "<li><span class=\"priority %s\">%s</span><span>%s</span><span class=\"main\">"
                 "<a href=\"/report/%s\">%s</a><span class=\"who\">%s",
                 r->priority, r->priority, r->corrected != NULL ? r->corrected : r->scenario, r->id,
                 named ? r->subject : "(no subject)", r->from_address);
    if (r->accused != NULL)
        desk_printf (page, " accuses %s", r->accused);
    if (r->incident_count > 1)
        desk_printf (page, " and more (%" G_GUINT64_FORMAT " incidents)", r->incident_count);
    g_string_append (page, "</span></span>");
    desk_time (page, r->received_unix_ms / 1000);
    g_string_append (page, "</li>\n");
}

void
desk_rows_end (GString *page, guint rows)
{
    g_string_append (page, "</ul>\n");
    if (rows == 0)
        g_string_append (page, "<p class=\"none\">No report.</p>\n");
}
