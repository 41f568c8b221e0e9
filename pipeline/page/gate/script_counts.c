/* What kinds of characters a text in UTF-8 has, references resolved, counted without decoding. */

#include "basics.h"

enum { OTHER, HAN, KANA, LETTER };
enum { SHORTEST_NAME = 2, LONGEST_NAME = 8, MOST_NAME_BYTES = 32, MOST_DIGITS = 7 };

typedef struct {
    const uint8_t *at, *end;
    PyObject *unescaped;
    Py_ssize_t counts[LETTER + 1], words;
    int after_letter;
    /* Whether references beyond the plainest are resolved; below 0 until one is met. */
    int resolves;
} Text;

static int
is_between(Py_UCS4 point, Py_UCS4 first, Py_UCS4 last)
{
    return point - first <= last - first;
}

static int
is_hexadecimal(uint8_t byte)
{
    return is_ascii_digit(byte) || is_between(byte | 0x20, 'a', 'f');
}

static int
kind_of(Py_UCS4 point)
{
    if (point < 0x80)
        return is_ascii_letter(point) ? LETTER : OTHER;
    if (is_between(point, 0x3400, 0x9fff) || is_between(point, 0x20000, 0x323ff))
        return HAN;
    /* Latin to Georgian and beyond, and hangul. */
    if (is_between(point, 0xc0, 0x1fff) || is_between(point, 0xac00, 0xd7af))
        return LETTER;
    return is_between(point, 0x3041, 0x3096) || is_between(point, 0x30a1, 0x30fa) ? KANA : OTHER;
}

static void
add(Text *text, int kind)
{
    text->counts[kind]++;
    text->words += kind == LETTER && !text->after_letter;
    text->after_letter = kind == LETTER;
}

/* Adds the ASCII that is next, up to what may be a reference. */
static void
add_ascii(Text *text)
{
    const uint8_t *at = text->at, *end = text->end;
    int after_letter = text->after_letter;
    Py_ssize_t words = 0;
    for (; at < end && *at < 0x80 && *at != '&'; at++) {
        int is_letter = is_ascii_letter(*at);
        words += is_letter & !after_letter;
        after_letter = is_letter;
    }
    text->words += words;
    text->after_letter = after_letter;
    text->at = at;
}

static int
goes_on(uint8_t byte)
{
    return (byte & 0xc0) == 0x80;
}

/* Adds the characters of U+4000 to U+9FFF that are next: nearly all Han, and nothing else. */
static void
add_han(Text *text)
{
    const uint8_t *at = text->at, *end = text->end;
    while (end - at >= 3 && is_between(*at, 0xe4, 0xe9) && goes_on(at[1]) && goes_on(at[2]))
        at += 3;
    if (at > text->at)
        text->after_letter = 0;
    text->counts[HAN] += (at - text->at) / 3;
    text->at = at;
}

/* Adds the character beyond ASCII that is next; one byte where it is none. */
static void
add_beyond_ascii(Text *text)
{
    const uint8_t *at = text->at;
    uint8_t lead = *at;
    int length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2, is_whole = lead >= 0xc2 && lead < 0xf5;
    is_whole = is_whole && text->end - at >= length;
    Py_UCS4 point = lead & (0x7fu >> length);
    for (int next = 1; is_whole && next < length; next++) {
        is_whole = goes_on(at[next]);
        point = point << 6 | (at[next] & 0x3f);
    }
    if (length == 3)
        is_whole = is_whole && point >= 0x800 && !is_between(point, 0xd800, 0xdfff);
    if (length == 4)
        is_whole = is_whole && is_between(point, 0x10000, 0x10ffff);
    add(text, is_whole ? kind_of(point) : OTHER);
    text->at += is_whole ? length : 1;
}

/* Adds what a reference, which ends there, stands for; 0 if that fails. */
static int
add_unescaped(Text *text, const uint8_t *end)
{
    const char *reference = (const char *)text->at;
    text->at = end;
    PyObject *plain = PyUnicode_DecodeASCII(reference, (const char *)end - reference, "strict");
    if (!plain)
        return 0;
    PyObject *resolved = PyObject_CallOneArg(text->unescaped, plain);
    Py_DECREF(plain);
    if (!resolved)
        return 0;
    int is_text = PyUnicode_Check(resolved);
    if (!is_text)
        PyErr_SetString(PyExc_TypeError, "what is unescaped is a str");
    for (Py_ssize_t at = 0; is_text && at < PyUnicode_GET_LENGTH(resolved); at++)
        add(text, kind_of(PyUnicode_READ_CHAR(resolved, at)));
    Py_DECREF(resolved);
    return is_text;
}

