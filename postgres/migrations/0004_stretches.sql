-- +goose Up
-- Every statement is found by the stretches of 1, 8, 64 and 512 days that it was printed in,
-- so that a search for the newest need not look at all that match.
update words set doc = doc || cast(format('d0n%s:1D d1n%s:1D d2n%s:1D d3n%s:1D',
	rowid >> 38, rowid >> 41, rowid >> 44, rowid >> 47) as tsvector);

-- What was put in lately stands in a list that every search goes through from end to end:
-- it is kept short.
alter index words_doc set (gin_pending_list_limit = 128);
