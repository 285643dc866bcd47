package haricot;

import haricot.Settings.KeepImages;
import haricot.api.Admission;
import haricot.api.AnswerMetrics;
import haricot.api.Claims;
import haricot.api.Classify;
import haricot.api.DailyCap;
import haricot.api.Log;
import haricot.api.Pages;
import haricot.api.PicturePipeline;
import haricot.api.Recorder;
import haricot.api.Rollout;
import haricot.api.Routes;
import haricot.api.Scrutiny;
import haricot.bucket.Bins;
import haricot.bucket.Flag;
import haricot.bucket.S3Bucket;
import haricot.bucket.S3Claims;
import haricot.bucket.S3Flags;
import haricot.bucket.S3Tallies;
import haricot.bucket.Tally;
import haricot.bucket.UuidV7;
import haricot.model.OnnxModel;
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
        OnnxModel model = new ModelLoader(s3).load(settings);
        return new Wiring(settings, model, new Pages(model.card(), settings.modelSha256(), settings.claims(),
                settings.keepImages() == KeepImages.FLAGGED), clock);
    }

    /// Parts with fresh state.
    ///
    /// @param random must not repeat its sequence after a snapshot is restored
    Routes routes(S3Client s3, RandomGenerator random, Log log) {
        return routes(s3, random, log, settings.rollout(), settings.apiKeyRequired());
    }

    /// The same for rehearsing: no cap and no missing key stop a request.
    Routes rehearsing(S3Client s3, RandomGenerator random, Log log) {
        return routes(s3, random, log, Rollout.EXPANDED, false);
    }

    private Routes routes(S3Client s3, RandomGenerator random, Log log, Rollout rollout, boolean apiKeyRequired) {
        UuidV7 ids = new UuidV7(clock, random);
        S3Flags flags = new S3Flags(s3, settings.bucket(), clock, log::flagNotStored);
        S3Tallies tallies = new S3Tallies(s3, settings.bucket(), nothing(), clock, ids::next,
                log::tallyNotStored);
        Recorder recorder = new Recorder(kept(), flags, tallies, () -> origin(tallies), clock);
        PicturePipeline pictures = new PicturePipeline(model, new Scrutiny(rollout, settings.auditRate(), random),
                clock);
        Classify classify = new Classify(pictures,
                new Admission(rollout, settings.limitedShare(), settings.limitedHours(), clock),
                new DailyCap(rollout, settings.dailyCap(), clock), recorder,
                new AnswerMetrics(settings.metricsNamespace(), settings.functionVersion(), log), ids);
        Claims claims = new Claims(settings.claims(), kept().pictures(), model.card(),
                new S3Claims(new S3Bucket(s3, settings.bucket())), ids, clock);
        return new Routes(apiKeyRequired, classify, claims, pages, new Cors(settings.allowedOrigins()), ids, clock,
                log);
    }

    private Recorder.Kept kept() {
        return new Recorder.Kept(settings.keepImages() == KeepImages.FLAGGED, settings.keepClientId());
    }

    /// A tally of this model in which nothing has been counted yet.
    Tally nothing() {
        Tally.Model name = new Tally.Model(settings.modelName(), settings.modelVersion(), settings.modelSha256());
        return Tally.empty(name, settings.functionVersion(), Bins.of(model.card()));
    }

    private Flag.Origin origin(S3Tallies tallies) {
        return new Flag.Origin(settings.modelName(), settings.modelVersion(), settings.modelSha256(),
                settings.functionVersion(), tallies.environment());
    }
}
