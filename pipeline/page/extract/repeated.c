/* Lines that stand more than once on a page. */

#include "rows.h"

/* Whether a line ends with a character of another text. */
static int
ends_within(PyObject *line, PyObject *text)
{
    Py_ssize_t length = PyUnicode_GET_LENGTH(line);
    return length
           && PyUnicode_FindChar(text, PyUnicode_READ_CHAR(line, length - 1), 0,
                                 PyUnicode_GET_LENGTH(text), 1) >= 0;
}

static int
append_number(PyObject *numbers, Py_ssize_t number)
{
    PyObject *appended = PyLong_FromSsize_t(number);
    int done = appended && PyList_Append(numbers, appended) == 0;
    Py_XDECREF(appended);
    return done;
}

/* Marks a line and the first one that it repeats, or adds it to those with some end. */
static int
note_line(PyObject *line, Py_ssize_t number, PyObject *first, PyObject *stated, int32_t *repeated,
          PyObject *ends)
{
    PyObject *own = PyLong_FromSsize_t(number);
    PyObject *known = own ? PyDict_SetDefault(first, line, own) : NULL;
    Py_XDECREF(own);
    if (!known)
        return 0;
    Py_ssize_t earliest = PyLong_AsSsize_t(known);
    if (earliest == number)
        return !ends_within(line, stated) || append_number(ends, number);
    repeated[number] = repeated[earliest] = 1;
    return 1;
}

PyObject *
repeats(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    PyObject *texts, *stated, *result = NULL;
    if (!PyArg_ParseTuple(arguments, "O!U", &PyList_Type, &texts, &stated))
        return NULL;
    Py_ssize_t count = PyList_GET_SIZE(texts);
    PyObject *first = PyDict_New(), *ends = PyList_New(0);
    PyObject *found = PyBytes_FromStringAndSize(NULL, count * (Py_ssize_t)sizeof(int32_t));
    int done = first && ends && found;
    if (done)
        memset(PyBytes_AS_STRING(found), 0, (size_t)count * sizeof(int32_t));
    for (Py_ssize_t line = 0; done && line < count; line++) {
        PyObject *text = PyList_GET_ITEM(texts, line);
        if (!PyUnicode_CheckExact(text)) {
            PyErr_SetString(PyExc_TypeError, "a line is a str");
            done = 0;
        }
        else
            done = note_line(text, line, first, stated, (int32_t *)PyBytes_AS_STRING(found), ends);
    }
    if (done)
        result = PyTuple_Pack(2, found, ends);
    Py_XDECREF(first);
    Py_XDECREF(ends);
    Py_XDECREF(found);
    return result;
}
