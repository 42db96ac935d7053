/* fuzz_grammar.c: any bytes as a text: reading ends, stays within bounds and keeps its promises. */
#include "common/log.h"
#include "sms/grammar.h"
#include "sms/plain.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_plain(const uint8_t *data, size_t size)
{
    struct buf plain = buf_new(size + 1);

    plain_text((const char *)data, size, &plain);
    MUST(!plain.overflowed && plain.len <= size);
    for (size_t i = 0; i < plain.len; i++)
        MUST(plain.data[i] == '\n' || plain.data[i] == PLAIN_LETTER ||
             (plain.data[i] >= ' ' && plain.data[i] < 0x7F));
    buf_free(&plain);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text t;

    check_plain(data, size);
    text_read((const char *)data, size, &t);
    MUST(t.n <= BALLOT_PICKS_MAX && t.kind <= TEXT_TOO_MANY);
    MUST(memchr(t.code, '\0', sizeof t.code) != NULL &&
         memchr(t.word, '\0', sizeof t.word) != NULL &&
         memchr(t.place, '\0', sizeof t.place) != NULL && t.page >= 0 && t.page < 100);
    MUST(t.kind != TEXT_ANSWER || strlen(t.digits) == TEXT_ANSWER_DIGITS);
    for (size_t i = 0; i < t.n; i++)
        for (size_t k = 0; k < i; k++)
            MUST(t.numbers[i] != t.numbers[k]);
    if (t.kind == TEXT_VOTE || t.kind == TEXT_YES || t.kind == TEXT_NO) {
        MUST(t.n > 0 && (t.code[0] == '\0' || strlen(t.code) == CODE_DIGITS));
        for (size_t i = 0; i < t.n; i++)
            MUST(t.numbers[i] <= 9999);
    }
    return 0;
}
