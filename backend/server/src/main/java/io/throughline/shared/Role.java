package io.throughline.shared;

/// What a person may do. Roles add up; none implies another.
public enum Role {
    WRITER,
    MEDICAL_REVIEWER,
    LEGAL_REVIEWER,
    REGULATORY_REVIEWER,
    SIGNATORY,
    STRATEGIST,
    CHANNEL_MANAGER,
    ADMINISTRATOR
}
