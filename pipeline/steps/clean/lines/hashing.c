/* The lines of many texts: where they are, how long their normal forms are, and hashes of these.

   lines.py says what a line is and what its hash. */

#include "basics.h"

/* The columns that are made, in the order in which they are given back. */
enum { DOCUMENT, START, END, LENGTH, HAN_COUNT, HASH, COLUMNS };

/* Odd and without structure: the fractional part of the square root of 3. */
static const uint64_t BASE = 0xBB67AE8584CAA73Bu;

/* What is known of each code point; the end of a table stands for all beyond it. */
typedef struct {
    const uint64_t *values;
    const uint8_t *is_han;
    Py_ssize_t last_value, last_han;
} Tables;

typedef struct {
    int64_t *of[COLUMNS];
    Py_ssize_t count;
} Lines;

static Py_ssize_t
smaller(Py_ssize_t one, Py_ssize_t other)
{
    return one < other ? one : other;
}

/* Adds the line that starts at a place of a text; returns where the next one starts. */
static Py_ssize_t
add_line(Lines *lines, const Tables *tables, PyObject *text, Py_ssize_t document, Py_ssize_t start)
{
    Py_ssize_t size = PyUnicode_GET_LENGTH(text), end = start;
    unsigned kind = PyUnicode_KIND(text);
    const void *data = PyUnicode_DATA(text);
    uint64_t sum = 0, power = 1;
    int64_t length = 0, han_count = 0;
    for (Py_UCS4 character = 0; end < size && character != '\n'; end++) {
        character = PyUnicode_READ(kind, data, end);
        uint64_t value = tables->values[smaller((Py_ssize_t)character, tables->last_value)];
        han_count += tables->is_han[smaller((Py_ssize_t)character, tables->last_han)] != 0;
        sum += value * power;
        power = value ? power * BASE : power;
        length += value != 0;
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

/* The lines of some texts, which are one more than their line ends; -1 if one is no text. */
static Py_ssize_t
count_lines(PyObject *texts)
{
    Py_ssize_t count = PyTuple_GET_SIZE(texts);
    for (Py_ssize_t document = 0; document < PyTuple_GET_SIZE(texts); document++) {
        PyObject *text = PyTuple_GET_ITEM(texts, document);
        if (!PyUnicode_Check(text)) {
            PyErr_SetString(PyExc_TypeError, "a text is a string");
            return -1;
        }
        unsigned kind = PyUnicode_KIND(text);
        const void *data = PyUnicode_DATA(text);
        for (Py_ssize_t at = 0; at < PyUnicode_GET_LENGTH(text); at++)
            count += PyUnicode_READ(kind, data, at) == '\n';
    }
    return count;
}

static PyObject *
read_lines(PyObject *texts, const Tables *tables)
{
    Lines lines = {.count = 0};
    Py_ssize_t count = count_lines(texts);
    PyObject *columns = count < 0 ? NULL : PyTuple_New(COLUMNS);
    for (int each = 0; columns && each < COLUMNS; each++) {
        PyObject *column = PyBytes_FromStringAndSize(NULL, count * (Py_ssize_t)sizeof(int64_t));
        if (!column) {
            Py_CLEAR(columns);
            break;
        }
        lines.of[each] = (int64_t *)PyBytes_AS_STRING(column);
        PyTuple_SET_ITEM(columns, each, column);
    }
    for (Py_ssize_t document = 0; columns && document < PyTuple_GET_SIZE(texts); document++) {
        PyObject *text = PyTuple_GET_ITEM(texts, document);
        Py_ssize_t start = 0, end = add_line(&lines, tables, text, document, 0);
        /* Behind the last line end is a line, if an empty one. */
        while (end > start && PyUnicode_READ_CHAR(text, end - 1) == '\n') {
            start = end;
            end = add_line(&lines, tables, text, document, start);
        }
    }
    return columns;
}

static PyObject *
hash_lines(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    PyObject *given, *columns = NULL;
    Py_buffer values, is_han;
    if (!PyArg_ParseTuple(arguments, "Oy*y*", &given, &values, &is_han))
        return NULL;
    const Py_ssize_t size = sizeof(uint64_t);
    if (!values.len || !is_han.len || values.len % size || (uintptr_t)values.buf % sizeof(uint64_t))
        PyErr_SetString(PyExc_ValueError, "the tables are aligned numbers of 64 bits, and bytes");
    else {
        const Tables tables = {values.buf, is_han.buf, values.len / size - 1, is_han.len - 1};
        PyObject *texts = PySequence_Tuple(given);
        columns = texts ? read_lines(texts, &tables) : NULL;
        Py_XDECREF(texts);
    }
    PyBuffer_Release(&values);
    PyBuffer_Release(&is_han);
    return columns;
}

static PyMethodDef methods[] = {
    {"hash_lines", hash_lines, METH_VARARGS,
     "Returns the columns of the lines of texts, 64 bits a line, by the values of code points and "
     "whether they are Han."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "hashing",
    .m_doc = "Finds and hashes the lines of texts.",
    .m_size = 0,
    .m_methods = methods,
};

PyMODINIT_FUNC
PyInit_hashing(void)
{
    return PyModule_Create(&module);
}
