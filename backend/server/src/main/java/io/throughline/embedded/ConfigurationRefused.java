package io.throughline.embedded;

/// The server can't start as it is configured. Printed as two sentences, without a stack trace.
public class ConfigurationRefused extends RuntimeException {

    private final String remedy;

    /// @param problem what is wrong, naming the setting
    /// @param remedy  what the operator does about it
    public ConfigurationRefused(String problem, String remedy) {
        super(problem);
        this.remedy = remedy;
    }

    ConfigurationRefused(String problem, String remedy, Throwable cause) {
        super(problem, cause);
        this.remedy = remedy;
    }

    String problem() {
        return String.valueOf(getMessage());
    }

    String remedy() {
        return remedy;
    }
}
