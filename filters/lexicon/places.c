/* All places of a few literal strings in one pass over a text.

   Two small tables tell nearly every place away, one by its character, one by this and the next;
   what is left is compared with the literals that begin so, the longest first. */

#include "basics.h"

enum { SLOTS = 1 << 12, NONE = -1 };
enum { BEGINS_LONGER = 1, BEGINS_SINGLE = 2 };

typedef struct {
    Py_UCS4 *text;
    Py_ssize_t length;
    int next; /* literal of the same slot, not longer */
} Literal;

typedef struct {
    PyObject_HEAD
    Literal *literals;
    Py_ssize_t count;
    uint8_t by_one[SLOTS]; /* whether a literal begins so, and whether one of one character does */
    int first[SLOTS], first_single[SLOTS]; /* by the first two characters, and by the only one */
} Search;

static unsigned
slot_of(Py_UCS4 one, Py_UCS4 two)
{
    return (one * 31 + two) & (SLOTS - 1);
}

/* Puts a literal into the list of its slot, behind longer ones. */
static void
enlist(Search *search, int number)
{
    Literal *literal = &search->literals[number];
    int is_single = literal->length == 1;
    unsigned slot = is_single ? literal->text[0] & (SLOTS - 1)
                              : slot_of(literal->text[0], literal->text[1]);
    int *place = is_single ? &search->first_single[slot] : &search->first[slot];
    search->by_one[literal->text[0] & (SLOTS - 1)] |= is_single ? BEGINS_SINGLE : BEGINS_LONGER;
    while (*place != NONE && search->literals[*place].length > literal->length)
        place = &search->literals[*place].next;
    literal->next = *place;
    *place = number;
}

static int
append_place(PyObject *found, int number, Py_ssize_t at)
{
    PyObject *pair = Py_BuildValue("(in)", number, at);
    int done = pair && PyList_Append(found, pair) == 0;
    Py_XDECREF(pair);
    return done;
}

static int
stands_at(const Literal *literal, int kind, const void *text, Py_ssize_t at, Py_ssize_t end)
{
    if (literal->length > end - at)
        return 0;
    for (Py_ssize_t index = 0; index < literal->length; index++)
        if (PyUnicode_READ(kind, text, at + index) != literal->text[index])
            return 0;
    return 1;
}

/* Appends the places of the literals of a list at a place; the length of the longest, -1 if that
   failed. Only the longest if the places lie apart. */
static Py_ssize_t
append_those(const Search *search, int number, int kind, const void *text, Py_ssize_t at,
             Py_ssize_t end, int are_apart, PyObject *found)
{
    Py_ssize_t longest = 0;
    for (; number != NONE; number = search->literals[number].next) {
        const Literal *literal = &search->literals[number];
        if (!stands_at(literal, kind, text, at, end))
            continue;
        if (!append_place(found, number, at))
            return -1;
        longest = longest ? longest : literal->length;
        if (are_apart)
            break;
    }
    return longest;
}

static Py_ssize_t
append_at(const Search *search, int kind, const void *text, Py_ssize_t at, Py_ssize_t end,
          int are_apart, PyObject *found)
{
    Py_UCS4 one = PyUnicode_READ(kind, text, at);
    Py_ssize_t longest = 0, length = 0;
    unsigned single = one & (SLOTS - 1);
    if (at + 1 < end) {
        unsigned slot = slot_of(one, PyUnicode_READ(kind, text, at + 1));
        longest = append_those(search, search->first[slot], kind, text, at, end, are_apart, found);
    }
    if (longest >= 0 && !(longest && are_apart))
        length = append_those(search, search->first_single[single], kind, text, at, end, are_apart,
                              found);
    return length < 0 ? -1 : longest ? longest : length;
}

/* A loop for each width of characters: to ask for it at every place would double the time. */
#define SCAN(TYPE)                                                                               \
    do {                                                                                         \
        const TYPE *read = text;                                                                 \
        for (; at + 1 < end; at++) {                                                             \
            uint8_t begins = search->by_one[read[at] & (SLOTS - 1)];                             \
            if (begins                                                                           \
                && (begins & BEGINS_SINGLE                                                       \
                    || search->first[slot_of(read[at], read[at + 1])] != NONE))                  \
                return at;                                                                       \
        }                                                                                        \
    } while (0)

