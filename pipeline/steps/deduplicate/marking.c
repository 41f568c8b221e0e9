/* Which characters of a normal form are part of a figure. sequences.py says what a figure is. */

#include "basics.h"

/* Kinds of characters, as sequences.py has them. */
enum { DIGIT = 1, LETTER = 2, NUMERAL = 4, COUNTED = 8, UNIT = 16, ORDINAL = 32 };

typedef struct {
    const void *data;
    Py_ssize_t size;
    unsigned width;
    KindTable kinds;
} Form;

static uint8_t
kind_at(const Form *form, Py_ssize_t place)
{
    if (place >= form->size)
        return 0;
    return kind_in(form->kinds, PyUnicode_READ(form->width, form->data, place));
}

static Py_ssize_t
end_of(const Form *form, Py_ssize_t place, int kinds, int *found)
{
    for (*found = 0; kind_at(form, place) & kinds; place++)
        *found |= kind_at(form, place);
    return place;
}

/* Marks what begins at a place, if it is a figure; returns where the next may begin. */
static Py_ssize_t
mark(const Form *form, Py_ssize_t start, char *marks)
{
    uint8_t kind = kind_at(form, start);
    int found, is_figure = 0;
    Py_ssize_t end = start + 1;
    if (kind & (DIGIT | LETTER)) {
        end = end_of(form, start, DIGIT | LETTER, &found);
        is_figure = end - start == 1 || found & DIGIT;
    }
    else if (kind & ORDINAL) {
        end = end_of(form, start + 1, NUMERAL, &found);
        is_figure = end - start > 1;
    }
    else if (kind & NUMERAL) {
        end = end_of(form, start, NUMERAL, &found);
        is_figure = end - start > 1 || (kind & COUNTED && kind_at(form, end) & UNIT);
    }
    memset(marks + start, is_figure, (size_t)(end - start));
    return end;
}

static PyObject *
mark_figures(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    PyObject *given, *marks = NULL;
    Py_buffer kinds;
    if (!PyArg_ParseTuple(arguments, "Uy*", &given, &kinds))
        return NULL;
    const Form form = {PyUnicode_DATA(given), PyUnicode_GET_LENGTH(given), PyUnicode_KIND(given),
                       {kinds.buf, kinds.len - 1}};
    if (!kinds.len)
        PyErr_SetString(PyExc_ValueError, "the table of kinds is empty");
    else
        marks = PyBytes_FromStringAndSize(NULL, form.size);
    for (Py_ssize_t place = 0; marks && place < form.size;)
        place = mark(&form, place, PyBytes_AS_STRING(marks));
    PyBuffer_Release(&kinds);
    return marks;
}

static PyMethodDef methods[] = {
    {"mark_figures", mark_figures, METH_VARARGS,
     "Returns a byte for each character of a normal form: 1 where it is part of a figure, by the "
     "kinds of code points."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "marking",
    .m_doc = "Marks the figures of texts.",
    .m_size = 0,
    .m_methods = methods,
};

PyMODINIT_FUNC
PyInit_marking(void)
{
    return PyModule_Create(&module);
}
