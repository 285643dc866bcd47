package haricot.local.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import haricot.bucket.Keys;
import haricot.local.host.AwsRefusal;
import haricot.local.host.Failure;
import haricot.local.host.Stop;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.athena.model.ColumnInfo;
import software.amazon.awssdk.services.athena.model.Datum;
import software.amazon.awssdk.services.athena.model.GetQueryResultsResponse;
import software.amazon.awssdk.services.athena.model.QueryExecution;
import software.amazon.awssdk.services.athena.model.QueryExecutionState;
import software.amazon.awssdk.services.athena.model.Row;
import software.amazon.awssdk.services.athena.model.WorkGroupState;
import software.amazon.awssdk.services.athena.model.WorkGroupSummary;

/// Queries over a bucket on AWS, which Athena answers in the workgroup of `athena.yaml`.
final class AthenaEngine implements Engine {
    private static final long MILLION = 1_000_000;
    /// Athena takes a second or two for the smallest query.
    private static final long PAUSE_MILLIS = 500;

    private final AthenaClient athena;
    private final String bucket;

    /// @param bucket whose objects are asked
    AthenaEngine(AthenaClient athena, String bucket) {
        this.athena = athena;
        this.bucket = bucket;
    }

    /// Asks with the credentials and the region of the AWS tools.
    static String ask(String bucket, Query query, Rows answer) throws IOException {
        try (AthenaClient athena = AthenaClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder())
                .build()) {
            return new AthenaEngine(athena, bucket).ask(query, answer);
        } catch (SdkException e) {
            throw AwsRefusal.of("Athena", e);
        }
    }

    @Override
    public String ask(Query query, Rows answer) throws IOException {
        String group = workGroup();
        String id = athena.startQueryExecution(start -> start.queryString(query.sql()).workGroup(group)
                .queryExecutionContext(context -> context.database(group.replace('-', '_').toLowerCase(Locale.ROOT))))
                .queryExecutionId();
        AtomicBoolean over = new AtomicBoolean();
        Stop.first(() -> stop(id, over));
        QueryExecution done = await(id);
        over.set(true);
        if (done.status().state() != QueryExecutionState.SUCCEEDED) {
            throw new Failure("Athena says: " + String.valueOf(done.status().stateChangeReason()).lines().findFirst()
                    .orElse(done.status().stateAsString()));
        }
        hand(id, answer);
        return String.format(Locale.ENGLISH, "Athena scanned %.1f MB.",
                (double) done.statistics().dataScannedInBytes() / MILLION);
    }

    /// The one whose answers go into this bucket. Its database has the same name, as far as a database can have it.
    private String workGroup() {
        String place = "s3://" + bucket + "/" + Keys.ATHENA;
        for (WorkGroupSummary group : athena.listWorkGroupsPaginator(_ -> {
        }).stream()
                .flatMap(page -> page.workGroups().stream()).toList()) {
            if (group.state() == WorkGroupState.ENABLED
                    && place.equals(athena.getWorkGroup(get -> get.workGroup(group.name()))
                            .workGroup().configuration().resultConfiguration().outputLocation())) {
                return group.name();
            }
        }
        throw new Failure("no workgroup of Athena's writes to " + place
                + ": deploy athena.yaml for this bucket, as deployment.md says, or name another region with AWS_REGION");
    }

    /// Whoever stops waiting also stops the query, which costs money.
    private void stop(String id, AtomicBoolean over) {
        if (!over.get()) {
            athena.stopQueryExecution(stop -> stop.queryExecutionId(id));
        }
    }

    private QueryExecution await(String id) {
        while (true) {
            QueryExecution execution = athena.getQueryExecution(get -> get.queryExecutionId(id)).queryExecution();
            switch (execution.status().state()) {
                case QUEUED, RUNNING -> pause();
                default -> {
                    return execution;
                }
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("stopped while Athena worked on the query", e);
        }
    }

    /// The first row of the first page repeats the columns' names.
    private void hand(String id, Rows answer) {
        List<ColumnInfo> columns = List.of();
        for (GetQueryResultsResponse page : athena.getQueryResultsPaginator(get -> get.queryExecutionId(id))) {
            List<Row> rows = page.resultSet().rows();
            if (columns.isEmpty()) {
                columns = page.resultSet().resultSetMetadata().columnInfo();
                answer.columns(columns.stream().map(ColumnInfo::name).toList());
                rows = rows.subList(Math.min(1, rows.size()), rows.size());
            }
            List<ColumnInfo> known = columns;
            rows.forEach(row -> answer.row(values(known, row.data())));
        }
        answer.end();
    }

    private static List<JsonNode> values(List<ColumnInfo> columns, List<Datum> row) {
        JsonNode[] values = new JsonNode[columns.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(columns.get(i).type(), i < row.size() ? row.get(i).varCharValue() : null);
        }
        return List.of(values);
    }

    private static JsonNode value(String type, String text) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (text == null) {
            return NullNode.instance;
        }
        return switch (type) {
            case "tinyint", "smallint", "integer", "bigint" -> nodes.numberNode(Long.parseLong(text));
            case "double", "float", "real" -> Double.isFinite(Double.parseDouble(text))
                    ? nodes.numberNode(Double.parseDouble(text))
                    : nodes.textNode(text);
            case "boolean" -> nodes.booleanNode(Boolean.parseBoolean(text));
            default -> nodes.textNode(text);
        };
    }
}
