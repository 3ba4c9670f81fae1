import { useMemo } from 'preact/hooks';
import type { SessionReport } from '../../../../src/report/schema/report-schema.ts';
import { figureGroups, flagsOf, textsOf } from '../../format/figures.ts';
import { CopyButton } from '../shared/buttons.tsx';
import { FigureRow } from './figure-row.tsx';
import { Progress } from './progress.tsx';

/** The report's numbers, each with what made it a pointer away. */
export function Report({ report }: { readonly report: SessionReport }) {
  const groups = useMemo(() => figureGroups(report), [report]);
  const flags = flagsOf(report);
  const texts = textsOf(report);
  const metadata = Object.entries(report.customMetadata);
  return (
    <>
      {groups.map(({ title, figures }) => (
        <section key={title} class="panel" aria-label={title}>
          <div class="panel-head">
            <h2>{title}</h2>
            {title === 'Playback' && <CopyButton label="Copy report" text={() => JSON.stringify(report, null, 2)} />}
          </div>
          {title === 'Playback' && <Progress report={report} />}
          <ul class="figures">
            {figures.map((figure) => (
              <FigureRow key={figure.path} figure={figure} />
            ))}
          </ul>
        </section>
      ))}
      <section class="panel" aria-label="Flags">
        <h2>Flags</h2>
        <ul class="flags">
          {flags.map(({ label, path }) => (
            <li key={path} title={path}>
              {label}
            </li>
          ))}
        </ul>
      </section>
      <Texts title="Content" rows={texts} />
      <Texts
        title="Custom metadata"
        rows={metadata.map(([key, value]) => ({ label: key, path: `customMetadata.${key}`, value }))}
      />
    </>
  );
}

function Texts({ title, rows }: { readonly title: string; readonly rows: ReturnType<typeof textsOf> }) {
  if (rows.length === 0) return null;
  return (
    <section class="panel" aria-label={title}>
      <h2>{title}</h2>
      <dl class="texts">
        {rows.map(({ label, path, value }) => (
          <div key={path} title={path}>
            <dt>
              <bdi>{label}</bdi>
            </dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
