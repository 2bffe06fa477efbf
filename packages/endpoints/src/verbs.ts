import {
  isCollectionDeleter,
  isConnecter,
  isCreater,
  isGetter,
  isGracefulDeleter,
  isLister,
  isPatcher,
  isUpdater,
  isWatcher,
  type Storage,
} from '@keelson/rest-interfaces';

/** Kubernetes' verbs that a storage serves at its path, sorted as discovery shows them. */
export function verbsOf(storage: Storage): readonly string[] {
  const verbs = [
    ...(isCreater(storage) ? ['create'] : []),
    ...(isGracefulDeleter(storage) ? ['delete'] : []),
    ...(isCollectionDeleter(storage) ? ['deletecollection'] : []),
    ...(isGetter(storage) ? ['get'] : []),
    ...(isLister(storage) ? ['list'] : []),
    ...(isPatcher(storage) ? ['patch'] : []),
    ...(isUpdater(storage) ? ['update'] : []),
    ...(isWatcher(storage) ? ['watch'] : []),
    ...(isConnecter(storage)
      ? storage.connectMethods.map((method) => connectVerbs[method] ?? '')
      : []),
  ];
  return [...new Set(verbs)].filter((verb) => verb !== '').sort();
}

const connectVerbs: Readonly<Record<string, string>> = {
  GET: 'get',
  POST: 'create',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'delete',
};
