/* What the lines of a text are like, without making a string of each of them.

   A line is what stands between two line ends, less the white space around it; where nothing is
   left there is none. White space is what Python strips. */

#include "basics.h"

/* The bits of a table of marks, as in line_shapes.py. */
enum {
    ENDS_SENTENCE = 1,
    IS_BULLET = 2,
    FOLLOWS_TEASER = 4,
    ENDS_TEASER = 8,
    ENDS_WITHIN = 16, /* Ends a sentence wherever it stands. */
    MARKS_CLAUSE = 32,
};
enum { FREE = -1 };
/* A prime. */
static const uint64_t MODULUS = (UINT64_C(1) << 31) - 1;

typedef struct {
    PyObject *string;
    const char *data;
    unsigned kind;
    Py_ssize_t length;
} Text;

typedef struct {
    Py_ssize_t start, length;
    uint64_t hash;
} Line;

/* The lines so far, and a table of the numbers of those that differ. */
typedef struct {
    Line *lines;
    Py_ssize_t *table;
    int shift;
    uint64_t secret;
} Known;

typedef struct {
    const uint8_t *at;
    Py_ssize_t count;
} Marks;

static Text
text_of(PyObject *string)
{
    return (Text){string, PyUnicode_DATA(string), PyUnicode_KIND(string),
                  PyUnicode_GET_LENGTH(string)};
}

static Py_UCS4
character(const Text *text, Py_ssize_t at)
{
    return PyUnicode_READ(text->kind, text->data, at);
}

/* Finds the first line from a place on, which moves behind it; returns whether there is one. */
static int
next_line(const Text *text, Py_ssize_t *from, Line *line)
{
    while (*from < text->length) {
        Py_ssize_t start = *from;
        Py_ssize_t end = PyUnicode_FindChar(text->string, '\n', start, text->length, 1);
        if (end < 0)
            end = text->length;
        *from = end + 1;
        while (start < end && Py_UNICODE_ISSPACE(character(text, start)))
            start++;
        while (start < end && Py_UNICODE_ISSPACE(character(text, end - 1)))
            end--;
        if (start < end) {
            line->start = start;
            line->length = end - start;
            return 1;
        }
    }
    return 0;
}

/* Lines that stand there more than once. */

/* A polynomial of the characters, at a place that is secret: any two lines have the same value at
   no more places than they have characters. */
static uint64_t
hash_of(const Text *text, const Line *line, uint64_t secret)
{
    uint64_t hash = 1, place = mixed(secret ^ GOLDEN) & MODULUS;
    for (Py_ssize_t at = line->start; at < line->start + line->length; at++) {
        hash = hash * place + character(text, at);
        hash = (hash & MODULUS) + (hash >> 31);
        hash = (hash & MODULUS) + (hash >> 31);
    }
    return hash;
}

static int
is_same(const Text *text, const Line *one, const Line *other)
{
    return one->hash == other->hash && one->length == other->length
           && memcmp(text->data + one->start * text->kind, text->data + other->start * text->kind,
                     (size_t)(one->length * text->kind)) == 0;
}

/* Adds a line to those known; returns whether it is new. */
static int
add_line(Known *known, const Text *text, Py_ssize_t number)
{
    const Line *line = &known->lines[number];
    size_t slot = secret_slot(line->hash, known->secret, known->shift);
    for (; known->table[slot] != FREE; slot = (slot + 1) & (slots_of(known->shift) - 1))
        if (is_same(text, &known->lines[known->table[slot]], line))
            return 0;
    known->table[slot] = number;
    return 1;
}

static Py_ssize_t
most_lines(const Text *text)
{
    Py_ssize_t ends = 0;
    for (Py_ssize_t at = 0; at < text->length; at++)
        ends += character(text, at) == '\n';
    return ends + 1;
}

static PyObject *
measure_lines(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    PyObject *string;
    Py_ssize_t seed, count = 0, length = 0, distinct = 0, distinct_length = 0, from = 0;
    if (!PyArg_ParseTuple(arguments, "Un", &string, &seed))
        return NULL;
    Text text = text_of(string);
    Py_ssize_t most = most_lines(&text);
    Known known = {.shift = shift_for((size_t)most), .secret = (uint64_t)seed};
    known.lines = PyMem_New(Line, most);
    known.table = PyMem_New(Py_ssize_t, slots_of(known.shift));
    int done = known.lines && known.table;
    if (done)
        memset(known.table, 0xff, slots_of(known.shift) * sizeof(Py_ssize_t));
    while (done && count < most && next_line(&text, &from, &known.lines[count])) {
        Line *line = &known.lines[count];
        line->hash = hash_of(&text, line, known.secret);
        length += line->length;
        if (add_line(&known, &text, count++)) {
            distinct++;
            distinct_length += line->length;
        }
    }
    PyMem_Free(known.lines);
    PyMem_Free(known.table);
    return done ? Py_BuildValue("(nnnn)", count, length, distinct, distinct_length)
                : PyErr_NoMemory();
}

/* What lines look like. */

static unsigned
marks_of(Marks marks, Py_UCS4 character)
{
    return (Py_ssize_t)character < marks.count ? marks.at[character] : 0;
}

/* Where a line ends but for what may follow a teaser; its start if there is nothing else. */
static Py_ssize_t
teaser_end(const Text *text, const Line *line, Marks marks)
{
    Py_ssize_t end = line->start + line->length;
    while (end > line->start && marks_of(marks, character(text, end - 1)) & FOLLOWS_TEASER)
        end--;
    return end;
}

