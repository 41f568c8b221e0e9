/* What the second look adds: what the first one says of what is around each line. */

#include "rows.h"

enum { LONG = 200 };
static const float FAIR = 0.4f;

void
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
