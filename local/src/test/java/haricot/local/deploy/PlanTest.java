package haricot.local.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import haricot.local.host.Failure;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlanTest {
    private final Template template = Template.read(Path.of(System.getProperty("haricot.root"), "template.yaml"));

    @Test
    void everySettingMakesAReleaseOfItsOwn() {
        Set<String> releases = new HashSet<>();
        releases.add(release(Map.of()));
        Set<String> settings = new HashSet<>(template.defaults().keySet());
        settings.removeAll(Set.of("Release", "Canary", "Traffic", "PreviousVersion"));
        settings.forEach(name -> releases.add(release(Map.of(name, "changed"))));
        assertEquals(settings.size() + 1, releases.size());
    }

    @Test
    void howTheTrafficMovesMakesNoRelease() {
        assertEquals(release(Map.of()),
                release(Map.of("Canary", "true", "Traffic", "Linear10PercentEvery1Minute", "PreviousVersion", "7")));
    }

    @Test
    void aChangeOfTheModelIsNamed() {
        Map<String, String> before = Map.of("ModelName", "beans", "ModelVersion", "1.1.0", "ModelSha256", "a");
        assertEquals("model beans 1.0.0", plan(Map.of(), model("1.0.0", "b")).modelChange(Map.of()));
        assertEquals("model 1.1.0 → 1.0.0 (beans)", plan(before, model("1.0.0", "b")).modelChange(before));
        assertEquals("model beans 1.1.0 stays (--model names another)", plan(before, Map.of()).modelChange(before));
        assertEquals("model beans 1.1.0 → peas 1.0.0",
                plan(before, Map.of("ModelName", "peas", "ModelVersion", "1.0.0", "ModelSha256", "b"))
                        .modelChange(before));
    }

    private static Map<String, String> model(String version, String sha256) {
        return Map.of("ModelVersion", version, "ModelSha256", sha256);
    }

    @Test
    void theEnvironmentOfAVersionTellsItsSettings() {
        assertEquals(Map.of("AuditRate", "0.5", "ModelVersion", "1.1.0", "Rollout", "limited"),
                template.settings(Map.of("AUDIT_RATE", "0.5", "MODEL_VERSION", "1.1.0", "ROLLOUT", "limited",
                        "ORT_DISABLE_TELEMETRY", "1", "BUCKET", "b")));
    }

    @Test
    void theSameSettingsMakeTheSameRelease() {
        Map<String, String> before = plan(Map.of(), Map.of("AuditRate", "0")).parameters();
        assertEquals(before, plan(before, Map.of()).parameters());
        assertEquals(before, plan(before, Map.of("AuditRate", "0")).parameters());
    }

    @Test
    void anotherTemplateMakesAnotherRelease() {
        Template other = new Template(template.text() + "# changed\n", template.defaults(), template.rules(),
                template.resources(), template.variables());
        assertNotEquals(release(Map.of()), Plan.of("s", other, Map.of(), Map.of()).parameters().get("Release"));
    }

    @Test
    void whatWasAskedForGoesBeforeWhatTheStackHasAndThatBeforeTheTemplate() {
        Plan plan = plan(Map.of("AuditRate", "0.5", "Burst", "7", "GoneFromTheTemplate", "x"),
                Map.of("AuditRate", "0"));
        assertEquals("0", plan.parameters().get("AuditRate"));
        assertEquals("7", plan.parameters().get("Burst"));
        assertEquals("none", plan.parameters().get("KeepImages"));
        assertEquals(template.defaults().keySet(), plan.parameters().keySet());
    }

    @Test
    void aSettingThatThereIsNotIsNamedBesideThoseThatThereAre() {
        String said = wrong(Map.of("AuditRat", "0"));
        assertTrue(said.startsWith("there is no setting AuditRat; there are: AccessLog, "), said);
    }

    @Test
    void whatTheCommandFindsOutItselfIsNotOffered() {
        for (String name : List.of("ModelName", "ModelVersion", "ModelSha256", "CodeKey", "Release", "S3PathStyle")) {
            String said = wrong(Map.of(name, "x"));
            assertTrue(said.startsWith("there is no setting " + name + "; "), said);
            assertFalse(said.substring(said.indexOf(';')).contains(name), said);
        }
    }

    @Test
    void valuesAreHeldToTheTemplateAllAtOnce() {
        String said = wrong(Map.of("KeepImages", "all", "MemorySize", "100", "AuditRate", "5", "AllowedOrigins", ""));
        assertEquals(4, said.lines().count(), said);
        assertTrue(said.contains("KeepImages is all, but must be none or flagged ("), said);
        assertTrue(said.contains("MemorySize is 100, but must be a whole number from 512 to 10240 ("), said);
        assertTrue(said.contains("AllowedOrigins is empty, but must be of the form "), said);
    }

    @Test
    void theTemplatesOwnDefaultsAreAllowed() {
        template.defaults().forEach((name, value) -> assertTrue(template.rules().get(name).allows(value), name));
    }

    private String wrong(Map<String, String> asked) {
        return assertThrows(Failure.class, () -> Plan.check(template, asked)).getMessage();
    }

    @Test
    void theFirstPassHasNoModel() {
        assertEquals("", plan(Map.of(), Map.of("ModelSha256", "a".repeat(64))).bucketOnly().get("ModelSha256"));
    }

    @Test
    void keyAndMailAreCreatedOnlyWhenAskedFor() {
        assertEquals(List.of("Board"), conditional(Map.of()));
        assertEquals(List.of(), conditional(Map.of("Dashboard", "false")));
        assertEquals(List.of("ApiLog", "Board"), conditional(Map.of("AccessLog", "true")));
        assertEquals(
                List.of("CanaryErrors", "CanarySlow", "CanaryFlagsLost", "CanaryFlagged", "CanaryRejected", "Board"),
                conditional(Map.of("Canary", "true")));
        assertEquals(List.of("ApiKey", "Plan", "KeyInPlan", "Board"), conditional(Map.of("RequireApiKey", "true")));
        assertEquals(List.of("ReportNews", "News", "Mail", "Board"),
                conditional(Map.of("AlarmEmail", "me@example.org")));
    }

    @Test
    void onLocalStackTheFirstPassHasTheBucketAndNothingElse() throws Exception {
        Template first = Template.parse(LocalStackGaps.unconditional(template.text()));
        assertEquals(List.of("Bucket", "BucketPolicy"), first.resources().stream().map(Template.Resource::id).toList());
        assertEquals(template.defaults(), first.defaults());
    }

    private List<String> conditional(Map<String, String> asked) {
        return plan(Map.of(), asked).resources().stream()
                .filter(each -> !each.condition().isEmpty() && !each.condition().equals("Complete"))
                .map(Template.Resource::id).toList();
    }

    private String release(Map<String, String> asked) {
        return plan(Map.of(), asked).parameters().get("Release");
    }

    private Plan plan(Map<String, String> present, Map<String, String> asked) {
        return Plan.of("haricot", template, present, asked);
    }
}
