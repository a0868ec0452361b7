-- When the supplier first called about a purchase: what a callback teaches, apart from hinted_at, which people and reports set too.
ALTER TABLE dispatches ADD COLUMN called_back_at timestamp (3) with time zone;--> statement-breakpoint
-- What the report of orders tells of many purchases in one call: not over yet at that time.
ALTER TABLE dispatches ADD COLUMN reported_open_at timestamp (3) with time zone;--> statement-breakpoint

-- When a purchase is first worth a read, learned from the last ones by all instances together.
CREATE TABLE read_pace (
  id boolean PRIMARY KEY DEFAULT true,
  first_read_ms double precision NOT NULL,
  called_share double precision NOT NULL,
  updated_at timestamp (3) with time zone DEFAULT now() NOT NULL,
  CONSTRAINT read_pace_one CHECK (id),
  CONSTRAINT read_pace_first_read CHECK (first_read_ms > 0),
  CONSTRAINT read_pace_called_share CHECK (called_share BETWEEN 0 AND 1)
);--> statement-breakpoint
INSERT INTO read_pace (first_read_ms, called_share) VALUES (2000, 0);--> statement-breakpoint
GRANT SELECT, UPDATE (first_read_ms, called_share, updated_at) ON read_pace TO steller_app;
