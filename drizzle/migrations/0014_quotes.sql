-- A price and a rate that are held for one order of a partner. A row is written once and never changed; what no order used is pruned.
CREATE TABLE quotes (
  id uuid PRIMARY KEY,
  partner_id uuid NOT NULL REFERENCES partners (id),
  idempotency_key text NOT NULL,
  request_hash bytea NOT NULL,
  currency text NOT NULL,
  total_minor bigint NOT NULL,
  rate_snapshot_id uuid REFERENCES rate_snapshots (id),
  lines jsonb NOT NULL,
  created_by text NOT NULL REFERENCES users (id),
  created_at timestamp (3) with time zone DEFAULT now() NOT NULL,
  expires_at timestamp (3) with time zone NOT NULL,
  CONSTRAINT quotes_key UNIQUE (partner_id, idempotency_key),
  CONSTRAINT quotes_total CHECK (total_minor > 0),
  CONSTRAINT quotes_expires CHECK (expires_at > created_at)
);--> statement-breakpoint
CREATE INDEX quotes_created ON quotes (created_at);--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON quotes TO steller_app;--> statement-breakpoint

ALTER TABLE orders ADD COLUMN quote_id uuid REFERENCES quotes (id);--> statement-breakpoint
-- One quote is for one order, whoever is faster.
CREATE UNIQUE INDEX orders_quote_once ON orders (quote_id) WHERE quote_id IS NOT NULL;--> statement-breakpoint
-- How the unit price came about, as the partner was told; null on lines from before this was kept.
ALTER TABLE order_lines ADD COLUMN price_basis jsonb;--> statement-breakpoint

-- Names what prices of these products follow from, beside a partner's settings and the rates: another name, another price, perhaps. By
-- values, so that the stock of a product, or another product, moves nothing.
CREATE FUNCTION price_stand(product_ids bigint[]) RETURNS text LANGUAGE sql STABLE
  RETURN (SELECT md5(string_agg(ROW(p.id, p.brand_id, p.face_currency, p.face_min_minor, p.face_max_minor, p.cost_min, p.cost_max, p.cost_currency,
      p.inactive_at IS NULL, (SELECT array_agg(c.category_id ORDER BY c.category_id) FROM brand_categories c WHERE c.brand_id = p.brand_id))::text,
    ',' ORDER BY p.id)) FROM products p WHERE p.id = ANY (product_ids));--> statement-breakpoint

-- As in migration 0008, with what the price follows from. A quote must hold, what a price without one follows from must be as it was read, and
-- everything must still be for sale, at the moment of writing; what is withdrawn in the same instant is given back with what waits.
CREATE OR REPLACE FUNCTION accept_order(request jsonb) RETURNS TABLE (status integer, body text, replayed boolean, request_hash text)
LANGUAGE plpgsql SET lock_timeout = '5s' AS $$
DECLARE
  placed orders;
  urgent_allowed boolean;
  settings bigint;
  wanted bigint[];
  wallet record;
