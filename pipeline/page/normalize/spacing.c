/* White space as the canonical form of a text has it. normalization.py says which form that is, and
   of what kind each character is. */

#include "basics.h"

/* Kinds; of gaps that meet, the last one of these stays. */
enum { OTHER, CJK, QUOTE, SPACE, TAB, LINE_END, KIND = 7, UNSETTLED = 8 };
enum { NO_GAP = OTHER };

static int
read_arguments(PyObject *arguments, PyObject **text, Py_buffer *view, KindTable *table)
{
    if (!PyArg_ParseTuple(arguments, "Uy*", text, view))
        return 0;
    *table = (KindTable){view->buf, view->len - 1};
    if (view->len)
        return 1;
    PyBuffer_Release(view);
    PyErr_SetString(PyExc_ValueError, "a table has an entry");
    return 0;
}

static PyObject *
is_settled(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    PyObject *text;
    Py_buffer view;
    KindTable table;
    if (!read_arguments(arguments, &text, &view, &table))
        return NULL;
    unsigned width = PyUnicode_KIND(text), seen = 0;
    const void *data = PyUnicode_DATA(text);
    for (Py_ssize_t at = 0; at < PyUnicode_GET_LENGTH(text); at++)
        seen |= kind_in(table, PyUnicode_READ(width, data, at));
    PyBuffer_Release(&view);
    return PyBool_FromLong(!(seen & UNSETTLED));
}

/* What stands for a gap without tabs between characters of two kinds, 0 for nothing. */
static Py_UCS4
sign_of(unsigned gap, unsigned before, unsigned after)
{
    if (gap == LINE_END)
        return '\n';
    int is_cjk = (before == CJK && (after == CJK || after == QUOTE))
                 || (before == QUOTE && after == CJK);
    return gap == SPACE && !is_cjk ? ' ' : 0;
}

typedef struct {
    PyObject *text;
    const void *data;
    unsigned width;
    KindTable table;
} Source;

/* Whether a tab stands between two characters of the line that goes on at a place. */
static int
holds_cells(const Source *source, Py_ssize_t at)
{
    int has_tab = 0;
    for (; at < PyUnicode_GET_LENGTH(source->text); at++) {
        unsigned kind = kind_in(source->table, PyUnicode_READ(source->width, source->data, at)) & KIND;
        if (kind == LINE_END || (has_tab && kind < SPACE))
            return has_tab && kind < SPACE;
        has_tab |= kind == TAB;
    }
    return 0;
}

/* Writes the text with one sign for each gap and none at its ends, which is never longer; returns
   its length. Tabs stay as many as they are: each ends a cell, which may be empty. At the beginning
   of a line they do so if another one stands in it, or if the line before is a row of cells. */
static Py_ssize_t
write_spaced(const Source *source, Py_UCS4 *spaced, int *is_changed)
{
    unsigned gap = NO_GAP, before = OTHER;
    Py_ssize_t count = 0, tabs = 0, length = PyUnicode_GET_LENGTH(source->text);
    const void *data = source->data;
    const unsigned width = source->width;
    const KindTable table = source->table;
    int is_row = 0, is_first = 1;
    for (Py_ssize_t at = 0; at < length; at++) {
        Py_UCS4 character = PyUnicode_READ(width, data, at);
        unsigned kind = kind_in(table, character) & KIND;
        if (kind >= SPACE) {
            *is_changed |= kind == SPACE && character != ' ';
            gap = kind > gap ? kind : gap;
            tabs = kind == LINE_END ? 0 : tabs + (kind == TAB);
            is_first |= kind == LINE_END;
            continue;
        }
        if (gap == NO_GAP && !is_first) {
            spaced[count++] = character;
            before = kind;
            continue;
        }
        if (is_first) {
            is_row = tabs ? is_row || holds_cells(source, at) : 0;
            tabs = is_row ? tabs : 0;
            if (gap != LINE_END)
                gap = NO_GAP;
        }
        is_row |= tabs > 0;
        Py_UCS4 sign = gap == NO_GAP || !count ? 0 : sign_of(gap, before, kind);
        if (sign && !(tabs && sign != '\n'))
            spaced[count++] = sign;
        for (; tabs; tabs--)
            spaced[count++] = '\t';
        spaced[count++] = character;
        before = kind;
        gap = NO_GAP;
        is_first = 0;
    }
    *is_changed |= count != length;
    return count;
}

static PyObject *
set_spaces(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    PyObject *text, *found = NULL;
    Py_buffer view;
    KindTable table;
    int is_changed = 0;
    if (!read_arguments(arguments, &text, &view, &table))
        return NULL;
    Py_UCS4 *spaced = PyMem_New(Py_UCS4, PyUnicode_GET_LENGTH(text) + 1);
    if (!spaced)
        PyErr_NoMemory();
    else {
        Source source = {text, PyUnicode_DATA(text), PyUnicode_KIND(text), table};
        Py_ssize_t count = write_spaced(&source, spaced, &is_changed);
        found = is_changed ? PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, spaced, count)
                           : Py_NewRef(text);
    }
    PyMem_Free(spaced);
    PyBuffer_Release(&view);
    return found;
}

static PyMethodDef methods[] = {
    {"is_settled", is_settled, METH_VARARGS,
     "Returns whether no character of a text is marked as unsettled in a table of kinds."},
    {"set_spaces", set_spaces, METH_VARARGS,
     "Returns a text with one sign, or none, for all that stands between two characters, by a "
     "table of kinds."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "spacing",
    .m_doc = "Sets the white space of texts.",
    .m_size = 0,
    .m_methods = methods,
};

PyMODINIT_FUNC
PyInit_spacing(void)
{
    return PyModule_Create(&module);
}
