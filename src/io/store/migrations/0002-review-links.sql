-- A private way into one case for one physician. Neither token nor code is kept, only their hashes.
create table review_link (
  id text primary key,
  case_id text not null references appeal_case (id),
  token_hash bytea not null unique,
  code_hash bytea not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  signed_at timestamptz,
  wrong_codes integer not null default 0
);
create index review_link_case on review_link (case_id);

-- What belongs to the installation and not to a case (its signing key), locked with the master key.
create table installation_secret (
  name text primary key,
  sealed bytea not null
);
