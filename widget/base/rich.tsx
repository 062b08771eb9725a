import type { ComponentChildren, VNode } from 'preact';
import type { RichNode } from '../../relay/protocol/index.ts';
import { Icon, PATHS } from './icons.tsx';

/** What the renderer needs to know of its surroundings. */
export interface RichContext {
  /** The relay's address, for pictures it keeps. */
  relay: string;
  videoLabel: string;
  /** A link to another article: its slug, and an anchor in it or nothing. */
  article(slug: string, anchor?: string): void;
  /** A link within the text. */
  anchor(id: string): void;
}

const PLAIN = /^(p|h[234]|[uo]l|li|strong|em|s|code|blockquote|thead|tbody|tr|t[hd]|br|hr)$/;

/** Wide tables and code scroll in themselves, by keyboard too. */
const SCROLLS = { role: 'group', tabIndex: 0 } as const;

/** Attributes of a link that leaves the widget; none where the address is not one of the kinds allowed. */
export function outward(address: string | undefined): Record<string, string> {
  return /^(https?:|mailto:|tel:)/i.test(address ?? '')
    ? { href: address as string, target: '_blank', rel: 'noopener noreferrer nofollow ugc' }
    : {};
}

/** Turns a rendered text into elements. Tags outside the list become their children. */
export function rich(nodes: readonly RichNode[] | undefined, context: RichContext): ComponentChildren {
  return nodes?.map((node): string | VNode | ComponentChildren => {
    if (typeof node === 'string') return node;
    const { t: tag, u = '', a, id } = node;
    const children = rich(node.c, context);
    if (tag === 'a') {
      const [, slug, anchor] = /^#article\/([^#]+)#?(.*)/.exec(u) ?? [];
      const inside = slug ? () => context.article(slug, anchor) : u[0] === '#' && (() => context.anchor(u.slice(1)));
      if (!inside) return <a {...outward(u)}>{children}</a>;
      const follow = (event: Event) => {
        event.preventDefault();
        inside();
      };
      return (
        <a href={u} onClick={follow}>
          {children}
        </a>
      );
    }
    if (tag === 'img')
      return (
        <img src={new URL(u, `${context.relay}/`).href} alt={a ?? ''} width={node.w} height={node.h} loading="lazy" />
      );
    if (tag === 'video')
      return (
        <a class="fd-video" {...outward(u)}>
          <Icon d={PATHS.play} />
          <span>{a || context.videoLabel}</span>
        </a>
      );
    if (tag === 'table')
      return (
        <div class="fd-table" {...SCROLLS}>
          <table>{children}</table>
        </div>
      );
    if (tag === 'pre') return <pre {...SCROLLS}>{children}</pre>;
    if (!PLAIN.test(tag)) return children;
    // Only tags of the list above come here.
    const Tag = tag as 'p';
    const more = { 'data-anchor': id, colspan: node.cs, rowspan: node.rs, start: node.n };
    return <Tag {...more}>{children}</Tag>;
  });
}
