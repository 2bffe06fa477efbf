import { StatusError } from '@keelson/api-machinery';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { servedMediaTypes } from './media-types.ts';
import { negotiate, negotiateError, negotiateTransform } from './negotiate.ts';
import { allowsTransforms } from './transforms.ts';

const meta = 'g=meta.k8s.io;v=v1';

const { objects } = servedMediaTypes(false);

describe('What a client accepts', () => {
  const rows: readonly (readonly [header: string | undefined, accepted: string])[] = [
    [undefined, 'application/json'],
    ['', 'application/json'],
    ['*/*', 'application/json'],
    ['application/*', 'application/json'],
    ['application/yaml', 'application/yaml'],
    ['application/json;q=0.1,application/yaml;q=0.9', 'application/yaml'],
    ['application/xml,application/yaml', 'application/yaml'],
    ['*/*,application/yaml', 'application/yaml'],
    ['application/json;pretty=1', 'application/json pretty'],
    ['application/json;stream=watch', 'application/json'],
    ['application/json;sv=v1', 'application/json'],
    [`application/json;as=Table;${meta}`, 'application/json as Table'],
    [`application/json;as=Table;${meta},application/json`, 'application/json as Table'],
    [`application/json;as=Nothing;${meta},application/json`, 'application/json'],
    [
      `application/yaml;as=PartialObjectMetadata;g=meta.k8s.io;v=v1beta1`,
      'application/yaml as PartialObjectMetadata',
    ],
  ];
  for (const [header, expected] of rows) {
    it(`is ${expected} for ${JSON.stringify(header ?? null)}`, () => {
      const { mediaType, pretty, transform } = negotiate(header, objects, allowsTransforms(true));
      const shown = [mediaType, pretty ? 'pretty' : '', transform ? `as ${transform.as}` : ''];
      expect(shown.filter((part) => part !== '').join(' ')).to.equal(expected);
    });
  }

  const refused = [
    'text/html',
    'application/json;sv=v2',
    'application/json;stream=x',
    `application/json;as=Table;g=meta.k8s.io;v=v2`,
    'application/json;as=Table',
    ',',
    ';',
    'json',
  ];
  for (const header of refused) {
    it(`is nothing that there is for ${JSON.stringify(header)}`, () => {
      expect(() => negotiate(header, objects, allowsTransforms(true)))
        .to.throw(StatusError, 'only the following media types are accepted')
        .with.property('code', 406);
    });
  }

  it('is no table where there are none', () => {
    expect(() =>
      negotiate(`application/json;as=Table;${meta}`, objects, allowsTransforms(false)),
    ).to.throw(StatusError);
  });

  it('of an error is never a table', () => {
    expect(negotiateError(`application/json;as=Table;${meta}`, objects)).to.equal(undefined);
    expect(
      negotiateError(`application/json;as=Table;${meta},application/yaml`, objects)?.mediaType,
    ).to.equal('application/yaml');
  });

  it('may be a form that others are liked better than', () => {
    const header = `application/json,application/yaml;as=Table;${meta};q=0.1`;
    expect(negotiateTransform(header, objects, allowsTransforms(true))?.mediaType).to.equal(
      'application/yaml',
    );
    expect(negotiateTransform('application/json', objects, allowsTransforms(true))).to.equal(
      undefined,
    );
  });
});
