/* The arrays that a page is read into, which a reader keeps from one page to the next. */

#include "reader.h"

/* The arrays of a page, in one order. */
static void
list_arrays(Page *page, Ints **ints, Chars **chars)
{
    Ints *of_page[INTS_OF_PAGE] = {
        &page->parent,        &page->name,        &page->look,          &page->hints,
        &page->inherited,     &page->depth,       &page->first,         &page->last,
        &page->link_length,   &page->node,        &page->kind,          &page->length,
        &page->closed,        &page->stack,       &page->opened_before, &page->look_hints,
        &page->group,         &page->column,      &page->counter,       &page->mark,
        &page->counts[END],   &page->counts[PAUSE], &page->counts[HAN], &page->counts[DIGIT],
        &page->counts[LETTER],
    };
    Chars *text_of_page[CHARS_OF_PAGE] = {&page->source, &page->page, &page->run, &page->scratch};
    memcpy(ints, of_page, sizeof(of_page));
    memcpy(chars, text_of_page, sizeof(text_of_page));
}

/* Lends a page the arrays that wait, unless another page has them: Python may read one meanwhile. */
int
borrow_room(Page *page)
{
    Room *room = page->reader->room;
    Ints *ints[INTS_OF_PAGE];
    Chars *chars[CHARS_OF_PAGE];
    if (room->is_lent)
        return 0;
    list_arrays(page, ints, chars);
    for (int each = 0; each < INTS_OF_PAGE; each++)
        *ints[each] = room->ints[each];
    for (int each = 0; each < CHARS_OF_PAGE; each++)
        *chars[each] = room->chars[each];
    return room->is_lent = 1;
}

/* Keeps what is not too large of the arrays of a page for the next one. */
static void
return_room(Page *page, Room *room)
{
    Ints *ints[INTS_OF_PAGE];
    Chars *chars[CHARS_OF_PAGE];
    list_arrays(page, ints, chars);
    for (int each = 0; each < INTS_OF_PAGE; each++)
        room->ints[each] = (Ints){ints[each]->at, 0, ints[each]->room};
    for (int each = 0; each < CHARS_OF_PAGE; each++)
        room->chars[each] = (Chars){chars[each]->at, 0, chars[each]->room};
    room->is_lent = 0;
    for (int each = 0; each < INTS_OF_PAGE; each++)
        if (room->ints[each].room > MOST_WAITING) {
            PyMem_Free(room->ints[each].at);
            room->ints[each] = (Ints){0};
        }
    for (int each = 0; each < CHARS_OF_PAGE; each++)
        if (room->chars[each].room > MOST_WAITING) {
            PyMem_Free(room->chars[each].at);
            room->chars[each] = (Chars){0};
        }
}

static void
free_arrays(Room *room)
{
    for (int each = 0; each < INTS_OF_PAGE; each++)
        PyMem_Free(room->ints[each].at);
    for (int each = 0; each < CHARS_OF_PAGE; each++)
        PyMem_Free(room->chars[each].at);
}

void
free_room(Room *room)
{
    free_arrays(room);
    PyMem_Free(room);
}

void
leave_room(Page *page, int is_lent)
{
    Room own = {0};
    return_room(page, is_lent ? page->reader->room : &own);
    if (!is_lent)
        free_arrays(&own);
}
