package io.throughline.catalogue.bits;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Sets of ordinals as bits, in pages of 4 kB. A mask is such a set in one flat array, for one request.
public final class Bits {

    /// A block is as many ordinals as one page of candidates and windows holds.
    public static final int BLOCK_SHIFT = 10;

    private static final int PAGE_WORDS = 512;
    private static final int PAGE_SHIFT = 15;

    public static final Pages.Kind<long[]> KIND = new Pages.Kind<>() {
        @Override
        public long[] make() {
            return new long[PAGE_WORDS];
        }

        @Override
        public long[] copy(long[] page) {
            return page.clone();
        }
    };

    private Bits() {}

    public static void set(Pages.Edit<long[]> bits, int ordinal) {
        bits.writable(ordinal >> PAGE_SHIFT)[word(ordinal)] |= 1L << ordinal;
    }

    public static void clear(Pages.Edit<long[]> bits, int ordinal) {
        bits.writable(ordinal >> PAGE_SHIFT)[word(ordinal)] &= ~(1L << ordinal);
    }

    private static int word(int ordinal) {
        return ordinal >> 6 & PAGE_WORDS - 1;
    }

    public static int words(int ordinals) {
        return ordinals + 63 >> 6;
    }

    /// block &= the words of that [Mask] block
    public static void and(long[] block, Pages<long[]> bits, int number) {
        var page = bits.page(number * Mask.WORDS / PAGE_WORDS);
        if (page == null) {
            Arrays.fill(block, 0);
            return;
        }
        int at = number * Mask.WORDS % PAGE_WORDS;
        for (int i = 0; i < block.length; i++) {
            block[i] &= page[at + i];
        }
    }

    /// One of the words of that block.
    static long word(Pages<long[]> bits, int number, int word) {
        var page = bits.page(number * Mask.WORDS / PAGE_WORDS);
        return page == null ? 0 : page[number * Mask.WORDS % PAGE_WORDS + word];
    }

    /// mask |= bits
    public static void or(long[] mask, @Nullable Pages<long[]> bits) {
        for (int number = 0, at = 0; bits != null && at < mask.length; number++, at += PAGE_WORDS) {
            var page = bits.page(number);
            int end = Math.min(PAGE_WORDS, mask.length - at);
            for (int i = 0; page != null && i < end; i++) {
                mask[at + i] |= page[i];
            }
        }
    }

    /// mask &= bits
    public static void and(long[] mask, @Nullable Pages<long[]> bits) {
        for (int number = 0, at = 0; at < mask.length; number++, at += PAGE_WORDS) {
            var page = bits == null ? null : bits.page(number);
            int end = Math.min(PAGE_WORDS, mask.length - at);
            if (page == null) {
                Arrays.fill(mask, at, at + end, 0);
                continue;
            }
            for (int i = 0; i < end; i++) {
                mask[at + i] &= page[i];
            }
        }
    }

    /// mask &= other
    public static void and(long[] mask, long[] other) {
        for (int i = 0; i < mask.length; i++) {
            mask[i] &= other[i];
        }
    }

    /// mask &= ~other
    static void andNot(long[] mask, long[] other) {
        for (int i = 0; i < mask.length; i++) {
            mask[i] &= ~other[i];
        }
    }
}
