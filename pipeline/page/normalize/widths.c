/* How many columns a line takes, by a table of Python's with those of each character. */

#include "basics.h"

static PyObject *
width_of(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    PyObject *line;
    Py_buffer view;
    if (!PyArg_ParseTuple(arguments, "Uy*", &line, &view))
        return NULL;
    if (!view.len) {
        PyBuffer_Release(&view);
        return PyErr_Format(PyExc_ValueError, "a table has an entry");
    }
    KindTable columns = {view.buf, view.len - 1};
    Py_ssize_t length = PyUnicode_GET_LENGTH(line), width = 0;
    unsigned kind = PyUnicode_KIND(line);
    const void *data = PyUnicode_DATA(line);
    for (Py_ssize_t at = 0; at < length; at++)
        width += kind_in(columns, PyUnicode_READ(kind, data, at));
    PyBuffer_Release(&view);
    return PyLong_FromSsize_t(width);
}

static PyMethodDef methods[] = {
    {"width_of", width_of, METH_VARARGS,
     "Returns the columns of a line, by a table of those of each code point, whose end stands for\n"
     "all beyond it."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "widths",
    .m_doc = "Measures lines in columns.",
    .m_size = 0,
    .m_methods = methods,
};

PyMODINIT_FUNC
PyInit_widths(void)
{
    return PyModule_Create(&module);
}