BEGIN
  INSERT INTO orders (id, partner_id, lane, currency, total_minor, cards, reference, rate_snapshot_id, quote_id, placed_by, estimated_from,
      estimated_by)
    SELECT r.id, r.partner_id, coalesce(r.lane, 'normal'), r.currency, r.total_minor, r.cards, r.reference, r.rate_snapshot_id, r.quote_id, r.placed_by,
      now() + r.estimated_from_ms * interval '1 millisecond', now() + r.estimated_by_ms * interval '1 millisecond'
    FROM jsonb_to_record(request) AS r(
      id uuid, partner_id uuid, lane text, currency text, total_minor bigint, cards integer, reference text, rate_snapshot_id uuid, quote_id uuid,
      placed_by text, estimated_from_ms bigint, estimated_by_ms bigint)
    ON CONFLICT DO NOTHING
    RETURNING * INTO placed;
  IF placed.id IS NULL THEN
    RETURN QUERY SELECT k.status, k.body, true, encode(k.request_hash, 'hex') FROM idempotency_keys k
      WHERE k.partner_id = (request ->> 'partner_id')::uuid AND k.key = request ->> 'key';
    IF NOT FOUND AND EXISTS (SELECT FROM orders o WHERE o.quote_id = (request ->> 'quote_id')::uuid AND o.id <> (request ->> 'id')::uuid) THEN
      RAISE EXCEPTION 'this quote was used by another order' USING ERRCODE = 'unique_violation', CONSTRAINT = 'orders_quote_once';
    END IF;
    RETURN;
  END IF;

  -- Rights as they are now, not as they were when the request came in.
  SELECT p.urgent_allowed, p.settings_version INTO urgent_allowed, settings FROM partners p JOIN members m ON m.partner_id = p.id
    WHERE p.id = placed.partner_id AND p.active AND m.user_id = placed.placed_by AND m.role = request ->> 'role';
  IF NOT FOUND THEN
    RAISE EXCEPTION 'this member may not order' USING ERRCODE = 'check_violation', CONSTRAINT = 'orders_member';
  END IF;
  IF placed.lane = 'urgent' AND NOT urgent_allowed THEN
    RAISE EXCEPTION 'this partner may not use the urgent lane' USING ERRCODE = 'check_violation', CONSTRAINT = 'orders_lane';
  END IF;

  INSERT INTO order_lines (id, order_id, partner_id, lane, queued_at, position, product_id, product_name, brand_name, logo_url, face_minor, face_currency,
      quantity, unit_price_minor, price_basis)
    SELECT l.id, placed.id, placed.partner_id, placed.lane, placed.created_at, l.position, l.product_id, l.product_name, l.brand_name, l.logo_url,
      l.face_minor, l.face_currency, l.quantity, l.unit_price_minor, l.price_basis
    FROM jsonb_to_recordset(request -> 'lines') AS l(
      id uuid, position integer, product_id bigint, product_name text, brand_name text, logo_url text, face_minor bigint, face_currency text,
      quantity integer, unit_price_minor bigint, price_basis jsonb);
  IF placed.total_minor <> (SELECT sum(quantity * unit_price_minor) FROM order_lines WHERE order_id = placed.id) THEN
    RAISE EXCEPTION 'the total of an order is the sum of its lines' USING ERRCODE = 'check_violation', CONSTRAINT = 'orders_sum';
  END IF;
  wanted := ARRAY(SELECT (l ->> 'product_id')::bigint FROM jsonb_array_elements(request -> 'lines') l);
  IF EXISTS (SELECT FROM products p JOIN brands b ON b.id = p.brand_id WHERE p.id = ANY (wanted)
        AND (p.withdrawn_at IS NOT NULL OR b.switched_off_at IS NOT NULL)) THEN
    RAISE EXCEPTION 'a product of this order is no longer sold' USING ERRCODE = 'check_violation', CONSTRAINT = 'orders_product';
  END IF;
  -- Nothing is locked for it: a change that commits later comes after the order.
  IF request -> 'priced_from' ->> 'products' IS NOT NULL AND (settings <> (request -> 'priced_from' ->> 'settings_version')::bigint
      OR price_stand(wanted) IS DISTINCT FROM request -> 'priced_from' ->> 'products'
      OR (EXISTS (SELECT FROM products p WHERE p.id = ANY (wanted) AND (p.face_currency <> placed.currency OR p.cost_currency <> placed.currency))
        AND (SELECT s.id FROM rate_snapshots s WHERE s.status = 'used' ORDER BY s.created_at DESC LIMIT 1) IS DISTINCT FROM placed.rate_snapshot_id)) THEN
    RAISE EXCEPTION 'what the prices of this order follow from has changed' USING ERRCODE = 'check_violation', CONSTRAINT = 'orders_price';
  END IF;
  IF placed.quote_id IS NOT NULL AND NOT EXISTS (SELECT FROM quotes q WHERE q.id = placed.quote_id AND q.partner_id = placed.partner_id
      AND q.expires_at > now() AND q.currency = placed.currency AND q.total_minor = placed.total_minor) THEN
    RAISE EXCEPTION 'the quote does not hold for this order' USING ERRCODE = 'check_violation', CONSTRAINT = 'orders_quote';
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
