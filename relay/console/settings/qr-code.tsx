import type { VNode } from 'preact';
import { encode } from 'uqr';

/** Light modules around the code: readers ask for four. */
const QUIET = 4;

/** A QR code of a text, dark on light in both modes: readers do not take it the other way round. */
export function QrCode(props: { text: string; label: string }): VNode {
  const { size, data } = encode(props.text, { border: 0 });
  let path = '';
  data.forEach((row, y) => {
    row.forEach((dark, x) => {
      if (dark) path += `M${x} ${y}h1v1h-1z`;
    });
  });
  const whole = size + 2 * QUIET;
  return (
    <svg
      class="qr-code"
      viewBox={`${-QUIET} ${-QUIET} ${whole} ${whole}`}
      role="img"
      aria-label={props.label}
      shape-rendering="crispEdges"
    >
      <path d={path} />
    </svg>
  );
}
