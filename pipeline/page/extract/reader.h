/* What the parts of the reader share: arrays that grow, characters, and the page being read.

   Functions return 0 if they fail, with Python's error set. */

#ifndef JINGYU_READER_H
#define JINGYU_READER_H

#include "basics.h"
#include <wchar.h>

/* What a tag is, and what a line stands in, as in tags.py. */
enum { INLINE, BREAK, PARAGRAPH, HEADING, LINK, CONTAINER, ITEM, CELL, ROW, LIST, PREFORMATTED };
enum { IN_CONTAINER, IN_PARAGRAPH, IN_ITEM, IN_CELL, IN_HEADING, IN_PREFORMATTED };

/* What a character is. */
enum { END, PAUSE, HAN, DIGIT, LETTER, SORTS, OTHER = SORTS, CLOSING = 8 };
enum { BASIC_PLANE = 1 << 16 };
enum { NO_BREAK_SPACE = 0xA0, EM_QUAD = 0x2001, EM_SPACE = 0x2003, IDEOGRAPHIC_SPACE = 0x3000 };

enum { SLOTS = 256, MOST_NAMES = 64, LONGEST_NAME = 10, BITS_PER_LETTER = 6 };
enum { NO_NAME = -1, NOT_OPEN = -1 };
enum { MOST_COLUMNS = 200, MOST_GRIDS = 64, BULLET = -1, NO_NUMBER = INT32_MIN };

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

/* Words of names, padded with zeros, and what they hint at; no length is an empty place. */
enum { LONGEST_WORDS = 24, WORD_SLOTS = 1 << 13 };

typedef struct {
    char text[LONGEST_WORDS];
    int length, hints;
} Word;

/* Arrays of a page that wait for the next one: none has to be made for it. */
enum { INTS_OF_PAGE = 25, CHARS_OF_PAGE = 4, MOST_WAITING = 1 << 18 };

typedef struct {
    Ints ints[INTS_OF_PAGE];
    Chars chars[CHARS_OF_PAGE];
    int is_lent;
} Room;

typedef struct {
    PyObject_HEAD
    Tag tags[SLOTS];
    uint64_t silent[MOST_NAMES];
    uint8_t silent_at[SLOTS]; /* number of a silent name, from 1, by its key */
    PyObject *names[MOST_NAMES];
    int scope[MOST_NAMES], place[MOST_NAMES], hints[MOST_NAMES];
    int name_count, row, table, list, preformatted;
    Py_ssize_t most_containers, most_lines;
    PyObject *hints_of, *unescaped, *known_words;
    Word *words; /* those of `known_words` that were met last */
    int *word_count;
    Room *room;
    int hidden, leads;
    /* What no page can know. */
    uint64_t secret;
    uint8_t sort[BASIC_PLANE];
} Reader;

/* The columns of a table that is open: for how many rows from the last one on a cell covers each. */
typedef struct {
    int32_t left[MOST_COLUMNS];
    int next, width, joined;
    int32_t number;
} Grid;

/* Attributes that a page had lately: where they stand, and their number. */
enum { SEEN = 256 };

typedef struct {
    const Py_UCS4 *text;
    Py_ssize_t length, look;
} Seen;

/* The page that is being read. */
typedef struct {
    const Reader *reader;
    Chars source, page, run, scratch;
    Ints parent, name, look, hints, inherited, depth, first, last;
    Ints link_length, node, kind, length, closed, counts[SORTS], group;
    Ints stack, opened_before;
    int open[MOST_NAMES];
    int32_t unopened[MOST_NAMES];
    /* Per container: the column of a cell, the number of the next item of an ordered list. */
    Ints column, counter;
    /* Per line: what is known of it beyond its text, as `Lines.mark` says. */
    Ints mark;
    /* `codes` has the attributes of the first `code` tag in each preformatted container. */
    PyObject *texts, *looks, *codes;
    Ints look_hints;
    Seen seen[SEEN];
    Py_ssize_t linked;
    int flow;
    int32_t last_row;
    Grid *grids;
    Py_ssize_t tables, grid_room;
    int32_t item, level, gap, table_count;
    int is_after_break, is_begun;
} Page;

/* Arrays that grow. */

static inline int
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

static inline int
push(Ints *ints, Py_ssize_t value)
{
    if (ints->count == ints->room
        && !make_room((void **)&ints->at, &ints->room, ints->count + 1, sizeof(int32_t)))
        return 0;
    ints->at[ints->count++] = (int32_t)value;
    return 1;
}

