package haricot.local.backfill;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import haricot.bucket.Keys;
import java.util.Optional;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.MapRunItemCounts;
import software.amazon.awssdk.services.sfn.model.MapRunListItem;

/// Executions of a stack's state machine, named after the run: `<run>`, and `<run>-2` and so on for what was left of it.
final class MapRun {
    private final SfnClient machines;
    private final String machine;
    private final String run;

    /// How far an execution is.
    ///
    /// @param status `RUNNING`, `SUCCEEDED` or why it ended
    /// @param why it failed, empty where it did not
    record State(String status, long done, long failed, long chunks, String why) {
        boolean over() {
            return !status.equals("RUNNING");
        }
    }

    /// @param machine the state machine's ARN
    MapRun(SfnClient machines, String machine, String run) {
        this.machines = machines;
        this.machine = machine;
        this.run = run;
    }

    /// @param attempt 1 for the whole run
    void start(int attempt, int concurrency) {
        String input = JsonNodeFactory.instance.objectNode().put("run", run).put("plan", Keys.plan(run, attempt))
                .put("concurrency", concurrency).toString();
        machines.startExecution(ask -> ask.stateMachineArn(machine).name(name(attempt)).input(input));
    }

    /// The last one that was started; 0 for none.
    int lastAttempt() {
        int attempt = 0;
        while (describe(attempt + 1).isPresent()) {
            attempt++;
        }
        return attempt;
    }

    State state(int attempt) {
        DescribeExecutionResponse execution = describe(attempt).orElseThrow();
        Optional<MapRunItemCounts> items = machines.listMapRuns(ask -> ask.executionArn(execution.executionArn()))
                .mapRuns().stream().findFirst().map(MapRunListItem::mapRunArn)
                .map(map -> machines.describeMapRun(ask -> ask.mapRunArn(map)).itemCounts());
        String why = execution.error() == null ? "" : execution.error() + ": " + execution.cause();
        return new State(execution.statusAsString(), items.map(MapRunItemCounts::succeeded).orElse(0L),
                items.map(MapRunItemCounts::failed).orElse(0L), items.map(MapRunItemCounts::total).orElse(0L), why);
    }

    private Optional<DescribeExecutionResponse> describe(int attempt) {
        String arn = machine.replace(":stateMachine:", ":execution:") + ":" + name(attempt);
        try {
            return Optional.of(machines.describeExecution(ask -> ask.executionArn(arn)));
        } catch (ExecutionDoesNotExistException e) {
            return Optional.empty();
        }
    }

    private String name(int attempt) {
        return attempt == 1 ? run : run + "-" + attempt;
    }
}
