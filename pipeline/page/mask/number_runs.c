/* Numbers in a text: runs of groups of digits, and which parts of them may hold a value.

   A first pass over all characters finds the runs; of a run each part of few groups is a candidate if
   a form says so: by its digits, by their first, and by how they are grouped. What a number is then,
   a function of Python's tells. */

#include "basics.h"

enum { BASIC_PLANE = 0x10000, MOST_JOINTS = 3, MOST_DIGITS = 19, MOST_FORMS = 31 };
/* Kinds of characters; a spelled digit has its value and one more in the lower bits. */
enum { VALUE = 0x0F, JOINT = 0x10, UNSEEN = 0x20 };

typedef struct {
    uint32_t pattern; /* the bit of what its first digits match */
    int is_first, is_last;
    char *layouts; /* each the digits of its groups, up to a zero; NULL if there are others */
    Py_ssize_t size;
} Form;

typedef struct {
    Form forms[MOST_FORMS];
    int count;
} Forms;

typedef struct {
    PyObject_HEAD
    PyObject *kept; /* the bytes of `kinds` */
    const uint8_t *kinds;
    Forms by_digits[MOST_DIGITS + 1];
    int fewest;
    uint32_t inner; /* patterns of forms before which another group may stand */
    uint16_t *next; /* by state of the patterns and digit; 0 is where none goes on */
    uint32_t *matched;
    Py_ssize_t states;
    char *common; /* layouts that count in long runs */
    Py_ssize_t common_size;
    Py_ssize_t most_groups, long_run;
} Numbers;

typedef struct {
    Py_ssize_t start, end; /* in the text */
    Py_ssize_t offset;     /* of its first digit */
    int is_spelled;
} Group;

typedef struct {
    const Numbers *numbers;
    PyObject *check, *spans;
    unsigned kind;
    const void *data;
    Py_ssize_t length;
    /* The run: its groups, one more at their end, and its digits. */
    Group *groups;
    uint8_t *digits;
    Py_ssize_t room, count;
    int is_ascii;
} Search;

static inline Py_UCS4
character_at(const Search *search, Py_ssize_t at)
{
    return PyUnicode_READ(search->kind, search->data, at);
}

static inline uint8_t
kind_at(const Search *search, Py_ssize_t at)
{
    Py_UCS4 character = character_at(search, at);
    return character < BASIC_PLANE ? search->numbers->kinds[character] : 0;
}

/* Where the run ends whose digit stands there; sets how many digits it has. */
static Py_ssize_t
end_of_run(const Search *search, Py_ssize_t at, Py_ssize_t *digits)
{
    Py_ssize_t end = at + 1;
    *digits = 1;
    for (at = end; at < search->length; at++) {
        uint8_t kind = kind_at(search, at);
        if (kind & VALUE) {
            end = at + 1;
            ++*digits;
        } else if (!(kind & JOINT) || at - end == MOST_JOINTS) {
            break;
        }
    }
    return end;
}

static int
has_only_unseen(const Search *search, Py_ssize_t at, Py_ssize_t end)
{
    for (; at < end; at++)
        if (!(kind_at(search, at) & UNSEEN))
            return 0;
    return 1;
}

static int
is_ascii_between(const Search *search, Py_ssize_t at, Py_ssize_t end)
{
    for (; at < end; at++)
        if (character_at(search, at) >= 0x80)
            return 0;
    return 1;
}

/* Parts a run into groups; those of one way of writing that only unseen characters part are one. */
static void
part(Search *search, Py_ssize_t at, Py_ssize_t end)
{
    Py_ssize_t digits = 0;
    search->count = 0;
    search->is_ascii = is_ascii_between(search, at, end);
    for (; at < end; at++) {
        uint8_t kind = kind_at(search, at);
        if (!(kind & VALUE))
            continue;
        Group *last = search->count ? &search->groups[search->count - 1] : NULL;
        int is_spelled = character_at(search, at) >= 0x80;
        if (!last || last->is_spelled != is_spelled || !has_only_unseen(search, last->end, at))
            search->groups[search->count++] = (Group){at, at, digits, is_spelled};
        search->groups[search->count - 1].end = at + 1;
        search->digits[digits++] = (uint8_t)((kind & VALUE) - 1);
    }
    search->groups[search->count] = (Group){end, end, digits, 0};
}

