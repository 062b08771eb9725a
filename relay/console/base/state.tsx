import type { ComponentChildren, VNode } from 'preact';
import { Icon, type IconName } from './icon.tsx';

/** What stands in an empty or broken place: what will be here, and what to do. */
export function State(props: {
  icon: IconName;
  title: string;
  hint?: string | undefined;
  alert?: boolean;
  children?: ComponentChildren;
}): VNode {
  return (
    <div class="state" role={props.alert ? 'alert' : undefined}>
      <span class="state-icon">
        <Icon name={props.icon} size={24} />
      </span>
      <p class="state-title">{props.title}</p>
      {props.hint && <p class="state-hint">{props.hint}</p>}
      {props.children}
    </div>
  );
}
