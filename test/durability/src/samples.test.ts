import { expect } from 'chai';
import { describe, it } from 'mocha';
import { isLevel } from './samples.ts';
import { drawSoak } from './soak-graph.ts';

const samplesOf = (valueAt: (i: number) => number) =>
  Array.from({ length: 40 }, (_, i) => ({
    seconds: i * 5,
    residentBytes: valueAt(i),
    diskBytes: 1000,
  }));

describe('a soak', () => {
  it('is level when it goes up and down', () => {
    expect(
      isLevel(
        samplesOf((i) => 1000 + (i % 5) * 300),
        'residentBytes',
      ),
    ).to.equal(true);
  });

  it('is level when only the start grows', () => {
    expect(
      isLevel(
        samplesOf((i) => Math.min(1000, i * 100)),
        'residentBytes',
      ),
    ).to.equal(true);
  });

  it('grows when it grows a little all the time', () => {
    expect(
      isLevel(
        samplesOf((i) => 1000 + i * 15),
        'residentBytes',
      ),
    ).to.equal(false);
  });

  it('is not judged by a few samples', () => {
    expect(isLevel(samplesOf(() => 1).slice(0, 3), 'residentBytes')).to.equal(false);
  });

  it('is drawn as a graph', () => {
    const svg = drawSoak(
      samplesOf((i) => i * 2 ** 20),
      'a <title>',
    );
    expect(svg)
      .to.match(/^<svg /)
      .and.include('a &lt;title>')
      .and.include('polyline');
  });
});
