/* A page's bytes without the programs that it shows. */

#include "basics.h"

static const char *const NAMES[] = {"pre", "code", "textarea"};
enum { KINDS = sizeof(NAMES) / sizeof(*NAMES) };

/* Whether a name, in small letters, stands there in any case, and a space or `>` behind it. */
static int
is_named(const char *at, const char *end, const char *name)
{
    for (; *name; at++, name++)
        if (at >= end || (*at | 0x20) != *name)
            return 0;
    return at < end && (*at == '>' || *at == ' ' || (*at >= '\t' && *at <= '\r'));
}

static int
is_program(const char *name, const char *end)
{
    for (int kind = 0; kind < KINDS; kind++)
        if (is_named(name, end, NAMES[kind]))
            return 1;
    return 0;
}

/* Copies what is outside of programs, as far as the last of them ends, and returns the end of the
   copy; `left` is where the rest begins. Within a program others may begin and end. */
static char *
copy_outside(const char *page, const char *end, char *to, const char **left)
{
    const char *begin = NULL;
    *left = page;
    for (const char *at = page; at < end && (at = memchr(at, '<', (size_t)(end - at))); at++) {
        int is_end = end - at > 1 && at[1] == '/';
        if ((!is_end && begin) || (is_end && !begin) || !is_program(at + 1 + is_end, end))
            continue;
        if (!is_end) {
            begin = at;
            continue;
        }
        memcpy(to, *left, (size_t)(begin - *left));
        to += begin - *left;
        *left = at;
        begin = NULL;
    }
    return to;
}

static PyObject *
without_programs(PyObject *Py_UNUSED(module), PyObject *payload)
{
    if (!PyBytes_Check(payload)) {
        PyErr_SetString(PyExc_TypeError, "a page is bytes");
        return NULL;
    }
    const char *page = PyBytes_AS_STRING(payload), *left;
    Py_ssize_t size = PyBytes_GET_SIZE(payload);
    PyObject *kept = PyBytes_FromStringAndSize(NULL, size);
    if (!kept)
        return NULL;
    char *start = PyBytes_AS_STRING(kept), *to = copy_outside(page, page + size, start, &left);
    if (left == page) {
        Py_DECREF(kept);
        return Py_NewRef(payload);
    }
    memcpy(to, left, (size_t)(page + size - left));
    _PyBytes_Resize(&kept, to - start + (page + size - left));
    return kept;
}

static PyMethodDef methods[] = {
    {"without_programs", without_programs, METH_O,
     "Returns a page without its programs, whose words say nothing of its language.\n\n"
     "These are `pre`, `code` and `textarea` up to the end of any of them, in an encoding that\n"
     "has ASCII's letters and signs; one that never ends counts as text. The page itself if it\n"
     "has none."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "programs",
    .m_doc = "A page's bytes without the programs that it shows.",
    .m_size = 0,
    .m_methods = methods,
};

PyMODINIT_FUNC
PyInit_programs(void)
{
    return PyModuleDef_Init(&module);
}
