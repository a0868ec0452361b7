-- What a person must know: one open row for each thing that is wrong.
CREATE TABLE alerts (
  id uuid PRIMARY KEY,
  kind text NOT NULL,
  severity text NOT NULL,
  subject text NOT NULL,
  title text NOT NULL,
  detail jsonb DEFAULT '{}'::jsonb NOT NULL,
  created_at timestamp (3) with time zone DEFAULT now() NOT NULL,
  last_seen_at timestamp (3) with time zone DEFAULT now() NOT NULL,
  times integer DEFAULT 1 NOT NULL,
  resolved_at timestamp (3) with time zone,
  acknowledged_at timestamp (3) with time zone,
  acknowledged_by text CONSTRAINT alerts_acknowledged_by_users_id_fk REFERENCES users (id),
  CONSTRAINT alerts_severity CHECK (severity IN ('warning', 'critical')),
  CONSTRAINT alerts_times CHECK (times > 0),
  CONSTRAINT alerts_acknowledged CHECK ((acknowledged_at IS NULL) = (acknowledged_by IS NULL))
);--> statement-breakpoint
CREATE UNIQUE INDEX alerts_one_open ON alerts (kind, subject) WHERE resolved_at IS NULL;--> statement-breakpoint
CREATE INDEX alerts_list ON alerts ((resolved_at IS NULL), created_at, id);--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON alerts TO steller_app;
--> statement-breakpoint

-- The application's role makes no objects of its own: a temporary table named like one of ours would be found before ours, even by
-- functions that run with the owner's rights. Their search paths below name pg_temp, last, for the same reason.
REVOKE CREATE ON SCHEMA public FROM PUBLIC;--> statement-breakpoint
DO $$ BEGIN
  EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
END $$;--> statement-breakpoint
ALTER FUNCTION schema_migrations() SET search_path = pg_catalog, pg_temp;--> statement-breakpoint

-- What an order costs, and whom, is settled when it is accepted.
REVOKE UPDATE ON orders, order_lines FROM steller_app;--> statement-breakpoint
GRANT UPDATE (status, lane, claimed_at, placed_at, settled_at) ON orders TO steller_app;--> statement-breakpoint
GRANT UPDATE (status, delivered, returned_minor, failure) ON order_lines TO steller_app;--> statement-breakpoint

ALTER TABLE ledger_accounts
  ADD CONSTRAINT ledger_accounts_kind CHECK (kind IN ('available', 'held', 'sales', 'funding', 'adjustments', 'supplier_cost', 'supplier_balance')),
  ADD CONSTRAINT ledger_accounts_currency CHECK (currency ~ '^[A-Z]{3}$'),
  ADD CONSTRAINT ledger_accounts_credit_bound CHECK (credit_limit_minor <= 1000000000000);--> statement-breakpoint

-- Decimal places of a currency's minor unit, exactly as lib/money.ts has them; a test compares the two over every currency.
CREATE FUNCTION minor_exponent(currency text) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN CASE
  WHEN currency IN ('AFN', 'ALL', 'BIF', 'CLP', 'COP', 'DJF', 'GNF', 'HUF', 'IDR', 'IQD', 'IRR', 'ISK', 'JPY', 'KMF', 'KPW', 'KRW', 'LAK', 'LBP',
    'MGA', 'MMK', 'PKR', 'PYG', 'RWF', 'SLL', 'SOS', 'SYP', 'UGX', 'VND', 'VUV', 'XAF', 'XOF', 'XPF', 'YER') THEN 0
  WHEN currency IN ('BHD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') THEN 3
  ELSE 2
END;--> statement-breakpoint
-- Up to here one admin may adjust alone: 100 major units.
CREATE FUNCTION small_adjustment_minor(currency text) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN 100 * power(10::numeric, minor_exponent(currency))::bigint;--> statement-breakpoint

