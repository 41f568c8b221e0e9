/* How much of a text another holds, by the n-grams of both. containment.py says what is told. */

#include "basics.h"

/* Of a number of a sequence the lowest bit says whether its character is part of a figure. */
enum { FIGURE = 1 };

/* What is known of an n-gram, in the two lowest bits of an entry. */
enum { IN_OTHER = 1, IN_OWN = 2 };

typedef struct {
    const uint32_t *at;
    Py_ssize_t size, grams;
} Sequence;

/* The n-grams of both texts; an empty slot is 0. */
typedef struct {
    uint64_t *slots;
    uint64_t secret;
    int shift;
} Table;

typedef struct {
    Py_ssize_t shared, own, other, own_chars, longest, facts, changed;
    int has_slot;
} Found;

/* The slot of an n-gram, or the empty one in which it belongs. */
static uint64_t *
slot_of(const Table *table, uint32_t gram)
{
    size_t last = slots_of(table->shift) - 1;
    size_t slot = secret_slot(gram, table->secret, table->shift);
    while (table->slots[slot] && table->slots[slot] >> 2 != gram)
        slot = (slot + 1) & last;
    return table->slots + slot;
}

/* Notes that an n-gram is in one of the texts; returns whether it was not known. */
static int
note(const Table *table, uint32_t gram, uint64_t where)
{
    uint64_t *slot = slot_of(table, gram);
    int is_new = !(*slot & where);
    *slot |= (uint64_t)gram << 2 | where;
    return is_new;
}

static int
has_figure(const Sequence *own, Py_ssize_t start, Py_ssize_t end)
{
    while (start < end)
        if (own->at[start++] & FIGURE)
            return 1;
    return 0;
}

/* Tells of n-grams in a row that the other has not: the first, and the one behind the last. */
static void
tell(const Sequence *own, Py_ssize_t start, Py_ssize_t end, Py_ssize_t ngram,
     Py_ssize_t slot_length, Found *found)
{
    int is_first = start == 0, is_last = end == own->grams;
    /* An n-gram before them holds all but the last of the characters that it begins with. */
    Py_ssize_t first = is_first ? 0 : start + ngram - 1;
    Py_ssize_t last = is_last ? own->size : end;
    Py_ssize_t length = last > first ? last - first : 0;
    Py_ssize_t low = first, high = last;
    /* Where nothing stands between two parts that the other parts, their ends are looked at. */
    if (!length) {
        low = first - 1 < last ? first - 1 : last;
        high = first > last + 1 ? first : last + 1;
    }
    if (high > own->size)
        high = own->size;
    int is_inner = !(is_first || is_last);
    int is_slot = (is_inner || length < slot_length) && has_figure(own, low, high);
    found->own_chars += length;
    found->longest = length > found->longest ? length : found->longest;
    found->facts += is_slot || (is_inner && length > 1);
    found->changed += is_slot || is_inner;
    found->has_slot |= is_slot;
}

static void
compare_in(const Table *table, const Sequence *own, const Sequence *other, Py_ssize_t ngram,
           Py_ssize_t slot_length, Found *found)
{
    for (Py_ssize_t at = 0; at < other->grams; at++)
        found->other += note(table, other->at[at] >> 1, IN_OTHER);
    Py_ssize_t start = -1;
    for (Py_ssize_t at = 0; at < own->grams; at++) {
        uint64_t *slot = slot_of(table, own->at[at] >> 1);
        int is_held = *slot & IN_OTHER;
        if (!(*slot & IN_OWN)) {
            found->own++;
            found->shared += is_held;
            *slot |= (uint64_t)(own->at[at] >> 1) << 2 | IN_OWN;
        }
        if (is_held && start >= 0)
            tell(own, start, at, ngram, slot_length, found);
        start = is_held ? -1 : start < 0 ? at : start;
    }
    if (start >= 0)
        tell(own, start, own->grams, ngram, slot_length, found);
}

static Sequence
sequence_in(const Py_buffer *view, Py_ssize_t ngram)
{
    Py_ssize_t size = view->len / (Py_ssize_t)sizeof(uint32_t);
    Py_ssize_t grams = size < ngram ? size > 0 : size - ngram + 1;
    return (Sequence){view->buf, size, grams};
}

static PyObject *
compared(const Sequence *own, const Sequence *other, Py_ssize_t ngram, Py_ssize_t slot_length)
{
    static const char secret[] = "n-grams";
    PyObject *name = PyBytes_FromString(secret);
    if (!name)
        return NULL;
    Table table = {.secret = (uint64_t)PyObject_Hash(name),
                   .shift = shift_for((size_t)own->grams + (size_t)other->grams)};
    Py_DECREF(name);
    table.slots = PyMem_Calloc(slots_of(table.shift), sizeof(uint64_t));
    if (!table.slots)
        return PyErr_NoMemory();
    Found found = {0};
    compare_in(&table, own, other, ngram, slot_length, &found);
    PyMem_Free(table.slots);
    return Py_BuildValue("nnnnnnnN", found.shared, found.own, found.other, found.own_chars,
                         found.longest, found.facts, found.changed,
                         PyBool_FromLong(found.has_slot));
}

static PyObject *
compare(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    Py_buffer own, other;
    Py_ssize_t ngram, slot_length;
    if (!PyArg_ParseTuple(arguments, "y*y*nn", &own, &other, &ngram, &slot_length))
        return NULL;
    PyObject *found = NULL;
    if (ngram < 1)
        PyErr_Format(PyExc_ValueError, "ngram must be at least 1, not %zd", ngram);
    else if (holds_numbers(&own, sizeof(uint32_t)) && holds_numbers(&other, sizeof(uint32_t))) {
        const Sequence of_own = sequence_in(&own, ngram), of_other = sequence_in(&other, ngram);
        found = compared(&of_own, &of_other, ngram, slot_length);
    }
    PyBuffer_Release(&own);
    PyBuffer_Release(&other);
    return found;
}

static PyMethodDef methods[] = {
    {"compare", compare, METH_VARARGS,
     "Returns of two sequences of uint32 how many n-grams both have, the first and the second; "
     "and of what the first has alone its characters, those of the longest stretch, how many "
     "stretches differ in facts, how many are changed places, and whether one is a slot."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "comparing",
    .m_doc = "Compares texts by their n-grams.",
    .m_size = 0,
    .m_methods = methods,
};

PyMODINIT_FUNC
PyInit_comparing(void)
{
    return PyModule_Create(&module);
}
