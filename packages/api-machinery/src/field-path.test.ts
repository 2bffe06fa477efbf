import { expect } from 'chai';
import { describe, it } from 'mocha';
import { fieldPath } from './field-path.ts';

describe('A path to a field', () => {
  const containers = fieldPath('spec', 'template', 'spec').child('containers');

  it('has a dot before a field', () => {
    expect(containers.toString()).to.equal('spec.template.spec.containers');
  });

  it('goes down several fields at once', () => {
    const path = containers.child('securityContext', 'windowsOptions', 'hostProcess');
    expect(path.toString()).to.equal(
      'spec.template.spec.containers.securityContext.windowsOptions.hostProcess',
    );
  });

  it("has brackets around a list's index and a map's key", () => {
    const path = containers.index(0).child('resources', 'limits').key('example.com/gpu');
    expect(path.toString()).to.equal(
      'spec.template.spec.containers[0].resources.limits[example.com/gpu]',
    );
  });

  it('can be begun by a path of its own', () => {
    expect(fieldPath('metadata.labels').key('').toString()).to.equal('metadata.labels[]');
  });

  it('is not changed by what goes on from it', () => {
    expect([containers.index(1), containers.index(2), containers].map(String)).to.deep.equal([
      'spec.template.spec.containers[1]',
      'spec.template.spec.containers[2]',
      'spec.template.spec.containers',
    ]);
  });
});
