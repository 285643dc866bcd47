package haricot;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import haricot.api.Routes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.Supplier;

/// What Lambda calls with the event of an HTTP request.
public final class ClassifyHandler implements RequestStreamHandler {
    private final Supplier<Routes> routes;

    /// @throws StartFailed when the environment does not allow a start
    public ClassifyHandler() {
        this(Environment.start(System.getenv(), Clock.systemUTC(), SecureRandom::new));
    }

    /// For a function whose parts never change.
    public ClassifyHandler(Routes routes) {
        this.routes = () -> routes;
    }

    ClassifyHandler(Environment environment) {
        this.routes = environment::routes;
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        answer.write(routes.get().answerEvent(event.readAllBytes()));
    }
}
