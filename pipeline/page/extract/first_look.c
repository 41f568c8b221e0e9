/* What the first look sees of each line of a page. */

#include "rows.h"

enum { LONG_AGO = 60, VERY_FAR = 100, NEVER = 200 };
enum { FURNITURE = 15, LONGEST_FURNITURE = 80, FAIR_LENGTH = 25, LONG_SENTENCE = 400 };
enum { SENTENCE_MARKS = 2, SHORTEST_SENTENCE = 12, LONGEST_LINK = 12, WHOLE_TITLE = 2 };
static const float LINK = 0.5f;

static int
is_sentence(const Page *page, Py_ssize_t line, float link)
{
    int64_t marks = page->of_line[ENDS][line] * INT64_C(3) + page->of_line[PAUSES][line];
    return marks >= SENTENCE_MARKS && page->of_line[LENGTH][line] >= SHORTEST_SENTENCE
           && !(link > LINK);
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
        int32_t node = page->of_line[NODE][line];
        int64_t common = depth[page->shared[node]];
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

void
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
