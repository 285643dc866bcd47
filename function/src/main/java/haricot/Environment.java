package haricot;

import haricot.api.Log;
import haricot.api.Routes;
import haricot.model.BrokenModel;
import haricot.picture.library.NoPictureLibrary;
import java.security.Security;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/// An execution environment of Lambda: started, perhaps snapshotted, restored any number of times in any number of
/// places, and then answering one request at a time.
///
/// Whatever has state is created again after a restore: two environments of one snapshot share only the model.
///
/// @param <P> the parts that answer
public final class Environment<P> implements Resource {
    private final Purpose<P> purpose;
    private final Settings settings;
    private final Clock clock;
    private final Supplier<RandomGenerator> randoms;
    private final Log log;
    private final Wiring wiring;
    private S3Client s3;
    private volatile P parts;

    /// Starts, and registers for snapshots and restores.
    ///
    /// @param randoms makes generators, no two of which give the same sequence in any copy of this process
    /// @throws StartFailed when a setting, or the object that it names, is wrong, or pictures cannot be read here
    static <P> Environment<P> start(Map<String, String> variables, Clock clock, Supplier<RandomGenerator> randoms,
            Purpose<P> purpose) {
        // Before the first name is looked up: a restored environment may run where another address is the right one.
        Security.setProperty("networkaddress.cache.ttl", "0");
        Security.setProperty("networkaddress.cache.negative.ttl", "0");
        try {
            Environment<P> environment = new Environment<>(Settings.from(variables), clock, randoms, purpose);
            Core.getGlobalContext().register(environment);
            return environment;
        } catch (BadSetting | BrokenModel | NoPictureLibrary e) {
            throw new StartFailed(e);
        }
    }

    /// Starts in a process that is never frozen, such as a laptop's.
    ///
    /// @throws BadSetting when a setting, or the object that it names, is wrong
    /// @throws BrokenModel when the model breaks its contract
    public static Routes unfrozen(Settings settings, S3Client s3, Clock clock, RandomGenerator random) {
        return unfrozen(settings, s3, clock, () -> random, 1).getFirst();
    }

    /// Starts several in one process. They share the model, which several threads may ask at once: one of its own each would
    /// only take longer to start, and 120 MB of memory for the second (464 against 344 MB, beans 1.2.0, 2026).
    public static List<Routes> unfrozen(Settings settings, S3Client s3, Clock clock, Supplier<RandomGenerator> randoms,
            int count) {
        long begin = clock.millis();
        Log log = new Log(System.out, clock);
        Wiring wiring = Wiring.of(settings, s3, clock);
        Rehearsal.once(wiring, s3, randoms.get());
        log.started(settings.modelName(), settings.modelVersion(), clock.millis() - begin);
        return Stream.generate(() -> wiring.routes(s3, randoms.get(), log)).limit(count).toList();
    }

    private Environment(Settings settings, Clock clock, Supplier<RandomGenerator> randoms, Purpose<P> purpose) {
        this.purpose = purpose;
        this.settings = settings;
        this.clock = clock;
        this.randoms = randoms;
        this.log = new Log(System.out, clock);
        long begin = clock.millis();
        try (S3Client brief = S3Clients.unpooled(settings.pathStyle()).build()) {
            this.wiring = Wiring.of(settings, brief, clock);
            if (settings.snapStart()) {
                purpose.rehearse(wiring, brief, randoms.get(), this::rehearseRestore, log);
            } else {
                purpose.rehearseOnce(wiring, brief, randoms.get());
            }
        }
        renew(purpose.client(settings.pathStyle()));
        log.started(settings.modelName(), settings.modelVersion(), clock.millis() - begin);
    }

    /// What answers now.
    P parts() {
        return parts;
    }

    /// The rehearsal left no connection open, and the client that is closed here was never used.
    @Override
    public void beforeCheckpoint(Context<? extends Resource> context) {
        s3.close();
    }

    @Override
    public void afterRestore(Context<? extends Resource> context) {
        long begin = clock.millis();
        renew(purpose.client(settings.pathStyle()));
        reachS3();
        log.restored(clock.millis() - begin);
    }

    private void rehearseRestore() {
        renew(S3Clients.unpooled(settings.pathStyle()));
        reachS3();
        s3.close();
    }

    private void renew(S3ClientBuilder client) {
        s3 = client.build();
        parts = purpose.parts(wiring, s3, randoms.get(), log);
    }

    /// Sends S3 two requests at once, so that the first caller waits neither for credentials nor for the two
    /// connections over which a flag and a tally leave side by side.
    private void reachS3() {
        try (ExecutorService side = Executors.newVirtualThreadPerTaskExecutor()) {
            side.execute(this::askS3);
            side.execute(this::askS3);
        }
    }

    private void askS3() {
        try {
            s3.headObject(head -> head.bucket(settings.bucket()).key(settings.modelKey()));
        } catch (SdkException e) {
            log.notReached(e);
        }
    }
}
