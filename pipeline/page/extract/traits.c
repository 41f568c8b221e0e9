/* Which of its parts a page says in more than plain markup: looked for tag by tag, once, since most
   pages have none of them and are not to pay for looking. */

#include "basics.h"

enum { FORMULA = 1, RAISED = 2, PICTURE = 4, BLOCK = 8, PROGRAM = 16, META = 32 };
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
    switch (at_place(text, at) | 0x20) {
    case 'm':
        if (reads(text, at, "meta"))
            return META;
        return (reads(text, at, "math") && ends_name(text, at + 4))
                       || (reads(text, at, "mjx-container") && ends_name(text, at + 13))
                   ? FORMULA
                   : 0;
    case 's':
        return (reads(text, at, "sup") || reads(text, at, "sub")) && ends_name(text, at + 3) ? RAISED
                                                                                            : 0;
    case 'c':
        return reads(text, at, "code") && at >= 8 && reads(text, at - 8, "</code>") ? PROGRAM : 0;
    default:
        return 0;
    }
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

/* Whether a word stands at a place as it is written. */
static int
says(const Text *text, Py_ssize_t at, const char *word)
{
    for (; *word; at++, word++)
        if (at_place(text, at) != (Py_UCS4)*word)
            return 0;
    return 1;
}

/* Where a mark of what is hidden or an icon begins by one of its signs; -1 if none does. */
static Py_ssize_t
mark_by_sign(const Text *text, Py_ssize_t at, Py_ssize_t name)
{
    Py_ssize_t value = at + 1 + (at_place(text, at + 1) == ' ');
    switch (at_place(text, at)) {
    case ':':
        if (at - 6 >= name && says(text, value, "none") && says(text, at - 6, "isplay"))
            return at - 6;
        return at - 9 >= name && says(text, value, "0") && says(text, at - 9, "font-size") ? at - 9
                                                                                           : -1;
    case '-':
        return at - 8 >= name && says(text, at - 8, "material") ? at - 8 : -1;
    default:
        return says(text, at, "jammer") ? at : -1;
    }
}

/* Whether the name of a tag is of those that hide a part of a line. */
static int
is_within_line(const Text *text, Py_ssize_t at)
{
    static const char *const names[] = {"span", "font", "i",     "b",   "em",  "strong", "small",
                                        "u",    "s",    "a",     "sub", "sup", "label"};
    for (size_t each = 0; each < sizeof(names) / sizeof(*names); each++)
        if (reads(text, at, names[each])
            && !is_ascii_letter(at_place(text, at + (Py_ssize_t)strlen(names[each]))))
            return 1;
    return 0;
}

static int
append_place(PyObject *places, Py_ssize_t at)
{
    PyObject *place = PyLong_FromSsize_t(at);
    int done = place && PyList_Append(places, place) == 0;
    Py_XDECREF(place);
    return done;
}

/* Where tags begin that may show a formula or what is a block; where what is hidden may be said;
   where `meta` begins. */
typedef struct {
    PyObject *tags, *marks, *metas;
} Places;

/* Notes a mark that stands by a sign in a tag, if that can be of such. */
static int
note_mark(const Text *text, Py_ssize_t at, Py_ssize_t name, PyObject *marks)
{
    Py_ssize_t mark = mark_by_sign(text, at, name);
    return mark < 0 || !is_within_line(text, name) || append_place(marks, mark);
}

