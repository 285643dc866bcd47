package haricot.local.serve;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// Execution environments of the function. As on Lambda each has a handler of its own and serves one request at a
/// time; unlike there, their number is fixed and a request waits for one.
final class Environments {
    /// What API Gateway gives a function to answer in.
    static final Duration PATIENCE = Duration.ofSeconds(29);

    private final BlockingQueue<RequestStreamHandler> idle;

    Environments(List<? extends RequestStreamHandler> handlers) {
        idle = new ArrayBlockingQueue<>(handlers.size(), true, handlers);
    }

    /// Hands an event to an idle environment.
    ///
    /// @return the handler's answer, empty when none became idle in [#PATIENCE]
    Optional<byte[]> invoke(byte[] event, String requestId) throws IOException, InterruptedException {
        RequestStreamHandler handler = idle.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (handler == null) {
            return Optional.empty();
        }
        try {
            ByteArrayOutputStream answer = new ByteArrayOutputStream(8192);
            handler.handleRequest(new ByteArrayInputStream(event), answer, new Invocation(requestId));
            return Optional.of(answer.toByteArray());
        } finally {
            idle.add(handler);
        }
    }

    /// What Lambda tells a handler about one call.
    private record Invocation(String getAwsRequestId, long deadline) implements Context {
        Invocation(String requestId) {
            this(requestId, System.nanoTime() + PATIENCE.toNanos());
        }

        @Override
        public int getRemainingTimeInMillis() {
            return (int) Math.max(0, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()));
        }

        @Override
        public String getFunctionName() {
            return "haricot-local";
        }

        @Override
        public String getFunctionVersion() {
            return "local";
        }

        @Override
        public String getInvokedFunctionArn() {
            return "arn:aws:lambda:local:000000000000:function:haricot-local";
        }

        @Override
        public String getLogGroupName() {
            return "/aws/lambda/haricot-local";
        }

        @Override
        public String getLogStreamName() {
            return "local";
        }

        @Override
        public int getMemoryLimitInMB() {
            return (int) (Runtime.getRuntime().maxMemory() >> 20);
        }

        @Override
        public CognitoIdentity getIdentity() {
            return null;
        }

        @Override
        public ClientContext getClientContext() {
            return null;
        }

        @Override
        public LambdaLogger getLogger() {
            return new LambdaLogger() {
                @Override
                public void log(String message) {
                    System.out.println(message);
                }

                @Override
                public void log(byte[] message) {
                    log(new String(message, StandardCharsets.UTF_8));
                }
            };
        }
    }
}
