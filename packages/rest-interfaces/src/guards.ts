import type {
  CollectionDeleter,
  Connecter,
  Creater,
  Getter,
  GracefulDeleter,
  Lister,
  Patcher,
  Storage,
  TableConvertor,
  Updater,
  Watcher,
} from './storage.ts';

const has = (storage: object, method: string): boolean =>
  typeof Reflect.get(storage, method) === 'function';

/** Whether it serves GET of one object. */
export function isGetter<S extends Storage>(storage: S): storage is S & Getter {
  return has(storage, 'get');
}
/** Whether it serves GET of the collection. */
export function isLister<S extends Storage>(storage: S): storage is S & Lister {
  return has(storage, 'list');
}
/** Whether it serves POST. */
export function isCreater<S extends Storage>(storage: S): storage is S & Creater {
  return has(storage, 'create');
}
/** Whether it serves PUT. */
export function isUpdater<S extends Storage>(storage: S): storage is S & Updater {
  return has(storage, 'update');
}
/** Whether it serves PATCH. */
export function isPatcher<S extends Storage>(storage: S): storage is S & Patcher {
  return isGetter(storage) && isUpdater(storage);
}
/** Whether it serves DELETE of one object. */
export function isGracefulDeleter<S extends Storage>(storage: S): storage is S & GracefulDeleter {
  return has(storage, 'delete');
}
/** Whether it serves DELETE of the collection. */
export function isCollectionDeleter<S extends Storage>(
  storage: S,
): storage is S & CollectionDeleter {
  return has(storage, 'deleteCollection');
}
/** Whether it serves watches. */
export function isWatcher<S extends Storage>(storage: S): storage is S & Watcher {
  return has(storage, 'watch');
}
/** Whether it is a connection. */
export function isConnecter<S extends Storage>(storage: S): storage is S & Connecter {
  return has(storage, 'connect');
}
/** Whether it can be shown as a table of its own columns. */
export function isTableConvertor<S extends Storage>(storage: S): storage is S & TableConvertor {
  return has(storage, 'tableCells');
}
