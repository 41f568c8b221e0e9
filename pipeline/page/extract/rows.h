/* Rows of a matrix with a column per line, and the sums that they are made from. */

#ifndef JINGYU_ROWS_H
#define JINGYU_ROWS_H

#include "basics.h"
#include <math.h>

/* The arrays that are read, in the order in which they are given. */
enum {
    LENGTH, LINK_LENGTH, ENDS, PAUSES, HAN, DIGITS, LETTERS, CLOSED, KIND, REPEATED, TITLED, PHRASES,
    NODE, GROUP, LINE_ARRAYS
};
enum { PARENT, HINTS, INHERITED, DEPTH, FIRST, LAST, NODE_ARRAYS };
enum { SUM_LENGTH, SUM_LINKS, SUM_SENTENCES, SUM_WORTH, SUMS };

enum { PHRASE_SORTS = 8, HINT_SORTS = 15, LEVELS = 3, STATISTICS = 6 };
enum { MEASURES = 13 + 9 + 11 + 34 + PHRASE_SORTS + HINT_SORTS, MORE_MEASURES = 23 };

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

/* A page whose arrays someone else holds. */
typedef struct {
    Page page;
    Py_buffer views[LINE_ARRAYS + NODE_ARRAYS];
} Arrays;

static inline float
smaller(float one, float other)
{
    return one < other ? one : other;
}

static inline float
larger(float one, float other)
{
    return one > other ? one : other;
}

float *next_row(Page *page);
void fill_row(Page *page, double value);
void copy_row(Page *page, const int32_t *values);
void ratio_row(Page *page, const int32_t *values, const int32_t *more);
void shifted_row(Page *page, const float *values, Py_ssize_t shift, float beyond);
void share_row(Page *page, const float *sums, float whole);
void window_row(Page *page, const float *sums, const float *whole);
void node_row(Page *page, const int32_t *node, const float *values);
void held_row(Page *page, Py_ssize_t node);
void distance_row(Page *page, Py_ssize_t node);
void add_up(Page *page, int which, const float *values);
float total(const Page *page, int which);
Py_ssize_t deepest(const Page *page, const float *mass, float limit);
Py_ssize_t best_of(const Page *page, const float *values);
double *group_sums(Page *page, int number, const float *values, const float *sums);
void group_row(Page *page, const double *values, const double *whole, double of_all);
void group_size_row(Page *page, const double *size);

/* Views the arrays of lines and of containers; 0 with the error set if they do not fit each other.
   What is viewed is to be released in any case. */
int view_page(PyObject *lines, PyObject *nodes, Arrays *arrays);
void release_page(Arrays *arrays);
PyObject *corrected(PyObject *module, PyObject *arguments);
PyObject *expected_score(PyObject *module, PyObject *arguments);
PyObject *repeats(PyObject *module, PyObject *arguments);

/* The rows of the first look; those that the second one adds. */
void measure_page(Page *page);
void measure_more(Page *page, const float *probability);

#endif
