-- What the queue was seen to yield lately, learned by whoever moves it and read by every acceptance: one row, so that reading it costs
-- nothing. Durations in milliseconds. `to_settled_ms` are the quantiles 0, 2.5, .. 100 % of the time from claiming a purchase to its
-- settlement; empty until enough of them were seen.
CREATE TABLE queue_pace (
  single boolean PRIMARY KEY DEFAULT true,
  refreshed_at timestamp (3) with time zone NOT NULL DEFAULT '-infinity',
  sample integer NOT NULL DEFAULT 0,
  to_settled_ms integer[] NOT NULL DEFAULT '{}',
  to_claimed_ms integer NOT NULL DEFAULT 0,
  slot_ms integer NOT NULL DEFAULT 500,
  cards_per_dispatch integer NOT NULL DEFAULT 500,
  cards_per_order integer NOT NULL DEFAULT 1,
  waiting_orders integer NOT NULL DEFAULT 0,
  CONSTRAINT queue_pace_single CHECK (single)
);--> statement-breakpoint
INSERT INTO queue_pace DEFAULT VALUES;--> statement-breakpoint
GRANT SELECT, UPDATE ON queue_pace TO steller_app;--> statement-breakpoint

-- Each partner's waiting orders in its own order: the position.
CREATE INDEX orders_turns ON orders (lane, partner_id, created_at, id) WHERE status = 'queued';--> statement-breakpoint
-- What waits for one product, each partner's in its order: it leaves at the product's own pace.
CREATE INDEX order_lines_product_queue ON order_lines (product_id, partner_id, queued_at) WHERE status = 'queued' AND held_for IS NULL;--> statement-breakpoint
-- The last purchases of a product; ids follow time.
CREATE INDEX dispatch_lines_product_recent ON dispatch_lines (product_id, id);--> statement-breakpoint
-- The last settlements, to learn from.
CREATE INDEX dispatches_settled_at ON dispatches (settled_at) WHERE status = 'settled';--> statement-breakpoint

-- How many waiting orders have their turn before one of `of_partner` that joined its lane at `joined_at`. Partners take turns, in each round as
-- many as their weight: all that others have in earlier rounds is ahead, and of its own round what joined earlier. Urgent goes before
-- normal. Counting stops where it tells nobody anything more, at a thousand; each step is a walk along the queue's index. One plan serves
-- every call: planning these queries anew was measured to cost as much as running them.
CREATE FUNCTION orders_ahead(of_partner uuid, in_lane text, joined_at timestamptz, order_id uuid) RETURNS integer
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  most CONSTANT integer := 1000;
  ahead integer;
  own_round integer;
BEGIN
  SELECT count(*) INTO ahead FROM (
    SELECT FROM orders o WHERE o.status = 'queued' AND o.lane = in_lane AND o.partner_id = of_partner AND (o.created_at, o.id) < (joined_at, order_id)
    LIMIT most) own;
  SELECT ahead / p.weight INTO own_round FROM partners p WHERE p.id = of_partner;
  IF in_lane = 'normal' THEN
    SELECT ahead + count(*) INTO ahead FROM (SELECT FROM orders o WHERE o.status = 'queued' AND o.lane = 'urgent' LIMIT most) urgent;
  END IF;
  IF ahead >= most THEN RETURN most; END IF;
  WITH RECURSIVE waiting AS (
    (SELECT o.partner_id FROM orders o WHERE o.status = 'queued' AND o.lane = in_lane ORDER BY o.partner_id LIMIT 1)
    UNION ALL
    SELECT (SELECT o.partner_id FROM orders o WHERE o.status = 'queued' AND o.lane = in_lane AND o.partner_id > w.partner_id ORDER BY o.partner_id LIMIT 1)
    FROM waiting w WHERE w.partner_id IS NOT NULL
  )
  SELECT ahead + count(*) INTO ahead FROM (
    SELECT FROM waiting w JOIN partners p ON p.id = w.partner_id AND p.id <> of_partner
    CROSS JOIN LATERAL (
      SELECT o.created_at, o.id, row_number() OVER (ORDER BY o.created_at, o.id) AS nth FROM (
        SELECT q.created_at, q.id FROM orders q WHERE q.status = 'queued' AND q.lane = in_lane AND q.partner_id = w.partner_id
        ORDER BY q.created_at, q.id LIMIT least(most, (own_round + 1) * p.weight)) o) theirs
    WHERE theirs.nth <= own_round * p.weight OR (theirs.created_at, theirs.id) < (joined_at, order_id)
    LIMIT most) others;
  RETURN least(most, ahead);
END $$;--> statement-breakpoint

-- The place of a waiting order in turn order, 1 is next; at most 1,001, which says "a thousand or more are ahead".
CREATE OR REPLACE FUNCTION queue_position(order_id uuid, order_lane text, joined_at timestamptz) RETURNS integer LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN 1 + orders_ahead((SELECT o.partner_id FROM orders o WHERE o.id = order_id), order_lane, joined_at, order_id);
END $$;--> statement-breakpoint