/* Which patterns the digits from there on match. */
static uint32_t
matched_at(const Search *search, Py_ssize_t digit)
{
    const Numbers *numbers = search->numbers;
    Py_ssize_t end = search->groups[search->count].offset;
    uint32_t matched = 0;
    for (unsigned state = 1; state && digit < end; digit++) {
        state = numbers->next[state * 10 + search->digits[digit]];
        matched |= numbers->matched[state];
    }
    return matched;
}

static Py_ssize_t
digits_between(const Search *search, Py_ssize_t first, Py_ssize_t last)
{
    return search->groups[last].offset - search->groups[first].offset;
}

static int
has_layout(const Search *search, Py_ssize_t first, Py_ssize_t last, const char *layouts,
           Py_ssize_t size)
{
    Py_ssize_t group = first;
    int differs = 0;
    for (Py_ssize_t at = 0; at < size; at++) {
        if (layouts[at]) {
            differs |= group >= last || digits_between(search, group, group + 1) != layouts[at];
            group++;
        } else {
            if (!differs && group == last)
                return 1;
            group = first;
            differs = 0;
        }
    }
    return 0;
}

/* The forms, by their bits, that groups may have. */
static uint32_t
forms_of(const Search *search, Py_ssize_t first, Py_ssize_t last, uint32_t matched, int is_inner)
{
    const Numbers *numbers = search->numbers;
    Py_ssize_t digits = digits_between(search, first, last);
    if (digits > MOST_DIGITS)
        return 0;
    const Forms *forms = &numbers->by_digits[digits];
    int is_cut = search->is_ascii && last < search->count;
    uint32_t found = 0;
    for (int number = 0; number < forms->count; number++) {
        const Form *form = &forms->forms[number];
        if (form->pattern & matched && !(is_inner && form->is_first) && !(is_cut && form->is_last)
            && (!form->layouts || has_layout(search, first, last, form->layouts, form->size)))
            found |= (uint32_t)1 << number;
    }
    if (found && search->count > numbers->long_run
        && !has_layout(search, first, last, numbers->common, numbers->common_size))
        return 0;
    return found;
}

static PyObject *
tuple_of(const Search *search, Py_ssize_t first, Py_ssize_t last, int of_digits)
{
    PyObject *tuple = PyTuple_New((of_digits ? 1 : 2) * (last - first));
    for (Py_ssize_t group = first, at = 0; tuple && group < last; group++) {
        const Group *here = &search->groups[group];
        Py_ssize_t values[2] = {here->start, here->end};
        if (of_digits)
            values[0] = digits_between(search, group, group + 1);
        for (int number = 0; number < (of_digits ? 1 : 2); number++) {
            PyObject *value = PyLong_FromSsize_t(values[number]);
            if (!value) {
                Py_DECREF(tuple);
                return NULL;
            }
            PyTuple_SET_ITEM(tuple, at++, value);
        }
    }
    return tuple;
}

/* Asks what a candidate is: 1 if it is a value, 0 if it is none, -1 after an error. */
static int
is_value(Search *search, Py_ssize_t first, Py_ssize_t last, Py_ssize_t taken, uint32_t forms)
{
    const Group *groups = search->groups;
    int is_ascii = is_ascii_between(search, groups[first].start, groups[last - 1].end);
    Py_ssize_t left = -1, right = -1;
    if (first > taken && !(is_ascii && groups[first - 1].is_spelled))
        left = groups[first - 1].end;
    if (last < search->count && !(is_ascii && groups[last].is_spelled))
        right = groups[last].start;
    char digits[MOST_DIGITS];
    Py_ssize_t size = digits_between(search, first, last);
    for (Py_ssize_t digit = 0; digit < size; digit++)
        digits[digit] = (char)('0' + search->digits[groups[first].offset + digit]);
    PyObject *layout = tuple_of(search, first, last, 1), *places = tuple_of(search, first, last, 0);
    PyObject *span = NULL;
    if (layout && places)
        span = PyObject_CallFunction(search->check, "s#OO(nn)k", digits, size, layout, places, left,
                                     right, (unsigned long)forms);
    Py_XDECREF(layout);
    Py_XDECREF(places);
    if (!span)
        return -1;
    int found = span != Py_None;
    if (found && PyList_Append(search->spans, span) < 0)
        found = -1;
    Py_DECREF(span);
    return found;
}

/* The last group, and one more, up to which a candidate may reach. */
static Py_ssize_t
farthest(const Search *search, Py_ssize_t first)
{
    Py_ssize_t last = first, most = first + search->numbers->most_groups;
    while (last < most && last < search->count
           && digits_between(search, first, last + 1) <= MOST_DIGITS)
        last++;
    return last;
}

