import { type ComponentChildren, createContext, type VNode } from 'preact';
import { useContext } from 'preact/hooks';
import type { SiteModel, SiteReply } from './site-model.ts';

/** The site whose settings are shown, loaded. */
export const SiteContext = createContext<{ model: SiteModel; site: SiteReply } | null>(null);

/** The settings around this component. */
export function useSite(): { model: SiteModel; site: SiteReply } {
  const site = useContext(SiteContext);
  if (!site) throw new Error('There are no settings around this component.');
  return site;
}

/** A part of a page of settings: what it is about on the left, its fields on the right. */
export function Section(props: { title: string; lead?: string | undefined; children: ComponentChildren }): VNode {
  return (
    <section class="section">
      <div class="section-about">
        <h2>{props.title}</h2>
        {props.lead && <p>{props.lead}</p>}
      </div>
      <div class="section-fields">{props.children}</div>
    </section>
  );
}
