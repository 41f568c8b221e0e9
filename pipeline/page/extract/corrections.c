/* Corrections to a choice of lines that no line's own probability can make: refinement.py says which
   they are, and gives the limits. */

#include "rows.h"

typedef struct {
    float link, alike, post, surely, likely, in_gap;
    double group, most;
    int shortest_post, label, paragraph, furniture, offer, widest_gap;
    int text, deeper, elsewhere, stated, offers, share, legal;
    PyObject *colons;
} Limits;

typedef struct {
    const Page *page;
    const Limits *limits;
    const float *probability;
    PyObject *texts;
    char *kept; /* whether each line is chosen */
    char *marks; /* per line: what of the following it is */
    Py_ssize_t first, last; /* the first paragraph that is chosen, and the last one */
    int is_legal; /* whether any line that is chosen has a phrase of who owns a page */
} Choice;

enum { PLAIN = 1, FURNITURE = 2, MAY_CLOSE = 4 };

static int
length_of(const Choice *choice, Py_ssize_t line)
{
    return choice->page->of_line[LENGTH][line];
}

static float
link_of(const Choice *choice, Py_ssize_t line)
{
    float length = (float)length_of(choice, line);
    return smaller((float)choice->page->of_line[LINK_LENGTH][line], length) / length;
}

static PyObject *
text_of(const Choice *choice, Py_ssize_t line)
{
    return PyList_GET_ITEM(choice->texts, line);
}

/* Lines in containers of equal tags follow their like. */
static void
keep_alike(Choice *choice, double *of_group)
{
    const Page *page = choice->page;
    const int32_t *group = page->of_line[GROUP];
    double *mass = of_group, *size = of_group + page->groups;
    for (Py_ssize_t line = 0; line < page->lines; line++) {
        float length = (float)length_of(choice, line);
        mass[group[line]] += length * choice->probability[line];
        size[group[line]] += length;
        choice->marks[line] = link_of(choice, line) < choice->limits->link ? PLAIN : 0;
    }
    for (Py_ssize_t line = 0; line < page->lines; line++)
        if (choice->marks[line] && choice->probability[line] >= choice->limits->alike
            && mass[group[line]] / size[group[line]] >= choice->limits->group)
            choice->kept[line] = 1;
}

static int
compare(const void *one, const void *other)
{
    int32_t first = *(const int32_t *)one, second = *(const int32_t *)other;
    return (first > second) - (first < second);
}

/* What posts of a thread have in common: how their containers are named and how deep they lie. */
static int32_t
kind_of_post(const Choice *choice, int32_t node)
{
    const Page *page = choice->page;
    return (int32_t)((uint32_t)page->of_node[HINTS][node] * (uint32_t)choice->limits->deeper
                     + (uint32_t)page->of_node[DEPTH][node]);
}

/* Lines in a container named as one for text, like lines that are chosen and surely text. */
static void
keep_posts(Choice *choice, int32_t *kinds)
{
    const Page *page = choice->page;
    const Limits *limits = choice->limits;
    const int32_t *node = page->of_line[NODE], *hints = page->of_node[HINTS];
    size_t count = 0;
    int are_kept = 1;
    for (Py_ssize_t line = 0; line < page->lines; line++) {
        if (!(hints[node[line]] & limits->text))
            continue;
        are_kept &= choice->kept[line];
        if (choice->kept[line] && choice->probability[line] > limits->surely)
            kinds[count++] = kind_of_post(choice, node[line]);
    }
    if (are_kept || !count)
        return;
    qsort(kinds, count, sizeof(*kinds), compare);
    for (Py_ssize_t line = 0; line < page->lines; line++) {
        if (!(hints[node[line]] & limits->text) || !(choice->marks[line] & PLAIN)
            || length_of(choice, line) < limits->shortest_post
            || !(choice->probability[line] >= limits->post))
            continue;
        int32_t kind = kind_of_post(choice, node[line]);
        if (bsearch(&kind, kinds, count, sizeof(*kinds), compare))
            choice->kept[line] = 1;
    }
}

