/* What is measured on each line of a page and on what is around it: rows of a matrix with a column
   per line, so that each question of a tree reads one row.

   features.py names the rows. Sums run from the first line to the last, in single precision. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

/* The arrays that are read, in the order in which they are given. */
enum {
    LENGTH, LINK_LENGTH, ENDS, PAUSES, HAN, DIGITS, LETTERS, CLOSED, KIND, REPEATED, TITLED, PHRASES,
    NODE, GROUP, LINE_ARRAYS
};
enum { PARENT, HINTS, INHERITED, DEPTH, FIRST, LAST, NODE_ARRAYS };
enum { SUM_LENGTH, SUM_LINKS, SUM_SENTENCES, SUM_WORTH, SUMS };

enum { PHRASE_SORTS = 8, HINT_SORTS = 15, LEVELS = 3, STATISTICS = 6 };
enum { MEASURES = 13 + 9 + 11 + 34 + PHRASE_SORTS + HINT_SORTS, MORE_MEASURES = 23 };

enum { WINDOW = 4, FAR_AWAY = 50, LONG_AGO = 60, VERY_FAR = 100, NEVER = 200 };
enum { FURNITURE = 15, LONGEST_FURNITURE = 80, FAIR_LENGTH = 25, LONG_SENTENCE = 400 };
enum { SENTENCE_MARKS = 2, SHORTEST_SENTENCE = 12, LONGEST_LINK = 12, WHOLE_TITLE = 2, LONG = 200 };
static const float LINK = 0.5f, FAIR = 0.4f;

typedef struct {
    const int32_t *of_line[LINE_ARRAYS], *of_node[NODE_ARRAYS];
    Py_ssize_t lines, nodes, groups;
    float *row;
    /* Per line and one: sums before it. Per node: sums in it. */
    float *sums[SUMS], *inside[SUMS];
    float *scratch;
    int32_t *shared;
    double *of_group;
} Page;

static float
smaller(float one, float other)
{
    return one < other ? one : other;
}

static float
larger(float one, float other)
{
    return one > other ? one : other;
}

/* Rows: a value per line, or one for all. */

static float *
next_row(Page *page)
{
    float *row = page->row;
    page->row += page->lines;
    return row;
}

static void
fill_row(Page *page, double value)
{
    float *row = next_row(page);
    for (Py_ssize_t line = 0; line < page->lines; line++)
        row[line] = (float)value;
}

static void
copy_row(Page *page, const int32_t *values)
{
    float *row = next_row(page);
    for (Py_ssize_t line = 0; line < page->lines; line++)
        row[line] = (float)values[line];
}

static void
ratio_row(Page *page, const int32_t *values, const int32_t *more)
{
    float *row = next_row(page);
    for (Py_ssize_t line = 0; line < page->lines; line++)
        row[line] = (float)(values[line] + (more ? more[line] : 0))
                    / (float)page->of_line[LENGTH][line];
}

/* The row again, a line or two earlier (below 0) or later; what is beyond the page has a value. */
static void
shifted_row(Page *page, const float *values, Py_ssize_t shift, float beyond)
{
    float *row = next_row(page);
    for (Py_ssize_t line = 0; line < page->lines; line++) {
        Py_ssize_t place = line + shift;
        row[line] = place >= 0 && place < page->lines ? values[place] : beyond;
    }
}

static void
share_row(Page *page, const float *sums, float whole)
{
    float *row = next_row(page);
    for (Py_ssize_t line = 0; line < page->lines; line++)
        row[line] = sums[line] / whole;
}

/* Of two sums over each line and the four on either side, the ratio; the sum itself if not of any. */
static void
window_row(Page *page, const float *sums, const float *whole)
{
    float *row = next_row(page);
    for (Py_ssize_t line = 0; line < page->lines; line++) {
        Py_ssize_t low = line > WINDOW ? line - WINDOW : 0;
        Py_ssize_t high = line + WINDOW + 1 < page->lines ? line + WINDOW + 1 : page->lines;
        float sum = sums[high] - sums[low];
        row[line] = whole ? sum / (whole[high] - whole[low]) : log1pf(sum);
    }
}

static void
node_row(Page *page, const int32_t *node, const float *values)
{
    float *row = next_row(page);
    for (Py_ssize_t line = 0; line < page->lines; line++)
        row[line] = values[node[line]];
}

/* Whether a container holds each line. */
static void
held_row(Page *page, Py_ssize_t node)
{
    float *row = next_row(page);
    for (Py_ssize_t line = 0; line < page->lines; line++)
        row[line] = line >= page->of_node[FIRST][node] && line < page->of_node[LAST][node];
}

