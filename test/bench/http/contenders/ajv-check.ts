import { Ajv } from 'ajv';
import { eventSchemas } from 'media-sessions';

const ajv = new Ajv();
const isStart = ajv.compile(structuredClone(eventSchemas.standard.sessionStart));
const isPing = ajv.compile(structuredClone(eventSchemas.standard.ping));

/** Checks a body by the schemas that the API serves, as a host without schemas of its own would: a start or a ping. */
export function isEvent(path: string, body: unknown): boolean {
  return path.endsWith('/events') ? isPing(body) : isStart(body);
}
