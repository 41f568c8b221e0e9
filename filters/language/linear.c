/* A fastText model of languages as its command `quantize` leaves it: hashed grams of characters, most
   of them pruned, and a tree of labels.

   The sums are fastText's own, in its order, so that probabilities are the same to the last bit. But
   where it follows pointers through main memory for each gram, only to find that the model does not
   have it, here a bit for each bucket tells: a quarter of a megabyte in all. */

#include "basics.h"

#include <math.h>

#if defined(__GNUC__)
#define PREFETCH(place) __builtin_prefetch(place)
#else
#define PREFETCH(place) ((void)(place))
#endif

enum {
    DIMENSIONS = 16,
    PARTS = 8,       /* of a row: a byte each, which names a pair of numbers */
    PER_PART = DIMENSIONS / PARTS,
    CENTROIDS = 256, /* pairs for each part */
    LEAST = 2,       /* characters of a gram */
    MOST = 4,
    BEST = 8,        /* labels that are returned */
    DEEPEST = 256,
    LONGEST = 1 << 20, /* bytes of a line */
    MOST_BUCKETS = 1 << 30,
};
/* Tells the number of a word's row from a bucket. */
static const uint32_t IS_WORD = UINT32_C(1) << 31;
static const uint32_t FNV_BASIS = 2166136261u, FNV_PRIME = 16777619u;
static const double LEAST_SHARE = 1e-5; /* added before a logarithm is taken */
static const char LABEL[] = "__label__", END[] = "</s>";

typedef struct {
    uint32_t key; /* bucket and 1, 0 for none */
    uint8_t codes[PARTS];
    float norm;
} Row;

typedef struct {
    float score;
    int32_t label;
} Found;

typedef struct {
    PyObject_HEAD
    PyObject *words; /* numbers of rows by words in UTF-8 */
    Row *of_words, *of_grams;
    Py_ssize_t word_count;
    uint8_t *are_known; /* a bit for each bucket */
    uint32_t buckets, mask; /* how many there are; of the slots of `of_grams` */
    float *centroids, *outputs;
    int32_t *children; /* two of each inner node; below `labels` they are labels */
    int32_t labels;
} Model;

/* What is looked up for a line, in the order of its sum: numbers of rows of words, and buckets. */
typedef struct {
    const Model *model;
    uint32_t *keys;
    Py_ssize_t count;
} Line;

typedef struct {
    const Model *model;
    float values[DIMENSIONS];
    Py_ssize_t rows;
} Sum;

/* Words. */

static inline uint32_t
slot_of(const Model *model, uint32_t bucket)
{
    return (uint32_t)((bucket * GOLDEN) >> 32) & model->mask;
}

static inline const uint8_t *
flags_of(const Model *model, uint32_t bucket)
{
    return model->are_known + bucket / 8;
}

static void
note_gram(Line *line, uint32_t hash)
{
    uint32_t bucket = hash % line->model->buckets;
    PREFETCH(flags_of(line->model, bucket));
    line->keys[line->count++] = bucket;
}

static void
note_word(Line *line, Py_ssize_t row)
{
    line->keys[line->count++] = (uint32_t)row | IS_WORD;
}

/* Drops the grams that the model does not have. What is looked up next is on its way meanwhile. */
static void
sift(Line *line)
{
    const Model *model = line->model;
    Py_ssize_t kept = 0;
    for (Py_ssize_t at = 0; at < line->count; at++) {
        uint32_t key = line->keys[at];
        int is_known = key & IS_WORD || (*flags_of(model, key) >> key % 8 & 1);
        if (is_known)
            PREFETCH(key & IS_WORD ? &model->of_words[key & ~IS_WORD]
                                   : &model->of_grams[slot_of(model, key)]);
        line->keys[kept] = key;
        kept += is_known;
    }
    line->count = kept;
}

static const Row *
row_of_key(const Model *model, uint32_t key)
{
    if (key & IS_WORD)
        return &model->of_words[key & ~IS_WORD];
    uint32_t slot = slot_of(model, key);
    while (model->of_grams[slot].key != key + 1)
        slot = (slot + 1) & model->mask;
    return &model->of_grams[slot];
}

static void
add_row(Sum *sum, const Row *row)
{
    for (int part = 0; part < PARTS; part++) {
        const float *pair = sum->model->centroids + (part * CENTROIDS + row->codes[part]) * PER_PART;
        for (int place = 0; place < PER_PART; place++)
            sum->values[part * PER_PART + place] += row->norm * pair[place];
    }
    sum->rows++;
}

