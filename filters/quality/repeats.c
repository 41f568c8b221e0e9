/* Which characters of a text stand in n-grams that stand there more than once.

   An n-gram stands twice only where what it begins and ends with does. So each length is looked for
   where the length before was found: pairs of characters everywhere, longer ones at ever fewer
   places. Numbers name the n-grams, and two numbers the longer one that they make up, which is
   found in a hash table: nothing is sorted, and no n-gram is taken for another. */

#include "basics.h"

enum { ONCE = -1, FREE = -1, LENGTHS = 5 };

/* The n-grams that are named, each made up of the one before and the one that begins so much
   further on. */
static const struct { int32_t length, further; } STEPS[LENGTHS] = {
    {2, 1}, {3, 1}, {4, 1}, {5, 1}, {10, 5},
};

typedef struct {
    uint64_t key;
    int32_t count, last, covered;
} Ngram;

typedef struct {
    int32_t length;
    /* Per place: the number of the n-gram that begins there, or ONCE. */
    int32_t *names;
    /* The places whose n-gram stands elsewhere too, in order. */
    int32_t *places, repeated;
    /* Per such place: what the next n-gram there is made up of. */
    uint64_t *keys;
    /* Per number of the next n-grams. */
    Ngram *ngrams;
    int32_t known;
    /* How often the most frequent of them stands there. */
    int32_t most;
    int32_t *table;
    int shift;
    uint64_t secret;
} Text;

/* Adds an n-gram that stands at a place, and names it there. */
static void
add_ngram(Text *text, uint64_t key, int32_t at, int32_t length)
{
    size_t slot = secret_slot(key, text->secret, text->shift);
    int32_t number;
    while ((number = text->table[slot]) != FREE && text->ngrams[number].key != key)
        slot = (slot + 1) & (slots_of(text->shift) - 1);
    if (number == FREE) {
        text->table[slot] = number = text->known++;
        text->ngrams[number] = (Ngram){key, 0, -length, 0};
    }
    text->names[at] = number;
    int32_t count = ++text->ngrams[number].count;
    text->most = count > text->most ? count : text->most;
}

/* Names the n-grams of a length where the ones that they are made up of stand elsewhere too. */
static void
name_ngrams(Text *text, int32_t length, int32_t further)
{
    int32_t *names = text->names, *places = text->places, kept = 0;
    for (int32_t each = 0; each < text->repeated; each++) {
        int32_t at = places[each];
        /* What would go beyond the end stands once. */
        int32_t end = at <= text->length - length ? names[at + further] : ONCE;
        text->keys[kept] = (uint64_t)(uint32_t)names[at] << 32 | (uint32_t)end;
        places[kept] = at;
        kept += end != ONCE;
        /* Its name is not asked for again: what is made up of it and one before is known. */
        names[at] = ONCE;
    }
    text->shift = shift_for((size_t)kept);
    memset(text->table, 0xff, slots_of(text->shift) * sizeof(int32_t));
    text->known = text->most = 0;
    for (int32_t each = 0; each < kept; each++)
        add_ngram(text, text->keys[each], places[each], length);
    text->repeated = kept;
}

/* How many characters an n-gram at a place adds to what those before it cover. */
static int32_t
more_of(int32_t at, int32_t last, int32_t length)
{
    return at - last < length ? at - last : length;
}

/* Forgets the n-grams that stand once. Says how many characters the others cover together, and how
   many the most frequent one does, of equally frequent ones the one that covers most. */
static void
keep_repeated(Text *text, int32_t length, int32_t *top, int32_t *together)
{
    int32_t kept = 0, last = -length;
    for (int32_t each = 0; each < text->repeated; each++) {
        int32_t at = text->places[each];
        Ngram *ngram = &text->ngrams[text->names[at]];
        if (ngram->count == 1) {
            text->names[at] = ONCE;
            continue;
        }
        text->places[kept++] = at;
        *together += more_of(at, last, length);
        last = at;
        if (ngram->count == text->most) {
            ngram->covered += more_of(at, ngram->last, length);
            ngram->last = at;
            *top = ngram->covered > *top ? ngram->covered : *top;
        }
    }
    text->repeated = kept;
}

static int
allocate(Text *text, const void *code_points)
{
    size_t length = (size_t)text->length;
    text->names = PyMem_New(int32_t, length + 1);
    text->places = PyMem_New(int32_t, length + 1);
    text->keys = PyMem_New(uint64_t, length + 1);
    text->ngrams = PyMem_New(Ngram, length + 1);
    text->table = PyMem_New(int32_t, slots_of(shift_for(length)));
    if (!text->names || !text->places || !text->keys || !text->ngrams || !text->table)
        return 0;
    memcpy(text->names, code_points, length * sizeof(int32_t));
    for (int32_t at = 0; at < text->length; at++)
        text->places[at] = at;
    text->repeated = text->length;
    return 1;
}

static PyObject *
covered(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    Py_buffer view;
    Py_ssize_t seed;
    int32_t top[LENGTHS] = {0}, repeated[LENGTHS] = {0};
    if (!PyArg_ParseTuple(arguments, "y*n", &view, &seed))
        return NULL;
    if (view.len % (Py_ssize_t)sizeof(int32_t) || view.len > INT32_MAX) {
        PyBuffer_Release(&view);
        PyErr_SetString(PyExc_ValueError, "not 32 bits for each code point, or 2 ** 31 bytes");
        return NULL;
    }
    Text text = {.length = (int32_t)(view.len / 4), .secret = (uint64_t)seed};
    int done = allocate(&text, view.buf);
    PyBuffer_Release(&view);
    for (int step = 0; done && step < LENGTHS && text.repeated; step++) {
        name_ngrams(&text, STEPS[step].length, STEPS[step].further);
        keep_repeated(&text, STEPS[step].length, &top[step], &repeated[step]);
    }
    PyMem_Free(text.names);
    PyMem_Free(text.places);
    PyMem_Free(text.keys);
    PyMem_Free(text.ngrams);
    PyMem_Free(text.table);
    if (!done)
        return PyErr_NoMemory();
    return Py_BuildValue("(iiiii)", top[0], top[1], top[2], repeated[3], repeated[4]);
}

static PyMethodDef methods[] = {
    {"covered", covered, METH_VARARGS,
     "Returns how many code points the top 2-, 3- and 4-grams and all repeated 5- and 10-grams "
     "cover; the seed is any number, which nobody should be able to guess."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "repeats",
    .m_doc = "Finds the n-grams that a text repeats.",
    .m_size = 0,
    .m_methods = methods,
};

PyMODINIT_FUNC
PyInit_repeats(void)
{
    return PyModule_Create(&module);
}
