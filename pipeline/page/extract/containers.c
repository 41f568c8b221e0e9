/* The containers of a page. */

#include "reader.h"

/* The name `ol`, as `read_name` has it. */
static const uint64_t ORDERED = 15 | 12 << 6;

/* Closes the container of that name, and all in it, if one is open in its scope. */
static int
close_container(Page *page, int name)
{
    const Reader *reader = page->reader;
    int place = page->open[name], scope = reader->scope[name];
    if (place == NOT_OPEN || (scope != NO_NAME && page->open[scope] > place))
        return 1;
    while (page->stack.count > place) {
        int32_t node = page->stack.at[--page->stack.count];
        int closed = page->name.at[node];
        page->last.at[node] = (int32_t)page->kind.count;
        page->open[closed] = page->opened_before.at[--page->opened_before.count];
        if (closed == reader->row && !join_row(page, node))
            return 0;
        if (closed == reader->table)
            page->tables--;
        else if (reader->place[closed] == IN_ITEM)
            page->item = 0;
    }
    return 1;
}

/* The number of some attributes on this page by all that it has, -1 if Python raised. */
static Py_ssize_t
number_of_look(Page *page, const Py_UCS4 *text, Py_ssize_t length)
{
    Py_ssize_t look = -1;
    PyObject *number, *attributes = string_of(text, length);
    if (!attributes)
        return -1;
    if ((number = PyDict_GetItemWithError(page->looks, attributes)))
        look = PyLong_AsSsize_t(number);
    else if (!PyErr_Occurred()) {
        int hints = hints_in(page->reader, text, length);
        if (hints >= 0 && push(&page->look_hints, hints)
            && (number = PyLong_FromSsize_t(page->look_hints.count - 1))) {
            if (PyDict_SetItem(page->looks, attributes, number) == 0)
                look = page->look_hints.count - 1;
            Py_DECREF(number);
        }
    }
    Py_DECREF(attributes);
    return look;
}

/* The same: most attributes stood a little before, and a comparison finds them again. */
static Py_ssize_t
look_of(Page *page, const Py_UCS4 *text, Py_ssize_t length)
{
    if (!length)
        return 0;
    Py_UCS4 signs = text[length / 2] * 31 + text[length - 1] * 7 + text[length - length / 4 - 1];
    Seen *seen = &page->seen[((Py_UCS4)length * 37 + signs) % SEEN];
    if (seen->length == length && !memcmp(seen->text, text, (size_t)length * sizeof(*text)))
        return seen->look;
    Py_ssize_t look = number_of_look(page, text, length);
    if (look >= 0)
        *seen = (Seen){text, length, look};
    return look;
}

int
push_container(Page *page, int32_t parent, int name, Py_ssize_t look)
{
    int32_t hints = page->look_hints.at[look] | (name == NO_NAME ? 0 : page->reader->hints[name]);
    int32_t number = (int32_t)page->parent.count;
    int32_t inherited = number ? page->inherited.at[parent] : 0;
    int32_t depth = number ? page->depth.at[parent] + 1 : 0;
    return push(&page->parent, parent) && push(&page->name, name) && push(&page->look, look)
           && push(&page->hints, hints) && push(&page->inherited, inherited | hints)
           && push(&page->depth, depth) && push(&page->first, page->kind.count)
           && push(&page->last, -1) && push(&page->stack, number) && push(&page->column, 0)
           && push(&page->counter, NO_NUMBER);
}

/* Numbers an item by the list that it stands in. */
static void
begin_item(Page *page, const Py_UCS4 *attributes, Py_ssize_t length)
{
    int list = page->reader->list;
    int place = list == NO_NAME ? NOT_OPEN : page->open[list];
    int32_t *counter = place == NOT_OPEN ? NULL : &page->counter.at[page->stack.at[place]];
    page->item = BULLET;
    if (!counter || *counter == NO_NUMBER)
        return;
    page->item = number_in(attributes, length, "value", *counter);
    *counter = page->item + 1;
}

/* What begins with a container beside it. */
static int
begin_inside(Page *page, const Tag *tag, const Py_UCS4 *attributes, Py_ssize_t length)
{
    int32_t node = (int32_t)page->parent.count - 1;
    if (tag->name == page->reader->table)
        return push_grid(page);
    if (tag->kind == CELL)
        return place_cell(page, node, attributes, length);
    if (tag->kind == ROW)
        begin_row(page);
    else if (tag->kind == ITEM)
        begin_item(page, attributes, length);
    else if (tag->kind == LIST && tag->key == ORDERED)
        page->counter.at[node] = number_in(attributes, length, "start", 1);
    else if (tag->kind == PREFORMATTED)
        page->gap = page->is_begun = 0;
    return 1;
}

int
begin_container(Page *page, const Tag *tag, const Py_UCS4 *attributes, Py_ssize_t length)
{
    int name = tag->name;
    page->flow = tag->kind == PREFORMATTED ? IN_PREFORMATTED : IN_CONTAINER;
    if ((tag->kind == ITEM || tag->kind == CELL || tag->kind == ROW)
        && !close_container(page, name))
        return 0;
    if (page->parent.count > page->reader->most_containers) {
        page->unopened[name]++;
        return 1;
    }
    Py_ssize_t look = look_of(page, attributes, length);
    if (look < 0 || !push(&page->opened_before, page->open[name]))
        return 0;
    page->open[name] = (int)page->stack.count;
    return push_container(page, page->stack.at[page->stack.count - 1], name, look)
           && begin_inside(page, tag, attributes, length);
}

int
end_container(Page *page, int name)
{
    page->flow = IN_CONTAINER;
    if (page->unopened[name]) {
        page->unopened[name]--;
        return 1;
    }
    return close_container(page, name);
}
