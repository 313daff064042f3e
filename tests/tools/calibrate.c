/*
 * calibrate - does a confidence mean what it says?
 *
 *     calibrate [--labels LABELS.ndjson] MAIL|FOLDER...
 *
 * Judges the mails with the tree's scenarios and prints, for each band of confidence, how many
 * verdicts there are and how many of them are right; then how well other temperatures of
 * judge/score would do.  LABELS has one object a line: "file" (matched by base name), "complaint"
 * and "scenario" (a list of those that are right); without it the folder's name is what is right.
 */
#include "base/json.h"
#include "judge/score.h"
#include "judge/trial.h"
#include "read/intake.h"
#include "shell/mailbox.h"
#include <math.h>
#include <stdio.h>

#define NOW 1795161600
#define N_BANDS 8
#define LEAST 1e-6 /* of a probability, for its logarithm */

static const double bands[N_BANDS + 1] = { 0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1 };
static const double temperatures[] = { 0.75, 1, 1.25, 1.5, 1.75, 2, 2.25, 2.5, 3, 4 };

typedef struct Band {
    guint n, right;
    double sum; /* of the confidences */
} Band;

typedef struct Calibration {
    Knowledge *know;
    GHashTable *labels; /* base name -> Json *; NULL: folders */
    Band bands[N_BANDS];
    Band high[G_N_ELEMENTS (temperatures)]; /* those of 0.9 and more at another temperature */
    double loss[G_N_ELEMENTS (temperatures)];
    guint mails, unlabelled;
} Calibration;

typedef struct Truth {
    const Json *right; /* a list of ids; NULL: `only' */
    char *only;
} Truth;

/* FALSE when the mail is not to be counted. */
static gboolean
find_truth (const Calibration *c, const char *name, Truth *ret)
{
    g_autofree char *base = g_path_get_basename (name), *folder = g_path_get_dirname (name);
    const Json *label;
    gboolean complaint;

    *ret = (Truth) { NULL, NULL };
    if (c->labels == NULL) {
        ret->only = g_path_get_basename (folder);
        return TRUE;
    }
    label = g_hash_table_lookup (c->labels, base);
    if (label == NULL || !json_bool (json_get (label, "complaint"), &complaint))
        return FALSE;
    ret->right = json_get (label, "scenario");
    if (ret->right == NULL && !complaint)
        ret->only = g_strdup ("not-a-complaint");
    return ret->right != NULL || ret->only != NULL;
}

static gboolean
is_right (const Truth *truth, const char *id)
{
    if (truth->only != NULL)
        return strcmp (truth->only, id) == 0;
    for (gsize i = 0; i < json_length (truth->right); i++)
        if (g_strcmp0 (json_text (json_item (truth->right, i)), id) == 0)
            return TRUE;
    return json_text (truth->right) != NULL && strcmp (json_text (truth->right), id) == 0;
}

static void
count (Band *b, double confidence, gboolean right)
{
    b->n++;
    b->right += right;
    b->sum += confidence;
}

/* What the confidences would be at another temperature: of the first, and of all that are right. */
static void
try_temperature (Calibration *c, guint at, const Trial *trials, guint n, const Truth *truth)
{
    double sum = 0, right = 0, first;

    for (guint i = 0; i < n && trials[i].stands; i++) {
        double share = exp ((trials[i].score - trials[0].score) / temperatures[at]);

        sum += share;
        right += is_right (truth, trials[i].scenario->id) ? share : 0;
    }
    first = SCORE_CEILING / sum;
    c->loss[at] -= log (MAX (SCORE_CEILING * right / sum, LEAST));
    if (first >= 0.9)
        count (&c->high[at], first, is_right (truth, trials[0].scenario->id));
}

static gboolean
judge (const char *name, Span mail, gpointer data)
{
    Calibration *c = data;
    g_autoptr (Arena) arena = arena_new (c->know->settings->memory_limit_bytes);
    const Verdict *v;
    Truth truth;
    guint n, band = 0;
    const Trial *trials;

    if (g_str_has_suffix (name, ".want"))
        return TRUE;
    if (!find_truth (c, name, &truth)) {
        c->unlabelled++;
        return TRUE;
    }
    trials = trial_of_mail (c->know, arena, mail, NOW, &v, &n);
    while (band + 1 < N_BANDS && v->confidence >= bands[band + 1])
        band++;
    count (&c->bands[band], v->confidence, is_right (&truth, v->scenario));
    for (guint i = 0; n > 0 && i < G_N_ELEMENTS (temperatures); i++)
        try_temperature (c, i, trials, n, &truth);
    c->mails++;
    g_free (truth.only);
    return TRUE;
}

static void
print_band (const Band *b)
{
    if (b->n > 0)
        printf ("%6u  %10.3f  %8.3f\n", b->n, b->sum / b->n, (double)b->right / b->n);
    else
        printf ("%6u  %10s  %8s\n", 0, "-", "-");
}

static void
print (const Calibration *c)
{
    double error = 0;

    printf ("%u mails, %u without a label\n\nCONFIDENCE    MAILS  MEAN CONF.  ACCURACY\n", c->mails,
            c->unlabelled);
    for (guint i = 0; i < N_BANDS; i++) {
        const Band *b = &c->bands[i];

        printf ("%.2f to %.2f  ", bands[i], MIN (bands[i + 1], 1));
        print_band (b);
        error += fabs (b->sum - b->right);
    }
    printf ("mean distance of confidence and accuracy %.3f\n", error / MAX (c->mails, 1));
    printf ("\nTEMPERATURE  LOG LOSS   0.9 AND MORE: MAILS  MEAN CONF.  ACCURACY\n");
    for (guint i = 0; i < G_N_ELEMENTS (temperatures); i++) {
        printf ("%11.2f  %8.4f   %19s", temperatures[i], c->loss[i] / MAX (c->mails, 1), "");
        print_band (&c->high[i]);
    }
}

static GHashTable *
read_labels (const char *path)
{
    GHashTable *labels =
        g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)json_free);
    g_autofree char *text = NULL;
    g_autoptr (GError) error = NULL;
    Span rest, line;

    if (!g_file_get_contents (path, &text, NULL, &error))
        g_error ("%s", error->message);
    rest = span_of (text);
    while (span_line (&rest, &line)) {
        const char *defect = NULL, *file;
        Json *label = json_read (line, &defect);

        if ((file = json_text (json_get (label, "file"))) != NULL)
            g_hash_table_insert (labels, g_path_get_basename (file), label);
        else
            json_free (label);
    }
    return labels;
}

int
main (int argc, char **argv)
{
    g_autoptr (Mistakes) mistakes = mistakes_new ();
    Calibration c = { .know = NULL };
    int first = 1;

    if (argc > 3 && strcmp (argv[1], "--labels") == 0) {
        c.labels = read_labels (argv[2]);
        first = 3;
    }
    if (first >= argc || argv[first][0] == '-') {
        fputs ("Usage: calibrate [--labels LABELS.ndjson] MAIL|FOLDER...\n", stderr);
        return 2;
    }
    intake_init ();
    c.know = knowledge_load_from (NULL, "scenarios", mistakes);
    if (c.know == NULL)
        g_error ("%s", mistakes_get (mistakes, 0));
    for (int i = first; i < argc; i++) {
        g_autoptr (GError) error = NULL;

        if (!mailbox_each (argv[i], judge, &c, &error))
            fprintf (stderr, "calibrate: %s\n", error->message);
    }
    print (&c);
    knowledge_unref (c.know);
    if (c.labels != NULL)
        g_hash_table_unref (c.labels);
    return 0;
}
