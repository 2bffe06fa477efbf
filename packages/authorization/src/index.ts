export { alwaysAllow, createAuthorizer, forbiddenMessage, privilegedGroup, publicInformation } from './authorizer.ts';
export type { AuthorizationAttributes, Authorizer, Decision } from './authorizer.ts';
