-- +goose Up

-- What takes a statement away: the reason, '' for those that stand.
alter table statement add column withdrawn text not null default '';

create table correction (
	id        integer primary key,
	statement text    not null check (statement <> ''),
	article   text    not null check (article <> ''),
	revision  integer not null,
	kind      text    not null check (kind in ('correction', 'clarification', 'retraction', 'redaction')),
	state     text    not null check (state in ('proposed', 'accepted', 'rejected', 'undone')),
	fields    text    not null check (json_valid(fields)),
	was       text    not null check (json_valid(was)),
	becomes   text    not null check (json_valid(becomes)), -- null when it is taken away
	people    text    not null check (json_valid(people)),  -- of becomes, who were new
	note      text    not null check (note <> ''),
	in_case   text    not null,
	actor     text    not null,
	approver  text    not null,
	at        text    not null -- RFC 3339
) strict;
create index correction_statement on correction (statement);
create index correction_article on correction (article);
create index correction_case on correction (in_case) where in_case <> '';

create table account (
	name     text primary key,
	role     text not null check (role in ('reader', 'editor', 'admin')),
	hash     text not null,
	created  text not null,
	disabled text not null default ''
) strict, without rowid;

create table session (
	hash    text primary key check (length(hash) = 64),
	account text not null references account,
	created text not null,
	seen    text not null
) strict, without rowid;
create index session_account on session (account);

create table desk_case (
	id       integer primary key,
	name     text    not null unique check (name <> ''),
	kind     text    not null check (kind in ('article', 'statement', 'person')),
	target   text    not null check (target <> ''),
	queue    text    not null,
	state    text    not null check (state in ('new', 'in-progress', 'waiting', 'second-editor', 'reopened', 'closed')),
	outcome  text    not null,
	note     text    not null,
	holder   text    not null,
	version  integer not null check (version > 0),
	opened   text    not null,
	changed  text    not null,
	reports  integer not null,
	texts    integer not null,
	sources  integer not null,
	weight   real    not null,
	counted  real    not null,
	reach    real    not null,
	proof    real    not null,
	rank     real    not null, -- quoth.Priority.Rank
	alert    text    not null,
	closed_reports integer not null,
	evidence text    not null
) strict;
-- Legal notices and replies are a case each; what readers answer gathers on one.
create unique index desk_case_once on desk_case (kind, target, queue) where queue not in ('legal', 'reply');
create index desk_case_rank on desk_case (rank, id) where state <> 'closed';
create index desk_case_changed on desk_case (changed, id);

create table alert (
	kind    text    not null,
	target  text    not null,
	day     text    not null,
	why     text    not null,
	answers integer not null,
	cleared text    not null default '',
	primary key (kind, target, day)
) strict, without rowid;

create table letter (
	in_case   text primary key,
	kind      text    not null check (kind in ('legal', 'reply')),
	target    text    not null,
	author    text    not null,
	email     text    not null,
	law       text    not null,
	text      text    not null,
	is_honest integer not null check (is_honest in (0, 1)),
	at        text    not null,
	printed   text    not null default ''
) strict, without rowid;
create index letter_printed on letter (target) where printed <> '';

-- The audit log. Nothing is ever changed here: each line holds the hash of the one before.
create table act (
	seq     integer primary key,
	at      text not null,
	actor   text not null,
	action  text not null,
	subject text not null,
	detail  text not null,
	prev    text not null unique,
	hash    text not null unique
) strict;
create index act_subject on act (subject, seq);

-- Stories are few among the articles: those that somebody else printed too.
create index article_copied on article (story) where story <> name;

-- The days of a person are all in the index.
drop index presence_person;
create index presence_person on presence (person, article, said, about);

-- Why a person has no page of their own, '' for those who have.
alter table person add column hidden text not null default '';
create table change_anew (
	id     integer primary key,
	at     text not null,
	actor  text not null,
	action text not null check (action in ('merge', 'split', 'rename', 'hide')),
	person integer not null references person,
	other  text not null,
	note   text not null,
	moved  text not null check (json_valid(moved)), -- what it takes to undo it
	giver  integer not null references person, -- whose was moved
	taker  integer not null references person,
	undone integer not null default 0 check (undone in (0, 1))
) strict;
insert into change_anew select id, at, actor, action, person, other, note, moved, giver, taker, undone from change;
drop table change;
alter table change_anew rename to change;
create index change_person on change (person);
