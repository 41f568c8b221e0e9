/* Headers that are plain: ASCII, each field one line, as nearly all are. */

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

enum { ADDED, NOT_PLAIN, FAILED };

/* Adds the field of a line, if it has one. */
static int
add_line(PyObject *fields, const char *at, const char *end, PyObject *lists)
{
    unsigned char seen = 0;
    for (const char *byte = at; byte < end; byte++)
        seen |= (unsigned char)*byte;
    if (seen & 0x80)
        return NOT_PLAIN;
    const char *colon = memchr(at, ':', (size_t)(end - at));
    if (!colon)
        return ADDED;
    int is_of_list = 0, is_added = 0;
    PyObject *name = stripped(at, colon, 1), *value = stripped(colon + 1, end, 0);
    if (name && value)
        is_added = add(fields, name, value, lists, &is_of_list);
    Py_XDECREF(name);
    Py_XDECREF(value);
    return is_added ? ADDED : is_of_list ? NOT_PLAIN : FAILED;
}

/* Whether a line, which is not the first, belongs to the one before. */
static int
goes_on(const char *at, const char *end)
{
    return at < end && (*at == ' ' || *at == '\t');
}

/* Returns what was made of fields, or None, or passes an error on. */
static PyObject *
ended(int done, PyObject *made)
{
    if (done == ADDED)
        return made;
    Py_XDECREF(made);
    if (done == FAILED)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *
plain_fields(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    PyObject *block, *lists;
    if (!PyArg_ParseTuple(arguments, "SO", &block, &lists))
        return NULL;
    const char *start = PyBytes_AS_STRING(block), *end = start + PyBytes_GET_SIZE(block);
    PyObject *fields = PyDict_New();
    int done = fields ? ADDED : FAILED;
    for (const char *at = start, *next; done == ADDED && at < end; at = next) {
        const char *line_end = memchr(at, '\n', (size_t)(end - at));
        line_end = line_end ? line_end : end;
        next = line_end + 1;
        done = at > start && goes_on(at, end) ? NOT_PLAIN : add_line(fields, at, line_end, lists);
    }
    return ended(done, fields);
}

static int
begins_with_signature(const char *at, const char *end)
{
    return end - at >= 5 && (!memcmp(at, "WARC/", 5) || !memcmp(at, "warc/", 5));
}

static const char *
end_of_digits(const char *at, const char *end)
{
    while (at < end && is_ascii_digit((unsigned char)*at))
        at++;
    return at;
}

/* Returns what follows the version line that stands there; NULL if none does. */
static const char *
end_of_version_line(const char *at, const char *end)
{
    if (!begins_with_signature(at, end))
        return NULL;
    const char *major = at + 5, *dot = end_of_digits(major, end);
    if (dot == major || dot == end || *dot != '.')
        return NULL;
    const char *minor = dot + 1;
    at = end_of_digits(minor, end);
    if (at == minor)
        return NULL;
    while (at < end && (*at == ' ' || *at == '\t' || *at == '\r'))
        at++;
    return at < end && *at == '\n' ? at + 1 : NULL;
}

static int
is_blank(const char *at, const char *end)
{
    while (at < end && *at == '\r')
        at++;
    return at == end;
}

static PyObject *
plain_head(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    PyObject *data, *lists;
    Py_ssize_t most;
    if (!PyArg_ParseTuple(arguments, "SnO", &data, &most, &lists))
        return NULL;
    Py_ssize_t size = PyBytes_GET_SIZE(data);
    most = most < 0 ? 0 : most;
    const char *start = PyBytes_AS_STRING(data), *end = start + (size < most ? size : most);
    const char *at = end_of_version_line(start, end);
    if (!at)
        Py_RETURN_NONE;
    PyObject *fields = PyDict_New();
    int done = fields ? ADDED : FAILED;
    while (done == ADDED) {
        const char *line_end = memchr(at, '\n', (size_t)(end - at));
        if (line_end && is_blank(at, line_end))
            return Py_BuildValue("Nn", fields, line_end + 1 - start);
        if (!line_end || goes_on(at, line_end) || begins_with_signature(at, line_end))
            done = NOT_PLAIN;
        else {
            done = add_line(fields, at, line_end, lists);
            at = line_end + 1;
        }
    }
    return ended(done, fields);
}

static PyMethodDef methods[] = {
    {"plain_fields", plain_fields, METH_VARARGS,
     "Returns the fields of a header block by name in lower case; of repeated ones the first.\n\n"
     "None if it is not plain: not ASCII, a line goes on in the next, or a field is repeated whose\n"
     "name is among those of lists."},
    {"plain_head", plain_head, METH_VARARGS,
     "Returns the fields of the WARC record that data begin with, and where its body begins.\n\n"
     "None if no version line stands there, no blank line within the most bytes that a header may\n"
     "have, another version line before it, or if the fields are not plain."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "plain_fields",
    .m_doc = "Headers that are plain.",
    .m_size = 0,
    .m_methods = methods,
};

PyMODINIT_FUNC
PyInit_plain_fields(void)
{
    return PyModuleDef_Init(&module);
}
