/* Which of its parts a page says in more than plain markup: looked for tag by tag, once, since most
   pages have none of them and are not to pay for looking. */

#include "basics.h"

enum { FORMULA = 1, RAISED = 2, PICTURE = 4, BLOCK = 8, PROGRAM = 16 };
enum { FIRST_HAN = 0x3400 };

typedef struct {
    const void *data;
    unsigned width;
    Py_ssize_t length;
} Text;

static inline Py_UCS4
at_place(const Text *text, Py_ssize_t at)
{
    return at < text->length ? PyUnicode_READ(text->width, text->data, at) : 0;
}

/* Whether a word in lower case stands at a place, in any case. */
static int
reads(const Text *text, Py_ssize_t at, const char *word)
{
    for (; *word; at++, word++) {
        Py_UCS4 character = at_place(text, at);
        if (character != (Py_UCS4)*word
            && !(is_ascii_letter(character) && (character | 0x20) == (Py_UCS4)*word))
            return 0;
    }
    return 1;
}

static int
ends_name(const Text *text, Py_ssize_t at)
{
    Py_UCS4 character = at_place(text, at);
    return character == '>' || character == '/' || Py_UNICODE_ISSPACE(character);
}

static int
of_name(const Text *text, Py_ssize_t at)
{
    static const struct { const char *name; int trait; } named[] = {
        {"math", FORMULA}, {"mjx-container", FORMULA}, {"sup", RAISED}, {"sub", RAISED},
    };
    static const Py_ssize_t lengths[] = {4, 13, 3, 3};
    for (size_t each = 0; each < sizeof(named) / sizeof(*named); each++)
        if (reads(text, at, named[each].name) && ends_name(text, at + lengths[each]))
            return named[each].trait;
    int follows = reads(text, at, "code") && at >= 8 && reads(text, at - 8, "</code>");
    return follows ? PROGRAM : 0;
}

static int
is_inline(const Text *text, Py_ssize_t at)
{
    static const char *const names[] = {"span", "a", "b", "strong", "em", "i", "font", "code"};
    for (size_t each = 0; each < sizeof(names) / sizeof(*names); each++)
        if (reads(text, at, names[each])
            && Py_UNICODE_ISSPACE(at_place(text, at + (Py_ssize_t)strlen(names[each]))))
            return 1;
    return 0;
}

/* What the attributes say at a place of a tag whose name begins at another one. */
static int
of_place(const Text *text, Py_ssize_t at, Py_ssize_t name)
{
    switch (at_place(text, at)) {
    case 'k':
        return reads(text, at, "katex") ? FORMULA : 0;
    case 'l':
        return reads(text, at, "latex") ? FORMULA : 0;
    case 'm':
    case 'M':
        return reads(text, at, "math") ? FORMULA : 0;
    case 't':
        return reads(text, at, "tex=") ? FORMULA : 0;
    case 'f':
        return reads(text, at, "formula") ? FORMULA : 0;
    case '\\':
        return reads(text, name, "img") ? FORMULA : 0;
    case 's':
        return reads(text, at, "syntaxhighlighter") ? PROGRAM : 0;
    case 'b':
        return reads(text, at, "blockcode") ? PROGRAM : 0;
    case 'd':
        if (!reads(text, at, "display:") || !is_inline(text, name))
            return 0;
        at += 8;
        return reads(text, at + (at_place(text, at) == ' '), "block") ? BLOCK : 0;
    case 'a': {
        Py_UCS4 quote = reads(text, at, "alt=") ? at_place(text, at + 4) : 0;
        int is_letter = (quote == '"' || quote == '\'') && at_place(text, at + 6) == quote;
        return is_letter && at_place(text, at + 5) >= FIRST_HAN ? PICTURE : 0;
    }
    default:
        return 0;
    }
}

/* Adds the places where tags begin that one of some bits is about; -1 if Python raised. */
static int
add_place(PyObject *places, int bits, Py_ssize_t at)
{
    if (!(bits & (FORMULA | BLOCK)))
        return bits;
    PyObject *place = PyLong_FromSsize_t(at);
    int failed = !place || PyList_Append(places, place) < 0;
    Py_XDECREF(place);
    return failed ? -1 : bits;
}

/* The bits of a page whose characters have a width that is known when this is compiled. */
static inline int
traits_of(const Text *text, unsigned width, PyObject *places)
{
    static const char starts[128] = {
        ['k'] = 1, ['l'] = 1, ['m'] = 1, ['M'] = 1, ['t'] = 1, ['f'] = 1, ['\\'] = 1, ['s'] = 1, ['b'] = 1,
        ['d'] = 1, ['a'] = 1,
    };
    const void *data = text->data;
    int found = 0;
    Py_ssize_t at = 0, end = text->length;
    for (;;) {
        while (at + 4 <= end && PyUnicode_READ(width, data, at) != '<'
               && PyUnicode_READ(width, data, at + 1) != '<'
               && PyUnicode_READ(width, data, at + 2) != '<'
               && PyUnicode_READ(width, data, at + 3) != '<')
            at += 4;
        while (at < end && PyUnicode_READ(width, data, at) != '<')
            at++;
        Py_ssize_t name = ++at;
        if (at >= end)
            return found;
        if (!is_ascii_letter(PyUnicode_READ(width, data, at)))
            continue;
        int own = of_name(text, name);
        int is_within = 1; /* a word */
        for (; at < end; at++) {
            Py_UCS4 character = PyUnicode_READ(width, data, at);
            if (character == '>' || character == '<')
                break;
            if (character < 128 && starts[character] && (!is_within || character == '\\'))
                own |= of_place(text, at, name);
            is_within = is_ascii_letter(character);
        }
        if (own && (own = add_place(places, own, name - 1)) < 0)
            return -1;
        found |= own;
    }
}

static PyObject *
traits(PyObject *Py_UNUSED(module), PyObject *page)
{
    if (!PyUnicode_Check(page)) {
        PyErr_SetString(PyExc_TypeError, "a page is a str");
        return NULL;
    }
    Text text = {PyUnicode_DATA(page), PyUnicode_KIND(page), PyUnicode_GET_LENGTH(page)};
    PyObject *places = PyList_New(0);
    if (!places)
        return NULL;
    int found = text.width == PyUnicode_1BYTE_KIND   ? traits_of(&text, PyUnicode_1BYTE_KIND, places)
                : text.width == PyUnicode_2BYTE_KIND ? traits_of(&text, PyUnicode_2BYTE_KIND, places)
                                                     : traits_of(&text, PyUnicode_4BYTE_KIND, places);
    if (found < 0) {
        Py_DECREF(places);
        return NULL;
    }
    return Py_BuildValue("iN", found, places);
}

static PyMethodDef methods[] = {
    {"traits", traits, METH_O, "Returns the bits of what the tags of a page are to be asked for, and where tags begin that may\n"
     "show a formula or what is a block."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "traits",
    .m_doc = "What the tags of a page say beyond plain markup.",
    .m_size = 0,
    .m_methods = methods,
};

PyMODINIT_FUNC
PyInit_traits(void)
{
    return PyModuleDef_Init(&module);
}
