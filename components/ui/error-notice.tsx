import { describeError } from "../http/describe-error";
import { Notice } from "./notice";

/** The small form of an error: under the control that caused it. */
export function ErrorNotice({ error }: { error: unknown }) {
  const { detail, fields, requestId } = describeError(error);
  return (
    <Notice tone="danger" announce>
      <p>{detail}</p>
      {fields.length > 0 ? (
        <ul className="mt-1 list-disc ps-4">
          {fields.map((field) => (
            <li key={`${field.path} ${field.message}`}>{field.message}</li>
          ))}
        </ul>
      ) : null}
      {requestId ? <p className="mt-1 break-all text-xs">Request id {requestId}</p> : null}
    </Notice>
  );
}
