package haricot.local.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/// The views: what people ask most. One text serves both engines; `athena.yaml` holds a copy of it, and a test compares them.
@SuppressWarnings("ImmutableEnumChecker") // Its lists never change; the checker knows none of which that is sure.
public enum View {
    FLAGGED_BY_DAY(List.of(Table.TALLIES), """
            dt string
            answered bigint
            flagged bigint
            share double
            low double
            high double
            """, "select dt, answered, share from flagged_by_day order by dt"),
    ANSWERS_BY_LABEL(List.of(Table.TALLIES), """
            dt string
            model string
            version string
            label string
            answered bigint
            """, "select label, sum(answered) as answered from answers_by_label group by label"),
    CONFUSION(List.of(Table.FLAGS, Table.REVIEWS), """
            dt string
            model string
            version string
            decision string
            truth string
            answer string
            reviewed bigint
            weight double
            """, "select truth, answer, sum(reviewed) as reviewed from confusion group by truth, answer"),
    STRANGEST(List.of(Table.TALLIES), """
            dt string
            place bigint
            id string
            score double
            distance double
            model string
            version string
            """, "select s.dt, s.distance, f.label, f.image.key from strangest s left join flags f on f.id = s.id"),
    CHANGED(List.of(Table.RESULTS), """
            bucket string
            key string
            etag string
            model string
            version_before string
            version_after string
            decision_before string
            decision_after string
            label_before string
            label_after string
            confidence_before double
            confidence_after double
            run_before string
            run_after string
            """, "select label_before, label_after, count(*) as pictures from changed group by 1, 2");

    private final List<Table> tables;
    private final List<Column> columns;
    private final String example;

    View(List<Table> tables, String columns, String example) {
        this.tables = tables;
        this.columns = Column.list(columns);
        this.example = example;
    }

    /// As queries call it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// What it reads.
    List<Table> tables() {
        return tables;
    }

    public List<Column> columns() {
        return columns;
    }

    String example() {
        return example;
    }

    /// The query behind it, in words that both engines know.
    public String sql() {
        try (InputStream text = View.class.getResourceAsStream("views/" + word() + ".sql")) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
