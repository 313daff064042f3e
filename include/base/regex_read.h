/*
 * regex_read - a regex read element by element, for base/literals only
 *
 * What is not understood makes the whole regex `lost': nothing can be told of it.
 */
#pragma once
#include "base/literal_set.h"

typedef struct Parse {
    Span rest;
    guint depth;
    gboolean lost;   /* something is not understood: no literals at all */
    gboolean tied;   /* an alternative reaches into another: by a number or a setting */
    GPtrArray *bars; /* where the top level's stand */
    Set *second;     /* the next rarest set of the sequence read last */
} Parse;

typedef enum ElementKind {
    ELEMENT_CHAR,
    ELEMENT_GROUP,
    ELEMENT_EMPTY, /* matches nothing of its own: \b, ^, a lookaround */
    ELEMENT_ANY    /* matches something that is not said here: a class, a reference */
} ElementKind;

typedef struct Element {
    ElementKind kind;
    gunichar c;
    char letter; /* of ELEMENT_ANY: the escape's, such as the s of \s; 0: none */
    Set *set;    /* of a group; NULL: none */
    Reach group_reach;
} Element;

typedef struct Quantifier {
    guint min, max;
    gboolean is_there;
} Quantifier;

/* Each reads on at p->rest, behind what began the element. */
gunichar   regex_char (Parse *p);
Element    regex_skip_to (Parse *p, char stop, ElementKind kind);
Element    regex_escape (Parse *p);
Element    regex_class (Parse *p);
gboolean   regex_flags (Parse *p); /* "(?i)" and "(?i:": those that change nothing a folded text could show */
Quantifier regex_quantifier (Parse *p);
Element    regex_lost (Parse *p);

Reach regex_reach (const Element *e, Quantifier q); /* how far it goes at most */