/* Finds the values in a run, the longest at each group; false after an error. */
static int
find_in_run(Search *search)
{
    const Numbers *numbers = search->numbers;
    Py_ssize_t count = search->count, taken = 0;
    for (Py_ssize_t first = 0; first < count;) {
        if (digits_between(search, first, count) < numbers->fewest)
            break;
        uint32_t matched = matched_at(search, search->groups[first].offset);
        int is_inner = search->is_ascii && first > taken, found = 0;
        Py_ssize_t last = first;
        if (matched && (!is_inner || matched & numbers->inner)) {
            last = farthest(search, first);
            int is_whole = !first && last < count;
            if (is_whole)
                last = count;
            while (last > first && digits_between(search, first, last) >= numbers->fewest) {
                uint32_t forms = forms_of(search, first, last, matched, is_inner);
                found = forms ? is_value(search, first, last, taken, forms) : 0;
                if (found)
                    break;
                last = is_whole ? farthest(search, first) : last - 1;
                is_whole = 0;
            }
        }
        if (found < 0)
            return 0;
        if (found)
            first = taken = last;
        else
            first++;
    }
    return 1;
}

static int
has_room(Search *search, Py_ssize_t digits)
{
    if (digits < search->room)
        return 1;
    Py_ssize_t room = 2 * digits + 32;
    Group *groups = PyMem_Resize(search->groups, Group, (size_t)room);
    if (groups)
        search->groups = groups;
    uint8_t *values = PyMem_Resize(search->digits, uint8_t, (size_t)room);
    if (values)
        search->digits = values;
    if (!groups || !values) {
        PyErr_NoMemory();
        return 0;
    }
    search->room = room;
    return 1;
}

static int
find_in_text(Search *search)
{
    for (Py_ssize_t at = 0; at < search->length; at++) {
        if (!(kind_at(search, at) & VALUE))
            continue;
        Py_ssize_t digits, end = end_of_run(search, at, &digits);
        if (digits >= search->numbers->fewest) {
            if (!has_room(search, digits))
                return 0;
            part(search, at, end);
            if (!find_in_run(search))
                return 0;
        }
        at = end - 1;
    }
    return 1;
}

static PyObject *
find(Numbers *self, PyObject *arguments)
{
    PyObject *text, *check;
    if (!PyArg_ParseTuple(arguments, "UO", &text, &check))
        return NULL;
    Search search = {.numbers = self, .check = check, .spans = PyList_New(0),
                     .kind = PyUnicode_KIND(text), .data = PyUnicode_DATA(text),
                     .length = PyUnicode_GET_LENGTH(text)};
    int is_done = search.spans && find_in_text(&search);
    PyMem_Free(search.groups);
    PyMem_Free(search.digits);
    if (is_done)
        return search.spans;
    Py_XDECREF(search.spans);
    return NULL;
}

/* A copy of what bytes hold, in memory of its own; NULL after an error. */
static void *
copy_of(const Py_buffer *given)
{
    void *copy = PyMem_Malloc((size_t)given->len + 1);
    if (!copy)
        return PyErr_NoMemory();
    memcpy(copy, given->buf, (size_t)given->len);
    return copy;
}

/* Adds a form of (digits, bit, is_first, is_last, layouts); false after an error. */
static int
add_form(Numbers *self, PyObject *given)
{
    int digits, bit;
    Form form = {0};
    Py_buffer layouts;
    if (!PyTuple_Check(given)
        || !PyArg_ParseTuple(given, "iippz*", &digits, &bit, &form.is_first, &form.is_last, &layouts)) {
        if (!PyErr_Occurred())
            PyErr_SetString(PyExc_TypeError, "a form is a tuple");
        return 0;
    }
    if (digits < 1 || digits > MOST_DIGITS || bit < 0 || bit > 31
        || self->by_digits[digits].count == MOST_FORMS) {
        PyErr_SetString(PyExc_ValueError, "a form has 1 to 19 digits, and a pattern of 32");
    } else if (!layouts.buf || (form.layouts = copy_of(&layouts))) {
        form.pattern = (uint32_t)1 << bit;
        form.size = layouts.buf ? layouts.len : 0;
        Forms *forms = &self->by_digits[digits];
        forms->forms[forms->count++] = form;
        self->inner |= form.is_first ? 0 : form.pattern;
        self->fewest = digits < self->fewest ? digits : self->fewest;
    }
    PyBuffer_Release(&layouts);
    return !PyErr_Occurred();
}

