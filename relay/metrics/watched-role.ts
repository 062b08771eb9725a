import type { Logger } from 'pino';
import type { CommandHead, RoleHandlers, Verdict } from '../bus/role.ts';
import type { Connection } from '../live/connection.ts';
import type { Role } from '../live/live.ts';
import { FrontdeskError } from '../protocol/errors.ts';
import type { Meter } from './meter.ts';
import { sparingly } from './sparingly.ts';

export interface Watching {
  role: 'visitor' | 'operator';
  meter: Meter;
  logger: Logger;
}

/** The same handlers, with their verdicts and refusals counted, and each command logged at `debug`: ids, no bodies. */
export function watchedHandlers<I, H, C, S, P>(
  handlers: RoleHandlers<I, H, C, S, P>,
  { role, meter, logger }: Watching,
): RoleHandlers<I, H, C, S, P> {
  const warn = sparingly((more) =>
    logger.warn({ ...more }, 'commands are not stored: the disk or the database takes no writes'),
  );
  const judged = async ({ id, n }: CommandHead, verdict: Promise<Verdict>): Promise<Verdict> => {
    try {
      const said = await verdict;
      meter.verdict(role, said.type);
      const code = 'code' in said ? said.code : undefined;
      if (code !== undefined) meter.answeredError(code);
      if (code === 'not-stored') warn();
      const conversation = 'conversation' in said ? said.conversation : undefined;
      logger.debug({ role, conversation, command: id, n, verdict: said.type, code }, 'command');
      return said;
    } catch (error) {
      meter.verdict(role, 'unknown');
      logger.debug({ role, command: id, n, verdict: 'unknown' }, 'command');
      throw error;
    }
  };
  return {
    ...handlers,
    async enter(hello, pass) {
      try {
        return await handlers.enter(hello, pass);
      } catch (error) {
        meter.refusedSocket(error instanceof FrontdeskError ? error.code : 'internal');
        throw error;
      }
    },
    command: (identity, command) => judged(command as CommandHead, handlers.command(identity, command)),
    refuse: (identity, head, error) => judged(head, handlers.refuse(identity, head, error)),
  };
}

/** The same role, with the ends that the relay makes counted and logged. */
export function watchedRole<I, H, P>(live: Role<I, H, P>, { role, meter, logger }: Watching): Role<I, H, P> {
  const warn = sparingly((more) =>
    logger.warn({ role, ...more }, 'a socket was ended that did not read what it was sent'),
  );
  return {
    ...live,
    accept(connection, pass) {
      const watched: Connection = {
        ...connection,
        close(reason) {
          meter.closedSocket(role, reason);
          if (reason === 'too-slow') warn();
          logger.debug({ role, reason }, 'socket ended');
          connection.close(reason);
        },
      };
      return live.accept(watched, pass);
    },
  };
}
