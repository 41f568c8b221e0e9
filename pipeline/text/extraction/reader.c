/* HTML read once, from left to right: its containers and the lines of text in them.

   No parser builds a tree: containers go on a stack, end tags that close nothing are passed over,
   and what is open at the end of the page ends there. So time and memory are linear in the page,
   however deep, broken or large it is. Every index into a page is checked against its end.

   It is C because it is the part of the way to the text that looks at every character: in Python it
   took nine times as long, half of an extraction. That Python stands in the tests as what this is
   held to. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>
#include <string.h>
#include <wchar.h>

/* As in tags.py and markup.py. */
enum { INLINE, BREAK, PARAGRAPH, HEADING, LINK, CONTAINER, ITEM, CELL, ROW, LIST, PREFORMATTED };
enum { IN_CONTAINER, IN_PARAGRAPH, IN_ITEM, IN_CELL, IN_HEADING, IN_PREFORMATTED };

enum { SLOTS = 256, MOST_NAMES = 64, LONGEST_NAME = 10, BITS_PER_LETTER = 6 };
enum { LONGEST_CELL = 120, MOST_IN_ROW = 200 };
/* What a character is. */
enum { END, PAUSE, HAN, DIGIT, LETTER, SORTS, OTHER = SORTS, CLOSING = 8 };
enum { BASIC_PLANE = 1 << 16 };
enum { COMMENT = MOST_NAMES, SECTION, ENDS };
enum { NO_NAME = -1, NOT_OPEN = -1 };

typedef struct {
    int32_t *at;
    Py_ssize_t count, room;
} Ints;

typedef struct {
    Py_UCS4 *at;
    Py_ssize_t count, room;
} Chars;

typedef struct {
    uint64_t key;
    int kind, name;
} Tag;

typedef struct {
    PyObject_HEAD
    Tag tags[SLOTS];
    uint64_t silent[MOST_NAMES];
    PyObject *names[MOST_NAMES];
    int scope[MOST_NAMES], place[MOST_NAMES], hints[MOST_NAMES];
    int name_count, silent_count, row;
    Py_ssize_t most_containers, most_lines;
    PyObject *hints_of, *unescaped;
    uint8_t sort[BASIC_PLANE];
} Reader;

/* The page that is being read. */
typedef struct {
    const Reader *reader;
    Chars page, run, scratch;
    Ints parent, name, look, hints, inherited, depth, first, last;
    Ints link_length, node, kind, length, closed, counts[SORTS], group;
    Ints stack, opened_before;
    int open[MOST_NAMES];
    int32_t unopened[MOST_NAMES];
    Py_ssize_t unopened_count;
    PyObject *texts, *looks;
    Ints look_hints;
    Py_ssize_t linked;
    int flow;
    int32_t last_row;
} Page;

/* Arrays that grow; 0 if that fails, with the error set. */

static int
make_room(void **at, Py_ssize_t *room, Py_ssize_t needed, size_t size)
{
    if (needed <= *room)
        return 1;
    Py_ssize_t wanted = *room + *room / 2 + 256;
    if (wanted < needed)
        wanted = needed;
    void *grown = PyMem_Realloc(*at, (size_t)wanted * size);
    if (!grown) {
        PyErr_NoMemory();
        return 0;
    }
    *at = grown;
    *room = wanted;
    return 1;
}

static int
push(Ints *ints, Py_ssize_t value)
{
    if (ints->count == ints->room
        && !make_room((void **)&ints->at, &ints->room, ints->count + 1, sizeof(int32_t)))
        return 0;
    ints->at[ints->count++] = (int32_t)value;
    return 1;
}

static int
append(Chars *chars, const Py_UCS4 *text, Py_ssize_t length)
{
    if (!make_room((void **)&chars->at, &chars->room, chars->count + length, sizeof(Py_UCS4)))
        return 0;
    if (length)
        memcpy(chars->at + chars->count, text, (size_t)length * sizeof(Py_UCS4));
    chars->count += length;
    return 1;
}

