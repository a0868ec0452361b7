-- How many waiting orders go before one that joined its lane at `joined_at`, plus one. Counting stops where it tells nobody anything more:
-- at a thousand in each lane. Each count is one walk along the queue's index.
CREATE FUNCTION queue_position(order_id uuid, order_lane text, joined_at timestamptz) RETURNS integer LANGUAGE sql STABLE AS $$
  SELECT 1 + least(1000,
    (SELECT count(*) FROM (
      SELECT FROM orders o WHERE o.status = 'queued' AND o.lane = order_lane AND (o.created_at, o.id) < (joined_at, order_id) LIMIT 1000) same_lane)
    + (SELECT count(*) FROM (
      SELECT FROM orders o WHERE o.status = 'queued' AND order_lane = 'normal' AND o.lane = 'urgent' LIMIT 1000) urgent))::integer
$$;--> statement-breakpoint

-- Accepts a priced order in one round trip: order, lines, timeline, event, the answer for replays, and last the hold. It runs with the
-- caller's own rights, so it can do nothing that the application could not do row by row. The id of an order follows from its partner and
-- Idempotency-Key: of two requests with one key the second waits here for the first, within the lock timeout, then gets its answer. No row: the key was used so
-- long ago that its answer is gone.
CREATE FUNCTION accept_order(request jsonb) RETURNS TABLE (status integer, body text, replayed boolean, request_hash text)
LANGUAGE plpgsql SET lock_timeout = '5s' AS $$
DECLARE
  placed orders;
  wallet record;
BEGIN
  INSERT INTO orders (id, partner_id, currency, total_minor, cards, reference, rate_snapshot_id, placed_by)
    SELECT r.* FROM jsonb_to_record(request) AS r(
      id uuid, partner_id uuid, currency text, total_minor bigint, cards integer, reference text, rate_snapshot_id uuid, placed_by text)
    ON CONFLICT (id) DO NOTHING
    RETURNING * INTO placed;
  IF placed.id IS NULL THEN
    RETURN QUERY SELECT k.status, k.body, true, encode(k.request_hash, 'hex') FROM idempotency_keys k
      WHERE k.partner_id = (request ->> 'partner_id')::uuid AND k.key = request ->> 'key';
    RETURN;
  END IF;

  -- Rights as they are now, not as they were when the request came in.
  PERFORM FROM partners p JOIN members m ON m.partner_id = p.id
    WHERE p.id = placed.partner_id AND p.active AND m.user_id = placed.placed_by AND m.role = request ->> 'role';
  IF NOT FOUND THEN
    RAISE EXCEPTION 'this member may not order' USING ERRCODE = 'check_violation', CONSTRAINT = 'orders_member';
  END IF;

  INSERT INTO order_lines (id, order_id, position, product_id, product_name, brand_name, logo_url, face_minor, face_currency, quantity, unit_price_minor)
    SELECT l.id, placed.id, l.position, l.product_id, l.product_name, l.brand_name, l.logo_url, l.face_minor, l.face_currency, l.quantity, l.unit_price_minor
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
    SELECT placed.id, 'ST-' || lpad(placed.sequence::text, greatest(6, length(placed.sequence::text)), '0') AS number, placed.status,
      (SELECT row_to_json(t) FROM (SELECT placed.total_minor AS "amountMinor", placed.currency) t) AS total,
      queue_position(placed.id, placed.lane, placed.created_at) AS position,
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
