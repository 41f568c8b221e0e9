/* Which places of a hashed table the 1-, 2- and 3-grams of a text fall on. What a gram weighs there
   is said by a model of Python's. */

#include "basics.h"

enum { GRAMS = 3, POINT_BITS = 21, MOST_BITS = 24, BASIC_PLANE = 0x10000 };

typedef struct {
    const uint16_t *folded;
    uint64_t salt;
    int shift;
    uint8_t *seen;
    uint32_t *slots;
    Py_ssize_t count;
} Table;

static inline void
add(Table *table, uint64_t gram)
{
    uint32_t slot = (uint32_t)(mixed(gram * GOLDEN ^ table->salt) >> table->shift);
    uint8_t bit = (uint8_t)(1 << (slot & 7)), *byte = &table->seen[slot >> 3];
    /* Written in any case: it is the next one that writes over what was there before. */
    table->slots[table->count] = slot;
    table->count += !(*byte & bit);
    *byte |= bit;
}

/* White space in a row counts once, as the first of it: how much there is tells nothing. */
static void
add_grams(Table *table, PyObject *text, Py_ssize_t most)
{
    Py_ssize_t length = PyUnicode_GET_LENGTH(text), taken = 0;
    unsigned kind = PyUnicode_KIND(text);
    const void *data = PyUnicode_DATA(text);
    uint64_t two = 0, three = 0, last = ' ';
    for (Py_ssize_t at = 0; at < length && taken < most; at++) {
        uint64_t point = PyUnicode_READ(kind, data, at);
        if (point < BASIC_PLANE)
            point = table->folded[point];
        if ((point == ' ' || point == '\n') && (last == ' ' || last == '\n'))
            continue;
        last = point;
        uint64_t one = point + 1;
        two = (two << POINT_BITS | one) & ((UINT64_C(1) << 2 * POINT_BITS) - 1);
        three = (three << POINT_BITS | one) & ((UINT64_C(1) << GRAMS * POINT_BITS) - 1);
        add(table, one);
        if (++taken > 1)
            add(table, two);
        if (taken > 2)
            add(table, three);
    }
}

static PyObject *
slots(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    PyObject *text;
    Py_buffer folded;
    Py_ssize_t salt, bits, most;
    if (!PyArg_ParseTuple(arguments, "Uy*nnn", &text, &folded, &salt, &bits, &most))
        return NULL;
    PyObject *found = NULL;
    Py_ssize_t length = PyUnicode_GET_LENGTH(text);
    most = most < length ? most : length;
    if (folded.len != BASIC_PLANE * (Py_ssize_t)sizeof(uint16_t) || bits < 3 || bits > MOST_BITS
        || most < 0 || most > PY_SSIZE_T_MAX / 16) {
        PyErr_SetString(PyExc_ValueError,
                        "needs 16 bits for each character of the basic plane, and 3 to 24 bits");
    } else if (holds_numbers(&folded, sizeof(uint16_t))) {
        Table table = {.folded = folded.buf, .salt = mixed((uint64_t)salt), .shift = 64 - (int)bits};
        found = PyBytes_FromStringAndSize(NULL, (GRAMS * most + 1) * (Py_ssize_t)sizeof(uint32_t));
        table.seen = PyMem_Calloc((size_t)1 << (bits - 3), 1);
        if (found && table.seen) {
            table.slots = (uint32_t *)PyBytes_AS_STRING(found);
            add_grams(&table, text, most);
            _PyBytes_Resize(&found, table.count * (Py_ssize_t)sizeof(uint32_t));
        } else if (found) {
            Py_CLEAR(found);
            PyErr_NoMemory();
        }
        PyMem_Free(table.seen);
    }
    PyBuffer_Release(&folded);
    return found;
}

static PyMethodDef methods[] = {
    {"slots", slots, METH_VARARGS,
     "Returns the different slots of the 1-, 2- and 3-grams of a text's first folded characters as "
     "uint32, in their order; of a table of 2 ** bits slots, which the salt chooses."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "grams",
    .m_doc = "Hashes the grams of a text.",
    .m_size = 0,
    .m_methods = methods,
};

PyMODINIT_FUNC
PyInit_grams(void)
{
    return PyModule_Create(&module);
}
