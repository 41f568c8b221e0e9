/* How many characters of a text are of each kind, and how often each of them stands in it.

   What the kinds are is said by tables of Python's, a byte for each code point. */

#include "basics.h"

enum { KINDS = 256, DIGIT_BITS = 11, DIGITS = 1 << DIGIT_BITS, CODE_POINTS = 0x110000 };

/* Counts the kinds, and copies what is not of kind 0 where there is a place for it, whose end it
   returns. */
static uint32_t *
count(PyObject *text, KindTable table, Py_ssize_t *counts, uint32_t *seen)
{
    Py_ssize_t length = PyUnicode_GET_LENGTH(text);
    unsigned width = PyUnicode_KIND(text);
    const void *data = PyUnicode_DATA(text);
    for (Py_ssize_t at = 0; at < length; at++) {
        Py_UCS4 character = PyUnicode_READ(width, data, at);
        uint8_t kind = kind_in(table, character);
        counts[kind]++;
        if (seen) {
            /* Written in any case: it is the next one that writes over what does not count. */
            *seen = character;
            seen += kind != 0;
        }
    }
    return seen;
}

static PyObject *
tuple_of(const Py_ssize_t *counts, Py_ssize_t kinds)
{
    for (Py_ssize_t kind = kinds; kind < KINDS; kind++)
        if (counts[kind])
            return PyErr_Format(PyExc_ValueError, "the table has more than %zd kinds", kinds);
    PyObject *found = PyTuple_New(kinds);
    for (Py_ssize_t kind = 0; found && kind < kinds; kind++) {
        PyObject *number = PyLong_FromSsize_t(counts[kind]);
        if (!number)
            Py_CLEAR(found);
        else
            PyTuple_SET_ITEM(found, kind, number);
    }
    return found;
}

static int
read_arguments(PyObject *arguments, PyObject **text, Py_buffer *view, Py_ssize_t *kinds)
{
    if (!PyArg_ParseTuple(arguments, "Uy*n", text, view, kinds))
        return 0;
    if (view->len > 0 && *kinds > 0 && *kinds <= KINDS)
        return 1;
    PyBuffer_Release(view);
    PyErr_SetString(PyExc_ValueError, "a table has an entry and 1 to 256 kinds");
    return 0;
}

static PyObject *
count_kinds(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    PyObject *text;
    Py_buffer view;
    Py_ssize_t kinds, counts[KINDS] = {0};
    if (!read_arguments(arguments, &text, &view, &kinds))
        return NULL;
    count(text, (KindTable){view.buf, view.len - 1}, counts, NULL);
    PyBuffer_Release(&view);
    return tuple_of(counts, kinds);
}

static PyObject *
take_kinds(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    PyObject *text, *counted = NULL;
    Py_buffer view;
    Py_ssize_t kinds, counts[KINDS] = {0};
    if (!read_arguments(arguments, &text, &view, &kinds))
        return NULL;
    Py_ssize_t room = PyUnicode_GET_LENGTH(text) + 1;
    PyObject *seen = NULL;
    if (room > PY_SSIZE_T_MAX / (Py_ssize_t)sizeof(uint32_t))
        PyErr_NoMemory();
    else
        seen = PyBytes_FromStringAndSize(NULL, room * (Py_ssize_t)sizeof(uint32_t));
    if (seen) {
        char *start = PyBytes_AS_STRING(seen);
        const KindTable table = {view.buf, view.len - 1};
        char *end = (char *)count(text, table, counts, (uint32_t *)start);
        _PyBytes_Resize(&seen, end - start);
    }
    PyBuffer_Release(&view);
    if (seen && (counted = tuple_of(counts, kinds)))
        return Py_BuildValue("(NN)", seen, counted);
    Py_XDECREF(seen);
    return NULL;
}

/* One pass of a radix sort: by a digit, those that have the same one in their order. */
static void
sort_by(int shift, Py_ssize_t *places, const uint32_t *from, uint32_t *to, Py_ssize_t length)
{
    Py_ssize_t before = 0;
    for (int digit = 0; digit < DIGITS; digit++) {
        Py_ssize_t here = places[digit];
        places[digit] = before;
        before += here;
    }
    for (Py_ssize_t at = 0; at < length; at++)
        to[places[from[at] >> shift & (DIGITS - 1)]++] = from[at];
}

/* Writes how often each stands there, in the order of code points; returns how many these are. */
static Py_ssize_t
count_each(uint32_t *points, uint32_t *scratch, Py_ssize_t length, int64_t *counts)
{
    Py_ssize_t low[DIGITS] = {0}, high[DIGITS] = {0}, last = 0;
    for (Py_ssize_t at = 0; at < length; at++) {
        low[points[at] & (DIGITS - 1)]++;
        high[points[at] >> DIGIT_BITS]++;
    }
    sort_by(0, low, points, scratch, length);
    sort_by(DIGIT_BITS, high, scratch, points, length);
    for (Py_ssize_t at = 0; at < length; at++) {
        /* Without a jump, which the processor could not guess. */
        int is_other = at && points[at] != points[at - 1];
        last += is_other;
        counts[last] = is_other || !at ? 1 : counts[last] + 1;
    }
    return length ? last + 1 : 0;
}

static PyObject *
frequencies(PyObject *Py_UNUSED(module), PyObject *given)
{
    Py_buffer view;
    if (PyObject_GetBuffer(given, &view, PyBUF_SIMPLE) < 0)
        return NULL;
    Py_ssize_t length = view.len / (Py_ssize_t)sizeof(uint32_t);
    uint32_t *points = PyMem_New(uint32_t, 2 * length + 1);
    if (points)
        memcpy(points, view.buf, (size_t)length * sizeof(uint32_t));
    int is_known = view.len % (Py_ssize_t)sizeof(uint32_t) == 0;
    PyBuffer_Release(&view);
    if (!points)
        return PyErr_NoMemory();
    for (Py_ssize_t at = 0; at < length; at++)
        is_known &= points[at] < CODE_POINTS;
    PyObject *counts = NULL;
    if (!is_known)
        PyErr_SetString(PyExc_ValueError, "these are no code points of 32 bits each");
    else
        counts = PyBytes_FromStringAndSize(NULL, length * (Py_ssize_t)sizeof(int64_t));
    if (counts) {
        int64_t *start = (int64_t *)PyBytes_AS_STRING(counts);
        Py_ssize_t distinct = count_each(points, points + length, length, start);
        _PyBytes_Resize(&counts, distinct * (Py_ssize_t)sizeof(int64_t));
    }
    PyMem_Free(points);
    return counts;
}

static PyMethodDef methods[] = {
    {"count_kinds", count_kinds, METH_VARARGS,
     "Returns how many characters of a text are of each kind, by a table of so many kinds."},
    {"take_kinds", take_kinds, METH_VARARGS,
     "Returns the code points of those of a text that are not of kind 0, and `count_kinds`."},
    {"frequencies", frequencies, METH_O,
     "Returns how often each distinct code point stands there, as int64, in their order."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "kind_counts",
    .m_doc = "Counts the characters of a text by their kinds.",
    .m_size = 0,
    .m_methods = methods,
};

PyMODINIT_FUNC
PyInit_kind_counts(void)
{
    return PyModule_Create(&module);
}
