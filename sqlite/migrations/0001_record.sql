-- +goose Up

-- Rows of article and statement are numbered day << 38 | serial, the day being that of
-- printing, counted from 1600-01-01, 0 when it is not known: their order is the order of
-- printing, and so is that of the full-text index.
create table serial (
	name text primary key,
	next integer not null check (next > 0)
) strict, without rowid;
insert into serial values ('article', 1), ('statement', 1);

create table article (
	id         integer primary key,
	name       text    not null unique check (name <> ''), -- quoth.ArticleID
	url        text    not null,
	outlet     text    not null, -- the site
	title      text    not null,
	published  text    not null, -- EDTF
	story      text    not null check (story <> ''),
	revision   integer not null check (revision > 0), -- number of the newest
	statements integer not null check (statements >= 0) -- of the newest
) strict;
create index article_outlet on article (outlet, id);
create index article_story on article (story, id);

create table revision (
	id      integer primary key,
	article integer not null references article,
	number  integer not null check (number > 0),
	hash    text    not null,
	model   text    not null,
	at      text    not null, -- RFC 3339
	reading blob    not null, -- zstd of JSON: article and background
	unique (article, number)
) strict;

create table person (
	id         integer primary key,
	name       text    not null unique check (name <> ''), -- ID in the record
	called     text    not null check (called <> ''),
	kind       text    not null check (kind in ('person', 'organization')),
	links      text    not null default '{}' check (json_valid(links)),
	statements integer not null default 0 check (statements >= 0),
	about      integer not null default 0 check (about >= 0),
	articles   integer not null default 0 check (articles >= 0),
	merged     integer references person check (merged <> id)
) strict;
create index person_seen on person (articles, id);
create index person_merged on person (merged) where merged is not null;

create table alias (
	key      text    not null, -- wording.Fold of the name
	last     text    not null, -- its last word, '' when it has one only
	person   integer not null references person,
	called   text    not null,
	articles integer not null check (articles >= 0),
	evidence text    not null, -- name of an article
	primary key (key, person)
) strict, without rowid;
create index alias_last on alias (last) where last <> '';
create index alias_person on alias (person);

create table statement (
	id        integer primary key,
	name      text    not null check (name <> ''), -- quoth.StatementID
	article   integer not null references article,
	revision  integer not null references revision,
	ordinal   integer not null check (ordinal >= 0), -- in the revision
	current   integer not null check (current in (0, 1)), -- of the newest revision
	kind      text    not null check (kind in ('direct', 'indirect', 'mixed')),
	medium    text    not null,
	speaker   integer references person,
	called    text    not null, -- the speaker's name in the article
	addressee integer references person, -- whom it is addressed to
	content   text    not null,
	said_from integer, -- days from 1600-01-01; null when open or not known
	said_to   integer check (said_from <= said_to),
	saying    text    not null check (saying <> ''),
	rest      blob    not null, -- zstd of JSON: all but content, speaker and about
	unique (revision, ordinal)
) strict;
create index statement_name on statement (name);
create index statement_article on statement (article);
create index statement_speaker on statement (speaker, id) where speaker is not null;
create index statement_saying on statement (saying);
create index statement_said on statement (said_to, id) where current = 1 and said_to is not null;

create table about (
	statement integer not null references statement,
	ordinal   integer not null,
	person    integer not null references person,
	primary key (statement, ordinal)
) strict, without rowid;
create index about_person on about (person, statement);

-- Who is named by the newest revision of an article: how often as speaker, how often as
-- the one spoken of.
create table presence (
	article integer not null references article,
	person  integer not null references person,
	said    integer not null,
	about   integer not null,
	primary key (article, person)
) strict, without rowid;
create index presence_person on presence (person, article);

-- The words of current statements. In tags stand the person, the medium and so on, so
-- that one index answers a search with all its filters.
create virtual table words using fts5 (
	content, speaker, about, tags,
	content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
);

create table sketch (
	hash      integer not null,
	statement integer not null references statement,
	primary key (hash, statement)
) strict, without rowid;
create index sketch_statement on sketch (statement);

create table text_sketch (
	hash    integer not null,
	article integer not null references article,
	primary key (hash, article)
) strict, without rowid;
create index text_sketch_article on text_sketch (article);

create table checkpoint (
	source text primary key,
	done   integer not null check (done >= 0),
	mark   text not null
) strict, without rowid;

create table refusal (
	id      integer primary key,
	source  text not null,
	label   text not null,
	code    text not null,
	message text not null,
	at      text not null
) strict;
create unique index refusal_once on refusal (source, label);

create table change (
	id     integer primary key,
	at     text not null,
	actor  text not null,
	action text not null check (action in ('merge', 'split', 'rename')),
	person integer not null references person,
	other  text not null,
	note   text not null,
	moved  text not null check (json_valid(moved)), -- what it takes to undo it
	giver  integer not null references person, -- whose was moved
	taker  integer not null references person,
	undone integer not null default 0 check (undone in (0, 1))
) strict;
create index change_person on change (person);

create table token (
	name    text primary key,
	label   text not null,
	hash    text not null unique,
	scopes  text not null check (json_valid(scopes)),
	created text not null,
	revoked text not null default ''
) strict, without rowid;
