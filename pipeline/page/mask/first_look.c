/* A first look at a text: whether it may hold a number, its ASCII, and its forms made alike.

   What the characters are, and what they become, is said by tables of Python's, with a byte for each
   of the basic plane. */

#include "basics.h"

enum { DIGIT = 1, JOINT = 2, WIDE = 4, WIDE_SIGN = 8, DOOR = 16 };
enum { MOST_JOINTS = 3, MORE_DIGITS = 4, MOST_BEFORE_DOOR = 3, BASIC_PLANE = 0x10000 };

typedef struct {
    const uint8_t *bits;
    unsigned kind;
    const void *data;
    Py_ssize_t length;
} Text;

static inline Py_UCS4
character_at(const Text *text, Py_ssize_t at)
{
    return PyUnicode_READ(text->kind, text->data, at);
}

static inline uint8_t
bits_at(const Text *text, Py_ssize_t at)
{
    Py_UCS4 character = at < text->length ? character_at(text, at) : BASIC_PLANE;
    return character < BASIC_PLANE ? text->bits[character] : 0;
}

/* Whether four digits follow, each after three joints at most. */
static int
digits_follow(const Text *text, Py_ssize_t at)
{
    for (int digit = 0; digit < MORE_DIGITS; digit++) {
        for (int joint = 0; joint < MOST_JOINTS && bits_at(text, at) & JOINT; joint++)
            at++;
        if (!(bits_at(text, at++) & DIGIT))
            return 0;
    }
    return 1;
}

static int
door_follows(const Text *text, Py_ssize_t at)
{
    for (int digit = 0; digit < MOST_BEFORE_DOOR; digit++, at++)
        if (at >= text->length || !is_ascii_digit(character_at(text, at)))
            break;
    return bits_at(text, at) & DOOR;
}

static int
is_ascii_at(const Text *text, Py_ssize_t at)
{
    if (at >= text->length)
        return 0;
    Py_UCS4 character = character_at(text, at);
    return is_ascii_letter(character) || is_ascii_digit(character);
}

static int
holds_number(const Text *text)
{
    for (Py_ssize_t at = 0; at < text->length; at++) {
        uint8_t bits = bits_at(text, at);
        if (!(bits & (DIGIT | WIDE | WIDE_SIGN)))
            continue;
        if (bits & WIDE || (bits & WIDE_SIGN && is_ascii_at(text, at + 1))
            || digits_follow(text, at + 1) || door_follows(text, at + 1))
            return 1;
    }
    return 0;
}

static PyObject *
has_number(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    PyObject *given;
    Py_buffer bits;
    if (!PyArg_ParseTuple(arguments, "Uy*", &given, &bits))
        return NULL;
    PyObject *found = NULL;
    if (bits.len == BASIC_PLANE) {
        Text text = {bits.buf, PyUnicode_KIND(given), PyUnicode_DATA(given),
                     PyUnicode_GET_LENGTH(given)};
        found = PyBool_FromLong(holds_number(&text));
    } else {
        PyErr_SetString(PyExc_ValueError, "needs bits for each character of the basic plane");
    }
    PyBuffer_Release(&bits);
    return found;
}

static PyObject *
ascii_of(PyObject *Py_UNUSED(module), PyObject *given)
{
    if (!PyUnicode_Check(given))
        return PyErr_Format(PyExc_TypeError, "a text is a string");
    Py_ssize_t length = PyUnicode_GET_LENGTH(given), kept = 0;
    unsigned kind = PyUnicode_KIND(given);
    const void *data = PyUnicode_DATA(given);
    if (length == PY_SSIZE_T_MAX)
        return PyErr_NoMemory();
    char *ascii = PyMem_Malloc((size_t)length + 1);
    if (!ascii)
        return PyErr_NoMemory();
    for (Py_ssize_t at = 0; at < length; at++) {
        Py_UCS4 character = PyUnicode_READ(kind, data, at);
        /* Written in any case: it is the next one that writes over what is no ASCII. */
        ascii[kept] = (char)character;
        kept += character < 0x80;
    }
    PyObject *found = PyBytes_FromStringAndSize(ascii, kept);
    PyMem_Free(ascii);
    return found;
}

/* Where the words of so many ASCII letters and digits stand. */
static PyObject *
words_of(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    PyObject *given;
    Py_ssize_t length;
    if (!PyArg_ParseTuple(arguments, "Un", &given, &length))
        return NULL;
    Text text = {NULL, PyUnicode_KIND(given), PyUnicode_DATA(given), PyUnicode_GET_LENGTH(given)};
    PyObject *places = PyList_New(0);
    Py_ssize_t start = 0;
    for (Py_ssize_t at = 0; places && at <= text.length; at++) {
        if (is_ascii_at(&text, at))
            continue;
        if (at > start && at - start == length) {
            PyObject *place = PyLong_FromSsize_t(start);
            if (!place || PyList_Append(places, place) < 0)
                Py_CLEAR(places);
            Py_XDECREF(place);
        }
        start = at + 1;
    }
    return places;
}

static inline Py_UCS4
folded(const Text *text, Py_ssize_t at)
{
    Py_UCS4 character = character_at(text, at);
    uint8_t form = character < BASIC_PLANE ? text->bits[character] : 0;
    return form ? form : character;
}

/* The text with each character's form, itself if none has one. */
static PyObject *
with_forms(const Text *text, PyObject *given)
{
    Py_ssize_t changed = 0;
    Py_UCS4 seen = 0;
    for (Py_ssize_t at = 0; at < text->length; at++) {
        Py_UCS4 character = folded(text, at);
        changed += character != character_at(text, at);
        seen |= character;
    }
    if (!changed)
        return Py_NewRef(given);
    /* Its width is that of the widest: each has a bit of its own. */
    Py_UCS4 widest = seen < 0x110000 ? seen : 0x10FFFF;
    PyObject *made = PyUnicode_New(text->length, widest);
    if (!made)
        return NULL;
    unsigned kind = PyUnicode_KIND(made);
    void *data = PyUnicode_DATA(made);
    for (Py_ssize_t at = 0; at < text->length; at++)
        PyUnicode_WRITE(kind, data, at, folded(text, at));
    return made;
}

static PyObject *
fold(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    PyObject *given;
    Py_buffer forms;
    if (!PyArg_ParseTuple(arguments, "Uy*", &given, &forms))
        return NULL;
    PyObject *made = NULL;
    if (forms.len == BASIC_PLANE) {
        Text text = {forms.buf, PyUnicode_KIND(given), PyUnicode_DATA(given),
                     PyUnicode_GET_LENGTH(given)};
        made = with_forms(&text, given);
    } else {
        PyErr_SetString(PyExc_ValueError, "needs a form for each character of the basic plane");
    }
    PyBuffer_Release(&forms);
    return made;
}

static PyMethodDef methods[] = {
    {"has_number", has_number, METH_VARARGS,
     "Returns whether a text holds five digits in a row, a door number or what is to fold, by a table\n"
     "of what characters are."},
    {"fold", fold, METH_VARARGS,
     "Returns a text with the forms of its characters, by a table of them; 0 is for one that stays."},
    {"words_of", words_of, METH_VARARGS,
     "Returns where the words of so many ASCII letters and digits stand in a text."},
    {"ascii_of", ascii_of, METH_O, "Returns the ASCII characters of a text."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "first_look",
    .m_doc = "Looks for what may be personal data.",
    .m_size = 0,
    .m_methods = methods,
};

PyMODINIT_FUNC
PyInit_first_look(void)
{
    return PyModule_Create(&module);
}