-- Corrections of a wallet by hand. Asked for by one admin; a large one is approved by another.
CREATE TABLE adjustments (
  id uuid PRIMARY KEY,
  partner_id uuid NOT NULL CONSTRAINT adjustments_partner_id_partners_id_fk REFERENCES partners (id),
  currency text NOT NULL,
  amount_minor bigint NOT NULL,
  reason text NOT NULL,
  status text DEFAULT 'pending' NOT NULL,
  requested_by text NOT NULL CONSTRAINT adjustments_requested_by_users_id_fk REFERENCES users (id),
  decided_by text CONSTRAINT adjustments_decided_by_users_id_fk REFERENCES users (id),
  decided_at timestamp (3) with time zone,
  created_at timestamp (3) with time zone DEFAULT now() NOT NULL,
  CONSTRAINT adjustments_amount CHECK (amount_minor <> 0 AND abs(amount_minor) <= 1000000000000),
  CONSTRAINT adjustments_currency CHECK (currency ~ '^[A-Z]{3}$'),
  CONSTRAINT adjustments_status CHECK (status IN ('pending', 'posted', 'declined')),
  CONSTRAINT adjustments_decided CHECK ((status = 'pending') = (decided_at IS NULL)),
  CONSTRAINT adjustments_declined CHECK (status <> 'declined' OR decided_by IS NOT NULL),
  CONSTRAINT adjustments_two_admins CHECK (
    status <> 'posted' OR abs(amount_minor) <= small_adjustment_minor(currency) OR (decided_by IS NOT NULL AND decided_by <> requested_by))
);--> statement-breakpoint
CREATE INDEX adjustments_list ON adjustments (created_at, id);--> statement-breakpoint
CREATE INDEX adjustments_partner ON adjustments (partner_id, created_at, id);--> statement-breakpoint
CREATE INDEX adjustments_pending ON adjustments (created_at, id) WHERE status = 'pending';--> statement-breakpoint
GRANT SELECT, INSERT ON adjustments TO steller_app;--> statement-breakpoint
GRANT UPDATE (status, decided_by, decided_at) ON adjustments TO steller_app;--> statement-breakpoint

-- Whoever decides does so after the request, once, and is an admin as the request's author is.
CREATE FUNCTION check_adjustment() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.status <> 'pending' THEN
    RAISE EXCEPTION 'adjustment % has been decided', OLD.id USING ERRCODE = 'restrict_violation', CONSTRAINT = 'adjustments_decided_once';
  END IF;
  IF TG_OP = 'INSERT' AND (NEW.decided_by IS NOT NULL OR NEW.status = 'declined') THEN
    RAISE EXCEPTION 'an adjustment is asked for first and decided later' USING ERRCODE = 'check_violation', CONSTRAINT = 'adjustments_asked_first';
  END IF;
  -- Who asked need not be an admin any more for it to be declined.
  IF (SELECT count(*) FROM users WHERE staff_role = 'admin' AND id IN (NEW.decided_by, CASE WHEN NEW.status <> 'declined' THEN NEW.requested_by END))
    <> (SELECT count(DISTINCT id) FROM unnest(ARRAY[NEW.decided_by, CASE WHEN NEW.status <> 'declined' THEN NEW.requested_by END]) AS named (id))
  THEN
    RAISE EXCEPTION 'only admins ask for adjustments and decide on them' USING ERRCODE = 'check_violation', CONSTRAINT = 'adjustments_admins';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER adjustments_check BEFORE INSERT OR UPDATE ON adjustments FOR EACH ROW EXECUTE FUNCTION check_adjustment();--> statement-breakpoint

ALTER TABLE transfers
  ADD COLUMN adjustment_id uuid CONSTRAINT transfers_adjustment_id_adjustments_id_fk REFERENCES adjustments (id),
  ADD COLUMN reference text,
  ADD CONSTRAINT transfers_adjustment CHECK ((kind = 'adjustment') = (adjustment_id IS NOT NULL)),
  ADD CONSTRAINT transfers_order_line CHECK ((kind IN ('hold', 'capture', 'release', 'refund')) = (order_line_id IS NOT NULL)),
  ADD CONSTRAINT transfers_dispatch_line CHECK (dispatch_line_id IS NULL OR kind IN ('capture', 'release')),
  ADD CONSTRAINT transfers_cost CHECK (kind <> 'supplier_cost' OR dispatch_id IS NOT NULL),
  ADD CONSTRAINT transfers_reference CHECK (reference IS NULL OR (kind = 'top_up' AND reference = upper(btrim(reference)) AND length(reference) BETWEEN 3 AND 64));--> statement-breakpoint
