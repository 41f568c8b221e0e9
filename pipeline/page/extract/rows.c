/* Rows of a matrix with a column per line, and the sums that they are made from. */

#include "rows.h"

enum { WINDOW = 4, FAR_AWAY = 50 };

/* Rows: a value per line, or one for all. */

float *
next_row(Page *page)
{
    float *row = page->row;
    page->row += page->lines;
    return row;
}

void
fill_row(Page *page, double value)
{
    float *row = next_row(page);
    for (Py_ssize_t line = 0; line < page->lines; line++)
        row[line] = (float)value;
}

void
copy_row(Page *page, const int32_t *values)
{
    float *row = next_row(page);
    for (Py_ssize_t line = 0; line < page->lines; line++)
        row[line] = (float)values[line];
}

void
ratio_row(Page *page, const int32_t *values, const int32_t *more)
{
    float *row = next_row(page);
    for (Py_ssize_t line = 0; line < page->lines; line++)
        row[line] = (float)(values[line] + (int64_t)(more ? more[line] : 0))
                    / (float)page->of_line[LENGTH][line];
}

/* The row again, a line or two earlier (below 0) or later; what is beyond the page has a value. */
void
shifted_row(Page *page, const float *values, Py_ssize_t shift, float beyond)
{
    float *row = next_row(page);
    for (Py_ssize_t line = 0; line < page->lines; line++) {
        Py_ssize_t place = line + shift;
        row[line] = place >= 0 && place < page->lines ? values[place] : beyond;
    }
}

void
share_row(Page *page, const float *sums, float whole)
{
    float *row = next_row(page);
    for (Py_ssize_t line = 0; line < page->lines; line++)
        row[line] = sums[line] / whole;
}

/* Of two sums over each line and the four on either side, the ratio; the sum itself if not of any. */
void
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

void
node_row(Page *page, const int32_t *node, const float *values)
{
    float *row = next_row(page);
    for (Py_ssize_t line = 0; line < page->lines; line++)
        row[line] = values[node[line]];
}

/* Whether a container holds each line. */
void
held_row(Page *page, Py_ssize_t node)
{
    float *row = next_row(page);
    for (Py_ssize_t line = 0; line < page->lines; line++)
        row[line] = line >= page->of_node[FIRST][node] && line < page->of_node[LAST][node];
}

/* How many lines each line stands before (below 0) or after a container. */
void
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

void
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

float
total(const Page *page, int which)
{
    return page->sums[which][page->lines];
}

/* The innermost container with at least that much of the mass; 0 if there is none. */
Py_ssize_t
deepest(const Page *page, const float *mass, float limit)
{
    Py_ssize_t node = limit > 0 ? page->nodes - 1 : 0;
    while (node && !(mass[node] >= limit))
        node--;
    return node;
}

/* The last container with the most of something. */
Py_ssize_t
best_of(const Page *page, const float *values)
{
    Py_ssize_t best = page->nodes - 1;
    for (Py_ssize_t node = best - 1; node >= 0; node--)
        if (values[node] > values[best])
            best = node;
    return best;
}

/* The sum over the lines of each group; of what is added up before each line if there is no other. */
double *
group_sums(Page *page, int number, const float *values, const float *sums)
{
    double *of_group = page->of_group + number * page->groups;
    memset(of_group, 0, (size_t)page->groups * sizeof(double));
    for (Py_ssize_t line = 0; line < page->lines; line++)
        of_group[page->of_line[GROUP][line]] +=
            values ? values[line] : sums ? sums[line + 1] - sums[line] : 1;
    return of_group;
}

void
group_row(Page *page, const double *values, const double *whole, double of_all)
{
    float *row = next_row(page);
    for (Py_ssize_t line = 0; line < page->lines; line++) {
        Py_ssize_t group = page->of_line[GROUP][line];
        row[line] = (float)(values[group] / (whole ? whole[group] : of_all));
    }
}

void
group_size_row(Page *page, const double *size)
{
    float *row = next_row(page);
    for (Py_ssize_t line = 0; line < page->lines; line++)
        row[line] = (float)log1p(size[page->of_line[GROUP][line]]);
}
