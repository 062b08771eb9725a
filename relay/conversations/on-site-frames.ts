import type { OnSiteVisitor } from '../protocol/entities.ts';
import type { RelayFrameOf } from '../protocol/frames.ts';

/** Visitors of one `on-site` frame, each about 500 bytes: of thousands at once a socket would owe more than it may. */
const PAGE = 200;

/** Who is on a site now, in frames of a page each. `all`: the first one begins the list anew. */
export function onSiteFrames(
  here: readonly OnSiteVisitor[],
  { all, gone }: { all: boolean; gone: readonly string[] },
): RelayFrameOf<'on-site'>[] {
  const frames: RelayFrameOf<'on-site'>[] = [];
  for (let at = 0; at === 0 || at < here.length; at += PAGE)
    frames.push({
      ...{ type: 'on-site', all: all && at === 0, here: here.slice(at, at + PAGE) },
      gone: at === 0 ? [...gone] : [],
    });
  return frames;
}
