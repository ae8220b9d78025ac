/**
 * Of threads that write views. Left to itself, V8 lets the heap of each thread grow, and the memory of a rebuild with it, to no gain that
 * shows. The old generation is far from its limit; the limit tells V8 to let it grow by less each time.
 */
export const HEAP = { maxYoungGenerationSizeMb: 48, maxOldGenerationSizeMb: 1536 };