CREATE UNIQUE INDEX transfers_one_adjustment ON transfers (adjustment_id) WHERE adjustment_id IS NOT NULL;--> statement-breakpoint
-- A payment is booked once.
CREATE UNIQUE INDEX transfers_one_reference ON transfers (reference) WHERE reference IS NOT NULL;--> statement-breakpoint
-- A hold has an index of its own (transfers_one_hold): accepting an order does not pay for this one.
DROP INDEX transfers_order_line;--> statement-breakpoint
CREATE INDEX transfers_settlement ON transfers (order_line_id) WHERE kind IN ('capture', 'release', 'refund');--> statement-breakpoint
-- The staff's list, newest first; and for the kinds that are few among many.
CREATE INDEX transfers_list ON transfers (created_at, id);--> statement-breakpoint
CREATE INDEX transfers_list_rare ON transfers (kind, created_at, id) WHERE kind NOT IN ('hold', 'capture', 'release');--> statement-breakpoint

-- An adjustment is posted with its transfer, or not at all.
CREATE FUNCTION check_adjustment_posted() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM transfers WHERE adjustment_id = NEW.id) THEN
    RAISE EXCEPTION 'adjustment % is called posted and has no transfer', NEW.id USING ERRCODE = 'check_violation', CONSTRAINT = 'adjustments_posted';
  END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE CONSTRAINT TRIGGER adjustments_posted AFTER INSERT OR UPDATE ON adjustments DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.status = 'posted') EXECUTE FUNCTION check_adjustment_posted();--> statement-breakpoint

-- Balances follow transfers, by one statement-level trigger that runs with the owner's rights: see migration 0001 for the order of locks.
-- First it judges each transfer by what it names; then it locks and moves; last, under those locks, it judges sums. Joins by index only:
-- the plan is kept for a session as its first statement had it, and a scan chosen for thousands of transfers would stay for each single one.
DROP TRIGGER transfers_within_hold ON transfers;--> statement-breakpoint
DROP FUNCTION check_line_settlement();--> statement-breakpoint
CREATE OR REPLACE FUNCTION apply_transfers() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$
DECLARE
  broken text;
