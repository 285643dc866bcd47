package haricot.bucket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

final class HistogramTest {
    private static final Histogram EMPTY = Histogram.empty(List.of(0d, 1d, 2d, 4d));

    @Test
    void countsAnEdgeToItsRight() {
        assertEquals(List.of(0L, 1L, 0L), EMPTY.plus(1).counts());
    }

    @Test
    void losesNoValueBeyondItsEdges() {
        assertEquals(List.of(1L, 0L, 2L), EMPTY.plus(-5).plus(4).plus(1e9).counts());
    }

    @Test
    void leavesOutWhatIsNotANumber() {
        assertEquals(0, EMPTY.plus(Double.NaN).total());
    }

    @Test
    void readsAQuantileByAStraightLineInsideItsBin() {
        assertEquals(3, EMPTY.plus(2.1).plus(3.9).quantile(0.5), 1e-12);
        assertEquals(1.5, EMPTY.plus(1.1).quantile(0.5), 1e-12);
        assertEquals(Double.NaN, EMPTY.quantile(0.5));
    }

    @Test
    void refusesEdgesThatDoNotFit() {
        assertThrows(IllegalArgumentException.class, () -> new Histogram(List.of(0d, 1d), List.of(1L, 2L)));
        assertThrows(IllegalArgumentException.class, () -> new Histogram(List.of(1d, 0d), List.of(1L)));
        assertThrows(IllegalArgumentException.class, () -> EMPTY.plus(Histogram.empty(List.of(0d, 1d, 2d, 5d))));
    }
}
