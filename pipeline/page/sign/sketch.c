/* What texts are compared by: their normal form, the hashes of its shingles and the least of these
   in each of many permutations. minhash.py says what they are. */

#include "basics.h"

enum { SHINGLES_AT_ONCE = 2048, LAST_CODE_POINT = 0x10FFFF };

/* Numbers of 32 bits in someone's memory. */
typedef struct {
    const uint32_t *at;
    Py_ssize_t count;
} Numbers;

/* The numbers in a buffer; 0 if it holds something else, with the error set and the buffer free. */
static int
numbers_in(Py_buffer *view, Numbers *numbers)
{
    *numbers = (Numbers){view->buf, view->len / (Py_ssize_t)sizeof(uint32_t)};
    if (holds_numbers(view, sizeof(uint32_t)))
        return 1;
    PyBuffer_Release(view);
    return 0;
}

/* Normal form. */

static PyObject *
fold_characters(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    PyObject *text;
    Py_buffer view;
    Numbers table;
    int is_known = 1;
    if (!PyArg_ParseTuple(arguments, "Uy*", &text, &view) || !numbers_in(&view, &table))
        return NULL;
    Py_ssize_t length = PyUnicode_GET_LENGTH(text), kept = 0;
    unsigned width = PyUnicode_KIND(text);
    const void *data = PyUnicode_DATA(text);
    Py_UCS4 *form = PyMem_New(Py_UCS4, length + 1);
    for (Py_ssize_t at = 0; form && at < length; at++) {
        Py_UCS4 character = PyUnicode_READ(width, data, at);
        uint32_t folded = (Py_ssize_t)character < table.count ? table.at[character] : 0;
        form[kept] = folded;
        kept += folded != 0;
        is_known &= folded <= LAST_CODE_POINT;
    }
    PyBuffer_Release(&view);
    PyObject *string = NULL;
    if (!form)
        PyErr_NoMemory();
    else if (!is_known)
        PyErr_SetString(PyExc_ValueError, "the table holds what is no code point");
    else
        string = PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, form, kept);
    PyMem_Free(form);
    return string;
}

/* Shingles. */

/* Hashes what begins at each place; from one to the next, a character goes and one comes. */
static void
hash_shingles(PyObject *form, Py_ssize_t width, uint32_t *hashes, Py_ssize_t count)
{
    unsigned kind = PyUnicode_KIND(form);
    const void *data = PyUnicode_DATA(form);
    uint64_t value = 0, first = 1;
    for (Py_ssize_t at = 0; at < width - 1; at++) {
        value = value * GOLDEN + PyUnicode_READ(kind, data, at);
        first *= GOLDEN;
    }
    for (Py_ssize_t at = 0; at < count; at++) {
        value = value * GOLDEN + PyUnicode_READ(kind, data, at + width - 1);
        hashes[at] = (uint32_t)(mixed(value) >> 32);
        value -= first * PyUnicode_READ(kind, data, at);
    }
}

static PyObject *
shingles(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    PyObject *form;
    Py_ssize_t ngram;
    if (!PyArg_ParseTuple(arguments, "Un", &form, &ngram))
        return NULL;
    if (ngram < 1)
        return PyErr_Format(PyExc_ValueError, "ngram must be at least 1, not %zd", ngram);
    Py_ssize_t length = PyUnicode_GET_LENGTH(form);
    Py_ssize_t width = ngram < length ? ngram : length;
    Py_ssize_t count = length ? length - width + 1 : 0;
    if (count > PY_SSIZE_T_MAX / 8)
        return PyErr_NoMemory();
    PyObject *hashes = PyBytes_FromStringAndSize(NULL, count * (Py_ssize_t)sizeof(uint32_t));
    if (hashes && count)
        hash_shingles(form, width, (uint32_t *)PyBytes_AS_STRING(hashes), count);
    return hashes;
}

/* Winnowing. */

/* Values of a window that may still be the least, ascending in place and value: a ring. */
typedef struct {
    uint64_t *values;
    Py_ssize_t *places;
    Py_ssize_t room, first, size;
} Window;

static inline Py_ssize_t
slot(const Window *window, Py_ssize_t number)
{
    Py_ssize_t at = window->first + number;
    return at < window->room ? at : at - window->room;
}

