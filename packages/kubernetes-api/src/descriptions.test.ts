import { expect } from 'chai';
import { describe, it } from 'mocha';
import { descriptionOf, fullDescriptionOf, readDescriptions } from './descriptions.ts';

describe('descriptions', () => {
  const known: readonly (readonly [type: string, field: string, text: RegExp | string])[] = [
    ['core/v1.ConfigMap', '', 'ConfigMap holds configuration data for pods to consume.'],
    ['core/v1.Pod', 'spec', /^Specification of the desired behavior of the pod\./],
    ['core/v1.Event', 'involvedObject', 'The object that this event is about.'],
    ['core/v1.Pod', 'none', ''],
    ['core/v1.None', '', ''],
    ['core/v1.Pod', 'constructor', ''],
  ];
  for (const [type, field, text] of known)
    it(`of ${type} ${field}`, () => {
      const found = descriptionOf(type, field);
      if (typeof text === 'string') expect(found).to.equal(text);
      else expect(found).to.match(text);
    });

  it('tell of values only in full', () => {
    const [full, short] = [fullDescriptionOf, descriptionOf].map((describe) =>
      describe('core/v1.PodSpec', 'restartPolicy'),
    );
    expect(full).to.equal(
      `${short}\n\nPossible enum values:\n - \`"Always"\`\n - \`"Never"\`\n - \`"OnFailure"\``,
    );
    expect(fullDescriptionOf('core/v1.Pod', 'spec')).to.equal(descriptionOf('core/v1.Pod', 'spec'));
  });

  it('that were not built are missed, with the command that builds them', () => {
    expect(() => readDescriptions('/none/descriptions.json')).to.throw(
      '/none/descriptions.json cannot be read: `pnpm build` writes it',
    );
  });
});
