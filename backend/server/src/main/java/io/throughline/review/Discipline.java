package io.throughline.review;

import io.throughline.shared.Kebab;
import io.throughline.shared.Role;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/// A view from which a text is examined. Which of them a kind of content needs is the market pack's to say (RV-1).
public enum Discipline {
    MEDICAL(Role.MEDICAL_REVIEWER),
    LEGAL(Role.LEGAL_REVIEWER),
    REGULATORY(Role.REGULATORY_REVIEWER);

    private final Role role;

    Discipline(Role role) {
        this.role = role;
    }

    /// The role that a person needs to give this discipline's verdict.
    public Role role() {
        return role;
    }

    /// As JSON, the database and the market packs write it: `medical`.
    public String code() {
        return Kebab.of(this);
    }

    /// "medical", "medical and legal", "medical, legal and regulatory", always in that order.
    static String sentence(Collection<Discipline> disciplines) {
        return joined(disciplines.stream().distinct().sorted().map(Discipline::code).toList());
    }

    /// The same with a capital, to begin a sentence with.
    static String capitalised(Collection<Discipline> disciplines) {
        var text = sentence(disciplines);
        return text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    private static String joined(List<String> words) {
        return switch (words.size()) {
            case 0 -> "";
            case 1 -> words.getFirst();
            default -> String.join(", ", words.subList(0, words.size() - 1)) + " and " + words.getLast();
        };
    }
}
