/* What of a page's bytes a reader would see as text, found without parsing it.

   One walk from tag to tag. What is sought ahead, such as the end of a comment, is remembered until
   the walk has passed it, so that time is linear in the page, whatever it leaves open. */

#include "basics.h"

enum { MOST_TAGS_IN_LINK = 12, TAG_BYTES = 256 };
static const char LINKED_DATA[] = "ld+json";

typedef struct {
    uint8_t *at;
    Py_ssize_t size;
} Part;

typedef struct {
    const uint8_t *bytes;
    Py_ssize_t size;
    /* The next of each from a tag on: before it if not yet sought, the size if there is none. */
    Py_ssize_t tag_end, comment_end, raw_end;
    Part in_links, elsewhere;
    /* The last `<a` that is not closed: its number among tags, none being below 0, and where the
       text behind it begins in `elsewhere`. */
    Py_ssize_t link, link_text;
} Page;

/* Returns a byte, or 0 beyond the end. */
static uint8_t
byte_at(const Page *page, Py_ssize_t place)
{
    return place < page->size ? page->bytes[place] : 0;
}

/* Returns where a byte next stands; the size if nowhere. */
static Py_ssize_t
find(const Page *page, Py_ssize_t from, char wanted)
{
    if (from >= page->size)
        return page->size;
    const uint8_t *found = memchr(page->bytes + from, wanted, (size_t)(page->size - from));
    return found ? found - page->bytes : page->size;
}

static int
is_name_end(uint8_t byte)
{
    return byte == ' ' || byte == '>' || byte == '/' || byte == '\t' || byte == '\n' || byte == '\r'
           || byte == '\f';
}

static Py_ssize_t
next_tag(const Page *page, Py_ssize_t from)
{
    for (Py_ssize_t at = find(page, from, '<'); at < page->size; at = find(page, at + 1, '<')) {
        uint8_t first = byte_at(page, at + 1);
        if (is_ascii_letter(first) || first == '!' || first == '/' || first == '?')
            return at;
    }
    return page->size;
}

static int
is_link(const Page *page, Py_ssize_t name)
{
    return (byte_at(page, name) | 0x20) == 'a' && is_name_end(byte_at(page, name + 1));
}

/* Returns whether the name of a script or style stands there, as far as it takes to tell. */
static int
is_raw(const Page *page, Py_ssize_t name)
{
    if ((byte_at(page, name) | 0x20) != 's')
        return 0;
    uint8_t second = byte_at(page, name + 1) | 0x20, third = byte_at(page, name + 2) | 0x20;
    return (second == 'c' && third == 'r') || (second == 't' && third == 'y');
}

static Py_ssize_t
tag_end(Page *page, Py_ssize_t tag)
{
    if (page->tag_end < tag)
        page->tag_end = find(page, tag, '>');
    return page->tag_end;
}

/* Returns where the `-->` of the comment that begins there stands. */
static Py_ssize_t
comment_end(Page *page, Py_ssize_t tag)
{
    if (page->comment_end >= tag)
        return page->comment_end;
    Py_ssize_t at = find(page, tag + 2, '>');
    while (at < page->size && (page->bytes[at - 1] != '-' || page->bytes[at - 2] != '-'))
        at = find(page, at + 1, '>');
    page->comment_end = at < page->size ? at - 2 : page->size;
    return page->comment_end;
}

static Py_ssize_t
raw_end(Page *page, Py_ssize_t tag)
{
    if (page->raw_end >= tag)
        return page->raw_end;
    Py_ssize_t at = find(page, tag, '<');
    while (at < page->size && (byte_at(page, at + 1) != '/' || !is_raw(page, at + 2)))
        at = find(page, at + 1, '<');
    page->raw_end = at;
    return at;
}

/* Returns whether a script's tag says that it holds linked data, and so perhaps the article. */
static int
is_linked_data(Page *page, Py_ssize_t tag)
{
    Py_ssize_t length = (Py_ssize_t)sizeof(LINKED_DATA) - 1, end = tag_end(page, tag);
    if (end - tag > TAG_BYTES)
        end = tag + TAG_BYTES;
    for (Py_ssize_t at = tag; end - at >= length; at++)
        if (!memcmp(page->bytes + at, LINKED_DATA, (size_t)length))
            return 1;
    return 0;
}

