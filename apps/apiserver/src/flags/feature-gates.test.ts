import { expect } from 'chai';
import { describe, it } from 'mocha';
import { enabledFeatures } from './feature-gates.ts';
import { UsageError } from './usage-error.ts';

const cbor = 'CBORServingAndStorage';
const watchLists = 'WatchListCompression';

describe('feature gates', () => {
  const settings: readonly (readonly [
    name: string,
    settings: readonly string[],
    on: readonly string[],
  ])[] = [
    ['are by default as upstream has them', [], [watchLists]],
    ['are turned on', [`${cbor}=true`], [watchLists, cbor]],
    ['are turned off', [`${watchLists}=false`], []],
    ['are what is said last', [`${cbor}=true`, `${cbor}=0`], [watchLists]],
    ['may have blanks around them', [` ${cbor} = T `], [watchLists, cbor]],
    ['may be those of the component that the server is', [`kube:${cbor}=true`], [watchLists, cbor]],
    ['may be none of a component', ['kube:'], [watchLists]],
    [
      'may be set to what they are',
      ['AllAlpha=false', 'WatchList=true', 'ImageVolume=true'],
      [watchLists],
    ],
  ];
  for (const [name, given, on] of settings)
    it(name, () => {
      expect([...enabledFeatures(given)]).to.deep.equal(on);
    });

  const refused: readonly (readonly [name: string, setting: string, message: string])[] = [
    ['that nobody knows', 'Nope=true', 'unrecognized feature gate: Nope'],
    ['without a value', cbor, `missing bool value for ${cbor}`],
    [
      'with a value that is none',
      `${cbor}=maybe`,
      `invalid value of ${cbor}=maybe, err: strconv.ParseBool: parsing "maybe": invalid syntax`,
    ],
    ['of other components', 'other:X=true', 'component not registered: other'],
    [
      'that are locked',
      'ImageVolume=false',
      'cannot set feature gate ImageVolume to false, feature is locked to true',
    ],
    [
      'whose capability is missing',
      'APIServingWithRoutine=true',
      '--feature-gates=APIServingWithRoutine=true needs a capability that Keelson does not have yet; leave the gate out, or at its default (false)',
    ],
    [
      'of a whole stage',
      'AllAlpha=true',
      '--feature-gates=AllAlpha=true needs a capability that Keelson does not have yet; leave the gate out, or at its default (false)',
    ],
    [
      'that turn off what is there',
      'APIResponseCompression=false',
      '--feature-gates=APIResponseCompression=false needs a capability that Keelson does not have yet; leave the gate out, or at its default (true)',
    ],
  ];
  for (const [name, setting, message] of refused)
    it(`are refused: those ${name}`, () => {
      expect(() => enabledFeatures([setting]))
        .to.throw(UsageError)
        .with.property('message', message);
    });
});
