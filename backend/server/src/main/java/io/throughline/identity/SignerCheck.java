package io.throughline.identity;

/// What came of checking a signer's credentials.
public sealed interface SignerCheck {

    record Verified(VerifiedSigner signer) implements SignerCheck {}

    /// `code` is one of `credentials-wrong`, `user-id-required`, `identity-not-verified`, `password-not-own`, `password-expired`,
    /// `too-many-attempts`, `not-a-person`; `detail` tells the person what to do next.
    record Refused(String code, String detail) implements SignerCheck {}
}