/* Appends text and a space, which keeps it apart from what follows. */
static void
append(Part *part, const uint8_t *text, Py_ssize_t size)
{
    if (size)
        memcpy(part->at + part->size, text, (size_t)size);
    part->size += size;
    part->at[part->size++] = ' ';
}

/* Opens or closes a link: what stands between its tags, if these are few, goes to the links. */
static void
follow_link(Page *page, Py_ssize_t tag, Py_ssize_t number)
{
    if (is_link(page, tag + 1)) {
        page->link = number;
        page->link_text = page->elsewhere.size;
    }
    else if (byte_at(page, tag + 1) == '/' && is_link(page, tag + 2)) {
        Part *links = &page->in_links, *elsewhere = &page->elsewhere;
        if (page->link >= 0 && number - page->link < MOST_TAGS_IN_LINK) {
            Py_ssize_t size = elsewhere->size - page->link_text;
            if (size)
                memcpy(links->at + links->size, elsewhere->at + page->link_text, (size_t)size);
            links->size += size;
            elsewhere->size = page->link_text;
        }
        page->link = -1;
    }
}

/* Parts the page's text, of which the first tag is given. */
static void
part_text(Page *page, Py_ssize_t tag)
{
    /* Up to where no tag counts, since a script or comment goes on, and where text begins then. */
    Py_ssize_t silent_end = 0, resumed = 0;
    append(&page->elsewhere, page->bytes, tag);
    for (Py_ssize_t number = 0, next; tag < page->size; number++, tag = next) {
        follow_link(page, tag, number);
        if (tag >= silent_end) {
            if (is_raw(page, tag + 1) && !is_linked_data(page, tag))
                silent_end = resumed = raw_end(page, tag);
            else if (byte_at(page, tag + 1) == '!' && byte_at(page, tag + 2) == '-') {
                silent_end = comment_end(page, tag);
                resumed = silent_end + (Py_ssize_t)strlen("-->");
            }
            /* What is never closed is no script or comment. */
            if (silent_end == page->size)
                silent_end = 0;
        }
        next = next_tag(page, tag + 1);
        Py_ssize_t start = tag < silent_end ? resumed : tag_end(page, tag) + 1;
        if (start < next)
            append(&page->elsewhere, page->bytes + start, next - start);
    }
}

static PyObject *
visible_parts(Page *page, Py_ssize_t first_tag)
{
    /* Each piece of text, but the last, has a space in place of the `<` behind it. */
    size_t room = (size_t)page->size + 1;
    PyObject *parts = NULL;
    page->in_links.at = PyMem_Malloc(room);
    page->elsewhere.at = PyMem_Malloc(room);
    if (page->in_links.at && page->elsewhere.at) {
        part_text(page, first_tag);
        parts = Py_BuildValue("y#y#", page->in_links.at, page->in_links.size,
                              page->elsewhere.at, page->elsewhere.size);
    }
    else
        PyErr_NoMemory();
    PyMem_Free(page->in_links.at);
    PyMem_Free(page->elsewhere.at);
    return parts;
}

static PyObject *
visible(PyObject *Py_UNUSED(module), PyObject *payload)
{
    if (!PyBytes_Check(payload)) {
        PyErr_SetString(PyExc_TypeError, "a page is bytes");
        return NULL;
    }
    Page page = {
        .bytes = (const uint8_t *)PyBytes_AS_STRING(payload),
        .size = PyBytes_GET_SIZE(payload),
        .tag_end = -1,
        .comment_end = -1,
        .raw_end = -1,
        .link = -1,
    };
    Py_ssize_t first_tag = next_tag(&page, 0);
    if (first_tag == page.size)
        return Py_BuildValue("yO", "", payload);
    return visible_parts(&page, first_tag);
}

static PyMethodDef methods[] = {
    {"visible", visible, METH_O,
     "Returns the text of a page in an encoding that has ASCII's `<` and `>`, such as GB18030.\n\n"
     "First that in links, then what stands elsewhere, each piece with a space behind it. Left\n"
     "out are tags, comments, styles and scripts; a script of linked data may hold the article\n"
     "and counts as text, and so does what follows a comment or script that is not closed. A\n"
     "link is what stands between `<a` and `</a` with fewer than 12 tags between them: an anchor\n"
     "that is never closed does not make a link of the page."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "visible",
    .m_doc = "What of a page's bytes a reader would see as text.",
    .m_size = 0,
    .m_methods = methods,
};

PyMODINIT_FUNC
PyInit_visible(void)
{
    return PyModuleDef_Init(&module);
}
