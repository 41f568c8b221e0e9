/* Where a single byte stands that sets the pairs of a run askew. */

#include "basics.h"

enum { PAIRS = 1 << 16 };

static long
worth_of(const int8_t *worth, const uint8_t *pair)
{
    return worth[pair[0] << 8 | pair[1]];
}

/* Returns the place of the byte to drop, or -1 if the run, of an odd number of bytes and one behind
   it, is worth as much whole. Each place is weighed by sums over the pairs before and behind it. */
static Py_ssize_t
place_in(const uint8_t *run, Py_ssize_t size, const int8_t *worth, long cost)
{
    long whole = 0, before = 0, behind = 0;
    for (Py_ssize_t at = 0; at < size; at += 2)
        whole += worth_of(worth, run + at);
    for (Py_ssize_t at = 1; at < size - 1; at += 2)
        behind += worth_of(worth, run + at);
    Py_ssize_t best = 0;
    long most = before + behind;
    for (Py_ssize_t at = 0; at < size; at += 2) {
        /* Before a pair. */
        if (before + behind > most) {
            most = before + behind;
            best = at;
        }
        if (at + 1 == size)
            break;
        /* Between the two bytes of one. */
        uint8_t around[2] = {run[at], run[at + 2]};
        behind -= worth_of(worth, run + at + 1);
        if (before + worth_of(worth, around) + behind > most) {
            most = before + worth_of(worth, around) + behind;
            best = at + 1;
        }
        before += worth_of(worth, run + at);
    }
    return most - cost > whole ? best : -1;
}

static PyObject *
stray_in(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    PyObject *run, *worth;
    long cost;
    if (!PyArg_ParseTuple(arguments, "SSl", &run, &worth, &cost))
        return NULL;
    Py_ssize_t size = PyBytes_GET_SIZE(run) - 1;
    if (size < 1 || size % 2 == 0 || PyBytes_GET_SIZE(worth) != PAIRS || cost < 0 || cost > PAIRS) {
        PyErr_SetString(PyExc_ValueError,
                        "needs an odd number of bytes and one behind them, 8 bits for each pair, "
                        "and a small cost");
        return NULL;
    }
    return PyLong_FromSsize_t(place_in((const uint8_t *)PyBytes_AS_STRING(run), size,
                                       (const int8_t *)PyBytes_AS_STRING(worth), cost));
}

static PyMethodDef methods[] = {
    {"stray_in", stray_in, METH_VARARGS,
     "Returns the place of the byte to drop from a run, or -1 if none is worth it.\n\n"
     "The last byte of what is given is the one behind the run. What a pair is worth is a signed\n"
     "byte for each; without the stray, a run has to be worth more by over the cost."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "stray",
    .m_doc = "Where a single byte stands that sets the pairs of a run askew.",
    .m_size = 0,
    .m_methods = methods,
};

PyMODINIT_FUNC
PyInit_stray(void)
{
    return PyModuleDef_Init(&module);
}
