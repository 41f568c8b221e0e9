/* The lines or sentences of many texts: where they are, how long their normal forms are, and hashes
   of these.

   lines.py says what a line is and what its hash, sentences.py what a sentence is. */

#include "basics.h"

/* The columns that are made, in the order in which they are given back. */
enum { DOCUMENT, START, END, LENGTH, HAN_COUNT, HASH, COLUMNS };

/* Odd and without structure: the fractional part of the square root of 3. */
static const uint64_t BASE = 0xBB67AE8584CAA73Bu;

/* Kinds of code points, as sentences.py names them: bits, and above them the number of a pair. */
enum { HAN = 1, ENDS = 2, PERHAPS_ENDS = 4, FOLLOWS = 8, OPENS = 16, PAIR = 5 };

/* How far a mark that opens is looked after for the one that closes. */
enum { LONGEST_QUOTED = 200 };

/* What is known of each code point; the end of a table stands for all beyond it. */
typedef struct {
    const uint64_t *values;
    Py_ssize_t last_value;
    KindTable kinds;
} Tables;

typedef struct {
    int64_t *of[COLUMNS];
    Py_ssize_t count;
} Lines;

typedef struct {
    const void *data;
    Py_ssize_t size;
    unsigned kind;
} Text;

static Py_ssize_t
smaller(Py_ssize_t one, Py_ssize_t other)
{
    return one < other ? one : other;
}

static inline Py_UCS4
at(const Text *text, Py_ssize_t place)
{
    return PyUnicode_READ(text->kind, text->data, place);
}

static inline int
is_line_end(const Text *text, Py_ssize_t place)
{
    return place >= text->size || at(text, place) == '\n';
}

/* Where the mark closes that opens at a place, or the place if it does not. */
static Py_ssize_t
closing(const Text *text, KindTable kinds, Py_ssize_t place)
{
    unsigned pair = kind_in(kinds, at(text, place)) >> PAIR;
    Py_ssize_t last = smaller(text->size - 1, place + LONGEST_QUOTED + 1);
    for (Py_ssize_t next = place + 1; next <= last && at(text, next) != '\n'; next++) {
        uint8_t kind = kind_in(kinds, at(text, next));
        if (kind >> PAIR == pair)
            return kind & OPENS ? place : next;
    }
    return place;
}

/* Where the sentence ends that a mark at a place may end, or 0 if it goes on. */
static Py_ssize_t
sentence_end(const Text *text, KindTable kinds, Py_ssize_t place)
{
    Py_ssize_t end = place + 1;
    if (kind_in(kinds, at(text, place)) & PERHAPS_ENDS && !is_line_end(text, end) &&
        !(kind_in(kinds, at(text, end)) & (HAN | ENDS | FOLLOWS)))
        return 0;
    while (!is_line_end(text, end) &&
           kind_in(kinds, at(text, end)) & (ENDS | PERHAPS_ENDS | FOLLOWS))
        end++;
    return end;
}

/* Adds the line or sentence that starts at a place of a text; returns where the next one starts. */
static Py_ssize_t
add_line(Lines *lines, const Tables *tables, const Text *text, Py_ssize_t document,
         Py_ssize_t start)
{
    Py_ssize_t end = start, last = text->size, closed = -1;
    uint64_t sum = 0, power = 1;
    int64_t length = 0, han_count = 0;
    for (Py_UCS4 character = 0; end < last && character != '\n'; end++) {
        character = at(text, end);
        uint8_t kind = kind_in(tables->kinds, character);
        uint64_t value = tables->values[smaller((Py_ssize_t)character, tables->last_value)];
        han_count += kind & HAN;
        sum += value * power;
        power = value ? power * BASE : power;
        length += value != 0;
        if (end <= closed || !(kind & ~HAN))
            continue;
        if (kind & OPENS)
            closed = closing(text, tables->kinds, end);
        else if (kind & (ENDS | PERHAPS_ENDS)) {
            Py_ssize_t stop = sentence_end(text, tables->kinds, end);
            /* What follows a mark and belongs to it is in no normal form. */
            if (stop && !is_line_end(text, stop)) {
                end = stop;
                break;
            }
            /* Where the line ends first, its marks are not looked at one by one. */
            closed = stop - 1;
        }
    }
    Py_ssize_t line = lines->count++;
    lines->of[DOCUMENT][line] = document;
    lines->of[START][line] = start;
    lines->of[END][line] = end;
    lines->of[LENGTH][line] = length;
    lines->of[HAN_COUNT][line] = han_count;
    lines->of[HASH][line] = length ? (int64_t)mixed(sum + (uint64_t)length) : 0;
    return end;
}

