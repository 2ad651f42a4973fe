package io.throughline.ingest.document;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The numbers in front of the items of a list, as the source prints them.
final class JatsLists {

    private JatsLists() {}

    /// One for each item; empty for a bullet.
    static List<String> numbers(XmlElement list, JatsContext context) {
        var type = list.attribute("list-type");
        var format = format(type);
        var prefix = list.attribute("prefix-word");
        var number = context.listEnd(list.attribute("continued-from"));
        var numbers = new ArrayList<String>();
        for (var item : list.elements("list-item")) {
            number++;
            var label = JatsText.of(item.first("label"));
            var own = label.isEmpty() || isBullet(label) ? format == null ? "" : ListNumber.label(number, format) : label;
            numbers.add(prefix == null ? own : (prefix + " " + own).strip());
        }
        context.keepListEnd(list.attribute("id"), number);
        return numbers;
    }

    private static boolean isBullet(String label) {
        return label.length() <= 1 && label.chars().noneMatch(Character::isLetterOrDigit);
    }

    private static @Nullable String format(@Nullable String type) {
        if (type == null) {
            return null;
        }
        return type.equals("order") || type.equals("ordered") || type.equals("number") ? "decimal"
                : type.startsWith("alpha") || type.startsWith("roman") ? ListNumber.html(type) : null;
    }
}