/* Adds the character of which the number is next; 0 if that fails. */
static int
add_number(Text *text)
{
    const uint8_t *at = text->at + 2, *end = text->end;
    int base = at < end && (*at | 0x20) == 'x' ? 16 : 10;
    at += base == 16;
    const uint8_t *digits = at;
    Py_UCS4 point = 0;
    for (; at < end && (base == 16 ? is_hexadecimal(*at) : is_ascii_digit(*at)); at++)
        if (at - digits < MOST_DIGITS)
            point = point * (Py_UCS4)base
                    + (Py_UCS4)(is_ascii_digit(*at) ? *at - '0' : (*at | 0x20) - 'a' + 10);
    if (at == digits) {
        add(text, OTHER);
        text->at++;
        return 1;
    }
    int is_plain = at - digits <= MOST_DIGITS
                   && (is_between(point, 0x20, 0x7e) || is_between(point, 0xa0, 0xd7ff));
    at += at < end && *at == ';';
    if (!is_plain)
        return add_unescaped(text, at);
    add(text, kind_of(point));
    text->at = at;
    return 1;
}

/* Returns whether a numeric reference, or what looks like one, is still to come. */
static int
has_number(const uint8_t *at, const uint8_t *end)
{
    while (end - at > 1 && (at = memchr(at, '&', (size_t)(end - at - 1))))
        if (*++at == '#')
            return 1;
    return 0;
}

/* Adds what the ampersand that is next begins; 0 if that fails.

   Short names stand for a space. Of other references most are numbers: a text without a number has
   none resolved. */
static int
add_reference(Text *text)
{
    const uint8_t *name = text->at + 1, *at = name;
    while (at < text->end && at - name <= LONGEST_NAME && is_ascii_letter(*at))
        at++;
    int is_short = is_between((Py_UCS4)(at - name), SHORTEST_NAME, LONGEST_NAME);
    if (is_short && at < text->end && *at == ';') {
        add(text, OTHER);
        text->at = at + 1;
        return 1;
    }
    if (text->resolves < 0)
        text->resolves = has_number(text->at, text->end);
    if (text->resolves && name < text->end && *name == '#')
        return add_number(text);
    while (at < text->end && at - name < MOST_NAME_BYTES && (is_ascii_letter(*at) || is_ascii_digit(*at)))
        at++;
    if (text->resolves && at - name >= SHORTEST_NAME)
        return add_unescaped(text, at + (at < text->end && *at == ';'));
    add(text, OTHER);
    text->at++;
    return 1;
}

static int
add_all(Text *text)
{
    while (text->at < text->end) {
        add_ascii(text);
        add_han(text);
        if (text->at == text->end)
            break;
        if (*text->at >= 0x80)
            add_beyond_ascii(text);
        else if (*text->at == '&' && !add_reference(text))
            return 0;
    }
    return 1;
}

static PyObject *
count_scripts(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    Py_buffer buffer;
    Text text = {.resolves = -1};
    if (!PyArg_ParseTuple(arguments, "y*O", &buffer, &text.unescaped))
        return NULL;
    text.at = buffer.buf;
    text.end = text.at + buffer.len;
    int is_done = add_all(&text);
    PyBuffer_Release(&buffer);
    if (!is_done)
        return NULL;
    return Py_BuildValue("nnn", text.counts[HAN], text.counts[KANA], text.words);
}

static PyMethodDef methods[] = {
    {"count_scripts", count_scripts, METH_VARARGS,
     "Returns how many Han characters, kana and words of other scripts a text in UTF-8 has.\n\n"
     "Args: the text, and what a reference stands for, such as `html.unescape` tells it."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "script_counts",
    .m_doc = "What kinds of characters a text has.",
    .m_size = 0,
    .m_methods = methods,
};

PyMODINIT_FUNC
PyInit_script_counts(void)
{
    return PyModuleDef_Init(&module);
}
