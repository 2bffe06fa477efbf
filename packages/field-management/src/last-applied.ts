import { parseWithBigints, type JsonValue } from '@keelson/api-machinery';
import { changedOf, compare } from './compare.ts';
import { emptySet, type FieldSet } from './field-set.ts';
import { goJson } from './go-json.ts';
import { isJsonObject, memberOf, setMember, type JsonObject } from './json-value.ts';
import { ownedFields } from './owned-fields.ts';
import { difference } from './set-algebra.ts';
import { TypedValueError } from './typed-value-error.ts';
import { validate } from './validate.ts';
import type { VersionedValue } from './versions.ts';

/** Where kubectl keeps what it applied when it applies itself. */
const annotation = 'kubectl.kubernetes.io/last-applied-configuration';
/** The most that annotations may have together. Behaviour: apimachinery validation TotalAnnotationSizeLimitB. */
const annotationsLimit = 256 * 1024;

function annotationsOf(object: JsonValue): JsonObject | undefined {
  const metadata = isJsonObject(object) ? object['metadata'] : undefined;
  const annotations = isJsonObject(metadata) ? metadata['annotations'] : undefined;
  return isJsonObject(annotations) ? annotations : undefined;
}

function lastAppliedOf(object: JsonValue): string {
  const text = memberOf(annotationsOf(object) ?? {}, annotation);
  return typeof text === 'string' ? text : '';
}

/**
 * What kubectl owns by having applied it itself, as far as it still holds: it may take that over from its updates.
 * Behaviour: managedfields lastAppliedManager.
 */
export function fieldsOfLastApplied(live: VersionedValue): FieldSet {
  const { apiVersion, schema, value } = live;
  const last = parsed(lastAppliedOf(value));
  if (last === undefined || last['apiVersion'] !== apiVersion) return emptySet;
  try {
    validate(value, schema);
    validate(last, schema);
    const comparison = compare(last, value, schema);
    return difference(
      difference(ownedFields(last, schema), changedOf(comparison)),
      comparison.removed,
    );
  } catch (error) {
    // What is not of its type says nothing.
    if (error instanceof TypedValueError) return emptySet;
    throw error;
  }
}

function parsed(text: string): JsonObject | undefined {
  try {
    const value = parseWithBigints(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Notes in an object that has such an annotation, in place, what kubectl applied. Behaviour: managedfields lastAppliedUpdater. */
export function noteLastApplied(object: JsonValue, config: JsonValue): void {
  const annotations = annotationsOf(object);
  if (annotations === undefined || lastAppliedOf(object) === '') return;
  setMember(annotations, annotation, `${goJson(withoutAnnotation(config))}\n`);
  if (sizeOf(annotations) > annotationsLimit) delete annotations[annotation];
}

/** A copy without the annotation. Annotations that are null are empty texts. Behaviour: unstructured NestedNullCoercingStringMap. */
function withoutAnnotation(config: JsonValue): JsonValue {
  const copy = structuredClone(config);
  const annotations = annotationsOf(copy);
  if (annotations === undefined) {
    if (isJsonObject(copy) && isJsonObject(copy['metadata']))
      delete copy['metadata']['annotations'];
    return copy;
  }
  delete annotations[annotation];
  for (const name in annotations) if (annotations[name] === null) setMember(annotations, name, '');
  return copy;
}

const sizeOf = (annotations: JsonObject): number =>
  Object.entries(annotations).reduce(
    (size, [name, value]) =>
      size + Buffer.byteLength(name) + Buffer.byteLength(typeof value === 'string' ? value : ''),
    0,
  );
