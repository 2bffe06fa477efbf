import type { Toleration } from '@keelson/kubernetes-api/core/v1';

const fields = ['key', 'operator', 'value', 'effect', 'tolerationSeconds'] as const;

/** Reads tolerations from the annotation that held them before they were a field; a string is what is wrong with it, as Go says it. */
export function readTolerations(text: string): readonly Toleration[] | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return syntaxProblem(text, error);
  }
  if (value === null) return [];
  if (!Array.isArray(value))
    return `json: cannot unmarshal ${goWord(value)} into Go value of type []core.Toleration`;
  const read = value.map(readToleration);
  return (
    read.find((item) => typeof item === 'string') ?? read.filter((item) => typeof item !== 'string')
  );
}

function syntaxProblem(text: string, error: unknown): string {
  const start = text.trimStart().charAt(0);
  if (start === '') return 'unexpected end of JSON input';
  if (!/[-\d[{"tfn]/.test(start))
    return `invalid character '${start}' looking for beginning of value`;
  return error instanceof Error ? error.message : String(error);
}

function readToleration(item: unknown): Toleration | string {
  if (item === null) return {};
  if (typeof item !== 'object' || Array.isArray(item))
    return `json: cannot unmarshal ${goWord(item)} into Go value of type core.Toleration`;
  const toleration: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(item)) {
    // Go finds fields whatever their case.
    const field = fields.find((known) => known.toLowerCase() === name.toLowerCase());
    if (field === undefined || value === null) continue;
    const type = field === 'tolerationSeconds' ? 'number' : 'string';
    if (typeof value !== type)
      return `json: cannot unmarshal ${goWord(value)} into Go struct field Toleration.${field.charAt(0).toUpperCase()}${field.slice(1)} of type ${type === 'number' ? 'int64' : type}`;
    toleration[field] = value;
  }
  return toleration;
}

function goWord(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}
