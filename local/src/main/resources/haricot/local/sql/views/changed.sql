with answers as (
  select source.bucket as bucket, source.key as key, source.etag as etag, model.name as model, model.version as version,
    decision, label, confidence, regexp_extract("$path", 'run=([0-9a-f-]+)/', 1) as run
  from results where schema = 1 and problem is null
), last as (
  select bucket, key, etag, model, version, decision, label, confidence, run,
    row_number() over (partition by bucket, key, etag, model, version order by run desc) as place
  from answers
)
select a.bucket, a.key, a.etag, a.model, a.version as version_before, b.version as version_after,
  a.decision as decision_before, b.decision as decision_after, a.label as label_before, b.label as label_after,
  a.confidence as confidence_before, b.confidence as confidence_after, a.run as run_before, b.run as run_after
from last a join last b on b.bucket = a.bucket and b.key = a.key and b.etag = a.etag and b.model = a.model
  and b.version <> a.version and b.run > a.run
where a.place = 1 and b.place = 1 and (a.decision <> b.decision or a.label is distinct from b.label)
