/* The folded form of a text: what its characters are known as, without the gaps between them.
   folding.py says what goes and what stays. */

#include "basics.h"

/* As in characters.py: kinds, and what stands in a known character's number. */
enum { PLAIN, LETTER, DIGIT, BREAK, SYMBOL, INVISIBLE };
enum { FORM_BITS = 21, KIND_MASK = 7, CODE_POINTS = 0x110000, SEPARATOR = ' ' };
static const uint32_t FORM_MASK = ((uint32_t)1 << FORM_BITS) - 1;

typedef struct {
    uint32_t *code_points;
    int32_t *positions;
    uint8_t *kinds, *text_kinds;
    Py_ssize_t count;
} Folded;

static void
keep(Folded *folded, uint32_t form, int kind, Py_ssize_t position)
{
    folded->code_points[folded->count] = form;
    folded->kinds[folded->count] = (uint8_t)kind;
    folded->positions[folded->count++] = (int32_t)position;
}

static int
is_word(int kind)
{
    return kind == LETTER || kind == DIGIT;
}

/* Whether a gap parts what stands around it; one at an end of the text does not. */
static int
parts(const uint8_t *kinds, Py_ssize_t first, Py_ssize_t end, Py_ssize_t length, int max_gap)
{
    if (first == 0 || end == length)
        return 0;
    return end - first > max_gap
           || (kinds[first] == SYMBOL && is_word(kinds[first - 1]) && is_word(kinds[end]));
}

/* 0 if a character is not known. */
static int
fold_text(PyObject *text, const uint32_t *known, int dropped, int max_gap, Folded *folded)
{
    Py_ssize_t length = PyUnicode_GET_LENGTH(text), gap = 0;
    unsigned width = PyUnicode_KIND(text);
    const void *data = PyUnicode_DATA(text);
    for (Py_ssize_t at = 0; at < length; at++) {
        uint32_t number = known[PyUnicode_READ(width, data, at)];
        int kind = (int)(number >> FORM_BITS & KIND_MASK);
        if (!number)
            return 0;
        folded->text_kinds[at] = (uint8_t)kind;
        if (kind >= dropped)
            continue;
        if (gap < at && parts(folded->text_kinds, gap, at, length, max_gap))
            keep(folded, SEPARATOR, folded->text_kinds[gap], gap);
        gap = at + 1;
        keep(folded, number & FORM_MASK, kind, at);
    }
    return 1;
}

static PyObject *
result_of(const Folded *folded, Py_ssize_t length)
{
    Py_ssize_t size = folded->count * (Py_ssize_t)sizeof(int32_t);
    return Py_BuildValue("y#y#y#y#", folded->code_points, size, folded->kinds, folded->count,
                         folded->positions, size, folded->text_kinds, length);
}

/* Whether a table is one of all code points, and a text short enough; sets the error if not. */
static int
are_fit(const Py_buffer *known, Py_ssize_t length)
{
    if (!holds_numbers(known, sizeof(uint32_t)))
        return 0;
    if (known->len == CODE_POINTS * (Py_ssize_t)sizeof(uint32_t) && length <= INT32_MAX)
        return 1;
    PyErr_SetString(PyExc_ValueError, "not a number for each code point, or too long a text");
    return 0;
}

static PyObject *
close_gaps(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    PyObject *text, *result = NULL;
    Py_buffer known;
    int dropped, max_gap;
    if (!PyArg_ParseTuple(arguments, "Uy*ii", &text, &known, &dropped, &max_gap))
        return NULL;
    Py_ssize_t length = PyUnicode_GET_LENGTH(text);
    Folded folded = {
        PyMem_New(uint32_t, length + 1), PyMem_New(int32_t, length + 1),
        PyMem_New(uint8_t, length + 1), PyMem_New(uint8_t, length + 1), 0,
    };
    if (!folded.code_points || !folded.positions || !folded.kinds || !folded.text_kinds)
        PyErr_NoMemory();
    else if (are_fit(&known, length))
        result = fold_text(text, known.buf, dropped, max_gap, &folded) ? result_of(&folded, length)
                                                                      : Py_NewRef(Py_None);
    PyBuffer_Release(&known);
    PyMem_Free(folded.code_points);
    PyMem_Free(folded.positions);
    PyMem_Free(folded.kinds);
    PyMem_Free(folded.text_kinds);
    return result;
}

static PyMethodDef methods[] = {
    {"close_gaps", close_gaps, METH_VARARGS,
     "Returns code points, kinds and places of what is kept, and the kind of each character of the\n"
     "text; None if a character is not known.\n\n"
     "Args: text, numbers of known characters, kind from which on they go, longest gap that goes."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "gaps",
    .m_doc = "The folded form of a text.",
    .m_size = 0,
    .m_methods = methods,
};

PyMODINIT_FUNC
PyInit_gaps(void)
{
    return PyModuleDef_Init(&module);
}
