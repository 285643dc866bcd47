package haricot.local.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import haricot.drift.Estimate;
import haricot.local.compare.Outlook.Advice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The numbers of a comparison, on pairs of answers that are made up.
class ModelComparisonTest {
    private final List<Pair> pairs = new ArrayList<>();

    @Test
    void anAuditStandsForAllThatWereNotAudited() {
        // 10 flags on 5 of which both agree, and 20 audits at one in a hundred on which they always do: 2,005 of 2,010.
        add(5, 1, false, "", "rust", "rust");
        add(5, 1, false, "", "rust", "spot");
        add(20, 0.01, true, "", "healthy", "healthy");
        Estimate field = compared().agreement().field().getFirst();
        assertEquals(2005 / 2010.0, field.value(), 1e-12);
        // The width comes from the audits: none of 20 differs, which Wilson's interval lets be up to 16 % of their 2,000.
        assertTrue(field.interval().low() > 0.83 && field.interval().low() < 0.85, field.toString());
        assertTrue(compared().agreement().ordinary());
        assertEquals(25, compared().agreement().pictures().hits());
    }

    @Test
    void withoutAuditsTheFieldIsTheFlagsAlone() {
        add(10, 1, false, "", "rust", "rust");
        assertTrue(!compared().agreement().ordinary());
        assertEquals(1, compared().agreement().field().getFirst().value());
    }

    @Test
    void photosStandForNothingButThemselves() {
        add(40, 0, false, "rust", "rust", "spot");
        assertEquals(List.of(), compared().agreement().field());
        assertEquals(40, compared().photos());
    }

    @Test
    void theTableSaysWhichLabelsChange() {
        add(3, 1, false, "", "rust", "spot");
        add(2, 1, false, "", "", "spot");
        assertEquals(3, compared().labels().get("rust").get("spot"));
        assertEquals(2, compared().labels().get(Answer.NONE).get("spot"));
        assertEquals(0, compared().labels().get("spot").get("rust"));
    }

    /// From scipy.stats.binomtest(2, 12).pvalue and (1, 10), and for no difference at all.
    @Test
    void mcNemarsTestIsExact() {
        assertEquals(0.03857421875, PairedTest.probability(2, 10), 1e-12);
        assertEquals(0.021484375, PairedTest.probability(9, 1), 1e-12);
        assertEquals(1, PairedTest.probability(0, 0));
        assertEquals(1, PairedTest.probability(4, 4), 1e-12);
    }

    @Test
    void aModelThatIsRightLessOftenIsWorse() {
        add(90, 1, false, "rust", "rust", "rust");
        add(10, 1, false, "rust", "rust", "spot");
        add(2, 1, false, "spot", "rust", "spot");
        assertEquals(Advice.STOP, compared().outlook().advice());
        assertEquals(10, compared().reviewed().getFirst().onlyOld());
        assertEquals(0.03857421875, compared().reviewed().getFirst().probability(), 1e-12);
    }

    @Test
    void aModelThatIsRightMoreOftenIsBetterAlthoughItAnswersOtherwise() {
        add(90, 1, false, "rust", "rust", "rust");
        add(20, 1, false, "spot", "rust", "spot");
        assertEquals(Advice.GO, compared().outlook().advice());
    }

    @Test
    void otherAnswersThatNobodyReviewedAreToBeLookedAt() {
        add(90, 1, false, "", "rust", "rust");
        add(10, 1, false, "", "rust", "spot");
        assertEquals(Advice.LOOK, compared().outlook().advice());
        assertTrue(compared().outlook().why().contains("10.0 %"), compared().outlook().why());
    }

    @Test
    void aModelThatFlagsMuchMoreIsWorse() {
        add(90, 1, false, "", "rust", "rust");
        for (int i = 0; i < 10; i++) {
            pairs.add(new Pair(subject("f" + i, 1, false, ""), answer("rust", false), answer("rust", true)));
        }
        assertEquals(Advice.STOP, compared().outlook().advice());
        assertEquals(10, compared().flagged().onlyCandidate());
    }

    @Test
    void aFewPicturesSayLittleUnlessBothAreOneFile() {
        add(5, 1, false, "", "rust", "rust");
        assertEquals(Advice.LOOK, compared().outlook().advice());
        assertEquals(Advice.GO, ModelComparison.of("a", "a", true, pairs).outlook().advice());
    }

    @Test
    void theMostChangedComeFirst() {
        add(20, 1, false, "", "rust", "rust");
        pairs.add(new Pair(subject("other-label", 1, false, ""), answer("rust", false), answer("spot", false)));
        Answer unsure = new Answer("rust", "accept", false, 0.6, Map.of("rust", 0.6, "spot", 0.4));
        pairs.add(new Pair(subject("less-sure", 1, false, ""), answer("rust", false), unsure));
        assertEquals(List.of("other-label", "less-sure"),
                compared().mostChanged().stream().map(ModelComparison.Changed::name).toList());
    }

    private ModelComparison compared() {
        return ModelComparison.of("beans 1", "beans 2", false, pairs);
    }

    private void add(int times, double sampling, boolean accepted, String truth, String old, String candidate) {
        for (int i = 0; i < times; i++) {
            pairs.add(new Pair(subject(old + candidate + i, sampling, accepted, truth), answer(old, false),
                    answer(candidate, false)));
        }
    }

    private static Subject subject(String name, double sampling, boolean accepted, String truth) {
        return new Subject(name, sampling, accepted, truth, () -> new byte[0]);
    }

    private static Answer answer(String label, boolean flagged) {
        return label.isEmpty()
                ? new Answer("", "reject", flagged, 0, Map.of("rust", 0.5, "spot", 0.5))
                : new Answer(label, "accept", flagged, 1, Map.of(label, 1.0));
    }
}
