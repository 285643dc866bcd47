package haricot;

import haricot.vision.OnnxModel;
import haricot.watch.Bins;
import haricot.watch.Flag;
import haricot.watch.S3Flags;
import haricot.watch.S3Tallies;
import haricot.watch.Tally;
import haricot.web.Cors;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.s3.S3Client;

/// Puts the parts together.
public final class Start {
    private Start() {}

    /// As Lambda starts the function.
    static Routes fromEnvironment() {
        Settings settings = Settings.from(System.getenv());
        return routes(settings, S3Stores.client(settings.pathStyle()).build(), Clock.systemUTC(), new SecureRandom());
    }

    /// @throws BadSetting when a setting, or the object that it names, is wrong
    public static Routes routes(Settings settings, S3Client s3, Clock clock, RandomGenerator random) {
        long begin = clock.millis();
        Log log = new Log(System.out, clock);
        OnnxModel model = new S3Model(s3).load(settings);
        UuidV7 ids = new UuidV7(clock, random);
        S3Flags flags = new S3Flags(s3, settings.bucket(), log::flagNotStored);
        S3Tallies tallies = new S3Tallies(s3, settings.bucket(), nothing(settings, model), clock, ids::next);
        Watch watch = new Watch(settings, flags, tallies, () -> origin(settings, tallies), log);
        Judging judging = new Judging(model, new Scrutiny(settings, random), clock);
        Classify classify = new Classify(judging, new DailyCap(settings, clock), watch, ids);
        Pages pages = new Pages(model.card(), settings.modelSha256());
        log.started(settings.modelName(), settings.modelVersion(), clock.millis() - begin);
        return new Routes(settings, classify, pages, new Cors(settings.allowedOrigins()), ids, clock, log);
    }

    private static Tally nothing(Settings settings, OnnxModel model) {
        Tally.Model name = new Tally.Model(settings.modelName(), settings.modelVersion(), settings.modelSha256());
        return Tally.empty(name, settings.functionVersion(), Bins.of(model.card()));
    }

    private static Flag.Origin origin(Settings settings, S3Tallies tallies) {
        return new Flag.Origin(settings.modelName(), settings.modelVersion(), settings.modelSha256(),
                settings.functionVersion(), tallies.environment());
    }
}