/* How many lines each line stands before (below 0) or after a container. */
static void
distance_row(Page *page, Py_ssize_t node)
{
    float *row = next_row(page);
    Py_ssize_t first = page->of_node[FIRST][node], last = page->of_node[LAST][node];
    for (Py_ssize_t line = 0; line < page->lines; line++) {
        Py_ssize_t distance = line < first ? line - first : line < last ? 0 : line - last + 1;
        row[line] = distance < -FAR_AWAY ? -FAR_AWAY : distance > FAR_AWAY ? FAR_AWAY : distance;
    }
}

/* Sums. */

static void
add_up(Page *page, int which, const float *values)
{
    float *sums = page->sums[which], sum = 0;
    for (Py_ssize_t line = 0; line < page->lines; line++) {
        sums[line] = sum;
        sum += values[line];
    }
    sums[page->lines] = sum;
    for (Py_ssize_t node = 0; node < page->nodes; node++)
        page->inside[which][node] = sums[page->of_node[LAST][node]] - sums[page->of_node[FIRST][node]];
}

static float
total(const Page *page, int which)
{
    return page->sums[which][page->lines];
}

/* The innermost container with at least that much of the mass; 0 if there is none. */
static Py_ssize_t
deepest(const Page *page, const float *mass, float limit)
{
    Py_ssize_t node = limit > 0 ? page->nodes - 1 : 0;
    while (node && !(mass[node] >= limit))
        node--;
    return node;
}

/* The last container with the most of something. */
static Py_ssize_t
best_of(const Page *page, const float *values)
{
    Py_ssize_t best = page->nodes - 1;
    for (Py_ssize_t node = best - 1; node >= 0; node--)
        if (values[node] > values[best])
            best = node;
    return best;
}

/* The sum over the lines of each group; of what is added up before each line if there is no other. */
static double *
group_sums(Page *page, int number, const float *values, const float *sums)
{
    double *of_group = page->of_group + number * page->groups;
    memset(of_group, 0, (size_t)page->groups * sizeof(double));
    for (Py_ssize_t line = 0; line < page->lines; line++)
        of_group[page->of_line[GROUP][line]] +=
            values ? values[line] : sums ? sums[line + 1] - sums[line] : 1;
    return of_group;
}

static void
group_row(Page *page, const double *values, const double *whole, double of_all)
{
    float *row = next_row(page);
    for (Py_ssize_t line = 0; line < page->lines; line++) {
        Py_ssize_t group = page->of_line[GROUP][line];
        row[line] = (float)(values[group] / (whole ? whole[group] : of_all));
    }
}

static void
group_size_row(Page *page, const double *size)
{
    float *row = next_row(page);
    for (Py_ssize_t line = 0; line < page->lines; line++)
        row[line] = (float)log1p(size[page->of_line[GROUP][line]]);
}

/* The first look. */

static int
is_sentence(const Page *page, Py_ssize_t line, float link)
{
    return page->of_line[ENDS][line] * 3 + page->of_line[PAUSES][line] >= SENTENCE_MARKS
           && page->of_line[LENGTH][line] >= SHORTEST_SENTENCE && !(link > LINK);
}

/* What a line speaks for or against its containers: long sentences for, links and short against. */
static float
worth(const Page *page, Py_ssize_t line, float plain, float link)
{
    int32_t length = page->of_line[LENGTH][line];
    if (page->of_line[PHRASES][line] & FURNITURE && length < LONGEST_FURNITURE)
        return -15;
    if (is_sentence(page, line, link))
        return smaller(plain, LONG_SENTENCE);
    if (link > LINK)
        return -8 - smaller((float)length, LONGEST_LINK);
    return length >= FAIR_LENGTH ? plain * 0.3f : -3;
}

