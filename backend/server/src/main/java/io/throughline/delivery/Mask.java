package io.throughline.delivery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which publications of a market have something: bits, computed block by block when somebody looks. Most of a large market ranks
/// below what a set can still take in, so most blocks are never computed. For one request and one thread.
abstract class Mask {

    /// A block is what one page of candidates and windows holds.
    static final int WORDS = MarketCatalogue.ROWS >> 6;

    private static final long[] NOTHING = new long[WORDS];
    private static final long[] EVERYTHING = new long[WORDS];

    static {
        Arrays.fill(EVERYTHING, -1);
    }

    /// Free ordinals too: only for what is met with others.
    static final Mask ALL = new Mask(0) {
        @Override
        long[] block(int number) {
            return EVERYTHING;
        }
    };

    static final Mask NONE = new Mask(0) {
        @Override
        long[] block(int number) {
            return NOTHING;
        }
    };

    private final long[] @Nullable [] known;

    private Mask(int blocks) {
        known = new long[blocks][];
    }

    /// The words of a block. Not to be written to.
    long[] block(int number) {
        var block = known[number];
        if (block == null) {
            block = new long[WORDS];
            compute(number, block);
            known[number] = block;
        }
        return block;
    }

    /// @param block all zero
    void compute(int number, long[] block) {
        throw new IllegalStateException("this mask computes nothing");
    }

    /// What has any of these.
    static Mask any(int blocks, Collection<@Nullable Pages<long[]>> bits) {
        var there = new ArrayList<Pages<long[]>>(bits.size());
        for (var one : bits) {
            if (one != null) {
                there.add(one);
            }
        }
        return there.isEmpty() ? NONE : new Mask(blocks) {
            @Override
            void compute(int number, long[] block) {
                for (int i = 0; i < there.size(); i++) {
                    Bits.orBlock(block, there.get(i), number);
                }
            }
        };
    }

    static Mask or(int blocks, List<Mask> masks) {
        return masks.size() == 1 ? masks.getFirst() : new Mask(blocks) {
            @Override
            void compute(int number, long[] block) {
                for (int i = 0; i < masks.size(); i++) {
                    var other = masks.get(i).block(number);
                    for (int word = 0; word < WORDS; word++) {
                        block[word] |= other[word];
                    }
                }
            }
        };
    }

    static Mask and(int blocks, List<Mask> masks) {
        var asked = masks.stream().filter(mask -> mask != ALL).distinct().toList();
        if (asked.contains(NONE)) {
            return NONE;
        }
        return asked.isEmpty() ? ALL : asked.size() == 1 ? asked.getFirst() : new Mask(blocks) {
            @Override
            void compute(int number, long[] block) {
                System.arraycopy(asked.getFirst().block(number), 0, block, 0, WORDS);
                for (int i = 1; i < asked.size(); i++) {
                    var other = asked.get(i).block(number);
                    for (int word = 0; word < WORDS; word++) {
                        block[word] &= other[word];
                    }
                }
            }
        };
    }

    /// This without the other.
    Mask andNot(int blocks, Mask other) {
        var mine = this;
        if (other == NONE || mine == NONE) {
            return mine;
        }
        return new Mask(blocks) {
            @Override
            void compute(int number, long[] block) {
                var all = mine.block(number);
                var left = other.block(number);
                for (int word = 0; word < WORDS; word++) {
                    block[word] = all[word] & ~left[word];
                }
            }
        };
    }
}