/* Appends the end of a line that may be a teaser's; 0 if that fails. */
static int
add_teaser(const Text *text, const Line *line, Marks marks, Py_ssize_t longest, PyObject *teasers)
{
    Py_ssize_t end = teaser_end(text, line, marks);
    if (end == line->start || !(marks_of(marks, character(text, end - 1)) & ENDS_TEASER))
        return 1;
    Py_ssize_t start = end - line->start > longest ? end - longest : line->start;
    PyObject *teaser = PyUnicode_Substring(text->string, start, end);
    int done = teaser && PyList_Append(teasers, teaser) == 0;
    Py_XDECREF(teaser);
    return done;
}

static int
begins_with_bullet(const Text *text, const Line *line, Marks marks)
{
    Py_UCS4 first = character(text, line->start);
    return marks_of(marks, first) & IS_BULLET
           && (line->length == 1 || character(text, line->start + 1) != first);
}

static int
holds_end(const Text *text, const Line *line, Marks marks)
{
    for (Py_ssize_t at = line->start; at < line->start + line->length; at++)
        if (marks_of(marks, character(text, at)) & ENDS_WITHIN)
            return 1;
    return 0;
}

/* Whether a line ends like a sentence or, if it is long, holds the end of one. */
static int
is_punctuated(const Text *text, const Line *line, Marks marks, Py_ssize_t long_length)
{
    return marks_of(marks, character(text, line->start + line->length - 1)) & ENDS_SENTENCE
           || (line->length >= long_length && holds_end(text, line, marks));
}

static int
is_row(const Text *text, const Line *line)
{
    for (Py_ssize_t at = line->start; at < line->start + line->length; at++)
        if (character(text, at) == '\t')
            return 1;
    return 0;
}

static int
is_cut(const Text *text, const Line *line, Marks marks, Py_ssize_t length)
{
    return line->length >= length
           && !(marks_of(marks, character(text, line->start + line->length - 1)) & ENDS_SENTENCE)
           && !is_row(text, line);
}

static PyObject *
shape_lines(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    PyObject *string, *teasers;
    Py_buffer view;
    Py_ssize_t short_length, long_length, cut_length, longest;
    Py_ssize_t from = 0, few = 0, ended = 0, bullets = 0, cut = 0;
    Line line;
    int done = 1;
    if (!PyArg_ParseTuple(arguments, "Uy*nnnn", &string, &view, &short_length, &long_length,
                          &cut_length, &longest))
        return NULL;
    if (longest < 0) {
        PyBuffer_Release(&view);
        return PyErr_Format(PyExc_ValueError, "no end of a teaser is %zd long", longest);
    }
    Text text = text_of(string);
    Marks marks = {view.buf, view.len};
    teasers = PyList_New(0);
    while (teasers && done && next_line(&text, &from, &line)) {
        few += line.length < short_length;
        ended += is_punctuated(&text, &line, marks, long_length);
        bullets += begins_with_bullet(&text, &line, marks);
        cut += is_cut(&text, &line, marks, cut_length);
        done = add_teaser(&text, &line, marks, longest, teasers);
    }
    PyBuffer_Release(&view);
    if (teasers && done)
        return Py_BuildValue("(nnnnN)", few, ended, bullets, cut, teasers);
    Py_XDECREF(teasers);
    return NULL;
}

/* Prose. */

/* Characters up to the next line end, and how many of them are marks of clauses. */
typedef struct {
    Py_ssize_t length, marked;
} Clauses;

static Clauses
clauses_from(const Text *text, Py_ssize_t at, Marks marks)
{
    Clauses found = {0, 0};
    for (; at < text->length; at++, found.length++) {
        Py_UCS4 one = character(text, at);
        if (one == '\n')
            break;
        found.marked += (marks_of(marks, one) & MARKS_CLAUSE) != 0;
    }
    return found;
}

static PyObject *
prose_lines(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    PyObject *string;
    Py_buffer view;
    Py_ssize_t least, longest_clause, chars = 0, longest = 0, all = 0;
    if (!PyArg_ParseTuple(arguments, "Uy*nn", &string, &view, &least, &longest_clause))
        return NULL;
    Text text = text_of(string);
    Marks marks = {view.buf, view.len};
    for (Py_ssize_t at = 0; at < text.length;) {
        Clauses line = clauses_from(&text, at, marks);
        at += line.length + 1;
        all += line.length;
        if (line.length < least || (double)line.marked * (double)longest_clause < (double)line.length)
            continue;
        chars += line.length;
        longest = line.length > longest ? line.length : longest;
    }
    PyBuffer_Release(&view);
    return Py_BuildValue("(nnn)", chars, longest, all);
}

static PyMethodDef methods[] = {
    {"measure_lines", measure_lines, METH_VARARGS,
     "Returns the number and length of the lines of a text, and of the distinct ones; the seed is "
     "any number, which nobody should be able to guess."},
    {"shape_lines", shape_lines, METH_VARARGS,
     "Returns how many lines are shorter than so much, end a sentence, or hold the end of one and "
     "are at least so long, begin with a bullet, and are at least so long without the end of a "
     "sentence at theirs, by a table of marks, and up to so many characters of the ends that may be "
     "a teaser's."},
    {"prose_lines", prose_lines, METH_VARARGS,
     "Returns the characters of the lines that have at least so many, with a mark of clauses for each "
     "so many, of the longest of them, and of all lines, by a table of marks. White space counts."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "outline",
    .m_doc = "Measures the lines of a text.",
    .m_size = 0,
    .m_methods = methods,
};

PyMODINIT_FUNC
PyInit_outline(void)
{
    return PyModule_Create(&module);
}
