package haricot.api;

import haricot.bucket.Sha256;
import haricot.web.Code;
import haricot.web.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// With `ROLLOUT=limited`, which callers are answered, and when. The share is a limit of scope, not access control: who
/// makes up another `clientId` gets another draw.
public final class Admission {
    /// Whoever is not among them today will not be tomorrow, unless somebody widens the share.
    private static final Duration LATER = Duration.ofDays(1);

    private final boolean limited;
    private final double share;
    private final OpenHours hours;
    private final Clock clock;

    /// @param share of the callers, 0 to 1
    public Admission(Rollout rollout, double share, OpenHours hours, Clock clock) {
        this.limited = rollout == Rollout.LIMITED;
        this.share = share;
        this.hours = hours;
        this.clock = clock;
    }

    /// @throws Problem `not-in-rollout` outside of the hours
    void requireOpen() {
        Instant now = clock.instant();
        if (limited && !hours.include(now)) {
            throw new Problem(Code.NOT_IN_ROLLOUT, "This service is on trial and answers " + hours.words() + ".",
                    hours.untilOpening(now));
        }
    }

    /// Whether a caller is in the share. The same caller always is or always is not, and stays in when the share grows.
    ///
    /// @param keyId of the API key; empty without one
    /// @param clientId as the caller sent it; empty without one
    /// @param requestId decides where the caller sends neither: then each request is drawn by itself
    /// @return why not
    Optional<Problem> refusal(String keyId, String clientId, String requestId) {
        String caller = !keyId.isEmpty()
                ? "key " + keyId
                : !clientId.isEmpty() ? "client " + clientId : "request " + requestId;
        return !limited || draw(caller) < share
                ? Optional.empty()
                : Optional.of(new Problem(Code.NOT_IN_ROLLOUT,
                        "This service is on trial and answers a part of its callers, of which this is none yet.",
                        LATER));
    }

    /// Evenly spread over 0 to 1.
    private static double draw(String caller) {
        long bits = ByteBuffer.wrap(Sha256.of(caller.getBytes(StandardCharsets.UTF_8))).getLong();
        return (bits >>> 11) * 0x1.0p-53;
    }
}