BEGIN
  SELECT judged.rule INTO broken FROM (
    SELECT CASE
      WHEN d.currency <> t.currency OR c.currency <> t.currency THEN 'transfers_currency'
      WHEN NOT CASE t.kind
        WHEN 'hold' THEN d.kind = 'available' AND c.kind = 'held' AND d.partner_id = c.partner_id
        WHEN 'release' THEN d.kind = 'held' AND c.kind = 'available' AND d.partner_id = c.partner_id
        WHEN 'capture' THEN d.kind = 'held' AND c.kind = 'sales'
        WHEN 'top_up' THEN d.kind = 'funding' AND c.kind = 'available'
        WHEN 'refund' THEN d.kind = 'sales' AND c.kind = 'available'
        WHEN 'adjustment' THEN 'adjustments' IN (d.kind, c.kind) AND 'available' IN (d.kind, c.kind)
        WHEN 'supplier_cost' THEN d.kind = 'supplier_balance' AND c.kind = 'supplier_cost'
        ELSE false
      END THEN 'transfers_kind'
      WHEN t.order_line_id IS NOT NULL AND (o.partner_id, o.currency) IS DISTINCT FROM (coalesce(d.partner_id, c.partner_id), t.currency)
        THEN 'transfers_partner'
      WHEN t.kind = 'hold' AND t.amount_minor > l.quantity * l.unit_price_minor THEN 'transfers_hold_price'
      WHEN t.dispatch_line_id IS NOT NULL AND l_a.id IS NULL THEN 'transfers_allocation'
      -- Taken and given back on a final answer only: never on silence.
      WHEN t.dispatch_line_id IS NOT NULL AND NOT (p.status = 'settled' OR p.status = 'rejected' AND t.kind = 'release') THEN 'transfers_answer'
      -- Given back without a purchase: only what no purchase was ever made for.
      WHEN t.kind = 'release' AND t.dispatch_line_id IS NULL AND EXISTS (SELECT FROM allocations x WHERE x.order_line_id = t.order_line_id)
        THEN 'transfers_release'
      WHEN t.kind = 'adjustment' AND (j.status, j.partner_id, j.currency, j.amount_minor) IS DISTINCT FROM
        ('posted', coalesce(d.partner_id, c.partner_id), t.currency, CASE WHEN c.kind = 'available' THEN t.amount_minor ELSE -t.amount_minor END)
        THEN 'transfers_adjustment_match'
    END AS rule
    FROM new_transfers t
    JOIN ledger_accounts d ON d.id = t.debit_account_id
    JOIN ledger_accounts c ON c.id = t.credit_account_id
    LEFT JOIN order_lines l ON l.id = t.order_line_id
    LEFT JOIN orders o ON o.id = l.order_id
    LEFT JOIN allocations l_a ON l_a.order_line_id = t.order_line_id AND l_a.dispatch_line_id = t.dispatch_line_id
    LEFT JOIN dispatch_lines p_l ON p_l.id = t.dispatch_line_id
    LEFT JOIN dispatches p ON p.id = p_l.dispatch_id
    LEFT JOIN adjustments j ON j.id = t.adjustment_id
  ) judged WHERE judged.rule IS NOT NULL LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION '%', CASE broken
      WHEN 'transfers_currency' THEN 'a transfer and both its accounts must be in one currency'
      WHEN 'transfers_kind' THEN 'this kind of transfer does not move between these accounts'
      WHEN 'transfers_partner' THEN 'an order line moves money in its order''s currency on the wallet of its order''s partner'
      WHEN 'transfers_hold_price' THEN 'a hold is at most the price of its order line'
      WHEN 'transfers_allocation' THEN 'this purchase is not made for this order line'
      WHEN 'transfers_answer' THEN 'nothing is taken or given back before the supplier''s final answer'
      WHEN 'transfers_release' THEN 'a purchase was made for this order line: it is given back by what became of that'
      ELSE 'the transfer is not the one that its adjustment stands for'
    END USING ERRCODE = 'check_violation', CONSTRAINT = broken;
  END IF;

  PERFORM FROM ledger_accounts
    WHERE id IN (SELECT debit_account_id FROM new_transfers UNION SELECT credit_account_id FROM new_transfers)
    ORDER BY partner_id IS NULL, id FOR NO KEY UPDATE;

  UPDATE ledger_accounts a SET balance_minor = a.balance_minor + moved.amount
    FROM (
      SELECT account_id, sum(amount) AS amount FROM (
        SELECT credit_account_id AS account_id, amount_minor AS amount FROM new_transfers
        UNION ALL
        SELECT debit_account_id, -amount_minor FROM new_transfers
      ) legs GROUP BY account_id
    ) moved
    WHERE a.id = moved.account_id;

  IF EXISTS (SELECT FROM new_transfers WHERE kind IN ('capture', 'release', 'refund')) THEN
    PERFORM check_settlements(ARRAY(SELECT DISTINCT order_line_id FROM new_transfers WHERE kind IN ('capture', 'release', 'refund')));
  END IF;
  RETURN NULL;
END $$;--> statement-breakpoint

