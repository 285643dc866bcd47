with each as (
  select distinct t.dt, (element_at(t.strangest, n.i)).id as id, (element_at(t.strangest, n.i)).score as score,
    (element_at(t.strangest, n.i)).distance as distance, t.model.name as model, t.model.version as version
  from tallies t cross join (values (1), (2), (3), (4), (5)) as n(i)
  where t.schema = 1 and n.i <= cardinality(t.strangest)
), ranked as (
  select dt, row_number() over (partition by dt order by distance desc, id) as place, id, score, distance, model, version
  from each
)
select dt, place, id, score, distance, model, version from ranked where place <= 5