static inline int
goes_on(const uint8_t *byte)
{
    return (*byte & 0xC0) == 0x80;
}

/* Notes the grams of a word that has its brackets: of two to four characters, from each one on. */
static void
note_grams(Line *line, const uint8_t *word, const uint8_t *end)
{
    for (const uint8_t *start = word; start < end; start++) {
        if (goes_on(start))
            continue;
        uint32_t hash = FNV_BASIS;
        const uint8_t *at = start;
        for (int count = 1; count <= MOST && at < end; count++) {
            do
                hash = (hash ^ (uint32_t)(int8_t)*at++) * FNV_PRIME;
            while (at < end && goes_on(at));
            if (count >= LEAST)
                note_gram(line, hash);
        }
    }
}

/* The row of a word, -1 if it has none, -2 on an error. */
static Py_ssize_t
row_of(const Model *model, const char *word, Py_ssize_t length)
{
    PyObject *key = PyBytes_FromStringAndSize(word, length);
    if (!key)
        return -2;
    PyObject *row = PyDict_GetItemWithError(model->words, key);
    Py_DECREF(key);
    if (!row)
        return PyErr_Occurred() ? -2 : -1;
    Py_ssize_t number = PyLong_AsSsize_t(row);
    if (number >= 0 && number < model->word_count)
        return number;
    if (!PyErr_Occurred())
        PyErr_SetString(PyExc_ValueError, "a word has no row of the model");
    return -2;
}

/* Notes a word; the bytes before and after it are written over by brackets. */
static int
note_whole(Line *line, uint8_t *word, Py_ssize_t length)
{
    Py_ssize_t row = row_of(line->model, (char *)word, length);
    if (row == -2)
        return 0;
    if (row == -1 && length >= (Py_ssize_t)sizeof LABEL - 1
        && !memcmp(word, LABEL, sizeof LABEL - 1))
        return 1;
    if (row >= 0)
        note_word(line, row);
    word[-1] = '<';
    word[length] = '>';
    note_grams(line, word - 1, word + length + 1);
    return 1;
}

static inline int
is_space(uint8_t byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r') || !byte;
}

static int
is_end(const uint8_t *word, Py_ssize_t length)
{
    return length == (Py_ssize_t)sizeof END - 1 && !memcmp(word, END, sizeof END - 1);
}

/* Notes the words of a line, with a byte before and one after it, and its end: whatever stands behind
   a word that reads like the end is not seen. */
static int
note_words(Line *line, uint8_t *text, Py_ssize_t length)
{
    for (Py_ssize_t at = 0; at < length; at++) {
        Py_ssize_t start = at;
        while (at < length && !is_space(text[at]))
            at++;
        if (is_end(text + start, at - start))
            break;
        if (at > start && !note_whole(line, text + start, at - start))
            return 0;
    }
    Py_ssize_t row = row_of(line->model, END, sizeof END - 1);
    if (row >= 0)
        note_word(line, row);
    return row != -2;
}

/* Labels. */

static float
logarithm(float share)
{
    return (float)log(share + LEAST_SHARE);
}

static void
insert(Found *best, int *count, float score, int32_t label)
{
    int place = *count < BEST ? (*count)++ : BEST - 1;
    for (; place > 0 && best[place - 1].score < score; place--)
        best[place] = best[place - 1];
    best[place] = (Found){score, label};
}

static float
likelihood(const Sum *sum, const float *output)
{
    float dot = 0;
    for (int place = 0; place < DIMENSIONS; place++)
        dot += output[place] * sum->values[place];
    return (float)(1. / (1 + expf(-dot)));
}

/* Goes down from a node, nowhere that cannot hold one of the best labels. */
static void
descend(const Sum *sum, int32_t node, float score, Found *best, int *count)
{
    const Model *model = sum->model;
    if (score < logarithm(0) || (*count == BEST && score < best[BEST - 1].score))
        return;
    if (node < model->labels) {
        insert(best, count, score, node);
        return;
    }
    int32_t inner = node - model->labels;
    float right = likelihood(sum, model->outputs + inner * DIMENSIONS);
    descend(sum, model->children[2 * inner], score + logarithm((float)(1. - right)), best, count);
    descend(sum, model->children[2 * inner + 1], score + logarithm(right), best, count);
}