/* The next place where a literal may stand. */
static Py_ssize_t
next_place(const Search *search, int kind, const void *text, Py_ssize_t at, Py_ssize_t end)
{
    if (kind == PyUnicode_1BYTE_KIND)
        SCAN(Py_UCS1);
    else if (kind == PyUnicode_2BYTE_KIND)
        SCAN(Py_UCS2);
    else
        SCAN(Py_UCS4);
    return at;
}

static PyObject *
Search_find(Search *search, PyObject *arguments)
{
    PyObject *given;
    int are_apart;
    if (!PyArg_ParseTuple(arguments, "Up", &given, &are_apart))
        return NULL;
    PyObject *found = PyList_New(0);
    int kind = PyUnicode_KIND(given);
    const void *text = PyUnicode_DATA(given);
    Py_ssize_t end = PyUnicode_GET_LENGTH(given), at = 0;
    while (found && (at = next_place(search, kind, text, at, end)) < end) {
        Py_ssize_t length = append_at(search, kind, text, at, end, are_apart, found);
        if (length < 0)
            Py_CLEAR(found);
        at += length > 0 && are_apart ? length : 1;
    }
    return found;
}

static int
add_literal(Search *search, PyObject *literal)
{
    Py_ssize_t length;
    if (!PyUnicode_Check(literal) || !(length = PyUnicode_GET_LENGTH(literal))) {
        PyErr_SetString(PyExc_ValueError, "a literal is a string that is not empty");
        return 0;
    }
    Py_UCS4 *text = PyUnicode_AsUCS4Copy(literal);
    if (!text)
        return 0;
    search->literals[search->count] = (Literal){text, length, NONE};
    enlist(search, (int)search->count++);
    return 1;
}

static PyObject *
Search_new(PyTypeObject *type, PyObject *arguments, PyObject *keywords)
{
    static char *names[] = {"literals", NULL};
    PyObject *literals;
    if (!PyArg_ParseTupleAndKeywords(arguments, keywords, "O!", names, &PyTuple_Type, &literals))
        return NULL;
    Search *search = (Search *)type->tp_alloc(type, 0);
    if (!search)
        return NULL;
    Py_ssize_t count = PyTuple_GET_SIZE(literals);
    for (int slot = 0; slot < SLOTS; slot++)
        search->first[slot] = search->first_single[slot] = NONE;
    search->literals = PyMem_Calloc(count ? (size_t)count : 1, sizeof(Literal));
    if (!search->literals)
        PyErr_NoMemory();
    for (Py_ssize_t index = 0; index < count && !PyErr_Occurred(); index++)
        add_literal(search, PyTuple_GET_ITEM(literals, index));
    if (PyErr_Occurred())
        Py_CLEAR(search);
    return (PyObject *)search;
}

static void
Search_dealloc(Search *search)
{
    for (Py_ssize_t index = 0; index < search->count; index++)
        PyMem_Free(search->literals[index].text);
    PyMem_Free(search->literals);
    Py_TYPE(search)->tp_free((PyObject *)search);
}

static PyMethodDef Search_methods[] = {
    {"find", (PyCFunction)Search_find, METH_VARARGS,
     "Returns number and place of each literal in a text, by their places; with True only those\n"
     "that lie apart, of two that overlap the first, and of two that begin together the longer."},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject SearchType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "jingyu.filters.lexicon.places.Search",
    .tp_doc = "Finds literals in texts.",
    .tp_basicsize = sizeof(Search),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = Search_new,
    .tp_dealloc = (destructor)Search_dealloc,
    .tp_methods = Search_methods,
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "places",
    .m_doc = "All places of a few literal strings.",
    .m_size = -1,
};

PyMODINIT_FUNC
PyInit_places(void)
{
    PyObject *made = PyType_Ready(&SearchType) < 0 ? NULL : PyModule_Create(&module);
    if (made && PyModule_AddObjectRef(made, "Search", (PyObject *)&SearchType) < 0)
        Py_CLEAR(made);
    return made;
}
