create table account (
  id text primary key,
  name text not null unique,
  password bytea,
  salt bytea,
  made_at timestamptz not null default now()
);

create table session (
  token_hash bytea primary key,
  account text not null references account (id) on delete cascade,
  ends_at timestamptz not null
);

-- The row stays when a case is deleted, so that its id is never given again; everything else goes.
create table appeal_case (
  id text primary key,
  owner text not null references account (id),
  opened_at timestamptz not null default now(),
  -- Number of the newest event that still waits for the letters to be drafted; null when none does.
  waits_for integer,
  destroyed_at timestamptz
);
create index appeal_case_owner on appeal_case (owner);
create index appeal_case_waits on appeal_case (waits_for) where waits_for is not null;

-- The case's own key, locked with the master key. Deleting this row is what deletes a case.
create table case_key (
  case_id text primary key references appeal_case (id),
  wrapped bytea not null
);

-- Append-only: what happened, locked with the case's key.
create table case_event (
  case_id text not null references appeal_case (id),
  number integer not null,
  at timestamptz not null,
  sealed bytea not null,
  primary key (case_id, number)
);

-- Proves at start that the master key is the one that locked the data.
create table master_mark (
  one boolean primary key check (one),
  sealed bytea not null
);
