import { cac } from 'cac';
import { BackupError } from './backup/backup-error.ts';
import { backupTo, restoreFrom } from './backup/commands.ts';
import { ConfigError, readConfig } from './config.ts';
import { examine, findingLines } from './doctor/doctor.ts';
import { ensureOwner, FIRST_PASSWORD_NOTE, makePassword, nameOf } from './first-start.ts';
import { metricsTokens } from './keys/keys.ts';
import { secretsInForce } from './keys/secret-file.ts';
import { type ExportReport, exportFolder } from './knowledge/export.ts';
import { type ImportReport, importFolder } from './knowledge/import.ts';
import { resetPassword, resetSecondFactorOf } from './operators/accounts.ts';
import { hashPassword } from './operators/passwords.ts';
import { addMember, createOperator } from './operators/store.ts';
import { FrontdeskError } from './protocol/errors.ts';
import { toOrigin } from './sites/origins.ts';
import { createSite, listSites, type Site, siteByKey } from './sites/store.ts';
import { openStore, type Persistence, StoreOpenError, systemClock } from './store/index.ts';

/** What a person did wrong at the command line, in a sentence. */
class UsageError extends Error {}

const say = (...lines: string[]) => process.stdout.write(`${lines.join('\n')}\n`);

/** Opens the store of the settings (and so migrates it), and closes it after. */
async function withStore(work: (store: Persistence) => Promise<void>): Promise<void> {
  const { databaseUrl, dataDir } = readConfig();
  const store = await openStore({ databaseUrl, dataDir });
  try {
    await work(store);
  } finally {
    await store.close();
  }
}

/** The site that `--site` names; the only one when it is left out. */
async function chosenSite(store: Persistence, key: string | undefined): Promise<Site> {
  if (key) {
    const site = await siteByKey(store.read, store.t, key);
    if (site) return site;
    throw new UsageError(`There is no site «${key}».`);
  }
  const sites = await listSites(store.read, store.t);
  const [only] = sites;
  if (!only)
    throw new UsageError('There is no site yet; make one with «frontdesk site create --origin https://shop.example».');
  if (sites.length > 1)
    throw new UsageError(`Say which site with --site: ${sites.map(({ key: one }) => one).join(', ')}.`);
  return only;
}

const now = () => new Date(systemClock.now());

interface SiteOptions {
  key?: string;
  name?: string;
  origin?: string | string[];
}

async function siteCreate(store: Persistence, options: SiteOptions): Promise<void> {
  const { t, read } = store;
  const typed = [options.origin ?? []].flat();
  const origins = typed.map((one) => {
    const origin = toOrigin(one);
    if (!origin) throw new UsageError(`«${one}» is not an origin such as https://shop.example.`);
    return origin;
  });
  const [first] = origins;
  if (!first) throw new UsageError('Say where the widget will be: --origin https://shop.example');
  const host = new URL(first).hostname;
  const key = options.key ?? host.replace(/^www\./, '').replaceAll('.', '-');
  const before = await listSites(read, t);
  const site = await store.tx((db) => createSite(db, t, { key, name: options.name ?? host, origins, at: now() }));
  const config = readConfig();
  const publicUrl = config.publicUrl ?? `http://localhost:${config.port}`;
  const owner = await ensureOwner(store, systemClock, {
    email: config.ownerEmail,
    password: config.ownerPassword,
  });
  // Who owns the sites there are owns the new one too.
  for (const known of before) {
    const owners = await read.select().from(t.members);
    for (const { operatorId, role, siteId } of owners)
      if (siteId === known.id && role === 'owner')
        await store.tx((db) => addMember(db, t, site.id, operatorId, 'owner'));
  }
  say(
    `Site ${site.key} is made for ${origins.join(', ')}.`,
    `<script async src="${publicUrl}/widget.js" data-site="${site.key}"></script>`,
  );
  if (owner?.password) say(`Sign in as ${owner.email}`, `Password   ${owner.password}`, `(${FIRST_PASSWORD_NOTE})`);
  else if (owner) say(`Sign in as ${owner.email}`, 'Password   (the one of OWNER_PASSWORD)');
}

async function operatorCreate(
  store: Persistence,
  email: string,
  options: { name?: string; site?: string; owner?: boolean },
): Promise<void> {
  const site = await chosenSite(store, options.site);
  const password = makePassword();
  const passwordHash = await hashPassword(password);
  await store.tx((db) =>
    createOperator(db, store.t, {
      ...{ siteId: site.id, email, passwordHash, isFirstPassword: true, at: now() },
      name: options.name ?? nameOf(email),
      role: options.owner ? 'owner' : 'operator',
    }),
  );
  say(`Operator of ${site.key}: ${email}`, `Password: ${password}`, `(${FIRST_PASSWORD_NOTE})`);
}

async function operatorPassword(store: Persistence, email: string): Promise<void> {
  const password = makePassword();
  await resetPassword({ store, clock: systemClock }, email, password);
  say(`New password of ${email}: ${password}`, `(${FIRST_PASSWORD_NOTE})`, 'Every sign-in of theirs has ended.');
}

