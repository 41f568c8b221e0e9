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

typedef struct {
    PyObject *text;
    Py_buffer folded;
    Py_ssize_t salt, bits, most;
} Given;

static int
is_sound(Given *given)
{
    Py_ssize_t length = PyUnicode_GET_LENGTH(given->text);
    given->most = given->most < length ? given->most : length;
    if (given->folded.len == BASIC_PLANE * (Py_ssize_t)sizeof(uint16_t) && given->bits >= 3
        && given->bits <= MOST_BITS && given->most >= 0 && given->most <= PY_SSIZE_T_MAX / 16)
        return holds_numbers(&given->folded, sizeof(uint16_t));
    PyErr_SetString(PyExc_ValueError,
                    "needs 16 bits for each character of the basic plane, and 3 to 24 bits");
    return 0;
}

/* The different slots of a text, as bytes of Python's; NULL on an error. */
static PyObject *
different_slots(const Given *given)
{
    Table table = {
        .folded = given->folded.buf,
        .salt = mixed((uint64_t)given->salt),
        .shift = 64 - (int)given->bits,
    };
    Py_ssize_t room = GRAMS * given->most + 1;
    PyObject *found = PyBytes_FromStringAndSize(NULL, room * (Py_ssize_t)sizeof(uint32_t));
    table.seen = PyMem_Calloc((size_t)1 << (given->bits - 3), 1);
    if (found && table.seen) {
        table.slots = (uint32_t *)PyBytes_AS_STRING(found);
        add_grams(&table, given->text, given->most);
        _PyBytes_Resize(&found, table.count * (Py_ssize_t)sizeof(uint32_t));
    } else if (found) {
        Py_CLEAR(found);
        PyErr_NoMemory();
    }
    PyMem_Free(table.seen);
    return found;
}

static PyObject *
slots(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    Given given;
    if (!PyArg_ParseTuple(arguments, "Uy*nnn", &given.text, &given.folded, &given.salt,
                          &given.bits, &given.most))
        return NULL;
    PyObject *found = is_sound(&given) ? different_slots(&given) : NULL;
    PyBuffer_Release(&given.folded);
    return found;
}

/* How many slots there are, and the sums of the two weights at each. */
static PyObject *
sums_of(PyObject *found, const int8_t *weights)
{
    const uint32_t *slot = (const uint32_t *)PyBytes_AS_STRING(found);
    Py_ssize_t count = PyBytes_GET_SIZE(found) / (Py_ssize_t)sizeof(uint32_t);
    int64_t first = 0, second = 0;
    for (Py_ssize_t at = 0; at < count; at++) {
        first += weights[2 * (size_t)slot[at]];
        second += weights[2 * (size_t)slot[at] + 1];
    }
    return Py_BuildValue("(nLL)", count, (long long)first, (long long)second);
}

static PyObject *
weigh(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    Given given;
    Py_buffer weights;
    if (!PyArg_ParseTuple(arguments, "Uy*nnny*", &given.text, &given.folded, &given.salt,
                          &given.bits, &given.most, &weights))
        return NULL;
    PyObject *found = NULL, *sums = NULL;
    if (is_sound(&given) && weights.len != (Py_ssize_t)2 << given.bits)
        PyErr_SetString(PyExc_ValueError, "a slot has two weights");
    else if (!PyErr_Occurred())
        found = different_slots(&given);
    if (found)
        sums = sums_of(found, weights.buf);
    Py_XDECREF(found);
    PyBuffer_Release(&given.folded);
    PyBuffer_Release(&weights);
    return sums;
}

static PyMethodDef methods[] = {
    {"slots", slots, METH_VARARGS,
     "Returns the different slots of the 1-, 2- and 3-grams of a text's first folded characters as "
     "uint32, in their order; of a table of 2 ** bits slots, which the salt chooses."},
    {"weigh", weigh, METH_VARARGS,
     "Returns how many slots `slots` finds, and the sums of the two weights at each: int8, side by "
     "side."},
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
