import { Field, fieldNoteId } from "../../ui/field";
import { Input } from "../../ui/input";

/** As long as the API takes. */
const MAX_LENGTH = 80;

interface Props {
  value: string;
  onChange: (value: string) => void;
}

export function ReferenceField({ value, onChange }: Props) {
  return (
    <Field id="reference" label="Your reference (optional)" hint="Shown in your orders and found by their search.">
      <Input
        id="reference"
        autoComplete="off"
        maxLength={MAX_LENGTH}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        aria-describedby={fieldNoteId("reference")}
      />
    </Field>
  );
}
