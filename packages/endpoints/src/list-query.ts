import { forbidden, invalidError, notSupported, type FieldError } from '@keelson/api-machinery';
import type { ListOptions, WatchOptions } from '@keelson/rest-interfaces';
import type { Exchange } from './endpoint.ts';
import { integerQuery, selectionQuery } from './query.ts';
import { isTrue } from './request-info.ts';

const meta = { group: 'meta.k8s.io', kind: 'ListOptions' };

function selection({ request, scope }: Exchange) {
  const { storage } = scope;
  return selectionQuery(request.query, {
    kind: scope.kind.kind,
    version: scope.kind.version,
    names: storage.selectableFields ?? [],
    namespace: storage.namespaceSelectable ?? true,
  });
}

/** What the query of a list says. Throws 400 and 422. */
export function listQuery(exchange: Exchange): ListOptions {
  const { query } = exchange.request;
  const limit = integerQuery(query, 'limit');
  integerQuery(query, 'timeoutSeconds');
  const selected = selection(exchange);
  const options = texts(query);
  const errors = [...validateVersions(options), ...validateNoInitialEvents(query)];
  if (errors.length > 0) throw invalidError(meta, '', errors);
  return {
    ...selected,
    ...(options.resourceVersion === '' ? {} : { resourceVersion: options.resourceVersion }),
    ...(options.match === '' ? {} : { resourceVersionMatch: options.match }),
    ...(options.continue === '' ? {} : { continue: options.continue }),
    ...(limit !== undefined && limit > 0 ? { limit } : {}),
  };
}

/** What the query of a watch says, but for its length. Throws 400 and 422. */
export function watchQuery(exchange: Exchange): WatchOptions {
  const { query } = exchange.request;
  integerQuery(query, 'limit');
  const selected = selection(exchange);
  const options = texts(query);
  const asked = query.get('sendInitialEvents');
  const sendInitialEvents = asked === null || asked === '' ? undefined : isTrue(asked);
  const errors = validateWatch(options, sendInitialEvents);
  if (errors.length > 0) throw invalidError(meta, '', errors);
  return {
    ...selected,
    ...(options.resourceVersion === '' ? {} : { resourceVersion: options.resourceVersion }),
    ...(sendInitialEvents === undefined ? {} : { sendInitialEvents }),
    allowWatchBookmarks: isTrue(query.get('allowWatchBookmarks')),
  };
}

interface Texts {
  readonly resourceVersion: string;
  readonly match: string;
  readonly continue: string;
}

function texts(query: URLSearchParams): Texts {
  return {
    resourceVersion: query.get('resourceVersion') ?? '',
    match: query.get('resourceVersionMatch') ?? '',
    continue: query.get('continue') ?? '',
  };
}

// Behaviour: k8s.io/apimachinery apis/meta/internalversion/validation ValidateListOptions, v1.37.
function validateVersions({ resourceVersion, match, continue: token }: Texts): FieldError[] {
  if (match === '') return [];
  const errors: FieldError[] = [];
  if (resourceVersion === '')
    errors.push(
      forbidden(
        'resourceVersionMatch',
        'resourceVersionMatch is forbidden unless resourceVersion is provided',
      ),
    );
  if (token !== '')
    errors.push(
      forbidden(
        'resourceVersionMatch',
        'resourceVersionMatch is forbidden when continue is provided',
      ),
    );
  if (match !== 'Exact' && match !== 'NotOlderThan')
    errors.push(notSupported('resourceVersionMatch', match, ['Exact', 'NotOlderThan', '']));
  if (match === 'Exact' && resourceVersion === '0') {
    errors.push(
      forbidden(
        'resourceVersionMatch',
        'resourceVersionMatch "exact" is forbidden for resourceVersion "0"',
      ),
    );
  }
  return errors;
}

function validateNoInitialEvents(query: URLSearchParams): FieldError[] {
  const asked = query.get('sendInitialEvents');
  return asked === null || asked === ''
    ? []
    : [forbidden('sendInitialEvents', 'sendInitialEvents is forbidden for list')];
}

/** A watch from nowhere in particular asks for initial events without saying so. */
function validateWatch(
  { resourceVersion, match, continue: token }: Texts,
  asked: boolean | undefined,
): FieldError[] {
  const implied =
    asked === undefined && match === '' && (resourceVersion === '' || resourceVersion === '0');
  const effective = implied ? 'NotOlderThan' : match;
  const given = asked !== undefined || implied;
  const errors: FieldError[] = [];
  if (given && effective !== 'NotOlderThan') {
    errors.push(
      forbidden(
        'resourceVersionMatch',
        'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
      ),
    );
  }
  if (effective === '') return errors;
  if (!given)
    errors.push(
      forbidden(
        'resourceVersionMatch',
        'resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided',
      ),
    );
  if (effective !== 'NotOlderThan')
    errors.push(notSupported('resourceVersionMatch', effective, ['NotOlderThan']));
  if (token !== '')
    errors.push(
      forbidden(
        'resourceVersionMatch',
        'resourceVersionMatch is forbidden when continue is provided',
      ),
    );
  return errors;
}
