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
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "sketch",
    .m_doc = "Makes normal forms, shingles and signatures of texts.",
    .m_size = 0,
    .m_methods = methods,
};

PyMODINIT_FUNC
PyInit_sketch(void)
{
    return PyModule_Create(&module);
}