static PyObject *
best_labels(Sum *sum)
{
    const Model *model = sum->model;
    Found best[BEST];
    int count = 0;
    float share = (float)(1. / (double)sum->rows);
    for (int place = 0; place < DIMENSIONS; place++)
        sum->values[place] *= share;
    descend(sum, 2 * model->labels - 2, 0, best, &count);
    PyObject *found = PyList_New(count);
    for (int place = 0; found && place < count; place++) {
        PyObject *pair = Py_BuildValue("(if)", best[place].label, expf(best[place].score));
        if (!pair)
            Py_CLEAR(found);
        else
            PyList_SET_ITEM(found, place, pair);
    }
    return found;
}

/* The most that can be looked up: each byte may begin a word, and three grams, and so may the bracket
   before each word. */
static Py_ssize_t
room_for(Py_ssize_t length)
{
    return (MOST + 1) * (length + 2);
}

static PyObject *
Model_labels(Model *model, PyObject *given)
{
    char *read;
    Py_ssize_t length;
    if (PyBytes_AsStringAndSize(given, &read, &length) < 0)
        return NULL;
    if (length > LONGEST)
        return PyErr_Format(PyExc_ValueError, "a line has %d bytes at most", LONGEST);
    uint8_t *text = PyMem_Malloc((size_t)length + 2);
    Line line = {model, PyMem_New(uint32_t, room_for(length)), 0};
    PyObject *found = NULL;
    if (text && line.keys) {
        memcpy(text + 1, read, (size_t)length);
        if (note_words(&line, text + 1, length)) {
            Sum sum = {model, {0}, 0};
            sift(&line);
            for (Py_ssize_t at = 0; at < line.count; at++)
                add_row(&sum, row_of_key(model, line.keys[at]));
            found = sum.rows ? best_labels(&sum) : PyList_New(0);
        }
    } else {
        PyErr_NoMemory();
    }
    PyMem_Free(text);
    PyMem_Free(line.keys);
    return found;
}

/* The model. */

static int
refuse(const char *why)
{
    PyErr_SetString(PyExc_ValueError, why);
    return 0;
}

static void *
copied(const Py_buffer *view)
{
    void *copy = PyMem_Malloc(view->len ? (size_t)view->len : 1);
    if (copy)
        memcpy(copy, view->buf, (size_t)view->len);
    else
        PyErr_NoMemory();
    return copy;
}

static void
set_row(Row *row, uint32_t key, const uint8_t *codes, const float *norm)
{
    row->key = key;
    memcpy(row->codes, codes, PARTS);
    row->norm = *norm;
}

static int
add_bucket(Model *model, int32_t bucket, const uint8_t *codes, const float *norm)
{
    if (bucket < 0 || (uint32_t)bucket >= model->buckets)
        return refuse("a gram has no bucket");
    uint32_t key = (uint32_t)bucket + 1, slot = slot_of(model, (uint32_t)bucket);
    while (model->of_grams[slot].key && model->of_grams[slot].key != key)
        slot = (slot + 1) & model->mask;
    set_row(&model->of_grams[slot], key, codes, norm);
    model->are_known[bucket / 8] |= (uint8_t)(1 << bucket % 8);
    return 1;
}

/* Takes the rows: of words first, then of the grams with these buckets. */
static int
take_rows(Model *model, const Py_buffer *buckets, const Py_buffer *codes, const Py_buffer *norms)
{
    Py_ssize_t rows = codes->len / PARTS, grams = buckets->len / (Py_ssize_t)sizeof(int32_t);
    Py_ssize_t words = rows - grams, slots = 1;
    const float *norm = norms->buf;
    const uint8_t *code = codes->buf;
    if (!holds_numbers(buckets, sizeof(int32_t)) || !holds_numbers(norms, sizeof(float)))
        return 0;
    if (codes->len % PARTS || norms->len != rows * (Py_ssize_t)sizeof(float) || words < 0
        || rows > INT32_MAX / 4 || !model->buckets || model->buckets > MOST_BUCKETS)
        return refuse("rows, buckets and norms of a model do not fit");
    while (slots < 2 * grams)
        slots *= 2;
    model->mask = (uint32_t)slots - 1;
    model->word_count = words;
    model->of_words = PyMem_New(Row, words + 1);
    model->of_grams = PyMem_Calloc((size_t)slots, sizeof(Row));
    model->are_known = PyMem_Calloc(model->buckets / 8 + 1, 1);
    if (!model->of_words || !model->of_grams || !model->are_known)
        return PyErr_NoMemory() != NULL;
    for (Py_ssize_t row = 0; row < words; row++)
        set_row(&model->of_words[row], 0, code + row * PARTS, norm + row);
    for (Py_ssize_t row = words; row < rows; row++)
        if (!add_bucket(model, ((int32_t *)buckets->buf)[row - words], code + row * PARTS, norm + row))
            return 0;
    return 1;
}

