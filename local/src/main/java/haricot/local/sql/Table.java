package haricot.local.sql;

import haricot.bucket.Keys;
import java.util.List;
import java.util.Locale;

/// The tables: one for each kind of object that people ask about. `athena.yaml` says the same to Glue, and a test compares
/// the two with each other and with what the code writes.
@SuppressWarnings("ImmutableEnumChecker") // Its lists never change; the checker knows none of which that is sure.
public enum Table {
    FLAGS(Keys.FLAGS, List.of("dt", "hh"), """
            schema int
            id string
            time string
            clientid string
            decision string
            reasons array<string>
            label string
            confidence double
            flagged boolean
            score double
            distance double
            probabilities map<string,double>
            samplingprobability double
            image struct<format:string,width:int,height:int,bytes:bigint,sha256:string,brightness:double,clipped:double,\
            sharpness:double,key:string>
            model struct<name:string,version:string,sha256:string>
            functionversion string
            environment string
            """, "select label, count(*) as flags from flags where decision = 'review' group by label"),
    TALLIES(Keys.TALLIES, List.of("dt", "hh"), """
            schema int
            model struct<name:string,version:string,sha256:string>
            functionversions array<string>
            answered bigint
            flagged bigint
            flags bigint
            familiar bigint
            familiarconfidence bigint
            labels map<string,bigint>
            decisions map<string,bigint>
            reasons map<string,bigint>
            errors map<string,bigint>
            histograms map<string,struct<edges:array<double>,counts:array<bigint>>>
            strangest array<struct<id:string,score:double,distance:double>>
            """, "select hh, sum(answered) as answered from tallies group by hh order by hh"),
    REVIEWS(Keys.REVIEWS, List.of("dt"), """
            schema int
            flag string
            label string
            time string
            note string
            """, "select label, count(*) as said from reviews group by label"),
    RESULTS(Keys.RESULTS, List.of(), """
            schema int
            id string
            time string
            label string
            confidence double
            predictions array<struct<label:string,probability:double>>
            outofdomain struct<flagged:boolean,score:double,distance:double,threshold:double>
            decision string
            reasons array<string>
            flag struct<key:string,stored:boolean>
            model struct<name:string,version:string>
            source struct<bucket:string,key:string,etag:string,versionid:string>
            problem struct<title:string,status:int,detail:string,code:string,id:string>
            """, "select problem.code, count(*) as pictures from results where problem is not null group by 1");

    /// Where the object of a row lies. Athena hides it from `select *`.
    static final String PATH = "$path";

    private final String prefix;
    private final List<Column> partitions;
    private final List<Column> columns;
    private final ColumnType objects;
    private final String example;

    Table(String prefix, List<String> partitions, String columns, String example) {
        this.prefix = prefix;
        this.partitions = partitions.stream().map(name -> new Column(name, ColumnType.Scalar.STRING)).toList();
        this.columns = Column.list(columns);
        this.objects = Column.struct(this.columns);
        this.example = example;
    }

    /// As queries call it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// With which the keys of its objects begin.
    public String prefix() {
        return prefix;
    }

    /// What is in the objects.
    public List<Column> columns() {
        return columns;
    }

    /// The same as the type of a whole object.
    ColumnType objects() {
        return objects;
    }

    /// What is in their keys, as `dt=2026-01-31/`.
    public List<Column> partitions() {
        return partitions;
    }

    String example() {
        return example;
    }
}
