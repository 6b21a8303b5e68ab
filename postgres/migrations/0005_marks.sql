-- +goose Up
-- What a statement is filtered by is marked by = and no longer by a weight: the index has no
-- weights, so that each row that it found was read to see them. The stretches are those of 1,
-- 4, 16, 64, 256 and 1,024 days now, so that a search needs few of them.
update words set doc = ts_filter(doc, '{a,b,c}') || array_to_tsvector(array(
	select '=' || t from unnest(tsvector_to_array(ts_filter(doc, '{d}'))) t where t !~ '^d[0-9]n'
	union all select format('=d%sn%s', k, rowid >> (38 + 2*k)) from generate_series(0, 5) k));

-- Rows that are put in stand in a list, which every part of a search goes through from end to end,
-- until they are sorted into the index: PostgreSQL does that for every 512 kB of them, some 750
-- rows, and whoever puts in many at the end. Only the owner of an index may, who need not be
-- the one who writes. Sorting 2,800 rows takes 0.27 s by 64 kB, 0.16 s by 512 kB and 0.13 s at once;
-- a search goes through 750 of them in 1 ms, and through 2,800 in 4.
alter index words_doc set (gin_pending_list_limit = 512);
create function settle_words() returns bigint language sql security definer set search_path from current
	as 'select gin_clean_pending_list(''words_doc'')';
