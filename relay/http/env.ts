import type { Person } from '../protocol/entities.ts';

/** An operator as their cookie proved. */
export interface SignedIn {
  operator: Person & { email: string };
  /** SHA-256 of the cookie's token. */
  sessionId: string;
}

/** What middleware puts into a request's context. */
export interface AppEnv {
  Variables: {
    requestId: string;
    /** The client's address: the right-most hop that is not a trusted proxy. */
    ip: string;
    /** Whether the client came by https, behind a trusted proxy too. */
    secure: boolean;
    /** Behind `requireOperator`. */
    signedIn: SignedIn;
    /** Behind `requireSite`: the site of the path, and what the operator is there. */
    site: { id: string; key: string; role: 'owner' | 'operator' };
  };
}
