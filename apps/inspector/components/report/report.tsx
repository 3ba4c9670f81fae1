import { useMemo } from 'preact/hooks';
import type { SessionDetail } from '../../../../src/inspector/api.ts';
import { adFigures, chapterFigures, type FigureGroup, figureGroups, flagsOf, textsOf } from '../../format/figures.ts';
import { ads, chapters } from '../../state/report-lists.ts';
import { wholeReport } from '../../state/whole-report.ts';
import { CopyButton } from '../shared/buttons.tsx';
import { FigureList } from './figure-list.tsx';
import { FigureRow } from './figure-row.tsx';
import { Progress } from './progress.tsx';

/** The report's numbers, each with what made it a pointer away. */
export function Report({ detail }: { readonly detail: SessionDetail }) {
  const { report, shortened } = detail;
  const groups = useMemo(() => figureGroups(report), [report]);
  const isState = ({ title }: FigureGroup) => title === 'Player states';
  const flags = flagsOf(report);
  const texts = textsOf(report);
  const metadata = Object.entries(report.customMetadata);
  const { adCount, chapterCount } = report.sessionDetails;
  const panel = ({ title, figures }: FigureGroup) => (
    <section key={title} class="panel" aria-label={title}>
      <div class="panel-head">
        <h2>{title}</h2>
        {title === 'Playback' && <CopyButton label="Copy report" text={() => wholeReport(detail)} />}
      </div>
      {title === 'Playback' && <Progress report={report} />}
      <ul class="figures">
        {figures.map((figure) => (
          <FigureRow key={figure.path} figure={figure} />
        ))}
      </ul>
    </section>
  );
  return (
    <>
      {groups.filter((group) => !isState(group)).map(panel)}
      <FigureList title="Ads" list={ads} total={adCount} figuresOf={adFigures} />
      <FigureList title="Chapters" list={chapters} total={chapterCount} figuresOf={chapterFigures} />
      {groups.filter(isState).map(panel)}
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
      {shortened && <p class="note">Texts or lists of this report are very long, and shown in part.</p>}
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
