package haricot.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import haricot.local.host.Shell;
import haricot.local.host.TestModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// Every command with input that is wrong: it says what and what to do, and never shows its own insides.
final class WrongInputTest {
    private static final Pattern INSIDES = Pattern.compile(
            "Exception|\\bat haricot\\.|\\b(java|javax|haricot|software|com|picocli)\\.[a-z]+\\.|\\boption option\\b");
    private static final List<String> SIGNED_IN = List.of("aws.region", "aws.accessKeyId", "aws.secretAccessKey");

    @TempDir
    private Path folder;
    private final Map<String, String> account = new HashMap<>();

    /// Other tests may have signed in to LocalStack, in this very process.
    @BeforeEach
    void signOut() {
        SIGNED_IN.stream().filter(name -> System.getProperty(name) != null)
                .forEach(name -> account.put(name, System.clearProperty(name)));
    }

    @AfterEach
    void signInAgain() {
        account.forEach(System::setProperty);
    }

    /// A line each: status, words after `haricot`, what the message holds. `FILE` is a text file, `DIR` a folder with
    /// that file alone, `NONE` is missing, `\0` a character that no file name has.
    private static final String CASES = """
            64 | nonsense                                        | Unmatched argument
            64 | serve --port abc                                | 'abc' is not a whole number
            69 | serve --port 70000                              | --port one from 0 to 65535
            69 | serve --environments 0                          | --environments is a number from 1 up
            69 | serve --stage a/b                               | --stage is a name
            69 | serve --port 0 --host [x]                      | --host is an address of this computer
            69 | serve --port 0 --host 203.0.113.7 --api-key k   | 203.0.113.7 is no address of this computer
            69 | serve --port 0 --data FILE                      | is there already, and is no folder
            69 | serve --port 0 --data FILE/below                | FILE
            69 | serve --port 0 --data DIR/d --model NONE        | expected a file that can be read
            64 | serve --data                                    | Missing required parameter
            64 | classify                                        | Missing required parameter
            69 | classify NONE                                   | there is no file
            69 | classify DIR                                    | there are no pictures in DIR (1 file is no picture)
            69 | classify FILE --model FILE                      | expected an ONNX model
            64 | classify FILE --url nowhere                     | is not an address such as
            69 | classify FILE --url http://127.0.0.1:1/         | no answer from
            64 | classify FILE --json --csv                      | mutually exclusive
            64 | classify a\0b                                   | cannot be the name of a file
            69 | examples --count 0                              | --count is a number from 1 to 20
            64 | examples --from ftp://x/y                       | is not an address such as
            69 | examples --from http://127.0.0.1:1/x.zip        | is not HTTPS
            69 | examples --from https://127.0.0.1:1/x.zip       | cannot fetch https://127.0.0.1:1/x.zip: there is no connection
            64 | report --from 28.11.2026                        | is not a day such as
            69 | report --data EMPTY --from 2026-01-02 --to 2026-01-01 | --to is the first day after the window
            69 | report --data NONE                              | there is no bucket
            69 | report --bucket Not_A_Bucket                    | --bucket is the name of a bucket
            69 | report --bucket some-bucket                     | AWS
            69 | sql --data NONE select                          | there is no bucket
            69 | sql --data EMPTY drop                           | a query begins with select or with
            69 | sql --data EMPTY select                         | DuckDB says
            64 | sql --json --csv select                         | mutually exclusive
            69 | sql --bucket Not_A_Bucket select                | --bucket is the name of a bucket
            69 | sql --bucket some-bucket select                 | Athena
            69 | baseline --data NONE --from 2026-01-01          | there is no bucket
            69 | baseline --data EMPTY                           | which days were good
            64 | review --to yesterday                           | is not a day such as
            69 | review --data EMPTY only-an-id                  | review ID LABEL
            69 | review --data EMPTY ../../x healthy             | there is no flag
            69 | forget --data EMPTY ../../x                     | there is no flag
            69 | forget --data EMPTY a\0b                        | there is no flag
            64 | forget                                          | Missing required parameter
            69 | classify FILE --results DIR/d --url http://127.0.0.1:1/ | without --url
            69 | classify - --results DIR/d                      | name a file
            69 | classify FILE --results FILE                    | is there already, and is no folder
            69 | report --data EMPTY --run ../x                  | there is no run ../x
            69 | report --data EMPTY --run x --from 2026-01-01   | without --from and --to
            69 | report --data EMPTY --run x --pictures DIR/p    | a run keeps none
            69 | review --data EMPTY --run x                     | there is no run x
            69 | backfill                                        | name the photos, such as s3://
            69 | backfill s3://photos/ --resume x                | and not both
            69 | backfill photos/2019                            | is no address of photos
            69 | backfill s3://photos --concurrency 0            | --concurrency is a number from 1 to 10000
            69 | backfill s3://photos                            | no AWS region is set up
            64 | model nonsense                                  | Unmatched argument
            64 | model chekc FILE                                | Did you mean check?
            69 | model check FILE                                | may not be deployed
            69 | model check NONE                                | expected a file that can be read
            69 | model check DIR                                 | may not be deployed
            69 | model push NONE                                 | expected a file that can be read
            69 | model push MODEL --region moon/1                | --region is a region
            69 | model push MODEL                                | AWS
            64 | compare                                         | Missing required parameter
            69 | compare NONE --data EMPTY                       | says which model is live
            69 | compare FILE --data NONE                        | there is no bucket
            69 | versions                                        | no AWS region is set up
            69 | versions --stack 1/2                            | --stack is a name
            64 | rollback latest                                 | 'latest' is not a whole number
            69 | rollback                                        | no AWS region is set up
            69 | deploy --canary 50                              | CodeDeploy moves 10 percent at a time
            64 | flags nonsense                                  | Unmatched argument
            64 | flags restore                                   | Missing required parameter
            69 | flags restore NONE                              | there is no file
            64 | deploy --set Rollout                            | KEY=VALUE
            69 | deploy --set Rolout=manual                      | there is no setting Rolout
            69 | deploy --set Traffic=x                          | there is no setting Traffic
            69 | deploy --set Rollout=some                       | but must be manual or limited or expanded
            69 | deploy --stack 1/2                              | --stack is a name
            69 | deploy --model FILE                             | expected an ONNX model
            69 | deploy --region eu-central-1 --dry-run          | nobody is signed in to AWS
            69 | deploy                                          | no AWS region is set up
            69 | remove                                          | no AWS region is set up
            64 | remove now                                      | Unmatched argument
            64 | completion fish                                 | Unmatched argument
            """;

