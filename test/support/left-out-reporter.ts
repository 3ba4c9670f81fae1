import type { Reporter, TestModule } from 'vitest/node';
import { missingPrograms, REQUIREMENTS, type Requirement } from './requirements.ts';

/** Runs the tests of this folder where all they need is there, on a copy. */
const CONTAINER = `docker run --rm --privileged --shm-size=512m -v "$PWD":/original:ro -w /copy node:24 sh -c '
      tar -C /original --exclude=./node_modules -c . | tar -x && apt-get update &&
      apt-get install -y ${REQUIREMENTS.map(({ apt }) => apt).join(' ')} && npm ci && npm test'`;

/** Says at the end of a run what was not tested, and how to have it tested. */
export class LeftOutReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const missing = REQUIREMENTS.filter((requirement) => missingPrograms(requirement).length > 0);
    const long = modules.reduce((sum, module) => sum + countLong(module), 0);
    const sentences = [
      ...(long > 0 ? [`${long} long tests: npm run test:all runs them too, as CI does`] : []),
      ...missing.map(sentenceOf),
      ...(missing.length > 0 ? [`a container has everything:\n    ${CONTAINER}`] : []),
    ];
    if (sentences.length > 0) console.log(`Left out:\n${sentences.map((sentence) => `  ${sentence}\n`).join('')}`);
  }
}

function countLong(module: TestModule): number {
  return [...module.children.allTests('skipped')].filter(({ tags }) => tags.includes('long')).length;
}

function sentenceOf(requirement: Requirement): string {
  const { name, apt, brew } = requirement;
  const programs = missingPrograms(requirement).join(', ');
  return `the tests of ${name}, which is not installed (${programs}): apt-get install ${apt}, or brew install ${brew}`;
}