static int
append_string(Chars *chars, PyObject *text)
{
    Py_ssize_t length = PyUnicode_GET_LENGTH(text);
    if (!make_room((void **)&chars->at, &chars->room, chars->count + length + 1, sizeof(Py_UCS4)))
        return 0;
    if (!PyUnicode_AsUCS4(text, chars->at + chars->count, length + 1, 1))
        return 0;
    chars->count += length;
    return 1;
}

static PyObject *
string_of(const Py_UCS4 *text, Py_ssize_t length)
{
    return PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, text, length);
}

/* Characters. */

static Py_ssize_t
find(const Py_UCS4 *text, Py_ssize_t from, Py_ssize_t end, Py_UCS4 wanted)
{
    if (from >= end)
        return end;
#if SIZEOF_WCHAR_T == 4
    const wchar_t *start = (const wchar_t *)text;
    const wchar_t *found = wmemchr(start + from, (wchar_t)wanted, (size_t)(end - from));
    return found ? found - start : end;
#else
    while (from < end && text[from] != wanted)
        from++;
    return from;
#endif
}

static int
is_letter(Py_UCS4 character)
{
    Py_UCS4 lower = character | 0x20;
    return lower >= 'a' && lower <= 'z' && character < 0x80;
}

/* From 1 to 38 for what a tag's name may hold, whatever its case; 0 for anything else. */
static int
code_of(Py_UCS4 character)
{
    if (is_letter(character))
        return (int)(character | 0x20) - 'a' + 1;
    if (character >= '0' && character <= '9')
        return (int)character - '0' + 27;
    return character == ':' ? 37 : character == '-' ? 38 : 0;
}

/* The name at a place as a number, 0 if it is longer than any known one; moves the place behind. */
static uint64_t
read_name(const Py_UCS4 *text, Py_ssize_t *at, Py_ssize_t end)
{
    uint64_t key = 0;
    Py_ssize_t start = *at;
    int code;
    while (*at < end && (code = code_of(text[*at]))) {
        if (*at - start < LONGEST_NAME)
            key |= (uint64_t)code << (BITS_PER_LETTER * (*at - start));
        ++*at;
    }
    return *at - start <= LONGEST_NAME ? key : 0;
}

static const Tag *
find_tag(const Reader *reader, uint64_t key)
{
    unsigned slot = (unsigned)((key * 0x9E3779B97F4A7C15u) >> 56);
    while (reader->tags[slot].key && reader->tags[slot].key != key)
        slot = (slot + 1) % SLOTS;
    return &reader->tags[slot];
}

static int
is_all_space(const Py_UCS4 *text, Py_ssize_t length)
{
    for (Py_ssize_t at = 0; at < length; at++)
        if (!Py_UNICODE_ISSPACE(text[at]))
            return 0;
    return 1;
}

static Py_ssize_t
stripped_length(const Py_UCS4 *text, Py_ssize_t length)
{
    Py_ssize_t from = 0;
    while (length && Py_UNICODE_ISSPACE(text[length - 1]))
        length--;
    while (from < length && Py_UNICODE_ISSPACE(text[from]))
        from++;
    return length - from;
}

/* Silence: scripts, styles, comments, form fields. */

static int
ends_name(const Py_UCS4 *text, Py_ssize_t at, Py_ssize_t end)
{
    return at < end && (text[at] == '/' || text[at] == '>' || Py_UNICODE_ISSPACE(text[at]));
}

static int
starts_with(const Py_UCS4 *text, Py_ssize_t at, Py_ssize_t end, const char *wanted)
{
    for (; *wanted; at++, wanted++)
        if (at >= end || text[at] != (Py_UCS4)*wanted)
            return 0;
    return 1;
}

/* Which silent part begins at a `<`, NO_NAME if none; `after` is what follows its name. */
static int
silence_at(const Reader *reader, const Py_UCS4 *text, Py_ssize_t at, Py_ssize_t end,
           Py_ssize_t *after)
{
    *after = at + 1;
    if (*after < end && text[*after] == '!') {
        int is_comment = starts_with(text, at, end, "<!--");
        if (!is_comment && !starts_with(text, at, end, "<![CDATA["))
            return NO_NAME;
        *after = at + (is_comment ? 4 : 9);
        return is_comment ? COMMENT : SECTION;
    }
    uint64_t key = read_name(text, after, end);
    if (!key || !ends_name(text, *after, end))
        return NO_NAME;
    for (int name = 0; name < reader->silent_count; name++)
        if (reader->silent[name] == key)
            return name;
    return NO_NAME;
}