-- Whatever was taken and given back is within the hold of its line and within what its purchase was made for; whatever was refunded was
-- taken before. Called under the locks of the lines' wallets, so that no other settlement of them is unseen. Planned once: planning costs
-- thirty times the search.
CREATE FUNCTION check_settlements(line_ids uuid[]) RETURNS void LANGUAGE plpgsql SET search_path = public, pg_temp
SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  over record;
BEGIN
  SELECT line.id, CASE WHEN s.settled > coalesce(h.amount_minor, 0) THEN 'transfers_within_hold' ELSE 'transfers_refund' END AS rule INTO over
    FROM unnest(line_ids) AS line (id)
    LEFT JOIN transfers h ON h.order_line_id = line.id AND h.kind = 'hold'
    CROSS JOIN LATERAL (
      SELECT sum(amount_minor) FILTER (WHERE x.kind <> 'refund') AS settled,
        coalesce(sum(amount_minor) FILTER (WHERE x.kind = 'refund'), 0) > coalesce(sum(amount_minor) FILTER (WHERE x.kind = 'capture'), 0) AS refunded_over
      FROM transfers x WHERE x.order_line_id = line.id AND x.kind IN ('capture', 'release', 'refund')
    ) s
    WHERE s.settled > coalesce(h.amount_minor, 0) OR s.refunded_over
    LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'order line % would be settled or refunded beyond what was held or taken', over.id USING ERRCODE = 'check_violation', CONSTRAINT = over.rule;
  END IF;

  SELECT line.id INTO over
    FROM unnest(line_ids) AS line (id)
    JOIN transfers x ON x.order_line_id = line.id AND x.kind IN ('capture', 'release', 'refund')
    JOIN allocations a ON a.order_line_id = x.order_line_id AND a.dispatch_line_id = x.dispatch_line_id
    JOIN order_lines l ON l.id = line.id
    GROUP BY line.id, a.id, l.unit_price_minor
    HAVING sum(x.amount_minor) > a.quantity * l.unit_price_minor
    LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'order line % would be settled beyond what its purchase was made for', over.id USING ERRCODE = 'check_violation', CONSTRAINT = 'transfers_within_allocation';
  END IF;
END $$;--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION check_settlements(uuid[]) FROM PUBLIC;--> statement-breakpoint

-- The one way to a credit limit: it names an admin, writes the audit row itself, and answers the limit before. A limit below what is used
-- is refused by ledger_accounts_available. No row: the partner has no wallet in this currency.
CREATE FUNCTION set_credit_limit(wallet_partner uuid, wallet_currency text, limit_minor bigint, admin_id text, audit_id uuid)
RETURNS TABLE (previous_minor bigint) LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  wallet bigint;
BEGIN
  IF NOT EXISTS (SELECT FROM users WHERE id = admin_id AND staff_role = 'admin') THEN
    RAISE EXCEPTION 'only an admin sets a credit limit' USING ERRCODE = 'check_violation', CONSTRAINT = 'credit_limit_admin';
  END IF;
  SELECT a.id, a.credit_limit_minor INTO wallet, previous_minor FROM ledger_accounts a
    WHERE a.kind = 'available' AND a.partner_id = wallet_partner AND a.currency = wallet_currency FOR NO KEY UPDATE;
  IF wallet IS NULL THEN RETURN; END IF;
  IF previous_minor <> limit_minor THEN
    UPDATE ledger_accounts SET credit_limit_minor = limit_minor WHERE id = wallet;
    INSERT INTO audit_log (id, actor, partner_id, action, subject, detail) VALUES (audit_id, 'user:' || admin_id, wallet_partner, 'wallet.credit_limit_set',
      'account:' || wallet, jsonb_build_object('currency', wallet_currency, 'fromMinor', previous_minor, 'toMinor', limit_minor));
  END IF;
  RETURN NEXT;
END $$;--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION set_credit_limit(uuid, text, bigint, text, uuid) FROM PUBLIC;--> statement-breakpoint
GRANT EXECUTE ON FUNCTION set_credit_limit(uuid, text, bigint, text, uuid) TO steller_app;--> statement-breakpoint

-- Each check of the books, kept.
CREATE TABLE ledger_checks (
  id uuid PRIMARY KEY,
  started_at timestamp (3) with time zone NOT NULL,
  finished_at timestamp (3) with time zone NOT NULL,
  ok boolean NOT NULL,
  transfers bigint NOT NULL,
  found integer NOT NULL,
  findings jsonb DEFAULT '[]'::jsonb NOT NULL,
  CONSTRAINT ledger_checks_ok CHECK (ok = (found = 0))
);--> statement-breakpoint
CREATE INDEX ledger_checks_started ON ledger_checks (started_at);--> statement-breakpoint
GRANT SELECT, INSERT ON ledger_checks TO steller_app;
