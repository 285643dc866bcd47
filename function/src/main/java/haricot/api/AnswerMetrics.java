package haricot.api;

import haricot.api.Outcome.Judged;
import haricot.model.Decision;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How a version of the function answers, for the alarms that compare two versions while traffic moves: a line of the
/// log that CloudWatch turns into metrics, without a call.
public final class AnswerMetrics {
    private final String namespace;
    private final String functionVersion;
    private final Log log;

    /// @param namespace where the alarms look; empty for no metrics
    public AnswerMetrics(String namespace, String functionVersion, Log log) {
        this.namespace = namespace;
        this.functionVersion = functionVersion;
        this.log = log;
    }

    /// Zeros are written too: an alarm can only compare what both versions said.
    void count(List<Outcome> outcomes) {
        List<Judged> judged = outcomes.stream().filter(Judged.class::isInstance).map(Judged.class::cast).toList();
        if (namespace.isEmpty() || judged.isEmpty()) {
            return;
        }
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("Answered", (long) judged.size());
        counts.put("Flagged", judged.stream().filter(each -> each.verdict().flagged()).count());
        counts.put("Reviewed", decided(judged, Decision.REVIEW));
        counts.put("Rejected", decided(judged, Decision.REJECT));
        log.answered(namespace, functionVersion, counts);
    }

    private static long decided(List<Judged> judged, Decision decision) {
        return judged.stream().filter(each -> each.verdict().decision() == decision).count();
    }
}
