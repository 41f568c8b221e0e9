/* The parts of a page that hold no text to read: scripts, styles, comments, form fields. */

#include "reader.h"

enum { COMMENT = MOST_NAMES, SECTION, ENDS };
enum { LONGEST_QUESTION = 400, LONGEST_BUTTON = 2000 };

/* The name `button`, as `read_name` has it. */
static const uint64_t BUTTON =
    2 | 21 << 6 | 20 << 12 | 20 << 18 | UINT64_C(15) << 24 | UINT64_C(14) << 30;

static int
ends_name(const Py_UCS4 *text, Py_ssize_t at, Py_ssize_t end)
{
    return at < end && (text[at] == '/' || text[at] == '>' || is_white(text[at]));
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
    return (int)reader->silent_at[silent_slot(reader, key)] - 1;
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

/* Whether a question stands in the first part of what ends at a place: such a button opens its
   answer, and is text. */
static int
asks(const Py_UCS4 *text, Py_ssize_t at, Py_ssize_t end)
{
    for (end = end < at + LONGEST_QUESTION ? end : at + LONGEST_QUESTION; at < end; at++)
        if (text[at] == 0xff1f)
            return 1;
    return 0;
}

/* Where a button ends, if it does so soon: or each of many could look for the same end. */
static Py_ssize_t
button_end(const Reader *reader, int kind, const Py_UCS4 *text, Py_ssize_t after, Py_ssize_t end)
{
    return silence_end(reader, kind, text, after - 2,
                       end < after + LONGEST_BUTTON ? end : after + LONGEST_BUTTON);
}

int
without_silence(const Reader *reader, const Py_UCS4 *text, Py_ssize_t end, Chars *kept)
{
    static const Py_UCS4 space = ' ';
    char is_endless[ENDS] = {0};
    Py_ssize_t from = 0, after;
    Py_ssize_t at = find(text, 0, end, '<');
    while (at < end) {
        int kind = silence_at(reader, text, at, end, &after);
        int is_button = kind != NO_NAME && kind < COMMENT && reader->silent[kind] == BUTTON;
        Py_ssize_t close = is_button ? button_end(reader, kind, text, after, end) : 0;
        if (kind == NO_NAME || (close > 0 && asks(text, after, close))) {
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
