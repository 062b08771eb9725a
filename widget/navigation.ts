import type { Cell } from './base/cell.ts';
import type { Core } from './core.ts';
import { fail } from './errors.ts';

/** A screen on the way here, with how far it was scrolled. */
interface Step {
  path: string;
  top: number;
}

/** The way through the window: `home`, `chat`, `email`, `search`, `messengers`, `history`, `article/SLUG`, `conversation/ID`. */
export interface Navigation {
  readonly path: Cell<string>;
  /** How far the present screen was scrolled when it was left. */
  readonly top: number;
  readonly canGoBack: boolean;
  /** Empty: where it was, or the first screen. Throws on a screen that is not there. */
  go(path: string, top: number): void;
  back(): void;
}

export function createNavigation({ session, screen, cell }: Core, unreadPath: () => string): Navigation {
  const { channels, hasArticles } = session.site;
  const path = cell('');
  let way: Step[] = [];
  // With one way only there is nothing to choose, so no home.
  const only = channels.length === 1 && !session.conversation.exists ? channels[0] : undefined;
  const first = only ?? 'home';
  const known = (to: string) =>
    /^(home|history)$|^conversation\/./.test(to) ||
    (channels as string[]).includes(to) ||
    (hasArticles && /^article\/./.test(to));
  const arrive = () => {
    const step = way.at(-1) as Step;
    navigation.top = step.top;
    path.value = step.path;
    screen.value = step.path;
  };

  const navigation = {
    path,
    top: 0,
    get canGoBack() {
      return way.length > 1;
    },
    go(to: string, top: number) {
      const here = way.at(-1);
      let next = to || here?.path || unreadPath() || first;
      if (!known(next)) {
        if (to)
          throw fail(
            'bad-argument',
            `there is no screen ${to}; expected home, ${channels.join(', ')}, history or article/SLUG.`,
          );
        next = first;
      }
      if (here?.path === next) return;
      if (here) here.top = top;
      if (next === first) way = [];
      else if (!here) way = [{ path: first, top: 0 }];
      way.push({ path: next, top: 0 });
      arrive();
    },
    back() {
      way.pop();
      arrive();
    },
  };
  return navigation;
}