/* The place behind the end of a silent part, -1 if it has none. */
static Py_ssize_t
silence_end(const Reader *reader, int kind, const Py_UCS4 *text, Py_ssize_t at, Py_ssize_t end)
{
    Py_UCS4 first = kind == COMMENT ? '-' : kind == SECTION ? ']' : '<';
    for (at = find(text, at, end, first); at < end; at = find(text, at + 1, end, first)) {
        if (kind == SECTION) {
            if (starts_with(text, at, end, "]]>"))
                return at + 3;
        }
        else if (kind == COMMENT) {
            if (starts_with(text, at, end, "-->"))
                return at + 3;
            if (starts_with(text, at, end, "--!>"))
                return at + 4;
        }
        else if (at + 2 < end && text[at + 1] == '/') {
            Py_ssize_t after = at + 2;
            uint64_t key = read_name(text, &after, end);
            if (key == reader->silent[kind] && ends_name(text, after, end)) {
                at = find(text, after, end, '>');
                return at < end ? at + 1 : end;
            }
        }
    }
    return -1;
}

static int
without_silence(const Reader *reader, const Py_UCS4 *text, Py_ssize_t end, Chars *kept)
{
    static const Py_UCS4 space = ' ';
    char is_endless[ENDS] = {0};
    Py_ssize_t from = 0, after;
    Py_ssize_t at = find(text, 0, end, '<');
    while (at < end) {
        int kind = silence_at(reader, text, at, end, &after);
        if (kind == NO_NAME) {
            at = find(text, at + 1, end, '<');
            continue;
        }
        if (!append(kept, text + from, at - from) || !append(kept, &space, 1))
            return 0;
        from = is_endless[kind] ? -1 : silence_end(reader, kind, text, after - 2, end);
        if (from < 0) {
            is_endless[kind] = 1;
            at = find(text, after, end, '>');
            from = at < end ? at + 1 : end;
        }
        at = find(text, from, end, '<');
    }
    return append(kept, text + from, end - from);
}

/* Character references. */

static Py_UCS4
named_reference(const Py_UCS4 *text, Py_ssize_t at, Py_ssize_t end, Py_ssize_t *after)
{
    static const struct { const char *name; Py_UCS4 character; } known[] = {
        {"&nbsp;", 0xa0}, {"&lt;", '<'}, {"&gt;", '>'}, {"&amp;", '&'}, {"&quot;", '"'},
        {"&ldquo;", 0x201c}, {"&rdquo;", 0x201d}, {"&mdash;", 0x2014}, {"&hellip;", 0x2026},
        {"&middot;", 0xb7}, {"&emsp;", 0x2003}, {"&ensp;", 0x2002}, {"&raquo;", 0xbb},
        {"&laquo;", 0xab}, {"&copy;", 0xa9}, {"&#39;", '\''},
    };
    for (size_t index = 0; index < sizeof(known) / sizeof(*known); index++)
        if (starts_with(text, at, end, known[index].name)) {
            *after = at + (Py_ssize_t)strlen(known[index].name);
            return known[index].character;
        }
    return 0;
}

/* The character of a reference such as `&#20013;`, 0 where the standard has its exceptions. */
static Py_UCS4
numbered_reference(const Py_UCS4 *text, Py_ssize_t at, Py_ssize_t end, Py_ssize_t *after)
{
    Py_UCS4 number = 0;
    Py_ssize_t digit = at + 2;
    if (digit >= end || text[at + 1] != '#')
        return 0;
    for (; digit < end && digit < at + 8 && text[digit] >= '0' && text[digit] <= '9'; digit++)
        number = number * 10 + (text[digit] - '0');
    if (digit == end || text[digit] != ';' || number < 0xa0 || number > 0xd7ff)
        return 0;
    *after = digit + 1;
    return number;
}

