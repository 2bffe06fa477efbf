import { StatusError } from '@keelson/api-machinery';
import { parseJson } from '@keelson/serialization';

/** Why a text is no JSON object, as Go says it; undefined when it is one. */
export function jsonObjectProblem(text: string): string | undefined {
  try {
    const value = parseJson(text);
    if (value === null || (typeof value === 'object' && !Array.isArray(value))) return undefined;
    const word = Array.isArray(value)
      ? 'array'
      : typeof value === 'boolean'
        ? 'bool'
        : typeof value;
    return `json: cannot unmarshal ${word} into Go value of type map[string]interface {}`;
  } catch (error) {
    if (error instanceof StatusError) return error.message;
    throw error;
  }
}