static inline int
append(Chars *chars, const Py_UCS4 *text, Py_ssize_t length)
{
    if (!make_room((void **)&chars->at, &chars->room, chars->count + length, sizeof(Py_UCS4)))
        return 0;
    if (length)
        memcpy(chars->at + chars->count, text, (size_t)length * sizeof(Py_UCS4));
    chars->count += length;
    return 1;
}

static inline int
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

static inline PyObject *
string_of(const Py_UCS4 *text, Py_ssize_t length)
{
    return PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, text, length);
}

/* Characters. */

static inline Py_ssize_t
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

/* From 1 to 38 for what a tag's name may hold, whatever its case; 0 for anything else. */
static inline int
code_of(Py_UCS4 character)
{
    if (is_ascii_letter(character))
        return (int)(character | 0x20) - 'a' + 1;
    if (is_ascii_digit(character))
        return (int)character - '0' + 27;
    return character == ':' ? 37 : character == '-' ? 38 : 0;
}

/* The name at a place as a number, 0 if it is longer than any known one; moves the place behind. */
static inline uint64_t
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

static inline const Tag *
find_tag(const Reader *reader, uint64_t key)
{
    unsigned slot = (unsigned)(key * GOLDEN >> 56);
    while (reader->tags[slot].key && reader->tags[slot].key != key)
        slot = (slot + 1) % SLOTS;
    return &reader->tags[slot];
}

/* White space; beyond the ideographic space there is none. */
static inline int
is_white(Py_UCS4 character)
{
    return character <= IDEOGRAPHIC_SPACE && Py_UNICODE_ISSPACE(character);
}

static inline int
is_all_space(const Py_UCS4 *text, Py_ssize_t length)
{
    for (Py_ssize_t at = 0; at < length; at++)
        if (!is_white(text[at]))
            return 0;
    return 1;
}

static inline Py_ssize_t
stripped_length(const Py_UCS4 *text, Py_ssize_t length)
{
    Py_ssize_t from = 0;
    while (length && is_white(text[length - 1]))
        length--;
    while (from < length && is_white(text[from]))
        from++;
    return length - from;
}

/* Where the number of a silent name stands, or the empty place for it. */
static inline unsigned
silent_slot(const Reader *reader, uint64_t key)
{
    unsigned slot = (unsigned)(key * GOLDEN >> 56);
    while (reader->silent_at[slot] && reader->silent[reader->silent_at[slot] - 1] != key)
        slot = (slot + 1) % SLOTS;
    return slot;
}

static inline int
starts_with(const Py_UCS4 *text, Py_ssize_t at, Py_ssize_t end, const char *wanted)
{
    for (; *wanted; at++, wanted++)
        if (at >= end || text[at] != (Py_UCS4)*wanted)
            return 0;
    return 1;
}

/* The parts. */

/* The bits of a number from 0 on; -1 with the error set if it is none. */
int bits_of(PyObject *number);
int without_silence(const Reader *reader, const Py_UCS4 *text, Py_ssize_t end, Chars *kept);
int unescape_run(Page *page);
int read_text(Page *page, const Py_UCS4 *text, Py_ssize_t length, Py_ssize_t link_depth);
int end_line(Page *page, int by_break);
int add_line(Page *page, const Py_UCS4 *text, Py_ssize_t length, Py_ssize_t linked, int32_t node,
             int kind);
void join_words(Chars *run);
int join_row(Page *page, int32_t row);
int push_grid(Page *page);
int place_cell(Page *page, int32_t node, const Py_UCS4 *attributes, Py_ssize_t length);
void begin_row(Page *page);
Grid *grid_of(Page *page);
/* The number that an attribute states, another one if it states none. */
int32_t number_in(const Py_UCS4 *attributes, Py_ssize_t end, const char *name, int32_t other);
int is_preformatted(const Page *page);
/* The bits that attributes hint at, -1 if Python raised. */
int hints_in(const Reader *reader, const Py_UCS4 *attributes, Py_ssize_t length);
int push_container(Page *page, int32_t parent, int name, Py_ssize_t look);
int begin_container(Page *page, const Tag *tag, const Py_UCS4 *attributes, Py_ssize_t length);
int end_container(Page *page, int name);
/* Whether a page has got the arrays that wait; in either case it has to leave them. */
int borrow_room(Page *page);
void leave_room(Page *page, int is_lent);
void free_room(Room *room);
PyObject *read_page(const Reader *reader, PyObject *text);

#endif
