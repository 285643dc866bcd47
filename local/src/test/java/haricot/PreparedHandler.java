package haricot;

import haricot.api.Routes;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.random.RandomGenerator;

/// The function in a state that is the same in every process, as copies of one snapshot are: its clock stands where a
/// file says, and its randomness is a known sequence until there is a file that says that it was restored. Tests lay it
/// beside the deployed classes.
public final class PreparedHandler implements RequestStreamHandler {
    private final ClassifyHandler handler;

    /// Starts as often as `STARTS` says, as Lambda starts again in one process.
    public PreparedHandler() {
        Clock clock = new FileClock(Path.of(System.getenv("CLOCK")));
        Environment<Routes> environment = Environment.start(System.getenv(), clock, PreparedHandler::random,
                new ApiPurpose());
        for (int i = 1; i < Integer.parseInt(System.getenv().getOrDefault("STARTS", "1")); i++) {
            environment = Environment.start(System.getenv(), clock, PreparedHandler::random, new ApiPurpose());
        }
        handler = new ClassifyHandler(environment);
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        handler.handleRequest(event, answer, context);
    }

    private static RandomGenerator random() {
        return Files.exists(Path.of(System.getenv("RESTORED"))) ? new SecureRandom() : new Random(42);
    }

    private static final class FileClock extends Clock {
        private final Path file;

        private FileClock(Path file) {
            this.file = file;
        }

        @Override
        public Instant instant() {
            try {
                return Instant.parse(Files.readString(file));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
