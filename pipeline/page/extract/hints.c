/* What class names, ids and styles say about a part of a page. */

#include "reader.h"

enum { READ = 1000, LONGEST_VALUE = 300, MOST_KNOWN = 1 << 16 };
enum { NO_KEY, NAMES, STYLE, HIDDEN };

/* The words of a name in lower case, the last one and the one before it; `end` of no word is 0. */
typedef struct {
    const Reader *reader;
    char words[2 * LONGEST_VALUE + 2];
    Py_ssize_t start, end;
    Py_UCS4 before;
    int leads, hints;
} Words;

static int
is_word(Py_UCS4 character)
{
    return is_ascii_letter(character) || is_ascii_digit(character) || character == '_';
}

static int
is_space(Py_UCS4 character)
{
    return character == ' ' || (character >= '\t' && character <= '\r');
}

static Py_ssize_t
skip_space(const Py_UCS4 *text, Py_ssize_t at, Py_ssize_t end)
{
    while (at < end && is_space(text[at]))
        at++;
    return at;
}

/* Whether a word in lower case stands at a place, in any case. */
static int
reads(const Py_UCS4 *text, Py_ssize_t at, Py_ssize_t end, const char *word)
{
    for (; *word; at++, word++)
        if (at >= end || text[at] >= 0x80 || (text[at] | 0x20) != (Py_UCS4)*word)
            return 0;
    return 1;
}

/* Whether `property : value` stands at a place. */
static int
declares(const Py_UCS4 *text, Py_ssize_t at, Py_ssize_t end, const char *property,
         const char *value)
{
    if (!reads(text, at, end, property))
        return 0;
    at = skip_space(text, at + (Py_ssize_t)strlen(property), end);
    return at < end && text[at] == ':' && reads(text, skip_space(text, at + 1, end), end, value);
}

static int
hides(const Py_UCS4 *text, Py_ssize_t at, Py_ssize_t end)
{
    for (; at < end; at++)
        if (declares(text, at, end, "display", "none")
            || declares(text, at, end, "visibility", "hidden"))
            return 1;
    return 0;
}

/* Asks Python what words hint at, and remembers it; -1 if that raised. */
static int
ask(const Reader *reader, PyObject *words)
{
    PyObject *found = PyObject_CallOneArg(reader->hints_of, words);
    int hints = found ? bits_of(found) : -1;
    if (hints >= 0) {
        if (PyDict_GET_SIZE(reader->known_words) >= MOST_KNOWN)
            PyDict_Clear(reader->known_words);
        if (PyDict_SetItem(reader->known_words, words, found) < 0)
            hints = -1;
    }
    Py_XDECREF(found);
    return hints;
}

/* What some words hint at, from Python once for each; -1 if that raised. */
static int
ask_once(const Reader *reader, const char *words, Py_ssize_t length)
{
    int hints = -1;
    PyObject *asked = PyUnicode_FromStringAndSize(words, length);
    if (!asked)
        return -1;
    PyObject *found = PyDict_GetItemWithError(reader->known_words, asked);
    if (found)
        hints = bits_of(found);
    else if (!PyErr_Occurred())
        hints = ask(reader, asked);
    Py_DECREF(asked);
    return hints;
}

/* The place in the table for some words: theirs, or an empty one. */
static Word *
place_of(const Reader *reader, const char *words, Py_ssize_t length)
{
    char padded[LONGEST_WORDS] = {0};
    uint64_t hash = reader->secret, part;
    memcpy(padded, words, (size_t)length);
    for (size_t at = 0; at < (size_t)length; at += sizeof(part)) {
        memcpy(&part, padded + at, sizeof(part));
        hash = mixed(hash ^ part);
    }
    size_t slot = hash % WORD_SLOTS;
    while (reader->words[slot].length
           && memcmp(reader->words[slot].text, padded, sizeof(padded)) != 0)
        slot = (slot + 1) % WORD_SLOTS;
    return &reader->words[slot];
}

/* What some words hint at, -1 if Python raised. The table is half full at most, then begun anew. */
static int
look_up(const Reader *reader, const char *words, Py_ssize_t length)
{
    if (length > LONGEST_WORDS)
        return ask_once(reader, words, length);
    Word *word = place_of(reader, words, length);
    if (word->length)
        return word->hints;
    int hints = ask_once(reader, words, length);
    if (hints < 0)
        return -1;
    if (*reader->word_count >= WORD_SLOTS / 2) {
        memset(reader->words, 0, WORD_SLOTS * sizeof(Word));
        *reader->word_count = 0;
    }
    word = place_of(reader, words, length); /* Python may have read a page meanwhile */
    if (!word->length) {
        memcpy(word->text, words, (size_t)length);
        word->length = (int)length;
        word->hints = hints;
        ++*reader->word_count;
    }
    return hints;
}

