/* The clauses of a text, which tell its form: runs of Han, each by the CRC-32 of its UTF-8, as zlib
   has it. */

#include "basics.h"

enum { BYTE = 256 };
static const uint32_t POLYNOMIAL = UINT32_C(0xEDB88320);
static uint32_t remainders[BYTE];

static void
make_remainders(void)
{
    for (uint32_t byte = 0; byte < BYTE; byte++) {
        uint32_t left = byte;
        for (int bit = 0; bit < 8; bit++)
            left = left >> 1 ^ (left & 1 ? POLYNOMIAL : 0);
        remainders[byte] = left;
    }
}

static int
is_han(Py_UCS4 character)
{
    return (character >= 0x3400 && character <= 0x9FFF)
           || (character >= 0x20000 && character <= 0x323AF);
}

static uint32_t
with_byte(uint32_t hash, unsigned byte)
{
    return hash >> 8 ^ remainders[(hash ^ byte) & (BYTE - 1)];
}

/* A hash with one more Han character, which has three bytes or four. */
static uint32_t
with_han(uint32_t hash, Py_UCS4 character)
{
    if (character < 0x10000)
        hash = with_byte(hash, 0xE0 | character >> 12);
    else
        hash = with_byte(with_byte(hash, 0xF0 | character >> 18), 0x80 | (character >> 12 & 0x3F));
    return with_byte(with_byte(hash, 0x80 | (character >> 6 & 0x3F)), 0x80 | (character & 0x3F));
}

/* Writes the hashes of the runs of at least so many Han; returns how many these are. */
static Py_ssize_t
hash_runs(PyObject *text, Py_ssize_t least, uint32_t *hashes)
{
    Py_ssize_t length = PyUnicode_GET_LENGTH(text), count = 0, run = 0;
    unsigned kind = PyUnicode_KIND(text);
    const void *data = PyUnicode_DATA(text);
    uint32_t hash = UINT32_MAX;
    for (Py_ssize_t at = 0; at <= length; at++) {
        Py_UCS4 character = at < length ? PyUnicode_READ(kind, data, at) : 0;
        if (is_han(character)) {
            hash = with_han(hash, character);
            run++;
        } else if (run) {
            if (run >= least)
                hashes[count++] = ~hash;
            hash = UINT32_MAX;
            run = 0;
        }
    }
    return count;
}

static PyObject *
clause_hashes(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    PyObject *text;
    Py_ssize_t least;
    if (!PyArg_ParseTuple(arguments, "Un", &text, &least))
        return NULL;
    /* Between two runs stands another character. */
    Py_ssize_t most = PyUnicode_GET_LENGTH(text) / 2 + 1;
    PyObject *hashes = PyBytes_FromStringAndSize(NULL, most * (Py_ssize_t)sizeof(uint32_t));
    if (hashes) {
        Py_ssize_t count = hash_runs(text, least, (uint32_t *)PyBytes_AS_STRING(hashes));
        _PyBytes_Resize(&hashes, count * (Py_ssize_t)sizeof(uint32_t));
    }
    return hashes;
}

static PyMethodDef methods[] = {
    {"clause_hashes", clause_hashes, METH_VARARGS,
     "Returns the CRC-32 of the UTF-8 of each run of at least so many Han in a text as uint32, in\n"
     "their order."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "clauses",
    .m_doc = "Hashes the clauses of a text.",
    .m_size = 0,
    .m_methods = methods,
};

PyMODINIT_FUNC
PyInit_clauses(void)
{
    make_remainders();
    return PyModule_Create(&module);
}
