package haricot.local.serve;

import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/// HTTP on a port, by Jetty: whatever is sent there gets an answer, and no caller keeps others waiting. A request is
/// worked on by a virtual thread; a connection that says nothing costs none.
final class HttpFront implements AutoCloseable {
    /// Where API Gateway ends headers.
    private static final int HEADER_BYTES = 10_240;
    /// Longer than a request may take, so that it ends connections that say nothing and no others.
    private static final long SILENCE_MILLIS = 35_000;
    /// Each costs a file and a few kilobytes; 1,024 files are what a shell allows.
    private static final int CONNECTIONS = 800;
    private static final long STOP_MILLIS = 2_000;

    private final Site site;
    private final PrintStream log;
    private final Uploads uploads = new Uploads();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Server server;
    private final ServerConnector connector;

    /// A request, with its body unread.
    ///
    /// @param path as it was sent, encoded
    /// @param query as it was sent, empty if there is none
    /// @param headers by name, in any case
    record Call(String requestId, String method, String path, String query, Map<String, List<String>> headers,
            Uploads.Upload upload) {}

    /// What answers.
    @FunctionalInterface
    interface Site {
        GatewayResponse answer(Call call) throws IOException, InterruptedException;
    }

    /// Takes the port; whoever comes waits for [#start].
    ///
    /// @throws IOException when the port cannot be had
    HttpFront(InetSocketAddress address, Site site, PrintStream log) throws IOException {
        this.site = site;
        this.log = log;
        QueuedThreadPool pool = new QueuedThreadPool();
        pool.setVirtualThreadsExecutor(threads);
        server = new Server(pool);
        connector = new ServerConnector(server, new HttpConnectionFactory(configuration()));
        connector.setHost(address.getAddress().getHostAddress());
        connector.setPort(address.getPort());
        connector.setIdleTimeout(SILENCE_MILLIS);
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(CONNECTIONS, connector));
        server.setHandler(new GracefulHandler(new Calls()));
        server.setErrorHandler(new Refusals());
        server.setStopTimeout(STOP_MILLIS);
        try {
            connector.open();
        } catch (IOException e) {
            close();
            throw e.getCause() instanceof BindException taken ? taken : e;
        }
    }

    /// Begins to answer.
    void start() throws IOException {
        try {
            server.start();
        } catch (Exception e) {
            close();
            throw new IOException("HTTP on port " + port() + " does not start", e);
        }
    }

    int port() {
        return connector.getLocalPort();
    }

    /// Stops listening, and gives requests under way two seconds.
    @Override
    public void close() {
        try {
            connector.close();
            server.stop();
        } catch (TimeoutException e) {
            // Some request took longer, and is cut off.
        } catch (Exception e) {
            throw new IllegalStateException("HTTP on port " + port() + " does not stop", e);
        } finally {
            threads.shutdownNow();
        }
    }

    private static HttpConfiguration configuration() {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setRequestHeaderSize(HEADER_BYTES);
        configuration.setSendServerVersion(false);
        // Odd paths are the function's to refuse, as they are behind API Gateway.
        configuration.setUriCompliance(UriCompliance.UNSAFE);
        return configuration;
    }

    private final class Calls extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            String requestId = UUID.randomUUID().toString();
            send(response, requestId, answer(request, requestId), callback);
            return true;
        }
    }

    private GatewayResponse answer(Request request, String requestId) throws Exception {
        try (Uploads.Upload upload = uploads.of(request)) {
            String query = request.getHttpURI().getQuery();
            return site.answer(new Call(requestId, request.getMethod(), request.getHttpURI().getPath(),
                    query == null ? "" : query, headers(request), upload));
        } catch (Uploads.TooSlow e) {
            return refused(408, "The body arrived too slowly: send it again.", requestId);
        } catch (IOException | RuntimeException e) {
            if (broken(e) instanceof HttpException broken) {
                return refused(broken.getCode(), "The body is not HTTP: " + broken.getReason(), requestId);
            }
            throw e;
        }
    }

    private static Throwable broken(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null && !(cause instanceof HttpException)) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static Map<String, List<String>> headers(Request request) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (HttpField field : request.getHeaders()) {
            headers.computeIfAbsent(field.getName(), _ -> new ArrayList<>())
                    .add(field.getValue() == null ? "" : field.getValue());
        }
        return headers;
    }

    /// What never becomes a request: a line that is none, headers without end.
    private final class Refusals extends ErrorHandler {
        @Override
        protected void generateResponse(Request request, Response response, int code, String message, Throwable cause,
                Callback callback) {
            String requestId = UUID.randomUUID().toString();
            send(response, requestId, refused(code, message, requestId), callback);
        }
    }

    private GatewayResponse refused(int status, String message, String requestId) {
        return GatewayResponse.gateway(status, message).logged(requestId, log);
    }

    private static void send(Response response, String requestId, GatewayResponse answer, Callback callback) {
        response.setStatus(answer.status());
        answer.headers().forEach((name, value) -> response.getHeaders().put(name, value));
        response.getHeaders().put("x-amzn-RequestId", requestId);
        response.write(true, ByteBuffer.wrap(answer.body()), callback);
    }
}
