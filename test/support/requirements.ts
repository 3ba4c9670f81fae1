import { findProgram } from './servers/programs.ts';

/** Something that tests need and that npm does not install. */
export interface Requirement {
  readonly name: string;
  /** What must be found: for each, one of its names. */
  readonly programs: readonly (readonly string[])[];
  /** The packages of Debian and of Homebrew that have it. */
  readonly apt: string;
  readonly brew: string;
}

export const POSTGRES: Requirement = {
  name: 'PostgreSQL',
  programs: [['initdb'], ['postgres']],
  apt: 'postgresql',
  brew: 'postgresql',
};

export const REDIS: Requirement = {
  name: 'Redis',
  programs: [['redis-server'], ['redis-cli']],
  apt: 'redis-server',
  brew: 'redis',
};

export const CHROMIUM: Requirement = {
  name: 'Chromium',
  programs: [['chromium', 'chromium-browser', 'google-chrome']],
  apt: 'chromium',
  brew: '--cask chromium',
};

export const OPENSSL: Requirement = {
  name: 'OpenSSL',
  programs: [['openssl']],
  apt: 'openssl',
  brew: 'openssl',
};

export const CURL: Requirement = {
  name: 'curl',
  programs: [['curl']],
  apt: 'curl',
  brew: 'curl',
};

/** All that some test needs. */
export const REQUIREMENTS: readonly Requirement[] = [REDIS, POSTGRES, CHROMIUM, OPENSSL, CURL];

/** Gives the programs of a requirement that are not installed. */
export function missingPrograms({ programs }: Requirement): string[] {
  return programs.filter((names) => !names.some(findProgram)).map(([name = '']) => name);
}

/**
 * Tells whether tests must be left out since what they need is not installed; the end of a run says so. In CI it throws:
 * there no test is left out.
 */
export function isMissing(requirement: Requirement): boolean {
  const missing = missingPrograms(requirement);
  if (missing.length === 0) return false;
  if (process.env['CI']) throw new Error(`${requirement.name} is not installed (${missing.join(', ')})`);
  return true;
}
