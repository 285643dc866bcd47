package haricot.bucket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class RunIdTest {
    private static final String RUN = "019dbf4b-1c2e-7a6f-9a52-6f1f4f1c7a3e";
    private static final Instant BEGAN = UuidV7.time(RUN).orElseThrow();

    /// Expected are Python's `hashlib.sha256` over `json.dumps([run, key, etag, version], ensure_ascii=False,
    /// separators=(",", ":"))`, and its `uuid`.
    @Test
    void idAndDrawAreBitsOfOneHash() {
        Source source = new Source("photos", "2019/ä %2B+\"leaf\".jpg", "d41d8cd98f00b204e9800998ecf8427e", "");
        assertEquals(new RunId("019dbf4b-1c2e-7a01-8ac0-df311119cf4d", 6152484490734060283L),
                RunId.of(RUN, BEGAN, source));
        Source version = new Source("photos", source.key(), source.etag(), "v1");
        assertEquals(new RunId("019dbf4b-1c2e-7b2f-9dd4-75ab694e19fd", 2382976729695864385L),
                RunId.of(RUN, BEGAN, version));
    }

    @Test
    void everyPictureHasItsOwnAndTheSampleIsFair() {
        Set<String> ids = new HashSet<>();
        int drawn = 0;
        for (int i = 0; i < 100_000; i++) {
            RunId id = RunId.of(RUN, BEGAN, new Source("photos", "leaf-" + i, "e", ""));
            ids.add(id.id());
            assertEquals(BEGAN, UuidV7.time(id.id()).orElseThrow());
            RandomGenerator draw = id::draw;
            drawn += draw.nextDouble() < 0.01 ? 1 : 0;
        }
        assertEquals(100_000, ids.size());
        // Of a fair sample all but one in ten thousand are within four deviations of 31.
        assertTrue(drawn > 875 && drawn < 1_125, drawn + " of 1000");
    }
}