-- What waits for one product before an order of `of_partner` that joined at `joined_at`: the cards of its own earlier orders, and of each other
-- partner what it may have before them, which is as much, so nothing where nothing of its own is ahead. Partners are found by stepping
-- along the index. `capped` says that more than `most_lines` of either were found, and that counting stopped there.
CREATE FUNCTION product_ahead(of_product bigint, of_partner uuid, most_lines integer, joined_at timestamptz, except_order uuid) RETURNS jsonb
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  own_lines integer;
  own_cards bigint;
  others_lines integer := 0;
  others_cards jsonb := '[]';
BEGIN
  SELECT count(*), coalesce(sum(q.quantity), 0) INTO own_lines, own_cards FROM (
    SELECT l.quantity FROM order_lines l
    WHERE l.status = 'queued' AND l.held_for IS NULL AND l.product_id = of_product AND l.partner_id = of_partner AND l.queued_at <= joined_at
      AND l.order_id <> except_order
    ORDER BY l.queued_at LIMIT most_lines) q;
  IF own_lines > 0 THEN
    WITH RECURSIVE waiting AS (
      (SELECT l.partner_id FROM order_lines l WHERE l.status = 'queued' AND l.held_for IS NULL AND l.product_id = of_product
        ORDER BY l.partner_id LIMIT 1)
      UNION ALL
      SELECT n.partner_id FROM waiting w CROSS JOIN LATERAL (
        SELECT l.partner_id FROM order_lines l WHERE l.status = 'queued' AND l.held_for IS NULL AND l.product_id = of_product
          AND l.partner_id > w.partner_id ORDER BY l.partner_id LIMIT 1) n
    ), lines AS (
      SELECT w.partner_id, t.quantity FROM waiting w CROSS JOIN LATERAL (
        SELECT l.quantity FROM order_lines l
        WHERE l.status = 'queued' AND l.held_for IS NULL AND l.product_id = of_product AND l.partner_id = w.partner_id
        ORDER BY l.queued_at LIMIT own_cards) t
      WHERE w.partner_id <> of_partner LIMIT most_lines
    ), partners AS (SELECT count(*) AS lines, sum(quantity) AS cards FROM lines GROUP BY partner_id)
    SELECT coalesce(sum(p.lines), 0), coalesce(jsonb_agg(p.cards), '[]') INTO others_lines, others_cards FROM partners p;
  END IF;
  RETURN jsonb_build_object('ownCardsAhead', own_cards, 'othersCards', others_cards,
    'capped', own_lines >= most_lines OR others_lines >= most_lines);
END $$;--> statement-breakpoint

-- All that an estimate is made from, as one value: for an order of these products that joins its lane now, or joined it at `joined_at` as
-- `order_id`. A partner with more than `light_lines` waiting in a lane is heavy. A function, so that a connection plans it once: it is
-- part of accepting every order.
CREATE FUNCTION estimate_facts(of_partner uuid, in_lane text, product_ids bigint[], light_lines integer, most_lines integer,
  joined_at timestamptz DEFAULT now(), order_id uuid DEFAULT 'ffffffff-ffff-ffff-ffff-ffffffffffff') RETURNS jsonb
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  most_uses CONSTANT integer := 12;
BEGIN
  RETURN jsonb_build_object(
    'pace', (SELECT jsonb_build_object('toSettledMs', p.to_settled_ms, 'toClaimedMs', p.to_claimed_ms, 'slotMs', p.slot_ms,
      'cardsPerDispatch', p.cards_per_dispatch, 'cardsPerOrder', p.cards_per_order, 'waitingOrders', p.waiting_orders) FROM queue_pace p),
    'silent', coalesce((SELECT b.change = 'opened' FROM breaker_changes b WHERE b.endpoint = 'placeOrder' ORDER BY b.at DESC, b.id DESC LIMIT 1), false),
    'ordersAhead', orders_ahead(of_partner, in_lane, joined_at, order_id),
    'heavy', EXISTS (SELECT FROM unnest('{urgent,normal}'::text[]) AS lanes(lane) WHERE light_lines < (
      SELECT count(*) FROM (SELECT FROM order_lines l
        WHERE l.status = 'queued' AND l.held_for IS NULL AND l.lane = lanes.lane AND l.partner_id = of_partner
        ORDER BY l.queued_at, l.id LIMIT greatest(light_lines + 1, 0)) own)),
    'products', (SELECT coalesce(jsonb_agg(product_ahead(w.id, of_partner, most_lines, joined_at, estimate_facts.order_id) || jsonb_build_object(
      'productId', w.id,
      'usedAgoMs', (SELECT coalesce(jsonb_agg(u.ago_ms ORDER BY u.ago_ms), '[]') FROM (
        SELECT DISTINCT (extract(epoch FROM clock_timestamp() - d.created_at) * 1000)::bigint AS ago_ms, d.id FROM (
          SELECT l.dispatch_id FROM dispatch_lines l WHERE l.product_id = w.id ORDER BY l.id DESC LIMIT most_uses) l
        JOIN dispatches d ON d.id = l.dispatch_id WHERE d.created_at > now() - interval '1 minute') u))), '[]') FROM unnest(product_ids) AS w(id)));
END $$;
