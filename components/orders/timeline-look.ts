import {
  Ban,
  Check,
  CircleDot,
  Clock3,
  CloudCheck,
  CloudOff,
  Eye,
  Hourglass,
  type LucideIcon,
  Send,
  ShoppingBag,
  TriangleAlert,
  Undo2,
} from "lucide-react";

interface Look {
  icon: LucideIcon;
  className: string;
}

const neutral = "bg-hover text-muted";

/** By what the kind speaks of; the first that fits wins. A kind without a rule gets a plain dot, never an error. */
const RULES: readonly { match: RegExp; look: Look }[] = [
  { match: /cancel/, look: { icon: Ban, className: neutral } },
  { match: /reveal/, look: { icon: Eye, className: neutral } },
  { match: /confirm|unclear|unknown/, look: { icon: Hourglass, className: "bg-info-soft text-info" } },
  { match: /partial/, look: { icon: TriangleAlert, className: "bg-warning-soft text-warning" } },
  { match: /fail|reject|refus/, look: { icon: TriangleAlert, className: "bg-danger-soft text-danger" } },
  { match: /return|release|requeue/, look: { icon: Undo2, className: neutral } },
  { match: /supplier_answers/, look: { icon: CloudCheck, className: neutral } },
  { match: /supplier_wait/, look: { icon: CloudOff, className: "bg-warning-soft text-warning" } },
  { match: /deliver|complet|settled/, look: { icon: Check, className: "bg-success-soft text-success" } },
  { match: /dispatch|sent|attempt|process|claim/, look: { icon: Send, className: "bg-accent-soft text-accent-text" } },
  { match: /wait|delay|retry|pause/, look: { icon: Clock3, className: neutral } },
  { match: /order|placed|queue|accept/, look: { icon: ShoppingBag, className: "bg-accent-soft text-accent-text" } },
];

export function timelineLook(kind: string): Look {
  return RULES.find(({ match }) => match.test(kind))?.look ?? { icon: CircleDot, className: neutral };
}
