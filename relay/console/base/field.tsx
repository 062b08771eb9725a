import type { ComponentChildren, ComponentProps, VNode } from 'preact';
import { useEffect, useId, useState } from 'preact/hooks';

interface Shared {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  /** The label is for assistive technology alone: what stands around says the same. */
  quiet?: boolean;
}

function Around(props: Shared & { id: string; children: ComponentChildren }): VNode {
  const { id, label, hint, error, quiet } = props;
  return (
    <div class="field">
      <label for={id} class={quiet ? 'visually-hidden' : 'field-label'}>
        {label}
      </label>
      {props.children}
      {hint && !error && (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p class="field-error" id={`${id}-hint`} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}

/** A line or a box of text; `onSave` is called when it was changed and left, or confirmed by Enter. */
export function TextField(
  props: Shared & {
    value: string;
    onSave?(value: string): void;
    onInput?(value: string): void;
    type?: 'text' | 'email' | 'password' | 'number' | 'search' | 'url';
    rows?: number;
    maxLength?: number;
    placeholder?: string | undefined;
    required?: boolean;
    autoComplete?: 'off' | 'username' | 'current-password' | 'new-password' | 'one-time-code';
    /** Phones show their digits first; letters can still be typed elsewhere. */
    numeric?: boolean;
    min?: number;
    max?: number;
    lang?: string;
    mono?: boolean;
  },
): VNode {
  const id = useId();
  const { value, onSave, onInput, rows } = props;
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  const shared = {
    id,
    class: `input ${props.mono ? 'mono' : ''}`,
    value: typed,
    ...(props.maxLength !== undefined && { maxLength: props.maxLength }),
    ...(props.placeholder !== undefined && { placeholder: props.placeholder }),
    ...(props.lang !== undefined && { lang: props.lang }),
    required: props.required ?? false,
    ...(props.error && { 'aria-invalid': true }),
    ...((props.hint || props.error) && { 'aria-describedby': `${id}-hint` }),
    onInput: (event: Event) => {
      const next = (event.currentTarget as HTMLInputElement).value;
      setTyped(next);
      onInput?.(next);
    },
    onChange: (event: Event) => {
      const next = (event.currentTarget as HTMLInputElement).value;
      if (next !== value) onSave?.(next);
    },
  };
  return (
    <Around {...props} id={id}>
      {rows ? (
        <textarea {...shared} rows={rows} />
      ) : (
        <input
          {...({
            ...shared,
            type: props.type ?? 'text',
            autoComplete: props.autoComplete ?? 'off',
            ...(props.numeric && { inputMode: 'numeric' }),
            ...(props.min !== undefined && { min: props.min }),
            ...(props.max !== undefined && { max: props.max }),
          } as ComponentProps<'input'>)}
        />
      )}
    </Around>
  );
}

/** A choice of one among few. */
export function SelectField<T extends string>(
  props: Shared & { value: T; options: readonly { value: T; label: string }[]; onChange(value: T): void },
): VNode {
  const id = useId();
  return (
    <Around {...props} id={id}>
      <select
        id={id}
        class="input"
        value={props.value}
        aria-describedby={props.hint || props.error ? `${id}-hint` : undefined}
        onChange={(event) => props.onChange(event.currentTarget.value as T)}
      >
        {props.options.map(({ value, label }) => (
          <option key={value} value={value} selected={value === props.value}>
            {label}
          </option>
        ))}
      </select>
    </Around>
  );
}

/** A choice of one that shows all of them beside each other. */
export function Segments<T extends string>(props: {
  label: string;
  quiet?: boolean;
  value: T;
  options: readonly { value: T; label: string }[];
  onChange(value: T): void;
}): VNode {
  const name = useId();
  return (
    <fieldset class="field segments-field">
      <legend class={props.quiet ? 'visually-hidden' : 'field-label'}>{props.label}</legend>
      <div class="segments">
        {props.options.map(({ value, label }) => (
          <label key={value} class="segment">
            <input
              type="radio"
              name={name}
              value={value}
              checked={value === props.value}
              onChange={() => props.onChange(value)}
            />
            <span>{label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** On or off. */
export function Switch(props: {
  label: string;
  hint?: string;
  /** The words stand nearby already. */
  quiet?: boolean;
  checked: boolean;
  disabled?: boolean;
  onChange(on: boolean): void;
}): VNode {
  const id = useId();
  return (
    <div class="switch-row">
      <input
        id={id}
        type="checkbox"
        role="switch"
        aria-checked={props.checked}
        class="switch"
        checked={props.checked}
        disabled={props.disabled}
        onChange={(event) => props.onChange(event.currentTarget.checked)}
      />
      <label for={id} class={props.quiet ? 'visually-hidden' : ''}>
        {props.label}
        {props.hint && <span class="field-hint">{props.hint}</span>}
      </label>
    </div>
  );
}
