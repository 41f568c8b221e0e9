/* How many of a text's units of UTF-16 are of each of a few kinds. */

#include "basics.h"

enum { KINDS = 8, UNITS = 1 << 16, BEYOND_ASCII = 0x80, AT_ONCE = 4 };
#define HIGH_BITS UINT64_C(0xff80ff80ff80ff80)

typedef struct {
    const uint8_t *kind_of;
    Py_ssize_t counts[KINDS];
} Counts;

static inline void
count_unit(Counts *counts, Py_UCS4 unit)
{
    /* A kind beyond the last counts as another one: nothing is written beyond the counts. */
    counts->counts[counts->kind_of[unit] % KINDS]++;
}

static void
count_narrow(const Py_UCS1 *text, Py_ssize_t length, Counts *counts)
{
    for (Py_ssize_t at = 0; at < length; at++)
        if (text[at] >= BEYOND_ASCII)
            count_unit(counts, text[at]);
}

/* Most of a page is its markup, and most of that is ASCII. */
static void
count_basic(const Py_UCS2 *text, Py_ssize_t length, Counts *counts)
{
    for (Py_ssize_t at = 0; at < length; at++) {
        uint64_t some;
        for (; length - at > AT_ONCE; at += AT_ONCE) {
            memcpy(&some, text + at, sizeof some);
            if (some & HIGH_BITS)
                break;
        }
        if (text[at] >= BEYOND_ASCII)
            count_unit(counts, text[at]);
    }
}

static void
count_wide(const Py_UCS4 *text, Py_ssize_t length, Counts *counts)
{
    for (Py_ssize_t at = 0; at < length; at++)
        if (text[at] >= UNITS) {
            count_unit(counts, Py_UNICODE_HIGH_SURROGATE(text[at]));
            count_unit(counts, Py_UNICODE_LOW_SURROGATE(text[at]));
        }
        else if (text[at] >= BEYOND_ASCII)
            count_unit(counts, text[at]);
}

static PyObject *
list_of(const Counts *counts)
{
    PyObject *list = PyList_New(KINDS);
    for (Py_ssize_t kind = 0; list && kind < KINDS; kind++) {
        PyObject *count = PyLong_FromSsize_t(counts->counts[kind]);
        if (!count)
            Py_CLEAR(list);
        else
            PyList_SET_ITEM(list, kind, count);
    }
    return list;
}

static PyObject *
count_units(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    PyObject *text, *kinds;
    if (!PyArg_ParseTuple(arguments, "US", &text, &kinds))
        return NULL;
    if (PyBytes_GET_SIZE(kinds) != UNITS) {
        PyErr_SetString(PyExc_ValueError, "each unit of UTF-16 has a kind");
        return NULL;
    }
    Counts counts = {.kind_of = (const uint8_t *)PyBytes_AS_STRING(kinds)};
    Py_ssize_t length = PyUnicode_GET_LENGTH(text);
    if (PyUnicode_IS_ASCII(text))
        return list_of(&counts);
    if (PyUnicode_KIND(text) == PyUnicode_1BYTE_KIND)
        count_narrow(PyUnicode_1BYTE_DATA(text), length, &counts);
    else if (PyUnicode_KIND(text) == PyUnicode_2BYTE_KIND)
        count_basic(PyUnicode_2BYTE_DATA(text), length, &counts);
    else
        count_wide(PyUnicode_4BYTE_DATA(text), length, &counts);
    return list_of(&counts);
}

static PyMethodDef methods[] = {
    {"count_units", count_units, METH_VARARGS,
     "Returns how many of a text's units of UTF-16 beyond ASCII are of each kind.\n\n"
     "Args: the text, and the kind of each unit, 0 to 7."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "kinds",
    .m_doc = "How many of a text's units of UTF-16 are of each of a few kinds.",
    .m_size = 0,
    .m_methods = methods,
};

PyMODINIT_FUNC
PyInit_kinds(void)
{
    return PyModuleDef_Init(&module);
}
