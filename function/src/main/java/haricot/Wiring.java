package haricot;

import haricot.vision.OnnxModel;
import haricot.watch.Bins;
import haricot.watch.Flag;
import haricot.watch.S3Flags;
import haricot.watch.S3Tallies;
import haricot.watch.Tally;
import haricot.web.Cors;
import java.time.Clock;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.s3.S3Client;

/// Puts together the parts that answer requests, over what stays the same for as long as a process lives: the model and
/// the pages. All else is created each time, so that whatever has state (ids, counts, pending flags, the day's cap)
/// never outlives a snapshot.
///
/// @param settings of the function
/// @param model loaded and verified
/// @param pages that are read with GET
/// @param clock for all of it
record Wiring(Settings settings, OnnxModel model, Pages pages, Clock clock) {

    /// Loads and verifies the model.
    ///
    /// @throws BadSetting when a setting, or the object that it names, is wrong
    static Wiring of(Settings settings, S3Client s3, Clock clock) {
        OnnxModel model = new S3Model(s3).load(settings);
        return new Wiring(settings, model, new Pages(model.card(), settings.modelSha256()), clock);
    }

    /// The same for rehearsing: no cap and no key stop a request.
    Wiring forRehearsal() {
        return new Wiring(settings.forRehearsal(), model, pages, clock);
    }

    /// Parts with fresh state.
    ///
    /// @param random must not repeat its sequence after a snapshot is restored
    Routes routes(S3Client s3, RandomGenerator random, Log log) {
        UuidV7 ids = new UuidV7(clock, random);
        S3Flags flags = new S3Flags(s3, settings.bucket(), log::flagNotStored);
        S3Tallies tallies = new S3Tallies(s3, settings.bucket(), nothing(), clock, ids::next);
        Watch watch = new Watch(settings, flags, tallies, () -> origin(tallies), log);
        Judging judging = new Judging(model, new Scrutiny(settings, random), clock);
        Classify classify = new Classify(judging, new DailyCap(settings, clock), watch, ids);
        return new Routes(settings, classify, pages, new Cors(settings.allowedOrigins()), ids, clock, log);
    }

    private Tally nothing() {
        Tally.Model name = new Tally.Model(settings.modelName(), settings.modelVersion(), settings.modelSha256());
        return Tally.empty(name, settings.functionVersion(), Bins.of(model.card()));
    }

    private Flag.Origin origin(S3Tallies tallies) {
        return new Flag.Origin(settings.modelName(), settings.modelVersion(), settings.modelSha256(),
                settings.functionVersion(), tallies.environment());
    }
}
