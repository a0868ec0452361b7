-- When calls to an endpoint of the supplier were stopped and let through again. Orders show the changes that they waited through, so a row
-- is written once per change, not once per order, and is kept for good: there are few.
CREATE TABLE breaker_changes (
  id bigserial PRIMARY KEY,
  endpoint text NOT NULL,
  change text NOT NULL,
  failures integer NOT NULL,
  at timestamp (3) with time zone DEFAULT now() NOT NULL,
  CONSTRAINT breaker_changes_change CHECK (change IN ('opened', 'closed')),
  CONSTRAINT breaker_changes_failures CHECK (failures >= 0)
);--> statement-breakpoint
-- What stood at a moment, and what changed between two.
CREATE INDEX breaker_changes_endpoint ON breaker_changes (endpoint, at, id);--> statement-breakpoint
GRANT SELECT, INSERT ON breaker_changes TO steller_app;--> statement-breakpoint
GRANT USAGE ON SEQUENCE breaker_changes_id_seq TO steller_app;--> statement-breakpoint
-- The list of calls is read newest first, all of them (by the primary key), of one endpoint, or of one outcome at each endpoint.
CREATE INDEX supplier_calls_endpoint ON supplier_calls (endpoint, id);--> statement-breakpoint
CREATE INDEX supplier_calls_outcome ON supplier_calls (endpoint, outcome, id);
