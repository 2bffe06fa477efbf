import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One kind of k8s.io/api's testdata: an object with all fields set, in each encoding. */
export interface Sample {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly json: Uint8Array;
  readonly yaml: Uint8Array;
  readonly protobuf: Uint8Array;
}

/** Where Go keeps a module that was downloaded: `go mod download k8s.io/api@v0.37.2`. */
export function moduleFolder(module: string): string {
  const cache = execFileSync('go', ['env', 'GOMODCACHE'], { encoding: 'utf8' }).trim();
  return join(cache, module);
}

/** All samples. The core group's files are called `core.v1.Pod`. */
export function samples(): readonly Sample[] {
  const folder = join(moduleFolder('k8s.io/api@v0.37.2'), 'testdata', 'HEAD');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => {
      const name = file.slice(0, -'.json'.length);
      const [, group = '', version = '', kind = ''] = /^(.*)\.([^.]+)\.([^.]+)$/.exec(name) ?? [];
      const read = (extension: string) => readFileSync(join(folder, `${name}.${extension}`));
      return {
        group: group === 'core' ? '' : group,
        version,
        kind,
        json: read('json'),
        yaml: read('yaml'),
        protobuf: read('pb'),
      };
    });
}
