/* The sum of the leaves that boosted decision tables give to each row of a matrix. */

#include "basics.h"
#include <math.h>

enum { AT_ONCE = 64, DEEPEST = 8, ARRAYS = 4 };

typedef struct {
    const float *matrix, *thresholds;
    const int32_t *columns, *leaves;
    Py_ssize_t rows, trees;
    int depth;
} Forest;

/* Adds to the sums of some rows, at most AT_ONCE of them. Whose trees have sums beyond 32 bits gets
   them modulo 2 ** 32, for which numbers without a sign are needed. */
FOR_EACH_PROCESSOR static void
add_leaves(const Forest *forest, Py_ssize_t first, int count, uint32_t *sums)
{
    const float *threshold = forest->thresholds;
    const int32_t *column = forest->columns, *leaves = forest->leaves;
    for (Py_ssize_t tree = 0; tree < forest->trees; tree++) {
        int32_t leaf[AT_ONCE] = {0};
        for (int level = 0; level < forest->depth; level++, column++, threshold++) {
            const float *values = forest->matrix + *column * forest->rows + first;
            for (int row = 0; row < count; row++)
                leaf[row] += leaf[row] + (values[row] > *threshold);
        }
        for (int row = 0; row < count; row++)
            sums[row] += (uint32_t)leaves[leaf[row]];
        leaves += (Py_ssize_t)1 << forest->depth;
    }
}

static int
is_sound(const Forest *forest, const Py_buffer *buffers)
{
    Py_ssize_t questions = buffers[1].len / (Py_ssize_t)sizeof(int32_t);
    Py_ssize_t count = buffers[0].len / (Py_ssize_t)sizeof(float);
    if (forest->rows < 1 || forest->rows > count || count % forest->rows
        || forest->depth < 1 || forest->depth > DEEPEST
        || forest->trees * forest->depth != questions || buffers[1].len != buffers[2].len
        || buffers[3].len != (forest->trees << forest->depth) * (Py_ssize_t)sizeof(int32_t))
        return 0;
    for (Py_ssize_t question = 0; question < questions; question++)
        if (forest->columns[question] < 0
            || forest->columns[question] >= count / forest->rows)
            return 0;
    return 1;
}

static PyObject *
sums_of(const Forest *forest)
{
    Py_ssize_t size = forest->rows * (Py_ssize_t)sizeof(uint32_t);
    PyObject *sums = PyBytes_FromStringAndSize(NULL, size);
    if (!sums)
        return NULL;
    uint32_t *sum = (uint32_t *)PyBytes_AS_STRING(sums);
    memset(sum, 0, (size_t)size);
    for (Py_ssize_t first = 0; first < forest->rows; first += AT_ONCE) {
        Py_ssize_t left = forest->rows - first;
        add_leaves(forest, first, left < AT_ONCE ? (int)left : AT_ONCE, sum + first);
    }
    return sums;
}

/* Views the arrays of a forest; 0 with the error set if they do not fit each other. */
static int
read_forest(Forest *forest, const Py_buffer *buffers)
{
    forest->matrix = buffers[0].buf;
    forest->columns = buffers[1].buf;
    forest->thresholds = buffers[2].buf;
    forest->leaves = buffers[3].buf;
    forest->trees =
        forest->depth > 0 ? buffers[1].len / (Py_ssize_t)sizeof(int32_t) / forest->depth : 0;
    for (int index = 0; index < ARRAYS; index++)
        if (!holds_numbers(&buffers[index], sizeof(int32_t)))
            return 0;
    if (!is_sound(forest, buffers))
        PyErr_SetString(PyExc_ValueError, "the trees do not fit each other or the matrix");
    return !PyErr_Occurred();
}

static PyObject *
sum_leaves(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    Py_buffer buffers[ARRAYS];
    Forest forest;
    PyObject *sums = NULL;
    if (!PyArg_ParseTuple(arguments, "y*y*y*y*ni", &buffers[0], &buffers[1], &buffers[2],
                          &buffers[3], &forest.rows, &forest.depth))
        return NULL;
    if (read_forest(&forest, buffers))
        sums = sums_of(&forest);
    for (int index = 0; index < ARRAYS; index++)
        PyBuffer_Release(&buffers[index]);
    return sums;
}

/* Scores as probabilities. */
static PyObject *
logistic(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    PyObject *sums, *found;
    int bias, units;
    if (!PyArg_ParseTuple(arguments, "Sii", &sums, &bias, &units))
        return NULL;
    Py_ssize_t size = PyBytes_GET_SIZE(sums), count = size / (Py_ssize_t)sizeof(int32_t);
    if (size % (Py_ssize_t)sizeof(int32_t) || units < 1)
        return PyErr_Format(PyExc_ValueError, "scores are whole numbers of 32 bits");
    if (!(found = PyBytes_FromStringAndSize(NULL, size)))
        return NULL;
    const int32_t *sum = (const int32_t *)PyBytes_AS_STRING(sums);
    float *probability = (float *)PyBytes_AS_STRING(found);
    for (Py_ssize_t row = 0; row < count; row++) {
        double score = (double)((int64_t)sum[row] + bias);
        probability[row] = (float)(1 / (1 + exp(score / -units)));
    }
    return found;
}

static PyMethodDef methods[] = {
    {"sum_leaves", sum_leaves, METH_VARARGS,
     "Returns as int32 the sum of the leaves of each row.\n\n"
     "Args: matrix (float32, a row per column), columns and thresholds (int32 and float32, level by\n"
     "level of each tree), leaves (int32), number of rows, depth of the trees."},
    {"logistic", logistic, METH_VARARGS,
     "Returns as float32 the probability of each score, 0 to 1.\n\n"
     "Args: scores without the bias (int32), the bias, how many units of them are 1."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "forest",
    .m_doc = "Boosted decision tables.",
    .m_size = 0,
    .m_methods = methods,
};

PyMODINIT_FUNC
PyInit_forest(void)
{
    return PyModuleDef_Init(&module);
}
