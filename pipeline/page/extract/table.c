/* Tables: the columns that cells stand in, and rows that become lines. */

#include "reader.h"

enum { LONGEST_CELL = 120, MOST_IN_ROW = 200, MOST_ROWS = 10000, READ = 1000 };

/* The grid of the innermost open table, NULL if there is none or too many are open. */
Grid *
grid_of(Page *page)
{
    return page->tables > 0 && page->tables <= MOST_GRIDS ? &page->grids[page->tables - 1] : NULL;
}

int
push_grid(Page *page)
{
    if (++page->tables > MOST_GRIDS)
        return 1;
    if (!make_room((void **)&page->grids, &page->grid_room, page->tables, sizeof(Grid)))
        return 0;
    page->grids[page->tables - 1] = (Grid){.number = ++page->table_count};
    return 1;
}

void
begin_row(Page *page)
{
    Grid *grid = grid_of(page);
    if (!grid)
        return;
    grid->next = 0;
    for (int column = 0; column < grid->width; column++)
        grid->left[column] -= grid->left[column] > 0;
}

static Py_ssize_t
skip_signs(const Py_UCS4 *text, Py_ssize_t at, Py_ssize_t end, const char *signs)
{
    while (at < end && text[at] < 0x80 && text[at] && strchr(signs, (int)text[at]))
        at++;
    return at;
}

int32_t
number_in(const Py_UCS4 *text, Py_ssize_t end, const char *name, int32_t other)
{
    Py_ssize_t length = (Py_ssize_t)strlen(name);
    end = end < READ ? end : READ;
    for (Py_ssize_t at = 0; at + length < end; at++) {
        Py_ssize_t same = 0;
        while (same < length && (text[at + same] | 0x20) == (Py_UCS4)name[same])
            same++;
        if (same < length || (at && (is_ascii_letter(text[at - 1]) || text[at - 1] == '-')))
            continue;
        Py_ssize_t digit = skip_signs(text, at + length, end, " =");
        if (digit == at + length)
            continue;
        digit = skip_signs(text, digit, end, "\"'");
        int32_t number = 0;
        Py_ssize_t first = digit;
        for (; digit < end && digit < first + 6 && is_ascii_digit(text[digit]); digit++)
            number = number * 10 + (int32_t)(text[digit] - '0');
        if (digit > first)
            return number;
    }
    return other;
}

static int32_t
span_in(const Py_UCS4 *attributes, Py_ssize_t length, const char *name, int32_t most)
{
    int32_t span = number_in(attributes, length, name, 1);
    return span < 1 ? 1 : span > most ? most : span;
}

/* Gives a cell the first column that no cell before it covers. */
int
place_cell(Page *page, int32_t node, const Py_UCS4 *attributes, Py_ssize_t length)
{
    Grid *grid = grid_of(page);
    if (!grid)
        return 1;
    while (grid->next < grid->width && grid->left[grid->next])
        grid->next++;
    page->column.at[node] = grid->next;
    int32_t columns = 1, rows = 1;
    if (length > (Py_ssize_t)strlen("span=1")) {
        columns = span_in(attributes, length, "colspan", MOST_COLUMNS);
        rows = span_in(attributes, length, "rowspan", MOST_ROWS);
    }
    int end = grid->next + columns < MOST_COLUMNS ? grid->next + columns : MOST_COLUMNS - 1;
    for (; grid->next < end; grid->next++)
        grid->left[grid->next] = rows;
    grid->width = end > grid->width ? end : grid->width;
    return 1;
}

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

/* Goes on to the column of a cell, at least one further if there is a cell before. */
static int
write_tabs(Page *page, int32_t column, int32_t *last)
{
    static const Py_UCS4 tab = '\t';
    int32_t next = *last < 0 || column > *last ? column : *last + 1;
    for (int32_t at = *last < 0 ? 0 : *last; at < next; at++)
        if (!append(&page->scratch, &tab, 1))
            return 0;
    *last = next;
    return 1;
}

static int
write_row(Page *page, const Cells *cells, Py_ssize_t first, Py_ssize_t count)
{
    static const Py_UCS4 space = ' ';
    int32_t last = -1;
    page->scratch.count = 0;
    for (int cell = 0; cell < cells->count; cell++) {
        int is_first = 1;
        if (!write_tabs(page, page->column.at[cells->node[cell]], &last))
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
    Grid *grid = grid_of(page);
    int holds_row = row < page->last_row;
    if (row > page->last_row)
        page->last_row = row;
    if (holds_row || count < 1 || count > MOST_IN_ROW || (count < 2 && !(grid && grid->joined)))
        return 1;
    for (Py_ssize_t line = first; line < page->kind.count; line++)
        if (page->kind.at[line] == IN_PREFORMATTED
            || PyUnicode_GET_LENGTH(PyList_GET_ITEM(page->texts, line)) > LONGEST_CELL)
            return 1;
    cells_of(page, row, first, count, &cells);
    if (count > 2 * cells.count
        || (cells.count < 2 && (count > 1 || !page->column.at[cells.node[0]])))
        return 1;
    if (grid)
        grid->joined = 1;
    if (!write_row(page, &cells, first, count))
        return 0;
    for (Py_ssize_t line = first; line < page->kind.count; line++)
        linked += page->link_length.at[line];
    if (PyList_SetSlice(page->texts, first, first + count, NULL) < 0)
        return 0;
    for (int each = 0; each < SORTS; each++)
        page->counts[each].count = first;
    page->link_length.count = page->node.count = page->kind.count = first;
    page->length.count = page->closed.count = page->mark.count = first;
    page->item = grid ? grid->number : 0;
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
