-- Nobody waits for long behind this: it gives up and is tried again.
SET LOCAL lock_timeout = '10s';--> statement-breakpoint
-- The queue is one of order lines: an order may be bought in several purchases, and one purchase buys for many orders. What planning asks of
-- a waiting line stands on the line, so that one index is the queue.
ALTER TABLE order_lines ADD COLUMN partner_id uuid REFERENCES partners (id);--> statement-breakpoint
ALTER TABLE order_lines ADD COLUMN lane text NOT NULL DEFAULT 'normal';--> statement-breakpoint
ALTER TABLE order_lines ADD COLUMN queued_at timestamp (3) with time zone NOT NULL DEFAULT now();--> statement-breakpoint
-- Bought already, says the journal of purchases, in one that this database forgot: it waits until all that was bought with it is back.
ALTER TABLE order_lines ADD COLUMN held_for uuid;--> statement-breakpoint
UPDATE order_lines l SET partner_id = o.partner_id, lane = o.lane, queued_at = o.created_at FROM orders o WHERE o.id = l.order_id;--> statement-breakpoint
ALTER TABLE order_lines ALTER COLUMN partner_id SET NOT NULL;--> statement-breakpoint
CREATE INDEX order_lines_queue ON order_lines (lane, partner_id, queued_at, id) WHERE status = 'queued' AND held_for IS NULL;--> statement-breakpoint
CREATE INDEX order_lines_held ON order_lines (held_for) WHERE held_for IS NOT NULL;--> statement-breakpoint
GRANT UPDATE (held_for) ON order_lines TO steller_app;--> statement-breakpoint

-- A share of the turns: a partner with weight 3 gets three cards for each of a partner with weight 1, while both wait.
ALTER TABLE partners ADD COLUMN weight integer NOT NULL DEFAULT 1;--> statement-breakpoint
ALTER TABLE partners ADD CONSTRAINT partners_weight CHECK (weight BETWEEN 1 AND 100);--> statement-breakpoint

-- What the partner was told when the order was accepted. It never changes, so that it can be held against what happened.
ALTER TABLE orders ADD COLUMN estimated_from timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE orders ADD COLUMN estimated_by timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE orders ADD CONSTRAINT orders_estimate CHECK ((estimated_from IS NULL) = (estimated_by IS NULL) AND estimated_from <= estimated_by);--> statement-breakpoint

-- As in migration 0002, with the lane, and what was estimated for the partner.
CREATE OR REPLACE FUNCTION accept_order(request jsonb) RETURNS TABLE (status integer, body text, replayed boolean, request_hash text)
LANGUAGE plpgsql SET lock_timeout = '5s' AS $$
DECLARE
  placed orders;
  urgent_allowed boolean;
  wallet record;
