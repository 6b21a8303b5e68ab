-- +goose Up

-- When a correction or a change was undone, '' for those that were not. Of those before, the
-- audit log tells it: of a correction by its note, of a change by its number.
alter table correction add column undone_at text not null default '';
update correction set undone_at = coalesce((select min(a.at) from act a where a.subject = 'statement ' || correction.statement
	and a.action = 'undo' and a.at >= correction.at and substr(a.detail, -length(correction.note)) = correction.note), at) where state = 'undone';
alter table change add column undone_at text not null default '';
update change set undone_at = coalesce((select min(a.at) from act a where a.action = 'undo'
	and a.detail like '% of change ' || change.id || '; %'), at) where undone = 1;
create index change_taker on change (taker) where action in ('merge', 'split');
create index change_giver on change (giver) where action in ('merge', 'split');

-- The ranks that cases had before, so that whoever goes through their list sees each where it
-- stood when they began.
create table case_rank (
	id      integer primary key autoincrement,
	in_case integer not null references desk_case,
	rank    real    not null
) strict;
create index case_rank_case on case_rank (in_case, id);