/* Resolves the references of the run: the usual ones here, all if there is another one there. */
static int
unescape_run(Page *page)
{
    Chars *run = &page->run;
    Py_ssize_t first = find(run->at, 0, run->count, '&');
    Py_ssize_t at = first, to, after = 0;
    if (at == run->count)
        return 1;
    page->scratch.count = 0;
    if (!append(&page->scratch, run->at, run->count))
        return 0;
    const Py_UCS4 *text = page->scratch.at;
    for (to = at; at < run->count; to++) {
        Py_UCS4 character = text[at];
        if (character != '&')
            after = at + 1;
        else if (!(character = named_reference(text, at, run->count, &after))
                 && !(character = numbered_reference(text, at, run->count, &after)))
            break;
        run->at[to] = character;
        at = after;
    }
    if (at == run->count) {
        run->count = to;
        return 1;
    }
    PyObject *written = string_of(text, run->count);
    PyObject *read = written ? PyObject_CallOneArg(page->reader->unescaped, written) : NULL;
    Py_XDECREF(written);
    run->count = 0;
    int done = read && append_string(run, read);
    Py_XDECREF(read);
    return done;
}

/* Lines. */

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

static int
add_line(Page *page, const Py_UCS4 *text, Py_ssize_t length, Py_ssize_t linked, int32_t node,
         int kind)
{
    PyObject *line = string_of(text, length);
    if (!line)
        return 0;
    int done = PyList_Append(page->texts, line) == 0;
    Py_DECREF(line);
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
static void
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

static int
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

static int
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

static int
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

/* Containers. */

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
    }
    return 1;
}

/* The number of some attributes on this page, -1 if Python raised. */
static Py_ssize_t
look_of(Page *page, const Py_UCS4 *text, Py_ssize_t length)
{
    if (!length)
        return 0;
    Py_ssize_t look = -1;
    PyObject *number, *hints = NULL, *attributes = string_of(text, length);
    if (!attributes)
        return -1;
    if ((number = PyDict_GetItemWithError(page->looks, attributes)))
        look = PyLong_AsSsize_t(number);
    else if (!PyErr_Occurred() && (hints = PyObject_CallOneArg(page->reader->hints_of, attributes))
             && push(&page->look_hints, PyLong_AsLong(hints)) && !PyErr_Occurred()
             && (number = PyLong_FromSsize_t(page->look_hints.count - 1))) {
        if (PyDict_SetItem(page->looks, attributes, number) == 0)
            look = page->look_hints.count - 1;
        Py_DECREF(number);
    }
    Py_XDECREF(hints);
    Py_DECREF(attributes);
    return look;
}

static int
push_container(Page *page, int32_t parent, int name, Py_ssize_t look)
{
    int32_t hints = page->look_hints.at[look] | (name == NO_NAME ? 0 : page->reader->hints[name]);
    int32_t number = (int32_t)page->parent.count;
    int32_t inherited = number ? page->inherited.at[parent] : 0;
    int32_t depth = number ? page->depth.at[parent] + 1 : 0;
    return push(&page->parent, parent) && push(&page->name, name) && push(&page->look, look)
           && push(&page->hints, hints) && push(&page->inherited, inherited | hints)
           && push(&page->depth, depth) && push(&page->first, page->kind.count)
           && push(&page->last, -1) && push(&page->stack, number);
}

static int
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
    return push_container(page, page->stack.at[page->stack.count - 1], name, look);
}

static int
end_container(Page *page, int name)
{
    page->flow = IN_CONTAINER;
    if (page->unopened[name]) {
        page->unopened[name]--;
        return 1;
    }
    return close_container(page, name);
}

/* Tags. */

/* The place of the `>` that ends a tag: a quote counts only after an equals sign, and without its
   partner it is a character like any other. */
