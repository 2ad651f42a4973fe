package io.throughline.catalogue.bits;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which publications of a market have something: bits, computed where somebody looks. Most of a large market ranks below what a set
/// can still take in, so most blocks are never computed. For one request and one thread.
public abstract class Mask {

    /// Of a block: see [Bits#BLOCK_SHIFT].
    public static final int WORDS = 1 << Bits.BLOCK_SHIFT - 6;

    /// Free ordinals too: only for what is met with others.
    public static final Mask ALL = new Mask() {
        @Override
        public long and(int block, int word, long bits) {
            return bits;
        }
    };

    public static final Mask NONE = new Mask() {
        @Override
        public long and(int block, int word, long bits) {
            return 0;
        }
    };

    /// What of these bits, which are a word of a block, is in this.
    public abstract long and(int block, int word, long bits);

    /// Leaves of a block's words what is in this.
    public void and(int block, long[] words) {
        for (int word = 0; word < WORDS; word++) {
            if (words[word] != 0) {
                words[word] = and(block, word, words[word]);
            }
        }
    }

    /// What has any of these.
    public static Mask any(Collection<@Nullable Pages<long[]>> bits) {
        var there = new ArrayList<Pages<long[]>>(bits.size());
        for (var one : bits) {
            if (one != null) {
                there.add(one);
            }
        }
        return there.isEmpty() ? NONE : there.size() == 1 ? new One(there.getFirst()) : new Any(there);
    }

    /// What is in all of them; look first at what leaves least.
    public static Mask and(List<Mask> masks) {
        var asked = masks.stream().filter(mask -> mask != ALL).distinct().toList();
        return asked.contains(NONE) ? NONE : asked.isEmpty() ? ALL : asked.size() == 1 ? asked.getFirst() : new And(asked);
    }

    /// This without the other.
    public Mask without(Mask other) {
        return other == NONE || this == NONE ? this : new Without(this, other);
    }

    /// The same, for who comes to each block several times.
    public Mask remembered(int blocks) {
        return this == ALL || this == NONE ? this : new Remembered(this, blocks);
    }

    private static final class One extends Mask {

        private final Pages<long[]> bits;

        One(Pages<long[]> bits) {
            this.bits = bits;
        }

        @Override
        public long and(int block, int word, long some) {
            return some & Bits.word(bits, block, word);
        }

        @Override
        public void and(int block, long[] words) {
            Bits.and(words, bits, block);
        }
    }

    private static final class Any extends Mask {

        private final List<Pages<long[]>> bits;

        Any(List<Pages<long[]>> bits) {
            this.bits = bits;
        }

        @Override
        public long and(int block, int word, long some) {
            long any = 0;
            for (int i = 0; i < bits.size(); i++) {
                any |= Bits.word(bits.get(i), block, word);
            }
            return some & any;
        }
    }

    private static final class And extends Mask {

        private final List<Mask> masks;

        And(List<Mask> masks) {
            this.masks = masks;
        }

        @Override
        public long and(int block, int word, long bits) {
            long all = bits;
            for (int i = 0; all != 0 && i < masks.size(); i++) {
                all = masks.get(i).and(block, word, all);
            }
            return all;
        }

        @Override
        public void and(int block, long[] words) {
            for (int i = 0; i < masks.size(); i++) {
                masks.get(i).and(block, words);
            }
        }
    }

    private static final class Without extends Mask {

        private final Mask mask;
        private final Mask other;

        Without(Mask mask, Mask other) {
            this.mask = mask;
            this.other = other;
        }

        @Override
        public long and(int block, int word, long bits) {
            long mine = mask.and(block, word, bits);
            return mine & ~other.and(block, word, mine);
        }
    }

    private static final class Remembered extends Mask {

        private final Mask mask;
        private final long[] @Nullable [] known;

        Remembered(Mask mask, int blocks) {
            this.mask = mask;
            this.known = new long[blocks][];
        }

        @Override
        public long and(int block, int word, long bits) {
            return bits & block(block)[word];
        }

        @Override
        public void and(int block, long[] words) {
            var mine = block(block);
            for (int word = 0; word < WORDS; word++) {
                words[word] &= mine[word];
            }
        }

        private long[] block(int number) {
            var block = known[number];
            if (block == null) {
                block = new long[WORDS];
                Arrays.fill(block, -1);
                mask.and(number, block);
                known[number] = block;
            }
            return block;
        }
    }
}
