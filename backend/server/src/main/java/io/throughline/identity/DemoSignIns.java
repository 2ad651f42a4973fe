package io.throughline.identity;

import java.util.List;

/// The sign-ins that the sign-in screen offers; only the demo portfolio has any.
public interface DemoSignIns {

    /// `role` says what the person does, `hint` what to try as them.
    record DemoSignIn(String username, String password, String displayName, String role, String hint) {}

    List<DemoSignIn> list();
}
