import { Panel } from "../ui/card";
import { CopyButton } from "../ui/copy-button";

/** What scrolls must be scrollable with keys too (WCAG 2.1.1). */
const reachableByKeyboard = { tabIndex: 0 };

/** To the byte what each attempt posts. It names products and no codes. */
export function BodyPanel({ body }: { body: string }) {
  return (
    <Panel title="The request as sent" aside={<CopyButton text={body} label="Copy the request" />} className="overflow-hidden">
      <section aria-label="Body of the request" className="max-h-72 overflow-auto border-t bg-subtle" {...reachableByKeyboard}>
        <pre className="whitespace-pre-wrap break-all px-5 py-4 font-mono text-sm">{body}</pre>
      </section>
    </Panel>
  );
}
