/* What a choice of the likeliest lines can expect. */

#include "rows.h"

enum { DIGITS_OF_KEY = 4, VALUES = 256 };

/* A number that is lower the higher a probability is. */
static uint32_t
key_of(float probability)
{
    uint32_t bits;
    probability += 0.0f; /* -0 is 0 */
    memcpy(&bits, &probability, sizeof(bits));
    return bits >> 31 ? bits : ~(bits | UINT32_C(1) << 31);
}

/* The lines from the likeliest on, of equal ones the first first. */
static void
order_of(const float *probability, Py_ssize_t lines, int32_t *order, int32_t *other)
{
    for (Py_ssize_t line = 0; line < lines; line++)
        order[line] = (int32_t)line;
    for (int digit = 0; digit < DIGITS_OF_KEY; digit++) {
        Py_ssize_t starts[VALUES + 1] = {0};
        for (Py_ssize_t line = 0; line < lines; line++)
            starts[(key_of(probability[line]) >> 8 * digit & (VALUES - 1)) + 1]++;
        for (int value = 0; value < VALUES; value++)
            starts[value + 1] += starts[value];
        for (Py_ssize_t place = 0; place < lines; place++) {
            uint32_t key = key_of(probability[order[place]]);
            other[starts[key >> 8 * digit & (VALUES - 1)]++] = order[place];
        }
        memcpy(order, other, (size_t)lines * sizeof(*order));
    }
}

/* The highest F1 that the likeliest lines together can expect; what is chosen first counts first. */
static float
highest_score(const float *probability, const float *length, const int32_t *order, Py_ssize_t lines)
{
    float all = 0, expected = 0, size = 0, highest = 0;
    for (Py_ssize_t place = 0; place < lines; place++)
        all += probability[order[place]] * length[order[place]];
    for (Py_ssize_t place = 0; place < lines; place++) {
        expected += probability[order[place]] * length[order[place]];
        size += length[order[place]];
        highest = larger(highest, 2 * expected / (size + all));
    }
    return highest;
}

PyObject *
expected_score(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    Py_buffer probability, length;
    PyObject *found = NULL;
    if (!PyArg_ParseTuple(arguments, "y*y*", &probability, &length))
        return NULL;
    Py_ssize_t lines = probability.len / (Py_ssize_t)sizeof(float);
    int32_t *order = NULL;
    if (!holds_numbers(&probability, sizeof(float)) || !holds_numbers(&length, sizeof(float)))
        ;
    else if (probability.len != length.len || lines > INT32_MAX)
        PyErr_SetString(PyExc_ValueError, "the arrays do not fit each other");
    else if (!(order = PyMem_Malloc((size_t)lines * 2 * sizeof(*order) + 1)))
        PyErr_NoMemory();
    else {
        order_of(probability.buf, lines, order, order + lines);
        found = PyFloat_FromDouble(highest_score(probability.buf, length.buf, order, lines));
    }
    PyMem_Free(order);
    PyBuffer_Release(&probability);
    PyBuffer_Release(&length);
    return found;
}
