package haricot.local.page;

/// Answers in the form of the API, for those that a real model gives to certain photographs only.
final class ScriptedAnswer {
    private ScriptedAnswer() {}

    /// @param label null with a reject
    static String of(String decision, String label, double score, String... reasons) {
        return """
                {"id": "0192f3a4-0000-7000-8000-000000000000", "clientId": null, "label": %s, "confidence": %s,
                 "predictions": [{"label": "bean_rust", "probability": 0.974}, {"label": "healthy", "probability": 0.02},
                  {"label": "an_uncommonly_long_name_for_a_disease", "probability": 0.006}],
                 "outOfDomain": {"flagged": %s, "score": %s, "distance": 12.7, "threshold": 0.99},
                 "decision": "%s", "reasons": [%s], "flag": null, "model": {"name": "beans", "version": "1.0.0"}}
                """.formatted(label == null ? "null" : "\"" + label + "\"", label == null ? "null" : "0.974",
                score >= 0.99,
                score, decision, reasons.length == 0 ? "" : "\"" + String.join("\", \"", reasons) + "\"");
    }
}
