import type { IConfiguration, IForbiddenRuleType } from 'dependency-cruiser';

/** A room of src: what it may import besides itself, and why no more. */
interface Room {
  readonly name: string;
  readonly below: readonly string[];
  readonly comment: string;
}

/** From the ground up. */
const rooms: readonly Room[] = [
  {
    name: 'common',
    below: [],
    comment: 'What any room may use stands on none of them.',
  },
  {
    name: 'http',
    below: ['common'],
    comment: 'The neutral values of HTTP know nothing of what is said with them.',
  },
  {
    name: 'wire',
    below: ['http', 'common'],
    comment: 'The protocol is data; of HTTP it knows what a reply is.',
  },
  {
    name: 'edge',
    below: ['wire', 'http', 'common'],
    comment: 'A second protocol, in the words of the first: it knows no session.',
  },
  {
    name: 'session',
    below: ['wire', 'common'],
    comment: 'How long a session lives follows from its events, whatever they came by.',
  },
  {
    name: 'memory-store',
    below: ['session', 'wire', 'common'],
    comment: 'A store like any other: it knows the port, not who calls it.',
  },
  {
    name: 'report',
    below: ['session', 'wire', 'common'],
    comment: 'A report is made of what was stored, and of nothing else.',
  },
  {
    name: 'handlers',
    below: ['report', 'session', 'edge', 'wire', 'http', 'common'],
    comment: 'A handler works without a collector.',
  },
  {
    name: 'close-delivery',
    below: ['report', 'session', 'wire', 'http', 'common'],
    comment: 'Closes are delivered whoever received the events.',
  },
  {
    name: 'collector',
    below: ['close-delivery', 'handlers', 'memory-store', 'report', 'session', 'edge', 'wire', 'http', 'common'],
    comment: 'The collector joins the rooms below it, and does not know who looks at it.',
  },
  {
    name: 'inspector',
    below: ['collector', 'close-delivery', 'handlers', 'report', 'session', 'wire', 'http', 'common'],
    comment: 'The inspector reads through the collector, whatever store that has.',
  },
  {
    name: 'testing',
    below: [
      'index\\.ts',
      'collector',
      'close-delivery',
      'handlers',
      'memory-store',
      'report',
      'session',
      'edge',
      'wire',
      'http',
      'common',
    ],
    comment: 'The suites test what a user of the package has, with no way of their own into the inspector.',
  },
];

function arrowsOf({ name, below, comment }: Room): IForbiddenRuleType {
  return {
    name: `src-${name}`,
    comment,
    severity: 'error',
    from: { path: `^src/${name}/` },
    to: { path: '^src/', pathNot: `^src/(?:${[name, ...below].join('|')})(?:/|$)` },
  };
}

const configuration: IConfiguration = {
  forbidden: [
    {
      name: 'no-circle',
      comment: 'Of two files that import each other neither can be read alone. Imports of types count.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'src-knows-no-host',
      comment: 'Adapters and programs stand on the core, never the core on them.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(?:adapters|apps|test|scripts|examples|dist)/' },
    },
    {
      name: 'adapters-know-no-program',
      comment: 'An adapter stands on the core alone, whatever program uses it.',
      severity: 'error',
      from: { path: '^adapters/' },
      to: { path: '^(?:apps|test|scripts|examples|dist)/' },
    },
    {
      name: 'apps-are-shipped',
      comment: 'What is published imports nothing that only the repository has.',
      severity: 'error',
      from: { path: '^apps/' },
      to: { path: '^(?:test|scripts|examples|dist)/' },
    },
    {
      name: 'src-runs-anywhere',
      comment: 'The core runs where there is no Node. The suites in testing open sockets.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/testing/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'src-needs-typebox-only',
      comment: 'The core has no framework, no database and no other package.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: 'node_modules/', pathNot: 'node_modules/typebox/' },
    },
    {
      name: 'schemas-alone-know-typebox',
      comment: 'Schemas stand where the protocol and the report are data; the rest uses the types made of them.',
      severity: 'error',
      from: { pathNot: '^src/(?:wire|edge/schema|report/schema)/' },
      to: { path: 'node_modules/typebox/' },
    },
    ...rooms.map(arrowsOf),
    {
      name: 'src-index',
      comment: 'The inspector and the suites have doors of their own.',
      severity: 'error',
      from: { path: '^src/index\\.ts$' },
      to: { path: '^src/(?:inspector|testing)/' },
    },
    {
      name: 'every-room-has-arrows',
      comment: 'Nothing lies loose in src but its door, and a new room says here what it stands on.',
      severity: 'error',
      from: { path: '^src/', pathNot: `^src/(?:index\\.ts$|(?:${rooms.map(({ name }) => name).join('|')})/)` },
      to: {},
    },
    {
      name: 'nothing-unseen',
      comment: 'An import that is not found is not checked either.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.d.ts', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'default'],
    },
  },
};

export default configuration;
