-- +goose Up

-- How many of those done were refused.
alter table checkpoint add column refused bigint not null default 0 check (refused >= 0);
