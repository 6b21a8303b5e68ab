-- +goose Up

-- The answer that each receipt stands for now.
create table feedback (
	id       integer primary key,
	receipt  text    not null unique check (length(receipt) = 64),
	kind     text    not null check (kind in ('article', 'statement')),
	target   text    not null check (target <> ''),
	revision integer not null,
	vote     text    not null check (vote in ('yes', 'no')),
	reasons  text    not null check (json_valid(reasons)),
	followup text    not null,
	text     text    not null,
	source   text    not null,
	locale   text    not null,
	surface  text    not null,
	minute   text    not null, -- RFC 3339, to the minute
	day      text    not null, -- of the minute
	visitor  text    not null, -- '' when it was forgotten
	weight   integer not null check (weight in (0, 1)),
	why      text    not null
) strict;
create index feedback_target on feedback (kind, target, revision);
create unique index feedback_visitor on feedback (kind, target, revision, visitor, day) where visitor <> '';
create index feedback_day on feedback (day) where visitor <> '';

-- What happened, in order; nothing is ever changed here.
create table feedback_event (
	id      integer primary key,
	minute  text not null,
	receipt text not null,
	op      text not null check (op in ('answer', 'replace', 'retract')),
	kind    text not null,
	target  text not null,
	vote    text not null,
	weight  integer not null
) strict;