static int
are_kinds(PyObject *kinds)
{
    int are = PyBytes_GET_SIZE(kinds) == BASIC_PLANE;
    for (Py_ssize_t at = 0; are && at < BASIC_PLANE; at++)
        are = (PyBytes_AS_STRING(kinds)[at] & VALUE) <= 10;
    if (!are)
        PyErr_SetString(PyExc_ValueError, "needs a kind for each character of the basic plane");
    return are;
}

/* Whether each state leads to another, with what it matched. */
static int
are_states(const Py_buffer *next, const Py_buffer *matched)
{
    Py_ssize_t states = matched->len / (Py_ssize_t)sizeof(uint32_t);
    if (!holds_numbers(next, sizeof(uint16_t)) || !holds_numbers(matched, sizeof(uint32_t)))
        return 0;
    int are = states > 1 && next->len == states * 10 * (Py_ssize_t)sizeof(uint16_t);
    for (Py_ssize_t at = 0; are && at < states * 10; at++)
        are = ((const uint16_t *)next->buf)[at] < states;
    if (!are)
        PyErr_SetString(PyExc_ValueError, "a state leads to one of the others by each digit");
    return are;
}

static int
take_tables(Numbers *self, PyObject *kinds, const Py_buffer *next, const Py_buffer *matched,
            const Py_buffer *common)
{
    if (!are_kinds(kinds) || !are_states(next, matched))
        return 0;
    self->kept = Py_NewRef(kinds);
    self->kinds = (const uint8_t *)PyBytes_AS_STRING(kinds);
    self->next = copy_of(next);
    self->matched = copy_of(matched);
    self->common = copy_of(common);
    self->common_size = common->len;
    return self->next && self->matched && self->common;
}

static PyObject *
make(PyTypeObject *type, PyObject *arguments, PyObject *Py_UNUSED(named))
{
    Py_buffer next, matched, common;
    PyObject *kinds, *forms;
    Py_ssize_t most_groups, long_run;
    if (!PyArg_ParseTuple(arguments, "Sy*y*O!y*nn", &kinds, &next, &matched, &PyTuple_Type, &forms,
                          &common, &most_groups, &long_run))
        return NULL;
    Numbers *self = (Numbers *)type->tp_alloc(type, 0);
    int is_made = 0;
    if (self) {
        self->fewest = MOST_DIGITS + 1;
        /* More groups than digits there are none. */
        self->most_groups = most_groups < MOST_DIGITS ? most_groups : MOST_DIGITS;
        self->long_run = long_run;
        is_made = take_tables(self, kinds, &next, &matched, &common);
        for (Py_ssize_t at = 0; is_made && at < PyTuple_GET_SIZE(forms); at++)
            is_made = add_form(self, PyTuple_GET_ITEM(forms, at));
    }
    PyBuffer_Release(&next);
    PyBuffer_Release(&matched);
    PyBuffer_Release(&common);
    if (!is_made)
        Py_CLEAR(self);
    return (PyObject *)self;
}

static void
destroy(Numbers *self)
{
    PyTypeObject *type = Py_TYPE(self);
    for (int digits = 0; digits <= MOST_DIGITS; digits++)
        for (int number = 0; number < self->by_digits[digits].count; number++)
            PyMem_Free(self->by_digits[digits].forms[number].layouts);
    Py_XDECREF(self->kept);
    PyMem_Free(self->next);
    PyMem_Free(self->matched);
    PyMem_Free(self->common);
    type->tp_free(self);
    Py_DECREF(type);
}

static PyMethodDef methods[] = {
    {"find", (PyCFunction)find, METH_VARARGS,
     "Returns what a function makes of the numbers in a text that have a form."},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot slots[] = {
    {Py_tp_doc, "Finds numbers of some forms."},
    {Py_tp_new, make},
    {Py_tp_dealloc, destroy},
    {Py_tp_methods, methods},
    {0, NULL},
};

static PyType_Spec spec = {
    .name = "jingyu.pipeline.page.mask.number_runs.Numbers",
    .basicsize = sizeof(Numbers),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = slots,
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "number_runs",
    .m_doc = "Looks for runs of digits.",
    .m_size = 0,
};

PyMODINIT_FUNC
PyInit_number_runs(void)
{
    PyObject *made = PyModule_Create(&module);
    PyObject *type = PyType_FromSpec(&spec);
    if (!made || !type || PyModule_AddObjectRef(made, "Numbers", type) < 0)
        Py_CLEAR(made);
    Py_XDECREF(type);
    return made;
}
