/* HTML read once, from left to right: its containers and the lines of text in them.

   No parser builds a tree: containers go on a stack, end tags that close nothing are passed over,
   and what is open at the end of the page ends there. So time and memory are linear in the page,
   however deep, broken or large it is. Every index into a page is checked against its end.

   It is C because it is the part of the way to the text that looks at every character: in Python it
   took nine times as long, half of an extraction. That Python stands in the tests as what this is
   held to. */

#include "reader.h"

static uint64_t
key_of(PyObject *name)
{
    Py_UCS4 text[LONGEST_NAME + 1];
    Py_ssize_t length, at = 0;
    if (!PyUnicode_Check(name) || (length = PyUnicode_GET_LENGTH(name)) > LONGEST_NAME || !length
        || !PyUnicode_AsUCS4(name, text, LONGEST_NAME + 1, 0)) {
        if (!PyErr_Occurred())
            PyErr_Format(PyExc_ValueError, "a tag has 1 to 10 letters, not %R", name);
        return 0;
    }
    uint64_t key = read_name(text, &at, length);
    if (at < length) {
        PyErr_Format(PyExc_ValueError, "no name of a tag: %R", name);
        return 0;
    }
    return key;
}

/* The number of a container's name, NO_NAME if it is no container's. */
static int
number_of(const Reader *reader, PyObject *name)
{
    for (int number = 0; number < reader->name_count; number++)
        if (PyUnicode_Compare(reader->names[number], name) == 0)
            return number;
    return NO_NAME;
}

static int
add_container(Reader *reader, PyObject *name)
{
    int number = number_of(reader, name);
    if (number != NO_NAME || reader->name_count == MOST_NAMES)
        return number;
    reader->names[reader->name_count] = Py_NewRef(name);
    return reader->name_count++;
}

static int
add_tags(Reader *reader, PyObject *kinds)
{
    PyObject *written, *value, *name;
    Py_ssize_t position = 0;
    int count = 0, kind;
    while (PyDict_Next(kinds, &position, &written, &value)) {
        if (!PyArg_ParseTuple(value, "iU", &kind, &name))
            return 0;
        uint64_t key = key_of(written);
        if (!key)
            return 0;
        Tag *tag = (Tag *)find_tag(reader, key);
        if (!tag->key && ++count > SLOTS / 2) {
            PyErr_SetString(PyExc_ValueError, "too many tags");
            return 0;
        }
        *tag = (Tag){key, kind, kind >= CONTAINER ? add_container(reader, name) : NO_NAME};
        if (kind >= CONTAINER && tag->name == NO_NAME) {
            PyErr_SetString(PyExc_ValueError, "too many containers");
            return 0;
        }
    }
    return 1;
}

int
bits_of(PyObject *number)
{
    long bits = PyLong_Check(number) ? PyLong_AsLong(number) : -1;
    if (bits >= 0 && bits <= INT_MAX)
        return (int)bits;
    if (!PyErr_Occurred())
        PyErr_Format(PyExc_ValueError, "bits are a number of 31 bits, not %R", number);
    return -1;
}

/* The bits that a table has for a name, others if it has none; -1 with the error set on failure. */
static int
bits_for(PyObject *table, PyObject *name, int others)
{
    PyObject *number = PyDict_GetItemWithError(table, name);
    return number ? bits_of(number) : PyErr_Occurred() ? -1 : others;
}

/* What tables of containers say of each of them. */
static int
add_traits(Reader *reader, PyObject *scopes, PyObject *places, PyObject *hints)
{
    for (int number = 0; number < reader->name_count; number++) {
        PyObject *name = reader->names[number];
        PyObject *scope = PyDict_GetItemWithError(scopes, name);
        reader->scope[number] = scope && PyUnicode_Check(scope) ? number_of(reader, scope) : NO_NAME;
        reader->place[number] = bits_for(places, name, IN_CONTAINER);
        reader->hints[number] = bits_for(hints, name, 0);
        if (PyErr_Occurred())
            return 0;
        if (PyUnicode_CompareWithASCIIString(name, "tr") == 0)
            reader->row = number;
        else if (PyUnicode_CompareWithASCIIString(name, "table") == 0)
            reader->table = number;
        else if (PyUnicode_CompareWithASCIIString(name, "ul") == 0)
            reader->list = number;
        else if (PyUnicode_CompareWithASCIIString(name, "pre") == 0)
            reader->preformatted = number;
    }
    return 1;
}

static int
add_silent(Reader *reader, PyObject *names)
{
    for (Py_ssize_t index = 0; index < PyTuple_GET_SIZE(names); index++) {
        if (index == MOST_NAMES) {
            PyErr_SetString(PyExc_ValueError, "too many silent elements");
            return 0;
        }
        if (!(reader->silent[index] = key_of(PyTuple_GET_ITEM(names, index))))
            return 0;
        uint8_t *number = &reader->silent_at[silent_slot(reader, reader->silent[index])];
        *number = *number ? *number : (uint8_t)(index + 1);
    }
    return 1;
}

static void
sort_characters(Reader *reader)
{
    for (Py_UCS4 each = 0; each < BASIC_PLANE; each++) {
        int is_han = (each >= 0x3400 && each < 0xa000) || (each >= 0xf900 && each < 0xfb00);
        reader->sort[each] = is_han               ? HAN
                             : each >= 0x3400     ? OTHER
                             : Py_UNICODE_ISDIGIT(each) ? DIGIT
                             : Py_UNICODE_ISALPHA(each) ? LETTER
                                                  : OTHER;
    }
    /* The last one stands for all beyond the basic plane. */
    reader->sort[BASIC_PLANE - 1] = HAN;
}

