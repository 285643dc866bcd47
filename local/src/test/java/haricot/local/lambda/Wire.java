package haricot.local.lambda;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// A line over which connections reach a server, until it is cut: then nobody hangs up, but what is said leads nowhere.
/// That is what a restored snapshot finds of the connections that it was taken with.
final class Wire implements AutoCloseable {
    private final ServerSocket entrance;
    private final int exit;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicLong connections = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private volatile boolean cut;

    /// @param address to listen at
    /// @param port to listen on, 0 for a free one
    /// @param exit port of the server on the loopback interface
    Wire(String address, int port, int exit) throws IOException {
        this.exit = exit;
        entrance = new ServerSocket();
        entrance.setReuseAddress(true);
        entrance.bind(new InetSocketAddress(InetAddress.getByName(address), port));
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return entrance.getLocalPort();
    }

    /// How many connections were made.
    long connections() {
        return connections.get();
    }

    /// How many bytes were said into it after it was cut.
    long lost() {
        return lost.get();
    }

    void cut() throws IOException {
        cut = true;
        entrance.close();
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void accept() {
        while (true) {
            try {
                Socket near = entrance.accept();
                Socket far = new Socket(InetAddress.getLoopbackAddress(), exit);
                connections.incrementAndGet();
                near.setTcpNoDelay(true);
                far.setTcpNoDelay(true);
                sockets.add(near);
                sockets.add(far);
                Thread.ofVirtual().start(() -> carry(near, far));
                Thread.ofVirtual().start(() -> carry(far, near));
            } catch (IOException e) {
                // Closed or cut.
                return;
            }
        }
    }

    private void carry(Socket from, Socket to) {
        byte[] buffer = new byte[1 << 16];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int read = in.read(buffer);
            while (read >= 0) {
                if (cut) {
                    lost.addAndGet(read);
                } else {
                    out.write(buffer, 0, read);
                }
                read = in.read(buffer);
            }
            if (!cut) {
                to.shutdownOutput();
            }
        } catch (IOException e) {
            // One of the two hung up.
        }
    }
}
