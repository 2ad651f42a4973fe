package io.throughline.catalogue.bits;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/// A long array in pages. Immutable: an edit copies the pages it touches and shares all others, so whoever reads the one from
/// before goes on reading it, unlocked and unchanged.
///
/// @param <P> an array, one page
public final class Pages<P> {

    /// What pages are made of.
    public interface Kind<P> {

        P make();

        P copy(P page);
    }

    private final Kind<P> kind;
    private final @Nullable Object[] pages;

    private Pages(Kind<P> kind, @Nullable Object[] pages) {
        this.kind = kind;
        this.pages = pages;
    }

    public static <P> Pages<P> none(Kind<P> kind) {
        return new Pages<>(kind, new Object[0]);
    }

    /// Pages beyond the last one are as empty as one that nothing was written to.
    int count() {
        return pages.length;
    }

    /// Not to be written to; null where nothing ever was.
    @SuppressWarnings("unchecked")
    public @Nullable P page(int number) {
        return number < pages.length ? (P) pages[number] : null;
    }

    public Edit<P> edit() {
        return new Edit<>(this);
    }

    /// For one thread, once.
    public static final class Edit<P> {

        private final Kind<P> kind;
        private @Nullable Object[] pages;
        private final BitSet own = new BitSet();

        private Edit(Pages<P> before) {
            kind = before.kind;
            pages = before.pages.clone();
        }

        @SuppressWarnings("unchecked")
        public @Nullable P page(int number) {
            return number < pages.length ? (P) pages[number] : null;
        }

        public P writable(int number) {
            if (number >= pages.length) {
                pages = Arrays.copyOf(pages, Math.max(number + 1, pages.length + pages.length / 2));
            }
            var page = page(number);
            if (page == null || !own.get(number)) {
                page = page == null ? kind.make() : kind.copy(page);
                pages[number] = page;
                own.set(number);
            }
            return page;
        }

        public Pages<P> done() {
            return new Pages<>(kind, pages);
        }
    }
}
