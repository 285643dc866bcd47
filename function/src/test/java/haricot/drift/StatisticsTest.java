package haricot.drift;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Against SciPy's numbers, which `src/test/python/statistics.py` prints.
final class StatisticsTest {
    private static final JsonNode SCIPY = read();
    private static final double CLOSE = 1e-9;

    @Test
    void wilsonsIntervalIsScipys() {
        for (JsonNode row : SCIPY.get("wilson")) {
            Interval interval = rate(row.get("rate"), 0).wilson();
            assertClose(row.get("interval").get(0).asDouble(), interval.low());
            assertClose(row.get("interval").get(1).asDouble(), interval.high());
        }
    }

    @Test
    void fishersTestIsScipys() {
        for (JsonNode row : SCIPY.get("fisher")) {
            double probability = rate(row.get("rates"), 0).probabilityUnder(rate(row.get("rates"), 2));
            boolean approximated = row.get("rates").get(0).asInt() > 20_000;
            assertEquals(1, probability / row.get("probability").asDouble(), approximated ? 0.01 : CLOSE);
        }
    }

    @Test
    void chiSquareAndPsiAreScipysAndNumpys() {
        for (JsonNode row : SCIPY.get("divergence")) {
            Divergence divergence = Divergence.between(longs(row.get("counts").get(0)),
                    longs(row.get("counts").get(1)));
            assertClose(row.get("psi").asDouble(), divergence.psi());
            assertClose(row.get("chiSquare").asDouble(), divergence.chiSquare());
            assertEquals(row.get("freedom").asInt(), divergence.freedom());
            assertClose(row.get("probability").asDouble(), divergence.probability());
        }
    }

    @Test
    void mannWhitneysShareIsScipys() {
        for (JsonNode row : SCIPY.get("divergence")) {
            assertClose(row.get("higher").asDouble(),
                    Divergence.higher(longs(row.get("counts").get(0)), longs(row.get("counts").get(1))));
        }
    }

    @Test
    void holmsCorrectionIsTheDefinitions() {
        List<Double> probabilities = doubles(SCIPY.get("holm").get("probabilities"));
        List<Double> expected = doubles(SCIPY.get("holm").get("corrected"));
        List<Double> corrected = Holm.corrected(probabilities, Collections.nCopies(probabilities.size(), 3d));
        for (int i = 0; i < expected.size(); i++) {
            assertClose(expected.get(i), corrected.get(i));
        }
    }

    @Test
    void aTestOfHalfTheWeightPaysTwice() {
        assertEquals(List.of(0.02, 0.04), Holm.corrected(List.of(0.01, 0.04), List.of(1d, 1d)));
        assertEquals(List.of(0.015, 0.04), Holm.corrected(List.of(0.01, 0.04), List.of(2d, 1d)));
    }

    @Test
    void theBootstrapIsNumpysToATenthOfItsWidth() {
        List<Rate> units = new ArrayList<>();
        SCIPY.get("bootstrap").get("units").forEach(unit -> units.add(rate(unit, 0)));
        Interval interval = Bootstrap.of(units);
        double low = SCIPY.get("bootstrap").get("interval").get(0).asDouble();
        double high = SCIPY.get("bootstrap").get("interval").get(1).asDouble();
        assertEquals(low, interval.low(), (high - low) / 10);
        assertEquals(high, interval.high(), (high - low) / 10);
    }

    @Test
    void burstsWidenTheInterval() {
        List<Rate> bursts = List.of(new Rate(20, 20), new Rate(0, 20), new Rate(0, 20), new Rate(0, 20));
        assertTrue(Bootstrap.of(bursts).high() > 1.5 * new Rate(20, 80).wilson().high());
    }

    @Test
    void joinsSparseBinsBeforeItTests() {
        Divergence divergence = Divergence.between(List.of(1L, 2L, 50L, 1L, 6L), List.of(10L, 20L, 500L, 5L, 60L));
        assertEquals(1, divergence.freedom());
    }

    @Test
    void saysNothingOfNothing() {
        Divergence nothing = new Divergence(0, 0, 0, 1);
        assertEquals(nothing, Divergence.between(List.of(0L, 0L), List.of(5L, 5L)));
        assertEquals(nothing, Divergence.between(List.of(1L, 0L), List.of(5L, 5L)));
        assertEquals(1, new Rate(0, 0).probabilityUnder(new Rate(1, 9)));
        assertEquals(new Interval(0, 1), new Rate(0, 0).wilson());
        assertEquals(new Interval(0, 1), Bootstrap.of(List.of()));
    }

    private static void assertClose(double expected, double actual) {
        assertEquals(expected, actual, CLOSE * Math.max(1, Math.abs(expected)));
    }

    private static Rate rate(JsonNode numbers, int from) {
        return new Rate(numbers.get(from).asLong(), numbers.get(from + 1).asLong());
    }

    private static List<Long> longs(JsonNode numbers) {
        List<Long> longs = new ArrayList<>();
        numbers.forEach(number -> longs.add(number.asLong()));
        return longs;
    }

    private static List<Double> doubles(JsonNode numbers) {
        List<Double> doubles = new ArrayList<>();
        numbers.forEach(number -> doubles.add(number.asDouble()));
        return doubles;
    }

    private static JsonNode read() {
        try (var json = StatisticsTest.class.getResourceAsStream("statistics.json")) {
            return new ObjectMapper().readTree(json);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