/* Makes marks of some characters; an own sort for each of them, or what closes beside it. */
static int
mark(Reader *reader, PyObject *marks, int sort)
{
    for (Py_ssize_t at = 0; at < PyUnicode_GET_LENGTH(marks); at++) {
        Py_UCS4 character = PyUnicode_READ_CHAR(marks, at);
        if (character >= BASIC_PLANE - 1) {
            PyErr_SetString(PyExc_ValueError, "marks are characters of the basic plane");
            return 0;
        }
        uint8_t *known = &reader->sort[character];
        *known = (uint8_t)(sort == CLOSING ? *known | CLOSING : sort);
    }
    return 1;
}

/* Takes the hash of a string for a secret: a page that knew it could make all its lines meet in one
   place of a table. */
static int
set_secret(Reader *reader)
{
    PyObject *string = PyUnicode_FromString("reader");
    reader->secret = string ? (uint64_t)PyObject_Hash(string) : 0;
    Py_XDECREF(string);
    return string != NULL;
}

static int
are_in_range(const Reader *reader)
{
    if (reader->most_containers > INT32_MAX / 2 || reader->most_lines > INT32_MAX / 2)
        PyErr_SetString(PyExc_ValueError, "limits are below 2 ** 30");
    else if (reader->hidden < 0 || reader->leads < 0)
        PyErr_SetString(PyExc_ValueError, "bits are a number of 31 bits");
    return !PyErr_Occurred();
}

/* Fills in a reader by the arguments of the type. */
static int
fill(Reader *reader, PyObject *arguments, PyObject *keywords)
{
    static char *names[] = {"tags", "scopes", "places", "tag_hints", "silent", "hints_of",
                            "hidden", "leads", "unescaped", "ends", "pauses", "closing",
                            "most_containers", "most_lines", NULL};
    PyObject *tags, *scopes, *places, *hints, *silent, *hints_of, *unescaped;
    PyObject *ends, *pauses, *closing;
    if (!PyArg_ParseTupleAndKeywords(
            arguments, keywords, "O!O!O!O!O!OiiOUUUnn", names, &PyDict_Type, &tags, &PyDict_Type,
            &scopes, &PyDict_Type, &places, &PyDict_Type, &hints, &PyTuple_Type, &silent,
            &hints_of, &reader->hidden, &reader->leads, &unescaped, &ends, &pauses, &closing,
            &reader->most_containers, &reader->most_lines))
        return 0;
    reader->hints_of = Py_NewRef(hints_of);
    reader->unescaped = Py_NewRef(unescaped);
    reader->known_words = PyDict_New();
    reader->words = PyMem_Calloc(WORD_SLOTS, sizeof(Word));
    reader->word_count = PyMem_Calloc(1, sizeof(int));
    reader->room = PyMem_Calloc(1, sizeof(Room));
    if (!reader->words || !reader->word_count || !reader->room) {
        PyErr_NoMemory();
        return 0;
    }
    reader->row = reader->table = reader->list = reader->preformatted = NO_NAME;
    sort_characters(reader);
    return reader->known_words && are_in_range(reader) && set_secret(reader)
           && mark(reader, ends, END) && mark(reader, pauses, PAUSE)
           && mark(reader, closing, CLOSING) && add_tags(reader, tags)
           && add_traits(reader, scopes, places, hints) && add_silent(reader, silent);
}

/* There is no reader without its tables: it has them before anyone else sees it. */
static PyObject *
Reader_new(PyTypeObject *type, PyObject *arguments, PyObject *keywords)
{
    Reader *reader = (Reader *)type->tp_alloc(type, 0);
    if (reader && !fill(reader, arguments, keywords))
        Py_CLEAR(reader);
    return (PyObject *)reader;
}

static void
Reader_dealloc(Reader *reader)
{
    for (int number = 0; number < reader->name_count; number++)
        Py_DECREF(reader->names[number]);
    Py_XDECREF(reader->hints_of);
    Py_XDECREF(reader->unescaped);
    Py_XDECREF(reader->known_words);
    PyMem_Free(reader->words);
    PyMem_Free(reader->word_count);
    if (reader->room)
        free_room(reader->room);
    Py_TYPE(reader)->tp_free((PyObject *)reader);
}

static PyMethodDef Reader_methods[] = {
    {"read", (PyCFunction)read_page, METH_O,
     "Returns a page's lines, and its containers and what is known of the lines as int32 columns."},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject ReaderType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "jingyu.pipeline.page.extract.reader.Reader",
    .tp_doc = "Reads pages by the tables that it is given.",
    .tp_basicsize = sizeof(Reader),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = Reader_new,
    .tp_dealloc = (destructor)Reader_dealloc,
    .tp_methods = Reader_methods,
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "reader",
    .m_doc = "Reads HTML into containers and lines of text.",
    .m_size = -1,
};

PyMODINIT_FUNC
PyInit_reader(void)
{
    PyObject *made = PyType_Ready(&ReaderType) < 0 ? NULL : PyModule_Create(&module);
    if (made && PyModule_AddObjectRef(made, "Reader", (PyObject *)&ReaderType) < 0)
        Py_CLEAR(made);
    return made;
}
