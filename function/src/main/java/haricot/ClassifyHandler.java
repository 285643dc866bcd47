package haricot;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import haricot.api.Invocation;
import haricot.api.Routes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What Lambda calls with the event of an HTTP request.
public final class ClassifyHandler implements RequestStreamHandler {
    /// `Root=1-5759e988-bd862e3fe1be46a994272793;Parent=…;Sampled=1`: the id by which X-Ray finds a trace.
    private static final Pattern ROOT = Pattern.compile("Root=([0-9a-f-]+)");

    private final Supplier<Routes> routes;

    /// @throws StartFailed when the environment does not allow a start
    public ClassifyHandler() {
        this(Environment.start(System.getenv(), Clock.systemUTC(), SecureRandom::new, new ApiPurpose()));
    }

    /// For a function whose parts never change.
    public ClassifyHandler(Routes routes) {
        this.routes = () -> routes;
    }

    ClassifyHandler(Environment<Routes> environment) {
        this.routes = environment::parts;
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        answer.write(routes.get().answerEvent(event.readAllBytes(), invocation(context)));
    }

    /// Lambda's runtime tells the trace in a property where the context does not know it.
    private static Invocation invocation(Context context) {
        if (context == null) {
            return Invocation.NONE;
        }
        String trace = Objects.requireNonNullElse(context.getXrayTraceId(),
                System.getProperty("com.amazonaws.xray.traceHeader", ""));
        Matcher root = ROOT.matcher(trace);
        return new Invocation(Objects.requireNonNullElse(context.getAwsRequestId(), ""),
                root.find() ? root.group(1) : "");
    }
}
