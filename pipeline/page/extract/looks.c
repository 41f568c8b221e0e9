/* What is measured on each line of a page and on what is around it: rows of a matrix with a column
   per line, so that each question of a tree reads one row.

   features.py names the rows. Sums run from the first line to the last, in single precision. */

#include "rows.h"

/* Views of the int32 arrays of a tuple, all of one length; -1 if they are not such. */
static Py_ssize_t
view_arrays(PyObject *arrays, Py_ssize_t count, Py_buffer *views, const int32_t **starts)
{
    if (!PyTuple_Check(arrays) || PyTuple_GET_SIZE(arrays) != count) {
        PyErr_Format(PyExc_TypeError, "a tuple of %zd arrays is needed", count);
        return -1;
    }
    for (Py_ssize_t index = 0; index < count; index++) {
        Py_buffer *view = &views[index];
        if (PyObject_GetBuffer(PyTuple_GET_ITEM(arrays, index), view, PyBUF_SIMPLE) < 0)
            return -1;
        if (!holds_numbers(view, sizeof(int32_t)))
            return -1;
        if (view->len != views[0].len) {
            PyErr_SetString(PyExc_ValueError, "the arrays are not of one length");
            return -1;
        }
        starts[index] = view->buf;
    }
    return views[0].len / (Py_ssize_t)sizeof(int32_t);
}

static int
lie_within(const int32_t *values, Py_ssize_t count, Py_ssize_t end)
{
    for (Py_ssize_t index = 0; index < count; index++)
        if (values[index] < 0 || values[index] >= end)
            return 0;
    return 1;
}

/* Whether each container lies in one before it, but for the first, which lies in itself. */
static int
is_forest(const int32_t *parent, Py_ssize_t nodes)
{
    for (Py_ssize_t node = 0; node < nodes; node++)
        if (parent[node] < 0 || parent[node] > node || (node && parent[node] == node))
            return 0;
    return 1;
}

/* Whether every place that is named exists: what is given is not trusted. */
static int
is_sound(Page *page)
{
    for (Py_ssize_t line = 0; line < page->lines; line++) {
        Py_ssize_t group = page->of_line[GROUP][line];
        if (page->of_line[LENGTH][line] < 1)
            return 0;
        if (group >= page->groups)
            page->groups = group + 1;
    }
    return page->lines > 0 && page->nodes > 0 && page->groups <= page->lines
           && is_forest(page->of_node[PARENT], page->nodes)
           && lie_within(page->of_node[FIRST], page->nodes, page->lines + 1)
           && lie_within(page->of_node[LAST], page->nodes, page->lines + 1)
           && lie_within(page->of_line[NODE], page->lines, page->nodes)
           && lie_within(page->of_line[GROUP], page->lines, page->groups);
}

/* Room for all that is computed beside the rows, in one piece. */
static void *
with_room(Page *page)
{
    Py_ssize_t larger_count = page->lines > page->nodes ? page->lines : page->nodes;
    size_t floats = (size_t)(SUMS * (page->lines + 1 + page->nodes) + larger_count);
    size_t doubles = (size_t)(4 * page->groups) * sizeof(double);
    size_t numbers = (size_t)larger_count * sizeof(int32_t);
    char *room = PyMem_Malloc(doubles + floats * sizeof(float) + numbers);
    if (!room)
        return PyErr_NoMemory();
    page->of_group = (double *)room;
    float *next = (float *)(room + doubles);
    for (int which = 0; which < SUMS; which++, next += page->lines + 1 + page->nodes) {
        page->sums[which] = next;
        page->inside[which] = next + page->lines + 1;
    }
    page->scratch = next;
    page->shared = (int32_t *)(next + larger_count);
    return room;
}

int
view_page(PyObject *lines, PyObject *nodes, Arrays *arrays)
{
    Page *page = &arrays->page;
    page->lines = view_arrays(lines, LINE_ARRAYS, arrays->views, page->of_line);
    if (page->lines < 0)
        return 0;
    page->nodes = view_arrays(nodes, NODE_ARRAYS, arrays->views + LINE_ARRAYS, page->of_node);
    if (page->nodes < 0)
        return 0;
    if (!is_sound(page))
        PyErr_SetString(PyExc_ValueError, "the arrays do not fit each other");
    return !PyErr_Occurred();
}

void
release_page(Arrays *arrays)
{
    for (int index = 0; index < LINE_ARRAYS + NODE_ARRAYS; index++)
        if (arrays->views[index].obj)
            PyBuffer_Release(&arrays->views[index]);
}

static PyObject *
measure(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    PyObject *lines, *nodes, *rows = NULL;
    Py_buffer probability = {0};
    Arrays arrays = {0};
    Page *page = &arrays.page;
    if (!PyArg_ParseTuple(arguments, "OO|y*", &lines, &nodes, &probability))
        return NULL;
    if (view_page(lines, nodes, &arrays) && holds_numbers(&probability, sizeof(float))) {
        Py_ssize_t size = page->lines * (Py_ssize_t)sizeof(float);
        void *room = NULL;
        if (probability.buf && probability.len != size)
            PyErr_SetString(PyExc_ValueError, "the arrays do not fit each other");
        else if ((room = with_room(page))
                 && (rows = PyBytes_FromStringAndSize(
                         NULL, size * (probability.buf ? MORE_MEASURES : MEASURES)))) {
            page->row = (float *)PyBytes_AS_STRING(rows);
            if (probability.buf)
                measure_more(page, probability.buf);
            else
                measure_page(page);
        }
        PyMem_Free(room);
    }
    release_page(&arrays);
    if (probability.obj)
        PyBuffer_Release(&probability);
    return rows;
}

static PyMethodDef methods[] = {
    {"measure", measure, METH_VARARGS,
     "Returns as float32 the rows of the first look at some lines, or with their probabilities those\n"
     "that the second one adds.\n\n"
     "Args: arrays of int32 per line, arrays of int32 per container, probabilities (float32)."},
    {"repeats", repeats, METH_VARARGS,
     "Returns as int32 whether each line stands more than once, and the numbers of the lines that end\n"
     "with a character of the title, of equal ones the first.\n\n"
     "Args: lines, title."},
    {"expected_score", expected_score, METH_VARARGS,
     "Returns the highest F1 that a choice of the likeliest lines can expect.\n\n"
     "Args: probabilities and lengths of lines (float32)."},
    {"corrected", corrected, METH_VARARGS,
     "Returns whether each line is chosen once its like, gaps and set phrases are seen to, as a\n"
     "bytearray, the first paragraph that is chosen, 0 if none is, and whether any line that is chosen\n"
     "has a phrase of who owns a page.\n\n"
     "Args: arrays of int32 per line, arrays of int32 per container, probabilities (float32), what is\n"
     "chosen (a byte per line), texts, limits as refinement.py has them."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "looks",
    .m_doc = "What is measured on lines and what is around them.",
    .m_size = 0,
    .m_methods = methods,
};

PyMODINIT_FUNC
PyInit_looks(void)
{
    return PyModuleDef_Init(&module);
}
