package haricot;

import haricot.api.Log;
import haricot.api.Routes;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/// Requests over HTTP, each with a caller who waits.
final class ApiPurpose implements Purpose<Routes> {

    @Override
    public S3ClientBuilder client(boolean pathStyle) {
        return S3Clients.client(pathStyle);
    }

    @Override
    public Routes parts(Wiring wiring, S3Client s3, RandomGenerator random, Log log) {
        return wiring.routes(s3, random, log);
    }

    @Override
    public void rehearse(Wiring wiring, S3Client s3, RandomGenerator random, Runnable restore, Log log) {
        Rehearsal.Outcome rehearsed = new Rehearsal(wiring, s3, random, restore).untilSettled();
        log.rehearsed(rehearsed.requests(), rehearsed.settled(), rehearsed.took(), rehearsed.median());
    }

    @Override
    public void rehearseOnce(Wiring wiring, S3Client s3, RandomGenerator random) {
        Rehearsal.once(wiring, s3, random);
    }
}
