// What clients may say of managed fields themselves.

import type { JsonValue } from '@keelson/api-machinery';
import type { Random } from '@keelson/storage-backend/testing';
import type { JsonObject } from './json.ts';
import { managers, type Subject } from './requests.ts';

/** A list of managed fields, right or wrong. */
export function randomManagedFields(random: Random, { kind }: Subject): JsonValue {
  const entry: JsonObject = {
    manager: random.pick(managers),
    operation: random.pick(['Apply', 'Update', 'Update', 'Create']),
    apiVersion: random.pick([kind.apiVersion, kind.apiVersion, 'v9']),
    time: '2020-01-01T00:00:00Z',
    fieldsType: 'FieldsV1',
    fieldsV1: random.pick(fields),
    ...(random.chance(10) ? { subresource: random.pick(['status', 'scale', 'odd']) } : {}),
  };
  return random.pick<JsonValue>([
    [entry],
    [entry],
    [],
    [{}],
    null,
    [entry, { ...entry, manager: 'other' }],
    [entry, entry],
    [{ ...entry, fieldsType: 'FieldsV2' }],
    [{ ...entry, time: null }],
  ]);
}

const fields: readonly JsonValue[] = [
  { 'f:metadata': { 'f:labels': { '.': {}, 'f:a': {} } } },
  {
    'f:spec': {
      'f:replicas': {},
      'f:template': { 'f:spec': { 'f:containers': { 'k:{"name":"a"}': {} } } },
    },
  },
  { 'f:data': {} },
  { 'f:spec': { 'f:selector': { 'f:x': {} } } },
  { bad: {} },
  { 'f:metadata': null },
  {},
  null,
];