    @Test
    void everyCommandSaysWhatIsWrongInWords() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty/haricot")).getParent();
        Path alone = Files.createDirectories(folder.resolve("alone"));
        Path notes = Files.writeString(alone.resolve("notes.txt"), "no picture, no model, no zip");
        List<String> wrong = new ArrayList<>();
        for (String line : CASES.lines().toList()) {
            String[] parts = line.replace("NONE", folder.resolve("none").toString()).replace("EMPTY", empty.toString())
                    .replace("FILE", notes.toString()).replace("DIR", alone.toString())
                    .replace("MODEL", TestModel.file().toString()).split(" +\\| ", -1);
            Shell.Ran ran = Shell.haricot((Object[]) parts[1].strip().split(" +", -1));
            if (ran.status() != Integer.parseInt(parts[0].strip()) || !ran.err().startsWith("haricot: ")
                    || !ran.err().contains(parts[2].strip()) || INSIDES.matcher(ran.err() + ran.out()).find()) {
                wrong.add(line + "\n   got " + ran.status() + " " + ran.err());
            }
        }
        assertEquals("", String.join("\n", wrong));
    }

    @Test
    void noCommandIsLeftOut() {
        TreeSet<String> commands = new TreeSet<>();
        Main.commandLine().getSubcommands().values().forEach(command -> commands.add(command.getCommandName()));
        commands.removeIf(name -> CASES.lines().anyMatch(line -> line.contains("| " + name + " ")));
        assertEquals(new TreeSet<>(), commands);
    }

    @Test
    void whatATerminalWouldObeyIsWrittenOut() {
        for (String word : List.of("no\u001b[2Jfile", "no\u009b31mfile", "no\u202efile")) {
            for (Object[] words : new Object[][]{{"classify", word}, {word}, {"report", "--from", word},
                    {"serve", "--" + word},
                    {"compare", word}, {"flags", "restore", word}, {"model", "check", word}, {"forget", word}}) {
                String err = Shell.haricot(words).err();
                assertFalse(
                        err.matches("(?s).*[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e].*"),
                        err);
            }
        }
    }

    @Test
    void aMistakeOfTheProgramItselfIsStillShownWhole() {
        CommandLine broken = Main.commandLine().addSubcommand("broken", new Broken());
        assertEquals(70, broken.setErr(new PrintWriter(new StringWriter())).execute("broken"));
        assertFalse(Complaint.of(new IllegalStateException("x")).isPresent());
    }

    @CommandLine.Command(name = "broken")
    private static final class Broken implements Runnable {
        @Override
        public void run() {
            throw new IllegalStateException("a mistake on purpose: this stack belongs to a test");
        }
    }
}
