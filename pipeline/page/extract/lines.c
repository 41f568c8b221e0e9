/* The lines of a page. */

#include "reader.h"

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

/* The level of a heading, the empty lines before one of preformatted text, the number of an item on
   its first line; BULLET of an item without one, and of the first preformatted line. */
static int32_t
mark_of(Page *page, int kind)
{
    int32_t mark = kind == IN_HEADING        ? page->level
                   : kind != IN_PREFORMATTED ? page->item
                   : page->is_begun          ? page->gap
                                             : BULLET;
    page->item = page->gap = 0;
    page->is_begun = kind == IN_PREFORMATTED;
    return mark;
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
    return done && count_characters(page, text, length) && push(&page->link_length, linked)
           && push(&page->node, node) && push(&page->kind, kind)
           && push(&page->mark, mark_of(page, kind));
}

int
is_preformatted(const Page *page)
{
    int name = page->reader->preformatted;
    return name != NO_NAME && page->open[name] != NOT_OPEN && page->flow != IN_PARAGRAPH
           && page->flow != IN_HEADING;
}

/* Adds the lines of the run, and counts those that are empty. What stands between the boundaries of
   blocks begins and ends with no line of its own; one that a break ends is one. Beyond the most lines
   the rest of the run is one. */
static int
add_preformatted(Page *page, int32_t node, int by_break)
{
    const Py_UCS4 *text = page->run.at;
    Py_ssize_t end, count = page->run.count;
    int32_t empty = page->is_after_break ? 0 : -1;
    for (Py_ssize_t at = 0; at <= count; at = end + 1) {
        end = find(text, at, count, '\n');
        Py_ssize_t length = end - at;
        while (length && is_white(text[at + length - 1]))
            length--;
        if (!length) {
            empty += end < count || by_break;
            continue;
        }
        page->gap += empty > 0 ? empty : 0;
        empty = 0;
        if (page->kind.count >= page->reader->most_lines) {
            Chars rest = {.at = page->run.at + at, .count = count - at};
            join_words(&rest);
            return add_line(page, rest.at, rest.count, page->linked, node, IN_PREFORMATTED);
        }
        if (!add_line(page, text + at, length, page->linked, node, IN_PREFORMATTED))
            return 0;
    }
    page->gap += empty > 0 ? empty : 0;
    return 1;
}

/* Half widths of a Han character that white space takes in any case: what a browser collapses counts
   for none. */
static int
width_of_space(Py_UCS4 space)
{
    if (space == IDEOGRAPHIC_SPACE || space == EM_SPACE || space == EM_QUAD)
        return 2;
    return space >= NO_BREAK_SPACE;
}

/* Makes one space of each stretch of white space in the run, none at its ends: an ideographic one of
   what is as wide. */
void
join_words(Chars *run)
{
    Py_ssize_t to = 0;
    int is_apart = 0, width = 0;
    for (Py_ssize_t at = 0; at < run->count; at++) {
        Py_UCS4 character = run->at[at];
        if (is_white(character)) {
            is_apart = to > 0;
            width += width < 2 ? width_of_space(character) : 0;
            continue;
        }
        if (is_apart)
            run->at[to++] = width < 2 ? ' ' : IDEOGRAPHIC_SPACE;
        is_apart = width = 0;
        run->at[to++] = character;
    }
    run->count = to;
}

int
end_line(Page *page, int by_break)
{
    static const Py_UCS4 newline = '\n';
    const Reader *reader = page->reader;
    if (page->kind.count >= reader->most_lines)
        return append(&page->run, &newline, 1);
    int32_t node = page->stack.at[page->stack.count - 1];
    int done = unescape_run(page);
    if (done && is_preformatted(page))
        done = add_preformatted(page, node, by_break);
    else if (done) {
        int name = page->name.at[node];
        int kind = page->flow ? page->flow : name == NO_NAME ? IN_CONTAINER : reader->place[name];
        join_words(&page->run);
        if (page->run.count)
            done = add_line(page, page->run.at, page->run.count, page->linked, node, kind);
    }
    page->run.count = 0;
    page->linked = 0;
    page->is_after_break = by_break;
    return done;
}

int
read_text(Page *page, const Py_UCS4 *text, Py_ssize_t length, Py_ssize_t link_depth)
{
    if (!length || (!page->run.count && is_all_space(text, length) && !is_preformatted(page)))
        return 1;
    if (link_depth)
        page->linked += stripped_length(text, length);
    return append(&page->run, text, length);
}
