import type { Sample } from './samples.ts';

const width = 860;
const panelHeight = 150;
const left = 60;
const mebibyte = 2 ** 20;

interface Panel {
  readonly title: string;
  readonly top: number;
  readonly colour: string;
  readonly valueOf: (sample: Sample) => number;
}

const panels: readonly Panel[] = [
  {
    title: 'memory of the process (RSS), MiB',
    top: 50,
    colour: '#2563eb',
    valueOf: (sample) => sample.residentBytes / mebibyte,
  },
  {
    title: 'store on disk, MiB',
    top: 250,
    colour: '#16a34a',
    valueOf: (sample) => sample.diskBytes / mebibyte,
  },
];

/** Draws memory and disk over time. */
export function drawSoak(samples: readonly Sample[], title: string): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width + left + 20} 440" font-family="sans-serif" font-size="12">`,
    '<rect width="100%" height="100%" fill="white"/>',
    text(left, 22, title.replaceAll('<', '&lt;')),
    ...panels.flatMap((panel) => draw(samples, panel)),
    '</svg>\n',
  ].join('\n');
}

function draw(samples: readonly Sample[], { title, top, colour, valueOf }: Panel): string[] {
  const bottom = top + panelHeight;
  const most = Math.max(1, ...samples.map(valueOf)) * 1.1;
  const end = samples.at(-1)?.seconds ?? 1;
  const points = samples.map((sample) => {
    const x = left + (sample.seconds / end) * width;
    return `${x.toFixed(1)},${(bottom - (valueOf(sample) / most) * panelHeight).toFixed(1)}`;
  });
  return [
    text(left, top - 6, title),
    `<path d="M${left} ${top}V${bottom}H${left + width}" fill="none" stroke="#9ca3af"/>`,
    text(left - 50, top + 10, most.toFixed(0)),
    text(left - 50, bottom, '0'),
    ...[0, 0.25, 0.5, 0.75, 1].map((part) =>
      text(left + part * (width - 30), bottom + 16, `${((end * part) / 60).toFixed(1)} min`),
    ),
    `<polyline points="${points.join(' ')}" fill="none" stroke="${colour}" stroke-width="1.5"/>`,
  ];
}

function text(x: number, y: number, content: string): string {
  return `<text x="${x}" y="${y}" fill="#374151">${content}</text>`;
}
