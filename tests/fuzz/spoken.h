/*
 * Any bytes as a file of spoken words: its batches give the bytes back, turns and rejects
 * lie inside them, and how the bytes arrive in pieces makes no difference.  The first
 * line of the input, when it begins with "!", is the options, ";" for the ends of their
 * lines.
 */
#ifndef RIPOSTE_TESTS_FUZZ_SPOKEN_H
#define RIPOSTE_TESTS_FUZZ_SPOKEN_H

#include "core/collect/collector.h"

int spoken_fuzz(const struct collector_ops *ops, const uint8_t *data, size_t size);

#endif