/* Takes a value in, and lets go of the one that no window from here on holds. */
static inline void
move_on(Window *window, uint64_t value, Py_ssize_t place)
{
    if (window->size && window->places[window->first] <= place - window->room) {
        window->first = slot(window, 1);
        window->size--;
    }
    while (window->size && window->values[slot(window, window->size - 1)] >= value)
        window->size--;
    Py_ssize_t at = slot(window, window->size++);
    window->values[at] = value;
    window->places[at] = place;
}

/* Writes the least of each window, once where windows in a row share it; returns how many. */
static Py_ssize_t
least_of_windows(Window *window, const uint32_t *upper, const uint32_t *lower, Py_ssize_t count,
                 uint64_t *least)
{
    Py_ssize_t kept = 0;
    for (Py_ssize_t at = 0; at < count; at++) {
        move_on(window, (uint64_t)upper[at] << 32 | lower[at], at);
        uint64_t lowest = window->values[window->first];
        if (at >= window->room - 1 && (!kept || least[kept - 1] != lowest))
            least[kept++] = lowest;
    }
    return kept;
}

static PyObject *
winnow(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    PyObject *form, *found = NULL;
    Py_ssize_t width, size;
    if (!PyArg_ParseTuple(arguments, "Unn", &form, &width, &size))
        return NULL;
    if (width < 2 || size < 1)
        return PyErr_Format(PyExc_ValueError, "no passages of %zd, or windows of %zd", width, size);
    Py_ssize_t length = PyUnicode_GET_LENGTH(form);
    if (length < width)
        return PyBytes_FromStringAndSize(NULL, 0);
    Py_ssize_t count = length - width + 1;
    if (count > PY_SSIZE_T_MAX / 16)
        return PyErr_NoMemory();
    Py_ssize_t room = count < size ? count : size;
    uint32_t *hashes = PyMem_New(uint32_t, 2 * count);
    Window window = {PyMem_New(uint64_t, room), PyMem_New(Py_ssize_t, room), room, 0, 0};
    if (hashes && window.values && window.places)
        found = PyBytes_FromStringAndSize(NULL, (count - room + 1) * (Py_ssize_t)sizeof(uint64_t));
    else
        PyErr_NoMemory();
    if (found) {
        hash_shingles(form, width, hashes, count);
        hash_shingles(form, width - 1, hashes + count, count);
        Py_ssize_t kept = least_of_windows(&window, hashes, hashes + count, count,
                                           (uint64_t *)PyBytes_AS_STRING(found));
        _PyBytes_Resize(&found, kept * (Py_ssize_t)sizeof(uint64_t));
    }
    PyMem_Free(hashes);
    PyMem_Free(window.values);
    PyMem_Free(window.places);
    return found;
}

/* Sets of n-grams. */

enum { ESCAPE = 255, HASH_BITS = 31 };

/* How many of sorted hashes are distinct; -1 if they are not sorted or have more bits. */
static Py_ssize_t
distinct_hashes(Numbers hashes)
{
    Py_ssize_t count = hashes.count > 0;
    for (Py_ssize_t at = 1; at < hashes.count; at++) {
        if (hashes.at[at] < hashes.at[at - 1])
            return -1;
        count += hashes.at[at] != hashes.at[at - 1];
    }
    return hashes.count && hashes.at[hashes.count - 1] >> HASH_BITS ? -1 : count;
}

/* Writes the gaps between the cells that hashes take, and returns where they end. */
static uint8_t *
write_gaps(uint8_t *to, Numbers hashes, uint64_t cells)
{
    uint64_t last = 0;
    for (Py_ssize_t at = 0; at < hashes.count; at++) {
        uint64_t cell = hashes.at[at] * cells >> HASH_BITS, gap = cell - last;
        if (at && !gap)
            continue;
        for (; gap >= ESCAPE; gap -= ESCAPE)
            *to++ = ESCAPE;
        *to++ = (uint8_t)gap;
        last = cell;
    }
    return to;
}

