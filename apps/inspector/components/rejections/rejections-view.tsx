import { rejections, showOlderRejections } from '../../state/rejections.ts';
import { Button } from '../shared/buttons.tsx';
import { RejectedCalls } from './rejected-calls.tsx';

/** Every call that was rejected of late. */
export function RejectionsView() {
  const calls = rejections.value?.rejections;
  return (
    <section class="pad rejections-view" aria-label="Rejected calls">
      <h1>Rejected calls</h1>
      {calls === undefined && <p class="note">Looking…</p>}
      {calls?.length === 0 && <p class="note">None. What a player gets wrong shows up here, with the reasons.</p>}
      {calls && calls.length > 0 && (
        <div class="panel">
          <RejectedCalls calls={calls} id="rejections" />
        </div>
      )}
      {rejections.value?.cursor !== undefined && (
        <div class="more">
          <Button onClick={() => void showOlderRejections()}>More</Button>
        </div>
      )}
    </section>
  );
}
