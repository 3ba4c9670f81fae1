/** A moment in the viewer's zone: `14:03:12.250`, with its date unless that is today's. Unix milliseconds. */
export function moment(ms: number, now: number, { millis = true, zone }: { millis?: boolean; zone?: string } = {}): string {
  const at = new Date(ms);
  if (Number.isNaN(at.valueOf())) return String(ms); // no calendar reaches so far
  const time = format(at, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23', timeZone: zone });
  const exact = millis ? `${time}.${String(((ms % 1000) + 1000) % 1000).padStart(3, '0')}` : time;
  const day = dayOf(at, zone);
  return day === dayOf(new Date(now), zone) ? exact : `${day} ${exact}`;
}

/** How long ago, roughly: `now`, `12 s`, `5 min`, `3 h`, `2 d`. */
export function ago(ms: number, now: number): string {
  const seconds = Math.max(0, Math.round((now - ms) / 1000));
  if (seconds < 2) return 'now';
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86_400)} d`;
}

/** How much later than the client's `ts` an event was received, in words. */
export function skew(ts: number, receivedAt: number): string {
  const ms = receivedAt - ts;
  const size = amount(Math.abs(ms));
  if (ms < 0) return `${size} before its own ts: the client's clock is ahead`;
  return `${size} after its ts`;
}

function amount(ms: number): string {
  if (ms < 1000) return `${ms} ms`;
  if (ms < 120_000) return `${(ms / 1000).toFixed(1)} s`;
  if (ms < 7_200_000) return `${Math.round(ms / 60_000)} min`;
  if (ms < 172_800_000) return `${Math.round(ms / 3_600_000)} h`;
  return `${Math.round(ms / 86_400_000)} days`;
}

function dayOf(at: Date, zone: string | undefined): string {
  return format(at, { year: 'numeric', month: '2-digit', day: '2-digit', timeZone: zone });
}

/** Swedish writes dates as ISO 8601 does, which every engineer reads. */
function format(at: Date, options: { [K in keyof Intl.DateTimeFormatOptions]: Intl.DateTimeFormatOptions[K] | undefined }): string {
  return formatterOf(JSON.stringify(options)).format(at);
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Formatters are costly to make, and lists need thousands of times. */
function formatterOf(options: string): Intl.DateTimeFormat {
  const known = formatters.get(options);
  if (known) return known;
  const made = new Intl.DateTimeFormat('sv-SE', JSON.parse(options));
  formatters.set(options, made);
  return made;
}