/* Rows of tables in the innermost container that holds most of the text. */
static void
keep_rows(Choice *choice, double *sums)
{
    const Page *page = choice->page;
    const int32_t *first = page->of_node[FIRST], *last = page->of_node[LAST];
    Py_ssize_t core = page->nodes - 1;
    for (Py_ssize_t line = 0; line < page->lines; line++)
        sums[line + 1] = sums[line] + (choice->kept[line] ? length_of(choice, line) : 0);
    double most = choice->limits->most * sums[page->lines];
    while (core && !(sums[last[core]] - sums[first[core]] >= most))
        core--;
    for (Py_ssize_t line = first[core]; line < last[core]; line++) {
        PyObject *text = text_of(choice, line);
        if (choice->marks[line] & PLAIN && !choice->kept[line]
            && PyUnicode_FindChar(text, '\t', 0, PyUnicode_GET_LENGTH(text), 1) >= 0)
            choice->kept[line] = 1;
    }
}

static void
find_paragraphs(Choice *choice)
{
    choice->first = choice->page->lines;
    choice->last = -1;
    for (Py_ssize_t line = 0; line < choice->page->lines; line++)
        if (choice->kept[line] && length_of(choice, line) >= choice->limits->paragraph) {
            choice->first = line < choice->first ? line : choice->first;
            choice->last = line;
        }
}

/* Whether what ends a line ends no sentence: a label without its value does not either. */
static int
is_open(const Choice *choice, Py_ssize_t line, int states)
{
    PyObject *text = text_of(choice, line);
    Py_ssize_t length = PyUnicode_GET_LENGTH(text);
    if (!choice->page->of_line[CLOSED][line])
        return 1;
    return states && length
           && PyUnicode_FindChar(choice->limits->colons, PyUnicode_READ_CHAR(text, length - 1), 0,
                                 PyUnicode_GET_LENGTH(choice->limits->colons), 1) >= 0;
}

/* Whether a line says by set phrases that it is furniture. */
static int
is_furniture(const Choice *choice, Py_ssize_t line, int is_within)
{
    const Limits *limits = choice->limits;
    int phrases = choice->page->of_line[PHRASES][line], length = length_of(choice, line);
    if (!phrases)
        return 0;
    int states = (phrases & limits->stated) != 0;
    int found = ((phrases & limits->elsewhere || (states && !is_within))
                 && length < limits->furniture)
                || (phrases & limits->offers && length < limits->offer)
                || (phrases & limits->share && link_of(choice, line) > limits->link);
    return found && is_open(choice, line, states);
}

static void
drop_furniture(Choice *choice)
{
    const Limits *limits = choice->limits;
    for (Py_ssize_t line = 0; line < choice->page->lines; line++) {
        const int32_t *const *of_line = choice->page->of_line;
        float probability = choice->probability[line];
        int is_plain = choice->marks[line] & PLAIN;
        int is_within =
            line >= choice->first && line <= choice->last && probability > limits->likely;
        if (!is_furniture(choice, line, is_within)) {
            int has_marks = of_line[ENDS][line] + (int64_t)of_line[PAUSES][line] > 0;
            if (is_plain && probability >= limits->in_gap && !of_line[PHRASES][line] && has_marks)
                choice->marks[line] |= MAY_CLOSE;
        }
        else if (!(is_within && is_plain && probability > limits->surely
                   && length_of(choice, line) > limits->label))
            choice->kept[line] = 0;
    }
}

/* Whether lines stand between two chosen paragraphs, all of one container. */
static int
is_gap(const Choice *choice, Py_ssize_t first, Py_ssize_t last)
{
    const int32_t *node = choice->page->of_line[NODE];
    int shortest = choice->limits->paragraph;
    if (last - first < 2 || last - first > choice->limits->widest_gap + 1
        || length_of(choice, first) < shortest || length_of(choice, last) < shortest)
        return 0;
    for (Py_ssize_t line = first + 1; line <= last; line++)
        if (node[line] != node[first])
            return 0;
    return 1;
}

