/* White space as the canonical form of a text has it. normalization.py says which form that is, and
   of what kind each character is. */

#include "basics.h"

/* Kinds; of gaps that meet, the last one of these stays. */
enum { OTHER, SIGN, QUOTE, LETTER, SPACE, WIDE_SPACE, TAB, LINE_END, KIND = 7 };
enum { NO_GAP = OTHER, IDEOGRAPHIC_SPACE = 0x3000 };

static int
read_arguments(PyObject *arguments, PyObject **text, Py_buffer *view, KindTable *table, int *keeps)
{
    if (!PyArg_ParseTuple(arguments, keeps ? "Uy*p" : "Uy*", text, view, keeps))
        return 0;
    *table = (KindTable){view->buf, view->len - 1};
    if (view->len)
        return 1;
    PyBuffer_Release(view);
    PyErr_SetString(PyExc_ValueError, "a table has an entry");
    return 0;
}

static PyObject *
flags_of(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    PyObject *text;
    Py_buffer view;
    KindTable table;
    if (!read_arguments(arguments, &text, &view, &table, NULL))
        return NULL;
    unsigned width = PyUnicode_KIND(text), seen = 0;
    const void *data = PyUnicode_DATA(text);
    for (Py_ssize_t at = 0; at < PyUnicode_GET_LENGTH(text); at++)
        seen |= kind_in(table, PyUnicode_READ(width, data, at));
    PyBuffer_Release(&view);
    return PyLong_FromUnsignedLong(seen & ~(unsigned)KIND);
}

typedef struct {
    PyObject *text;
    const void *data;
    unsigned width;
    KindTable table;
    /* Whether gaps between letters of CJK stay, for others to judge. */
    int keeps_gaps;
    /* How many of them stayed, how many gaps between CJK did not, and whether the text is another. */
    Py_ssize_t kept, dropped;
    int is_changed;
} Source;

static unsigned
kind_at(const Source *source, Py_ssize_t at)
{
    return kind_in(source->table, PyUnicode_READ(source->width, source->data, at)) & KIND;
}

static int
is_cjk(unsigned kind)
{
    return kind == SIGN || kind == LETTER;
}

/* What stands for a gap without tabs between characters of two kinds, 0 for nothing; letters of CJK
   are set apart by one space, or by one as wide as they are. */
static Py_UCS4
sign_of(Source *source, unsigned gap, Py_ssize_t spaces, unsigned before, unsigned after)
{
    if (gap == LINE_END)
        return '\n';
    if (gap == NO_GAP)
        return 0;
    if (before == LETTER && after == LETTER && source->keeps_gaps) {
        source->kept++;
        return gap == WIDE_SPACE || spaces > 1 ? IDEOGRAPHIC_SPACE : ' ';
    }
    if (!(is_cjk(before) && (is_cjk(after) || after == QUOTE)) && !(before == QUOTE && is_cjk(after)))
        return ' ';
    source->dropped++;
    return 0;
}

/* Whether a tab stands between two characters of the line that goes on at a place. */
static int
holds_cells(const Source *source, Py_ssize_t at)
{
    int has_tab = 0;
    for (; at < PyUnicode_GET_LENGTH(source->text); at++) {
        unsigned kind = kind_at(source, at);
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
write_spaced(Source *source, Py_UCS4 *spaced)
{
    unsigned gap = NO_GAP, before = OTHER;
    Py_ssize_t count = 0, tabs = 0, spaces = 0, length = PyUnicode_GET_LENGTH(source->text);
    const void *data = source->data;
    const unsigned width = source->width;
    const KindTable table = source->table;
    int is_row = 0, is_first = 1;
    for (Py_ssize_t at = 0; at < length; at++) {
        Py_UCS4 character = PyUnicode_READ(width, data, at);
        unsigned kind = kind_in(table, character) & KIND;
        if (kind >= SPACE) {
            gap = kind > gap ? kind : gap;
            spaces++;
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
        Py_UCS4 sign = !count || (tabs && gap != LINE_END)
                           ? 0
                           : sign_of(source, gap, spaces, before, kind);
        if (sign) {
            /* A single space that becomes another one leaves the length as it was. */
            source->is_changed |= spaces == 1 && sign != PyUnicode_READ(width, data, at - 1);
            spaced[count++] = sign;
        }
        for (; tabs; tabs--)
            spaced[count++] = '\t';
        spaced[count++] = character;
        before = kind;
        gap = NO_GAP;
        is_first = 0;
        spaces = 0;
    }
    source->is_changed |= count != length;
    return count;
}

static PyObject *
set_spaces(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    PyObject *text, *found = NULL;
    Py_buffer view;
    KindTable table;
    int keeps_gaps;
    if (!read_arguments(arguments, &text, &view, &table, &keeps_gaps))
        return NULL;
    Py_UCS4 *spaced = PyMem_New(Py_UCS4, PyUnicode_GET_LENGTH(text) + 1);
    Source source = {text, PyUnicode_DATA(text), PyUnicode_KIND(text), table, keeps_gaps, 0, 0, 0};
    if (!spaced)
        PyErr_NoMemory();
    else {
        Py_ssize_t count = write_spaced(&source, spaced);
        found = source.is_changed ? PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, spaced, count)
                                  : Py_NewRef(text);
    }
    PyMem_Free(spaced);
    PyBuffer_Release(&view);
    return found ? Py_BuildValue("Nnn", found, source.kept, source.dropped) : NULL;
}

static PyMethodDef methods[] = {
    {"flags_of", flags_of, METH_VARARGS,
     "Returns the flags beyond the kind that characters of a text have in a table of kinds."},
    {"set_spaces", set_spaces, METH_VARARGS,
     "Returns a text with one sign, or none, for all that stands between two characters, by a "
     "table of kinds; how many gaps between letters of CJK stayed, if they may, and how many gaps "
     "between CJK did not."},
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
