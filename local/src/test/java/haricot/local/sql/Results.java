package haricot.local.sql;

import java.util.List;

/// Lines of results as a run writes them: an answer, a rejected picture, and one that could not be read.
final class Results {
    static final String KEY = "results/run=019abcde-0000-7000-8000-000000000001/000001.jsonl.gz";
    static final String LATER = "results/run=019abcdf-0000-7000-8000-000000000001/000001.jsonl.gz";

    private Results() {}

    static List<String> lines() {
        return List.of(
                """
                {"schema":1,"id":"019abcde-0000-7000-8000-000000000002","time":"2026-11-23T04:00:00Z","label":"bean_rust","confidence":0.9,\
                "predictions":[{"label":"bean_rust","probability":0.9},{"label":"healthy","probability":0.1}],\
                "outOfDomain":{"flagged":false,"score":0.2,"distance":12.5,"threshold":0.99},"decision":"accept","reasons":[],\
                "flag":null,"model":{"name":"beans","version":"1.0.0"},\
                "source":{"bucket":"photos","key":"old/a b.jpg","etag":"e1"}}""",
                """
                {"schema":1,"id":"019abcde-0000-7000-8000-000000000003","time":"2026-11-23T04:00:00Z","label":null,"confidence":null,\
                "predictions":[{"label":"bean_rust","probability":0.5},{"label":"healthy","probability":0.5}],\
                "outOfDomain":{"flagged":true,"score":1.0,"distance":40.5,"threshold":0.99},"decision":"reject","reasons":["unfamiliar"],\
                "flag":{"key":"backfill/r/flags/x.json","stored":true},"model":{"name":"beans","version":"1.0.0"},\
                "source":{"bucket":"photos","key":"old/ü%+.jpg","etag":"e2","versionId":"v"}}""",
                """
                {"schema":1,"id":"019abcde-0000-7000-8000-000000000004","time":"2026-11-23T04:00:00Z",\
                "source":{"bucket":"photos","key":"old/film.mp4","etag":"e3"},\
                "problem":{"title":"Unsupported Media Type","status":415,"detail":"A video.","code":"unsupported-format",\
                "id":"019abcde-0000-7000-8000-000000000004"}}""");
    }
}