static void
line_rows(Page *page)
{
    const int32_t *const *of_line = page->of_line;
    float *log_length = next_row(page), *link = next_row(page), *values = page->scratch;
    for (Py_ssize_t line = 0; line < page->lines; line++) {
        float length = (float)of_line[LENGTH][line];
        log_length[line] = log1pf(length);
        link[line] = smaller((float)of_line[LINK_LENGTH][line], length) / length;
    }
    for (int which = 0; which < SUMS; which++) {
        for (Py_ssize_t line = 0; line < page->lines; line++) {
            float length = (float)of_line[LENGTH][line];
            float linked = smaller((float)of_line[LINK_LENGTH][line], length);
            float plain = length - linked;
            values[line] = which == SUM_LENGTH  ? length
                           : which == SUM_LINKS ? linked
                           : which == SUM_WORTH ? worth(page, line, plain, link[line])
                           : is_sentence(page, line, link[line]) ? plain
                                                                 : 0;
        }
        add_up(page, which, values);
    }
    copy_row(page, of_line[ENDS]);
    copy_row(page, of_line[PAUSES]);
    ratio_row(page, of_line[ENDS], of_line[PAUSES]);
    for (int sort = HAN; sort <= LETTERS; sort++)
        ratio_row(page, of_line[sort], NULL);
    for (int each = CLOSED; each <= TITLED; each++)
        copy_row(page, of_line[each]);
    float *since_title = next_row(page);
    Py_ssize_t title = -LONG_AGO;
    for (Py_ssize_t line = 0; line < page->lines; line++) {
        if (of_line[TITLED][line] == WHOLE_TITLE)
            title = line;
        since_title[line] = line - title < LONG_AGO ? line - title : LONG_AGO;
    }
}

static void
page_rows(Page *page)
{
    double length = total(page, SUM_LENGTH), good = total(page, SUM_SENTENCES);
    fill_row(page, log1p((double)page->lines));
    fill_row(page, log1p(length));
    fill_row(page, log1p(good));
    fill_row(page, good / length);
    fill_row(page, total(page, SUM_LINKS) / length);
    float *place = next_row(page);
    for (Py_ssize_t line = 0; line < page->lines; line++)
        place[line] = (float)((double)line / (double)page->lines);
    share_row(page, page->sums[SUM_LENGTH], (float)length);
    share_row(page, page->sums[SUM_SENTENCES], larger((float)good, 1));
    float *depth = next_row(page);
    for (Py_ssize_t line = 0; line < page->lines; line++)
        depth[line] = (float)page->of_node[DEPTH][page->of_line[NODE][line]];
}

/* How many lines ago the last sentence stood, or after how many (step -1) the next one stands. */
static void
sentence_row(Page *page, const float *link, Py_ssize_t step)
{
    float *row = next_row(page);
    Py_ssize_t line = step > 0 ? 0 : page->lines - 1;
    Py_ssize_t ago = NEVER + line * (step > 0);
    for (; line >= 0 && line < page->lines; line += step, ago++) {
        if (is_sentence(page, line, link[line]))
            ago = 0;
        row[line] = ago < VERY_FAR ? ago : VERY_FAR;
    }
}

static void
around_rows(Page *page, const float *log_length, const float *link, const float *punctuation)
{
    for (int shift = -1; shift <= 1; shift += 2) {
        shifted_row(page, log_length, shift, 0);
        shifted_row(page, link, shift, 1);
        shifted_row(page, punctuation, shift, 0);
    }
    window_row(page, page->sums[SUM_SENTENCES], page->sums[SUM_LENGTH]);
    window_row(page, page->sums[SUM_LINKS], page->sums[SUM_LENGTH]);
    window_row(page, page->sums[SUM_LENGTH], NULL);
    sentence_row(page, link, 1);
    sentence_row(page, link, -1);
}

static float
statistic(const Page *page, int which, Py_ssize_t node)
{
    float length = page->inside[SUM_LENGTH][node], good = page->inside[SUM_SENTENCES][node];
    double lines = page->of_node[LAST][node] - page->of_node[FIRST][node];
    switch (which) {
    case 0:
        return log1pf(length);
    case 1:
        return page->inside[SUM_LINKS][node] / larger(length, 1);
    case 2:
        return good / larger(length, 1);
    case 3:
        return good / larger(total(page, SUM_SENTENCES), 1);
    case 4:
        return (float)log1p(lines);
    default:
        return (float)(length / (lines > 1 ? lines : 1));
    }
}

static void
statistic_rows(Page *page)
{
    const int32_t *parent = page->of_node[PARENT];
    for (int which = 0; which < STATISTICS; which++) {
        for (Py_ssize_t node = 0; node < page->nodes; node++)
            page->scratch[node] = statistic(page, which, node);
        for (Py_ssize_t line = 0; line < page->lines; line++) {
            int32_t node = page->of_line[NODE][line];
            for (int level = 0; level < LEVELS; level++, node = parent[node])
                page->row[(level * STATISTICS + which) * page->lines + line] = page->scratch[node];
        }
    }
    page->row += LEVELS * STATISTICS * page->lines;
}