BEGIN
  INSERT INTO orders (id, partner_id, lane, currency, total_minor, cards, reference, rate_snapshot_id, placed_by, estimated_from, estimated_by)
    SELECT r.id, r.partner_id, coalesce(r.lane, 'normal'), r.currency, r.total_minor, r.cards, r.reference, r.rate_snapshot_id, r.placed_by,
      now() + r.estimated_from_ms * interval '1 millisecond', now() + r.estimated_by_ms * interval '1 millisecond'
    FROM jsonb_to_record(request) AS r(
      id uuid, partner_id uuid, lane text, currency text, total_minor bigint, cards integer, reference text, rate_snapshot_id uuid, placed_by text,
      estimated_from_ms bigint, estimated_by_ms bigint)
    ON CONFLICT (id) DO NOTHING
    RETURNING * INTO placed;
  IF placed.id IS NULL THEN
    RETURN QUERY SELECT k.status, k.body, true, encode(k.request_hash, 'hex') FROM idempotency_keys k
      WHERE k.partner_id = (request ->> 'partner_id')::uuid AND k.key = request ->> 'key';
    RETURN;
  END IF;

  -- Rights as they are now, not as they were when the request came in.
  SELECT p.urgent_allowed INTO urgent_allowed FROM partners p JOIN members m ON m.partner_id = p.id
    WHERE p.id = placed.partner_id AND p.active AND m.user_id = placed.placed_by AND m.role = request ->> 'role';
  IF NOT FOUND THEN
    RAISE EXCEPTION 'this member may not order' USING ERRCODE = 'check_violation', CONSTRAINT = 'orders_member';
  END IF;
  IF placed.lane = 'urgent' AND NOT urgent_allowed THEN
    RAISE EXCEPTION 'this partner may not use the urgent lane' USING ERRCODE = 'check_violation', CONSTRAINT = 'orders_lane';
  END IF;

  INSERT INTO order_lines (id, order_id, partner_id, lane, queued_at, position, product_id, product_name, brand_name, logo_url, face_minor, face_currency,
      quantity, unit_price_minor)
    SELECT l.id, placed.id, placed.partner_id, placed.lane, placed.created_at, l.position, l.product_id, l.product_name, l.brand_name, l.logo_url,
      l.face_minor, l.face_currency, l.quantity, l.unit_price_minor
    FROM jsonb_to_recordset(request -> 'lines') AS l(
      id uuid, position integer, product_id bigint, product_name text, brand_name text, logo_url text, face_minor bigint, face_currency text,
      quantity integer, unit_price_minor bigint);
  IF placed.total_minor <> (SELECT sum(quantity * unit_price_minor) FROM order_lines WHERE order_id = placed.id) THEN
    RAISE EXCEPTION 'the total of an order is the sum of its lines' USING ERRCODE = 'check_violation', CONSTRAINT = 'orders_sum';
  END IF;
  INSERT INTO order_events (id, order_id, kind, title, detail)
    SELECT e.id, placed.id, e.kind, e.title, e.detail FROM jsonb_to_record(request -> 'event') AS e(id uuid, kind text, title text, detail text);
  INSERT INTO outbox (name, data) VALUES ('orders/queued', jsonb_build_object('orderId', placed.id));

  status := (request ->> 'answer_status')::integer;
  replayed := false;
  request_hash := request ->> 'request_hash';
  SELECT row_to_json(a)::text INTO body FROM (
    SELECT placed.id, 'ST-' || lpad(placed.sequence::text, greatest(6, length(placed.sequence::text)), '0') AS number, placed.status, placed.lane,
      (SELECT row_to_json(t) FROM (SELECT placed.total_minor AS "amountMinor", placed.currency) t) AS total,
      queue_position(placed.id, placed.lane, placed.created_at) AS position,
      CASE WHEN placed.estimated_from IS NOT NULL THEN (SELECT row_to_json(e) FROM (SELECT
        to_char(placed.estimated_from AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "from",
        to_char(placed.estimated_by AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS by) e) END AS estimate,
      to_char(placed.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "createdAt"
  ) a;
  INSERT INTO idempotency_keys (partner_id, key, request_hash, status, body)
    VALUES (placed.partner_id, request ->> 'key', decode(request_hash, 'hex'), status, body);

  SELECT a.id AS available, h.id AS held INTO wallet FROM ledger_accounts a JOIN ledger_accounts h USING (partner_id, currency)
    WHERE a.kind = 'available' AND h.kind = 'held' AND a.partner_id = placed.partner_id AND a.currency = placed.currency;
  IF wallet IS NULL THEN
    RAISE EXCEPTION 'there is no wallet in %', placed.currency USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_accounts_available';
  END IF;
  -- Last, and held for as short as can be: orders on one busy wallet line up here instead of waking each other at its row.
  PERFORM pg_advisory_xact_lock(hashtextextended('wallet', wallet.available));
  INSERT INTO transfers (id, kind, debit_account_id, credit_account_id, amount_minor, currency, order_line_id)
    SELECT l.hold_id, 'hold', wallet.available, wallet.held, l.unit_price_minor * l.quantity, placed.currency, l.id
    FROM jsonb_to_recordset(request -> 'lines') AS l(id uuid, hold_id uuid, quantity integer, unit_price_minor bigint);
  RETURN NEXT;
END $$;
