package io.throughline.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Stands between a server and one it depends on, at an address that stays, and cuts them off from each other.
final class TcpProxy implements AutoCloseable {

    enum Cut {
        /// Nothing is answered any more and nothing is closed, as when a cable is pulled. What was open then stays silent for ever.
        SILENCE,
        /// Every connection is reset, new ones at once.
        RESET,
        /// Every connection is reset and nobody listens, as when the process is gone.
        REFUSE
    }

    private final int port;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private volatile InetSocketAddress target;
    private volatile Cut cut;
    private volatile ServerSocket listener;

    private TcpProxy(InetSocketAddress target) throws IOException {
        this.target = target;
        this.listener = listen(0);
        this.port = listener.getLocalPort();
        accept(listener);
    }

    static TcpProxy to(String host, int port) throws IOException {
        return new TcpProxy(new InetSocketAddress(host, port));
    }

    static TcpProxy to(URI server) throws IOException {
        return to(server.getHost(), server.getPort());
    }

    int port() {
        return port;
    }

    void cut(Cut how) throws IOException {
        cut = how;
        switch (how) {
            case SILENCE -> links.forEach(link -> link.silent = true);
            case RESET -> links.forEach(Link::reset);
            case REFUSE -> {
                listener.close();
                links.forEach(Link::reset);
            }
        }
    }

    void mend() throws IOException {
        cut = null;
        if (listener.isClosed()) {
            listener = listen(port);
            accept(listener);
        }
    }

    void mend(URI elsewhere) throws IOException {
        target = new InetSocketAddress(elsewhere.getHost(), elsewhere.getPort());
        mend();
    }

    @Override
    public void close() throws IOException {
        cut = Cut.REFUSE;
        listener.close();
        links.forEach(Link::reset);
    }

    private static ServerSocket listen(int port) throws IOException {
        var socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
    }

    private void accept(ServerSocket from) {
        Thread.ofVirtual().name("proxy-" + port).start(() -> {
            while (!from.isClosed()) {
                try {
                    new Link(from.accept()).open();
                } catch (IOException closedOrLeft) {
                    // the next one may stay
                }
            }
        });
    }

    private final class Link {

        private final Socket near;
        private final Socket far = new Socket();
        private volatile boolean silent;

        Link(Socket near) {
            this.near = near;
            links.add(this);
        }

        void open() {
            var now = cut;
            if (now == Cut.SILENCE) {
                silent = true;
                return; // accepted by the kernel, and nothing more
            }
            if (now != null) {
                reset();
                return;
            }
            Thread.ofVirtual().start(() -> {
                try {
                    far.connect(target, 2_000);
                    near.setTcpNoDelay(true);
                    far.setTcpNoDelay(true);
                    Thread.ofVirtual().start(() -> copy(far, near));
                    copy(near, far);
                } catch (IOException nobodyThere) {
                    reset();
                }
            });
        }

        private void copy(Socket from, Socket to) {
            var buffer = new byte[16_384];
            try {
                var in = from.getInputStream();
                var out = to.getOutputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    if (!silent) {
                        out.write(buffer, 0, read);
                    }
                }
            } catch (IOException broken) {
                // both sides learn it below
            }
            if (!silent) {
                reset();
            }
        }

        private void reset() {
            links.remove(this);
            for (var socket : new Socket[] {near, far}) {
                try {
                    socket.setSoLinger(true, 0);
                } catch (IOException closed) {
                    // then it needs no reset
                }
                try {
                    socket.close();
                } catch (IOException gone) {
                    // that is what was wanted
                }
            }
        }
    }
}
