export type {
  AdmissionValidation,
  CreateOptions,
  DeleteOptions,
  GetOptions,
  ListOptions,
  UpdateOptions,
  WatchOptions,
} from './options.ts';
export type {
  BookmarkEvent,
  ListResult,
  ObjectEvent,
  Representation,
  WatchEvent,
  WatchHandle,
  WatchSink,
} from './representation.ts';
export type { RequestContext, UserInfo } from './request-context.ts';
export type {
  CollectionDeleter,
  Connecter,
  Creater,
  DeleteResult,
  Getter,
  GracefulDeleter,
  Lister,
  Patcher,
  StandardStorage,
  Storage,
  TableColumn,
  TableConvertor,
  TableRowCondition,
  UpdatedObject,
  Updater,
  Watcher,
} from './storage.ts';
export {
  isCollectionDeleter,
  isConnecter,
  isCreater,
  isGetter,
  isGracefulDeleter,
  isLister,
  isPatcher,
  isTableConvertor,
  isUpdater,
  isWatcher,
} from './guards.ts';
