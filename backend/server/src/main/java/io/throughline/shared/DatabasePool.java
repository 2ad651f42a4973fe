package io.throughline.shared;

import java.lang.ScopedValue.CallableOp;

/// The two pools of connections of a node. What answers a channel, or works for channels beside the requests, takes its connections
/// from [#DELIVERY]; everything else from [#MANAGEMENT]. So a channel never waits for what people and jobs hold.
///
/// The work says which, not the class: a thread is in delivery's pool or not, and every repository it calls follows. A transaction
/// stays on the connection that it began with.
public enum DatabasePool {
    MANAGEMENT, DELIVERY;

    private static final ScopedValue<DatabasePool> OF_THIS_THREAD = ScopedValue.newInstance();

    static DatabasePool current() {
        return OF_THIS_THREAD.orElse(MANAGEMENT);
    }

    /// Does the work with connections of this pool. A thread that the work starts does not inherit it.
    public <T, X extends Throwable> T call(CallableOp<T, X> work) throws X {
        return ScopedValue.where(OF_THIS_THREAD, this).call(work);
    }

    /// The same for work without an answer; also to wrap what another thread will do.
    public void run(Runnable work) {
        ScopedValue.where(OF_THIS_THREAD, this).run(work);
    }
}
