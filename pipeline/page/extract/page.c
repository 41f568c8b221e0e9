/* A page read once, from left to right: its tags, and what comes of them. */

#include "reader.h"

/* The name `code`, as `read_name` has it. */
enum { DIGIT_ZERO = 27 };
static const uint64_t CODE = 3 | 15 << 6 | 4 << 12 | 5 << 18;

/* The place of the `>` that ends a tag: a quote counts only after an equals sign, and without its
   partner it is a character like any other. */
static Py_ssize_t
attributes_end(const Py_UCS4 *text, Py_ssize_t at, Py_ssize_t end)
{
    while (at < end && text[at] != '>') {
        if (text[at++] != '=')
            continue;
        while (at < end && is_white(text[at]))
            at++;
        if (at < end && (text[at] == '"' || text[at] == '\'')) {
            Py_ssize_t partner = find(text, at + 1, end, text[at]);
            at = partner < end ? partner + 1 : at;
        }
    }
    return at;
}

static int
is_link(const Py_UCS4 *text, Py_ssize_t length)
{
    for (Py_ssize_t at = 0; at + 4 <= length; at++)
        if ((text[at] | 0x20) == 'h' && (text[at + 1] | 0x20) == 'r'
            && (text[at + 2] | 0x20) == 'e' && (text[at + 3] | 0x20) == 'f')
            return 1;
    return 0;
}

/* Remembers what the first `code` tag in preformatted text says. */
static int
read_code(Page *page, const Py_UCS4 *text, Py_ssize_t length)
{
    int32_t node = page->stack.at[page->open[page->reader->preformatted]];
    PyObject *number = PyLong_FromLong(node), *attributes = number ? string_of(text, length) : NULL;
    int done = attributes && PyDict_SetDefault(page->codes, number, attributes);
    Py_XDECREF(number);
    Py_XDECREF(attributes);
    return done;
}

/* Ends what stands before a tag. */
static int
end_before(Page *page, int is_break)
{
    if (page->run.count)
        return end_line(page, is_break);
    page->gap += is_break && is_preformatted(page);
    page->is_after_break = is_break;
    return 1;
}

static int
read_tag(Page *page, uint64_t key, int is_end, const Py_UCS4 *attributes, Py_ssize_t length,
         Py_ssize_t *link_depth)
{
    const Tag *tag = find_tag(page->reader, key);
    if (!tag->key || tag->kind == INLINE)
        return is_end || key != CODE || !length || !is_preformatted(page)
               || read_code(page, attributes, length);
    if (tag->kind == LINK) {
        *link_depth = is_end || !is_link(attributes, length) ? 0 : page->stack.count;
        return 1;
    }
    if (!end_before(page, tag->kind == BREAK))
        return 0;
    if (tag->kind < CONTAINER) {
        if (tag->kind == HEADING)
            page->level = (int32_t)(key >> BITS_PER_LETTER & 63) - DIGIT_ZERO;
        if (is_end)
            page->flow = IN_CONTAINER;
        else if (tag->kind != BREAK)
            page->flow = tag->kind == PARAGRAPH ? IN_PARAGRAPH : IN_HEADING;
        return 1;
    }
    if (!is_end)
        return begin_container(page, tag, attributes, length);
    if (!end_container(page, tag->name))
        return 0;
    if (page->stack.count < *link_depth)
        *link_depth = 0;
    return 1;
}

static int
read_tags(Page *page)
{
    const Py_UCS4 *text = page->page.at;
    Py_ssize_t end = page->page.count, from = 0, link_depth = 0, after;
    for (Py_ssize_t at = find(text, 0, end, '<'); at < end; at = find(text, after, end, '<')) {
        Py_UCS4 next = at + 1 < end ? text[at + 1] : 0;
        int is_end = next == '/';
        Py_ssize_t name = at + 1 + is_end;
        after = at + 1;
        if (name < end && is_ascii_letter(text[name])) {
            uint64_t key = read_name(text, &name, end);
            Py_ssize_t attributes = name;
            after = attributes_end(text, attributes, end);
            if (!read_text(page, text + from, at - from, link_depth)
                || !read_tag(page, key, is_end, text + attributes, after - attributes, &link_depth))
                return 0;
        }
        else if (next == '!' || next == '?' || next == '/') {
            after = find(text, at + 2, end, '>');
            if (!read_text(page, text + from, at - from, link_depth))
                return 0;
        }
        else
            continue;
        from = after += after < end;
    }
    return append(&page->run, text + from, end - from);
}

/* What lines of a group have in common: the attributes of their container and of the one around it,
   and what they stand in there. */
typedef struct {
    int32_t own, around, kind;
} Place;

