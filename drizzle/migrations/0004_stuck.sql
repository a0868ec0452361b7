-- News that somebody told us of: a callback of the supplier, or a person. Kept on the row, so that a queue that is down loses no hint.
ALTER TABLE dispatches ADD COLUMN hinted_at timestamp (3) with time zone;--> statement-breakpoint
-- When a person last had the supplier asked. Apart from hinted_at: a callback must not keep a person from asking.
ALTER TABLE dispatches ADD COLUMN asked_at timestamp (3) with time zone;--> statement-breakpoint
-- The evidence of one purchase among all calls.
CREATE INDEX supplier_calls_dispatch ON supplier_calls (dispatch_id, created_at) WHERE dispatch_id IS NOT NULL;
