package haricot;

import haricot.api.Log;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/// What a function of this jar is for: requests over HTTP ([ApiPurpose]), or runs over many pictures ([RunPurpose]).
///
/// @param <P> the parts that answer
interface Purpose<P> {

    /// How its parts talk to S3.
    S3ClientBuilder client(boolean pathStyle);

    /// Parts with fresh state.
    ///
    /// @param random must not repeat its sequence after a snapshot is restored
    P parts(Wiring wiring, S3Client s3, RandomGenerator random, Log log);

    /// Runs drawn pictures through the whole path until it is quick, and leaves nothing behind.
    ///
    /// @param restore does what is done after a restore
    /// @throws BadSetting when S3 says that the function may not write
    void rehearse(Wiring wiring, S3Client s3, RandomGenerator random, Runnable restore, Log log);

    /// The same once, for a start that somebody waits for.
    void rehearseOnce(Wiring wiring, S3Client s3, RandomGenerator random);
}
