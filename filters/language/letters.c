/* Characters of Han, kana and hangul, and the words of all other scripts, in one pass. */

#include "basics.h"

/* What a table says of a character; Han beyond the basic plane are letters of words, too. */
enum { OTHER, HAN, KANA, HANGUL, APART, HAN_BEYOND, KINDS };

static int
is_of_word(int kind, Py_UCS4 character)
{
    return (kind == OTHER || kind == HAN_BEYOND) && Py_UNICODE_ISALNUM(character)
           && !Py_UNICODE_ISDECIMAL(character);
}

static PyObject *
count_letters(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    PyObject *text;
    Py_ssize_t most, counts[KINDS] = {0}, words = 0;
    Py_buffer view;
    if (!PyArg_ParseTuple(arguments, "Uny*", &text, &most, &view))
        return NULL;
    Py_ssize_t end = PyUnicode_GET_LENGTH(text);
    unsigned width = PyUnicode_KIND(text);
    const void *data = PyUnicode_DATA(text);
    const KindTable table = {view.buf, view.len - 1};
    int is_in_word = 0, is_known = view.len > 0;
    if (most < end)
        end = most;
    for (Py_ssize_t at = 0; at < end && is_known; at++) {
        Py_UCS4 character = PyUnicode_READ(width, data, at);
        uint8_t kind = kind_in(table, character);
        int was_in_word = is_in_word;
        is_known = kind < KINDS;
        if (!is_known)
            break;
        counts[kind]++;
        is_in_word = is_of_word(kind, character);
        words += is_in_word && !was_in_word;
    }
    PyBuffer_Release(&view);
    if (!is_known)
        return PyErr_Format(PyExc_ValueError, "the table has no kinds, or more than %d", KINDS);
    return Py_BuildValue("(nnnn)", counts[HAN] + counts[HAN_BEYOND], counts[KANA], counts[HANGUL],
                         words);
}

static PyMethodDef methods[] = {
    {"count_letters", count_letters, METH_VARARGS,
     "Returns the characters of Han, kana and hangul among the first so many of a text, and the words\n"
     "of other scripts, by a table of kinds."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "letters",
    .m_doc = "Counts letters by their script.",
    .m_size = 0,
    .m_methods = methods,
};

PyMODINIT_FUNC
PyInit_letters(void)
{
    return PyModule_Create(&module);
}