static void
group_rows(Page *page)
{
    double *size = group_sums(page, 0, NULL, NULL);
    double *length = group_sums(page, 1, NULL, page->sums[SUM_LENGTH]);
    double *linked = group_sums(page, 2, NULL, page->sums[SUM_LINKS]);
    double *good = group_sums(page, 3, NULL, page->sums[SUM_SENTENCES]);
    group_size_row(page, size);
    group_row(page, length, size, 0);
    group_row(page, linked, length, 0);
    group_row(page, good, length, 0);
    group_row(page, good, NULL, larger(total(page, SUM_SENTENCES), 1));
}

/* The levels from the best container up to one that holds a line, and down to it. */
static void
detour_rows(Page *page, Py_ssize_t best)
{
    const int32_t *parent = page->of_node[PARENT], *depth = page->of_node[DEPTH];
    float *above = next_row(page), *below = next_row(page);
    for (Py_ssize_t node = 0; node < page->nodes; node++)
        page->shared[node] = -1;
    for (Py_ssize_t node = best; page->shared[node] < 0; node = parent[node])
        page->shared[node] = (int32_t)node;
    for (Py_ssize_t node = 0; node < page->nodes; node++)
        if (page->shared[node] < 0)
            page->shared[node] = page->shared[parent[node]];
    for (Py_ssize_t line = 0; line < page->lines; line++) {
        int32_t node = page->of_line[NODE][line], common = depth[page->shared[node]];
        above[line] = (float)(depth[best] - common);
        below[line] = (float)(depth[node] - common);
    }
}

static void
container_rows(Page *page)
{
    float length = total(page, SUM_LENGTH), good = total(page, SUM_SENTENCES);
    const float *mass = page->inside[SUM_SENTENCES];
    Py_ssize_t most = deepest(page, mass, (float)(0.75 * good));
    Py_ssize_t best = best_of(page, page->inside[SUM_WORTH]);
    statistic_rows(page);
    group_rows(page);
    held_row(page, deepest(page, mass, (float)(0.5 * good)));
    held_row(page, most);
    distance_row(page, most);
    fill_row(page, statistic(page, 1, most));
    fill_row(page, page->inside[SUM_LENGTH][most] / length);
    held_row(page, best);
    distance_row(page, best);
    fill_row(page, statistic(page, 1, best));
    fill_row(page, page->inside[SUM_LENGTH][best] / length);
    detour_rows(page, best);
}

static void
bit_rows(Page *page)
{
    const int32_t *parent = page->of_node[PARENT];
    const int32_t *hints = page->of_node[HINTS], *inherited = page->of_node[INHERITED];
    for (int bit = 0; bit < PHRASE_SORTS; bit++) {
        float *row = next_row(page);
        for (Py_ssize_t line = 0; line < page->lines; line++)
            row[line] = page->of_line[PHRASES][line] >> bit & 1;
    }
    for (int bit = 0; bit < HINT_SORTS; bit++) {
        float *row = next_row(page);
        for (Py_ssize_t line = 0; line < page->lines; line++) {
            int32_t node = page->of_line[NODE][line];
            row[line] = ((hints[node] | hints[parent[node]]) >> bit & 1) + (inherited[node] >> bit & 1);
        }
    }
}

static void
measure_page(Page *page)
{
    const float *log_length = page->row, *link = log_length + page->lines;
    const float *punctuation = log_length + 4 * page->lines;
    line_rows(page);
    page_rows(page);
    around_rows(page, log_length, link, punctuation);
    container_rows(page);
    bit_rows(page);
}

/* The second look. */

