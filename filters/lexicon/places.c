/* All places of a few literal strings in one pass over a text.

   A small table of pairs of characters tells nearly every place away, without a branch that a
   processor would guess wrong; what is left is compared with the literals that begin so, the longest
   first. */

#include "basics.h"

enum { SLOTS = 1 << 12, PAIRS = 1 << 16, NONE = -1, AT_ONCE = 4 };

typedef struct {
    Py_UCS4 *text;
    Py_ssize_t length;
    int next; /* literal of the same slot, not longer */
} Literal;

typedef struct {
    PyObject_HEAD
    Literal *literals;
    PyObject *names; /* the literals as they were given */
    Py_ssize_t count;
    uint8_t is_single[SLOTS];  /* whether a literal of one character may stand there */
    uint8_t pairs[PAIRS / 8];  /* a bit for each two characters that a longer one may begin with */
    int first[SLOTS], first_single[SLOTS]; /* by the first two characters, and by the only one */
} Search;

static unsigned
slot_of(Py_UCS4 one, Py_UCS4 two)
{
    return (one * 31 + two) & (SLOTS - 1);
}

static unsigned
pair_of(Py_UCS4 one, Py_UCS4 two)
{
    return (one * 40503 + two) & (PAIRS - 1);
}

static void
note_beginning(Search *search, const Literal *literal)
{
    if (literal->length == 1) {
        search->is_single[literal->text[0] & (SLOTS - 1)] = 1;
        return;
    }
    unsigned pair = pair_of(literal->text[0], literal->text[1]);
    search->pairs[pair / 8] |= (uint8_t)(1 << pair % 8);
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
    note_beginning(search, literal);
    while (*place != NONE && search->literals[*place].length > literal->length)
        place = &search->literals[*place].next;
    literal->next = *place;
    *place = number;
}

/* Where places go: a list of pairs of number and place, or a list of places for each literal. */
typedef struct {
    PyObject *places; /* a list, or a dictionary by literal */
    PyObject **lists; /* those of the dictionary by number, borrowed; NULL if `places` is a list */
} Found;

/* The list of a literal's places, made when it first occurs; NULL if that failed. */
static PyObject *
list_of(const Search *search, Found *found, int number)
{
    if (!found->lists)
        return found->places;
    if (!found->lists[number]) {
        PyObject *made = PyList_New(0);
        PyObject *name = PyTuple_GET_ITEM(search->names, number);
        /* Equal names share a list: the one of the first would be freed if it were replaced. */
        if (made)
            found->lists[number] = PyDict_SetDefault(found->places, name, made);
        Py_XDECREF(made);
    }
    return found->lists[number];
}

