package haricot.drift;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import haricot.bucket.Day;
import haricot.bucket.Observations;
import haricot.bucket.Skipped;
import haricot.bucket.StoredFlag;
import haricot.bucket.Tally;
import haricot.bucket.Window;
import haricot.drift.Field.Mix;
import haricot.drift.page.ReportPage;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ReportBuilderTest {
    private static final LocalDate DAY = LocalDate.parse("2026-11-23");
    private static final Tally.Model NEXT = new Tally.Model("beans", "1.1.0", "cd".repeat(32));

    private final Field field = new Field(1);
    private final Map<Tally.Model, List<Reference>> references = Map.of(Field.BEANS, List.of(field.training(3_000)));

    @Test
    void noPictureIsTooFew() {
        Report report = report(Day.empty(DAY));
        assertEquals(Level.TOO_FEW, report.verdict());
        assertEquals("No picture was answered on 23 November 2026.", report.sentence());
        assertEquals(0, report.flaggedRate().value());
        assertEquals(24, report.missing().quietHours());
    }

    @Test
    void onePictureIsTooFew() {
        Report report = report(field.day(DAY, Field.BEANS, 1, 1, Mix.USUAL));
        assertEquals(Level.TOO_FEW, report.verdict());
        assertTrue(report.sentence().contains("it takes 30 of one model"), report.sentence());
    }

    @Test
    void usualPicturesAreOk() {
        Report report = report(field.day(DAY, Field.BEANS, 10, 20, Mix.USUAL));
        assertEquals(Level.OK, report.verdict());
        assertEquals(200, report.answered());
        assertEquals(List.of(), report.since());
    }

    @Test
    void manyForeignPicturesAreAnAlarmAndTheSentenceSaysWhy() {
        Report report = report(field.day(DAY, Field.BEANS, 10, 20, new Mix(0.3, 0, 0.33)));
        assertEquals(Level.ALARM, report.verdict());
        assertTrue(report.sentence().contains("more pictures are unlike what the model was trained on"),
                report.sentence());
        assertEquals(List.of(DAY), report.since());
    }

    @Test
    void aFieldOfHealthyLeavesIsOkWithoutABaseline() {
        assertEquals(Level.OK, report(field.day(DAY, Field.BEANS, 10, 50, new Mix(0, 0, 0.9))).verdict());
    }

    @Test
    void butNotWhereABaselineSaysThatItIsUnusual() {
        Report report = ReportBuilder.of(evidence(List.of(field.day(DAY, Field.BEANS, 10, 50, new Mix(0, 0, 0.9))),
                Map.of(Field.BEANS, List.of(field.baseline(2_000), field.training(3_000)))));
        assertEquals(Level.ALARM, report.verdict());
        assertTrue(report.sentence().contains("the mix of classes has changed"), report.sentence());
        assertEquals(2, report.models().getFirst().comparisons().size());
    }

    @Test
    void picturesInTheDarkAreSeenAgainstABaseline() {
        Report report = ReportBuilder.of(evidence(List.of(field.day(DAY, Field.BEANS, 10, 50, new Mix(0, 0.3, 0.33))),
                Map.of(Field.BEANS, List.of(field.baseline(2_000)))));
        assertTrue(report.sentence().contains("pictures are darker"), report.sentence());
    }

    @Test
    void theFirstDayOfTheRunIsNamed() {
        List<Day> days = new ArrayList<>();
        for (int back = 9; back >= 0; back--) {
            days.add(field.day(DAY.minusDays(back), Field.BEANS, 10, back == 2 ? 1 : 30,
                    back < 4 ? new Mix(0.2, 0, 0.33) : Mix.USUAL));
        }
        Report report = ReportBuilder.of(evidence(days, references));
        assertEquals(List.of(DAY.minusDays(3)), report.since());
        assertTrue(report.sentence().contains("It began on 20 November 2026."), report.sentence());
        assertEquals(0, report.okDays());
    }

    @Test
    void oneBadDayIsNotDrownedInAGoodWeek() {
        Report report = week(new Mix(0.25, 0, 0.33), 2_000, 100);
        assertEquals(Level.ALARM, report.verdict());
        assertEquals(Level.OK, report.whole());
        assertEquals(new Report.JudgedDay(DAY, Level.ALARM, Level.ALARM), report.days().getLast());
        assertTrue(report.sentence().contains("Taken together the days are ok; the alarm is that of 23 November 2026"),
                report.sentence());
        assertFalse(report.sentence().contains("Nothing"), report.sentence());
    }

    @Test
    void aGoodWeekIsOkDayByDay() {
        Report report = week(Mix.USUAL, 200, 200);
        assertEquals(Level.OK, report.verdict());
        assertEquals(7, report.days().size());
    }

    @Test
    void withoutABaselineASentenceSaysThatMostWasNotJudged() {
        Report report = report(field.day(DAY, Field.BEANS, 10, 50, new Mix(0, 0.4, 0.9)));
        assertEquals(Level.OK, report.verdict());
        assertTrue(report.sentence().contains("There is no baseline yet"), report.sentence());
        assertTrue(report.sentence().contains("Not judged: "), report.sentence());
        assertFalse(report.sentence().contains("Nothing has shifted"), report.sentence());
    }

    @Test
    void aBaselineIsNamedByItsDates() {
        Report report = ReportBuilder.of(evidence(List.of(field.day(DAY, Field.BEANS, 10, 50, Mix.USUAL)),
                Map.of(Field.BEANS, List.of(field.baseline(2_000), field.training(3_000)))));
        assertEquals(Level.OK, report.verdict());
        assertTrue(report.sentence().contains("in the baseline of 1 October 2026 to 7 October 2026 it was"),
                report.sentence());
    }

    @Test
    void peopleWhoContradictTheModelAreTheHeadline() {
        Report report = reviewed("bean_rust", "healthy");
        assertEquals(Level.WATCH, report.verdict());
        assertEquals(Level.OK, report.whole());
        assertTrue(report.sentence().startsWith("People contradict the model: "), report.sentence());
        String page = ReportPage.of(report);
        assertTrue(page.indexOf("<h2>Accuracy") < page.indexOf("<h2>Since when"), "accuracy stands first");
    }

    @Test
    void peopleWhoAgreeWithItAreNot() {
        Report report = reviewed("bean_rust", "bean_rust");
        assertEquals(Level.OK, report.verdict());
        assertFalse(report.sentence().contains("contradict"), report.sentence());
    }

    /// Of the reviewed answers two in three are called right, the others what is said.
    private Report reviewed(String right, String third) {
        List<Accuracy.Seen> seen = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            String decision = i % 2 == 0 ? "accept" : "review";
            seen.add(new Accuracy.Seen(new StoredFlag("id" + i, Instant.EPOCH, decision, List.of(), right, 0.95,
                    Map.of("healthy", 0.05, "bean_rust", 0.95), 0.5, 1, i % 2 == 0 ? 0.01 : 1, "", Field.BEANS),
                    i % 3 == 0 ? third : right));
        }
        List<Day> days = List.of(field.day(DAY, Field.BEANS, 10, 50, Mix.USUAL));
        return ReportBuilder.of(new Evidence(Window.of(DAY), days, references, 0, 0, seen, List.of()));
    }

    private Report week(Mix last, int answersOfDays, int answersOfLast) {
        List<Day> days = new ArrayList<>();
        for (int back = 6; back >= 0; back--) {
            days.add(field.day(DAY.minusDays(back), Field.BEANS, 2, (back == 0 ? answersOfLast : answersOfDays) / 2,
                    back == 0 ? last : Mix.USUAL));
        }
        return ReportBuilder.of(new Evidence(new Window(DAY.minusDays(6), DAY.plusDays(1)), days, references, 0, 0,
                List.of(), List.of()));
    }

    @Test
    void aQuietDayDoesNotEndARunOfGoodDays() {
        List<Day> days = List.of(field.day(DAY.minusDays(2), Field.BEANS, 10, 30, Mix.USUAL),
                Day.empty(DAY.minusDays(1)), field.day(DAY, Field.BEANS, 10, 30, Mix.USUAL));
        assertEquals(2, ReportBuilder.of(evidence(days, references)).okDays());
    }

    @Test
    void keepsTheModelsOfAWindowApart() {
        Day both = field.day(DAY, Field.BEANS, 5, 40, Mix.USUAL).plus(
                List.of(new Day.Stored("k", 12, field.tally(NEXT, 200, new Mix(0.5, 0, 0.33)))), List.of());
        Report report = ReportBuilder.of(evidence(List.of(both),
                Map.of(Field.BEANS, references.get(Field.BEANS), NEXT, references.get(Field.BEANS))));
        assertEquals(List.of(Level.OK, Level.ALARM), report.models().stream().map(Report.OfModel::verdict).toList());
        assertEquals(Level.ALARM, report.verdict());
        assertEquals(400, report.answered());
    }

    @Test
    void saysThatThereIsNothingToCompareWith() {
        Report report = ReportBuilder
                .of(evidence(List.of(field.day(DAY, Field.BEANS, 10, 20, Mix.USUAL)), Map.of()));
        assertEquals(Level.TOO_FEW, report.verdict());
        assertTrue(report.sentence().contains("neither a baseline nor the model's own reference"), report.sentence());
    }

    @Test
    void countsFlagsThatNoTallyKnowsAndTalliesThatNoFlagShows() {
        Day day = field.day(DAY, Field.BEANS, 10, 20, Mix.USUAL);
        long counted = day.models().getFirst().total().flags();
        assertEquals(new Report.Missing(3, 0, 14), missing(day, counted + 3));
        assertEquals(new Report.Missing(0, 2, 14), missing(day, counted - 2));
    }

    @Test
    void aTallyOfOtherEdgesIsNamedAndSkipped() {
        Tally odd = Tally.empty(Field.BEANS, "7", Observations.BINS).plus(Observations.accepted("a", "healthy", 0.9f));
        Day day = field.day(DAY, Field.BEANS, 10, 20, Mix.USUAL).plus(List.of(new Day.Stored("odd", 3, odd)),
                List.of());
        Report report = report(day);
        assertEquals(200, report.answered());
        assertEquals(List.of(new Skipped("odd", "histograms of different edges cannot be added")), report.skipped());
    }

    @Test
    void theSameEvidenceGivesTheSameBytes() {
        Day day = field.day(DAY, Field.BEANS, 10, 20, new Mix(0.1, 0, 0.33));
        assertArrayEquals(report(day).json(), report(day).json());
        assertEquals(ReportPage.of(report(day)), ReportPage.of(report(day)));
    }

    private Report.Missing missing(Day day, long flags) {
        return ReportBuilder
                .of(new Evidence(Window.of(DAY), List.of(day), references, flags, 0, List.of(), List.of())).missing();
    }

    private Report report(Day day) {
        return ReportBuilder.of(evidence(List.of(day), references));
    }

    private static Evidence evidence(List<Day> days, Map<Tally.Model, List<Reference>> references) {
        long flags = Day.merge(days.subList(days.size() - 1, days.size())).stream()
                .mapToLong(model -> model.total().flags()).sum();
        return new Evidence(Window.of(DAY), days, references, flags, 0, List.of(), List.of());
    }
}