static void
measure_more(Page *page, const float *probability)
{
    enum { WEIGHT, MASS, FAIRNESS };
    float *values = page->scratch;
    for (int which = WEIGHT; which <= FAIRNESS; which++) {
        for (Py_ssize_t line = 0; line < page->lines; line++) {
            float weight = smaller((float)page->of_line[LENGTH][line], LONG) + 5;
            values[line] = which == WEIGHT ? weight
                           : which == MASS ? weight * probability[line]
                                           : weight * (probability[line] - FAIR);
        }
        add_up(page, which, values);
    }
    float mass = larger(total(page, MASS), 1e-3f), highest = probability[0];
    Py_ssize_t best = best_of(page, page->inside[FAIRNESS]);
    for (Py_ssize_t line = 1; line < page->lines; line++)
        highest = larger(highest, probability[line]);
    for (int each = 0; each < 5; each++) {
        static const int shifts[] = {0, -1, 1, -2, 2};
        shifted_row(page, probability, shifts[each], 0);
    }
    window_row(page, page->sums[MASS], page->sums[WEIGHT]);
    float *mean = page->inside[WEIGHT], *share = page->inside[MASS];
    for (Py_ssize_t node = 0; node < page->nodes; node++) {
        float held = page->inside[MASS][node];
        mean[node] = held / larger(page->inside[WEIGHT][node], 1);
        share[node] = held / mass;
    }
    int32_t *node = page->shared;
    memcpy(node, page->of_line[NODE], (size_t)page->lines * sizeof(int32_t));
    for (int level = 0; level < LEVELS; level++) {
        node_row(page, node, mean);
        node_row(page, node, share);
        for (Py_ssize_t line = 0; line < page->lines; line++)
            node[line] = page->of_node[PARENT][node[line]];
    }
    double *size = group_sums(page, 0, NULL, NULL);
    double *weights = group_sums(page, 1, NULL, page->sums[WEIGHT]);
    for (Py_ssize_t line = 0; line < page->lines; line++)
        values[line] = (smaller((float)page->of_line[LENGTH][line], LONG) + 5) * probability[line];
    double *masses = group_sums(page, 2, values, NULL);
    group_row(page, masses, weights, 0);
    group_row(page, masses, NULL, mass);
    group_size_row(page, size);
    held_row(page, deepest(page, share, 0.5f));
    held_row(page, deepest(page, share, 0.8f));
    held_row(page, best);
    distance_row(page, best);
    fill_row(page, highest);
    fill_row(page, log1p(mass));
    fill_row(page, mass / total(page, WEIGHT));
    share_row(page, page->sums[MASS], mass);
}

/* From and to Python. */

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
        if (view->len != views[0].len || view->len % (Py_ssize_t)sizeof(int32_t)) {
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

/* Whether every place that is named exists: what is given is not trusted. */
static int
is_sound(Page *page)
{
    for (Py_ssize_t node = 0; node < page->nodes; node++)
        if (page->of_node[PARENT][node] > node)
            return 0;
    for (Py_ssize_t line = 0; line < page->lines; line++) {
        if (page->of_line[LENGTH][line] < 1)
            return 0;
        if (page->of_line[GROUP][line] >= page->groups)
            page->groups = page->of_line[GROUP][line] + 1;
    }
    return page->lines > 0 && page->nodes > 0 && page->groups <= page->lines
           && lie_within(page->of_node[PARENT], page->nodes, page->nodes)
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
    char *room = PyMem_Malloc(doubles + floats * sizeof(float) + (size_t)larger_count * sizeof(int32_t));
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

static PyObject *
measure(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    PyObject *lines, *nodes, *rows = NULL;
    Py_buffer views[LINE_ARRAYS + NODE_ARRAYS] = {0}, probability = {0};
    Page page = {0};
    if (!PyArg_ParseTuple(arguments, "OO|y*", &lines, &nodes, &probability))
        return NULL;
    page.lines = view_arrays(lines, LINE_ARRAYS, views, page.of_line);
    page.nodes = page.lines < 0 ? -1 : view_arrays(nodes, NODE_ARRAYS, views + LINE_ARRAYS, page.of_node);
    if (page.nodes >= 0) {
        Py_ssize_t size = page.lines * (Py_ssize_t)sizeof(float);
        void *room = NULL;
        if ((probability.buf && probability.len != size) || !is_sound(&page))
            PyErr_SetString(PyExc_ValueError, "the arrays do not fit each other");
        else if ((room = with_room(&page))
                 && (rows = PyBytes_FromStringAndSize(
                         NULL, size * (probability.buf ? MORE_MEASURES : MEASURES)))) {
            page.row = (float *)PyBytes_AS_STRING(rows);
            if (probability.buf)
                measure_more(&page, probability.buf);
            else
                measure_page(&page);
        }
        PyMem_Free(room);
    }
    for (int index = 0; index < LINE_ARRAYS + NODE_ARRAYS; index++)
        if (views[index].obj)
            PyBuffer_Release(&views[index]);
    if (probability.obj)
        PyBuffer_Release(&probability);
    return rows;
}

static PyMethodDef methods[] = {
    {"measure", measure, METH_VARARGS,
     "Returns as float32 the rows of the first look at some lines, or with their probabilities those\n"
     "that the second one adds.\n\n"
     "Args: arrays of int32 per line, arrays of int32 per container, probabilities (float32)."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "surroundings",
    .m_doc = "What is measured on lines and what is around them.",
    .m_size = 0,
    .m_methods = methods,
};

PyMODINIT_FUNC
PyInit_surroundings(void)
{
    return PyModuleDef_Init(&module);
}
