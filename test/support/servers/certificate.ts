import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { isMissing, OPENSSL } from '../requirements.ts';
import { programPath } from './programs.ts';

export const opensslIsMissing = () => isMissing(OPENSSL);

/** The files of a certificate of `localhost` that is its own authority. */
export interface Certificate {
  readonly certificate: string;
  readonly key: string;
}

/** Makes a certificate in a folder. */
export function makeCertificate(folder: string): Certificate {
  const [certificate, key] = [join(folder, 'certificate.pem'), join(folder, 'key.pem')];
  const name = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  const files = ['-keyout', key, '-out', certificate];
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  execFileSync(programPath('openssl'), ['req', ...kind, ...files, ...name], { stdio: 'ignore' });
  return { certificate, key };
}
