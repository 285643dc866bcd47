package haricot;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import haricot.web.ProxyEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// What Lambda calls with the event of an HTTP request.
public final class ClassifyHandler implements RequestStreamHandler {
    private final Routes routes;

    /// @throws BadSetting when the environment does not allow a start
    public ClassifyHandler() {
        this(Start.fromEnvironment());
    }

    public ClassifyHandler(Routes routes) {
        this.routes = routes;
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        answer.write(ProxyEvent.write(routes.answer(ProxyEvent.read(event.readAllBytes()))));
    }
}
