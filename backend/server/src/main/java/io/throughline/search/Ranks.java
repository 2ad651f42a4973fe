package io.throughline.search;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// Numbers in an order of their own as a short text: differences from one to the next, in as many bytes of seven bits as each needs.
/// Three hundred places of a catalogue of a million take about a thousand characters.
final class Ranks {

    private Ranks() {}

    static String written(List<Long> numbers) {
        var out = new ByteArrayOutputStream();
        long before = 0;
        for (long number : numbers) {
            long difference = number - before;
            long positive = difference << 1 ^ difference >> 63;
            while ((positive & ~0x7FL) != 0) {
                out.write((int) (positive & 0x7F | 0x80));
                positive >>>= 7;
            }
            out.write((int) positive);
            before = number;
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(out.toByteArray());
    }

    /// @throws IllegalArgumentException for what [#written] did not make
    static List<Long> read(String text) {
        var numbers = new ArrayList<Long>();
        long before = 0;
        long positive = 0;
        int shift = 0;
        for (byte part : Base64.getUrlDecoder().decode(text)) {
            positive |= (part & 0x7FL) << shift;
            shift += 7;
            if (part >= 0) {
                before += positive >>> 1 ^ -(positive & 1);
                numbers.add(before);
                positive = 0;
                shift = 0;
            }
        }
        if (shift != 0) {
            throw new IllegalArgumentException("ranks break off");
        }
        return List.copyOf(numbers);
    }
}
