/** The notices that the licences of what is bundled ask for. */
const NOTICE = `With Preact (c) 2015-present Jason Miller and Preact Signals (c) 2022-present Preact Team, each under the MIT License,
https://opensource.org/license/mit`;

const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' " +
  "rx='4' fill='%233b6ef5'/%3E%3Cpath d='M3 5h6M3 8h10M3 11h4' stroke='%23fff' stroke-width='1.8' stroke-linecap='round'/%3E%3C/svg%3E";

/** The whole page in one document. Script and style stand in it as they are, for their hashes are in the policy. */
export function htmlDocument(script: string, style: string): string {
  if (/<\/script|<!--/i.test(script) || /<\/style/i.test(style))
    throw new Error('The bundle would end its own element.');
  return `<!doctype html>
<!-- ${NOTICE} -->
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>Sessions inspector</title>
<link rel="icon" href="${ICON}">
<style>${style}</style>
</head>
<body>
<div id="app"></div>
<noscript>The inspector needs JavaScript.</noscript>
<script type="module">${script}</script>
</body>
</html>
`;
}