/* Takes what makes labels of sums. A node stands behind its children, so that all ways end. */
static int
take_tree(Model *model, const Py_buffer *centroids, const Py_buffer *outputs,
          const Py_buffer *children)
{
    Py_ssize_t inner = children->len / (2 * (Py_ssize_t)sizeof(int32_t));
    if (!holds_numbers(centroids, sizeof(float)) || !holds_numbers(outputs, sizeof(float))
        || !holds_numbers(children, 2 * sizeof(int32_t)))
        return 0;
    if (centroids->len != PARTS * CENTROIDS * PER_PART * (Py_ssize_t)sizeof(float) || inner < 1
        || inner >= DEEPEST
        || outputs->len < inner * DIMENSIONS * (Py_ssize_t)sizeof(float))
        return refuse("centroids, labels and tree of a model do not fit");
    model->labels = (int32_t)inner + 1;
    for (Py_ssize_t place = 0; place < 2 * inner; place++) {
        int32_t child = ((int32_t *)children->buf)[place];
        if (child < 0 || child >= model->labels + place / 2)
            return refuse("a tree of labels has a node before its children");
    }
    model->centroids = copied(centroids);
    model->outputs = copied(outputs);
    model->children = copied(children);
    return model->centroids && model->outputs && model->children;
}

static PyObject *
Model_new(PyTypeObject *type, PyObject *arguments, PyObject *keywords)
{
    static char *names[] = {"words", "bucket_count", "buckets", "codes", "norms",
                            "centroids", "outputs", "children", NULL};
    PyObject *words;
    unsigned bucket_count;
    Py_buffer buckets, codes, norms, centroids, outputs, children;
    if (!PyArg_ParseTupleAndKeywords(arguments, keywords, "O!Iy*y*y*y*y*y*", names, &PyDict_Type,
                                     &words, &bucket_count, &buckets, &codes, &norms, &centroids,
                                     &outputs, &children))
        return NULL;
    Model *model = (Model *)type->tp_alloc(type, 0);
    if (model) {
        model->words = Py_NewRef(words);
        model->buckets = bucket_count;
        if (!take_rows(model, &buckets, &codes, &norms)
            || !take_tree(model, &centroids, &outputs, &children))
            Py_CLEAR(model);
    }
    Py_buffer *all[] = {&buckets, &codes, &norms, &centroids, &outputs, &children};
    for (size_t index = 0; index < sizeof all / sizeof *all; index++)
        PyBuffer_Release(all[index]);
    return (PyObject *)model;
}

static void
Model_dealloc(Model *model)
{
    void *held[] = {model->of_words, model->of_grams, model->are_known,
                    model->centroids, model->outputs, model->children};
    for (size_t index = 0; index < sizeof held / sizeof *held; index++)
        PyMem_Free(held[index]);
    Py_XDECREF(model->words);
    Py_TYPE(model)->tp_free((PyObject *)model);
}

static PyMethodDef Model_methods[] = {
    {"labels", (PyCFunction)Model_labels, METH_O,
     "Returns the eight likeliest labels of a line in UTF-8, each with its probability."},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject ModelType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "jingyu.filters.language.linear.Model",
    .tp_doc = "A quantized model of fastText.",
    .tp_basicsize = sizeof(Model),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = Model_new,
    .tp_dealloc = (destructor)Model_dealloc,
    .tp_methods = Model_methods,
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "linear",
    .m_doc = "Labels of a quantized model of fastText.",
    .m_size = -1,
};

PyMODINIT_FUNC
PyInit_linear(void)
{
    PyObject *made = PyType_Ready(&ModelType) < 0 ? NULL : PyModule_Create(&module);
    if (made && PyModule_AddObjectRef(made, "Model", (PyObject *)&ModelType) < 0)
        Py_CLEAR(made);
    return made;
}
