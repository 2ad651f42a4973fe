package io.throughline.demo;

import io.throughline.identity.NewPerson;
import io.throughline.shared.Role;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The eight people of the demo and their one password. They exist in demo mode only.
final class DemoPeople {

    static final String PASSWORD = "throughline-demo";
    static final String WRITER = "mara.lindqvist";
    static final String MEDICAL = "dr.amari";
    static final String LEGAL = "j.castellan";
    static final String REGULATORY = "p.novotny";
    static final String SIGNATORY = "dr.okonjo";
    static final String STRATEGIST = "s.varga";
    static final String STRATEGY_LEAD = "h.aalto";
    static final String ADMINISTRATOR = "admin";

    record DemoPerson(String username, String displayName, Role role, String title, String hint, @Nullable String registrationNumber) {

        NewPerson asNewPerson() {
            var roles = role == Role.ADMINISTRATOR ? Set.of(role, Role.CHANNEL_MANAGER) : Set.of(role);
            return new NewPerson(username, displayName, PASSWORD, roles, Set.of("*"), Set.of("*"), registrationNumber, true);
        }
    }

    static final List<DemoPerson> ALL = List.of(
            new DemoPerson(WRITER, "Mara Lindqvist", Role.WRITER, "Medical writer", "imports, writes, tags, submits, publishes", null),
            new DemoPerson(MEDICAL, "Dr. Samir Amari", Role.MEDICAL_REVIEWER, "Medical reviewer", "examines the science", null),
            new DemoPerson(LEGAL, "Joanna Castellan", Role.LEGAL_REVIEWER, "Legal reviewer", "examines the law", null),
            new DemoPerson(REGULATORY, "Pavel Novotny", Role.REGULATORY_REVIEWER, "Regulatory reviewer", "examines the label", null),
            new DemoPerson(SIGNATORY, "Dr. Ngozi Okonjo", Role.SIGNATORY, "Final signatory", "certifies, withdraws", "7099001"),
            new DemoPerson(STRATEGIST, "Sofia Varga", Role.STRATEGIST, "Strategist", "states objectives, reads the framework matrix", null),
            new DemoPerson(STRATEGY_LEAD, "Henrik Aalto", Role.STRATEGIST, "Head of portfolio strategy", "approves strategies that others wrote", null),
            new DemoPerson(ADMINISTRATOR, "Robin Achterberg", Role.ADMINISTRATOR, "Administrator", "people, channels, the audit trail", null));

    static final List<String> SIGNERS = List.of(MEDICAL, LEGAL, REGULATORY, SIGNATORY, STRATEGY_LEAD);

    private DemoPeople() {}
}
