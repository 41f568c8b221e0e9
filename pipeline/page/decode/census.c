/* What a page's bytes may be, counted in one pass without decoding them. */

#include "basics.h"

/* Counts of a block fit a byte; a character reaches three bytes beyond its block. */
enum { BLOCK = 64, AHEAD = 3, WORD = 8, ESCAPE = 6 };
enum { FIRST_IN_BASIC_PLANE = 0x3400, END_IN_BASIC_PLANE = 0xa000 };
enum { FIRST_BEYOND = 0x20000, END_BEYOND = 0x32400 };
#define HIGH_BITS UINT64_C(0x8080808080808080)

typedef struct {
    Py_ssize_t high, two, three, four, leads, letters, twice, references, named;
    int has_zero, has_hz;
} Census;

static int
digit_of(uint8_t byte)
{
    if (is_ascii_digit(byte))
        return byte - '0';
    byte |= 0x20;
    return byte >= 'a' && byte <= 'f' ? byte - 'a' + 10 : 16;
}

/* Returns whether the number behind `&#` is a Han character's, of four or five hexadecimal digits
   or five or six decimal ones. */
static int
names_han(const uint8_t *at, const uint8_t *end)
{
    int is_hexadecimal = at < end && (*at | 0x20) == 'x';
    int base = is_hexadecimal ? 16 : 10, most = is_hexadecimal ? 5 : 6, digits = 0, point = 0;
    for (at += is_hexadecimal; digits < most && at < end && digit_of(*at) < base; at++, digits++)
        point = point * base + digit_of(*at);
    return digits >= most - 1
           && ((point >= FIRST_IN_BASIC_PLANE && point < END_IN_BASIC_PLANE)
               || (point >= FIRST_BEYOND && point < END_BEYOND));
}

/* Counts the references that begin in a block, which stands at a place of the page. */
static void
count_references(const uint8_t *block, const uint8_t *page, Py_ssize_t place, Py_ssize_t size,
                 Census *census)
{
    for (int at = 0; at < BLOCK; at++)
        if (block[at] == '&' && block[at + 1] == '#') {
            census->references++;
            census->named += names_han(page + place + at + 2, page + size);
        }
}

/* Counts what begins in a block, by sums alone, so that the compiler counts many bytes at once. */
static inline void
count_high(const uint8_t *block, Census *census)
{
    uint8_t high = 0, two = 0, three = 0, four = 0, leads = 0, letters = 0, twice = 0;
    for (int at = 0; at < BLOCK; at++) {
        uint8_t byte = block[at], second = block[at + 1], third = block[at + 2];
        uint8_t goes_on = (second & 0xc0) == 0x80;
        uint8_t goes_far = goes_on & ((third & 0xc0) == 0x80);
        high += byte >> 7;
        two += ((uint8_t)(byte - 0xc2) < 0x1e) & goes_on;
        three += ((uint8_t)(byte - 0xe0) < 0x10) & goes_far;
        four += ((uint8_t)(byte - 0xf0) < 5) & goes_far & ((block[at + 3] & 0xc0) == 0x80);
        leads += (uint8_t)(byte - 0xe4) < 6;
        letters += byte == 0xc3;
        uint8_t was_han = (byte == 0xc3) & ((uint8_t)(second - 0xa4) < 6);
        /* Summed, since the compiler makes of one condition what it cannot count at once. */
        twice += (was_han & (third == 0xc2)) + (was_han & ((uint8_t)(third - 0xc5) < 2))
                 + (was_han & (third == 0xcb)) + (was_han & (third == 0xe2));
    }
    census->high += high;
    census->two += two;
    census->three += three;
    census->four += four;
    census->leads += leads;
    census->letters += letters;
    census->twice += twice;
}

static inline void
count_block(const uint8_t *block, const uint8_t *page, Py_ssize_t place, Py_ssize_t size,
            Census *census)
{
    uint8_t high = 0, references = 0, zero = 0, hz = 0;
    for (int at = 0; at < BLOCK; at++) {
        high |= block[at];
        references |= (block[at] == '&') & (block[at + 1] == '#');
        zero |= !block[at];
        hz |= (block[at] == '~') & (block[at + 1] == '{');
    }
    census->has_zero |= zero;
    census->has_hz |= hz;
    if (references)
        count_references(block, page, place, size, census);
    if (high & 0x80)
        count_high(block, census);
}

