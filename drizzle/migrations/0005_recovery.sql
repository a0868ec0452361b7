-- What the supplier says that we bought and this database did not know when it was asked: after a restore, the purchases that came later
-- than the copy. A row stays when its order comes back; without a dispatch of the same id it is still forgotten.
CREATE TABLE reported_purchases (
  request_id uuid PRIMARY KEY,
  order_number text NOT NULL,
  status text NOT NULL,
  cards integer NOT NULL,
  products text NOT NULL,
  total numeric(18, 4) NOT NULL,
  currency text NOT NULL,
  ordered_on date,
  reported_day date NOT NULL,
  first_seen_at timestamp (3) with time zone DEFAULT now() NOT NULL,
  last_seen_at timestamp (3) with time zone DEFAULT now() NOT NULL,
  CONSTRAINT reported_purchases_cards CHECK (cards >= 0)
);--> statement-breakpoint
-- A purchase that was under way when it was first seen ends later; what it is called and when it was seen first stays.
GRANT SELECT, INSERT, UPDATE (status, cards, total, last_seen_at) ON reported_purchases TO steller_app;
