package haricot.local.lambda;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/// Servers on a free port of the loopback interface.
final class Loopback {
    static {
        // The JDK reads it once, before its first server. Without it the second half of an answer waits 40 ms for the
        // acknowledgement of the first, on every connection but a fresh one: what is warm would look slow.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private Loopback() {}

    static HttpServer server() throws IOException {
        return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }
}