static Py_ssize_t
attributes_end(const Py_UCS4 *text, Py_ssize_t at, Py_ssize_t end)
{
    while (at < end && text[at] != '>') {
        if (text[at++] != '=')
            continue;
        while (at < end && Py_UNICODE_ISSPACE(text[at]))
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

static int
read_tag(Page *page, uint64_t key, int is_end, const Py_UCS4 *attributes, Py_ssize_t length,
         Py_ssize_t *link_depth)
{
    const Tag *tag = find_tag(page->reader, key);
    if (!tag->key || tag->kind == INLINE)
        return 1;
    if (tag->kind == LINK) {
        *link_depth = is_end || !is_link(attributes, length) ? 0 : page->stack.count;
        return 1;
    }
    if (page->run.count && !end_line(page))
        return 0;
    if (tag->kind < CONTAINER) {
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
        if (name < end && is_letter(text[name])) {
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

/* Gives lines in containers of equal tags one number. */
static int
group_lines(Page *page)
{
    size_t slots = 16;
    while (slots < 2 * (size_t)page->kind.count)
        slots *= 2;
    int32_t *first = PyMem_Calloc(slots, sizeof(int32_t)); /* the group's first line, from 1 */
    int32_t groups = 0;
    int done = first != NULL;
    if (!done)
        PyErr_NoMemory();
    for (Py_ssize_t line = 0; done && line < page->kind.count; line++) {
        int32_t node = page->node.at[line], kind = page->kind.at[line];
        int32_t own = page->look.at[node], around = page->look.at[page->parent.at[node]];
        uint64_t key = ((uint64_t)(uint32_t)own << 32 | (uint32_t)around) * 8 + (uint64_t)kind;
        size_t slot = (size_t)((key * 0x9E3779B97F4A7C15u) >> 20) & (slots - 1);
        for (; first[slot]; slot = (slot + 1) & (slots - 1)) {
            int32_t like = first[slot] - 1, of = page->node.at[like];
            if (page->look.at[of] == own && page->look.at[page->parent.at[of]] == around
                && page->kind.at[like] == kind)
                break;
        }
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
        if (!end_line(page))
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
                             &page->group};
    Py_ssize_t count = (Py_ssize_t)(sizeof(columns) / sizeof(*columns));
    PyObject *result = PyTuple_New(count + 1);
    if (!result)
        return NULL;
    PyTuple_SET_ITEM(result, 0, Py_NewRef(page->texts));
    for (Py_ssize_t index = 0; index < count; index++) {
        PyObject *column = bytes_of(columns[index]);
        if (!column) {
            Py_DECREF(result);
            return NULL;
        }
        PyTuple_SET_ITEM(result, index + 1, column);
    }
    return result;
}

static void
free_page(Page *page)
{
    Ints *ints[] = {&page->parent, &page->name, &page->look, &page->hints, &page->inherited,
                    &page->depth, &page->first, &page->last, &page->link_length, &page->node,
                    &page->kind, &page->length, &page->closed, &page->stack, &page->opened_before,
                    &page->look_hints, &page->group};
    for (size_t index = 0; index < sizeof(ints) / sizeof(*ints); index++)
        PyMem_Free(ints[index]->at);
    for (int each = 0; each < SORTS; each++)
        PyMem_Free(page->counts[each].at);
    PyMem_Free(page->page.at);
    PyMem_Free(page->run.at);
    PyMem_Free(page->scratch.at);
    Py_XDECREF(page->texts);
    Py_XDECREF(page->looks);
}

static PyObject *
Reader_read(Reader *reader, PyObject *text)
{
    if (!PyUnicode_Check(text)) {
        PyErr_SetString(PyExc_TypeError, "a page is a str");
        return NULL;
    }
    Page page = {.reader = reader};
    PyObject *result = NULL;
    for (int name = 0; name < MOST_NAMES; name++)
        page.open[name] = NOT_OPEN;
    page.texts = PyList_New(0);
    page.looks = PyDict_New();
    Py_UCS4 *whole = PyUnicode_AsUCS4Copy(text);
    int done = page.texts && page.looks && whole && push(&page.look_hints, 0)
               && push_container(&page, 0, NO_NAME, 0)
               && without_silence(reader, whole, PyUnicode_GET_LENGTH(text), &page.page);
    PyMem_Free(whole);
    if (done && read_tags(&page) && finish(&page))
        result = result_of(&page);
    free_page(&page);
    return result;
}

/* Tables. */

static uint64_t
key_of(PyObject *name)
{
    Py_UCS4 text[LONGEST_NAME + 1];
    Py_ssize_t length, at = 0;
    if (!PyUnicode_Check(name) || (length = PyUnicode_GET_LENGTH(name)) > LONGEST_NAME || !length
        || !PyUnicode_AsUCS4(name, text, LONGEST_NAME + 1, 0)) {
        if (!PyErr_Occurred())
            PyErr_Format(PyExc_ValueError, "a tag has 1 to 10 letters, not %R", name);
        return 0;
    }
    uint64_t key = read_name(text, &at, length);
    if (at < length) {
        PyErr_Format(PyExc_ValueError, "no name of a tag: %R", name);
        return 0;
    }
    return key;
}

/* The number of a container's name, NO_NAME if it is no container's. */
static int
number_of(const Reader *reader, PyObject *name)
{
    for (int number = 0; number < reader->name_count; number++)
        if (PyUnicode_Compare(reader->names[number], name) == 0)
            return number;
    return NO_NAME;
}

static int
add_container(Reader *reader, PyObject *name)
{
    int number = number_of(reader, name);
    if (number != NO_NAME || reader->name_count == MOST_NAMES)
        return number;
    reader->names[reader->name_count] = Py_NewRef(name);
    return reader->name_count++;
}

static int
add_tags(Reader *reader, PyObject *kinds)
{
    PyObject *written, *value, *name;
    Py_ssize_t position = 0;
    int count = 0, kind;
    while (PyDict_Next(kinds, &position, &written, &value)) {
        if (!PyArg_ParseTuple(value, "iU", &kind, &name))
            return 0;
        uint64_t key = key_of(written);
        if (!key)
            return 0;
        Tag *tag = (Tag *)find_tag(reader, key);
        if (!tag->key && ++count > SLOTS / 2) {
            PyErr_SetString(PyExc_ValueError, "too many tags");
            return 0;
        }
        *tag = (Tag){key, kind, kind >= CONTAINER ? add_container(reader, name) : NO_NAME};
        if (kind >= CONTAINER && tag->name == NO_NAME) {
            PyErr_SetString(PyExc_ValueError, "too many containers");
            return 0;
        }
    }
    return 1;
}

/* What tables of containers say of each of them. */
static int
add_traits(Reader *reader, PyObject *scopes, PyObject *places, PyObject *hints)
{
    for (int number = 0; number < reader->name_count; number++) {
        PyObject *name = reader->names[number];
        PyObject *scope = PyDict_GetItemWithError(scopes, name);
        PyObject *place = PyDict_GetItemWithError(places, name);
        PyObject *hint = PyDict_GetItemWithError(hints, name);
        reader->scope[number] = scope && PyUnicode_Check(scope) ? number_of(reader, scope) : NO_NAME;
        reader->place[number] = place ? (int)PyLong_AsLong(place) : IN_CONTAINER;
        reader->hints[number] = hint ? (int)PyLong_AsLong(hint) : 0;
        if (PyUnicode_CompareWithASCIIString(name, "tr") == 0)
            reader->row = number;
        if (PyErr_Occurred())
            return 0;
    }
    return 1;
}

static int
add_silent(Reader *reader, PyObject *names)
{
    for (Py_ssize_t index = 0; index < PyTuple_GET_SIZE(names); index++) {
        if (index == MOST_NAMES) {
            PyErr_SetString(PyExc_ValueError, "too many silent elements");
            return 0;
        }
        if (!(reader->silent[index] = key_of(PyTuple_GET_ITEM(names, index))))
            return 0;
        reader->silent_count++;
    }
    return 1;
}

static void
sort_characters(Reader *reader)
{
    for (Py_UCS4 each = 0; each < BASIC_PLANE; each++) {
        int is_han = (each >= 0x3400 && each < 0xa000) || (each >= 0xf900 && each < 0xfb00);
        reader->sort[each] = is_han               ? HAN
                             : each >= 0x3400     ? OTHER
                             : Py_UNICODE_ISDIGIT(each) ? DIGIT
                             : Py_UNICODE_ISALPHA(each) ? LETTER
                                                  : OTHER;
    }
    /* The last one stands for all beyond the basic plane. */
    reader->sort[BASIC_PLANE - 1] = HAN;
}

/* Makes marks of some characters; an own sort for each of them, or what closes beside it. */
static int
mark(Reader *reader, PyObject *marks, int sort)
{
    for (Py_ssize_t at = 0; at < PyUnicode_GET_LENGTH(marks); at++) {
        Py_UCS4 character = PyUnicode_READ_CHAR(marks, at);
        if (character >= BASIC_PLANE - 1) {
            PyErr_SetString(PyExc_ValueError, "marks are characters of the basic plane");
            return 0;
        }
        uint8_t *known = &reader->sort[character];
        *known = (uint8_t)(sort == CLOSING ? *known | CLOSING : sort);
    }
    return 1;
}

static int
Reader_init(Reader *reader, PyObject *arguments, PyObject *keywords)
{
    static char *names[] = {"tags", "scopes", "places", "tag_hints", "silent", "hints_of",
                            "unescaped", "ends", "pauses", "closing", "most_containers",
                            "most_lines", NULL};
    PyObject *tags, *scopes, *places, *hints, *silent, *hints_of, *unescaped;
    PyObject *ends, *pauses, *closing;
    if (reader->hints_of) {
        PyErr_SetString(PyExc_TypeError, "a reader has its tables once");
        return -1;
    }
    if (!PyArg_ParseTupleAndKeywords(
            arguments, keywords, "O!O!O!O!O!OOUUUnn", names, &PyDict_Type, &tags, &PyDict_Type,
            &scopes, &PyDict_Type, &places, &PyDict_Type, &hints, &PyTuple_Type, &silent,
            &hints_of, &unescaped, &ends, &pauses, &closing, &reader->most_containers, &reader->most_lines))
        return -1;
    if (reader->most_containers > INT32_MAX / 2 || reader->most_lines > INT32_MAX / 2) {
        PyErr_SetString(PyExc_ValueError, "limits are below 2 ** 30");
        return -1;
    }
    reader->hints_of = Py_NewRef(hints_of);
    reader->unescaped = Py_NewRef(unescaped);
    reader->row = NO_NAME;
    sort_characters(reader);
    int done = mark(reader, ends, END) && mark(reader, pauses, PAUSE)
               && mark(reader, closing, CLOSING);
    done = done && add_tags(reader, tags) && add_traits(reader, scopes, places, hints)
               && add_silent(reader, silent);
    return done ? 0 : -1;
}

static void
Reader_dealloc(Reader *reader)
{
    for (int number = 0; number < reader->name_count; number++)
        Py_DECREF(reader->names[number]);
    Py_XDECREF(reader->hints_of);
    Py_XDECREF(reader->unescaped);
    Py_TYPE(reader)->tp_free((PyObject *)reader);
}

static PyMethodDef Reader_methods[] = {
    {"read", (PyCFunction)Reader_read, METH_O,
     "Returns a page's lines, and its containers and what is known of the lines as int32 columns."},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject ReaderType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "pipeline.text.extraction.reader.Reader",
    .tp_doc = "Reads pages by the tables that it is given.",
    .tp_basicsize = sizeof(Reader),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = PyType_GenericNew,
    .tp_init = (initproc)Reader_init,
    .tp_dealloc = (destructor)Reader_dealloc,
    .tp_methods = Reader_methods,
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "reader",
    .m_doc = "Reads HTML into containers and lines of text.",
    .m_size = -1,
};

PyMODINIT_FUNC
PyInit_reader(void)
{
    PyObject *made = PyType_Ready(&ReaderType) < 0 ? NULL : PyModule_Create(&module);
    if (made && PyModule_AddObjectRef(made, "Reader", (PyObject *)&ReaderType) < 0)
        Py_CLEAR(made);
    return made;
}