/* What a character may be the beginning of: of a word where none goes on, or wherever it stands. */
enum { ENDS = 1, STARTS = 2, SIGN = 4, IN_WORD = 8, STARTS_ANYWHERE = 16 };
enum { AT_ONCE = 16 };
static const unsigned char roles[128] = {
    ['<'] = ENDS, ['>'] = ENDS, ['\\'] = STARTS_ANYWHERE, [':'] = SIGN, ['-'] = SIGN,
    ['a'] = IN_WORD | STARTS, ['b'] = IN_WORD | STARTS, ['c'] = IN_WORD, ['d'] = IN_WORD | STARTS,
    ['e'] = IN_WORD, ['f'] = IN_WORD | STARTS, ['g'] = IN_WORD, ['h'] = IN_WORD, ['i'] = IN_WORD,
    ['j'] = IN_WORD | SIGN, ['k'] = IN_WORD | STARTS, ['l'] = IN_WORD | STARTS,
    ['m'] = IN_WORD | STARTS, ['n'] = IN_WORD, ['o'] = IN_WORD, ['p'] = IN_WORD, ['q'] = IN_WORD,
    ['r'] = IN_WORD, ['s'] = IN_WORD | STARTS, ['t'] = IN_WORD | STARTS, ['u'] = IN_WORD,
    ['v'] = IN_WORD, ['w'] = IN_WORD, ['x'] = IN_WORD, ['y'] = IN_WORD, ['z'] = IN_WORD,
    ['A'] = IN_WORD, ['B'] = IN_WORD, ['C'] = IN_WORD, ['D'] = IN_WORD, ['E'] = IN_WORD,
    ['F'] = IN_WORD, ['G'] = IN_WORD, ['H'] = IN_WORD, ['I'] = IN_WORD, ['J'] = IN_WORD,
    ['K'] = IN_WORD, ['L'] = IN_WORD, ['M'] = IN_WORD | STARTS, ['N'] = IN_WORD, ['O'] = IN_WORD,
    ['P'] = IN_WORD, ['Q'] = IN_WORD, ['R'] = IN_WORD, ['S'] = IN_WORD, ['T'] = IN_WORD,
    ['U'] = IN_WORD, ['V'] = IN_WORD, ['W'] = IN_WORD, ['X'] = IN_WORD, ['Y'] = IN_WORD,
    ['Z'] = IN_WORD,
};

/* Whether a tag may begin among so many characters, which are looked at without a jump. */
static inline int
holds_tag(const void *data, unsigned width, Py_ssize_t at)
{
    int found = 0;
    for (int each = 0; each < AT_ONCE; each++)
        found |= PyUnicode_READ(width, data, at + each) == '<';
    return found;
}

/* The bits of a page whose characters have a width that is known when this is compiled; -1 if Python
   raised. */
static inline int
traits_of(const Text *text, unsigned width, Places *places)
{
    const void *data = text->data;
    int found = 0;
    Py_ssize_t at = 0, end = text->length;
    for (;;) {
        while (at + AT_ONCE <= end && !holds_tag(data, width, at))
            at += AT_ONCE;
        while (at < end && PyUnicode_READ(width, data, at) != '<')
            at++;
        Py_ssize_t name = ++at;
        if (at >= end)
            return found;
        if (!is_ascii_letter(PyUnicode_READ(width, data, at)))
            continue;
        int own = of_name(text, name);
        unsigned before = IN_WORD;
        for (; at < end; at++) {
            Py_UCS4 character = PyUnicode_READ(width, data, at);
            unsigned role = character < 128 ? roles[character] : 0;
            /* One jump for most characters, which the processor can guess. */
            unsigned here = role & (before & IN_WORD ? ~(unsigned)STARTS : ~0u);
            before = role;
            if (!(here & ~(unsigned)IN_WORD))
                continue;
            if (here & ENDS)
                break;
            if (here & (STARTS | STARTS_ANYWHERE))
                own |= of_place(text, at, name);
            if (here & SIGN && !note_mark(text, at, name, places->marks))
                return -1;
        }
        if ((own & (FORMULA | BLOCK) && !append_place(places->tags, name - 1))
            || (own & META && !append_place(places->metas, name - 1)))
            return -1;
        found |= own & ~META;
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
    Places places = {PyList_New(0), PyList_New(0), PyList_New(0)};
    int found = !places.tags || !places.marks || !places.metas ? -1
                : text.width == PyUnicode_1BYTE_KIND ? traits_of(&text, PyUnicode_1BYTE_KIND, &places)
                : text.width == PyUnicode_2BYTE_KIND ? traits_of(&text, PyUnicode_2BYTE_KIND, &places)
                                                     : traits_of(&text, PyUnicode_4BYTE_KIND, &places);
    PyObject *result = found < 0 ? NULL : Py_BuildValue("iOOO", found, places.tags, places.marks, places.metas);
    Py_XDECREF(places.tags);
    Py_XDECREF(places.marks);
    Py_XDECREF(places.metas);
    return result;
}

static PyMethodDef methods[] = {
    {"traits", traits, METH_O, "Returns the bits of what the tags of a page are to be asked for, and where tags begin that may\n"
     "show a formula or what is a block, and where inline tags may say that they hide what they hold or\n"
     "that it is an icon, and where names of tags begin with `meta`."},
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
