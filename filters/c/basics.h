/* What C files of several folders need: ASCII, tables of characters, numbers in buffers, hashes. */

#ifndef JINGYU_BASICS_H
#define JINGYU_BASICS_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>
#include <string.h>

/* The processor chooses the wider one, where it has it. */
#if defined(__x86_64__) && defined(__linux__) && defined(__GLIBC__)
#define FOR_EACH_PROCESSOR __attribute__((target_clones("avx2", "default")))
#else
#define FOR_EACH_PROCESSOR
#endif

/* Characters: code points, or bytes of what holds ASCII. */

static inline int
is_ascii_letter(Py_UCS4 character)
{
    return (character | 0x20) - 'a' < 26;
}

static inline int
is_ascii_digit(Py_UCS4 character)
{
    return character - '0' < 10;
}

/* A kind for each code point; the end of the table stands for all beyond it. */
typedef struct {
    const uint8_t *kinds;
    Py_ssize_t last;
} KindTable;

static inline uint8_t
kind_in(KindTable table, Py_UCS4 character)
{
    return table.kinds[(Py_ssize_t)character < table.last ? (Py_ssize_t)character : table.last];
}

/* Numbers in someone's memory. */

/* Whether a buffer holds numbers of so many bytes, where a processor can read them; sets the error
   if not. */
static inline int
holds_numbers(const Py_buffer *view, size_t size)
{
    if ((size_t)view->len % size == 0 && (uintptr_t)view->buf % size == 0)
        return 1;
    PyErr_Format(PyExc_ValueError, "these are no aligned numbers of %zu bits", 8 * size);
    return 0;
}

/* Hashes. */

/* The golden ratio's fraction. Signatures are made by it, so that it stays as it is. */
#define GOLDEN UINT64_C(0x9E3779B97F4A7C15)

/* As `mix` of minhash.py, by which signatures are made too. */
static inline uint64_t
mixed(uint64_t value)
{
    value = (value ^ value >> 33) * UINT64_C(0xFF51AFD7ED558CCD);
    value = (value ^ value >> 33) * UINT64_C(0xC4CEB9FE1A85EC53);
    return value ^ value >> 33;
}

/* Tables that no page fills up at one place: keys are multiplied by what nobody can guess, and the
   upper bits are the slot. The hash of a string of Python's is such a secret. */

/* How far the size of a table for so many entries, half empty, is from 2 ** 64. */
static inline int
shift_for(size_t entries)
{
    int shift = 61;
    while ((size_t)1 << (64 - shift) < 2 * entries)
        shift--;
    return shift;
}

static inline size_t
slots_of(int shift)
{
    return (size_t)1 << (64 - shift);
}

static inline size_t
secret_slot(uint64_t key, uint64_t secret, int shift)
{
    return (size_t)(key * ((secret ^ GOLDEN) | 1) >> shift);
}

#endif
