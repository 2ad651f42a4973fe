package io.throughline.shared;

/// Is told of every [Step] on the thread that takes it, and may hold that thread. The server has none; tests have one.
public interface StepListener {

    void reached(Step step);
}
