import { type ComponentChildren, h, type VNode } from 'preact';
import type { RichElement, RichNode } from '../../protocol/articles.ts';

const PLAIN = new Set(
  'p h2 h3 h4 ul ol li strong em s code pre blockquote table thead tbody tr th td br hr'.split(' '),
);
const OUTWARD = /^(https?:|mailto:|tel:)/i;

interface RichProps {
  nodes: readonly RichNode[];
  videoLabel: string;
  /** A link to another article was followed. */
  onArticle(slug: string): void;
}

/** A rendered text as elements, never HTML; tags it does not know become their children. */
export function Rich(props: RichProps): VNode {
  return <div class="rich">{props.nodes.map((node) => show(node, props))}</div>;
}

function show(node: RichNode, props: RichProps): ComponentChildren {
  if (typeof node === 'string') return node;
  const children = node.c?.map((child) => show(child, props));
  if (node.t === 'a') return link(node, children, props);
  if (node.t === 'img') return <img src={node.u} alt={node.a ?? ''} width={node.w} height={node.h} loading="lazy" />;
  if (node.t === 'video') return link({ ...node, t: 'a' }, node.a || props.videoLabel, props);
  if (!PLAIN.has(node.t)) return children;
  return h(
    node.t,
    {
      ...(node.id && { id: node.id }),
      ...(node.cs && { colSpan: node.cs }),
      ...(node.rs && { rowSpan: node.rs }),
      ...(node.t === 'ol' && node.n && { start: node.n }),
    },
    children,
  );
}

function link(node: RichElement, children: ComponentChildren, props: RichProps): ComponentChildren {
  const address = node.u ?? '';
  const slug = /^#article\/([^#]+)/.exec(address)?.[1];
  if (slug)
    return (
      <a
        href={address}
        onClick={(event) => {
          event.preventDefault();
          props.onArticle(decodeURIComponent(slug));
        }}
      >
        {children}
      </a>
    );
  if (!OUTWARD.test(address)) return children;
  return (
    <a href={address} target="_blank" rel="noopener noreferrer nofollow ugc">
      {children}
    </a>
  );
}