static void
close_gaps(Choice *choice)
{
    Py_ssize_t before = -1;
    for (Py_ssize_t line = 0; line < choice->page->lines; line++) {
        if (!choice->kept[line])
            continue;
        if (before >= 0 && is_gap(choice, before, line))
            for (Py_ssize_t within = before + 1; within < line; within++)
                choice->kept[within] |= (choice->marks[within] & MAY_CLOSE) != 0;
        before = line;
    }
}

static void
find_legal(Choice *choice)
{
    for (Py_ssize_t line = 0; line < choice->page->lines; line++)
        choice->is_legal |= choice->kept[line]
                            && choice->page->of_line[PHRASES][line] & choice->limits->legal;
}

static int
correct(Choice *choice)
{
    const Page *page = choice->page;
    size_t lines = (size_t)page->lines, groups = (size_t)page->groups;
    double *room = PyMem_Calloc(2 * groups + 2 * lines + 1, sizeof(double));
    if (!room) {
        PyErr_NoMemory();
        return 0;
    }
    double *sums = room + 2 * groups;
    int32_t *kinds = (int32_t *)(sums + lines + 1);
    choice->marks = (char *)(kinds + lines);
    keep_alike(choice, room);
    keep_posts(choice, kinds);
    keep_rows(choice, sums);
    find_paragraphs(choice);
    drop_furniture(choice);
    close_gaps(choice);
    find_paragraphs(choice);
    find_legal(choice);
    PyMem_Free(room);
    return 1;
}

static int
read_limits(PyObject *given, Limits *limits)
{
    if (!PyTuple_Check(given)) {
        PyErr_SetString(PyExc_TypeError, "limits are a tuple");
        return 0;
    }
    return PyArg_ParseTuple(
        given, "ffffffddiiiiiiiiiiiiiU", &limits->link, &limits->alike, &limits->post,
        &limits->surely, &limits->likely, &limits->in_gap, &limits->group, &limits->most,
        &limits->shortest_post, &limits->label, &limits->paragraph, &limits->furniture,
        &limits->offer, &limits->widest_gap, &limits->text, &limits->deeper, &limits->elsewhere,
        &limits->stated, &limits->offers, &limits->share, &limits->legal,
        &limits->colons);
}

/* Whether there is a text and a mark for each line. */
static int
fits(const Choice *choice, const Py_buffer *chosen, const Py_buffer *probability)
{
    Py_ssize_t lines = choice->page->lines;
    int are_texts = PyList_Check(choice->texts) && PyList_GET_SIZE(choice->texts) == lines;
    for (Py_ssize_t line = 0; are_texts && line < lines; line++)
        are_texts = PyUnicode_Check(text_of(choice, line));
    if (are_texts && chosen->len == lines
        && probability->len == lines * (Py_ssize_t)sizeof(float))
        return 1;
    PyErr_SetString(PyExc_ValueError, "the arrays do not fit each other");
    return 0;
}

PyObject *
corrected(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    PyObject *lines, *nodes, *texts, *given, *kept = NULL, *found = NULL;
    Py_buffer probability = {0}, chosen = {0};
    Arrays arrays = {0};
    Limits limits;
    if (!PyArg_ParseTuple(arguments, "OOy*y*OO", &lines, &nodes, &probability, &chosen, &texts,
                          &given))
        return NULL;
    Choice choice = {&arrays.page, &limits, probability.buf, texts, NULL, NULL, 0, 0, 0};
    if (view_page(lines, nodes, &arrays) && holds_numbers(&probability, sizeof(float))
        && fits(&choice, &chosen, &probability) && read_limits(given, &limits)
        && (kept = PyByteArray_FromStringAndSize(chosen.buf, chosen.len))) {
        choice.kept = PyByteArray_AS_STRING(kept);
        if (correct(&choice))
            found = Py_BuildValue("OnO", kept, choice.last < 0 ? 0 : choice.first,
                                  choice.is_legal ? Py_True : Py_False);
    }
    Py_XDECREF(kept);
    release_page(&arrays);
    PyBuffer_Release(&probability);
    PyBuffer_Release(&chosen);
    return found;
}
