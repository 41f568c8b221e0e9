/* Character references. */

#include "reader.h"

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
int
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
    int is_text = read && PyUnicode_Check(read);
    if (read && !is_text)
        PyErr_SetString(PyExc_TypeError, "what is unescaped is a str");
    int done = is_text && append_string(run, read);
    Py_XDECREF(read);
    return done;
}
