package io.throughline.publication;

/// Whoever knows up to which content sequence this node serves.
public interface SequenceFollower {

    /// Waits until this node knows a sequence, at most two seconds; true when it does.
    ///
    /// After a withdrawal: once this returns, either the node knows of it or it refuses to serve.
    boolean awaitSequence(long wanted);
}
