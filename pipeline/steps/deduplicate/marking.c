/* A number for each character of a normal form: the n-gram that begins there, and whether it is part
   of a figure. sequences.py says what a figure is. */

#include "basics.h"

/* Kinds of characters, as sequences.py has them. */
enum { DIGIT = 1, LETTER = 2, NUMERAL = 4, COUNTED = 8, UNIT = 16, ORDINAL = 32 };

/* The lowest bit of a number; the least hash of an n-gram, as 0 and 1 stand for none. */
enum { FIGURE = 1, LEAST_HASH = 2 };

typedef struct {
    const void *data;
    Py_ssize_t size;
    unsigned width;
    KindTable kinds;
} Form;

static uint8_t
kind_at(const Form *form, Py_ssize_t place)
{
    if (place >= form->size)
        return 0;
    return kind_in(form->kinds, PyUnicode_READ(form->width, form->data, place));
}

static Py_ssize_t
end_of(const Form *form, Py_ssize_t place, int kinds, int *found)
{
    for (*found = 0; kind_at(form, place) & kinds; place++)
        *found |= kind_at(form, place);
    return place;
}

/* Marks what begins at a place, if it is a figure; returns where the next may begin. */
static Py_ssize_t
mark(const Form *form, Py_ssize_t start, uint32_t *numbers)
{
    uint8_t kind = kind_at(form, start);
    int found, is_figure = 0;
    Py_ssize_t end = start + 1;
    if (kind & (DIGIT | LETTER)) {
        end = end_of(form, start, DIGIT | LETTER, &found);
        is_figure = end - start == 1 || found & DIGIT;
    }
    else if (kind & ORDINAL) {
        end = end_of(form, start + 1, NUMERAL, &found);
        is_figure = end - start > 1;
    }
    else if (kind & NUMERAL) {
        end = end_of(form, start, NUMERAL, &found);
        is_figure = end - start > 1 || (kind & COUNTED && kind_at(form, end) & UNIT);
    }
    for (Py_ssize_t at = start; is_figure && at < end; at++)
        numbers[at] |= FIGURE;
    return end;
}

static void
number_characters(const Form *form, const uint32_t *hashes, Py_ssize_t count, uint32_t *numbers)
{
    for (Py_ssize_t at = 0; at < count; at++)
        numbers[at] = (hashes[at] < LEAST_HASH ? LEAST_HASH : hashes[at]) & ~(uint32_t)FIGURE;
    memset(numbers + count, 0, (size_t)(form->size - count) * sizeof(uint32_t));
    for (Py_ssize_t place = 0; place < form->size;)
        place = mark(form, place, numbers);
}

static PyObject *
sequence(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    PyObject *given, *numbers = NULL;
    Py_buffer hashes, kinds;
    if (!PyArg_ParseTuple(arguments, "Uy*y*", &given, &hashes, &kinds))
        return NULL;
    const Form form = {PyUnicode_DATA(given), PyUnicode_GET_LENGTH(given), PyUnicode_KIND(given),
                       {kinds.buf, kinds.len - 1}};
    const Py_ssize_t size = sizeof(uint32_t), count = hashes.len / size;
    if (!kinds.len)
        PyErr_SetString(PyExc_ValueError, "the table of kinds is empty");
    else if (count > form.size)
        PyErr_Format(PyExc_ValueError, "%zd n-grams begin at %zd characters", count, form.size);
    else if (holds_numbers(&hashes, sizeof(uint32_t)))
        numbers = PyBytes_FromStringAndSize(NULL, form.size * size);
    if (numbers)
        number_characters(&form, hashes.buf, count, (uint32_t *)PyBytes_AS_STRING(numbers));
    PyBuffer_Release(&hashes);
    PyBuffer_Release(&kinds);
    return numbers;
}

static PyMethodDef methods[] = {
    {"sequence", sequence, METH_VARARGS,
     "Returns a number of 32 bits for each character of a normal form: the hash of the n-gram that "
     "begins there, without its lowest bit, which is 1 where the character is part of a figure, by "
     "the kinds of code points."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "marking",
    .m_doc = "Numbers the characters of texts.",
    .m_size = 0,
    .m_methods = methods,
};

PyMODINIT_FUNC
PyInit_marking(void)
{
    return PyModule_Create(&module);
}
