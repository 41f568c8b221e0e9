/* Fields of a header that is plain: ASCII, each field one line, as nearly all are. */

#include "basics.h"

/* What `str.strip` takes off, of ASCII. */
static int
is_space(char character)
{
    return character == ' ' || (character >= '\t' && character <= '\r')
           || (character >= 0x1c && character <= 0x1f);
}

/* Returns what stands between two places, without the space around it, as a string. */
static PyObject *
stripped(const char *from, const char *end, int is_lowered)
{
    while (from < end && is_space(*from))
        from++;
    while (end > from && is_space(end[-1]))
        end--;
    PyObject *text = PyUnicode_New(end - from, 0x7f);
    if (!text)
        return NULL;
    Py_UCS1 *into = PyUnicode_1BYTE_DATA(text);
    for (; from < end; from++)
        *into++ = (Py_UCS1)(is_lowered && *from >= 'A' && *from <= 'Z' ? *from | 0x20 : *from);
    return text;
}

/* Adds a field, unless there is one of its name; 0 if that fails or another is of a list. */
static int
add(PyObject *fields, PyObject *name, PyObject *value, PyObject *lists, int *is_of_list)
{
    Py_ssize_t count = PyDict_GET_SIZE(fields);
    if (!PyDict_SetDefault(fields, name, value))
        return 0;
    if (PyDict_GET_SIZE(fields) > count)
        return 1;
    int found = PySequence_Contains(lists, name);
    *is_of_list = found > 0;
    return !found;
}

static PyObject *
fields_of(const char *at, const char *end, PyObject *lists)
{
    PyObject *fields = PyDict_New();
    int is_of_list = 0;
    for (const char *next; fields && at < end; at = next) {
        const char *line_end = memchr(at, '\n', (size_t)(end - at));
        line_end = line_end ? line_end : end;
        next = line_end + 1;
        const char *colon = memchr(at, ':', (size_t)(line_end - at));
        if (!colon)
            continue;
        PyObject *name = stripped(at, colon, 1), *value = stripped(colon + 1, line_end, 0);
        if (!name || !value || !add(fields, name, value, lists, &is_of_list))
            Py_CLEAR(fields);
        Py_XDECREF(name);
        Py_XDECREF(value);
    }
    if (is_of_list)
        Py_RETURN_NONE;
    return fields;
}

/* Returns whether a block is ASCII and has no line that goes on in the next. */
static int
is_plain(const char *at, const char *end)
{
    unsigned char seen = 0;
    for (const char *byte = at; byte < end; byte++)
        seen |= (unsigned char)*byte;
    if (seen & 0x80)
        return 0;
    while (at < end && (at = memchr(at, '\n', (size_t)(end - at))) && ++at < end)
        if (*at == ' ' || *at == '\t')
            return 0;
    return 1;
}

static PyObject *
plain_fields(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    PyObject *block, *lists;
    if (!PyArg_ParseTuple(arguments, "SO", &block, &lists))
        return NULL;
    const char *at = PyBytes_AS_STRING(block), *end = at + PyBytes_GET_SIZE(block);
    if (!is_plain(at, end))
        Py_RETURN_NONE;
    return fields_of(at, end, lists);
}

static PyMethodDef methods[] = {
    {"plain_fields", plain_fields, METH_VARARGS,
     "Returns the fields of a header block by name in lower case; of repeated ones the first.\n\n"
     "None if it is not plain: not ASCII, a line goes on in the next, or a field is repeated whose\n"
     "name is among those of lists."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "plain_fields",
    .m_doc = "Fields of a header that is plain.",
    .m_size = 0,
    .m_methods = methods,
};

PyMODINIT_FUNC
PyInit_plain_fields(void)
{
    return PyModuleDef_Init(&module);
}
