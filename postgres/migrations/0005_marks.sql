-- +goose Up
-- What a statement is filtered by is marked by = and no longer by a weight: the index has no
-- weights, so that each row that it found was read to see them. The stretches are those of 1,
-- 4, 16, 64, 256 and 1,024 days now, so that a search needs few of them.
update words set doc = ts_filter(doc, '{a,b,c}') || array_to_tsvector(array(
	select '=' || t from unnest(tsvector_to_array(ts_filter(doc, '{d}'))) t where t !~ '^d[0-9]n'
	union all select format('=d%sn%s', k, rowid >> (38 + 2*k)) from generate_series(0, 5) k));

-- Rows that are put in stand in a list, which every search goes through, until they are sorted
-- into the index: whoever puts in many does that at the end. Only the owner of an index may,
-- who need not be the one who writes.
alter index words_doc set (gin_pending_list_limit = 4096);
create function settle_words() returns bigint language sql security definer set search_path from current
	as 'select gin_clean_pending_list(''words_doc'')';
