/* json_kit.h: values that results are made of, as JSON (jansson). Running out of memory aborts.
 *
 * Each function that returns a value gives the caller its reference; those that take one, keep it.
 */
#ifndef COUNT_JSON_KIT_H
#define COUNT_JSON_KIT_H

#include <jansson.h>

#include "count/tally.h"

json_t *kit_must(json_t *value); /* aborts for NULL */
void kit_put(json_t *object, const char *key, json_t *value);
void kit_push(json_t *array, json_t *value);
json_t *kit_number(uint64_t n);
json_t *kit_text_or_null(const char *text);
/* The buf's text, which is freed. */
json_t *kit_text_of(struct buf *text);
json_t *kit_hex(const uint8_t *bytes, size_t len);
/* Money: a string, the canonical decimal. */
json_t *kit_amount(const mpq_t value);
/* Every parameter of the terms' rule with its value; names with underscores. */
json_t *kit_parameters(const struct terms *terms);
/* Ids of what won, in the order in which it was chosen. */
json_t *kit_winners(const struct election *e, const struct tally *t);

#endif