FOR_EACH_PROCESSOR static void
count_page(const uint8_t *page, Py_ssize_t size, Census *census)
{
    Py_ssize_t place = 0;
    for (; size - place >= BLOCK + AHEAD; place += BLOCK)
        count_block(page + place, page, place, size, census);
    /* What is left, and zeros behind it, which end whatever is cut. */
    uint8_t last[2 * BLOCK + AHEAD] = {0};
    int has_zero = census->has_zero;
    if (size > place) {
        memcpy(last, page + place, (size_t)(size - place));
        has_zero |= memchr(last, 0, (size_t)(size - place)) != NULL;
    }
    count_block(last, page, place, size, census);
    count_block(last + BLOCK, page, place + BLOCK, size, census);
    census->has_zero = has_zero;
}

static PyObject *
count(PyObject *Py_UNUSED(module), PyObject *payload)
{
    Py_buffer buffer;
    Census census = {0};
    if (PyObject_GetBuffer(payload, &buffer, PyBUF_SIMPLE) < 0)
        return NULL;
    count_page(buffer.buf, buffer.len, &census);
    PyBuffer_Release(&buffer);
    return Py_BuildValue("nnnnnnnnnOO", census.high, census.two, census.three, census.four,
                         census.leads, census.letters, census.twice, census.references,
                         census.named, census.has_zero ? Py_True : Py_False,
                         census.has_hz ? Py_True : Py_False);
}

/* Whether `\\u` and four digits stand there that name a character of U+3400 to U+9FFF. */
static int
escapes_han(const uint8_t *at, const uint8_t *end)
{
    int point = 0;
    if (end - at < ESCAPE || at[1] != 'u')
        return 0;
    for (int digit = 2; digit < ESCAPE; digit++) {
        if (digit_of(at[digit]) == 16)
            return 0;
        point = point * 16 + digit_of(at[digit]);
    }
    return point >= FIRST_IN_BASIC_PLANE && point < END_IN_BASIC_PLANE;
}

static PyObject *
escaped_han(PyObject *Py_UNUSED(module), PyObject *payload)
{
    Py_buffer buffer;
    if (PyObject_GetBuffer(payload, &buffer, PyBUF_SIMPLE) < 0)
        return NULL;
    const uint8_t *at = buffer.buf, *end = at + buffer.len;
    Py_ssize_t count = 0;
    while (at < end && (at = memchr(at, '\\', (size_t)(end - at))))
        count += escapes_han(at++, end);
    PyBuffer_Release(&buffer);
    return PyLong_FromSsize_t(count);
}

/* Copies the words of eight bytes that are not ASCII or follow one, and the rest behind the last
   word; returns how many bytes these are. */
static Py_ssize_t
copy_high(const uint8_t *page, Py_ssize_t size, uint8_t *kept)
{
    uint8_t *to = kept;
    Py_ssize_t place = 0;
    uint64_t word, before = 0;
    for (; size - place >= WORD; place += WORD, before = word) {
        memcpy(&word, page + place, WORD);
        word &= HIGH_BITS;
        if (word | before) {
            memcpy(to, page + place, WORD);
            to += WORD;
        }
    }
    if (size > place)
        memcpy(to, page + place, (size_t)(size - place));
    return to - kept + size - place;
}

static PyObject *
without_ascii(PyObject *Py_UNUSED(module), PyObject *payload)
{
    Py_buffer buffer;
    if (PyObject_GetBuffer(payload, &buffer, PyBUF_SIMPLE) < 0)
        return NULL;
    PyObject *kept = PyBytes_FromStringAndSize(NULL, buffer.len);
    if (kept) {
        Py_ssize_t size = copy_high(buffer.buf, buffer.len, (uint8_t *)PyBytes_AS_STRING(kept));
        _PyBytes_Resize(&kept, size);
    }
    PyBuffer_Release(&buffer);
    return kept;
}

static PyMethodDef methods[] = {
    {"count", count, METH_O,
     "Returns what stands in a page's bytes, as `utf8.Census` names it."},
    {"escaped_han", escaped_han, METH_O,
     "Returns how many Han of the basic plane stand in a page as escapes such as \\u4e2d."},
    {"without_ascii", without_ascii, METH_O,
     "Returns a page without most of its ASCII; what that kept apart stays apart.\n\n"
     "Left out are words of eight bytes that are ASCII and follow ASCII. In UTF-8, GB18030 and\n"
     "Big5, where a character has at most four bytes, what remains reads as it did."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "census",
    .m_doc = "What a page's bytes may be, counted without decoding them.",
    .m_size = 0,
    .m_methods = methods,
};

PyMODINIT_FUNC
PyInit_census(void)
{
    return PyModuleDef_Init(&module);
}