static Text
text_of(PyObject *text)
{
    return (Text){PyUnicode_DATA(text), PyUnicode_GET_LENGTH(text), PyUnicode_KIND(text)};
}

/* The most lines or sentences that some texts can have; -1 if one is no text. */
static Py_ssize_t
most_lines(PyObject *texts, KindTable kinds)
{
    Py_ssize_t count = PyTuple_GET_SIZE(texts);
    for (Py_ssize_t document = 0; document < PyTuple_GET_SIZE(texts); document++) {
        if (!PyUnicode_Check(PyTuple_GET_ITEM(texts, document))) {
            PyErr_SetString(PyExc_TypeError, "a text is a string");
            return -1;
        }
        Text text = text_of(PyTuple_GET_ITEM(texts, document));
        for (Py_ssize_t place = 0; place < text.size; place++) {
            Py_UCS4 character = at(&text, place);
            count += character == '\n' || kind_in(kinds, character) & (ENDS | PERHAPS_ENDS);
        }
    }
    return count;
}

static void
add_lines(Lines *lines, PyObject *texts, const Tables *tables)
{
    for (Py_ssize_t document = 0; document < PyTuple_GET_SIZE(texts); document++) {
        Text text = text_of(PyTuple_GET_ITEM(texts, document));
        Py_ssize_t end = 0;
        do
            end = add_line(lines, tables, &text, document, end);
        while (end < text.size);
        /* Behind the last line end is a line, if an empty one. */
        if (text.size && at(&text, text.size - 1) == '\n')
            add_line(lines, tables, &text, document, end);
    }
}

static PyObject *
read_lines(PyObject *texts, const Tables *tables)
{
    Lines lines = {.count = 0};
    PyObject *held[COLUMNS] = {NULL}, *columns = NULL;
    Py_ssize_t most = most_lines(texts, tables->kinds), each = 0;
    for (; most >= 0 && each < COLUMNS; each++) {
        held[each] = PyBytes_FromStringAndSize(NULL, most * (Py_ssize_t)sizeof(int64_t));
        if (!held[each])
            break;
        lines.of[each] = (int64_t *)PyBytes_AS_STRING(held[each]);
    }
    if (each == COLUMNS) {
        add_lines(&lines, texts, tables);
        Py_ssize_t size = lines.count * (Py_ssize_t)sizeof(int64_t);
        for (each = 0; each < COLUMNS && _PyBytes_Resize(&held[each], size) == 0;)
            each++;
        if (each == COLUMNS)
            columns = PyTuple_Pack(COLUMNS, held[DOCUMENT], held[START], held[END], held[LENGTH],
                                   held[HAN_COUNT], held[HASH]);
    }
    for (each = 0; each < COLUMNS; each++)
        Py_XDECREF(held[each]);
    return columns;
}

static PyObject *
hash_lines(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    PyObject *given, *columns = NULL;
    Py_buffer values, kinds;
    if (!PyArg_ParseTuple(arguments, "Oy*y*", &given, &values, &kinds))
        return NULL;
    const Py_ssize_t size = sizeof(uint64_t);
    if (!values.len || !kinds.len || values.len % size || (uintptr_t)values.buf % sizeof(uint64_t))
        PyErr_SetString(PyExc_ValueError, "the tables are aligned numbers of 64 bits, and bytes");
    else {
        const Tables tables = {values.buf, values.len / size - 1, {kinds.buf, kinds.len - 1}};
        PyObject *texts = PySequence_Tuple(given);
        columns = texts ? read_lines(texts, &tables) : NULL;
        Py_XDECREF(texts);
    }
    PyBuffer_Release(&values);
    PyBuffer_Release(&kinds);
    return columns;
}

static PyMethodDef methods[] = {
    {"hash_lines", hash_lines, METH_VARARGS,
     "Returns the columns of the lines or sentences of texts, 64 bits each, by the values and kinds "
     "of code points."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "hashing",
    .m_doc = "Finds and hashes the lines and sentences of texts.",
    .m_size = 0,
    .m_methods = methods,
};

PyMODINIT_FUNC
PyInit_hashing(void)
{
    return PyModule_Create(&module);
}