static int
append_place(const Search *search, Found *found, int number, Py_ssize_t at)
{
    PyObject *list = list_of(search, found, number);
    PyObject *place = found->lists ? PyLong_FromSsize_t(at) : Py_BuildValue("(in)", number, at);
    int done = list && place && PyList_Append(list, place) == 0;
    Py_XDECREF(place);
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
   failed. Only the longest if that alone counts. */
static Py_ssize_t
append_those(const Search *search, int number, int kind, const void *text, Py_ssize_t at,
             Py_ssize_t end, int is_longest_alone, Found *found)
{
    Py_ssize_t longest = 0;
    for (; number != NONE; number = search->literals[number].next) {
        const Literal *literal = &search->literals[number];
        if (!stands_at(literal, kind, text, at, end))
            continue;
        if (!append_place(search, found, number, at))
            return -1;
        longest = longest ? longest : literal->length;
        if (is_longest_alone)
            break;
    }
    return longest;
}

static Py_ssize_t
append_at(const Search *search, int kind, const void *text, Py_ssize_t at, Py_ssize_t end,
          int is_longest_alone, Found *found)
{
    Py_UCS4 one = PyUnicode_READ(kind, text, at);
    Py_ssize_t longest = 0, length = 0;
    unsigned single = one & (SLOTS - 1);
    if (at + 1 < end) {
        unsigned slot = slot_of(one, PyUnicode_READ(kind, text, at + 1));
        longest = append_those(search, search->first[slot], kind, text, at, end, is_longest_alone,
                               found);
    }
    if (longest >= 0 && !(longest && is_longest_alone))
        length = append_those(search, search->first_single[single], kind, text, at, end,
                              is_longest_alone, found);
    return length < 0 ? -1 : longest ? longest : length;
}

/* The longest literal at a place, NONE if there is none. */
static int
longest_at(const Search *search, int kind, const void *text, Py_ssize_t at, Py_ssize_t end)
{
    Py_UCS4 one = PyUnicode_READ(kind, text, at);
    int number = NONE;
    if (at + 1 < end)
        number = search->first[slot_of(one, PyUnicode_READ(kind, text, at + 1))];
    while (number != NONE && !stands_at(&search->literals[number], kind, text, at, end))
        number = search->literals[number].next;
    if (number != NONE)
        return number;
    number = search->first_single[one & (SLOTS - 1)];
    while (number != NONE && !stands_at(&search->literals[number], kind, text, at, end))
        number = search->literals[number].next;
    return number;
}

static inline int
may_begin(const Search *search, Py_UCS4 one, Py_UCS4 two)
{
    unsigned pair = pair_of(one, two);
    return (search->pairs[pair / 8] >> pair % 8 & 1) | search->is_single[one & (SLOTS - 1)];
}

#define MAY_BEGIN(AT) may_begin(search, read[AT], read[(AT) + 1])

/* A loop for each width of characters: to ask for it at every place would double the time. */
#define SCAN(TYPE)                                                                               \
    do {                                                                                         \
        const TYPE *read = text;                                                                 \
        while (at + AT_ONCE < end && !(MAY_BEGIN(at) | MAY_BEGIN(at + 1) | MAY_BEGIN(at + 2)      \
                                       | MAY_BEGIN(at + 3)))                                     \
            at += AT_ONCE;                                                                       \
        for (; at + 1 < end; at++)                                                               \
            if (MAY_BEGIN(at))                                                                   \
                return at;                                                                       \
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

/* How much is found: all, the longest at each place, or of these those that lie apart. */
typedef enum { ALL, LONGEST, APART } Manner;

/* Finds what stands in a text; releases the places if that fails, which ends it. */
static void
find_all(const Search *search, PyObject *given, Manner manner, Found *found)
{
    int kind = PyUnicode_KIND(given);
    const void *text = PyUnicode_DATA(given);
    Py_ssize_t end = PyUnicode_GET_LENGTH(given), at = 0;
    while (found->places && (at = next_place(search, kind, text, at, end)) < end) {
        Py_ssize_t length = append_at(search, kind, text, at, end, manner != ALL, found);
        if (length < 0)
            Py_CLEAR(found->places);
        at += length > 0 && manner == APART ? length : 1;
    }
}

static PyObject *
Search_find(Search *search, PyObject *given)
{
    if (!PyUnicode_Check(given))
        return PyErr_Format(PyExc_TypeError, "a text is a string");
    Found found = {NULL, PyMem_Calloc((size_t)search->count + 1, sizeof(PyObject *))};
    if (!found.lists)
        return PyErr_NoMemory();
    found.places = PyDict_New();
    find_all(search, given, ALL, &found);
    PyMem_Free(found.lists);
    return found.places;
}

static PyObject *
list_places(const Search *search, PyObject *given, Manner manner)
{
    if (!PyUnicode_Check(given))
        return PyErr_Format(PyExc_TypeError, "a text is a string");
    Found found = {PyList_New(0), NULL};
    find_all(search, given, manner, &found);
    return found.places;
}

static PyObject *
Search_longest(Search *search, PyObject *given)
{
    return list_places(search, given, LONGEST);
}

static PyObject *
Search_apart(Search *search, PyObject *given)
{
    return list_places(search, given, APART);
}

/* The short ones of some texts as one; NULL if that failed. */
static PyObject *
joined(PyObject *texts, Py_ssize_t longest)
{
    PyObject *parts = PyList_New(0), *nothing = PyUnicode_New(0, 0), *whole = NULL;
    int done = parts && nothing;
    for (Py_ssize_t index = 0; done && index < PyList_GET_SIZE(texts); index++) {
        PyObject *text = PyList_GET_ITEM(texts, index);
        if (!PyUnicode_Check(text)) {
            PyErr_SetString(PyExc_TypeError, "a text is a string");
            done = 0;
        }
        else if (PyUnicode_GET_LENGTH(text) <= longest)
            done = PyList_Append(parts, text) == 0;
    }
    if (done)
        whole = PyUnicode_Join(nothing, parts);
    Py_XDECREF(parts);
    Py_XDECREF(nothing);
    return whole;
}

/* Adds the bits of the literals in the short texts together to those texts in which they begin. */
static void
add_bits(const Search *search, PyObject *whole, PyObject *texts, Py_ssize_t longest,
         const int32_t *bits, int32_t *of_texts)
{
    int kind = PyUnicode_KIND(whole);
    const void *read = PyUnicode_DATA(whole);
    Py_ssize_t end = PyUnicode_GET_LENGTH(whole), at = 0, text = -1, text_end = 0;
    while ((at = next_place(search, kind, read, at, end)) < end) {
        int number = longest_at(search, kind, read, at, end);
        if (number == NONE) {
            at++;
            continue;
        }
        while (text_end <= at) {
            Py_ssize_t length = PyUnicode_GET_LENGTH(PyList_GET_ITEM(texts, ++text));
            text_end += length <= longest ? length : 0;
        }
        of_texts[text] |= bits[number];
        at += search->literals[number].length;
    }
}

static PyObject *
Search_bits(Search *search, PyObject *arguments)
{
    PyObject *texts, *found = NULL;
    Py_buffer bits;
    Py_ssize_t longest;
    if (!PyArg_ParseTuple(arguments, "O!ny*", &PyList_Type, &texts, &longest, &bits))
        return NULL;
    PyObject *whole = NULL;
    if (!holds_numbers(&bits, sizeof(int32_t)))
        ;
    else if (bits.len != search->count * (Py_ssize_t)sizeof(int32_t))
        PyErr_SetString(PyExc_ValueError, "each literal has its bits");
    else if ((whole = joined(texts, longest))) {
        Py_ssize_t size = PyList_GET_SIZE(texts) * (Py_ssize_t)sizeof(int32_t);
        if ((found = PyBytes_FromStringAndSize(NULL, size))) {
            int32_t *of_texts = (int32_t *)PyBytes_AS_STRING(found);
            memset(of_texts, 0, (size_t)size);
            add_bits(search, whole, texts, longest, bits.buf, of_texts);
        }
    }
    Py_XDECREF(whole);
    PyBuffer_Release(&bits);
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
    search->names = Py_NewRef(literals);
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
    Py_XDECREF(search->names);
    Py_TYPE(search)->tp_free((PyObject *)search);
}

static PyMethodDef Search_methods[] = {
    {"find", (PyCFunction)Search_find, METH_O,
     "Returns the places of each literal that stands in a text, rising; overlapping ones too."},
    {"longest", (PyCFunction)Search_longest, METH_O,
     "Returns number and place of the longest literal at each place, rising."},
    {"apart", (PyCFunction)Search_apart, METH_O,
     "Returns number and place of the literals that lie apart, of two that overlap the first, and\n"
     "of two that begin together the longer."},
    {"bits", (PyCFunction)Search_bits, METH_VARARGS,
     "Returns as int32 the bits, added up, of the literals that begin in each of some texts, and lie\n"
     "apart in the short ones of them together; of a long text none.\n\n"
     "Args: texts, length of the longest short one, bits of each literal (int32)."},
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