/* Looks up the last word, and with the one before it if that may lead; numbers hint at nothing. */
static int
end_word(Words *words)
{
    const Reader *reader = words->reader;
    Py_ssize_t start = words->start, length = words->end - start;
    int is_number = 1, hints = 0;
    if (!length)
        return 1;
    for (Py_ssize_t at = start; at < words->end; at++)
        is_number = is_number && is_ascii_digit((Py_UCS4)words->words[at]);
    if (!is_number && (hints = look_up(reader, words->words + start, length)) < 0)
        return 0;
    if (words->leads && !is_number) {
        int both = look_up(reader, words->words, words->end);
        if (both < 0)
            return 0;
        words->hints |= both;
    }
    words->leads = hints & reader->leads;
    words->hints |= hints;
    memmove(words->words, words->words + start, (size_t)length);
    words->words[length] = ' ';
    words->start = words->end = length + 1;
    return 1;
}

/* Case and all that is no letter or digit part words. */
static int
read_names(Words *words, const Py_UCS4 *text, Py_ssize_t at, Py_ssize_t end)
{
    words->before = ' ';
    for (; at < end; words->before = text[at++]) {
        Py_UCS4 character = text[at];
        int is_upper = character >= 'A' && character <= 'Z';
        int is_part = is_ascii_letter(character) || is_ascii_digit(character);
        int is_camel = is_upper && words->before < 0x80 && words->before != '_'
                       && is_word(words->before)
                       && !(words->before >= 'A' && words->before <= 'Z');
        if ((!is_part || is_camel) && !end_word(words))
            return 0;
        if (is_part)
            words->words[words->end++] = (char)(is_upper ? character | 0x20 : character);
    }
    return end_word(words);
}

static int
key_at(const Py_UCS4 *text, Py_ssize_t at, Py_ssize_t length)
{
    static const struct { const char *name; int key; } keys[] = {
        {"class", NAMES}, {"id", NAMES}, {"role", NAMES}, {"itemprop", NAMES},
        {"style", STYLE}, {"hidden", HIDDEN},
    };
    for (size_t index = 0; index < sizeof(keys) / sizeof(*keys); index++)
        if (length == (Py_ssize_t)strlen(keys[index].name)
            && reads(text, at, at + length, keys[index].name))
            return keys[index].key;
    return NO_KEY;
}

/* Where the value behind a key begins and ends; both are behind the key if there is none. */
static void
find_value(const Py_UCS4 *text, Py_ssize_t key_end, Py_ssize_t end, Py_ssize_t *first,
           Py_ssize_t *last)
{
    Py_ssize_t at = skip_space(text, key_end, end);
    *first = *last = key_end;
    if (at >= end || text[at] != '=')
        return;
    at = skip_space(text, at + 1, end);
    if (at >= end)
        return;
    Py_UCS4 quote = text[at] == '"' || text[at] == '\'' ? text[at] : 0;
    Py_ssize_t start = quote ? at + 1 : at, most = start + LONGEST_VALUE;
    for (at = start; at < end && at < most; at++)
        if (quote ? text[at] == quote
                  : text[at] == '"' || text[at] == '\'' || text[at] == '>' || is_space(text[at]))
            break;
    if (quote || at > start) {
        *first = start;
        *last = at;
    }
}

int
hints_in(const Reader *reader, const Py_UCS4 *text, Py_ssize_t end)
{
    Words words = {.reader = reader};
    Py_ssize_t first, last;
    end = end < READ ? end : READ;
    for (Py_ssize_t at = 0; at < end; at++) {
        if (!is_word(text[at]))
            continue;
        Py_ssize_t start = at;
        while (at < end && is_word(text[at]))
            at++;
        int key = key_at(text, start, at - start);
        if (key == NO_KEY)
            continue;
        find_value(text, at, end, &first, &last);
        if (key == HIDDEN || (key == STYLE && hides(text, first, last)))
            words.hints |= reader->hidden;
        else if (key == NAMES && !read_names(&words, text, first, last))
            return -1;
        at = (last > at ? last : at) - 1;
    }
    return words.hints & ~reader->leads;
}
