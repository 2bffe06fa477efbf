import { badRequestError, type KubernetesObject } from '@keelson/api-machinery';
import { valueText, stringText } from '@keelson/serialization';
import type { Representation, TableColumn, TableConvertor } from '@keelson/rest-interfaces';
import type { Transform } from './negotiate.ts';
import { partialMetadata } from './partial-metadata.ts';
import { textOf } from './respond.ts';
import { apiVersionOf } from './transforms.ts';

/** What each row carries besides its cells. */
export type IncludeObject = 'None' | 'Metadata' | 'Object';

/** Throws 400 for a value that is none. */
export function includeObjectOf(query: URLSearchParams): IncludeObject {
  const value = query.get('includeObject') || 'Metadata';
  if (value === 'None' || value === 'Metadata' || value === 'Object') return value;
  throw badRequestError(
    `Unable to convert to Table as requested: includeObject: Invalid value: ${JSON.stringify(value)}: must be 'Metadata', 'Object', 'None', or empty`,
  );
}

export interface TableRequest {
  readonly convertor: TableConvertor;
  readonly transform: Transform;
  readonly include: IncludeObject;
  /** For ages, in milliseconds. */
  readonly now: number;
}

/** The whole table but its rows: `head`, rows joined with commas, `tableTail`. */
export function tableHead(
  { convertor, transform }: Pick<TableRequest, 'convertor' | 'transform'>,
  metadata: string,
  columns = true,
): string {
  const definitions = columns ? `[${convertor.tableColumns.map(columnText).join(',')}]` : 'null';
  return `{"kind":"Table","apiVersion":"${apiVersionOf(transform)}","metadata":{${metadata}},"columnDefinitions":${definitions},"rows":[`;
}

export const tableTail = ']}';

function columnText({ name, type, format = '', description, priority = 0 }: TableColumn): string {
  return `{"name":${stringText(name)},"type":"${type}","format":"${format}","description":${stringText(description)},"priority":${priority}}`;
}

/** One row. */
export function tableRow(
  { convertor, transform, include, now }: TableRequest,
  item: Representation<KubernetesObject>,
): string {
  const cells = convertor.tableCells(item.object, now);
  const object =
    include === 'None'
      ? 'null'
      : textOf(include === 'Object' ? item.json : partialMetadata(item, transform));
  const conditions = convertor.tableConditions?.(item.object) ?? [];
  const met = conditions.length === 0 ? '' : `"conditions":${valueText(conditions)},`;
  return `{"cells":${valueText(cells)},${met}"object":${object}}`;
}