static Place
place_of(const Page *page, Py_ssize_t line)
{
    int32_t node = page->node.at[line];
    return (Place){page->look.at[node], page->look.at[page->parent.at[node]], page->kind.at[line]};
}

static int
is_same(Place one, Place other)
{
    return one.own == other.own && one.around == other.around && one.kind == other.kind;
}

/* Gives lines in containers of equal tags one number. */
static int
group_lines(Page *page)
{
    int shift = shift_for((size_t)page->kind.count);
    size_t slots = slots_of(shift);
    int32_t *first = PyMem_Calloc(slots, sizeof(int32_t)); /* the group's first line, from 1 */
    int32_t groups = 0;
    int done = first != NULL;
    if (!done)
        PyErr_NoMemory();
    for (Py_ssize_t line = 0; done && line < page->kind.count; line++) {
        Place place = place_of(page, line);
        uint64_t looks = (uint64_t)(uint32_t)place.own << 32 | (uint32_t)place.around;
        size_t slot = secret_slot(looks * 8 + (uint64_t)place.kind, page->reader->secret, shift);
        while (first[slot] && !is_same(place_of(page, first[slot] - 1), place))
            slot = (slot + 1) & (slots - 1);
        int is_new = !first[slot];
        if (is_new)
            first[slot] = (int32_t)line + 1;
        done = push(&page->group, is_new ? groups++ : page->group.at[first[slot] - 1]);
    }
    PyMem_Free(first);
    return done;
}

static int
finish(Page *page)
{
    if (page->kind.count < page->reader->most_lines) {
        if (!end_line(page, 0))
            return 0;
    }
    else {
        if (!unescape_run(page))
            return 0;
        join_words(&page->run);
        if (page->run.count
            && !add_line(page, page->run.at, page->run.count, page->linked, 0, IN_CONTAINER))
            return 0;
    }
    for (Py_ssize_t node = 0; node < page->last.count; node++)
        if (page->last.at[node] < 0 || node == 0)
            page->last.at[node] = (int32_t)page->kind.count;
    return group_lines(page);
}

static PyObject *
bytes_of(const Ints *ints)
{
    return PyBytes_FromStringAndSize((const char *)ints->at,
                                     ints->count * (Py_ssize_t)sizeof(int32_t));
}

static PyObject *
result_of(const Page *page)
{
    const Ints *columns[] = {&page->parent, &page->look, &page->hints, &page->inherited,
                             &page->depth, &page->first, &page->last,
                             &page->link_length, &page->node, &page->kind, &page->length,
                             &page->closed, &page->counts[END], &page->counts[PAUSE],
                             &page->counts[HAN], &page->counts[DIGIT], &page->counts[LETTER],
                             &page->group, &page->mark};
    Py_ssize_t count = (Py_ssize_t)(sizeof(columns) / sizeof(*columns));
    PyObject *result = PyTuple_New(count + 3);
    if (!result)
        return NULL;
    PyTuple_SET_ITEM(result, 0, Py_NewRef(page->texts));
    PyTuple_SET_ITEM(result, 1, Py_NewRef(page->looks));
    PyTuple_SET_ITEM(result, 2, Py_NewRef(page->codes));
    for (Py_ssize_t index = 0; index < count; index++) {
        PyObject *column = bytes_of(columns[index]);
        if (!column) {
            Py_DECREF(result);
            return NULL;
        }
        PyTuple_SET_ITEM(result, index + 3, column);
    }
    return result;
}

static void
free_page(Page *page, int is_lent)
{
    leave_room(page, is_lent);
    PyMem_Free(page->grids);
    Py_XDECREF(page->texts);
    Py_XDECREF(page->looks);
    Py_XDECREF(page->codes);
}

PyObject *
read_page(const Reader *reader, PyObject *text)
{
    if (!PyUnicode_Check(text)) {
        PyErr_SetString(PyExc_TypeError, "a page is a str");
        return NULL;
    }
    if (PyUnicode_GET_LENGTH(text) > INT32_MAX) {
        PyErr_SetString(PyExc_ValueError, "a page has fewer than 2 ** 31 characters");
        return NULL;
    }
    Page page = {.reader = reader};
    PyObject *result = NULL;
    for (int name = 0; name < MOST_NAMES; name++)
        page.open[name] = NOT_OPEN;
    page.texts = PyList_New(0);
    page.looks = PyDict_New();
    page.codes = PyDict_New();
    int is_lent = borrow_room(&page);
    int done = page.texts && page.looks && page.codes && append_string(&page.source, text)
               && push(&page.look_hints, 0) && push_container(&page, 0, NO_NAME, 0)
               && without_silence(reader, page.source.at, page.source.count, &page.page);
    if (done && read_tags(&page) && finish(&page))
        result = result_of(&page);
    free_page(&page, is_lent);
    return result;
}
