export const page = { html: '<!doctype html><title>Inspector</title>', csp: "default-src 'none'" } as const;