static PyObject *
pack_set(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    PyObject *packed = NULL;
    Py_buffer view;
    Numbers hashes;
    Py_ssize_t each;
    if (!PyArg_ParseTuple(arguments, "y*n", &view, &each) || !numbers_in(&view, &hashes))
        return NULL;
    Py_ssize_t count = distinct_hashes(hashes);
    if (count < 0 || each < 1 || each > ESCAPE || count > UINT32_MAX / each) {
        PyErr_SetString(PyExc_ValueError, "these are no sorted hashes of 31 bits, or no cells");
    } else {
        uint64_t cells = (uint64_t)count * (uint64_t)each;
        /* Escapes tell of 255 cells each. */
        Py_ssize_t most = 4 + count + (Py_ssize_t)(cells / ESCAPE);
        packed = PyBytes_FromStringAndSize(NULL, most);
        if (packed) {
            uint8_t *start = (uint8_t *)PyBytes_AS_STRING(packed), *to = start;
            for (int byte = 0; byte < 4; byte++)
                *to++ = (uint8_t)(count >> 8 * byte);
            to = write_gaps(to, hashes, cells);
            _PyBytes_Resize(&packed, to - start);
        }
    }
    PyBuffer_Release(&view);
    return packed;
}

/* Permutations. */

/* Takes some shingles, which stay in the processor's cache, through all permutations. */
FOR_EACH_PROCESSOR static void
lower(uint32_t *least, const uint32_t *factors, const uint32_t *offsets, Py_ssize_t permutations,
      const uint32_t *some, Py_ssize_t count)
{
    for (Py_ssize_t each = 0; each < permutations; each++) {
        uint32_t factor = factors[each], offset = offsets[each], lowest = least[each];
        for (Py_ssize_t at = 0; at < count; at++) {
            uint32_t permuted = some[at] * factor + offset;
            lowest = permuted < lowest ? permuted : lowest;
        }
        least[each] = lowest;
    }
}

static PyObject *
least_of(Numbers hashes, Numbers factors, Numbers offsets)
{
    Py_ssize_t size = factors.count * (Py_ssize_t)sizeof(uint32_t);
    PyObject *found = PyBytes_FromStringAndSize(NULL, size);
    if (!found)
        return NULL;
    uint32_t *least = (uint32_t *)PyBytes_AS_STRING(found);
    memset(least, 0xff, (size_t)size);
    for (Py_ssize_t start = 0; start < hashes.count; start += SHINGLES_AT_ONCE) {
        Py_ssize_t left = hashes.count - start;
        lower(least, factors.at, offsets.at, factors.count, hashes.at + start,
              left < SHINGLES_AT_ONCE ? left : SHINGLES_AT_ONCE);
    }
    return found;
}

static PyObject *
minima(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    PyObject *given[3], *found = NULL;
    Py_buffer views[3];
    Numbers numbers[3];
    int held = 0;
    if (!PyArg_ParseTuple(arguments, "OOO", &given[0], &given[1], &given[2]))
        return NULL;
    while (held < 3 && PyObject_GetBuffer(given[held], &views[held], PyBUF_SIMPLE) == 0
           && numbers_in(&views[held], &numbers[held]))
        held++;
    if (held == 3 && numbers[1].count == numbers[2].count)
        found = least_of(numbers[0], numbers[1], numbers[2]);
    else if (held == 3)
        PyErr_SetString(PyExc_ValueError, "a permutation has a factor and an offset");
    while (held)
        PyBuffer_Release(&views[--held]);
    return found;
}

static PyMethodDef methods[] = {
    {"fold_characters", fold_characters, METH_VARARGS,
     "Returns what becomes of the characters of a text, by a table of code points as uint32 in "
     "which 0 stands for nothing, as it does beyond its end."},
    {"shingles", shingles, METH_VARARGS,
     "Returns the hashes of the n-grams of a normal form as uint32, in their order."},
    {"minima", minima, METH_VARARGS,
     "Returns the least of the hashes in each permutation, of factors and offsets as uint32."},
    {"winnow", winnow, METH_VARARGS,
     "Returns the least hashes of passages in each window of a normal form as uint64, in their "
     "order, once where windows in a row share one."},
    {"pack_set", pack_set, METH_VARARGS,
     "Returns a set of sorted hashes of 31 bits: how many are distinct, then gaps between cells, "
     "of which it has so many for each."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "sketch",
    .m_doc = "Makes normal forms, shingles, signatures, fingerprints and sets of n-grams.",
    .m_size = 0,
    .m_methods = methods,
};

PyMODINIT_FUNC
PyInit_sketch(void)
{
    return PyModule_Create(&module);
}
