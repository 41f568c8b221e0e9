/* The lines of a page, and rows of tables that become lines. */

#include "reader.h"

enum { LONGEST_CELL = 120, MOST_IN_ROW = 200 };

static int
count_characters(Page *page, const Py_UCS4 *text, Py_ssize_t length)
{
    const uint8_t *sorts = page->reader->sort;
    int32_t counts[CLOSING] = {0};
    unsigned sort = OTHER;
    for (Py_ssize_t at = 0; at < length; at++) {
        sort = sorts[text[at] < BASIC_PLANE ? text[at] : BASIC_PLANE - 1];
        counts[sort & (CLOSING - 1)]++;
    }
    for (int each = 0; each < SORTS; each++)
        if (!push(&page->counts[each], counts[each]))
            return 0;
    return push(&page->length, length) && push(&page->closed, sort >= CLOSING);
}

int
add_line(Page *page, const Py_UCS4 *text, Py_ssize_t length, Py_ssize_t linked, int32_t node,
         int kind)
{
    PyObject *line = string_of(text, length);
    if (!line)
        return 0;
    int done = PyList_Append(page->texts, line) == 0;
    Py_DECREF(line);
    /* Each line of preformatted text is said to have the links of all of it: a row of such may add
       up to more than there can be. */
    linked = linked < INT32_MAX ? linked : INT32_MAX;
    return done && count_characters(page, text, length) && push(&page->link_length, linked)
           && push(&page->node, node) && push(&page->kind, kind);
}

static int
add_preformatted(Page *page, int32_t node)
{
    const Py_UCS4 *text = page->run.at;
    Py_ssize_t end, count = page->run.count;
    for (Py_ssize_t at = 0; at <= count; at = end + 1) {
        end = find(text, at, count, '\n');
        Py_ssize_t length = end - at;
        while (length && Py_UNICODE_ISSPACE(text[at + length - 1]))
            length--;
        if (length && !add_line(page, text + at, length, page->linked, node, IN_PREFORMATTED))
            return 0;
    }
    return 1;
}

/* Makes one space of each stretch of white space in the run, none at its ends. */
void
join_words(Chars *run)
{
    Py_ssize_t to = 0;
    int is_apart = 0;
    for (Py_ssize_t at = 0; at < run->count; at++) {
        Py_UCS4 character = run->at[at];
        if (Py_UNICODE_ISSPACE(character)) {
            is_apart = to > 0;
            continue;
        }
        if (is_apart)
            run->at[to++] = ' ';
        is_apart = 0;
        run->at[to++] = character;
    }
    run->count = to;
}

int
end_line(Page *page)
{
    static const Py_UCS4 newline = '\n';
    const Reader *reader = page->reader;
    if (page->kind.count >= reader->most_lines)
        return append(&page->run, &newline, 1);
    int32_t node = page->stack.at[page->stack.count - 1];
    int done = unescape_run(page);
    if (done && page->flow == IN_PREFORMATTED)
        done = add_preformatted(page, node);
    else if (done) {
        int name = page->name.at[node];
        int kind = page->flow ? page->flow : name == NO_NAME ? IN_CONTAINER : reader->place[name];
        join_words(&page->run);
        if (page->run.count)
            done = add_line(page, page->run.at, page->run.count, page->linked, node, kind);
    }
    page->run.count = 0;
    page->linked = 0;
    return done;
}

int
read_text(Page *page, const Py_UCS4 *text, Py_ssize_t length, Py_ssize_t link_depth)
{
    if (!length || (!page->run.count && is_all_space(text, length)))
        return 1;
    if (link_depth)
        page->linked += stripped_length(text, length);
    return append(&page->run, text, length);
}

/* Rows of tables. */

typedef struct {
    int32_t node[MOST_IN_ROW];
    int of_line[MOST_IN_ROW];
    int count;
} Cells;

static void
cells_of(const Page *page, int32_t row, Py_ssize_t first, Py_ssize_t count, Cells *cells)
{
    cells->count = 0;
    for (Py_ssize_t line = 0; line < count; line++) {
        int32_t node = page->node.at[first + line];
        while (page->parent.at[node] > row)
            node = page->parent.at[node];
        int cell = cells->count - 1;
        while (cell >= 0 && cells->node[cell] != node)
            cell--;
        if (cell < 0)
            cells->node[cell = cells->count++] = node;
        cells->of_line[line] = cell;
    }
}

static int
write_row(Page *page, const Cells *cells, Py_ssize_t first, Py_ssize_t count)
{
    static const Py_UCS4 tab = '\t', space = ' ';
    page->scratch.count = 0;
    for (int cell = 0; cell < cells->count; cell++) {
        int is_first = 1;
        if (cell && !append(&page->scratch, &tab, 1))
            return 0;
        for (Py_ssize_t line = 0; line < count; line++) {
            if (cells->of_line[line] != cell)
                continue;
            if (!is_first && !append(&page->scratch, &space, 1))
                return 0;
            is_first = 0;
            if (!append_string(&page->scratch, PyList_GET_ITEM(page->texts, first + line)))
                return 0;
        }
    }
    return 1;
}

int
join_row(Page *page, int32_t row)
{
    Cells cells;
    Py_ssize_t first = page->first.at[row], linked = 0;
    Py_ssize_t count = page->kind.count - first;
    int holds_row = row < page->last_row;
    if (row > page->last_row)
        page->last_row = row;
    if (holds_row || count < 2 || count > MOST_IN_ROW)
        return 1;
    for (Py_ssize_t line = first; line < page->kind.count; line++)
        if (PyUnicode_GET_LENGTH(PyList_GET_ITEM(page->texts, line)) > LONGEST_CELL)
            return 1;
    cells_of(page, row, first, count, &cells);
    if (cells.count < 2 || count > 2 * cells.count)
        return 1;
    if (!write_row(page, &cells, first, count))
        return 0;
    for (Py_ssize_t line = first; line < page->kind.count; line++)
        linked += page->link_length.at[line];
    if (PyList_SetSlice(page->texts, first, first + count, NULL) < 0)
        return 0;
    for (int each = 0; each < SORTS; each++)
        page->counts[each].count = first;
    page->link_length.count = page->node.count = page->kind.count = first;
    page->length.count = page->closed.count = first;
    if (!add_line(page, page->scratch.at, page->scratch.count, linked, row, IN_CELL))
        return 0;
    for (Py_ssize_t node = row; node < page->parent.count; node++) {
        if (page->first.at[node] > first + 1)
            page->first.at[node] = (int32_t)first + 1;
        if (page->last.at[node] > first + 1)
            page->last.at[node] = (int32_t)first + 1;
    }
    page->first.at[row] = (int32_t)first;
    return 1;
}
