package haricot;

import haricot.vision.BrokenModel;
import java.time.Clock;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.s3.S3Client;

/// Starts the function: load, verify, rehearse.
public final class Start {
    private Start() {}

    /// For a process that is never frozen, such as a laptop's.
    ///
    /// @throws BadSetting when a setting, or the object that it names, is wrong
    /// @throws BrokenModel when the model breaks its contract
    public static Routes routes(Settings settings, S3Client s3, Clock clock, RandomGenerator random) {
        long begin = clock.millis();
        Log log = new Log(System.out, clock);
        Wiring wiring = Wiring.of(settings, s3, clock);
        Rehearsal.once(wiring, s3, random);
        log.started(settings.modelName(), settings.modelVersion(), clock.millis() - begin);
        return wiring.routes(s3, random, log);
    }
}
