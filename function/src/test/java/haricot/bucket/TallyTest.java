package haricot.bucket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TallyTest {
    private static final Tally ONE = Observations.NOTHING.plus(Observations.accepted("a", "healthy", 0.974f))
            .plus(Observations.strange("b", 90)).plusError("bad-base64");
    private static final Tally OTHER = Observations.NOTHING.plus(Observations.audited("c"))
            .plus(Observations.unsure("d"))
            .plus(Observations.strange("e", 91));

    @Test
    void countsAnAnswerByEachOfItsTraits() {
        assertEquals(2, ONE.answered());
        assertEquals(1, ONE.flagged());
        assertEquals(1, ONE.familiar());
        assertEquals(974_000, ONE.familiarConfidence());
        assertEquals(Map.of("accept", 1L, "reject", 1L), ONE.decisions());
        assertEquals(Map.of("unfamiliar", 1L), ONE.reasons());
        assertEquals(Map.of("bad-base64", 1L), ONE.errors());
        assertEquals(List.of(0L, 1L, 0L, 0L, 0L, 1L), ONE.histograms().get(Measure.SCORE.word()).counts());
    }

    @Test
    void countsNoLabelForARejectedPicture() {
        assertEquals(Map.of("healthy", 1L), ONE.labels());
    }

    @Test
    void countsAFlagForWhatAPersonShouldSee() {
        assertEquals(3, OTHER.flags());
    }

    @Test
    void mergesInAnyOrderToTheSameBytes() {
        assertArrayEquals(ONE.plus(OTHER).json(), OTHER.plus(ONE).json());
        assertEquals(5, ONE.plus(OTHER).answered());
    }

    @Test
    void keepsTheFiveStrangestOfAll() {
        Tally many = Observations.NOTHING;
        for (int i = 0; i < 8; i++) {
            many = many.plus(Observations.strange("s" + i, 20 + i));
        }
        assertEquals(List.of("e", "b", "s7", "s6", "s5"),
                ONE.plus(OTHER).plus(many).strangest().stream().map(Strange::id).toList());
    }

    @Test
    void readsBackWhatItWrote() throws IOException {
        assertEquals(ONE.plus(OTHER), Tally.read(ONE.plus(OTHER).json()));
    }

    @Test
    void readsWhatALaterVersionAdds() throws IOException {
        String later = new String(ONE.json(), StandardCharsets.UTF_8).replaceFirst("\\{", "{\"colour\":3,");
        assertEquals(ONE, Tally.read(later.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void refusesAnotherSchema() {
        assertBroken("\"schema\":1", "\"schema\":2");
    }

    @Test
    void refusesCountsThatContradictEachOther() {
        assertBroken("\"flagged\":1", "\"flagged\":7");
        assertBroken("\"familiar\":1", "\"familiar\":-1");
    }

    @Test
    void refusesAMissingField() {
        assertBroken("\"flags\":1,", "");
    }

    @Test
    void refusesToMergeTwoModels() {
        Tally next = Tally.empty(new Tally.Model("beans", "1.1.0", "cd".repeat(32)), "8", Observations.BINS);
        assertThrows(IllegalArgumentException.class, () -> ONE.plus(next));
    }

    private static void assertBroken(String what, String by) {
        String json = new String(ONE.json(), StandardCharsets.UTF_8);
        String broken = json.replace(what, by);
        assert !broken.equals(json) : what + " is not in " + json;
        assertThrows(IOException.class, () -> Tally.read(broken.getBytes(StandardCharsets.UTF_8)));
    }
}
