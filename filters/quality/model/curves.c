/* The weights of signals, each read off a curve: straight from each knot to the next, and level
   beyond the ends. As `place_of` of knots.py, for all signals at once. */

#include "basics.h"

enum { BUFFERS = 3 };

/* The knots of all curves, one curve after the other, and the weights at each for two targets. */
typedef struct {
    const double *knots, *first, *second;
    Py_ssize_t count;
} Curves;

static Py_ssize_t
knots_up_to(const double *knots, Py_ssize_t count, double value)
{
    Py_ssize_t low = 0;
    while (low < count) {
        Py_ssize_t middle = (low + count) / 2;
        if (value < knots[middle])
            count = middle;
        else
            low = middle + 1;
    }
    return low;
}

static inline double
between(const double *weights, double progress)
{
    return progress == 0 ? weights[0] : weights[0] + progress * (weights[1] - weights[0]);
}

/* Sets the two weights of a value on the curve of some knots. */
static void
weigh(Curves curves, Py_ssize_t begin, Py_ssize_t count, double value, double weights[2])
{
    const double *knots = curves.knots + begin;
    Py_ssize_t knot = knots_up_to(knots, count, value) - 1;
    double progress = 0;
    if (knot < 0 || count == 1)
        knot = 0;
    else if (knot >= count - 1) {
        knot = count - 2;
        progress = 1;
    } else
        progress = (value - knots[knot]) / (knots[knot + 1] - knots[knot]);
    weights[0] = between(curves.first + begin + knot, progress);
    weights[1] = between(curves.second + begin + knot, progress);
}

/* Fills two lists with the weights of some values; 0 with an error set if that fails. */
static int
weigh_all(Curves curves, PyObject *values, PyObject *sizes, PyObject *lists[2])
{
    Py_ssize_t begin = 0;
    for (Py_ssize_t at = 0; at < PyTuple_GET_SIZE(values); at++) {
        double value = PyFloat_AsDouble(PyTuple_GET_ITEM(values, at)), weights[2];
        Py_ssize_t count = PyLong_AsSsize_t(PyTuple_GET_ITEM(sizes, at));
        if (PyErr_Occurred())
            return 0;
        if (count < 1 || count > curves.count - begin) {
            PyErr_SetString(PyExc_ValueError, "a curve has a knot, and the curves no more");
            return 0;
        }
        weigh(curves, begin, count, value, weights);
        begin += count;
        for (int target = 0; target < 2; target++) {
            PyObject *weight = PyFloat_FromDouble(weights[target]);
            if (!weight)
                return 0;
            PyList_SET_ITEM(lists[target], at, weight);
        }
    }
    return 1;
}

static PyObject *
weighed(Curves curves, PyObject *values, PyObject *sizes)
{
    Py_ssize_t size = PyTuple_GET_SIZE(values);
    if (PyTuple_GET_SIZE(sizes) != size)
        return PyErr_Format(PyExc_ValueError, "%zd values, but %zd curves", size,
                            PyTuple_GET_SIZE(sizes));
    PyObject *lists[2] = {PyList_New(size), PyList_New(size)};
    if (lists[0] && lists[1] && weigh_all(curves, values, sizes, lists))
        return Py_BuildValue("(NN)", lists[0], lists[1]);
    Py_XDECREF(lists[0]);
    Py_XDECREF(lists[1]);
    return NULL;
}

static PyObject *
weights_of(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    PyObject *values, *sizes, *found = NULL;
    Py_buffer views[BUFFERS];
    if (!PyArg_ParseTuple(arguments, "O!O!y*y*y*", &PyTuple_Type, &values, &PyTuple_Type, &sizes,
                          &views[0], &views[1], &views[2]))
        return NULL;
    if (views[1].len != views[0].len || views[2].len != views[0].len)
        PyErr_SetString(PyExc_ValueError, "a knot has two weights");
    else if (holds_numbers(&views[0], sizeof(double)) && holds_numbers(&views[1], sizeof(double))
             && holds_numbers(&views[2], sizeof(double)))
        found = weighed((Curves){views[0].buf, views[1].buf, views[2].buf,
                                 views[0].len / (Py_ssize_t)sizeof(double)},
                        values, sizes);
    for (int at = 0; at < BUFFERS; at++)
        PyBuffer_Release(&views[at]);
    return found;
}

static PyMethodDef methods[] = {
    {"weights_of", weights_of, METH_VARARGS,
     "Returns the weights of some values for two targets, a list for each. Each value has a curve of\n"
     "so many knots, which rise; those of all follow each other, as do the weights at them."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "curves",
    .m_doc = "Reads the weights of signals off their curves.",
    .m_size = 0,
    .m_methods = methods,
};

PyMODINIT_FUNC
PyInit_curves(void)
{
    return PyModule_Create(&module);
}