async function operatorResetSecondFactor(store: Persistence, email: string): Promise<void> {
  await resetSecondFactorOf({ store, clock: systemClock }, email);
  say(`${email} signs in by password alone now.`, 'Every sign-in of theirs has ended.');
}

function importLines(report: ImportReport): string[] {
  const { added, changed, unchanged, skipped, pictures, links, lostAnchors, lostPictures } = report;
  return [
    `${added} added, ${changed} changed, ${unchanged} unchanged, ${skipped.length} skipped; ${pictures} pictures.`,
    `${links.resolved} links between articles, ${links.missing} to articles that are not there, ${lostAnchors} to places that are not there.`,
    ...skipped.map(({ path, reason }) => `skipped ${path}: ${reason}`),
    ...lostPictures.map(({ path, reason }) => `picture in ${path}: ${reason}`),
  ];
}

const exportLine = ({ articles, pictures }: ExportReport, dir: string) =>
  `${articles} articles and ${pictures} pictures are in ${dir}.`;

const cli = cac('frontdesk');

cli.command('serve', 'Start the relay').action(async () => {
  await import('./boot.ts');
});
cli
  .command('migrate', 'Bring the store up to date and say what it is')
  .action(() =>
    withStore(async (store) => void say(`The store (${store.dialect}) is up to date; ${await store.durability()}.`)),
  );
cli.command('metrics-token', 'Print the bearer token that may read /metrics').action(() => {
  const { secrets, dataDir } = readConfig();
  say(metricsTokens(secretsInForce(secrets, dataDir))[0] ?? '');
});
cli
  .command('doctor', 'Look at everything a relay with these settings needs')
  .option('--json', 'Print the findings as JSON')
  .action(async ({ json = false }: { json?: boolean }) => {
    const found = await examine(readConfig());
    say(...(json ? [JSON.stringify(found, null, 2)] : findingLines(found)));
    if (found.some(({ level }) => level === 'error')) process.exitCode = 1;
  });
cli
  .command('backup <file>', 'Write everything into one file; the relay may run meanwhile')
  .action(async (file: string) => say(...(await backupTo(file, readConfig()))));
cli
  .command('restore <file>', 'Put a backup in place; the relay must not run')
  .option('--force', 'Throw away the data that is there')
  .action(async (file: string, { force = false }: { force?: boolean }) =>
    say(...(await restoreFrom(file, readConfig(), force))),
  );
cli
  .command('site <action>', 'create: make a site')
  .option('--origin <url>', 'Where its pages are; may be given more than once')
  .option('--key <key>', 'Its key in the script tag; made from the origin when left out')
  .option('--name <name>', 'Its name for people')
  .action((action: string, options: SiteOptions) => {
    if (action !== 'create') throw new UsageError(`«site ${action}» is not a command; there is «site create».`);
    return withStore((store) => siteCreate(store, options));
  });
cli
  .command(
    'operator <action> <email>',
    'create: add an operator · password: give a new password · reset-second-factor: turn it off',
  )
  .option('--name <name>', 'What visitors see')
  .option('--site <key>', 'Whose operator; the only site when left out')
  .option('--owner', 'Make an owner')
  .action((action: string, email: string, options: { name?: string; site?: string; owner?: boolean }) => {
    if (action === 'create') return withStore((store) => operatorCreate(store, email, options));
    if (action === 'password') return withStore((store) => operatorPassword(store, email));
    if (action === 'reset-second-factor') return withStore((store) => operatorResetSecondFactor(store, email));
    throw new UsageError(
      `«operator ${action}» is not a command; there are «operator create», «operator password» and «operator reset-second-factor».`,
    );
  });
cli
  .command('kb <action> <dir>', 'import: read a folder of Markdown · export: write one')
  .option('--site <key>', 'Whose knowledge base; the only site when left out')
  .option('--locale <code>', 'The folder’s language when it has no folders named by language, or the one to read')
  .action((action: string, dir: string, options: { site?: string; locale?: string }) =>
    withStore(async (store) => {
      const site = await chosenSite(store, options.site);
      const job = { store, clock: systemClock, site, dir, ...(options.locale && { locale: options.locale }) };
      if (action === 'import') say(...importLines(await importFolder(job)));
      else if (action === 'export') say(exportLine(await exportFolder(job), dir));
      else throw new UsageError(`«kb ${action}» is not a command; there are «kb import» and «kb export».`);
    }),
  );
cli.help();

async function run(): Promise<void> {
  cli.parse(process.argv, { run: false });
  if (!cli.matchedCommand && !cli.options.help) {
    cli.outputHelp();
    throw new UsageError(cli.args[0] ? `«${cli.args[0]}» is not a command.` : 'Say what to do.');
  }
  await cli.runMatchedCommand();
}

run().catch((error: unknown) => {
  const known = [UsageError, ConfigError, FrontdeskError, BackupError].some((kind) => error instanceof kind);
  if (!known && !(error instanceof StoreOpenError) && !(error instanceof Error && error.name === 'CACError'))
    throw error;
  process.stderr.write(`${error instanceof StoreOpenError ? error.says : (error as Error).message}\n`);
  process.exit(1);
});
